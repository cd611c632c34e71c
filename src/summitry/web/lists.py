"""Every list is also data: the same address with .json, .csv, .atom, .ics, .geojson and the other formats behind it."""

from datetime import UTC, datetime
from typing import Any, Final

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from summitry import ask
from summitry.ask import Query
from summitry.errors import UsageError
from summitry.publish import FORMATS, Context, Format, coordinates
from summitry.web.site import Site
from summitry.web.views import language_of

MOST: Final = 20_000  # encounters in one file; whoever needs more exports from the command line
BY_EXTENSION: Final[dict[str, Format]] = {one.extension: one for one in FORMATS.values()}


def split(name: str) -> tuple[str, Format | None]:
    """A path's last part as the name of the list and the format behind it, None for a page.

    >>> split("kp-ru.json")[0]
    'kp-ru'
    """
    fitting = [extension for extension in BY_EXTENSION if name.endswith(extension)]
    longest = max(fitting, key=len, default="")
    return (name.removesuffix(longest), BY_EXTENSION[longest]) if longest else (name, None)


def as_data(request: Request, query: Query, form: Format, *, name: str, **writing: Any) -> Response:
    """The encounters that `query` finds as a file. Raises UsageError if they are too many for one."""
    site: Site = request.app.state.site
    if query.limit is None and ask.total(site.record, query) > MOST:
        raise UsageError(f"More than {MOST:,} encounters fit; narrow the list, or use `summitry export`.")
    found = ask.find(site.record, replace(query, limit=query.limit or MOST))
    lang = language_of(request)
    context = Context(
        options=site.options(lang, found, between=query.between[:2], start=query.start, end=query.end, **writing),
        now=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        base=f"{base_of(request)}/e/",
        coordinates=coordinates(found),
    )
    content = form.write(found, context).content
    headers = {"Content-Disposition": f'inline; filename="{name}{form.extension}"', "Vary": "Accept-Language, Cookie"}
    return Response(content, media_type=form.media_type, headers=headers)


def base_of(request: Request) -> str:
    """Under which address the visitor reaches this server."""
    return str(request.base_url).rstrip("/")
