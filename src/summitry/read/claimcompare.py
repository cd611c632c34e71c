"""Comparisons in one sentence: "twice as often as Brazil", "häufiger als im Vorjahr", "no country more often than Egypt".

A comparison is a count of the sentence without its second half ("In 2024, Blinken travelled to Egypt"), and what the
second half puts in another's place: a country, a person, a time, or everybody else ("than any other president"). So the
words of the comparison are blanked out, and what is left is scoped like any count.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from summitry.dates import bounds
from summitry.lexicon import Lexicon
from summitry.model import Participation
from summitry.read.claimforms import Form
from summitry.read.claimvocabulary import ENCOUNTER
from summitry.read.claimwords import Noun, Number, View
from summitry.read.clauses import ClauseParser
from summitry.read.people import Register
from summitry.read.phrase import Phrase
from summitry.read.phrases import PhraseParser
from summitry.read.timex import Timex, resolve
from summitry.read.tokens import Sentence, titled, tokenize

PersonOf = Callable[[Phrase], Participation | None]
_REACH: Final = 14  # tokens between the comparative and its "than"
_LOOSE: Final = (
    "det",
    "prep",
    "conj",
    "poss",
    "aux",
    "pron",
)  # small words of a second half that say nothing themselves


class Compared(NamedTuple):
    """A comparison as its words make it: token ranges of the original sentence."""

    trigger: int
    start: int
    end: int
    operator: str
    times: float
    blanked: tuple[range, ...]  # the words that the first number does without
    other: range  # the second half behind "than"; the winner's own words behind "no country more often than"
    noun: Noun | None = None  # what is counted, if a noun says it
    lands: bool = False  # countries are counted
    among: str | None = None  # everybody else: "host", "person", "year"
    office: Phrase | None = None  # … who held it
    value: int | None = None  # a split: the part …
    whole: int | None = None  # … of so many


class Measured(NamedTuple):
    """The comparative itself, up to the token `end`, and what it counts: encounters by a noun, or countries."""

    end: int
    sign: str
    noun: Noun | None
    lands: range


class Second(NamedTuple):
    """What the second half says: the fields that differ, and the words that are not understood."""

    fields: dict[str, Any]
    unread: tuple[str, ...]
    among: str | None = None
    office: Phrase | None = None


class Comparisons(Form):
    """Finds the comparisons of one sentence."""

    def findings(self) -> Iterator[Compared]:
        """All of them, in order."""
        said = self.view.said
        i = (
            0
            if any(said[table] for table in ("oftener", "most-often", "amounts", "out-of", "partitive"))
            else len(self.tokens)
        )
        while i < len(self.tokens):
            found = self._compared(i) or self._split(i)
            if found is not None:
                yield found
                i = found.end
                continue
            at = self._factor(i)[0]
            i = at + 1 if at > i and self._measured(at) else i + 1  # not "more often" of "three times more often"

    def _compared(self, i: int) -> Compared | None:
        view = self.view
        if any(i - k >= 0 and view.match(i - k, "record") > k for k in range(1, 4)):
            return None  # "noch nie so viele Treffen": a record, with another second half
        if n := view.match(i, "most-often"):
            start, stop = self._whole(i, None)
            return Compared(i, start, stop, ">=", 1, (range(i, i + n),), range(0), among="host")
        at, factor, said = self._factor(i)
        measured = self._measured(at)
        sign = self._operator(measured.sign, said, factor) if measured is not None else None
        if measured is None or sign is None:
            return None
        operator, times = sign
        than = self._than(measured.end, "than" if operator in (">", "<") and times == 1 else "than-or-as")
        if than is None:
            return None
        end = self._until(than + 1)
        verb_of_its_own = next((k for k in range(than + 1, end) if view.match(k, "did")), end)
        if operator == "=" and times == 1 and view.match(than + 1, "ever-before"):
            operator = ">"  # "so viele wie nie"
        blanked = (range(i, measured.end), measured.lands, range(than, end))
        start, stop = self._whole(i, measured.noun)
        other = range(than + 1, verb_of_its_own)
        lands = len(measured.lands) > 0
        found = Compared(i, start, max(stop, end), operator, times, blanked, other, measured.noun, lands)
        return self._winner(found, at, than) or found

    def _measured(self, i: int) -> Measured | None:
        """ "more often"; "more trips", "as many countries": how often, or how many of what."""
        view = self.view
        n, sign = view.say(i, "oftener")
        if n:
            return Measured(i + n, sign, None, range(0))
        n, sign = view.say(i, "amounts")
        if not n:
            return None
        noun = view.head(i + n)
        length = view.match(i + n, "lands") if noun is None else 0
        if noun is None and not length and not any(view.match(i + n + k, "guests") for k in range(2)):
            return None
        return Measured(i + n, sign, noun, range(i + n, i + n + length))

    # ------------------------------------------------------------------ a part of a whole

    def _split(self, i: int) -> Compared | None:
        """ "Of the four visits to North Korea, three were made by Pompeo"; "three of the four visits … were …"."""
        view = self.view
        part = view.number(i)
        at = part.end if part is not None else i
        owned = self._owned(at)
        n = owned or view.match(at, "out-of")
        whole = view.number(at + n) if n else None
        noun = view.head(whole.end) if whole is not None and whole.value > 1 else None
        if whole is None or noun is None or not noun.plural or not noun.lemma:
            return None
        start, end = self._whole(i, noun)
        end = max(end, self._until_full_stop(noun.end))
        if part is None:
            part = next((p for k in range(noun.end, end) if (p := view.number(k)) and not self._labels(p, noun)), None)
            if part is None:
                return None
            gone, rest = range(part.start, end), range(part.end, end)
        else:
            verb = next((k for k in range(noun.end, end) if k in view.verbs), None)
            if verb is None:
                return None
            gone, rest = range(verb, end), range(verb, end)
        opening = range(i, at + 1 if owned else at + n)  # an owner stays: "of John Kerry's six visits"
        blanked = (opening, range(whole.start, whole.end), gone)
        return Compared(i, start, end, "=", 1, blanked, rest, noun, value=part.value, whole=whole.value)

    def _owned(self, i: int) -> int:
        """The tokens of "of John Kerry's" before a number."""
        if not self.view.match(i, "partitive"):
            return 0
        person = next((p for p in self.view.phrases if p.kind == "person" and p.start <= i + 1 < p.end), None)
        at = person.end if person is not None else i + 1
        for k in range(i + 2, min(at + 2, len(self.tokens))):
            if self.view.match(k - 1, "genitive") and self.view.number(k):
                return k - i
        return 0

    def _labels(self, part: Number, noun: Noun) -> bool:
        """Whether a number counts something of its own, or is a year."""
        return self.view.year(part.start) or self.view.head(part.end) is not None or part.start < noun.end

    def _until_full_stop(self, i: int) -> int:
        return next((k for k in range(i, len(self.tokens)) if self.tokens[k].text in ";:.!?"), len(self.tokens))

    # ------------------------------------------------------------------ the comparative

    @staticmethod
    def _operator(sign: str, said: str, times: float) -> tuple[str, float] | None:
        """Operator and factor of the whole: "more than twice as often" is > 2, "50 percent fewer" is = 0.5.

        None for what may mean two things: "three times more often" is three or four times as often.
        """
        if sign == "=":
            return said or "=", times
        if times == 1:
            return (sign, times) if said in ("", "=") else None
        if said not in ("", "=", "~") or times >= 2:
            return None
        return said or "=", times if sign == ">" else 2 - times

    def _factor(self, i: int) -> tuple[int, float, str]:
        """ "more than twice", "dreimal", "50 percent": the token behind it, the factor and its operator."""
        view = self.view
        length, said = view.say(i, "operators")
        at = i + length
        n, value = view.say(at, "factors")
        if n:
            return at + n, float(value), said
        glued = view.glued(at)
        if glued is not None:
            return at + 1, float(glued), said
        number = view.number(at) or view.timed(at)
        if number is not None and number.start == at:
            if n := view.match(number.end, "times"):
                return number.end + n, float(number.value), said or number.operator.replace("=", "")
            if n := view.match(number.end, "percent"):
                return number.end + n, 1 + number.value / 100, said or number.operator.replace("=", "")
        return i, 1.0, ""

    def _than(self, i: int, table: str) -> int | None:
        for k in range(i, min(i + _REACH, len(self.tokens))):
            if self.view.match(k, table) and not self._capacity_at(k):
                return k
            if self.tokens[k].text in ";:.!?":
                return None
        return None

    def _capacity_at(self, k: int) -> bool:
        """Whether "as" stands before a capacity: "visited France as president more often"."""
        capacity = self.view.capacity(self.view.clause(k)) if self.view.match(k, "as") else None
        return capacity is not None and capacity.start == k + 1

    def _until(self, i: int) -> int:
        """Where the second half ends: before a verb that closes the clause, or punctuation that is not inside a name."""
        end = i
        while end < len(self.tokens) and not self.view.boundary(end):
            if end in self.view.verbs and not self.view.match(end, "did") and end > i:
                break
            end += 1
        return end

    # ------------------------------------------------------------------ nobody more often

    def _winner(self, found: Compared, at: int, than: int) -> Compared | None:
        """ "No president has visited France more often than Clinton": what the second half names is ahead of all others."""
        view = self.view
        clause = view.clause(at)
        for k in range(clause.start, than):
            n = view.match(k, "nobody")
            if n:
                return self._ahead(found, range(k, k + n), "person", None)
            if not view.match(k, "none"):
                continue
            lands = next((j for j in (k + 1, k + 2) if view.match(j, "lands")), None)
            if lands is not None:
                return self._ahead(found, range(k, lands + view.match(lands, "lands")), "host", None)
            office = next(
                (p for p in view.phrases if p.kind == "office" and p.start <= k + 1 < p.end and not p.name), None
            )
            if office is not None:
                return self._ahead(found, range(min(k, office.start), office.end), "person", office)
        return None

    def _ahead(self, found: Compared, no: range, among: str, office: Phrase | None) -> Compared:
        """The winner takes the place of "no …": more than the others, or no fewer."""
        operator = {">": ">=", "=": ">"}.get(found.operator, found.operator)
        than = range(found.blanked[2].start, found.other.start)
        tail = range(found.other.stop, found.blanked[2].stop)
        blanked = (*found.blanked[:2], no, than, tail)
        return found._replace(operator=operator, blanked=blanked, among=among, office=office, other=range(0))

    # ------------------------------------------------------------------ the second half

    def second(self, found: Compared, person: PersonOf, start: str | None, home: str | None) -> Second | None:
        """What the second half puts in another's place; None if it names nothing, or more than one thing.

        `start` is the first day of the first number's window, `home` the country whose people travel in it.
        """
        view, other = self.view, found.other
        if found.among is not None:
            return Second({}, (), found.among, found.office)
        for k in range(other.start, min(other.start + 3, other.stop)):
            if view.match(k, "ever-before"):
                return Second({}, (), "earlier-year") if start else None
            if n := view.match(k, "predecessors"):
                return Second({}, self._left(range(k + n, other.stop), set()), "predecessor")
            if n := view.match(k, "any-other"):
                return self._all_others(range(k + n, other.stop))
            if n := view.match(k, "year-before"):
                return Second(self._year_before(start), self._left(other, set(range(k, k + n))))
        fields: dict[str, str | None] = {}
        known: set[int] = set()
        times = [t for t in view.times(other.start, other.stop, "date")] if len(other) else []
        if len(times) == 1 and (value := self._window(times[0])):
            fields |= {"start": value[0], "end": value[1]}
            known |= {t.i for t in self.tokens if times[0].start <= t.start < times[0].end}
        for phrase in view.phrases:
            if not (other.start <= phrase.start and phrase.end <= other.stop):
                continue
            if phrase.kind == "person" and (who := person(phrase)) is not None:
                fields |= {"person": who.name, "guest_country": who.country or home}
                known |= set(range(phrase.start, phrase.end))
            elif phrase.kind in ("country", "place", "seat") and len(phrase.countries) == 1:
                side = "guest_country" if phrase.prep & {"from", "of"} else "host_country"
                if side in fields and phrase.kind != "place":
                    return None
                fields[side] = phrase.countries[0]
                known |= set(range(phrase.start, phrase.end)) if phrase.kind == "country" else {phrase.start}
        if not fields or len({"start", "person", "host_country"} & set(fields)) > 1:
            return None
        return Second(fields, self._left(other, known))

    def _all_others(self, rest: range) -> Second | None:
        """ "any other country", "any of his predecessors", "any previous year"."""
        view = self.view
        if not len(rest):
            return None
        for table, among in (("lands", "host"), ("years", "year")):
            k = next((k for k in rest if view.match(k, table)), None)
            if k is not None:
                return Second({}, (), among)
        office = next((p for p in view.phrases if p.kind == "office" and p.start <= rest.start < p.end), None)
        return Second({}, self._left(rest, set(range(office.start, office.end))), "person", office) if office else None

    def _left(self, other: range, known: set[int]) -> tuple[str, ...]:
        tokens = self.tokens
        known = known | {k for i in other for k in range(i, i + self.view.match(i, "harmless"))}
        return tuple(
            tokens[k].text for k in other
            if k not in known and tokens[k].text[0].isalnum() and not tokens[k].get(*_LOOSE)
            and not self._tells(k)
        )  # fmt: skip

    def _tells(self, k: int) -> bool:
        """Whether a word is a verb that only says that it took place."""
        verb = self.view.verbs.get(k)
        return (
            verb is not None
            and (verb.aux or verb.frame in ENCOUNTER | {"do", "happen"})
            or self.view.match(k, "took-place") > 0
        )

    def _window(self, timex: Timex) -> tuple[str | None, str | None] | None:
        value = resolve(timex, published=self.published, context=self.view.sentence.context, tense="past")
        if value is None:
            return None
        first, last = bounds(value)
        return (first.isoformat() if first else None, last.isoformat() if last else None)

    def _year_before(self, start: str | None) -> dict[str, str | None]:
        """The year before that of the first number."""
        year = (start or self.published or "")[:4]
        return {"start": f"{int(year) - 1}-01-01", "end": f"{int(year) - 1}-12-31"} if year.isdigit() else {}


def blanked(text: str, view: View, ranges: tuple[range, ...], lexicon: Lexicon, register: Register) -> View:
    """The sentence with some of its words blanked out, read anew; what is left keeps its place in the text."""
    sentence, tokens = view.sentence, view.tokens
    spans = [(tokens[r.start].start, tokens[r.stop - 1].end) for r in ranges if len(r)]
    left = text[: sentence.end]
    for start, end in spans:
        left = left[:start] + " " * (end - start) + left[end:]
    again = tokenize(left, sentence.start, sentence.end, lexicon)
    titled(again, sentence.analyzer, lexicon)
    times = [t for t in sentence.times if not any(t.start < end and start < t.end for start, end in spans)]
    new = Sentence(again, times, sentence.analyzer, sentence.context, sentence.block)
    new.entry, new.speaker, new.stage, new.certain = sentence.entry, sentence.speaker, sentence.stage, sentence.certain
    parsed = PhraseParser(new, lexicon, register).parse()
    return View(ClauseParser(new, parsed, lexicon), view.words, view.words.said([t.lower for t in again]))


__all__ = ["Compared", "Comparisons", "Second", "blanked"]
