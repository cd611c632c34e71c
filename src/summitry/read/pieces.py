"""Where a sentence is cut: at commas, conjunctions between verbs, relative words, subordinators and infinitives."""

from collections.abc import Iterator, Sequence

from summitry.read.phrase import GOVERNED, Phrase
from summitry.read.reduced import BREAKS, ReducedReader
from summitry.read.tokens import Token
from summitry.read.verbs import FINITE

SAYING = ("say", "plan", "propose", "deny", "accept", None)


class Piece:
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


class PieceCutter(ReducedReader):
    """Cuts one sentence into pieces and tells how each begins."""

    def _pieces(self) -> Iterator[Piece]:
        piece = Piece(0, "")
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
                piece = Piece(i + skip, mark)
                piece.reduced = not skip and i in self.verbs and self.verbs[i].form == "part" and not self.verb_second
                piece.contact = not skip and self._contact(i, before.start)
                self._open(piece)
                i = max(i + skip, i + 1)
                continue
            i += 1
        piece.end = len(self.tokens)
        if piece.end > piece.start:
            yield piece

    def _cut(self, i: int, piece: Piece) -> tuple[int, str] | None:
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
            if token.time and token.text not in (",", ";", ":"):
                return None  # "vom 21. – 23. Oktober"
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

    def _states_anew(self, i: int, piece: Piece) -> bool:
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
        if sub is None or sub[1].value not in ("subordinate", "conditional"):
            return False
        if self.inside[i] is not None and not self._subject_comes(i):
            return False
        if token.entries[0][0] > sub[0] or self._equates(i):
            return False  # "as yet"
        return self._verb_follows(i + 1)

    def _subject_comes(self, i: int) -> bool:
        """ "the first since he took office": no preposition, where somebody follows and at once a finite verb."""
        phrase = self.inside[i]
        if phrase is None or phrase.start != i or not phrase.prep or not phrase.actor:
            return False
        return phrase.end in self.verbs and self.verbs[phrase.end].form in FINITE

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

    def _second_statement(self, i: int, piece: Piece) -> bool:
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
        while j < len(self.tokens) and (self.inside[j] is not None or self._passes(self.tokens[j])):
            if self.tokens[j].get("rel"):
                return False  # "told Modi in Delhi that relations took effort": what is said comes behind "that"
            j += 1
        return j in self.verbs and self.verbs[j].form in FINITE

    @staticmethod
    def _passes(token: Token) -> bool:
        """Whether a word may stand inside a subject or between it and its verb: "he and Kim", "he also met", "he last week met"."""
        return token.has("conj", "and") or token.time or token.has("word", "also", "again", "often")

    def _open(self, piece: Piece) -> None:
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
        if piece.mark == "and" and self.verb_second and relative is not None and self._article(relative, token):
            relative = None
        if relative is not None and piece.mark in (",", "", "(", "and", "–", "—") and i > 0:
            if self._relative(piece, relative):
                piece.relative = True
                return
        if token.has("word", "infinitive") and i + 1 in self.verbs:
            piece.infinitive = True

    def _article(self, word: Token, first: Token) -> bool:
        """ "und die Woche in Havanna beschließen", "nach Mexiko und in die Türkei reisen": the article of a noun."""
        noun = self.inside[word.i]
        return bool(word.get("det")) and (word is first or noun is not None and noun.end > word.i + 1)

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

    def _resumes(self, i: int, piece: Piece) -> bool:
        """Behind a relative clause without commas the main clause goes on: "the talks that began in May | ended"."""
        if self.verb_second or i not in self.verbs or self.verbs[i].form not in FINITE:
            return False
        if piece.reduced:
            return not any(v.form in FINITE for at, v in self.verbs.items() if piece.start <= at < i)
        inner = [v for at, v in self.verbs.items() if piece.start <= at < i]
        governor = self._governor(piece)
        if governor is not None and governor.flags & GOVERNED:
            inner = inner[:1]  # "Trump's plan to visit Rome | was welcomed"
        elif not piece.relative or not any(v.form in FINITE for v in inner) or all(v.aux for v in inner):
            return False
        if any(v.form in FINITE for at, v in self.verbs.items() if at < piece.start):
            return False  # the main clause has its verb already
        between = self.tokens[max(v.at for v in inner) + 1 : i]
        return not any(
            t.get("conj", "rel") and not t.has("word", "like-word") or t.text in BREAKS for t in between
        )  # "a summit that he had billed as a coup | was called off"

    def _governor(self, piece: Piece) -> Phrase | None:
        """The phrase right before an infinitive, or before a participle with its preposition: "his idea of | visiting"."""
        verb = self.verbs.get(piece.start)
        participle = verb is not None and verb.form == "ing" and piece.start > 1
        if participle and self.tokens[piece.start - 1].get("prep"):
            return self.inside[piece.start - 2]
        return self.inside[piece.start - 1] if piece.infinitive and piece.start else None

    def _postpose(self, piece: Piece, before: Piece | None) -> None:
        """A past form right behind a noun and a comma, or at the very beginning, is a participle: "talks, held in Bonn,"."""
        at_first = self.tokens[min(piece.start, len(self.tokens) - 1)].has(
            "word", "at-first"
        )  # ", originally planned …,"
        verb = self.verbs.get(piece.start + at_first)
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

    def _relative(self, piece: Piece, token: Token) -> bool:
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
