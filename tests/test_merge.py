"""Merging: hand-made reports in six languages, the rules for values and status, order, growth and judgements."""

import itertools
import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.authority import load
from summitry.kinds import Kind, Level, Status
from summitry.model import Article, Encounter, Judgement, Participation, Place, Quote, Reading, Report
from summitry.pipeline import identifier as identifier_of_all
from summitry.resolve import (
    Identifier,
    Merged,
    Printed,
    Statement,
    caption,
    extend,
    filed_under,
    merge,
    merged_value,
    parents,
    register,
    signature,
    statements,
)
from summitry.resolve.statement import short_id


def person(text: str) -> Participation:
    """ "RU Sergei Lavrov/minister" or "RU /leader" (unnamed)."""
    country, _, rest = text.partition(" ")
    name, _, level = rest.partition("/")
    levels: dict[str, Level] = {"leader": "leader", "minister": "minister", "delegation": "delegation"}
    return Participation(country, name or None, None, levels.get(level))


def visit(article: str, guests: str, host: str, date: str | None, status: Status = "held", **more: object) -> Statement:
    return told(article, "visit", guests, date, status, host_country=host, **more)


def told(article: str, kind: Kind, guests: str, date: str | None, status: Status = "held", **more: object) -> Statement:
    """One statement; `guests` are parted by commas, `article` is "key" or "key published"."""
    key, _, published = article.partition(" ")
    start = int(str(more.pop("start", 0)))
    town, hosts = more.pop("place", None), str(more.pop("hosts", ""))
    marks = more.pop("signature", None)
    country = more.get("host_country")
    report = Report(
        kind=kind,
        status=status,
        guests=tuple(person(text.strip()) for text in guests.split(",")),
        hosts=tuple(person(text.strip()) for text in hosts.split(",") if text),
        evidence=(Quote(start, start + 1, "x"),),
        date=date,
        place=Place(str(town), str(town), str(country) if country else None) if town else None,
        **more,  # type: ignore[arg-type]
    )
    made = bytes(marks) if isinstance(marks, bytes) else None
    return Statement(short_id(f"{key}:{start}"), key, key, report, 0, published or None, None, made)


def groups(merged: Merged) -> set[frozenset[str]]:
    return {frozenset(statement.id for statement in cluster.statements) for cluster in merged.clusters}


def together(*rows: Statement) -> bool:
    return len(merge(rows).clusters) == 1


def apart(*rows: Statement) -> bool:
    return len(merge(rows).clusters) == len(rows)


LAVROV = [
    visit("de1 2023-10-19", "RU Sergej Lawrow/minister", "KP", "2023-10-18/2023-10-19", place="Pjöngjang"),
    visit("en1 2023-10-19", "RU Sergey Lavrov/minister", "KP", "2023-10-18", place="Pyongyang"),
    visit("ru1 2023-10-18", "RU Сергей Лавров/minister", "KP", "2023-10-18", place="Пхеньян", hosts="KP Цой Сон Хи"),
    visit(
        "ko1 2023-10-20", "RU 세르게이 라브로프/minister", "KP", "2023-10-18", place="평양", hosts="KP 최선희/minister"
    ),
    visit("fr1 2023-10-18", "RU Sergueï Lavrov/minister", "KP", "2023-10-18", place="Pyongyang"),
    visit("es1 2023-10-20", "RU Serguéi Lavrov/minister", "KP", "2023-10-19", place="Pionyang"),
    visit("de2 2023-10-16", "RU Lawrow/minister", "KP", "2023-10-18", "planned"),
    visit("en2 2023-12-30", "RU /minister", "KP", "2023-10"),
]
PUTIN_1999 = visit("en3", "RU Vladimir Putin/leader", "KP", "2000-07")
PUTIN_2024 = [
    visit("de3 2024-06-20", "RU Wladimir Putin/leader", "KP", "2024-06-18/2024-06-19", hosts="KP Kim Jong Un/leader"),
    visit("en4 2024-06-12", "RU /leader", "KP", None, "planned"),
    visit("ko2 2024-06-19", "RU 블라디미르 푸틴/leader", "KP", "2024-06-19", hosts="KP 김정은/leader"),
    visit("en5 2024-11-02", "RU Putin/leader", "KP", "2024-06"),
    visit("de4 2024-06-20", "RU Putin/leader", "KP", "2000-07", start=50),
]


