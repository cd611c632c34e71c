"""How the cost of adding a report grows with the record: the figures of docs/explanation/scale.md.

    python bench/record.py [--sizes 1000 10000 100000] [--record FILE|postgresql://…]

Fills a record with a made-up world up to each size and measures adding the next reports the way `add` does it: filed and
merged 32 articles at a time, settled at the end. Time is that of the processor, so that other work does not count.
"""

import argparse
import itertools
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from world import World

from summitry import merging
from summitry.authority import Authority
from summitry.authority.files import compile_drafts
from summitry.model import Reading
from summitry.record import Record
from summitry.resolve import Identifier

BATCH, MEASURED = 32, 10_000


class Bench:
    """One record that grows."""

    def __init__(self, place: str) -> None:
        self.record = Record.open(place)
        self._authority = Authority(compile_drafts({}))  # its people are no office holders of ours
        self._identifier = Identifier(self._authority)
        self._readings = World().readings()

    def add(self, readings: Iterator[Reading]) -> tuple[int, float, float]:
        """Add articles and settle them: how many reports, seconds for filing, seconds for settling."""
        reports, begin = 0, time.process_time()
        while batch := list(itertools.islice(readings, BATCH)):
            prepared = [merging.prepare(one, self._identifier) for one in batch]
            merging.file(self.record, prepared)
            reports += sum(len(one.statements) for one in prepared)
        middle = time.process_time()
        merging.settle(self.record, self._authority)
        return reports, middle - begin, time.process_time() - middle

    def fill(self, size: int) -> None:
        """Add until so many encounters are there."""
        while (missing := size - self.record.size()["encounters"]) > 0:
            self.add(self.some(min(max(missing, BATCH), MEASURED)))

    def some(self, reports: int) -> Iterator[Reading]:
        """Articles with about so many reports."""
        told = 0
        while told < reports:
            reading, _ = next(self._readings)
            told += len(reading.reports)
            yield reading


def main() -> None:
    """Measure at each size and print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    options.add_argument("--reports", type=int, default=MEASURED)
    options.add_argument("--record")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(given.record or str(Path(folder) / "record.db"))
        print(f"{'encounters':>10} {'reports added':>13} {'filed':>9} {'settled':>9} {'one more':>9} {'memory':>9}")
        for size in given.sizes:
            bench.fill(size)
            there = bench.record.size()["encounters"]
            reports, filed, settled = bench.add(bench.some(given.reports))
            one = [bench.add(bench.some(1)) for _ in range(5)]
            alone = sorted(filing + settling for _, filing, settling in one)[2]
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            per = 1000 / reports
            print(
                f"{there:10,} {reports:13,} {filed * per:6.2f} ms {settled * per:6.2f} ms "
                f"{alone * 1000:6.0f} ms {peak:5.0f} MiB",
                flush=True,
            )
        bench.record.close()


if __name__ == "__main__":
    main()
