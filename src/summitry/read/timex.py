"""Find the time expressions of a text by the grammar of its language.

`scan` returns language-independent `Timex` values, `resolve` gives their date, `heading_date` reads the date headings of
a chronology. Only a Timex of kind "date" may date an event (DESIGN §3, law 2: a missing date stays missing). An
expression is a chain of items behind an optional preposition: `vom` + `1.` `bis` `4. März`, `since` + `July 2023`.
"""

import re
from typing import Any, Final

import msgspec

from summitry import dates
from summitry.errors import DateError
from summitry.read.dategrammar import ISO_UNITS, TRIGGER, DateGrammar, Rule, Token, compile_dates, moment
from summitry.read.dateresolve import Anchor, Kind, Point, Timex, finest, resolve

_SIGN: Final = {"ago": (-1, False), "hence": (1, False), "earlier": (-1, True), "later": (1, True), "same": (0, True)}
_TIMELESS: Final[dict[str, Kind]] = {"duration": "duration", "frequency": "frequency", "time": "time"}
_FIELDS: Final = {
    "clearmonth": "month", "monthnumber": "month", "clearyear": "year", "nth": "day", "shortday": "weekday",
    "spanunit": "unit", "period": "unit", "one": "unit", "units": "unit", "clock": "unit", "number": "amount", "nthmonth": "month",
}  # fmt: skip
_DAYS: Final = ("day", "nth", "ordinal")
_HEAD = 160  # characters of a line in which a date that heads it ends
_REACH: Final = 6  # an expression has at most so many words before the one that gives it away
_LONG: Final = ("quarter", "half")
_BULLET: Final = re.compile(r"[\s\-–—•*·▪►>#_]*")
_SEPARATOR: Final = re.compile(r"[*_]*(?:\s*[:：][*_]*|\s+[-–—](?!-)|[–—]|\s*\t)\s*")
_CLOCK: Final = re.compile(r"\s*(?:[A-Z]{2,4}\b)?(?:\s*[:：|]|\s+[-–—](?!-)|[–—]|\s*\t)\s*")  # behind "GMT", "MESZ" too
_DASHED: Final = re.compile(r"\s*[-–—]\s.*\s[-–—]\s*")


class _Item(msgspec.Struct, gc=False):
    """One link of a chain: tokens `at` to `end`, the rule that fits, and what it says."""

    at: int
    end: int
    rule: Rule
    point: Point
    length: str | None = None


class _Chain(msgspec.Struct, gc=False):
    """Items and the kinds of connectors between them, behind a preposition of some kind or none."""

    at: int
    items: list[_Item]
    joins: list[str]
    prefix: str | None = None

    @property
    def end(self) -> int:
        return self.items[-1].end

    @property
    def sound(self) -> bool:
        """Whether it stands on its own: a bare "May", "2000" or "4." needs a preposition."""
        tiers = {item.rule.tier for item in self.items}
        amount = self.prefix == "about" and all(item.point.month is None for item in self.items)  # about 2000 people
        return "strong" in tiers or (self.prefix is not None and not amount and "weak" in tiers)


class Heading(msgspec.Struct, frozen=True, gc=False):
    """A date heading: its value, where in the line the date stands and where the rest begins; `only` without a rest."""

    value: str
    start: int
    end: int
    rest: int
    only: bool


def scan(text: str, start: int, end: int, grammar: DateGrammar) -> list[Timex]:
    """All time expressions between two offsets, the longest at each place, in order and without overlap."""
    if not grammar.promising(text, start, end):
        return []
    tokens = grammar.tokens(text, start, end)
    found: list[Timex] = []
    at = 0
    for trigger in [i for i, token in enumerate(tokens) if TRIGGER in token.classes]:
        at = max(at, trigger - _REACH)
        while at <= trigger:
            chain = _chain(tokens, at, grammar) if tokens[at].classes else None
            if chain is None:
                at += 1
                continue
            at, timexes = _timexes(tokens, chain, grammar)
            found += timexes
    return found


