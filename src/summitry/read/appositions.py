"""What stands beside a noun phrase between commas or brackets, and what a stated office tells of its holder."""

from summitry.read.complements import ComplementParser
from summitry.read.people import Person
from summitry.read.phrase import Phrase
from summitry.territories import is_organization

APPOSITION = 22  # words of an apposition, at most


class AppositionParser(ComplementParser):
    """Reads appositions, and lets the register learn from them."""

    def _introduce(self, phrase: Phrase, who: Person) -> None:
        phrase.person = who
        phrase.name = who.name
        phrase.kind = "person"

    def _note_gender(self, phrase: Phrase, who: Person) -> None:
        """Offices tell man and woman apart where the language has a feminine ending for them."""
        before = self.tokens[phrase.head : phrase.head + 2]
        who.kin = who.kin or who.last < 0 and any(t.has("word", "spouse-word") for t in before)
        for gender, word in (("m", "male"), ("f", "female")):
            if who.gender is None and any(t.has("word", word) for t in before):
                who.gender = gender
        given, _, family = who.name.partition(" ")
        for gender, names in self.lexicon.tables["given-names"].items():
            if who.gender is None and given in names and family:
                who.gender = gender
        ending = self.lexicon.settings.get("feminine-ending")
        if ending and phrase.lemma and phrase.lemma.endswith("e") and who.gender is None:
            genders = {gender for number, gender in phrase.genders if number == "sg"}  # "die Beauftragte"
            who.gender = genders.pop() or None if len(genders) == 1 else None
        elif ending and phrase.lemma and phrase.plural is not True and who.gender is None:
            who.gender = "f" if phrase.lemma.endswith(ending) else "m"

    def _check_home(self, phrase: Phrase, end: int) -> None:
        """An office of one country only may be another's when its holder or its portfolio tells so."""
        if "home" not in phrase.flags:
            return
        who = phrase.person
        if who is not None and who.holder is not None and who.country:
            phrase.countries = [who.country]  # "Secretary of State Pietro Parolin"
        elif any(t.has("prep", "for") for t in self.tokens[phrase.head : end]):
            phrase.countries = []  # "Secretary of State for Transport"
        elif who is not None and who.country in (None, *phrase.countries):
            who.country, who.assumed = phrase.countries[0], who.assumed or who.country is None

    def _remember_office(self, phrase: Phrase) -> None:
        """The document's register learns office and country of a person from a phrase that states them."""
        who = phrase.person
        if not phrase.countries and phrase.owner is not None and phrase.owner.countries:
            phrase.countries = list(phrase.owner.countries)
        if who is None:
            return
        self._note_gender(phrase, who)
        if phrase.role and not phrase.spoken and (who.role is None or len(phrase.role) > len(who.role)):
            if "former" not in phrase.flags or who.role is None:
                who.role, who.level = phrase.role, phrase.level
        if phrase.countries and len(phrase.countries) == 1 and who.holder is None:
            who.country = who.country or phrase.countries[0]
        elif len(phrase.countries) == 1 and is_organization(phrase.countries[0]) and "former" not in phrase.flags:
            who.country = phrase.countries[0]  # "der EU-Sonderbeauftragte X": whom the text says that they serve
        if not phrase.countries and who.country:
            phrase.countries = [who.country]

    def _apposition(self, phrase: Phrase) -> None:
        """ ", Gouverneur der Region Primorje," and ", Sergej Naryschkin," belong to the phrase before the comma."""
        tokens = self.tokens
        at = self._behind_complements(phrase)
        if at + 1 >= len(tokens) or tokens[at].text not in (",", "(", "–", "—"):
            return
        remark = self._caption(phrase, at + 1) or (self._remark(at) if tokens[at].text == "(" else None)
        if remark is not None:
            phrase.end = remark
            return
        if phrase.kind == "office" and phrase.person is None and not phrase.plural:
            self._holder_behind(phrase, at)
            return
        if phrase.kind != "person" and self._apposed_person(phrase, at):
            return
        if phrase.kind != "person":
            if phrase.kind in ("place", "seat", "region") and (country := tokens[at + 1].span("country")):
                if country[1].value in phrase.countries:
                    end = at + 1 + country[0]
                    phrase.end = end + (end < len(tokens) and tokens[end].text == ",")
            return
        office = self.noun_phrase(at + 1, 1)
        if office is not None and self._description(office):
            phrase.end = office.end + 1  # "Bachelet, the front-runner,"
            return
        if office is None or office.kind != "office" or office.person is not None:
            return
        end = self._to_comma(self._further_offices(office))
        if end < len(tokens) and tokens[end].text not in ",.;:)–—":
            far = self._far_comma(office, end)
            if far is None and not tokens[end].get("conj"):
                return
            end = far or end
        self._state_office(phrase, office)
        phrase.end = end + (end < len(tokens) and tokens[end].text in ",)–—")

    def _holder_behind(self, office: Phrase, at: int) -> None:
        """ "the foreign minister, X,": who holds an office, behind the comma at `at`."""
        name = self._name(at + 1, anchored=True)
        if name is None:
            self._apposed_person(office, at)
        elif self._apposed_name(office, at + 1, *name):
            self._introduce(office, name[1])
            self._check_home(office, at)
            self._remember_office(office)
            office.end = name[0] + (name[0] < len(self.tokens) and self.tokens[name[0]].text in ",)–—")

    def _apposed_name(self, office: Phrase, begin: int, end: int, who: Person) -> bool:
        """Whether a name behind a comma is that of the office before it: closed, in full, or known, and of its country."""
        if end < len(self.tokens) and self.tokens[end].text not in ",.)–—":
            return False
        kin = any(t.has("word", "spouse-word") for t in self.tokens[office.start : begin])
        if end - begin > 1 or kin:  # "his wife, Suzanne,"
            return end < len(self.tokens) or self.sentence.title
        return bool(who.country) and office.countries == [who.country]  # "South Africa's president, Ramaphosa,"

    def _behind_complements(self, phrase: Phrase) -> int:
        """Where an office ends with all that completes it, if a name follows: "leader in the House of Lords, X,"."""
        tokens, at = self.tokens, phrase.end
        if self.capitalised_nouns or phrase.kind != "office" or phrase.plural or phrase.person is not None:
            return at
        codes: list[str] = []
        while at < len(tokens) and (inner := self._complementing(at)) is not None:
            at = inner.end
            codes += inner.countries if "of" in inner.prep else []
        if at == phrase.end or at + 2 >= len(tokens) or tokens[at].text != ",":
            return phrase.end
        name, ranked = self._name(at + 1, anchored=True), self.noun_phrase(at + 1, 1)
        end = name[0] if name is not None else ranked.end if ranked is not None and ranked.person is not None else at
        closed = end < len(tokens) and tokens[end].text in ",.)–—" and end - at > 2  # "…, US General X,"
        if closed and not phrase.countries:
            phrase.countries = codes[:1]  # "the president of the ECOWAS Commission, X,"
        return at if closed else phrase.end

    def _complementing(self, at: int) -> Phrase | None:
        token = self.tokens[at]
        inner = self._prepositional(at) if token.get("prep") else self.noun_phrase(at, 1) if token.capital else None
        after = ("other", "organization", "delegation", "noun", "country", "place", "region")
        kinds = after if token.get("prep") else ("other",)
        return inner if inner is not None and inner.kind in kinds else None

    def _apposed_person(self, phrase: Phrase, at: int) -> bool:
        """ "der Gast, Präsident X," and "the host, King Y,": whom a singular office or word for a person means."""
        described = (
            phrase.kind == "office"
            and phrase.person is None
            or phrase.flags & {"guest-word", "host-word", "person-word"}
        )
        if not described or phrase.plural or phrase.kind not in ("office", "pronoun"):
            return False
        inner = self.noun_phrase(at + 1, 1)
        if inner is None or inner.kind != "person" or inner.person is None or inner.role is None:
            return False
        if inner.end >= len(self.tokens) or self.tokens[inner.end].text not in (",", ")", "–", "—"):
            return False
        if phrase.countries and inner.countries and phrase.countries != inner.countries:
            return False
        for name in ("kind", "person", "name", "role", "level", "head", "lemma"):
            setattr(phrase, name, getattr(inner, name))
        phrase.countries = phrase.countries or list(inner.countries)
        phrase.person = inner.person
        inner.person.country = inner.person.country or next(iter(phrase.countries), None)
        phrase.end = inner.end + 1
        return True

    def _further_offices(self, office: Phrase) -> int:
        """Where a list of offices of one person ends: "minister of finance and deputy premier"."""
        tokens, end = self.tokens, office.end
        while end + 1 < len(tokens) and (tokens[end].has("conj", "and") or tokens[end].text == ","):
            more = self.noun_phrase(end + 1, 1)
            if more is None or more.kind != "office":
                break
            office.countries = office.countries or more.countries[:1]
            office.role = f"{office.role} {tokens[end].text} {more.role}" if tokens[end].text != "," else office.role
            end = more.end
        return end

    def _far_comma(self, office: Phrase, at: int) -> int | None:
        """Where an apposition ends whose words are not all understood; a body that it names is whom the office serves.

        None if a verb or a relative word comes before the comma or bracket that closes it.
        """
        if self.capitalised_nouns or at == office.end and self._name_length(at, anchored=False) > 1:
            return None  # "Foreign Minister X, Office Director Y, …": a list
        for token in self.tokens[at : at + APPOSITION]:
            if token.text in (",", ")", "–", "—"):
                return token.i
            if token.get("aux", "rel", "pron") or token.text in ".;:":
                return None
            body = token.span("organization", "country")
            if body is not None and not office.countries:
                office.countries = [body[1].value]
        return None

    def _caption(self, phrase: Phrase, at: int) -> int | None:
        """Behind a caption's word of place, "Yoon, left, and Xi": the end of it; None if there is none."""
        words = self.tokens[at].span("word") if phrase.kind == "person" else None
        if words is None or words[1].value != "caption":
            return None
        end = at + words[0]
        return end + 1 if end < len(self.tokens) and self.tokens[end].text in (",", ")") else None

    def _description(self, inner: Phrase) -> bool:
        """Whether a phrase between commas behind a name only describes its bearer."""
        if self.capitalised_nouns or inner.kind != "other" or inner.countries or inner.end >= len(self.tokens):
            return False
        return self.tokens[inner.start].get("det") is not None and self.tokens[inner.end].text == ","

    def _origin(self, phrase: Phrase) -> None:
        """ "Nong Rong aus China", "die Ministerin aus Italien": the country that somebody comes from."""
        who = phrase.person
        guest = "guest-word" in phrase.flags and who is None
        unclear = (phrase.kind == "office" or guest) and not phrase.countries
        if not self.capitalised_nouns or not (who or unclear) or phrase.end >= len(self.tokens):
            return
        roles, _ = self._preposition(phrase.end)
        if "from" not in roles:
            return
        inner = self._prepositional(phrase.end)
        if (
            inner is None
            or inner.kind not in (("country", "place") if guest else ("country",))
            or len(inner.countries) != 1
        ):
            return
        if unclear or who is not None and (who.country in (None, inner.countries[0]) or who.assumed):
            phrase.countries, phrase.end = list(inner.countries), inner.end
            if who is not None:
                who.country = inner.countries[0]

    def _remark(self, at: int) -> int | None:
        """Behind a short remark in brackets on a name: its party, age, abbreviation ("(SPÖ)", "(52)")."""
        for end in range(at + 1, min(at + 5, len(self.tokens))):
            token = self.tokens[end]
            if token.text == ")":
                return end + 1 if end > at + 1 else None
            if token.get("office", "verb", "noun") or token.time:
                return None
        return None

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

    def _of_theirs(self, phrase: Phrase, before: list[Phrase]) -> None:
        """ "sent his vice-president": the country of an office with a possessive is that of whoever was named before."""
        if "possessive" not in phrase.flags or phrase.countries or phrase.counterpart:
            return
        if self.capitalised_nouns:  # "Ungarn, dessen Minister …"
            near = before[-1] if before and self.tokens[phrase.start].get("rel") else None
            before = [near] if near is not None and near.kind == "country" and near.end == phrase.start - 1 else []
        if phrase.kind not in ("person", "office") or phrase.spoken:
            return
        neuter = any(self.tokens[i].has("word", "neuter") for i in range(phrase.start, phrase.head))
        neuter = neuter or self.capitalised_nouns
        bodies = ("country", "organization", "place", "seat", "delegation")
        owners = [p for p in before if len(p.countries) == 1 and (p.kind in bodies) == neuter and (p.actor or neuter)]
        whose = owners[0 if neuter else -1] if owners else None  # "Qatar sent its prime minister"
        if whose is not None:
            phrase.countries = list(whose.countries)
            if phrase.person is not None:
                phrase.person.country = phrase.person.country or whose.countries[0]