def test_one_visit_in_six_languages() -> None:
    assert together(*LAVROV)


def test_a_recalled_visit_joins_the_old_one() -> None:
    found = groups(merge([PUTIN_1999, *PUTIN_2024]))
    assert found == {
        frozenset({PUTIN_1999.id, PUTIN_2024[4].id}),
        frozenset(row.id for row in PUTIN_2024[:4]),
    }


def test_one_ministers_rank_does_not_part_a_meeting_of_three() -> None:
    more = {"host_country": "KR", "place": "Busan"}
    lower = Participation("CN", "Wang Yi", None, "vice-minister")
    three = "KR Park Jin/minister, JP Yoko Kamikawa/minister"
    named = with_guest(told("de 2023-11-27", "meeting", three, "2023-11", **more), lower)
    unnamed = told(
        "ko 2023-11-20",
        "meeting",
        "KR /minister, JP Yoko Kamikawa/minister, CN /minister",
        "2023-11-26",
        "planned",
        **more,
    )
    assert together(named, unnamed)
    assert apart(
        named,
        with_guest(
            told("fr 2023-11-20", "meeting", "KR /minister, JP Taro Kono/minister", "2023-11-26", **more), lower
        ),
    )


def with_guest(row: Statement, guest: Participation) -> Statement:
    """The statement with one more guest."""
    return msgspec.structs.replace(row, report=msgspec.structs.replace(row.report, guests=(*row.report.guests, guest)))


def test_a_plan_without_a_place_is_of_the_next_days_or_of_none() -> None:
    plan = told("en 2024-05-30", "meeting", "KR Shin Won-sik/minister, JP Minoru Kihara/minister", None, "planned")
    far = visit("de 2024-07-20", "KR Shin Won-sik/minister", "JP", "2024-07-27/2024-07-28", "planned")
    near = told(
        "ko 2024-06-02", "meeting", "KR 신원식/minister, JP Minoru Kihara/minister", "2024-06-01", host_country="SG"
    )
    assert apart(plan, far)
    assert groups(merge([plan, far, near])) == {frozenset({plan.id, near.id}), frozenset({far.id})}
    somewhere = told(
        "fr 2024-05-30", "meeting", "KR Shin Won-sik/minister, JP Kihara/minister", None, "planned", host_country="JP"
    )
    assert together(somewhere, far)


def test_repeated_visits_stay_apart() -> None:
    december = visit("a 2023-12-20", "RU Oleg Kozhemyako", "KP", "2023-12")
    march = visit("b 2024-03-20", "RU Oleg Koschemjako", "KP", "2024-03")
    assert apart(december, march)
    assert apart(
        visit("a 2024-05-10", "RU Oleg Kozhemyako", "KP", "2024-05-08"),
        visit("b 2024-05-22", "RU Oleg Kozhemyako", "KP", "2024-05-20"),
    )


STAY = {"hosts": "SN Awa Diop/leader", "place": "Dakar"}


