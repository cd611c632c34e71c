"""Whom the document means where a sentence leaves a side of an encounter open.

"The next round is due in Lima on 4 May" names nobody: it is of those whom the rest of the document tells of. What a
sentence says of such an encounter is kept until the document is read, and is then given the sides that its
neighbours have, or else the two countries that the document is about.
"""

from collections import Counter
from collections.abc import Sequence

from summitry import dates
from summitry.read.clause import Clause
from summitry.read.drafts import GEO, Draft
from summitry.read.encounters import Encounter
from summitry.read.joining import as_visit
from summitry.read.phrase import Phrase
from summitry.read.side import Side

TAKES_PLACE = frozenset({"happen", "plan", "expect", "begin", "end", "cancel", "postpone", "meet"})
NEAR = 1  # lines between an open encounter and the one that tells who is meant, at most
OFTEN = 3  # mentions of each of the two countries that a document is about, at least
CLEARLY = 2  # times as many as of any third
WEEK = 7  # days between two statements of one stay, at most
COMING = frozenset({"arrive", "come"})
MAIN = 0.5  # share of the encounters of a document that are of its two countries, at least


class Protagonists:
    """The countries of which the encounters of one document are, and who of them was told of.

    `told` are the encounters that it tells in full; `mentions` is how often it names each country.
    """

    def __init__(self, told: Sequence[Encounter], mentions: Counter[str]) -> None:
        self.told = [e for e in told if len(e.countries) > 1]
        pairs = Counter(frozenset(e.countries) for e in self.told if len(e.countries) == 2)
        ((best, count),) = pairs.most_common(1) or [(frozenset(), 0)]
        self.pair: frozenset[str] = best if count > 1 and count >= MAIN * len(self.told) else frozenset()
        self.subject = _named_most(mentions)

    def goal(self, homes: set[str]) -> str | None:
        """Where people of `homes` went: to the other of the two countries that the document is about.

        Failing that it is where all visits went of which it tells; None where these do not agree.
        """
        if len(homes) == 1 and homes <= self.subject:
            return next(iter(self.subject - homes))
        goals = Counter(e.host_country for e in self.told if e.kind == "visit" and e.host_country not in homes)
        ((code, times), *others) = goals.most_common(2) or [(None, 0)]
        return code if times > 1 and not others else None

    def near(self, encounter: Encounter) -> Encounter | None:
        """The encounter told last before `encounter`, in its line or the one above."""
        start = encounter.quotes[0].start
        before = [e for e in self.told if e.quotes[0].start < start]
        last = max(before, key=lambda e: e.quotes[0].start, default=None)
        close = last is not None and encounter.draft.sentence.block - last.draft.sentence.block <= NEAR
        return last if close else None

    def countries(self, encounter: Encounter) -> list[str]:
        """The countries whose people are meant by an encounter that names none or one of them; [] if nobody can tell."""
        near = self.near(encounter)
        theirs = _parties(near) if near is not None else set()
        known = {s.country for s in encounter.guests if s.country}
        subject = self.subject if encounter.own_date or encounter.host_country else frozenset()
        for codes in (self.pair if self.pair & theirs or not theirs else theirs, theirs, subject):
            if codes and known <= codes:
                return sorted(codes)
        return []


def _parties(encounter: Encounter) -> set[str]:
    """The countries of those who take part; of a meeting elsewhere, not the country where they meet."""
    sides = {s.country for s in (*encounter.guests, *encounter.hosts) if s.country}
    return encounter.countries if encounter.kind == "visit" else sides


def complete(encounter: Encounter, cast: Protagonists) -> bool:
    """Give an open encounter the sides or the destination that the document implies; whether it has them now."""
    return _destination(encounter, cast) if encounter.kind == "visit" else _sides(encounter, cast)


def _sides(encounter: Encounter, cast: Protagonists) -> bool:
    codes = cast.countries(encounter)
    elsewhere = encounter.host_country is not None and encounter.host_country not in codes
    if len(codes) < 2 or elsewhere and encounter.draft.frame == "session":  # "the assembly convened in Lima"
        return False
    encounter.guests = [s for s in encounter.guests if s.country]
    known = {s.country for s in encounter.guests}
    encounter.guests += [Side(code) for code in codes if code not in known]
    told = [p for p in (encounter.draft.trigger_noun, *encounter.draft.sides) if p is not None]
    if encounter.delegation is None:  # "the next trade talks", "the transport ministers meet on 3 May"
        encounter.delegation = next((sector for p in told for sector in p.sectors), None)
    if encounter.kind == "meeting" and encounter.host_country in codes and len(codes) == 2:
        as_visit(encounter, encounter.host_country)
        encounter.hosts = [s for s in encounter.hosts if s.name or s.role]
    return True


