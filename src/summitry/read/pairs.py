"""Words made of names: two in one ("russisch-chinesisch", "India-Pakistan", "Trump-Kim"), a town's adjective ("Moskauer")."""

from summitry.inflection import place_forms
from summitry.lexicon import Entry
from summitry.read.names import NameFinder
from summitry.read.namewords import BLOCKING
from summitry.read.phrase import Phrase
from summitry.read.tokens import Token


class PairFinder(NameFinder):
    """Finds countries and people that a hyphen joins, and places inside adjectives."""

    def _pair(self, phrase: Phrase, i: int) -> bool:
        """Whether two countries or people joined by a hyphen stand at `i`, which are then noted."""
        token = self.tokens[i]
        if codes := self._double_adjective(token) or self._pair_of_countries(token):
            phrase.countries += codes
            return True
        phrase.pair = self._pair_of_people(i) or phrase.pair
        return bool(phrase.pair)

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
            code = next(
                (
                    e.value
                    for e in self.lexicon.index.get(part, [])
                    if e.kind in ("country", "organization") and not e.rest
                ),
                None,
            )
            if code is None:
                return []
            codes.append(code)
        return codes if token.i + 1 < len(self.tokens) and not self.tokens[token.i + 1].get(*BLOCKING) else []

    def _pair_of_people(self, i: int) -> list[Phrase]:
        """The people of "Trump-Kim" before a noun; [] unless the document knows both."""
        found: list[Phrase] = []
        for part in self.tokens[i].text.split("-"):
            who = self.register.surname([part]) or self.register.famous([part])
            if who is None or not part[:1].isupper() or any(p.person is who for p in found):
                return []  # "Al-Ketbi" is one person
            phrase = self._person_phrase(i, who)
            phrase.end = i + 1
            found.append(phrase)
        return found if len(found) > 1 else []

    def _adjective_stem(self, stem: str) -> str | None:
        for ending in ("isch", "ish", "ian", "o"):
            for entry in self.lexicon.index.get(stem + ending, []):
                if entry.kind == "adjective":
                    return entry.value
        return None

    def _place_adjective(self, i: int) -> tuple[int, Entry] | None:
        """The tokens and the place of an adjective made from a place where the language makes such: "Moskauer", "New Yorker"."""
        ending = self.lexicon.settings.get("place-adjective")
        if not ending or not self.tokens[i].capital:
            return None
        for n in (1, 2):
            last = self.tokens[i + n - 1]
            if i + n >= len(self.tokens) or not self.tokens[i + n].capital or not last.capital:
                return None
            first = () if n == 1 else (self.tokens[i].text,)
            for form in place_forms(last.text, ending) if last.text.endswith(ending) else ():
                head, rest = (*first, form)[0], (*first, form)[1:]
                for entry in self.lexicon.index.get(head, []):
                    if entry.kind in ("place", "region") and entry.rest == rest:
                        return n, entry
        return None

    def _what_both_did(self, i: int) -> bool:
        """ "Beide telefonierten am Montag": behind "both" a verb, not an adjective, if no noun follows."""
        if not self.capitalised_nouns or not i or not self.tokens[i - 1].has("word", "both") or self.tokens[i].capital:
            return False
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        ends = after is None or after.time or not after.text[0].isalnum()
        return ends or after is not None and after.get("prep", "det", "poss", "pron") is not None
