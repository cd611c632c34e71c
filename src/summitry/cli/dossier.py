"""Everything the record has on one encounter, as text."""

from collections.abc import Iterator

from summitry.cli.show import row
from summitry.errors import UsageError
from summitry.model import Encounter
from summitry.record import Record


def dossier(record: Record, identity: str, as_of: str | None) -> str:
    """Value, statements, decisions, claims and changes of an encounter. Raises UsageError if there is none of that id."""
    stood = record.as_of(as_of) if as_of else record
    found = stood.encounter(identity)
    if found is None:
        when = f" on {as_of}" if as_of else ""
        raise UsageError(f"The record {record.where} has no encounter {identity}{when}; `find` lists their ids.")
    more = (*_decisions(record, found), *_claims(record, found), *_changes(record, found))
    return "\n".join([*_value(found), *_statements(found), *more]) + "\n"


def _value(found: Encounter) -> Iterator[str]:
    yield f"{found.id}: " + " · ".join(cell for cell in row(found) if cell)
    for label, values in (("activities", found.activities), ("topics", found.topics), ("outcomes", found.outcomes)):
        if values:
            yield f"  {label}: {', '.join(values)}"
    if found.names:
        yield f"  printed names: {', '.join(found.names)}"
    if found.parent:
        yield f"  part of: {found.parent}"


def _statements(found: Encounter) -> Iterator[str]:
    copied = f", {len(found.copies)} of them near copies" if found.copies else ""
    yield f"Statements ({len(found.sources)}{copied}):"
    for source in found.sources:
        copy = " (near copy of an earlier text)" if source.article in found.copies else ""
        yield f"  {source.key}" + (f" <{source.url}>" if source.url else "") + copy
        yield "    " + " · ".join(cell for cell in row(source.report) if cell) + f"  [{source.report.rule}]"
        for quote in source.report.evidence:
            yield f"    “{' '.join(quote.exact.split())}” ({quote.start}–{quote.end})"


def _decisions(record: Record, found: Encounter) -> Iterator[str]:
    names = {found.id, *(one.id for one in record.reports(encounters=[found.id]))}
    made = [one for one in record.judgements() if one.subject in names or one.object in names]
    if made:
        yield "Decisions:"
    for one in made:
        about = f"{one.field} = {one.value!r}" if one.field else one.object or ""
        undone = f" (undone {one.invalidated})" if one.invalidated else ""
        reason = f": {one.reason}" if one.reason else ""
        yield f"  {one.id} {one.time[:16]} {one.author} {one.verdict} {about}{reason}{undone}"


def _claims(record: Record, found: Encounter) -> Iterator[str]:
    from summitry import ask

    counting = ask.counting(record, found)
    if counting:
        yield "Claims that count it:"
    for one in counting:
        yield f"  {one.document.key}: “{' '.join(one.claim.text.split())}”"


def _changes(record: Record, found: Encounter) -> Iterator[str]:
    yield "Changes:"
    for change in record.history(found.id):
        into = f" into {change.other}" if change.other else ""
        value = " · ".join(cell for cell in row(change.value) if cell) if change.value else ""
        yield f"  {change.time[:16]} {change.encounter} {change.what}{into}  {value}"
