"""Writing: the chronicle in every language we have tables for, pictures, export formats and the static site.

Input is encounters as values; nothing here touches the record, the network or the clock.
"""

from summitry.publish.chronicle import Chronicle, Entry, Options, Section, SourceNote, chronicle
from summitry.publish.formats import FORMATS, Context, Export, Format
from summitry.publish.gazetteer import coordinates, usual_places
from summitry.publish.house import house_names
from summitry.publish.incumbents import held_offices
from summitry.publish.render import to_html, to_markdown, to_text
from summitry.publish.sentence import Remark
from summitry.publish.tables import languages
from summitry.publish.versions import Change, changes, changes_text

__all__ = [
    "FORMATS", "Change", "Chronicle", "Context", "Entry", "Export", "Format", "Options", "Remark", "Section",
    "SourceNote", "changes", "changes_text", "chronicle", "coordinates", "held_offices", "house_names", "languages", "to_html",
    "to_markdown", "to_text", "usual_places",
]  # fmt: skip
