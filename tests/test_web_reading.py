"""What people meet who read with a printer, a screen of strong colours, a small one, a slow line, or the keyboard alone."""

import shutil
from pathlib import Path

import pytest
from web_site import addresses, copy, running

from summitry import Record

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")]
SHIFT = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 150);
})"""


def visible(page: sync_api.Page, selector: str) -> bool:
    return any(one.is_visible() for one in page.locator(selector).all())


def test_paper_holds_the_text_and_no_controls(browser: sync_api.Browser, base: str) -> None:
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(base + "/c/kp-ru")
    assert visible(page, ".entry p") and visible(page, "h1")
    for control in ("header.site", "footer.foot", ".side", ".actions", "button", "input"):
        assert not visible(page, control), control
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('.entry p')).color") == "rgb(0, 0, 0)"
    assert len(page.pdf(format="A4")) > 5_000
    page.goto(base + "/review")
    assert not visible(page, ".bar-keys") and visible(page, ".quote blockquote")
    page.close()


def test_strong_colours_leave_nothing_told_by_colour_alone(browser: sync_api.Browser, base: str) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(base + "/c/kp-ru")
    outline = "one => getComputedStyle(one).outlineStyle + ' ' + getComputedStyle(one).borderBottomStyle"
    assert "solid" in page.locator(".switch [aria-pressed=true]").first.evaluate(outline)
    page.goto(base + "/matrix")
    current = page.locator("nav a[aria-current]").evaluate("one => getComputedStyle(one).borderBottomWidth")
    assert current != "0px"
    page.goto(base + "/review")
    assert page.locator("mark").first.evaluate(outline).startswith("solid")
    page.keyboard.press("Tab")
    assert page.locator(":focus").evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
    page.close()


@pytest.mark.parametrize(("motion", "expected"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_those_who_do_not_want_it(
    browser: sync_api.Browser, base: str, motion: str, expected: str
) -> None:
    page = browser.new_page(reduced_motion=motion)
    page.goto(base + "/")
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == expected
    moving = (
        "[...document.querySelectorAll('*')].filter((one) => getComputedStyle(one).animationName !== 'none').length"
    )
    assert page.evaluate(moving) == 0
    page.close()


@pytest.mark.parametrize("width", [360, 1180])
def test_pages_are_light_and_do_not_jump(browser: sync_api.Browser, base: str, path: Path, width: int) -> None:
    heavy, jumping = {}, {}
    for address in addresses(path):
        context = browser.new_context(viewport={"width": width, "height": 700})
        page = context.new_page()
        sizes: list[int] = []
        page.on("requestfinished", lambda one, sizes=sizes: sizes.append(one.sizes()["responseBodySize"]))
        page.goto(base + address, wait_until="networkidle")
        shift = page.evaluate(SHIFT)
        if sum(sizes) > 150_000 or not sizes:
            heavy[address] = sizes
        if shift > 0.02:
            jumping[address] = shift
        context.close()
    assert heavy == {} and jumping == {}


def test_filters_open_on_demand_on_a_small_screen(browser: sync_api.Browser, base: str) -> None:
    for script in (True, False):
        page = browser.new_context(viewport={"width": 360, "height": 700}, java_script_enabled=script).new_page()
        page.goto(base + "/c/kp-ru")
        assert not page.locator(".side form").is_visible() and page.locator(".entry").first.is_visible()
        page.get_by_role("link", name="Filters").click()
        page.get_by_label("From").fill("2024")
        page.get_by_role("button", name="Apply").click()
        assert "from=2024" in page.url and not page.locator(".side form").is_visible()
        page.get_by_role("link", name="Filters").click()
        page.get_by_role("link", name="Close the filters").click()
        assert not page.locator(".side form").is_visible()
        page.context.close()


def reach(page: sync_api.Page, target: sync_api.Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            assert target.evaluate("one => getComputedStyle(one).outlineStyle") != "none"
            return
    raise AssertionError(f"Tab never reaches {target}")


def test_from_a_pasted_text_to_a_kept_record_by_keyboard_alone(
    browser: sync_api.Browser, path: Path, tmp_path: Path
) -> None:
    with running(copy(path, tmp_path)) as base:
        page = browser.new_page()
        page.goto(base + "/")
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the content"
        page.keyboard.press("Enter")
        reach(page, page.get_by_label("Paste a text"))
        page.keyboard.insert_text(
            "Frankreichs Präsident Emmanuel Macron besuchte am 4. April 2023 Peking und traf Xi Jinping."
        )
        reach(page, page.get_by_role("button", name="Read", exact=True))
        page.keyboard.press("Enter")
        page.wait_for_url("**/read")
        assert page.locator("mark").count() >= 1
        reach(page, page.get_by_label("Title"))
        page.keyboard.type("Macron in Peking")
        reach(page, page.get_by_role("button", name="Keep", exact=True))
        page.keyboard.press("Enter")
        page.wait_for_url("**/d/*")
        assert page.locator("h1").inner_text() == "Macron in Peking"
        reach(page, page.locator("main .entry .meta a").first)
        page.keyboard.press("Enter")
        page.wait_for_url("**/e/*")
        assert page.locator(".quote mark").count() >= 1
        page.close()


def test_the_back_button_leads_to_what_is_true_now(browser: sync_api.Browser, path: Path, tmp_path: Path) -> None:
    here = copy(path, tmp_path)
    with running(here) as base:
        page = browser.new_page()
        page.goto(base + "/c/kp-ru")
        number = page.locator(".entry").count()
        page.get_by_role("radio", name="Russia → North Korea").check()
        page.get_by_role("button", name="Apply").click()
        page.wait_for_url("**direction=RU-KP**")
        assert page.locator(".entry").count() < number
        page.go_back()
        page.wait_for_url("**/c/kp-ru")
        assert page.locator(".entry").count() == number
        page.goto(base + "/review")
        while "~" in page.url:
            before = page.url
            page.keyboard.press("s")
            page.wait_for_url(lambda url, before=before: url != before)
        first = page.url
        page.keyboard.press("a")
        page.wait_for_url(lambda url: url != first)
        second = page.url
        page.keyboard.press("a")
        page.wait_for_url(lambda url: url not in (first, second))
        page.go_back()
        page.wait_for_url(second)
        page.locator(".said", has_text="accepted").wait_for()
        page.go_back()
        page.wait_for_url(first)
        page.locator(".said", has_text="accepted").wait_for()
        page.go_forward()
        page.wait_for_url(second)
        page.locator(".said", has_text="accepted").wait_for()
        page.close()
    with Record.open(here) as record:
        assert [one.verdict for one in record.judgements(active=True)].count("accept") == 2
