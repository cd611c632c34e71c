"""What all claims are made of: the encounter they are about, how far back a first reaches, where the words stand.

`claimfirsts` and `claimcounts` find the claims; whether the encounter is one between countries is decided in `claims`,
what is counted in `claimscope`.
"""

from typing import NamedTuple

import msgspec

from summitry import dates
from summitry.kinds import ClaimType
from summitry.read.claimvocabulary import ENCOUNTER
from summitry.read.claimwords import SUPPORT, Noun, Number, View
from summitry.read.clause import Clause
from summitry.read.phrase import Phrase
from summitry.read.timex import Timex, resolve
from summitry.read.verbs import FINITE


class Reach(NamedTuple):
    """How far back a first goes: a number of `unit`s or a year, `since` when if that is told; an event has neither.

    `words` are the tokens that say it.
    """

    value: int | None = None
    unit: str = ""
    operator: str = "="
    since: str | None = None
    words: range = range(0)
    person: Phrase | None = None  # since whose visit: "the first since Nixon"


class Finding(msgspec.Struct, gc=False):
    """A claim as its words make it; tokens `start` to `end`, `trigger` the one that shows it."""

    type: ClaimType
    trigger: int
    start: int
    end: int
    value: int | None = None
    operator: str | None = None
    noun: Noun | None = None
    weak: bool = False  # the words are as often about something else
    reach: Reach | None = None
    office: bool = False  # about holders of an office: "the first president to …"
    absent: bool = False  # nothing since, up to now: "have not met since 2017"
    anaphoric: bool = False  # counts what the claim before counted
    gone: bool = False  # says how long ago the last one was
    never: bool = False  # says that there was none
    nobody: bool = False  # names only the capacity of who did not: "nobody has visited Peru as US president"
    anywhere: bool = False  # whatever country it was in: "visited twice as many countries"
    placed: bool = False  # the only one of all, and when it was: "his only visit came in March 2013"
    plain: bool = False  # no number of encounters: of countries
    whose: Phrase | None = None  # the one who was the first: "before Nixon no president had visited China"
    back_then: bool = False  # there was none before what the text tells of: "had never visited"
    each: str | None = None  # at least one "each-year", or of "each-holder" of the office
    bare: bool = False  # says no more than that there was one: only where its clause claims nothing else


