"""Clauses: which words belong to one statement, who depends on whom, and what the verbs say of time and reality.

A sentence is cut at commas, conjunctions between verbs, relative words, subordinators and infinitives; a piece without
a finite verb goes back to the main clause around it. What order the language has (`order` in its grammar file) decides
how the pieces are read.
"""

from collections.abc import Iterator, Sequence

from summitry.read.clause import Clause
from summitry.read.phrase import Phrase
from summitry.read.reduced import BREAKS, ReducedReader
from summitry.read.tokens import Token
from summitry.read.verbs import FINITE, Verb

SAYING = ("say", "plan", "propose", "deny", "accept", None)


class _Piece:
    """A stretch of a sentence between two breaks."""

    __slots__ = ("conj", "contact", "end", "infinitive", "marker", "mark", "reduced", "relative", "start")

    def __init__(self, start: int, mark: str) -> None:
        self.start = start
        self.end = start
        self.mark = mark  # what stands before it: "," "and" ":" …
        self.marker: Token | None = None
        self.relative = False
        self.reduced = False  # a participle right behind its noun: "talks planned for May"
        self.contact = False  # a relative clause without its pronoun: "the welcome he received"
        self.infinitive = False
        self.conj: str | None = None


class ClauseParser(ReducedReader):
    """Cuts one sentence into clauses."""

    def parse(self) -> list[Clause]:
        """The clauses of the sentence in the order in which they begin."""
        clauses: list[Clause] = []
        main: Clause | None = None
        before: _Piece | None = None
        ahead: list[Clause] = []  # clauses that stand before the one they depend on
        for piece in self._pieces():
            self._postpose(piece, before)
            before = piece
            clause = self._attach(piece, clauses, main)
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
                clause.tense = clause.parent.tense  # "told reporters after being received": when, the verb above says
        return clauses

    # ------------------------------------------------------------------ pieces

    def _pieces(self) -> Iterator[_Piece]:
        piece = _Piece(0, "")
        self._open(piece)
        if not self.verb_second:
            self._open(piece)
        i = 0
        while i < len(self.tokens):
            cut = self._cut(i, piece)
            if cut is not None:
                skip, mark = cut
                before = piece
                if i > piece.start:
                    piece.end = i
                    yield piece
                piece = _Piece(i + skip, mark)
                piece.reduced = not skip and i in self.verbs and self.verbs[i].form == "part" and not self.verb_second
                piece.contact = not skip and self._contact(i, before.start)
                self._open(piece)
                i = max(i + skip, i + 1)
                continue
            i += 1
        piece.end = len(self.tokens)
        if piece.end > piece.start:
            yield piece

    def _cut(self, i: int, piece: _Piece) -> tuple[int, str] | None:
        """Whether a new piece begins at token `i`: (tokens to skip, mark)."""
        token = self.tokens[i]
        phrase = self.inside[i]
        if phrase is not None and i > phrase.start:
            listed = not self.verb_second and i + 1 in self.verbs and self.verbs[i + 1].form in FINITE
            if token.text == "," and i == phrase.end - 1 and listed and self._finite_between(piece.start, i):
                return (
                    1,
                    ",",
                )  # "travels to Cape Town, South Africa, meets …": it closes an apposition and the statement
            return None
        if token.text in BREAKS and phrase is None:
            if token.text == "," and self._in_list(i):
                return None
            return 1, token.text
        if i == piece.start:
            return None
        if (
            (conj := token.get("conj"))
            and conj.value in ("and", "but", "or")
            and phrase is None
            and not token.has("word", "not")
        ):
            if self.verb_second and self._in_list(i) and not self._states_anew(i, piece):
                return None
            if not self.verb_second and self._listed_before_verb(i):
                return None
            if self._verb_between(piece.start, i) and self._verb_follows(i + 1):
                return 1, "and"
            return None
        if self._subordinates(i) or self._infinitive_begins(i) or self._second_statement(i, piece):
            return 0, ""
        if self._resumes(i, piece) or self._reduced(i, piece.start) or self._contact(i, piece.start):
            return 0, ""
        return None

    def _states_anew(self, i: int, piece: _Piece) -> bool:
        """Whether the phrase behind "and" begins a statement: "traf Kim, und Lawrow besuchte Seoul"."""
        after = self.inside[i + 1] if i + 1 < len(self.tokens) else None
        verb = self.verbs.get(after.end) if after is not None else None
        if verb is None or verb.form not in FINITE:
            return False
        return self._finite_between(piece.start, i)

    def _verb_follows(self, start: int) -> bool:
        """Whether a verb comes before the next comma: then "and" joins statements, not things."""
        for token in self.tokens[start:]:
            if token.i in self.verbs:
                verb = self.verbs[token.i]
                if self.verb_second and verb.form in ("part", "inf") and not self._finite_before_comma(start):
                    return self._nonfinite_before(start)
                return True
            if token.text in (",", ";", ":") and self.inside[token.i] is None:
                return False
            listed = self.verb_second and self._in_list(token.i)
            if token.get("conj") and self.inside[token.i] is None and token.i > start + 6 and not listed:
                return False
        return False

    def _nonfinite_before(self, start: int) -> bool:
        """Whether a participle or infinitive stands shortly before: "hat X besucht und mit Y gesprochen"."""
        for token in reversed(self.tokens[: start - 1]):
            if token.text in (",", ";", ":"):
                return False
            if token.i in self.verbs and not self.verbs[token.i].aux:
                return self.verbs[token.i].form in ("part", "inf")
        return False

    def _finite_before_comma(self, start: int) -> bool:
        for token in self.tokens[start:]:
            if token.text in (",", ";") and self.inside[token.i] is None and not self._in_list(token.i):
                return False
            if token.i in self.verbs and self.verbs[token.i].form in FINITE:
                return True
        return False

    def _subordinates(self, i: int) -> bool:
        """A subordinator or relative word in mid-sentence without a comma (languages that allow it)."""
        if self.verb_second:
            return False
        token = self.tokens[i]
        if token.get("rel") and self.inside[i] is None and not token.has("det") and self._verb_follows(i + 1):
            return True
        if token.has("det") and token.get("rel") and self.inside[i] is None:  # "that" before a verb
            return self._verb_follows(i + 1)
        sub = token.span("conj")
        if sub is None or sub[1].value not in ("subordinate", "conditional") or self.inside[i] is not None:
            return False
        if token.entries[0][0] > sub[0] or self._equates(i):
            return False  # "as yet"
        return self._verb_follows(i + 1)

    def _infinitive_begins(self, i: int) -> bool:
        """ "to meet": a purpose or complement, with the subject of the clause before it; "meeting Xi" likewise."""
        if self.verb_second:
            return False
        token = self.tokens[i]
        if self.inside[i] is not None:
            return False
        if token.has("word", "infinitive") and i + 1 < len(self.tokens):
            following = self.verbs.get(i + 1)
            if following is None or following.form != "inf":
                following = (
                    self.verbs.get(i + 2)
                    if i + 2 in self.verbs and self.verbs[i + 2].form in ("inf", "part")
                    else following
                )
            if following is None or following.form not in ("inf", "part"):
                return False
            before = self.tokens[i - 1] if i else None
            return not (before is not None and before.has("aux", "be", "have"))
        return (
            i in self.verbs
            and self.verbs[i].form == "ing"
            and not self.verbs[i].aux
            and not (i and self.tokens[i - 1].has("aux", "be"))
        )

    def _second_statement(self, i: int, piece: _Piece) -> bool:
        """ "Mr Trump says he and Mr Kim will meet": a new subject and finite verb behind a verb of saying or planning."""
        if self.verb_second:
            return False
        phrase = self.inside[i]
        if phrase is None and self.tokens[i].has("word", "there"):  # "said | there would be talks"
            told, there = self.verbs.get(i - 1), self.verbs.get(i + 1)
            return told is not None and told.frame == "say" and there is not None and there.aux
        if phrase is None or phrase.start != i or phrase.prep or phrase.conj or not phrase.actor:
            return False
        if phrase.kind == "pronoun" and "nom" not in phrase.cases:
            return False  # "told them he expected …"
        said = [v for at, v in self.verbs.items() if piece.start <= at < i]
        if not said or said[-1].frame not in ("say", "plan", "propose", "deny", None) or said[-1].aux:
            return False
        if sum(not t.time for t in self.tokens[said[-1].at + 1 : i]) > 1:  # "said on Monday | Mr Kim had left"
            return False
        j = phrase.end
        while j < len(self.tokens) and (self.inside[j] is not None or self.tokens[j].has("conj", "and")):
            j += 1
        return j in self.verbs and self.verbs[j].form in FINITE

    def _open(self, piece: _Piece) -> None:
        """Read the words that begin a piece: relative word, subordinator, infinitive."""
        i = piece.start
        if i >= len(self.tokens):
            return
        piece.relative = piece.contact
        token = self.tokens[i]
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if token.has("conj", "and", "but", "or"):
            piece.conj = "and"
            i += 1
            if i >= len(self.tokens):
                return
            token, following = self.tokens[i], self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if token.has("conj", "subordinate", "conditional") and not self._no_conjunction(i):
            if self._verb_follows(i + 1) and not self._likens(i):
                piece.marker = token
                return
        relative = (
            token
            if token.get("rel")
            else following
            if token.get("prep") and following and following.get("rel")
            else None
        )
        if relative is None and following is not None and not self.verb_second and following.has("prep", "of"):
            third = self.tokens[i + 2] if i + 2 < len(self.tokens) else None
            relative = third if third is not None and third.get("rel") else None  # "both of whom"
        if piece.mark == "and" and self.verb_second and relative is token and token.get("det"):
            relative = None  # "und die Woche in Havanna beschließen": an article
        if relative is not None and piece.mark in (",", "", "(", "and", "–", "—") and i > 0:
            if self._relative(piece, relative):
                piece.relative = True
                return
        if token.has("word", "infinitive") and i + 1 in self.verbs:
            piece.infinitive = True

    def _no_conjunction(self, i: int) -> bool:
        """Whether a word that may be a conjunction is part of a name ("Da Silveira"), a relative word, a preposition."""
        inside = self.inside[i]
        name = inside is not None and inside.person is not None and inside.start == i and not inside.prep
        return name and inside.end > i + 1 or self._relative_pronoun(i) or self._governs(i)  # type: ignore[union-attr]

    def _governs(self, i: int) -> bool:
        """ "Before the talks the ministers had seen Cairo": a preposition, if another noun phrase follows before the verb."""
        phrase = self.inside[i]
        if self.verb_second or phrase is None or phrase.start != i or not phrase.prep:
            return False
        at = self._past_adjuncts(phrase.end)
        return at < len(self.tokens) and self.inside[at] is not None

    def _likens(self, i: int) -> bool:
        """ "Als erster Kanzler besuchte Scholz …": where the verb is not the last of its clause, "als" only compares."""
        if not self.verb_second or i or not self.tokens[i].has("conj", "comparison"):
            return False
        finite = next((at for at, v in sorted(self.verbs.items()) if at > i and v.form in FINITE), len(self.tokens))
        if finite + 1 >= len(self.tokens) or self.inside[i + 1] is None:
            return False
        after = self.tokens[finite + 1]  # "… behandeln ließ": two verbs end the clause
        return after.text[0].isalnum() and not after.has("conj") and after.i not in self.verbs

    def _relative_pronoun(self, i: int) -> bool:
        """Whether a word that is also a conjunction refers to the noun right before it: "a mission that had come"."""
        if self.verb_second or i == 0 or not self.tokens[i].get("rel") or i + 1 >= len(self.tokens):
            return False
        before = self.inside[i - 1]
        if before is None or i + 1 in self.verbs:
            return before is not None
        said = any(v.frame in SAYING for at, v in self.verbs.items() if at < i)
        return before.kind in ("noun", "activity") or not said  # "a meeting that mediators had hoped to host"

    def _resumes(self, i: int, piece: _Piece) -> bool:
        """Behind a relative clause without commas the main clause goes on: "the talks that began in May | ended"."""
        if self.verb_second or i not in self.verbs or self.verbs[i].form not in FINITE:
            return False
        if piece.reduced:
            return not any(v.form in FINITE for at, v in self.verbs.items() if piece.start <= at < i)
        inner = [v for at, v in self.verbs.items() if piece.start <= at < i]
        if not piece.relative or not any(v.form in FINITE for v in inner) or all(v.aux for v in inner):
            return False
        if any(v.form in FINITE for at, v in self.verbs.items() if at < piece.start):
            return False  # the main clause has its verb already
        between = self.tokens[max(v.at for v in inner) + 1 : i]
        return not any(
            t.get("conj", "rel") and not t.has("word", "like-word") or t.text in BREAKS for t in between
        )  # "a summit that he had billed as a coup | was called off"

    def _postpose(self, piece: _Piece, before: _Piece | None) -> None:
        """A past form right behind a noun and a comma, or at the very beginning, is a participle: "talks, held in Bonn,"."""
        verb = self.verbs.get(piece.start)
        if self.verb_second or verb is None or verb.aux or verb.form != "past" or piece.mark not in (",", "", "(", "–"):
            return
        if verb.frame == "say":
            return  # "X, on his first day, said that …"
        if not any(v.form in FINITE for at, v in self.verbs.items() if at > piece.end):
            return
        if before is not None and not self._verb_comes_next(piece.end):
            return  # "X, head of Y, spent a week there and was received by Z"
        if before is None:
            verb.form = "part"
        elif before.mark == "(":
            return  # "visits Rome for the first time (according to X), met Y": goes on with what stands before the brackets
        elif not self._verb_between(before.start, before.end) and self.inside[before.end - 1] is not None:
            verb.form = "part"

    def _relative(self, piece: _Piece, token: Token) -> bool:
        """Whether a word that may be article or relative is relative: in verb-second languages the verb comes last."""
        if not self.verb_second:
            return self._verb_follows(token.i + 1)
        verbs = []
        for t in self.tokens[token.i + 1 :]:
            if t.text in (",", ";", ":"):
                break
            if t.i in self.verbs:
                verbs.append(t.i)
        if not verbs:
            return False
        end = next((t.i for t in self.tokens[token.i + 1 :] if t.text in ",;:.!?)–—"), len(self.tokens))
        last_finite = max((at for at in verbs if self.verbs[at].form in FINITE), default=None)
        if last_finite is None or self._next_infinitives(token, verbs):
            return False
        if token.get("det") and last_finite < end - 1 and not any(at > last_finite for at in verbs):
            return self._second_verb_coordination(last_finite)
        return token.i + 1 != last_finite or last_finite == end - 1

    def _next_infinitives(self, token: Token, verbs: Sequence[int]) -> bool:
        """ "wollte nach Paris reisen, den Präsidenten treffen und …": an article, with no subject before the verb."""
        before, phrase = self.verbs.get(token.i - 2), self.inside[token.i]
        listed = (
            before is not None and before.form == "inf" and all(self._like_infinitive(self.verbs[v]) for v in verbs)
        )
        article = phrase is not None and phrase.start == token.i and phrase.end > token.i + 1
        between = [p for p in self.phrases if token.i < p.start < verbs[0] and not p.prep and not self._joined(p)]
        return listed and article and not between

    def _joined(self, phrase: Phrase) -> bool:
        """Whether a phrase is joined by "and" to the one before it: no subject of what follows."""
        return self.tokens[phrase.start - 1].has("conj", "and")

    def _second_verb_coordination(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self.tokens[at + 1].has("conj", "and", "or")

    # ------------------------------------------------------------------ clauses

    def _attach(self, piece: _Piece, clauses: list[Clause], main: Clause | None) -> Clause:
        if main is not None and not piece.relative and piece.marker is None and piece.mark == ",":
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
            clause.parent = last if nearest else main
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
    def _fragment(piece: _Piece, main: Clause, *, finite: bool) -> bool:
        """Whether a piece only goes on with the main clause: without a finite verb, or with the first the clause has."""
        if not finite:
            return piece.mark != ";"
        return not main.finite and not main.verbs and piece.mark not in (";", ":")

    def _verb_list(self, piece: _Piece, main: Clause | None) -> bool:
        """ "visits X, meets Y and attends …": a verb behind a comma, whose subject is that of the clause before."""
        return piece.mark == "," and piece.start in self.verbs and main is not None and main.finite

    def _mark(self, clause: Clause, piece: _Piece, marker: Token) -> None:
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

    def _shares_auxiliary(self, piece: _Piece, last: Clause | None) -> Verb | None:
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

    def _shares_modal(self, piece: _Piece, last: Clause) -> Verb | None:
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

    def _kind(self, piece: _Piece, finite: bool, last: Clause | None) -> str:
        if piece.relative:
            return "relative"
        if piece.marker is not None:
            return "subordinate"
        if piece.infinitive:
            return "infinitive"
        verbs = [v for at, v in self.verbs.items() if piece.start <= at < piece.end]
        if not finite and verbs and not verbs[0].aux:
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

    def _stays_subordinate(self, piece: _Piece, last: Clause) -> bool:
        finite = max(
            (at for at, v in self.verbs.items() if piece.start <= at < piece.end and v.form in FINITE),
            default=piece.start,
        )
        if self.verb_second:
            return all(t.text in ",.;:" for t in self.tokens[finite + 1 : piece.end]) and finite > piece.start + 0
        return not any(p.start >= piece.start and p.end <= finite and not p.prep for p in self.phrases)

    def _antecedent(self, piece: _Piece) -> Phrase | None:
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

    def _fill(self, clause: Clause, piece: _Piece) -> None:
        clause.end = max(clause.end, piece.end)
        clause.spans.append((piece.start, piece.end))
        clause.phrases += [p for p in self.phrases if piece.start <= p.start < piece.end and p not in clause.phrases]
        clause.verbs += [v for at, v in sorted(self.verbs.items()) if piece.start <= at < piece.end]

    # ------------------------------------------------------------------ what the verbs say


def _frames(verb: Verb) -> list[str | None]:
    return [verb.frame, *(frame for frame, _, _ in verb.frames)] if verb.form == "part" else [verb.frame]
