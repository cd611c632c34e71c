"""Pages, data and API of the web over a small record."""

import asyncio
import re
import time
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from starlette.testclient import TestClient
from web_site import client, copy

from summitry import Record, ask
from summitry.ask import Query
from summitry.model import Coverage, Judgement
from summitry.web import Settings, create_app
from summitry.web.marking import Span, pieces
from summitry.web.views import environment
from summitry.web.warming import PAGES as WARMED
from summitry.web.warming import visit, warm

PAGES = (
    "/", "/c/kp-ru", "/c/ru", "/c/kp-ru?direction=RU-KP&from=2023-07&status=held", "/encounters", "/encounters?q=Putin&page=1",
    "/pairs", "/countries", "/country/ru", "/people", "/p/ru-vladimir-putin", "/matrix", "/matrix?from=2024", "/map", "/map?between=KP,RU",
    "/search", "/search?q=Путин", "/search?q=Putin", "/sources", "/sources?q=merz", "/check", "/claim", "/claims", "/data", "/data/api",
    "/count?between=KP,RU&unit=delegation&exclude=leaders", "/about", "/read", "/sign-in", "/account", "/audit", "/review/stats", "/review/overruled", "/encounters?from=1500&to=1501",
    "/claim?type=count&value=2&operator=%3E%3D&between=KP,RU&from=2024-01-01&to=2024-06-20",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(path: Path) -> TestClient:
    return client(path)


class Checked(HTMLParser):
    """Collects what a strict policy or a screen reader would stumble over."""

    def __init__(self) -> None:
        super().__init__()
        self.problems: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if "style" in given or tag == "style":
            self.problems.append(f"inline style in {tag}")
        if tag == "script" and not given.get("src"):
            self.problems.append("inline script")
        self.problems += [f"handler {name}" for name in given if name.startswith("on")]
        self.problems += [f"{tag} from elsewhere" for name in ("src",) if str(given.get(name, "")).startswith("http")]
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))


