"""One side of an encounter: a person or delegation with country, office and full name."""

from collections.abc import Iterator, Sequence

from summitry.kinds import Level
from summitry.model import Participation
from summitry.read.people import Person
from summitry.read.phrase import Phrase


class Side:
    """One guest, host or participant as the text gives it."""

    __slots__ = ("country", "delegation", "level", "name", "open", "person", "role", "several")

    def __init__(
        self, country: str | None, *, person: Person | None = None, role: str | None = None, level: Level | None = None
    ) -> None:
        self.country = country
        self.person = person
        self.name = person.name if person else None
        self.role = role
        self.level = level
        self.delegation: str | None = None
        self.open = False  # an office that somebody named elsewhere may hold: "the French president"
        self.several = False  # one of several called by one plural: "the leaders of A and B"

    @property
    def key(self) -> tuple[str | None, str | None, str | None]:
        return (self.country, self.name, self.delegation or (self.role if self.name is None else None))

    def same(self, other: "Side") -> bool:
        """Whether both may be the same side: one country, and no two names or sectors that contradict."""
        if self.country and other.country and self.country != other.country:
            return False
        if self.name and other.name:
            return self.name == other.name
        if self.delegation and other.delegation:
            return self.delegation == other.delegation
        levels = {self.level, other.level}
        return (
            len(levels) < 2 or not levels <= {"leader", "minister", "vice-minister"} or not (self.role and other.role)
        )

    def participation(self) -> Participation:
        """The side as the model holds it, with the fullest name the document gives."""
        person = self.person
        return Participation(
            country=self.country,
            name=person.name if person else None,
            role=self.role or (person.role if person else None),
            level=self.level or (person.level if person else None) or ("delegation" if self.delegation else None),
        )

    def __repr__(self) -> str:
        return f"<{self.country} {self.name or ''} {self.role or ''} {self.delegation or ''}>"


def without_doubles(sides: list[Side]) -> list[Side]:
    """A bare country beside a person of that country adds nobody."""
    named = {s.country for s in sides if s.name or s.role or s.delegation}
    called = {s.country for s in sides if s.name}  # "die Staatschefs von A und B, X und Y"
    sides = [s for s in sides if s.name or not s.several or s.country not in called]
    return [s for s in sides if s.name or s.role or s.delegation or s.country not in named]


def delegation(phrase: Phrase) -> Iterator[Side]:
    """The sides of a delegation: one for each country and sector it is of."""
    countries = list(dict.fromkeys(phrase.countries)) or [None]  # type: ignore[list-item]
    sectors: Sequence[str | None] = phrase.sectors or [None]
    if "sector-list" not in phrase.flags:
        sectors = sectors[:1]
    for code in countries:
        for sector in sectors:
            side = Side(code, level="delegation")
            side.delegation = sector
            yield side
