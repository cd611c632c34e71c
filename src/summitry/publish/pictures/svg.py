"""What all pictures share: SVG elements as text, a frame that says what the picture shows, and tables of the same data.

Nothing here uses a `style` attribute, a script or anything from elsewhere, so a page with the strictest content
security policy can hold it. Colours are presentation attributes, which any stylesheet overrides by the class names
(`stylesheet()`); without one the picture is readable on light and on dark paper. Titles and descriptions are tied to
the picture by `aria-labelledby` (W3C SVG Accessibility API Mappings); a picture with links is a group, not an image.
"""

import functools
from collections.abc import Callable, Mapping, Sequence
from html import escape
from importlib import resources

import msgspec

from summitry.publish.render import clean, web_or_local

INK, PAPER, GUEST, SOFT = "#767676", "#f4f5f7", "#2f6fb3", "#c9cdd3"  # what stands where no stylesheet says more
EMPTY: Mapping[str, object] = {}
QUIET: Mapping[str, object] = {"class": "soft"}  # text that steps back
Link = Callable[[str], str | None]


class Look(msgspec.Struct, frozen=True, kw_only=True):
    """How a picture is made: its language, a prefix that makes its ids unique on the page, where its parts lead.

    `link` gets the key of a part (a month "2023-07", an encounter's id, "KP-RU", "RU/Perm") and returns an address or None. `outline` is where the outline of the lands is kept as a file of its
    own (`outline()`); without it a map holds the outline itself.
    """

    lang: str
    id: str = "picture"
    link: Link | None = None
    outline: str | None = None

    def to(self, key: str) -> str | None:
        """Where the part leads, None for nowhere."""
        return self.link(key) if self.link else None


class Cell(msgspec.Struct, frozen=True):
    """A cell of a table, and where it leads."""

    text: str
    link: str | None = None


class Table(msgspec.Struct, frozen=True):
    """The same data as a picture, in words; the first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def node(name: str, attributes: Mapping[str, object], *children: str) -> str:
    """One element; attributes that are None are left out, numbers get at most one decimal, children are markup."""
    written = "".join(f' {key}="{_value(value)}"' for key, value in attributes.items() if value is not None)
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _value(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else escape(clean(str(value)))


def text(content: str, x: float, y: float, anchor: str = "start", attributes: Mapping[str, object] = EMPTY) -> str:
    """A line of text at a point."""
    place = {"x": x, "y": y, "text-anchor": anchor if anchor != "start" else None, "fill": "currentColor"}
    return node("text", place | dict(attributes), safe(content))


def title(content: str) -> str:
    """What a part of the picture is, shown under the pointer and read aloud."""
    return node("title", {}, safe(content))


def linked(href: str | None, label: str, *children: str) -> str:
    """The parts as a link that says where it leads, or with a title alone where it leads nowhere."""
    if web_or_local(href) is None:
        return node("g", {}, title(label), *children)
    return node("a", {"href": href, "aria-label": label}, title(label), *children)


def frame(
    look: Look, box: Sequence[float], name: str, words: tuple[str, str], *body: str, scale: float = 1.0
) -> str:  # fmt: skip
    """The whole picture; `box` is its viewBox, `name` its class, `words` its title and description."""
    ids = f"{look.id}-title", f"{look.id}-desc"
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg", "class": f"picture {name}", "role": "group" if look.link else "img",
        "aria-labelledby": " ".join(ids), "lang": look.lang, "viewBox": " ".join(_value(float(v)) for v in box),
        "width": box[2] * scale, "height": box[3] * scale, "font-family": "system-ui, sans-serif", "font-size": 12,
    }  # fmt: skip
    head = node("title", {"id": ids[0]}, safe(words[0])) + node("desc", {"id": ids[1]}, safe(words[1]))
    return node("svg", attributes, head, *body)


def safe(content: str) -> str:
    """Text for markup: escaped, without control characters, never empty."""
    return escape(clean(content), quote=False) or "\u200b"


def table_html(table: Table) -> str:
    """The table as HTML with a caption, column and row headings."""
    head = "".join(node("th", {"scope": "col"}, safe(word)) for word in table.head)
    rows = []
    for first, *rest in table.rows:
        cells = "".join(node("td", {}, _cell(cell)) for cell in rest)
        rows.append(node("tr", {}, node("th", {"scope": "row"}, _cell(first)), cells))
    body = node("tbody", {}, *rows) if rows else "<tbody></tbody>"
    return node("table", {}, node("caption", {}, safe(table.caption)), f"<thead><tr>{head}</tr></thead>", body)


def _cell(cell: Cell) -> str:
    if web_or_local(cell.link) is None:
        return safe(cell.text)
    return node("a", {"href": cell.link}, safe(cell.text))


@functools.cache
def stylesheet() -> str:
    """The colours of the pictures in light, dark, print and forced colours, for the page's own stylesheet."""
    return (resources.files("summitry.publish.pictures") / "pictures.css").read_text("utf-8")
