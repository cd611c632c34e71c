"""Korean names by their syllables, in Hangul and in the many ways they are written with other letters.

Korean given names differ in a vowel or a final consonant (Kim Jong Un, Kim Jong Il), while one syllable has many
spellings (정 is Jung, Jeong, Chung, Jong, Чон, Чжон). A spelled syllable therefore stands for the sets of sounds that
it may mean, and two syllables agree when their sets meet in all three places. The sets are our own observation of
press spellings: Revised Romanisation, McCune-Reischauer, North Korean English, and the Russian (Kontsevich) practice.
"""

import functools
import itertools
import re
from typing import Final, NamedTuple

FIRST, LAST = 0xAC00, 0xD7A3
INITIALS: Final = ("g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
VOWELS: Final = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "eu",
    "ui", "i",
)  # fmt: skip
FINALS: Final = (  # as pronounced at the end of a word
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng", "t",
    "t", "k", "t", "p", "t",
)  # fmt: skip

# Spelled initial, vowel and final -> the jamo (in the romanisation above) that the press means by it.
_INITIAL: Final = {
    "": " ", "g": "g kk", "k": "g k kk", "kh": "k h", "kkh": "k", "n": "n r", "d": "d tt", "t": "d t tt", "th": "t",
    "tkh": "t", "r": "r n ", "l": "r ", "rh": "r", "m": "m", "b": "b pp", "p": "b p pp", "ph": "p", "pkh": "p",
    "s": "s ss", "sh": "s ss", "ss": "s ss", "j": "j jj", "zh": "j", "ch": "j ch jj", "chzh": "j jj", "chkh": "ch",
    "ts": "j ch", "tsch": "j ch", "tch": "j ch", "h": "h", "kk": "k g kk",
    "q": "j ch", "x": "s",
}  # fmt: skip
_VOWEL: Final = {
    "a": "a", "ah": "a", "ae": "ae", "ai": "ae", "ay": "ae", "ya": "ya", "ja": "ya", "ia": "ya a", "yae": "yae",
    "eo": "eo", "e": "e eo ae ye yeo", "ye": "ye yeo e", "je": "ye yeo", "yeo": "yeo", "yo": "yo yeo", "jo": "yo yeo",
    "you": "yeo yu", "yeou": "yeo", "io": "yo yeo", "o": "o eo", "oh": "o", "oe": "oe", "oi": "oe", "oy": "oe",
    "wa": "wa", "ua": "wa", "va": "wa", "ve": "we oe", "wo": "wo", "wi": "wi", "wie": "wi", "vi": "wi",
    "u": "u eo eu", "uh": "eo", "oo": "u", "ou": "u eo", "ur": "eo", "yu": "yu yeo", "yoo": "yu",
    "ju": "yu", "iu": "yu", "eu": "eu", "y": "eu", "ui": "ui eu i", "eui": "ui", "i": "i ui", "ee": "i ui", "ie": "i",
    "yi": "i ui", "we": "we wi oe", "vo": "wo", "woo": "u", "wu": "u"
}  # fmt: skip
_FINAL: Final = {
    "": "", "k": "k", "g": "k", "kh": "k", "rk": "k", "n": "n ng", "nn": "n", "ng": "ng", "m": "m", "p": "p", "b": "p", "t": "t",
    "d": "t", "s": "t", "l": "l", "r": "l", "h": "",
}  # fmt: skip


def _spelling(spelled: dict[str, str]) -> str:
    return "|".join(sorted(filter(None, spelled), key=len, reverse=True))


_ONE_SOUND: Final = frozenset({"ts", "ch", "sh", "zh", "th", "kh", "ph", "tc"})  # never parted between syllables
_SYLLABLE: Final = re.compile(rf"({_spelling(_INITIAL)}|)({_spelling(_VOWEL)})({_spelling(_FINAL)}|)")
# The commonest family names, as they are written in Hangul; together they are borne by nearly every Korean.
FAMILIES: Final = frozenset(
    "김이박최정강조윤장임림한오서신권황안송류유홍전고문양손배백허남심노로하곽성차주우구민진지엄채원천방공현함변염여"
    "추도소석선설마길연위표명기반왕금옥육인맹제모탁국어은편용리라태렴량려"
)
_USUAL: Final = {  # family names whose usual English spelling is not the Revised Romanisation
    "김": "Kim", "이": "Lee", "리": "Ri", "박": "Park", "최": "Choi", "정": "Jung", "강": "Kang", "조": "Cho",
    "윤": "Yoon", "임": "Lim", "오": "Oh", "신": "Shin", "권": "Kwon", "안": "Ahn", "유": "Yoo", "류": "Ryu",
    "문": "Moon", "노": "Roh", "구": "Koo", "우": "Woo", "반": "Ban", "주": "Joo", "곽": "Kwak", "백": "Baek",
}  # fmt: skip


