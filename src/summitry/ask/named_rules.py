"""Counting rules by name: those that come with the package, and the user's own from a file of the same form.

    rules = named_rules(Path("rules.toml"))               # key -> NamedRule(key, rule, about); the user's replace ours
    rule = combined(rules["fact-box"].rule, given)        # what is given with the question narrows or replaces

A file holds one table per rule: `name`, `about` (in a table of its own under a language's tag as well), and any of `unit, between, guest, host, people, from, to, kind, status,
level, capacity, sectors, region, place, exclude`, with the values that `count` takes.
"""

import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from summitry.ask.rules import checked
from summitry.errors import DateError, UsageError
from summitry.model import CountingRule, Noun

_NAMES: Final[dict[str, str]] = {"from": "start", "to": "end"}
_PLAIN: Final = CountingRule()


class NamedRule(Noun, frozen=True):
    """A rule under a short key, and what it means in a few sentences."""

    key: str
    rule: CountingRule
    about: str
    translations: dict[str, tuple[str, str]] = {}  # language -> name and meaning

    def said(self, lang: str) -> tuple[str, str]:
        """Name and meaning in a language, as they are where the file does not say them in it."""
        return self.translations.get(lang, (self.rule.name or self.key, self.about))


def named_rules(own: Path | None = None) -> dict[str, NamedRule]:
    """All rules by key, the user's from the file `own` on top. Raises UsageError for a malformed file or rule."""
    shipped = (resources.files("summitry") / "data" / "rules.toml").read_text("utf-8")
    found = _parsed(shipped, "the shipped rules.toml")
    if own is None:
        return found
    try:
        text = own.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The rules in {own} cannot be read: {error}.") from error
    return found | _parsed(text, str(own))


def rule_named(key: str, own: Path | None = None) -> CountingRule:
    """The rule under `key`. Raises UsageError, naming those there are, if it is unknown."""
    rules = named_rules(own)
    if key not in rules:
        raise UsageError(f"There is no counting rule {key!r}; there are {', '.join(sorted(rules))}.")
    return rules[key].rule


def combined(named: CountingRule, given: CountingRule) -> CountingRule:
    """`named` with every field that `given` sets; what both exclude is left out together."""
    set_ = {
        name: value
        for name in CountingRule.__struct_fields__
        if (value := getattr(given, name)) != getattr(_PLAIN, name)
    }
    exclude = tuple(dict.fromkeys((*named.exclude, *given.exclude)))
    return replace(named, **(set_ | {"exclude": exclude}))


def _parsed(text: str, source: str) -> dict[str, NamedRule]:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"The counting rules in {source} are malformed: {error}.") from error
    return {key: _rule(key, table, source) for key, table in tables.items()}


def _rule(key: str, table: Any, source: str) -> NamedRule:
    if not isinstance(table, dict):
        raise UsageError(f"{source} holds {key!r} outside of a rule; each rule is a table such as [{key}].")
    given: dict[str, Any] = table
    texts = {tag: one for tag, one in given.items() if isinstance(one, dict)}
    fields = {_NAMES.get(name, name): value for name, value in given.items() if name != "about" and name not in texts}
    unknown = sorted(set(fields) - set(CountingRule.__struct_fields__))
    if unknown:
        raise UsageError(f"The counting rule {key!r} in {source} has an unknown key {unknown[0]!r}.")
    try:
        rule = checked(msgspec.convert({"name": key} | fields, CountingRule))
    except (msgspec.ValidationError, UsageError, DateError) as error:
        raise UsageError(f"The counting rule {key!r} in {source} is malformed: {error}") from error
    about = _line(table.get("about", ""))
    said = {tag: (_line(one.get("name", rule.name)), _line(one.get("about", about))) for tag, one in texts.items()}
    return NamedRule(key, rule, about, said)


def _line(text: object) -> str:
    return " ".join(str(text).split())


__all__ = ["NamedRule", "combined", "named_rules", "rule_named"]