def test_one_misread_slot_does_not_part() -> None:
    """Four articles tell of one visit; of a fifth one slot is misread, each time another."""
    rows = [
        visit(f"{paper} 2031-04-{day}", "MA Karim Alami/leader", "SN", when, status, **STAY)
        for paper, day, when, status in (
            ("a", "02", "2031-04-08", "planned"), ("b", "08", "2031-04-08", "held"),
            ("c", "09", "2031-04-08/2031-04-09", "held"), ("d", "10", "2031-04", "held"),
        )
    ]  # fmt: skip
    guest = "MA Karim Alami/leader"
    misread = {
        "day": visit("e 2031-04-10", guest, "SN", "2031-04-05", **STAY),
        "no day": visit("e 2031-04-10", guest, "SN", None, **STAY),
        "a day that had not come": visit("e 2031-04-10", guest, "SN", "2031-08-04", **STAY),
        "a plan for a year that was over": visit("e 2031-04-03", guest, "SN", "2029", "planned", **STAY),
        "host country": visit("e 2031-04-10", guest, "ML", "2031-04-08", hosts="SN Awa Diop/leader"),
        "no host country": told("e 2031-04-10", "visit", guest, "2031-04-08", **STAY),
        "one guest more": visit("e 2031-04-10", f"{guest}, ML Oumar Traoré/leader", "SN", "2031-04-08", **STAY),
        "kind": told("e 2031-04-10", "meeting", f"{guest}, SN Awa Diop/leader", "2031-04-08"),
        "no name": visit("e 2031-04-10", "MA /leader", "SN", "2031-04-08", **STAY),
        "town": visit("e 2031-04-10", guest, "SN", "2031-04-08", place="Thiès"),
    }
    assert {slot for slot, row in misread.items() if not together(*rows, row)} == set()
    again = visit("e 2031-04-29", guest, "SN", "2031-04-28", **STAY)
    assert len(merge([*rows, again]).clusters) == 2


def test_stages_of_a_tour_stay_apart() -> None:
    guest = "MA Karim Alami/leader"
    assert apart(visit("a 2031-04-08", guest, "SN", "2031-04-08"), visit("b 2031-04-08", guest, "ML", "2031-04-08"))
    hosted = visit("a 2031-04-08", guest, "SN", "2031-04-08", **STAY)
    assert apart(hosted, visit("a 2031-04-08", guest, "ML", "2031-04-08", start=9, hosts="ML Oumar Traoré/leader"))


def test_two_sides_who_met_in_a_third_country_met_there_once() -> None:
    there = {"host_country": "ID"}
    leaders = told("a 2031-11-14", "meeting", "MA Karim Alami/leader, SN Awa Diop/leader", "2030-11", **there)
    nobody = told("b 2031-11-17", "meeting", "MA, SN", "2030-11", **there)
    assert together(leaders, nobody)
    at_home = {"host_country": "SN"}
    assert apart(
        told("a 2031-11-14", "meeting", "MA Karim Alami/minister, SN Awa Diop/minister", "2030-11", **at_home),
        told("b 2031-11-17", "meeting", "MA, SN", "2030-11", **at_home),
    )


def test_a_date_that_nobody_could_know_dates_nothing() -> None:
    rows = [
        visit("a 2031-04-03", "MA Karim Alami/leader", "SN", "2029-04-08", "planned", **STAY),
        visit("b 2031-04-03", "MA Karim Alami/leader", "SN", "2031-04-08", "planned", **STAY),
    ]
    (cluster,) = merge(rows).clusters
    assert merged_value(cluster).date == "2031-04-08"


def test_one_source_of_three_does_not_make_a_side() -> None:
    rows = [visit(f"{paper} 2031-04-09", "MA Karim Alami/leader", "SN", "2031-04-08", **STAY) for paper in "abc"]
    more = visit("d 2031-04-09", "MA Karim Alami/leader, ML Oumar Traoré/leader", "SN", "2031-04-08", **STAY)
    (cluster,) = merge([*rows, more]).clusters
    assert [guest.country for guest in merged_value(cluster).guests] == ["MA"]
    (cluster,) = merge([rows[0], more]).clusters
    assert [guest.country for guest in merged_value(cluster).guests] == ["MA", "ML"]


def test_a_bilateral_beside_a_summit_is_its_own() -> None:
    place = {"host_country": "GH", "place": "Accra"}
    leaders = "MA Karim Alami/leader, SN Awa Diop/leader"
    summit = told("a 2031-05-05", "meeting", f"{leaders}, ML Oumar Traoré/leader", "2031-05-04", **place)
    aside = told("b 2031-05-05", "meeting", leaders, "2031-05-04", **place)
    assert apart(summit, aside)


