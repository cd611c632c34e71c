"""Offices with their holders: complement, name, rank, a second office; whose counterpart somebody is."""

from summitry.read.appositions import AppositionParser
from summitry.read.people import Person
from summitry.read.phrase import Phrase
from summitry.read.roles import role_text


class OfficeParser(AppositionParser):
    """Reads phrases whose head is an office."""

    def _office(self, phrase: Phrase, at: int, depth: int) -> int:
        phrase.counterpart = self._is_counterpart(phrase.head)
        begin = phrase.head
        at = self._complement(phrase, at, depth)
        end_of_role = at
        self.home = phrase.countries[0] if len(phrase.countries) == 1 else None
        name = self._name(at, anchored=True)
        self.home = None
        if name is not None:
            end, who = name
            self._introduce(phrase, who)
            at = end
        phrase.role = role_text(self, phrase, begin, end_of_role)
        again = phrase.counterpart and phrase.person is not None and phrase.person.role is not None
        if again and phrase.person is not None and not self._names_counterpart(phrase.person.role or ""):
            phrase.role, phrase.level = phrase.person.role, phrase.person.level
        elif phrase.counterpart and phrase.person is not None and (same := self._role_of_other(phrase)) is not None:
            phrase.role, phrase.level = same.role, same.level
        if name is None and not self.capitalised_nouns:
            at = self._complement(phrase, at, depth) if at == end_of_role else at
            at = self._ranked(phrase, at, depth)
        elif name is not None:
            at = self._of_country(phrase, at)
        self._check_home(phrase, end_of_role)
        self._remember_office(phrase)
        return at

    def _ranked(self, phrase: Phrase, at: int, depth: int) -> int:
        """Where an office ends that stands before rank and name: "Additional Foreign Secretary | Ambassador X"."""
        if phrase.plural or phrase.counterpart or at >= len(self.tokens) or not self.tokens[at].capital:
            return at
        inner = self.noun_phrase(at, depth + 1) if self.tokens[at].get("office") else None
        if (
            inner is None
            or inner.kind != "person"
            or inner.person is None
            or inner.head != at
            or inner.owner is not None
        ):
            return at
        if inner.countries and phrase.countries and inner.countries != phrase.countries:
            return at
        self._introduce(phrase, inner.person)
        phrase.countries = phrase.countries or list(inner.countries)
        return inner.end

    def _role_of_other(self, phrase: Phrase) -> Person | None:
        """Whose counterpart somebody is: the person of an office who was mentioned last."""
        others = [p for p in self.register.people if p is not phrase.person and p.role and p.last >= 0]
        return max(others, key=lambda p: p.last, default=None)

    def _names_counterpart(self, role: str) -> bool:
        """Whether a role only says whose colleague somebody is."""
        words = (e for word in role.split() for e in self.lexicon.index.get(word, ()))
        return any(e.kind == "word" and e.value == "counterpart" for e in words)

    def _is_counterpart(self, i: int) -> bool:
        return self.tokens[i].has("word", "counterpart")

    def _two_offices(self, phrase: Phrase, before: list[Phrase]) -> None:
        """ "the minister of trade and deputy premier, X": two offices of one person, of whom the second has no article."""
        first = before[-1] if before else None
        if first is None or first.kind != "office" or first.plural or first.counterpart or phrase.kind != "person":
            return
        gap = self.tokens[first.end : phrase.start]
        if (
            len(gap) == 1
            and gap[0].has("conj", "and")
            and phrase.role
            and not phrase.genders
            and not phrase.countries[1:]
        ):
            if self.tokens[phrase.start].get("det", "poss", "adjective") or phrase.prep or phrase.owner is not None:
                return
            before.pop()
            phrase.start, phrase.prep, phrase.cases = first.start, first.prep, first.cases
            phrase.role = f"{first.role} {gap[0].text} {phrase.role}"

    def _of_the_seat(self, phrase: Phrase, before: list[Phrase]) -> None:
        """ "US State Department counsellor X", "White House adviser Y": the seat of a government before an office of it."""
        seat = before[-1] if before else None
        if self.capitalised_nouns or seat is None or seat.kind != "seat" or seat.end != phrase.start or phrase.prep:
            return
        if phrase.kind not in ("person", "office") or not phrase.role or self.tokens[phrase.start].get("det", "poss"):
            return
        before.pop()
        phrase.start, phrase.prep, phrase.cases = seat.start, seat.prep, seat.cases
        phrase.countries = list(seat.countries)
        if phrase.person is not None and (phrase.person.country is None or phrase.person.assumed):
            phrase.person.country, phrase.person.assumed = seat.countries[0], False