def _destination(encounter: Encounter, cast: Protagonists) -> bool:
    """ "Widodo came in 2016": to the country that the document is about, or where those came of whom it told before."""
    homes = {g.country for g in encounter.guests if g.country}
    if encounter.host_country is not None or not homes:
        return False
    near = cast.near(encounter)
    theirs = near.host_country if near is not None and near.kind == "visit" else None
    encounter.host_country = cast.goal(homes) or theirs
    return encounter.host_country is not None and encounter.host_country not in homes


def _named_most(mentions: Counter[str]) -> frozenset[str]:
    """The two countries that a document names most; none if it is about one alone or about many."""
    (_, second, third) = [*(n for _, n in mentions.most_common(3)), 0, 0, 0][:3]
    clear = second >= OFTEN and second >= CLEARLY * third
    return frozenset(code for code, _ in mentions.most_common(2)) if clear else frozenset()


def one_stay(known: Encounter, other: Encounter) -> bool:
    """Whether a visit is told already, if of another day: "he had arrived on Tuesday"."""
    if known.kind != "visit" or other.draft.meeting or known.host_country != other.host_country:
        return False
    if not known.date or not other.date:
        return False
    near = dates.gap_days(known.date, other.date)[0] <= WEEK
    return near and any(a.same(b) for a in known.guests for b in other.guests)


def states(encounter: Encounter) -> bool:
    """Whether a sentence says enough of an encounter without its sides: when it is, and that it takes place."""
    draft = encounter.draft
    clause, noun = draft.clause, draft.trigger_noun
    if draft.status is None or clause.kind == "infinitive":
        return False
    if encounter.kind == "visit" and encounter.host_country is None:
        told = encounter.own_date and any(g.name for g in encounter.guests) and not _of_many_lands(draft)
        elsewhere = noun is None and any(event.kind == "other" for event in draft.events)  # "came to power in 1985"
        return told and not elsewhere and (_goes_nowhere(draft) or _lacks_only_its_goal(draft))
    further = noun is not None and draft.status == "planned" and noun.frame == "session"  # "a third round is expected"
    if not encounter.own_date and not further:
        return False
    strangers = any(s.name and not s.country for s in encounter.guests)
    if strangers != any(s.country for s in encounter.guests):
        return False  # "Prime Minister X met farmers": of somebody at home; "the Troika met": of whom we do not know
    if noun is None:
        return (
            draft.rule.endswith("-verb") and bool(draft.sides) and not any(_qualified(p, clause) for p in draft.sides)
        )
    if draft.frame == "session" and encounter.host_country is None and clause.main and clause.main.frame == "meet":
        return False  # "Congress convenes on Thursday"
    if any(t.has("word", "of-others") for t in draft.sentence.tokens[noun.start : noun.head]):
        return False  # "further international meetings": not only of those two
    return noun in clause.subject and not noun.countries and not _qualified(noun, clause) and _takes_place(clause)


def _goes_nowhere(draft: Draft) -> bool:
    """Whether a clause names no goal: "came in 2010", but not "toured the parishes", "set out for the far west"."""
    known = {id(p) for p in (*draft.guests, *draft.clause.subject, draft.trigger_noun) if p is not None}
    others = [p for p in draft.clause.phrases if id(p) not in known]
    return not draft.destinations and all(p.prep and p.kind not in GEO and not p.prep & {"to"} for p in others)


def _of_many_lands(draft: Draft) -> bool:
    """ "a tour of the Balkans", "eine Reise durch Osteuropa": no visit to the one country that the document is about."""
    noun, clause = draft.trigger_noun, draft.clause
    if noun is not None and any(p.start == noun.end and p.prep & {"by", "in"} for p in clause.phrases if not p.actor):
        return True
    return any(t.span("area") for t in draft.sentence.tokens[clause.start : clause.end])


def _lacks_only_its_goal(draft: Draft) -> bool:
    """Whether a draft without a place tells of a journey all the same, and not of "coming to power"."""
    if draft.weak or draft.destinations or draft.places or draft.hosts:
        return False
    clause = draft.clause
    if draft.trigger_noun is not None:
        return draft.frame == "visit" or draft.trigger_noun.frame == "stay"
    comes = clause.main is not None and any(frame in COMING for frame, _, _ in clause.main.frames)
    return comes and all(event.kind in ("noun", "activity") for event in draft.events)


def _qualified(phrase: Phrase, clause: Clause) -> bool:
    """Whose encounter or officials, though in words that we do not know: "the summit of the seven", "the region's leaders"."""
    beside = (p for p in clause.phrases if p is not phrase and not p.actor and p.prep <= {"of"} and p.kind == "other")
    return phrase.owner is not None or any(-1 <= p.start - phrase.end <= 2 or p.end == phrase.start for p in beside)


def _takes_place(clause: Clause) -> bool:
    """Whether the verb of a clause says that its subject is, was or is to be, and nothing else of it."""
    verb = clause.main
    if verb is None:
        return False
    return any(v.lemma == "be" for v in clause.verbs) or any(frame in TAKES_PLACE for frame, _, _ in verb.frames)
