"""Records for the round trip, as hypothesis makes them: whatever a record of real encounters may hold.

Countries, cities and offices are real; people are invented, named in the order and spelling of their country, some of them
like a word, a month or a place. A name belongs to one person, who holds one office; people travel alone and together, are
named, known by office or by level alone; they go for a state or an organisation. A person goes to a country once a year:
two reports of the same journey would be one encounter. Nothing else is held back.
"""

from typing import Any, NamedTuple

from hypothesis import strategies as st

from summitry.model import Encounter, Participation, Place
from summitry.publish import Options
from summitry.publish.sentence import Remark

WOMEN = (
    "Wera Lebedewa", "Yun Mi-rae", "Man Lihua", "Mary Collins", "Ruth Summers", "Karin Vogt", "Petra König", "Claire Fontanel",
    "Anne-Laure de Villiers", "Helen March", "Yuki Mori", "Renata Falcao", "Mariam al-Suwaidi", "Meera Nambiar", "Iryna Bondar",
    "Jadwiga Nowicka", "Sanne Kuipers", "Jana Horakova", "Eszter Szalai", "Nomsa Dlamini", "Lucia Hernandez Prado", "Margit Lindholm",
    "Amara Diallo",
)  # fmt: skip
LEVELS = {
    "president": "leader", "prime minister": "leader", "king": "leader", "chancellor": "leader", "emir": "leader",
    "foreign minister": "minister", "defence minister": "minister", "culture minister": "minister",
    "trade minister": "minister", "interior minister": "minister", "minister of state security": "minister",
    "deputy prime minister": "minister", "secretary-general": "minister", "Außenministerin": "minister",
    "Präsidentin": "leader", "Ministerpräsidentin": "leader", "Verteidigungsministerin": "minister",
    "deputy foreign minister": "vice-minister", "deputy defence minister": "vice-minister",
    "special envoy": "official", "ambassador": "official", "national security adviser": "official",
    "governor": "region", "mayor": "region", "head of the foreign intelligence service": "agency-head",
    "secretary of the security council": "agency-head", "chief of the general staff": "agency-head",
    "speaker of parliament": "parliament", "head of the ruling party": "party", "foreign policy chief": "minister",
    "director of the central bank": "agency-head",
}  # fmt: skip
PEOPLE: dict[str, dict[str, str | None]] = {
    "RU": {"Anton Below": "foreign minister", "Igor Sokolow": "defence minister", "Pawel Orlow": "head of the foreign intelligence service",
           "Wera Lebedewa": "culture minister", "Maxim Gromow": "secretary of the security council", "Nikita Maiski": "governor"},
    "KP": {"Pak Ok Ju": "foreign minister", "Im Sung Nam": "deputy foreign minister", "Choe Yong Min": "president", "An Tong Chol": "minister of state security"},
    "KR": {"Han Seung-woo": "president", "Yun Mi-rae": "foreign minister", "So Jae-hyun": "national security adviser"},
    "CN": {"Wu Jian": "foreign minister", "Lin Tao": "president", "Shen Guowei": "trade minister", "Man Lihua": None},
    "US": {"John Miller": "president", "Mary Collins": "foreign minister", "Peter Hartwell": "special envoy", "Jack Church": "governor", "Ruth Summers": "defence minister"},
    "DE": {"Karin Vogt": "Außenministerin", "Lars Petersen": "chancellor", "Thomas Brandner": "president", "Petra König": "Verteidigungsministerin", "Jens Sommer": "mayor"},
    "FR": {"Luc Moreau": "president", "Claire Fontanel": "Ministerpräsidentin", "Hugo Lambertin": "ambassador", "Anne-Laure de Villiers": "culture minister"},
    "GB": {"Oliver May": "foreign minister", "Helen March": "prime minister", "George Wells": "king"},
    "IR": {"Reza Karimi": "foreign minister", "Hamid Rostamzadeh": "president", "Ali Akbar Nouri": "speaker of parliament"},
    "TR": {"Emre Aydin": "president", "Selim Karaca": "foreign minister"},
    "VN": {"Nguyen Van Duc": "prime minister", "Tran Minh Khoi": "foreign minister"},
    "JP": {"Kenji Morita": "prime minister", "Hiroshi Tanabe": "foreign minister", "Yuki Mori": None},
    "BR": {"Paulo Medeiros": "president", "Renata Falcao": "foreign minister", "João da Silveira": "trade minister"},
    "EG": {"Omar Shahin": "president", "Tarek Mansour": "foreign minister"},
    "SA": {"Faisal bin Turki": "foreign minister", "Khalid al-Harbi": "defence minister"},
    "AE": {"Saif al-Ketbi": "president", "Mariam al-Suwaidi": "trade minister"},
    "QA": {"Jassim bin Nasser": "emir"},
    "IN": {"Rajesh Chandra": "prime minister", "Meera Nambiar": "foreign minister"},
    "UA": {"Oleh Kravets": "president", "Iryna Bondar": "deputy prime minister"},
    "PL": {"Marek Zielinski": "prime minister", "Jadwiga Nowicka": "foreign minister"},
    "NL": {"Joost van der Velde": "prime minister", "Sanne Kuipers": "defence minister"},
    "CZ": {"Petr Kolar": "prime minister", "Jana Horakova": "Präsidentin"},
    "HU": {"Balazs Varga": "foreign minister", "Eszter Szalai": "president"},
    "IS": {"Jon Sigurdsson": "prime minister"},
    "ET": {"Tadesse Bekele": "prime minister"},
    "TH": {"Somchai Rattanakul": "foreign minister"},
    "ID": {"Bambang Wirawan": "president", "Suharno": "defence minister"},
    "ZA": {"Thabo Ndlovu": "president", "Nomsa Dlamini": "foreign minister"},
    "MX": {"Lucia Hernandez Prado": "president", "Jorge Ibarra": "foreign minister"},
    "PS": {"Yusuf Darwish": "president"},
    "CU": {"Raul Echeverria": "foreign minister"},
    "EU": {"Margit Lindholm": "foreign policy chief"},
    "UN": {"Amara Diallo": "secretary-general", "Stefan Okafor": "special envoy"},
    "NATO": {"Erik Sandvik": "secretary-general"},
}  # fmt: skip
CITIES = {"RU": ("Moscow", "Perm", "Kazan", "Vladivostok"), "KP": ("Pyongyang", "Wonsan"), "KR": ("Seoul", "Busan"), "CN": ("Beijing", "Shanghai"),
          "US": ("Washington", "Chicago", "New York"), "DE": ("Berlin", "Hamburg", "München"), "FR": ("Paris", "Lyon"), "GB": ("London", "Edinburgh"),
          "IR": ("Tehran", "Isfahan"), "TR": ("Ankara", "Istanbul"), "VN": ("Hanoi", "Haiphong"), "JP": ("Tokyo", "Osaka"),
          "BR": ("Brasilia", "Recife"), "EG": ("Cairo", "Alexandria"), "SA": ("Riyadh", "Jeddah"), "AE": ("Abu Dhabi", "Dubai"), "QA": ("Doha",),
          "IN": ("New Delhi", "Mumbai"), "UA": ("Kyiv", "Lviv"), "PL": ("Warsaw", "Gdansk"), "NL": ("The Hague", "Rotterdam"),
          "CZ": ("Prague", "Brno"), "HU": ("Budapest",), "IS": ("Reykjavik",), "ET": ("Addis Ababa",), "TH": ("Bangkok",), "ID": ("Jakarta", "Surabaya"),
          "ZA": ("Pretoria", "Cape Town"), "MX": ("Mexico City", "Guadalajara"), "PS": ("Ramallah",), "CU": ("Havana",)}  # fmt: skip
