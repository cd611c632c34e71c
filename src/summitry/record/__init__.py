"""The only state of Summitry: what was read, what it comes to, and what people decided about it."""

from summitry.record.history import Change
from summitry.record.judgements import from_lines, to_lines
from summitry.record.store import Filing, Known, Proposed, Record, Spelling, StoredReport, Unsettled

__all__ = [
    "Change",
    "Filing",
    "Known",
    "Proposed",
    "Record",
    "Spelling",
    "StoredReport",
    "Unsettled",
    "from_lines",
    "to_lines",
]