def test_a_coarse_report_cannot_glue_two_visits() -> None:
    rows = [
        visit("a 2023-03-20", "JP Fumio Kishida/leader", "KR", "2023-03-16"),
        visit("b 2023-10-20", "JP Fumio Kishida/leader", "KR", "2023-10-05"),
        visit("c 2024-02-20", "JP Kishida/leader", "KR", "2023"),
    ]
    merged = merge(rows)
    assert len(merged.clusters) == 3
    assert {frozenset((p.first, p.second)) for p in merged.proposals} == {
        frozenset({rows[0].id, rows[2].id}), frozenset({rows[1].id, rows[2].id})
    }  # fmt: skip


def test_direction_people_and_rank_part() -> None:
    assert apart(visit("a", "RU Sergei Lavrov", "CN", "2024-04-08"), visit("b", "CN Wang Yi", "RU", "2024-04-08"))
    assert apart(visit("a", "RU Sergei Lavrov", "CN", "2024-04-08"), visit("b", "RU Sergei Shoigu", "CN", "2024-04-08"))
    assert apart(visit("a", "RU /leader", "CN", "2024-05"), visit("b", "RU /minister", "CN", "2024-05"))
    assert apart(
        visit("a", "KP /delegation", "RU", "2024-04", delegation="health"),
        visit("b", "KP /delegation", "RU", "2024-04", delegation="education"),
    )


def test_a_meeting_elsewhere_is_no_part_of_a_visit() -> None:
    """Guest and host meet at a summit in a third country in the month of the visit."""
    visited = visit(
        "a 2023-05-21", "DE Olaf Scholz/leader", "KR", "2023-05-21", place="Seoul", hosts="KR Yoon Suk Yeol/leader"
    )
    people = "DE Olaf Scholz/leader, KR Yoon Suk Yeol/leader"
    assert apart(visited, told("b 2023-05-22", "meeting", people, "2023-05", place="Hiroshima"))
    elsewhere = told("c 2023-05-22", "meeting", people, "2023-05-20", host_country="JP", place="Hiroshima")
    assert apart(visited, elsewhere)
    assert together(visited, told("d 2023-05-22", "meeting", people, "2023-05-21", host_country="KR", place="Paju"))
    assert together(visited, told("e 2023-05-22", "meeting", people, "2023-05-21"))


@pytest.mark.parametrize(
    ("surname", "country", "person"),
    [
        ("Kishida", "JP", "jp-fumio-kishida"),  # whose consonants are those of Kazuo Ueda, written as one word
        ("Кисида", "JP", "jp-fumio-kishida"),
        ("기시다", "JP", "jp-fumio-kishida"),
        ("Biden", "US", "us-joe-biden"),
        ("바이든", "US", "us-joe-biden"),
        ("Macron", "FR", "fr-emmanuel-macron"),
        ("Scholz", "DE", "de-olaf-scholz"),
        ("Kim", "KP", None),
    ],
)
def test_a_surname_alone_is_the_one_in_office(surname: str, country: str, person: str | None) -> None:
    found = Identifier(load()).decide(Participation(country, surname, None, "leader"), "2023-08-18")
    assert found.person == person, found.score


def test_a_call_is_no_meeting() -> None:
    people = "KR Cho Tae-yul/minister, CN Wang Yi/minister"
    assert apart(told("a", "call", people, "2024-02-06"), told("b", "meeting", people, "2024-02-06"))
    assert together(told("a", "call", people, "2024-02-06"), told("b", "call", "CN 왕이, KR 조태열", "2024-02-06"))


def test_a_meeting_in_the_host_country_is_the_visit() -> None:
    merged = merge(
        [
            visit("a", "KR Cho Tae-yul/minister", "CN", "2024-05-13/2024-05-14", place="Beijing"),
            told("b", "meeting", "KR Чо Тхэ Ёль/minister, CN Ван И/minister", "2024-05-13"),
        ]
    )
    (encounter,) = map(merged_value, merged.clusters)
    assert (encounter.kind, encounter.host_country) == ("visit", "CN")
    assert [person.name for person in encounter.guests] == ["Чо Тхэ Ёль"] or encounter.guests[0].name == "Cho Tae-yul"
    assert [person.name for person in encounter.hosts] == ["Ван И"]


def test_a_third_country_meeting_is_no_visit() -> None:
    people = "RU Sergei Lavrov, CN Wang Yi"
    assert apart(
        visit("a", "RU Sergei Lavrov", "CN", "2024-07-25"),
        told("b", "meeting", people, "2024-07-25", host_country="LA"),
    )


