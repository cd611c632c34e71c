"""What visitors do wrong is said in their language, keeps what they typed, and never looks like an answer."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_site import build, client

from summitry.web.i18n import functions
from summitry.web.mistakes import _TEMPLATES, translated

ASKED = (
    "/c/xx-yy", "/c/de-fr-pl-gb", "/country/Absurdistan", "/encounters?from=gestern", "/encounters?from=2024-02-31",
    "/encounters?from=2024&to=2023", "/encounters?foo=1", "/encounters?direction=RU", "/encounters?level=boss",
    "/encounters?kind=x", "/encounters?status=x", "/encounters?page=0", "/encounters?page=abc", "/count?unit=x",
    "/count?exclude=x", "/claim?type=x", "/claim?type=count&value=abc", "/claim?type=count&value=1&operator=zz",
)  # fmt: skip
GIVEN = (
    ("/read", {"text": "   "}), ("/read", {"text": "Merz traf Macron.", "published": "morgen"}),
    ("/read", {"text": "Привет, президент России посетил Китай и встретился с председателем."}), ("/check", {}),
    ("/check", {"text": "x" * 200_001}),
)  # fmt: skip


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> TestClient:
    return client(build(tmp_path_factory.mktemp("mistakes") / "r.db", sample), "de")


def said(page: str) -> str:
    found = re.search(r'<p class="problem">(.*?)</p>', page, re.DOTALL)
    assert found
    return found[1].strip()


@pytest.mark.parametrize("path", ASKED)
def test_a_german_page_says_in_german_what_is_wrong(german: TestClient, path: str) -> None:
    answer = german.get(path)
    assert answer.status_code == 400
    assert not re.search(r"\b(the|is|are|choose|should|write|use)\b", said(answer.text).partition(":")[0])


@pytest.mark.parametrize(("path", "form"), GIVEN)
def test_a_text_is_not_lost_by_a_mistake(german: TestClient, path: str, form: dict[str, str]) -> None:
    answer = german.post(path, data=form)
    assert answer.status_code == 400 and not re.search(r"\b(the|is|are|choose|missing)\b", said(answer.text))
    assert f'action="{path}"' in answer.text and form.get("text", "").strip()[:500] in answer.text


def test_programs_get_the_sentence_as_it_is(german: TestClient) -> None:
    answer = german.get("/api/v1/encounters?from=gestern")
    assert answer.status_code == 400 and "is no EDTF date" in answer.json()["error"]


def test_every_template_is_found_again_with_what_was_given() -> None:
    gettext = functions("de")["gettext"]
    for template in _TEMPLATES:
        slots = re.findall(r"%\((\w+)\)s", template)
        given = template % {slot: f"'{slot.upper()}'" for slot in slots}
        answer = translated(given, gettext)
        assert answer != given and all(
            slot.upper() in answer for slot in slots if slot != "known" or "lang" not in given
        )
    assert translated("Nothing like it.", gettext) == "Nothing like it."


def test_dates_may_be_typed_with_full_stops_and_countries_by_name(german: TestClient) -> None:
    both = german.get("/encounters?between=Deutschland,%20Frankreich&from=1.1.2024&to=12.2024")
    assert both.status_code == 200 and "2024" in both.text
    codes = german.get("/encounters?between=DE,FR&from=2024-01-01&to=2024-12")
    number = re.compile(r'<p class="sum">.*?</p>', re.DOTALL)
    strip = re.compile(r"<[^>]+>")
    assert [strip.sub("", one) for one in number.findall(both.text)] == [
        strip.sub("", one) for one in number.findall(codes.text)
    ]


def test_a_page_too_far_is_the_last_one(german: TestClient) -> None:
    assert "Macron" in german.get("/claims?page=99").text or "Behauptung" in german.get("/claims?page=99").text
    assert german.get("/sources?page=99").text.count("<tr>") == german.get("/sources").text.count("<tr>") > 5
