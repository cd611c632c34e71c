"""What somebody who signed in can do about their own account: tokens for their programs, and passkeys."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from summitry.errors import UsageError
from summitry.web import accounts
from summitry.web.accounts import ROLES, Account
from summitry.web.pages.signing import challenge, challenge_of
from summitry.web.query import Nothing
from summitry.web.security import Forbidden, ensure, note
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()


class Made(BaseModel):
    """A passkey that a browser made, and what its owner calls it."""

    model_config = ConfigDict(extra="forbid")
    answer: dict[str, Any]
    note: str = ""


@router.get("/account")
def own(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """Who is signed in, with their tokens and passkeys."""
    return _page(request, ensure(request, ROLES[0]))


def _page(request: Request, who: Account, **more: Any) -> Response:
    site: Site = request.app.state.site
    whole = site.accounts.by_name(who.name)
    answer = page(
        request, "account.html", who=who, whole=whole, roles=ROLES[: ROLES.index(who.role) + 1],
        passkeys=site.passkeys is not None and whole is not None, **{"secret": None} | more,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _whole(request: Request, who: Account) -> Account:
    """The account in the file. Raises UsageError for the owner of the machine, who has none."""
    found: Account | None = request.app.state.site.accounts.by_name(who.name)
    if found is None or request.app.state.site.accounts.path is None:
        raise UsageError("This server has no accounts: whoever reaches it may do everything.")
    return found


@router.post("/account/token")
def make_token(
    request: Request,
    scope: Annotated[str, Form()],
    expires: Annotated[str, Form()] = "",
    called: Annotated[str, Form(alias="note")] = "",
) -> Response:
    """One more token, shown once; it may be used for no more than that by which its owner signed in."""
    who = ensure(request, ROLES[0])
    _whole(request, who)
    if scope not in ROLES or not who.may(scope):
        raise UsageError(f"A token of yours may be used for no more than {who.role} may.")
    path = request.app.state.site.accounts.path
    secret = accounts.issue(path, who.name, scope, expires=expires.strip() or None, note=called.strip()[:100])
    note(request, "token", who.name, called.strip(), scope)
    return _page(request, who, secret=secret)


@router.post("/account/revoke")
def revoke(request: Request, identifier: Annotated[str, Form(alias="id")]) -> Response:
    """Make one of one's own tokens or passkeys worthless."""
    who = ensure(request, ROLES[0])
    whole = _whole(request, who)
    if identifier not in {one.id for one in whole.tokens} | {one.id for one in whole.passkeys}:
        raise UsageError("That is no token or passkey of yours.")
    accounts.revoke(request.app.state.site.accounts.path, identifier)
    note(request, "token-revoked", who.name, identifier[:16])
    return RedirectResponse("/account", 303)


@router.post("/account/passkey/ask")
def ask(request: Request) -> Response:
    """What a browser needs to make a passkey for whoever is signed in."""
    passkeys, whole = _passkeys(request)
    return challenge(request, *passkeys.offer(whole))


@router.post("/account/passkey")
def add(request: Request, given: Made) -> Response:
    """Keep the passkey that a browser made."""
    passkeys, whole = _passkeys(request)
    path = request.app.state.site.accounts.path
    found = passkeys.made(challenge_of(request), given.answer, accounts.now(), given.note.strip()[:100])
    accounts.keep_passkey(path, whole.name, found)
    note(request, "passkey", whole.name, found.id[:16], found.note)
    return JSONResponse({"back": "/account"})


def _passkeys(request: Request) -> tuple[Any, Account]:
    """What makes passkeys, and for whom. A passkey is good for the whole account, so a narrow token may make none."""
    who = ensure(request, ROLES[0])
    whole = _whole(request, who)
    if request.app.state.site.passkeys is None:
        raise UsageError("This server knows no passkeys; sign in with a token.")
    if who.role != whole.role:
        raise Forbidden("The token you signed in with may do less than your account; use another.", signed_in=True)
    return request.app.state.site.passkeys, whole
