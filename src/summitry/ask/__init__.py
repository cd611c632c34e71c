"""Ask the record: find encounters, count them by a stated rule, check what others say about them."""

from summitry.ask.check import check
from summitry.ask.count import count
from summitry.ask.find import Query, find, find_ids, total
from summitry.ask.group import GROUPINGS, Group, count_by
from summitry.ask.rules import EXCLUDED_LEVELS, SETTINGS, UNITS, direction, rule_of

__all__ = [
    "EXCLUDED_LEVELS", "GROUPINGS", "SETTINGS", "UNITS", "Group", "Query", "check", "count", "count_by", "direction",
    "find", "find_ids", "rule_of", "total",
]  # fmt: skip
