"""A made-up world for the bench of the record: encounters of a quarter of a century, and what papers report of them.

Countries meet by weight, each with its own people; every person is spelled in several ways. A report knows less than
the world: days are told as months or not at all, names as surnames or not at all; plans are announced, visits recalled.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from summitry.ingest.texts import article
from summitry.kinds import Kind, Level
from summitry.model import Participation, Place, Quote, Reading, Report
from summitry.territories import territories

_FIRST, _YEARS = date(2000, 1, 1), 25
_LEVELS: tuple[Level, ...] = ("leader", "minister", "minister", "vice-minister", "parliament")
_SYLLABLES = "ba sche wi lo ran tow gor mei da ki sun tha ral ev chi mo pol ur zan fel kri nov ja hin".split()
_SPELLINGS = (("sch", "sh"), ("w", "v"), ("j", "y"), ("tsch", "ch"), ("k", "kh"))


class Person(NamedTuple):
    """Somebody with a surname and a given name, who holds one rank for some years."""

    country: str
    name: str
    level: Level
    begin: int  # year


class Happened(NamedTuple):
    """What took place."""

    kind: Kind
    day: date
    guests: tuple[Person, ...]
    hosts: tuple[Person, ...]
    host: str


class World:
    """A source of encounters and their reports; the same seed tells the same."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._countries = sorted(territories())
        self._random.shuffle(self._countries)
        self._weights = [1 / (rank + 6) for rank in range(len(self._countries))]
        self._people = {country: self._cabinet(country) for country in self._countries}
        self._articles = 0

    def _cabinet(self, country: str) -> list[Person]:
        return [
            Person(country, f"{self._word()} {self._word()}".title(), level, 2000 + begin)
            for level in _LEVELS
            for begin in range(0, _YEARS, 5)
        ]

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.choice((2, 2, 3))))

    def encounters(self) -> Iterator[Happened]:
        """One after the other, on any days of the quarter century."""
        pick = self._random
        while True:
            kind: Kind = pick.choices(("visit", "meeting", "call"), (60, 25, 15))[0]
            sides = pick.choice((2, 2, 2, 2, 5)) if kind == "meeting" else 2
            countries: list[str] = []
            while len(countries) < sides:
                country = pick.choices(self._countries, self._weights)[0]
                countries += [country] if country not in countries else []
            day = _FIRST + timedelta(days=pick.randrange(_YEARS * 365))
            people = tuple(self._of(country, day) for country in countries)
            if kind == "visit":
                yield Happened(kind, day, people[:1], people[1:], countries[1])
            else:
                yield Happened(kind, day, people, (), pick.choices(self._countries, self._weights)[0])

    def _of(self, country: str, day: date) -> Person:
        level = self._random.choice(_LEVELS)
        holders = [one for one in self._people[country] if one.level == level and one.begin <= day.year]
        return max(holders, key=lambda one: (one.begin, one.name))

    def reports(self, happened: Happened) -> list[tuple[date, Report]]:
        """One to four reports of it, each with its day of publication."""
        return [self._report(happened) for _ in range(self._random.choice((1, 1, 1, 1, 2, 2, 3, 4)))]

    def _report(self, happened: Happened) -> tuple[date, Report]:
        pick = self._random
        planned = pick.random() < 0.1
        published = happened.day + timedelta(days=-pick.randint(1, 20) if planned else pick.choice((0, 0, 1, 1, 2, 40)))
        told = happened.day.isoformat()
        when = pick.choices((told, told[:7], None), (75, 18, 7))[0]
        spot = f"Town {happened.host}{pick.randint(1, 2)}" if happened.kind != "call" and pick.random() < 0.4 else None
        return published, Report(
            kind=happened.kind,
            status="planned" if planned else "held",
            guests=tuple(map(self._told, happened.guests)),
            hosts=tuple(map(self._told, happened.hosts)) if pick.random() < 0.6 else (),
            evidence=(Quote(0, 4, "word"),),
            date=when,
            host_country=happened.host if happened.kind != "call" else None,
            place=Place(spot, spot, happened.host) if spot else None,
        )

    def _told(self, person: Person) -> Participation:
        name: str | None = person.name
        if (how := self._random.random()) < 0.15:
            name = None
        elif how < 0.3:
            name = person.name.split()[1]
        elif how < 0.6:
            old, new = self._random.choice(_SPELLINGS)
            name = person.name.lower().replace(old, new).title()
        return Participation(person.country, name, level=person.level)

    def readings(self) -> Iterator[tuple[Reading, int]]:
        """Articles with one to three reports each, and how many encounters of the world were told so far."""
        waiting: list[tuple[date, Report]] = []
        for number, happened in enumerate(self.encounters(), 1):
            for published, report in self.reports(happened):
                size = self._random.choice((1, 1, 2, 3))
                waiting.append((published, report))
                if len(waiting) >= size:
                    yield self._article(waiting), number
                    waiting = []

    def _article(self, told: list[tuple[date, Report]]) -> Reading:
        self._articles += 1
        words = " ".join(self._random.choices(_SYLLABLES, k=150))
        published = max(day for day, _ in told).isoformat()
        one = article(f"{self._articles} {words}", f"a{self._articles}", lang="en", published=published)
        reports = tuple(
            Report(**{name: getattr(report, name) for name in report.__struct_fields__ if name != "evidence"},
                   evidence=(Quote(at, at + 1, words[at]),))
            for at, (_, report) in enumerate(told)
        )  # fmt: skip
        return Reading(one, reports, ())
