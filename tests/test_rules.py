"""Counting rules: every field narrows what it says it narrows, and rules can be named in a file."""

from pathlib import Path

import pytest
from conftest import Places
from record_samples import fill, meeting, visit

from summitry.ask import combined, count, named_rules, rule_named
from summitry.errors import UsageError
from summitry.model import CountingRule, Participation, Place
from summitry.record import Record


@pytest.fixture(scope="module")
def record(new_place: Places):
    elect = (Participation("US", "Herbert Hoover", "President", None, capacity="president-elect"),)
    reports = [
        visit("US", "PE", "1928-12-05", guests=elect),
        visit("US", "PE", "2002-03-23", "George W. Bush", "leader", activities=("talks",)),
        visit("US", "DE", "2016-04-19", "Barack Obama", "leader", activities=("stop-over",)),
        visit(
            "US",
            "DE",
            "2015-06-07",
            "Barack Obama",
            "leader",
            activities=("summit",),
            place=Place("Elmau", "Elmau", "DE"),
        ),
        visit("US", "GB", "1940-12-05", "Franklin D. Roosevelt", "leader", place=Place("Jamaica", "Jamaica", "JM")),
        visit("US", "SU", "1972-05-22", "Richard Nixon", "leader", place=Place("Moscow, Kiev", "Moscow, Kiev", "SU")),
        visit("US", "JM", "1982-04-07", "Ronald Reagan", "leader", activities=("private",)),
        visit("KP", "RU", "2024-02", None, "delegation", delegation="agriculture"),
        visit("KP", "RU", "2024-03", None, "delegation", delegation="sport"),
        visit("US", "RU", "2012-05", None, None),
        meeting(("US", "RU", "CN"), "2019-06-28", "JP"),
    ]
    with Record.open(new_place()) as made:
        fill(made, reports)
        yield made


@pytest.mark.parametrize(
    ("rule", "low", "high"),
    [
        (CountingRule(guest=("US",), host=("PE",)), 2, 2),
        (CountingRule(guest=("US",), capacity=("president-elect",)), 1, 1),
        (CountingRule(guest=("US",), host=("PE",), capacity=("president",)), 1, 1),  # printed or by time in office
        (CountingRule(people=("US President",)), 6, 6),
        (CountingRule(people=("US Präsident",), host=("DE",)), 2, 2),
        (CountingRule(people=("US Secretary of State",)), 0, 0),
        (CountingRule(guest=("US",), level="leader"), 6, 7),  # who led in 2012 is not known; Hoover was no leader yet
        (CountingRule(guest=("US",), host=("DE",), exclude=("stop-overs",)), 1, 1),
        (CountingRule(guest=("US",), host=("DE",), exclude=("multilateral",)), 1, 1),
        (CountingRule(guest=("US",), host=("JM",)), 1, 2),  # Jamaica was British in 1940
        (CountingRule(guest=("US",), host=("JM",), exclude=("private",)), 0, 1),
        (CountingRule(guest=("US",), host=("RU",)), 2, 2),  # Russia continues the Soviet Union
        (CountingRule(guest=("US",), host=("UA",)), 0, 1),  # Kiev was Soviet
        (CountingRule(guest=("US",), host=("KZ",)), 0, 0),  # and Nixon was not in Kazakhstan
        (CountingRule(sectors=("sport",)), 1, 1),
        (CountingRule(sectors=("sport", "agriculture"), guest=("KP",)), 2, 2),
        (CountingRule(region=("Americas",)), 3, 3),
        (CountingRule(region=("South America",), status=("held",)), 2, 2),
        (CountingRule(place="Elmau"), 1, 1),
        (CountingRule(place="kiev"), 1, 1),
    ],
)
def test_every_field_narrows(record: Record, rule: CountingRule, low: int, high: int) -> None:
    found = count(record, rule)
    assert (found.low, found.high, len(found.encounters)) == (low, high, high)


def test_rules_that_are_none(record: Record) -> None:
    for rule in (CountingRule(region=("Atlantis",)), CountingRule(exclude=("weekends",)), CountingRule(unit="visit")):
        with pytest.raises(UsageError):
            count(record, rule)


def test_the_shipped_rules_count(record: Record) -> None:
    rules = named_rules()
    assert {"fact-box", "unification-ministry", "us-historian"} <= set(rules)
    assert all(one.about and one.rule.name for one in rules.values())
    numbers = {key: count(record, one.rule) for key, one in rules.items()}
    assert numbers["us-historian"].high == 8  # with stops, private stays and the president-elect, without Pyongyang
    assert numbers["fact-box"].high == 10
    assert (numbers["unification-ministry"].low, numbers["unification-ministry"].high) == (6, 7)
    assert numbers["official-visits"].high == 7


def test_what_is_given_with_the_question_comes_on_top() -> None:
    named = rule_named("official-visits")
    rule = combined(named, CountingRule(guest=("US",), start="2010", exclude=("leaders", "private")))
    assert (rule.guest, rule.start, rule.kind) == (("US",), "2010", ("visit",))
    assert rule.exclude == ("stop-overs", "private", "multilateral", "leaders")
    assert combined(named, CountingRule()) == named


def test_rules_of_the_users(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        '[mine]\nabout = "x"\nunit = "trip"\nfrom = "2010"\nhost = ["DE"]\n[fact-box]\nunit = "item"\n', "utf-8"
    )
    rules = named_rules(file)
    assert rules["mine"].rule == CountingRule(name="mine", unit="trip", start="2010", host=("DE",))
    assert rules["fact-box"].rule.unit == "item"
    assert "us-historian" in rules


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[a", "malformed"),
        ("a = 1", "outside of a rule"),
        ("[a]\ncolour = 'red'", "unknown key 'colour'"),
        ("[a]\nunit = 'visit'", "Unknown unit"),
        ("[a]\nfrom = 'yesterday'", "malformed"),
        ("[a]\nhost = 'DE'", "malformed"),
    ],
)
def test_malformed_rules_name_file_and_rule(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=reason) as told:
        named_rules(file)
    assert str(file) in str(told.value)
    with pytest.raises(UsageError, match="There is no counting rule"):
        rule_named("nonsense")
