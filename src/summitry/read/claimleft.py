"""Which words of a claim no field of its scope holds: "with his wife", "by train", "state visit", "in spring".

Whatever narrows a claim and is not understood makes another claim of it: a verdict on what was understood would be
wrong with confidence. So every word must be accounted for: by a phrase that the scope holds, by a time that it holds,
by the number or the form of the claim, by the grammar, or by the list of words that narrow nothing (claims.toml).
"""

from collections.abc import Iterator

from summitry.model import Scope
from summitry.read.claimdates import listed, tokens_of
from summitry.read.claimforms import Finding
from summitry.read.claimstretch import stretch
from summitry.read.claimvocabulary import ENCOUNTER
from summitry.read.claimwords import View
from summitry.read.clause import Clause
from summitry.read.phrase import Phrase
from summitry.read.timex import Timex
from summitry.read.verbs import Verb

_GRAMMAR = ("det", "poss", "pron", "prep", "conj", "aux", "rel", "belongs")
_VERBS = ENCOUNTER | {"do", "happen"}
_AHEAD = {"plan", "expect"}  # a first may be ahead; what is counted was held
_UNDONE = frozenset({"cancel", "postpone", "refuse", "propose", "invite"})
_PLAIN = frozenset({"other", "noun"})
_OPENING = frozenset({"person", "office", "place", "country", "seat", "organization"})
_FORMS = (
    "first-time", "often", "operators", "collectives", "record", "superlative", "ever", "repeat", "negation", "never", "any-before",
    "ratio", "anaphora", "anaphora-before", "of-the", "number-of", "been", "times", "time", "since", "ago", "last", "span", "within",
    "as-many", "mentioned", "one", "numbers", "units", "spans", "harmless", "in-office", "abroad", "proverb", "as", "once", "already", "guests", "tenure", "lastly", "no", "nobody", "denied", "yet-to", "every-year",
)  # fmt: skip


def unread(view: View, finding: Finding, scope: Scope, used: list[Phrase]) -> tuple[str, ...]:
    """The words of `finding` that mean something and are nowhere in `scope`; `used` are phrases that went into it."""
    tokens = view.tokens
    clause = view.told(finding.trigger)
    region = _region(view, finding, clause)
    known = set(_formal(view, region, scope))
    known |= {i for i in region for name in _forms(finding) for i in range(i, i + view.match(i, name))}
    known |= _verbs(view, finding, clause)
    if finding.noun is not None and view.any("and-other", finding.trigger, finding.noun.start) is not None:
        known |= set(range(finding.trigger, finding.noun.start))
    reach = finding.reach
    if reach is not None and (scope.since or scope.since_person or reach.value is not None and reach.unit in ("", "Y")):
        known |= set(reach.words)
    for phrase in view.phrases:
        known |= _fitting(view, phrase, scope, used)
    chain = listed(view, finding) if finding.type == "count" else []
    late = tokens_of(view, chain)
    known |= late if scope.dates else set()
    times = [t for t in view.sentence.times if t not in chain or not scope.dates]
    if late and scope.start is None:
        region = sorted({*region, *late})
    for timex in times:
        if _timely(view, timex, times, region, finding, scope):
            known |= {t.i for t in tokens if timex.start <= t.start < timex.end}
    main = clause.main
    verbs = [main.at] if main is not None and finding.noun is not None and _denied(main, finding) else []
    if (part := stretch(view, finding)) is not None and finding.type == "count":
        region = [*region, *part.words]
        known = known | set(part.words) if scope.stretch else known - set(part.words)
    left = sorted({i for i in [*region, *verbs] if i not in known and tokens[i].text[0].isalnum()})
    for timex in view.sentence.times:  # all of a time that is not understood: "in this year"
        if _touches(view, timex, left):
            left = sorted({*left, *(t.i for t in tokens if timex.start <= t.start < timex.end)})
    return tuple(" ".join(tokens[i].text for i in run) for run in _runs(left))


def _region(view: View, finding: Finding, clause: Clause) -> list[int]:
    """The tokens of a claim, and for a count what opens its clause: "In 2013, …", "Under President Duterte, …"."""
    own = set(range(finding.start, min(finding.end, len(view.tokens))))
    if finding.type == "count":
        own |= {*view.opening_time(clause), *opening(view, finding)}
    return sorted(own)


def opening(view: View, finding: Finding) -> set[int]:
    """The tokens of the people and places behind a preposition that open the clause before a claim."""
    clause = view.told(finding.trigger)
    phrases = (p for p in view.phrases if p.kind in _OPENING and p.prep and clause.start <= p.start)
    return {i for p in phrases if p.end <= finding.start for i in range(p.start, p.end)}


def _runs(left: list[int]) -> Iterator[list[int]]:
    """Neighbours together."""
    run: list[int] = []
    for i in left:
        if run and i > run[-1] + 1:
            yield run
            run = []
        run.append(i)
    if run:
        yield run


