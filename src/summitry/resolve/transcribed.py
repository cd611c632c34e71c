"""Chinese and Vietnamese names in Hangul, which writes them by the sound of each syllable: 리커창, 쩐 꽝 하이.

Spelled as one reads it in Latin letters such a name shares little with Li Keqiang or Tran Quang Hai. So the Latin name
is cut into syllables of pinyin or Vietnamese, each with what Hangul writes for it (`data/hangul.toml`), and these have
to make up the name in Hangul.
"""

import functools
import itertools
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Final

import msgspec

from summitry.resolve.hangul import FIRST

_INITIALS: Final = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS: Final = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_GLIDES: Final = {0: 2, 1: 3, 4: 6, 5: 7, 8: 12, 13: 17}  # places of vowels: a ya, ae yae, eo yeo, e ye, o yo, u yu
_I: Final = 20  # the place of the vowel i
_MOST: Final = 3  # syllables written as one word in pinyin

Syllable = frozenset[str]  # what Hangul may write for it


class Parts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of what the syllables of one spelling consist."""

    starts: dict[str, str]
    ends: dict[str, str]
    closed: dict[str, str] = msgspec.field(default_factory=lambda: {"": ""})
    whole: dict[str, str] = {}  # noqa: RUF012 msgspec copies it

    def syllables(self) -> dict[str, Syllable]:
        """Every syllable with its spellings in Hangul."""
        found = {spelled: frozenset(written.split()) for spelled, written in self.whole.items()}
        starts = self.starts | ({} if self.whole else {"": "ㅇ"})
        for (start, before), (end, vowels), (close, after) in itertools.product(
            starts.items(), self.ends.items(), self.closed.items()
        ):
            made = itertools.product(before.split(), vowels.split(), after.split() or [""])
            spelled = start + end + close
            found[spelled] = found.get(spelled, frozenset()) | {_written(*parts) for parts in made}
        return found


def _written(start: str, vowels: str, close: str) -> str:
    """What an initial, vowels and a final make: ㄴ, 이, ㄴ are 닌, 응ㅇ, 오, "" are 응오, 니, 아, ㄴ are 냔."""
    lead, initial = start[:-1], start[-1]
    index = ord(vowels[0]) - FIRST
    vowel, final = index % 588 // 28, index % 28
    if initial not in _INITIALS:
        vowel = _GLIDES.get(vowel, vowel)
        initial = _INITIALS[(ord(initial) - FIRST) // 588]
    made = lead + chr(FIRST + _INITIALS.index(initial) * 588 + vowel * 28 + final) + vowels[1:]
    if close in _FINALS and close:
        return made[:-1] + chr(ord(made[-1]) + _FINALS.index(close))
    # A second vowel after i of its own is not written: Minh is 민, not 미인.
    return made if close and (ord(made[-1]) - FIRST) % 588 // 28 == _I else made + close


class _Spellings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pinyin: Parts
    vietnamese: Parts


@functools.cache
def _systems() -> tuple[dict[str, Syllable], ...]:
    text = (resources.files("summitry") / "data" / "hangul.toml").read_bytes()
    parts = msgspec.toml.decode(text, type=_Spellings)
    return parts.pinyin.syllables(), parts.vietnamese.syllables()


@functools.lru_cache(maxsize=20_000)
def _cut(word: str, system: int) -> tuple[tuple[Syllable, ...], ...]:
    """Every way in which a Latin word is syllables of a system; Vietnamese writes each as a word."""
    known = _systems()[system]
    found: list[tuple[Syllable, ...]] = [(known[word],)] if word in known else []
    if system == 0:
        found += [
            (known[word[:at]], *rest)
            for at in range(1, min(len(word), 7))
            if word[:at] in known
            for rest in _cut(word[at:], system)
            if len(rest) < _MOST
        ]
    return tuple(found)


def transcribes(hangul: str, latin: Sequence[str]) -> bool:
    """Whether words in Latin letters are what `hangul`, written without spaces, stands for.

    >>> transcribes("리커창", ["li", "keqiang"]), transcribes("쩐꽝하이", ["tran", "quang", "hai"])
    (True, True)
    >>> transcribes("리커창", ["li", "qiang"])
    False
    """
    return any(len(hangul) in _reached(hangul, latin, system) for system in range(len(_systems())))


def _reached(hangul: str, latin: Iterable[str], system: int) -> set[int]:
    """How far into `hangul` all the words lead."""
    ends = {0}
    for word in latin:
        ends = {end for cut in _cut(word, system) for end in _walk(hangul, ends, cut)}
        if not ends:
            break
    return ends


def _walk(hangul: str, ends: set[int], syllables: Sequence[Syllable]) -> set[int]:
    for spellings in syllables:
        ends = {at + len(written) for at in ends for written in spellings if hangul.startswith(written, at)}
    return ends


def begins(hangul: str, word: str) -> bool:
    """Whether `hangul` begins with what is written for one word: with the family name."""
    return any(_reached(hangul, (word,), system) - {0} for system in range(len(_systems())))


@functools.lru_cache(maxsize=20_000)
def first_written(word: str) -> frozenset[str]:
    """The characters with which a Latin word may begin in Hangul; nothing where it is no such syllable."""
    return frozenset(
        written[0] for system in range(len(_systems())) for cut in _cut(word, system) for written in cut[0]
    )


__all__ = ["begins", "first_written", "transcribes"]
