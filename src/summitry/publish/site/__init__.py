"""The whole record as a static site: files that any web server, archive or memory stick can hold.

No script, no request to anywhere, one stylesheet; works from a folder as well. The pages are those of the encounters,
the people, the pairs of countries, a map, a matrix and the data in every format that needs no further library.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from babel.numbers import format_decimal
from msgspec.structs import replace

from summitry.model import Encounter
from summitry.publish import lead as leads
from summitry.publish import when
from summitry.publish.formats import FORMATS, Context
from summitry.publish.grammar import fill, polish
from summitry.publish.site.model import Contents, contents
from summitry.publish.site.pages import page, pages, stylesheet
from summitry.publish.tables import Language

DATA = tuple(name for name, format_ in FORMATS.items() if format_.extra is None)


def site(encounters: Sequence[Encounter], context: Context, formats: Sequence[str] = DATA) -> dict[str, bytes]:
    """The files of the site by their path, index.html first. `formats` are offered for download.

    Raises LanguageError for a language we do not write, UsageError for a format that needs a library that is missing.
    """
    shown = contents(encounters, context)
    made = {address: html.encode() for address, html in pages(shown)}
    made["style.css"] = stylesheet().encode()
    rows = []
    ready = replace(context, sentences=shown.sentences)
    for name in formats:
        export = FORMATS[name].write(shown.encounters, ready)
        address = f"data/encounters{FORMATS[name].extension}"
        made[address] = export.content
        rows.append({"name": name, "link": address, "size": _size(shown, len(export.content)), "lost": [_loss(shown.language, one) for one in export.lost],
                     "digest": hashlib.sha256(export.content).hexdigest()})  # fmt: skip
    made["data.html"] = _data(shown, rows).encode()
    return made


def _data(shown: Contents, rows: Sequence[dict[str, Any]]) -> str:
    words = shown.language["site"]
    title = leads.headline(shown.language, shown.encounters, shown.context.options)
    day = shown.context.options.as_of or shown.context.now[:10]
    cited = polish(shown.language, fill(words["citation"], {"title": title, "date": when.after(shown.language, day)}))
    return page(shown, "data.html.jinja", "data.html", title=words["data"], rows=rows, citation=cited)


def _loss(language: Language, said: str) -> tuple[str, str]:
    """What a format could not carry, and the language that it is said in: English where the site's has no words for it."""
    number = re.match(r"\d*", said)
    counted = number[0] if number else ""
    own = language["site"].get("losses", {}).get(f"{{n}}{said[len(counted) :]}" if counted else said)
    return (fill(own, {"n": counted}), language.tag) if own else (said, "en")


def _size(shown: Contents, size: int) -> str:
    """A size in kilobytes as the language writes numbers."""
    return f"{format_decimal(max(round(size / 1000, 1), 0.1), locale=shown.language.locale)}\u00a0kB"


__all__ = ["DATA", "site"]
