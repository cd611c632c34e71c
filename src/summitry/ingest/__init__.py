"""Inputs of any kind to articles: files, folders, lines of JSON, pages, PDF, Word, URLs and feeds.

The only place with a network. Whatever needs a heavy library is imported when the first such input comes, so reading
a text file stays quick. A bad document does not stop the rest: it comes out as a `Failure` that names it.
"""

from summitry.ingest.options import Failure, Options
from summitry.ingest.sources import articles

__all__ = ["Failure", "Options", "articles"]
