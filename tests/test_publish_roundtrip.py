"""The round trip: what is written from a record in a language is read again as the same encounters.

Records are generated: countries, offices, invented names in the order of their country, delegations, dates of every
precision, statuses, activities. A name of the pool belongs to one person, and a person goes to a country once a year:
two reports of the same journey would be one encounter. Nothing else is held back.
"""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from summitry.model import Encounter, Participation, Place, Report
from summitry.pipeline import read_text
from summitry.publish import Options, chronicle, to_text
from summitry.publish.gazetteer import find

PEOPLE = {
    "RU": ("Anton Below", "Igor Sokolow", "Pawel Orlow"), "KP": ("Pak Ok Ju", "Han Kwang Ho", "Choe Yong Min"),
    "CN": ("Wu Jian", "Lin Tao", "Shen Guowei"), "US": ("John Miller", "Mary Collins", "Peter Hartwell"),
    "DE": ("Karin Vogt", "Lars Petersen", "Thomas Brandner"), "FR": ("Luc Moreau", "Claire Fontanel", "Hugo Lambertin"),
    "IR": ("Reza Karimi", "Hamid Rostamzadeh"), "TR": ("Emre Aydin", "Selim Karaca"), "VN": ("Nguyen Van Duc", "Tran Minh Khoi"),
    "JP": ("Kenji Morita", "Hiroshi Tanabe"), "BR": ("Paulo Medeiros", "Renata Falcao"), "EG": ("Omar Shahin", "Tarek Mansour"),
}  # fmt: skip
OFFICES = {
    "president": "leader", "prime minister": "leader", "foreign minister": "minister", "defence minister": "minister",
    "deputy foreign minister": "vice-minister", "culture minister": "minister", "special envoy": "official",
    "governor": "region", "head of the foreign intelligence service": "agency-head", "minister of state security": "minister",
}  # fmt: skip
CITIES = {"RU": ("Moscow", "Perm", "Kazan"), "KP": ("Pyongyang", "Wonsan"), "CN": ("Beijing", "Shanghai"), "US": ("Washington", "Chicago"),
          "DE": ("Berlin", "Hamburg"), "FR": ("Paris", "Lyon"), "IR": ("Tehran", "Isfahan"), "TR": ("Ankara", "Istanbul"),
          "VN": ("Hanoi", "Haiphong"), "JP": ("Tokyo", "Osaka"), "BR": ("Brasilia", "Recife"), "EG": ("Cairo", "Alexandria")}  # fmt: skip
SECTORS = (
    "culture",
    "sport",
    "agriculture",
    "youth",
    "health",
    "trade",
    "parliament",
    "military",
    "energy",
    "education",
)
DATES = (
    "2031",
    "2031-05",
    "2031-05-07",
    "2031-06-11/2031-06-14",
    "2031-07-02/2031-07-03",
    "2032-01-30/2032-02-02",
    "2031-09~",
    None,
)
STATUSES = ("held", "held", "held", "planned", "proposed", "cancelled")
ROLE_OF = {
    name: list(OFFICES)[at % len(OFFICES)] for at, name in enumerate(n for names in PEOPLE.values() for n in names)
}


def someone(country: str) -> st.SearchStrategy[Participation]:
    def made(name: str) -> Participation:
        role = ROLE_OF[name]
        return Participation(country, name, role, OFFICES[role])  # type: ignore[arg-type]

    return st.sampled_from(PEOPLE[country]).map(made)


@st.composite
def encounters(draw: st.DrawFn) -> Encounter:
    guest, host, third = draw(st.permutations(sorted(PEOPLE)))[:3]
    kind = draw(st.sampled_from(("visit", "visit", "visit", "meeting", "call")))
    values: dict[str, object] = {"status": draw(st.sampled_from(STATUSES)), "date": draw(st.sampled_from(DATES))}
    if kind == "call":
        return Encounter("", kind, guests=(draw(someone(guest)), draw(someone(host))), hosts=(), **values)  # type: ignore[arg-type]
    country = host if kind == "visit" else third
    city = draw(st.none() | st.sampled_from(CITIES[country]))
    values |= {"host_country": country, "place": Place(city, city, country) if city else None}
    if kind == "meeting":
        return Encounter("", kind, guests=(draw(someone(guest)), draw(someone(host))), hosts=(), **values)  # type: ignore[arg-type]
    sector = draw(st.none() | st.none() | st.sampled_from(SECTORS))
    guests = (Participation(guest),) if sector else (draw(someone(guest)),)
    hosts = (draw(someone(host)),) if draw(st.booleans()) else ()
    activities = draw(st.sampled_from(((), (), ("talks",), ("forum",), ("signing",), ("dinner",))))
    return Encounter("", kind, guests=guests, hosts=hosts, delegation=sector, activities=activities, **values)  # type: ignore[arg-type]


