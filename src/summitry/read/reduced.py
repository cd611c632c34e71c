"""Clauses without their first word: "a trip planned for May", "the welcome he received"."""

from summitry.read.features import FeatureReader
from summitry.read.verbs import FINITE, Verb

INTRANSITIVE = frozenset({"move", "return", "come", "depart", "arrive", "stay"})  # who does so is not "travelled"
BREAKS = {",", ";", ":", "–", "—", "(", ")", "-", "…"}


class ReducedReader(FeatureReader):
    """Tells participles right behind a noun, and relative clauses without a pronoun, from the verb of the clause."""

    def _reduced(self, i: int, start: int) -> bool:
        """ "a trip planned for May was cancelled": a past form right behind a noun, whose clause has its verb later."""
        verb, last = self.verbs.get(i), i - 1
        while last > start and self.inside[last] is None and self.tokens[last].has("word", "at-first"):
            last -= 1  # "the visit, originally scheduled for May, was …"
        before = self.inside[last]
        if self.verb_second or verb is None or verb.aux or verb.form != "past" or before is None:
            return False
        forms = {e.extra.split("|")[1] for _, e in self.tokens[i].entries if e.kind == "verb"}
        if before.kind == "pronoun" or before.end != last + 1 or forms and "part" not in forms or verb.frame == "say":
            return False
        if before.actor and verb.frame in INTRANSITIVE:
            return False  # "Blinken travelled to Oslo, Norway, met …"
        if any(v.form in FINITE for at, v in self.verbs.items() if start <= at < i):
            return False
        for token in self.tokens[i + 1 :]:
            listed = token.get("conj") and (after := self.inside[min(token.i + 1, len(self.tokens) - 1)]) and after.conj
            if self.inside[token.i] is None and (token.text in BREAKS or token.get("conj", "rel")) and not listed:
                closed = token.text == "," and self.tokens[last].text == "," and self._verb_comes_next(token.i)
                if closed:
                    self.verbs[i] = self._participial(verb)  # "a tour by X, the minister, announced for May, was …"
                return closed
            later = self.verbs.get(token.i)
            sure = later is not None and (later.aux or later.frame is not None or later.form == "past")
            if later is not None and sure and later.form in FINITE:
                subject = next((p for p in reversed(self.phrases) if i < p.start and p.end <= token.i), None)
                if subject is not None and not subject.prep:
                    return False  # "thanked them for the welcome he received"
                self.verbs[i] = self._participial(verb)
                return True
        return False

    def _participial(self, verb: Verb) -> Verb:
        """The same word read as a participle, with the frames that it then has."""
        readings = [e for _, e in self.tokens[verb.at].entries if e.kind == "verb" and e.extra.split("|")[1] == "part"]
        found = self._verb(verb.at, readings) if readings else verb
        found.form = "part"
        return found

    def _contact(self, i: int, start: int) -> bool:
        """ "the welcome he received in Suva": a subject and its verb right behind the noun that they are about."""
        phrase, before = self.inside[i], self.inside[i - 1]
        if self.verb_second or phrase is None or phrase.start != i or before is None or before is phrase:
            return False
        person = phrase.kind == "pronoun" and "nom" in phrase.cases and "neuter" not in phrase.flags
        person = person or phrase.kind == "person" and not phrase.prep
        if not person or before.kind not in ("noun", "activity", "other", "place") or before.person is not None:
            return False
        verb = self.verbs.get(phrase.end)
        return verb is not None and verb.form in FINITE and self._verb_between(start, i)

    def _verb_comes_next(self, at: int) -> bool:
        """Whether right behind the comma at `at`, but for a word of time or manner, the finite verb of a clause stands."""
        following = [t for t in self.tokens[at + 1 : at + 6] if not t.time]
        for token in following[:2]:
            verb = self.verbs.get(token.i)
            if verb is not None:
                return verb.form in FINITE
            if self.inside[token.i] is not None or not token.lower.endswith("ly"):
                return False
        return False

    def _listed_before_verb(self, i: int) -> bool:
        """ "met A | and B in Rome | and gave a speech": the first "and" joins people, for the second begins with the verb.

        So does the one of "between A and B".
        """
        before, after = self.inside[i - 1], self.inside[i + 1] if i + 1 < len(self.tokens) else None
        if before is not None and "between" in before.prep:
            return True
        if before is None or after is None or after.start != i + 1 or not self._verb_between(0, i):
            return False
        if not (before.actor and after.actor or self._in_list(i)):
            return False
        end = self._past_adjuncts(after.end)
        joined = end + 1 < len(self.tokens) and self.tokens[end].has("conj", "and")
        return joined and (end + 1 in self.verbs or self._in_list(i))

    def _finite_between(self, start: int, end: int) -> bool:
        return any(start <= at < end and v.form in FINITE for at, v in self.verbs.items())

    def _verb_between(self, start: int, end: int) -> bool:
        return any(start <= at < end for at in self.verbs)
