"""HTML pages to their article: main text with every heading and bullet, title, and date where the page states one."""

import logging
from typing import Final

import trafilatura

from summitry.errors import InputError
from summitry.ingest.texts import article
from summitry.model import Article

# A date is taken from what the page says of itself, never guessed from its text or its copyright line.
_STATED_ONLY: Final = {"extensive_search": False, "original_date": True}


def read_page(data: bytes | str, source: str, url: str | None = None) -> Article:
    """The article of a page. Its text has a blank line between paragraphs and "- " before the items of lists.

    Raises InputError if the page holds no article. `fast=True` of trafilatura is never used: it loses lists.
    """
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.bare_extraction(
        data, url=url, include_comments=False, with_metadata=True, date_extraction_params=dict(_STATED_ONLY)
    )
    text = (getattr(found, "text", None) or "").strip()
    if not text:
        raise InputError(f"{source} is a page without the text of an article.")
    paragraphs = (line.rstrip() for line in text.split("\n"))
    return article(
        "\n\n".join(line for line in paragraphs if line) + "\n",
        source,
        url=url,
        title=getattr(found, "title", None) or None,
        published=getattr(found, "date", None) or None,
    )
