"""Clauses: which words belong to one statement, who depends on whom, and what the verbs say of time and reality.

A sentence is cut at commas, conjunctions between verbs, relative words, subordinators and infinitives; a piece without
a finite verb goes back to the main clause around it. What order the language has (`order` in its grammar file) decides
how the pieces are read.
"""

from functools import cached_property

from summitry.read.clause import Clause
from summitry.read.phrase import Phrase
from summitry.read.pieces import Piece, PieceCutter
from summitry.read.tokens import Token
from summitry.read.verbs import FINITE, Verb


class ClauseParser(PieceCutter):
    """Cuts one sentence into clauses."""

    @cached_property
    def clauses(self) -> list[Clause]:
        """The clauses of the sentence in the order in which they begin."""
        clauses: list[Clause] = []
        self._resumed: Clause | None = None  # the clause that goes on behind those that interrupted it
        main: Clause | None = None
        before: Piece | None = None
        ahead: list[Clause] = []  # clauses that stand before the one they depend on
        for piece in self._pieces():
            self._postpose(piece, before)
            before = piece
            clause = self._attach(piece, clauses, main)
            self._resumed = clause if clause is not clauses[-1] and clauses[-1].kind == "subordinate" else None
            if clause.kind == "main":
                main = clause
                for waiting in ahead if not self.verb_second else ():
                    waiting.parent = clause
                ahead = []
            elif clause.parent is None and clause not in ahead:
                ahead.append(clause)
            self._fill(clause, piece)
        for clause in clauses:
            self._features(clause)
            self._unreal(clause)
        for clause in clauses:
            if not clause.finite and clause.parent is not None and clause.kind != "main":
                perfect = clause.kind == "participle" and clause.verbs[:1] and clause.verbs[0].form == "ing"
                perfect = perfect and clause.verbs[0].aux  # "having arrived on Saturday"
                clause.tense = "past" if perfect else clause.parent.tense  # "told reporters after being received"
        return clauses

    def _attach(self, piece: Piece, clauses: list[Clause], main: Clause | None) -> Clause:
        if main is not None and not piece.relative and piece.marker is None and piece.mark in (",", "and"):
            self._close_bracket(main, piece.start, piece.end)
        mine = {at: v for at, v in self.verbs.items() if piece.start <= at < piece.end}
        finite = any(v.form in FINITE and (self._inflected(at) or not v.aux) for at, v in mine.items())
        last = clauses[-1] if clauses else None
        kind = self._kind(piece, finite, last)
        if kind == "main" and (shared := self._shares_auxiliary(piece, last)):
            clause = Clause(piece.start, last.kind if last is not None else "main")
            clause.parent, clause.marker, clause.shared = last, "and", shared
            clause.antecedent = last.antecedent if last is not None else None
            clauses.append(clause)
            return clause
        attributed = self.verb_second and not finite and self.tokens[piece.start].has("word", "attribution")  # ", so X"
        if kind == "main" and main is not None and not attributed and self._fragment(piece, main, finite=finite):
            return main
        clause = Clause(piece.start, kind)
        if kind != "main":
            nearest = kind in ("relative", "infinitive", "participle") or last is not None and last.kind == "main"
            clause.parent = (self._resumed or last) if nearest else main
            beside = piece.mark == "and" or piece.conj
            if kind == "infinitive" and beside and last is not None and last.kind == "infinitive":
                clause.parent = last.parent  # "is due to meet X and to open Y"
        elif piece.mark == "and" or piece.conj or self._verb_list(piece, main):
            clause.parent, clause.marker = main, "and"
        if piece.marker is not None:
            self._mark(clause, piece, piece.marker)
        if piece.reduced:
            clause.antecedent = self._antecedent(piece)
        if kind == "relative":
            clause.contact = piece.contact
            goes_on = not piece.relative and last is not None and last.kind == "relative"
            clause.antecedent = last.antecedent if goes_on and last is not None else self._antecedent(piece)
        clauses.append(clause)
        return clause

    @staticmethod
    def _fragment(piece: Piece, main: Clause, *, finite: bool) -> bool:
        """Whether a piece only goes on with the main clause: without a finite verb, or with the first the clause has."""
        if not finite:
            return piece.mark != ";"
        return not main.finite and not main.verbs and piece.mark not in (";", ":")

    def _verb_list(self, piece: Piece, main: Clause | None) -> bool:
        """ "visits X, meets Y and attends …": a verb behind a comma, whose subject is that of the clause before."""
        return piece.mark == "," and piece.start in self.verbs and main is not None and main.finite

    def _mark(self, clause: Clause, piece: Piece, marker: Token) -> None:
        """What a conjunction makes of its clause: a condition, an open question, or "as planned"."""
        values = {e.value for _, e in marker.entries if e.kind == "conj"}
        clause.marker = marker.lower
        clause.told = marker.has("word", "reporting")
        clause.cond = "conditional" in values
        clause.open = "whether" in values
        clause.as_planned = any(
            self._as_planned([e for _, e in t.entries if e.kind == "verb"])
            for t in self.tokens[piece.start + 1 : piece.end]
            if self.tokens[t.i - 1].has("conj", "comparison")
        )

    def _inflected(self, at: int) -> bool:
        """Whether an auxiliary is finite; behind an infinitive "sollen" is an infinitive too ("hätte fliegen sollen")."""
        verb = self.verbs[at]
        before = self.verbs.get(at - 1)
        double = before is not None and not before.aux and self.tokens[at].text.endswith("en")
        return verb.aux and verb.form in FINITE and not (double and verb.lemma not in ("be", "have", "become"))

    def _shares_auxiliary(self, piece: Piece, last: Clause | None) -> Verb | None:
        """The auxiliary of the clause before, if this piece only adds a participle or infinitive to it."""
        if last is None or piece.mark not in (",", "and") or piece.marker or piece.relative:
            return None
        if not self.verb_second:
            return self._shares_modal(piece, last)
        if any(self._inflected(at) for at in self.verbs if piece.start <= at < piece.end):
            return None
        aux = next((v for v in last.verbs if v.aux and v.form in FINITE), last.shared)
        form = next((v.form for v in last.verbs if not v.aux and v.form in ("part", "inf")), None)
        mine = [v for at, v in sorted(self.verbs.items()) if piece.start <= at < piece.end and not v.aux]
        if aux is None or form is None or len(mine) != 1 or mine[0].at <= piece.start:
            return None
        verb = mine[0]
        ambiguous = form == "inf" and verb.form == "pres" and self._like_infinitive(verb)
        behind = self.tokens[verb.at + 1] if verb.at + 1 < piece.end else None
        if ambiguous and (behind is None or behind.get("aux") or not behind.text[0].isalnum()):
            verb.form = "inf"
        return aux if verb.form == form else None

    def _shares_modal(self, piece: Piece, last: Clause) -> Verb | None:
        """ "will visit Oslo, meet the king and hold talks": a bare verb first in its piece goes on with the infinitive."""
        verb = self.verbs.get(piece.start + (self.tokens[piece.start].has("conj", "and") if piece.conj else 0))
        modal = next((v for v in last.verbs if v.aux and v.form in FINITE), last.shared)
        if verb is None or verb.aux or modal is None or modal.lemma in ("be", "have"):
            return None
        base = verb.form in ("pres", "inf") and verb.lemma.startswith(self.tokens[verb.at].lower)
        if not base or not any(v.form == "inf" for v in last.verbs):
            return None
        verb.form = "inf"
        return modal

    def _kind(self, piece: Piece, finite: bool, last: Clause | None) -> str:
        if piece.relative:
            return "relative"
        if piece.marker is not None:
            return "subordinate"
        if piece.infinitive:
            return "infinitive"
        verbs = [v for at, v in self.verbs.items() if piece.start <= at < piece.end]
        perfect = bool(verbs) and verbs[0].aux and verbs[0].form == "ing" and len(verbs) > 1  # "having met X"
        if not finite and verbs and (perfect or not verbs[0].aux):
            form = verbs[0].form
            if form in ("ing", "part") and verbs[0].at <= piece.start + 1:
                return "participle"
            if form == "to-inf" or (
                form == "inf" and any(t.has("word", "infinitive") for t in self.tokens[piece.start : piece.end])
            ):
                return "infinitive"
        if (
            piece.mark == "and"
            and last is not None
            and last.kind in ("relative", "subordinate", "infinitive")
            and finite
        ):
            if self._stays_subordinate(piece, last):
                return last.kind
        if piece.mark == "and" and last is not None and last.kind == "infinitive" and not finite and verbs:
            return "infinitive"
        return "main"

    def _stays_subordinate(self, piece: Piece, last: Clause) -> bool:
        finite = max(
            (at for at, v in self.verbs.items() if piece.start <= at < piece.end and v.form in FINITE),
            default=piece.start,
        )
        if self.verb_second:
            return all(t.text in ",.;:" for t in self.tokens[finite + 1 : piece.end]) and finite > piece.start + 0
        return not any(p.start >= piece.start and p.end <= finite and not p.prep for p in self.phrases)

    def _antecedent(self, piece: Piece) -> Phrase | None:
        before = [p for p in self.phrases if p.end <= piece.start]
        verbs = [v for at, v in self.verbs.items() if piece.start <= at < piece.end]
        if any(
            f in ("cancel", "postpone", "happen", "plan", "expect", "do", "begin") for v in verbs for f in _frames(v)
        ):  # what is called off is an encounter
            nouns = [p for p in before[-4:] if p.kind == "noun"]
            if nouns:
                return nouns[-1]
        if before and before[-1].end >= piece.start - 1 and before[-1].opens_which(self.tokens[piece.start]):
            return before[-1]  # "a visit in the year in which both …"
        for phrase in reversed(before[-3:]):
            if phrase.actor or phrase.kind in ("noun", "activity", "place", "country", "seat", "region"):
                return phrase
        return before[-1] if before else None

    def _fill(self, clause: Clause, piece: Piece) -> None:
        clause.end = max(clause.end, piece.end)
        clause.spans.append((piece.start, piece.end))
        mine = [p for p in self.phrases if piece.start <= p.start < piece.end]
        clause.ruled_out += [p for p in mine if p in self.contrasts.ruled_out]
        clause.phrases += [p for p in mine if p not in clause.phrases and p not in clause.ruled_out]
        clause.verbs += [v for at, v in sorted(self.verbs.items()) if piece.start <= at < piece.end]


def _frames(verb: Verb) -> list[str | None]:
    return [verb.frame, *(frame for frame, _, _ in verb.frames)] if verb.form == "part" else [verb.frame]
