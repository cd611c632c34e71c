"""Signing in at an identity provider (a real one, small, on this machine), own tokens, and the audit log."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient
from web_site import client, copy

from summitry import UsageError
from summitry.web import identity
from summitry.web.accounts import add, listed

pytest.importorskip("authlib", reason="authlib is not installed")
jwt = pytest.importorskip("joserfc.jwt")
jwk = pytest.importorskip("joserfc.jwk")
HERE = "http://testserver"


class Provider:
    """OpenID Connect as its Core 1.0 and RFC 7636 have it: every code once, for one client, with the right verifier."""

    def __init__(self) -> None:
        self.key = jwk.RSAKey.generate_key(2048, parameters={"kid": "k1", "use": "sig"})
        self.codes: dict[str, dict[str, str]] = {}
        self.claims: dict[str, Any] = {}  # what the next token says beside, or instead of, what is right
        self.signed_by = self.key
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def authorize(self, address: str) -> str:
        """What somebody does who is sent there and signs in: gives the address they are sent back to."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{self.issuer}/authorize?")
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", "desk", "S256")
        assert "openid" in asked["scope"].split()
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?code={code}&state={asked['state']}&session_state=theirs"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        asked = self.codes.pop(form.get("code", ""), None)
        expected = base64.b64encode(b"desk:hush").decode()
        if authorization != f"Basic {expected}":
            return 401, {"error": "invalid_client"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or challenge != asked["code_challenge"] or form["redirect_uri"] != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": "desk", "sub": "7", "iat": now, "exp": now + 60, "nonce": asked["nonce"],
                  "email": "rita@example.org", "email_verified": True} | self.claims  # fmt: skip
        signed = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.signed_by)
        return 200, {"access_token": "a", "token_type": "Bearer", "id_token": signed}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                if self.path == "/.well-known/openid-configuration":
                    base = provider.issuer
                    self._say(200, {"issuer": base, "authorization_endpoint": f"{base}/authorize",
                                    "token_endpoint": f"{base}/token", "jwks_uri": f"{base}/keys"})  # fmt: skip
                else:
                    self._say(200, {"keys": [provider.key.as_dict(private=False)]})

            def do_POST(self) -> None:
                given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                form = {name: values[0] for name, values in given.items()}
                self._say(*provider.token(form, self.headers.get("Authorization", "")))

            def _say(self, status: int, body: dict[str, Any]) -> None:
                content = json.dumps(body).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


@pytest.fixture
def provider() -> Iterator[Provider]:
    made = Provider()
    yield made
    made.server.shutdown()
    made.server.server_close()


def site(path: Path, folder: Path, provider: Provider, more: str = "") -> TestClient:
    """A client of a server at which people sign in by the provider."""
    (folder / "desk.secret").write_text("hush\n", "utf-8")
    settings = folder / "sign-in.toml"
    settings.write_text(
        f'address = "{HERE.replace("testserver", "localhost")}"\n[provider]\nissuer = "{provider.issuer}"\nclient = "desk"\n'
        f'secret_file = "desk.secret"\nname = "Desk"\n{more}',
        "utf-8",
    )
    accounts = folder / "accounts.json"
    return client(path, public=True, accounts=accounts, identity=settings, per_minute=1000)


def back(web: TestClient, provider: Provider, start: str = "/sign-in/provider?back=/review") -> Any:
    """Go to the provider, sign in there and come back."""
    sent = web.get(start)
    assert sent.status_code == 303
    parts = urlsplit(provider.authorize(sent.headers["location"]))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == "http://localhost/sign-in/provider/back"
    return web.get(f"{parts.path}?{parts.query}")


