"""Checking claims: each kind inside and outside of coverage, and never a confident verdict from absence alone."""

import hashlib
import json
import random
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest
from conftest import Places
from record_samples import encounter, fill, fill_at_once, meeting, visit

from summitry.ask import check, count
from summitry.ask.check import accepted
from summitry.ask.covers import covers, since
from summitry.ask.rules import before, rule_of
from summitry.ask.search import search
from summitry.ask.sentences import tags, words
from summitry.dates import bounds
from summitry.errors import LanguageError, UsageError
from summitry.model import Article, Claim, CountingRule, Coverage, Participation, Person, Quote, Report, Scope, Verdict
from summitry.record import Record

FACTBOX = Path(__file__).parents[1].parent / "shared" / "gold" / "documents" / "factbox-de"
PAIR = ("KP", "RU")
ALL_OF_IT = Coverage(PAIR, "", "")


def claim(kind: str, value: int | None = None, operator: str | None = None, **scope: object) -> Claim:
    return Claim("…", 0, 1, kind, value, operator, Scope(**({"countries": PAIR} | scope)))


def ask(record: Record, asked: Claim, *coverage: Coverage, published: str = "2024-06-20", lang: str = "en") -> Verdict:
    return check(record, asked, lang=lang, published=published, coverage=coverage)


@pytest.fixture
def record(new_place: Places):
    with Record.open(new_place()) as record:
        yield record


# --- numbers -----------------------------------------------------------------------------------------------------

SEVEN = ["2023-08", "2023-11", "2024-01-10", "2024-02", "2024-03-05", "2024-04", "2024-05-02"]


@pytest.mark.parametrize(
    ("operator", "value", "covered", "verdict"),
    [
        (">", 4, False, "supported"),
        (">=", 5, False, "supported"),
        (">", 5, False, "not-checkable"),  # the record may lack one
        (">", 5, True, "contradicted"),
        ("=", 5, False, "supported"),
        ("=", 5, True, "supported"),
        ("=", 6, False, "not-checkable"),
        ("=", 6, True, "contradicted"),
        ("=", 2, False, "contradicted"),  # five are listed: no coverage needed, and no sensible rule gives two
        ("<", 5, False, "contradicted"),
        ("<", 6, False, "not-checkable"),
        ("<=", 5, True, "supported"),
        ("~", 5, False, "supported"),
        ("~", 9, True, "contradicted"),
    ],
)
def test_a_number(record: Record, operator: str, value: int, covered: bool, verdict: str) -> None:
    fill(record, [visit("KP", "RU", date, f"Name {date}") for date in SEVEN])
    asked = claim("count", value, operator, start="2024-01-01", end="2024-12-31")
    found = ask(record, asked, *[ALL_OF_IT] * covered, published="2025-02-01")
    assert (found.verdict, found.low, found.high, len(found.encounters)) == (verdict, 5, 5, 5), found.why
    assert found.rule is not None
    assert found.rule.start == "2024-01-01"


def test_dates_too_coarse_for_a_number(record: Record) -> None:
    fill(record, [visit("KP", "RU", date) for date in ("2024", "2024-05-02", "2024-08")])
    asked = claim("count", 2, "=", start="2024-05", end="2024-08-15")
    found = ask(record, asked, ALL_OF_IT, published="2025-01-01")
    assert (found.verdict, found.low, found.high) == ("possible", 1, 3)


def test_a_number_that_fits_up_to_an_earlier_day(record: Record) -> None:
    fill(record, [visit("KP", "RU", date, f"Name {n}") for n, date in enumerate([*SEVEN, "2024-06-02", "2024-06-19"])])
    found = ask(record, claim("count", 5, "=", unit="delegation", start="2024-01-01", end="2024-06-20"))
    assert (found.verdict, found.high) == ("depends-on-rule", 7)
    assert found.rules_that_fit[0].end == "2024-05-31"
    assert 0 < len(found.rules_that_fit) <= 5 < found.rules_tried
    assert "May 31, 2024" in found.why
    for rule in found.rules_that_fit:
        again = count(record, rule)
        assert (again.low, again.high) == (5, 5), rule


def test_a_closed_year_cannot_be_cut_short_to_save_a_number(record: Record) -> None:
    fill(record, [visit("US", "EG", date, "John Kerry") for date in ("2013-03-02", "2013-06-20", "2013-11-03")])
    asked = claim("count", 2, "=", countries=("US", "EG"), person="John Kerry", start="2013", end="2013")
    assert ask(record, asked, published="2014-01-01").verdict == "contradicted"
    assert ask(record, claim("count", 4, "=", countries=("US", "EG"), person="John Kerry", start="2013", end="2013"),
               Coverage(("US",), "1866", "2025"), published="2014-01-01").verdict == "contradicted"  # fmt: skip


