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
    """A stretch of the text, with the innermost passage it belongs to, and whether that begins here."""

    text: str
    span: Span | None
    begins: bool = False


def pieces(text: str, spans: Sequence[Span]) -> list[Piece]:
    """The whole text in stretches; where passages overlap the shortest one wins.

    >>> [(p.text, p.span.kind if p.span else None) for p in pieces("abcdef", [Span(1, 5, "x"), Span(2, 3, "y")])]
    [('a', None), ('b', 'x'), ('c', 'y'), ('de', 'x'), ('f', None)]
    """
    valid = sorted((s for s in spans if 0 <= s.start < s.end <= len(text)), key=lambda s: s.end - s.start)
    cuts = sorted({0, len(text), *(s.start for s in valid), *(s.end for s in valid)})
    found = []
    begun: set[Span] = set()
    for first, last in zip(cuts, cuts[1:], strict=False):
        inner = next((s for s in valid if s.start <= first and last <= s.end), None)
        found.append(Piece(clean(text[first:last]), inner, inner is not None and inner not in begun))
        if inner:
            begun.add(inner)
    return found


def around(text: str, span: Span, reach: int = 300) -> list[Piece]:
    """The passage with some of what stands around it, cut at line ends or blanks."""
    first, last = max(0, span.start - reach), min(len(text), span.end + reach)
    if first > 0:
        first = text.find(" ", first, span.start) + 1 or span.start
    if last < len(text):
        last = text.rfind(" ", span.end, last) if " " in text[span.end : last] else span.end
    shifted = span._replace(start=span.start - first, end=span.end - first)
    return pieces(text[first:last], [shifted])
