"""An admin makes, changes and removes accounts in the browser; nobody else may, and somebody who may is always left."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from web_site import client, copy

from summitry.web.accounts import add, listed


@pytest.fixture
def accounts(tmp_path: Path) -> Path:
    return tmp_path / "accounts.json"


def signed_in(path: Path, accounts: Path, name: str, role: str) -> TestClient:
    token = add(accounts, name, role)
    web = client(copy(path, accounts.parent), public=True, accounts=accounts)
    assert web.post("/sign-in", data={"token": token}).status_code == 303
    return web


def token_in(page: str) -> str:
    found = re.search(r'<pre tabindex="0">([^<]+)</pre>', page)
    assert found
    return found[1]


def test_an_admin_makes_changes_and_removes_accounts(path: Path, accounts: Path) -> None:
    web = signed_in(path, accounts, "Ada", "admin")
    assert 'href="/accounts"' in web.get("/account").text
    made = web.post("/accounts/add", data={"name": " Rita  Reh ", "role": "reviewer"})
    assert made.status_code == 200 and made.headers["cache-control"] == "no-store"
    secret = token_in(made.text)
    assert secret not in web.get("/accounts").text  # once only
    rita = client(path, public=True, accounts=accounts)
    assert rita.get("/api/v1/encounters", headers={"Authorization": f"Bearer {secret}"}).status_code == 200
    assert rita.post("/sign-in", data={"token": secret}).status_code == 303
    assert rita.get("/accounts").status_code == 403
    web.post("/accounts/role", data={"name": "Rita Reh", "role": "admin"})
    assert {one.name: one.role for one in listed(accounts)} == {"Ada": "admin", "Rita Reh": "admin"}
    assert rita.get("/accounts").status_code == 403  # the token was made for a reviewer
    second = token_in(web.post("/accounts/token", data={"name": "Rita Reh", "expires": "31.12.2099"}).text)
    known = next(one for one in listed(accounts) if one.name == "Rita Reh")
    assert [one.expires for one in known.tokens] == [None, "2099-12-31"]
    web.post("/accounts/revoke", data={"id": known.tokens[1].id})
    assert rita.post("/sign-in", data={"token": second}).status_code != 303
    assert web.post("/accounts/remove", data={"name": "Rita Reh"}).status_code == 303
    assert [one.name for one in listed(accounts)] == ["Ada"]
    log = web.get("/audit").text
    assert all(
        f">{word}<" in log for word in ("account made or changed", "account removed", "token or passkey revoked")
    )


@pytest.mark.parametrize(
    ("address", "form", "sentence"),
    [
        ("/accounts/remove", {"name": "Ada"}, "“Ada” is the only admin"),
        ("/accounts/role", {"name": "Ada", "role": "reader"}, "“Ada” is the only admin"),
        ("/accounts/role", {"name": "Ada", "role": "queen"}, "is the only admin"),
        ("/accounts/add", {"name": "Ada", "role": "reader"}, "There is an account “Ada” already"),
        ("/accounts/add", {"name": "Eve", "role": "queen"}, "needs a name and a role"),
        ("/accounts/remove", {"name": "Nobody"}, "There is no account “Nobody”"),
        ("/accounts/token", {"name": "Ada", "expires": "soon"}, "is no EDTF date"),
    ],
)
def test_what_cannot_be(path: Path, accounts: Path, address: str, form: dict[str, str], sentence: str) -> None:
    web = signed_in(path, accounts, "Ada", "admin")
    before = listed(accounts)
    answer = web.post(address, data=form)
    assert answer.status_code == 400 and sentence in answer.text
    assert listed(accounts) == before


@pytest.mark.parametrize("role", ["reader", "reviewer", "editor"])
def test_nobody_else_may(path: Path, accounts: Path, role: str) -> None:
    web = signed_in(path, accounts, "Rita", role)
    for answer in (
        web.get("/accounts"), web.post("/accounts/add", data={"name": "Eve", "role": "admin"}),
        web.post("/accounts/role", data={"name": "Rita", "role": "admin"}), web.post("/accounts/remove", data={"name": "Rita"}),
    ):  # fmt: skip
        assert answer.status_code == 403
    assert [(one.name, one.role) for one in listed(accounts)] == [("Rita", role)]


def test_a_server_for_one_has_none(path: Path) -> None:
    web = client(path)
    assert "it runs for you alone" in web.get("/accounts").text
    assert web.post("/accounts/add", data={"name": "Eve", "role": "admin"}).status_code == 400
