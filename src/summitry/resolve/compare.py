"""Are two names the same? Answers with an explained score, `(value, detail)`, never with a bare number.

From 0.8 two names are taken for the same (`SAME`), from 0.6 they do not contradict each other (`COMPATIBLE`): a
surname alone fits everyone who bears it. Nothing here knows a country or an office; callers compare within those.
"""

import functools
from collections.abc import Sequence
from typing import Final, NamedTuple

from rapidfuzz.distance import JaroWinkler, Levenshtein

from summitry.resolve import hangul, transcribed
from summitry.resolve.names import Name, Token, parse, skeleton, words

SAME: Final = 0.8
COMPATIBLE: Final = 0.6
_TOKEN: Final = 0.76  # from here two words are spellings of one name
_FAMILY: Final = 0.85  # from here they surely are
_LETTERS: Final = 0.7  # of two names written as one word, the share of letters that must agree
_SHORT: Final = 4  # folds shorter than this have to agree letter by letter


class Score(NamedTuple):
    """How alike two things are, from 0 to 1, and why."""

    value: float
    detail: str


@functools.lru_cache(maxsize=200_000)
def compare_names(a: str, b: str) -> Score:
    """How surely two names, in whatever scripts and spellings, are one person's.

    >>> compare_names("Sergej Lawrow", "Сергей Лавров").value >= SAME
    True
    >>> compare_names("Lavrov", "Sergei Lavrov")
    Score(value=0.7, detail='surname only: lavrov')
    """
    if a == b and parse(a).tokens:
        full = len(parse(a).tokens) > 1 or parse(a).korean
        return Score(1.0, "same letters") if full else Score(0.75, "same single name")
    first, second = sorted((parse(a), parse(b)), key=lambda name: (len(name.tokens), name.text))
    if not first.tokens or not second.tokens:
        return Score(0.0, "no letters to compare")
    sounded = _compare_transcribed(first, second)
    if first.korean and second.korean and len(first.syllables) == len(second.syllables):
        return max(sounded, _compare_korean(first, second))
    found = _compare_tokens(first, second)
    return max(found, sounded, _compare_joined(first, second), _family_of_korean(first, second))


def same_name(a: str, b: str) -> bool:
    """Whether two names are taken for one person's."""
    return compare_names(a, b).value >= SAME


@functools.lru_cache(maxsize=50_000)
def share_family(a: str, b: str) -> bool:
    """Whether two names, none of them Korean, are surely of one family: Tony Blinken, Antony Blinken.

    Korean families are a few dozen, so a shared one says nothing.
    """
    first, second = parse(a), parse(b)
    if first.korean or second.korean or not (first.tokens and second.tokens):
        return False
    return _similar(first.tokens[-1], second.tokens[-1]) >= _FAMILY


def _compare_korean(a: Name, b: Name) -> Score:
    """Syllable by syllable: one that differs makes another person (Kim Jong Un, Kim Jong Il)."""
    straight = [hangul.agree(x, y) for x, y in zip(a.syllables, b.syllables, strict=True)]
    value = min(straight)
    if value == 1.0:
        return Score(0.95, "syllables")
    for order in (a.tokens[1:] + a.tokens[:1], a.tokens[-1:] + a.tokens[:-1]):
        turned = [syllable for token in order for syllable in token.syllables]
        if all(hangul.agree(x, y) == 1.0 for x, y in zip(turned, b.syllables, strict=True)):
            return Score(0.9, "syllables, family name last")
    at = straight.index(value)
    return Score(round(0.6 * sum(straight) / len(straight) * value, 3), f"syllable {at + 1} differs")


def _compare_transcribed(a: Name, b: Name) -> Score:
    """A Chinese or Vietnamese name in Hangul and in Latin letters: all of it, its family name, or its last word."""
    written, spelled = (a, b) if a.in_hangul else (b, a)
    if not written.in_hangul or spelled.in_hangul:
        return Score(0.0, "one script")
    ours, theirs = ([word for part in words(name.text) for word in part.split()] for name in (written, spelled))
    joined = "".join(ours)
    if transcribed.transcribes(joined, theirs):
        return Score(0.95 if len(theirs) > 1 else 0.75, "written by its sound")
    ends = (ours[0], ours[-1]) if len(theirs) == 1 else (joined,) if len(ours) == 1 else ()
    if any(transcribed.transcribes(part, [word]) for part in ends for word in (theirs[0], theirs[-1])):
        return Score(0.7, f"one part only: {spelled.text if len(theirs) == 1 else written.text}")
    if len(theirs) == len(ours) == 1 and len(joined) > 1 and transcribed.begins(joined, theirs[0]):
        return Score(0.7, f"surname only: {spelled.text}")
    return Score(0.0, "not by its sound")


