"""Who travelled to whom: guests in rows, hosts in columns; and who met whom where nobody was the host."""

from collections import Counter
from collections.abc import Iterable, Mapping

from summitry.model import Encounter
from summitry.publish.pictures import words
from summitry.publish.pictures.svg import GUEST, QUIET, Cell, Look, Table, frame, linked, node, text
from summitry.publish.tables import Language, load

AT_MOST = 40  # countries; what is beyond is summed up
SIZE, HEAD, SIDE = 30, 54, 130
OTHER = "+"  # the row and column of everyone beyond
Pairs = Mapping[tuple[str, str], int]


def pairs(encounters: Iterable[Encounter]) -> Counter[tuple[str, str]]:
    """(guest's country, host's country) -> visits; a meeting or call counts once for each pair of countries, both ways."""
    found: Counter[tuple[str, str]] = Counter()
    for encounter in encounters:
        guests = {w.country for w in encounter.guests if w.country}
        if encounter.kind == "visit":
            host = encounter.host_country or next((w.country for w in encounter.hosts if w.country), None)
            found.update((guest, host) for guest in guests if host and guest != host)
        else:
            sides = guests | {w.country for w in encounter.hosts if w.country}
            found.update((one, other) for one in sides for other in sides if one != other)
    return found


def matrix(counts: Pairs, look: Look) -> str:
    """The matrix as SVG, darker where more; `look.link` gets "KP-RU" (guest, host)."""
    language = load(look.lang)
    rows, columns, shown = _reduced(counts)
    high = max(shown.values(), default=1)
    cells = [
        _cell(language, (row, column), shown[row, column], high, (SIDE + x * SIZE, HEAD + y * SIZE, look))
        for y, row in enumerate(rows) for x, column in enumerate(columns) if shown.get((row, column))
    ]  # fmt: skip
    heads = [text(c, SIDE + x * SIZE + SIZE / 2, HEAD - 8, "middle") for x, c in enumerate(columns)]
    sides = [text(_short(language, r), SIDE - 8, HEAD + y * SIZE + 20, "end") for y, r in enumerate(rows)]
    lines = [node("line", {"class": "row", "x1": 0, "x2": SIDE + len(columns) * SIZE, "y1": HEAD + y * SIZE,
                           "y2": HEAD + y * SIZE, "stroke": "#c8c8c8"}) for y in range(len(rows) + 1)]  # fmt: skip
    axes = text(words.said(language, "axes"), 4, 18, attributes=QUIET)
    box = (0, 0, max(SIDE + len(columns) * SIZE + 4, 240), HEAD + len(rows) * SIZE + 4)
    return frame(look, box, "matrix", _told(language, counts), axes, *heads, *sides, *lines, *cells)


def _cell(language: Language, pair: tuple[str, str], count: int, high: int, at: tuple[int, int, Look]) -> str:
    x, y, look = at
    square = {"class": "cell", "x": x + 1, "y": y + 1, "width": SIZE - 2, "height": SIZE - 2, "fill": GUEST,
              "fill-opacity": 0.12 + 0.28 * count / high}  # fmt: skip  # light enough for the number on it
    label = f"{_name(language, pair[0])} → {_name(language, pair[1])}: {count}"
    href = look.to("-".join(pair)) if OTHER not in pair else None
    square["fill-opacity"] = f"{0.12 + 0.28 * count / high:.2f}"
    return linked(href, label, node("rect", square), text(str(count), x + SIZE / 2, y + 20, "middle"))


def matrix_table(counts: Pairs, look: Look) -> Table:
    """The matrix as a table with sums; zeros are shown."""
    language = load(look.lang)
    rows, columns, shown = _reduced(counts)
    body = []
    for row in rows:
        cells = [Cell(str(shown.get((row, c), 0)), look.to(f"{row}-{c}") if shown.get((row, c)) and OTHER not in (row, c)
                      else None) for c in columns]  # fmt: skip
        total = Cell(str(sum(shown.get((row, c), 0) for c in columns)))
        body.append((Cell(_name(language, row)), *cells, total))
    head = (words.said(language, "axes"), *(_name(language, c) for c in columns), words.said(language, "sum"))
    return Table(_told(language, counts)[0], head, tuple(body))


def _told(language: Language, counts: Pairs) -> tuple[str, str]:
    if not counts:
        return words.said(language, "matrix"), words.said(language, "nothing")
    (guest, host), most = max(counts.items(), key=lambda item: (item[1], item[0]))
    told = words.said(language, "matrix_desc", n=str(len(counts)), most=str(most),
                      guest=_name(language, guest), host=_name(language, host))  # fmt: skip
    return words.said(language, "matrix"), told


def _reduced(counts: Pairs) -> tuple[list[str], list[str], dict[tuple[str, str], int]]:
    """Rows and columns, the busiest first, and the counts with everyone beyond the limit summed up."""
    axes = []
    for side in (0, 1):
        totals: Counter[str] = Counter()
        for pair, count in counts.items():
            totals[pair[side]] += count
        axes.append([code for code, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))])
    kept = [set(axis[:AT_MOST]) for axis in axes]
    shown: Counter[tuple[str, str]] = Counter()
    for (guest, host), count in counts.items():
        shown[guest if guest in kept[0] else OTHER, host if host in kept[1] else OTHER] += count
    rows, columns = ([*axis[:AT_MOST], OTHER] if len(axis) > AT_MOST else axis for axis in axes)
    return rows, columns, dict(shown)


def _name(language: Language, code: str) -> str:
    return words.said(language, "others") if code == OTHER else words.name(language, code)


def _short(language: Language, code: str) -> str:
    full = _name(language, code)
    return full if len(full) <= 17 else f"{full[:16]}…"
