"""Bytes to text: which encoding, and whether it is text at all; text to article.

Offsets count characters of the text as the file holds it, so nothing is stripped and no line end is changed; only a
byte order mark, which is no character of the text, is left out.
"""

import codecs
import hashlib
import re
from typing import Final

from summitry.errors import InputError
from summitry.model import Article

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_BROKEN_UTF8: Final = re.compile(r"[ÃÐÑ][\x80-\xbf]|â€|ì[\x80-\xbf\u0152-\u2122]|ë[\x80-\xbf\u0152-\u2122]")
_ADVICE: Final = "save it as UTF-8 text and try again"


def decode(data: bytes, source: str) -> str:
    """The text in `data`: by its byte order mark, else UTF-8, else Western European (Windows-1252).

    Raises InputError, naming `source`, for what is empty, binary or in another encoding.
    """
    if not data.strip():
        raise InputError(f"{source} is empty; there is nothing to read.")
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        if mark:
            raise InputError(f"{source} is damaged {encoding.upper()} text (byte {error.start}); {_ADVICE}.") from error
        return _western(data, source)
    return _checked(text, source)


def _western(data: bytes, source: str) -> str:
    """Windows-1252, unless the letters show that it is something else."""
    try:
        text = _checked(data.decode("cp1252"), source)
    except UnicodeDecodeError as error:
        raise InputError(f"{source} is neither UTF-8 nor Western European text; {_ADVICE}.") from error
    letters = sum(char.isalpha() for char in text)
    accented = sum(char.isalpha() and char > "\x7f" for char in text)
    if _BROKEN_UTF8.search(text) or accented > 0.25 * letters:
        raise InputError(f"{source} is damaged UTF-8 or in an encoding that cannot be told; {_ADVICE}.")
    return text


def _checked(text: str, source: str) -> str:
    """`text`, if it is something that people read."""
    if not text.strip():
        raise InputError(f"{source} is empty; there is nothing to read.")
    head = text[:100_000]
    if "\x00" in text or len(_CONTROL.findall(head)) > 0.01 * len(head):
        raise InputError(f"{source} is a binary file, no text; give a text, HTML, PDF or Word file.")
    return text


def text_id(text: str) -> str:
    """The id of an article with this text."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article(text: str, source: str, **more: str | None) -> Article:
    """An article known by its text; `more` are fields of Article."""
    return Article(id=text_id(text), text=text, source=source, **more)
