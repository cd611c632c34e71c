"""Small records for the tests of `record` and `ask`: invented reports, saved as one encounter each."""

import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from summitry.model import Article, Encounter, Participation, Place, Quote, Report
from summitry.record import Record


def article(text: str, published: str | None = None) -> Article:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Article(id=f"sha256:{digest}", text=text, source=f"{text[:8]}.txt", published=published, key=text[:8])


def visit(
    guest: str, host: str, date: str | None, name: str | None = None, level: str | None = "minister", **more: object
) -> Report:
    """A visit from `guest` to `host`; the evidence is the first word unless `evidence` is given."""
    fields: dict[str, object] = {
        "kind": "visit",
        "status": "held",
        "guests": (Participation(country=guest, name=name, level=level),),
        "hosts": (),
        "evidence": (Quote(0, 4, "Text"),),
        "date": date,
        "host_country": host,
    }
    return Report(**(fields | more))


def meeting(countries: Sequence[str], date: str | None, host: str | None = None, **more: object) -> Report:
    guests = tuple(Participation(country=country, level="minister") for country in countries)
    return Report(
        **{"kind": "meeting", "status": "held", "guests": guests, "hosts": (), "evidence": (Quote(0, 4, "Text"),),
           "date": date, "host_country": host} | more
    )  # fmt: skip


def encounter(identity: str, report: Report, **more: object) -> Encounter:
    names = ("kind", "status", "guests", "hosts", "date", "host_country", "place", "activities", "topics", "outcomes",
             "delegation")  # fmt: skip
    return Encounter(**({"id": identity} | {name: getattr(report, name) for name in names} | more))


def fill(record: Record, reports: Sequence[Report], published: str | None = None) -> list[str]:
    """Add one article per report and save each report as its own encounter; the ids in the order of `reports`."""
    ids = []
    with record.transaction():
        start = record.size()["articles"]
        for number, report in enumerate(reports, start=start):
            one = article(f"Text {number:06d} of a sample.", published)
            record.add_article(one, [report])
            ids.append(record.reports(articles=[one.id])[0].id)
        record.save_encounters([(encounter(_name(i), r), [i]) for i, r in zip(ids, reports, strict=True)])
    return [_name(i) for i in ids]


def fill_at_once(record: Record, reports: Sequence[Report], published: str | None = None) -> list[str]:
    """The same from a single article with all reports: much faster for thousands of them."""
    placed = [replace(one, evidence=(Quote(at, at + 1, "x"),)) for at, one in enumerate(reports)]
    record.add_article(article("x" * len(placed), published), placed)
    ids = [one.id for one in record.reports()]
    record.save_encounters(
        [(encounter(f"e{at:06}", r), [i]) for at, (i, r) in enumerate(zip(ids, placed, strict=True))]
    )
    return [f"e{at:06}" for at in range(len(placed))]


def _name(report: str) -> str:
    return "e" + report[:10]


MOSCOW = Place("Moskau", "Moskau", "RU")
