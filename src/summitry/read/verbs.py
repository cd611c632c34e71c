"""The verbs of a sentence: which frame, which form, with the particle that may stand apart from its verb."""

from collections.abc import Iterator, Sequence

from summitry.lexicon import Entry, Lexicon
from summitry.read.contrasts import Contrasts
from summitry.read.phrase import Phrase
from summitry.read.tokens import APOSTROPHES, Sentence

FINITE = frozenset({"pres", "past", "reported", "cond"})
PLACES = frozenset({"country", "place", "region", "seat"})
WHITHER = frozenset({"to", "in"})
CUTS = frozenset(",;:–—")
NONFINITE = frozenset({"inf", "to-inf", "part", "ing"})


class Verb:
    """A verb of a clause: position, lemma, frame (None if the lexicon does not know it), form, and whether auxiliary."""

    __slots__ = ("at", "aux", "form", "frame", "frames", "lemma")

    def __init__(self, at: int, lemma: str, frame: str | None, form: str, *, aux: bool = False) -> None:
        self.at = at
        self.lemma = lemma
        self.frame = frame
        self.form = form
        self.aux = aux
        self.frames: list[tuple[str, str, str]] = []  # all readings: frame, lemma, form

    def __repr__(self) -> str:
        return f"{self.lemma}({self.frame or ('aux' if self.aux else '?')}.{self.form})"


