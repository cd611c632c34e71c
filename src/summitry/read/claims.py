"""Countable assertions about series of encounters: counts, firsts, numberings, records, repeats.

A newsroom publishes "the first visit in 24 years" and "18 delegations this year, more than ever"; each is read into a
`Claim` that `ask` can hold against the record. The forms are in `claimfirsts` and `claimcounts`, the words in
languages/*/claims.toml, what is counted is found by `claimscope`. Only claims about encounters of countries are kept.
"""

from collections.abc import Iterator, Sequence

from summitry import dates
from summitry.lexicon import Lexicon
from summitry.model import Claim, Comparison, Report, Scope
from summitry.read.claimcompare import Compared, blanked
from summitry.read.claimcounts import Counts
from summitry.read.claimeach import Each
from summitry.read.claimeach import compared as compared_each
from summitry.read.claimevidence import Evidence
from summitry.read.claimfirsts import Firsts
from summitry.read.claimforms import Finding
from summitry.read.claimscope import TRAVEL, Scoper
from summitry.read.claimseries import series
from summitry.read.claimsides import Sides, Told
from summitry.read.claimvocabulary import Vocabulary
from summitry.read.claimwords import View
from summitry.read.clauses import ClauseParser
from summitry.read.people import Register

_VOCABULARIES: dict[str, Vocabulary] = {}
_LASTING = 1  # sentences for which a count may be gone on with


def claims(
    text: str,
    parsers: Sequence[ClauseParser],
    register: Register,
    reports: Sequence[Report],
    lexicon: Lexicon,
    published: str | None,
) -> list[Claim]:
    """The claims of a document, in order; none for a language without claims.toml.

    `parsers` hold the sentences of `text`, and `register` the people in them; `reports` are what was read there, and
    `published` (EDTF) dates what is told relative to it.
    """
    words = _vocabulary(lexicon)
    if words is None:
        return []
    evidence = Evidence([parser.sentence for parser in parsers], reports)
    found: list[Claim] = []
    count: tuple[int, Claim] | None = None  # the last count, and in which sentence it stands
    for n, parser in enumerate(parsers):
        sentence = parser.sentence
        said = words.said([t.lower for t in sentence.tokens])
        if not words.promising(sentence, said):
            continue
        told = Told(text, View(parser, words, said), n, evidence, published)
        before = count[1] if count is not None and n - count[0] <= _LASTING else None
        for claim in _of_sentence(told, lexicon, register, before):
            found.append(claim)
            if claim.type == "count" and claim.comparison is None:
                count = (n, claim)
    return list(_distinct(found))


def _of_sentence(told: Told, lexicon: Lexicon, register: Register, before: Claim | None) -> list[Claim]:
    """The claims of one sentence; `before` is a count that it may go on with."""
    if parts := list(series(told.view, told.published)):
        here = told.evidence.of(told.n)
        others = Evidence(told.evidence.sentences, [one for one in told.evidence.reports if one not in here])
        rests = [blanked(told.text, told.view, part, lexicon, register) for part in parts]
        return [claim for rest in rests for claim in _plain(told._replace(view=rest, evidence=others), None, ())]
    compared = list(Sides(told).claims(lexicon, register))
    plain = list(_plain(told, before, [found for found, _ in compared]))
    return sorted([*(claim for _, claim in compared), *plain], key=lambda one: one.start) if compared else plain


def _plain(told: Told, before: Claim | None, compared: Sequence[Compared]) -> Iterator[Claim]:
    """The claims that compare nothing."""
    text, view, n, evidence, published = told
    scoper = Scoper(view, n, evidence, published)
    for finding in _findings(view, published, counted=before is not None):
        if any(finding.trigger in words for one in compared for words in one.blanked):
            continue
        if compared and (finding.bare or finding.type == "record"):
            continue
        if finding.anaphoric and before is None or not _sound(finding, view, n, evidence, before):
            continue
        if finding.absent and all(
            _before(r, finding) for r in evidence.near(n)
        ):  # none at hand that would be the first
            finding.type, finding.value, finding.operator = "count", 0, "="
        claim = _claim(text, view, finding, scoper.scope(finding, before))
        before = claim if claim.type == "count" else before
        yield claim


def _before(report: Report, finding: Finding) -> bool:
    """Whether a report is of the encounter since which there was none, or of an earlier one."""
    since = finding.reach.since if finding.reach is not None else None
    if since is None or report.date is None:
        return False
    (_, told), (_, then) = dates.bounds(report.date), dates.bounds(since)
    return told is not None and then is not None and told <= then


