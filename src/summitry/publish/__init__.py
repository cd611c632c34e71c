"""Writing: the chronicle in every language we have tables for, and the export formats.

Input is encounters as values; nothing here touches the record, the network or the clock.
"""

from summitry.publish.chronicle import Chronicle, Entry, Options, Section, SourceNote, chronicle
from summitry.publish.formats import FORMATS, Context, Export, Format
from summitry.publish.render import to_html, to_markdown, to_text
from summitry.publish.sentence import Remark
from summitry.publish.tables import languages

__all__ = [
    "FORMATS", "Chronicle", "Context", "Entry", "Export", "Format", "Options", "Remark", "Section", "SourceNote",
    "chronicle", "languages", "to_html", "to_markdown", "to_text",
]  # fmt: skip