def events(folder: Path) -> list[dict[str, str]]:
    file = folder / "accounts.json.audit.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def test_somebody_with_an_account_signs_in_at_the_provider(path: Path, tmp_path: Path, provider: Provider) -> None:
    add(tmp_path / "accounts.json", "rita@example.org", "reviewer")
    web = site(path, tmp_path, provider)
    assert "Sign in with Desk" in web.get("/sign-in").text
    answer = back(web, provider)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
    assert "rita@example.org" in web.get("/about").text
    assert web.get("/review").headers["location"].startswith("/review/")
    assert web.post("/review/bulk", data={"source": "a", "rule": "b"}).status_code == 403  # an editor's
    assert [(one["event"], one["who"], one["note"]) for one in events(tmp_path)] == [
        ("sign-in", "rita@example.org", "provider")
    ]
    from summitry.web.accounts import remove

    remove(tmp_path / "accounts.json", "rita@example.org")
    assert web.get("/review").headers["location"].startswith("/sign-in")


def test_who_has_no_account_is_refused_or_gets_the_stated_role(path: Path, tmp_path: Path, provider: Provider) -> None:
    add(tmp_path / "accounts.json", "admin", "admin")
    answer = back(web := site(path, tmp_path, provider), provider)
    assert answer.status_code == 403 and "rita@example.org has no account" in answer.text
    assert web.get("/review").headers["location"].startswith("/sign-in")
    assert (events(tmp_path)[-1]["event"], events(tmp_path)[-1]["about"]) == ("sign-in-failed", "rita@example.org")
    answer = back(web := site(path, tmp_path, provider, 'role = "reviewer"\n'), provider)
    assert answer.headers["location"] == "/review"
    assert web.get("/review").headers["location"].startswith("/review/")
    assert [(one.name, one.role) for one in listed(tmp_path / "accounts.json")][1:] == [
        ("rita@example.org", "reviewer")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"nonce": "another"}, {"aud": "another"}, {"iss": "https://elsewhere.example"}, {"exp": 1}, {"email": None},
        {"email_verified": False}, {"email_verified": "true"}, {"aud": ["desk", "x"], "azp": "x"}, {"iat": 4102444800},
    ],
)  # fmt: skip
def test_a_token_that_does_not_fit_signs_nobody_in(
    path: Path, tmp_path: Path, provider: Provider, wrong: dict[str, Any]
) -> None:
    add(tmp_path / "accounts.json", "rita@example.org", "reviewer")
    web = site(path, tmp_path, provider)
    provider.claims = wrong
    assert back(web, provider).status_code == 403
    assert "session" not in web.cookies
    provider.claims = {}
    assert back(web, provider).status_code == 303


def test_neither_a_foreign_signature_nor_a_foreign_start_signs_in(
    path: Path, tmp_path: Path, provider: Provider
) -> None:
    add(tmp_path / "accounts.json", "rita@example.org", "reviewer")
    web = site(path, tmp_path, provider)
    provider.signed_by = jwk.RSAKey.generate_key(2048, parameters={"kid": "k1"})
    assert back(web, provider).status_code == 403
    provider.signed_by = provider.key
    begun = provider.authorize(web.get("/sign-in/provider").headers["location"]).partition("localhost")[2]
    other = site(path, tmp_path, provider)  # another browser
    assert other.get(begun).status_code == 403
    assert web.get(begun.replace("state=", "state=x", 1)).status_code == 403  # the cookie is spent with it
    assert web.get(begun).status_code == 403
    begun = provider.authorize(web.get("/sign-in/provider").headers["location"]).partition("localhost")[2]
    assert web.get(begun).status_code == 303
    assert web.get(begun).status_code == 403  # a second time
    sent = web.get("/sign-in/provider?back=//elsewhere.example")
    assert provider.authorize(sent.headers["location"])
    assert back(web, provider, "/sign-in/provider?back=//elsewhere.example").headers["location"] == "/"


