"""The round trip, measured: of generated records, how many encounters come back from their own chronicle.

    python eval/roundtrip.py [--lang de] [--records 2000] [--seed 2031] [--show 3]

For each language the share that does not come back with every field right, and the misses by class: what kind of
encounter it was, and which fields were read otherwise. `--show N` prints N sentences of every class.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from generated import Kept, chronicle_options, records

from summitry.cities import find
from summitry.model import Encounter, Place, Report
from summitry.pipeline import read_text
from summitry.publish import chronicle, to_text

FIELDS = ("kind", "status", "date", "guests", "hosts", "host_country", "place", "delegation")
Facts = tuple[object, ...]


def city(place: Place | None, country: str | None) -> str | None:
    """A place by its entry in the gazetteer: each language has its own name for it."""
    found = find(place.name, place.country or country) if place else None
    return found.key if found else place.name if place else None


def facts(one: Encounter | Report) -> Facts:
    """What must come back; everybody is a guest of a meeting or call."""
    guests, hosts = one.guests, one.hosts
    if one.kind != "visit":
        guests, hosts = (*guests, *hosts), ()
    sides = [tuple(sorted((w.country or "", w.name or "") for w in side)) for side in (guests, hosts)]
    return (one.kind, one.status, one.date, *sides, one.host_country, city(one.place, one.host_country), one.delegation)


def misses(kept: Kept, lang: str) -> tuple[str, list[tuple[Facts, Facts | None]], list[Facts]]:
    """The text, what did not come back with its nearest reading, and what was read too much."""
    text = to_text(chronicle(kept.encounters, chronicle_options(lang, kept)))
    wanted, read = Counter(map(facts, kept.encounters)), Counter(map(facts, read_text(text, lang=lang).reports))
    extra = list((read - wanted).elements())
    pairs: list[tuple[Facts, Facts | None]] = []
    for one in (wanted - read).elements():
        near = min(extra, key=lambda other: sum(a != b for a, b in zip(one, other, strict=True)), default=None)
        if near is not None:
            extra.remove(near)
        pairs.append((one, near))
    return text, pairs, extra


def class_of(one: Facts, near: Facts | None) -> str:
    """Kind, status and the fields that differ."""
    wrong = [n for n, a, b in zip(FIELDS, one, near, strict=True) if a != b] if near else ["missing"]
    return f"{one[1]} {'delegation ' if one[7] else ''}{one[0]}: {', '.join(wrong)}"


def generated(number: int, start: int) -> Iterator[Kept]:
    """`number` records, the same ones for the same start."""
    made: list[Kept] = []

    @seed(start)
    @settings(
        max_examples=number,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(kept=records())
    def run(kept: Kept) -> None:
        made.append(kept)

    run()
    yield from made


def measure(lang: str, kept: Sequence[Kept], show: int) -> tuple[int, int]:
    """(missed, all) of the encounters, after printing the misses by class."""
    classes: Counter[str] = Counter()
    shown: dict[str, list[str]] = defaultdict(list)
    missed = extras = 0
    for record in kept:
        text, pairs, extra = misses(record, lang)
        missed += len(pairs)
        extras += len(extra)
        for one, near in pairs:
            name = class_of(one, near)
            classes[name] += 1
            differences = [f"{n}: {a!r} -> {b!r}" for n, a, b in zip(FIELDS, one, near or one, strict=True) if a != b]
            shown[name].append(f"{one}\n      {differences}\n{text}")
        for one in extra:
            classes["too much"] += 1
            shown["too much"].append(f"{one}\n{text}")
    total = sum(len(record.encounters) for record in kept)
    print(f"{lang}: {missed} of {total} encounters not back ({100 * missed / total:.1f} %), {extras} too much")
    for name, count in classes.most_common():
        print(f"  {count:5} {name}")
        for text in sorted(shown[name], key=len)[:show]:
            print("    " + text.replace("\n", "\n    "))
    return missed, total


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--lang", action="append")
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=2031)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    kept = list(generated(options.records, options.seed))
    for lang in options.lang or ["de", "en"]:
        measure(lang, kept, options.show)


if __name__ == "__main__":
    main()
