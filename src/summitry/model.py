"""All nouns of Summitry (DESIGN §2): frozen, typed records without behaviour beyond properties.

Dates are EDTF level 1 strings (see `dates`), countries ISO 3166-1 alpha-2 or the usual abbreviation of an
organisation, offsets count characters in the text of the article exactly as it was read.
"""

from typing import Any

import msgspec

from summitry.kinds import ClaimType, Kind, Level, Role, Status


class Noun(msgspec.Struct, frozen=True, gc=False, omit_defaults=False):
    """A record that never changes; `msgspec.structs.replace` makes an altered copy."""


class Quote(Noun):
    """Characters `start` to `end` of an article, and what stands there (W3C TextPosition + TextQuote selector)."""

    start: int
    end: int
    exact: str


class Article(Noun):
    """An immutable text; `id` is `sha256:` and the digest of the text, so the same text is the same article."""

    id: str
    text: str
    source: str
    lang: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    key: str | None = None  # the id the user gave it (the `id` of a .jsonl line), else the file's stem


class Place(Noun):
    """Where it happened: as printed, under its usual name in the language of the document, and in which country."""

    text: str
    name: str
    country: str | None = None


class Participation(Noun):
    """One side's person or delegation: on whose behalf, name and office as the source gives them."""

    country: str | None = None
    name: str | None = None
    role: str | None = None  # the office as printed, in its dictionary form where that is easy
    level: Level | None = None
    person: str | None = None  # the identity, once resolved
    capacity: str | None = None  # where it is not the office held: "president-elect", "candidate", "former president"


class Report(Noun):
    """One article's reading of one encounter. Nothing in it stands without a quote in `evidence`."""

    kind: Kind
    status: Status
    guests: tuple[Participation, ...]
    hosts: tuple[Participation, ...]
    evidence: tuple[Quote, ...]
    date: str | None = None
    host_country: str | None = None
    place: Place | None = None
    activities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    delegation: str | None = None
    rule: str = ""  # the construction that fired, e.g. "visit-verb"
    origin: str = "rules"


class Scope(Noun):
    """What a claim counts: between whom, by whom, in which unit and window (EDTF days, both included)."""

    countries: tuple[str, ...] = ()
    person: str | None = None
    partner: str | None = None  # whom the person met
    office: str | None = None  # "US foreign minister": the claim is about holders of an office, not one person
    guest_country: str | None = None
    host_country: str | None = None
    unit: str = "encounter"  # encounter | delegation | trip
    kind: Kind | None = None
    level: str | None = None
    start: str | None = None
    end: str | None = None
    within: str | None = None  # ISO 8601 duration of a moving window: "within three months" = P3M
    by: str | None = None  # "by 2014": the period that ends the window, which may count itself or not
    dates: tuple[str, ...] = ()  # when those counted were, one by one: "twice, in 1972 and 1974"
    under: str | None = None  # in whose time in office: "under President Duterte"
    since: str | None = None  # the year or event a first-since claim reaches back to, EDTF
    since_person: str | None = None  # … or since whose last encounter: "the first since Nixon"
    on: str | None = None  # the date of the encounter that makes the claim ("visited Cuba in March 2016, the first …")
    capacity: str | None = None  # in which capacity: "president", "president-elect", "candidate"
    form: str | None = None  # of a visit: "state-visit", "official-visit", "working-visit"
    title: str | None = None  # the office that stands before the name: "President Kennedy"
    female: bool = False  # of the women in the office: "die einzige Außenministerin"
    stretch: str | None = None  # of the time in the capacity: its first year (P1Y), its second term (T2)
    place: str | None = None  # the city, where the claim is about less than a country
    region: str | None = None  # the UN region of the hosts: "Africa"
    absent: bool = False  # there was none: "has never visited"
    back_then: bool = False  # … before what the text tells of: "had never visited"
    unread: tuple[str, ...] = ()  # words of the claim that no field holds: what they narrow cannot be checked


class Comparison(Noun):
    """What a number is compared with: another country, person or time in the place of the claim's own, or all others.

    The claim's number is `operator` `times` the other one. A split names the `whole` of which it is a part; there the
    fields say how the scope of the whole differs, "" where it leaves open what narrows the part.
    """

    operator: str = "="  # = > >= < <= ~
    times: float = 1
    among: str | None = (
        None  # instead of one other number, everybody else's: host, person, predecessor, (earlier-)year; or one for each-year, each-holder
    )
    office: str | None = None  # … who held it: "US president"
    person: str | None = None
    guest_country: str | None = None
    host_country: str | None = None
    start: str | None = None
    end: str | None = None
    whole: int | None = None  # "15 of the 18": the number of all


