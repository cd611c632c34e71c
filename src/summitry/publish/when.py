"""Dates in words, only as fine as the record has them: "im Juli 2023", "am 18. und 19. Juni", "June 18, 2024".

Dates are EDTF level 1; a heading that already names the year or month is not repeated.
"""

import datetime as dt
import functools
import re
from typing import NamedTuple

from babel.dates import format_date

from summitry.publish.grammar import plural, polish
from summitry.publish.tables import MEMORY, Language

PART = re.compile(r"(\d{4})(?:-(\d\d|XX))?(?:-(\d\d|XX))?$")
DAY = re.compile(r"\{([ab])\|([^}]+)\}")
DURATION = re.compile(r"P(\d+)([DWMY])$")
UNITS = {"D": "days", "W": "weeks", "M": "months", "Y": "years"}


class When(NamedTuple):
    """First and last component of an EDTF date (year, month, day; 0 where unknown), and how sure it is."""

    start: tuple[int, int, int]
    end: tuple[int, int, int]
    approximate: bool = False

    @property
    def precision(self) -> str:
        """day | month | season | year: how fine its coarser end is."""
        parts = (self.start, self.end)
        if any(month > 12 for _, month, _ in parts):
            return "season"
        if all(day for *_, day in parts):
            return "day"
        return "month" if all(month for _, month, _ in parts) else "year"

    def day_of(self) -> dt.date:
        """The first day it may mean, of a season its year's."""
        year, month, day = self.start
        return dt.date(year, month if 1 <= month <= 12 else 1, day or 1)


@functools.lru_cache(MEMORY)
def read(date: str | None) -> When | None:
    """The components of an EDTF level 1 date; None for none, or for one that has no year at either end.

    >>> read("2024-06-18/2024-06-19").precision, read("2023-07~").approximate, read(None)
    ('day', True, None)
    """
    first, _, last = (date or "").partition("/")
    ends = [_components(part) for part in (first, last or first)]
    known = [end for end in ends if end is not None]
    if not known:
        return None
    return When(known[0], known[-1], bool(re.search("[~?%]", date or "")))


def _components(part: str) -> tuple[int, int, int] | None:
    match = PART.match(re.sub("[~?%]", "", part))
    if match is None:
        return None
    year, month, day = (int(g) if g and g.isdigit() else 0 for g in match.groups())
    return year, month, day if month else 0


@functools.lru_cache(MEMORY)
def phrase(language: Language, date: str | None, known: str | None = None) -> str:
    """The date as an adverb; `known` ("year", "month") is what the heading above says already. "" if nothing is left."""
    when = read(date)
    if when is None:
        return ""
    rules = language["dates"]
    if open_end := _open(date or ""):
        return str(rules[open_end]).replace("{date}", after(language, date))
    table = rules["full" if known is None else "short"]
    if when.precision == "season":
        text = str(rules["seasons"].get(str(when.start[1]), "")).replace("{y}", str(when.start[0]))
    elif known == "month" and when.precision == "month" and when.start == when.end and not when.approximate:
        text = ""
    else:
        across = when.start[0] != when.end[0]
        text = _template(rules["full"] if across else table, when)
        text = DAY.sub(lambda m: _format(language, when.start if m[1] == "a" else when.end, m[2]), text)
    if when.approximate:
        if not text:
            return phrase(language, date)  # the heading has the year, and not that it is uncertain
        for pattern, replacement in rules["approximate"]:
            if match := re.match(pattern, text):
                return match.expand(replacement) + text[match.end() :]
    elif _is_week(when):
        return str(rules["week"]).replace("{span}", text)
    return text


def _is_week(when: When) -> bool:
    """Whether it is a week from Monday to Sunday: somebody was there on some day of it ("in the week from May 5 to 11")."""
    if when.precision != "day" or when.start == when.end:
        return False
    first, last = (dt.date(*part) for part in (when.start, when.end))
    return first.weekday() == 0 and (last - first).days == 6


def line(language: Language, date: str | None, known: str | None = None) -> str:
    """The date as an agency prints it above or before an entry ("18./19. Juni"); "" for one not known to the day.

    `known` is what the heading says already: under the heading of its year or month the year is not repeated.
    """
    when = read(date)
    if when is None or when.precision != "day" or when.approximate or _open(date or "") or _is_week(when):
        return ""
    table = language["dates"]["line" if known and when.start[0] == when.end[0] else "full_line"]
    template = _template(table, when)
    return polish(
        language, DAY.sub(lambda m: _format(language, when.start if m[1] == "a" else when.end, m[2]), template)
    )


def _open(date: str) -> str | None:
    """`from` or `until` for an interval with one end open or unknown, None for any other date."""
    first, interval, last = date.partition("/")
    if not interval:
        return None
    return "until" if first in ("", "..") else "from" if last in ("", "..") else None


def _template(table: dict[str, str], when: When) -> str:
    if when.precision != "day":
        return table[when.precision if when.start == when.end else f"{when.precision}s"]
    if when.start == when.end:
        return table["day"]
    first, last = (dt.date(*part) for part in (when.start, when.end))
    if when.start[:2] != when.end[:2]:
        return table["long_span"]
    return table["pair" if (last - first).days == 1 else "span"]


def after(language: Language, date: str | None) -> str:
    """The date as it stands after "since", "until", "as of": like `bare`, where the language makes no difference."""
    return bare(language, date, "after" if "after" in language["dates"] else "bare")


def bare(language: Language, date: str | None, table: str = "bare") -> str:
    """The date as a heading ("Juli 2023"), by its first end; the word for undated if none."""
    when = read(date)
    if when is None:
        return str(language["dates"]["undated"])
    precision = "year" if when.precision == "season" else when.precision
    return DAY.sub(lambda m: _format(language, when.start, m[2]), language["dates"][table][precision])


def month_of(date: str | None) -> str | None:
    """The month a date begins in ("2023-07"), its year if that is all there is, None if undated."""
    when = read(date)
    if when is None:
        return None
    year, month, _ = when.start
    return f"{year:04}-{month:02}" if 1 <= month <= 12 else f"{year:04}"


def year_of(date: str | None) -> str | None:
    """The year a date lies in, None if undated or across two years."""
    when = read(date)
    return f"{when.start[0]:04}" if when and when.start[0] == when.end[0] else None


def span(language: Language, duration: str) -> str:
    """An ISO 8601 duration of one unit in words ("P3M": "drei Monaten"); "" for any other."""
    match = DURATION.match(duration)
    if match is None:
        return ""
    number = int(match[1])
    rules = language["dates"]["spans"]
    table = rules[UNITS[match[2]]]
    if isinstance(table, list):
        table = {"one": table[0], "other": table[1]}
    return plural(language, table, number).replace("{n}", number_word(language, number))


def number_word(language: Language, number: int) -> str:
    """A number as a desk prints it: in words as far as the language's list goes, then in digits."""
    words = language["dates"]["spans"]["numbers"]
    return str(words[number]) if 1 < number < len(words) else str(number)


def _format(language: Language, part: tuple[int, int, int], pattern: str) -> str:
    year, month, day = part
    own = language["dates"].get("months")  # forms that CLDR does not have, such as the one after "in"
    if own and pattern == "month":
        return str(own[month - 1])
    known = 1 <= month <= 12  # of a season only the year is printed
    return format_date(dt.date(year, month if known else 1, day or 1), pattern, locale=language.locale)
