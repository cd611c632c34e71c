"""Counting: low and high by EDTF logic, every unit, every grouping, and agreement with counting by hand."""

import datetime as dt
import random

import pytest
from msgspec.structs import replace
from record_samples import article, encounter, fill, fill_at_once, meeting, visit

from summitry.ask import GROUPINGS, UNITS, count, count_by, direction
from summitry.errors import UsageError
from summitry.kinds import LEVELS, levels_from
from summitry.model import CountingRule, Participation, Report
from summitry.record import Record


def numbers(record: Record, rule: CountingRule) -> tuple[int, int]:
    found = count(record, rule)
    return found.low, found.high


def test_coarse_dates_count_surely_or_possibly(place: str) -> None:
    dates = ["2024-01-15", "2024-01", "2024", None, "2023-12-30/2024-01-02", "../2023-11", "2024-02"]
    with Record.open(place) as record:
        ids = fill(record, [visit("KP", "RU", date) for date in dates])
        january = count(record, CountingRule(start="2024-01", end="2024-01-31"))
        assert (january.low, january.high) == (2, 5)
        assert set(january.encounters) == {ids[0], ids[1], ids[2], ids[3], ids[4]}
        assert numbers(record, CountingRule(end="2023")) == (1, 3)
        assert numbers(record, CountingRule(start="2024")) == (4, 6)
        assert numbers(record, CountingRule()) == (7, 7)


def test_what_was_read_on_the_last_day_of_the_window_lies_in_it(place: str) -> None:
    with Record.open(place) as record:
        fill(record, [visit("KP", "RU", "2024-06"), visit("KP", "RU", "2024-06", status="planned")], "2024-06-20")
        assert numbers(record, CountingRule(start="2024-01-01", end="2024-06-20")) == (1, 1)


def test_planned_is_never_counted_as_held(place: str) -> None:
    with Record.open(place) as record:
        states = ("held", "planned", "proposed", "cancelled", "disputed")
        fill(record, [visit("KP", "RU", "2024-06", status=status) for status in states])
        assert numbers(record, CountingRule()) == (1, 1)
        assert numbers(record, CountingRule(status=("planned", "proposed"))) == (2, 2)


def test_the_level_at_the_time_decides_and_an_unknown_one_may_fit(place: str) -> None:
    levels = ["leader", "minister", "vice-minister", "region", None]
    with Record.open(place) as record:
        fill(record, [visit("KP", "RU", "2024", f"Name {level}", level) for level in levels])
        assert numbers(record, CountingRule(level="vice-minister+")) == (3, 4)
        assert numbers(record, CountingRule(level="minister")) == (1, 2)
        assert numbers(record, CountingRule(exclude=("leaders",))) == (3, 4)
        assert numbers(record, CountingRule(exclude=("leaders", "sub-state"))) == (2, 3)


def test_a_person_counts_at_the_level_of_that_time(place: str) -> None:
    def trip(date: str, level: str, companion: str) -> Report:
        people = (Participation("US", "Jane Roe", None, level), Participation("US", "John Doe", None, companion))
        return visit("US", "EG", date, guests=people)

    with Record.open(place) as record:
        fill(record, [trip("2009", "parliament", "leader"), trip("2013", "minister", "official")])
        assert numbers(record, CountingRule(people=("Jane Roe",), level="minister+")) == (1, 1)
        assert numbers(record, CountingRule(guest=("US",), level="minister+")) == (2, 2)


def test_in_a_meeting_only_the_countries_asked_for_decide_the_level(place: str) -> None:
    sides = (
        Participation("KP", level="official"),
        Participation("RU", level="official"),
        Participation("US", level="leader"),
    )
    with Record.open(place) as record:
        fill(record, [meeting((), "2024", guests=sides)])
        assert numbers(record, CountingRule(between=("KP", "RU"), level="minister+")) == (0, 0)
        assert numbers(record, CountingRule(level="minister+")) == (1, 1)


