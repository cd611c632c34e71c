"""The record as it is: JSON as the CONTRACT describes it, and the same one encounter a line. Loses nothing.

`evidence` and `origin` of an encounter are those of its first report; each report has its own under `reports`. What one
article says of an encounter is one report, in however many places it says it.
Checked against the CONTRACT's example and by reading the encounters back (`tests/test_publish_formats.py`).
"""

from collections.abc import Sequence
from typing import Any, Final

from summitry.kinds import Status
from summitry.model import Encounter, Participation, Quote, Source
from summitry.publish.formats.common import Context, Export, json_lines, to_json

# Of several things that one article says of an encounter, the first of these is the last state of affairs.
_TELLING: Final[tuple[Status, ...]] = ("disputed", "held", "cancelled", "planned", "proposed")


def write_json(encounters: Sequence[Encounter], context: Context) -> Export:
    """`{"encounters": [...]}`, indented."""
    return Export(to_json({"encounters": [record(e) for e in encounters]}, verbatim=True))


def write_jsonl(encounters: Sequence[Encounter], context: Context) -> Export:
    """One encounter a line."""
    return Export(json_lines((record(e) for e in encounters), verbatim=True))


def record(encounter: Encounter) -> dict[str, Any]:
    """One encounter with the keys of the CONTRACT, and `parent` and `names` besides."""
    first = encounter.sources[0].report if encounter.sources else None
    place = encounter.place
    return {
        "id": encounter.id, "kind": encounter.kind, "status": encounter.status, "date": encounter.date,
        "guests": [_participation(who) for who in encounter.guests],
        "hosts": [_participation(who) for who in encounter.hosts],
        "host_country": encounter.host_country,
        "place": {"text": place.text, "name": place.name, "country": place.country} if place else None,
        "activities": list(encounter.activities), "topics": list(encounter.topics), "outcomes": list(encounter.outcomes),
        "delegation": encounter.delegation, "parent": encounter.parent, "names": list(encounter.names),
        "evidence": _quotes(first.evidence) if first else [], "origin": first.origin if first else None,
        "reports": [_report(said) for said in _by_article(encounter.sources)],
    }  # fmt: skip


def _participation(who: Participation) -> dict[str, Any]:
    return {"country": who.country, "name": who.name, "role": who.role, "level": who.level, "person": who.person,
            "capacity": who.capacity}  # fmt: skip


def _quotes(evidence: Sequence[Quote]) -> list[dict[str, Any]]:
    return [{"start": q.start, "end": q.end, "quote": q.exact} for q in evidence]


def _by_article(sources: Sequence[Source]) -> list[list[Source]]:
    said: dict[str, list[Source]] = {}
    for source in sources:
        said.setdefault(source.article, []).append(source)
    return list(said.values())


def _report(said: Sequence[Source]) -> dict[str, Any]:
    """What one article says of an encounter, with the last state of affairs; all that it quotes for it."""
    main = min(said, key=lambda source: _TELLING.index(source.report.status))
    quotes = {quote: None for source in (main, *said) for quote in source.report.evidence}
    return {
        "document": {"id": main.key, "source": main.article, "url": main.url},
        "status": main.report.status, "evidence": _quotes(list(quotes)),
        "rule": main.report.rule, "origin": main.report.origin,
    }  # fmt: skip
