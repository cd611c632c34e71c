"""The server is killed while reviewers decide: what was said to be saved is saved, and nothing else is."""

import http.client
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest
from web_site import build, copy, free_port, many_visits

from summitry import Record

CHROMIUM = shutil.which("chromium")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    folder = tmp_path_factory.mktemp("web")
    found = build(folder / "record.db", sample)
    many_visits(found, folder, 56)
    return found


def serve(record: Path, port: int) -> subprocess.Popen[bytes]:
    """The server as a process of its own; returns when it answers."""
    command = [sys.executable, "-m", "summitry", "-R", str(record), "serve", "--no-browser", "--port", str(port)]
    started = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={**os.environ})
    for _ in range(600):
        try:
            ask(port, "GET", "/sign-in")
            return started
        except OSError:
            assert started.poll() is None
            time.sleep(0.1)
    started.kill()
    raise AssertionError("the server does not start")


def ask(port: int, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        headers = {"Accept": "text/html", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, urlencode(form) if form is not None else None, headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


def test_what_was_confirmed_outlives_the_server(path: Path, tmp_path: Path) -> None:
    here, port, chance = copy(path, tmp_path), free_port(), random.Random(7)
    confirmed: list[str] = []
    asked: list[str] = []
    for _ in range(3):
        server = serve(here, port)
        kill = time.monotonic() + chance.uniform(0.5, 1.5)
        try:
            while True:
                item = ask(port, "GET", "/review")[1]
                if time.monotonic() > kill:
                    subprocess.Popen(["sh", "-c", f"sleep 0.0{chance.randrange(10)}; kill -9 {server.pid}"])
                    kill = float("inf")
                asked.append(item.removeprefix("/review/"))
                verdict = "different" if "~" in item else "accept"
                status, _ = ask(port, "POST", item, {"verdict": verdict})
                assert status == 303
                confirmed.append(asked[-1])
        except (OSError, http.client.HTTPException):
            pass  # it is dead, as it should be
        finally:
            server.send_signal(signal.SIGKILL)
            server.wait(20)
    with Record.open(here) as record:
        made = record.judgements(active=True)
        subjects = {one.subject for one in made}
        reports = {one.id: one.encounter for one in record.reports()}
        held = subjects | {str(reports.get(one)) for one in subjects}
    assert len(confirmed) >= 6
    assert all(part in held for item in confirmed for part in item.split("~")[:1])
    assert len(made) <= len(set(asked))  # no decision twice, none that nobody asked for


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_page_whose_server_was_killed_goes_on_when_there_is_one_again(path: Path, tmp_path: Path) -> None:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    from conftest import CHROMIUM_ARGUMENTS

    here, port = copy(path, tmp_path), free_port()
    server = serve(here, port)
    try:
        with sync_api.sync_playwright() as driver:
            page = driver.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGUMENTS).new_page()
            page.goto(f"http://127.0.0.1:{port}/review")
            while "~" in page.url:
                before = page.url
                page.keyboard.press("s")
                page.wait_for_url(lambda url, before=before: url != before)
            item = page.url
            server.send_signal(signal.SIGKILL)
            server.wait(20)
            page.keyboard.press("a")
            page.locator(".status.failed").wait_for()
            assert page.url == item and page.locator("[data-review]").count() == 1
            server = serve(here, port)
            page.keyboard.press("a")
            page.wait_for_url(lambda url: url != item)
            page.context.browser.close()
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait(20)
    with Record.open(here) as record:
        made = [one for one in record.judgements(active=True) if one.verdict == "accept"]
    assert [one.subject for one in made] == [item.rpartition("/")[2]]
