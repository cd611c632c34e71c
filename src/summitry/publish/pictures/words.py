"""Words under and in pictures, from the table [pictures] of a language's writing.toml."""

from babel.dates import format_date

from summitry.publish import when
from summitry.publish.grammar import fill, plural
from summitry.publish.places import country_name
from summitry.publish.tables import Language


def said(language: Language, name: str, **slots: str) -> str:
    """The phrase of that name, filled."""
    return fill(str(language["pictures"][name]), slots)


def number(language: Language, count: int) -> str:
    """ "one encounter", "12 encounters"."""
    return plural(language, language["pictures"]["encounters"], count).replace("{n}", str(count))


def name(language: Language, code: str | None) -> str:
    """A country's name, the word for unknown where there is none."""
    return country_name(language, code) if code else str(language["pictures"]["unknown"])


def span(language: Language, first: str, last: str) -> str:
    """From one EDTF date to another in words, the date alone where they are one."""
    if first == last:
        return when.bare(language, first)
    return f"{when.bare(language, first)} – {when.bare(language, last)}"


def month_letter(language: Language, month: str) -> str:
    """The shortest usual form of a month's name ("J")."""
    found = when.read(month)
    return format_date(found.day_of(), "LLLLL", locale=language.locale) if found else ""
