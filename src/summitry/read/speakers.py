"""Who says "I": the one whom a label or the questions of an interview name, or whom a quotation is attributed to."""

import re
from collections.abc import Sequence

from summitry.lexicon import Lexicon
from summitry.read.clause import Clause
from summitry.read.people import Person, Register
from summitry.read.tokens import QUOTES, Sentence

LABEL = re.compile(r"\s*([^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){0,3}): ")


def set_speakers(text: str, document: Sequence[Sentence], register: Register, lexicon: Lexicon) -> None:
    """Note on every sentence of an interview who speaks: by the label of its line, else the one whom questions address."""
    partner, asked = None, False
    block, speaker, labelled = -1, None, False
    for at, sentence in enumerate(document):
        if sentence.block != block:
            block, speaker = sentence.block, None
            label = LABEL.match(text, text.rfind("\n", 0, sentence.start) + 1)
            if label is not None:
                speaker = _named(label[1], register)
                labelled = labelled or speaker is not None
            elif not labelled and not _asks(document, at):
                speaker = partner if asked else None
            asked = _asks(document, at) or asked and speaker is not None
            partner = _addressed(sentence, register, lexicon) or partner
        sentence.speaker = speaker


def _asks(document: Sequence[Sentence], at: int) -> bool:
    """Whether the line that begins with sentence `at` ends in a question."""
    block = document[at].block
    last = at
    while last + 1 < len(document) and document[last + 1].block == block:
        last += 1
    return any(t.text == "?" for t in document[last].tokens[-2:])


def _named(words: str, register: Register) -> Person | None:
    names = words.split()
    return register.surname(names) or register.surname(names[-1:])


def _addressed(sentence: Sentence, register: Register, lexicon: Lexicon) -> Person | None:
    """ "Herr Asselborn, …": whom the first words of a line address."""
    tokens = sentence.tokens
    at = 0
    while at < len(tokens) and (tokens[at].has("word", "titles") or at and tokens[at].get("office")):
        at += 1
    if not at or at + 1 >= len(tokens) or tokens[at + 1].text != ",":
        return None
    return register.surname([tokens[at].text])


def quoted_speaker(clauses: Sequence[Clause], sentence: Sentence) -> Person | None:
    """To whom the sentence attributes what it quotes: '"I met him", said X.'"""
    if sentence.speaker is not None or not any(t.text in QUOTES for t in sentence.tokens):
        return sentence.speaker
    for clause in clauses:
        says = clause.main is not None and clause.main.frame == "say"
        if says or sentence.tokens[clause.start].has("word", "attribution"):
            people = [p for p in [*clause.subject, *clause.phrases] if p.person is not None and not p.prep]
            if people:
                return people[0].person
    return None
