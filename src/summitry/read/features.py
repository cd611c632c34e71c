"""What the verbs of a clause say of time and reality: tense, voice, modality, negation."""

from itertools import pairwise

from summitry.read.clause import Clause
from summitry.read.realities import UNDOING
from summitry.read.tokens import QUOTES
from summitry.read.verbs import FINITE, Verb, VerbFinder

MODALS = frozenset({"shall", "will", "may", "must"})


class FeatureReader(VerbFinder):
    """Notes on a clause what its verbs and the words beside them tell."""

    def _features(self, clause: Clause) -> None:
        verbs = [*([clause.shared] if clause.shared is not None else []), *clause.verbs]
        finite = next((v for v in verbs if v.form in FINITE), None)
        lexical = [v for v in verbs if not v.aux]
        clause.main = self._main_verb(finite, lexical, [v for v in verbs if v.aux and v.lemma == "be"])
        auxiliaries = {v.lemma for v in verbs if v.aux and (finite is None or v.at >= 0)}
        if self.verb_second and not auxiliaries & MODALS:
            self._participles(finite, lexical)
        if finite is not None:
            clause.tense = "past" if finite.form == "past" else "present"
            clause.cond = clause.cond or finite.form == "cond"
            clause.reported = finite.form == "reported"
        forms = {v.form for v in lexical}
        if "have" in auxiliaries and ("part" in forms or any(v.aux and v.form == "part" for v in verbs)):
            clause.tense = "past"
        if self.verb_second:
            self._verb_second_features(clause, finite, lexical)
        else:
            self._features_by_order(clause, finite, lexical, auxiliaries)
        for modal in ("shall", "will", "may", "must"):
            if modal in auxiliaries:
                clause.modal = modal
        if self.verb_second and self._hearsay(finite, verbs):
            clause.modal, clause.tense = None, "past"
        clause.negated = self._negated(clause)
        if clause.main is not None and clause.main.aux and self._came_to_nothing(clause):
            clause.main.frame = "cancel"
        own = [self.tokens[i] for first, end in clause.spans for i in range(first, end)]
        if any(t.has("word", "not-yet") for t in own):
            clause.tense = "past"  # "has yet to visit": it was not, up to now
        if clause.kind == "infinitive":
            above = self.tokens[max(0, clause.start - 5) : clause.start]
            clause.unreal = clause.unreal or any(t.has("word", "unable") for t in above)  # "was unable to attend"
            if any(t.has("word", "near-future") for t in above[-2:]):
                clause.modal = "shall"  # "was going to visit"
        clause.open = clause.open or any(t.has("word", "ready") for t in own)  # "is ready to meet": nobody agreed to it

    @staticmethod
    def _participles(finite: Verb | None, lexical: list[Verb]) -> None:
        """ "hat empfangen": behind "have" or "be" a form that may be infinitive or participle is the participle."""
        if finite is None or not finite.aux or finite.lemma not in ("have", "be"):
            return
        for verb in lexical:
            readings = [r for r in verb.frames if r[2] == "part"]
            if verb.form == "inf" and readings:
                verb.frame, verb.lemma, verb.form = readings[0]
                verb.frames = readings

    def _came_to_nothing(self, clause: Clause) -> bool:
        """ "Aus dem Besuch wurde nichts", "ist nichts geworden": "become nothing" and no other predicate."""
        if not any(v.lemma == "become" for v in clause.verbs):
            return False
        at = next((i for i in range(clause.start, clause.end) if self.tokens[i].has("word", "nothing")), None)
        behind = self.tokens[at + 1] if at is not None and at + 1 < len(self.tokens) else None
        return behind is not None and (not behind.text[0].isalnum() or behind.has("aux", "become"))

    def _unreal(self, clause: Clause) -> None:
        """ "Instead of flying to Riga": not done; "Had he gone there, …": only supposed."""
        if self.verb_second:
            return
        if clause.kind == "participle" and clause.start > 0:
            for token in self.tokens[max(0, clause.start - 3) : clause.start]:
                prep = token.span("prep")
                if prep is not None and prep[1].value == "against" and token.i + prep[0] == clause.start:
                    clause.unreal = True
        if clause.kind == "participle" and clause.parent is not None and clause.parent.main is not None:
            above = clause.parent.main  # "backed out of hosting the summit", "ruled out visiting Rome"
            behind = self.tokens[above.at + 1 : clause.start]
            bare = all(t.get("prep") or t.lower in above.lemma for t in behind)
            clause.unreal = clause.unreal or above.frame in UNDOING and bare and not clause.parent.passive
            clause.complement = bare and above.frame in ("plan", "propose") and above.at < clause.start
        going_on = clause.marker == "and" and clause.parent is not None and clause.parent.unreal
        if going_on and self.tokens[clause.start - 1].has("conj", "and") and self._goes_on_participle(clause):
            clause.unreal = True
        first = self.tokens[clause.start]
        inverted = first.has("aux", "have") and first.capital and clause.start == 0
        if inverted and first.get("aux").extra == "past" and self.tokens[-1].text != "?":  # type: ignore[union-attr]
            clause.cond, clause.marker = True, first.lower

    def _goes_on_participle(self, clause: Clause) -> bool:
        """ "was to have flown to Rome and met the king": a past form first in its clause that may be a participle."""
        verb = clause.main
        if verb is None or verb.at != clause.start or verb.form != "past":
            return False
        forms = {e.extra.split("|")[1] for _, e in self.tokens[verb.at].entries if e.kind == "verb"}
        return "part" in forms

    def _main_verb(self, finite: Verb | None, lexical: list[Verb], being: list[Verb]) -> Verb | None:
        if finite is not None and not finite.aux:
            return finite
        after = [v for v in lexical if finite is None or v.at != finite.at]
        if self.verb_second and not after and finite is not None:  # "wird in Manila sein"
            return next((v for v in being if v.form == "inf"), finite)
        return after[-1 if self.verb_second and finite is not None else 0] if after else finite

    def _verb_second_features(self, clause: Clause, finite: Verb | None, lexical: list[Verb]) -> None:
        aux = [v for v in clause.verbs if v.aux]
        become = [v for v in aux if v.lemma == "become"]
        has_part = any(
            v.form == "part" or v.at >= 0 and any(r[2] == "part" for r in v.frames) and v.form not in FINITE
            for v in lexical
        )
        has_inf = any(v.form in ("inf", "to-inf") for v in lexical)
        if finite is not None and finite.form == "cond" and finite.lemma in ("have", "be"):
            if finite.lemma == "have" and has_inf and not has_part:
                clause.unreal = True  # "hätte reisen sollen"
            elif has_part and not clause.marker and self.tokens[finite.at].text.endswith("n"):
                clause.cond, clause.reported, clause.tense = False, True, "past"  # "sie hätten gesprochen", for "haben"
        if finite is not None and any(v is not finite and v.lemma == "be" and v.form == "part" for v in aux):
            clause.tense = "past"  # "er sei in Rom gewesen"
        self._unkept(clause, finite, has_inf=has_inf)
        if become and has_part and has_inf and self._has_object(clause):
            clause.future = finite is not None and finite.form in ("pres", "reported")  # "wird den König empfangen"
        elif become and has_part:
            clause.passive = True
            if finite is not None and finite.lemma == "be":
                clause.tense = "past"
        elif (
            become
            and has_inf
            or (finite is not None and finite.lemma == "become" and finite.form == "pres" and not has_part)
        ):
            clause.future = finite is not None and finite.form in ("pres", "reported")
        if has_part and not clause.passive and finite is not None and finite.lemma == "be":
            clause.tense = "past"
            frame = clause.main.frame if clause.main else None
            clause.passive = frame not in ("move", "stay", "meet", None, "happen", "return", "bound")
        if has_inf and any(v.lemma == "let" for v in aux) and self._reflexive(clause):
            clause.passive = True  # "ließ sich von X durch den Palast führen"
        if any(v.lemma == "become" for v in aux) and any(v.form == "inf" for v in aux) and has_part:
            clause.passive = True

    def _has_object(self, clause: Clause) -> bool:
        """Whether a clause has a subject and an object, so that a form that may be a participle is the infinitive."""
        if any(p.actor and p.prep & {"by"} for p in clause.phrases):
            return False
        bare = [p for p in clause.phrases if p.actor and not p.prep]
        listed = (a.group == b.group or self.tokens[a.end].text == "," for a, b in pairwise(bare))
        several = len(bare) > 1 and not all(listed)
        return several or clause.kind == "relative" and len(bare) == 1

    def _unkept(self, clause: Clause, finite: Verb | None, *, has_inf: bool) -> None:
        """ "hatte reisen wollen", "sollte ursprünglich reisen": what was wanted once and did not come to pass."""
        if finite is None or finite.form != "past" or not has_inf:
            return
        wanted = any(v.lemma in ("will", "shall") for v in clause.verbs if v is not finite)
        own = [self.tokens[i] for first, end in clause.spans for i in range(first, end)]
        once = finite.lemma in ("will", "shall") and any(t.has("word", "at-first") for t in own)
        if finite.lemma == "have" and wanted or once:
            clause.unreal, clause.tense = True, "past"

    @staticmethod
    def _hearsay(finite: Verb | None, verbs: list[Verb]) -> bool:
        """ "soll ihn am Montag getroffen haben": what is said to have happened."""
        if finite is None or finite.form != "pres" or finite.lemma not in ("shall", "will"):
            return False
        perfect = any(v.aux and v is not finite and v.lemma in ("have", "be") for v in verbs)
        return perfect and any(not v.aux and v.form == "part" for v in verbs)

    def _reflexive(self, clause: Clause) -> bool:
        return any(self.tokens[i].has("word", "reflexive") for first, end in clause.spans for i in range(first, end))

    def _features_by_order(
        self, clause: Clause, finite: Verb | None, lexical: list[Verb], auxiliaries: set[str]
    ) -> None:
        main = clause.main
        modals = [*clause.verbs, *([clause.shared] if clause.shared is not None else [])]
        clause.future = "become" in auxiliaries and any(v.lemma == "become" and v.form == "pres" for v in modals)
        be = any(v.lemma == "be" for v in clause.verbs)
        would = any(v.lemma == "become" and v.form == "cond" for v in clause.verbs)
        have = any(v.aux and v.lemma == "have" for v in clause.verbs[1:])
        if would and have and clause.kind == "main" and clause.marker is None:
            clause.unreal = True  # "would have been the first"
        if main is not None and main.form == "part" and be:
            clause.passive = main.frame not in ("move", "bound", "return", "stay")
        if main is not None and not main.aux and be:
            between = self.tokens[min(v.at for v in clause.verbs) : main.at]
            been = any(v.lemma == "be" and v.form == "part" for v in clause.verbs)  # "he had been to see them"
            if main.form in ("inf", "part") and any(t.has("word", "infinitive") for t in between) and not been:
                clause.modal = "shall"  # "is to visit"
                clause.unreal = any(t.has("aux", "have") for t in between)  # "was to have attended"
                clause.passive = main.form == "part" and any(
                    v.lemma == "be" and v.form in ("inf", "part") for v in clause.verbs[1:]
                )
        if main is not None and main.form == "part" and finite is None and clause.kind == "participle":
            clause.passive = main.frame not in ("bound", "return")

    def _equates(self, i: int) -> bool:
        """ "A summit that he had billed as a coup was called off": "as" and a noun, where the one verb left is another's."""
        after = self.inside[i + 1] if i + 1 < len(self.tokens) else None
        if (
            not self.tokens[i].has("word", "like-word")
            or after is None
            or after.start != i + 1
            or after.end not in self.verbs
        ):
            return False
        finite = [at for at, v in sorted(self.verbs.items()) if v.form in FINITE and self.inside[at] is None]
        before = [at for at in finite if at < i]
        relative = any(t.get("rel") and self.inside[t.i] is None for t in self.tokens[: min(before, default=0)])
        return relative and len(before) == 1 and after.end == min((at for at in finite if at > i), default=-1)

    def _negated(self, clause: Clause) -> bool:
        own = [i for first, end in clause.spans for i in range(first, end)]
        return any(
            self.tokens[i].has("word", "not") and not self._other_clause(i, clause) and not self._partial(i, clause)
            for i in own
        )

    def _other_clause(self, i: int, clause: Clause) -> bool:
        phrase = self.inside[i]
        if phrase is None:
            return False
        if phrase.kind == "noun" and self.tokens[i].get("det") and phrase in clause.phrases:
            return False  # "ist zu keinem Besuch gekommen": the clause is denied
        return phrase not in clause.phrases or bool(phrase.prep)

    def _of_manner(self, i: int) -> bool:
        """Whether a thing behind a preposition stands at `i`, before the goal or partner that a denial of all would touch."""
        phrase = self.inside[i]
        if phrase is None or phrase.start != i or not phrase.prep or phrase.kind != "other" or phrase.countries:
            return False
        after = self.inside[phrase.end] if phrase.end < len(self.tokens) else None
        return (
            after is not None
            and after.start == phrase.end
            and bool(after.prep)
            and (after.actor or after.kind == "place")
        )

    def _partial(self, i: int, clause: Clause) -> bool:
        """Whether a negation is of one constituent: "statt seiner", "nicht nur", "nicht in Kiew, sondern in Lemberg"."""
        token = self.tokens[i]
        if i in self.contrasts.marks:
            return True
        if token.get("prep"):
            return clause.kind not in ("infinitive", "subordinate")
        if self._quoted(i) and not self._quoted(clause.start):
            return True
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if after is None or after.has("word", "only"):
            return after is not None
        if self.verb_second and (after.has("conj", "comparison") or self._of_manner(i + 1)):
            return True  # "nicht als Bittsteller", "kam nicht mit leeren Händen nach Rom"
        behind = self.tokens[i + 1 :]
        contrast = any(t.has("word", "contrast") and t.i + 1 not in self.verbs for t in behind)  # "…, sondern blieb"
        return contrast and (after.get("prep") is not None or self.inside[i + 1] is not None)

    def _quoted(self, i: int) -> bool:
        """Whether token `i` stands between quotation marks."""
        return sum(1 for t in self.tokens[:i] if t.text in QUOTES) % 2 == 1

    # ------------------------------------------------------------------ brackets

    def _close_bracket(self, main: Clause, start: int, end: int) -> None:
        """ "hat den König, einen Freund, empfangen": the last word is what the auxiliary waits for, no verb in the present."""
        mine = [v for at, v in self.verbs.items() if start <= at < end]
        if not self.verb_second or len(main.verbs) != 1 or len(mine) != 1 or mine[0].form != "pres":
            return
        (aux,), (verb,) = main.verbs, mine
        behind = self.tokens[verb.at + 1] if verb.at + 1 < end else None
        if aux.form not in FINITE or behind is not None and behind.text[0].isalnum():
            return
        if aux.lemma in ("become", "will", "shall", "may", "must") and self._like_infinitive(verb):
            verb.form = "inf"
        elif aux.lemma in ("have", "be", "become") and verb.at > start and self._like_participle(verb):
            verb.form = "part"

    def _like_participle(self, verb: Verb) -> bool:
        """Whether a form of the present may as well be the participle: "besucht", "empfangen"."""
        readings = (e.extra.split("|") for _, e in self.tokens[verb.at].entries if e.kind == "verb")
        return any(lemma == verb.lemma and form == "part" for lemma, form, *_ in readings)

    def _like_infinitive(self, verb: Verb) -> bool:
        """Whether a plural of the present may as well be the infinitive."""
        return verb.lemma.endswith(self.tokens[verb.at].lower)
