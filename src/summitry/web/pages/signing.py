"""Sign in with a token, at an identity provider or with a passkey, and out."""

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from summitry.errors import SummitryError, UsageError
from summitry.web import accounts
from summitry.web.identity import Begun
from summitry.web.query import Text
from summitry.web.security import SESSION, account, begin_session, note, remember, remembered, spend
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()
_BEGUN, _CHALLENGE = "begun", "challenge"
_SECONDS = 600  # that somebody has to prove who they are


class Back(BaseModel):
    """Where to go afterwards."""

    model_config = ConfigDict(extra="forbid")
    back: Text = None


class Proof(BaseModel):
    """What a browser says of a passkey."""

    model_config = ConfigDict(extra="forbid")
    answer: dict[str, Any]
    back: Text = None


def local(address: str | None) -> str:
    """An address on this server; the first page for any other."""
    fine = address and address.startswith("/") and not address.startswith(("//", "/\\"))
    return str(address) if fine else "/"


def _form(request: Request, back: str | None, wrong: str = "", status: int = 200) -> Response:
    site: Site = request.app.state.site
    provider = site.provider.provider.name if site.provider else None
    return page(request, "signin.html", status, back=local(back), wrong=wrong, provider=provider,
                passkeys=site.passkeys is not None)  # fmt: skip


def _refused(request: Request, way: str, about: str, why: str, back: str | None) -> Response:
    note(request, "sign-in-failed", None, about, f"{way}: {why}")
    return _form(request, back, why, 403)


@router.get("/sign-in")
def form(request: Request, wanted: Annotated[Back, Query()]) -> Response:
    """The ways there are to sign in."""
    return _form(request, wanted.back)


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form()], back: Annotated[str, Form()] = "/") -> Response:
    """Start a session for whoever has a valid token."""
    site: Site = request.app.state.site
    spend(request, 3)
    found = site.accounts.by_token(token.strip())
    if found is None:
        return _refused(request, "token", "", "unknown", back)
    note(request, "sign-in", found.name, found.tokens[0].id, "token")
    answer = RedirectResponse(local(back), 303)
    begin_session(request, answer, f"token {found.tokens[0].id}")
    return answer


@router.get("/sign-in/provider")
def to_provider(request: Request, wanted: Annotated[Back, Query()]) -> Response:
    """Send somebody to the identity provider."""
    provider = _provider(request)
    spend(request, 3)
    address, begun = provider.begin()
    answer = RedirectResponse(address, 303)
    remember(request, answer, _BEGUN, [*begun, local(wanted.back)], _SECONDS)
    return answer


@router.get("/sign-in/provider/back")
def from_provider(request: Request) -> Response:
    """Somebody comes back from the provider with a proof; the parameters are the provider's, and it may add some."""
    site: Site = request.app.state.site
    provider = _provider(request)
    state, nonce, verifier, back = remembered(request, _BEGUN, _SECONDS) or ("", "", "", "/")
    spend(request, 3)
    name = ""
    try:
        if not state:
            raise UsageError("This sign-in was not begun here, or too long ago; please try again.")
        name = provider.end(Begun(state, nonce, verifier), dict(request.query_params))
        _admit(site, provider.provider.role, name)
    except SummitryError as error:
        answer = _refused(request, "provider", name, str(error), back)
    else:
        note(request, "sign-in", name, "", "provider")
        answer = RedirectResponse(local(back), 303)
        begin_session(request, answer, f"provider {name}")
    answer.delete_cookie(_BEGUN)
    return answer


def _provider(request: Request) -> Any:
    site: Site = request.app.state.site
    if site.provider is None:
        raise UsageError("This server has no identity provider; sign in with a token.")
    return site.provider


def _admit(site: Site, role: str | None, name: str) -> None:
    """Give somebody an account if the provider's word is enough for that. Raises UsageError if they have none."""
    if site.accounts.by_name(name) is None:
        if role is None or site.accounts.path is None:
            raise UsageError(f"{name} has no account here; ask whoever runs this server for one.")
        accounts.admit(site.accounts.path, name, role)
        site.audit.note("account", name, name, role)


@router.post("/sign-in/passkey/ask")
def ask_for_passkey(request: Request) -> Response:
    """What a browser needs to prove that somebody holds a passkey."""
    spend(request)
    return challenge(request, *_passkeys(request).ask())


@router.post("/sign-in/passkey")
def by_passkey(request: Request, given: Proof) -> Response:
    """Start a session for whoever proves to hold a passkey."""
    site: Site = request.app.state.site
    passkeys = _passkeys(request)
    spend(request, 3)
    identifier = str(given.answer.get("id", ""))
    found = site.accounts.by_passkey(identifier)
    try:
        if found is None or site.accounts.path is None:
            raise UsageError("No account has this passkey.")
        known = found.passkeys[0]
        count = passkeys.proved(challenge_of(request), given.answer, known)
    except UsageError as error:
        note(request, "sign-in-failed", found.name if found else None, identifier[:16], f"passkey: {error}")
        raise
    if count != known.count:
        accounts.keep_passkey(site.accounts.path, found.name, accounts.counted(known, count))
    note(request, "sign-in", found.name, identifier[:16], "passkey")
    answer = JSONResponse({"back": local(given.back)})
    begin_session(request, answer, f"passkey {identifier}")
    return answer


def _passkeys(request: Request) -> Any:
    site: Site = request.app.state.site
    if site.passkeys is None:
        raise UsageError("This server knows no passkeys; sign in with a token.")
    return site.passkeys


def challenge(request: Request, options: dict[str, Any], asked: str) -> Response:
    """What a browser's authenticator is asked, with a cookie by which the answer is known to be this browser's."""
    answer = JSONResponse(options)
    remember(request, answer, _CHALLENGE, asked, _SECONDS)
    return answer


def challenge_of(request: Request) -> str:
    """The challenge that this browser was given; none if it was not."""
    return str(remembered(request, _CHALLENGE, _SECONDS) or "")


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session."""
    who = account(request)
    if who:
        note(request, "sign-out", who.name)
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(SESSION)
    return answer
