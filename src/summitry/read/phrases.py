"""Noun phrases: who, with which office, of which country; places; the nouns that name encounters.

A phrase is found from left to right by a small grammar over the lexicon's classes: determiner and modifiers, one head
(or a run of them), a complement ("for state security", genitive, "of …"), a name, an apposition between commas.
"""

from summitry import cities
from summitry.lexicon import Entry, capitals_of
from summitry.read.namewords import BLOCKING
from summitry.read.offices import OfficeParser
from summitry.read.people import Person
from summitry.read.phrase import ALL, Phrase, group_lists
from summitry.read.tokens import APOSTROPHES, Token


class PhraseParser(OfficeParser):
    """Parses the noun phrases of one sentence; the register grows as names are found."""

    def parse(self) -> list[Phrase]:
        """All noun phrases in order; appositions and complements are inside the phrase they belong to."""
        found: list[Phrase] = []
        i = 0
        while i < len(self.tokens):
            if self.tokens[i].time or not self.tokens[i].text[0].isalnum():
                i += 1
                continue
            phrase = self._prepositional(i) or self.noun_phrase(i)
            if phrase is None or phrase.end <= i:
                i += 1
                continue
            phrase = self._possessing(phrase)
            self._town_behind(phrase)
            self._origin(phrase)
            self._apposition(phrase)
            self._of_theirs(phrase, found)
            self._two_offices(phrase, found)
            self._of_the_seat(phrase, found)
            found.append(phrase)
            self._mention(phrase)
            i = phrase.end
        self._complete_offices(found)
        group_lists(found, self.tokens)
        self._share_office(found)
        return found

    def _town_behind(self, phrase: Phrase) -> None:
        """ "at State House, Nairobi,": the town behind a comma tells where the house is."""
        at = phrase.end
        if self.capitalised_nouns or not phrase.prep & {"in", "at"} or at + 1 >= len(self.tokens):
            return
        town = self.tokens[at + 1].span("place") if self.tokens[at].text == "," else None
        if town is None or phrase.kind not in ("other", "seat") or self._authority_name(at + 1):
            return
        end = at + 1 + town[0]
        closed = end >= len(self.tokens) or self.tokens[end].text in ",.;)" or self.tokens[end].time
        if not closed and not self.tokens[end].get("prep"):
            return
        phrase.kind, phrase.place, phrase.countries = "place", town[1].extra.split("|")[0], [town[1].value]
        phrase.head, phrase.end = at + 1, end + (end < len(self.tokens) and self.tokens[end].text == ",")

    def _possessing(self, owner: Phrase) -> Phrase:
        """ "President X's trip to Y": what somebody owns whose name and office stand before an apostrophe."""
        tokens, at = self.tokens, owner.end
        if owner.kind not in ("person", "office") or at + 1 >= len(tokens) or self.capitalised_nouns:
            return owner
        if tokens[at].text not in APOSTROPHES and not (tokens[at].text in "'’" and tokens[at - 1].lower.endswith("s")):
            return owner
        owned = self.noun_phrase(at + 1, 1)
        if owned is None or owned.end <= at + 1 or owned.kind in ("pronoun", "country", "place"):
            owner.flags.add("possessor")
            return owner
        self._mention(owner)
        owned.owner = owned.owner or owner
        owned.start, owned.prep, owned.cases = owner.start, owner.prep, owner.cases
        if owned.kind in ("office", "person") and not owned.countries:
            owned.countries = list(owner.countries)
            if owned.person is not None and len(owned.countries) == 1:
                owned.person.country = owned.person.country or owned.countries[0]
        return owned

    def _mention(self, phrase: Phrase) -> None:
        """Note where a person was mentioned last: a surname means the latest of its bearers."""
        self.register.countries.update(phrase.countries)
        for part in (phrase.owner, phrase):
            if part is not None and part.person is not None:
                part.person.last = self.sentence.start + phrase.start

    def _prepositional(self, i: int) -> Phrase | None:
        roles, length = self._preposition(i)
        if not roles or self._relative_follows(i, length) or self._particle_name(i):
            return None
        phrase = self.noun_phrase(i + length)
        if phrase is None or self._introduces_clause(i, phrase.end):
            return None
        if (
            phrase.kind in ("place", "country")
            and self.tokens[i].has("word", "addressing")
            and phrase.head == i + length
        ):
            roles = frozenset({"about"})  # "ein Appell an Washington": no place
        phrase.prep = roles
        phrase.cases = phrase.cases - {"nom"}
        phrase.start = i
        return phrase

    def _relative_follows(self, i: int, length: int) -> bool:
        """ ", während dessen Putin …": behind a comma and a preposition a relative word, if the clause ends in its verb."""
        at = i + length
        if i == 0 or self.tokens[i - 1].text != "," or at >= len(self.tokens) or not self.tokens[at].get("rel"):
            return False
        if not self.capitalised_nouns:
            return not self.tokens[at].get("det")
        after = self.tokens[at + 1].get("country", "place") if at + 1 < len(self.tokens) else None
        if after is not None and "|art" in after.extra:
            return False  # ", in der Ukraine wird …": an article
        stop = next((t.i for t in self.tokens[at + 1 :] if t.text in ",.;:!?)" and not t.time), len(self.tokens))
        last = self.tokens[stop - 1]
        return last.get("verb", "aux") is not None or self.sentence.word(stop - 1).cls == "verb"

    def _introduces_clause(self, i: int, end: int) -> bool:
        """Whether a word that may be preposition or conjunction is the latter here: a verb follows its noun phrase."""
        if not self.tokens[i].has("conj", "subordinate") or end >= len(self.tokens):
            return False
        if not self.capitalised_nouns:
            while end < len(self.tokens) - 1 and self.tokens[end].time:
                end += 1
            token = self.tokens[end]
            verb = token.get("verb")
            return token.get("aux") is not None or (verb is not None and verb.extra.split("|")[1] in ("pres", "past"))
        stop = next((t.i for t in self.tokens[i + 1 :] if t.text in ",.;:!?)"), len(self.tokens))
        last = self.tokens[stop - 1]
        return stop - 1 >= end and (last.get("aux", "verb") is not None or self.sentence.word(stop - 1).cls == "verb")

    def noun_phrase(self, i: int, depth: int = 0, *, named: bool = True) -> Phrase | None:
        """The noun phrase that begins at token `i`, or None; with `named` false an unknown word is no name."""
        if i >= len(self.tokens) or depth > 4 or self.tokens[i].time:
            return None
        if self._relates(i):
            return None
        phrase = Phrase(i)
        phrase.depth = depth
        if self._demonstrative(i):
            phrase.kind, phrase.end = "pronoun", i + 1
            phrase.flags.add("near")
            self._readings(phrase, self.tokens[i].get("det").value)  # type: ignore[union-attr]
            phrase.cases = phrase.cases & {"nom"} or phrase.cases
            return phrase
        if self._possesses_nothing(i):
            phrase.kind, phrase.end = "pronoun", i + 1
            self._readings(phrase, self.tokens[i].get("pron").value)  # type: ignore[union-attr]
            return phrase
        if self.tokens[i].get("poss") and self._titles(i) and (styled := self._name_head(phrase, i)) is not None:
            phrase.end = styled  # "His Excellency Felipe Calderon"
            return phrase
        at = self._modifiers(phrase, i)
        if at >= len(self.tokens) or self.tokens[at].time:
            if not phrase.flags & ALL:
                return None
            phrase.kind, phrase.end = "pronoun", at
            return phrase
        end = self._head(phrase, at, depth, named=named)
        if end is None and at == i + 1 and self.tokens[i].get("poss") and (object_form := self.tokens[i].get("pron")):
            phrase = Phrase(i)  # "met her in Oslo"
            phrase.kind, phrase.end, phrase.depth = "pronoun", i + 1, depth
            self._readings(phrase, object_form.value)
            return phrase
        if end is None:
            return self._bare_owner(phrase)
        phrase.end = end
        return phrase

    def _possesses_nothing(self, i: int) -> bool:
        """ "met her on Tuesday": a word that may be possessive or pronoun, with no noun behind it."""
        token, after = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if self.capitalised_nouns or not (token.get("poss") and token.get("pron")):
            return False
        return (
            after is None
            or after.time
            or not after.text[0].isalnum()
            or after.get("prep", "conj", "det", "aux") is not None
        )

    def _relates(self, i: int) -> bool:
        """ ", der China bereiste", ", den Xi erwartet": before a name that takes no article, a relative pronoun."""
        token, after = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if not self.capitalised_nouns or after is None or i == 0 or self.tokens[i - 1].text != ",":
            return False
        if not (token.get("rel") and token.get("det")) or after.get("office", "noun", "delegation", "adjective"):
            return False
        if (place := after.get("country", "place")) is not None:
            return place.kind == "place" or "|art" not in place.extra
        return self._authority_name(i + 1) > 0 or self._surname(i + 1) is not None

    def _demonstrative(self, i: int) -> bool:
        """ "Der kam im März", "Dieser hatte …": an article alone at the head of a statement is whoever was named last."""
        token = self.tokens[i]
        if not self.capitalised_nouns or not token.has("word", "demonstrative") or i + 1 >= len(self.tokens):
            return False
        after = self.tokens[i + 1]
        if i and self.tokens[i - 1].text not in ";:" and not self.sentence.initial(i):
            reflexive = after.has("word", "reflexive") and not token.get("rel")
            return reflexive or bool(after.get("aux", "prep")) and not token.get("rel") and not token.has("det", "any")
        finite = after.get("aux") or next((e for n, e in after.entries if e.kind == "verb"), None)
        return finite is not None and after.text[0].islower() and not self._participle(after.lower)

    def _bare_owner(self, phrase: Phrase) -> Phrase | None:
        """A possessor whose noun was not understood ("Russia's hopes") still names somebody, but takes no part."""
        owner = phrase.owner
        if owner is None:
            return None
        owner.flags.add("possessor")
        return owner

    def _head(self, phrase: Phrase, at: int, depth: int, *, named: bool = True) -> int | None:
        token = self.tokens[at]
        if token.age:
            phrase.kind, phrase.plural = "pronoun", False
            return at + 1
        if phrase.start == at and (found := token.span("pron")) and not token.get("det"):
            phrase.kind = "pronoun"
            phrase.flags |= {"neuter"} if token.has("word", "neuter") else set()
            self._readings(phrase, found[1].value)
            if token.has("word", "reciprocal"):
                phrase.flags.add("reciprocal")
            return at + found[0]
        run = None if self._is_body(at) else self._run(phrase, at)
        if run is not None:
            return self._complete(phrase, run, depth)
        if (
            named
            or self._authority_name(at)
            or not self._common_noun(at)
            or token.get("country", "organization", "place", "seat", "region")
        ):
            name = self._name_head(phrase, at)
            if name is not None:
                return name
        if phrase.start == at and token.get("pron"):
            phrase.kind = "pronoun"
            self._readings(phrase, token.get("pron").value)  # type: ignore[union-attr]
            return at + 1
        if self._common_noun(at):
            return self._common(phrase, at, depth)
        if phrase.flags & ALL and at > phrase.start:
            phrase.kind = "pronoun"  # "the two", "beide"
            return at
        if phrase.countries and not phrase.owner and at > phrase.start:
            last = self.tokens[at - 1]
            if last.get("adjective") and (last.capital or phrase.start < at - 1):  # "the Chinese", "the Russians"
                phrase.kind = "country" if last.get("country") else "demonym"
                return at
        return None

    def _is_body(self, at: int) -> bool:
        """Whether the name of an organisation that itself ends in a head stands here: "the World Food Programme"."""
        name = self.tokens[at].span("organization")
        if name is None or name[0] < 2 or self.capitalised_nouns:
            return False
        after = self.tokens[at + name[0]] if at + name[0] < len(self.tokens) else None
        return after is None or not after.get("noun", "office", "delegation", "activity", "modifier")

    def _common(self, phrase: Phrase, at: int, depth: int) -> int:
        """A phrase whose head is an ordinary noun; "the city of Perm", "der Badeort Sotschi" are places."""
        phrase.kind = "other"
        while not self.capitalised_nouns and self._stacked(at):
            if found := self.tokens[at].span("sector"):
                phrase.sectors.append(found[1].value)
            at += 1
        token = self.tokens[at]
        phrase.head = at
        if found := token.span("sector"):
            phrase.sectors.append(found[1].value)
        self._soil_or_plan(phrase, token)
        if token.has("word", "capital-word"):
            phrase.flags.add("capital-of")
            if len(phrase.countries) == 1 and phrase.countries[0] in (capitals := capitals_of(self.lexicon)):
                phrase.kind, phrase.place = "place", capitals[phrase.countries[0]]  # "the Finnish capital"
        self._the_land(phrase, at)
        definite = self.tokens[phrase.start].has("word", "definite") and token.lower[-1:] != "s"
        if (self.capitalised_nouns or definite) and (person := self._person_noun(phrase, at)) is not None:
            return person
        if token.has("word", "pair-word") or phrase.flags & ALL and token.has("word", "people-word"):
            phrase.kind, phrase.plural = "pronoun", True  # "the pair", "the two men"
            return at + 1
        if token.has("word", "guest-word") and phrase.countries and not phrase.owner and token.lower.endswith("s"):
            phrase.kind, phrase.plural = "delegation", True  # "the Chinese guests"
        end = at + 1
        if token.has("word", "place-word", "capital-word"):
            roles, n = self._preposition(end) if end < len(self.tokens) else (frozenset(), 0)
            inside = end + (n if "of" in roles else 0)
            if inside < len(self.tokens) and (found := self.tokens[inside].span("place", "region", "country")):
                named = self._name_head(phrase, inside) or end
                capitals = capitals_of(self.lexicon)
                if phrase.kind == "country" and "capital-of" in phrase.flags and phrase.countries[-1] in capitals:
                    phrase.kind, phrase.place = "place", capitals[phrase.countries[-1]]  # "the capital of Chad"
                return named
            if inside == end and end < len(self.tokens) and self._name_word(end, first=True, anchored=True):
                phrase.kind, phrase.place = "place", self.tokens[end].text
                return end + 1
        return self._genitive_tail(phrase, end, depth)

    @staticmethod
    def _soil_or_plan(phrase: Phrase, token: Token) -> None:
        """ "ägyptischer Boden" is the country; what a noun says of the infinitive behind it: "his plan to visit Rome"."""
        if token.has("word", "soil-word") and len(phrase.countries) == 1:
            phrase.kind = "country"
        statuses = {"plan-noun": "planned", "wish-noun": "proposed", "refusal-noun": "cancelled"}
        phrase.flags |= {status for word, status in statuses.items() if token.has("word", word)}

    def _the_land(self, phrase: Phrase, at: int) -> None:
        """ "im Land", "in dem ostafrikanischen Königreich": a country that was told of before."""
        if not self.tokens[at].has("word", "land-word") or phrase.countries or phrase.owner is not None:
            return
        before = self.tokens[phrase.start - 1] if phrase.start else None
        known = before is not None and before.has("word", "contracted")
        bare = not self.capitalised_nouns and at > phrase.start + 1  # "the continent's smallest republic" names another
        if (known or self.tokens[phrase.start].has("word", "definite")) and not bare:
            phrase.kind = "region"
            phrase.flags.add("told")

    def _person_noun(self, phrase: Phrase, at: int) -> int | None:
        """Where a noun for a person ends that is no office: with the name behind it ("der CDU-Politiker Y"), or alone.

        Alone with a definite article it stands for somebody told of before: "der Gast", "die Politikerin".
        """
        token = self.tokens[at]
        mark = next((m for m in ("guest-word", "host-word", "person-word") if self._person_word(token, m)), None)
        if mark is None or phrase.owner is not None or at + 1 >= len(self.tokens):
            return None
        name = self._name(at + 1, anchored=True)
        if name is not None and not self.tokens[at + 1].has("word", "titles"):
            phrase.flags.add(mark)
            return self._person_head(phrase, at, *name)
        after = self.tokens[at + 1]
        definite = at > phrase.start and self.tokens[phrase.start].has("word", "definite")
        if not definite or phrase.plural or self._owned_behind(at + 1) or after.get("det", "poss"):
            return None
        ending = self.lexicon.settings.get("feminine-ending")
        phrase.kind, phrase.plural, phrase.head = "pronoun", False, at
        if ending:
            phrase.genders = frozenset({("sg", "f" if token.lower.endswith(ending) else "m")})
        phrase.flags.add(mark)
        return at + 1

    def _person_word(self, token: Token, mark: str) -> bool:
        """Whether a noun, or the last part of a compound with a hyphen, is of this class of words for people."""
        last = token.text.rpartition("-")[2]
        return token.has("word", mark) or any(
            e.kind == "word" and e.value == mark and not e.rest for e in self.lexicon.index.get(last, ())
        )

    def _stacked(self, at: int) -> bool:
        """Whether an ordinary noun only modifies the ordinary noun behind it: "the health ministry"."""
        if at + 1 >= len(self.tokens) or self.tokens[at].has("word", "place-word", "capital-word"):
            return False
        after = self.tokens[at + 1]
        if after.time or not after.text[0].islower() or after.get("verb", "noun", "office", "delegation", *BLOCKING):
            return False
        word = self.sentence.word(at + 1)
        return word.cls == "noun" and word.known

    def _complete(self, phrase: Phrase, at: int, depth: int) -> int:
        if phrase.kind == "delegation":
            return self._delegation(phrase, at, depth)
        if phrase.kind == "office":
            return self._office(phrase, at, depth)
        if phrase.kind in ("noun", "activity"):
            return self._genitive_tail(self._agree(phrase), at, depth) if self.capitalised_nouns else at
        return at

    def _person_head(self, phrase: Phrase, at: int, end: int, who: Person) -> int:
        """Make `phrase` that of a person named from `at` to `end`; returns where it ends."""
        if not phrase.countries and phrase.owner is not None:
            phrase.countries = list(phrase.owner.countries)
        if phrase.countries and who.country is None and len(phrase.countries) == 1:
            who.country = phrase.countries[0]
        phrase.kind = "person"
        phrase.person, phrase.name = who, who.name
        if who.country:
            phrase.countries = [who.country]
        phrase.head = at
        self._note_gender(phrase, who)
        if phrase.owner is not None and phrase.owner.kind in ("country", "organization"):
            phrase.countries = list(phrase.owner.countries)  # what the text says beats what is known
        end = self._of_country(phrase, end)
        if phrase.countries and who.country is None:
            who.country = phrase.countries[0]
        return end

    def _nearer(self, entry: Entry) -> Entry:
        """Of several cities of one name the one in a country that the document speaks of: "Santa Fe" in Argentina."""
        name, known = entry.extra.split("|")[0], self.register.countries
        if entry.kind != "place" or entry.value in known or entry.extra.endswith("|capital"):
            return entry
        code = next((c for c, _ in known.most_common(3) if cities.find(name, c) is not None), None)
        return Entry(entry.kind, code, name) if code is not None else entry

    def _name_head(self, phrase: Phrase, at: int) -> int | None:
        """A phrase whose head is a name: person, country, place, organisation."""
        tokens = self.tokens
        token = tokens[at]
        place = token.span("country", "organization", "seat", "place", "region")
        if place is None and (short := token.span("short")) and short[1].value in self.register.countries:
            place = short
        name = self._name(at, anchored=False)
        if name is not None and (place is None or name[0] - at > place[0]):
            if (site := self._named_after(name[0])) is not None:
                phrase.kind, phrase.head = "other", site - 1
                return site
            return self._person_head(phrase, at, *name)
        if place is None:
            return None
        n, entry = place
        if entry.kind == "seat":  # "Kanzleramt": of the country that the text speaks of
            same = [e for k, e in token.entries if k == n and e.kind == "seat"]
            entry = max(same, key=lambda e: self.register.countries[e.value])
        phrase.kind = "country" if entry.kind == "short" else entry.kind
        phrase.head = at
        entry = self._nearer(entry)
        codes = [entry.value]
        if entry.extra.endswith("|both"):  # "the two Koreas"
            codes = [e.value for k, e in token.entries if k == n and e.extra == entry.extra]
        phrase.countries = [*phrase.countries, *(code for code in codes if code not in phrase.countries)]
        if entry.kind in ("place", "region", "seat"):
            phrase.place = entry.extra.split("|")[0] or token.text
        elif entry.kind == "country" and any(
            e.kind == "place" and e.value == entry.value and k == n for k, e in token.entries
        ):
            phrase.place = entry.extra.split("|")[0]  # a city state
            if entry.extra.endswith("|capital") or "|capital" in entry.extra:
                phrase.flags.add("capital")
        if "|gen" in entry.extra:
            phrase.flags.add("genitive")
        return at + n
