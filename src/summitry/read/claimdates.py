"""The dates that a count lists: "visited Peru twice, in 1972 and 1974", "dreimal: am 3. April, im Juli und am 7. September"."""

from collections.abc import Iterator

from summitry.dates import bounds
from summitry.read.claimforms import Finding
from summitry.read.claimwords import View
from summitry.read.timex import Timex, resolve

_CLOSE = 3  # tokens between a count and the dates behind it


def listed(view: View, finding: Finding) -> list[Timex]:
    """The dates behind a count that form a list; [] where there is no list."""
    times = view.times(finding.trigger, len(view.tokens), "date")
    chains = list(_chains(view, times))
    found = next((one for one in chains if len(one) > 1 and _at(view, one[0])[0] <= finding.end + _CLOSE), [])
    return found[1:] if len(found) == (finding.value or 0) + 1 > 2 else found  # "twice in 2013, in March and in May"


def tokens_of(view: View, times: list[Timex]) -> set[int]:
    """The tokens of some time expressions."""
    return {i for timex in times for i in _at(view, timex)}


def resolved(view: View, times: list[Timex], published: str | None, window: tuple[str | None, str | None]) -> list[str]:
    """The listed dates as EDTF; one without a year is of the year that the window lies in. [] where one is not clear."""
    found: list[str] = []
    own = window[0][:4] if window[0] and window[1] and window[0][:4] == window[1][:4] else None
    for timex in times:
        told = timex.first is not None and (timex.first.year is not None or timex.first.number is not None)
        said = published if told or own is None else f"{own}-12-31"
        value = resolve(timex, published=said, context=view.sentence.context, tense="past")
        if value is None or bounds(value)[0] is None:
            return []
        found.append(value)
    return found


def _chains(view: View, times: list[Timex]) -> Iterator[list[Timex]]:
    """Runs of dates with nothing between them but commas, conjunctions and prepositions."""
    run: list[Timex] = []
    for timex in times:
        if run and not all(_joins(view, i) for i in range(_at(view, run[-1])[-1] + 1, _at(view, timex)[0])):
            yield run
            run = []
        run.append(timex)
    if run:
        yield run


def _joins(view: View, i: int) -> bool:
    token = view.tokens[i]
    return token.text in (",", ";") or token.get("conj", "prep", "det") is not None


def _at(view: View, timex: Timex) -> list[int]:
    return [t.i for t in view.tokens if timex.start <= t.start < timex.end]


__all__ = ["listed", "resolved", "tokens_of"]
