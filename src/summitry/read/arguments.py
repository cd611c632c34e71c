"""Who does what in a clause: subject, objects and prepositional arguments of its verb."""

from collections.abc import Sequence

from summitry.lexicon import Lexicon
from summitry.read.clause import Clause
from summitry.read.phrase import GOVERNED, Phrase
from summitry.read.tokens import Token
from summitry.read.verbs import FINITE

NOMINAL = frozenset(
    {
        "person",
        "region",
        "office",
        "delegation",
        "country",
        "organization",
        "demonym",
        "pronoun",
        "seat",
        "noun",
        "activity",
        "other",
        "place",
    }
)


class Arguments:
    """The arguments of one clause; relative words are replaced by what they refer to."""

    __slots__ = ("objects", "prepositional", "subject")

    def __init__(self) -> None:
        self.subject: list[Phrase] = []
        self.objects: list[Phrase] = []
        self.prepositional: list[tuple[frozenset[str], Phrase]] = []

    def by_role(self, *roles: str) -> list[Phrase]:
        """The phrases whose preposition may mark one of `roles`."""
        return [p for marks, p in self.prepositional if marks & set(roles)]


def arguments(clause: Clause, tokens: Sequence[Token], lexicon: Lexicon) -> Arguments:
    """The arguments of `clause`; its subject may be that of the clause it depends on."""
    found = Arguments()
    bare = [p for p in clause.phrases if not p.prep and p.kind in NOMINAL and "possessor" not in p.flags]
    found.prepositional = [(p.prep, p) for p in clause.phrases if p.prep and not _of_source(p, clause, tokens)]
    verb_second = lexicon.settings["order"] == "verb-second"
    if verb_second:  # "empfing ihn wie einen Minister", "als erster Kanzler": likened, no party
        first = clause.start + (clause.marker is not None)
        bare = [p for p in bare if not (p.start > first and tokens[p.start - 1].has("conj", "comparison"))]
    if clause.kind == "relative" and clause.antecedent is not None:
        _relative(clause, found, bare, tokens, verb_second=verb_second)
    if clause.kind == "participle" and clause.antecedent is not None:
        found.subject = [clause.antecedent]
    if not found.subject:
        ending = lexicon.settings.get("plural-verb-ending")
        found.subject = _by_case(clause, bare, tokens, ending) if verb_second else _by_order(clause, bare, tokens)
    clause.own_subject = bool(found.subject)
    others = [p for p in bare if p not in found.subject and p not in found.objects]
    if not verb_second:  # "received her, the first woman to …"
        others = [p for i, p in enumerate(others) if i == 0 or not _apposed(others[i - 1], p, tokens)]
    found.objects += others
    if not found.subject and clause.parent is not None and _inherits(clause):
        found.subject = _controller(clause) or list(clause.parent.subject) or _headless(clause.parent)
    clause.subject = found.subject
    _agree(clause, found.subject, tokens, lexicon)
    return found


def _of_source(phrase: Phrase, clause: Clause, tokens: Sequence[Token]) -> bool:
    """ "nach Angaben des Ministeriums in Seoul", "laut dem Amt in Riad": where the source sits is no place of what it says."""
    if "in" not in phrase.prep or not phrase.countries:
        return False
    before = next((p for p in clause.phrases if p.end == phrase.start and not p.actor), None)
    start = phrase.start if before is None else max(before.start - 1, 0)
    told = any(t.has("word", "seat-of-source") for t in tokens[start : phrase.start])
    return told or any(t.has("word", "source-behind") for t in tokens[phrase.end : phrase.end + 1])


def _headless(parent: Clause) -> list[Phrase]:
    """The people of a headline that leaves out its verb: "Yoon to meet Xi in Peru"."""
    bare = [p for p in parent.phrases if not p.prep and p.actor]
    return _with_group(bare[-1], bare) if bare and not parent.verbs else []


def _controller(clause: Clause) -> list[Phrase]:
    """ "asked the minister to come": of an infinitive right behind it the object of a wish or order is the subject."""
    parent = clause.parent
    if clause.kind not in ("infinitive", "participle") or parent is None:
        return []
    _, whose = governing_noun(clause)
    if whose is not None:
        mutual = clause.main is not None and clause.main.frame in ("meet", "talk")
        alone = mutual and not any(p.actor for p in clause.phrases)
        return [
            whose,
            *(p for p in parent.subject if alone and p.actor and p is not whose),
        ]  # "Boric's request to meet"
    if parent.main is None or clause.kind == "participle" or parent.main.lemma == "become":
        return []  # "X became the first president to visit Palau"
    asked = [p for p in parent.phrases if p.end == clause.start and p.actor and "to" in p.prep]
    if asked and any(p.frame == "invite" and p.end == asked[0].start for p in parent.phrases):
        return asked  # "an invitation to the president to visit Athens"
    if any(frame == "prevent" for frame, _, _ in parent.main.frames) and not parent.passive:
        return [p for p in parent.phrases if p.actor and not p.prep and p not in parent.subject]  # "hielt ihn davon ab"
    if parent.main.frame not in (None, "propose", "invite", "plan", "expect", "send", "refuse") or parent.passive:
        return []
    return [p for p in parent.phrases if p.end == clause.start and p.actor and not p.prep and p.start > parent.main.at]


