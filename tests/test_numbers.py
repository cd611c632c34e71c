"""The claims suite: what people say about the tables of the US Office of the Historian, in German and English.

Whether a claim is true is worked out here by SQL over the tables as they were published, apart from everything the
package does with them. A confident error (supported though false, contradicted though true, either though nobody can
know) is worse than any number of "cannot be checked", so there must be none.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import pytest
from conftest import Places
from record_samples import fill_at_once, visit
from table_records import DATA, TABLES, fill, load, plain_sql

from summitry.ask import check
from summitry.model import Claim, Comparison, Coverage, Scope, Verdict
from summitry.record import Record

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not beside the repository")
CONFIDENT = ("supported", "contradicted")


class Said(NamedTuple):
    """A sentence, its claim, and what it is: "supported", "contradicted", or "unknown" where nobody can tell."""

    text: str
    claim: Claim
    truth: str
    lang: str
    published: str | None = None


@pytest.fixture(scope="module")
def record(new_place: Places) -> Iterator[Record]:
    with Record.open(new_place()) as made:
        fill(made, map(load, TABLES))
        yield made


@pytest.fixture(scope="module")
def sql() -> Iterator[sqlite3.Connection]:
    base = plain_sql()
    yield base
    base.close()


def one(base: sqlite3.Connection, query: str, *values: object) -> object:
    return base.execute(query, values).fetchone()[0]


def claim(kind: str, value: int | None = None, operator: str | None = None, **scope: object) -> Claim:
    return Claim("…", 0, 1, kind, value, operator, Scope(**scope))


def doubled(year: str, before: str, **scope: object) -> Claim:
    """Twice as many in `year` as in `before`."""
    plain = claim("count", start=year, end=year, **scope)
    return msgspec.structs.replace(plain, comparison=Comparison(times=2, start=before, end=before))


def judge(record: Record, said: Said) -> Verdict:
    return check(record, said.claim, lang=said.lang, published=said.published)


# --- how often somebody went somewhere in a year -----------------------------------------------------------------

TIMES = {"en": "{who} visited {where} {n} times in {year}.", "de": "{who} besuchte {where} {year} {n}-mal."}
SECRETARIES = [
    ("John Kerry", "John Forbes Kerry", "EG", "egypt", 2013), ("John Kerry", "John Forbes Kerry", "IL", "israel", 2014),
    ("Kerry", "John Forbes Kerry", "RU", "russia", 2016), ("Hillary Clinton", "Hillary Rodham Clinton", "CN", "china", 2012),
    ("Condoleezza Rice", "Condoleezza Rice", "IQ", "iraq", 2006), ("Colin Powell", "Colin Luther Powell", "MX", "mexico", 2002),
    ("Madeleine Albright", "Madeleine Korbel Albright", "IL", "israel", 1998), ("Henry Kissinger", None, "SY", "syria", 1974),
    ("George Shultz", "George Pratt Shultz", "FI", "finland", 1987), ("James Baker", "James Addison Baker", "SY", "syria", 1991),
    ("Antony Blinken", "Antony John Blinken", "IL", "israel", 2024), ("Rex Tillerson", "Rex W. Tillerson", "MX", "mexico", 2017),
]  # fmt: skip


def in_a_year(base: sqlite3.Connection) -> Iterator[Said]:
    for number, (who, printed, code, slug, year) in enumerate(SECRETARIES):
        name = printed or "Henry A. (Heinz Alfred) Kissinger"
        query = "select count(*) from s where name=? and country_id=? and start_date like ?"
        n = int(one(base, query, name, slug, f"{year}%"))  # type: ignore[call-overload]
        lang = ("en", "de")[number % 2]
        where = {"guest_country": "US", "host_country": code, "person": who, "start": f"{year}", "end": f"{year}"}
        for claimed, operator, truth in ((n, "=", "supported"), (n + 1, "=", "contradicted"),
                                         (n, ">", "contradicted"), (n, ">=", "supported")):  # fmt: skip
            text = TIMES[lang].format(who=who, where=slug, n=f"{operator} {claimed}", year=year)
            yield Said(text, claim("count", claimed, operator, **where), truth, lang, "2025-02-20")


LEADERS = [
    ("Angela Merkel", "DE", "germany", "%Merkel", 2015), ("Tony Blair", "GB", "united-kingdom", "%Blair", 2001),
    ("Benjamin Netanyahu", "IL", "israel", "%Netanyahu", 2010), ("Wladimir Putin", "RU", "russia", "%Putin", 2001),
    ("Emmanuel Macron", "FR", "france", "%Macron", 2018), ("Justin Trudeau", "CA", "canada", "%Trudeau", 2017),
    ("Margaret Thatcher", "GB", "united-kingdom", "%Thatcher", 1985), ("Helmut Kohl", "DE", "germany", "%Kohl", 1990),
]  # fmt: skip


def leaders(base: sqlite3.Connection) -> Iterator[Said]:
    for number, (who, code, slug, like, year) in enumerate(LEADERS):
        n = int(one(base, "select count(*) from v where from_id=? and visitor like ? and start_date like ?",
                    slug, like, f"{year}%"))  # type: ignore[call-overload]  # fmt: skip
        lang = ("de", "en")[number % 2]
        where = {"guest_country": code, "host_country": "US", "person": who, "start": f"{year}", "end": f"{year}"}
        for claimed, truth in ((n, "supported"), (n + 2, "contradicted")):
            text = TIMES[lang].format(who=who, where="the United States", n=claimed, year=year)
            yield Said(text, claim("count", claimed, "=", **where), truth, lang, "2024-10-01")


# --- as president, as president-elect ----------------------------------------------------------------------------

PRESIDENTS = {
    "Barack Obama": "Barack Obama", "Herbert Hoover": "Herbert C. Hoover", "Bill Clinton": "William J. Clinton",
    "Dwight D. Eisenhower": "Dwight D. Eisenhower", "William Howard Taft": "William Howard Taft",
    "Ronald Reagan": "Ronald Reagan", "Richard Nixon": "Richard M. Nixon", "Warren G. Harding": "Warren G. Harding",
}  # fmt: skip
CAPACITIES = [
    ("Herbert Hoover", "PE", "peru"), ("Herbert Hoover", "BR", "brazil"), ("Herbert Hoover", "CR", "costa-rica"),
    ("Dwight D. Eisenhower", "KR", "korea-south"), ("William Howard Taft", "PA", "panama"),
    ("William Howard Taft", "MX", "mexico"), ("Warren G. Harding", "PA", "panama"), ("Ronald Reagan", "MX", "mexico"),
    ("Barack Obama", "CU", "cuba"), ("Richard Nixon", "CN", "china"),
]  # fmt: skip
AS = {"en": "{who} visited {where} as {what}.", "de": "{who} besuchte {where} als {what}."}


def capacities(base: sqlite3.Connection) -> Iterator[Said]:
    for number, (who, code, slug) in enumerate(CAPACITIES):
        for what, like in (("president", "not like"), ("president-elect", "like")):
            query = f"select count(*) from p where name=? and country_id=? and remarks {like} '%as President-elect%'"
            n = int(one(base, query, PRESIDENTS[who], slug))  # type: ignore[call-overload]
            lang = ("de", "en")[number % 2]
            said = {"en": what, "de": {"president": "Präsident", "president-elect": "gewählter Präsident"}[what]}[lang]
            scope = {"guest_country": "US", "host_country": code, "person": who, "capacity": said}
            # Whether somebody went anywhere before taking office is known only as far as the table lists it.
            truth = "supported" if n else "contradicted" if what == "president" else "unknown"
            text = AS[lang].format(who=who, where=slug, what=said)
            yield Said(text, claim("count", 1, ">=", **scope), truth, lang, "2024-01-01")
            if n and what == "president":
                yield Said(text, claim("count", n + 1, "=", **scope), "contradicted", lang, "2024-01-01")


# --- firsts ------------------------------------------------------------------------------------------------------

VISITS = [
    ("CU", "cuba", "2016-03-20", "p"), ("KE", "kenya", "2015-07-24", "p"), ("MM", "burma", "2012-11-19", "p"),
    ("AR", "argentina", "2016-03-23", "p"), ("GH", "ghana", "1998-03-23", "p"), ("AO", "angola", "2024-12-02", "p"),
    ("CN", "china", "2001-10-18", "p"), ("EG", "egypt", "1974-06-12", "p"), ("VN", "vietnam", "2000-11-16", "p"),
    ("ET", "ethiopia", "2015-07-26", "p"), ("GR", "greece", "1991-07", "p"), ("CU", "cuba", "2015-08-14", "s"),
    ("AL", "albania", "1991-06-22", "s"), ("KP", "korea-north", "2000-10", "s"), ("LY", "libya", "2008-09-05", "s"),
    ("MM", "burma", "2011-11-30", "s"), ("LA", "laos", "2012-07-11", "s"),
]  # fmt: skip
FIRST = {
    "en": "the first visit by a US {office} to {where} since {year}",
    "de": "der erste Besuch eines {office}s der USA seit {year} ({where})",
}
OFFICES = {
    "p": {"en": "US president", "de": "US-Präsident"},
    "s": {"en": "US Secretary of State", "de": "US Außenminister"},
}


def firsts(base: sqlite3.Connection) -> Iterator[Said]:
    for number, (code, slug, on, table) in enumerate(VISITS):
        day = str(
            one(base, f"select min(start_date) from {table} where country_id=? and start_date like ?", slug, f"{on}%")
        )
        lang = ("en", "de")[number % 2]
        office = OFFICES[table][lang].replace("-", " ")
        query = f"select max(start_date) from {table} where country_id=? and end_date<? and remarks not like '%as President-elect%'"
        last = one(base, query, slug, day)
        scope = {"guest_country": "US", "host_country": code, "office": office, "on": day}
        text = FIRST[lang].format(office=office, where=slug, year=last or "ever")
        yield Said(text, claim("first-since", **scope), "contradicted" if last else "supported", lang, day)
        if last:
            year, gap = int(str(last)[:4]), int(day[:4]) - int(str(last)[:4])
            yield Said(text, claim("first-since", since=str(year), **scope), "supported", lang, day)
            if gap > 2:
                yield Said(text, claim("first-since", gap, "=", **scope), "supported", lang, day)
            yield Said(text, claim("first-since", gap + 7, "=", **scope), "contradicted", lang, day)
        else:
            yield Said(text, claim("repeat", **scope), "contradicted", lang, day)


# --- never, not since, nth, records, ratios ----------------------------------------------------------------------


def others(base: sqlite3.Connection) -> Iterator[Said]:
    us = {"guest_country": "US"}
    for code, slug, lang in (("CU", "cuba", "en"), ("IR", "iran", "de"), ("EG", "egypt", "de"), ("IN", "india", "en")):
        last = str(one(base, "select max(start_date) from p where country_id=? and start_date<'2015'", slug))
        scope = us | {"host_country": code, "office": "US President"}
        text = f"No US president has been to {slug} since {last[:4]}."
        yield Said(text, claim("count", 0, "=", since=last[:4], **scope), "supported", lang, "2015-01-01")
        yield Said(
            text, claim("count", 0, "=", since=str(int(last[:4]) - 6), **scope), "contradicted", lang, "2015-01-01"
        )
        yield Said(text, claim("count", 0, "=", **scope), "contradicted", lang, "2015-01-01")
    for code, slug, lang in (("KP", "korea-north", "de"), ("BT", "bhutan", "en"), ("ZW", "zimbabwe", "de")):
        n = int(one(base, "select count(*) from p where country_id=?", slug))  # type: ignore[call-overload]
        scope = us | {"host_country": code, "office": "US President"}
        yield Said(
            "Kein US-Präsident war je dort.",
            claim("count", 0, "=", **scope),
            "contradicted" if n else "supported",
            lang,
            "2018-01-01",
        )
    for name, printed, code, slug, year, lang in (
        ("John Kerry", "John Forbes Kerry", "GB", "united-kingdom", 2015, "en"),
        ("Hillary Clinton", "Hillary Rodham Clinton", "EG", "egypt", 2012, "de"),
    ):
        days = [row[0] for row in base.execute(
            "select start_date from s where name=? and country_id=? and start_date like ? order by 1", (printed, slug, f"{year}%")
        )]  # fmt: skip
        scope = us | {"host_country": code, "person": name, "start": str(year), "on": days[-1]}
        yield Said("nth", claim("nth", len(days), "=", **scope), "supported", lang, days[-1])
        yield Said("nth", claim("nth", len(days) + 1, "=", **scope), "contradicted", lang, days[-1])
    years = dict(base.execute("select substr(start_date,1,4), count(*) from s group by 1").fetchall())
    top = max(years, key=lambda year: (years[year], year))
    scope = us | {"office": "US Secretary of State"}
    yield Said("record", claim("record", end=f"{top}-12-31", **scope), "supported", "en", f"{int(top) + 1}-01-02")
    yield Said("record", claim("record", years["2005"], "=", end="2005-12-31", **scope),
               "contradicted" if any(years[y] > years["2005"] for y in years if y < "2005") else "supported", "de", "2006-01-02")  # fmt: skip
    for year, before in (("2014", "2013"), ("1974", "1975"), ("1999", "2009")):
        ratio = years[year] / years[before]
        truth = "supported" if ratio == 2 else "contradicted" if abs(ratio - 2) > 0.2 else "unknown"
        yield Said("doppelt so viele", doubled(year, before, **scope), truth, "de", "2020-01-01")


def unknowable() -> Iterator[Said]:
    """What the tables cannot tell, however the truth may be."""
    us = {"guest_country": "US"}
    cases = [
        ("Obama war dreimal in Kenia.", "count", 3, "=", us | {"host_country": "KE", "person": "Barack Obama"}),
        ("Biden visited Ukraine six times in 2014.", "count", 6, "=", us | {"host_country": "UA", "person": "Joe Biden", "start": "2014", "end": "2014"}),
        ("Kerry visited Vietnam ten times.", "count", 10, ">=", us | {"host_country": "VN", "person": "John Kerry"}),
        ("No German chancellor has ever visited Bhutan.", "count", 0, "=", {"guest_country": "DE", "host_country": "BT", "office": "DE Chancellor"}),
        ("Merkel besuchte Frankreich 2012 viermal.", "count", 4, "=", {"guest_country": "DE", "host_country": "FR", "person": "Angela Merkel", "start": "2012", "end": "2012"}),
        ("US defence ministers went to Iraq nine times in 2007.", "count", 9, "=", us | {"host_country": "IQ", "office": "US defence minister", "start": "2007", "end": "2007"}),
        ("Clinton visited China twice.", "count", 2, "=", us | {"host_country": "CN", "person": "Clinton"}),
        ("The first visit by a Russian president since 1990.", "first-since", None, None, {"guest_country": "RU", "host_country": "CU", "since": "1990", "person": "Wladimir Putin"}),
        ("Rubio visited Israel five times in 2025.", "count", 5, "=", us | {"host_country": "IL", "person": "Marco Rubio", "start": "2025", "end": "2025"}),
        ("Trump visited Qatar in May 2025.", "count", 1, ">=", us | {"host_country": "QA", "person": "Donald Trump", "on": "2025-05"}),
        ("Zum dritten Mal in Berlin.", "nth", 3, "=", us | {"host_country": "DE", "person": "John Kerry", "on": "2025-06"}),
        ("Baker was in Japan three times in 1986.", "count", 3, "=", us | {"host_country": "JP", "person": "James Baker", "start": "1986", "end": "1986"}),
        ("The highest number of visits ever.", "record", None, None, {"guest_country": "CN", "host_country": "RU", "end": "2023-12-31"}),
        ("Mehr als 50 US-Delegationen 2013 in China.", "count", 50, ">", us | {"host_country": "CN", "unit": "delegation", "start": "2013", "end": "2013"}),
        ("Vice ministers.", "count", 7, "=", us | {"host_country": "JP", "level": "vice-minister", "start": "2013", "end": "2013"}),
        ("Noch nie traf ein Verteidigungsminister der USA einen Führer Nordkoreas.", "count", 0, "=", {"countries": ("KP", "US"), "office": "US Kriegsminister"}),
        ("Churchill visited the US four times in 1941.", "count", 4, "=", {"guest_country": "GB", "host_country": "US", "person": "Lord Halifax", "start": "1941", "end": "1941"}),
        ("Powell in Israel 1995.", "count", 1, ">=", us | {"host_country": "IL", "person": "Colin Powell", "start": "1995", "end": "1995"}),
    ]  # fmt: skip
    for number, (text, kind, value, operator, scope) in enumerate(cases):
        yield Said(text, claim(kind, value, operator, **scope), "unknown", ("en", "de")[number % 2], "2025-12-01")


# --- a record of the usual kind, with and without coverage -------------------------------------------------------

PAIR = ("KP", "RU")


def sample() -> tuple[list[object], list[Said]]:
    """Two countries over two years: 9 visits in 2023, 12 in 2024, and claims about them."""
    reports = [visit(*(PAIR if n % 3 else PAIR[::-1]), f"{2023 + (n > 8)}-{n % 9 + 1:02}-{n % 27 + 1:02}", f"Gast {chr(97 + n)}")
               for n in range(21)]  # fmt: skip
    base = {"countries": PAIR, "unit": "delegation"}
    pub = "2025-01-05"
    found = [
        ("9 Delegationen 2023", claim("count", 9, "=", start="2023", end="2023", **base), "supported"),
        ("10 delegations in 2023", claim("count", 10, "=", start="2023", end="2023", **base), "contradicted"),
        ("mehr als ein Dutzend seit 2023", claim("count", 12, ">", start="2023", **base), "supported"),
        ("more than two dozen since 2023", claim("count", 24, ">", start="2023", **base), "contradicted"),
        ("rund 20", claim("count", 20, "~", start="2023", **base), "supported"),
        ("at least 21", claim("count", 21, ">=", start="2023", **base), "supported"),
        ("at least 22", claim("count", 22, ">=", start="2023", **base), "contradicted"),
        ("weniger als 9 im Jahr 2023", claim("count", 9, "<", start="2023", end="2023", **base), "contradicted"),
        ("7 der 21 nach Nordkorea", claim("count", 7, "=", start="2023", guest_country="RU", host_country="KP", **base), "supported"),
        ("15 of the 21 to Russia", claim("count", 15, "=", start="2023", guest_country="KP", host_country="RU", **base), "contradicted"),
        ("so viele wie nie", claim("record", end="2024-12-31", **base), "unknown"),  # nothing is known before 2023
        ("doubled", doubled("2024", "2023", **base), "contradicted"),
        ("20 im Jahr 2019", claim("count", 20, "=", start="2019", end="2019", **base), "unknown"),
        ("the first since 2010", claim("first-since", since="2010", guest_country="KP", host_country="RU", on="2023-02"), "unknown"),
        ("der erste seit 2023", claim("first-since", since="2023", guest_country="KP", host_country="RU", on="2024-09"), "contradicted"),
    ]  # fmt: skip
    return reports, [Said(text, asked, truth, ("de", "en")[n % 2], pub) for n, (text, asked, truth) in enumerate(found)]


# --- the measure -------------------------------------------------------------------------------------------------


def suite(base: sqlite3.Connection) -> list[Said]:
    return [*in_a_year(base), *leaders(base), *capacities(base), *firsts(base), *others(base), *unknowable()]


def confident_error(truth: str, verdict: str) -> bool:
    return verdict in CONFIDENT and verdict != truth


def right(truth: str, verdict: str) -> bool:
    return verdict == truth or (truth == "unknown" and verdict not in CONFIDENT)


@pytest.fixture(scope="module")
def judged(new_place: Places, record: Record, sql: sqlite3.Connection) -> list[tuple[Said, Verdict]]:
    reports, about = sample()
    with Record.open(new_place()) as small:
        fill_at_once(small, reports)
        small.state_coverage(Coverage(PAIR, "2023-01-01", "2025-01-05"))
        found = [(one_, judge(small, one_)) for one_ in about]
    return found + [(one_, judge(record, one_)) for one_ in suite(sql)]


def test_the_suite(judged: list[tuple[Said, Verdict]]) -> None:
    truths = Counter(one_.truth for one_, _ in judged)
    assert len(judged) >= 120
    assert truths["contradicted"] + truths["unknown"] >= len(judged) * 0.45
    assert {one_.lang for one_, _ in judged} == {"de", "en"}
    wrong = [
        (one_.text, one_.truth, found.verdict, found.why)
        for one_, found in judged
        if confident_error(one_.truth, found.verdict)
    ]
    assert not wrong, wrong
    missed = [
        (one_.text, one_.truth, found.verdict, found.why)
        for one_, found in judged
        if not right(one_.truth, found.verdict)
    ]
    accuracy = 1 - len(missed) / len(judged)
    assert accuracy >= 0.95, (accuracy, missed)


def test_every_verdict_lists_what_it_counts(judged: list[tuple[Said, Verdict]]) -> None:
    for said, found in judged:
        assert found.why
        assert "{" not in found.why
        if (
            said.claim.type == "count"
            and said.claim.comparison is None
            and found.high is not None
            and not said.claim.scope.capacity
        ):
            assert len(found.encounters) == found.high, said


def test_the_three_that_everybody_asks(record: Record) -> None:
    us = {"guest_country": "US"}
    obama = claim(
        "first-since", 88, "=", office="US president", person="Barack Obama", host_country="CU", on="2016-03", **us
    )
    found = check(record, obama, lang="en", published="2016-03-22")
    assert found.verdict == "supported"
    assert [(one_.date, one_.guests[0].name) for one_ in record.encounters(found.encounters)] == [
        ("1928-01-15/1928-01-17", "Calvin Coolidge"), ("2016-03-20/2016-03-22", "Barack Obama"),
    ]  # fmt: skip
    kerry = claim("count", 3, "=", person="John Kerry", host_country="EG", start="2013", end="2013", **us)
    found = check(record, kerry, lang="en", published="2014-01-10")
    assert (found.verdict, found.low, found.high, len(found.encounters)) == ("contradicted", 2, 2, 2)
    hoover = claim("count", 1, ">=", person="Herbert Hoover", host_country="PE", capacity="president", **us)
    found = check(record, hoover, lang="de", published="2020-01-10")
    assert (found.verdict, found.low) == ("contradicted", 0)
    assert "president-elect" in found.why
    assert len(found.encounters) == 1


def test_ground_that_was_another_states_refutes_and_supports_nothing(record: Record) -> None:
    for code, on in (("UA", "1994-01"), ("JM", "1982-04")):  # Nixon was in Kiev, Roosevelt in Kingston
        first = claim("first-since", office="US president", guest_country="US", host_country=code, on=on)
        found = check(record, first, lang="en", published="2000-01-01")
        assert found.verdict == "depends-on-rule"
        assert found.encounters


def test_a_stop_on_the_way_is_a_matter_of_the_rule(record: Record) -> None:
    first = claim("first-since", 5, "=", office="US president", guest_country="US", host_country="JP", on="2016-05-25")
    found = check(record, first, lang="en", published="2016-06-01")
    assert found.verdict in ("contradicted", "depends-on-rule")
    assert check(record, claim("count", 4, "=", person="Barack Obama", guest_country="US", host_country="JP", capacity="president"),
                 lang="en", published="2017-01-01").verdict == "depends-on-rule"  # fmt: skip