def test_units(place: str) -> None:
    sisters = [visit("KP", "RU", "2024-02", None, "delegation", delegation=name) for name in ("sport", "youth")]
    with Record.open(place) as record:
        one = article("Text of two delegations", "2024-03-01")
        record.add_article(one, sisters)
        record.save_encounters(
            [(encounter(f"s{n}", r.report), [r.id]) for n, r in enumerate(record.reports(articles=[one.id]))]
        )
        fill(record, [visit("KP", "CN", "2024-03-01", "Choe Son Hui"), visit("KP", "RU", "2024-03-02", "Choe Son Hui"),
                      meeting(("KP", "RU"), "2024-04")])  # fmt: skip
        found = {unit: numbers(record, CountingRule(unit=unit)) for unit in UNITS}
    assert found == {
        "encounter": (5, 5),
        "delegation": (4, 4),
        "trip": (3, 3),
        "traveller": (1, 3),
        "pair": (2, 2),
        "item": (4, 4),
    }


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2024-03-01", "2024-03-02"], (1, 1)),
        (["2024-03-01", "2024-03-03"], (2, 2)),
        (["2024-03-01/2024-03-03", "2024-03-03/2024-03-05", "2024-03-06"], (1, 1)),
        (["2024-03", "2024-03"], (1, 2)),
        (["2024-03", "2024-05"], (2, 2)),
        ([None, "2024-05"], (1, 2)),
    ],
)
def test_visits_that_follow_on_each_other_are_one_trip(
    place: str, dates: list[str | None], expected: tuple[int, int]
) -> None:
    hosts = ("CN", "RU", "MN")
    with Record.open(place) as record:
        fill(record, [visit("KP", host, date, "Choe Son Hui") for host, date in zip(hosts, dates, strict=False)])
        assert numbers(record, CountingRule(unit="trip")) == expected


def test_groups(place: str) -> None:
    reports = [
        visit("KP", "RU", "2023-12", "Choe Son Hui"),
        visit("RU", "KP", "2024-01", "Putin", "leader"),
        visit("KP", "RU", "2023-12-30/2024-01-02", None, "delegation"),
        visit("KP", "CN", None, "Choe Son Hui", None),
    ]
    with Record.open(place) as record:
        a, b, c, d = fill(record, reports)
        table = {
            by: [(group.key, group.count.low, group.count.high) for group in count_by(record, CountingRule(), by)]
            for by in GROUPINGS
        }
        years = count_by(record, CountingRule(), "year")
        assert [set(group.count.encounters) for group in years] == [{a, c}, {b, c}, {d}]
    assert table == {
        "year": [("2023", 1, 2), ("2024", 1, 2), (None, 1, 1)],
        "month": [("2023-12", 1, 2), ("2024-01", 1, 2), (None, 1, 1)],
        "direction": [("KP-CN", 1, 1), ("KP-RU", 2, 2), ("RU-KP", 1, 1)],
        "level": [("leader", 1, 1), ("minister", 1, 1), ("delegation", 1, 1), (None, 1, 1)],
        "person": [("choe son hui", 2, 2), ("putin", 1, 1), (None, 1, 1)],
        "country": [("CN", 1, 1), ("KP", 4, 4), ("RU", 3, 3)],
    }


def test_of_an_office_or_a_person_the_other_countries_are_grouped(place: str) -> None:
    with Record.open(place) as record:
        fill(record, [visit("US", host, "2015-03", "Barack Obama", "leader") for host in ("FR", "FR", "KE")])
        for who in ("Barack Obama", "US President"):
            groups = count_by(record, CountingRule(people=(who,)), "country")
            assert [(one.key, one.count.high) for one in groups] == [("FR", 2), ("KE", 1)]


def test_what_makes_no_sense_is_refused(place: str) -> None:
    with Record.open(place) as record, pytest.raises(UsageError, match="Cannot count by"):
        count_by(record, CountingRule(), "weather")
    with pytest.raises(UsageError, match="no direction"):
        direction("KP>RU")
    assert direction("KP-RU") == ("KP", "RU")


COUNTRIES = ("KP", "RU", "CN", "US")


