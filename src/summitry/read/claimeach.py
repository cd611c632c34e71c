"""At least one for each: "visited Japan every year from 2017 to 2019", "every US president since Truman has visited Britain"."""

from collections.abc import Iterator

from msgspec.structs import replace

from summitry.model import Comparison, Scope
from summitry.read.claimforms import Finding, Form
from summitry.read.claimwords import View
from summitry.read.clause import Clause


class Each(Form):
    """Finds the claims of one sentence that there was one for each year, or for each holder of an office."""

    def findings(self) -> Iterator[Finding]:
        """Those of years first; none where somebody is left out."""
        if self.view.said["but-for"]:
            return
        yield from self._years()
        yield from self._holders()

    def _years(self) -> Iterator[Finding]:
        view = self.view
        for i in view.said["every-year"]:
            clause = view.told(i)
            done = self.predicate(clause)
            if done is None or done[0] == "weak" or not self._happened(clause):
                continue
            timed = view.times(0, len(self.tokens), "date", "since", "duration")
            somebody = any(p.kind in ("person", "office", "country") and not p.prep for p in clause.phrases)
            if not timed or not somebody or view.say(i - 1, "operators")[0]:
                continue  # "meets every year": for how long is not said; "almost every year"
            start, end = self._whole(i, done[1])
            yield Finding("count", i, start, end, None, None, done[1], each="each-year")

    def _holders(self) -> Iterator[Finding]:
        view = self.view
        for i in view.said["every"]:
            n = view.match(i, "every")
            phrase = view.inside[i + n] if i + n < len(self.tokens) else None
            if phrase is None or phrase.kind != "office" or phrase.name or len(phrase.countries) != 1:
                continue
            clause = view.told(i)
            done = self.predicate(clause) if not phrase.prep and not view.say(i - 1, "operators")[0] else None
            until_now = view.verb_second or any(v.aux and v.form == "pres" for v in clause.verbs)
            if done is None or done[0] == "weak" or not until_now or not self._happened(clause):
                continue
            start, end = self._whole(i, done[1])
            reach = self.reach(phrase.end, end)
            finding = Finding("count", i, min(i, start), end, None, None, done[1], office=True, each="each-holder")
            finding.reach = reach
            yield finding

    @staticmethod
    def _happened(clause: Clause) -> bool:
        return clause.tense == "past" and not (clause.negated or clause.modal or clause.future or clause.cond)


def compared(view: View, finding: Finding, scope: Scope) -> tuple[Scope, Comparison]:
    """The scope of such a claim, and of whom or what there was one each: what "since" says is about those."""
    then = [view.tokens[i].text for at, (n, _) in view.said["since-then"].items() for i in range(at, at + n)]
    scope = replace(scope, unread=tuple(dict.fromkeys((*scope.unread, *then))))  # since when is told elsewhere
    if finding.each == "each-year":
        return scope, Comparison(">=", among=finding.each)
    comparison = Comparison(">=", among=finding.each, office=scope.office, person=scope.since_person, start=scope.start)
    return replace(scope, since_person=None, since=None, start=None), comparison


__all__ = ["Each", "compared"]
