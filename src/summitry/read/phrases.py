"""Noun phrases: who, with which office, of which country; places; the nouns that name encounters.

A phrase is found from left to right by a small grammar over the lexicon's classes: determiner and modifiers, one head
(or a run of them), a complement ("for state security", genitive, "of …"), a name, an apposition between commas.
"""

import re
from collections.abc import Sequence

from summitry.kinds import Level
from summitry.lexicon import Entry, Lexicon
from summitry.read.people import PARTICLES, Person, Register
from summitry.read.tokens import QUOTES, Sentence, Token

ACTORS = frozenset({"person", "office", "delegation", "country", "organization", "demonym", "pronoun", "seat"})
ALL_CASES = frozenset({"nom", "acc", "dat", "gen"})
HYPHENATED = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{1,6}")  # a Korean or Chinese given name: "Man-hyok", "Ying-wen"
BLOCKING = ("prep", "conj", "aux", "rel", "pron", "det", "poss")  # words that end a run of nouns


class Phrase:
    """One noun phrase of a sentence. `start` and `end` are token positions."""

    __slots__ = (
        "activities", "attribute", "cases", "conj", "countries", "counterpart", "depth", "end", "flags", "frame", "genders", "group", "head", "kind",
        "lemma", "level", "name", "owner", "pair", "person", "place", "plural", "prep", "role", "sectors", "spoken", "start",
    )  # fmt: skip

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.head = start
        self.kind = "other"
        self.prep: frozenset[str] = frozenset()
        self.cases = ALL_CASES
        self.plural: bool | None = None
        self.genders: frozenset[tuple[str, str]] = frozenset()  # numbers and genders that the determiner admits
        self.name: str | None = None
        self.person: Person | None = None
        self.role: str | None = None
        self.level: Level | None = None
        self.countries: list[str] = []
        self.place: str | None = None
        self.frame: str | None = None
        self.lemma: str | None = None
        self.owner: Phrase | None = None
        self.pair: list[Phrase] = []  # the people of "Trump-Kim summit"
        self.sectors: list[str] = []
        self.activities: list[str] = []
        self.flags: set[str] = set()
        self.group = -1
        self.conj = False
        self.spoken = False
        self.counterpart = False
        self.attribute: tuple[str, Phrase] | None = None  # frame and place of an extended attribute
        self.depth = 0

    @property
    def actor(self) -> bool:
        """Whether the phrase can take part in an encounter."""
        return self.kind in ACTORS and not self.spoken

    def __repr__(self) -> str:
        bits = [self.kind, self.name or self.role or self.place or self.lemma or "", ",".join(self.countries)]
        bits += [f"prep={'/'.join(sorted(self.prep))}"] * bool(self.prep) + [f"owner={self.owner}"] * bool(self.owner)
        bits += ["/".join(self.sectors)] * bool(self.sectors) + sorted(self.flags)
        return f"[{self.start}-{self.end} {' '.join(b for b in bits if b)}]"


