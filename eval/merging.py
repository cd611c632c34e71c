"""Merging under reading errors, measured on the made-up worlds of `tests/merging/`.

    python eval/merging.py [--seeds 20] [--lost SEED WORLD]

For each world the F1 of pairs and of clean encounters and the number of clusters that mix encounters: with perfect
reports, with errors in one slot at its rate, and with all of them. `south` is tuned on, `north` only looked at.
"""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from noise import RATES, WORLDS, Told, World, averaged, figures, load, perturbed

from summitry.model import Participation, Report
from summitry.resolve import merge

NOTHING = dict.fromkeys(RATES, 0.0)


def measure(world: World, rates: dict[str, float], seeds: int) -> str:
    """One row of the table."""
    every = []
    for seed in range(seeds):
        told = perturbed(world, seed, rates)
        every.append(figures(world, told, merge(one.statement for one in told)))
    pairs, clean, mixed = averaged(every)
    return f"pairs {pairs:.3f}  clean {clean:.3f}  mixed {mixed:.1f}"


def show(world: World, seed: int) -> None:
    """Every encounter that came out in several clusters, and every cluster with reports of several encounters."""
    told = perturbed(world, seed)
    truth = {one.statement.id: one for one in told}
    clusters: dict[int, list[list[Told]]] = defaultdict(list)
    for cluster in merge(one.statement for one in told).clusters:
        rows = [truth[row.id] for row in cluster.statements]
        for number in {row.truth for row in rows}:
            clusters[number].append(rows)
    for number, found in sorted(clusters.items()):
        if len(found) > 1 or len({row.truth for row in found[0]}) > 1:
            one = world.encounters[number]
            print(f"\n{number}: {one.kind} {_people(one.guests)} @ {one.host_country}")
            for rows in found:
                print("   cluster")
                for row in rows:
                    print(
                        f"      {row.truth}{'*' if row.again else ' '} {row.statement.key} {_told(row.statement.report)}"
                    )


def _told(one: Report) -> str:
    place = one.place.name if one.place else None
    return f"{one.kind} {one.status} {one.date} {_people(one.guests)} @ {_people(one.hosts)} {one.host_country} {place}"


def _people(people: tuple[Participation, ...]) -> str:
    return "[" + ", ".join(f"{one.country} {one.name or one.level}" for one in people) + "]"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--lost", nargs=2, metavar=("SEED", "WORLD"), help="print what was lost in one run")
    given = parser.parse_args()
    if given.lost:
        return show(load(given.lost[1]), int(given.lost[0]))
    for name in sorted(path.stem for path in WORLDS.glob("*.toml")):
        world = load(name)
        print(f"{name}: {len(world.encounters)} encounters, {len(world.told)} reports")
        print(f"  {'perfect':10}", measure(world, NOTHING, 1))
        for slot, rate in RATES.items():
            print(f"  {slot:10}", measure(world, NOTHING | {slot: rate}, given.seeds))
        print(f"  {'all':10}", measure(world, RATES, given.seeds))
    return None


if __name__ == "__main__":
    main()