def _family_of_korean(a: Name, b: Name) -> Score:
    """A single syllable against a Korean name: it can be the family name only."""
    alone = len(a.syllables) == len(a.tokens) == 1 < len(b.syllables)
    if alone and b.korean and hangul.agree(a.syllables[0], b.syllables[0]) == 1.0:
        return Score(0.7, f"surname only: {a.tokens[0].text}")
    return Score(0.0, "no Korean family name")


def _compare_tokens(a: Name, b: Name) -> Score:
    """Every word of the shorter name has to be a word of the longer one, in whatever order."""
    pairs, rest = [], list(range(len(b.tokens)))
    for word in sorted(a.tokens, key=lambda token: -len(token.text)):
        ranked = sorted(((_similar(word, b.tokens[at]), -at) for at in rest), reverse=True)
        if not ranked or ranked[0][0] < _TOKEN:
            return Score(round(0.4 * (ranked[0][0] if ranked else 0.0), 3), f"{word.text} is no part of {b.text}")
        pairs.append((ranked[0][0], -ranked[0][1]))
        rest.remove(-ranked[0][1])
    if len(a.tokens) == 1:
        return _single(a, b, pairs[0])
    value = min(sum(score for score, _ in pairs) / len(pairs), min(score for score, _ in pairs) + 0.1)
    if not any(len(token.text) > 1 for token in a.tokens):
        return Score(0.5, "initials only")
    if rest and a.korean and b.korean:
        return Score(0.4, "a Korean name with a syllable more")
    return Score(round(value * (0.95 if rest else 1.0), 3), "words" if not rest else "words, some left over")


def _single(a: Name, b: Name, pair: tuple[float, int]) -> Score:
    """One word: the same single name, or the surname (seldom the first or a middle name) of a longer one."""
    word, (score, at) = a.tokens[0], pair
    if len(b.tokens) == 1:
        return Score(round(0.75 if score > 0.9 else 0.7, 3), f"single names: {word.text}, {b.tokens[0].text}")
    if word.is_initial:
        return Score(0.1, "an initial only")
    if at == 0 and not (b.korean or len(b.tokens) == 2):
        return Score(0.5, f"given name only: {word.text}")
    if b.korean and at:
        return Score(0.3, f"{word.text} is no family name of {b.text}")
    return Score(0.7, f"surname only: {word.text}")


def _compare_joined(a: Name, b: Name) -> Score:
    """Names cut into words differently: 시진핑 and Xi Jinping, Abdel Fattah and Abdelfattah."""
    if len(a.tokens) == len(b.tokens) or (len(b.joined.text) < 6 and a.joined.text != b.joined.text):
        return Score(0.0, "same number of words")
    value = _similar(a.joined, b.joined)
    # Skeletons leave the vowels out, and those of long words meet by chance: Kishida, Kazuo Ueda. Letters must agree too.
    letters = max(Levenshtein.normalized_similarity(x, y) for x in a.joined.folds for y in b.joined.folds)
    if value < 0.82 or letters < _LETTERS:
        return Score(0.0, "differ when written as one word")
    return Score(round(value, 3), "written as one word")


def _similar(a: Token, b: Token) -> float:
    """How alike two words are under all their readings: letters of the fold and classes of the skeleton, half each."""
    if a.is_initial or b.is_initial:
        return 0.85 if {fold[:1] for fold in a.folds} & {fold[:1] for fold in b.folds} else 0.0
    if a.syllables and b.syllables and len(a.syllables) == len(b.syllables) == 1:
        alike = hangul.agree(a.syllables[0], b.syllables[0]) == 1.0
        return 1.0 if alike else 0.8 if set(a.folds) & set(b.folds) else 0.5 * _closest(a.folds, b.folds)
    return _closest(a.folds, b.folds)


def _closest(a: Sequence[str], b: Sequence[str]) -> float:
    best = 0.0
    for x in a:
        for y in b:
            if x != y and (min(len(x), len(y)) < _SHORT - 1 or max(len(x), len(y)) < _SHORT):
                best = max(best, 0.8 if _vowels_apart(x, y) else 0.5 * JaroWinkler.similarity(x, y))
                continue
            bones = Levenshtein.normalized_similarity(skeleton(x), skeleton(y))
            best = max(best, (JaroWinkler.similarity(x, y) + bones) / 2)
    return best


def _vowels_apart(x: str, y: str) -> bool:
    """Short words of the same consonants and the same length, one vowel spelled another way."""
    return len(x) == len(y) > 2 and sum(p != q for p, q in zip(x, y, strict=True)) == 1 and x[0] == y[0]