def test_two_trilaterals_of_one_day_differ_by_their_sides() -> None:
    first = told("a", "meeting", "KR Shin Won-sik, US Lloyd Austin, JP Minoru Kihara", "2024-06-02", host_country="SG")
    second = told("a", "meeting", "KR Shin Won-sik, AU Richard Marles, JP Minoru Kihara", "2024-06-02", start=9,
                  host_country="SG")  # fmt: skip
    assert apart(first, second)


def test_undated_reports_need_exactly_one_fit() -> None:
    earlier = visit("a 2024-05-03", "US Antony Blinken/minister", "CN", "2024-04-24/2024-04-26")
    later = visit("b 2024-10-02", "US Antony Blinken/minister", "CN", "2024-10-01")
    recent = visit("c 2024-04-27", "US Blinken/minister", "CN", None)
    assert len(merge([earlier, recent]).clusters) == 1
    found = groups(merge([earlier, later, recent]))
    assert frozenset({earlier.id, recent.id}) in found
    assert apart(earlier, visit("d 2022-01-01", "US Blinken/minister", "CN", None))  # it had not been yet
    unpublished = visit("e", "US Blinken/minister", "CN", None)
    assert len(merge([earlier, later, unpublished]).clusters) == 3


def test_one_article_does_not_tell_one_encounter_twice() -> None:
    calls = [told("a 2024-02-20", "meeting", "KR /leader, DE /leader", "2024-02-20", start=at) for at in (1, 40)]
    assert apart(*calls)
    lead = visit("a 2024-06-20", "RU Wladimir Putin/leader", "KP", "2024-06-17/2024-06-23", start=1)
    bullet = visit("a 2024-06-20", "RU Wladimir Putin/leader", "KP", "2024-06", start=400)
    assert together(lead, bullet)


def test_status_rule() -> None:
    def status(*said: tuple[Status, str]) -> str:
        rows = [
            visit(f"a{at} {published}", "DE Olaf Scholz/leader", "KR", "2024-02-18", status)
            for at, (status, published) in enumerate(said)
        ]
        (cluster,) = merge(rows).clusters
        return merged_value(cluster).status

    assert status(("planned", "2024-02-01"), ("held", "2024-02-19")) == "held"
    assert status(("held", "2024-02-19"), ("planned", "2024-02-01")) == "held"
    assert status(("planned", "2024-02-01"), ("cancelled", "2024-02-14")) == "cancelled"
    assert status(("planned", "2024-02-01"), ("cancelled", "2024-02-05"), ("planned", "2024-02-09")) == "planned"
    assert status(("cancelled", "2024-02-10"), ("held", "2024-02-19")) == "held"
    assert status(("held", "2024-02-19"), ("cancelled", "2024-02-20")) == "disputed"
    assert status(("proposed", "2024-01-01"), ("planned", "2024-02-01")) == "planned"
    assert status(("held", "2024-02-18"), ("disputed", "2024-02-19")) == "disputed"


def test_the_majority_of_independent_sources_gives_the_day() -> None:
    copied = signature("The minister arrived in Seoul on Tuesday and will stay for two days of talks. " * 20)
    rows = [
        visit("a 2024-02-20", "DE Olaf Scholz", "KR", "2024-02-18", signature=copied, place="Seoul"),
        visit("b 2024-02-20", "DE Olaf Scholz", "KR", "2024-02-18", signature=copied, place="Seoul"),
        visit("c 2024-02-21", "DE Олаф Шольц", "KR", "2024-02-19", place="Сеул"),
        visit("d 2024-02-22", "DE 올라프 숄츠", "KR", "2024-02-19", place="부산"),
        visit("e 2024-03-09", "DE Scholz", "KR", "2024-02"),
    ]
    (cluster,) = merge(rows).clusters
    encounter = merged_value(cluster)
    assert encounter.date == "2024-02-19"
    assert encounter.place == Place("Seoul", "Seoul", "KR")
    assert len(encounter.guests) == 1
    assert set(encounter.names) == {"Olaf Scholz", "Олаф Шольц", "올라프 숄츠", "Scholz"}
    assert [source.key for source in encounter.sources] == ["a", "b", "c", "d", "e"]
    assert encounter.copies == ("b",)
    assert encounter.id == rows[0].id


