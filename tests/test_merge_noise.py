"""Merging under reading errors (`noise`): what must come together although the reader erred, and how much does.

The bounds are what was measured, a little below; they are only ever raised. `eval/merging.py` prints the whole table.
"""

import pytest
from noise import averaged, figures, load, perturbed

from summitry.resolve import merge

FLOORS = {"north": (0.88, 0.70, 1.0), "south": (0.90, 0.71, 1.0)}  # F1 of pairs, of clean encounters; mixed clusters


@pytest.mark.parametrize("name", FLOORS)
def test_merging_bears_reading_errors(name: str) -> None:
    world = load(name)
    every = []
    for seed in range(8):
        told = perturbed(world, seed)
        every.append(figures(world, told, merge(one.statement for one in told)))
    found = averaged(every)
    pairs, clean, mixed = FLOORS[name]
    assert found.pairs >= pairs
    assert found.clean >= clean
    assert found.mixed <= mixed
