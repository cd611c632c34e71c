"""PDF and Word files to their text. Their own dates say when a file was made, not when it was published: not used."""

import io
import logging
from zipfile import BadZipFile

from summitry.errors import InputError
from summitry.ingest.texts import article
from summitry.model import Article


def read_pdf(data: bytes, source: str) -> Article:
    """The text of a PDF, page by page. Raises InputError if it is damaged, locked or a picture of a text."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{source} is locked with a password; save it without one.")
        text = "\n\n".join(page.extract_text() for page in reader.pages)
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{source} is a damaged PDF: {error}.") from error
    if not text.strip():
        raise InputError(f"{source} is a PDF without text, probably scanned; run text recognition on it first.")
    return article(text, source, title=title or None)


def read_docx(data: bytes, source: str) -> Article:
    """The text of a Word file, paragraphs, lists and tables in order. Raises InputError if it is damaged or empty."""
    import docx
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(data))
    except (BadZipFile, OpcError, KeyError, ValueError) as error:
        raise InputError(f"{source} is no Word file, or a damaged one; save it anew as .docx or as text.") from error
    blocks = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            blocks += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            style = block.style.name if block.style else None
            blocks.append(("- " if (style or "").startswith("List") else "") + block.text)
    text = "\n\n".join(block for block in blocks if block.strip())
    if not text:
        raise InputError(f"{source} is a Word file without text.")
    return article(text + "\n", source, title=document.core_properties.title or None)
