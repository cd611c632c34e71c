"""Fold names and words for storage and search: the same letters whatever the case, accents or script."""

import re
import unicodedata
from typing import Final

from anyascii import anyascii

_NO_WORD: Final = re.compile(r"[^\w]+")


def fold_name(text: str) -> str:
    """A name in plain lower-case Latin letters, words parted by one space.

    >>> fold_name("Сергей Лавров"), fold_name("Choe Son-hui")
    ('sergey lavrov', 'choe son hui')
    """
    return _NO_WORD.sub(" ", anyascii(text).casefold()).strip()


def fold_words(text: str) -> str:
    """Words for a free search, in their own script: compatibility forms joined, accents off, lower case.

    >>> fold_words("Pjöngjang: Gespräche")
    'pjongjang gesprache'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return _NO_WORD.sub(" ", unicodedata.normalize("NFC", bare)).strip()