def governing_noun(clause: Clause) -> tuple[Phrase | None, Phrase | None]:
    """The noun that governs an infinitive, and whose it is, if it says: "his plan to …", "the wish of the king to …"."""
    parent = clause.parent
    near = [p for p in parent.phrases if 0 <= clause.start - p.end <= 1] if parent is not None else []
    if parent is None or not near or clause.kind not in ("infinitive", "participle"):
        return None, None
    if clause.kind == "participle" and not any(a < clause.start == b for a, b in parent.spans):
        return None, None  # "the king's plan, taking in Rome and Oslo, …"
    last = near[-1]
    if last.flags & GOVERNED:
        return last, last.owner if last.owner is not None and last.owner.actor else None
    before = next((p for p in parent.phrases if p.end == last.start and p.flags & GOVERNED), None)
    named = before is not None and last.actor and last.prep & {"by", "of", "for", "from", "with"}
    return before, last if named else None


def _agree(clause: Clause, subject: Sequence[Phrase], tokens: Sequence[Token], lexicon: Lexicon) -> None:
    """A pronoun that may be singular or plural ("sie") is what its verb is."""
    ending = lexicon.settings.get("plural-verb-ending")
    finite = next((v for v in clause.verbs if v.form in FINITE), None)
    if not ending or finite is None or len(subject) != 1 or subject[0].kind != "pronoun":
        return
    numbers = {number for number, _ in subject[0].genders}
    if {"sg", "pl"} <= numbers:
        subject[0].plural = tokens[finite.at].text.endswith((ending, "sind"))


def _inherits(clause: Clause) -> bool:
    return (
        clause.kind in ("infinitive", "participle")
        or clause.marker == "and"
        or clause.kind == "subordinate"
        and not clause.finite
    )


def _with_group(first: Phrase, bare: Sequence[Phrase]) -> list[Phrase]:
    return [p for p in bare if p.group == first.group]


def _relative(
    clause: Clause, found: Arguments, bare: list[Phrase], tokens: Sequence[Token], *, verb_second: bool
) -> None:
    antecedent = _predicated(clause)
    assert antecedent is not None
    at = next((i for i in range(clause.start, min(clause.start + 3, clause.end)) if tokens[i].get("rel")), clause.start)
    roles = frozenset(e.value for t in tokens[clause.start : at] for _, e in t.entries if e.kind == "prep")
    readings = tokens[at].get("rel")
    cases = {r.split(".")[0] for r in readings.value.split()} if readings else set()
    if roles:
        found.prepositional.append((roles, antecedent))
        return
    if "place" in cases:
        found.prepositional.append((frozenset({"in", "to"}), antecedent))
        return
    if clause.contact:
        found.objects.append(antecedent)
        return
    if readings is None:  # a further verb of the same clause: "who flew in and will meet"
        found.subject = [antecedent]
        return
    if "nom" not in cases:
        if cases & {"acc", "dat"}:
            found.objects.append(antecedent)
        return
    if not verb_second:
        finite = next((v.at for v in clause.verbs if v.form in FINITE), clause.end)
        between = [p for p in bare if at < p.start < finite]
        if between:
            found.objects.append(antecedent)
            found.subject = _with_group(between[-1], bare)
            return
    nominative = [p for p in bare if p.cases == frozenset({"nom"}) or (p.kind == "pronoun" and "nom" in p.cases)]
    if verb_second and nominative and "acc" in cases:
        found.objects.append(antecedent)
        found.subject = _with_group(nominative[0], bare)
        return
    found.subject = _joined(antecedent, clause)


def _joined(antecedent: Phrase, clause: Clause) -> list[Phrase]:
    """All who are listed before a relative clause that says that they met: "the ministers X, Y and Z, who met in Rome"."""
    if clause.main is None or clause.main.frame not in ("meet", "talk") or clause.parent is None:
        return [antecedent]
    listed = [p for p in clause.parent.phrases if p.group == antecedent.group and p.actor and p.end <= clause.start]
    return listed if antecedent in listed else [antecedent]


def _predicated(clause: Clause) -> Phrase | None:
    """ "X was the first president who …": the relative clause is about X."""
    office, above = clause.antecedent, clause.parent
    if office is None or office.kind != "office" or above is None or above.main is None or above.main.lemma != "be":
        return office
    people = [p for p in above.phrases if p.kind == "person" and not p.prep]
    if office.prep or office.plural or len(people) != 1 or not above.main.aux:
        return office
    return people[0] if set(office.countries) <= set(people[0].countries) or not people[0].countries else office


