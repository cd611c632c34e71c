"""Pictures: well-formed, accessible, harmless, and each number equal to the list behind it."""

import re
import tomllib
from collections.abc import Callable
from importlib import resources
from xml.etree import ElementTree as ET

import pytest

from summitry.model import Encounter, Participation, Place
from summitry.publish import languages
from summitry.publish.pictures import (
    Look,
    Table,
    bars,
    bars_table,
    map_table,
    matrix,
    matrix_table,
    outline,
    pairs,
    places,
    stylesheet,
    table_html,
    tally,
    timeline,
    timeline_table,
    world_map,
)  # fmt: skip
from summitry.publish.pictures.projection import HEIGHT, WIDTH, project

SVG = "{http://www.w3.org/2000/svg}"


def visit(ident: str, date: str | None, guest: str = "RU", host: str = "KP", place: str | None = None) -> Encounter:
    where = Place(place, place, host) if place else None
    return Encounter(ident, "visit", "held", (Participation(guest),), (), date, host, where)


def some() -> list[Encounter]:
    call = Encounter("c1", "call", "held", (Participation("US"),), (Participation("RU"),), "2031-07-04")
    return [
        visit("a1", "2031-05", place="Pjöngjang"), visit("a2", "2031-07-03", "KP", "RU", "Perm"),
        visit("a3", "2031-07/2031-08", "KP", "RU"), visit("a4", "2032", "KP", "RU", "Atlantis<b>"), visit("a5", None), call,
    ]  # fmt: skip


def drawn(look: Look) -> dict[str, str]:
    return {
        "bars": bars(tally(some()), look), "timeline": timeline(some(), look), "matrix": matrix(pairs(some()), look),
        "map": world_map(places(some(), look.lang), look),
    }  # fmt: skip


def tables(look: Look) -> dict[str, Table]:
    return {
        "bars": bars_table(tally(some()), look), "timeline": timeline_table(some(), look),
        "matrix": matrix_table(pairs(some()), look), "map": map_table(places(some(), look.lang), look),
    }  # fmt: skip


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("name", ["bars", "timeline", "matrix", "map"])
def test_every_picture_says_what_it_is_and_needs_nothing(name: str, lang: str) -> None:
    picture = drawn(Look(lang=lang, id="p7", link=lambda key: f"#{key}"))[name]
    root = ET.fromstring(picture)
    assert root.get("role") == "group" and root.get("lang") == lang
    labels = [root.find(f"{SVG}title"), root.find(f"{SVG}desc")]
    assert all(label is not None and label.text for label in labels)
    assert (
        root.get("aria-labelledby")
        == "p7-title p7-desc"
        == " ".join(n.get("id") or "" for n in labels if n is not None)
    )
    assert "style=" not in picture and "<script" not in picture and "<style" not in picture
    assert "{" not in picture
    assert all(link.get("aria-label") and link.find(f"{SVG}title") is not None for link in root.iter(f"{SVG}a"))
    assert list(root.iter(f"{SVG}a"))


def test_a_picture_without_links_is_an_image() -> None:
    for picture in drawn(Look(lang="en")).values():
        assert 'role="img"' in picture and "<a " not in picture


def test_no_address_that_runs_something_becomes_a_link() -> None:
    for picture in drawn(Look(lang="en", link=lambda key: "javascript:alert(1)")).values():
        assert "javascript" not in picture
    assert "javascript" not in table_html(tables(Look(lang="en", link=lambda key: "javascript:alert(1)"))["bars"])


def test_bars_and_their_table_count_every_encounter() -> None:
    counts = tally(some(), "month")
    assert counts == {"": 2, "2031-05": 1, "2031-07": 3}
    assert tally(some(), "year") == {"": 1, "2031": 4, "2032": 1}
    rows = bars_table(counts, Look(lang="en")).rows
    assert [(row[0].text, row[1].text) for row in rows] == [
        ("May 2031", "1"), ("June 2031", "0"), ("July 2031", "3"), ("Without an exact date", "2"),
    ]  # fmt: skip
    assert len(re.findall('class="bar"', bars(counts, Look(lang="en")))) == 2


def test_many_months_become_years() -> None:
    far = tally([visit("a", "1990-01"), visit("b", "2031-05")])
    assert far == {"1990": 1, "2031": 1}


def test_the_matrix_counts_visits_by_direction_and_calls_both_ways() -> None:
    counts = pairs(some())
    assert dict(counts) == {("RU", "KP"): 2, ("KP", "RU"): 3, ("US", "RU"): 1, ("RU", "US"): 1}
    table = matrix_table(counts, Look(lang="en", link=lambda key: f"?{key}"))
    assert sum(int(row[-1].text) for row in table.rows) == 7
    cell = next(c for row in table.rows for c in row if c.link == "?KP-RU")
    assert cell.text == "3"


def test_the_matrix_sums_up_what_is_beyond_its_limit() -> None:
    codes = [f"{a}{b}" for a in "ABCDEFG" for b in "ABCDEFGH"]
    table = matrix_table({(code, "XX"): 1 for code in codes}, Look(lang="en"))
    assert len(table.rows) == 41 and table.rows[-1][0].text == "others" and table.rows[-1][-1].text == "16"


