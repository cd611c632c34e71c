"""Who a participation is: the holder of an office, found by name, or by office and date where no name is given.

Only what is the same for every article is decided here (the authority never changes within a run), so that the
identity of one participation does not depend on which other articles are in the record; `people` does the rest.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

import msgspec

from summitry.authority import Authority, OfficeHolder, fold
from summitry.model import Occupancy, Participation
from summitry.resolve.compare import COMPATIBLE, SAME, Score, compare_names
from summitry.resolve.names import block, parse
from summitry.resolve.statement import Statement

PostOf = Callable[[str], str | None]  # an office as printed -> its post in the authority, e.g. "foreign-minister"


class Decision(NamedTuple):
    """Why a participation is, or is not, a known person."""

    name: str | None
    role: str | None
    person: str | None
    score: Score


class Identifier:
    """Finds office holders; remembers what it found, since the same few hundred names come again and again."""

    def __init__(self, authority: Authority, post_of: PostOf | None = None) -> None:
        self._authority = authority
        self._post_of = post_of
        self._known: dict[tuple[str | None, str], tuple[tuple[Score, OfficeHolder], ...]] = {}
        self._families: dict[str | None, dict[str, list[OfficeHolder]]] = {}

    def identify(self, statement: Statement) -> tuple[Statement, tuple[Decision, ...]]:
        """The statement with the persons that are known, and each decision with its reason."""
        report = statement.report
        on = report.date or statement.published
        decisions = [(person, self.decide(person, on)) for person in report.guests + report.hosts]
        placed = [msgspec.structs.replace(p, person=decision.person or p.person) for p, decision in decisions]
        cut = len(report.guests)
        known = msgspec.structs.replace(report, guests=tuple(placed[:cut]), hosts=tuple(placed[cut:]))
        return msgspec.structs.replace(statement, report=known), tuple(decision for _, decision in decisions)

    def decide(self, participation: Participation, on: str | None) -> Decision:
        """Who the participation is on EDTF date `on`, as far as the authority knows exactly one."""
        found = self._by_name(participation, on) if participation.name else self._by_office(participation, on)
        person, score = found
        return Decision(participation.name, participation.role, person.id if person else None, score)

    def _by_name(self, who: Participation, on: str | None) -> tuple[OfficeHolder | None, Score]:
        ranked = self._candidates(who.country, who.name or "")
        bare = len(parse(who.name or "").tokens) == 1
        sure = [(score, person) for score, person in ranked if score.value >= SAME]
        sure = [one for one in sure if not (bare and self._another(one[1], who, on))]
        if len(sure) > 1:  # father and son: the one in office
            sure = [(score, person) for score, person in sure if self._in_office(person, who, on)] or sure
        if len(sure) == 1:
            return sure[0][1], sure[0][0]
        if sure:
            return None, Score(sure[0][0].value, f"{len(sure)} people of that name")
        # A full name that fits by its surname alone is another person.
        fitting = [(score, person) for score, person in ranked if bare and self._in_office(person, who, on)]
        if len(fitting) == 1 and on:
            score, person = fitting[0]
            return person, Score(score.value, f"{score.detail}, the only one in office on {on}")
        return None, Score(0.0, f"{len(fitting)} in office of that surname" if ranked else "nobody of that name")

    def _candidates(self, country: str | None, name: str) -> tuple[tuple[Score, OfficeHolder], ...]:
        """Office holders whose name fits, the surest first; an exact alias settles it."""
        key = (country, name)
        if key not in self._known:
            exact = [p for p in self._authority.by_alias.get(fold(name), ()) if country is None or _of(p, country)]
            scored = [(Score(1.0, f"known as {name}"), person) for person in exact]
            if not scored and country is not None:
                near = {person.id: person for part in block(name) for person in self._family(country).get(part, ())}
                scored = [(_best(name, person), person) for person in near.values()]
            kept = [(score, person) for score, person in scored if score.value >= COMPATIBLE]
            self._known[key] = tuple(sorted(kept, key=lambda item: (-item[0].value, item[1].id)))
        return self._known[key]

    def _family(self, country: str) -> dict[str, list[OfficeHolder]]:
        """The office holders of a country by the keys of their possible family names."""
        if country not in self._families:
            index: dict[str, list[OfficeHolder]] = defaultdict(list)
            for person in self._authority.people:
                if _of(person, country):
                    for part in {key for name in (person.caption, *person.aliases) for key in block(name)}:
                        index[part].append(person)
            self._families[country] = dict(index)
        return self._families[country]

    def _in_office(self, person: OfficeHolder, who: Participation, on: str | None) -> bool:
        """Whether the person held an office of the participation's level (where it has one) on that date."""
        rows = self._authority.in_country(who.country, on) if who.country else person.occupancies
        levels = {row.level for row in rows if row.person == person.id}
        return bool(levels) and (who.level is None or who.level in levels or who.level in ("delegation", "official"))

    def _another(self, person: OfficeHolder, who: Participation, on: str | None) -> bool:
        """Whether a bare name with an office is that of somebody else: "Crown Prince Hussein", long after the king."""
        if not (who.role and who.country and on) or self._in_office(person, who, on):
            return False
        rows = self._authority.in_country(who.country)
        posts = {row.post for row in rows if fold(row.title) == fold(who.role)}
        return bool(posts) and posts.isdisjoint(row.post for row in person.occupancies)

    def _by_office(self, who: Participation, on: str | None) -> tuple[OfficeHolder | None, Score]:
        """The one holder of an unnamed office: by its post where that is known, else the only person of its level."""
        if not (who.country and on):
            return None, Score(0.0, "no name, and no country or date to go by")
        post = self._post_of(who.role) if self._post_of and who.role else None
        if post:
            holders = self._authority.holders(who.country, post, on)
            what = post
        elif who.level == "leader":
            held = self._authority.in_country(who.country, on)
            holders = tuple(_people(self._authority, (row for row in held if row.level == who.level)))
            what = "leader"
        else:
            return None, Score(0.0, "no name, and an office of which there may be many")
        if len(holders) == 1:
            return holders[0], Score(0.85, f"{what} of {who.country} on {on}")
        return None, Score(0.0, f"{len(holders)} may have been {what} of {who.country} on {on}")


def _of(person: OfficeHolder, country: str) -> bool:
    return person.country == country or any(row.country == country for row in person.occupancies)


def _best(name: str, person: OfficeHolder) -> Score:
    return max(compare_names(*sorted((name, known))) for known in (person.caption, *person.aliases))


def _people(authority: Authority, rows: Iterable[Occupancy]) -> Iterable[OfficeHolder]:
    return (authority.by_id[id] for id in dict.fromkeys(row.person for row in rows))
