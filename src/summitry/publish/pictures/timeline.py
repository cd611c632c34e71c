"""Encounters on a line of time, one row for each direction; as wide as their dates are coarse."""

import datetime as dt
from collections.abc import Sequence

from summitry import dates
from summitry.model import Encounter
from summitry.publish import when
from summitry.publish.pictures import words
from summitry.publish.pictures.svg import GUEST, INK, QUIET, Cell, Look, Table, frame, linked, node, text
from summitry.publish.tables import Language, load

WIDTH, SIDE, ROW, TOP = 720, 120, 34, 26
Span = tuple[dt.date, dt.date]


def timeline(encounters: Sequence[Encounter], look: Look, sentences: dict[str, str] | None = None) -> str:
    """The line as SVG; `look.link` gets an encounter's id, `sentences` (id -> text) says what it is."""
    language = load(look.lang)
    placed = _placed(encounters)
    rows = list(dict.fromkeys(direction(e) for e, _ in placed))
    first, last = _limits([span for _, span in placed])
    days = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        return SIDE + (WIDTH - SIDE - 12) * (day - first).days / days

    marks = []
    for encounter, (start, end) in placed:
        y = TOP + rows.index(direction(encounter)) * ROW + ROW / 2
        said = (sentences or {}).get(encounter.id) or f"{direction(encounter)}, {when.bare(language, encounter.date)}"
        marks.append(linked(look.to(encounter.id), said, _mark(encounter.status, (x(start), x(end)), y)))
    names = [_row(row, y) for y, row in enumerate(rows)]
    years = [_year(year, x(max(dt.date(year, 1, 1), first)), TOP + len(rows) * ROW) for year in _years(first, last)]
    box = (0, 0, WIDTH, TOP + len(rows) * ROW + 8)
    return frame(look, box, "timeline", _told(language, encounters, placed), *years, *names, *marks)


def _mark(status: str, ends: tuple[float, float], y: float) -> str:
    """A bar from the first to the last possible day, at least as wide as it is high."""
    start, end = ends
    width = max(end - start, 10.0)
    shape = {"class": f"dot {status}" if status != "held" else "dot", "x": (start + end - width) / 2, "y": y - 5,
             "width": width, "height": 10, "rx": 5, "fill": GUEST if status == "held" else "none",
             "stroke": GUEST, "fill-opacity": "0.75"}  # fmt: skip
    area = {"x": (start + end - max(width, 24.0)) / 2, "y": y - 12, "width": max(width, 24.0), "height": 24,
            "fill": "transparent"}  # fmt: skip
    return node("rect", area) + node("rect", shape)


def _row(name: str, index: int) -> str:
    y = TOP + index * ROW + ROW / 2
    line = {"class": "row", "x1": SIDE, "x2": WIDTH, "y1": y, "y2": y, "stroke": "#c8c8c8"}
    return node("line", line) + text(name, 4, y + 4)


def _year(year: int, x: float, bottom: float) -> str:
    line = {"class": "axis", "x1": x, "x2": x, "y1": 20, "y2": bottom, "stroke": INK, "stroke-width": "0.5"}
    return node("line", line) + text(str(year), x + 3, 14, attributes=QUIET)


def timeline_table(encounters: Sequence[Encounter], look: Look, sentences: dict[str, str] | None = None) -> Table:
    """The same as a table in order of time, the undated last."""
    language = load(look.lang)
    ordered = sorted(encounters, key=lambda e: dates.sort_key(e.date))
    rows = tuple(
        (Cell(when.bare(language, e.date)), Cell(direction(e)),
         Cell((sentences or {}).get(e.id) or words.said(language, e.kind), look.to(e.id))) for e in ordered
    )  # fmt: skip
    head = words.said(language, "date"), words.said(language, "direction"), words.said(language, "encounter")
    return Table(words.said(language, "timeline"), head, rows)


def direction(encounter: Encounter) -> str:
    """ "KP → RU" for a visit, "KP – RU" for a meeting or call; "?" for a side that is not known."""
    guests = "/".join(sorted({w.country for w in encounter.guests if w.country})) or "?"
    if encounter.kind == "visit":
        host = encounter.host_country or next((w.country for w in encounter.hosts if w.country), None)
        return f"{guests} → {host or '?'}"
    sides = sorted({w.country for w in (*encounter.guests, *encounter.hosts) if w.country})
    return " – ".join(sides) if len(sides) > 1 else f"{guests} – ?"


def _placed(encounters: Sequence[Encounter]) -> list[tuple[Encounter, Span]]:
    found = []
    for encounter in encounters:
        first, last = dates.bounds(encounter.date) if encounter.date else (None, None)
        if first or last:
            found.append((encounter, (first or last, last or first)))
    return [(e, (a, b)) for e, (a, b) in found if a and b]


def _limits(spans: Sequence[Span]) -> Span:
    if not spans:
        return dt.date(2000, 1, 1), dt.date(2000, 12, 31)
    return min(a for a, _ in spans), max(b for _, b in spans)


def _years(first: dt.date, last: dt.date) -> list[int]:
    """The years to mark, every fifth or tenth where they are many."""
    count = last.year - first.year + 1
    step = next(step for step in (1, 2, 5, 10, 25, 100, 1000) if count / step <= 15 or step == 1000)
    return [year for year in range(first.year, last.year + 1) if year == first.year or year % step == 0]


def _told(
    language: Language, encounters: Sequence[Encounter], placed: Sequence[tuple[Encounter, Span]]
) -> tuple[str, str]:
    total = words.number(language, len(encounters))
    missing = len(encounters) - len(placed)
    if not placed:
        return words.said(language, "timeline"), total
    first, last = _limits([span for _, span in placed])
    told = f"{total}, {words.span(language, first.isoformat()[:7], last.isoformat()[:7])}."
    if missing:
        told += " " + words.said(language, "too_coarse", n=words.number(language, missing))
    return words.said(language, "timeline"), told
