"""Who may sign in: an admin makes accounts, changes roles, hands out tokens and takes all of it away again."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry.errors import UsageError
from summitry.web import accounts
from summitry.web.accounts import ROLES, Account
from summitry.web.query import Nothing, edtf
from summitry.web.security import ensure, note
from summitry.web.views import page

router = APIRouter()
ROLE = "admin"
Name = Annotated[str, Form()]


@router.get("/accounts")
def listed(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """All accounts with their roles, tokens and passkeys."""
    return _page(request, ensure(request, ROLE))


def _page(request: Request, who: Account, **more: Any) -> Response:
    path = request.app.state.site.accounts.path
    answer = page(
        request, "accounts.html", who=who, accounts=accounts.listed(path) if path else (), roles=ROLES, kept=path is not None,
        **{"secret": None, "whose": None} | more,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _file(request: Request) -> Path:
    """The file of accounts. Raises UsageError on a server that has none."""
    path: Path | None = request.app.state.site.accounts.path
    if path is None:
        raise UsageError("This server has no accounts: whoever reaches it may do everything.")
    return path


def _found(path: Path, name: str) -> Account:
    for one in accounts.listed(path):
        if one.name == name:
            return one
    raise UsageError(f"There is no account {name!r}.")


@router.post("/accounts/add")
def add(request: Request, name: Name, role: Annotated[str, Form()]) -> Response:
    """A new account with its first token, which is shown once."""
    who, path = ensure(request, ROLE), _file(request)
    called = " ".join(name.split())[:100]
    if any(one.name == called for one in accounts.listed(path)):
        raise UsageError(f"There is an account {called!r} already.")
    secret = accounts.add(path, called, role)
    note(request, "account", who.name, called, role)
    return _page(request, who, secret=secret, whose=called)


@router.post("/accounts/role")
def change(request: Request, name: Name, role: Annotated[str, Form()]) -> Response:
    """Another role for somebody; their tokens may do no more than that from now on."""
    who, path = ensure(request, ROLE), _file(request)
    _leaves_an_admin(path, _found(path, name), role)
    accounts.change(path, name, role)
    note(request, "account", who.name, name, role)
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/token")
def token(request: Request, name: Name, expires: Annotated[str, Form()] = "") -> Response:
    """One more token for somebody, shown once."""
    who, path = ensure(request, ROLE), _file(request)
    found = _found(path, name)
    secret = accounts.issue(path, name, found.role, expires=edtf(expires) or None)
    note(request, "token", who.name, name, found.role)
    return _page(request, who, secret=secret, whose=name)


@router.post("/accounts/revoke")
def revoke(request: Request, identifier: Annotated[str, Form(alias="id")]) -> Response:
    """Make somebody's token or passkey worthless."""
    who = ensure(request, ROLE)
    owner = accounts.revoke(_file(request), identifier)
    note(request, "token-revoked", who.name, owner, identifier[:16])
    return RedirectResponse("/accounts", 303)


@router.post("/accounts/remove")
def remove(request: Request, name: Name) -> Response:
    """Take an account away with all its tokens and passkeys; what its owner decided stays."""
    who, path = ensure(request, ROLE), _file(request)
    _leaves_an_admin(path, _found(path, name), "")
    accounts.remove(path, name)
    note(request, "account-removed", who.name, name)
    return RedirectResponse("/accounts", 303)


def _leaves_an_admin(path: Path, changed: Account, role: str) -> None:
    """Raises UsageError where nobody would be left who can manage the accounts."""
    if role != ROLE and all(one.role != ROLE or one.name == changed.name for one in accounts.listed(path)):
        raise UsageError(f"{changed.name!r} is the only admin; make another one first.")