def _random_report(rnd: random.Random) -> Report:
    guest, host = rnd.sample(COUNTRIES, 2)
    day = dt.date(2020, 1, 1) + dt.timedelta(days=rnd.randrange(4 * 365))
    date = rnd.choice(
        [day.isoformat(), day.isoformat()[:7], day.isoformat()[:4], None, f"{day}/{day + dt.timedelta(3)}"]
    )
    level = rnd.choice([*LEVELS, None])
    status = rnd.choice(["held", "held", "held", "planned"])
    if rnd.random() < 0.2:
        return meeting(rnd.sample(COUNTRIES, rnd.choice([2, 3])), date, rnd.choice([None, "SG"]), status=status)
    return visit(guest, host, date, rnd.choice([None, f"Name {rnd.randrange(9)}"]), level, status=status)


def _bounds(report: Report) -> tuple[str, str]:
    if report.date is None:
        return "0", "9"
    first, _, last = report.date.partition("/")
    return f"{first}-01-01"[:10] if len(first) < 7 else f"{first}-01"[:10], (last or first) + "~"


def _by_hand(reports: list[Report], rule: CountingRule) -> tuple[int, int]:
    low = high = 0
    for report in reports:
        countries = {one.country for one in report.guests} | (
            {report.host_country} if report.kind == "visit" else set()
        )
        if report.status != "held" or not set(rule.between) <= countries:
            continue
        if (rule.guest or rule.unit == "delegation") and report.kind != "visit":
            continue
        if rule.guest and report.guests[0].country not in rule.guest:
            continue
        first, last = _bounds(report)
        if (rule.start and last < rule.start) or (rule.end and first > rule.end + "~"):
            continue
        sure = not (rule.start and first < rule.start) and not (rule.end and last > rule.end + "~")
        if rule.level:
            relevant = [g.level for g in report.guests if not (rule.guest or rule.between) or
                        g.country in (rule.guest or rule.between)]  # fmt: skip
            if not any(level is None or level in levels_from(rule.level) for level in relevant):
                continue
            sure = sure and any(level in levels_from(rule.level) for level in relevant if level)
        high += 1
        low += sure
    return low, high


def test_five_thousand_encounters_counted_by_hand(place: str) -> None:
    rnd = random.Random(2024)
    reports = [_random_report(rnd) for _ in range(5_000)]
    rules = [
        replace(CountingRule(unit=unit), between=between, guest=guest, start=start, end=end, level=level)
        for unit in ("encounter", "delegation")
        for between, guest in (((), ()), (("KP", "RU"), ()), ((), ("CN",)), (("CN", "US"), ("US",)), (("KP",), ()))
        for start, end in ((None, None), ("2021", "2021"), ("2021-03", None), (None, "2022-05-17"))
        for level in (None, "minister+", "region")
    ]
    with Record.open(place) as record:
        ids = fill_at_once(record, reports)
        for rule in rules:
            found = count(record, rule)
            assert (found.low, found.high) == _by_hand(reports, rule), rule
            assert len(found.encounters) == found.high
        everything = count(record, CountingRule())
        chronicle = [one.id for one in record.encounters(sources=False) if one.status == "held"]
        assert list(everything.encounters) == chronicle
        assert set(chronicle) == {name for name, report in zip(ids, reports, strict=True) if report.status == "held"}


@pytest.mark.parametrize("by", GROUPINGS)
def test_every_line_of_a_table_can_be_counted_again(place: str, by: str) -> None:
    rnd = random.Random(7)
    with Record.open(place) as record:
        fill_at_once(record, [_random_report(rnd) for _ in range(400)])
        rule = CountingRule(kind=("visit",), guest=("KP", "RU"))
        groups = count_by(record, rule, by)
        assert len(groups) > 1
        for group in groups:
            if (
                group.key is None or by == "level"
            ):  # an unknown level may be any, so a line of its own has only known ones
                continue
            again = count(record, group.count.rule)
            assert again.low == group.count.low, group.key
            assert set(again.encounters) >= set(group.count.encounters), group.key
