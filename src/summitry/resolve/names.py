"""How names are made comparable: their tokens, a spelling fold and a consonant skeleton (DESIGN §4).

One sound is spelled ш in Russian, sch in German, sh in English, ch in French and 시 in Korean. The fold writes one
letter for it; the skeleton goes further, drops the vowels and keeps one letter for each class of consonants that
languages confuse. Both are made by rules for spelling conventions, which are chosen by script, not by language:
a Latin name does not say in whose spelling it is, so letters that are read in two ways give several skeletons.
"""

import functools
import itertools
import re
import unicodedata
from typing import Final, NamedTuple

from anyascii import anyascii

from summitry.resolve import hangul, transcribed

_APART: Final = re.compile(r"[\s‐-―\-·•・,;/]+")
_ASIDE: Final = re.compile(r"\([^)]*\)|（[^）]*）|\[[^\]]*\]|[\"“”„«»‹›'’‘`´ʻʼʹ]")
_INITIALS: Final = re.compile(r"(?<=\b\w)\.\s*")  # after one letter
_ABBREVIATED: Final = re.compile(r"\b[^\W\d_]{2,5}\.\s*")  # Dr., Mr., Prof., Jr.
_CAMEL: Final = re.compile(r"(?<=[a-z'])(?=[A-Z])")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u04ff]")
# Words that belong to a family name and are left out or joined to it as the writer likes; the second set are given
# or family names as well and stay where they come first (Ben Wallace, An Tong Chun).
PARTICLES: Final = frozenset(
    {
        "al",
        "el",
        "ul",
        "as",
        "ash",
        "ad",
        "ar",
        "an",
        "at",
        "az",
        "bin",
        "ibn",
        "ben",
        "bint",
        "von",
        "van",
        "der",
        "den",
    }
    | {"ter", "zu", "de", "du", "da", "di", "do", "del", "della", "dos", "das", "la", "le", "y", "af", "av", "fon"}
)
_NAMES_TOO: Final = frozenset({"an", "ben", "at", "ad", "da", "di", "do", "la", "le", "y", "ter", "den"})
# Cyrillic letters for which anyascii's reading is not the one that newspapers use.
_LETTERS: Final = str.maketrans({"ё": "yo", "ъ": "", "ь": "", "ж": "zh", "э": "e", "ç": "s", "ı": "i", "ø": "o"})

# The fold, in order; S stands for every sibilant. The comments name the conventions.
_FOLDS: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"schtsch|chtch|shch|tsch|dsch|tch|dzh|chzh|tszy?|sch|szcz|cz|sz|sh|zh|ch|ts|tz|dz|dj", "S"),  # de en fr ru pl
        (r"^ng", "n"), (r"ck", "k"), (r"ph", "f"), (r"th", "t"), (r"kh|gh", "k"), (r"qu(?=[ei])", "k"), (r"gu(?=[ei])", "g"),
        (r"^x", "S"), (r"x", "ks"), (r"q", "k"), (r"c(?=[eiy])", "S"), (r"c", "k"), (r"[sz]", "S"), (r"w", "v"),
        (r"ng(?![aeiou])", "n"), (r"(?<=[aeiouy])h(?![aeiouy])", ""),
        (r"ee|(?<=.)ie(?=[^aeiouy]|$)", "i"), (r"(?:[iyj]{2}|ey|ej|y|j|i)$", "i"), (r"[iyj](?=[aeou])", ""),
        (r"oo|ou", "u"), (r"ae", "a"), (r"oe", "o"), (r"ue", "u"), (r"[yj]", "i"),
        (r"(.)\1+", r"\1"), (r"(?<=...[^aeiou])e$", ""),
    )
)  # fmt: skip
_CLASSES: Final = str.maketrans("bpvfwgkhqdtlrmn", "PPPPPKKKKTTRRMN")
# Letters with two readings: German j is a glide and English j a sibilant; ch is a sibilant or German, Polish [x];
# g before e and i, Spanish and German j, Chinese q, c, j.
_READINGS: Final = (
    (re.compile(r"^(?:j|dj|dsch|dzh)(?=[aeiou])"), ("y", "S")),
    (re.compile(r"(?<!s)(?<!t)ch(?!tch|tsch)"), ("ch", "kh")),
    (re.compile(r"^q(?=[iu])"), ("k", "S")),
    (re.compile(r"(?<=[aeiou])j(?=[aeiou])"), ("y", "S")),
    (re.compile(r"^j(?=[aeiour])"), ("kh",)),  # Spanish
    (re.compile(r"^c(?=a|ong|ui|u?an|en)"), ("k", "S")),
    (re.compile(r"g(?=e|i[aou])"), ("S",)),
    (re.compile(r"^tr(?=[aeiou])"), ("S",)),  # Vietnamese
    (re.compile(r"^f(?=u)"), ("h",)),  # Japanese fu in Hangul
)  # fmt: skip
_UNWRITTEN: Final = re.compile(r"eo(?![rl])")


class Token(NamedTuple):
    """One word of a name: as lower-case ASCII (or Hangul), its possible folds and skeletons, its Korean syllables."""

    text: str
    folds: tuple[str, ...]
    skeletons: tuple[str, ...]
    syllables: tuple[hangul.Syllable, ...]

    @property
    def is_initial(self) -> bool:
        return len(self.text) == 1 and self.text.isascii()


