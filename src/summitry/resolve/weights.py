"""The weights of merging, from `data/merging.toml`, where each is explained."""

from importlib import resources
from typing import Final

import msgspec


class Start(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the sum begins, and how far it has to come."""

    prior: float
    doubtful: float
    margin: float


class Who(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the people of one side fit."""

    known: float
    name: float
    surname: float
    family: float
    office: float
    leader: float
    rank: float
    delegation: float
    unknown: float
    nobody: float
    other: float
    other_rank: float
    host: float


class Sides(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the countries fit."""

    same: float
    most: float
    missing: float
    alone: float
    travelling: float
    other: float
    turned: float


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the dates fit; lists are by days apart, the first for one day."""

    same: float
    trip: tuple[float, ...]
    slip: tuple[float, ...]
    meeting: tuple[float, ...]
    moved: tuple[float, ...]
    call: tuple[float, ...]
    fortnight: float
    apart: float
    month: float
    months: float
    season: float
    year: float
    longer: float
    touching: float
    fresh: float
    undated: tuple[float, ...]
    recalled: float
    neither: float
    nowhen: float
    never: float


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How host country and town fit."""

    country: float
    third: float
    town: float
    stages: float
    elsewhere: float
    abroad: float
    misread: float


class How(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How kind, status and source fit."""

    kind: float
    kinds: float
    unreal: float
    article: float


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that speaks for or against one encounter."""

    start: Start
    who: Who
    sides: Sides
    when: When
    where: Where
    how: How


WEIGHTS: Final = msgspec.toml.decode((resources.files("summitry") / "data" / "merging.toml").read_bytes(), type=Weights)
