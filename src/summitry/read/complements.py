"""What completes the head of a noun phrase: genitives, "of …", "for …", the sectors of a delegation, coordinated members."""

from summitry.read.heads import HeadParser
from summitry.read.phrase import ALL, Phrase
from summitry.read.tokens import APOSTROPHES


class ComplementParser(HeadParser):
    """Reads what follows a head and belongs to it."""

    def noun_phrase(self, i: int, depth: int = 0, *, named: bool = True) -> Phrase | None:
        """The noun phrase that begins at token `i`: the parser of whole phrases provides it."""
        raise NotImplementedError

    def _apposition(self, phrase: Phrase) -> None:
        raise NotImplementedError  # likewise

    def _preposition(self, i: int) -> tuple[frozenset[str], int]:
        preps = [(n, e.value) for n, e in self.tokens[i].entries if e.kind == "prep"]
        if not preps or self.capitalised_nouns and self._is_noun(i):
            return frozenset(), 0
        length = max(n for n, _ in preps)
        if (office := self.tokens[i].span("office")) is not None and office[0] > length:
            return frozenset(), 0  # "Under Secretary of State X"
        return frozenset(value for n, value in preps if n == length), length

    def _is_noun(self, i: int) -> bool:
        """Whether a capital makes a noun of what else is a preposition: "sein Gegenüber"."""
        token = self.tokens[i]
        return token.capital and not self.sentence.initial(i) and token.has("word", "counterpart")

    def _complement(self, phrase: Phrase, at: int, depth: int) -> int:
        """What completes an office: "für Staatssicherheit", a genitive, "of state", "beim ZK"; countries in it count."""
        tokens = self.tokens
        while at < len(tokens):
            roles, n = self._preposition(at)
            genitive = self._genitive(at, depth) if not roles else None
            if genitive is not None:
                self._absorb(phrase, genitive)
                at = genitive.end
                if genitive.kind == "country" and phrase.plural is not False:
                    at = self._coordinated(phrase, genitive, depth)  # "die Präsidenten Polens, Litauens und Estlands"
                continue
            if self._authority_name(at):
                break
            more = tokens[at].has("conj", "and") and at > phrase.head + 1 and not self.capitalised_nouns
            if more and (portfolio := self._portfolio(phrase, at + 1)):
                at = portfolio  # "Minister of State and Foreign Affairs"
                continue
            if "in" in roles and (post := self._post(phrase, at, n)) is not None:
                at = post
                continue
            if "from" in roles and (phrase.plural or phrase.counterpart) and phrase.level == "official":
                roles = roles - {"by"} | {"of"}
            if not roles & {"for", "of", "at"} or self._leads_away(phrase, at):
                break
            if not self.capitalised_nouns and (portfolio := self._portfolio(phrase, at + n)):
                at = portfolio
                continue
            inner = self.noun_phrase(at + n, depth + 1, named=False)
            if inner is not None and tokens[at].has("prep", "to") and inner.kind in ("country", "organization"):
                at = inner.end  # "ambassador to Namibia": where somebody is posted, not whom they serve
                continue
            if inner is None or inner.frame or inner.kind in ("person", "pronoun") and not self._of_all(phrase, inner):
                break
            if "by" in roles and "of" not in roles:
                break
            self._absorb(phrase, inner)
            at = self._coordinated(phrase, inner, depth)
        return at

    @staticmethod
    def _of_all(phrase: Phrase, inner: Phrase) -> bool:
        """ "The leaders of the two countries": whether an office is that of each of those told of."""
        told = inner.kind == "pronoun" and bool(inner.flags & ALL)
        return told and phrase.kind == "office" and phrase.plural is not False

    def _leads_away(self, phrase: Phrase, at: int) -> bool:
        """Whether "to" names a goal and completes no office: "a visit by the foreign minister to Paris"."""
        posted = any(t.has("word", "posted-word") for t in self.tokens[phrase.head : at])
        return self.tokens[at].has("prep", "to") and not posted and not self.capitalised_nouns

    def _post(self, phrase: Phrase, at: int, n: int) -> int | None:
        """Where somebody is posted: "Botschafter in Bangkok"."""
        if not self.tokens[phrase.head].has("word", "posted-word") or at != phrase.head + 1:
            return None
        post = self._named(at + n)
        return post[1] if post is not None and post[0].kind in ("country", "place") else None

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
            another = tokens[at + step].get("det", "poss", "adjective") is not None
            if inner.kind == "other" and (following.countries and another or tokens[at].text == ","):
                break
            self._absorb(phrase, following)
            at = following.end
        return at

    def _absorb(self, phrase: Phrase, inner: Phrase) -> None:
        if self._of_all(phrase, inner):
            phrase.flags |= {*(inner.flags & ALL), "of-those"}
            phrase.plural = True
        for code in inner.countries:
            if code not in phrase.countries:
                phrase.countries.append(code)
        phrase.sectors += inner.sectors
        if phrase.level == "agency-head" and (body := {"party", "parliament"} & set(inner.sectors)):
            phrase.level = "party" if "party" in body else "parliament"  # whose head somebody is
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
            if inner.kind in ("person", "office") and following.kind in ("person", "office"):
                phrase.pair = [*(phrase.pair or [inner]), following]  # "der Besuch des Königs und der Königin"
            else:
                inner.countries += following.countries
            at = following.end
        return at

    def _of_country(self, phrase: Phrase, at: int) -> int:
        """ "President Paul Kagame of Rwanda" """
        roles, n = self._preposition(at) if at < len(self.tokens) else (frozenset(), 0)
        if "of" in roles and at + n < len(self.tokens):
            found = self.tokens[at + n].span("country", "organization")
            if found is None and not phrase.countries:
                found = self.tokens[at + n].span("place")  # "Patriarch Kirill of Moscow"
            after = at + n + found[0] if found else at
            owning = (
                after < len(self.tokens) and self.tokens[after].text in APOSTROPHES
            )  # "assured X of Chile's support"
            if found and not owning and not self.tokens[at].has("prep", "by"):
                phrase.countries = [found[1].value]
                return at + n + found[0]
        return at

    def _delegation(self, phrase: Phrase, at: int, depth: int) -> int:
        at = self._genitive_tail(phrase, at, depth) if self.capitalised_nouns else at
        phrase.sectors = phrase.sectors or self._sector_before(phrase)
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
                    if (
                        inner.owner is not None
                        and not inner.countries
                        and inner.owner.kind in ("country", "organization")
                    ):
                        inner.countries = list(inner.owner.countries)  # "a delegation from Peru's oil ministry"
                    self._absorb(phrase, inner)
                    inner.end = self._name_of_body(inner)
                    if not inner.countries and not inner.sectors and not phrase.countries:
                        break
                    at = self._coordinated(phrase, inner, depth)
                    continue
            break
        return at

    def _sector_before(self, phrase: Phrase) -> list[str]:
        """The sector that the words right before a delegation name: "a trade mission", "the women's delegation"."""
        for start in range(max(phrase.start, phrase.head - 3), phrase.head):
            for length, entry in self.tokens[start].entries:
                if entry.kind == "sector" and start + length == phrase.head:
                    return [entry.value]
        return []

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
        at += tokens[at].get("det") is not None if at < len(tokens) else 0  # "from the sports and youth sectors"
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
        if end < len(tokens) and tokens[end].has("word", "sector-word"):
            end += 1
        return end

    def _owned_behind(self, i: int) -> bool:
        """Whether an "of" at token `i` tells whose something is; not so "wird der Politiker von Präsident X erwartet"."""
        roles, length = self._preposition(i)
        return "of" in roles and not self.tokens[min(i + length, len(self.tokens) - 1)].get("office")