SECTORS = (
    "culture", "sport", "agriculture", "youth", "health", "trade", "parliament", "military", "energy", "education", "women", "science",
    "party", "government", "fishery", "IT", "tourism", "media", "defence", "police", "church", "veterans", "union", "Red Cross",
    "disaster", "nuclear energy", "city", "judiciary", "students", "music", "diplomacy", "intelligence", "railways", "technology",
)  # fmt: skip
DATES = (
    "2031", "2031-05", "2031-05-07", "2031-11-30", "2031-05-05/2031-05-11", "2031-04-28/2031-05-04", "2031-06-11/2031-06-14", "2031-07-02/2031-07-03", "2032-01-30/2032-02-02", "2031-12-30/2032-01-02",
    "2031-09~", "2031-08-20~", "2031~", "2031-03/2031-04", "2031-22", None,
)  # fmt: skip
STATUSES = ("held", "held", "held", "held", "planned", "planned", "proposed", "cancelled")
ACTIVITIES = ((), (), (), ("talks",), ("talks",), ("forum",), ("signing",), ("dinner",), ("talks", "signing"), ("exhibition",), ("parade",), ("tour",),
              ("conference",), ("negotiations",), ("ceremony",), ("speech",), ("exercise",), ("talks", "ceremony"), ("press conference",))  # fmt: skip
