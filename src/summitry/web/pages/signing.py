"""Sign in with a token, and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry.web.query import Text
from summitry.web.security import SESSION, session, spend
from summitry.web.site import Site
from summitry.web.views import page

router = APIRouter()
_AGE = 14 * 24 * 3600


class Back(BaseModel):
    """Where to go afterwards."""

    model_config = ConfigDict(extra="forbid")
    back: Text = None


def local(address: str | None) -> str:
    """An address on this server; the first page for any other."""
    fine = address and address.startswith("/") and not address.startswith(("//", "/\\"))
    return str(address) if fine else "/"


@router.get("/sign-in")
def form(request: Request, wanted: Annotated[Back, Query()]) -> Response:
    """Where a token is entered."""
    return page(request, "signin.html", back=local(wanted.back), wrong=False)


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form()], back: Annotated[str, Form()] = "/") -> Response:
    """Start a session for whoever has a valid token."""
    site: Site = request.app.state.site
    spend(request, 3)
    found = site.accounts.by_token(token.strip())
    if found is None:
        return page(request, "signin.html", 403, back=local(back), wrong=True)
    answer = RedirectResponse(local(back), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(SESSION, session(site, found), max_age=_AGE, httponly=True, samesite="lax", secure=secure)
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(SESSION)
    return answer