def _chain(tokens: list[Token], at: int, grammar: DateGrammar) -> _Chain | None:
    """The longest sound chain that begins at token `at`, with or without a preposition."""
    plain = _linked(tokens, at, at, grammar, None)
    inner, prefix = grammar.prefixes.longest(tokens, at)
    led = _linked(tokens, at, inner, grammar, prefix.section) if prefix else None
    found = [
        chain for chain in (plain, led) if chain is not None and chain.sound and not _counting(chain, tokens, grammar)
    ]
    if any(_governs(chain, tokens, grammar) for chain in found):
        return None
    return max(found, key=lambda chain: chain.end, default=None)


def _governs(chain: _Chain, tokens: list[Token], grammar: DateGrammar) -> bool:
    """Whether an expression ends in a word that here governs what follows: "two months after Modi came"."""
    follows = tokens[chain.end] if chain.end < len(tokens) else None
    if follows is None or grammar.governing.isdisjoint(tokens[chain.end - 1].classes):
        return False
    return follows.word[:1].isupper()


def _counting(chain: _Chain, tokens: list[Token], grammar: DateGrammar) -> bool:
    """Whether a bare ordinal counts a noun ("im 4. Anlauf", "on the 3rd floor") and names no day."""
    if any(item.rule.tier == "strong" or not _opens(item.rule) for item in chain.items):
        return False
    word = tokens[chain.end].word if chain.end < len(tokens) and len(chain.items) == 1 else ""
    noun = word[:1].isupper() if grammar.capital_nouns else bool(word)
    return noun or chain.prefix == "at"


def _linked(tokens: list[Token], at: int, inner: int, grammar: DateGrammar, prefix: str | None) -> _Chain | None:
    item = _item(tokens, inner, grammar)
    if item is None:
        return None
    chain = _Chain(at, [item], [], prefix)
    if item.rule.section in _TIMELESS or item.rule.section == "none":
        return chain if prefix in (None, "since") else None
    while True:
        after, connector = grammar.connectors.longest(tokens, chain.end)
        following = _item(tokens, after, grammar) if connector else None
        if connector is None or following is None or not _joinable(chain.items[-1], following, connector.section):
            break
        chain.items.append(following)
        chain.joins.append("range" if prefix == "between" and connector.section == "list" else connector.section)
    return chain


def _joinable(item: _Item, following: _Item, connector: str) -> bool:
    """Whether two items make a range or list: `25-27` behind a month, `18. und` before one, but no `May 3, 5 ministers`."""
    first, second = item.rule, following.rule
    if second.section in _TIMELESS or second.section == "none" or finest(item.point) != finest(following.point):
        return False
    if first.tier != "strong" and _opens(first):
        return _opens(second) and (second.tier == "strong" or first.tier == second.tier or connector != "comma")
    if second.tier == "loose" or (second.tier == "weak" and _opens(second)):
        return bool(first.slots) and first.slots[-1][1] in _DAYS and connector != "comma"
    return True


def _opens(rule: Rule) -> bool:
    """Whether an item begins with the number of a day."""
    return bool(rule.slots) and rule.slots[0][1] in _DAYS


def _item(tokens: list[Token], at: int, grammar: DateGrammar) -> _Item | None:
    """The longest item at token `at`, with the part of it that is meant ("early", "Ende des")."""
    end, rule = grammar.items.longest(tokens, at)
    inner, part = grammar.parts.longest(tokens, at)
    if part is not None:
        inner_end, inner_rule = grammar.items.longest(tokens, inner)
        if (
            inner_rule is not None
            and inner_end > end
            and inner_rule.section not in (*_TIMELESS, "none", "ago", "hence")
        ):
            strong = Rule(inner_rule.section, inner_rule.tier if _opens(inner_rule) else "strong", inner_rule.slots)
            return _Item(at, inner_end, strong, *_meaning(tokens, inner, inner_rule, part.section))
    return None if rule is None else _Item(at, end, rule, *_meaning(tokens, at, rule, None))