REMARKS = (
    Remark("again"), Remark("first"), Remark("first-since", since="2019"), Remark("first-since", since="2024-03"),
    Remark("nth", n=2, within="P3M"), Remark("nth", n=5, since="2030"), Remark("first", by="TASS"),
)  # fmt: skip


class Kept(NamedTuple):
    """A record and how it is written."""

    encounters: list[Encounter]
    options: dict[str, Any]


def named(country: str) -> st.SearchStrategy[Participation]:
    """Somebody whose name is known, most with an office."""

    def made(name: str) -> Participation:
        role = PEOPLE[country][name]
        return Participation(country, name, role, LEVELS.get(role or ""))  # type: ignore[arg-type]

    return st.sampled_from(sorted(PEOPLE[country])).map(made)


@st.composite
def someone(draw: st.DrawFn, country: str) -> Participation:
    """Somebody by name, now and then by office or level alone."""
    if draw(st.integers(0, 9)) or country not in CITIES:
        return draw(named(country))
    who = draw(named(country))
    if who.role and who.level in ("leader", "minister"):  # "the mayor of Germany" is nobody
        return Participation(country, None, who.role, who.level)
    return Participation(country, None, None, "minister")


@st.composite
def party(draw: st.DrawFn, country: str) -> tuple[Participation, ...]:
    """One or, seldom, two people of a country."""
    people = [draw(someone(country))]
    if not draw(st.integers(0, 5)):
        other = draw(named(country))
        people += [other] if people[0].name and other.name != people[0].name else []
    return tuple(people)


@st.composite
def delegations(draw: st.DrawFn, country: str) -> tuple[tuple[Participation, ...], str | None]:
    """The guests of a delegation, with or without its head, and its sector."""
    sector = draw(st.sampled_from((None, *SECTORS)))
    if draw(st.integers(0, 3)):
        return (Participation(country, None, None, "delegation"),), sector
    return (draw(named(country)),), sector or "government"


@st.composite
def encounters(draw: st.DrawFn) -> Encounter:
    """One encounter of any kind."""
    guest, host, third = draw(st.permutations(sorted(PEOPLE)))[:3]
    kind = draw(st.sampled_from(("visit", "visit", "visit", "visit", "meeting", "call")))
    values: dict[str, Any] = {"status": draw(st.sampled_from(STATUSES)), "date": draw(st.sampled_from(DATES))}
    if kind == "visit":
        return draw(_visit(guest, host if host in CITIES else "FR" if guest != "FR" else "DE", values))
    sides = [guest, host, third][: draw(st.sampled_from((2, 2, 2, 3)))]
    everybody = tuple(draw(someone(side)) for side in sides)
    venue = draw(st.sampled_from([None, *(code for code in sorted(CITIES) if code not in sides)]))
    if kind == "meeting" and venue:
        city = draw(st.none() | st.sampled_from(CITIES[venue]))
        values |= {"host_country": venue, "place": Place(city, city, venue) if city else None}
    return Encounter("", kind, guests=everybody, hosts=(), **values)  # type: ignore[arg-type]