def examined(text: str) -> Checked:
    found = Checked()
    found.feed(text)
    return found


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages_and_keeps_the_policy(
    path: Path, site: TestClient, page: str, language: str
) -> None:
    answer = site.get(page, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.text[:500]
    assert f'<html lang="{language}"' in answer.text
    found = examined(answer.text)
    assert found.problems == []
    assert len(found.ids) == len(set(found.ids))
    assert len(answer.content) < 150_000
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_every_link_of_every_page_leads_somewhere(site: TestClient) -> None:
    seen: set[str] = set()
    for page in PAGES:
        seen |= {one.partition("#")[0] for one in examined(site.get(page).text).links if one.startswith("/")}
    broken = {}
    for link in sorted(seen - {""}):
        status = site.get(link).status_code
        if status not in (200, 303, 307, 308) and "parquet" not in link:
            broken[link] = status
    assert broken == {}


def test_every_number_has_the_length_of_its_list(site: TestClient) -> None:
    for page, pattern in (
        ("/countries", r'href="(/country/[^"]+)">[^<]*</a><span class="number">([\d,]+)<'),
        ("/people", r'<td class="number"><a href="(/p/[^"]+)">([\d,]+)<'),
        ("/pairs", r'<td class="number"><a href="(/c/[^"?]+)">([\d,]+)<'),
        ("/pairs", r'</span> <a href="(/c/[^"]+direction=[^"]+)">([\d,]+)<'),
        ("/map", r'<td class="number"><a href="([^"]+)">(\d+)<'),
        ("/matrix", r'<td class="s\d"><a href="([^"]+)">(\d+)<'),
    ):
        numbers = re.findall(pattern, site.get(page).text)
        assert numbers, page
        for link, number in numbers:
            link = link.replace("&amp;", "&")
            assert site.get(link).text.count('<li class="entry') == int(number.replace(",", "")), (page, link)


def test_dates_and_people_are_written_as_people_write_them(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    with Record.open(here) as record:
        record.state_coverage(Coverage(("SE", "NO"), "2020-05", "..", source="a list"))
    web = client(here, "de")
    for page in ("/", "/about"):
        text = web.get(page).text
        assert re.search(r"Mai 2020( – …|</td><td>…)", text) and "2020-05" not in text, page
    found = web.get("/search?q=Macron").text
    assert re.search(r'<a href="/p/fr-emmanuel-macron">', found) and not re.search(r"·\s*</span>", found)


def test_what_a_reviewer_sees_is_in_the_language_of_the_page(tmp_path: Path) -> None:
    text = "French President Emmanuel Macron visited Berlin on May 3, 2023. Officials from Norway visited Stockholm in May 2021."
    web = client(tmp_path / "new.db", "de")
    web.post("/read/keep", data={"text": text, "published": "2023-05-04"})
    pages = [web.get(f"/review/{one}").text for one in re.findall(r'id="(e[a-z0-9]+)"', web.get("/encounters").text)]
    assert len(pages) == 2
    fields = " ".join(re.findall(r"<dt>Gast</dt><dd>(.*?)</dd>", " ".join(pages), re.DOTALL))
    assert "</a>, Präsident (FR)" in fields and "Norwegen" in fields and "(NO)" not in fields


@pytest.mark.parametrize(("tag", "expected"), [("de", "140.310 Besuche"), ("en", "140,310 visits")])
def test_large_numbers_are_grouped_as_the_language_does(tag: str, expected: str) -> None:
    template = '{{ ngettext("%(num)d visit", "%(num)d visits", number) }}'
    assert environment(tag).from_string(template).render(number=140310) == expected


def test_filters_carry_their_numbers(site: TestClient) -> None:
    text = site.get("/c/kp-ru").text
    for value, number in re.findall(r'name="direction" value="([A-Z-]+)">.*?<span class="soft">(\d+)<', text):
        assert site.get(f"/c/kp-ru?direction={value}").text.count('<li class="entry') == int(number)


@pytest.mark.parametrize("extension", ["json", "csv", "atom", "ics", "geojson", "txt", "md", "docx", "jsonl", "jsonld"])
@pytest.mark.parametrize("stem", ["/c/kp-ru", "/encounters", "/p/ru-vladimir-putin"])
def test_every_list_is_also_data(site: TestClient, stem: str, extension: str) -> None:
    answer = site.get(f"{stem}.{extension}")
    assert answer.status_code == 200
    assert answer.content
    number = site.get(stem).text.count('<li class="entry')
    if extension in ("json", "geojson"):
        assert len(answer.json()["encounters" if extension == "json" else "features"]) == number
    elif extension == "atom":
        assert len(ET.fromstring(answer.content).findall("{http://www.w3.org/2005/Atom}entry")) == number


def test_unknown_parameters_and_values_are_errors(site: TestClient) -> None:
    for address in ("/c/kp-ru?foo=1", "/encounters?status=maybe", "/c/kp-xx", "/encounters?from=gestern", "/about?x=1",
                    "/encounters?page=0", "/encounters?level=king", "/count?unit=dozen", "/count?from=2024&to=2023"):  # fmt: skip
        assert site.get(address).status_code == 400, address
    answer = site.get("/api/v1/encounters?foo=1")
    assert (answer.status_code, answer.json()["status"]) == (400, 400)
    assert "foo" in answer.json()["error"]
    assert site.get("/c/kp-ru.json?foo=1").json()["status"] == 400
    assert site.get("/nowhere").status_code == 404


def test_codes_in_any_order_lead_to_one_address(site: TestClient) -> None:
    answer = site.get("/c/RU-kp?from=2024")
    assert (answer.status_code, answer.headers["location"]) == (308, "/c/kp-ru?from=2024")


def test_what_comes_from_sources_is_escaped(tmp_path: Path, path: Path) -> None:
    web = client(copy(path, tmp_path))
    nasty = '<script>alert(1)</script> Der russische Außenminister Sergej Lawrow besuchte am 3. Mai 2024 <b onclick="x()">Peking</b>.'
    for answer in (web.post("/read", data={"text": nasty}), web.post("/check", data={"text": nasty}),
                   web.get("/search", params={"q": nasty}), web.get("/claim", params={"type": "count", "text": nasty})):  # fmt: skip
        assert answer.status_code == 200
        assert examined(answer.text).problems == []
        assert "<script>alert" not in answer.text
    kept = web.post("/read/keep", data={"text": nasty, "title": nasty, "source": "javascript:alert(1)"})
    assert kept.status_code == 303
    page = web.get(kept.headers["location"])
    assert examined(page.text).problems == []
    assert "javascript:" not in page.text.replace("javascript:alert(1)</", "")


def test_paste_and_see_and_keep(tmp_path: Path, path: Path) -> None:
    web = client(copy(path, tmp_path), "de")
    text = "Frankreichs Präsident Emmanuel Macron besuchte am 4. April 2023 Peking und traf Xi Jinping."
    seen = web.post("/read", data={"text": text, "published": "2023-04-05"})
    assert "<mark" in seen.text and "4. April 2023" in seen.text and "Präsidenten Xi Jinping" in seen.text
    before = web.get("/c/cn-fr").text.count('<li class="entry')
    kept = web.post("/read/keep", data={"text": text, "published": "2023-04-05", "title": "Macron in Peking"})
    assert "Macron in Peking" in web.get(kept.headers["location"]).text
    assert web.get("/c/cn-fr").text.count('<li class="entry') == before + 1
    assert web.get("/c/cn-fr").text.count('<li class="entry') == web.get("/c/cn-fr.json").text.count('"id": "e')
    for bad in ({"text": " "}, {"text": text, "published": "gestern"}, {"url": "http://127.0.0.1/"}):
        assert web.post("/read", data=bad).status_code == 400


def test_a_draft_is_checked_and_every_verdict_has_an_address(site: TestClient) -> None:
    draft = "Nordkorea und Russland haben 2024 genau 99 Delegationen ausgetauscht."
    answer = site.post("/check", data={"text": draft, "published": "2024-06-20"})
    assert answer.status_code == 200
    links = [one for one in examined(answer.text).links if one.startswith("/claim?")]
    assert links
    page = site.get(links[0])
    words = re.findall(r'class="verdict ([\w-]+)"', answer.text)
    assert re.findall(r'class="verdict ([\w-]+)"', page.text) == words[:1]
    assert (
        site.post("/api/v1/check", json={"text": draft, "published": "2024-06-20"}).json()["verdicts"][0]["verdict"]
        == words[0]
    )


def test_merged_ids_lead_on_and_withdrawn_ones_say_why(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    with Record.open(here) as record:
        one, other = (record.encounters()[at] for at in (3, 4))
        record.judge(Judgement(id="", subject=one.id, verdict="withdraw", author="t", time="", reason="Das war keine."))
        behind = [
            stored.id for found in (other, record.encounters()[6]) for stored in record.reports(encounters=[found.id])
        ]
        gone = record.encounters()[6].id
        merged = record.encounter(other.id)
        assert merged is not None
        record.save_encounters([(merged, behind)])
    web = client(here)
    answer = web.get(f"/e/{one.id}")
    assert answer.status_code == 410 and "Das war keine." in answer.text
    led = web.get(f"/e/{gone}")
    assert (led.status_code, led.headers["location"]) == (308, f"/e/{other.id}")
    assert web.get("/e/e000").status_code == 404


def test_a_correction_is_one_field_with_a_reason(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    web = client(here)
    with Record.open(here) as record:
        identity = next(one.id for one in record.encounters() if one.guests and one.guests[0].name)
    assert (
        web.post(f"/e/{identity}/correct", data={"field": "date", "value": "2020-02-30", "reason": "x"}).status_code
        == 400
    )
    assert (
        web.post(f"/e/{identity}/correct", data={"field": "date", "value": "2020-02-03", "reason": " "}).status_code
        == 400
    )
    answer = web.post(f"/e/{identity}/correct", data={"field": "date", "value": "2020-02-03", "reason": "Protokoll"})
    assert answer.status_code == 303
    page = web.get(answer.headers["location"]).text
    assert "2020-02-03" in page and "Protokoll" in page


def test_the_api_answers_as_promised(site: TestClient) -> None:
    first = site.get("/api/v1/encounters?between=KP,RU&limit=2").json()
    assert len(first["encounters"]) == 2 and {"id", "kind", "status", "reports"} <= set(first["encounters"][0])
    collected, following = [], "/api/v1/encounters?between=KP,RU&limit=2"
    while following:
        part = site.get(following).json()
        collected += [one["id"] for one in part["encounters"]]
        following = part["next"]
    assert len(collected) == len(set(collected)) == first["total"]
    count = site.get("/api/v1/count?between=KP,RU&from=2024-01-01&to=2024-06-20&unit=delegation").json()
    assert count["low"] <= count["high"] == len(count["encounters"])
    assert site.get("/api/v1/people").json()["people"][0]["id"]
    assert site.get("/api/v1/sources?limit=1").json()["next"]
    read = site.post(
        "/api/v1/read", json={"text": "Macron besuchte am 4. April 2023 Peking.", "published": "2023-04-05"}
    ).json()
    assert {"document", "encounters", "claims"} == set(read)
    assert site.post("/api/v1/read", json={"text": ""}).json()["status"] == 400
    assert site.post("/api/v1/read", json={"text": "x", "more": 1}).status_code == 400
    described = site.get("/openapi.json").json()
    assert {"/api/v1/encounters", "/api/v1/count", "/api/v1/check", "/api/v1/read"} <= set(described["paths"])


def test_a_busy_record_is_no_crash(tmp_path: Path, path: Path) -> None:
    here = copy(path, tmp_path)
    web = client(here)
    web.get("/")
    web.app.state.site.record.close()  # type: ignore[attr-defined]
    here.write_bytes(b"no database at all" * 1000)
    Path(f"{here}-wal").unlink(missing_ok=True)
    answer = web.get("/encounters")
    assert answer.status_code == 503 and "Retry-After" in answer.headers
    assert web.get("/api/v1/encounters").json()["status"] == 503


def test_static_files_are_kept_for_ever_under_their_digest(site: TestClient) -> None:
    address = re.search(r'href="(/static/app\.[0-9a-f]+\.css)"', site.get("/").text)
    assert address
    answer = site.get(address[1])
    assert "immutable" in answer.headers["cache-control"] and "--text" in answer.text and ".picture" in answer.text
    assert "no-cache" in site.get("/static/app.0000000000.css").headers["cache-control"]
    assert site.get("/static/passwd").status_code == 404


def test_language_and_theme_are_chosen_and_remembered(path: Path) -> None:
    web = client(path)
    answer = web.post("/preferences", data={"lang": "de", "theme": "dark", "back": "//elsewhere.example"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    text = web.get("/").text
    assert '<html lang="de" data-theme="dark">' in text
    assert '<html lang="en"' in client(path, "tlh, xx;q=0.9, *;q=0.1").get("/").text
    assert '<html lang="de"' in client(path, "fr-FR;q=0.2, de-AT;q=0.9").get("/").text


def test_what_is_left_of_a_passage_after_a_shorter_one_is_no_link_if_it_is_but_a_full_stop() -> None:
    found = pieces("He met her.", [Span(0, 11, "e", "/e/1"), Span(0, 10, "c", "#c1")])
    assert [(piece.text, piece.span and piece.span.link, piece.begins) for piece in found] == [
        ("He met her", "#c1", True),
        (".", "/e/1", True),
    ]
    found = pieces("So he met her.", [Span(0, 14, "e", "/e/1"), Span(3, 13, "c", "#c1")])
    assert [(piece.text, piece.span and piece.span.link) for piece in found] == [
        ("So ", "/e/1"),
        ("he met her", "#c1"),
        (".", None),
    ]


def test_verdicts_that_take_long_come_with_the_next_view(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summitry.web.pages.claims.PATIENCE", 60.0)
    whole = client(path).get("/claims").text
    assert "being checked" not in whole and whole.count('class="tag') > 2
    monkeypatch.setattr("summitry.web.pages.claims.PATIENCE", -1.0)  # nobody waits
    web = client(path)
    assert web.get("/claims").text.count("being checked") == whole.count('class="tag')
    for _ in range(100):
        later = web.get("/claims").text
        if "being checked" not in later:
            break
        time.sleep(0.05)
    assert later == whole


def test_a_server_that_starts_has_looked_at_every_overview(path: Path) -> None:
    app = create_app(path, Settings(hosts=("news.example",), public=True, requests=1))
    assert {asyncio.run(visit(app, page, "de", "news.example")) for page in WARMED} == {200}
    asyncio.run(warm(app, app.state.site))
    made = app.state.site.figures._overviews
    assert {"figures", "pairs", "directions", "people", "countries", "documents", "names"} <= set(made)
    assert {("latest", "de"), ("latest", "en")} <= set(made)
    assert {key[-1] for key in made if key[0] == "claimed"} == {"de", "en"}


def test_pages_are_sent_compressed(site: TestClient) -> None:
    answer = site.get("/map", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip" and "accept-encoding" in answer.headers["vary"].lower()
    assert "content-encoding" not in site.get("/map", headers={"Accept-Encoding": "identity"}).headers


def test_the_pages_of_a_list_are_the_list(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    for module in ("web.pages.listing", "web.query"):
        monkeypatch.setattr(f"summitry.{module}.PAGE", 4)
    web = client(path)
    shown: list[str] = []
    text, number = 'rel="next"', 0
    while 'rel="next"' in text:
        number += 1
        text = web.get(f"/encounters?page={number}").text
        shown += re.findall(r'<li class="entry[^>]* id="(\w+)"', text)
    with Record.open(path) as record:
        every = ask.find_ids(record, Query())
        assert len(every) > 12 and shown == every
        assert ask.find_ids(record, Query(limit=3, offset=2, back=True)) == every[-5:-2]
