"""The words of the pages: gettext catalogues, one folder per language, read when they are first needed.

A language is offered if it has a catalogue here and tables to write chronicles with. Messages are in English in the
templates; the English catalogue is complete too, so that no language is a special case.
"""

import functools
import io
from collections.abc import Sequence
from importlib import resources
from typing import Any

from babel import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations

from summitry import detection
from summitry.publish import languages as written
from summitry.writing import usual_language


@functools.cache
def offered() -> dict[str, str]:
    """The languages of the pages: tag -> what the language calls itself."""
    root = resources.files("summitry.web") / "locale"
    own = {folder.name for folder in root.iterdir() if (folder / "messages.po").is_file()}
    return {tag: name for tag, name in detection.names().items() if tag in own and tag in written()}


@functools.cache
def catalogue(tag: str) -> Translations:
    """The translations of one language."""
    path = resources.files("summitry.web") / "locale" / tag / "messages.po"
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(path.read_bytes()), locale=tag))
    compiled.seek(0)
    return Translations(fp=compiled)


def chosen(cookie: str | None, accepted: str) -> str:
    """The language to answer in: the one the visitor chose, else the best of what the browser accepts."""
    if cookie in offered():
        return str(cookie)
    usual = usual_language()
    fallback = usual if usual in offered() else next(iter(offered()))
    return negotiate_locale(_preferred(accepted), list(offered()), sep="-") or fallback


def _preferred(header: str) -> Sequence[str]:
    """The languages of an Accept-Language header (RFC 9110, 12.5.4), the dearest first; each also without region."""
    weighted: list[tuple[float, str]] = []
    for part in header.split(",")[:20]:
        tag, _, weight = part.strip().partition(";q=")
        try:
            weighted.append((-float(weight or 1), tag))
        except ValueError:
            continue
    tags = [tag for _, tag in sorted(weighted, key=lambda one: one[0])]
    return [form for tag in tags for form in (tag, tag.partition("-")[0])]


def functions(tag: str) -> dict[str, Any]:
    """What a template needs to translate."""
    found = catalogue(tag)
    return {"gettext": found.gettext, "ngettext": found.ngettext}
