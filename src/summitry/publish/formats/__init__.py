"""Export formats by name. A format's module is loaded when it is first used, so its library need not be installed."""

import importlib
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from summitry.errors import UsageError
from summitry.model import Encounter
from summitry.publish.formats.common import Context, Export


class Format(NamedTuple):
    """One format: its name, media type and file extension, where its writer is, and the extra that it needs."""

    name: str
    media_type: str
    extension: str
    module: str
    function: str = "write"
    extra: str | None = None

    def write(self, encounters: Sequence[Encounter], context: Context) -> Export:
        """The file. Raises UsageError if the library this format needs is not installed."""
        try:
            module = importlib.import_module(f"summitry.publish.formats.{self.module}")
        except ModuleNotFoundError as error:
            if self.extra is None:
                raise
            raise UsageError(
                f"{self.name} needs {error.name}; install it with: pip install 'summitry[{self.extra}]'"
            ) from error
        export: Export = getattr(module, self.function)(encounters, context)
        return export


_ALL = (
    Format("text", "text/plain; charset=utf-8", ".txt", "prose", "write_text"),
    Format("md", "text/markdown; charset=utf-8", ".md", "prose", "write_markdown"),
    Format("html", "text/html; charset=utf-8", ".html", "prose", "write_html"),
    Format(
        "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx", "word", extra="docx"
    ),
    Format("json", "application/json", ".json", "records", "write_json"),
    Format("jsonl", "application/x-ndjson", ".jsonl", "records", "write_jsonl"),
    Format("csv", "text/csv; charset=utf-8", ".csv", "table", "write_csv"),
    Format("parquet", "application/vnd.apache.parquet", ".parquet", "parquet", extra="parquet"),
    Format("ics", "text/calendar; charset=utf-8", ".ics", "icalendar"),
    Format("atom", "application/atom+xml", ".atom", "atom"),
    Format("geojson", "application/geo+json", ".geojson", "geojson"),
    Format("ftm", "application/x-ndjson", ".ftm.jsonl", "ftm"),
    Format("popolo", "application/json", ".popolo.json", "popolo"),
    Format("jsonld", "application/ld+json", ".jsonld", "jsonld"),
    Format("ninjs", "application/json", ".ninjs.json", "ninjs"),
    Format("plover", "application/x-ndjson", ".plover.jsonl", "plover"),
    Format("colt", "text/csv; charset=utf-8", ".colt.csv", "colt"),
    Format("datapackage", "application/zip", ".datapackage.zip", "tabular"),
    Format("rocrate", "application/zip", ".crate.zip", "crate"),
    Format("timelinejs", "application/json", ".timeline.json", "timelinejs"),
)
FORMATS: MappingProxyType[str, Format] = MappingProxyType({f.name: f for f in _ALL})

__all__ = ["FORMATS", "Context", "Export", "Format"]
