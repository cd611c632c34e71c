"""Finding encounters: every filter narrows as it says, and the list comes in chronological order."""

import pytest
from conftest import Places
from record_samples import MOSCOW, fill, meeting, visit
from sqlalchemy import text as sql

from summitry.ask import Query, find, find_ids, latest, total
from summitry.errors import DateError, UsageError
from summitry.model import CountingRule, Participation, Person
from summitry.record import Record

REPORTS = {
    "sport": visit("KP", "RU", "2023-10", "Kim Il Guk", topics=("sport",)),
    "lavrov": visit("RU", "KP", "2023-10-18/2023-10-19", "Sergej Lawrow"),
    "choe": visit("KP", "RU", "2024-01", "Choe Son Hui", place=MOSCOW,
                  hosts=(Participation("RU", "Сергей Лавров", "Außenminister", "minister"),)),
    "plan": visit("RU", "KP", "2024-06", "Wladimir Putin", "leader", status="planned"),
    "talks": meeting(("KP", "RU", "CN"), "2024-03", "CN"),
    "call": meeting(("RU", "CN"), None, kind="call"),
    "zoo": visit("RU", "KP", "2024-04", None, "delegation", delegation="zoo"),
}  # fmt: skip


@pytest.fixture(scope="module")
def record(new_place: Places):
    with Record.open(new_place()) as record:
        fill(record, list(REPORTS.values()))
        yield record


def names(record: Record, query: CountingRule) -> list[str]:
    by_report = {report: name for name, report in REPORTS.items()}
    return [by_report[one.sources[0].report] for one in find(record, query)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(), ["sport", "lavrov", "choe", "talks", "zoo", "plan", "call"]),
        (Query(between=("RU", "KP")), ["sport", "lavrov", "choe", "talks", "zoo", "plan"]),
        (Query(between=("KP", "RU", "CN")), ["talks"]),
        (Query(between=("CN",)), ["talks", "call"]),
        (Query(guest=("KP",)), ["sport", "choe"]),
        (Query(host=("KP",)), ["lavrov", "zoo", "plan"]),
        (Query(guest=("RU",), host=("KP",), status=("held",)), ["lavrov", "zoo"]),
        (Query(people=("Wladimir Putin",)), ["plan"]),
        (Query(people=("Choe",)), ["choe"]),
        (Query(people=("Sergey Lavrov",)), ["choe"]),
        (Query(kind=("call", "meeting")), ["talks", "call"]),
        (Query(status=("planned",)), ["plan"]),
        (Query(level="leader"), ["plan"]),
        (Query(level="minister+", between=("KP", "RU"), kind=("visit",)), ["sport", "lavrov", "choe", "plan"]),
        (Query(start="2024", end="2024-03"), ["choe", "talks", "call"]),
        (Query(end="2023"), ["sport", "lavrov", "call"]),
        (Query(place="moskau"), ["choe"]),
        (Query(text="zoo"), ["zoo"]),
        (Query(text="aussenminister"), ["choe"]),
        (Query(text="лавров"), ["choe"]),
        (Query(text="100%"), []),
        (Query(exclude=("multilateral",), kind=("meeting", "call")), ["call"]),
        (Query(limit=2, offset=1), ["lavrov", "choe"]),
        (CountingRule(start="2024-06"), []),
    ],
)
def test_filters(record: Record, query: CountingRule, expected: list[str]) -> None:
    if isinstance(query, CountingRule) and not isinstance(query, Query):
        expected = ["call"]  # a counting rule looks at what was held; an undated call may have been at any time
    assert names(record, query) == expected


def test_total_is_the_length_of_the_whole_list(record: Record) -> None:
    assert total(record, Query(between=("RU", "KP"), limit=1)) == 6
    assert find_ids(record, Query(between=("RU", "KP"))) == [
        one.id for one in find(record, Query(between=("RU", "KP")))
    ]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        (Query(level="king"), UsageError),
        (Query(unit="dozen"), UsageError),
        (Query(exclude=("friends",)), UsageError),
        (Query(start="2024-05", end="2024-03"), UsageError),
        (Query(start="last week"), DateError),
    ],
)
def test_a_query_that_makes_no_sense_is_refused(record: Record, query: Query, error: type[Exception]) -> None:
    with pytest.raises(error):
        find(record, query)


def test_people_are_found_by_any_spelling_of_their_identity(place: str) -> None:
    lavrov = visit("RU", "KP", "2023-10", guests=(Participation("RU", "Lawrow", level="minister", person="p1"),))
    other = visit("RU", "KP", "2023-11", guests=(Participation("RU", "Sergej Naryschkin", person="p2"),))
    with Record.open(place) as record:
        a, b = fill(record, [lavrov, other])
        record.save_people(
            [Person("p1", "Sergey Lavrov", ("Lawrow", "Сергей Лавров")), Person("p2", "Sergey Naryshkin")]
        )
        for name in ("p1", "Sergey Lavrov", "Сергей Лавров", "Lavrov", "Sergei Lawrow"):
            assert find_ids(record, Query(people=(name,))) == [a], name
        assert find_ids(record, Query(people=("Naryshkin",))) == [b]
        assert find_ids(record, Query(people=("Nobody",))) == []


def test_words_are_found_wherever_they_stand_and_the_index_keeps_up(place: str) -> None:
    named = ("Außenwirtschaft", "Путин", "김정은", "a_b", "Li")
    with Record.open(place) as record:
        fill(record, [visit("KP", "RU", f"2024-0{at}", name) for at, name in enumerate(named, start=1)])

        def found(words: str) -> list[str | None]:
            return [one.guests[0].name for one in find(record, Query(text=words))]

        assert found("wirtschaft") == found("AUSSENWIRTSCHAFT") == ["Außenwirtschaft"]
        assert found("утин") == ["Путин"] and "Путин" in found("putin")
        assert found("정은") == found("김정은") == ["김정은"]
        assert found("a_b") == ["a_b"] and found("axb") == []
        assert "Li" in found("li")
        first, second = find_ids(record, Query())[:2]
        with record.transaction() as connection:
            connection.execute(sql("UPDATE texts SET text = 'etwas anderes' WHERE encounter = :id"), {"id": first})
            connection.execute(sql("DELETE FROM texts WHERE encounter = :id"), {"id": second})
        assert found("wirtschaft") == [] and found("anderes") == ["Außenwirtschaft"] and found("утин") == []


def test_the_latest_are_those_of_known_dates_however_many_have_none(new_place: Places) -> None:
    undated = [visit("FR", "DE", None, f"Jean Dupont {chr(65 + at)}") for at in range(50)]
    with Record.open(new_place()) as record:
        fill(record, [*REPORTS.values(), *undated])
        assert [one.date for one in latest(record, 2)] == ["2024-03", "2024-04"]
        assert len(latest(record, 99)) == 5  # neither what has no date nor what is planned
