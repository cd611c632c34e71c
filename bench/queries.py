"""Counts, lists, groups and verdicts over a large record, each by itself: processor time, so that other work does not count.

    python bench/queries.py [--encounters 100000] [--record FILE] [--times 5]

The record is that of `bench/records.py`; the target is 100 ms for any count or list. The median of some runs is shown,
and its ratio to the count of everything.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from records import build

from summitry import Record, ask
from summitry.model import Claim, Comparison, CountingRule, Coverage, Scope

TARGET = 100.0  # milliseconds
RULES = {
    "everything": CountingRule(),
    "two countries": CountingRule(between=("DE", "FR")),
    "one direction, a year": CountingRule(guest=("CN",), host=("RU",), start="2020", end="2020"),
    "ministers or higher": CountingRule(between=("CN", "RU"), level="minister+"),
    "one person": CountingRule(people=("Angela Merkel",)),
    "an office": CountingRule(people=("US President",)),
    "trips of a country": CountingRule(unit="trip", guest=("DE",)),
    "travellers": CountingRule(unit="traveller"),
    "pairs": CountingRule(unit="pair"),
    "without summits and stops": CountingRule(between=("DE", "FR"), exclude=("multilateral", "stop-overs")),
    "hosts in Africa": CountingRule(region=("Africa",)),
    "one city": CountingRule(host=("FR",), place="Paris"),
}
_DE, _FR = {"guest_country": "DE", "host_country": "FR"}, {"countries": ("DE", "FR")}
CLAIMS = {
    "a number": Claim("", 0, 1, "count", 18, "=", Scope(start="2020", end="2020", **_FR)),
    "a record": Claim("", 0, 1, "record", None, None, Scope(end="2020-12-31", **_FR)),
    "a first": Claim("", 0, 1, "first-since", 5, "=", Scope(office="DE Kanzler", on="2020", **_DE)),
    "twice as many": Claim("", 0, 1, "count", None, None, Scope(start="2020", end="2020", **_DE), Comparison(times=2, start="2019", end="2019")),
    "no country more often": Claim("", 0, 1, "count", None, None, Scope(person="Angela Merkel", **_DE), Comparison(">", among="host")),
}  # fmt: skip


def main() -> None:
    """Measure and print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--encounters", type=int, default=100_000)
    options.add_argument("--record", type=Path)
    options.add_argument("--times", type=int, default=5)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.record or Path(folder) / "record.db"
        if not path.exists():
            build(path, given.encounters)
        with Record.open(path) as record:
            record.state_coverage(Coverage(("DE", "FR"), "..", "2024"))
            _show({name: _median(work, given.times) for name, work in _work(record)})


def _work(record: Record) -> list[tuple[str, Callable[[], object]]]:
    """Every measurement by name."""
    found: list[tuple[str, Callable[[], object]]] = []
    for name, rule in RULES.items():
        found.append((f"count: {name}", lambda rule=rule: ask.count(record, rule)))
    for by in ask.GROUPINGS:
        found.append((f"by {by}: two countries", lambda by=by: ask.count_by(record, RULES["two countries"], by)))
    for limit in (20, 1000):
        query = ask.Query(between=("DE", "FR"), limit=limit)
        found.append((f"list: two countries, {limit}", lambda query=query: ask.find(record, query)))
    for name, claim in CLAIMS.items():
        found.append(
            (f"check: {name}", lambda claim=claim: ask.check(record, claim, lang="en", published="2021-01-15"))
        )
    return found


def _median(work: Callable[[], object], times: int) -> float:
    work()
    spent = []
    for _ in range(times):
        begin = time.process_time()
        work()
        spent.append((time.process_time() - begin) * 1000)
    return statistics.median(spent)


def _show(times: dict[str, float]) -> None:
    base = times["count: everything"]
    for name, spent in times.items():
        print(f"{name:<36} {spent:8.1f} ms {spent / base:6.2f}{'  above the target' if spent > TARGET else ''}")


if __name__ == "__main__":
    main()
