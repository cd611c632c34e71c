"""From phrases to the sides of an encounter: one person or delegation each, with country, office and full name."""

from collections.abc import Iterator, Sequence
from copy import copy

from summitry.lexicon import Lexicon
from summitry.model import Place
from summitry.read.drafts import AWAY
from summitry.read.people import Person, Register, same_office
from summitry.read.phrase import ALL, Phrase
from summitry.read.side import Side, delegation, without_doubles
from summitry.read.tokens import Sentence, Token

TALKED_OF = ("leader", "minister")  # whom a pronoun may mean though nobody names them
TOPICS = 2  # whom the text is about: those of its last sentences, so many at most


class Scene:
    """Who is on stage: the people mentioned last, for pronouns, "the minister", "the two"."""

    def __init__(self, register: Register, lexicon: Lexicon) -> None:
        self.register = register
        self.lexicon = lexicon
        self.recent: list[Person] = []
        self.topics: list[Person] = []  # those of whom sentences were told: pronouns mean them first
        self.unnamed: Side | None = None  # whom the text is about without saying a name: "Kenya's trade secretary"
        self.unnamed_here = False  # whether this sentence speaks of them
        self.countries: list[str] = []
        self.group: list[Side] = []  # the delegation mentioned last: "it", "the delegation"
        self.spot: Place | None = None  # the place mentioned last: "there"
        self.guests: list[Side] = []  # of the visit told last: "the guest"
        self.hosts: list[Side] = []  # of the visit told last: "the host"
        self.parties: list[str] = []  # the two countries of the encounter told last
        self.pair: list[Person] = []  # the two who were told to meet last: "the two"
        self.three: list[str] = []  # the three countries named together or told to meet last: "the three"
        self._list: tuple[int, list[str]] = -1, []  # the list that is being named
        self.met: list[Person] = []  # the two who were told to meet in this sentence
        self.company: list[Side] = []  # the several named together or told to meet last: "they"
        self.speaker: Person | None = None  # who says "I"
        self.present: set[Person] = set()  # whom the draft names, so that none of its pronouns means them
        self.meant: list[Person] = []  # whom the pronouns of the sentence meant
        self.here: list[Person] = []  # who was mentioned in the sentence
        self.subjects = False  # whether one of them was the subject of a clause

    def topic(self, person: Person) -> None:
        """Note that a sentence is about this person."""
        if person in self.topics:
            self.topics.remove(person)
        self.topics.append(person)
        self.unnamed = None

    def told(self, kind: str, guests: Sequence[Side], hosts: Sequence[Side]) -> None:
        """Note who took part in the encounter told last."""
        if kind == "visit":
            self.guests, self.hosts = list(guests), list(hosts)
        codes = list(dict.fromkeys(s.country for s in (*guests, *hosts) if s.country))
        self.parties = codes if len(codes) == 2 else self.parties
        self.three = codes if len(codes) == 3 else self.three
        people = [s.person for s in (*guests, *hosts) if s.person is not None]
        leaders = people if len(people) == 2 else [p for p in people if p.level == "leader"]
        if len(leaders) == 2 and leaders[0].country != leaders[1].country:
            self.pair = self.met = leaders
        self.company = list(guests) if len(codes) > 2 and kind == "meeting" else []

    def settle(self, *, reported: bool = False) -> None:
        """At the end of a sentence: whom its pronouns meant, or the only one it named, the text goes on to speak of.

        Of what is `reported` ("…, wrote the minister") the only one named is no more than its source.
        """
        only = self.here[0] if len(self.here) == 1 and not self.subjects and not reported else None
        if only is not None and any(h.person is only for h in self.hosts):
            only = None  # "Talks with X are planned. … He will also see Y": still the guest
        if only in self.met and self.topics and self.topics[-1] in self.met:
            only = None  # "There was a meeting with X. A day later Y was on the programme": still whoever met X
        for person in self.meant or ([only] if only is not None else []):
            self.topic(person)
        self.unnamed = self.unnamed if self.unnamed_here else None
        self.unnamed_here = False
        self.meant.clear()
        self.here.clear()
        self.met = []
        self.subjects = False
        self._list = -1, []

    def mention(self, phrase: Phrase, *, subject: bool = False) -> None:
        """Put the person or country of a phrase on stage."""
        if phrase.kind in ("place", "region", "country") and phrase.countries and "from" not in phrase.prep:
            name = phrase.place or ""
            self.spot = Place(text=name, name=name, country=phrase.countries[-1])
        if not phrase.actor:
            return
        if subject and not phrase.spoken:
            person = phrase.person or (
                self._holder(phrase, next(iter(phrase.countries), None)) if phrase.kind == "office" else None
            )
            if person is not None:
                self.topic(person)
                self.subjects = True
            elif (
                phrase.kind == "office" and phrase.level in TALKED_OF and len(phrase.countries) == 1 and not self.topics
            ):
                self.unnamed = None if phrase.plural else Side(*phrase.countries, role=phrase.role, level=phrase.level)
                self.unnamed_here = True
        if phrase.person is not None and not phrase.spoken:
            if phrase.person not in self.here and not phrase.prep & AWAY:
                self.here.append(phrase.person)
            if phrase.person in self.recent:
                self.recent.remove(phrase.person)
            self.recent.append(phrase.person)
        if (
            phrase.kind == "delegation"
            and phrase.countries
            and {s.country for s in self.group} != set(phrase.countries)
        ):
            self.group = list(delegation(phrase))
        if phrase.kind == "office" and phrase.plural and len(set(phrase.countries)) > 1:
            self.company = [Side(c, role=phrase.lemma, level=phrase.level) for c in dict.fromkeys(phrase.countries)]
        for code in phrase.countries:
            if code in self.countries:
                self.countries.remove(code)
            self.countries.append(code)
        self._listed(phrase)

    def _listed(self, phrase: Phrase) -> None:
        """Note the countries that are named in one list."""
        group, codes = self._list
        self._list = phrase.group, [*(codes if group == phrase.group >= 0 else []), *phrase.countries]
        if len(listed := dict.fromkeys(self._list[1])) == 3:
            self.three = list(listed)

    def sides(self, phrases: Sequence[Phrase], sentence: Sentence, not_these: Sequence[Side] = ()) -> list[Side]:
        """All sides that the phrases name, each once."""
        found: list[Side] = []
        for phrase in phrases:
            for side in self._sides(phrase, sentence, [*not_these, *found]):
                if side.key not in {s.key for s in found} and (
                    side.person is None or side.person not in {s.person for s in found}
                ):
                    found.append(side)
        return without_doubles(found)

    def _sides(self, phrase: Phrase, sentence: Sentence, others: Sequence[Side]) -> Iterator[Side]:
        if phrase.spoken:
            return
        if phrase.kind == "person" and phrase.person is not None:
            yield self._person(phrase, phrase.person)
        elif phrase.kind == "pronoun" and sentence.tokens[phrase.head].has("word", "speaker"):
            yield from self._speaker(phrase, others)
        elif phrase.kind == "pronoun":
            yield from self._pronoun(phrase, others)
        elif phrase.kind == "office":
            yield from self._office(phrase, sentence, others)
        elif phrase.kind == "delegation":
            known = not phrase.countries and sentence.tokens[phrase.start].has("word", "definite")
            yield from self.group if known and self.group and not phrase.plural else delegation(phrase)
        elif phrase.kind == "other" and "both" in phrase.flags:
            yield from self._pair()
        elif phrase.kind == "demonym" and len(phrase.countries) == 1 and self._single(phrase):
            yield self._compatriot(phrase.countries[0], others)
        else:
            for code in dict.fromkeys(phrase.countries):
                yield Side(code)

    def _person(self, phrase: Phrase, person: Person) -> Side:
        country = phrase.countries[0] if phrase.countries else person.country
        role = phrase.role if "former" not in phrase.flags or person.role is None else person.role
        side = Side(
            country or person.country, person=person, role=role or person.role, level=phrase.level or person.level
        )
        if "leader" in phrase.flags and phrase.sectors:
            side.delegation = phrase.sectors[0]
        return side

    def _pronoun(self, phrase: Phrase, others: Sequence[Side]) -> Iterator[Side]:
        if phrase.plural:
            those = self._pair if "both" in phrase.flags else self._they
            yield from map(Side, self.three) if "three" in phrase.flags else those()
            return
        if "neuter" in phrase.flags and self.group:
            yield from self.group
            return
        told = self.guests if "guest-word" in phrase.flags else self.hosts if "host-word" in phrase.flags else []
        if len(told) == 1:
            yield from told
            return
        if self.unnamed is not None and not told and "near" not in phrase.flags:
            self.unnamed_here = True
            yield copy(self.unnamed)
            return
        taken = {s.person for s in others} | self.present
        genders = {gender for number, gender in phrase.genders if number == "sg" and gender}
        order = [*reversed(self.recent)] if "near" in phrase.flags else [*reversed(self.topics), *reversed(self.recent)]
        clash = any(p.gender and genders and p.gender not in genders for p in self.topics[-1:])
        sure = [p for p in reversed(self.recent[-3:]) if clash and p.gender in genders]  # "Mr X met Y. She said …"
        for person in [*sure, *order]:
            if person not in taken and not (genders and person.gender and person.gender not in genders):
                self.meant.append(person)
                yield Side(person.country, person=person)
                return

    def _speaker(self, phrase: Phrase, others: Sequence[Side]) -> Iterator[Side]:
        """ "I" and "we": who speaks; "we" who met are the speaker and whom the speaker was told to meet last."""
        if (person := self.speaker) is None:
            return
        yield Side(person.country, person=person)
        if phrase.plural and not others and person in self.pair:
            yield from (Side(p.country, person=p) for p in self.pair if p is not person)

    def _they(self) -> Iterator[Side]:
        """ "gave a banquet for them": beside people whom the draft names the guests of the visit told last, if several."""
        several, guests = self._all(), [g.person for g in self.guests if g.person is not None]
        known = {*guests, *(h.person for h in self.hosts)}  # "The king and the queen were received by X. They left …"
        travelled = len({g.country for g in guests}) == 1 and {*self.recent[-len(known) :]} <= known
        received = self.present and len(guests) == len(self.guests) and not self.present & {*guests}
        if several or len(guests) > 1 and (travelled or received):
            return iter(several or self.guests)
        return self._pair()

    def _all(self) -> list[Side]:
        """The several who were named together or told to meet last, if nobody else was mentioned since but one."""
        near = len(self.company) + 1
        people, codes = self.recent[-near:], self.countries[-near:]
        known = all(s.person in people if s.person is not None else s.country in codes for s in self.company)
        return self.company if known and not any(s.person in self.present for s in self.company) else []

    def _pair(self) -> Iterator[Side]:
        """The two people of different countries who were told to meet last, or mentioned last."""
        if len(self.pair) == 2 and all(p in self.recent[-4:] and p not in self.present for p in self.pair):
            yield from (Side(p.country, person=p) for p in self.pair)
            return
        found: list[Person] = []
        for person in reversed(self.recent):
            if person.country and person not in self.present and all(person.country != p.country for p in found):
                found.append(person)
            if len(found) == 2:
                break
        if len(found) == 2:
            yield from (Side(p.country, person=p) for p in reversed(found))
        elif len(self.countries) >= 2:
            yield from (Side(code) for code in self.countries[-2:])

    def _single(self, phrase: Phrase) -> bool:
        """Whether "der Franzose", "den Russen" is one person: somebody of that country was named."""
        if phrase.plural is not None or not self.lexicon.settings["capitalised-nouns"]:
            return phrase.plural is False
        masculine = any(number == "sg" for number, _ in phrase.genders)
        return masculine and any(p.country == phrase.countries[0] for p in self.recent)

    def _compatriot(self, country: str, others: Sequence[Side]) -> Side:
        """ "der Franzose": whoever of that country was mentioned last."""
        taken = {s.person for s in others}
        person = next((p for p in reversed(self.recent) if p.country == country and p not in taken), None)
        return Side(country, person=person)

    def _office(self, phrase: Phrase, sentence: Sentence, others: Sequence[Side]) -> Iterator[Side]:
        if phrase.flags & ALL and not phrase.countries:
            yield from self._pair() if phrase.flags & {"both", "of-those"} == {"both"} else self._of_those(phrase)
            return
        countries = list(dict.fromkeys(phrase.countries)) or self._of_speaker(sentence.tokens[phrase.start])
        definite = sentence.tokens[phrase.start].has("word", "definite")
        if not countries and self.group and phrase.plural and definite and phrase.level in ("official", "parliament"):
            yield from self.group  # "Eine Delegation des Parlaments … Die Abgeordneten …"
            return
        bare = phrase.owner is None and phrase.head == phrase.end - 1 and phrase.level in ("leader", "minister")
        if not countries and phrase.plural and definite and bare and len(self.parties) == 2:
            yield from self._of_both(phrase)
            return
        if phrase.counterpart:
            yield from self._counterpart(phrase, countries, others)
            return
        if phrase.plural or len(countries) > 1:
            for code in countries:
                person = self._holder(phrase, code) if len(countries) > 1 else None
                role = person.role if person is not None else phrase.lemma if len(countries) > 1 else phrase.role
                side = Side(code, person=person, role=role, level=phrase.level)
                side.several, side.open = True, person is None and definite and len(countries) > 1
                if phrase.sectors and person is None:  # "Landwirtschaftsbeamte" are a delegation, no office
                    side.delegation, side.role, side.level = phrase.sectors[0], None, "delegation"
                yield side
            return
        person = None if self._indefinite(phrase, sentence) else self._holder(phrase, next(iter(countries), None))
        if person is not None:
            yield Side(
                person.country or (countries[0] if countries else None),
                person=person,
                role=person.role or phrase.role,
                level=phrase.level,
            )
        else:
            yield self._nameless(phrase, sentence, countries)

    def _nameless(self, phrase: Phrase, sentence: Sentence, countries: Sequence[str]) -> Side:
        """An office whose holder the text does not name, or not yet."""
        definite = sentence.tokens[phrase.start].has("word", "definite")
        if definite and not countries and self.unnamed is not None and phrase.lemma == self.unnamed.role:
            return copy(self.unnamed)
        side = Side(countries[0] if countries else None, role=phrase.role, level=phrase.level)
        side.open = not self._indefinite(phrase, sentence) and not phrase.flags & {"former", "then"}
        if phrase.level in ("official", None) or "leader" in phrase.flags:  # alone, a minister of trade is none
            side.delegation = phrase.sectors[0] if phrase.sectors else None
        return side

    def _of_speaker(self, first: Token) -> list[str]:
        """ "our president": of the country of who says so."""
        who = self.speaker if first.has("word", "speaker") else None
        return [who.country] if who is not None and who.country else []

    def _of_those(self, phrase: Phrase) -> Iterator[Side]:
        """ "the leaders of the two countries", "the three ministers": of each the holder of that office."""
        codes = self.three if "three" in phrase.flags else [s.country for s in self._pair() if s.country]
        for code in codes:
            person = self._holder(phrase, code)
            role = person.role if person is not None and person.role else phrase.lemma
            yield Side(code, person=person, role=role, level=phrase.level)

    def _of_both(self, phrase: Phrase) -> Iterator[Side]:
        """ "Die Außenminister kamen dort zusammen": those of the two countries told of last."""
        for code in self.parties:
            person = self._holder(phrase, code)
            role = person.role if person is not None and person.role else phrase.lemma
            side = Side(code, person=person, role=role, level=phrase.level)
            if phrase.sectors and person is None:  # "Die Verkehrsminister treffen sich …"
                side.delegation, side.role, side.level = phrase.sectors[0], None, "delegation"
            yield side

    def land(self, not_these: Sequence[str | None]) -> str | None:
        """The country that "the country" means: that of the place mentioned last, else the one named last."""
        spot = [self.spot.country] if self.spot is not None and self.spot.country else []
        return next((c for c in [*spot, *reversed(self.countries)] if c not in not_these and len(c) == 2), None)

    def _indefinite(self, phrase: Phrase, sentence: Sentence) -> bool:
        """Whether an office is only now brought up: "a senior official" is nobody mentioned before."""
        first = next((t for t in sentence.tokens[phrase.start : phrase.head] if not t.get("prep")), None)
        return first is not None and first.has("word", "indefinite")

    def _holder(self, phrase: Phrase, country: str | None) -> Person | None:
        """Whom "der Minister" or "the Russian president" means: the last one mentioned of that office and country.

        Of no country it is first of all whoever the text is about.
        """
        if phrase.flags & {"former", "then"}:
            return None
        about = [*reversed(self.topics[-TOPICS:])] if country is None else []
        order = [*about, *reversed(self.recent)]
        for person in order:
            if country is not None and person.country != country:
                continue
            if not self._gender_fits(person, phrase):
                continue
            if person.role and self._of_office(person, phrase):
                return person
            if country is not None and person.role is None and phrase.level == "leader" == person.level:
                return person
        if country is not None and self.generic(phrase.lemma or "") and not phrase.plural:
            theirs = {p.name: p for p in self.recent if p.country == country}
            if len(theirs) == 1:
                return next(iter(theirs.values()))  # "the Vietnamese leader"
        fits = [p for p in reversed(self.recent) if p.level == phrase.level and self._gender_fits(p, phrase)]
        if not self.lexicon.settings["capitalised-nouns"]:
            fits = [p for p in fits if not p.role or self.generic(p.role) or self.generic(phrase.role or "")]
        if country is None:
            return fits[0] if fits else None
        leaders = {p.name: p for p in fits if p.country == country and p.level == "leader"}
        return next(iter(leaders.values())) if len(leaders) == 1 else None  # "Kremlchef", "Staatschef", "Präsident"

    def _of_office(self, person: Person, phrase: Phrase) -> bool:
        """Whether a printed office may be the office that `person` is known by."""
        known, role, lemma = person.role or "", (phrase.role or "").lower(), phrase.lemma or ""
        if self.lexicon.settings["capitalised-nouns"]:
            return same_office(known, phrase.role or "", lemma)
        end = role.find(lemma) + len(lemma) if lemma and lemma in role else len(role)
        words = set(role[:end].split())  # without the complement, which only the first mention has
        same_rank = (phrase.level == "leader") == (person.level == "leader")  # "the minister" is no prime minister
        return bool(words) and same_rank and words <= set(known.lower().replace(",", "").split())

    def generic(self, role: str) -> bool:
        """Whether an office is named by a word for any of its rank: "leader", "head of state"."""
        first, *rest = role.lower().split() or [""]
        entries = self.lexicon.index.get(first) or self.lexicon.index.get(first.capitalize()) or []
        return any(e.value == "generic-office" and list(e.rest) == rest for e in entries)

    def _gender_fits(self, person: Person, phrase: Phrase) -> bool:
        ending = self.lexicon.settings.get("feminine-ending")
        if not ending or person.gender is None or not phrase.lemma or phrase.kind != "office":
            return True
        return (person.gender == "f") == phrase.lemma.endswith(ending)

    def _counterpart(self, phrase: Phrase, countries: Sequence[str], others: Sequence[Side]) -> Iterator[Side]:
        """ "his Chinese counterpart": somebody of the same office in another country."""
        model = others[0] if others else Side(None, person=self.recent[-1]) if self.recent else None
        role = (model.role or (model.person.role if model.person else None)) if model else None
        level = (model.level or (model.person.level if model.person else None)) if model else None
        for code in countries:
            known = next(
                (p for p in reversed(self.recent) if p.country == code and (p.level == level or role is None)), None
            )
            side = Side(code, person=known, role=role, level=level)
            side.several = bool(phrase.plural)
            yield side
