"""What may stand before the head of a noun phrase: determiners, adjectives, possessors, extended attributes."""

from summitry.lexicon import Entry
from summitry.read.namewords import BLOCKING
from summitry.read.phrase import ALL_CASES, Phrase, all_told
from summitry.read.tokens import APOSTROPHES, QUOTES, Token
from summitry.read.wordclasses import WordClassReader

ATTRIBUTE = 14  # tokens between a determiner and the participle of an extended attribute, at most
PARTICIPLES = {
    "plan": "planned",
    "expect": "planned",
    "propose": "proposed",
    "invite": "proposed",
    "cancel": "cancelled",
    "postpone": "cancelled",
    "refuse": "cancelled",
}


RECEIVING = ("receive", "host", "meet", "invite")  # verbs of what is done to a guest, not by one


class ModifierParser(WordClassReader):
    """Consumes the words before a head and notes what they say: countries, owner, case, number."""

    def _prepositional(self, i: int) -> Phrase | None:
        raise NotImplementedError  # the parser of whole phrases provides it

    def _modifiers(self, phrase: Phrase, i: int) -> int:
        """Consume determiners, adjectives, possessors before the head; returns the position of the head."""
        begin = i
        while i < len(self.tokens) and (after := self._modifier(phrase, i, begin)) is not None:
            i = after
        return i

    def _modifier(self, phrase: Phrase, i: int, begin: int) -> int | None:
        """Where the modifier ends that stands at token `i` of a phrase that begins at `begin`; None if none does."""
        token = self.tokens[i]
        if self._long_name(i):
            return self._owned(phrase, i)  # "his New Zealand counterpart", "South Korea's president"
        if i > begin and (inner := self._extended_attribute(phrase, i)):
            return inner
        if token.has("word", "about") and self._amount(i + 1):
            return i + 1
        if token.plain:  # most words: no more than an adjective, or "the city's"
            owned = self._common_possessor(i)
            return owned if owned is not None else i + 1 if self._described(phrase, i) else None
        if (found := token.span("det", "poss")) and not (
            token.capital
            and self._authority_name(i)  # "led by An Tong Chol"
            or self._opens_statement(i)
            or i > begin
            and token.has("rel")
            and self.tokens[i - 1].text == ","
        ):
            self._determined(phrase, token, found[1])
            return i + found[0]
        if (found := token.span("modifier")) and not self._takes_object(i) and not self._begins_office(i, found[0]):
            phrase.flags.add(found[1].value)
            return i + found[0]
        if (told := all_told(token, self.tokens[max(i - 1, 0)])) is not None:
            phrase.flags.add(told)
            phrase.plural = True
            return i + 1
        if (found := token.span("adjective")) and self._adjectival(i, found[0]):
            phrase.countries.append(found[1].value)
            return i + found[0]
        if (home := self._place_adjective(i)) is not None:
            n, entry = home
            phrase.countries.append(entry.value)
            phrase.seat = (i, entry)
            return i + n
        if "-" in token.text and self._pair(phrase, i):
            return i + 1
        return self._owning_or_plain(phrase, i)

    def _amount(self, i: int) -> bool:
        return i < len(self.tokens) and (self.tokens[i].text.isdigit() or self.tokens[i].has("word", "number"))

    def _owning_or_plain(self, phrase: Phrase, i: int) -> int | None:
        """Where a possessor, a plain adjective or one of a sector ends; None if none stands at token `i`."""
        if (owned := self._owned(phrase, i)) is not None:
            return owned
        if self._described(phrase, i):
            return i + 1
        if sector := self._sector_modifier(i):
            phrase.sectors.append(sector)
            return i + 1
        return None

    def _described(self, phrase: Phrase, i: int) -> bool:
        """Take a plain adjective at token `i`, and note what it says if it is a participle; False if there is none."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if not self.capitalised_nouns and after is not None and after.get("det", "poss"):
            return False  # "renewed an invitation": a verb before its object
        if self._what_both_did(i) or not self._plain_adjective(i):
            return False
        plain = [e for _, e in self.tokens[i].entries if e.kind == "verb" and not self.capitalised_nouns]
        for verb in filter(None, [self._participle(self.tokens[i].lower), *plain]):
            self._participle_says(phrase, verb)  # "the postponed visit", "der verschobene Besuch"
        return True

    def _takes_object(self, i: int) -> bool:
        """Whether a participle that may modify a noun has a country for its object: ", visiting Iraq and Oman"."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if self.capitalised_nouns or after is None or not self.tokens[i].get("verb"):
            return False
        if after.get("det", "poss"):
            return True  # "is visiting the Congo": no modifier stands before a determiner
        found = after.span("country", "place")
        if found is None or after.get("adjective") or i and self.tokens[i - 1].get("det", "poss", "adjective"):
            return False
        behind = self.tokens[i + 1 + found[0]] if i + 1 + found[0] < len(self.tokens) else None
        return behind is None or not behind.get("office", "modifier")

    def _opens_statement(self, i: int) -> bool:
        """Whether a word that may be a determiner is a conjunction: "said that President X", "that the talks"."""
        token, after = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if self.capitalised_nouns or after is None or i == 0 or not token.has("conj", "subordinate"):
            return False
        return after.capital or after.get("det", "poss", "pron") is not None

    def _determined(self, phrase: Phrase, token: Token, entry: Entry) -> None:
        """Note what a determiner says: case and number, that somebody owns the thing, that two are meant."""
        self._readings(phrase, entry.value)
        if entry.kind == "poss":
            phrase.flags.add("possessive")
        if token.has("word", "both") and not token.get("conj"):
            phrase.flags.add("both")

    def _owned(self, phrase: Phrase, i: int) -> int | None:
        """Where a possessor that begins at `i` ends, which is then the owner of the phrase; None if there is none."""
        if (holder := self._office_possessor(phrase, i)) is not None:
            phrase.owner, end = holder
            phrase.countries, phrase.cases = [], ALL_CASES
            return end
        if (common := self._common_possessor(i)) is not None:
            return common
        owner = self._possessor(i)
        if owner is None or owner[1] >= len(self.tokens):
            return None
        phrase.owner, phrase.cases = owner[0], ALL_CASES
        return owner[1]

    def _sector_modifier(self, i: int) -> str | None:
        """The sector that an adjective names before an ordinary noun: "external economic relations"."""
        if self.capitalised_nouns or i + 1 >= len(self.tokens) or self.tokens[i].capital:
            return None
        found, after = self.tokens[i].span("sector"), self.tokens[i + 1]
        if found is None or found[0] > 1 or after.capital or after.get(*BLOCKING, "verb"):
            return None
        ordinary = self.sentence.word(i).cls == "adjective" and self.sentence.word(i + 1).cls == "noun"
        return found[1].value if ordinary else None

    def _long_name(self, i: int) -> bool:
        """Whether a geographic name of several words stands here: "New York", "The Hague", "the Central African Republic"."""
        entries = self.tokens[i].entries
        if not entries or entries[0][0] == 1:  # the longest stands first
            return False
        name = self.tokens[i].span("country", "place", "organization", "region", "seat")
        return name is not None and name[0] > 1

    def _extended_attribute(self, phrase: Phrase, i: int) -> int | None:
        """ "der in Moskau weilende Minister": a prepositional phrase and a participle between determiner and noun."""
        tokens = self.tokens
        if not self.capitalised_nouns or not tokens[i - 1].get("det", "poss") or tokens[i].age:
            return None
        inner: Phrase | None = None
        at = i
        while at + 1 < len(tokens) and at < i + ATTRIBUTE:
            if tokens[at].time or tokens[at].get("word", "conj") and not tokens[at].capital and at > i:
                at += 1
                continue
            found = self._prepositional(at) if tokens[at].get("prep") else None
            if found is not None and found.kind not in ("pronoun",):
                inner = found if inner is None or found.kind == "place" else inner
                at = found.end
                continue
            if tokens[at].get("prep") and tokens[at + 1].time:
                at += 1
                continue
            break
        if at == i or at + 1 >= len(tokens) or tokens[at].capital or not tokens[at].text[0].isalpha():
            return None
        word = self.sentence.word(at)
        if tokens[at].get("adjective"):
            return None  # ", der nach der Wahl deutschen Boden betrat"
        verb = self._participle(tokens[at].lower)
        if verb is None and not (word.cls in ("adjective", "verb") and tokens[at].lower[-1:] in "enrms"):
            return None
        if verb is not None:
            self._participle_says(phrase, verb)
        if verb is not None and inner is not None and verb.value in ("stay", "move", "visit"):
            phrase.attribute = (verb.value, inner)
        if verb is not None and verb.value in ("stay", "move") and (inner is None or inner.kind == "noun"):
            phrase.flags.add("visiting")  # "der zu Besuch weilende Minister"
        return at + 1

    @staticmethod
    def _participle_says(phrase: Phrase, verb: Entry) -> None:
        """ "der geplante Besuch", "das abgesagte Treffen": what a participle says of the reality of its noun."""
        if verb.value in PARTICIPLES and verb.extra.split("|")[1:] == ["part", ""]:
            phrase.flags.add(PARTICIPLES[verb.value])

    def _participle(self, text: str) -> Entry | None:
        """The verb of an inflected participle: "weilende", "angereisten"."""
        for ending in ("en", "er", "es", "em", "e"):
            if text.endswith(ending):
                for entry in self.lexicon.index.get(text.removesuffix(ending), []):
                    if entry.kind == "verb" and entry.extra.split("|")[1] in ("ing", "part"):
                        return entry
        return None

    def _readings(self, phrase: Phrase, readings: str) -> None:
        parts = [r.split(".") for r in readings.split()]
        phrase.genders = frozenset((p[1], p[2]) for p in parts if len(p) > 2) | frozenset(
            (p[1], "") for p in parts if len(p) == 2
        )
        cases = frozenset(p[0] for p in parts)
        if "any" not in cases:
            phrase.cases = phrase.cases & cases or cases
        numbers = {p[1] for p in parts if len(p) > 1}
        if len(numbers) == 1:
            phrase.plural = numbers == {"pl"}

    def _adjectival(self, i: int, length: int) -> bool:
        """Whether a country adjective modifies something that follows (else it may be a noun: "the Chinese")."""
        after = self.tokens[i + length] if i + length < len(self.tokens) else None
        if after is None or after.time or not after.text[0].isalnum():
            return after is not None and after.text in QUOTES
        if after.has("conj", "and") and i + length + 1 < len(self.tokens):  # "russische und chinesische Vertreter"
            return self.tokens[i + length + 1].get("adjective") is not None
        return not after.get("prep", "aux", "rel") or after.get("office", "noun", "delegation") is not None

    def _office_possessor(self, phrase: Phrase, i: int) -> tuple[Phrase, int] | None:
        """An office in the possessive, with the countries read before it: "the Turkish president's visit"."""
        found = self.tokens[i].span("office")
        if found is None or not phrase.countries or i + found[0] + 1 >= len(self.tokens):
            return None
        end = i + found[0]
        if self.tokens[end].text not in APOSTROPHES:
            return None
        owner = Phrase(i)
        owner.kind, owner.end, owner.head = "office", end, i
        owner.lemma = found[1].extra.split("|")[0]
        owner.role = " ".join(t.text for t in self.tokens[i:end])
        owner.level = None if found[1].value == "spokesperson" else found[1].value  # type: ignore[assignment]
        owner.spoken = found[1].value == "spokesperson"
        owner.countries = list(phrase.countries)
        return owner, end + 1

    def _common_possessor(self, i: int) -> int | None:
        """Behind an ordinary noun in the possessive ("the city's mayor"), which names nobody."""
        tokens = self.tokens
        if i + 2 >= len(tokens) or tokens[i + 1].text not in APOSTROPHES or tokens[i].capital:
            return None
        return None if tokens[i].get(*BLOCKING) else i + 2

    def _plain_adjective(self, i: int) -> bool:
        """Whether token `i` is an adjective or number before a noun that we could read."""
        tokens = self.tokens
        token = tokens[i]
        if i + 1 >= len(tokens) or not token.text[0].isalnum():
            return False
        if token.text[0].isdigit():
            return token.text.isdigit() and len(token.text) <= 3
        if self.capitalised_nouns and not token.capital and i and self._participle(token.lower) is not None:
            return tokens[i - 1].get("det", "poss", "adjective", "modifier") is not None
        if token.get("verb") and not token.get(*BLOCKING, "noun", "office", "delegation"):
            return self._attributive(i) or self._inside_phrase(i)
        if token.get(
            *BLOCKING, "noun", "office", "delegation", "country", "place", "organization", "sector", "activity"
        ):
            return False
        if not self.capitalised_nouns and token.has("word", "also", "not", "again", "often"):
            return False
        if token.capital and not self.sentence.initial(i):
            return self.capitalised_nouns and self._adjective_in_title(i)
        word = self.sentence.word(i)
        if self.capitalised_nouns:
            named = token.capital and (not word.known or self.register.surname([token.text]) is not None)
            ends = tokens[i + 1].get("aux") or not tokens[i + 1].text[0].isalnum() and tokens[i + 1].text not in QUOTES
            return word.cls == "adjective" and token.lower[-1:] in "enrms" and not ends and not named
        if not word.known or token.capital and self._named_before(i):
            return False
        return word.cls == "adjective" or (
            word.cls in ("noun", "verb") and not token.capital and self._leads_to_head(i + 1)
        )

    def _named_before(self, i: int) -> bool:
        """Whether a word with a capital belongs to the name of somebody whom the text has told of: "Petr Kolar", "Al-Ketbi"."""
        return any(self.register.surname([t.text]) is not None for t in self.tokens[i : i + 2])

    def _adjective_in_title(self, i: int) -> bool:
        """A capitalised adjective in the name of a body: "der Internationalen Abteilung", "Obersten Gerichts"."""
        token, after = self.tokens[i], self.tokens[i + 1]
        if not after.capital or token.lower[-2:] not in ("en", "er", "es", "em") and token.lower[-1:] != "e":
            return False
        word = self.sentence.analyzer.word(token.lower)
        noun = self.sentence.analyzer.word(after.text)
        return (
            word.cls == "adjective"
            and word.known
            and noun.cls == "noun"
            and not token.get("country", "place", "office")
        )

    def _inside_phrase(self, i: int) -> bool:
        """Behind a determiner a word that could be a verb modifies the head: "a state visit", "his planned trip"."""
        before = self.tokens[i - 1] if i else None
        if (
            before is None
            or self.capitalised_nouns
            or not (before.get("det", "poss", "adjective") or before.text in APOSTROPHES)
        ):
            return False
        return self._leads_to_head(i + 1)

    def _attributive(self, i: int) -> bool:
        """A participle before a noun: "der amtierende", "the visiting president"."""
        entry = self.tokens[i].get("verb")
        if entry is None:
            return False
        tense = entry.extra.split("|")[1]
        following = self.tokens[i + 1]
        if tense == "ing" and entry.value in RECEIVING:
            return False  # "looks forward to welcoming President X"
        return tense in ("ing", "part") and bool(following.get("office", "delegation", "demonym", "adjective"))

    def _leads_to_head(self, i: int) -> bool:
        """Whether within three words a head follows that the lexicon knows (for languages that stack nouns)."""
        for token in self.tokens[i : i + 3]:
            if token.get("office", "noun", "delegation") or token.get("activity") and not token.get("verb"):
                return not token.get(*BLOCKING)
            if not token.text[0].isalpha() or token.get(*BLOCKING, "verb"):
                return False
        return False

    def _possessor(self, i: int) -> tuple[Phrase, int] | None:
        """A possessor before its noun: "Putins Chef", "Nordkoreas Delegationen", "Japan's prime minister"."""
        tokens = self.tokens
        span = self._named(i)
        if span is None:
            return None
        owner, end = span
        if end < len(tokens) and tokens[end].text in ("'s", "’s", "'", "’"):
            return owner, end + 1
        if "genitive" in owner.flags and end < len(tokens) and self._may_be_owned(end):
            return owner, end
        if (
            owner.kind in ("country", "organization", "region", "place")
            and not self.capitalised_nouns
            and end < len(tokens)
        ):
            if self._stands_in(i):
                return None
            if tokens[end].get("office") or (tokens[end].get("modifier") and self._leads_to_head(end)):
                return owner, end
        return None

    def _may_be_owned(self, i: int) -> bool:
        token = self.tokens[i]
        if token.get("prep", "conj", "aux", "det", "rel", "pron", "country", "place") and not token.get(
            "office", "noun"
        ):
            return False
        return token.capital or token.get("modifier", "adjective") is not None or self._plain_adjective(i)

    def _named(self, i: int) -> tuple[Phrase, int] | None:
        """A bare name of a country, organisation, seat or person at `i`, as a phrase and its end."""
        if (title := self.tokens[i].span("word")) and title[1].value == "titles" and i + title[0] < len(self.tokens):
            i += title[0]
        token = self.tokens[i]
        phrase = Phrase(i)
        if found := token.span("country", "organization", "seat", "place", "region"):
            n, entry = found
            phrase.kind = "country" if entry.kind == "place" and entry.extra.endswith("|capital") else entry.kind
            phrase.countries = [entry.value]
            phrase.place = entry.extra.split("|")[0] if entry.kind == "place" else None
            if "|gen" in entry.extra:
                phrase.flags.add("genitive")
            phrase.end = i + n
            if self._person_longer(i, n) is None:
                return phrase, i + n
        person = self._surname(i)
        if person is not None:
            length, who, genitive = person
            phrase = self._person_phrase(i, who)
            phrase.end = i + length
            if genitive:
                phrase.flags.add("genitive")
            return phrase, i + length
        return None
