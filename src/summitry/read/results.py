"""What was talked about and what came of it, in the words of the document: topics and outcomes of encounters."""

from collections.abc import Sequence

from summitry.read.arguments import Arguments
from summitry.read.clause import Clause
from summitry.read.drafts import Draft
from summitry.read.phrase import Phrase
from summitry.read.tokens import Token

TALKS = frozenset({"talk", "meet", "summit", "call", "visit", "session", "receive"})
THINGS = frozenset({"other", "activity", "noun"})


def topics(draft: Draft, tokens: Sequence[Token]) -> list[str]:
    """What a draft's talks are about: the phrases behind "about", "über" and their like, each without its preposition."""
    if draft.frame not in TALKS and "talks" not in draft.activities:
        return []
    found = []
    for phrase in draft.clause.phrases:
        if "about" in phrase.prep and phrase.kind in (*THINGS, "country", "organization") and not phrase.spoken:
            text = _printed(phrase, _completed(phrase, draft.clause), tokens)
            if text and text not in found:
                found.append(text)
    return found


def outcomes(clause: Clause, args: Arguments, clauses: Sequence[Clause], tokens: Sequence[Token]) -> list[str]:
    """What a clause says was promised, given or signed: its object with what belongs to it, or the infinitive below it."""
    if clause.main is None or clause.negated or not any(frame == "outcome" for frame, _, _ in clause.main.frames):
        return []
    below = next((c for c in clauses if c.parent is clause and c.kind == "infinitive"), None)
    if below is not None:
        return [_words(tokens[below.start : below.end])]
    to = clause.main.at + 1
    if to < clause.end and tokens[to].has("prep", "to") and not tokens[min(to + 1, clause.end - 1)].get("det"):
        end = next((i for i in range(to, clause.end) if tokens[i].time or tokens[i].text in ",;:"), clause.end)
        return [_words(tokens[to:end])]  # "pledged to finance a plant"
    given = args.subject if clause.passive else args.objects
    things = [p for p in given if p.kind in THINGS] or [
        p for p in clause.phrases if p.prep & {"about", "on"} and p.kind in THINGS
    ]
    if not things:
        return []
    text = _printed(things[0], _completed(things[0], clause), tokens)
    return [text] if text else []


def _completed(phrase: Phrase, clause: Clause) -> Phrase:
    """The last of the phrases that complete one: "Hilfe beim Bau von Satelliten", "the future of fisheries"."""
    for following in clause.phrases:
        told = following.kind in THINGS and following.prep or "matter" in following.prep
        if following.start == phrase.end and told:
            phrase = following
    return phrase


def _printed(first: Phrase, last: Phrase, tokens: Sequence[Token]) -> str:
    """The words from one phrase to another, without preposition and article at the beginning."""
    start = first.start
    while start < first.end and tokens[start].get("prep", "det"):
        start += 1
    return _words(tokens[start : last.end])


def _words(tokens: Sequence[Token]) -> str:
    """Tokens as text."""
    return " ".join(t.text for t in tokens).strip(" .,;").replace(" ,", ",").replace(" 's", "'s")