class VerbFinder:
    """Finds the verbs of one sentence outside its noun phrases."""

    def __init__(self, sentence: Sentence, phrases: Sequence[Phrase], lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.phrases = phrases
        self.lexicon = lexicon
        self.verb_second = lexicon.settings["order"] == "verb-second"
        self.inside: list[Phrase | None] = [None] * len(self.tokens)
        for phrase in phrases:
            for i in range(phrase.start, phrase.end):
                self.inside[i] = phrase
        self.contrasts = Contrasts(self.tokens, phrases)
        self.verbs = {v.at: v for v in self._verbs()}

    def _verbs(self) -> Iterator[Verb]:
        held = self._fixed()
        for i, token in enumerate(self.tokens):
            if i in held:
                if held[i] is not None:
                    yield held[i]  # type: ignore[misc]
                continue
            if self.inside[i] is not None or (token.capital and not self.sentence.initial(i)):
                continue
            if not token.entries:
                if token.text[0].islower() and self._unknown_verb(i) and not self._nominal(i):
                    yield Verb(i, token.lower, None, self._unknown_form(i))
                continue
            if self._nominal(i) or token.has("word", "near-future") and self._before_infinitive(i):
                continue
            aux = token.get("aux")
            readings = [e for n, e in token.entries if e.kind == "verb"]
            if self.verb_second and i and self.tokens[i - 1].has("conj", "comparison") and self._as_planned(readings):
                continue
            if aux is not None and (
                apart := [e for e in readings if (p := e.extra.split("|")[2]) and self._particle(i, p)]
            ):
                yield self._verb(i, apart)  # "lässt … aus"
                continue
            if aux is not None and not (readings and self._full_verb(i, aux)):
                verb = Verb(i, aux.value, None, aux.extra, aux=True)
                verb.frames = [self._reading(e) for e in readings]
                yield verb
            elif readings:
                yield self._verb(i, readings)
            elif token.text[0].islower() and self._unknown_verb(i):
                yield Verb(i, token.lower, None, self._unknown_form(i))

    def _before_infinitive(self, i: int) -> bool:
        """ "was going to visit": "going" is no journey before another verb, but makes "was to visit" of it."""
        after = self.tokens[i + 1 : i + 3]
        forms = {e.extra.split("|")[1] for _, e in after[-1].entries if e.kind == "verb"} if len(after) == 2 else set()
        return "inf" in forms and after[0].has("word", "infinitive")

    def _fixed(self) -> dict[int, Verb | None]:
        """Fixed expressions: those of motion stand for a verb behind "be" ("is due in Oslo"), the rest hide theirs."""
        found: dict[int, Verb | None] = {}
        for token in self.tokens:
            span = token.span("predicate") or (token.span("word") if token.has("word", "remote") else None)
            if span is None or token.i in found:
                continue
            n, entry = span
            moving = entry.value in ("bound", "return") and not self.verb_second
            if moving and (n > 1 or self.inside[token.i] is None):
                before = self.tokens[max(0, token.i - 4) : token.i]
                copula = any(t.has("aux", "be") for t in before)
                verbless = not any(t.get("aux", "verb") and self.inside[t.i] is None for t in self.tokens)
                apart = token.i > 0 and self.tokens[token.i - 1].text == "," and n == 1
                back = apart and token.i + 1 < len(self.tokens) and self.tokens[token.i + 1].has("prep", "from")
                there = token.i + 1 < len(self.tokens) and self.tokens[token.i + 1].has("prep", "in")
                if entry.value == "return" and copula and there:
                    found[token.i] = Verb(token.i, token.lower, "stay", "part")  # "is back in Eritrea"
                elif back:
                    found[token.i] = Verb(token.i, token.lower, entry.value, "part")  # "Erdogan, back from Baghdad,"
                elif copula or (verbless and token.i > 0 and self.inside[token.i - 1] is not None):
                    found[token.i] = Verb(token.i, token.lower, entry.value, "part" if copula else "pres")
            if n > 1:
                found.update({i: found.get(i) for i in range(token.i, token.i + n)})
        return found

    def _as_planned(self, readings: Sequence[Entry]) -> bool:
        """ "wie geplant", "wie vorgesehen", "als erwartet": a participle that says how, not what."""
        return any(e.extra.split("|")[1] == "part" and e.value in ("plan", "expect", "say") for e in readings)

    def _nominal(self, i: int) -> bool:
        """Whether a word that may be a verb must be a noun: behind a preposition or article ("a strip of land")."""
        if self.verb_second:
            return self._heads_sentence(i)
        if i == 0 or self.tokens[i].get("aux"):
            return False
        before = self.tokens[i - 1]
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if self.tokens[i].has("word", "adverb-before-verb") and after is not None and after.get("verb", "aux"):
            return True  # "Belarus last welcomed …"
        det = before.get("det")
        tenses = {e.extra.split("|")[1] for _, e in self.tokens[i].entries if e.kind == "verb"}
        ing = "ing" in tenses
        if (before.has("aux", "be") or before.text in APOSTROPHES) and self.tokens[i].bare:
            return True  # "was last in Seoul", "at Mahama's request"
        if det is not None and not before.get("rel", "pron") and det.value != "any.pl":
            return True
        particle = any(t.get("verb") for t in self.tokens[max(0, i - 3) : i - 1])
        return before.has("prep", "of") and not ing and not particle or bool(before.get("poss")) and not ing

    def _heads_sentence(self, i: int) -> bool:
        """Whether a capitalised word is a noun though it may be a verb: a verb behind it is the second of the sentence."""
        token = self.tokens[i]
        if not token.capital or token.get("aux") or not self.sentence.initial(i):
            return False
        if any(e.kind == "verb" and e.extra.split("|")[1] not in FINITE for _, e in token.entries):
            return False  # "Getroffen hat er niemanden"
        if self.sentence.analyzer.word(token.text).cls != "noun":
            return False
        for other in self.tokens[i + 1 :]:
            if other.text in (",", ";", ":") and self.inside[other.i] is None:
                return False
            entry = other.get("aux", "verb") if self.inside[other.i] is None else None
            if entry is not None and (entry.extra if entry.kind == "aux" else entry.extra.split("|")[1]) in FINITE:
                return True
        return False

    def _full_verb(self, i: int, aux: Entry) -> bool:
        """ "have", "do" and the like as full verbs: no other verb form follows in the piece."""
        if self.verb_second:
            return False
        return aux.value in ("have", "do") and not any(
            t.get("verb") and self.inside[t.i] is None or t.has("aux") for t in self.tokens[i + 1 : i + 4]
        )

    @staticmethod
    def _reading(entry: Entry) -> tuple[str, str, str]:
        lemma, tense, _ = entry.extra.split("|")
        return entry.value, lemma, tense

    def _verb(self, i: int, readings: Sequence[Entry]) -> Verb:
        """The best reading: one whose particle stands in the clause before one that needs none."""
        with_particle = [e for e in readings if (p := e.extra.split("|")[2]) and self._particle(i, p)]
        if not self.verb_second and i + 1 < len(self.tokens):  # "called off at short notice" is not to "call at"
            beside = [e for e in with_particle if e.extra.split("|")[2] == self.tokens[i + 1].lower]
            with_particle = beside or with_particle
        without = [e for e in readings if not e.extra.split("|")[2]]
        chosen = with_particle or without
        if not chosen:
            lemma, tense, _ = readings[0].extra.split("|")
            return Verb(i, lemma, None, tense)
        before = self.tokens[i - 1] if i else None
        if before is not None and before.has("word", "infinitive"):
            chosen = [e for e in chosen if e.extra.split("|")[1] == "inf"] or chosen
        elif self._beside_auxiliary(i) if self.verb_second else self._behind_auxiliary(i):
            chosen = [e for e in chosen if e.extra.split("|")[1] in NONFINITE] or chosen
        elif before is not None and before.get("prep") and not self.verb_second:
            chosen = [e for e in chosen if e.extra.split("|")[1] == "ing"] or chosen
        else:
            chosen = [e for e in chosen if e.extra.split("|")[1] in FINITE] or chosen
            chosen = [e for e in chosen if e.extra.split("|")[1] != "cond"] or chosen  # "führen" is seldom of "fahren"
        if not self.verb_second and len({e.extra.split("|")[0] for e in chosen}) == 1:
            chosen = [e for e in chosen if e.extra.split("|")[1] == "past"] or chosen  # "cut short", "put off"
        frame, lemma, tense = self._reading(chosen[0])
        verb = Verb(i, lemma, frame, tense)
        verb.frames = [self._reading(e) for e in chosen]
        return verb

    def _behind_auxiliary(self, i: int) -> bool:
        """Whether an auxiliary stands shortly before, in the same statement: "was among those who | watched"."""
        for token in reversed(self.tokens[max(0, i - 4) : i]):
            inside = self.inside[token.i]
            if token.get("aux") and (inside is None or inside.person is None):  # "Oliver May visited": a name
                return True
            before = self.tokens[token.i - 1] if token.i else None
            if token.text == "," and before is not None and before.plain and not before.lower.endswith("ly"):
                return False  # "whom few recognise, landed …"
            if token.get("rel") and not token.get("det") or token.text in (";", ":"):
                return False
            if token.has("conj", "subordinate") and self.inside[token.i + 1] is not None and token.i + 1 < i:
                return False  # "was discussed when Xi visited"
        return False

    def _beside_auxiliary(self, i: int) -> bool:
        return self._auxiliary_beside(i) is not None

    def _auxiliary_beside(self, i: int) -> str | None:
        """The finite auxiliary in the same stretch between commas, beside which this form is not finite."""
        for step in (range(i - 1, -1, -1), range(i + 1, len(self.tokens))):
            for j in step:
                token = self.tokens[j]
                if (token.text in CUTS or token.has("conj", "and", "but")) and not self._in_list(j):
                    break
                aux = token.get("aux")
                if aux is not None and aux.extra in FINITE and self.inside[j] is None:
                    return aux.value
        return None

    def _in_list(self, i: int) -> bool:
        """Whether a comma or conjunction stands inside an enumeration of phrases of one group."""
        before = self.inside[i - 1] if i else None
        at = i + 1
        while at < len(self.tokens) and self.inside[at] is None and self.tokens[at].has("word", "next"):
            at += 1
        after = self.inside[at] if at < len(self.tokens) else None
        if before is not None and before is self.inside[i]:
            return True
        if before is None or after is None or before is after:
            return False
        if before.kind in PLACES and after.kind in PLACES:  # "nach Peru und in den Kongo"
            same = before.prep & after.prep or before.prep & WHITHER and after.prep & WHITHER
        else:
            same = before.prep & after.prep if before.actor and after.actor else frozenset()  # "mit A und mit B"
        return before.group == after.group or bool(same)

    def _past_adjuncts(self, at: int) -> int:
        """The token behind the times and prepositional phrases that begin at token `at`."""
        while at < len(self.tokens) and (self.tokens[at].time or (p := self.inside[at]) is not None and p.prep):
            at = at + 1 if self.tokens[at].time else p.end  # type: ignore[union-attr]
        return at

    def _particle(self, i: int, particle: str) -> bool:
        """Whether the particle of a verb stands where it must: near its verb, or at the end of a verb-second clause."""
        if not self.verb_second:
            ahead = i == 1 and self.tokens[0].lower == particle  # "Nothing came of the visit"
            return ahead or any(t.lower == particle and not t.time for t in self.tokens[i + 1 : i + 5])
        for token in self.tokens[i + 1 :]:
            if token.lower == particle and not self._begins_phrase(token.i):
                after = self.tokens[token.i + 1] if token.i + 1 < len(self.tokens) else None
                if after is None or after.text in ',.;:!?)–—"“«' or after.get("conj"):
                    return True
            if token.text in (";", ":"):
                return False
        return False

    def _begins_phrase(self, i: int) -> bool:
        phrase = self.inside[i]
        return phrase is not None and phrase.end > i + 1

    def _unknown_verb(self, i: int) -> bool:
        token = self.tokens[i]
        if token.entries and token.get("prep", "conj", "det", "pron", "rel", "word", "modifier", "adjective"):
            return False
        word = self.sentence.word(i)
        return (
            word.known
            and (word.cls == "verb" or word.cls == "adjective" and self._predicates(i))
            or self._regular_past(i)
        )

    def _predicates(self, i: int) -> bool:
        """ "… überbrachte.", "… überbrachte dem König": a past form that no noun follows is no adjective."""
        if not self.verb_second or not self.tokens[i].lower.endswith(("te", "ten")):
            return False
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        return after is None or not after.text[0].isalnum() or after.get("det", "poss", "prep", "pron") is not None

    def _regular_past(self, i: int) -> bool:
        """ "Baerbock renewed an invitation": right behind a name or office and before an article what ends so is a verb."""
        before = self.inside[i - 1] if i and not self.verb_second else None
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        regular = (
            self.tokens[i].lower.endswith("ed")
            and before is not None
            and before.kind in ("person", "office", "pronoun")
        )
        return regular and after is not None and after.get("det", "poss", "prep") is not None

    def _unknown_form(self, i: int) -> str:
        text = self.tokens[i].lower
        before = self.tokens[i - 1] if i else None
        if before is not None and before.has("word", "infinitive"):
            return "inf"
        if self.verb_second and text.endswith(("t", "en")) and (aux := self._auxiliary_beside(i)):
            return "part" if aux in ("have", "be", "become") else "inf"
        if self.verb_second:
            return (
                "part"
                if text.startswith("ge") and text.endswith(("t", "en"))
                else "past"
                if text.endswith(("te", "ten")) or text[-1] not in "ten"  # "griff", "schwieg": of a strong verb
                else "pres"
            )
        if text.endswith("ing"):
            return "ing"
        behind_aux = any(self.tokens[j].get("aux") for j in range(max(0, i - 3), i))
        return "part" if behind_aux else "past" if text.endswith("ed") else "pres"