def _meaning(tokens: list[Token], at: int, rule: Rule, part: str | None) -> tuple[Point, str | None]:
    """What the words in the slots of a rule say: a point, and the length if it is one of time."""
    said: dict[str, Any] = {_FIELDS.get(slot, slot): tokens[at + i].classes[f"{{{slot}}}"] for i, slot in rule.slots}
    amount, unit = said.pop("amount", None), said.get("unit")
    length = said.pop("span", None)
    if "tennumber" in said:
        amount = 10 * said.pop("tennumber") + (amount or 0)
    if rule.section in _TIMELESS:
        known = rule.section == "duration" and amount is not None and unit in ISO_UNITS
        return Point(), length or (ISO_UNITS[str(unit)].format(amount) if known else None)
    if "ordinal" in said:
        said["nth" if unit in _LONG else "day"] = said.pop("ordinal")
    if "tens" in said:
        said["year"] = 1900 + said.pop("tens")
    if "shortyear" in said:
        short = said.pop("shortyear")
        said.setdefault("year", short + (1900 if short >= 70 else 2000))
    if rule.section in _SIGN:
        sign, text = _SIGN[rule.section]
        said.update(number=sign * (1 if amount is None else amount), text=text, counted=amount is not None)
        said.setdefault("unit", "moment")
    elif "moment" in said or rule.section not in ("date", "decade", "none"):
        said["unit"], said["number"], mark = said.pop("moment", None) or moment(rule.section)
        said["text"], part = mark == "text", part or (mark if mark != "text" else "") or None
    elif unit and "nth" not in said:
        said["number"] = said.pop("which", 0)
    return Point(**said, part=part, decade=rule.section == "decade"), None


def _timexes(tokens: list[Token], chain: _Chain, grammar: DateGrammar) -> tuple[int, list[Timex]]:
    """The end token of a chain, and the time expressions that it makes: a range is one, a list several."""
    first = chain.items[0]
    start, end = tokens[chain.at].start, tokens[chain.end - 1].end
    if first.rule.section == "none":
        return chain.end, []
    if first.rule.section in _TIMELESS:
        return chain.end, [_timeless(first, start, end, chain.prefix)]
    after, suffix = grammar.suffixes.longest(tokens, chain.end)
    if suffix and suffix.section == "from" != chain.prefix:
        suffix = None  # "am Montag an der Konferenz", not "von Montag an"
    kind: Any = suffix.section if suffix else chain.prefix
    kind = kind if kind in ("since", "until") else "date"
    about = chain.prefix in ("about", "circa") and all(item.point.number is None for item in chain.items)
    points = _shared(chain)
    found: list[Timex] = []
    begin = start
    i = 0
    while i < len(points):
        last = i
        while last < len(chain.joins) and _spans(points[last], points[last + 1], chain.joins[last]):
            last += 1
        stop = tokens[chain.items[last].end - 1].end
        pair = (points[i], None) if last == i else (points[i], points[last])
        found.append(Timex(begin, stop, kind, _anchor(*pair), pair[0], pair[1], approximate=about))
        i = last + 1
        begin = tokens[chain.items[i].at].start if i < len(points) else begin
    if suffix:
        found[-1] = msgspec.structs.replace(found[-1], end=tokens[after - 1].end)
    return after if suffix else chain.end, found


def _timeless(item: _Item, start: int, end: int, prefix: str | None) -> Timex:
    """A duration, frequency or time of day; "since" + a duration also tells when it began."""
    kind = _TIMELESS[item.rule.section]
    match = re.fullmatch(r"P(\d+)([DWMY])", item.length or "")
    if prefix is None or kind != "duration" or match is None:
        return Timex(start, end, kind, length=item.length)
    unit = {"D": "day", "W": "week", "M": "month", "Y": "year"}[match[2]]
    point = Point(unit=unit, number=-int(match[1]), counted=True)
    return Timex(start, end, "since", "published", point, None, item.length)


def _shared(chain: _Chain) -> list[Point]:
    """The points of a chain; those of a list get the month and year that only one of them names."""
    points = [item.point for item in chain.items]
    if len(points) > 1 and points[-1].day is not None and points[-1].month is None and points[-1].year is not None:
        points[-1] = msgspec.structs.replace(points[-1], month=points[0].month)  # March 25-27, 2024
    if all(join == "range" for join in chain.joins):
        return points
    donors = [point for point in points if point.month is not None or point.number is not None]
    donor = donors[0] if donors else points[0]
    year = next((point.year for point in points if point.year is not None), None)
    shared = []
    for point in points:
        if point.day is not None and point.month is None and point.number is None:
            point = msgspec.structs.replace(point, month=donor.month, unit=donor.unit, number=donor.number)
        if point.month is not None and point.year is None:
            point = msgspec.structs.replace(point, year=year)
        shared.append(point)
    return shared


