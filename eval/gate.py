"""The quality gate: read the gold documents, print the figures, refuse to fall below the floors.

    python eval/gate.py             figures and the worst mistakes; exit status 1 below a floor
    python eval/gate.py --update    raise the floors to the figures of today (they never fall)
    python eval/gate.py --mistakes  every mistake, a line each (none of the texts held out)

A set is a folder of <id>.txt with <id>.gold.json beside each: those under eval/gold, eval/news, eval/reports, eval/held and
eval/held-reports (no mistake of the last two is shown: nobody looks at them), and the development documents in
../shared/gold where they are there. `floors.toml` holds a floor for each set, language and figure.
"""

import argparse
import json
import math
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scoring import Tally

from summitry import authority, lexicon
from summitry.answers import reading_answer
from summitry.model import Article
from summitry.read.reader import read_article

HERE = Path(__file__).parent
FLOORS = HERE / "floors.toml"
SHARED = HERE.parent.parent / "shared" / "gold" / "documents"
KEPT = ("found", "right", "claims")


def sets() -> Iterator[tuple[str, Path, str]]:
    """Name, folder and pattern of every set of gold documents that is there."""
    for tag in lexicon.languages():
        if (HERE / "gold" / tag).is_dir():
            yield f"own-{tag}", HERE / "gold" / tag, "*.gold.json"
        for name in ("news", "held", "reports", "held-reports"):
            if (HERE / name / tag).is_dir():
                yield f"{name}-{tag}", HERE / name / tag, "*.gold.json"
        if SHARED.is_dir():
            yield f"development-{tag}", SHARED, "*.gold.json"


def tally(name: str, folder: Path, pattern: str) -> Tally:
    """Read every document of a set in its language and count."""
    tag = name.rpartition("-")[2]
    words, offices = lexicon.load(tag), authority.load()
    result = Tally()
    for file in sorted(folder.glob(pattern)):
        gold = json.loads(file.read_text("utf-8"))
        if gold["lang"] != tag:
            continue
        with file.with_name(file.name.replace(".gold.json", ".txt")).open(encoding="utf-8", newline="") as source:
            text = source.read()
        article = Article(id=gold["id"], text=text, source=file.name, lang=tag, published=gold.get("published"))
        said = reading_answer(read_article(article, words, offices))
        result.add(gold, text, said["encounters"], said["claims"])
    return result


def main() -> int:
    """Print figures; 1 if one is below its floor."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--update", action="store_true")
    options.add_argument("--mistakes", action="store_true")
    chosen = options.parse_args()
    floors = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    low = False
    for name, folder, pattern in sets():
        result = tally(name, folder, pattern)
        if not result.n["gold"]:
            continue
        figures = result.figures()
        print(
            f"{name:16} "
            + "  ".join(f"{k} {figures[k]:.3f}" for k in (*KEPT, "claim-values"))
            + f"  ({result.n['gold']} encounters)"
        )
        print(
            "                 "
            + "  ".join(f"{k.removeprefix('slot-')} {v:.2f}" for k, v in figures.items() if k.startswith("slot-"))
        )
        kinds = Counter(m.kind for m in result.mistakes)
        print("                 " + "  ".join(f"{kind} {count}" for kind, count in kinds.most_common(6)))
        if chosen.mistakes and not name.startswith("held-"):
            print("\n".join(f"    {m.document:12} {m.kind:20} {m.about}" for m in result.mistakes))
        floor = floors.setdefault(name, {})
        for figure in KEPT:
            if figures[figure] + 1e-9 < floor.get(figure, 0.0):
                print(f"BELOW ITS FLOOR: {name} {figure} {figures[figure]:.3f} < {floor[figure]:.3f}", file=sys.stderr)
                low = True
            if chosen.update:
                floor[figure] = max(floor.get(figure, 0.0), math.floor(figures[figure] * 1000) / 1000)
    if chosen.update:
        FLOORS.write_text(_toml(floors), "utf-8")
    return int(low)


def _toml(floors: dict[str, dict[str, float]]) -> str:
    head = "# What the reader must not fall below (F1). `make eval` compares, `eval/gate.py --update` raises; nothing lowers.\n"
    return head + "".join(
        f"\n[{name}]\n" + "".join(f"{figure} = {value:.3f}\n" for figure, value in table.items())
        for name, table in floors.items()
    )


if __name__ == "__main__":
    sys.exit(main())