def test_the_map_places_what_it_can_and_tells_the_rest() -> None:
    shown = places([*some(), visit("a6", "2031", host="ZZ")], "de")
    assert {(s.key, s.name, s.number, s.exact) for s in shown.spots} == {
        ("KP/Pyongyang", "Pjöngjang", 1, True), ("KP", "Nordkorea", 1, False), ("RU/Perm", "Perm", 1, True),
        ("RU", "Russland", 2, False),
    }  # fmt: skip
    assert shown.missing == 1  # the call has no place, the unknown country no point
    table = map_table(shown, Look(lang="de"))
    assert sum(int(row[1].text) for row in table.rows) == 6
    assert "visionscarto" in world_map(shown, Look(lang="de"))


def test_there_and_back_are_two_arcs() -> None:
    both = places([visit("a", "2031", place="Pjöngjang"), visit("b", "2031", "KP", "RU", "Moskau")], "en")
    arcs = re.findall(r'd="(M[^"]*Q[^"]*)"', world_map(both, Look(lang="en")))
    assert len(arcs) == 2 and len({arc.split("Q")[1].split()[0] for arc in arcs}) == 2


def test_the_projection_keeps_the_world_on_its_sheet() -> None:
    for latitude in (-89, -45, 0, 45, 89):
        for longitude in (-179, -90, 0, 90, 179):
            x, y = project(latitude, longitude)
            assert 0 <= x <= WIDTH and 0 <= y <= HEIGHT
    assert project(55.75, 37.6)[0] > project(48.85, 2.35)[0]


@pytest.mark.parametrize("name", ["bars", "timeline", "matrix", "map"])
def test_tables_have_headings_and_no_markup_of_a_source(name: str) -> None:
    html = table_html(tables(Look(lang="en"))[name])
    root = ET.fromstring(html)
    assert root.find("caption") is not None and root.findall("thead/tr/th[@scope='col']")
    assert all(row.find("th[@scope='row']") is not None for row in root.findall("tbody/tr"))
    assert "<b>" not in html


def test_empty_pictures_are_pictures() -> None:
    look: Callable[[], Look] = lambda: Look(lang="en")  # noqa: E731
    for picture in (bars({}, look()), timeline([], look()), matrix({}, look()), world_map(places([], "en"), look())):
        assert ET.fromstring(picture).tag == f"{SVG}svg"


def test_every_class_of_a_picture_has_a_colour() -> None:
    styled = set(re.findall(r"\.([a-z]+)", stylesheet()))
    used = {
        name
        for p in drawn(Look(lang="en")).values()
        for names in re.findall('class="([^"]+)"', p)
        for name in names.split()
    }
    assert used - styled <= {"lands", "bars", "timeline", "matrix"}


def test_words_for_pictures_are_the_same_keys_in_every_language() -> None:
    keys, losses = [], []
    for lang in languages():
        table = tomllib.loads((resources.files("summitry") / "languages" / lang / "writing.toml").read_text("utf-8"))
        said = table["site"].pop("losses", {})
        losses += [set(said)] if lang != "en" else []  # the English words are the keys
        keys.append(
            (set(table["pictures"]), set(table["site"]), set(table["site"]["kinds"]), set(table["site"]["statuses"]))
        )
    assert all(one == keys[0] for one in keys)
    assert losses[0] and all(one == losses[0] for one in losses)


def test_colours_can_be_told_from_the_paper_in_the_light_and_in_the_dark() -> None:
    """WCAG 2.2: text 4.5 to 1, other marks 3 to 1. What stands alone takes the dark colours where the page allows it."""

    def light(colour: str) -> float:
        full = colour if len(colour) == 7 else "#" + "".join(c * 2 for c in colour[1:])
        parts = [int(full[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    found = re.findall(r"--p-(\w+): var\(--[\w-]+, light-dark\((#\w+), (#\w+)\)\)", stylesheet())
    alone = dict(re.findall(r"--p-(\w+): var\(--[\w-]+, (#\w+)\)", stylesheet()))
    assert (
        {name for name, *_ in found} == set(alone) == {"ink", "soft", "paper", "line", "mark", "land", "other", "sea"}
    )
    assert {name: day for name, day, _ in found} == alone
    for scheme in ({name: day for name, day, _ in found}, {name: night for name, _, night in found}):
        for name, least in (("ink", 4.5), ("soft", 4.5), ("mark", 3.0), ("other", 3.0)):
            for ground in ("paper", "sea", "land") if name in ("ink", "mark") else ("paper",):
                a, b = sorted((light(scheme[name]), light(scheme[ground])))
                assert (b + 0.05) / (a + 0.05) >= least, (name, ground)


def test_seasons_and_weeks_stand_on_the_line_of_time() -> None:
    dated = [visit(f"s{at}", date) for at, date in enumerate(("2031-22", "2031-22~", "2031-05-05/2031-05-11"))]
    for lang in languages():
        assert "2031" in timeline(dated, Look(lang=lang))


def test_a_map_may_take_its_outline_from_a_file_and_no_name_is_cut_off() -> None:
    shown = places([*some(), visit("a7", "2031", "RU", "AU"), visit("a8", "2031", "RU", "NZ")], "de")
    picture = world_map(shown, Look(lang="de", outline="/static/lands.svg"))
    assert picture.count("<use ") == 1 and 'href="/static/lands.svg#lands"' in picture and len(picture) < 20_000
    assert 'id="lands"' in outline() and len(ET.fromstring(outline())[0]) > 150
    left, _, width, _ = map(float, re.findall(r'viewBox="([^"]+)"', picture)[0].split())
    for anchor, name in re.findall(r'<text x="([\d.]+)"[^>]*class="halo"[^>]*>([^<]+)</text>', picture):
        assert left <= float(anchor) <= left + width, name