class PhraseParser:
    """Parses the noun phrases of one sentence; the register grows as names are found."""

    def __init__(self, sentence: Sentence, lexicon: Lexicon, register: Register) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.lexicon = lexicon
        self.register = register
        self.capitalised_nouns = bool(lexicon.settings["capitalised-nouns"])
        self.compounds = bool(lexicon.settings["compounds"])

    # ------------------------------------------------------------------ the sentence

    def parse(self) -> list[Phrase]:
        """All noun phrases in order; appositions and complements are inside the phrase they belong to."""
        found: list[Phrase] = []
        i = 0
        while i < len(self.tokens):
            phrase = self._prepositional(i) or self.noun_phrase(i)
            if phrase is None or phrase.end <= i:
                i += 1
                continue
            self._apposition(phrase)
            found.append(phrase)
            self._mention(phrase)
            i = phrase.end
        _group(found, self.tokens)
        return found

    def _mention(self, phrase: Phrase) -> None:
        """Note where a person was mentioned last: a surname means the latest of its bearers."""
        self.register.countries.update(phrase.countries)
        for part in (phrase.owner, phrase):
            if part is not None and part.person is not None:
                part.person.last = self.sentence.start + phrase.start

    def _prepositional(self, i: int) -> Phrase | None:
        roles, length = self._preposition(i)
        if not roles or self._relative_follows(i, length):
            return None
        phrase = self.noun_phrase(i + length)
        if phrase is None or self._introduces_clause(i, phrase.end):
            return None
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
        stop = next((t.i for t in self.tokens[at + 1 :] if t.text in ",.;:!?)"), len(self.tokens))
        last = self.tokens[stop - 1]
        return last.get("verb", "aux") is not None or self.sentence.word(stop - 1).cls == "verb"

    def _introduces_clause(self, i: int, end: int) -> bool:
        """Whether a word that may be preposition or conjunction is the latter here: a verb follows its noun phrase."""
        if not self.tokens[i].has("conj", "subordinate") or end >= len(self.tokens):
            return False
        if not self.capitalised_nouns:
            token = self.tokens[end]
            verb = token.get("verb")
            return token.get("aux") is not None or (verb is not None and verb.extra.split("|")[1] in ("pres", "past"))
        stop = next((t.i for t in self.tokens[i + 1 :] if t.text in ",.;:!?)"), len(self.tokens))
        last = self.tokens[stop - 1]
        return stop - 1 >= end and (last.get("aux", "verb") is not None or self.sentence.word(stop - 1).cls == "verb")

    def _preposition(self, i: int) -> tuple[frozenset[str], int]:
        token = self.tokens[i]
        preps = [(n, e.value) for n, e in token.entries if e.kind == "prep"]
        if not preps:
            return frozenset(), 0
        length = max(n for n, _ in preps)
        return frozenset(value for n, value in preps if n == length), length

    # ------------------------------------------------------------------ one phrase

    def noun_phrase(self, i: int, depth: int = 0, *, named: bool = True) -> Phrase | None:
        """The noun phrase that begins at token `i`, or None; with `named` false an unknown word is no name."""
        if i >= len(self.tokens) or depth > 4 or self.tokens[i].time:
            return None
        phrase = Phrase(i)
        phrase.depth = depth
        at = self._modifiers(phrase, i)
        if at >= len(self.tokens) or self.tokens[at].time:
            if "both" not in phrase.flags:
                return None
            phrase.kind, phrase.end = "pronoun", at
            return phrase
        at = self._head(phrase, at, depth, named=named)
        if at is None:
            return self._bare_owner(phrase)
        phrase.end = at
        return phrase

    def _bare_owner(self, phrase: Phrase) -> Phrase | None:
        """A possessor whose noun was not understood ("Russia's hopes") still names somebody, but takes no part."""
        owner = phrase.owner
        if owner is None:
            return None
        owner.flags.add("possessor")
        return owner

    def _modifiers(self, phrase: Phrase, i: int) -> int:
        """Consume determiners, adjectives, possessors before the head; returns the position of the head."""
        tokens = self.tokens
        begin = i
        while i < len(tokens):
            token = tokens[i]
            if (name := token.span("country", "place", "organization", "region")) and name[0] > 1:
                break  # "New York", "the Central African Republic"
            if i > begin and (inner := self._extended_attribute(phrase, i)):
                i = inner
                continue
            if (found := token.span("det", "poss")) and not (i > begin and token.has("rel") and tokens[i - 1].text == ","):
                n, entry = found
                self._readings(phrase, entry.value)
                if entry.kind == "poss":
                    phrase.flags.add("possessive")
                i += n
            elif found := token.span("modifier"):
                phrase.flags.add(found[1].value)
                i += found[0]
            elif token.has("word", "both") and not token.get("conj"):
                phrase.flags.add("both")
                phrase.plural = True
                i += 1
            elif (found := token.span("adjective")) and self._adjectival(i, found[0]):
                phrase.countries.append(found[1].value)
                i += found[0]
            elif code := self._place_adjective(i):
                phrase.countries.append(code)
                i += 1
            elif "-" in token.text and (codes := self._double_adjective(token) or self._pair_of_countries(token)):
                phrase.countries += codes
                i += 1
            elif "-" in token.text and (pair := self._pair_of_people(i)):
                phrase.pair = pair
                i += 1
            elif (owned := self._common_possessor(i)) is not None:
                i = owned
            elif (owner := self._possessor(i)) is not None and owner[1] < len(tokens):
                phrase.owner, i = owner
                phrase.cases = ALL_CASES
            elif self._plain_adjective(i):
                i += 1
            else:
                break
        return i

    def _extended_attribute(self, phrase: Phrase, i: int) -> int | None:
        """ "der in Moskau weilende Minister": a prepositional phrase and a participle between determiner and noun."""
        tokens = self.tokens
        if not self.capitalised_nouns or not tokens[i].get("prep") or not tokens[i - 1].get("det", "poss"):
            return None
        inner = self._prepositional(i)
        if inner is None:
            return None
        at = inner.end
        while at < len(tokens) and tokens[at].time:
            at += 1
        if at + 1 >= len(tokens) or tokens[at].capital or not tokens[at].text[0].isalpha():
            return None
        word = self.sentence.word(at)
        verb = next((e for n, e in tokens[at].entries if e.kind == "verb"), None) or self._participle(tokens[at].lower)
        if verb is None and not (word.cls in ("adjective", "verb") and tokens[at].lower[-1:] in "enrms"):
            return None
        if verb is not None and verb.value in ("stay", "move", "visit"):
            phrase.attribute = (verb.value, inner)
        return at + 1

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
        phrase.genders = frozenset((p[1], p[2]) for p in parts if len(p) > 2) | frozenset((p[1], "") for p in parts if len(p) == 2)
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

    def _place_adjective(self, i: int) -> str | None:
        """The country of an adjective made from a place where the language makes such: "Moskauer"."""
        ending = self.lexicon.settings.get("place-adjective")
        token = self.tokens[i]
        if not ending or not token.capital or not token.text.endswith(ending) or i + 1 >= len(self.tokens):
            return None
        if not self.tokens[i + 1].capital:
            return None
        stem = token.text.removesuffix(ending)
        for form in (stem, stem + "en", stem + "e"):
            for entry in self.lexicon.index.get(form, []):
                if entry.kind == "place" and not entry.rest:
                    return entry.value
        return None

    def _double_adjective(self, token: Token) -> list[str]:
        """The two countries of "nordkoreanisch-russische" or "Trump-Kim"-like adjectives; [] otherwise."""
        parts = token.text.split("-")
        codes: list[str] = []
        for part in parts:
            entries = self.lexicon.index.get(part, []) + self.lexicon.index.get(part.lower(), [])
            stem = part.lower()
            stems = [e for e in entries if e.kind == "adjective" and not e.rest]
            code = next((e.value for e in stems), None) or self._adjective_stem(stem)
            if code is None:
                return []
            codes.append(code)
        return codes

    def _pair_of_countries(self, token: Token) -> list[str]:
        """The countries of "India-Pakistan", "EU-China" before a noun; [] otherwise."""
        codes: list[str] = []
        for part in token.text.split("-"):
            code = next((e.value for e in self.lexicon.index.get(part, []) if e.kind in ("country", "organization") and not e.rest), None)
            if code is None:
                return []
            codes.append(code)
        return codes if token.i + 1 < len(self.tokens) and not self.tokens[token.i + 1].get(*BLOCKING) else []

    def _pair_of_people(self, i: int) -> list[Phrase]:
        """The people of "Trump-Kim" before a noun; [] unless the document knows both."""
        found = []
        for part in self.tokens[i].text.split("-"):
            who = self.register.surname([part]) or self.register.famous([part])
            if who is None or not part[:1].isupper():
                return []
            phrase = self._person_phrase(i, who)
            phrase.end = i + 1
            found.append(phrase)
        return found if len(found) > 1 else []

    def _common_possessor(self, i: int) -> int | None:
        """Behind an ordinary noun in the possessive ("the city's mayor"), which names nobody."""
        tokens = self.tokens
        if i + 2 >= len(tokens) or tokens[i + 1].text not in ("'s", "’s") or tokens[i].capital:
            return None
        return None if tokens[i].get(*BLOCKING) else i + 2

    def _adjective_stem(self, stem: str) -> str | None:
        for ending in ("isch", "ish", "ian", "o"):
            for entry in self.lexicon.index.get(stem + ending, []):
                if entry.kind == "adjective":
                    return entry.value
        return None

    def _plain_adjective(self, i: int) -> bool:
        """Whether token `i` is an adjective or number before a noun that we could read."""
        tokens = self.tokens
        token = tokens[i]
        if i + 1 >= len(tokens) or not token.text[0].isalnum():
            return False
        if token.text[0].isdigit():
            return token.text.isdigit() and len(token.text) <= 3
        if token.get("verb") and not token.get(*BLOCKING, "noun", "office", "delegation"):
            return self._attributive(i) or self._inside_phrase(i)
        if token.get(*BLOCKING, "noun", "office", "delegation", "country", "place", "organization", "sector", "activity"):
            return False
        if token.capital and not self.sentence.initial(i):
            return self.capitalised_nouns and self._adjective_in_title(i)
        word = self.sentence.word(i)
        if self.capitalised_nouns:
            return word.cls == "adjective" and token.lower[-1:] in "enrms" and not tokens[i + 1].get("aux")
        if not word.known:
            return False
        return word.cls == "adjective" or (word.cls in ("noun", "verb") and not token.capital and self._leads_to_head(i + 1))

    def _adjective_in_title(self, i: int) -> bool:
        """A capitalised adjective in the name of a body: "der Internationalen Abteilung", "Obersten Gerichts"."""
        token, after = self.tokens[i], self.tokens[i + 1]
        if not after.capital or token.lower[-2:] not in ("en", "er", "es", "em") and token.lower[-1:] != "e":
            return False
        word = self.sentence.analyzer.word(token.lower)
        noun = self.sentence.analyzer.word(after.text)
        return word.cls == "adjective" and word.known and noun.cls == "noun" and not token.get("country", "place", "office")

    def _inside_phrase(self, i: int) -> bool:
        """Behind a determiner a word that could be a verb modifies the head: "a state visit", "his planned trip"."""
        before = self.tokens[i - 1] if i else None
        if before is None or self.capitalised_nouns or not (before.get("det", "poss", "adjective") or before.text in ("'s", "’s")):
            return False
        return self._leads_to_head(i + 1)

    def _attributive(self, i: int) -> bool:
        """A participle before a noun: "der amtierende", "the visiting president"."""
        entry = self.tokens[i].get("verb")
        if entry is None:
            return False
        tense = entry.extra.split("|")[1]
        following = self.tokens[i + 1]
        return tense in ("ing", "part") and bool(following.get("office", "delegation", "demonym", "adjective"))

    def _leads_to_head(self, i: int) -> bool:
        """Whether within three words a head follows that the lexicon knows (for languages that stack nouns)."""
        for token in self.tokens[i : i + 3]:
            if token.get("office", "noun", "delegation", "activity"):
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
        if owner.kind in ("country", "organization") and not self.capitalised_nouns and end < len(tokens):
            if tokens[end].get("office") or (tokens[end].get("modifier") and self._leads_to_head(end)):
                return owner, end
        return None

    def _may_be_owned(self, i: int) -> bool:
        token = self.tokens[i]
        if token.get("prep", "conj", "aux", "det", "rel", "pron", "country", "place") and not token.get("office", "noun"):
            return False
        return token.capital or token.get("modifier", "adjective") is not None or self._plain_adjective(i)

    def _named(self, i: int) -> tuple[Phrase, int] | None:
        """A bare name of a country, organisation, seat or person at `i`, as a phrase and its end."""
        if (title := self.tokens[i].span("word")) and title[1].value == "titles" and i + title[0] < len(self.tokens):
            i += title[0]
        token = self.tokens[i]
        phrase = Phrase(i)
        if found := token.span("country", "organization", "seat", "place"):
            n, entry = found
            phrase.kind = "country" if entry.kind == "place" and entry.extra.endswith("|capital") else entry.kind
            phrase.countries = [entry.value]
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

    def _person_longer(self, i: int, n: int) -> int | None:
        length = self._authority_name(i)
        return length if length and length > n else None

    def _person_phrase(self, i: int, who: Person) -> Phrase:
        phrase = Phrase(i)
        phrase.kind = "person"
        phrase.person = who
        phrase.name = who.name
        if who.country:
            phrase.countries = [who.country]
        return phrase

    # ------------------------------------------------------------------ heads

    def _head(self, phrase: Phrase, at: int, depth: int, *, named: bool = True) -> int | None:
        token = self.tokens[at]
        if token.age:
            phrase.kind, phrase.plural = "pronoun", False
            return at + 1
        if phrase.start == at and (found := token.span("pron")) and not token.get("det"):
            phrase.kind = "pronoun"
            self._readings(phrase, found[1].value)
            return at + found[0]
        run = self._run(phrase, at)
        if run is not None:
            return self._complete(phrase, run, depth)
        if named or self._authority_name(at) or not self._common_noun(at) or token.get("country", "organization", "place", "seat", "region"):
            name = self._name_head(phrase, at)
            if name is not None:
                return name
        if phrase.start == at and token.get("pron"):
            phrase.kind = "pronoun"
            self._readings(phrase, token.get("pron").value)  # type: ignore[union-attr]
            return at + 1
        if self._common_noun(at):
            return self._common(phrase, at, depth)
        if "both" in phrase.flags and at > phrase.start:
            phrase.kind = "pronoun"  # "the two", "beide"
            return at
        if phrase.countries and not phrase.owner and at > phrase.start:
            last = self.tokens[at - 1]
            if last.get("adjective") and (last.capital or phrase.start < at - 1):  # "the Chinese", "the Russians"
                phrase.kind = "demonym"
                return at
        return None

    def _common(self, phrase: Phrase, at: int, depth: int) -> int:
        """A phrase whose head is an ordinary noun; "the city of Perm", "der Badeort Sotschi" are places."""
        token = self.tokens[at]
        phrase.kind = "other"
        phrase.head = at
        if found := token.span("sector"):
            phrase.sectors.append(found[1].value)
        if token.has("word", "capital-word"):
            phrase.flags.add("capital-of")
        end = at + 1
        if token.has("word", "place-word", "capital-word"):
            roles, n = self._preposition(end) if end < len(self.tokens) else (frozenset(), 0)
            inside = end + (n if "of" in roles else 0)
            if inside < len(self.tokens) and (found := self.tokens[inside].span("place", "region", "country")):
                return self._name_head(phrase, inside) or end
            if inside == end and end < len(self.tokens) and self._name_word(end, first=True, anchored=True):
                phrase.kind, phrase.place = "place", self.tokens[end].text
                return end + 1
        return self._genitive_tail(phrase, end, depth)

    def _run(self, phrase: Phrase, at: int) -> int | None:
        """A run of nouns ending in a head the lexicon knows; fills the phrase, returns the position behind it."""
        tokens = self.tokens
        i = at
        best: int | None = None
        while i < len(tokens) and tokens[i].text[0].isalpha():
            token = tokens[i]
            entry = self._head_entry(i, modified=i == at > phrase.start)
            if entry is not None:
                n, found = entry
                if best is not None and not self._stacks(phrase, found):
                    break
                self._take_head(phrase, found, i, n)
                best = i + n
                i = best
                continue
            if self.capitalised_nouns or best is not None:
                break
            if token.get(*BLOCKING) or (token.capital and i == phrase.start and self._authority_name(i)):
                break
            if token.get("verb") and i == phrase.start:
                break
            if not self._names_event(i) if token.capital else not self._leads_to_head(i + 1):
                break
            if found := token.span("country", "organization", "adjective", "sector"):
                if found[1].kind == "sector":
                    phrase.sectors.append(found[1].value)
                else:
                    phrase.countries.append(found[1].value)
            i += 1
        return best

    def _names_event(self, i: int) -> bool:
        """Whether capitalised words from `i` name an event or a body: "the East Asia summit", "Central Bank governor"."""
        for token in self.tokens[i + 1 : i + 4]:
            if token.get("noun", "activity", "delegation") and not self._verbal(token.i):
                return True
            if not token.capital or token.get(*BLOCKING):
                return False
        return False

    def _stacks(self, phrase: Phrase, found: Entry) -> bool:
        """Whether a further head belongs to the same run: "summit meeting", "delegation head", "party leader"."""
        if self.capitalised_nouns:
            return False
        if phrase.kind == "office":
            return found.kind in ("noun", "delegation", "activity")
        return found.kind in ("noun", "delegation", "activity", "office")

    def _head_entry(self, i: int, *, modified: bool = False) -> tuple[int, Entry] | None:
        """The head noun at `i` with its length: listed, or the last part of a compound; `modified` cannot be a verb."""
        token = self.tokens[i]
        heads = ("office", "delegation", "noun", "activity", "demonym")
        found = token.span(*heads)
        if found is not None:
            if found[1].kind in ("noun", "delegation", "office") and not modified and self._verbal(i):
                return None
            office = token.span("office")
            if office and office[0] == found[0]:
                return office if not (token.get("delegation") and office[1].extra.endswith("|pl")) else token.span("delegation")
            return found
        if self.compounds or "-" in token.text:
            entry = self._compound(token)
            return (1, entry) if entry else None
        return None

    def _verbal(self, i: int) -> bool:
        """Whether a word that is noun or verb is a verb here: after a subject, an auxiliary, "to"."""
        token = self.tokens[i]
        if token.get("verb") is None or token.capital and self.capitalised_nouns:
            return False
        if i == 0:
            return False
        before = self.tokens[i - 1]
        if before.get("det", "poss", "adjective", "modifier") or before.text in ("'s", "’s", "'") or before.text.isdigit():
            return False
        tense = token.get("verb").extra.split("|")[1]  # type: ignore[union-attr]
        if before.has("word", "infinitive") and tense == "inf":
            return True
        if before.get("prep", "conj") or before.text in ",:;-–—(":
            return False
        if before.get("pron", "rel", "aux") or before.capital:
            return True
        word = self.sentence.word(i - 1)
        return word.cls in ("noun", "name") and before.get("office", "delegation", "demonym") is not None

    def _compound(self, token: Token) -> Entry | None:
        """The head at the end of a compound that begins with a capital: "Kulturdelegation", "US-Außenminister"."""
        text = token.lower
        if self.capitalised_nouns and not token.capital:
            return None
        best: Entry | None = None
        tail = text.rpartition("-")[2]
        for cut in range(1, len(text) - 3):
            entries = self.lexicon.heads.get(text[cut:])
            entry = next((e for e in entries or () if e.kind in ("office", "delegation", "noun", "activity")), None)
            if entry and (len(text) - cut >= 5 or text[cut - 1] == "-" or text[cut:] == tail):
                best = Entry(entry.kind, entry.value, f"{entry.extra}|{cut}")
                break
        return best

    def _take_head(self, phrase: Phrase, entry: Entry, i: int, n: int) -> None:
        token = self.tokens[i]
        bits = entry.extra.split("|")
        if len(bits) > 1 and bits[1] == "pl" and phrase.plural is None:
            phrase.plural = True
        if len(bits) > 2:
            self._compound_parts(phrase, token.text[: int(bits[2])])
        self._number_by_gender(phrase, bits[0], entry.kind)
        if phrase.kind == "activity" or entry.kind == "activity":
            phrase.activities.append(entry.value if entry.kind == "activity" else phrase.lemma or "")
        phrase.head = i
        phrase.lemma = bits[0]
        if entry.kind == "office":
            phrase.kind = "office"
            phrase.spoken = entry.value == "spokesperson"
            phrase.level = None if phrase.spoken else entry.value  # type: ignore[assignment]
            if "vice" in phrase.flags and entry.value == "minister":
                phrase.level = "vice-minister"
            phrase.role = " ".join(t.text for t in self.tokens[i : i + n])
        elif entry.kind == "demonym":
            phrase.kind = "demonym"
            phrase.countries.append(entry.value)
        else:
            phrase.kind = entry.kind
            phrase.role = phrase.level = None
            phrase.frame = entry.value if entry.kind == "noun" else None
            if token.get("activity") and entry.kind == "noun":
                phrase.activities.append(token.get("activity").value)  # type: ignore[union-attr]

    def _number_by_gender(self, phrase: Phrase, lemma: str, kind: str) -> None:
        """ "die Außenminister": a feminine article before a masculine office can only be a plural."""
        ending = self.lexicon.settings.get("feminine-ending")
        if not ending or kind != "office" or phrase.plural is not None or not phrase.genders:
            return
        wanted = "f" if lemma.endswith(ending) else "m"
        if not any(number == "sg" and gender in ("", wanted) for number, gender in phrase.genders):
            phrase.plural = True
        elif not any(number == "pl" for number, _ in phrase.genders):
            phrase.plural = False

    def _compound_parts(self, phrase: Phrase, first: str) -> None:
        """What stands before the head of a compound: countries, a sector, the "vice" of an office."""
        first = first.rstrip("-")
        index = self.lexicon.index
        for part in first.split("-"):
            entries = index.get(part, []) + index.get(part.capitalize(), [])
            code = next((e.value for e in entries if e.kind in ("country", "organization") and not e.rest), None)
            if code is None and "-" in first + "-":
                code = next((e.value for e in entries if e.kind == "place" and not e.rest and e.extra.endswith("|capital")), None)
            sector = next((e.value for e in entries if e.kind == "sector"), None) or self._sector(part)
            if code:
                phrase.countries.append(code)
            elif sector:
                phrase.sectors.append(sector)
            if any(e.kind == "modifier" and e.value == "vice" for e in entries + index.get(part + "-", [])):
                phrase.flags.add("vice")
            elif any(e.kind == "modifier" and e.value == "former" for e in entries + index.get(part + "-", [])):
                phrase.flags.add("former")

    def _sector(self, part: str) -> str | None:
        """The sector that a first part of a compound means, with its linking letters: "Landwirtschafts-"."""
        text = part.lower()
        for stem in (text, text.removesuffix("s"), text.removesuffix("es"), text.removesuffix("en")):
            for entry in self.lexicon.heads.get(stem, []):
                if entry.kind == "sector":
                    return entry.value
        return None

    # ------------------------------------------------------------------ after the head

    def _complete(self, phrase: Phrase, at: int, depth: int) -> int:
        if phrase.kind == "delegation":
            return self._delegation(phrase, at, depth)
        if phrase.kind == "office":
            return self._office(phrase, at, depth)
        if phrase.kind in ("noun", "activity"):
            return self._genitive_tail(phrase, at, depth) if self.capitalised_nouns else at
        return at

    def _office(self, phrase: Phrase, at: int, depth: int) -> int:
        phrase.counterpart = self._is_counterpart(phrase.head)
        begin = phrase.head
        at = self._complement(phrase, at, depth)
        end_of_role = at
        name = self._name(at, anchored=True)
        if name is not None:
            end, who = name
            self._introduce(phrase, who)
            at = end
        phrase.role = self._role_text(begin, end_of_role, phrase)
        if name is None and not self.capitalised_nouns:
            at = self._complement(phrase, at, depth) if at == end_of_role else at
        elif name is not None:
            at = self._of_country(phrase, at)
        self._remember_office(phrase)
        return at

    def _is_counterpart(self, i: int) -> bool:
        return self.tokens[i].has("word", "counterpart")

    def _role_text(self, begin: int, end: int, phrase: Phrase) -> str:
        text = " ".join(t.text for t in self.tokens[begin:end])
        lemma = phrase.lemma or ""
        first = self.tokens[begin].text
        if lemma and first.lower() != lemma.lower() and " " not in lemma and phrase.plural is not True and len(first) > len(lemma):
            cut = first.lower().rfind(lemma.lower()[:-1])
            if cut > 0:
                first = first[:cut] + (lemma.lower() if cut and first[cut - 1].isalpha() else lemma)
                text = " ".join([first, *(t.text for t in self.tokens[begin + 1 : end])])
            elif first.startswith(lemma):
                text = " ".join([lemma, *(t.text for t in self.tokens[begin + 1 : end])])
        return text.replace(" ,", ",")

    def _introduce(self, phrase: Phrase, who: Person) -> None:
        phrase.person = who
        phrase.name = who.name
        phrase.kind = "person"

    def _remember_office(self, phrase: Phrase) -> None:
        """The document's register learns office and country of a person from a phrase that states them."""
        who = phrase.person
        if not phrase.countries and phrase.owner is not None and phrase.owner.countries:
            phrase.countries = list(phrase.owner.countries)
        if who is None:
            return
        if phrase.role and not phrase.spoken and (who.role is None or len(phrase.role) > len(who.role)):
            if "former" not in phrase.flags or who.role is None:
                who.role, who.level = phrase.role, phrase.level
        if phrase.countries and len(phrase.countries) == 1 and who.holder is None:
            who.country = who.country or phrase.countries[0]
        if not phrase.countries and who.country:
            phrase.countries = [who.country]

    def _complement(self, phrase: Phrase, at: int, depth: int) -> int:
        """What completes an office: "für Staatssicherheit", a genitive, "of state", "beim ZK"; countries in it count."""
        tokens = self.tokens
        while at < len(tokens):
            roles, n = self._preposition(at)
            genitive = self._genitive(at, depth) if not roles else None
            if genitive is not None:
                self._absorb(phrase, genitive)
                at = genitive.end
                continue
            if "from" in roles and phrase.plural and phrase.level == "official":
                roles = roles | {"of"}
            if not roles & {"for", "of", "at"}:
                break
            inner = self.noun_phrase(at + n, depth + 1, named=False)
            if inner is None or inner.kind in ("person", "pronoun") or inner.frame:
                break
            if tokens[at].has("prep", "by") and not tokens[at].has("prep", "of"):
                break
            self._absorb(phrase, inner)
            at = self._coordinated(phrase, inner, depth)
        return at

    def _coordinated(self, phrase: Phrase, inner: Phrase, depth: int) -> int:
        """Further members of a coordinated complement: "Russlands, Sri Lankas und Vietnams", "of A, B and C"."""
        tokens = self.tokens
        at = inner.end
        while at < len(tokens) - 1:
            step = 1 if tokens[at].has("conj", "and") or tokens[at].text in (",", "&") else 0
            if not step or (tokens[at].text == "," and phrase.plural is not True and inner.kind not in ("country",)):
                break
            if tokens[at].text == "," and tokens[at + 1].has("conj", "and"):
                step = 2
            following = self.noun_phrase(at + step, depth + 1)
            if following is None or following.kind != inner.kind or following.frame:
                break
            if inner.kind == "other" and (following.countries or tokens[at].text == ","):
                break
            self._absorb(phrase, following)
            at = following.end
        return at

    def _absorb(self, phrase: Phrase, inner: Phrase) -> None:
        for code in inner.countries:
            if code not in phrase.countries:
                phrase.countries.append(code)
        phrase.sectors += inner.sectors
        if inner.person is not None and phrase.owner is None:
            phrase.owner = inner

    def _genitive(self, at: int, depth: int) -> Phrase | None:
        """A genitive phrase at `at`, in languages that mark it: "des Auslandsgeheimdienstes", "Nordkoreas"."""
        if not self.capitalised_nouns or at >= len(self.tokens):
            return None
        token = self.tokens[at]
        if (entry := token.span("country", "organization", "place")) and "|gen" in entry[1].extra:
            named = self._named(at)
            return named[0] if named else None
        det = token.get("det", "poss")
        if det is None or "gen" not in det.value:
            surname = self._surname(at)
            if surname is not None and surname[2] and not token.get("country"):
                phrase = self._person_phrase(at, surname[1])
                phrase.end = at + surname[0]
                return phrase
            return None
        inner = self.noun_phrase(at, depth + 1)
        return inner if inner is not None and "gen" in inner.cases else None

    def _genitive_tail(self, phrase: Phrase, at: int, depth: int) -> int:
        """Genitives behind a noun belong to it: they own it ("der Besuch des Präsidenten Wladimir Putin")."""
        tokens = self.tokens
        while at < len(tokens):
            inner = self._genitive(at, depth)
            if inner is None or (inner.frame and phrase.kind == "other"):
                return at
            at = inner.end
            if phrase.kind in ("noun", "activity", "delegation") and (inner.actor or inner.countries):
                if phrase.owner is None:
                    phrase.owner = inner
                at = self._coordinated_owner(phrase, inner, depth)
            else:
                self._absorb(phrase, inner)
                at = self._coordinated(phrase, inner, depth) if inner.kind == "country" else at
        return at

    def _coordinated_owner(self, phrase: Phrase, inner: Phrase, depth: int) -> int:
        self._apposition(inner)
        at = inner.end
        while at < len(self.tokens) - 1 and (self.tokens[at].has("conj", "and") or self.tokens[at].text == ","):
            following = self._genitive(at + 1, depth)
            if following is None or not (following.actor or following.countries):
                break
            for code in following.countries:
                inner.countries.append(code)
            at = following.end
        return at

    def _of_country(self, phrase: Phrase, at: int) -> int:
        """ "President Paul Kagame of Rwanda" """
        roles, n = self._preposition(at)
        if "of" in roles and at + n < len(self.tokens):
            found = self.tokens[at + n].span("country", "organization")
            if found and not self.tokens[at].has("prep", "by"):
                phrase.countries = [found[1].value]
                return at + n + found[0]
        return at

    def _delegation(self, phrase: Phrase, at: int, depth: int) -> int:
        at = self._genitive_tail(phrase, at, depth) if self.capitalised_nouns else at
        if phrase.owner is not None and phrase.owner.countries and not phrase.countries:
            phrase.countries = list(phrase.owner.countries)
        if phrase.owner is not None:
            phrase.sectors += phrase.owner.sectors
        tokens = self.tokens
        while at < len(tokens):
            if (found := tokens[at].span("phrase")) and found[1].value == "sectors-of":
                listed = self._sector_list(phrase, at + found[0])
                if listed is not None:
                    at = listed
                    continue
            roles, n = self._preposition(at)
            if roles & {"of", "from"} and not roles & {"in", "to"} and at + n < len(tokens):
                inner = self.noun_phrase(at + n, depth + 1)
                if inner is not None and inner.kind in ("country", "organization", "other", "delegation", "office") and not inner.frame:
                    self._absorb(phrase, inner)
                    if not inner.countries and not inner.sectors and not phrase.countries:
                        break
                    at = self._coordinated(phrase, inner, depth)
                    continue
            break
        return at

    def _sector_list(self, phrase: Phrase, at: int) -> int | None:
        """ "Fischerei, Sport, IT-Industrie und Jugend": every sector is a delegation of its own."""
        tokens = self.tokens
        sectors: list[str] = []
        end = at
        while at < len(tokens):
            found = tokens[at].span("sector")
            if found is None:
                break
            sectors.append(found[1].value)
            at += found[0]
            end = at
            while at < len(tokens) and (tokens[at].text == "," or tokens[at].has("conj", "and")):
                at += 1
        if not sectors:
            return None
        phrase.sectors = sectors
        phrase.flags.add("sector-list")
        return end

    # ------------------------------------------------------------------ names

    def _name_head(self, phrase: Phrase, at: int) -> int | None:
        """A phrase whose head is a name: person, country, place, organisation."""
        tokens = self.tokens
        token = tokens[at]
        place = token.span("country", "organization", "seat", "place", "region")
        if place is None and (short := token.span("short")) and short[1].value in self.register.countries:
            place = short
        name = self._name(at, anchored=False)
        if name is not None and (place is None or name[0] - at > place[0]):
            end, who = name
            if not phrase.countries and phrase.owner is not None:
                phrase.countries = list(phrase.owner.countries)
            if phrase.countries and who.country is None and len(phrase.countries) == 1:
                who.country = phrase.countries[0]
            phrase.kind = "person"
            phrase.person, phrase.name = who, who.name
            if who.country:
                phrase.countries = [who.country]
            phrase.head = at
            end = self._of_country(phrase, end) if who.country is None else end
            if phrase.countries and who.country is None:
                who.country = phrase.countries[0]
            return end
        if place is None:
            return None
        n, entry = place
        phrase.kind = "country" if entry.kind == "short" else entry.kind
        phrase.head = at
        phrase.countries = [*phrase.countries, entry.value] if entry.value not in phrase.countries else phrase.countries
        if entry.kind in ("place", "region", "seat"):
            phrase.place = entry.extra.split("|")[0] or token.text
        elif entry.kind == "country" and any(e.kind == "place" and e.value == entry.value and k == n for k, e in token.entries):
            phrase.place = entry.extra.split("|")[0]  # a city state
            if entry.extra.endswith("|capital") or "|capital" in entry.extra:
                phrase.flags.add("capital")
        if "|gen" in entry.extra:
            phrase.flags.add("genitive")
        return at + n

    def _authority_name(self, i: int) -> int:
        """How many tokens from `i` are a full name that the register or the authority knows; 0 if none."""
        words: list[str] = []
        best = 0
        for token in self.tokens[i : i + 6]:
            if not token.text[0].isalpha():
                break
            words.append(token.text)
            if len(words) > 1 and (self.register.known(words) or self._genitive_known(words)):
                best = len(words)
        return best

    def _genitive_known(self, words: list[str]) -> bool:
        if not self.lexicon.settings["genitive-s"] or not words[-1].endswith("s"):
            return False
        return self.register.known([*words[:-1], words[-1][:-1]])

    def _name(self, i: int, *, anchored: bool) -> tuple[int, Person] | None:
        """A person's name at `i`: (end, person). `anchored` behind an office, where any capitalised word may be one."""
        tokens = self.tokens
        if i >= len(tokens):
            return None
        titled = 0
        while i + titled < len(tokens) and (found := tokens[i + titled].span("word")) and found[1].value == "titles":
            titled += found[0]
            if i + titled < len(tokens) and tokens[i + titled].text == ".":
                titled += 1
        i += titled
        if i >= len(tokens):
            return None
        known = self._authority_name(i)
        if known:
            words = [t.text for t in tokens[i : i + known]]
            if not self.register.known(words):
                words[-1] = words[-1][:-1]
            return i + known, self.register.add(" ".join(words))
        if self.sentence.initial(i) and not titled and not anchored and self._ordinary(i) and not self.register.bears(tokens[i].text):
            return None
        length = self._name_length(i, anchored=anchored or titled > 0)
        if length >= 2 and self._called_by_surname(i, length):
            length = 1
        if length >= 2 and (anchored or titled or self._plausible(i, length)):
            text = " ".join(t.text for t in tokens[i : i + length])
            surname = self.register.surname(text.split()) if length == 1 else None
            return i + length, surname or self.register.add(text.removesuffix("’s"))
        if length <= 1:
            found = self._surname(i)
            if found is not None and (length == 1 or found[0] == 1 and tokens[i].text == found[1].family):
                return i + found[0], found[1]
        if length == 1:
            if (anchored or titled) and tokens[i].text.lower() not in PARTICLES:
                return i + 1, self.register.add(tokens[i].text)
        return None

    def _called_by_surname(self, i: int, length: int) -> bool:
        """Whether the first word alone is a known surname, so that what follows is no part of the name."""
        who = self.register.surname([self.tokens[i].text])
        if who is None or " " not in who.name or who.name.startswith(who.family):
            return False
        return self.tokens[i].text == who.family

    def _ordinary(self, i: int) -> bool:
        """Whether the capital of a word may come from its place at the beginning of the sentence alone."""
        word = self.sentence.word(i)
        token = self.tokens[i]
        return bool(token.get(*BLOCKING, "verb", "noun", "word")) or (word.known and word.cls in ("adjective", "other", "verb"))

    def _name_length(self, i: int, *, anchored: bool) -> int:
        tokens = self.tokens
        at = i
        while at < len(tokens):
            token = tokens[at]
            if token.lower in PARTICLES and not token.capital and at > i and at + 1 < len(tokens):
                if self._name_word(at + 1, first=False, anchored=anchored) and not self.register.surname([tokens[i].text]):
                    at += 1
                    continue
                break
            if not self._name_word(at, first=at == i, anchored=anchored):
                break
            at += 1
        return at - i

    def _name_word(self, i: int, *, first: bool, anchored: bool) -> bool:
        token = self.tokens[i]
        text = token.text
        if not token.capital or not text[0].isalpha() or token.time or text in ("'s", "’s"):
            return False
        if len(text) > 3 and text.isupper() and not anchored:
            return False
        if token.get("office", "delegation", "demonym", "adjective", "country", "organization", "seat", "noun", "region"):
            return not first and len(text) <= 4 and not token.get("office", "organization")
        if token.get("det", "prep", "conj", "aux", "rel") and self.sentence.initial(i):
            return False
        if token.get("place") and first:
            return False
        if token.has("word", "titles") and not first:
            return False
        after = self.tokens[i + 1].text if i + 1 < len(self.tokens) else ""
        if HYPHENATED.fullmatch(text) or HYPHENATED.fullmatch(after):
            return True
        if self.capitalised_nouns and not (anchored and len(text) <= 4):
            return not self._ordinary_word(i, anchored=anchored)
        return True

    def _ordinary_word(self, i: int, *, anchored: bool) -> bool:
        """Whether a capitalised word is an ordinary noun, in languages that write nouns with a capital."""
        word = self.sentence.word(i)
        text = self.tokens[i].text
        if word.cls == "noun" and (word.known or len(text) > 11):
            return not (anchored and self.register.bears(text))
        return word.known and word.cls in ("verb", "adjective", "other") and not anchored

    def _plausible(self, i: int, length: int) -> bool:
        """Whether a run of capitalised words without an office may be a person: no ordinary word among them."""
        for at in range(i, i + length):
            token = self.tokens[at]
            if token.lower in PARTICLES:
                continue
            if token.get("sector", "activity", "place") or token.text.isupper() and len(token.text) > 2:
                return False
            if not self.capitalised_nouns:
                word = self.sentence.analyzer.word(token.lower)
                if word.known and word.cls in ("noun", "adjective", "verb") and at > i:
                    return False
        return True

    def _surname(self, i: int) -> tuple[int, Person, bool] | None:
        """A known person called by surname at `i`: (length, person, in the genitive)."""
        tokens = self.tokens
        token = tokens[i]
        if not token.capital or not token.text[0].isalpha():
            return None
        full = self._authority_name(i)
        if full:
            words = [t.text for t in tokens[i : i + full]]
            if self.register.known(words):
                return full, self.register.add(" ".join(words)), False
            words[-1] = words[-1][:-1]
            return full, self.register.add(" ".join(words)), True
        if token.get("det", "prep", "conj", "office", "country", "demonym", "adjective", "organization", "noun", "delegation", "det"):
            return None
        for length in (3, 2, 1):
            words = [t.text for t in tokens[i : i + length]]
            if len(words) < length or not words[-1][0].isalpha():
                continue
            who = self.register.surname(words)
            if who is not None:
                return length, who, False
            if self.lexicon.settings["genitive-s"] and words[-1].endswith("s"):
                who = self.register.surname([*words[:-1], words[-1][:-1]])
                if who is not None:
                    return length, who, True
        return self._famous(i)

    def _famous(self, i: int) -> tuple[int, Person, bool] | None:
        token = self.tokens[i]
        word = self.sentence.word(i)
        if word.known and word.cls != "name" and self.sentence.initial(i):
            return None
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if after is not None and after.capital and self._name_word(i + 1, first=False, anchored=False):
            return None  # part of a longer name that is not known
        if token.get("place", "sector", "activity", "region", "seat") or (self.capitalised_nouns and word.known and word.cls == "noun"):
            return None
        who = self.register.famous([token.text])
        if who is not None:
            return 1, who, False
        if self.lexicon.settings["genitive-s"] and token.text.endswith("s"):
            who = self.register.famous([token.text[:-1]])
            return (1, who, True) if who is not None else None
        return None

    def _common_noun(self, i: int) -> bool:
        token = self.tokens[i]
        if not token.text[0].isalpha() or token.time or token.get(*BLOCKING):
            return False
        word = self.sentence.word(i)
        if self.capitalised_nouns:
            if not token.capital or not self.sentence.initial(i):
                return token.capital
            if token.get("verb", "word", "predicate") or word.known and word.cls in ("verb", "adjective", "other"):
                return False
            return self.sentence.analyzer.word(token.text).cls in ("noun", "name")
        if token.get("verb"):
            return False
        if self.sentence.initial(i) and word.known and word.cls not in ("noun", "name"):
            return False
        return token.capital or word.cls == "noun"

    # ------------------------------------------------------------------ appositions

    def _apposition(self, phrase: Phrase) -> None:
        """ ", Gouverneur der Region Primorje," and ", Sergej Naryschkin," belong to the phrase before the comma."""
        tokens = self.tokens
        at = phrase.end
        if at + 1 >= len(tokens) or tokens[at].text not in (",", "(", "–", "—"):
            return
        if phrase.kind == "office" and phrase.person is None and not phrase.plural:
            name = self._name(at + 1, anchored=True)
            if name is not None and name[0] < len(tokens) and tokens[name[0]].text in ",.)–—" and name[0] - at > 2:
                self._introduce(phrase, name[1])
                self._remember_office(phrase)
                phrase.end = name[0] + (tokens[name[0]].text in ",)–—")
            return
        if phrase.kind != "person":
            if phrase.kind in ("place", "seat") and (country := tokens[at + 1].span("country")):
                if country[1].value in phrase.countries:
                    end = at + 1 + country[0]
                    phrase.end = end + (end < len(tokens) and tokens[end].text == ",")
            return
        office = self.noun_phrase(at + 1, 1)
        if office is None or office.kind != "office" or office.person is not None:
            return
        end = office.end
        while end + 1 < len(tokens) and (tokens[end].has("conj", "and") or tokens[end].text == ","):
            more = self.noun_phrase(end + 1, 1)
            if more is None or more.kind != "office":
                break
            for code in more.countries:
                if code not in office.countries and not office.countries:
                    office.countries.append(code)
            office.role = f"{office.role} {tokens[end].text} {more.role}" if tokens[end].text != "," else office.role
            end = more.end
        end = self._to_comma(end)
        if end < len(tokens) and tokens[end].text not in ",.;:)–—" and not tokens[end].get("conj"):
            return
        self._state_office(phrase, office)
        phrase.end = end + (end < len(tokens) and tokens[end].text in ",)–—")

    def _to_comma(self, at: int) -> int:
        """Over prepositional phrases to the comma that closes an apposition; `at` itself if a verb comes first."""
        end = at
        while end < len(self.tokens) and (self.tokens[end].get("prep") or self.tokens[end].time):
            if self.tokens[end].time:
                end += 1
                continue
            inner = self._prepositional(end)
            if inner is None or inner.frame or inner.kind == "person":
                return at
            end = inner.end
        return end if end >= len(self.tokens) or self.tokens[end].text in ",.;:)–—" else at

    def _state_office(self, phrase: Phrase, office: Phrase) -> None:
        if office.owner is not None and not office.countries:
            office.countries = list(office.owner.countries)
        phrase.role, phrase.level, phrase.spoken = office.role, office.level, office.spoken
        phrase.flags |= office.flags & {"former", "then"}
        who = phrase.person
        if office.countries and (who is None or who.holder is None):
            phrase.countries = office.countries[:1]
        if who is not None:
            if phrase.role:
                who.role, who.level = phrase.role, phrase.level
            if who.country is None and phrase.countries:
                who.country = phrase.countries[0]