@st.composite
def records(draw: st.DrawFn) -> list[Encounter]:
    found = draw(st.lists(encounters(), min_size=1, max_size=5))
    made = [
        Encounter(**({n: getattr(e, n) for n in e.__struct_fields__} | {"id": f"e{at}"})) for at, e in enumerate(found)
    ]
    return list({trip(e): e for e in made}.values())


def trip(one: Encounter) -> tuple[object, ...]:
    """Who was where in which year: two reports that agree in this may be of one encounter, and readers join them."""
    return (
        *(w.name or w.country for w in one.guests),
        one.delegation,
        one.kind == "visit" and one.host_country,
        (one.date or "")[:4],
    )


def city(place: Place | None, country: str | None) -> str | None:
    found = find(place.name, place.country or country) if place else None
    return found.key if found else place.name if place else None


def facts(one: Encounter | Report) -> dict[str, object] | tuple[object, ...]:
    """What must come back; everybody is a guest of a meeting or call."""
    guests, hosts = one.guests, one.hosts
    if one.kind != "visit":
        guests, hosts = (*guests, *hosts), ()
    sides = [tuple(sorted((w.country or "", w.name or "") for w in side)) for side in (guests, hosts)]
    return (one.kind, one.status, one.date, *sides, one.host_country, city(one.place, one.host_country), one.delegation)


FIELDS = ("kind", "status", "date", "guests", "hosts", "host_country", "place", "delegation")


def missed(record: Sequence[Encounter], lang: str) -> int:
    """How many encounters do not come back with every field right."""
    text = to_text(chronicle(record, Options(lang=lang, fold=False)))
    return sum((Counter(map(facts, record)) - Counter(map(facts, read_text(text, lang=lang).reports))).values())


def misses(record: Sequence[Encounter], lang: str) -> list[str]:
    """What the reading of the text lacks or has too much, each with the fields in which the nearest reading differs."""
    text = to_text(chronicle(record, Options(lang=lang, fold=False)))
    wanted, read = Counter(map(facts, record)), Counter(map(facts, read_text(text, lang=lang).reports))
    extra = list((read - wanted).elements())
    found = []
    for one in (wanted - read).elements():
        near = min(extra, key=lambda other: sum(a != b for a, b in zip(one, other, strict=True)), default=None)
        if near is None:
            found.append(f"missing {one[0]} {one[1]}")
            continue
        extra.remove(near)
        found += [
            f"{name} of a {one[1]} {one[0]}: {a!r} read as {b!r}"
            for name, a, b in zip(FIELDS, one, near, strict=True)
            if a != b
        ]
    return found + [f"extra {other}" for other in extra]


# Of 100 encounters in records of any shape, how many a reader may miss or misread today; only ever to be lowered.
FLOORS = {"de": 45, "en": 52}


def plain(one: Encounter) -> bool:
    """Whether the sentence is one that the readers of both languages know by now; the rest is counted, see FLOORS."""
    person = one.guests[0]
    dated = one.date is not None and "~" not in one.date and len(one.date) > 4
    known = (
        dated and one.kind == "visit" and not (person.role or "").startswith("head of") and one.delegation != "trade"
    )
    if one.hosts:
        talks = one.activities == ("talks",)
        apart = person.name is not None and "special envoy" not in (person.role, one.hosts[0].role)
        return known and apart and one.status == "held" and (talks or not one.activities)
    return known and not one.activities


@pytest.mark.parametrize("lang", sorted(FLOORS))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(record=records())
def test_plain_records_come_back(lang: str, record: list[Encounter]) -> None:
    kept = [one for one in record if plain(one)]
    found = misses(kept, lang) if kept else []
    assert not found, "\n".join([*found, to_text(chronicle(kept, Options(lang=lang, fold=False)))])


@pytest.mark.parametrize("lang", sorted(FLOORS))
def test_no_more_is_missed_than_the_floor_allows(lang: str) -> None:
    wrong = total = 0

    @seed(2031)
    @settings(
        max_examples=200, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(record=records())
    def run(record: list[Encounter]) -> None:
        nonlocal wrong, total
        total += len(record)
        wrong += missed(record, lang)

    run()
    assert total >= 400
    assert 100 * wrong <= FLOORS[lang] * total, f"{wrong} of {total}"
