"""Show a text with passages marked in it, also where they overlap."""

from collections.abc import Sequence
from typing import NamedTuple

from summitry.publish.render import clean


class Span(NamedTuple):
    """Characters `start` to `end`, to be marked as `kind`; `link` and `note` say where it leads and what it is."""

    start: int
    end: int
    kind: str = ""
    link: str | None = None
    note: str = ""


class Piece(NamedTuple):
    """A stretch of the text, with the innermost passage it belongs to, whether that begins and ends here, and all kinds."""

    text: str
    span: Span | None
    begins: bool = False
    ends: bool = False
    kinds: str = ""


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The whole text in stretches; where passages overlap the shortest one wins.

    >>> [(p.text, p.span.kind if p.span else None) for p in pieces("abcdef", [Span(1, 5, "x"), Span(2, 3, "y")])]
    [('a', None), ('b', 'x'), ('c', 'y'), ('de', 'x'), ('f', None)]
    """
    valid = sorted((s for s in spans if 0 <= s.start < s.end <= len(text)), key=lambda s: s.end - s.start)
    cuts = sorted({0, len(text), *(s.start for s in valid), *(s.end for s in valid)})
    found: list[Piece] = []
    last_of: dict[Span, int] = {}
    for first, last in zip(cuts, cuts[1:], strict=False):
        around = [s for s in valid if s.start <= first and last <= s.end]
        inner, piece = (around[0] if around else None), clean(text[first:last])
        begins = inner is not None and inner not in last_of
        kinds = " ".join(dict.fromkeys(kind for span in around for kind in span.kind.split()))
        if inner:
            last_of[inner] = len(found)
            if not begins and not any(char.isalnum() for char in piece):
                inner = inner._replace(link=None)  # the full stop after a shorter passage is too small to be hit
        found.append(Piece(piece, inner, begins, kinds=kinds))
    ends = set(last_of.values())
    return [piece._replace(ends=at in ends) for at, piece in enumerate(found)]


def excerpts(text: str, spans: Sequence[Span], reach: int = 150) -> list[list[Piece]]:
    """The passages with some of what stands around them; those near each other as one, cut at lines or blanks."""
    groups: list[list[Span]] = []
    for span in sorted(s for s in spans if s.end <= len(text)):
        if groups and span.start - max(s.end for s in groups[-1]) < 2 * reach:
            groups[-1].append(span)
        else:
            groups.append([span])
    return [_excerpt(text, group, reach) for group in groups]


def _excerpt(text: str, spans: Sequence[Span], reach: int) -> list[Piece]:
    start, end = min(s.start for s in spans), max(s.end for s in spans)
    first, last = max(0, start - reach), min(len(text), end + reach)
    if first > 0:
        first = max(text.rfind("\n", first, start), text.find(" ", first, start)) + 1 or start
    if last < len(text):
        line = text.find("\n", end, last)
        last = line if line >= 0 else max(text.rfind(" ", end, last), end)
    return pieces(text[first:last], [s._replace(start=s.start - first, end=s.end - first) for s in spans])
