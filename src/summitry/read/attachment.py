"""Which time expression of a sentence tells when a draft's encounter was or will be."""

from collections.abc import Callable, Iterator, Sequence

from summitry.lexicon import Lexicon
from summitry.read.clause import Clause
from summitry.read.drafts import ENCOUNTERS, Draft
from summitry.read.phrase import Phrase
from summitry.read.timex import Timex
from summitry.read.tokens import Sentence, Token
from summitry.read.verbs import FINITE

ANNOUNCING = ("plan", "propose", "cancel", "postpone", "refuse", "accept", "say")
TELLING = ("say", "deny")
UNDOING = ("cancel", "postpone", "refuse")
AWAY_IN_TIME = frozenset({"since", "before", "after"})


def dates_of(draft: Draft, lexicon: Lexicon, host_country: str | None) -> list[Timex]:
    """What may date a draft, the likeliest first: of its own clause what is next to its trigger, or to the stop in
    `host_country` where it has several; else what stands in the clauses around it.

    What says no more than that it is the time told before ("damals", "the same day") gives way to any other.
    """
    verb_second = lexicon.settings["order"] == "verb-second"
    dates = [t for t in draft.sentence.times if t.kind == "date" and not reaches_back(t, draft)]
    dates = [
        t
        for t in dates
        if not (
            _of_thing(t, draft)
            or verb_second
            and _of_opening(t, draft)
            or _of_another(t, draft)
            or _of_attribute(t, draft, lexicon)
        )
    ]
    dates = [t for t in dates if not _of_announcement(t, draft, verb_second=verb_second)]
    if latest := [t for t in dates if latest_of(draft.sentence.tokens, t.start)]:
        return latest[:1]
    inside = [t for t in dates if _inside(t, draft)]
    if inside and (own := _of_stop(inside, draft, host_country)) is not None:
        return [own, *(t for t in _nearest(dates, draft) if t is not own)]
    return _nearest(dates, draft)


def series(timex: Timex, sentence: Sentence) -> list[Timex]:
    """The dates that a sentence lists beside `timex`, itself among them: "in May 1979, in 1990 and again in 2001"."""
    listed: list[Timex] = []
    for each in sentence.times:
        if each.kind != "date" or each.first is None or each.last is not None or each.first.counted:
            continue
        if listed and not _only_joined(listed[-1].end, each.start, sentence.tokens):
            if timex in listed:
                break
            listed = []
        listed.append(each)
    return listed if timex in listed else [timex]


def _only_joined(end: int, start: int, tokens: Sequence[Token]) -> bool:
    """Whether nothing but commas, "and", "again" and prepositions stands between two dates."""
    between = [t for t in tokens if end <= t.start < start]
    joined = any(t.text == "," or t.has("conj", "and") for t in between)
    return joined and all(t.text == "," or t.get("conj", "prep") or t.has("word", "again", "also") for t in between)


def latest_of(tokens: Sequence[Token], start: int) -> bool:
    """Whether the date at character `start` is that of the last of several: "three times, most recently in 2019"."""
    before = [t for t in tokens if t.end <= start][-3:]
    return any(
        t.has("word", "latest-word") and not t.time and t.i + t.span("word")[0] == before[-1].i + 1  # type: ignore[index]
        for t in before
    )


def _of_stop(times: Sequence[Timex], draft: Draft, host_country: str | None) -> Timex | None:
    """The date of one stop of several: before it if the first date comes before the first stop, else behind it."""
    tokens = draft.sentence.tokens
    stops = sorted((p for p in [*draft.destinations, *draft.places] if p.countries), key=lambda p: p.start)
    here = next((p for p in stops if host_country in p.countries), None)
    if here is None or len(times) < 2 or len({p.countries[-1] for p in stops}) < 2:
        return None
    if times[0].start < tokens[stops[0].head].start:
        before = [t for t in times if t.start < tokens[here.head].start]
        return before[-1] if before else None
    following = next((p for p in stops if p.start >= here.end), None)
    end = tokens[following.start].start if following is not None else tokens[-1].end
    return next((t for t in times if tokens[here.head].start < t.start < end), None)


def time_of(draft: Draft, kind: str) -> Timex | None:
    """As `dates_of` for an expression of another kind: a time of day, or since when."""
    return next(iter(_nearest([t for t in draft.sentence.times if t.kind == kind], draft)), None)


