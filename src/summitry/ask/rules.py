"""Counting rules as values: the units and exclusions there are, and the rule that a claim means.

A number without its rule says nothing: "18 delegations" depends on what a delegation is, from when to when, in which
direction, and who is left out. All of that is in a `CountingRule`; this module knows its vocabulary.
"""

import functools
import re
from datetime import date, timedelta
from typing import Final

from msgspec.structs import replace

from summitry import territories
from summitry.ask.offices import capacity, office
from summitry.dates import bounds
from summitry.errors import UsageError
from summitry.kinds import LEVELS, Kind, Level, levels_from
from summitry.model import Claim, CountingRule, Scope

UNITS: Final[dict[str, str]] = {
    "encounter": "every encounter",
    "delegation": "every visit: one delegation, one trip, one host country",
    "trip": "visits of one traveller that follow on each other, to however many hosts",
    "traveller": "every person that travelled, however often",
    "pair": "every two countries that met, however often",
    "item": "every entry of the source: delegations named in one breath are one",
}
# Units that are about travelling: they count visits, and people as guests.
TRAVELLING: Final = frozenset({"delegation", "trip", "traveller"})
# What can be left out, by the level of the highest guest; "multilateral" and "bilateral-of-summit" by the setting.
EXCLUDED_LEVELS: Final[dict[str, frozenset[Level]]] = {
    "leaders": frozenset({"leader"}),
    "sub-state": frozenset({"region"}),
    "parties": frozenset({"party"}),
    "parliaments": frozenset({"parliament"}),
    "technical": frozenset({"official", "delegation"}),
}
# What can be left out by what it was: the exclusion and the activity by which an encounter is known for it.
MARKS: Final[dict[str, str]] = {"multilateral": "summit", "stop-overs": "stop-over", "private": "private"}
# The forms of visits, as activities; for each what else a visit that is called so may be called.
FORMS: Final[dict[str, tuple[str, ...]]] = {
    "state-visit": (), "official-visit": ("state-visit", "working-visit"), "working-visit": ("official-visit",),
}  # fmt: skip
SETTINGS: Final = (*MARKS, "bilateral-of-summit")
_DURATION: Final = re.compile(r"P(\d+)([DWMY])")


def checked(rule: CountingRule) -> CountingRule:
    """`rule` itself. Raises UsageError for an unknown unit, level or exclusion, a bad date, a window that is none."""
    if rule.unit not in UNITS:
        raise UsageError(f"Unknown unit {rule.unit!r}; the units are {', '.join(UNITS)}.")
    for name in rule.exclude:
        if name not in EXCLUDED_LEVELS and name not in SETTINGS:
            known = ", ".join([*EXCLUDED_LEVELS, *SETTINGS])
            raise UsageError(f"Unknown exclusion {name!r}; these can be left out: {known}.")
    if rule.level:
        levels_from(rule.level)
    for name in rule.region:
        if name not in _regions():
            raise UsageError(f"Unknown region {name!r}; the UN's regions are {', '.join(sorted(_regions()))}.")
    first, last = window(rule)
    if first and last and first > last:
        raise UsageError(f"The window from {rule.start} to {rule.end} ends before it begins.")
    return rule


def kinds_of(rule: CountingRule) -> tuple[Kind, ...]:
    """The kinds that a rule counts: visits where it is about travelling and names none."""
    return rule.kind or (("visit",) if rule.unit in TRAVELLING or rule.guest or rule.host else ())


def window(rule: CountingRule) -> tuple[date | None, date | None]:
    """First and last day of the window; None where it is open."""
    return bounds(rule.start)[0] if rule.start else None, bounds(rule.end)[1] if rule.end else None


def direction(text: str) -> tuple[str, str]:
    """Guest and host country of "KP-RU". Raises UsageError if it is not of that form."""
    guest, dash, host = text.partition("-")
    if not (guest and dash and host):
        raise UsageError(f"{text!r} is no direction; write the guest's and the host's country, like KP-RU.")
    return guest, host


@functools.cache
def _regions() -> frozenset[str]:
    return frozenset(name for one in territories.territories().values() for name in one.regions)


def ranks(level: str) -> list[int]:
    """The ranks in `kinds.LEVELS` that "minister+" admits."""
    admitted = levels_from(level)
    return [rank for rank, name in enumerate(LEVELS) if name in admitted]


def before(day: date, duration: str) -> date:
    """The day that lies `duration` (ISO 8601: P3M, P2W, P90D, P1Y) before `day`; a missing day is the month's last."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        raise UsageError(f"{duration!r} is no duration; write it like P3M, P2W, P90D or P1Y.")
    number = int(match[1])
    if match[2] in "DW":
        return day - timedelta(days=number * (7 if match[2] == "W" else 1))
    month = day.year * 12 + day.month - 1 - number * (12 if match[2] == "Y" else 1)
    year, month = divmod(month, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def rule_of(claim: Claim, published: str | None) -> CountingRule:
    """The rule that a claim means; its window ends with the claim's publication if it names no end."""
    scope = claim.scope
    directed = bool(scope.guest_country or scope.host_country)
    held = office_of_claim(claim)
    people = (held,) if held else (scope.person,) if scope.person else ()
    rule = CountingRule(
        unit=scope.unit if scope.unit in UNITS else "encounter",
        between=() if scope.guest_country and scope.host_country else _sides(claim),
        guest=(scope.guest_country,) if scope.guest_country else (),
        host=(scope.host_country,) if scope.host_country else (),
        people=people,
        start=scope.start or (scope.on if claim.type == "count" else None),
        end=_while_it_stood(scope, scope.end or (scope.on if claim.type == "count" else None) or published),
        kind=(scope.kind,) if scope.kind else ("visit",) if directed else (),
        level=None if held else scope.level,
        capacity=(scope.capacity,) if scope.capacity and not held else (),
        region=(scope.region,) if scope.region else (),
        place=scope.place,
        form=scope.form,
        also=(scope.partner,) if scope.partner else (),
    )
    last = window(rule)[1]
    if claim.type == "count" and scope.within and last and not scope.start:
        rule = replace(rule, start=before(last, scope.within).isoformat())
    return rule


def _while_it_stood(scope: Scope, end: str | None) -> str | None:
    """The end of a window; at the latest that of a former state which is named: "the Soviet Union" is not Russia."""
    known = territories.territories()
    codes = (scope.guest_country or "", scope.host_country or "")
    stood = [known[code].end for code in codes if code in known]
    last = min(filter(None, stood), default=None)
    day = bounds(end)[1] if end else None
    return end if last is None or day is not None and day <= last else last.isoformat()


def _sides(claim: Claim) -> tuple[str, ...]:
    """The countries that a claim is between; of a person or an office, the one it travels from goes without saying."""
    scope = claim.scope
    if scope.host_country and (scope.person or scope.office):
        return ()
    if set(scope.countries) <= {scope.guest_country, scope.host_country}:
        return ()  # which side they are on says all
    return scope.countries


def office_of_claim(claim: Claim) -> str | None:
    """The office whose holders a claim is about; None where it is about others, or no office that is known."""
    scope = claim.scope
    country = scope.guest_country or (scope.countries[0] if len(scope.countries) == 1 else None)
    said = [scope.office] if scope.office else []
    if scope.office and country:
        said.append(f"{country} {scope.office}")
    if scope.capacity and country and not scope.person and not capacity(scope.capacity):
        said.append(f"{country} {scope.capacity}")
    return next((one for one in said if office(one)), None)
