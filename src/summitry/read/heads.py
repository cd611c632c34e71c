"""The head of a noun phrase: offices, delegations, nouns of encounters; alone, in a run, at the end of a compound."""

from summitry.kinds import BELOW
from summitry.lexicon import Entry
from summitry.read.modifiers import ModifierParser
from summitry.read.namewords import BLOCKING
from summitry.read.phrase import Phrase
from summitry.read.tokens import Token

NAME = 4  # tokens of the longest name of a town


class HeadParser(ModifierParser):
    """Finds the head that the lexicon knows and notes what kind of thing the phrase is."""

    def _run(self, phrase: Phrase, at: int) -> int | None:
        """A run of nouns ending in a head the lexicon knows; fills the phrase, returns the position behind it."""
        tokens, best, i = self.tokens, None, at
        if at == phrase.start and self._stands_in(at):
            return None
        while i < len(tokens) and tokens[i].text[0].isalpha():
            token = tokens[i]
            entry = self._head_entry(i, modified=i == at > phrase.start)
            if entry is not None:
                n, found = entry
                if best is not None and not self._stacks(phrase, found, token):
                    break
                self._take_head(phrase, found, i, n)
                best = i + n
                i = best
                continue
            if self.capitalised_nouns or best is not None:
                break
            if token.get(*BLOCKING) or (token.capital and i == phrase.start and self._authority_name(i)):
                break
            named = token.capital and not self.sentence.initial(i)
            if token.get("verb") and i == phrase.start and not named:
                break
            fits = (
                self._names_event(i) or phrase.countries and self._leads_to_office(i)
                if named
                else self._leads_to_head(i + 1)
            )
            if not fits:
                break
            if part := token.span("country", "organization", "adjective", "sector"):
                (phrase.sectors if part[1].kind == "sector" else phrase.countries).append(part[1].value)
            elif (town := token.span("place", "region", "seat")) and phrase.seat is None:
                phrase.seat = (i, town[1])  # "the Geneva talks", "a White House summit"
                i += town[0]
                continue
            elif "-" in token.text and token.capital:
                self._pair(phrase, i)  # "the third India-Japan summit"
            i += 1
        return best

    def _names_event(self, i: int) -> bool:
        """Whether capitalised words from `i` name an event or a body: "the East Asia summit", "Central Bank governor".

        Or the field of an office in ordinary words: "Russian Foreign Intelligence Chief X".
        """
        for token in self.tokens[i + 1 : i + 4]:
            if token.get("office") and self.tokens[token.i - 1].get("sector") and token.i - 1 > i:
                return self._of_office(i)
            if token.get("noun", "activity", "delegation") and not self._verbal(token.i):
                return True
            if token.get("office") and not token.capital and self.tokens[i - 1].get("det", "poss"):
                return True  # "the Brexit secretary"
            if not token.capital or token.get(*BLOCKING):
                return False
        return False

    def _leads_to_office(self, i: int) -> bool:
        """Whether capitalised ordinary words from `i` come before an office: "US State Department counsellor X"."""
        if self._authority_name(i) or self.tokens[i].get("country", "place", "region"):
            return False
        for token in self.tokens[i + 1 : i + 4]:
            if token.get("office"):
                return not token.capital
            if not token.capital or token.get(*BLOCKING) or not token.has("word", "thing-word"):
                return False
        return False

    def _stacks(self, phrase: Phrase, found: Entry, token: Token) -> bool:
        """Whether a further head belongs to the same run: "summit meeting", "delegation head", "party leader"."""
        if self.capitalised_nouns or phrase.plural and found.kind == "office" and token.capital:
            return False  # "For the talks President X had come": no plural stands before a noun
        if phrase.kind == "office":
            return found.kind in ("noun", "delegation", "activity")
        return found.kind in ("noun", "delegation", "activity", "office")

    def _head_entry(self, i: int, *, modified: bool = False) -> tuple[int, Entry] | None:
        """The head noun at `i` with its length: listed, or the last part of a compound; `modified` cannot be a verb."""
        token = self.tokens[i]
        heads = ("office", "delegation", "noun", "activity", "demonym")
        found = token.span(*heads)
        if found is not None and found[1].kind == "activity" and self.capitalised_nouns and not token.capital:
            return None  # "unterzeichneten" tells of a signing but names none
        if found is not None and not (found[1].kind == "demonym" and token.get("country", "seat")):
            if found[1].kind == "activity" and token.get("verb") and not modified and not self.capitalised_nouns:
                return None  # "toured Mumbai": only its label
            verbal = found[1].kind in ("noun", "delegation", "office", "activity")
            if verbal and (self._behind_modal(i) or not modified and self._verbal(i)):
                return None
            office = token.span("office")
            if office and office[0] == found[0]:
                return (
                    office
                    if not (token.get("delegation") and office[1].extra.endswith("|pl"))
                    else token.span("delegation")
                )
            return found
        if (self.compounds or "-" in token.text) and not token.get("place", "country", "region", "organization"):
            entry = None if not modified and self._verbal(i) else self._compound(token)
            return (1, entry) if entry else None
        return None

    def _verbal(self, i: int) -> bool:
        """Whether a word that is noun or verb is a verb here: after a subject, an auxiliary, "to"."""
        token = self.tokens[i]
        if i == 0 or token.get("verb") is None or token.capital and self.capitalised_nouns or self._described_noun(i):
            return False
        before = self.tokens[i - 1]
        tense = token.get("verb").extra.split("|")[1]  # type: ignore[union-attr]
        if before.has("word", "infinitive") and tense == "inf":
            return True
        if before.text == "," and (self._goes_on_as(i) or self._closes_apposition(i)):
            return True
        if (before.get("prep") or before.time) and self._takes_name(i):
            return True
        if before.get("prep", "conj") or before.text in ",:;-–—(":
            return False
        at = i - 1
        while at > 0 and self._adverb(at):
            at -= 1  # "will also visit", "Yun again visits"
        if self._disagrees(at, i) or self._the_town(at):
            return False
        if self.tokens[at].get("pron", "rel", "aux") or self.tokens[at].capital:
            return True
        before = self.tokens[at]
        if before.has("word", "sector-word"):
            return True  # "delegations from the sports and youth sectors travel …"
        noun = self.sentence.word(at).cls in ("noun", "name") or before.get("adjective", "modifier") is None
        return noun and before.get("office", "delegation", "demonym") is not None and self._agrees(before, token)

    def _described_noun(self, i: int) -> bool:
        """Whether a determiner or attribute stands before the word at `i`: "the visit", "his African tour"."""
        before = self.tokens[i - 1]
        if before.get("det", "poss", "adjective", "modifier") or before.text in ("'s", "’s", "'"):
            return True
        owned = before.capital and i > 1 and self.tokens[i - 2].get("poss") is not None
        return before.text.isdigit() or owned and self._bare(self.tokens[i])

    @staticmethod
    def _bare(token: Token) -> bool:
        """Whether a word is the plain form of a verb."""
        return any(e.kind == "verb" and n == 1 and e.extra.split("|")[0] == token.lower for n, e in token.entries)

    def _behind_modal(self, i: int) -> bool:
        """Whether only adverbs stand between a modal verb and the word at `i`: "will then head to Oslo"."""
        token = self.tokens[i]
        if self.capitalised_nouns or not self._bare(token):
            return False
        at = i - 1
        while at > 0 and (self._adverb(at) or self._particle(at)):
            at -= 1
        return at >= 0 and bool(self.tokens[at].get("aux")) and not self.tokens[at].has("aux", "be", "have")

    def _particle(self, i: int) -> bool:
        """Whether token `i` is a time or an uninflected word such as "then" and "later" that governs nothing."""
        token = self.tokens[i]
        governs = token.get("aux", "prep", "det", "poss", "conj", "pron", "rel") is not None
        return token.time or not governs and token.text.islower() and self.sentence.word(i).cls == "other"

    def _the_town(self, i: int) -> bool:
        """Whether a town ends at token `i` that stands behind an article, which it cannot take itself: "the New York talks"."""
        for at in range(i, max(0, i - NAME), -1):
            town = self.tokens[at].span("place", "region")
            if town is not None and at + town[0] == i + 1:
                opens = at - 1 - (at > 1 and self.sentence.word(at - 1).cls == "adjective")  # "the latest Geneva talks"
                return self.tokens[opens].get("det", "poss", "modifier") is not None
        return False

    def _agrees(self, subject: Token, verb: Token) -> bool:
        """Whether a verb may belong to the noun before it: behind a singular "visit" is none ("an official visit")."""
        if self.capitalised_nouns:
            return True
        bits = subject.get("office", "delegation", "demonym").extra.split("|")  # type: ignore[union-attr]
        entry = verb.get("verb")
        base = entry is not None and verb.lower == entry.extra.split("|")[0].split()[0] and verb.lower[-1:] != "s"
        return not base or "pl" in bits

    def _disagrees(self, at: int, i: int) -> bool:
        """Whether the singular noun at `at` cannot be the subject of the bare form at `i`: "an official visit"."""
        office = self.tokens[at].get("office", "delegation")
        if self.capitalised_nouns or office is None or office.extra.endswith("|pl") or at == 0:
            return False
        bare = self.tokens[i].get("verb").extra.split("|")[0] == self.tokens[i].lower  # type: ignore[union-attr]
        governed = any(
            t.get("aux") or t.has("word", "infinitive") or t.get("conj") for t in self.tokens[max(0, at - 4) : at]
        )
        return bare and not governed

    def _adverb(self, i: int) -> bool:
        """Whether token `i` is an adverb that may stand between subject and verb."""
        token = self.tokens[i]
        if token.has("word", "also", "not", "again", "often", "both"):
            return True
        return token.lower.endswith("ly") and not token.capital and not token.entries

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
            least = 4 if entry and entry.kind == "office" else 5  # "Kremlchef"
            if entry and (len(text) - cut >= least or text[cut - 1] == "-" or text[cut:] == tail):
                if not self._first_part(token.text[:cut]):
                    continue
                best = Entry(entry.kind, entry.value, f"{entry.extra}|{cut}")
                break
        return best

    def _first_part(self, part: str) -> bool:
        """Whether what stands before the head of a compound is a word: "Regierungskreisen" holds no journeys."""
        if part.endswith("-") or not self.compounds:
            return True
        bare = part.rpartition("-")[2].lower()
        if len(bare) < 2:
            return not bare
        for stem in (
            bare,
            bare.removesuffix("s"),
            bare.removesuffix("es"),
            bare.removesuffix("n"),
            bare.removesuffix("en"),
            bare + "e",
            bare + "en",
        ):
            if stem in self.lexicon.heads or stem in self.lexicon.index or stem.capitalize() in self.lexicon.index:
                return True
            word = self.sentence.analyzer.word(stem.capitalize())
            if word.known and word.cls in ("noun", "name", "adjective"):
                return True
        return False

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
            if phrase.head_of_seat is not None and phrase.level == "agency-head":
                phrase.level = "leader"  # "Kremlchef"
            if "vice" in phrase.flags:
                phrase.level = BELOW.get(entry.value, phrase.level)
            phrase.role = " ".join(t.text for t in self.tokens[i : i + n])
            if (bound := token.get("belongs")) is not None and not phrase.countries:
                phrase.countries.append(bound.value)
            if (home := token.get("home")) and not phrase.countries and len(home.rest) < n and phrase.owner is None:
                phrase.countries.append(home.value)
                phrase.flags.add("home")
        elif entry.kind == "demonym":
            phrase.kind = "demonym"
            phrase.countries.append(entry.value)
        else:
            phrase.kind = entry.kind
            phrase.role = phrase.level = None
            phrase.frame = entry.value if entry.kind == "noun" else None
            if token.get("activity") and entry.kind == "noun":
                phrase.activities.append(token.get("activity").value)  # type: ignore[union-attr]

    def _portfolio(self, phrase: Phrase, at: int) -> int | None:
        """Where the capitalised words of an office end: "Minister of International Development | Ahmed Hussen"."""
        tokens = self.tokens
        begin = at
        while at < len(tokens):
            token = tokens[at]
            linking = token.has("conj", "and") or token.text == "," or token.has("prep", "of") or token.lower == "the"
            if linking and at > begin and at + 1 < len(tokens) and self._of_office(at + 1):
                at += 1
            elif not self._of_office(at):
                break
            if found := tokens[at].span("sector"):
                phrase.sectors.append(found[1].value)
            at += 1
        return at if at > begin else None

    def _of_office(self, i: int) -> bool:
        """Whether a capitalised word is an ordinary one, as in the names of offices, and no name."""
        token = self.tokens[i]
        if not token.capital or token.get("country", "organization", "place", "office", "demonym", "region"):
            return False
        if token.get("adjective") and self.tokens[i - 1].has("conj", "and"):
            return False  # "the foreign minister and Icelandic Prime Minister X"
        if token.get("sector"):
            return True
        word = self.sentence.analyzer.word(token.text)
        ordinary = self.sentence.analyzer.word(token.lower)
        if word.known and word.cls in ("noun", "adjective"):
            return ordinary.known and ordinary.cls in ("noun", "adjective")
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return (
            ordinary.known
            and ordinary.cls == "adjective"
            and after is not None
            and after.capital
            and self._of_office(i + 1)
        )

    def _number_by_gender(self, phrase: Phrase, lemma: str, kind: str) -> None:
        """ "die Außenminister": a feminine article before a masculine office can only be a plural."""
        ending = self.lexicon.settings.get("feminine-ending")
        if (
            ending
            and kind == "office"
            and lemma.endswith("e")
            and not phrase.genders
            and phrase.owner is None
            and phrase.sectors
        ):
            phrase.plural = True  # without an article: "nordkoreanische Landwirtschaftsbeamte"
            return
        if not ending or kind != "office" or phrase.plural is not None or not phrase.genders or lemma.endswith("e"):
            return  # (a noun made from an adjective, "die Vorsitzende", may be either)
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
            if code is None and phrase.head_of_seat is None:
                code = next((e.value for e in entries if e.kind == "seat" and not e.rest), None)
                phrase.head_of_seat = code
            if code is None and "-" in first + "-":
                code = next(
                    (e.value for e in entries if e.kind == "place" and not e.rest and e.extra.endswith("|capital")),
                    None,
                )
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

    def _agree(self, phrase: Phrase) -> Phrase:
        """Of the cases that a determiner allows, those of the number of its noun: "seinen Besuch" is accusative."""
        noun, determiner = self.tokens[phrase.head].get("noun"), self.tokens[phrase.start].get("det", "poss")
        number = noun.extra.rpartition("|")[2] if noun is not None else ""
        if determiner is None or number not in ("sg", "pl"):
            return phrase
        readings = (r.split(".") for r in determiner.value.split())
        phrase.cases = phrase.cases & {r[0] for r in readings if len(r) > 1 and r[1] == number} or phrase.cases
        return phrase
