"""How many countries somebody visited: "visited 112 countries", "more countries than any predecessor"."""

from msgspec.structs import replace

from summitry.ask.count import count
from summitry.ask.group import count_by
from summitry.model import Count, CountingRule
from summitry.record import Record
from summitry.territories import same_state


def unit_of(rule: CountingRule) -> str:
    """The unit as sentences call it: of one side's pairs, the countries it went to."""
    return "country" if rule.unit == "pair" and (rule.people or rule.guest) else rule.unit


def amount(record: Record, rule: CountingRule) -> Count:
    """What `rule` counts; of the pairs of travellers and hosts, every host once, one state under two names too."""
    found = count(record, rule)
    if unit_of(rule) != "country":
        return found
    plain = replace(rule, unit="encounter")
    proper = _hosts(record, replace(plain, exclude=(*rule.exclude, "stop-overs")))  # a stop on the way may be no visit
    return Count(sum(low > 0 for low in proper.values()), len(_hosts(record, plain)), rule, found.encounters)


def _hosts(record: Record, rule: CountingRule) -> dict[str, int]:
    """How often surely each country was visited."""
    hosts: dict[str, int] = {}
    for group in count_by(record, rule, "direction"):
        host = (group.key or "").partition("-")[2]
        if host:
            name = next((one for one in hosts if same_state(one, host)), host)
            hosts[name] = max(hosts.get(name, 0), group.count.low)
    return hosts


__all__ = ["amount", "unit_of"]
