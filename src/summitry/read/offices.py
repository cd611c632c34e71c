"""Offices with their holders: complement, name, rank, a second office; whose counterpart somebody is."""

from itertools import pairwise

from summitry.read.appositions import AppositionParser
from summitry.read.people import Person
from summitry.read.phrase import Phrase
from summitry.read.roles import role_text
from summitry.read.tokens import APOSTROPHES
from summitry.territories import is_organization


class OfficeParser(AppositionParser):
    """Reads phrases whose head is an office."""

    def _office(self, phrase: Phrase, at: int, depth: int) -> int:
        phrase.counterpart = self._is_counterpart(phrase.head)
        begin = phrase.head
        at = self._complement(phrase, at, depth)
        end_of_role = at
        if phrase.owner is not None and phrase.owner.kind == "country" and len(phrase.owner.countries) == 1:
            phrase.countries = list(phrase.owner.countries)  # "China's envoy for Afghanistan"
        self.home = phrase.countries[0] if len(phrase.countries) == 1 else None
        phrase.flags |= {"of-country"} if self.home else set()
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
        if self.capitalised_nouns or seat is None or phrase.prep:
            return
        gap = self.tokens[seat.end : phrase.start]
        if gap and (len(gap) > 1 or gap[0].text not in ("'s", "’s")):  # "People | 's | Minister X"
            return
        body = seat.owner if seat.kind == "other" and self.tokens[seat.end - 1].text.isupper() else None
        plain = (
            seat.kind == "other" and not seat.countries and all(t.capital for t in self.tokens[seat.head : seat.end])
        )
        if plain and seat.owner is None and phrase.role and phrase.kind in ("person", "office"):
            before.pop()  # "Office | Director X"
            phrase.start, phrase.prep, phrase.cases = seat.start, seat.prep, seat.cases
            self._of_the_seat(phrase, before)
            return
        if seat.kind != "seat" and (body is None or len(body.countries) != 1):  # "Vietnam's NA | Vice Chairwoman X"
            return
        seat.countries = seat.countries or list(body.countries if body is not None else [])
        if phrase.kind not in ("person", "office") or not phrase.role or self.tokens[phrase.start].get("det", "poss"):
            return
        before.pop()
        phrase.start, phrase.prep, phrase.cases = seat.start, seat.prep, seat.cases
        phrase.countries = list(seat.countries)
        if phrase.person is not None and (phrase.person.country is None or phrase.person.assumed):
            phrase.person.country, phrase.person.assumed = seat.countries[0], False

    def _complete_offices(self, found: list[Phrase]) -> None:
        """What offices have in phrases beside them: their holders, further countries, the names of several holders."""
        self._holders(found)
        if not self.capitalised_nouns:
            self._join_adjectives(found)
            self._name_each(found)

    def _join_adjectives(self, found: list[Phrase]) -> None:
        """ "the Peruvian and Ghanaian ministers": a plural head is of all countries whose adjectives are listed before it."""
        for at in range(len(found) - 1, 0, -1):
            nation, head = found[at - 1], found[at]
            gap = self.tokens[nation.end : head.start]
            joined = len(gap) == 1 and (gap[0].has("conj", "and") or gap[0].text == ",")
            plural = head.kind in ("office", "delegation", "person") and head.plural and not head.prep
            if not (joined and plural and head.countries) or head.owner is not None or nation.kind != "demonym":
                continue
            if not all(self.tokens[i].get("adjective") for i in (nation.end - 1, head.start)):
                continue  # "Germans and French ministers"
            head.countries = [*(c for c in nation.countries if c not in head.countries), *head.countries]
            head.start, head.prep, head.cases = nation.start, nation.prep, nation.cases
            head.flags |= nation.flags
            del found[at - 1]

    def _name_each(self, found: list[Phrase]) -> None:
        """ "the ministers of Peru and Ghana, X and Y,": as many names as countries are each the holder in their own."""
        for at in range(len(found) - 1, -1, -1):
            offices = found[at]
            if offices.kind not in ("office", "person") or not offices.plural or len(offices.countries) < 2:
                continue
            apart = offices.kind == "office"  # "Peruvian and Ghanaian ministers X and Y" begins with the first of them
            named = found[at + apart : at + apart + len(offices.countries)]
            codes = list(offices.countries)
            listed = all(p.kind == "person" and not p.prep and (not p.role or p is offices) for p in named)
            if not listed or len(named) != len(codes) or not self._listed(offices, named):
                continue
            for person, code in zip(named, codes, strict=True):
                self._hold(person, offices, code)
            named[0].start, named[0].prep, named[0].cases = offices.start, offices.prep, offices.cases
            named[0].flags |= offices.flags & {"possessive"}
            if apart:
                del found[at]

    def _listed(self, offices: Phrase, named: list[Phrase]) -> bool:
        """Whether names follow each other, and the word for all of them, with nothing but commas and "and" between."""
        gaps = [self.tokens[a.end : b.start] for a, b in pairwise(named)]
        if named[0] is not offices and [t.text for t in self.tokens[offices.end : named[0].start]] != [","]:
            return False
        between = all(t.text == "," or t.has("conj", "and") for gap in gaps for t in gap)
        return between and any(t.has("conj", "and") for t in gaps[-1])

    def _hold(self, named: Phrase, offices: Phrase, code: str) -> None:
        """Give somebody the office that a plural names, in the country `code`."""
        who, same = named.person, self._role_of_other(named) if offices.counterpart else None
        role, level = (same.role, same.level) if same is not None else (offices.lemma, offices.level)
        named.countries, named.counterpart = [code], offices.counterpart
        named.role, named.level = (role, level) if same is not None or not offices.counterpart else (None, None)
        if who is None:
            return
        if who.country is None or who.assumed or who.holder is None:
            who.country, who.assumed = code, False
        if who.role in (None, offices.role):
            who.role, who.level = named.role, named.level

    def _holders(self, found: list[Phrase]) -> None:
        """ "Chairman | of the National Assembly | X": a name right behind all that completes an office is its holder's."""
        i = len(found)
        while (i := i - 1) > 1:
            named = found[i]
            if named.kind != "person" or named.role or named.prep or named.owner is not None or named.person is None:
                continue
            at = self._of_land(found, i) if self.capitalised_nouns else self._completed(found, i)
            first = at if at is None else self._before_and(found, at)
            if at is None or first is None:
                continue
            office = found[first]
            codes = [c for p in found[first:i] for c in p.countries]
            self._introduce(office, named.person)
            office.countries = codes[:1] or list(named.countries)
            office.end = named.end
            self._remember_office(office)
            del found[first + 1 : i + 1]
            i = first

    @staticmethod
    def _of_land(found: list[Phrase], i: int) -> int | None:
        """ "mit dem Ministerpräsidenten des Freistaates | Sachsen | X": where the office is, in languages with cases.

        Only behind a preposition: elsewhere the name may be a subject or object of its own.
        """
        land, office = found[i - 1], found[i - 2]
        plain = office.kind == "office" and office.person is None and not office.plural and not office.counterpart
        adjoins = land.kind in ("region", "country", "place") and not land.prep
        adjoins = adjoins and office.end == land.start and land.end == found[i].start
        return i - 2 if plain and office.prep and adjoins else None

    def _completed(self, found: list[Phrase], i: int) -> int | None:
        """Where the office is that the phrases right before `found[i]` complete."""
        at = i - 1
        while (
            at > 0
            and self._adjoins(found[at], found[at + 1])
            and (found[at].prep & {"of", "to"} or self._belongs(found[at]))
        ):
            at -= 1
        office = found[at]
        fits = office.kind == "office" and office.person is None and not office.plural and not office.counterpart
        return at if at < i - 1 and fits and office.end == found[at + 1].start else None

    def _belongs(self, phrase: Phrase) -> bool:
        """Whether an ordinary capitalised word goes on with a possessor: "of the People | 's | Power"."""
        return phrase.kind == "other" and not phrase.prep and self.tokens[phrase.start - 1].text in APOSTROPHES

    def _adjoins(self, before: Phrase, after: Phrase) -> bool:
        """Whether nothing stands between two phrases but further words of a name: "of the Council | of State | of Cuba"."""
        gap = self.tokens[before.end : after.start]
        if len(gap) == 1 and gap[0].text in APOSTROPHES:
            return True
        return all(t.has("prep", "of") or t.capital and self.tokens[t.i - 1].has("prep", "of") for t in gap)

    def _before_and(self, found: list[Phrase], at: int) -> int | None:
        """Where the first of two offices of one person is: "President of the Assembly and President of the Council"."""
        if not at or self.tokens[found[at].start].get("det", "prep") or found[at - 1].end != found[at].start - 1:
            return at
        if not self.tokens[found[at].start - 1].has("conj", "and"):
            return at
        before = self._completed(found, at)
        return at if before is None else before

    def _share_office(self, found: list[Phrase]) -> None:
        """ "EU commissioners X and Y", "den Bundesräten X, Y und Z": one office or body for all who are listed."""
        for at, first in enumerate(found):
            listed = found[at + 1 : at + 2] if first.kind == "delegation" else [first]
            if not listed or not first.plural or len(first.countries) != 1 or listed[0].kind != "person":
                continue
            if first.kind == "delegation" and (first.end != listed[0].start or listed[0].role or listed[0].prep):
                continue
            if first.kind != "delegation" and not (first.kind == "person" and first.flags & {"of-country"}):
                continue
            for named in (p for p in found[at:] if p.group == listed[0].group and p.kind == "person"):
                self._of_body(named, first)

    @staticmethod
    def _of_body(named: Phrase, first: Phrase) -> None:
        """Give somebody listed the country of the office or body that the `first` of the list states."""
        who = named.person
        if named.role and named is not first or who is None or named.owner is not None and named is not first:
            return
        if who.country is None or who.assumed or who.holder is None or is_organization(first.countries[0]):
            named.countries = list(first.countries)
            named.role, named.level = named.role or first.role, named.level or first.level
            who.country, who.assumed = first.countries[0], False
