"""Counts in one sentence: "more than 40 meetings", "dreimal", "davon 18", "twice as many as last year"."""

from collections.abc import Iterator

from summitry.read.claimforms import Finding, Form
from summitry.read.claimwords import Noun, Number
from summitry.read.verbs import FINITE

_RARE = 6  # so many delegations, or more, are a count of a series and not of those at hand
_YEARS = range(1900, 2100)  # bare numbers in this range are years


class Counts(Form):
    """Finds the claims of one sentence that say how many encounters there were."""

    def findings(self) -> Iterator[Finding]:
        """The counts that stand for themselves."""
        yield from self._counts()
        yield from self._holders()
        yield from self._single()
        yield from self._once()

    def anaphora(self) -> Iterator[Finding]:
        """Those that go on with a count before them."""
        return self._anaphora()

    # ------------------------------------------------------------------ counts

    def _counts(self) -> Iterator[Finding]:
        view = self.view
        i = 0
        while i < len(self.tokens):
            found = self._often(i) or self._ratio(i) or self._share(i) or self._counted(i)
            if found is not None:
                yield found
                number = self.frequency(i) or view.number(i)
                i = max(i + 1, number.end if number else 0)
            else:
                i += 1

    def _often(self, i: int) -> Finding | None:
        """ "eight times", "dreimal", "not once" with a verb of encounters."""
        view = self.view
        number = self.frequency(i)
        if number is None or self._compares(number.end):
            return None
        covering = [t for t in view.sentence.times if t.kind == "frequency" and t.start <= self.tokens[i].start < t.end]
        after = next((t for t in self.tokens if covering and t.start >= covering[0].end), None)
        if covering and not (after is not None and after.text.isdigit() and len(after.text) == 4):
            return None
        done = self.predicate(view.told(i))
        if done is None:
            return None
        start, end = self._whole(i, done[1])
        return Finding("count", i, start, end, number.value, number.operator, done[1], done[0] == "weak")

    def _holders(self) -> Iterator[Finding]:
        """ "Three US presidents have visited Ghana so far": so many of all who ever held the office."""
        view = self.view
        for number in filter(None, map(view.number, range(len(self.tokens)))):
            phrase = view.inside[number.end] if number.end < len(self.tokens) else None
            if phrase is None or phrase.kind != "office" or len(phrase.countries) != 1:
                continue
            if not phrase.plural and not self._only_one(number):
                continue
            clause = view.clause(phrase.start)
            done = self.predicate(clause) if not phrase.prep and not clause.negated else None
            until_now = any(v.aux and v.form == "pres" for v in clause.verbs) and clause.tense == "past"
            if done is None or done[0] != "sure" or not until_now or view.times(clause.start, clause.end, "date"):
                continue
            own = range(clause.start, clause.end)
            if view.verb_second and number.end == number.start + 1 and not any(view.match(k, "ever") for k in own):
                continue  # the perfect of such languages tells of any past
            start, end = self._whole(number.start, None)
            yield Finding("count", number.start, start, end, number.value, number.operator, office=True)

    def _single(self) -> Iterator[Finding]:
        """ "his only visit", "der einzige Staatsbesuch in diesem Jahr": one, and no more."""
        view = self.view
        for i in range(1, len(self.tokens)):
            n = view.match(i, "single")
            noun = view.head(i + n) if n and (view.match(i - 1, "article") or self.owned(i)) else None
            if noun is not None and not (noun.soft or self.several(noun) or noun.frame == "delegation"):
                start, end = self._with_window(i, noun.end)
                yield Finding("count", i, start, end, 1, "=", noun, placed=self._placed(i, noun))

    def _placed(self, i: int, noun: Noun) -> bool:
        """Whether the clause of "his only visit" tells when it was, not in which time it was the only one."""
        view = self.view
        for timex in view.times(0, len(self.tokens), "date"):
            if timex.first is None or timex.first.number is not None:
                continue
            at = next(t.i for t in self.tokens if t.start >= timex.start)
            between = range(noun.end, at) if at >= noun.end else range(at, i)
            day = timex.first.month is not None or timex.first.day is not None
            return day or any(k in view.verbs for k in between)
        return False

    def _compares(self, i: int) -> bool:
        """Whether what follows a number of times makes a comparison of it: "three times more", not "six times as president"."""
        view = self.view
        if not view.match(i, "compare") or view.times(i, i + 1, "date"):
            return False
        capacity = view.capacity(view.clause(i)) if view.match(i, "as") else None
        return capacity is None or capacity.start != i + 1

    def _once(self) -> Iterator[Finding]:
        """ "visited Peru once", "visited Peru as president": somebody was there, if the clause claims no more."""
        view = self.view
        for clause in view.clauses:
            done = None if clause.negated or clause.modal or clause.future else self.predicate(clause)
            main = clause.main
            if done is None or done[1] is not None or main is None or done[0] == "weak" or clause.tense != "past":
                continue
            own = range((main.at if main.form in FINITE else clause.start) + 1, clause.end)  # "hat … einmal besucht"
            at = next((i for i in own if view.match(i, "once") and not view.match(i - 1, "not-once")), None)
            capacity = view.capacity(clause)
            somebody = any(p.kind in ("person", "office") and not p.prep and p is not capacity for p in clause.phrases)
            if somebody and (at is not None or capacity is not None):
                trigger = capacity.start if at is None and capacity is not None else at or 0
                start, end = self._whole(trigger, None)
                first = capacity.start - 1 if capacity is not None else start
                exact = at is not None and not view.match(at - 1, "already")
                yield Finding("count", trigger, min(start, first), end, 1, "=" if exact else ">=", bare=True)

    def frequency(self, i: int) -> Number | None:
        """ "eight times", "dreimal", "more than once" at a token."""
        view = self.view
        n, said = view.say(i, "often")
        if n:
            return Number(i, i + n, int(said))
        length, operator = view.say(i, "operators")
        if length and (n := view.match(i + length, "once")):  # "more than once in 2013", "only once"
            if operator == ">" and not any(token.time for token in self.tokens):
                return None  # without a period it says "again and again", and no number
            return Number(i, i + length + n, 1, operator)
        glued = self.view.glued(i + length)
        if glued is not None:
            return Number(i, i + length + 1, glued, operator or "=")
        n, said = view.say(i + length, "often")
        if length and n:
            return Number(i, i + length + n, int(said), operator)
        number = view.number(i)
        if number is None:
            return None
        end = number.end + (1 if number.end < len(self.tokens) and self.tokens[number.end].text == "-" else 0)
        n = view.match(end, "times")
        return number._replace(end=end + n) if n and number.value > 1 else None

    def _ratio(self, i: int) -> Finding | None:
        """ "twice as many visits as last year": kept as text."""
        n = self.view.match(i, "ratio")
        if not n:
            return None
        noun = self.view.head(i + n)
        compared = i + n < len(self.tokens) and self.tokens[i + n].has("conj", "comparison", "subordinate")
        done = ("sure", noun) if noun else self.predicate(self.view.clause(i)) if compared else None
        if done is None:
            return None
        start, end = self._whole(i, noun)
        return Finding("count", i, start, end, None, None, done[1], done[0] == "weak")

    def _share(self, i: int) -> Finding | None:
        """ "15 of the 18 delegations", "of the 18 delegations, 15 …"."""
        view = self.view
        part = view.number(i)
        at = part.end if part is not None else i
        n = view.match(at, "of-the")
        whole = view.number(at + n) if n else None
        noun = view.head(whole.end) if whole is not None and whole.value > 1 else None
        if noun is None or not noun.plural:
            return None
        end = noun.end
        if part is None:  # the number follows
            at = end + 1 if end < len(self.tokens) and self.tokens[end].text == "," else end
            part = view.number(at)
            if part is None or not self._ends(part.end):
                return None
            end = part.end
        return Finding("count", i, i, self._closing(end), part.value, part.operator, noun, noun.soft)

    def _counted(self, i: int) -> Finding | None:
        """ "more than 40 meetings", "18 delegations this year"."""
        view = self.view
        number = view.number(i)
        if number is None or self._label(number) or number.value < 2 and not self._only_one(number):
            return None
        if any(view.match(number.end + k, "further") for k in range(2)):
            return None
        if i and self.tokens[i - 1].has("prep", "between"):
            return None  # "the gap between two visits"
        noun = view.head(number.end)
        if noun is None and view.match(number.end, "lands"):
            return self._lands(i, number)
        if noun is None or not noun.plural and number.value > 1 or self._spoken_for(number, noun):
            return None
        if any(view.match(k, "not-of") for k in range(noun.end, min(noun.end + 4, len(self.tokens)))):
            return None
        if self._partitive(i):
            return self._portion(i, noun)
        window = self._window(i, noun)
        if number.operator == "=" and not window and view.match(i - 1, "definite"):
            return None
        delegation = noun.frame == "delegation"
        if delegation and (noun.lemma not in view.words.delegations or not self._serial(number, window)):
            return None
        clause = view.clause(noun.start)
        if number.operator == "=" and not window and (clause.future or clause.modal or clause.kind == "infinitive"):
            return None
        start, end = self._with_window(i, noun.end)
        weak = noun.soft and (self.predicate(clause) or ("weak",))[0] == "weak"
        return Finding("count", i, start, end, number.value, number.operator, noun, weak)

    @staticmethod
    def _only_one(number: Number) -> bool:
        """ "only one state visit": a number that is said to be no more."""
        return number.value == 1 and number.operator == "=" and number.end > number.start + 1

    def _lands(self, i: int, number: Number) -> Finding | None:
        """ "has visited 112 countries": not how often, but how many."""
        clause = self.view.told(i)
        done = self.predicate(clause)
        main = clause.main
        if done is None or done[1] is not None or clause.negated or clause.tense != "past":
            return None
        if main is None or not main.aux and main.frame not in ("visit", "move"):
            return None
        first = min(verb.at for verb in clause.verbs)
        if i < first or self.view.match(i - 1, "definite"):
            return None  # "four countries went that way", "the two countries came closer"
        start, end = self._whole(i, None)
        return Finding("count", i, start, end, number.value, number.operator, anywhere=True, plain=True)

    def _partitive(self, i: int) -> bool:
        """Whether a counted noun is the whole of which a part is told: "of Kerry's 12 trips"."""
        view = self.view
        inside = view.inside[i - 1] if i else None
        start = inside.start if inside is not None else i
        return any(view.match(at, "partitive") for at in (start, start - 1))

    def _portion(self, i: int, noun: Noun) -> Finding | None:
        """ "Of Kerry's 12 trips to Israel, five were in 2013": the part."""
        view = self.view
        clause = view.clause(i)
        for k in range(noun.end, clause.end):
            part = view.number(k)
            if part is not None and self._ends(part.end):
                inside = view.inside[i - 1] if i else None
                start = inside.start if inside is not None else i
                return Finding(
                    "count", k, start, self._closing(max(part.end, clause.end - 1)), part.value, part.operator, noun
                )
        return None

    def _serial(self, number: Number, window: str) -> bool:
        """Whether delegations are counted over time, not those that came together."""
        return window == "series" or number.operator != "=" or number.value >= _RARE

    def _label(self, number: Number) -> bool:
        """A number that names: a year, "BRICS 2024", "G 20"."""
        i = number.start
        if number.operator != "=":
            return False
        before = self.tokens[i - 1] if i else None
        named = before is not None and before.text.isupper() and len(before.text) > 1 and before.text.isalpha()
        return named or number.value in _YEARS

    def _spoken_for(self, number: Number, noun: Noun) -> bool:
        """Whether the number counts somebody on the way to the noun: "three ministers' meetings"."""
        between = self.tokens[number.end : noun.start]
        return any(t.get("office") is not None and not t.get("modifier") and t.text.endswith("s") for t in between)

    def _window(self, i: int, noun: Noun) -> str:
        """ "series" if a period is named, "day" if only a date is, "" if no time at all."""
        view = self.view
        start, end = view.segment(i)
        if view.times(0, len(self.tokens), "since"):
            return "series"
        near = view.times(start, end, "date", "duration")
        for timex in near:
            if timex.kind == "duration" and timex.length:
                return "series"
            if (
                timex.first
                and timex.first.day is None
                and timex.first.weekday is None
                and timex.first.unit not in ("day", "moment", "week")
            ):
                return "series"
            if timex.first and timex.first.counted:
                return "series"
        return "day" if near else ""

    def _anaphora(self) -> Iterator[Finding]:
        """ "davon 18 in diesem Jahr", "18 of them", "15 of the 18 to Russia"."""
        view = self.view
        for i in range(len(self.tokens)):
            n = view.match(i, "anaphora-before")
            n += 1 if n and i + n in view.verbs else 0  # "davon gingen 15"
            number = view.number(i + n) if n else None
            if number is not None and self._ends(number.end):
                yield self._part(i, number, self._closing(number.end))
                continue
            number = view.number(i)
            if number is None:
                continue
            if n := view.match(number.end, "anaphora"):
                yield self._part(i, number, self._closing(number.end + n))
            elif (n := view.match(number.end, "of-the")) and view.number(number.end + n):
                yield self._part(i, number, self._closing(number.end + n + 1))

    def _part(self, i: int, number: Number, end: int) -> Finding:
        return Finding("count", i, i, end, number.value, number.operator, anaphoric=True)

    def _ends(self, i: int) -> bool:
        """Whether a number stands for what was counted before: no noun of its own follows."""
        if i >= len(self.tokens):
            return True
        token = self.tokens[i]
        return token.time or i in self.view.verbs or not token.text[0].isalnum() or token.get("prep") is not None

    def _with_window(self, start: int, end: int) -> tuple[int, int]:
        """A counted noun phrase with the period named right before or behind it."""
        first, last = self.tokens[start].start, self.tokens[end - 1].end
        for timex in self.view.sentence.times:
            if 0 <= first - timex.end <= 2:
                start = next(t.i for t in self.tokens if t.start >= timex.start)
        return start, self._closing(end) if last else end


__all__ = ["Counts"]
