"""Summitry keeps the record of who met whom.

    import summitry

    reading = summitry.read_text("Scholz besuchte am 22. Januar 2023 Paris und traf Macron.", published="2023-01-23")
    with summitry.Record.open("record.db") as record:
        summitry.add(record, ["articles/"])
        number = summitry.count(record, summitry.CountingRule(between=("DE", "FR"), start="2023"))
        print(number.low, number.high, number.encounters)

The names below are what other programs may rely on. Each is loaded when it is first used: a program that only reads
does not pay for databases.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from summitry.errors import DateError, InputError, LanguageError, RecordError, SummitryError, UsageError

if TYPE_CHECKING:
    from summitry.ask.count import count
    from summitry.ask.find import Query, find
    from summitry.ask.group import count_by
    from summitry.ingest import Failure, Options, articles
    from summitry.model import (
        Article,
        Claim,
        Count,
        CountingRule,
        Coverage,
        Encounter,
        Judgement,
        Participation,
        Reading,
        Report,
        Verdict,
    )
    from summitry.pipeline import add, check, read_text, readings, rebuild
    from summitry.publish import FORMATS, to_html, to_markdown, to_text
    from summitry.record import Record
    from summitry.writing import write

__version__ = "0.1.0"

_HOMES: Final = {
    "summitry.ask": ("Query", "count", "count_by", "find"),
    "summitry.ingest": ("Failure", "Options", "articles"),
    "summitry.model": (
        "Article", "Claim", "Count", "CountingRule", "Coverage", "Encounter", "Judgement", "Participation", "Reading",
        "Report", "Verdict",
    ),
    "summitry.pipeline": ("add", "check", "read_text", "readings", "rebuild"),
    "summitry.publish": ("FORMATS", "to_html", "to_markdown", "to_text"),
    "summitry.record": ("Record",),
    "summitry.writing": ("write",),
}  # fmt: skip
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module 'summitry' has no attribute {name!r}")
    value = getattr(import_module(_HOME_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


__all__ = [
    "FORMATS", "Article", "Claim", "Count", "CountingRule", "Coverage", "DateError", "Encounter", "Failure",
    "InputError", "Judgement", "LanguageError", "Options", "Participation", "Query", "Reading", "Record",
    "RecordError", "Report", "SummitryError", "UsageError", "Verdict", "__version__", "add", "articles", "check",
    "count", "count_by", "find", "read_text", "readings", "rebuild", "to_html", "to_markdown", "to_text", "write",
]  # fmt: skip
