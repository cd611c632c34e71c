"""Both sides of a comparison with their scopes: what is counted, and what the second half puts in another's place."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from msgspec.structs import replace

from summitry.kinds import ClaimType
from summitry.lexicon import Lexicon
from summitry.model import Claim, Comparison, Scope
from summitry.read.claimcompare import Compared, Comparisons, Second, blanked
from summitry.read.claimevidence import Evidence
from summitry.read.claimforms import Finding, Form
from summitry.read.claimscope import Scoper
from summitry.read.claimwords import View
from summitry.read.people import Register
from summitry.read.phrase import Phrase


class Told(NamedTuple):
    """A sentence that may claim something: the `n`-th of its text, and what the text reports."""

    text: str
    view: View
    n: int
    evidence: Evidence
    published: str | None


class Sides:
    """Makes claims of the comparisons of one sentence."""

    def __init__(self, told: Told) -> None:
        self.text, self.view, self.n, evidence, self.published = told
        sentence = self.view.sentence
        here = evidence.at(sentence.start, sentence.end)
        # Its own report knows one side only, or mixes both.
        self.evidence = Evidence(evidence.sentences, [one for one in evidence.reports if one not in here])

    def claims(self, lexicon: Lexicon, register: Register) -> Iterator[tuple[Compared, Claim]]:
        """Every comparison that is understood, with the words that make it."""
        forms = Comparisons(self.view, self.published)
        for found in forms.findings():
            rest = blanked(self.text, self.view, found.blanked, lexicon, register)
            claim = self._claim(forms, found, rest)
            if claim is not None:
                yield found, claim

    def _claim(self, forms: Comparisons, found: Compared, rest: View) -> Claim | None:
        finding = self._finding(found, rest)
        if finding is None:
            return None
        scoper = Scoper(rest, self.n, self.evidence, self.published)
        scope = scoper.scope(finding, None)
        if found.lands:
            scope = replace(scope, unit="pair")
        second = forms.second(found, self.evidence.person, scope.start, scope.guest_country)
        if second is None:
            return None
        scope = replace(scope, unread=(*scope.unread, *second.unread))
        if found.whole is not None:
            scope, comparison = self._part(scope, second, found.whole)
        else:
            office = self._office(scoper, second, scope.guest_country)
            comparison = Comparison(found.operator, found.times, second.among, office, **second.fields)
        tokens = self.view.tokens
        start, end = tokens[found.start].start, tokens[min(found.end, len(tokens)) - 1].end
        operator = None if found.value is None else "="
        kind: ClaimType = "record" if second.among in ("year", "earlier-year") else "count"
        return Claim(self.text[start:end], start, end, kind, found.value, operator, scope, comparison)

    @staticmethod
    def _part(scope: Scope, second: Second, whole: int) -> tuple[Scope, Comparison]:
        """The scope of a part, and the whole it is of: what narrows the part is open there, or as it was."""
        before: dict[str, Any] = {name: getattr(scope, name) or "" for name in second.fields}
        part = replace(scope, **second.fields)
        if scope.office and "person" in second.fields:  # of all who held the office, that one
            part = replace(part, office=None, level=None, capacity=scope.office.partition(" ")[2])
        office = scope.office if part.office is None else None
        return part, Comparison(office=office, whole=whole, **before)

    def _finding(self, found: Compared, rest: View) -> Finding | None:
        """The first number as a count in what is left of the sentence."""
        tokens = self.view.tokens
        at = self._at(rest, tokens[found.trigger].start)
        noun = rest.head(self._at(rest, tokens[found.noun.start].start)) if found.noun is not None else None
        done = ("sure", noun) if noun is not None else Form(rest, self.published).predicate(rest.told(at))
        if done is None and len(rest.clauses) > 1:
            at = rest.clauses[0].start
            done = Form(rest, self.published).predicate(rest.clauses[0])
        if done is None:
            return None
        start = self._at(rest, tokens[found.start].start)
        end = self._at(rest, tokens[min(found.end, len(tokens)) - 1].end)
        weak = done[0] == "weak"
        return Finding("count", at, min(start, at), max(end, at + 1), None, None, noun, weak, anywhere=found.lands)

    @staticmethod
    def _at(rest: View, offset: int) -> int:
        """The first token of what is left from an offset on; the last if there is none."""
        return next((t.i for t in rest.tokens if t.start >= offset), len(rest.tokens) - 1)

    @staticmethod
    def _office(scoper: Scoper, second: Second, home: str | None) -> str | None:
        """The office that everybody else held: "US president"."""
        phrase: Phrase | None = second.office
        if phrase is None:
            return None
        code = next(iter(phrase.countries), home)
        role = scoper.role(phrase)
        return role if not code or role.startswith(code) else f"{code} {role}"


__all__ = ["Sides", "Told"]
