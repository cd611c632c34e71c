"""COLT (Country and Organizational Leader Travel, Pardee Institute): a row per leader and country visited.

Mapping: id -> TripID; guest -> LeaderFullName, LeaderTitle, LeaderCountryISO (alpha-3); host country -> CountryVisited,
CountryVisitedISO; place -> CityVisited; date -> TripYear, and TripStartDate, TripEndDate, TripDuration if known to the day;
hosts of the level `leader` -> HostHOGSName, MetHostHoGS = Yes; signing, speech, ceremony, forum -> their Yes columns, blank
where nothing is said (blank is not No); sources -> SourceLink1 and on. Only held visits by people of the levels `leader` and
`minister` who are named are within its scope; the rest is counted in `lost`. Confidence stays blank: it is a person's grade.
Column names are those that users of the data set read; the codebook itself was not at hand, so treat them as unverified.
"""

import csv
import io
from collections.abc import Sequence
from typing import Any

from summitry.model import Encounter, Participation
from summitry.publish.formats.common import Context, Export, alpha3, counted, days, reduced, sentences, sources, web
from summitry.publish.formats.table import cell
from summitry.publish.places import country_name
from summitry.publish.tables import load

LINKS = 33  # as many as the data set has columns for
COLUMNS = ("TripID", "LeaderCountryOrIGO", "LeaderCountryISO", "LeaderTitle", "LeaderFullName", "CountryVisited",
           "CountryVisitedISO", "CityVisited", "TripYear", "TripStartDate", "TripEndDate", "TripDuration", "MetHostHoGS",
           "HostHOGSName", "AttendedMultilatEvent", "PublicAddress", "SignedAgreement", "CulturalSiteOrCeremony",
           "BusinessLeaderOrForum", "Notes", "Confidence(1-5)",
           *(f"SourceLink{n}" for n in range(1, LINKS + 1)))  # fmt: skip
FLAGS = {
    "PublicAddress": ("speech", "press conference"), "SignedAgreement": ("signing",),
    "CulturalSiteOrCeremony": ("ceremony", "wreath", "concert", "parade", "inauguration", "funeral"),
    "BusinessLeaderOrForum": ("forum", "fair"), "AttendedMultilatEvent": ("summit",),
}  # fmt: skip


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """CSV with a header."""
    said = sentences(encounters, context)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS)
    writer.writeheader()
    left_out = 0
    for encounter in encounters:
        leaders = [who for who in encounter.guests if who.name and who.level in ("leader", "minister")]
        if encounter.kind != "visit" or encounter.status != "held" or not leaders or not encounter.host_country:
            left_out += 1
            continue
        for number, who in enumerate(leaders):
            row = _row(encounter, who, said[encounter.id], context)
            row["TripID"] += f"-{number + 1}" if number else ""
            writer.writerow({name: cell(value) for name, value in row.items()})
    lost = counted(
        left_out, "{n} encounters are outside COLT: no held visit to a country by a named leader or minister."
    )
    return Export(buffer.getvalue().encode(), lost)


def _row(encounter: Encounter, who: Participation, sentence: str, context: Context) -> dict[str, Any]:
    language = load(context.options.lang)
    span = days(encounter)
    start, _ = reduced(encounter)
    met = [host.name for host in encounter.hosts if host.level == "leader" and host.name]
    host = encounter.host_country or ""
    row = {
        "TripID": encounter.id, "LeaderCountryOrIGO": country_name(language, who.country) if who.country else None,
        "LeaderCountryISO": alpha3(who.country), "LeaderTitle": who.role, "LeaderFullName": who.name,
        "CountryVisited": country_name(language, host), "CountryVisitedISO": alpha3(host),
        "CityVisited": encounter.place.name if encounter.place else None, "TripYear": start[:4] if start else None,
        "TripStartDate": span[0].isoformat() if span else None, "TripEndDate": span[1].isoformat() if span else None,
        "TripDuration": (span[1] - span[0]).days + 1 if span else None, "MetHostHoGS": "Yes" if met else None,
        "HostHOGSName": met, "Notes": f"{sentence} [{encounter.date}]" if encounter.date and not span else sentence,
    }  # fmt: skip
    row |= {name: "Yes" for name, keys in FLAGS.items() if set(keys) & set(encounter.activities)}
    links = [url for url in (web(d["url"]) for d in sources(encounter)) if url][:LINKS]
    return row | {f"SourceLink{n}": url for n, url in enumerate(links, 1)}
