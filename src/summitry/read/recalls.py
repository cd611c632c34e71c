"""What is said further of an encounter told just before, by a noun that means it: "The talks took place on Thursday"."""

from collections.abc import Iterator, Sequence

from summitry import dates
from summitry.read.attachment import dates_of, within
from summitry.read.clause import Clause
from summitry.read.drafts import GEO, SET, Draft
from summitry.read.encounters import Encounter
from summitry.read.joining import join
from summitry.read.phrase import Phrase
from summitry.read.settling import Settling
from summitry.read.stays import WEEK, of_days
from summitry.read.timex import Timex
from summitry.read.tokens import Sentence, Token

TAKES_PLACE = frozenset({"happen", "begin", "end", "host", "plan", "expect"})
SPOKEN = frozenset({"call", "talk"})  # nouns that may mean a call
STAYS = frozenset({"visit", "stay", "move"})
NEAR = 1  # lines between an encounter and the noun that means it, at most


class Recalls(Settling):
    """Gives the encounter told last what a definite noun says of when it was."""

    def _recalls(self, draft: Draft) -> bool:
        """ "The talks took place on Thursday", "the visit, which began on Monday, ends on Friday": whether that was all."""
        noun, last = draft.trigger_noun, self.latest
        if noun is None or last is None or draft.status not in ("held", "planned") or not _means(draft, noun, last):
            return False
        begin, end = self._reach(draft, noun)
        told = self._told_day(draft, noun) if begin is None and end is None else begin
        if begin is not None and end is not None:
            told = dates.interval(begin, end) if dates.sort_key(begin) < dates.sort_key(end) else None
        value = _joined(last, told or end, ends=told is None)
        if value is None or draft.status == "planned" and last.status == "held" and end is None:
            return False
        same = last.copy()
        same.draft, same.status, same.quotes, same.rule = draft, last.status, [self._quote(draft)], last.rule
        same.block, same.date, same.own_date, same.said_date = draft.sentence.block, value, True, told or value
        same.activities = list(draft.activities)
        if last.status == "planned" and draft.status == "held" and draft.clause.tense == "past":
            same.status = "held"
        join(last, same)
        last.date, last.own_date = value, True
        self._remember(same)
        return True

    def _lengthen(self, draft: Draft) -> None:
        """ "arrives on Monday. … During the three-day visit she will meet …": how many days the stay has that begins then."""
        last = self.latest
        if last is None or last.kind != "visit" or last.date is None or not last.own_date or not _opens(last):
            return
        if draft.sentence.block - last.block > NEAR or dates.precision(last.date) != "day":
            return
        for noun in (p for c in draft.clauses for p in c.phrases if p.kind == "noun" and p.frame in STAYS):
            length = _length(draft, noun)
            if length is not None and not noun.prep & {"after"} and not noun.countries:
                last.date = dates.extend(last.date, length)
                return

    def depart(self, clauses: Sequence[Clause], sentence: Sentence) -> None:
        """ "He left on Friday", "she is staying until Sunday": the end of the visit told last, if that is who leaves."""
        last = self.latest
        if last is None or last.kind != "visit" or last.date is None or not last.own_date or last.entry:
            return
        if sentence.block - last.block > NEAR or last.status not in ("held", "planned") or not of_days(last.date):
            return
        for clause in clauses:
            if not _goes_home(clause, last):
                continue
            draft = Draft("return", clause, sentence, clause.main.at if clause.main else clause.start)
            draft.clauses = clauses
            kind = "date" if clause.main is not None and clause.main.frame == "return" else "until"
            inside = [t for t in sentence.times if t.kind == kind and within(t, clause, draft)]
            day = self._value(inside[0], draft, "past" if clause.tense == "past" else "future") if inside else None
            if day is None or dates.precision(day) != "day" or dates.gap_days(last.date, day)[0] > WEEK:
                continue
            if dates.sort_key(last.date) < dates.sort_key(day):
                last.date = dates.interval(last.date, max(last.date, day, key=_last))

    def _reach(self, draft: Draft, noun: Phrase) -> tuple[str | None, str | None]:
        """When what a noun means is said to have begun, and when it ends or ended."""
        begin = end = None
        for clause in _clauses_of(draft, noun):
            frames, tense = _frames(clause), _tense(clause, draft)
            for timex in (t for t in draft.sentence.times if within(t, clause, draft)):
                if timex.kind == "date" and "begin" in frames:
                    begin = begin or self._value(timex, draft, tense)
                elif timex.kind == "until" or timex.kind == "date" and "end" in frames:
                    end = end or self._value(timex, draft, tense)
        return begin, end

    def _told_day(self, draft: Draft, noun: Phrase) -> str | None:
        """The date of a clause that says only that an encounter took place, or that stands with the noun itself."""
        happens = not noun.prep and (bool(_frames(draft.clause) & TAKES_PLACE) or _is_when(draft.clause))
        for timex in dates_of(draft, self.lexicon, None):
            if _of_other(timex, draft):
                continue
            if happens or _beside(timex, noun, draft):
                value = self._value(timex, draft, _tense(draft.clause, draft))
                return value and self._lasting(value, draft, Encounter("meeting", draft, [], []))
        return None


def _goes_home(clause: Clause, visit: Encounter) -> bool:
    """Whether a clause says that the guests of a visit left, or stay, and nothing of where to but that it was home."""
    main = clause.main
    if main is None or main.frame not in ("return", "stay") or clause.negated or clause.cond or clause.modal == "may":
        return False
    people = {p.person.name for p in clause.phrases if p.person is not None}
    told = any(p.kind in GEO for p in clause.phrases)
    return not told and people <= {g.name for g in visit.guests if g.name}


