"""Ask the record: find encounters, count them by a stated rule, check what others say about them.

find(record, query)   count(record, rule)   count_by(record, rule, "year")   check(record, claim, lang=…)
rule_named("fact-box", own=Path("rules.toml"))   combined(named, given)   bars(groups)   svg(groups, title)
annotate(text, verdicts, "text" | "json" | "html", lang)
"""

from summitry.ask.agreement import Agreement, Overruled, agreements, overruled
from summitry.ask.annotate import SIGNS, annotate
from summitry.ask.chart import bars, svg
from summitry.ask.check import check
from summitry.ask.count import count
from summitry.ask.find import Query, find, find_ids, latest, total
from summitry.ask.group import GROUPINGS, Group, count_by
from summitry.ask.named_rules import NamedRule, combined, named_rules, rule_named
from summitry.ask.precedents import there_before
from summitry.ask.rules import EXCLUDED_LEVELS, SETTINGS, UNITS, direction, rule_of
from summitry.ask.shelf import Claimed, Document, claimed, claims_in_all, documents
from summitry.ask.tally import grounds, histogram, met_with, on_grounds, per_country, per_pair, per_person, tally
from summitry.ask.uses import counting
from summitry.ask.waiting import (
    ADJUDICATED,
    LATER,
    NO,
    OPINIONS,
    SECOND,
    YES,
    disputed,
    from_source,
    number_waiting,
    put_off,
    waiting,
    waiting_beside,
)

__all__ = [
    "ADJUDICATED", "EXCLUDED_LEVELS", "GROUPINGS", "LATER", "NO", "OPINIONS", "SECOND", "SETTINGS", "SIGNS", "UNITS", "YES", "Agreement", "Claimed", "Document", "Group",
    "NamedRule", "Overruled", "Query", "agreements", "annotate", "bars", "check", "claimed", "claims_in_all", "combined", "count", "count_by", "counting", "direction", "disputed", "documents", "find",
    "find_ids", "from_source", "grounds", "histogram", "met_with", "named_rules", "number_waiting", "on_grounds", "overruled", "put_off",
    "latest", "per_country", "per_pair", "per_person", "rule_named", "rule_of", "svg", "tally", "there_before", "total", "waiting", "waiting_beside",
]  # fmt: skip