def test_the_search_counts_like_count(record: Record) -> None:
    rnd = random.Random(3)
    levels = ("leader", "minister", "region", "official", None)
    reports = [meeting(("KP", "RU", "CN"), "2024-03")]
    for _ in range(60):
        date, name = f"2024-{rnd.randint(1, 6):02}", rnd.choice(["A B", "C D", None])
        reports.append(visit(*rnd.sample(PAIR, 2), date, name, rnd.choice(levels)))
    fill_at_once(record, reports)
    rule = CountingRule(between=PAIR, start="2024", end="2024-07-15")
    for wanted in range(0, 62, 3):
        for fitting in search(record, rule, (wanted, wanted), bounds("2024-07-15")[1]).fits:
            found = count(record, fitting)
            assert (found.low, found.high) == (wanted, wanted), fitting


def test_a_number_of_the_last_months(record: Record) -> None:
    fill(record, [visit("KP", "RU", date) for date in SEVEN])
    found = ask(record, claim("count", 2, ">=", within="P3M"))
    assert (found.verdict, found.low, found.high) == ("supported", 2, 2)
    assert found.rule is not None
    assert found.rule.start == "2024-03-20"


def test_what_a_number_admits() -> None:
    assert accepted("~", 30) == (27, 33)
    assert accepted(">", 24)[0] == 25
    assert accepted("<", 24) == (0, 23)


# --- firsts ------------------------------------------------------------------------------------------------------

PUTIN = {"person": "Vladimir Putin", "guest_country": "RU", "host_country": "KP"}


def putin(date: str | None, status: str = "held") -> Report:
    return visit("RU", "KP", date, "Vladimir Putin", "leader", status=status)


FROM_2000 = Coverage(PAIR, "2000", "2024-06-20")


@pytest.mark.parametrize(
    ("dates", "coverage", "verdict"),
    [
        (["2000-07-19", "2024-06-18"], [FROM_2000], "supported"),
        (["2000-07-19", "2024-06-18"], [], "not-checkable"),
        (["2000-07-19", "2024-06-18"], [Coverage(PAIR, "2001", "2024-06-20")], "not-checkable"),
        (["2000-07-19", "2024-06-18"], [Coverage(PAIR, "", "", level="minister")], "not-checkable"),
        (
            ["2000-07-19", "2024-06-18"],
            [Coverage(PAIR, "2000", "2011"), Coverage(PAIR, "2012-01-01", "..")],
            "supported",
        ),
        (
            ["2000-07-19", "2024-06-18"],
            [Coverage(PAIR, "2000", "2011"), Coverage(PAIR, "2012-01-02", "..")],
            "not-checkable",
        ),
        (["2000-07-19", "2024-06-18"], [Coverage(("KP", "CN"), "", "")], "not-checkable"),
        (["2000-07-19", "2024-06-18"], [Coverage(PAIR, "", "", level="leader")], "supported"),
        (["2000-07-19", "2024-06-18"], [Coverage(PAIR, "", "", people=("Vladimir Putin",))], "supported"),
        (["2000-07-19", "2024-06-18"], [Coverage(PAIR, "", "", people=("Sergey Lavrov",))], "not-checkable"),
        (["2000-07-19", "2015-05", "2024-06-18"], [], "contradicted"),
        (["2015-05", "2024-06-18"], [], "contradicted"),
        (["2000-07-19", None, "2024-06-18"], [FROM_2000], "possible"),
        (["1995-03", "2024-06-18"], [Coverage(PAIR, "1990", "..")], "depends-on-rule"),
        (["2024-06-18"], [FROM_2000], "not-checkable"),
        (["2024-06-18"], [], "not-checkable"),
        (["2000-07-19"], [FROM_2000], "not-checkable"),
        ([], [FROM_2000], "not-checkable"),
    ],
)
@pytest.mark.parametrize("said", [{"since": "2000"}, {"value": 24}, {"value": 2000}])
def test_first_since(
    record: Record, dates: list[str | None], coverage: list[Coverage], verdict: str, said: dict[str, object]
) -> None:
    fill(record, [putin(date) for date in dates])
    asked = claim("first-since", said.get("value"), **PUTIN, **({"since": said["since"]} if "since" in said else {}))
    found = ask(record, asked, *coverage)
    assert found.verdict == verdict, found.why