def test_conflicting_values_stay_side_by_side() -> None:
    (cluster,) = merge(LAVROV).clusters
    dates = {source.report.date for source in merged_value(cluster).sources}
    assert dates == {"2023-10-18/2023-10-19", "2023-10-18", "2023-10-19", "2023-10"}


def test_a_summit_is_the_parent_of_its_bilaterals() -> None:
    rows = [
        told("a", "meeting", "KR Yoon Suk Yeol, JP Fumio Kishida, CN Li Qiang", "2024-05-27", host_country="KR"),
        visit("b", "CN Li Qiang", "KR", "2024-05-26/2024-05-27"),
        visit("c", "JP Fumio Kishida", "KR", "2024-05-26"),
        visit("d", "JP Fumio Kishida", "KR", "2024-09-06"),
    ]
    encounters = [merged_value(cluster) for cluster in merge(rows).clusters]
    assert parents(encounters) == {rows[1].id: rows[0].id, rows[2].id: rows[0].id}


def judged(a: Statement, b: Statement, verdict: str, time: str = "2024-01-01") -> Judgement:
    return Judgement(f"j{time}", a.id, verdict, "editor", time, b.id)


def test_judgements_override_and_the_later_holds() -> None:
    first = visit("a", "RU Sergei Lavrov", "KP", "2023-10-18")
    second = visit("b", "RU Sergej Lawrow", "KP", "2023-10-18")
    other = visit("c", "RU Sergei Shoigu", "KP", "2023-07-25")
    assert len(merge([first, second], [judged(first, second, "different")]).clusters) == 2
    assert len(merge([first, other], [judged(first, other, "same")]).clusters) == 1
    changed = [judged(first, other, "same"), judged(first, other, "different", "2024-02-02")]
    assert len(merge([first, other], changed).clusters) == 2
    assert len(merge([first, other], [judged(first, second, "same")]).clusters) == 2  # the other one is not there


def test_what_was_judged_is_not_proposed_again() -> None:
    first = visit("a 2023-05-01", "RU /delegation", "KP", "2023-05")
    second = visit("b 2023-05-02", "RU /delegation", "KP", "2023-05")
    (proposal,) = merge([first, second]).proposals
    assert {proposal.first, proposal.second} == {first.id, second.id}
    assert "people unknown" in proposal.score.detail
    for verdict in ("unsure", "different"):
        assert merge([first, second], [judged(first, second, verdict)]).proposals == ()


NAMES = ["RU Sergei Lavrov/minister", "RU Sergej Lawrow/minister", "RU Лавров/minister", "RU /minister", "RU Шойгу"]
DATES = ["2023-10-18", "2023-10-19", "2023-10", "2023-11-02", "2023", "2023-10-18/2023-10-20", None]


@st.composite
def made_statements(draw: st.DrawFn) -> list[Statement]:
    statuses: list[Status] = ["held", "held", "planned", "cancelled", "proposed"]
    rows = []
    for at in range(draw(st.integers(1, 9))):
        article = f"k{draw(st.integers(0, 5))} {draw(st.sampled_from(['2023-10-20', '2023-10', '2024-01-05', '']))}"
        kind: Kind = draw(st.sampled_from(["visit", "meeting"]))
        guests = draw(st.sampled_from(NAMES))
        rows.append(
            told(
                article,
                kind,
                guests if kind == "visit" else f"{guests}, KP Choe Son Hui/minister",
                draw(st.sampled_from(DATES)),
                draw(st.sampled_from(statuses)),
                start=at,
                host_country="KP" if kind == "visit" else None,
            )
        )
    return rows


