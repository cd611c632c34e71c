"""Kinds, statuses and levels, each with its meaning and its equivalent in the field's standards.

An unknown kind, status or level is `None`, never a default (DESIGN §3, law 2).
"""

from typing import Final, Literal

from summitry.errors import UsageError

Kind = Literal["visit", "meeting", "call"]
Status = Literal["held", "planned", "proposed", "cancelled", "disputed"]
Role = Literal["guest", "host", "participant", "mediator"]
Level = Literal[
    "leader", "minister", "vice-minister", "agency-head", "parliament", "party", "region", "official", "delegation"
]
ClaimType = Literal["count", "first-since", "nth", "record", "repeat"]

IN_OFFICE: Final = "in office"  # the capacity of "during his term": whatever office it was
KINDS: Final[dict[Kind, str]] = {
    "visit": "a guest travels to a host country; its talks, tours and forums are activities of it",
    "meeting": "sides meet and nobody can be told to travel: third country, summit, place unknown",
    "call": "a telephone or video conversation",
}
STATUSES: Final[dict[Status, str]] = {
    "held": "it took place",
    "planned": "announced or expected for a time to come",
    "proposed": "offered, invited to, considered",
    "cancelled": "called off, postponed or refused",
    "disputed": "one source says it took place, another denies it",
}
# From the highest to the lowest. "vice-minister+" means this level and all before it: the rule real ministries count by.
LEVELS: Final[dict[Level, str]] = {
    "leader": "head of state or government, or de facto leader",
    "minister": "member of a government",
    "vice-minister": "deputy minister or state secretary",
    "agency-head": "head of an agency, service, commission or central bank",
    "parliament": "speaker or member of a parliament",
    "party": "holder of a party office",
    "region": "governor, mayor, head of a region",
    "official": "senior official, envoy, adviser, officer",
    "delegation": "a delegation without a named head",
}
BELOW: Final[dict[str, Level]] = {"leader": "minister", "minister": "vice-minister"}  # the level of whose deputy

PLOVER_MODE: Final[dict[Kind, str]] = {"visit": "visit", "meeting": "third-party", "call": "phone"}
ICALENDAR_STATUS: Final[dict[Status, str]] = {
    "held": "CONFIRMED",
    "planned": "CONFIRMED",
    "proposed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "disputed": "TENTATIVE",
}
SCHEMA_ORG_STATUS: Final[dict[Status, str]] = {
    "held": "https://schema.org/EventScheduled",
    "planned": "https://schema.org/EventScheduled",
    "proposed": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "disputed": "https://schema.org/EventScheduled",
}


def levels_from(text: str) -> frozenset[Level]:
    """The levels that `text` admits: "minister" is that level alone, "minister+" it and all above.

    Raises UsageError for a level that does not exist.

    >>> sorted(levels_from("vice-minister+"))
    ['leader', 'minister', 'vice-minister']
    """
    name = text.removesuffix("+")
    order = list(LEVELS)
    if name not in order:
        raise UsageError(f"Unknown level {text!r}; the levels are {', '.join(order)} (add + for 'or higher').")
    at = order.index(name)
    return frozenset(order[: at + 1] if text.endswith("+") else order[at : at + 1])