def test_the_counterexample_is_shown(record: Record) -> None:
    ids = fill(record, [putin("2000-07-19"), putin("2015-05"), putin("2019"), putin("2024-06-18")])
    found = ask(record, claim("first-since", 24, **PUTIN))
    assert found.encounters == (ids[1], ids[2])
    assert "May 2015" in found.why


def test_others_and_planned_visits_are_no_counterexample(record: Record) -> None:
    fill(record, [putin("2000-07-19"), putin("2010", "cancelled"), putin("2011", "planned"),
                  visit("RU", "KP", "2018-05", "Sergey Lavrov"), visit("KP", "RU", "2019-04", "Kim Jong Un", "leader",
                  hosts=(Participation("RU", "Vladimir Putin", level="leader"),)), putin("2024-06-18")])  # fmt: skip
    assert ask(record, claim("first-since", 24, **PUTIN), FROM_2000).verdict == "supported"


def test_a_planned_visit_may_be_the_first(record: Record) -> None:
    fill(record, [putin("2000-07-19"), putin("2024-06", "planned")])
    assert (
        ask(record, claim("first-since", 24, **PUTIN, start="2024-06", end="2024-06"), FROM_2000).verdict == "supported"
    )


@pytest.mark.parametrize(
    ("dates", "coverage", "verdict"),
    [
        (["2024-06-18"], [], "not-checkable"),
        (["2024-06-18"], [FROM_2000], "not-checkable"),
        (["2024-06-18"], [ALL_OF_IT], "supported"),
        (["1999", "2024-06-18"], [], "contradicted"),
        ([None, "2024-06-18"], [ALL_OF_IT], "possible"),
    ],
)
def test_first_ever(record: Record, dates: list[str | None], coverage: list[Coverage], verdict: str) -> None:
    fill(record, [putin(date) for date in dates])
    assert ask(record, claim("first-since", **PUTIN), *coverage).verdict == verdict


# --- numberings and repeats --------------------------------------------------------------------------------------

KOZH = {"person": "Oleg Kozhemyako", "guest_country": "RU", "host_country": "KP", "unit": "trip"}


def kozhemyako(date: str | None) -> Report:
    return visit("RU", "KP", date, "Oleg Kozhemyako", "region")


@pytest.mark.parametrize(
    ("dates", "value", "coverage", "verdict"),
    [
        (["2023-12", "2024-03"], 2, [], "possible"),
        (["2023-12-20", "2024-03-12"], 2, [], "supported"),
        (["2024-01", "2024-03"], 2, [], "supported"),
        (["2023-12-01", "2024-03-12"], 2, [], "not-checkable"),
        (["2023-12-01", "2024-03-12"], 2, [ALL_OF_IT], "contradicted"),
        (["2024-01-02", "2024-02-02", "2024-03-12"], 2, [], "contradicted"),
        (["2024-03-12"], 2, [ALL_OF_IT], "contradicted"),
        ([], 2, [ALL_OF_IT], "not-checkable"),
    ],
)
def test_second_within_three_months(
    record: Record, dates: list[str], value: int, coverage: list[Coverage], verdict: str
) -> None:
    fill(record, [kozhemyako(date) for date in dates])
    asked = claim("nth", value, "=", within="P3M", **KOZH)
    assert ask(record, asked, *coverage).verdict == verdict
    assert ask(record, claim("nth", value, "=", within="P3M", start="2024-03", end="2024-03", **KOZH),
               *coverage).verdict == verdict  # fmt: skip


@pytest.mark.parametrize(
    ("dates", "value", "coverage", "verdict"),
    [
        (["2019", "2023-12", "2024-03"], 3, [ALL_OF_IT], "supported"),
        (["2019", "2023-12", "2024-03"], 3, [], "not-checkable"),
        (["2019", "2023-12", "2024-03"], 2, [], "contradicted"),
        (["2019", "2023-12", "2024-03"], 4, [ALL_OF_IT], "contradicted"),
        ([None, "2023-12", "2024-03"], 3, [ALL_OF_IT], "possible"),
    ],
)
def test_nth_visit(record: Record, dates: list[str | None], value: int, coverage: list[Coverage], verdict: str) -> None:
    fill(record, [kozhemyako(date) for date in dates])
    assert ask(record, claim("nth", value, "=", **KOZH), *coverage).verdict == verdict


@pytest.mark.parametrize(
    ("dates", "coverage", "verdict"),
    [
        (["2023-09", "2024-03"], [], "supported"),
        (["2024-03", "2024-03"], [], "possible"),
        (["2024-03"], [], "not-checkable"),
        (["2024-03"], [ALL_OF_IT], "contradicted"),
        ([], [ALL_OF_IT], "not-checkable"),
    ],
)
def test_again(record: Record, dates: list[str], coverage: list[Coverage], verdict: str) -> None:
    fill(record, [kozhemyako(date) for date in dates])
    assert ask(record, claim("repeat", **KOZH), *coverage).verdict == verdict


