"""Encounters for people to read: one line each, or with --explain the sentence with its marked parts."""

import re
from collections.abc import Iterable, Sequence

from summitry.cli import output
from summitry.model import Claim, Comparison, Encounter, Participation, Quote, Reading, Report

HEADER = ("date", "direction", "who", "place", "what", "id")
_ARROW = {"visit": "→", "meeting": "–", "call": "☏"}
_NAMED = (
    "kind",
    "form",
    "capacity",
    "partner",
    "place",
    "region",
    "within",
    "since",
    "since_person",
    "by",
    "under",
    "on",
    "title",
    "stretch",
)
Mark = tuple[int, int, str]  # start, end, what it is


def reading(reading: Reading, *, explain: bool) -> None:
    """All encounters and claims of a document."""
    if explain:
        for number, report in enumerate(reading.reports, 1):
            output.write(explained(number, report) + "\n\n")
        for claim in reading.claims:
            output.write(f"claim  {claim_words(claim)}: {claim.text}\n")
        return
    output.table(HEADER[:-1], [row(report) for report in reading.reports])
    if reading.claims:
        output.write("\n")
        output.table(("claim", "type", "value"), [(c.text, c.type, _value(c)) for c in reading.claims])


def row(one: Report | Encounter) -> tuple[str, ...]:
    """Date, direction, people, place, and what it was."""
    place = one.place.name if one.place else ""
    what = one.kind if one.status == "held" else f"{one.kind}, {one.status}"
    return one.date or "undated", direction(one), people(one), place, what


def encounter_rows(encounters: Iterable[Encounter]) -> list[tuple[str, ...]]:
    """The same with the id at the end."""
    return [(*row(one), one.id) for one in encounters]


def direction(one: Report | Encounter) -> str:
    """The countries: "KP → RU", "KP – RU", or with a handset for a call."""
    guests = _countries(one.guests)
    hosts = _countries(one.hosts)
    if one.kind == "visit":
        return f"{'/'.join(guests) or '?'} → {one.host_country or '/'.join(hosts) or '?'}"
    return f" {_ARROW[one.kind]} ".join(dict.fromkeys([*guests, *hosts])) or "?"


def _countries(side: Iterable[Participation]) -> list[str]:
    return list(dict.fromkeys(who.country for who in side if who.country))


def people(one: Report | Encounter) -> str:
    """Guests and hosts by name and office; a delegation by its sector."""
    guests = ", ".join(filter(None, map(_who, one.guests)))
    if one.delegation:
        guests = f"{one.delegation} delegation" + (f" ({guests})" if guests else "")
    hosts = ", ".join(filter(None, map(_who, one.hosts)))
    return f"{guests} / {hosts}" if guests and hosts else guests or hosts


def _who(who: Participation) -> str:
    return f"{who.name}, {who.role}" if who.name and who.role else who.name or who.role or ""


def claim_words(claim: Claim) -> str:
    """A claim as it is understood: type, number and every field of its scope that is filled."""
    scope = claim.scope
    sides = (
        f"{scope.guest_country or '…'} → {scope.host_country or '…'}"
        if scope.guest_country or scope.host_country
        else ""
    )
    window = f"{scope.start or '…'} to {scope.end or '…'}" if scope.start or scope.end else ""
    said = [f"{claim.type} {_value(claim)}".strip(), sides or "-".join(scope.countries), scope.person, scope.office]
    said += [scope.unit, scope.level, window, "there was none" if scope.absent else ""]
    said += [f"{name} {value}" for name in _NAMED if (value := getattr(scope, name))]
    said += [f"namely {', '.join(scope.dates)}"] if scope.dates else []
    said += [f"not understood: {', '.join(scope.unread)}"] if scope.unread else []
    return " · ".join(filter(None, [*said, _compared(claim.comparison)]))


def _compared(comparison: Comparison | None) -> str:
    """The other side of a comparison."""
    if comparison is None:
        return ""
    if comparison.whole is not None:
        return f"of {comparison.whole} in all"
    sign = comparison.operator if comparison.times == 1 else f"{comparison.operator} {comparison.times:g} times"
    if comparison.among in ("each-year", "each-holder"):
        since = f" since {comparison.person or comparison.start}" if comparison.person or comparison.start else ""
        return f"one for each {'year' if comparison.among == 'each-year' else comparison.office}{since}"
    if comparison.among is not None:
        return f"{sign} that of every other {comparison.office or comparison.among}"
    window = f"{comparison.start or '…'} to {comparison.end or '…'}" if comparison.start or comparison.end else ""
    other = filter(None, (comparison.person, comparison.host_country, comparison.guest_country, window))
    return f"{sign} that of {', '.join(other)}"


def _value(claim: Claim) -> str:
    return "" if claim.value is None else f"{claim.operator or '='}{claim.value}"


def explained(number: int, report: Report) -> str:
    """One encounter: what it is, the construction that fired, and its sentences with the parts marked."""
    head = f"{number}. {report.kind}, {report.status}, {report.date or 'undated'}, {direction(report)}"
    lines = [f"{head}  [{report.rule or report.origin}]"]
    lines += [f"   {quote.start}–{quote.end}: {_highlighted(quote, marks(quote, report))}" for quote in report.evidence]
    for label, side in (("guest", report.guests), ("host", report.hosts)):
        for who in side:
            lines.append(f"   {label}: " + " · ".join(filter(None, (who.country, who.name, who.role, who.level))))
    for label, values in (("activities", report.activities), ("topics", report.topics), ("outcomes", report.outcomes)):
        lines += [f"   {label}: {', '.join(values)}"] if values else []
    return "\n".join(lines)


def marks(quote: Quote, report: Report) -> list[Mark]:
    """Where names, offices and the place of a report stand in a quote, without overlaps, the longest first."""
    wanted: list[tuple[str, str]] = []
    for label, side in (("guest", report.guests), ("host", report.hosts)):
        for who in side:
            wanted += [(label, text) for text in (who.name, who.role) if text]
            wanted += [(label, part) for part in (who.name or "").split() if len(part) > 2]
    if report.place:
        wanted.append(("place", report.place.text))
    found: list[Mark] = []
    for label, text in sorted(wanted, key=lambda item: -len(item[1])):
        for match in re.finditer(rf"(?<!\w){re.escape(text)}\w*", quote.exact, re.IGNORECASE):
            start, end = match.span()
            if not any(start < b and a < end for a, b, _ in found):
                found.append((start, end, label))
    return sorted(found)


def _highlighted(quote: Quote, found: Sequence[Mark]) -> str:
    text, at = "", 0
    for start, end, label in found:
        text += quote.exact[at:start] + output.marked(quote.exact[start:end], label)
        at = end
    return " ".join((text + quote.exact[at:]).split())
