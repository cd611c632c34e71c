"""What is compared of a report, taken apart once: sides, days, publication."""

from collections.abc import Hashable, Iterable
from typing import Final, NamedTuple

from summitry.model import Participation, Report
from summitry.resolve.statement import Statement, reach, said, sides

FINE: Final = 16  # days; a date up to here is exact, what is coarser never decides alone


class Facts(NamedTuple):
    """What is compared of a statement."""

    statement: Statement
    sides: frozenset[str]
    span: tuple[int, int] | None  # days on which it may have been
    grain: int  # days that its date leaves open as printed; 0 where it has none
    said: tuple[int, int] | None
    articles: frozenset[str]  # that say this, word by word alike

    @property
    def report(self) -> Report:
        return self.statement.report

    @property
    def rank(self) -> int:
        """The finer the date, the earlier the statement is placed: 0 exact … 5 undated, 6 without any anchor.

        A meeting of which one side alone is read comes after all that tell both.
        """
        if self.span is None:
            rank = 5 if self.said else 6
        else:
            rank = next((rank for rank, days in enumerate((FINE, 31, 100, 366)) if self.grain <= days), 4)
        return rank + 7 if self.report.kind != "visit" and len(named_sides(self.report)) < 2 else rank


def facts(statement: Statement) -> Facts:
    """Take a statement apart for comparison."""
    span, published = reach(statement), said(statement)
    printed = reach(Statement("", "", "", statement.report)) if span else None
    grain = printed[1] - printed[0] + 1 if printed else 0
    return Facts(statement, sides(statement.report), span, grain, published, frozenset({statement.article}))


def content(one: Facts) -> Hashable:
    """All that is compared of a statement: two with the same content differ in nothing but their articles."""
    x = one.report
    who = (x.kind, x.status, frozenset(x.guests), frozenset(x.hosts), x.host_country, x.place, x.delegation)
    return who, one.span, one.grain, one.said


def countries(people: Iterable[Participation]) -> set[str]:
    """On whose behalf people take part."""
    return {person.country for person in people if person.country}


def everyone(report: Report) -> tuple[Participation, ...]:
    """Guests and hosts."""
    return report.guests + report.hosts


def named_sides(report: Report) -> set[str]:
    """The countries whose people are told of."""
    return countries(everyone(report))
