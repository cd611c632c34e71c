"""Noun phrases: who, with which office, of which country; places; the nouns that name encounters.

A phrase is found from left to right by a small grammar over the lexicon's classes: determiner and modifiers, one head
(or a run of them), a complement ("for state security", genitive, "of …"), a name, an apposition between commas.
"""

from summitry.read.heads import HeadParser
from summitry.read.names import BLOCKING
from summitry.read.people import Person
from summitry.read.phrase import Phrase, group_lists


class PhraseParser(HeadParser):
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
            self._apposition(phrase)
            self._origin(phrase)
            found.append(phrase)
            self._mention(phrase)
            i = phrase.end
        group_lists(found, self.tokens)
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
            while end < len(self.tokens) - 1 and self.tokens[end].time:
                end += 1
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

    def noun_phrase(self, i: int, depth: int = 0, *, named: bool = True) -> Phrase | None:
        """The noun phrase that begins at token `i`, or None; with `named` false an unknown word is no name."""
        if i >= len(self.tokens) or depth > 4 or self.tokens[i].time:
            return None
        phrase = Phrase(i)
        phrase.depth = depth
        if self._demonstrative(i):
            phrase.kind, phrase.end = "pronoun", i + 1
            phrase.flags.add("near")
            self._readings(phrase, self.tokens[i].get("det").value)  # type: ignore[union-attr]
            phrase.cases = phrase.cases & {"nom"} or phrase.cases
            return phrase
        at = self._modifiers(phrase, i)
        if at >= len(self.tokens) or self.tokens[at].time:
            if "both" not in phrase.flags:
                return None
            phrase.kind, phrase.end = "pronoun", at
            return phrase
        end = self._head(phrase, at, depth, named=named)
        if end is None:
            return self._bare_owner(phrase)
        phrase.end = end
        return phrase

    def _demonstrative(self, i: int) -> bool:
        """ "Der kam im März", "Dieser hatte …": an article alone at the head of a statement is whoever was named last."""
        token = self.tokens[i]
        if not self.capitalised_nouns or not token.has("word", "demonstrative") or i + 1 >= len(self.tokens):
            return False
        if i and self.tokens[i - 1].text not in ";:" and not self.sentence.initial(i):
            return False
        after = self.tokens[i + 1]
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
            self._readings(phrase, found[1].value)
            if token.has("word", "reciprocal"):
                phrase.flags.add("reciprocal")
            return at + found[0]
        run = self._run(phrase, at)
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
        if "both" in phrase.flags and at > phrase.start:
            phrase.kind = "pronoun"  # "the two", "beide"
            return at
        if phrase.countries and not phrase.owner and at > phrase.start:
            last = self.tokens[at - 1]
            if last.get("adjective") and (last.capital or phrase.start < at - 1):  # "the Chinese", "the Russians"
                phrase.kind = "country" if last.get("country") else "demonym"
                return at
        return None

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
        if token.has("word", "capital-word"):
            phrase.flags.add("capital-of")
        if token.has("word", "pair-word") or "both" in phrase.flags and token.has("word", "people-word"):
            phrase.kind, phrase.plural = "pronoun", True  # "the pair", "the two men"
            return at + 1
        if token.has("word", "guest-word") and phrase.countries and not phrase.owner and token.lower.endswith("s"):
            phrase.kind, phrase.plural = "delegation", True  # "the Chinese guests"
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
            return self._genitive_tail(phrase, at, depth) if self.capitalised_nouns else at
        return at

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
        phrase.role = self._role_text(begin, end_of_role, phrase)
        if phrase.counterpart and phrase.person is not None and (same := self._role_of_other(phrase)) is not None:
            phrase.role, phrase.level = same.role, same.level
        if name is None and not self.capitalised_nouns:
            at = self._complement(phrase, at, depth) if at == end_of_role else at
        elif name is not None:
            at = self._of_country(phrase, at)
        self._remember_office(phrase)
        return at

    def _role_of_other(self, phrase: Phrase) -> Person | None:
        """Whose counterpart somebody is: the person of an office who was mentioned last."""
        others = [p for p in self.register.people if p is not phrase.person and p.role and p.last >= 0]
        return max(others, key=lambda p: p.last, default=None)

    def _is_counterpart(self, i: int) -> bool:
        return self.tokens[i].has("word", "counterpart")

    def _role_text(self, begin: int, end: int, phrase: Phrase) -> str:
        text = " ".join(t.text for t in self.tokens[begin:end])
        lemma = phrase.lemma or ""
        first = self.tokens[begin].text
        if (
            lemma
            and first.lower() != lemma.lower()
            and " " not in lemma
            and phrase.plural is not True
            and len(first) > len(lemma)
        ):
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
        self._note_gender(phrase, who)
        if phrase.role and not phrase.spoken and (who.role is None or len(phrase.role) > len(who.role)):
            if "former" not in phrase.flags or who.role is None:
                who.role, who.level = phrase.role, phrase.level
        if phrase.countries and len(phrase.countries) == 1 and who.holder is None:
            who.country = who.country or phrase.countries[0]
        if not phrase.countries and who.country:
            phrase.countries = [who.country]

    def _note_gender(self, phrase: Phrase, who: Person) -> None:
        """Offices tell man and woman apart where the language has a feminine ending for them."""
        ending = self.lexicon.settings.get("feminine-ending")
        if ending and phrase.lemma and phrase.plural is not True and who.gender is None:
            who.gender = "f" if phrase.lemma.endswith(ending) else "m"

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
            if self._authority_name(at):
                break
            if "from" in roles and phrase.plural and phrase.level == "official":
                roles = roles - {"by"} | {"of"}
            if not roles & {"for", "of", "at"}:
                break
            if not self.capitalised_nouns and (portfolio := self._portfolio(phrase, at + n)):
                at = portfolio
                continue
            inner = self.noun_phrase(at + n, depth + 1, named=False)
            if inner is not None and tokens[at].has("prep", "to") and inner.kind in ("country", "organization"):
                at = inner.end  # "ambassador to Namibia": where somebody is posted, not whom they serve
                continue
            if inner is None or inner.kind in ("person", "pronoun") or inner.frame:
                break
            if "by" in roles and "of" not in roles:
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
        roles, n = self._preposition(at) if at < len(self.tokens) else (frozenset(), 0)
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
                if (
                    inner is not None
                    and inner.kind
                    in ("country", "organization", "other", "delegation", "office", "region", "demonym", "place")
                    and not inner.frame
                ):
                    self._absorb(phrase, inner)
                    inner.end = self._name_of_body(inner)
                    if not inner.countries and not inner.sectors and not phrase.countries:
                        break
                    at = self._coordinated(phrase, inner, depth)
                    continue
            break
        return at

    def _name_of_body(self, body: Phrase) -> int:
        """Where the name of a body right behind its noun ends: "the ruling party Chama Cha Mapinduzi"."""
        at = body.end
        if self.capitalised_nouns or body.kind not in ("delegation", "other") or self.tokens[at - 1].capital:
            return at
        while at < len(self.tokens) and self.tokens[at].capital and not self.tokens[at].entries:
            at += 1
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
            if phrase.owner is not None and phrase.owner.kind == "country":
                phrase.countries = list(phrase.owner.countries)  # what the text says beats what is known
            end = self._of_country(phrase, end)
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
        elif entry.kind == "country" and any(
            e.kind == "place" and e.value == entry.value and k == n for k, e in token.entries
        ):
            phrase.place = entry.extra.split("|")[0]  # a city state
            if entry.extra.endswith("|capital") or "|capital" in entry.extra:
                phrase.flags.add("capital")
        if "|gen" in entry.extra:
            phrase.flags.add("genitive")
        return at + n

    def _apposition(self, phrase: Phrase) -> None:
        """ ", Gouverneur der Region Primorje," and ", Sergej Naryschkin," belong to the phrase before the comma."""
        tokens = self.tokens
        at = phrase.end
        if at + 1 >= len(tokens) or tokens[at].text not in (",", "(", "–", "—"):
            return
        if tokens[at].text == "(" and (end := self._remark(at)):
            phrase.end = end
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

    def _origin(self, phrase: Phrase) -> None:
        """ "Nong Rong aus China", "Sogavare von den Salomonen": the country that somebody comes from."""
        who = phrase.person
        if not self.capitalised_nouns or who is None or phrase.end >= len(self.tokens):
            return
        roles, _ = self._preposition(phrase.end)
        if "from" not in roles:
            return
        inner = self._prepositional(phrase.end)
        if inner is None or inner.kind != "country" or len(inner.countries) != 1:
            return
        if who.country in (None, inner.countries[0]) or who.assumed:
            who.country = inner.countries[0]
            phrase.countries, phrase.end = list(inner.countries), inner.end

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