class Name(NamedTuple):
    """A name ready to be compared."""

    text: str
    tokens: tuple[Token, ...]
    syllables: tuple[hangul.Syllable, ...]  # of the whole name where it may be Korean, else ()
    korean: bool  # it may be and begins with a Korean family name
    joined: Token  # all tokens written as one

    @property
    def in_hangul(self) -> bool:
        """Whether every word is in Hangul."""
        return bool(self.tokens) and all(hangul.is_hangul(token.text) for token in self.tokens)


def words(name: str, titles: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of a name in lower case, family name last where a comma says it came first.

    Bracketed text, abbreviated titles (Dr., Mr.) and the words in `titles` (lower case) are left out.

    >>> words("Lavrov, Sergei V."), words("왕이(王毅)"), words("Dr. Kim Yo-jong")
    (('sergei', 'v', 'lavrov'), ('왕이',), ('kim', 'yo', 'jong'))
    """
    plain = _ASIDE.sub("", unicodedata.normalize("NFKC", name))
    family, comma, given = plain.partition(",")
    plain = _INITIALS.sub(" ", f"{given} {family}" if comma and given.strip() else plain)
    spelled = _ABBREVIATED.sub(" ", plain) if _ABBREVIATED.sub(" ", plain).strip() else plain
    found = (word.strip(".") for word in _APART.split(spelled))
    return tuple(word for word in (_latin(word) for word in found if word) if word and word not in titles)


def _latin(word: str) -> str:
    """A word in lower-case ASCII; Hangul stays, since its syllables say more than their transliteration."""
    if hangul.is_hangul(word):
        return word
    if _HAN.search(word):
        return _CAMEL.sub(" ", anyascii(word)).lower()
    lower = word.casefold() if not _CYRILLIC.search(word) else word.casefold().replace("й", "и")
    return "".join(char for char in anyascii(lower.translate(_LETTERS)).lower() if char.isalpha())


@functools.lru_cache(maxsize=100_000)
def parse(name: str, titles: frozenset[str] = frozenset()) -> Name:
    """A name with everything that comparing it needs."""
    spoken = [part for word in words(name, titles) for part in word.split()]
    kept = [word for at, word in enumerate(spoken) if word not in PARTICLES or (not at and word in _NAMES_TOO)]
    tokens = tuple(_token(word) for word in kept or spoken)
    parts = [token.syllables for token in tokens]
    sound = tuple(itertools.chain.from_iterable(parts)) if all(parts) else ()
    sound = sound if len(sound) <= 4 else ()
    korean = 2 <= len(sound) <= 3 and bool(hangul.families(sound[0]))
    return Name(name, tokens, sound, korean, _token("".join(_romanised(word) for word in spoken)))


@functools.lru_cache(maxsize=100_000)
def _token(word: str) -> Token:
    spelled = _readings(_romanised(word))
    if hangul.is_hangul(word):  # which writes no r that ends a syllable: 커트 is Kurt, 스타머 Starmer
        spelled += tuple(_UNWRITTEN.sub("er", reading) for reading in spelled if _UNWRITTEN.search(reading))
    folds = tuple(dict.fromkeys(_fold(reading) for reading in spelled))
    return Token(word, folds, tuple(dict.fromkeys(skeleton(fold) for fold in folds)), hangul.syllables(word))


def _romanised(word: str) -> str:
    """Hangul without the vowel that Korean puts between foreign consonants (라브로프 rabeuropeu -> rabrop).

    A foreign l between vowels is written twice, at the end of one syllable and the beginning of the next (릴라 -> rila).
    """
    if not hangul.is_hangul(word):
        return word
    spelled = hangul.romanise(word)
    bare = re.sub(r"(?<=[^aeiou])eu(?=.)|(?<=[^aeiou])eu$", "", spelled) or spelled
    return bare.replace("lr", "l")


def _readings(word: str) -> tuple[str, ...]:
    """The word in every way that its ambiguous letters can be read; at most eight."""
    found = [word]
    for pattern, readings in _READINGS:
        found += [pattern.sub(reading, item) for item in found for reading in readings if pattern.search(item)]
    return tuple(dict.fromkeys(found))[:8]


def _fold(word: str) -> str:
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


@functools.lru_cache(maxsize=100_000)
def skeleton(fold: str) -> str:
    """The consonant classes of a fold; a leading vowel leaves an A, so that Ali is not Li.

    >>> skeleton("laprop") == skeleton("lavrov")
    True
    """
    return ("A" if fold[:1] in "aeiou" else "") + re.sub("[aeiou]", "", fold).translate(_CLASSES)


def block(name: str) -> frozenset[str]:
    """The keys under which spellings of a name meet: the beginnings of the skeletons of its possible family names.

    A Korean name is found by its family name as well, every name as if written in one word, and one in Hangul by the
    first character of its first and last word.
    """
    parsed = parse(name)
    ends = {parsed.tokens[0], parsed.tokens[-1], parsed.joined} if parsed.tokens else set()
    keys = {key[:3] for token in ends for key in token.skeletons}
    if parsed.syllables:
        keys |= {"-".join(sounds) for sounds in hangul.families(parsed.syllables[0])}
    for token in (*parsed.tokens[:1], *parsed.tokens[-1:]):
        keys |= {token.text[0]} if hangul.is_hangul(token.text) else transcribed.first_written(token.text)
    return frozenset(keys)
