"""Near-identical articles (one agency's text in many papers) count as one source when a value is chosen.

MinHash over runs of five words (Broder 1997, "On the resemblance and containment of documents").
"""

import array
import re
from collections.abc import Sequence
from typing import Final

_PERMUTATIONS, _SEED, _RUN = 128, 1, 5
ALIKE: Final = 0.6  # of the runs of five words; a copy with every fortieth word changed has about 0.78
_WORD: Final = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The MinHash of a text: 512 bytes that tell how alike two texts are (`likeness_of`)."""
    from rensa import RMinHash  # type: ignore[import-untyped]  # compiled; only adding articles needs it

    words = _WORD.findall(text.casefold())
    runs = [" ".join(words[at : at + _RUN]) for at in range(max(1, len(words) - _RUN + 1))]
    sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    sketch.update(runs)
    return array.array("I", sketch.digest()).tobytes()


def likeness_of(a: bytes, b: bytes) -> float:
    """The estimated share of common runs of words of two texts, by their signatures.

    >>> likeness_of(signature("one two three four five six"), signature("one two three four five six"))
    1.0
    """
    first, second = array.array("I"), array.array("I")
    first.frombytes(a)
    second.frombytes(b)
    return sum(x == y for x, y in zip(first, second, strict=True)) / len(first)


def origins(signatures: Sequence[tuple[str, bytes | None]]) -> dict[str, str]:
    """Article -> the first article that it is a near copy of, itself where it is nobody's copy.

    `signatures` are articles in the order of publication; compares each with the originals so far.
    """
    found: dict[str, str] = {}
    originals: list[tuple[str, bytes]] = []
    for article, mark in signatures:
        if article in found:
            continue
        found[article] = article
        if mark is None:
            continue
        copied = next((original for original, other in originals if likeness_of(mark, other) >= ALIKE), None)
        if copied:
            found[article] = copied
        else:
            originals.append((article, mark))
    return found
