"""Say a verdict in one plain sentence; the sentences are data: `languages/<tag>/verdicts.toml`."""

import functools
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any, Final

from babel import Locale
from babel.dates import format_date, format_interval
from babel.lists import format_list

from summitry.dates import bare, bounds, precision
from summitry.errors import LanguageError
from summitry.model import CountingRule

_FILE: Final = "verdicts.toml"
_PATTERNS: Final = ("day", "month", "year")


class Words:
    """The words of one language, ready to be filled in."""

    def __init__(self, tag: str, tables: dict[str, Any]) -> None:
        self.tag = tag
        self._tables = tables
        self._locale = Locale.parse(tables["language"]["locale"])

    @property
    def verdicts(self) -> dict[str, str]:
        """What each verdict is called."""
        return dict(self._tables["verdicts"])

    def sentence(self, key: str, **values: object) -> str:
        """The sentence `key` with its slots filled."""
        text: str = self._tables["sentences"][key].format(**values)
        return " ".join(text.split()).replace(" .", ".").replace(" ;", ";").replace(" ,", ",")

    def quoted(self, words: Iterable[str]) -> str:
        """Words of a text in the quotation marks of the language."""
        quotes = str(self._tables["language"]["quotes"])
        return ", ".join(quotes.format(word) for word in words)

    def amount(self, low: int, high: int, unit: str) -> str:
        """A number, or the two it lies between, with the unit: "18 to 20 delegations"."""
        one, other = self._tables["units"][unit]
        number = str(high) if low == high else self._tables["numbers"]["range"].format(low=low, high=high)
        return f"{number} {one if low == high == 1 else other}"

    def claimed(self, operator: str, value: int) -> str:
        """What was claimed: "more than 24"."""
        return str(self._tables["operators"][operator]).format(n=value)

    def date(self, edtf: str | None) -> str:
        """A date as fine as it is known; the word for undated if it is not."""
        if edtf is None:
            return str(self._tables["dates"]["undated"])
        if "/" in edtf:
            start, _, end = edtf.partition("/")
            if precision(start) == precision(end) == "day":
                days = bounds(start)[0], bounds(end)[0]
                return " ".join(format_interval(*days, "yMMMMd", locale=self._locale).split())
            return self.window(start.strip("."), end.strip("."))
        first, fineness = bounds(edtf)[0], precision(edtf)
        if first is None or fineness not in _PATTERNS:
            return bare(edtf)
        return format_date(first, self._tables["dates"][fineness], locale=self._locale)

    def dates(self, some: Iterable[str | None]) -> str:
        """Several dates, as a list."""
        return format_list([self.date(one) for one in some], locale=self._locale)

    def window(self, start: str | None, end: str | None) -> str:
        """From when to when; nothing where both are open."""
        if start and start == end:
            return self._end("in", start)
        parts = [self._end("from" if end else "since", start)] if start else []
        return " ".join([*parts, self._end("until", end)] if end else parts)

    def _end(self, key: str, edtf: str) -> str:
        fineness = precision(edtf)
        form = self._tables["windows"][key]["day" if fineness == "day" else "other"]
        return str(form).format(date=self.date(edtf))

    def country(self, code: str) -> str:
        """A country's name; its code where the locale has none."""
        return str(self._locale.territories.get(code, code))

    def steps(self, rule: CountingRule, base: CountingRule) -> str:
        """How `rule` differs from `base`, in words: "until 31 May 2024, without leaders"."""
        steps = self._tables["steps"]
        found = []
        if rule.end != base.end:
            found.append(steps["end"].format(date=self.date(rule.end)))
        if rule.unit != base.unit:
            found.append(steps["unit"].format(unit=self._tables["units"][rule.unit][1]))
        if (rule.guest, rule.host) != (base.guest, base.host):
            guest, host = (", ".join(self.country(code) for code in side) for side in (rule.guest, rule.host))
            found.append(steps["direction"].format(guest=guest, host=host))
        if rule.level != base.level:
            found.append(steps["level"].format(level=self._tables["levels"][str(rule.level).removesuffix("+")]))
        found += [steps["exclude"][name] for name in rule.exclude if name not in base.exclude]
        return ", ".join(found)


def tags() -> tuple[str, ...]:
    """The languages in which a verdict can be said."""
    root = resources.files("summitry") / "languages"
    return tuple(sorted(folder.name for folder in root.iterdir() if (folder / _FILE).is_file()))


@functools.cache
def words(tag: str) -> Words:
    """The words of language `tag`. Raises LanguageError if there are none or the file is malformed."""
    if tag not in tags():
        raise LanguageError(f"Verdicts cannot be written in {tag!r}; there are {', '.join(tags())}.")
    text = (resources.files("summitry") / "languages" / tag / _FILE).read_text("utf-8")
    try:
        return Words(tag, tomllib.loads(text))
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise LanguageError(f"The file {_FILE} of language {tag!r} is malformed: {error}.") from error
