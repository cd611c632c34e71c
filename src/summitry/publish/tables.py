"""The words and forms a language writes with, loaded from its `writing.toml` and `countries.toml`.

Whatever differs between languages is in those files; this module only finds, checks and caches them.
"""

import functools
import tomllib
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError

from summitry.errors import LanguageError

MEMORY = 4096  # phrases that are kept ready: a chronicle says the same ones again and again
GENDERS = ("m", "f", "n", "p")  # the order of every row of forms in writing.toml
REQUIRED = ("language", "articles", "names", "person", "delegation", "country", "place", "verbs", "clause", "frames",
            "activities", "sectors", "offices", "dates", "headline", "lead", "styles", "pictures", "site")  # fmt: skip


class Language(msgspec.Struct, frozen=True, eq=False):
    """One language to write in: its tables by name, and its words for countries by code."""

    tag: str
    locale: Locale
    writing: dict[str, Any]
    countries: dict[str, dict[str, Any]]

    def __getitem__(self, table: str) -> dict[str, Any]:
        return self.writing.get(table) or {}

    def __hash__(self) -> int:
        return hash(self.tag)

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(self["language"]["cases"])


@functools.cache
def languages() -> tuple[str, ...]:
    """The tags of all languages that a chronicle can be written in, in order."""
    folders = (d for d in _root().iterdir() if d.is_dir())
    return tuple(sorted(d.name for d in folders if (d / "writing.toml").is_file()))


@functools.cache
def load(tag: str) -> Language:
    """The tables of language `tag`; raises LanguageError if they are missing or malformed."""
    folder = _root() / tag
    if tag not in languages():
        raise LanguageError(f"No chronicle can be written in {tag!r}; there are tables for {', '.join(languages())}.")
    writing = _read(folder / "writing.toml")
    for table in REQUIRED:
        if table not in writing:
            raise LanguageError(f"The table [{table}] is missing in {tag}/writing.toml; add it.")
    try:
        locale = Locale.parse(writing["language"]["locale"])
    except (KeyError, UnknownLocaleError, ValueError) as error:
        raise LanguageError(f"{tag}/writing.toml names no known locale under [language]: {error}.") from error
    named: dict[str, Any] = {}
    for file in (folder / "organizations.toml", folder / "countries.toml"):
        named |= _read(file) if file.is_file() else {}
    return Language(tag, locale, writing, named | writing.get("organizations", {}))


def _root() -> Traversable:
    return resources.files("summitry") / "languages"


def _read(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LanguageError(f"The language file {file} cannot be read: {error}.") from error
