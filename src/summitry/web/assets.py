"""The stylesheet, the script and the outline of the map, under addresses that change with their content, so that browsers keep them for ever."""

import functools
import hashlib
from importlib import resources
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from summitry.publish.pictures import outline, stylesheet

_TYPES: Final = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_LANDS: Final = "lands.svg"  # the outline of the map, which browsers need only once
_FILES: Final = ("app.css", "app.js", "icon.svg", _LANDS)


@functools.cache
def assets() -> dict[str, tuple[str, bytes]]:
    """File -> its name with a digest in it, and its content; the stylesheet holds that of the pictures too."""
    folder = resources.files("summitry.web") / "static"
    found = {}
    for name in _FILES:
        content = outline() if name == _LANDS else (folder / name).read_text("utf-8")
        if name.endswith(".css"):
            content += stylesheet()
        stem, _, kind = name.rpartition(".")
        digest = hashlib.sha256(content.encode()).hexdigest()[:10]
        found[name] = f"{stem}.{digest}.{kind}", content.encode()
    return found


def address(name: str) -> str:
    """Where the file is."""
    return f"/static/{assets()[name][0]}"


def serve_asset(request: Request) -> Response:
    """The file; one of an older version is answered with the present one, but not to be kept."""
    asked = str(request.path_params["name"])
    stem, kind = asked.partition(".")[0], asked.rpartition(".")[2]
    name = f"{stem}.{kind}"
    if name not in assets():
        return Response("Not found", 404)
    present, content = assets()[name]
    kept = "public, max-age=31536000, immutable" if asked == present else "no-cache"
    return Response(content, media_type=_TYPES[kind], headers={"Cache-Control": kept})