class Claim(Noun):
    """A countable assertion that somebody published, where it stands, and how it was understood."""

    text: str
    start: int
    end: int
    type: ClaimType
    value: int | None = None
    operator: str | None = None  # = > >= < <= ~
    scope: Scope = Scope()
    comparison: Comparison | None = None  # with what a number is compared; it has no value of its own then
    plain: bool = False  # no count of a series, only that it happened: "visited Peru as president"


class Reading(Noun):
    """Everything that one article says: what `read` returns."""

    article: Article
    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]


class Source(Noun):
    """One article's statement of an encounter, as the record keeps it beside the merged value."""

    article: str  # Article.id
    key: str
    url: str | None
    report: Report


class Encounter(Noun):
    """What happened: one record however many reports. `parent` is the summit that a bilateral belongs to."""

    id: str
    kind: Kind
    status: Status
    guests: tuple[Participation, ...]
    hosts: tuple[Participation, ...]
    date: str | None = None
    host_country: str | None = None
    place: Place | None = None
    activities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    delegation: str | None = None
    parent: str | None = None
    names: tuple[str, ...] = ()  # every printed variant of its people's names
    sources: tuple[Source, ...] = ()
    copies: tuple[str, ...] = ()  # articles that are near copies of an earlier one, so no sources of their own


class Person(Noun):
    """An identity with its names in all scripts; `caption` is the usual English spelling."""

    id: str
    caption: str
    names: tuple[str, ...] = ()
    country: str | None = None


class Occupancy(Noun):
    """Who held which office when (FtM Occupancy): EDTF dates, both ends included, `None` where unknown or still held."""

    person: str
    name: str
    country: str
    post: str  # head-of-state | head-of-government | foreign-minister | … (see authority)
    title: str
    level: Level
    start: str | None = None
    end: str | None = None


class Judgement(Noun):
    """A decision on whether two things are the same, or what a value is: who, when, why. Invalidated, never deleted."""

    id: str
    subject: str
    verdict: str  # same | different | unsure | correct | withdraw | accept | reject | later
    author: str
    time: str
    object: str | None = None
    field: str | None = None
    value: Any = None
    reason: str | None = None
    invalidated: str | None = None


class CountingRule(Noun):
    """What a number means. Every field narrows what is counted; empty means no restriction."""

    unit: str = "encounter"
    between: tuple[str, ...] = ()  # both countries must take part
    guest: tuple[str, ...] = ()
    host: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    start: str | None = None
    end: str | None = None
    kind: tuple[Kind, ...] = ()
    status: tuple[Status, ...] = ("held",)
    level: str | None = None
    form: str | None = None  # of visits: state-visit, official-visit, working-visit
    exclude: tuple[str, ...] = ()
    name: str | None = None
    capacity: tuple[str, ...] = ()  # "president", "president-elect": in which capacity the guests travelled
    sectors: tuple[str, ...] = ()  # of delegations
    region: tuple[str, ...] = ()  # UN M49 regions of the host
    place: str | None = None
    also: tuple[str, ...] = ()  # people who took part as well, every one of them: full names or identities


class Coverage(Noun):
    """For which countries, levels and period the record claims to be complete, and by which sources."""

    countries: tuple[str, ...]
    start: str
    end: str
    level: str | None = None
    source: str | None = None
    author: str | None = None
    people: tuple[str, ...] = ()
    guest: tuple[str, ...] = ()  # complete only for encounters in which these countries are guests
    host: tuple[str, ...] = ()  # … or hosts
    kind: tuple[Kind, ...] = ()
    note: tuple[tuple[str, str], ...] = ()  # language -> what the source leaves out, one sentence


class Count(Noun):
    """An answer: `low` encounters surely count, `high` may; `encounters` are the ids behind `high`."""

    low: int
    high: int
    rule: CountingRule
    encounters: tuple[str, ...]


class Verdict(Noun):
    """What the record says of a claim, in one word and one sentence, with the list behind it."""

    claim: Claim
    verdict: str  # supported | contradicted | depends-on-rule | possible | not-checkable
    why: str
    low: int | None = None
    high: int | None = None
    rule: CountingRule | None = None
    rules_that_fit: tuple[CountingRule, ...] = ()
    rules_tried: int = 0
    encounters: tuple[str, ...] = ()


__all__ = [
    "Article", "Claim", "Count", "CountingRule", "Coverage", "Encounter", "Judgement", "Kind", "Level", "Occupancy",
    "Participation", "Person", "Place", "Quote", "Reading", "Report", "Role", "Scope", "Source", "Status", "Verdict",
]  # fmt: skip