# --- records -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "value", "coverage", "verdict"),
    [
        ({2022: 1, 2023: 2, 2024: 4}, None, [], "not-checkable"),
        ({2022: 1, 2023: 2, 2024: 4}, None, [Coverage(PAIR, "2022", "2024-06-20")], "not-checkable"),
        ({2022: 1, 2023: 2, 2024: 4}, None, [ALL_OF_IT], "supported"),
        ({2022: 5, 2024: 4}, 4, [], "contradicted"),
        ({2022: 5, 2024: 4}, None, [], "not-checkable"),  # the record may lack some of 2024
        ({2022: 5, 2024: 4}, None, [Coverage(PAIR, "2024", "2024-06-20")], "contradicted"),
        ({2023: 2}, None, [ALL_OF_IT], "not-checkable"),
    ],
)
def test_a_record(
    record: Record, counts: dict[int, int], value: int | None, coverage: list[Coverage], verdict: str
) -> None:
    fill(record, [visit("KP", "RU", f"{year}-03") for year, number in counts.items() for _ in range(number)])
    assert ask(record, claim("record", value), *coverage).verdict == verdict


def test_a_record_says_how_far_back_it_could_be_checked(record: Record) -> None:
    fill(record, [visit("KP", "RU", "2023-07"), visit("KP", "RU", "2024-03")])
    assert "July 2023" in ask(record, claim("record")).why
    assert "Mai 2019" in ask(record, claim("record"), Coverage(PAIR, "2019-05", ".."), lang="de").why


# --- what cannot be judged at all --------------------------------------------------------------------------------


def test_a_claim_without_countries_or_people(record: Record) -> None:
    fill(record, [visit("KP", "RU", "2024-03")])
    for kind in ("count", "first-since", "nth", "record", "repeat"):
        assert ask(record, claim(kind, 1, "=", countries=()), ALL_OF_IT).verdict == "not-checkable"


def test_a_name_that_fits_several_people(record: Record) -> None:
    kims = [Person("p1", "Kim Jong Un"), Person("p2", "Kim Jong Il")]
    fill(record, [visit("KP", "RU", date, guests=(Participation("KP", one.caption, person=one.id),))
                  for one, date in zip(kims, ("2002", "2023-09"), strict=True)])  # fmt: skip
    record.save_people(kims)
    found = ask(record, claim("repeat", person="Kim", guest_country="KP", host_country="RU"))
    assert found.verdict == "not-checkable"
    assert "Kim" in found.why


def test_a_number_that_is_missing(record: Record) -> None:
    fill(record, [visit("KP", "RU", "2024-03")])
    assert ask(record, claim("count", None, ">")).verdict == "not-checkable"
    assert ask(record, claim("nth", None, **KOZH)).verdict == "not-checkable"


# --- parts -------------------------------------------------------------------------------------------------------


def test_coverage_has_no_gaps() -> None:
    half = [Coverage(PAIR, "2020", "2021-06-30"), Coverage(PAIR, "2021-07", "2022")]
    assert covers(half, bounds("2020")[0], bounds("2022")[1])
    assert not covers(half, bounds("2019-12-31")[0], bounds("2022")[1])
    assert not covers(half, None, bounds("2022")[1])
    assert not covers([], bounds("2020")[0], bounds("2020")[1])
    assert since(half) == bounds("2020")[0]
    assert since([ALL_OF_IT]) is None


def test_a_span_back_from_a_day() -> None:
    day = bounds("2024-05-31")[1]
    assert day is not None
    assert [before(day, span).isoformat() for span in ("P3M", "P2W", "P10D", "P1Y")] == [
        "2024-02-29", "2024-05-17", "2024-05-21", "2023-05-31",
    ]  # fmt: skip
    with pytest.raises(UsageError):
        before(day, "three months")


def test_the_window_of_a_claim_ends_with_its_publication() -> None:
    assert rule_of(claim("count", 1, start="2024"), "2024-06-20").end == "2024-06-20"
    assert rule_of(claim("count", 1, start="2023", end="2023"), "2024-06-20").end == "2023"
    directed = rule_of(claim("count", 1, guest_country="KP", host_country="RU"), None)
    assert (directed.guest, directed.host, directed.between, directed.kind) == (("KP",), ("RU",), (), ("visit",))


