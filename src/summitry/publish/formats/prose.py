"""The chronicle itself as a file: text, Markdown, HTML. Checked by the golden files, which a person has read."""

from collections.abc import Callable, Sequence

from summitry.model import Encounter
from summitry.publish.chronicle import Chronicle, chronicle
from summitry.publish.formats.common import Context, Export
from summitry.publish.render import to_html, to_markdown, to_text


def write_text(encounters: Sequence[Encounter], context: Context) -> Export:
    """Plain text."""
    return _write(encounters, context, to_text)


def write_markdown(encounters: Sequence[Encounter], context: Context) -> Export:
    """CommonMark with footnotes."""
    return _write(encounters, context, to_markdown)


def write_html(encounters: Sequence[Encounter], context: Context) -> Export:
    """One self-contained page."""
    return _write(encounters, context, to_html)


def _write(encounters: Sequence[Encounter], context: Context, render: Callable[[Chronicle], str]) -> Export:
    result = chronicle(encounters, context.options)
    unsaid = tuple(f"No words in {result.lang} for {what}." for what in result.lost)
    return Export(render(result).encode(), unsaid + result.warnings)