@st.composite
def _visit(draw: st.DrawFn, guest: str, host: str, values: dict[str, Any]) -> Encounter:
    city = draw(st.none() | st.sampled_from(CITIES[host]))
    group, sector = draw(delegations(guest)) if not draw(st.integers(0, 2)) else (draw(party(guest)), None)
    hosts = draw(party(host)) if draw(st.booleans()) else ()
    return Encounter(
        "", "visit", guests=group, hosts=hosts, delegation=sector, host_country=host, place=Place(city, city, host) if city else None,
        activities=draw(st.sampled_from(ACTIVITIES)), **values,
    )  # fmt: skip


@st.composite
def records(draw: st.DrawFn) -> Kept:
    """A few encounters, and options for their chronicle."""
    found = known_by_name(draw(st.lists(encounters(), min_size=1, max_size=5)))
    once: list[Encounter] = []
    for one in found:
        once += [] if any(same_trip(one, other) for other in once) else [one]
    made = [with_fields(e, id=f"e{at}") for at, e in enumerate(once)]
    told = [e for e in made if e.status == "held" and not draw(st.integers(0, 6))]
    remarks = {e.id: [draw(st.sampled_from(REMARKS if e.kind == "visit" else REMARKS[:4]))] for e in told}
    options = {
        "style": draw(st.sampled_from(("plain", "plain", "dpa", "reuters"))), "tense": draw(st.sampled_from(("present", "past"))),
        "group": draw(st.sampled_from(("month", "month", "year", "person", "country"))), "fold": draw(st.booleans()), "remarks": remarks,
    }  # fmt: skip
    return Kept(made, options)


def known_by_name(found: list[Encounter]) -> list[Encounter]:
    """The same encounters, with the name of an office holder wherever the record has it: "the emir" of a text is its emir."""
    everybody = [who for one in found for who in (*one.guests, *one.hosts)]
    holders = {(who.country, who.role): who for who in everybody if who.name and who.role}

    def told(side: tuple[Participation, ...]) -> tuple[Participation, ...]:
        return tuple(who if who.name else holders.get((who.country, who.role), who) for who in side)

    return [with_fields(one, guests=told(one.guests), hosts=told(one.hosts)) for one in found]


def with_fields(one: Encounter, **values: Any) -> Encounter:
    """`one` with other values of some fields."""
    return Encounter(**({n: getattr(one, n) for n in one.__struct_fields__} | values))


def same_trip(one: Encounter, other: Encounter) -> bool:
    """Whether two reports may be of one encounter, so that readers join them.

    The same people, or unnamed ones of the same countries, in the same country in the same year, or in no known one.
    """
    years = {(e.date or "")[:4] for e in (one, other)} - {""}
    goals = {e.kind == "visit" and e.host_country for e in (one, other)}
    if one.kind != other.kind or len(years) > 1 or len(goals) > 1:
        return False
    mine, others = (
        {(w.country, w.name) for w in (*e.guests, *(e.hosts if e.kind != "visit" else ()))} for e in (one, other)
    )
    shared = sum(name is not None for _, name in mine & others)
    unnamed = {country for country, _ in mine} == {country for country, _ in others} and shared == 0
    if one.kind == "visit" and unnamed and one.delegation and one.delegation == other.delegation:
        return True  # a delegation with and without its head
    return shared > (one.kind != "visit") or mine == others and (shared > 0 or one.delegation == other.delegation)


def chronicle_options(lang: str, kept: Kept) -> Options:
    """How the record is written in `lang`."""
    return Options(lang=lang, genders=dict.fromkeys(WOMEN, "f"), **kept.options)
