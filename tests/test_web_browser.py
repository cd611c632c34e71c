"""The web in a real browser: every page with and without JavaScript, light, dark and narrow; keys; two reviewers."""

import re
import shutil
from pathlib import Path

import pytest
from web_site import addresses, copy, free_port, many_visits, running

from summitry import Record
from summitry.web.accounts import add, listed, revoke

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
PARTS = 4
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def examine(page: sync_api.Page) -> None:
    """Nothing that axe knows is wrong with the page."""
    results = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    found = [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in results.response["violations"]]
    assert found == [], page.url


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_asked_elsewhere(
    browser: sync_api.Browser, base: str, path: Path, scheme: str, part: int
) -> None:
    """In parts, as all pages together take longer than one test may where others use the machine."""
    page = browser.new_page(color_scheme=scheme, viewport={"width": 1180, "height": 900}, bypass_csp=True)
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda line: errors.append(line.text) if line.type == "error" and "404" not in line.text else None
    )
    found = {}
    for address in addresses(path)[part::PARTS]:
        page.goto(base + address)
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
        results = axe.Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        if results.violations_count:
            found[address] = [
                (one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in results.response["violations"]
            ]
    page.close()
    assert found == {}
    assert [url for url in asked if not url.startswith(base)] == []
    assert errors == []


@pytest.mark.parametrize("width", [320, 700, 1180])
@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_no_page_is_wider_than_the_window(
    browser: sync_api.Browser, base: str, path: Path, width: int, script: bool
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, java_script_enabled=script, locale="de-DE")
    page = context.new_page()
    wide, refused = {}, []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    for address in addresses(path):
        page.goto(base + address)
        actual = (
            page.locator("html").evaluate("one => one.scrollWidth")
            if script
            else page.locator("main").bounding_box()["width"]
        )
        if actual > width:
            wide[address] = actual
    context.close()
    assert wide == {}
    assert refused == []


def test_everything_works_without_javascript(browser: sync_api.Browser, path: Path, tmp_path: Path) -> None:
    with running(copy(path, tmp_path)) as base:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.goto(base + "/c/kp-ru")
        page.get_by_role("radio", name=re.compile("Russia → North Korea")).check()
        page.get_by_role("button", name="Apply").click()
        assert "direction=RU-KP" in page.url
        page.goto(base + "/")
        page.get_by_label("Paste a text").fill("Macron besuchte am 4. April 2023 Peking und traf Xi Jinping.")
        page.get_by_role("button", name="Read", exact=True).click()
        assert page.locator("mark").count() >= 1
        page.get_by_role("button", name="Deutsch").click()
        assert page.locator("html").get_attribute("lang") == "de"
        page.goto(base + "/review")
        first = page.url
        page.get_by_role("button", name="Später").click()
        assert page.url != first
        page.get_by_role("button", name="Rückgängig").click()
        assert page.url == first
        page.context.close()


def test_a_hundred_decisions_by_keyboard_alone(browser: sync_api.Browser, path: Path, tmp_path: Path) -> None:
    here = copy(path, tmp_path)
    many_visits(here, tmp_path, 50)
    with running(here) as base:
        page = browser.new_page()
        page.goto(base + "/review")
        for number in range(100):
            before = page.url
            page.keyboard.press("d" if "~" in before else "z" if number % 3 == 2 else "a")
            page.wait_for_url(lambda url, before=before: url != before)
        before = page.url
        page.keyboard.press("x")
        page.keyboard.press("Escape")
        page.keyboard.press("x")
        page.locator("[name=reason]:focus").wait_for()
        page.keyboard.press("2")
        page.wait_for_url(lambda url: url != before)
        page.go_back()
        page.wait_for_url(before)
        page.locator(".said", has_text="misread").wait_for()
        page.close()
    with Record.open(here) as record:
        assert len(record.judgements()) >= 60
        assert any(one.verdict == "withdraw" and one.reason == "misread" for one in record.judgements())


def test_what_cannot_be_saved_stays(browser: sync_api.Browser, path: Path, tmp_path: Path) -> None:
    here = copy(path, tmp_path)
    page = browser.new_page()
    with running(here) as base:
        page.goto(base + "/review")
        before = page.url
    page.keyboard.press("s")  # the server is gone
    page.locator(".status.failed").wait_for()
    assert page.url == before and page.locator("[data-review]").count() == 1
    page.close()
    with Record.open(here) as record:
        assert record.judgements() == []


def test_two_reviewers_at_once(browser: sync_api.Browser, path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    tokens = [add(accounts, name, "reviewer") for name in ("Ada", "Ben")]
    here = copy(path, tmp_path)
    with running(here, accounts=accounts) as base:
        pages = []
        for token in tokens:
            page = browser.new_context().new_page()
            page.goto(base + "/review")
            page.get_by_label("Token").fill(token)
            page.get_by_role("main").get_by_role("button", name="Sign in").click()
            page.wait_for_url("**/review/*")
            pages.append(page)
        seen: list[str] = []
        for _ in range(5):
            seen += [page.url for page in pages]
            for page in pages:
                before = page.url
                page.keyboard.press("d" if "~" in before else "a")
                page.wait_for_url(lambda url, before=before: url != before)
        assert len(set(seen)) == len(seen)
        for page in pages:
            page.context.close()


def test_a_passkey_is_made_and_signs_in(browser: sync_api.Browser, path: Path, tmp_path: Path) -> None:
    """With the authenticator that Chromium itself has for tests (WebAuthn, chapter 11)."""
    pytest.importorskip("webauthn", reason="webauthn is not installed")
    accounts, settings, port = tmp_path / "accounts.json", tmp_path / "sign-in.toml", free_port()
    token = add(accounts, "Rita", "reviewer")
    settings.write_text(f'address = "http://localhost:{port}"\npasskeys = true\n', "utf-8")
    with running(copy(path, tmp_path), port, public=True, accounts=accounts, identity=settings):
        base = f"http://localhost:{port}"
        context = browser.new_context(bypass_csp=True)  # for axe
        page = context.new_page()
        devices = context.new_cdp_session(page)
        devices.send("WebAuthn.enable")
        key = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
               "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
        device = devices.send("WebAuthn.addVirtualAuthenticator", {"options": key})["authenticatorId"]
        page.goto(base + "/account")
        examine(page)
        page.get_by_label("Token").fill(token)
        page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/account")
        page.get_by_label("Name of the device").fill("Laptop")
        page.get_by_role("button", name="Add a passkey").click()
        page.get_by_role("button", name="Remove Laptop").wait_for()
        examine(page)
        page.get_by_role("button", name="Sign out").click()
        page.goto(base + "/review")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.wait_for_url("**/review/*")
        assert page.locator(".foot").get_by_text("Rita").count() == 1
        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        page.get_by_role("button", name="Sign out").click()
        page.goto(base + "/sign-in")
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.locator(".status.failed").wait_for()
        devices.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
        revoke(accounts, listed(accounts)[0].passkeys[0].id)
        page.goto(base + "/sign-in")  # without the failure before, which would end the wait for the next
        page.get_by_role("button", name="Sign in with a passkey").click()
        page.locator(".status.failed").wait_for()
        assert page.goto(base + "/review") and "/sign-in" in page.url
        context.close()
    lines = (tmp_path / "accounts.json.audit.jsonl").read_text("utf-8")
    assert (
        lines.count('"event":"sign-in"') == 2
        and lines.count('"event":"passkey"') == 1
        and "No account has this passkey" in lines
    )


@pytest.mark.parametrize(("scheme", "width"), [("light", 1180), ("dark", 320)])
def test_axe_finds_nothing_on_pages_of_those_who_sign_in(
    browser: sync_api.Browser, path: Path, tmp_path: Path, scheme: str, width: int
) -> None:
    """Accounts, the audit log, agreement and overruled decisions with something in them; signing in at a provider."""
    pytest.importorskip("authlib", reason="authlib is not installed")
    pytest.importorskip("webauthn", reason="webauthn is not installed")
    accounts, settings, port = tmp_path / "accounts.json", tmp_path / "sign-in.toml", free_port()
    settings.write_text(
        f'address = "http://localhost:{port}"\npasskeys = true\n[provider]\nname = "Desk"\nissuer = "https://i.example"\n'
        'client = "desk"\n',
        "utf-8",
    )
    tokens = {name: add(accounts, name, role, note="laptop") for name, role in (("Ada", "admin"), ("Rita", "reviewer"))}
    with running(copy(path, tmp_path), port, public=True, accounts=accounts, identity=settings, reviewers=2):
        base = f"http://localhost:{port}"
        context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True)
        page = context.new_page()

        def sign_in(name: str) -> None:
            page.goto(base + "/sign-in?back=/review")
            examine(page)
            page.get_by_label("Token").fill(tokens[name])
            page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url("**/review**")

        with Record.open(path) as record:
            first = f"{base}/review/{record.encounters()[-1].id}"
        sign_in("Rita")
        page.goto(first)
        page.get_by_role("button", name=re.compile("Accept")).click()
        page.wait_for_url(lambda url: url != first)
        page.get_by_role("button", name="Sign out").click()
        sign_in("Ada")
        page.goto(first)
        page.locator("summary", has_text="Reject").click()
        page.get_by_role("button", name=re.compile("misread")).first.click()
        page.wait_for_url(lambda url: url != first)
        wide = {}
        for address in ("/account", "/accounts", "/audit", "/review/stats", "/review/overruled", first):
            page.goto(address if address.startswith("http") else base + address)
            page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
            examine(page)
            if (actual := page.evaluate("document.documentElement.scrollWidth")) > width:
                wide[address] = actual
        assert wide == {}
        page.goto(base + "/accounts")
        page.get_by_role("button", name="New token for Rita").click()
        page.get_by_role("status").get_by_text("The new token of Rita").wait_for()
        examine(page)
        context.close()


def test_search_by_key_and_copy(browser: sync_api.Browser, base: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(base + "/c/kp-ru")
    page.get_by_role("button", name="Copy text").click()
    page.locator(".status", has_text="copied").wait_for()
    assert "- " in page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("/")
    page.keyboard.type("Putin")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Putin")
    assert page.locator("main h2").count() >= 1
    context.close()
