"""Headline and lead. Every number is counted from the encounters at hand, as a range where their dates are too coarse.

The lead is worded as a claim about the series, never as a journey, so that reading it back adds no encounter.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Protocol

from summitry import dates
from summitry.model import Encounter
from summitry.publish import when
from summitry.publish.grammar import Phrase, fill, join, plural, polish
from summitry.publish.places import country, country_name
from summitry.publish.tables import Language


class Window(Protocol):
    """The options a lead depends on (`chronicle.Options`)."""

    @property
    def style(self) -> str: ...
    @property
    def tense(self) -> str: ...
    @property
    def between(self) -> tuple[str, ...]: ...
    @property
    def start(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...
    @property
    def as_of(self) -> str | None: ...


def headline(language: Language, encounters: Sequence[Encounter], window: Window) -> str:
    """The fullest headline that fits the limit of the style; the shortest one if none does."""
    style = language["styles"][window.style]
    sides = parties(encounters, window)
    kind = {1: "one", 2: "pair"}.get(len(sides), "many")
    names = [country_name(language, code) for code in sides]
    slots = {"a": names[0] if names else None, "b": names[1] if len(names) > 1 else None}
    candidates = [fill(t, slots | {"period": period(language, encounters, window)}) for t in language["headline"][kind]]
    texts = [style["tag"] + text for text in candidates]
    return next((str(text) for text in texts if len(text) <= style["headline"]), str(texts[-1]))


def parties(encounters: Sequence[Encounter], window: Window) -> tuple[str, ...]:
    """The countries it is about: those asked for, else the two that all encounters share, else none."""
    if window.between:
        return window.between
    common = [_countries(e) for e in encounters]
    shared = set.intersection(*common) if common else set()
    order = [code for e in encounters for code in sorted(_countries(e)) if code in shared]
    return tuple(dict.fromkeys(order))[:2]


def _countries(encounter: Encounter) -> set[str]:
    codes = {who.country for who in (*encounter.guests, *encounter.hosts)} | {encounter.host_country}
    return {code for code in codes if code}


def period(language: Language, encounters: Sequence[Encounter], window: Window) -> str:
    """ "since July 2023", or "from … to …" where the window has an end; "" without any date."""
    words = language["dates"]
    dated = [e.date for e in encounters if e.date]
    start = window.start or (when.month_of(min(dated, key=dates.sort_key)) if dated else None)
    if start is None:
        return ""
    if window.end:
        ends = {"start": when.after(language, start), "end": when.after(language, window.end)}
        return fill(words["window"], ends)
    return fill(words["since"], {"date": when.after(language, start)})


def lead(language: Language, encounters: Sequence[Encounter], window: Window) -> tuple[str, ...]:
    """The paragraphs of the lead."""
    held = [e for e in encounters if e.status == "held"]
    rules = language["lead"]
    sentences = [_total(language, held, encounters, window)] if held else [str(rules["none"])]
    hosts = _hosts(language, held, parties(encounters, window), window.tense)
    others = _others(language, encounters)
    paragraphs = [" ".join(polish(language, s) for s in (*sentences, *hosts, *others) if s)]
    if window.as_of:
        paragraphs.append(polish(language, fill(rules["as_of"], {"date": when.after(language, window.as_of)})))
    return tuple(paragraphs)


def _total(language: Language, held: Sequence[Encounter], all_: Sequence[Encounter], window: Window) -> str:
    sides = parties(all_, window)
    rules = language["lead"]
    table = rules["exchange" if _exchanged(held, sides) else "pair" if len(sides) == 2 else "many"]
    year, part = _latest_year(language, held)
    slots: dict[str, Phrase | str | None] = {
        "n": when.number_word(language, len(held)), "year": year, "part": part,
        "period": period(language, all_, window) or rules["ever"],
    }  # fmt: skip
    for name, code in zip("ab", sides, strict=False):
        slots[name] = country(language, code)
    return fill(plural(language, table, len(held)), slots)


def _exchanged(held: Sequence[Encounter], sides: Sequence[str]) -> bool:
    """Whether these are visits in both directions between two countries, and nothing else."""
    directions = {(who.country, e.host_country) for e in held for who in e.guests[:1]}
    return len(sides) == 2 and all(e.kind == "visit" for e in held) and directions == {tuple(sides), tuple(sides[::-1])}


def _latest_year(language: Language, held: Sequence[Encounter]) -> tuple[str | None, str | None]:
    """The last year that encounters fall in and how many do, nothing unless they fall in several."""
    years = Counter(year for year in (when.year_of(e.date) for e in held) if year)
    if len(years) < 2:
        return None, None
    last = max(years)
    sure = [dates.within(e.date, last, last) if e.date else None for e in held]
    low, high = sure.count(True), sure.count(True) + sure.count(None)
    words = [when.number_word(language, n) for n in (low, high)]
    return last, words[0] if low == high else fill(language["lead"]["range"], {"low": words[0], "high": words[1]})


def _hosts(language: Language, held: Sequence[Encounter], sides: Sequence[str], tense: str) -> list[str]:
    """How often either side was the host, where all are visits between the two."""
    if not _exchanged(held, sides):
        return []
    hosted = Counter(e.host_country for e in held)
    first, second = sorted(sides, key=lambda code: -hosted[code])
    slots = {
        "a": country(language, first), "b": country(language, second), "n": when.number_word(language, hosted[first]),
        "m": when.number_word(language, hosted[second]), "be": language["verbs"].get("be", {"past": [""]})["past"][0],
    }  # fmt: skip
    return [fill(language["lead"]["hosts"], slots)] if hosted[second] > 1 else []


def _others(language: Language, encounters: Sequence[Encounter]) -> list[str]:
    """What is on record besides the encounters that were held."""
    counts = Counter(e.status for e in encounters)
    rules = language["lead"]
    listed = [
        plural(language, rules[status], counts[status]).replace("{n}", when.number_word(language, counts[status]))
        for status in ("planned", "proposed", "cancelled", "disputed") if counts[status]
    ]  # fmt: skip
    number = sum(counts.values()) - counts["held"]
    return [fill(plural(language, rules["others"], number), {"list": join(language, listed)})] if listed else []