def _group(phrases: Sequence[Phrase], tokens: Sequence[Token]) -> None:
    """Give coordinated phrases a common group and the preposition of the first: "mit A, B und C"."""
    group = 0
    for i, phrase in enumerate(phrases):
        phrase.group = group = group + 1
        if i == 0 or phrase.prep:
            continue
        before = phrases[i - 1]
        gap = [t for t in tokens[before.end : phrase.start]]
        comma_inside = bool(tokens[before.end - 1].text == ",")
        if not gap and not comma_inside:
            continue
        if not all(t.text in (",", "&", "/") or t.has("conj", "and", "or") for t in gap):
            continue
        if not _alike(before, phrase):
            continue
        joined = any(t.has("conj", "and", "or") or t.text == "&" for t in gap)
        if joined or _list_goes_on(phrases, i, tokens):
            phrase.group, phrase.prep, phrase.conj = before.group, before.prep, True
            phrase.cases = before.cases if before.prep else phrase.cases
            group = before.group


def _alike(a: Phrase, b: Phrase) -> bool:
    geo = {"country", "place", "region", "seat", "organization"}
    return (a.actor and b.actor) or (a.kind in geo and b.kind in geo) or (a.kind == b.kind)


def _list_goes_on(phrases: Sequence[Phrase], i: int, tokens: Sequence[Token]) -> bool:
    """Whether a comma is one of a list: somewhere further on an "and" follows between the same kind of phrases."""
    for j in range(i, min(i + 6, len(phrases) - 1)):
        gap = tokens[phrases[j].end : phrases[j + 1].start]
        if any(t.has("conj", "and", "or") for t in gap):
            return len(gap) <= 2 and _alike(phrases[j], phrases[j + 1])
        if not gap or not all(t.text == "," for t in gap):
            return False
    return False