def _tables(tag: str) -> dict[str, dict[str, str]]:
    return tomllib.loads((resources.files("summitry") / "languages" / tag / "verdicts.toml").read_text("utf-8"))


def test_every_language_says_the_same_things_with_the_same_slots() -> None:
    assert {"de", "en"} <= set(tags())
    reference = _tables("en")
    for tag in tags():
        tables = _tables(tag)
        assert {key: set(table) for key, table in tables.items()} == {key: set(t) for key, t in reference.items()}, tag
        for key, sentence in reference["sentences"].items():
            slots = r"\{\w+\}"
            assert set(re.findall(slots, tables["sentences"][key])) == set(re.findall(slots, sentence)), (tag, key)
    with pytest.raises(LanguageError):
        words("xx")


def test_every_sentence_that_is_asked_for_exists() -> None:
    source = "".join(
        path.read_text("utf-8") for path in (resources.files("summitry") / "ask").iterdir() if path.name.endswith(".py")
    )
    verdicts = "supported|contradicted|depends-on-rule|possible|not-checkable"
    how = rf'"(?:{verdicts})",\s*|uncovered\(|says\(verdict, |words\.sentence\('
    asked = set(re.findall(rf"""(?:{how})["']([a-z-]+)["']""", source))
    assert len(asked) > 25
    assert asked == set(_tables("en")["sentences"])


def test_what_is_not_understood_is_quoted_as_the_language_does(record: Record) -> None:
    asked = claim("count", 3, "=", unread=("im Frühjahr",))
    assert "„im Frühjahr“" in ask(record, asked, lang="de").why
    assert "“im Frühjahr”" in ask(record, asked, lang="en").why
    assert "ohne ein Datum" in check(record, asked, lang="de").why


# --- the document the project began with -------------------------------------------------------------------------


def _gold_report(entry: dict[str, object], text: str) -> Report:
    start = text.index(str(entry["evidence"]))
    levels = (("leader", "Führer|Präsident"), ("vice-minister", "[Ss]tellvertretende|Vize"), ("minister", "inister"),
              ("region", "Gouverneur"), ("party", "Chefsekretär"), ("agency-head", "."))  # fmt: skip

    def sides(key: str) -> tuple[Participation, ...]:
        return tuple(
            Participation(one["country"], one["name"], one["role"],
                          next((level for level, form in levels if re.search(form, one["role"] or "")), "delegation"))
            for one in entry[key]
        )  # fmt: skip

    return Report(
        entry["kind"], entry["status"], sides("guests"), sides("hosts"), (Quote(start, start + 1, text[start]),),
        entry["date"], entry["host_country"], delegation=entry["delegation"],
    )  # fmt: skip


@pytest.fixture
def factbox(record: Record):
    if not FACTBOX.with_suffix(".gold.json").exists():
        pytest.skip("the gold standard is not beside the repository")
    text = FACTBOX.with_suffix(".txt").read_text("utf-8")
    gold = json.loads(FACTBOX.with_suffix(".gold.json").read_text("utf-8"))
    article = Article(f"sha256:{hashlib.sha256(text.encode()).hexdigest()}", text, "factbox", "de", gold["published"])
    record.add_article(article, [_gold_report(entry, text) for entry in gold["encounters"]])
    stored = record.reports()
    record.save_encounters([(encounter(f"e{n}", one.report), [one.id]) for n, one in enumerate(stored)])
    return record


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("coverage", [[], [Coverage(PAIR, "2023-07", "2024-06-20")]])
def test_the_seven_claims_of_the_fact_box(factbox: Record, coverage: list[Coverage], lang: str) -> None:
    putin_ = {"person": "Wladimir Putin", "guest_country": "RU", "host_country": "KP"}
    yun = {"person": "Yun Jong Ho", "guest_country": "KP", "host_country": "RU"}
    asked = [
        (claim("count", 24, ">", unit="delegation", start="2023-07"), "supported", 29),
        (claim("count", 18, "=", unit="delegation", start="2024-01-01", end="2024-06-20"), "depends-on-rule", 20),
        (claim("record", None, None, unit="delegation", end="2024-06-20"), "not-checkable", 20),
        (claim("nth", 2, "=", within="P3M", **KOZH), "possible", 2),
        (claim("repeat", **yun), "supported", None),
        (claim("first-since", 24, **putin_), "not-checkable", None),
        (claim("first-since", None, since="2000", **putin_), "not-checkable", None),
    ]
    for one, verdict, high in asked:
        found = ask(factbox, one, *coverage, lang=lang)
        assert (found.verdict, found.high) == (verdict, high), found.why
        assert "{" not in found.why
        if high and verdict != "possible":
            assert len(found.encounters) == high
