"""How many encounters in each month or year, as bars; each may lead to its list."""

from collections import Counter
from collections.abc import Iterable, Mapping

from summitry.model import Encounter
from summitry.publish import when
from summitry.publish.pictures import words
from summitry.publish.pictures.svg import GUEST, INK, QUIET, Cell, Look, Table, frame, linked, node, text
from summitry.publish.tables import Language, load

STEP, HEIGHT, TOP, LEFT = 32, 120, 24, 12
MONTHS_AT_MOST = 48  # beyond, bars of months are too many to read and years are drawn


def tally(encounters: Iterable[Encounter], by: str = "auto") -> dict[str, int]:
    """Encounters by the month ("2023-07") or year they begin in; "" for those whose date is not as fine.

    `by` is month, year or auto: months if there are few enough to be read.
    """
    starts = [when.month_of(e.date) or "" for e in encounters]
    months = {start for start in starts if len(start) == 7}
    if by == "auto":
        by = "month" if months and len(_between(min(months), max(months))) <= MONTHS_AT_MOST else "year"
    width = {"month": 7, "year": 4}[by]
    counted = Counter(start[:width] if len(start) >= width else "" for start in starts)
    return dict(sorted(counted.items()))


def bars(counts: Mapping[str, int], look: Look) -> str:
    """Bars as SVG from `tally`; periods without an encounter keep their place. `look.link` gets the period."""
    language = load(look.lang)
    periods = _periods(counts)
    high = max([counts.get(p, 0) for p in periods], default=0)
    drawn = [
        _bar(language, period, counts.get(period, 0), high, (LEFT + i * STEP, look.to(period)))
        for i, period in enumerate(periods)
    ]
    width = max(2 * LEFT + len(periods) * STEP, 160)
    line = {"class": "axis", "x1": 0, "x2": width, "y1": TOP + HEIGHT, "y2": TOP + HEIGHT, "stroke": INK}
    marks = [_mark(language, period, i) for i, period in enumerate(periods)]
    return frame(
        look, (0, 0, width, TOP + HEIGHT + 40), "bars", _told(language, counts), node("line", line), *drawn, *marks
    )


def _bar(language: Language, period: str, count: int, high: int, at: tuple[float, str | None]) -> str:
    x, href = at
    height = round(HEIGHT * count / high) if high else 0
    top = TOP + HEIGHT - height
    if not count:
        return text("0", x + STEP / 2, top - 4, "middle", QUIET)
    bar = {"class": "bar", "x": x + 3, "y": top, "width": STEP - 6, "height": height, "fill": GUEST}
    area = {"x": x, "y": TOP, "width": STEP, "height": HEIGHT, "fill": "transparent"}  # a target one can hit
    label = f"{when.bare(language, period)}: {words.number(language, count)}"
    return linked(href, label, node("rect", area), node("rect", bar), text(str(count), x + STEP / 2, top - 4, "middle"))


def _mark(language: Language, period: str, index: int) -> str:
    """The month's letter under its bar, and the year under its first."""
    x = LEFT + index * STEP + STEP / 2
    if len(period) == 4:
        return text(period, x, TOP + HEIGHT + 16, "middle")
    letter = text(words.month_letter(language, period), x, TOP + HEIGHT + 16, "middle", QUIET)
    year = text(period[:4], x - STEP / 2 + 3, TOP + HEIGHT + 34) if index == 0 or period.endswith("-01") else ""
    return letter + year


def bars_table(counts: Mapping[str, int], look: Look) -> Table:
    """The same as a table; periods without an encounter are rows with 0."""
    language = load(look.lang)
    rows = [(Cell(when.bare(language, p)), Cell(str(counts.get(p, 0)), look.to(p) if counts.get(p) else None))
            for p in _periods(counts)]  # fmt: skip
    if counts.get(""):
        rows.append((Cell(str(language["pictures"]["undated"])), Cell(str(counts[""]), look.to(""))))
    head = str(language["pictures"]["period"]), str(language["pictures"]["number"])
    return Table(_told(language, counts)[0], head, tuple(rows))


def _told(language: Language, counts: Mapping[str, int]) -> tuple[str, str]:
    periods = _periods(counts)
    total = words.number(language, sum(counts.values()))
    if not periods:
        return words.said(language, "bars"), total
    high = max(periods, key=lambda p: counts.get(p, 0))
    described = words.said(language, "bars_desc", total=total, span=words.span(language, periods[0], periods[-1]),
                           high=when.bare(language, high), most=str(counts[high]))  # fmt: skip
    undated = counts.get("", 0)
    if undated:
        described += " " + words.said(language, "too_coarse", n=words.number(language, undated))
    return words.said(language, "bars"), described


def _periods(counts: Mapping[str, int]) -> list[str]:
    known = [period for period in counts if period]
    return _between(min(known), max(known)) if known else []


def _between(first: str, last: str) -> list[str]:
    """All periods of the same kind from one to the other.

    >>> _between("2023-11", "2024-01")
    ['2023-11', '2023-12', '2024-01']
    """
    if len(first) == 4:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    start, end = (int(p[:4]) * 12 + int(p[5:]) - 1 for p in (first, last))
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
