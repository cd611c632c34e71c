"""Offices and who held them when: "US President" in a rule or a claim means whoever had the office at the time.

An office is written as a country code and the office's name in any of our languages, its title in the authority or
its post ("US President", "US Außenminister", "RU foreign-minister"). Somebody took part in an office if the source
prints it beside them, or if the authority has them in it on that day; who is only elected or nominated is not in it.
"""

import functools
import tomllib
from collections.abc import Iterable
from datetime import date
from importlib import resources
from typing import Final, NamedTuple

from summitry import authority, territories
from summitry.dates import bounds
from summitry.kinds import Level
from summitry.model import Occupancy
from summitry.record.folding import fold_name

_LEADING: Final = ("head-of-state", "head-of-government", "president", "de-facto-leader", "monarch")
_FILE: Final = "verdicts.toml"


class Office(NamedTuple):
    """An office: `posts` of the authority, and the titles by which sources print it."""

    country: str
    posts: tuple[str, ...]
    titles: tuple[str, ...]

    @property
    def holders(self) -> tuple[Occupancy, ...]:
        """Every time somebody held it, as far as the authority knows."""
        rows = authority.load().in_country(self.country)
        return tuple(row for row in rows if row.post in self.posts and (not self.titles or row.title in self.titles))


@functools.cache
def office(text: str) -> Office | None:
    """The office that "US President" names; None if it is none, or none that the authority knows."""
    country, _, words = text.strip().partition(" ")
    if not words or not territories.known(country):
        return None
    return office_of(words, country)


@functools.cache
def office_of(words: str, country: str) -> Office | None:
    """The office of `country` that `words` name in any language; None if that cannot be told."""
    wanted = _bare(words)
    rows = authority.load().in_country(country)
    titled = [row for row in rows if fold_name(row.title) == wanted]
    if titled:  # the country's own word for it
        return _made(country, titled, titled=True)
    posts = _posts(wanted)
    held = [row for row in rows if row.post in posts]
    leading = [row for row in held if row.post in _LEADING]
    return _made(country, leading or held, titled=False) if held else None


def _made(country: str, rows: Iterable[Occupancy], *, titled: bool) -> Office:
    found = list(rows)
    posts = tuple(dict.fromkeys(row.post for row in found))
    return Office(country, posts, tuple(dict.fromkeys(row.title for row in found)) if titled else ())


def _bare(words: str) -> str:
    """The office without what only says that it is held now: "sitting", "amtierender"."""
    in_office = _words()[1]
    return " ".join(word for word in fold_name(words).split() if word not in in_office)


def _posts(wanted: str) -> frozenset[str]:
    return frozenset(post for post, forms in _words()[0].items() if wanted in forms or wanted == post.replace("-", " "))


@functools.cache
def post_of(words: str) -> str | None:
    """The one post of the authority that an office as printed names, in any language; None if it names none or several."""
    found = _posts(_bare(words))
    return next(iter(found)) if len(found) == 1 else None


@functools.cache
def _words() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    """Post -> its names in all languages, folded; and the words that say "in office"."""
    posts: dict[str, set[str]] = {}
    in_office: set[str] = set()
    root = resources.files("summitry") / "languages"
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        file = folder / _FILE
        if not file.is_file():
            continue
        table = tomllib.loads(file.read_text("utf-8")).get("offices", {})
        for post, forms in table.get("posts", {}).items():
            posts.setdefault(post, set()).update(map(fold_name, forms))
        in_office.update(fold_name(form) for form in table.get("in-office", ()))
    return {post: frozenset(forms) for post, forms in posts.items()}, frozenset(in_office)


@functools.cache
def capacity(text: str) -> str | None:
    """A capacity that is no office ("president-elect", "gewählter Präsident", "candidate"); None if it is an office."""
    wanted = fold_name(text)
    root = resources.files("summitry") / "languages"
    for folder in sorted(root.iterdir(), key=lambda entry: entry.name):
        file = folder / _FILE
        table = tomllib.loads(file.read_text("utf-8")).get("capacities", {}) if file.is_file() else {}
        for name, forms in table.items():
            if wanted == fold_name(name) or wanted in map(fold_name, forms):
                return str(name)
    return text if wanted.startswith("former ") or wanted.endswith((" elect", " designate")) else None


def country_of(name: str) -> str | None:
    """The country of a person by name or identity; None if the authority knows none or several of that name."""
    known = authority.load()
    countries = {known.by_id[one].country for one in identities_of(name)}
    return countries.pop() if len(countries) == 1 else None


def home(name: str) -> str | None:
    """The country of an office, or of a person."""
    held = office(name)
    return held.country if held else country_of(name)


def identities_of(name: str) -> frozenset[str]:
    """The identities that the authority knows by a name, or the name itself if it is one."""
    known = authority.load()
    return frozenset({name}) if name in known.by_id else frozenset(person.id for person in known.find(name))


def in_office_during(ids: Iterable[str], first: date | None, last: date | None) -> list[str]:
    """Those of `ids` who held an office of minister or higher at some time from `first` to `last`."""
    known = authority.load()
    return [one for one in ids if one in known.by_id and any(
        row.level in ("leader", "minister") and _meets(row, first, last) for row in known.by_id[one].occupancies
    )]  # fmt: skip


def _meets(row: Occupancy, first: date | None, last: date | None) -> bool:
    begin, end = span(row)
    return (last is None or begin <= last) and (first is None or end >= first)


def span(row: Occupancy) -> tuple[date, date]:
    """First and last day of an occupancy; open ends reach as far as dates go."""
    begin = bounds(row.start)[0] if row.start else None
    end = bounds(row.end)[1] if row.end else None
    return begin or date.min, end or date.max


def in_office(name: str) -> str | None:
    """The title of the highest office that a person held, where the authority knows one alone: "during his term"."""
    people = list(identities_of(name))
    if len(people) != 1:
        return None
    rows = [row for row in authority.load().by_id[people[0]].occupancies if row.level in ("leader", "minister")]
    leading = [row for row in rows if row.level == "leader"]
    titles = {row.title for row in leading or rows}
    return titles.pop() if len(titles) == 1 else None


@functools.cache
def names_of(row: Occupancy) -> tuple[str, ...]:
    """The full names of a holder, folded, by which the record knows who has not been identified yet."""
    person = authority.load().by_id[row.person]
    return tuple(sorted({fold_name(name) for name in (person.caption, *person.aliases) if " " in name.strip()}))


def tenures(name: str, held: Office | None, level: Level | None) -> list[tuple[date, date]]:
    """The calendar years in which a person held `held`, or an office of `level`; () if the authority does not know.

    Whole years: who speaks of a minister's visits in the year of accession does not mean those of a private person.
    """
    people = list(identities_of(name))
    if len(people) != 1:
        return []
    found = []
    for row in authority.load().by_id[people[0]].occupancies:
        fits = row in held.holders if held else row.level == level
        if fits:
            begin, end = span(row)
            found.append((date(begin.year, 1, 1), date(end.year, 12, 31)))
    return found
