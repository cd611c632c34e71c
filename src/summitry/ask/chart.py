"""Small charts of a table of counts: bars of Unicode blocks for a terminal, an SVG for a file. Pure.

Where a count is a range, the sure part is solid and what may be added is lighter, and the numbers stand beside it:
nothing is said by colour alone.
"""

from collections.abc import Sequence
from typing import Final
from xml.sax.saxutils import escape

from summitry.ask.group import Group

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_ROW, _LEFT, _BAR, _RIGHT = 22, 150, 420, 80  # pixels: height of a row, width of labels, longest bar, room for numbers
_STYLE: Final = "text{font:13px sans-serif;fill:#222}.sure{fill:#35618f}.may{fill:#a9c2dc}"


def bars(groups: Sequence[Group], width: int = 30) -> list[str]:
    """One bar of at most `width` characters per line of the table, exact to an eighth; the uncertain part is ░."""
    most = max((one.count.high for one in groups), default=0) or 1
    return [_bar(one.count.low, one.count.high, width / most) for one in groups]


def _bar(low: int, high: int, scale: float) -> str:
    whole, part = divmod(round(low * scale * 8), 8)
    solid = "█" * whole + (_EIGHTHS[part] if part else "")
    return solid + "░" * (round(high * scale) - len(solid))


def svg(groups: Sequence[Group], title: str, unknown: str = "?") -> str:
    """The table as horizontal bars with labels and numbers; `title` is also its text alternative."""
    most = max((one.count.high for one in groups), default=0) or 1
    height, width = _ROW * len(groups) + 40, _LEFT + _BAR + _RIGHT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" aria-labelledby="t">',
        f'<title id="t">{escape(title)}</title><style>{_STYLE}</style>',
        f'<text x="4" y="18" font-weight="bold">{escape(title)}</text>',
    ]
    for number, one in enumerate(groups):
        lines += _row(one, 32 + _ROW * number, _BAR / most, unknown)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _row(one: Group, top: int, scale: float, unknown: str) -> list[str]:
    low, high = one.count.low, one.count.high
    number = str(high) if low == high else f"{low}–{high}"
    sure, may = round(low * scale, 1), round(high * scale, 1)
    return [
        f'<text x="{_LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(one.key or unknown)}</text>',
        f'<rect class="may" x="{_LEFT}" y="{top}" width="{may}" height="{_ROW - 6}"/>' if high > low else "",
        f'<rect class="sure" x="{_LEFT}" y="{top}" width="{sure}" height="{_ROW - 6}"/>',
        f'<text x="{_LEFT + may + 6}" y="{top + 13}">{number}</text>',
    ]


__all__ = ["bars", "svg"]
