"""A part of somebody's time in office: "in his first term", "in her first two years as chancellor"."""

from typing import NamedTuple

from summitry.read.claimforms import Finding
from summitry.read.claimwords import View


class Stretch(NamedTuple):
    """The n-th term (T1), or so much from the beginning (P1Y, P6M; P0Y: of something later), and the tokens that say it."""

    value: str
    words: range


def stretch(view: View, finding: Finding) -> Stretch | None:
    """What the words of a claim, or those that open its sentence, say of it."""
    opening = range(min((v for v in view.verbs), default=0))
    for i in sorted({*opening, *range(finding.start, min(finding.end, len(view.tokens)))}):
        ordinal = view.ordinal(i)
        if ordinal is None or not (
            view.match(i - 1, "possessive") or view.match(i - 1, "definite") or view.match(i - 1, "article")
        ):
            continue
        value, at = ordinal
        if n := view.match(at, "terms"):
            return Stretch(f"T{value}", range(i, at + n))
        number = view.timed(at) or view.number(at)
        end = number.end if number else at
        length, unit = view.say(end, "units")
        if length and unit in ("Y", "M"):
            return Stretch(
                f"P{number.value if number else 1}{unit}" if value == 1 else f"P0{unit}", range(i, end + length)
            )
    return None


__all__ = ["Stretch", "stretch"]
