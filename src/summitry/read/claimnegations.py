"""What did not happen: "not since 2000", "no president has ever visited", "has yet to visit", "between 1978 and 2000 none did"."""

from collections.abc import Iterator

from summitry.read.claimforms import Finding, Form, Reach
from summitry.read.claimwords import Noun
from summitry.read.clause import Clause
from summitry.read.phrase import Phrase
from summitry.read.verbs import FINITE

Predicate = tuple[str, Noun | None]


class Negations(Form):
    """Finds the claims of one sentence that say that there was none."""

    def findings(self) -> Iterator[Finding]:
        """One of every clause that says so."""
        view = self.view
        for clause in view.clauses:
            found = self.predicate(clause)
            if found is None or clause.modal or clause.future or clause.cond:
                continue
            if clause.kind == "infinitive" and view.match(clause.start - 1, "yet-to"):
                start, end = self._whole(clause.start, found[1])
                yield Finding("count", clause.start, start, end, 0, "=", found[1], found[0] == "weak", bare=True)
                continue
            own = [i for i in range(len(self.tokens)) if view.told(i) is clause]
            if any(view.match(i, "first-time") for i in own):  # "for the first time not at a conference"
                continue
            no = next((i for i in own if view.match(i, "negation") or view.match(i, "never")), None)
            finding = self._negation(no, own, clause, found) if no is not None else None
            if finding is not None:
                finding.back_then = finding.never and self.pluperfect(clause)
                yield finding

    def _negation(self, no: int, own: list[int], clause: Clause, found: Predicate) -> Finding | None:
        view = self.view
        start, end = self._whole(no, found[1])
        noun, weak = found[1], found[0] == "weak"
        reach = self.reach(own[0], own[-1] + 1) or (self.reach(0, 2) if own[0] > 1 else None)
        never = next((i for i in own if view.match(i, "never")), None)
        indefinite = any(view.match(i, "indefinite") for i in own)
        if reach is not None and never is None and not (reach.value is None and reach.unit):
            return self._since(
                Finding("first-since", no, start, end, None, None, noun, weak, reach, indefinite), clause
            )
        timed = any(view.match(i, "spans") or view.match(i, "units") for i in own)  # "for half a century before"
        if not timed and (whose := self._before_whom(no, clause)) is not None:
            end = next((k for k in range(no, end) if view.match(k, "before")), end)
            return Finding("nth", no, start, end, 1, "=", noun, weak, None, office=True, whose=whose)
        capacity = view.capacity(clause)
        nobody = next((i for i in own if view.match(i, "nobody")), None)
        if nobody is not None and capacity is not None and capacity.countries:
            return Finding("nth", nobody, start, end, 1, "=", noun, weak, None, office=True, never=True, nobody=True)
        if view.match(no, "operators") or any(map(self._counted, own)):
            return self._ever(no, never, own, found)
        closed = any(view.times(own[0], own[-1] + 1, "date", "until"))
        somebody = any(p.kind == "office" and p.start <= no + view.match(no, "no") < p.end for p in view.phrases)
        if view.match(no, "no") and somebody and closed and never is None and clause.tense == "past":
            return Finding("count", no, start, end, 0, "=", noun, weak, None, office=True)
        if never is None and noun is None and not weak and self._missed(no, clause):
            return Finding("count", no, start, end, 0, "=", noun, weak, bare=True)
        return self._ever(no, never, own, found)

    def _before_whom(self, no: int, clause: Clause) -> Phrase | None:
        """ "Before Nixon no US president had visited China", "… had visited Bahrain before Lapid went there": the first one."""
        view = self.view
        office = next(
            (p for p in clause.phrases if p.kind == "office" and p.start <= no + view.match(no, "no") < p.end), None
        )
        if office is None or not view.match(no, "no") or not self.pluperfect(clause):
            return None
        owners = {id(p.owner) for p in view.phrases if p.owner is not None and "before" in p.prep}
        before = {k for c in view.clauses if view.match(c.start, "before") for k in range(c.start, c.end)}
        for phrase in view.phrases:
            behind = "before" in phrase.prep or id(phrase) in owners or phrase.start in before and not phrase.prep
            if phrase.kind == "person" and behind and set(office.countries) & set(phrase.countries):
                return phrase
        return None

    @staticmethod
    def pluperfect(clause: Clause) -> bool:
        """ "Had never visited": before what the text tells of, not up to now."""
        return any((v.aux or v.lemma == "have") and v.form == "past" for v in clause.verbs) and len(clause.verbs) > 1

    def _counted(self, i: int) -> bool:
        """Whether a number of times stands here: "not four times" is no "not"."""
        number = self.view.number(i)
        return bool(self.view.match(i, "often") or self.view.glued(i)) or number is not None and number.value > 1

    def _ever(self, no: int, never: int | None, own: list[int], found: Predicate) -> Finding | None:
        """ "has never visited", "no president has ever visited"."""
        view = self.view
        start, end = self._whole(no, found[1])
        noun, weak = found[1], found[0] == "weak"
        indefinite = any(view.match(i, "indefinite") for i in own)
        before = any(view.match(i, "any-before") for i in own if i != no)
        if never is not None and (indefinite or view.match(never, "never") > 1):
            return Finding("nth", never, start, end, 1, "=", noun, weak, None, indefinite, never=True)
        if view.match(no, "no") and before:
            return Finding("nth", no, start, end, 1, "=", noun, weak, None, office=True, never=True)
        if never is not None and view.clause(never).tense == "past":
            return Finding("count", never, start, end, 0, "=", noun, weak)
        return None

    def _since(self, finding: Finding, clause: Clause) -> Finding:
        """None in so many years, or since then."""
        reach = finding.reach or Reach()
        finding.value = reach.value
        finding.operator = None if reach.value is None else reach.operator
        finding.absent = self._until_now(clause, reach)
        return finding

    def _missed(self, no: int, clause: Clause) -> bool:
        """Whether somebody is said not to have been there in a time that is told: "did not visit Israel as minister"."""
        view = self.view
        somebody = any(p.kind == "person" and not p.prep for p in clause.phrases)
        perfect = not view.verb_second and any(v.aux and v.form == "pres" for v in clause.verbs)
        told = view.capacity(clause) is not None or any(view.times(clause.start, clause.end, "date")) or perfect
        denied = view.match(no, "denied") > 0
        return somebody and denied and told and clause.tense == "past" and not clause.passive

    def _until_now(self, clause: Clause, reach: Reach) -> bool:
        """Whether a clause with "since" and "no" speaks of all the time up to now: "has not visited", "war nicht mehr"."""
        auxiliaries = [v for v in clause.verbs if v.aux]
        if any(v.form == "pres" for v in auxiliaries):
            return True
        own = self.tokens[clause.start : clause.end]
        if any(e.value == "have" and "pres" in e.extra for t in own for _, e in t.entries if e.kind == "aux"):
            return True  # "has set foot": the participle looks like a present
        if (
            reach.words
            and self.view.match(reach.words.start, "span")
            and not self.view.match(reach.words.start, "since")
        ):
            return False  # "for 22 years no president visited India": some years
        finite = [v for v in clause.verbs if v.form in FINITE]
        return len(clause.verbs) == 1 and len(finite) == 1 and clause.tense == "past"


__all__ = ["Negations"]