def _nearest(times: Sequence[Timex], draft: Draft) -> list[Timex]:
    """The times of the draft's clause, failing them those around it, by their distance from its trigger."""
    trigger = draft.sentence.tokens[draft.trigger].start
    tests: tuple[Callable[[Timex, Draft], bool], ...] = (_inside, around)
    for belongs in tests:
        if found := [t for t in times if belongs(t, draft)]:
            said = any(t.start < trigger for t in found)
            later = {t.start for t in found if said and t.start > trigger and _behind_comma(t, draft)}
            return sorted(found, key=lambda t: (back(t), t.start in later, abs(t.start - trigger)))
    return []


def _behind_comma(timex: Timex, draft: Draft) -> bool:
    """Whether a date begins what is said of somebody else: "Am Samstag war X in Rom, am Sonntag Y"."""
    before = [t for t in draft.sentence.tokens if t.end <= timex.start][-1:]
    return any(t.text == "," for t in before)


def back(timex: Timex) -> bool:
    """Whether a time expression only points to the time told before."""
    return timex.first is not None and timex.first.text and timex.first.number == 0


def _inside(timex: Timex, draft: Draft) -> bool:
    return within(timex, draft.clause, draft)


def within(timex: Timex, clause: Clause, draft: Draft) -> bool:
    """Whether a time expression stands in a clause itself, not in one that depends on it."""
    tokens = draft.sentence.tokens
    return any(tokens[a].start <= timex.start < tokens[min(b, len(tokens)) - 1].end for a, b in clause.spans if b > a)


def around(timex: Timex, draft: Draft) -> bool:
    """Whether a date outside the clause may be its date: in a clause it depends on, one that only adds to it, or none."""
    at = [c for c in draft.clauses if within(timex, c, draft)]
    if not at:
        return draft.sentence.context is None
    clause = at[-1]
    if clause.kind == "relative" and clause.antecedent is not None and clause.antecedent in _nouns(draft):
        return True  # "a visit that had been scheduled for Thursday"
    if clause.kind == "relative" and clause.main is not None and clause.main.frame == "happen":
        return clause.antecedent in [*draft.places, *draft.destinations]  # "in Osaka, where the summit is on June 28"
    if (
        clause.kind == "subordinate"
        and clause.tense == draft.clause.tense == "past"
        and clause.start < draft.clause.start
    ):
        if draft.sentence.tokens[clause.start].has("word", "at-the-time"):
            return True  # "When the war broke out in May 1987, he was in Rome"
    purpose = clause.kind == "infinitive" and clause.parent is draft.clause  # "came to thank the pope on 10 May"
    if clause.main is not None and clause.main.frame in TELLING and not (purpose or _meanwhile(draft)):
        return False  # when it was said
    if clause in _above(draft.clause):
        if draft.clause.kind != "relative" or draft.clause.tense != "past":
            return True
        later = (
            clause.tense == "present" and draft.sentence.context is None
        )  # "X, der in Rom war, reist im Mai nach Oslo"
        return not (later or clause.future or clause.modal in ("will", "shall"))
    adds = clause.kind in ("infinitive", "participle") and not _since(clause, draft) or not clause.verbs
    before = clause.kind == "main" and draft.clause.kind == "main" and clause.end <= draft.clause.start
    return (draft.sentence.context is None and adds) or before


def _since(clause: Clause, draft: Draft) -> bool:
    """Whether a participle tells since when something is so: "the first since taking office in March"."""
    return clause.start > 0 and draft.sentence.tokens[clause.start - 1].has("prep", "since")


def _meanwhile(draft: Draft) -> bool:
    """Whether the draft's clause tells when the one above it happened: "said on Monday as he received her in Oslo"."""
    clause = draft.clause
    opens = clause.kind == "subordinate" and draft.sentence.tokens[clause.start].has("word", "at-the-time")
    return opens and clause.tense == "past" and clause.parent is not None and not clause.told


def _nouns(draft: Draft) -> list[object]:
    """The nouns that name the draft's encounter, or the stay during which it took place."""
    stays = [p for p in draft.events if p.kind == "noun" and p.frame in (*ENCOUNTERS, "session")]
    return [draft.trigger_noun, *stays]


def _above(clause: Clause) -> Iterator[Clause]:
    above = clause.parent
    while above is not None:
        yield above
        above = above.parent


def attributive(timex: Timex, draft: Draft) -> bool:
    """Whether a date stands before the noun of the encounter as a part of its phrase: "die für Donnerstag geplante Reise"."""
    noun = draft.trigger_noun
    tokens = draft.sentence.tokens
    return noun is not None and tokens[noun.start].start <= timex.start < tokens[noun.head].start


