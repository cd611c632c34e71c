"""Which encounters of a text stand beside a claim, and whom its names mean there."""

from collections import Counter
from collections.abc import Sequence

from summitry.model import Participation, Report
from summitry.read.claimwords import named
from summitry.read.phrase import Phrase
from summitry.read.tokens import Sentence

_BACK = 6  # sentences before "the two countries" in which they are named


class Evidence:
    """Which reports stand where."""

    def __init__(self, sentences: Sequence[Sentence], reports: Sequence[Report]) -> None:
        self.sentences = sentences
        self.reports = reports

    def at(self, start: int, end: int) -> list[Report]:
        """The reports whose evidence overlaps two offsets, most of it first."""
        found: list[tuple[int, int, Report]] = []
        for report in self.reports:
            shared = max((min(q.end, end) - max(q.start, start) for q in report.evidence), default=0)
            if shared > 0:
                found.append((-shared, len(found), report))
        return [report for _, _, report in sorted(found, key=lambda one: one[:2])]

    def of(self, n: int, offset: int | None = None) -> list[Report]:
        """The reports of sentence `n`; those nearest to `offset` first if one is given."""
        if not 0 <= n < len(self.sentences):
            return []
        found = self.at(self.sentences[n].start, self.sentences[n].end)
        if offset is None:
            return found
        return sorted(found, key=lambda r: min(min(abs(q.start - offset), abs(q.end - offset)) for q in r.evidence))

    def near(self, n: int) -> list[Report]:
        """The reports of sentence `n`, else of the one before, else of the one behind, in the same or next line."""
        for other in (n, n - 1, n - 2, n + 1, n + 2):
            if 0 <= other < len(self.sentences) and abs(self.sentences[other].block - self.sentences[n].block) <= 1:
                if found := self.of(other):
                    return found if other >= n else found[::-1]
        return []

    def same_line(self, n: int) -> bool:
        """Whether an encounter stands in the sentence before or behind, in the same line."""
        block = self.sentences[n].block
        return any(
            self.of(k) for k in (n - 1, n + 1) if 0 <= k < len(self.sentences) and self.sentences[k].block == block
        )

    def person(self, phrase: Phrase) -> Participation | None:
        """The participant whom a phrase means, by the full name or the end of it; else who the reader takes it for."""
        person = phrase.person
        name = person.name if person is not None else phrase.name
        if name is None:
            return None
        for report in self.reports:
            for one in (*report.guests, *report.hosts):
                if one.name and (one.name == name or one.name.endswith(f" {name}") or name.endswith(f" {one.name}")):
                    return one
        home = person.country if person is not None and not person.assumed else None
        if len(phrase.countries) == 1:  # "King Hussein of Jordan": what is said beside the name
            home = phrase.countries[0]
        return Participation(country=home, name=name)

    def pair(self, n: int) -> tuple[str, ...]:
        """The two countries last named together before sentence `n` ends, else those of most reports."""
        for other in range(n, max(-1, n - _BACK), -1):
            codes = named(self.sentences[other])
            if len(codes) == 2:
                return tuple(sorted(codes))
        pairs = Counter(tuple(sorted(countries(r))) for r in self.reports)
        return next((pair for pair, _ in pairs.most_common() if len(pair) == 2), ())


def countries(report: Report) -> set[str]:
    """All countries that take part in a report."""
    codes = {p.country for p in (*report.guests, *report.hosts)} | {report.host_country}
    return {c for c in codes if c}


__all__ = ["Evidence", "countries"]