def _spans(first: Point, second: Point, join: str) -> bool:
    """Whether two neighbours are a range: said so, or days that follow each other ("18 and 19 June")."""
    if join == "range":
        return True
    if first.day is not None and second.day is not None:
        return first.month == second.month and second.day == first.day + 1
    return first.weekday is not None and second.weekday == (first.weekday + 1) % 7


def _anchor(first: Point, last: Point | None) -> Anchor:
    points = (first,) if last is None else (first, last)
    if any(point.text for point in points):
        return "text"
    if any(point.number is not None or point.which is not None for point in points):
        return "published"
    if any(point.year is not None for point in points):
        return "explicit"
    return "published" if first.weekday is not None and first.day is None else "partial"


def heading_date(line: str, grammar: DateGrammar, published: str | None, context: str | None = None) -> Heading | None:
    """The date heading that a line is or begins with ("Juli 2023", "Oct 14-16 - Nigeria …"), `None` if it is none.

    `context` is the value of the heading before or above (of a year, then of a month), which completes a partial date;
    without one the publication date does, as for events of the past.
    """
    begin, tokens = _head(line, grammar)
    chain = _heading_chain(tokens, grammar)
    if chain is None:
        return None
    _, timexes = _timexes(tokens, chain, grammar)
    end = tokens[chain.end - 1].end
    separator = _SEPARATOR.match(line, end)
    rest = separator.end() if separator else len(line)
    if separator is None and line[end:].strip(" \t\r\n.*_"):
        return None
    certain = chain.items[0].point.weekday is not None and chain.items[0].point.day is not None
    tense: dates.Tense | None = None if certain else "past"  # "Monday, March 21" may head a preview
    values = [resolve(t, published=published, context=context, tense=tense) for t in timexes if t.kind == "date"]
    if not timexes or any(t.anchor == "text" or t.first is None or t.first.number is not None for t in timexes):
        return None
    if not values or values[0] is None or values[-1] is None:
        return None
    try:
        value = dates.interval(values[0], values[-1])
    except DateError:
        value = values[0]
    return Heading(value, begin, end, rest, only=not line[rest:].strip() or _DASHED.fullmatch(line) is not None)


def clock_heading(line: str, grammar: DateGrammar) -> int | None:
    """Where the text behind the time of day begins that heads an entry of a live report ("14:05 Uhr: …"), None if none does."""
    begin, tokens = _head(line, grammar)
    item = _item(tokens, 0, grammar) if tokens and tokens[0].classes else None
    if item is None or item.rule.section != "time" or not line[tokens[0].start].isdigit():
        return None
    end = tokens[item.end - 1].end
    separator = _CLOCK.match(line, end)
    return separator.end() if separator else len(line) if not line[end:].strip() else None


def _head(line: str, grammar: DateGrammar) -> tuple[int, list[Token]]:
    """Where a line begins behind its bullet, and its first words; none if it does not open with a word of dates, as most."""
    opening = _BULLET.match(line)
    begin = opening.end() if opening else 0
    end = min(len(line), begin + _HEAD)
    return begin, grammar.tokens(line, begin, end) if grammar.opens(line, begin, end) else []


def _heading_chain(tokens: list[Token], grammar: DateGrammar) -> _Chain | None:
    """As `_chain` at the beginning of a line, where a bare month or year needs no preposition."""
    if not tokens or not tokens[0].classes:
        return None
    chain = _chain(tokens, 0, grammar) or _linked(tokens, 0, 0, grammar, None)
    if (
        chain is None
        or all(item.rule.tier == "loose" for item in chain.items)
        or chain.items[0].rule.section in _TIMELESS
    ):
        return None
    return None if chain.items[0].rule.section == "none" or chain.prefix in ("since", "until") else chain


__all__ = [
    "Anchor",
    "DateGrammar",
    "Heading",
    "Kind",
    "Point",
    "Timex",
    "clock_heading",
    "compile_dates",
    "heading_date",
    "resolve",
    "scan",
]