def measures(timex: Timex, draft: Draft) -> bool:
    """Whether a length of time stands before the noun that it is of: "two days of talks"."""
    noun, tokens = draft.trigger_noun, draft.sentence.tokens
    if noun is None or "of" not in noun.prep or noun.start == 0:
        return False
    return tokens[noun.start - 1].end == timex.end


def lasts(timex: Timex, draft: Draft) -> bool:
    """Whether a clause that goes on says how long it is: "the visit begins on Monday and lasts three days"."""
    for clause in draft.clauses:
        goes_on = clause.parent is draft.clause and clause.marker == "and" and not clause.own_subject
        if goes_on and clause.main is not None and clause.main.frame == "happen" and within(timex, clause, draft):
            return draft.trigger_noun is not None
    return False


def behind_it(timex: Timex, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a length of time has passed before what the clause tells: "left after two days", "nach dreitägigem Besuch"."""
    tokens = draft.sentence.tokens
    at = next((t.i for t in tokens if t.start >= timex.start), 0)
    lead = [tokens[at]]  # a preposition may belong to the expression
    for token in reversed(tokens[max(0, at - 4) : at]):
        lead.append(token)
        if token.get("noun", "verb", "prep"):
            break  # "after a successful two-day visit"
    main = draft.clause.main
    behind = ("after", "from") if main is not None and main.frame == "return" else ("after",)
    return any(e.kind == "prep" and e.value in behind for t in lead for e in lexicon.index.get(t.lower, []))


def part_told(timex: Timex, draft: Draft) -> str | None:
    """Which part of the length of a stay a sentence tells of: "on the first day of a three-day visit" the opening."""
    before = [t for t in draft.sentence.tokens if t.end <= timex.start][-5:]
    for token in reversed(before):
        for part in ("opening", "closing"):
            if token.has("word", f"{part}-word"):
                return part
    return None


def meant_for(timex: Timex, draft: Draft) -> bool:
    """Whether a preposition makes a date that of a plan: "a trip planned for June"."""
    token = next((t for t in draft.sentence.tokens if t.start >= timex.start), None)
    before = draft.sentence.tokens[token.i - 1] if token is not None and token.i else None
    return any(t is not None and t.has("prep", "for") and not t.has("prep", "to") for t in (token, before))


def of_plan(timex: Timex, draft: Draft) -> bool:
    """Whether a date stands in a relative clause that tells when the encounter was to be."""
    for clause in draft.clauses:
        plans = clause.main is not None and clause.main.frame in ("plan", "expect", "begin")
        if plans and clause.antecedent is draft.trigger_noun and within(timex, clause, draft):
            return draft.trigger_noun is not None
    return False


def of_departure(timex: Timex, draft: Draft) -> bool:
    """Whether a date is that of going home again: "spent three days there before flying home on Sunday"."""
    at = [c for c in draft.clauses if c is not draft.clause and within(timex, c, draft)]
    return any(c.main is not None and c.main.frame == "return" and c.kind != "main" for c in at)


def reaches_back(timex: Timex, draft: Draft) -> bool:
    """Whether "in nine years" is the time that a first or only one reaches back: "the first by a minister in nine years"."""
    point = timex.first
    if point is None or not point.counted or point.text or (point.number or 0) <= 0:
        return False
    for token in reversed([t for t in draft.sentence.tokens if t.end <= timex.start]):
        if token.has("word", "first"):
            return True
        if token.get("aux") or token.get("verb") and not token.get("noun"):
            return False
    return False


def _of_thing(timex: Timex, draft: Draft) -> bool:
    """Whether a date is that of something before or after: "seit dem Amtsantritt im Januar", "after the vote on Sunday"."""
    tokens = draft.sentence.tokens
    at = next((t.i for t in tokens if t.start >= timex.start), 0)
    thing = next((p for c in draft.clauses for p in c.phrases if p.end == at), None)
    if thing is not None and thing.kind == "noun" and thing is not draft.trigger_noun and thing.start > draft.trigger:
        return bool(thing.prep & {"since", "before", "after"})  # "der erste seit dem Besuch Kohls im Mai 1995"
    if thing is None or thing.kind not in ("other", "activity") or thing.start >= draft.trigger:
        return False
    chain = [thing]
    for phrase in sorted((p for c in draft.clauses for p in c.phrases if p.end < at), key=lambda p: -p.end):
        if not all(t.get("conj") for t in tokens[phrase.end : chain[-1].start]):
            break
        chain.append(phrase)
    if any(tokens[p.head].has("word", "source-word") for p in chain):
        return False  # "nach Angaben aus dem Umfeld am Dienstag"
    return any(p.prep & {"since", "before", "after"} for p in chain if p.kind in ("other", "activity"))


def _of_opening(timex: Timex, draft: Draft) -> bool:
    """Whether a date stands in what opens a verb-second clause and tells after what it was: "Nach dem Treffen mit X am 3. Mai flog …"."""
    tokens, clause = draft.sentence.tokens, draft.clause
    finite = next((v.at for v in clause.verbs if v.form in FINITE), clause.start)
    if clause.kind != "main" or not tokens[clause.start].start <= timex.start < tokens[finite].start:
        return False
    opening = next((p for p in clause.phrases if p.start == clause.start), None)
    if opening is None or opening is draft.trigger_noun or opening.kind not in ("noun", "activity"):
        return False
    return bool(opening.prep & AWAY_IN_TIME) and tokens[opening.end - 1].end <= timex.start


def _of_another(timex: Timex, draft: Draft) -> bool:
    """Whether a date is that of an earlier or later one: "their third meeting, following the first in Bali in May".

    After which other encounter somebody arrived may be told of the same day ("met Li after talks with Xi on Tuesday"),
    but hardly of the same month or year.
    """
    tokens, noun = draft.sentence.tokens, draft.trigger_noun
    at = next((t.i for t in tokens if t.start >= timex.start), 0)
    after = [p for p in draft.clause.phrases if draft.trigger < p.start < at and p.prep & AWAY_IN_TIME]
    thing = after[-1] if after else None
    if thing is None or thing is noun or thing.kind not in ("noun", "activity", "other"):
        return False
    between = tokens[thing.end : at]
    if any(t.get("verb", "aux") and not t.get("noun") or t.text in (",", ";") for t in between):
        return False
    point = timex.first
    by_day = point is not None and (point.weekday is not None or point.day is not None or point.unit == "day")
    return (
        not by_day or "since" in thing.prep and "after" not in thing.prep or noun is not None and not draft.clause.main
    )


def _of_attribute(timex: Timex, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a date stands between an article and a noun that is not the encounter: "den im Mai gewählten Präsidenten"."""
    tokens = draft.sentence.tokens
    at = next((t.i for t in tokens if t.start >= timex.start), 0)
    if at < 2 or not tokens[at - 1].has("word", "definite", "indefinite") or attributive(timex, draft):
        return False
    if not any(e.kind == "prep" for e in lexicon.index.get(tokens[at].lower, ())):
        return False  # "für das Frühjahr": its own article
    relative = any(t.text == "," for t in tokens[max(0, at - 3) : at - 1])  # "das Land, in das er im Mai reiste"
    return not relative and not tokens[at - 1].get("noun", "verb", "prep")


def _of_announcement(timex: Timex, draft: Draft, *, verb_second: bool) -> bool:
    """Whether a date says when something was announced or called off, not when it takes place.

    In verb-second languages it then stands before the noun, "sagte am Dienstag seine Reise nach Kiew ab", or behind the
    verb if the noun stands first: "die Reise nach Kiew sagte er am Dienstag ab".
    """
    verb, noun = draft.clause.main, draft.trigger_noun
    if verb is None or noun is None or verb.frame not in ANNOUNCING:
        return False
    if draft.clause.tense != "past" or draft.clause.passive or noun.prep:
        return False
    tokens = draft.sentence.tokens
    if not verb_second:
        behind = (
            verb.frame not in UNDOING
            and noun not in draft.clause.subject
            and verb.at < noun.start
            and within(timex, draft.clause, draft)
        )
        return behind and _of_known(timex, noun, draft)
    finite = next((v.at for v in draft.clause.verbs if v.form in FINITE), 0)
    first = noun.end <= finite and not meant_for(timex, draft) and tokens[finite].end <= timex.start
    first = first and not any(
        t.start == timex.start and t.has("prep", "during") for t in tokens
    )  # "verschob er auf Mai"
    return within(timex, draft.clause, draft) and (first or timex.end <= tokens[noun.start].start)


def _of_known(timex: Timex, noun: Phrase, draft: Draft) -> bool:
    """Whether a day stands behind an encounter known already: "announced the trip on Monday", but "announced a trip in May"."""
    tokens, point = draft.sentence.tokens, timex.first
    known = tokens[noun.start].has("word", "definite") or "possessive" in noun.flags
    by_day = point is not None and (point.weekday is not None or point.unit == "day") and point.day is None
    return known and by_day and timex.start >= tokens[noun.end - 1].end and not meant_for(timex, draft)