def _apposed(before: Phrase, phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether an object only says who the one before it is: "received her, the first woman in that office"."""
    behind = before.end == phrase.start - 1 and tokens[before.end].text == "," and before.group != phrase.group
    return behind and before.kind in ("pronoun", "person") and phrase.kind in ("office", "other")


def _adds(before: Phrase, phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Whether a phrase only adds to the one before it: "the Ghana | Football Association", "X, the first leader of …,"."""
    if before.group == phrase.group or phrase.kind == "person" or phrase.prep:
        return False
    if before.end == phrase.start and tokens[before.end - 1].text != ",":
        return (before.actor or before.kind == "other") and phrase.kind == "other" and not phrase.countries
    apposed = before.end == phrase.start or before.end == phrase.start - 1 and tokens[before.end].text == ","
    return apposed and before.kind == "person" and phrase.kind in ("office", "other")


def _by_order(clause: Clause, bare: list[Phrase], tokens: Sequence[Token]) -> list[Phrase]:
    """Subject-verb-object: the nearest bare phrase before the verb, else one between auxiliary and verb."""
    if not clause.verbs:
        return []
    first = clause.verbs[0]
    if first.form not in FINITE and clause.kind != "main":
        return []
    before = [p for p in bare if p.end <= first.at + 1 and p.start < first.at]
    while len(before) > 1 and _adds(before[-2], before[-1], tokens):
        before.pop()
    if before:
        return _with_group(before[-1], before)
    if first.aux and clause.main is not None and clause.main.at > first.at:
        between = [p for p in bare if first.at < p.start < clause.main.at]
        if between:
            return _with_group(between[0], between)
    if first.form in FINITE and clause.kind == "main" and clause.marker != "and":
        after = [p for p in bare if p.start > first.at]
        inverted = first.lemma == "be" and any(p.prep and p.end <= first.at for p in clause.phrases)
        if len(after) > 1 or after and (first.frame == "happen" or clause.passive or inverted):
            return _with_group(after[0], after)
    return []


def _several(finite: int, tokens: Sequence[Token], ending: str | None) -> bool:
    """Whether a finite verb is in the plural."""
    return ending is not None and tokens[finite].text.endswith((ending, "sind"))


def _one_thing(phrases: Sequence[Phrase]) -> bool:
    """Whether what stands before the verb is one thing in the singular, and nobody."""
    return len(phrases) == 1 and not phrases[0].actor and phrases[0].plural is not True


def _persons(phrases: Sequence[Phrase]) -> bool:
    """Whether several people named stand together behind the verb."""
    return len(_with_group(phrases[0], phrases)) > 1 and all(p.actor for p in _with_group(phrases[0], phrases))


def attributes(clause: Clause) -> bool:
    """ "…, schrieb Minister X": a verb of saying opens its clause behind what was said, and who said it follows."""
    verb = clause.main
    says = clause.kind == "main" and clause.marker == "and" and verb is not None and verb.frame == "say"
    return says and verb is not None and verb.form in FINITE and verb.at == clause.start


def _by_case(clause: Clause, bare: list[Phrase], tokens: Sequence[Token], ending: str | None) -> list[Phrase]:
    """Verb-second: case decides; where it does not, the first phrase that may be nominative."""
    candidates = [p for p in bare if "nom" in p.cases and "genitive" not in p.flags]
    finite = next((v.at for v in clause.verbs if v.form in FINITE), None)
    if attributes(clause) and candidates and candidates[0].start == clause.start + 1 and candidates[0].actor:
        return _with_group(candidates[0], candidates)
    if (
        clause.kind in ("participle", "infinitive")
        or clause.shared is not None
        or not candidates
        or (clause.marker == "and" and clause.kind == "main" and finite is not None and finite <= clause.start + 1)
    ):
        return []  # "… und traf Kim": the subject is that of the clause before
    if any(p.actor for p in candidates):  # "19 Mal war Merkel in Russland": a measure is no subject beside a person
        candidates = [p for p in candidates if p.kind != "other" or p.cases == {"nom"}] or candidates
    certain = [p for p in candidates if not p.cases & {"acc", "dat"} or (p.kind == "pronoun" and p.cases == {"nom"})]
    if clause.kind == "main" and finite is not None:
        before = [p for p in candidates if p.start < finite]
        after = [p for p in candidates if p.start > finite]
        if before and after and _several(finite, tokens, ending) and _one_thing(before) and _persons(after):
            before = []  # "Das letzte Gespräch hatten Hu und Noda geführt"
        if before and (before[0] in certain or not any(p in certain for p in after)):
            return _with_group(before[-1] if len({p.group for p in before}) == 1 else before[0], candidates)
        if after:
            chosen = next((p for p in after if p in certain), after[0])
            return _with_group(chosen, candidates)
    chosen = next((p for p in certain if p.actor), None) or next((p for p in candidates if p.actor), candidates[0])
    return _with_group(chosen, candidates)
