"""The chronicle as a Word document (OOXML), by python-docx.

Mapping: headline -> Title; advisory -> emphasised paragraph; lead -> Normal; section -> Heading 2; entry -> List Bullet;
footnotes -> superscript numbers and a numbered list at the end (python-docx cannot write Word's own footnotes).
Checked by opening the file again with python-docx and comparing its paragraphs.
"""

import datetime as dt
import io
from collections.abc import Sequence

import docx

from summitry.model import Encounter
from summitry.publish.chronicle import chronicle
from summitry.publish.formats.common import Context, Export
from summitry.publish.render import clean, entry_note


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """The document; its time stamps are those of the context, so that equal input gives equal properties."""
    result = chronicle(encounters, context.options)
    document = docx.Document()
    stamp = dt.datetime.fromisoformat(context.now).replace(tzinfo=None)
    properties = document.core_properties
    properties.title, properties.language, properties.author = clean(result.headline), result.lang, ""
    properties.created = properties.modified = stamp
    document.add_heading(clean(result.headline), level=0)
    if result.advisory:
        document.add_paragraph().add_run(clean(result.advisory)).italic = True
    for paragraph in result.lead:
        document.add_paragraph(clean(paragraph))
    for section in result.sections:
        document.add_heading(clean(section.heading), level=2)
        for entry in section.entries:
            line = document.add_paragraph(style="List Bullet")
            if entry.date:
                line.add_run(clean(entry.date) + result.colon).bold = True
            line.add_run(clean(entry.text))
            note = entry_note(result, entry)
            line.add_run(f" ({clean(note)})" if note else "")
            if result.source_style == "footnotes" and entry.sources:
                line.add_run(" " + ", ".join(str(n.number) for n in entry.sources)).font.superscript = True
    if result.source_style == "footnotes" and result.sources:
        document.add_heading(result.source_heading, level=2)
        for number in result.sources:
            document.add_paragraph(clean(f"{number.number}. {number.key} {number.url or ''}".rstrip()))
    buffer = io.BytesIO()
    document.save(buffer)
    return Export(buffer.getvalue(), tuple(f"No words in {result.lang} for {what}." for what in result.lost))