def _means(draft: Draft, noun: Phrase, last: Encounter) -> bool:
    """Whether a noun without more than its article and a length of time means the encounter told last."""
    tokens = draft.sentence.tokens
    if draft.sentence.block - last.block > NEAR or draft.sentence.context is not None or noun.countries:
        return False
    if not _definite(noun, tokens) or noun.prep and not noun.prep & SET:
        return False
    if any(p.kind != "pronoun" for p in (*draft.guests, *draft.hosts, *draft.sides)):
        return False
    lands = [p for p in (*draft.places, *draft.destinations) if p.kind != "organization"]  # "talks on EU accession"
    codes = {code for p in lands for code in p.countries}
    if codes and codes != {last.host_country} or not _bare(draft, noun) or _qualified(draft, noun):
        return False
    if not draft.meeting:
        return last.kind == "visit"
    if last.kind == "call":
        return noun.frame in SPOKEN
    if noun.frame == "summit" and last.draft.frame != "summit" and "summit" not in last.activities:
        return False
    return noun.frame != "call" and (last.kind == "meeting" or bool(last.hosts))


def _definite(noun: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether a noun is one told of: "the talks", "at their meeting"."""
    return "possessive" in noun.flags or any(
        t.has("word", "definite", "contracted") for t in tokens[noun.start : noun.head]
    )


def _qualified(draft: Draft, noun: Phrase) -> bool:
    """Whether what stands right behind a noun says which one it is: "the summit of the Seven", but "the talks on Monday"."""
    behind = [p for c in draft.clauses for p in c.phrases if p.start == noun.end]
    known = {id(p) for p in (*draft.places, *draft.destinations)}
    return any(id(p) not in known and not _timed(p, draft) for p in behind)


def _timed(phrase: Phrase, draft: Draft) -> bool:
    start = draft.sentence.tokens[phrase.end - 1].start
    return any(t.start <= start < t.end for t in draft.sentence.times)


def _opens(visit: Encounter) -> bool:
    """Whether the day of a visit is that on which it begins: "arrived on Monday", "starts tomorrow", "will visit … on 3 May"."""
    return visit.draft.frame == "move" or visit.status == "planned" or "begin" in _frames(visit.draft.clause)


def _length(draft: Draft, noun: Phrase) -> str | None:
    """The length of the stay that a definite noun means: "the three-day visit"."""
    tokens = draft.sentence.tokens
    if not _definite(noun, tokens):
        return None
    start, end = tokens[noun.start].start, tokens[noun.head].start
    return next((t.length for t in draft.sentence.times if t.length and start < t.start < end), None)


def _bare(draft: Draft, noun: Phrase) -> bool:
    """Whether nothing but a length of time stands between article and noun: "the two-day visit", not "the next visit"."""
    tokens = draft.sentence.tokens
    lengths = [t for t in draft.sentence.times if t.kind == "duration"]
    between = tokens[
        noun.start + (2 if noun.prep and tokens[noun.start + 1].has("word", "definite") else 1) : noun.head
    ]
    return all(any(t.start <= token.start < t.end for t in lengths) for token in between)


def _clauses_of(draft: Draft, noun: Phrase) -> Iterator[Clause]:
    """The clauses that a noun is the subject of: its own, one that "and" joins to it, the relative clause behind it."""
    for clause in draft.clauses:
        joined = clause.kind == "main" and not clause.own_subject and clause.start >= draft.clause.start
        others = any(not p.prep and not _timed(p, draft) for p in clause.phrases)  # "…, in which talks began"
        if clause is draft.clause or (clause.antecedent is noun or joined) and not others:
            yield clause


def _tense(clause: Clause, draft: Draft) -> dates.Tense:
    return "past" if clause.tense == "past" and draft.status == "held" else "future"


def _frames(clause: Clause) -> set[str | None]:
    return set() if clause.main is None else {clause.main.frame, *(frame for frame, _, _ in clause.main.frames)}


def _is_when(clause: Clause) -> bool:
    """ "The meeting was on Monday": the verb says no more than when."""
    others = [p for p in clause.phrases if p.kind != "noun"]
    return clause.main is not None and clause.main.lemma == "be" and clause.main.aux and not others


def _beside(timex: Timex, noun: Phrase, draft: Draft) -> bool:
    """ "the meeting on Monday", "the visit, on 2 and 3 May,": a date right behind the noun."""
    tokens = draft.sentence.tokens
    between = [t for t in tokens[noun.end :] if t.end <= timex.start]
    return timex.start >= tokens[noun.end - 1].end and all(t.text == "," for t in between)


def _of_other(timex: Timex, draft: Draft) -> bool:
    """ "on the eve of the vote", "am Vortag der Feier": counted from what stands right behind it."""
    following = next((t for t in draft.sentence.tokens if t.start >= timex.end), None)
    ends = following is None or not following.text[0].isalpha() or following.get("verb", "aux")
    return timex.anchor == "text" and not ends


def _joined(last: Encounter, value: str | None, *, ends: bool) -> str | None:
    """The date of an encounter of which more is told; None where that is of another one, or tells nothing."""
    known = last.date
    if value is None or known is None:
        return None if ends else value
    days = last.kind == "visit" and of_days(known) and of_days(value)
    first, second = sorted((known, value), key=dates.sort_key)
    if dates.overlaps(known, value):
        return dates.interval(first, max(known, value, key=_last)) if days else dates.narrow(known, value)
    near = dates.gap_days(known, value)[0] <= WEEK
    return dates.interval(first, second) if days and near else None


def _last(value: str) -> str:
    return str(dates.bounds(value)[1])
