"""PLOVER event records, one JSON object a line, for users of political event data.

Mapping (PLOVER manual): held encounter -> event_type CONSULT, mode visit, third-party, multilateral or phone; planned or
proposed -> AGREE ("references to future meetings … should be coded as AGREE"); the visitor is the actor, the host the
recipient; where neither can be told all are actors. Countries are ISO alpha-3, organisations their abbreviation. Dates
are days, so a coarser one is its first day, with `date_edtf`, `date_min` and `date_max` beside it. Cancelled encounters are
left out and counted: PLOVER's REJECT needs to know who refused. There is no published schema to check
against; the names of the fields follow POLECAT records where known.
"""

from collections.abc import Sequence
from typing import Any

from summitry.kinds import PLOVER_MODE, Level
from summitry.model import Encounter, Participation
from summitry.publish.formats.common import (
    Context,
    Export,
    alpha3,
    bounds,
    counted,
    json_lines,
    people,
    quotes,
    sentences,
    sources,
)

SAYABLE = ("held", "planned", "proposed")
SECTORS: dict[Level, str] = {
    "leader": "GOV", "minister": "GOV", "vice-minister": "GOV", "agency-head": "GOV", "parliament": "LEG",
    "party": "PTY", "region": "GOV", "official": "GOV", "delegation": "GOV",
}  # fmt: skip


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The records; `lost` counts cancelled, disputed and undated encounters, which PLOVER cannot hold."""
    said = sentences(encounters, context)
    rows = [_row(e, said[e.id]) for e in encounters if e.status in SAYABLE and e.date]
    undated = sum(e.date is None for e in encounters)
    lost = counted(undated, "{n} undated encounters are left out; PLOVER needs a day.")
    rest = counted(
        len(encounters) - undated - len(rows),
        "{n} cancelled or disputed encounters are left out; who refused is not recorded.",
    )
    return Export(json_lines(rows), lost + rest)


def _row(encounter: Encounter, sentence: str) -> dict[str, Any]:
    first, last = bounds(encounter)
    sides = people(encounter)
    countries = {who.country for _, who in sides}
    mode = "multilateral" if encounter.kind == "meeting" and len(countries) > 2 else PLOVER_MODE[encounter.kind]
    return {
        "id": encounter.id, "event_type": "CONSULT" if encounter.status == "held" else "AGREE",
        "event_mode": mode if encounter.status == "held" else "", "date": first,
        "date_edtf": encounter.date, "date_min": first, "date_max": last, "event_text": sentence,
        "actor": [_actor(who) for role, who in sides if role != "host"],
        "recipient": [_actor(who) for role, who in sides if role == "host"] or _host(encounter),
        "event_loc": encounter.place.name if encounter.place else None, "event_loc_country": alpha3(encounter.host_country),
        "context": [word for word in (encounter.delegation, *encounter.topics) if word],
        "text": quotes(encounter), "cite_info": sources(encounter),
    }  # fmt: skip


def _actor(who: Participation) -> dict[str, Any]:
    code = alpha3(who.country) or who.country
    return {"code": code, "sector": SECTORS.get(who.level) if who.level else None, "text": who.name, "role": who.role}


def _host(encounter: Encounter) -> list[dict[str, Any]]:
    """The host country, where no host is named."""
    if encounter.kind != "visit" or not encounter.host_country:
        return []
    return [_actor(Participation(country=encounter.host_country))]
