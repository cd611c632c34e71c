"""Who may do what, and what is refused."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_site import client, copy

from summitry import UsageError
from summitry.web.accounts import add, listed, remove, revoke
from summitry.web.limits import Rates, visitor
from summitry.web.running import is_loopback

WRITES = ("/read/keep", "/review/undo", "/review/bulk", "/review/e1", "/review/e1/edit", "/e/e1/correct")
FORM = {"text": "x", "verdict": "accept", "field": "date", "reason": "x", "source": "a", "rule": "b"}


@pytest.mark.parametrize("settings", [{"public": True}, {"loopback": False}, {"loopback": False, "public": True}])
@pytest.mark.parametrize("address", WRITES)
def test_nothing_is_written_without_signing_in(path: Path, address: str, settings: dict[str, object]) -> None:
    web = client(path, **settings)
    answer = web.post(address, data=FORM)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")
    assert web.post(address, data=FORM, headers={"Accept": "application/json"}).status_code == 401
    assert web.get("/review").headers["location"].startswith("/sign-in")
    assert "/read/keep" not in web.post("/read", data={"text": "Macron besuchte 2023 Peking und traf Xi Jinping."}).text
    assert web.get("/c/kp-ru").status_code == 200


def test_roles(path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    tokens = {role: add(accounts, role, role) for role in ("reader", "reviewer", "editor", "admin")}
    assert accounts.stat().st_mode & 0o077 == 0
    assert not any(token in accounts.read_text("utf-8") for token in tokens.values())
    web = client(copy(path, tmp_path), public=True, accounts=accounts)

    def status(address: str, role: str) -> int:
        headers = {"Authorization": f"Bearer {tokens[role]}", "Accept": "application/json"}
        return web.post(address, data=FORM | {"text": "Nichts."}, headers=headers).status_code

    assert [status("/review/undo", role) for role in tokens] == [403, 303, 303, 303]
    assert [status("/review/bulk", role) for role in tokens] == [403, 403, 303, 303]
    assert [status("/read/keep", role) for role in tokens] == [403, 403, 303, 303]
    assert (
        web.post("/review/undo", headers={"Authorization": "Bearer wrong", "Accept": "application/json"}).status_code
        == 401
    )
    remove(accounts, "editor")
    with pytest.raises(UsageError):
        remove(accounts, "editor")
    with pytest.raises(UsageError):
        add(accounts, "x", "king")


def test_sessions(path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    token = add(accounts, "Rita", "reviewer")
    web = client(path, public=True, accounts=accounts)
    assert web.post("/sign-in", data={"token": "wrong"}).status_code == 403
    answer = web.post("/sign-in", data={"token": token, "back": "/review"})
    assert answer.headers["location"] == "/review"
    assert "httponly" in answer.headers["set-cookie"].lower() and "samesite=lax" in answer.headers["set-cookie"].lower()
    assert token not in answer.headers["set-cookie"]
    assert "Rita" in web.get("/about").text
    assert web.get("/review").headers["location"].startswith("/review/")
    web.post("/sign-out")
    assert "Rita" not in web.get("/about").text
    forged = client(path, public=True, accounts=accounts)
    forged.cookies.set("session", "IlJpdGEi.forged.signature")
    assert forged.get("/review").headers["location"].startswith("/sign-in")


def test_requests_from_other_sites_are_refused(path: Path) -> None:
    web = client(path)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"},
                    {"Origin": "null"}):  # fmt: skip
        assert web.post("/read", data={"text": "x"}, headers=headers).status_code == 403, headers
    assert web.post("/check", data={"text": "Nichts."}, headers={"Origin": "http://testserver"}).status_code == 200
    assert web.post("/check", data={"text": "Nichts."}, headers={"Sec-Fetch-Site": "same-origin"}).status_code == 200


def test_only_its_own_names_are_answered(path: Path) -> None:
    web = client(path, hosts=())
    assert web.get("/", headers={"Host": "evil.example"}).status_code == 421
    assert web.get("/", headers={"Host": "127.0.0.1:8400"}).status_code == 200
    assert web.get("/", headers={"Host": "[::1]:8400"}).status_code == 200
    assert web.get("/", headers={"Host": "localhost"}).status_code == 200


def test_too_large_and_too_often(path: Path) -> None:
    web = client(path, public=True, per_minute=3, longest=1000)
    assert web.post("/read", data={"text": "x" * 3_000_000}).status_code == 413
    assert web.post("/api/v1/read", json={"text": "x" * 1001}).status_code == 400
    statuses = [web.post("/check", data={"text": "Nichts."}).status_code for _ in range(4)]
    assert statuses[-1] == 429 and statuses[0] == 200
    assert web.get("/c/kp-ru").status_code == 200


def test_everybody_may_ask_only_so_often_but_reading_on_this_machine_is_free(path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    token = add(accounts, "Rita", "reader")
    web = client(path, public=True, accounts=accounts, requests=3)
    answers = [web.get("/about") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60 and "a lot" in answers[-1].text
    assert web.get("/api/v1/people").json()["status"] == 429
    assert web.get("/static/app.css").status_code == 200
    bearer = {"Authorization": f"Bearer {token}"}
    assert [web.get("/about", headers=bearer).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert (
        web.get("/about", headers={"Authorization": "Bearer another"}).status_code == 429
    )  # nobody's token is no way out
    app = web.app
    with TestClient(app, client=("127.0.0.1", 5000), headers={"Accept": "text/html"}) as near:
        assert {near.get("/about").status_code for _ in range(9)} == {200}
        tries = [near.post("/sign-in", data={"token": "x"}).status_code for _ in range(5)]
        assert tries[0] == 403 and tries[-1] == 429


def test_a_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("summitry.web.limits.time.monotonic", lambda: now[0])
    rates = Rates(60)
    assert all(rates.wait("a") == 0 for _ in range(60))
    assert rates.wait("a") == pytest.approx(1.0) and rates.wait("b") == 0
    now[0] = 1.0
    assert rates.wait("a") == 0 and rates.wait("a") > 0
    assert all(Rates(0).wait("a") == 0 for _ in range(100))
    assert visitor("2001:db8:1:2:3::4") == visitor("2001:db8:1:2:ffff::9") != visitor("2001:db8:1:3::4")
    assert visitor("192.0.2.7") != visitor("192.0.2.8")


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.8.8.8"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "example.org"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_behind_a_proxy_any_name_is_answered(path: Path) -> None:
    assert client(path, hosts=(), public=True).get("/", headers={"Host": "news.example"}).status_code == 200
    assert (
        client(path, hosts=("news.example",), public=True).get("/", headers={"Host": "other.example"}).status_code
        == 421
    )


def test_a_token_is_no_stronger_than_its_scope_and_worthless_when_revoked(path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    strong = add(accounts, "Edda", "editor")
    weak = add(accounts, "Edda", "editor", scope="reader")
    old = add(accounts, "Edda", "editor", expires="2001-01-01")
    web = client(copy(path, tmp_path), public=True, accounts=accounts)

    def status(token: str) -> int:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        return web.post("/review/undo", headers=headers).status_code

    assert [status(one) for one in (strong, weak, old)] == [303, 403, 401]
    revoke(accounts, listed(accounts)[0].tokens[0].id)  # while the server runs
    assert [status(one) for one in (strong, weak)] == [401, 403]
    web.post("/sign-in", data={"token": weak})
    assert (
        web.post("/review/undo", headers={"Accept": "application/json"}).status_code == 403
    )  # a session gains nothing
    revoke(accounts, listed(accounts)[0].tokens[0].id)
    assert web.post("/review/undo", headers={"Accept": "application/json"}).status_code == 401
    with pytest.raises(UsageError):
        revoke(accounts, "nothing")