def _findings(view: View, published: str | None, *, counted: bool) -> list[Finding]:
    """All claims of a sentence in order; `counted`: whether a count before it may be gone on with."""
    found: list[Finding] = []
    counts = Counts(view, published)
    each = list(Each(view, published).findings())
    heads = (view.inside[i + view.match(i, "every")] for i in view.said["every"] if i + 1 < len(view.tokens))
    everybody = any(one is not None and one.kind == "office" for one in heads)
    for new in (*each, *Firsts(view, published).findings(), *counts.findings()):
        single = new.type == "count" and new.value == 1 and everybody  # "all presidents went there once": each of them
        if not single and not any(_same(new, old) for old in found):
            found.append(new)
    if counted or any(f.type == "count" for f in found):
        found += [new for new in counts.anaphora() if not any(_same(new, old) for old in found)]
    told = {id(view.told(f.trigger)) for f in found if not f.bare}
    return sorted((f for f in found if not f.bare or id(view.told(f.trigger)) not in told), key=lambda f: f.trigger)


def _same(a: Finding, b: Finding) -> bool:
    """Whether two findings are made by the same words, or say the same of one stretch."""
    if a.trigger == b.trigger or a.each != b.each and a.start < b.end and b.start < a.end:
        return True  # "every president has been there at least once" counts nothing
    kinds = {a.type, b.type}
    if a.noun is not None and a.noun == b.noun and not kinds & {"repeat", "record"}:
        return not a.anaphoric and not b.anaphoric
    if kinds == {"record", "count"}:
        return a.value is not None and a.value == b.value
    overlap = a.start < b.end and b.start < a.end
    return overlap and (kinds in ({"record"}, {"repeat"}, {"first-since"}) or kinds == {"first-since", "repeat"})


def _vocabulary(lexicon: Lexicon) -> Vocabulary | None:
    if not lexicon.tables.get("claims"):
        return None
    if lexicon.tag not in _VOCABULARIES:
        _VOCABULARIES[lexicon.tag] = Vocabulary(lexicon)
    return _VOCABULARIES[lexicon.tag]


def _sound(finding: Finding, view: View, n: int, evidence: Evidence, before: Claim | None) -> bool:
    """Whether the claim is about encounters between countries.

    An encounter that was read stands in the sentence, or two countries are named, or, where the words leave no doubt,
    one is, or an encounter stands next to it.
    """
    if finding.anaphoric:
        return True
    tokens = view.tokens
    codes = view.codes | view.homes
    if finding.type == "repeat":
        here = evidence.at(tokens[finding.start].start, tokens[finding.end - 1].end)
        return bool(here) or bool(codes) and not finding.weak
    if len(codes) > 1 or evidence.of(n) or finding.type == "record" and before is not None:
        return True
    near = bool(evidence.near(n))
    if finding.weak:
        return bool(codes) and near or finding.noun is None and evidence.same_line(n)
    abroad = any(view.any(words, 0, len(tokens)) is not None for words in ("abroad", "of-states"))
    travel = finding.noun is None or finding.noun.frame in TRAVEL or finding.noun.frame == "delegation"
    pair = any(view.match(i, "mentioned") for i in range(len(tokens))) and bool(evidence.pair(n))
    somewhere = bool(codes) or any(t.get("place") and t.capital for t in tokens)
    return near or abroad or pair or travel and somewhere


def _claim(text: str, view: View, finding: Finding, scope: Scope) -> Claim:
    tokens = view.tokens
    last = min(finding.end, len(tokens)) - 1
    while last > finding.start and tokens[last].text in ".;:!?,":
        last -= 1
    start, end = tokens[finding.start].start, tokens[last].end
    plain = (
        finding.plain or finding.bare and (finding.operator == ">=" or finding.absent)
    )  # "last went there in 2015" tells of a visit
    if finding.each is not None:
        scope, one_each = compared_each(view, finding, scope)
        return Claim(text[start:end], start, end, finding.type, None, None, scope, one_each)
    whole = Comparison(whole=finding.value, start="", end="") if finding.placed and scope.start else None
    return Claim(text[start:end], start, end, finding.type, finding.value, finding.operator, scope, whole, plain)


def _distinct(found: Sequence[Claim]) -> Iterator[Claim]:
    """Each claim once."""
    seen: set[tuple[object, ...]] = set()
    for claim in found:
        side = claim.scope.host_country, claim.scope.start  # "twice in Mexico and twice in Canada"
        key = (claim.start, claim.end, claim.type, claim.value, *side)
        if key not in seen:
            seen.add(key)
            yield claim


__all__ = ["claims"]
