"""From reports to encounters: who is who, and which reports are of one encounter. Pure: no state, disk or clock."""

from summitry.resolve.compare import COMPATIBLE, SAME, Score, compare_names, same_name
from summitry.resolve.copies import signature
from summitry.resolve.identify import Decision, Identifier
from summitry.resolve.merge import Cluster, Merged, Proposal, extend, merge
from summitry.resolve.people import People, Printed, caption, register
from summitry.resolve.statement import Statement, filed_under, looked_up, statements
from summitry.resolve.summits import is_summit, parent_of, parents
from summitry.resolve.value import merged_value, with_parent

__all__ = [
    "COMPATIBLE", "SAME", "Cluster", "Decision", "Identifier", "Merged", "People", "Printed", "Proposal", "Score",
    "Statement", "caption", "compare_names", "extend", "filed_under", "is_summit", "looked_up", "merge", "merged_value", "parent_of",
    "parents", "register", "same_name", "signature", "statements", "with_parent",
]  # fmt: skip
