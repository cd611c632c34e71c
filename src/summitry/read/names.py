"""Names of people in a sentence: full names, surnames of people already known, names behind an office or title."""

from summitry.read.namewords import ARTICLE, NameWords
from summitry.read.people import PARTICLES, Person
from summitry.read.phrase import Phrase
from summitry.read.tokens import APOSTROPHES

NO_SURNAME = ("det", "prep", "conj", "office", "country", "demonym", "adjective", "organization", "noun", "delegation")


class NameFinder(NameWords):
    """Finds names in one sentence; the register of the document grows as new ones are found."""

    def _person_phrase(self, i: int, who: Person) -> Phrase:
        phrase = Phrase(i)
        phrase.kind = "person"
        phrase.person = who
        phrase.name = who.name
        if who.country:
            phrase.countries = [who.country]
        return phrase

    def _person_longer(self, i: int, n: int) -> int | None:
        length = self._authority_name(i)
        return length if length and length > n else None

    def _authority_name(self, i: int) -> int:
        """How many tokens from `i` are a full name that the register or the authority knows; 0 if none."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if after is None or not self.tokens[i].capital or not (after.capital or after.lower in PARTICLES):
            return 0
        words: list[str] = []
        best = 0
        for token in self.tokens[i : i + 6]:
            if not token.text[0].isalpha():
                break
            words.append(token.text)
            if len(words) > 1 and (self.register.known(words) or self._genitive_known(words)):
                best = len(words)
        return 0 if best and self._goes_on(i, best) else best

    def _goes_on(self, i: int, length: int) -> bool:
        """Whether the words from `i` are only the beginning of a longer name, and so maybe of somebody else."""
        at = i + length
        if at >= len(self.tokens) or self.capitalised_nouns or self.sentence.title or self.tokens[at].entries:
            return False
        if ARTICLE.match(self.tokens[at].text) or self._particle_of_name(at):
            return True  # "Faisal bin Farhan al-Saud", "Haitham | bin Tarik"
        word = self.sentence.analyzer.word(self.tokens[at].lower)
        return self._name_word(at, first=False, anchored=False) and not word.known

    def _genitive_known(self, words: list[str]) -> bool:
        if not self.lexicon.settings["genitive-s"] or not words[-1].endswith("s"):
            return False
        return self.register.known([*words[:-1], words[-1][:-1]])

    def _name(self, i: int, *, anchored: bool) -> tuple[int, Person] | None:
        """A person's name at `i`: (end, person). `anchored` behind an office, where any capitalised word may be one."""
        tokens = self.tokens
        if i >= len(tokens) or tokens[i].plain and tokens[i].lower not in PARTICLES:
            return None
        if (whole := self._whole_name(i)) is not None:
            return whole
        titled = self._titles(i)
        i += titled
        if i >= len(tokens):
            return None
        if (whole := self._styled(i) or self._whole_name(i)) is not None:
            return whole
        if (family := self._particled_surname(i)) is not None:
            return family
        if (
            self.sentence.initial(i)
            and not titled
            and not anchored
            and self._ordinary(i)
            and not self.register.bears(tokens[i].text)
        ):
            return None
        length = self._name_length(i, anchored=anchored or titled > 0)
        if length >= 2 and self._called_by_surname(i, length):
            length = 1
        if length >= 2 and (anchored or titled or self._plausible(i, length) or self._in_office(i + length)):
            text = " ".join(t.text for t in tokens[i : i + length])
            surname = self.register.surname(text.split()) if length == 1 else None
            return i + length, surname or self.register.add(text.removesuffix("’s"))
        if length <= 1:
            called = self._surname(i)
            if called is not None and (length == 1 or called[0] == 1 and tokens[i].text == called[1].family):
                return i + called[0], called[1]
        if length == 1 and (anchored or titled) and self._bare_surname(i):
            famous = self.register.famous([tokens[i].text], self.home) if anchored else None
            return i + 1, famous or self.register.add(tokens[i].text)
        return None

    def _bare_surname(self, i: int) -> bool:
        """Whether one word behind an office or title may be the name of its bearer: no thing, no "FDFA"."""
        token = self.tokens[i]
        if token.has("word", "thing-word") and not self.capitalised_nouns or token.text.lower() in PARTICLES:
            return False
        return len(token.text) < 3 or not token.text.isupper() or self.sentence.title

    def _whole_name(self, i: int) -> tuple[int, Person] | None:
        """A full name at `i` that the document or the authority knows; "Sheikh Hasina" is all of one."""
        known = self._authority_name(i)
        if not known:
            return None
        words = [t.text for t in self.tokens[i : i + known]]
        if not self.register.known(words):
            words[-1] = words[-1][:-1]
        return i + known, self.register.add(" ".join(words))

    def _styled(self, i: int) -> tuple[int, Person] | None:
        """ "King Abdullah": at the name behind a title, a ruler whom the authority knows by title and name."""
        title = self.tokens[i - 1].get("office") if i and self._title_at(i - 1) else None
        if title is None or title.value != "leader" or (known := self._authority_name(i - 1)) < 2:
            return None  # a prince is no ruler
        words = [t.text for t in self.tokens[i - 1 : i - 1 + known]]
        before = self.tokens[i - 2] if i > 1 else None
        if before is not None and (before.text in APOSTROPHES or before.get("adjective", "country") is not None):
            return None  # "Morocco's King Mohammed": the text says whose king
        if self.register.surname(words[1:]) is not None:
            return None  # and who is meant from then on
        if not self.register.known(words) or self._name_length(i, anchored=True) > known - 1:
            return None
        who = self.register.add(" ".join(words))
        who.name = " ".join(words[1:]) if who.name == " ".join(words) else who.name
        return i - 1 + known, who

    def _in_office(self, i: int) -> bool:
        """Whether an office between commas tells that the capitalised words before `i` are a name: "X Y, the mayor,"."""
        if self.capitalised_nouns or i + 1 >= len(self.tokens) or self.tokens[i].text != ",":
            return False
        for token in self.tokens[i + 1 : i + 6]:
            if token.get("office"):
                return True
            if token.text in ",.;" or token.get("prep", "conj", "aux", "verb"):
                return False
        return False

    def _particled_surname(self, i: int) -> tuple[int, Person] | None:
        """A known surname that begins with a particle: "a visit by van der Velde"; "Da Silva" at the head of a sentence."""
        first = self.tokens[i]
        small = first.text[:1].lower() + first.text[1:]
        article = ARTICLE.match(small) is not None  # "al-Suwaidi"
        if not (small in PARTICLES or article):
            return None
        for length in (3, 2, 1) if first.capital or article else (3, 2):
            named = self.tokens[i : i + length]  # fewer at the end of the sentence
            words = " ".join(t.text for t in named)
            who = self.register.surname(words.split())
            if who is not None and who.family.casefold() == words.casefold():
                return i + len(named), who
        return None

    def _called_by_surname(self, i: int, length: int) -> bool:
        """Whether the first word alone is a known surname, so that what follows is no part of the name."""
        who = self.register.surname([self.tokens[i].text])
        if who is None or " " not in who.name or who.name.startswith(who.family):
            return False
        return self.tokens[i].text == who.family

    def _name_length(self, i: int, *, anchored: bool) -> int:
        tokens = self.tokens
        at = i
        while at < len(tokens):
            token = tokens[at]
            if self._particle_of_name(at) and at > i:
                after = at
                while self._particle_of_name(after):
                    after += 1  # "van der"
                article = (
                    self.capitalised_nouns and after < len(tokens) and tokens[at].get("det") and tokens[after].entries
                )
                if after < len(tokens) and not article and self._name_word(after, first=False, anchored=anchored):
                    known = self.register.surname([tokens[i].text])
                    if self._of_another(i, at, after):
                        break
                    if known is None or known.name.startswith(tokens[i].text):
                        at = after
                        continue
                break
            joined = at > i and ARTICLE.match(token.text) is not None
            given = at == i and anchored and at + 1 < len(tokens) and self._family_word(at + 1)
            forced = given and not token.entries or at == i + 1 and anchored and self._family_word(at)
            if not joined and not forced and not self._name_word(at, first=at == i, anchored=anchored):
                break
            at += 1
        return at - i

    def _of_another(self, i: int, at: int, after: int) -> bool:
        """ "wurde Weizsäcker von Gorbatschow empfangen": a preposition before the surname of somebody known."""
        if at != i + 1 or not self.tokens[at].get("prep"):
            return False
        who = self.register.surname([self.tokens[after].text]) or self.register.famous([self.tokens[after].text])
        return who is not None and " " not in who.family

    def _surname(self, i: int) -> tuple[int, Person, bool] | None:
        """A known person called by surname at `i`: (length, person, in the genitive)."""
        tokens = self.tokens
        token = tokens[i]
        if not token.capital or not token.text[0].isalpha():
            return None
        if (particle := self._particle_name(i)) is not None:
            return particle
        full = self._authority_name(i)
        if full:
            words = [t.text for t in tokens[i : i + full]]
            if self.register.known(words):
                return full, self.register.add(" ".join(words)), False
            words[-1] = words[-1][:-1]
            return full, self.register.add(" ".join(words)), True
        if token.get(*NO_SURNAME):
            return None
        for length in (3, 2, 1):
            words = [t.text for t in tokens[i : i + length]]
            if len(words) < length or not words[-1][0].isalpha():
                continue
            who = self.register.surname(words)
            if who is not None and who.kin and length == 1:
                return self._famous(i) or (length, who, False)
            if who is not None:
                return length, who, False
            if self.lexicon.settings["genitive-s"] and words[-1].endswith("s"):
                who = self.register.surname([*words[:-1], words[-1][:-1]])
                if who is not None:
                    return length, who, True
        return self._famous(i)

    def _particle_name(self, i: int) -> tuple[int, Person, bool] | None:
        """A surname with a particle that opens the sentence: "Von der Leyen will …"."""
        tokens = self.tokens
        if not self.sentence.initial(i) or not tokens[i].capital or tokens[i].lower not in PARTICLES:
            return None
        for length in (3, 2):
            words = [t.text for t in tokens[i : i + length]]
            if len(words) < length or not words[-1][:1].isupper():
                continue
            known = self.register.surname(words)
            if known is not None and len(known.family.split()) < length:
                known = None
            who = known or self.register.famous(words)
            if who is not None:
                return length, who, False
        return None

    def _famous(self, i: int) -> tuple[int, Person, bool] | None:
        token = self.tokens[i]
        word = self.sentence.word(i)
        capital = self.sentence.analyzer.word(token.text)
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        acts = not token.entries and following is not None and not following.time  # "Biden will …", "Blinken reiste …"
        acts = acts and (following.get("aux", "verb") is not None or self.sentence.word(i + 1).cls == "verb")  # type: ignore[union-attr]
        acts = acts or following is not None and following.text in APOSTROPHES  # "Trump's plan"
        if word.known and word.cls != "name" and capital.cls != "name" and self.sentence.initial(i) and not acts:
            return None
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if after is not None and after.capital and self._name_word(i + 1, first=False, anchored=False):
            return None  # part of a longer name that is not known
        if token.get("place", "sector", "activity", "region", "seat") or (
            self.capitalised_nouns and word.known and word.cls == "noun"
        ):
            return None
        who = self.register.famous([token.text], self.home)
        if who is not None:
            return 1, who, False
        if self.lexicon.settings["genitive-s"] and token.text.endswith("s"):
            who = self.register.famous([token.text[:-1]], self.home)
            return (1, who, True) if who is not None else None
        return None