class Form:
    """One sentence and the questions that every pattern asks of it."""

    def __init__(self, view: View, published: str | None) -> None:
        self.view = view
        self.published = published
        self.tokens = view.tokens

    # ------------------------------------------------------------------ what is claimed of

    def owned(self, i: int) -> bool:
        """Whether a name stands right before, as the owner: "Xi's maiden visit"."""
        inside = self.view.inside[i]
        if self.view.match(i - 1, "genitive"):
            return True
        return any(p.actor and p.end == i for p in self.view.phrases) or inside is not None and inside.start < i

    def several(self, noun: Noun) -> bool:
        """Whether a noun is of more than one encounter, in a language whose nouns show it."""
        return noun.plural and bool(self.view.words.form["plural-marked"]) and noun.lemma != "talks"

    def predicate(self, clause: Clause) -> tuple[str, Noun | None] | None:
        """Whether a clause says that an encounter takes place: "sure" or "weak", and the noun that says so."""
        view = self.view
        own = [i for i in range(clause.start, min(clause.end, len(self.tokens))) if view.clause(i) is clause]
        nouns = [n for i in own if i not in view.verbs and (n := view.noun(i)) and n.frame != "delegation"]
        main = clause.main
        if main is not None and (main.aux or main.lemma == "have"):  # "had an American president visited …"
            main = next((v for v in clause.verbs if v.frame in ENCOUNTER and v.at > main.at), main)
        if any(view.match(i, "been") for i in own):
            return "sure", None
        if main is not None and not main.aux and main.frame in ENCOUNTER:
            if nouns and main.frame in ("receive", "host"):  # who hosts a forum hosts other countries
                return "sure", next((n for n in nouns if not n.soft), None)
            solid = any(not n.soft for n in nouns) or main.frame == "move" and self._goes_abroad(clause)
            return ("sure" if main.lemma in view.words.sure or solid else "weak"), (nouns[0] if nouns else None)
        abroad = any(p.kind in ("country", "place") and p.prep & {"in", "to"} for p in clause.phrases)
        abroad = abroad or any(
            view.match(i, "regions") and self.tokens[i - 1].has("prep", "in", "to") for i in own if i
        )
        if nouns and (main is None or main.aux or main.frame in SUPPORT):
            best = min(nouns, key=lambda n: n.soft)
            return ("weak" if best.soft else "sure"), best
        if any(view.match(i, "proverb") for i in own) and clause.start > 0:
            return "weak", None
        if not abroad or main is not None and main.lemma != "be":
            return None
        somebody = any(p.kind in ("person", "office") and not p.prep for p in clause.phrases)
        return ("sure" if somebody and main is not None and clause.tense == "past" else "weak"), None

    @staticmethod
    def _goes_abroad(clause: Clause) -> bool:
        """Somebody goes to a country: what goes there may as well be gas."""
        somebody = any(p.kind in ("person", "office", "pronoun", "delegation") and not p.prep for p in clause.phrases)
        return somebody and any(p.kind in ("country", "place") and "to" in p.prep for p in clause.phrases)

    # ------------------------------------------------------------------ spans

    def _opening(self, i: int) -> int:
        """Where the noun phrase of an ordinal begins, its preposition included."""
        start = i
        while start > 0 and self.view.match(start - 1, "article"):
            start -= 1
        return start - 1 if start and self.tokens[start - 1].get("prep") and start < i else start

    def _closing(self, i: int) -> int:
        """Where the phrase ends that goes on at token `i`: before a verb or punctuation."""
        if i >= len(self.tokens) or self.view.boundary(i):
            return i
        end = self.view.segment(i)[1]
        for k in range(i, end):
            if k in self.view.verbs:
                return k
        return end

    def _region(self, i: int) -> int:
        """Where a first may say how far back it reaches: in its segment, and in a clause of "since" behind."""
        end = self.view.segment(i)[1]
        if end + 1 < len(self.tokens) and self.view.match(end + 1, "since"):
            end = self.view.segment(end + 1)[1]
        return end

    def _whole(self, i: int, noun: Noun | None) -> tuple[int, int]:
        """The stretch between punctuation around a claim and the encounter it is made of."""
        start, end = self.view.segment(i)
        clause = self.view.clause(i)
        verb = clause.main.at if clause.main is not None else i
        for k in (verb, noun.start if noun else i):
            first, last = self.view.segment(k)
            start, end = min(start, first), max(end, last)
        return start, max(end, self._region(i))

    # ------------------------------------------------------------------ how far back

    def reach(self, start: int, end: int) -> Reach | None:
        """ "since 2000", "in 24 years", "since the war" between two tokens."""
        view = self.view
        for i in range(start, min(end, len(self.tokens))):
            if i and view.match(i - 1, "definite"):
                continue  # part of an attribute: "mit dem seit März amtierenden Premier"
            found = self.span(i)
            if found is not None:
                return found
            since = next((t for t in view.times(i, i + 1, "since")), None)
            if since is not None and since.length is None and view.begins(since):
                value = self._date(since)
                words = range(i, next((t.i for t in self.tokens if t.start >= since.end), len(self.tokens)))
                return Reach(_year(value) if value else None, "", "=", value, words)
            if n := view.match(i, "since"):
                return self._event(i + n)
        return None

    def _event(self, i: int) -> Reach:
        """ "since the war", "since he took office in 2007"; an event that is dated without a verb gives a year."""
        view = self.view
        if i >= len(self.tokens):
            return Reach()
        end = view.segment(i)[1]
        last = view.verbs.get(end - 1)
        final = view.verb_second and last is not None and last.form in FINITE  # a clause: "seit sie 2005 antrat"
        plain = not final and view.clause(i).kind != "participle"
        if plain and view.relative(end + 1):  # "since Coolidge, who came in 1928"
            end = view.segment(end + 1)[1]
        timex = next((t for t in view.times(i, end, "date", "since") if self._date(t)), None)
        if timex is None:
            whose = next((p for p in view.phrases if p.kind == "person" and p.start <= i < p.end), None)
            return Reach(words=range(i - 1, whose.end), person=whose) if whose is not None else Reach()
        told = any(self.tokens[at].start < timex.start for at in view.verbs if i <= at < view.segment(i)[1])
        value = str(self._date(timex))
        words = range(i - 1, end)
        return Reach(_year(value) if plain and not told else None, since=value, words=words)

    def _date(self, timex: Timex) -> str | None:
        return resolve(timex, published=self.published, context=self.view.sentence.context, tense="past")

    def span(self, i: int) -> Reach | None:
        """ "in more than 24 years", "seit einem Jahrzehnt", "in decades"."""
        view = self.view
        n = view.match(i, "span")
        if not n:
            return None
        n += view.match(i + n, "one") if self._counts_on(i + n + view.match(i + n, "one")) else 0
        number = self.view.timed(i + n)
        j = number.end if number else i + n
        for _ in range(2):  # "a", or "the past" before a unit that stands for itself
            j += 0 if number else view.match(j, "one")
        long, years = view.say(j, "spans")
        length, unit = view.say(j, "units")
        if long:
            single = number or (None if view.match(j, "plural-span") else Number(j, j, 1))
            value, operator = (single.value * int(years), single.operator) if single else (None, "=")
            return Reach(value, "Y", operator, words=range(i, j + long))
        if not length or unit != "Y" and "span" not in view.words.tables or view.match(j + length, "ago"):
            return None
        if number is None:
            return Reach(1 if j > i + n else None, unit, words=range(i, j + length))
        return Reach(number.value, unit, number.operator, words=range(i, j + length))

    def _counts_on(self, i: int) -> bool:
        return self.view.timed(i) is not None


def _year(value: str) -> int | None:
    """The year that a date begins in: 1990 of "the early 1990s"."""
    first, _ = dates.bounds(value)
    return first.year if first is not None else None


__all__ = ["Finding", "Form", "Reach"]