class Syllable(NamedTuple):
    """The sounds that a syllable may stand for; a written Hangul syllable stands for one of each."""

    initial: frozenset[str]
    vowel: frozenset[str]
    final: frozenset[str]


def is_hangul(text: str) -> bool:
    """Whether every character is a Hangul syllable."""
    return bool(text) and all(FIRST <= ord(char) <= LAST for char in text)


def jamo(char: str) -> tuple[str, str, str]:
    """One Hangul syllable as initial, vowel and final in the Revised Romanisation (arithmetic of Unicode, ch. 3.12)."""
    index = ord(char) - FIRST
    return INITIALS[index // 588], VOWELS[index % 588 // 28], FINALS[index % 28]


_FAMILY_SOUNDS: Final[frozenset[tuple[str, ...]]] = frozenset(jamo(name) for name in FAMILIES)


def romanise(text: str) -> str:
    """Hangul as Latin letters, syllable by syllable; everything else as it is.

    >>> romanise("평양")
    'pyeongyang'
    """
    return "".join("".join(jamo(char)) if is_hangul(char) else char for char in text)


def latin_name(text: str) -> str:
    """A Korean name in Hangul the way the English-language press would write it; a foreign name romanised.

    >>> latin_name("박진"), latin_name("조태열")
    ('Park Jin', 'Cho Tae-yeol')
    """
    if not (is_hangul(text) and 2 <= len(text) <= 3 and text[0] in FAMILIES):
        return " ".join(romanise(word).capitalize() for word in text.split())
    family = _USUAL.get(text[0], romanise(text[0]).capitalize())
    return f"{family} {'-'.join(romanise(char) for char in text[1:]).capitalize()}"


@functools.lru_cache(maxsize=100_000)
def syllables(token: str) -> tuple[Syllable, ...]:
    """The one to four syllables that a token of a name consists of; () where it cannot be a Korean name.

    `token` is Hangul, or lower-case ASCII; other scripts are transliterated before.
    """
    if is_hangul(token):
        return tuple(Syllable(*(frozenset((part,)) for part in jamo(char))) for char in token) if len(token) < 5 else ()
    return _split(token.replace("wh", "hw"), 3)


def _split(token: str, most: int) -> tuple[Syllable, ...]:
    """`token` cut into as few syllables as possible, at most `most`."""
    whole = _SYLLABLE.fullmatch(token)
    if whole:
        initial, vowel, final = whole.groups()
        return (Syllable(_set(_INITIAL[initial]), _set(_VOWEL[vowel]), _set(_FINAL[final])),)
    if most < 2:
        return ()
    for cut in range(len(token) - 1, 0, -1):  # a consonant goes to the syllable that it begins: Tae-yul, Suk-yeol
        if token[cut - 1 : cut + 1] in _ONE_SOUND:
            continue
        head = _SYLLABLE.fullmatch(token[:cut])
        tail = _split(token[cut:], most - 1) if head else ()
        if head and tail:
            return _split(token[:cut], 1) + tail
    return ()


def _set(sounds: str) -> frozenset[str]:
    return frozenset(sounds.split(" "))


def families(syllable: Syllable) -> frozenset[tuple[str, ...]]:
    """The sounds of the common Korean family names that the syllable may be."""
    return frozenset(sounds for sounds in itertools.product(*syllable) if sounds in _FAMILY_SOUNDS)


def agree(a: Syllable, b: Syllable) -> float:
    """1.0 where initial, vowel and final may be the same; two thirds where a single one of the three differs."""
    return sum(bool(x & y) for x, y in zip(a, b, strict=True)) / 3