def _formal(view: View, region: list[int], scope: Scope) -> Iterator[int]:
    """The tokens that make the claim or only join its words."""
    vocabulary = view.words
    for i in region:
        token = view.tokens[i]
        number = view.number(i)
        if number is not None and not view.year(i):
            yield from range(i, number.end)
        if view.glued(i):
            yield i
        if (ordinal := view.ordinal(i)) is not None:
            yield from range(i, ordinal[1])
        if i not in view.verbs and token.get(*_GRAMMAR) is not None or token.has("word", "infinitive", "definite"):
            yield i
        elif scope.form and view.match(i, "forms"):
            yield from range(i, i + view.match(i, "forms"))
        elif scope.under and view.match(i, "era"):
            yield from range(i, i + view.match(i, "era"))
        elif scope.region and view.match(i, "regions"):
            yield from range(i, i + view.match(i, "regions"))
        noun = view.noun(i)
        if noun is not None and (noun.lemma in vocabulary.plain or noun.lemma in vocabulary.delegations):
            yield from range(noun.start, noun.end)


def _forms(finding: Finding) -> Iterator[str]:
    """The tables whose words make a claim of its kind: "did not visit three times" is no claim of three visits."""
    none = finding.type != "count" or finding.value == 0
    forms = (*_FORMS, "lands") if finding.anywhere else (*_FORMS, "every") if finding.each else _FORMS
    return (name for name in forms if none or name not in ("negation", "never", "no", "nobody", "denied"))


def _verbs(view: View, finding: Finding, clause: Clause) -> set[int]:
    """The verbs that say that it took place: none that only may, will, or was to."""
    counts = finding.type == "count"
    unsure = counts and (clause.modal or clause.future or clause.cond or clause.unreal)
    frames = _VERBS if counts else _VERBS | _AHEAD
    return {
        at
        for at, verb in view.verbs.items()
        if verb.frame in frames or verb.aux and not unsure or view.match(at, "took-place")
    }


def _denied(main: Verb, finding: Finding) -> bool:
    """Whether the verb beside a counted noun says that it did not take place, or may say so: "cancelled two visits"."""
    return main.frame in _UNDONE or finding.type == "count" and not main.aux and main.frame not in _VERBS


def _fitting(view: View, phrase: Phrase, scope: Scope, used: list[Phrase]) -> set[int]:
    """The tokens of a phrase that the scope holds; none if it does not."""
    span = set(range(phrase.start, phrase.end))
    if phrase.owner is not None:
        span -= set(range(phrase.owner.start, phrase.owner.end))
    if any(phrase is one for one in used):
        return {i for i in span if scope.capacity or not _marked(view, i)}
    codes = {*scope.countries, scope.guest_country, scope.host_country}
    if phrase.kind == "person":
        name = phrase.person.name if phrase.person is not None else phrase.name
        own = {"by", "of", "between"} if scope.partner else {"by", "of"}
        doing = (not phrase.prep or phrase.prep & own) and not phrase.flags & {"former", "then"}
        return span if doing and _same(name, scope.person) or _same(name, scope.partner) else set()
    if phrase.kind in ("country", "organization"):
        held = bool(phrase.countries) and set(phrase.countries) <= codes
        return (
            {i for i in span if not _narrowing(view, phrase, i)} if held else set()
        )  # "northern Nigeria" is no Nigeria
    if phrase.kind in ("place", "seat"):
        inside = bool(phrase.countries) and set(phrase.countries) <= codes
        return span if inside and (phrase.kind == "place" and scope.place == phrase.place) else set()
    if phrase.kind == "pronoun":
        return span if scope.person or len(scope.countries) == 2 or "neuter" in phrase.flags else set()
    if phrase.kind == "delegation" and scope.unit == "delegation":
        return {i for i in span if view.tokens[i].get("adjective", "country") or view.noun(i)}
    if phrase.kind in _PLAIN and phrase.countries and set(phrase.countries) <= codes:
        return {i for i in span if view.tokens[i].get("adjective", "country")}
    return set()


def _narrowing(view: View, phrase: Phrase, i: int) -> bool:
    """Whether a word before a country's name makes a part of it: an adjective that is none of the grammar's or the names'."""
    token = view.tokens[i]
    name = any(view.tokens[k].get("country", "organization") for k in range(i + 1, phrase.end))
    return name and token.text[0].islower() and not token.entries


def _marked(view: View, i: int) -> bool:
    """Whether a word makes another office of it: "deputy", "former"; one that says "in office" does not."""
    token = view.tokens[i]
    modifier = token.get("modifier")
    office = view.match(i, "in-office") or view.ordinal(i) is not None
    return modifier is not None and not token.get("office") and not office and not view.match(i, "harmless")


def _same(name: str | None, other: str | None) -> bool:
    """Whether two forms are of one name: "Kerry", "John Kerry"."""
    if not name or not other:
        return False
    return name == other or name.endswith(f" {other}") or other.endswith(f" {name}")


def _timely(view: View, timex: Timex, times: list[Timex], region: list[int], finding: Finding, scope: Scope) -> bool:
    """Whether a time expression is held: as the window, as what a first reaches back to, as the day of the encounter."""
    if timex.kind in ("frequency", "time"):
        return timex.kind == "frequency"
    slots = [scope.start or scope.end, scope.on, scope.since, scope.within, finding.reach]
    held = sum(slot is not None for slot in slots) - (scope.since is not None and finding.reach is not None)
    inside = [t for t in times if t.kind not in ("frequency", "time") and _touches(view, t, region)]
    return len(inside) <= held


def _touches(view: View, timex: Timex, region: list[int]) -> bool:
    return any(timex.start <= view.tokens[i].start < timex.end for i in region)


__all__ = ["unread"]
