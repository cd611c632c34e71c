"""Firsts, numberings, records and repeats in one sentence: what a claim says of all that came before."""

from collections.abc import Iterator

import msgspec

from summitry.read.claimforms import Finding, Form, Reach
from summitry.read.claimnegations import Negations
from summitry.read.claimvocabulary import ENCOUNTER, roman_value
from summitry.read.claimwords import Noun, Number
from summitry.read.clause import Clause
from summitry.read.verbs import FINITE

_LOOK = 8  # tokens between "the first" and what the first one did
_BEFORE = 30  # tokens between an encounter and a remark without a noun: "… - the first by a minister in years"
_HERE = 3  # tokens between a number of years and the word that counts them back, at most

REPEATED = ENCOUNTER | {"do", "happen", "cancel", "postpone", "refuse"}  # what an encounter may do again


class Firsts(Form):
    """Finds the claims of one sentence that compare an encounter with earlier ones."""

    def findings(self) -> Iterator[Finding]:
        """All of them, the surer forms first."""
        yield from self._records()
        yield from Negations(self.view, self.published).findings()
        yield from self._ordinals()
        yield from self._repeats()
        yield from self._last()
        yield from self._latest()
        yield from self._last_one()
        yield from self._last_doer()
        yield from self._sole()

    # ------------------------------------------------------------------ ordinals

    def _ordinals(self) -> Iterator[Finding]:
        view = self.view
        for i, token in enumerate(self.tokens):
            if n := view.match(i, "first-time"):
                yield from self._time(i, i + n, 1)
                continue
            ordinal = view.ordinal(i)
            if ordinal is None or token.time and view.dated(i) or self._of_a_name(i):
                continue
            value, j = ordinal
            if n := view.match(j, "time"):
                yield from self._time(i, j + n, value)
            elif not view.match(j, "not-after-ordinal") or self._long_office(j):
                noun = view.head(j)
                found = self._numbered(i, value, noun) if noun else self._without_noun(i, j, value)
                if found is not None:
                    yield found

    def _of_a_name(self, i: int) -> bool:
        """Whether a Roman numeral numbers a monarch or pope: "King Abdullah II", "Johannes Paul II."."""
        if not roman_value(self.tokens[i].text) or i == 0:
            return False
        before, inside = self.tokens[i - 1], self.view.inside[i - 1]
        return before.capital and inside is not None and inside.kind in ("person", "office")

    def _long_office(self, i: int) -> bool:
        """Whether an office of several words begins here: the second secretary of state is no second secretary."""
        return i < len(self.tokens) and any(n > 1 and e.kind == "office" for n, e in self.tokens[i].entries)

    def _time(self, i: int, end: int, value: int) -> Iterator[Finding]:
        """ "for the third time" with a verb of encounters, "the first time that …"."""
        view = self.view
        clause = view.told(i)
        found = self.predicate(clause)
        if found is None and (clause.main is None or clause.main.aux):
            after = view.following(clause)
            found = self.predicate(after) if after else None
        if found is None and clause.main is None and any(p.actor for p in clause.phrases):
            found = "weak", None  # a headline: "Erstmals seit acht Jahren wieder Diplomaten am Nil"
        if found is None or value == 1 and view.any("negation", end, view.segment(i)[1]) is not None:
            return
        start, stop = self._whole(i, found[1])
        reach = self.reach(end, self._region(i)) or self.reach(view.segment(i)[0], i)
        yield self._first(Finding("nth", i, start, stop, value, "=", found[1], found[0] == "weak"), reach)

    def _first(self, finding: Finding, reach: Reach | None) -> Finding:
        """A first that reaches back is a first since; any other ordinal keeps its window in the scope."""
        if finding.value == 1 and reach is not None:
            finding.type, finding.value = "first-since", reach.value
            finding.operator = None if reach.value is None else reach.operator
            finding.reach = reach
        return finding

    def _numbered(self, i: int, value: int, noun: Noun) -> Finding | None:
        """ "his second visit", "the 14th summit"."""
        view = self.view
        if noun.frame == "delegation" and noun.lemma not in view.words.delegations:
            return None
        if any(view.match(k, "not-of") for k in range(noun.end, min(noun.end + 4, len(self.tokens)))):
            return None
        reach = self.reach(noun.end, self._region(i)) or self.reach(view.segment(i)[0], i)
        start = self._opening(i)
        plural = self.several(noun)
        bare = start == i and i > 0 and not self.owned(i)
        if value == 1 and reach is None and (bare or plural):
            return None
        end = self._region(i) if value == 1 and reach else self._closing(noun.end)
        return self._first(Finding("nth", i, start, end, value, "=", noun, noun.soft), reach)

    def _without_noun(self, i: int, j: int, value: int) -> Finding | None:
        """ "the first by a minister in nine years" behind an encounter; "the first president to visit"."""
        view = self.view
        done = self._doer(i, j)
        if done is not None:
            weak, end = done
            finding = Finding("nth", i, self._opening(i), self._closing(end), value, "=", None, weak, office=True)
            return self._first(finding, self.reach(j, self._region(i)) or self.reach(view.segment(i)[0], i))
        if j >= len(self.tokens) or not (view.match(i - 1, "article") or self.owned(i)):
            return None
        reach = self.reach(j, self._region(i))
        following = self.tokens[j]
        tied = following.get("prep", "det") or view.match(j, "indefinite") or view.match(j, "since") or following.time
        if not tied or reach is None and not (following.time and value > 1):
            return self._of_its_kind(i, j, value)
        before = [n for k in range(max(0, i - _BEFORE), i) if (n := view.noun(k)) and n.frame != "delegation"]
        main = view.clause(i).main
        if not before and not (main is not None and main.lemma in ("be", "become")):
            return None
        noun = before[-1] if before else None
        end = self._region(i) if value == 1 else self._closing(j)
        return self._first(Finding("nth", i, i - 1, end, value, "=", noun, noun is None or noun.soft), reach)

    def _of_its_kind(self, i: int, j: int, value: int) -> Finding | None:
        """ "his first to Japan in that office", "the trip is her sixth to Africa": numbers the noun told before."""
        view = self.view
        at = j if self._ties(j) else j + 1  # "das sechste direkte zwischen …"
        inside = view.inside[i]
        if not self._ties(at) or inside is not None and inside.actor and not view.match(j, "of-a"):
            return None
        noun = next((n for k in reversed(range(max(0, i - _BEFORE), i)) if (n := view.noun(k))), None)
        main = view.clause(i).main
        said = main is not None and main.lemma in ("be", "become")
        if noun is None and not said or noun is not None and (noun.frame == "delegation" or self.several(noun)):
            return None
        if noun is not None and not said and not any(t.text in ",–—" for t in self.tokens[noun.end : i]):
            return None
        weak = noun is None or noun.soft
        return Finding("nth", i, self._opening(i), self._closing(at), value, "=", noun, weak)

    def _ties(self, i: int) -> bool:
        """Whether a token begins what a number without a noun is of: "to", "by", "between", "zwischen", "eines"."""
        token = self.tokens[i] if i < len(self.tokens) else None
        return token is not None and (token.has("prep", "to", "by", "between") or bool(self.view.match(i, "of-a")))

    def _doer(self, i: int, j: int) -> tuple[bool, int] | None:
        """ "the first premier to visit", "der erste Kanzler, der … besuchte", "als erster Präsident … reiste"."""
        view = self.view
        person = False
        for k in range(j, min(j + _LOOK, len(self.tokens))):
            token = self.tokens[k]
            if view.match(k, "negation"):
                return None  # "the first president not to visit China"
            if person and token.has("word", "infinitive"):
                verb = next(
                    (v for at in (k + 1, k + 2) if (v := view.verbs.get(at)) and v.form != "pres" and not v.aux), None
                )
                if verb is not None and (n := view.match(verb.at, "proverb")):
                    return self._told_before(i, verb.at + n)
                if verb is not None:
                    return (verb.lemma not in view.words.sure, verb.at + 1) if verb.frame in ENCOUNTER else None
            if person and token.get("rel"):
                done = self.predicate(view.clause(k))
                return (done[0] == "weak", view.clause(k).end) if done else None
            person = person or token.get("office", "demonym", "adjective", "modifier", "country") is not None
            person = person or any(p.kind == "office" and p.head == k for p in view.phrases)  # "US-Präsident"
        if person and view.match(i - 1, "as"):
            done = self.predicate(view.clause(i))
            verbless = view.clause(i).main is None
            return (done is None or done[0] == "weak", j) if done or verbless else None
        return None

    def _told_before(self, i: int, end: int) -> tuple[bool, int] | None:
        """ "…, the first president to do so": what the clause before says."""
        told = next((c for c in reversed(self.view.clauses) if c.start < i and self.predicate(c)), None)
        done = self.predicate(told) if told is not None and not told.negated else None
        return (done[0] == "weak", end) if done else None

    # ------------------------------------------------------------------ records, repeats

    def _records(self) -> Iterator[Finding]:
        """ "the highest number ever", "a record 18 visits"."""
        view = self.view
        for i in range(len(self.tokens)):
            n = view.match(i, "record")
            if not n and view.match(i, "superlative") and view.any("ever", i, view.segment(i)[1]) is not None:
                n = 1
            if not n or any(view.match(k, "not-record") for k in range(max(0, i - 2), i + 1)):
                continue
            clause = view.clause(i)
            noun = next((x for k in range(*view.segment(i)) if (x := view.noun(k))), None)
            noun = noun or next((x for k in range(clause.start, clause.end) if (x := view.noun(k))), None)
            if noun is None and not clause.finite:  # "… 27 delegations, as many as never since …": counted before it
                noun = next((x for k in reversed(range(clause.start)) if (x := view.noun(k))), None)
            done = ("sure", noun) if noun else self.predicate(clause)
            if done is None:
                continue
            number = view.number(i + n)
            start, end = self._whole(i, noun)
            after = view.following(clause)
            if after is not None and view.any("ever", after.start, after.end) is not None:
                end = max(end, after.end)
            yield Finding("record", i, start, end, number.value if number else None, None, noun, done[0] == "weak")
            return

    def _repeats(self) -> Iterator[Finding]:
        """ "besuchte erneut Russland", "met again", "nach zwölf Jahren wieder"."""
        view = self.view
        for i in range(len(self.tokens)):
            n = view.match(i, "repeat")
            if not n or any(view.match(k, "not-repeat") for k in range(max(0, i - 2), i + 1)):
                continue
            clause = view.clause(i)
            if (
                clause.kind == "infinitive"
                or clause.negated
                or view.any("volition", clause.start, clause.end) is not None
            ):
                continue
            if view.any("away", clause.start, clause.end) is not None and self._leaves(clause):
                continue
            done = self.predicate(clause)
            main = clause.main
            if done is None or main is not None and done[1] is not None and (main.aux or main.frame not in REPEATED):
                continue  # "the summit is on again"
            if self._narrated(clause):
                continue
            start, end = self._whole(i, done[1])
            finding = Finding("repeat", i, start, end, None, None, done[1], done[0] == "weak")
            reach = self._after(clause)
            yield self._first(msgspec.structs.replace(finding, value=1), reach) if reach else finding
            return

    def _narrated(self, clause: Clause) -> bool:
        """ "met in Moscow on January 14 and again in Vienna on February 24": what is dated is told, and not asserted."""
        points = [t.first for t in self.view.times(clause.start, clause.end, "date") if t.first is not None]
        return any(point.year is not None or point.day is not None for point in points)

    def _after(self, clause: Clause) -> Reach | None:
        """ "after twelve years … again": the years since the last time."""
        view = self.view
        for i in range(clause.start, clause.end):
            reach = self.span(i) if view.match(i, "after") else None
            if reach is not None and reach.unit == "Y" and reach.value is not None:
                return reach
        return None

    def _last(self) -> Iterator[Finding]:
        """ "the last visit was 24 years ago", "liegt 24 Jahre zurück"; "24 years have passed since a president visited"."""
        view = self.view
        for i in range(len(self.tokens)):
            noun = view.head(i + n) if (n := view.match(i, "last")) else None
            if noun is None and not view.timed(i):
                continue
            found = self._gone(i, noun) if noun else self._passed(i)
            if found is not None:
                yield found
                return

    def _latest(self) -> Iterator[Finding]:
        """ "last visited the United States in 2019", "hat die USA zuletzt 2015 besucht": none after it."""
        view = self.view
        for i in range(len(self.tokens)):
            clause = view.told(i)
            if (
                not view.match(i, "lastly")
                or self.tokens[i].time
                or view.match(i - 1, "article")
                or clause.negated
                or clause.tense != "past"
            ):
                continue
            done = self.predicate(clause)
            times = [t for t in view.times(clause.start, clause.end, "date") if self._date(t)]
            if done is None or len(times) != 1:
                continue
            value = str(self._date(times[0]))
            words = range(0)
            start, end = self._whole(i, done[1])
            found = [t.i for t in self.tokens if times[0].start <= t.start < times[0].end]
            words = range(found[0], found[-1] + 1) if found else words
            reach = Reach(None, "", "=", value, words)
            weak = done[0] == "weak"
            yield Finding("count", i, start, end, 0, "=", done[1], weak, reach, absent=True, bare=True)

    def _last_one(self) -> Iterator[Finding]:
        """ "The last time a French president visited Baku was in 2014", "the last visit by a president was in 2014"."""
        view = self.view
        for i in range(len(self.tokens)):
            n = view.match(i, "last")
            at = i + n
            if not n or self.tokens[i].time or not view.match(i - 1, "article") or view.match(i - 1, "lastly"):
                continue
            noun = view.head(at) if not view.match(at, "time") else None
            after = view.following(view.clause(i)) if noun is None and view.match(at, "time") else None
            told = after if after is not None and after.start <= at + 2 else view.told(i)
            if noun is None and not view.match(at, "time") or noun is not None and (noun.soft or self.several(noun)):
                continue
            done = ("sure", noun) if noun is not None else self.predicate(told)
            times = [t for t in view.times(at, len(self.tokens), "date") if self._date(t)]
            main = next(
                (v for k in sorted(view.verbs, reverse=True) if (v := view.verbs[k]) and v.form in FINITE), None
            )
            if done is None or done[0] == "weak" or len(times) != 1 or told.negated or main is None:
                continue
            found = [t.i for t in self.tokens if times[0].start <= t.start < times[0].end]
            if noun is not None and not any(noun.end <= v < found[0] for v in view.verbs):
                continue  # "the last visit in 2014 was a success"
            reach = Reach(None, "", "=", str(self._date(times[0])), range(found[0], found[-1] + 1))
            end = max(told.end, found[-1] + 1)
            yield Finding("count", i, self._opening(i), end, 0, "=", noun, False, reach, absent=True, bare=True)

    def _last_doer(self) -> Iterator[Finding]:
        """ "the last US president to visit Iran", "der letzte Präsident, der … besuchte": numbered from the end."""
        view = self.view
        for i in range(1, len(self.tokens)):
            n = view.match(i, "last")
            done = self._doer(i, i + n) if n and view.match(i - 1, "article") else None
            if done is not None:
                end = self._closing(done[1])
                yield Finding("nth", i, self._opening(i), end, -1, "=", None, done[0], office=True)

    def _sole(self) -> Iterator[Finding]:
        """ "the only secretary of state to have visited North Korea"."""
        view = self.view
        for i in range(1, len(self.tokens)):
            n = view.match(i, "single")
            done = self._doer(i, i + n) if n and view.match(i - 1, "article") else None
            if done is not None:
                end = self._closing(done[1])
                yield Finding("count", i, self._opening(i), end, 1, "=", None, done[0], office=True)

    def _gone(self, i: int, noun: Noun) -> Finding | None:
        """How long ago the last one was, behind it."""
        view = self.view
        for k in range(noun.end, len(self.tokens)):
            number = view.timed(k)
            n, unit = view.say(number.end, "units") if number is not None else (0, "")
            if number is not None and unit == "Y" and view.match(number.end + n, "ago"):
                start, end = self._whole(i, noun)
                return self._elapsed(i, number, noun, start, max(end, number.end + n + 1))
        return None

    def _passed(self, i: int) -> Finding | None:
        """ "It has been 88 years since a president visited Cuba", "Es ist 88 Jahre her, dass …"."""
        view = self.view
        number = view.timed(i)
        n, unit = view.say(number.end, "units") if number is not None else (0, "")
        if number is None or unit != "Y":
            return None
        at = number.end + n
        at = next((k for k in range(at, at + _HERE) if view.match(k, "ago")), at)  # "88 Jahre ist es her, dass …"
        marked = view.match(at, "ago") or view.match(at, "since")
        clause = next((c for c in view.clauses if c.start >= at and c.kind == "subordinate"), None)
        if not marked or clause is None or clause.start > at + 3:
            return None
        found = self.predicate(clause)
        if found is None or clause.negated:
            return None
        return self._elapsed(i, number, found[1], i, clause.end)

    def _elapsed(self, i: int, number: Number, noun: Noun | None, start: int, end: int) -> Finding:
        words = range(i, end)
        reach = Reach(number.value, "Y", number.operator, words=words)
        finding = Finding("first-since", i, start, end, number.value, number.operator, noun, False, reach)
        finding.weak = noun is not None and noun.soft
        finding.gone = True
        return finding

    @staticmethod
    def _leaves(clause: Clause) -> bool:
        return clause.main is not None and clause.main.frame not in ("cancel", "meet", "receive")


__all__ = ["Firsts"]
