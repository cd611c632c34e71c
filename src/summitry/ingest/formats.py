"""Tells the formats of files apart by their first bytes, and hands each to its reader."""

from pathlib import Path
from typing import Final

import msgspec

from summitry.errors import InputError
from summitry.ingest.options import MEGABYTE, Options
from summitry.ingest.texts import article, decode
from summitry.model import Article

PAGES: Final = {".html", ".htm", ".xhtml"}


def from_bytes(data: bytes, source: str, key: str | None, options: Options) -> Article:
    """One article out of a file's bytes, whose first characters tell what it is more surely than its name."""
    check_size(data, source, options)
    kind = kind_of(data, source)
    if kind == "page":
        from summitry.ingest.pages import read_page

        made = read_page(data, source)
    elif kind in ("pdf", "docx"):
        from summitry.ingest.documents import read_docx, read_pdf

        made = read_pdf(data, source) if kind == "pdf" else read_docx(data, source)
    else:
        made = article(decode(data, source), source)
    return msgspec.structs.replace(
        made,
        key=key,
        lang=made.lang or options.lang,
        published=options.published or made.published,
    )


def check_size(data: bytes | bytearray, source: str, options: Options) -> None:
    """Raises InputError if `data` is larger than allowed."""
    if len(data) > options.limit:
        megabytes = options.limit / MEGABYTE
        raise InputError(f"{source} is larger than {megabytes:g} MB; no article is: split it into its articles.")


def kind_of(data: bytes, source: str) -> str:
    """`page`, `pdf`, `docx` or `text`. Raises InputError for the old Word format and other archives."""
    suffix = Path(source).suffix.lower()
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        return "pdf"
    if head.startswith(b"pk\x03\x04"):
        if suffix == ".docx" or b"word/" in data:
            return "docx"
        raise InputError(f"{source} is an archive; unpack it first.")
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{source} is in the old Word format; save it as .docx or as text.")
    marked = head.startswith((b"<!doctype html", b"<html")) or (head.startswith(b"<?xml") and b"<html" in head)
    return "page" if data.strip() and (suffix in PAGES or marked) else "text"
