"""Render every page in a browser for people to look at: light, dark and narrow.

python tools/screenshots.py RECORD [FOLDER]      # needs `pip install playwright` and Chromium
"""

import shutil
import socket
import sys
import threading
import time
from pathlib import Path

import uvicorn
from playwright.sync_api import Page, sync_playwright

from summitry.web import Settings, create_app

PATHS = (
    "/", "/encounters?from=1900&to=1901", "/encounters?from=gestern", "/pairs", "/countries", "/people", "/matrix", "/map", "/search?q=Macron",
    "/search?q=Nobody", "/sources", "/check", "/claim", "/claims", "/count?from=2024-01-01&unit=delegation", "/data", "/data/api", "/about", "/read", "/review", "/review/stats",
    "/review/overruled", "/sign-in", "/account", "/accounts", "/audit", "/nowhere",
)  # fmt: skip
DRAFT = (
    "Der russische Präsident Wladimir Putin besuchte am 18. Juni 2024 Pjöngjang und traf Kim Jong Un. Es war sein zweiter "
    "Besuch in Nordkorea. Beide Länder haben in diesem Jahr mindestens 18 Delegationen ausgetauscht."
)
LOOKS = {"light": ("light", 1180), "dark": ("dark", 1180), "narrow": ("light", 360)}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def main(record: str, folder: Path) -> None:
    """Serve the record, visit every page, save what it looks like."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_app(record, Settings(loopback=True)), port=port, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.05)
    base = f"http://127.0.0.1:{port}"
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, (scheme, width) in LOOKS.items():
            page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 900}, locale="de-DE")
            for path in (*PATHS, *found(page, base)):
                page.goto(base + path)
                page.screenshot(path=folder / f"{file_name(path)}.{name}.png", full_page=True)
            for path, button in (("/read", "read"), ("/check", "check")):
                page.goto(base + "/")
                page.fill("#paste", DRAFT)
                page.click(f"main form .row button[formaction='{path}']" if button == "check" else "main form .first")
                page.screenshot(path=folder / f"{button}-result.{name}.png", full_page=True)
        browser.close()
    server.should_exit = True


def found(page: Page, base: str) -> list[str]:
    """Pages whose address depends on the record: a pair, an encounter, a country, a person, a document, a verdict."""
    addresses = []
    for start, selector in (
        ("/", ".spread a"), ("/encounters", ".meta a"), ("/countries", "main li a"), ("/people", "tbody a"), ("/sources", "tbody a"),
        ("/claims", ".plain a"),
    ):  # fmt: skip
        page.goto(base + start)
        link = page.query_selector(selector)
        if link:
            addresses.append(str(link.get_attribute("href")))
    return addresses


def file_name(path: str) -> str:
    """A short name for the picture of a page."""
    plain = "".join(char if char.isalnum() else "-" for char in path).strip("-") or "home"
    return plain[:40]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2] if len(sys.argv) > 2 else "screenshots"))