def test_a_provider_that_is_away_is_said_in_a_sentence(path: Path, tmp_path: Path, provider: Provider) -> None:
    web = site(path, tmp_path, provider)
    provider.server.shutdown()
    provider.server.server_close()
    answer = web.get("/sign-in/provider")
    assert answer.status_code == 400 and "Desk cannot be reached" in answer.text
    assert client(path, public=True).get("/sign-in/provider").status_code == 400


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "address"), ('address = "http://record.example.org"', "https"), ('address = "https://a.example/x"', "path"),
        ('address = "https://a.example"\nfoo = 1', "foo"), ('address = ', "Invalid"),
        ('address = "https://a.example"\n[provider]\nissuer = "https://i.example"\nclient = "c"\nrole = "king"', "king"),
        ('address = "https://a.example"\n[provider]\nissuer = "https://i.example"\nclient = "c"\nsecret_file = "no"', "no"),
    ],
)  # fmt: skip
def test_settings_that_cannot_be(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "sign-in.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError, match=said):
        identity.load(file)


def test_own_tokens_are_no_stronger_than_oneself(path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    strong, weak = add(accounts, "Rita", "editor"), add(accounts, "Rita", "editor", scope="reviewer")
    web = client(copy(path, tmp_path), public=True, accounts=accounts)
    web.post("/sign-in", data={"token": weak})
    assert web.post("/account/token", data={"scope": "editor"}).status_code == 400
    page = web.post("/account/token", data={"scope": "reviewer", "expires": "2099-01-01", "note": "nightly"}).text
    secret = page.partition('<pre tabindex="0">')[2].partition("</pre>")[0]
    headers = {"Authorization": f"Bearer {secret}", "Accept": "application/json"}
    other = client(copy(path, tmp_path), public=True, accounts=accounts)
    assert other.post("/review/undo", headers=headers).status_code == 303
    assert other.post("/review/bulk", data={"source": "a", "rule": "b"}, headers=headers).status_code == 403
    assert secret not in web.get("/account").text
    made = next(one for one in listed(accounts)[0].tokens if one.note == "nightly")
    assert web.post("/account/revoke", data={"id": "another"}).status_code == 400
    web.post("/account/revoke", data={"id": made.id})
    assert other.post("/review/undo", headers=headers).status_code == 401
    assert len(listed(accounts)[0].tokens) == 2 and listed(accounts)[0].role == "editor"
    assert web.post("/account/passkey/ask").status_code == 400  # this server has none
    assert strong


def test_the_audit_log_says_who_did_what_and_only_admins_read_it(path: Path, tmp_path: Path) -> None:
    accounts = tmp_path / "accounts.json"
    tokens = {role: add(accounts, f"=A {role}", role) for role in ("reviewer", "editor", "admin")}
    web = client(copy(path, tmp_path), public=True, accounts=accounts)
    web.post("/sign-in", data={"token": "wrong"})
    web.post("/sign-in", data={"token": tokens["editor"]})
    item = web.get("/review").headers["location"].removeprefix("/review/")
    web.post(f"/review/{item}", data={"verdict": "unsure"})
    web.post("/review/undo")
    web.post("/read/keep", data={"text": "Macron besuchte am 4. April 2023 Peking.", "title": "Macron"})
    assert web.get("/audit").status_code == 403
    web.post("/sign-out")
    assert web.get("/audit").headers["location"].startswith("/sign-in")
    web.headers["Authorization"] = f"Bearer {tokens['admin']}"
    lines = web.get("/audit.json").json()["lines"]
    assert [one["event"] for one in lines] == ["sign-out", "keep", "undo", "decision", "sign-in", "sign-in-failed"]
    assert {one["address"] for one in lines} == {"testclient"}
    assert (lines[3]["who"], lines[3]["about"], lines[3]["note"]) == ("=A editor", item, "unsure")
    assert [one["event"] for one in web.get("/audit.json?event=undo").json()["lines"]] == ["undo"]
    assert web.get("/audit.json?who=nobody").json() == {"lines": []}
    assert web.get("/audit.json?to=2001").json() == {"lines": []}
    assert web.get("/audit?event=dancing").status_code == 400
    assert "'=A editor" in web.get("/audit.csv").text
    assert len(web.get("/audit.jsonl").text.splitlines()) == 6
    assert "failed to sign in" in web.get("/audit").text
    assert not any(token in web.get("/audit.jsonl").text for token in tokens.values())
    assert (tmp_path / "accounts.json.audit.jsonl").stat().st_mode & 0o077 == 0
    web.headers["Authorization"] = f"Bearer {tokens['reviewer']}"
    for form in ("", ".json", ".csv", ".jsonl"):
        assert web.get(f"/audit{form}").status_code == 403