@settings(max_examples=120, deadline=None)
@given(made_statements(), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_merging_again_changes_nothing(rows: list[Statement], chance: random.Random) -> None:
    shuffled = rows[:]
    chance.shuffle(shuffled)
    once = merge(rows)
    assert merge(shuffled) == once
    assert merge([*rows, *rows]) == once


class Shelf:
    """A store of statements under their keys, as `extend` wants it."""

    def __init__(self) -> None:
        self.rows: dict[str, Statement] = {}
        self.clusters: dict[str, frozenset[str]] = {}

    def fetch(self, keys: frozenset[str]) -> Iterable[Statement]:
        return [row for row in self.rows.values() if filed_under(row) & keys]

    def add(
        self, new: Sequence[Statement], gone: Sequence[Statement] = (), judgements: Sequence[Judgement] = ()
    ) -> None:
        for row in gone:
            self.rows.pop(row.id, None)
        merged = extend(new, self.fetch, judgements, gone)
        self.rows.update((row.id, row) for row in new)
        touched = {row.id for cluster in merged.clusters for row in cluster.statements} | {row.id for row in gone}
        self.clusters = {id: members for id, members in self.clusters.items() if not members & touched}
        for cluster in merged.clusters:
            self.clusters[cluster.id] = frozenset(row.id for row in cluster.statements)


@settings(max_examples=120, deadline=None)
@given(made_statements(), st.randoms(use_true_random=False), st.booleans())
def test_growing_gives_what_rebuilding_gives(rows: list[Statement], chance: random.Random, judge: bool) -> None:
    judgements = (
        [judged(rows[0], rows[-1], "same"), judged(rows[0], rows[len(rows) // 2], "different")] if judge else []
    )
    judgements = [judgement for judgement in judgements if judgement.subject != judgement.object]
    shelf, order = Shelf(), rows[:]
    chance.shuffle(order)
    for row in order:
        shelf.add([row], judgements=judgements)
    assert set(shelf.clusters.values()) == groups(merge(rows, judgements))
    shelf.add([], gone=[order[0]], judgements=judgements)
    assert set(shelf.clusters.values()) == groups(merge(order[1:], judgements))


def test_ids_depend_on_article_and_place_only() -> None:
    quote = Quote(10, 20, "x" * 10)
    report = Report("visit", "held", (Participation("RU", "Sergei Lavrov"),), (), (quote,), "2023-10", "KP")
    article = Article("sha256:1", "…", "a.txt", published="2023-11-01", key="a")
    first = statements(Reading(article, (report, report), ()))
    again = statements(Reading(article, (report,), ()))
    assert first[0] == again[0]
    assert first[0].id != first[1].id
    assert first[0].id.startswith("e") and first[0].id.isalnum() and first[0].id.islower()


TITLES = ("Foreign Minister", "Außenminister", "top diplomat")


def participation(title: str) -> Participation:
    return Participation("RU", None, title, "minister")


def test_office_holders_are_known_by_name_and_by_office() -> None:
    identifier = Identifier(load(), {"foreign minister": "foreign-minister"}.get)
    rows = [
        visit("a 2023-10-19", "RU Sergej Lawrow/minister", "KP", "2023-10-18"),
        visit("b 2023-10-19", "RU Лавров/minister", "KP", "2023-10-18"),
    ]
    known = {identifier.identify(row)[0].report.guests[0].person for row in rows}
    assert len(known) == 1 and None not in known
    unnamed = Participation("RU", None, "foreign minister", "minister")
    decision = identifier.decide(unnamed, "2023-10-18")
    assert {decision.person} == known
    assert "foreign-minister of RU" in decision.score.detail
    assert {identifier_of_all(load()).decide(participation(title), "2023-10-18").person for title in TITLES} == known
    assert identifier.decide(unnamed, None).person is None
    assert identifier.decide(Participation("RU", "Ivan Nobody"), "2023").person is None


def test_one_caption_for_all_spellings() -> None:
    printed = [
        Printed("RU", "Oleg Koschemjako", 9), Printed("RU", "Oleg Kozhemyako", 2), Printed("RU", "Олег Кожемяко", 5),
        Printed("RU", "Koschemjako", 4), Printed("KP", "김정은"), Printed("KP", "Kim Jong Un"), Printed("KP", "Kim Jong Il"),
    ]  # fmt: skip
    people = register(printed, load())
    assert people == register(reversed(printed), load())
    governor = people.by_name["RU", "Koschemjako"]
    assert governor.caption == "Oleg Kozhemyako"
    assert len(governor.names) == 4
    assert people.by_name["KP", "김정은"] == people.by_name["KP", "Kim Jong Un"]
    assert people.by_name["KP", "Kim Jong Il"] != people.by_name["KP", "Kim Jong Un"]
    assert caption({"Олег Кожемяко": 1}) == "Oleg Kozhemyako"


def test_encounters_are_values() -> None:
    (cluster,) = merge(LAVROV).clusters
    assert isinstance(merged_value(cluster), Encounter)
    assert merged_value(cluster) == merged_value(merge(reversed(LAVROV)).clusters[0])


def test_a_full_name_is_not_known_by_its_surname_alone() -> None:
    identifier = Identifier(load())
    assert identifier.decide(Participation("RU", "Ivan Lavrov", None, "minister"), "2023-10-18").person is None


def test_many_papers_with_one_text_are_quick_and_one() -> None:
    rows = [visit(f"p{at} 2024-06-20", "RU Vladimir Putin/leader", "KP", f"2024-06-{18 + at % 2}") for at in range(800)]
    (cluster,) = merge(rows).clusters
    assert len(cluster.statements) == 800


GOLD = Path(__file__).parents[1].parent / "shared" / "gold" / "merge"


@pytest.mark.skipif(not GOLD.exists(), reason="the development corpus lies beside the repository, not in it")
def test_reports_of_the_development_corpus_come_together() -> None:
    """Perfectly read reports, with names as each article prints them: the upper bound of what merging can reach."""
    rows, encounter = _gold_statements(GOLD)
    home = {row.id: cluster.id for cluster in merge(rows).clusters for row in cluster.statements}
    pairs = [(a.id, b.id) for a, b in itertools.combinations(rows, 2)]
    ours = {pair for pair in pairs if home[pair[0]] == home[pair[1]]}
    wanted = {pair for pair in pairs if encounter[pair[0]] == encounter[pair[1]]}
    assert len(ours & wanted) / len(ours) >= 0.98
    assert len(ours & wanted) / len(wanted) >= 0.95


def _gold_statements(folder: Path) -> tuple[list[Statement], dict[str, str]]:
    lines = (folder / "articles.jsonl").read_text("utf-8").splitlines()
    about = {row["id"]: row for row in map(json.loads, lines)}
    rows, encounter = [], {}
    for gold in json.loads((folder / "record.json").read_text("utf-8")):
        for said in gold["reports"]:
            article = about[said["article"]]
            text = (folder / article["file"]).read_text("utf-8")
            quote = said["evidence"] if isinstance(said["evidence"], str) else said["evidence"][0]
            id = short_id(f"{said['article']}:{quote}:{gold['id']}")
            place = gold.get("place_en")
            report = Report(
                kind=gold["kind"],
                status=said["status"],
                guests=tuple(_printed(p, text) for p in gold["guests"]),
                hosts=tuple(_printed(p, text) for p in gold["hosts"]),
                evidence=(Quote(text.find(quote), text.find(quote) + len(quote), quote),),
                date=gold.get("date"),
                host_country=gold["host_country"],
                place=Place(place, place, gold["host_country"]) if place else None,
            )
            rows.append(Statement(id, article["id"], article["id"], report, 0, article["published"]))
            encounter[id] = gold["id"]
    return rows, encounter


def _printed(gold: dict[str, str], text: str) -> Participation:
    """A participant under the name that the article prints, as far as the authority knows it."""
    name, role = gold.get("name_en"), (gold.get("role_en") or "").lower()
    known = load().find(name) if name else ()
    aliases = [alias for person in known for alias in person.aliases if alias in text]
    leader = (
        any(word in role for word in ("president", "prime minister", "premier", "chancellor")) and "wife" not in role
    )
    level: Level | None = "leader" if leader else "minister" if "minister" in role or "secretary of" in role else None
    return Participation(gold["country"], max(aliases, key=len, default=name), gold.get("role_en"), level)
