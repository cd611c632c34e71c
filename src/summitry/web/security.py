"""What every request passes through: whom we answer, who is asking, and what the browser may do with the answer.

Cross-site requests are told by Sec-Fetch-Site, else by Origin, which every browser sends with a form (OWASP CSRF
prevention, "fetch metadata"); a request with neither comes from no browser and carries nobody's rights by itself. A
server for this machine alone answers to its own names only, so that no web page can reach it by a name that leads
here (DNS rebinding).
"""

import getpass
import math
from typing import Any, Final
from urllib.parse import urlsplit

from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from summitry.errors import SummitryError
from summitry.web.accounts import Account
from summitry.web.limits import Rates, visitor
from summitry.web.settings import Settings, is_loopback
from summitry.web.site import Site

SESSION: Final = "session"
SHARED: Final = "/api/v1/reconcile"  # what pages of other sites may ask for and frame, see `Guard._shared`
_AGE: Final = 14 * 24 * 3600
_LARGEST: Final = 2_000_000  # bytes of a request
_OWN: Final = ("localhost", "127.0.0.1", "[::1]")
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class Forbidden(SummitryError):
    """The visitor may not do this; `signed_in` says whether signing in could help."""

    def __init__(self, message: str, *, signed_in: bool) -> None:
        super().__init__(message)
        self.signed_in = signed_in


class TooMany(SummitryError):
    """The visitor asks for too much at once, and may ask again after so many seconds."""

    def __init__(self, message: str, seconds: float) -> None:
        super().__init__(message)
        self.seconds = max(1, math.ceil(seconds))


class Guard:
    """Refuses what comes from elsewhere, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in (self._headers(scope) or HEADERS).items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "private, no-cache")
            await send(message)

        refused = self._refused(scope)
        if refused:
            status, reason = refused
            await JSONResponse({"error": reason, "status": status}, status)(scope, receive, guarded)
        else:
            await self.app(scope, receive, guarded)

    def _shared(self, scope: Scope) -> bool:
        """Whether another site may see the answer: that of the matching service, on this machine or of a public record."""
        origin = Headers(scope=scope).get("origin", "")
        near = is_loopback(urlsplit(origin).hostname or "")
        return str(scope["path"]).startswith(SHARED) and (self.settings.public or near)

    def _headers(self, scope: Scope) -> dict[str, str] | None:
        """The headers of what other sites may see or frame; None for all else."""
        if not str(scope["path"]).startswith(SHARED):
            return None
        framing = "*" if self.settings.public else "http://localhost:* http://127.0.0.1:*"
        policy = HEADERS["Content-Security-Policy"].replace("frame-ancestors 'none'", f"frame-ancestors {framing}")
        found = {name: value for name, value in HEADERS.items() if name != "X-Frame-Options"}
        found |= {"Content-Security-Policy": policy, "Vary": "Origin", "Cross-Origin-Resource-Policy": "cross-origin"}
        if self._shared(scope):
            found["Access-Control-Allow-Origin"] = "*" if self.settings.public else Headers(scope=scope)["origin"]
        return found

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        allowed = self.settings.hosts or (_OWN if self.settings.open else ())
        if allowed and host.rpartition(":")[0 if host.rpartition(":")[2].isdigit() else 2] not in allowed:
            return 421, "This server is not known by that name."
        if scope["method"] in ("GET", "HEAD", "OPTIONS"):
            return None
        length = headers.get("content-length", "")
        if not length.isdigit():
            return 411, "Say how long the request is (Content-Length)."
        if int(length) > _LARGEST:
            return 413, f"The request is larger than {_LARGEST:,} bytes."
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        if self._shared(scope):
            return None
        if site not in (None, "same-origin", "none") or (site is None and origin and urlsplit(origin).netloc != host):
            return 403, "This request comes from another site."
        return None


def account(request: Request) -> Account | None:
    """Who is asking: by token, by session, or the owner of this machine where nobody else can reach the server."""
    site: Site = request.app.state.site
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return site.accounts.by_token(token.strip())
    if site.settings.open:
        return Account(getpass.getuser(), "admin")
    way = remembered(request, SESSION, _AGE)
    return site.accounts.by_session(str(way)) if way else None


def ensure(request: Request, role: str) -> Account:
    """The account that is asking. Raises Forbidden if it has not at least that role."""
    found = account(request)
    if found is None:
        raise Forbidden("Please sign in to do this.", signed_in=False)
    if not found.may(role):
        raise Forbidden(f"This needs the role {role}; yours is {found.role}.", signed_in=True)
    return found


def begin_session(request: Request, answer: Response, way: str) -> None:
    """Sign somebody in by "token ID", "passkey ID" or "provider NAME": for no longer and no more than that is good for."""
    remember(request, answer, SESSION, way, _AGE)


def remember(request: Request, answer: Response, name: str, value: Any, seconds: int) -> None:
    """A signed cookie that scripts cannot read and other sites cannot send with a form."""
    site: Site = request.app.state.site
    secure = request.url.scheme == "https" or (site.identity is not None and site.identity.address.startswith("https:"))
    answer.set_cookie(
        name, _signer(site, name).dumps(value), max_age=seconds, httponly=True, samesite="lax", secure=secure
    )


def remembered(request: Request, name: str, seconds: int) -> Any:
    """What such a cookie holds; None if there is none, or it is too old or not ours."""
    cookie = request.cookies.get(name)
    try:
        return _signer(request.app.state.site, name).loads(cookie, max_age=seconds) if cookie else None
    except BadSignature:
        return None


def _signer(site: Site, name: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(site.accounts.secret, salt=name)


def note(request: Request, event: str, who: str | None, about: str = "", more: str = "") -> None:
    """Write into the audit log what somebody did, and from where."""
    site: Site = request.app.state.site
    site.audit.note(event, who, about, more, request.client.host if request.client else None)


async def within_limits(request: Request) -> None:
    """Count every request. Raises TooMany if there were too many in a minute, of one address or of one token.

    Reading on this machine is free; a proxy must therefore say whom it asks for (X-Forwarded-For).
    """
    site: Site = request.app.state.site
    address = request.client.host if request.client else ""
    if request.method in ("GET", "HEAD") and is_loopback(address) or site.settings.open:
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    known = site.accounts.by_token(token.strip()) if scheme.lower() == "bearer" else None
    _count(site.requests, f"token {known.tokens[0].id}" if known else visitor(address), 1)


def spend(request: Request, cost: float = 1.0) -> None:
    """Count a costly request. Raises TooMany if the visitor has used up what there is for a minute."""
    site: Site = request.app.state.site
    if not site.settings.open:
        _count(site.rates, visitor(request.client.host if request.client else ""), cost)


def _count(rates: Rates, who: str, cost: float) -> None:
    seconds = rates.wait(who, cost)
    if seconds > 0:
        raise TooMany("That was a lot in one minute; please wait a little.", seconds)
