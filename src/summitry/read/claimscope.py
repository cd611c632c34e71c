"""What a claim counts: between whom, by whom, in which unit, from when to when.

The report that the claim stands in or next to says who and where; the claim's own words narrow it ("an Indian foreign
minister": holders of an office; "this year": a window). What neither says stays open, and `ask` will say so.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from summitry import dates
from summitry.dates import bounds
from summitry.kinds import Kind
from summitry.model import Claim, Participation, Report, Scope
from summitry.read.claimforms import Finding
from summitry.read.claimwords import View, named
from summitry.read.phrase import Phrase
from summitry.read.timex import Timex, resolve
from summitry.read.tokens import Sentence

TRAVEL = frozenset({"visit", "move", "stay"})
_BACK = 6  # sentences before "the two countries" in which they are named
_MONTH = 7  # length of an EDTF month


class Evidence:
    """Which reports stand where."""

    def __init__(self, sentences: Sequence[Sentence], reports: Sequence[Report]) -> None:
        self.sentences = sentences
        self.reports = reports

    def at(self, start: int, end: int) -> list[Report]:
        """The reports whose evidence overlaps two offsets, most of it first."""
        found = []
        for report in self.reports:
            shared = max((min(q.end, end) - max(q.start, start) for q in report.evidence), default=0)
            if shared > 0:
                found.append((-shared, len(found), report))
        return [report for _, _, report in sorted(found, key=lambda one: one[:2])]

    def of(self, n: int) -> list[Report]:
        """The reports of sentence `n`."""
        if not 0 <= n < len(self.sentences):
            return []
        return self.at(self.sentences[n].start, self.sentences[n].end)

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

    def person(self, name: str) -> Participation | None:
        """The participant whom a name means, by the full name or the end of it."""
        for report in self.reports:
            for one in (*report.guests, *report.hosts):
                if one.name and (one.name == name or one.name.endswith(f" {name}") or name.endswith(f" {one.name}")):
                    return one
        return None

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


class Scoper:
    """Gives the findings of one sentence their scope."""

    def __init__(self, view: View, n: int, evidence: Evidence, published: str | None) -> None:
        self.view = view
        self.n = n
        self.evidence = evidence
        self.published = published

    def scope(self, finding: Finding, before: Claim | None) -> Scope:
        """The scope of a finding; `before` is the count that an anaphoric one goes on with."""
        report = self._report(finding)
        if before is not None and (finding.anaphoric or finding.type == "record" and report is None):
            scope = replace(before.scope, start=None, end=None, within=None)
            return self._windowed(scope, finding) if finding.anaphoric else self._dated(scope, finding, None)
        report = report or self._next_to(finding)
        scope = self._parties(finding, report)
        if finding.noun is not None and finding.noun.frame == "delegation":
            scope = replace(scope, unit="delegation")
        elif finding.noun is not None and finding.noun.frame == "move" and not scope.host_country:
            scope = replace(scope, unit="trip")
        if finding.type == "count":
            return self._windowed(scope, finding)
        return self._dated(scope, finding, report)

    def _mentioned(self) -> bool:
        return any(self.view.match(i, "mentioned") for i in range(len(self.view.tokens)))

    def _report(self, finding: Finding) -> Report | None:
        """The report in whose evidence the claim stands, else one of its sentence."""
        tokens = self.view.tokens
        start, end = tokens[finding.start].start, tokens[finding.end - 1].end
        return next(iter(self.evidence.at(start, end) or self.evidence.of(self.n)), None)

    def _next_to(self, finding: Finding) -> Report | None:
        """A report beside a sentence that names nobody itself: "it was her third visit"."""
        people = any(p.kind == "person" for p in self.view.phrases)
        report = next(iter(self.evidence.near(self.n)), None)
        if report is None or people or self._mentioned() and finding.type == "count":
            return None
        codes = self.view.codes
        return report if len(codes) < 2 or {p.country for p in report.guests} & codes and finding.office else None

    # ------------------------------------------------------------------ who

    def _parties(self, finding: Finding, report: Report | None) -> Scope:
        scope = self._of_report(finding, report) if report else self._of_words(finding)
        office = self._office(finding)
        code = self._holder(office, scope, report) if office is not None else None
        if office is None or code is None:
            return scope
        codes = {*(report is not None and countries(report) or scope.countries), code}
        others = [c for c in (scope.host_country, *self._destinations(finding), *sorted(codes)) if c and c != code]
        host = others[0] if others and (len(codes) == 2 or scope.host_country or self._destinations(finding)) else None
        directed = self._travels(finding) or report is not None and report.kind == "visit"
        role = self._role(office)
        return Scope(
            countries=tuple(sorted({code, host} if host else codes)),
            office=role if role.startswith(code) else f"{code} {role}".strip(),
            level=office.level,
            guest_country=code if directed else None,
            host_country=host if directed and not self._anywhere(finding) else None,
            kind=scope.kind or ("visit" if directed else None),
        )

    def _role(self, office: Phrase) -> str:
        """The office without what follows a preposition of direction: "prime minister", not "… to Ankara"."""
        words = (office.role or office.lemma or "").split()
        index = self.view.words.lexicon.index
        cut = next(
            (i for i, w in enumerate(words) if any(e.kind == "prep" and e.value == "to" for e in index.get(w, ()))),
            None,
        )
        return " ".join(words[:cut])

    def _holder(self, office: Phrase, scope: Scope, report: Report | None) -> str | None:
        """The country of an office; of a former state and its successor the one that the report knows."""
        guests = {p.country for p in report.guests} if report is not None else set()
        codes = self.view.codes
        return next((c for c in sorted(codes) if c in guests), None) or next(
            iter(office.countries), scope.guest_country
        )

    @staticmethod
    def _travels(finding: Finding) -> bool:
        return finding.noun is not None and finding.noun.frame in TRAVEL

    def _of_report(self, finding: Finding, report: Report) -> Scope:
        noun = finding.noun
        codes = tuple(sorted(countries(report)))
        guests = {p.country for p in report.guests if p.country}
        personal = noun is None or noun.frame not in ("session", "delegation")
        person = self._subject(finding, report) if personal else None
        directed = noun is None or noun.frame in TRAVEL or noun.frame == "delegation"
        if (
            report.kind != "visit"
            or not directed
            or noun is not None
            and noun.frame == "delegation"
            and self._mentioned()
        ):
            kind: Kind | None = "call" if report.kind == "call" else None
            return Scope(countries=codes, person=person if len(codes) <= 2 else None, kind=kind)
        return Scope(
            countries=codes,
            person=person,
            guest_country=next(iter(guests)) if len(guests) == 1 else None,
            host_country=report.host_country if not self._anywhere(finding) else None,
            kind="visit",
        )

    def _subject(self, finding: Finding, report: Report) -> str | None:
        """Whose claim it is: of the people of a report the one named before it in the sentence, else the first guest."""
        people = [p.name for p in (*report.guests, *report.hosts) if p.name]
        for phrase in self.view.phrases:
            if phrase.name and phrase.start < finding.trigger:
                known = next(
                    (name for name in people if name.endswith(phrase.name) or phrase.name.endswith(name)), None
                )
                if known:
                    return known
        first, last = self.view.segment(finding.trigger)
        own = range(min(first, finding.start), max(last, finding.end))
        personal = any(self.view.match(i, "possessive") or self.view.match(i, "personal") for i in own)
        return next((p.name for p in report.guests if p.name), None) if personal else None

    def _anywhere(self, finding: Finding) -> bool:
        """ "his first trip abroad": not only to the country at hand."""
        noun = finding.noun
        return noun is not None and self.view.any("abroad", finding.start, noun.end + 2) is not None

    def _of_words(self, finding: Finding) -> Scope:
        """Who is named in a sentence without a report; nothing where somebody in it is not known."""
        view = self.view
        if self._mentioned():
            return Scope(countries=self.evidence.pair(self.n))
        names = [p.name for p in view.phrases if p.kind == "person" and p.name]
        people = [self.evidence.person(name) for name in names]
        if not all(people):
            return Scope()
        codes = {*view.codes, *(p.country for p in people if p and p.country)}
        person = people[0].name if people and people[0] else None
        hosts = self._destinations(finding)
        travel = finding.noun is None or finding.noun.frame in TRAVEL
        if len(codes) > 2 and not (travel and hosts):
            return Scope()
        if not travel or not hosts or len(codes) > 2:
            return Scope(countries=tuple(sorted(codes)), person=person) if len(codes) > 1 or person else Scope()
        guest = next((c for c in sorted(codes) if c not in hosts), None)
        return Scope(tuple(sorted(codes)), person, guest_country=guest, host_country=hosts[0], kind="visit")

    def _destinations(self, finding: Finding) -> list[str]:
        """The countries to which or in which something happens, those in the claim first."""
        found = []
        for phrase in self.view.phrases:
            if phrase.kind not in ("country", "place", "seat") or not phrase.countries:
                continue
            main = self.view.clause(phrase.start).main
            if phrase.prep & {"to", "in"} or not phrase.prep and main is not None and main.frame == "visit":
                inside = finding.start <= phrase.start < finding.end
                found.append((not inside, phrase.countries[0]))
        return [code for _, code in sorted(found, key=lambda one: one[0])]

    def _office(self, finding: Finding) -> Phrase | None:
        """The holder of an office that a claim is about, if it is anyone in that office: "an Indian foreign minister"."""
        view = self.view
        for phrase in view.phrases:
            if not finding.start <= phrase.start < finding.end or phrase.kind != "office" or phrase.name:
                continue
            main = view.clause(phrase.start).main
            if main is not None and main.frame == "say" or phrase.prep & {"with", "to", "for", "at"}:
                continue
            opening = range(max(finding.start, phrase.start - 3), min(phrase.start + 2, phrase.end))
            if finding.office or any(view.match(i, "indefinite") for i in opening):
                return phrase
        return None

    # ------------------------------------------------------------------ when

    def _dated(self, scope: Scope, finding: Finding, report: Report | None) -> Scope:
        """The encounter at hand dates a claim about it; a period that is named narrows what it is compared with."""
        reach = finding.reach
        if reach is not None and reach.since is not None:
            scope = replace(scope, since=reach.since)
        elif reach is not None and reach.value is not None and reach.unit not in ("", "Y") and self.published:
            scope = replace(scope, since=self._back(reach.value, reach.unit))
        if finding.type == "record":
            return replace(scope, end=bounds(self.published)[1].isoformat() if self._day() else None)  # type: ignore[union-attr]
        if finding.type == "nth":
            windowed = self._windowed(scope, finding)
            if windowed.within or windowed.start:
                return windowed
        if (
            report is not None
            and report.date is not None
            and self._past(report.date)
            and (finding.type != "nth" or len(dates.bare(report.date)) >= _MONTH)
        ):
            first, last = bounds(report.date)
            same = first is not None and last is not None and first.isoformat()[:_MONTH] == last.isoformat()[:_MONTH]
            if first and last and (same or finding.type != "nth"):
                return replace(scope, start=first.isoformat(), end=last.isoformat())
        return scope

    def _past(self, value: str) -> bool:
        first, last = bounds(value)[0], bounds(self.published)[1] if self.published else None
        return first is not None and (last is None or first <= last)

    def _back(self, number: int, unit: str) -> str | None:
        last = bounds(self.published)[1] if self.published else None
        names: dict[str, dates.Unit] = {"M": "month", "W": "week", "D": "day"}
        return dates.shift(last, names[unit], -number) if last else None

    def _day(self) -> bool:
        return self.published is not None and bounds(self.published)[1] is not None

    def _windowed(self, scope: Scope, finding: Finding) -> Scope:
        """A period named in the claim, next to it, or after "since" anywhere in the sentence."""
        view = self.view
        first, last = view.segment(finding.trigger)
        first, last = min(first, finding.start), max(last, finding.end)
        near = view.times(first, last, "date", "duration", "since")
        since = [t for t in [*near, *view.times(0, len(view.tokens), "since")] if t.kind == "since"]
        within = next((t for t in near if t.kind == "duration" and t.length and self._moving(t)), None)
        if within is not None:
            return replace(scope, within=within.length)
        many = next((i for i in range(first, last) if view.match(i, "as-many")), None)
        if many is not None and finding.value:
            unit = view.say(many + view.match(many, "as-many"), "units")[1]
            return replace(scope, within=f"P{finding.value}{unit}") if unit else scope
        own = [t for t in since if t in near]
        if own or since and not any(t.kind == "date" for t in near):
            return self._since(scope, (own or since)[0])
        reach = next((i for i in range(first, last) if view.match(i, "since")), None)
        for timex in [t for t in near if t.kind == "date"]:
            value = resolve(timex, published=self.published, context=view.sentence.context, tense="past")
            if value is None or finding.type == "nth" and dates.precision(value) == "day":
                continue
            if reach is not None and timex.start > view.tokens[reach].start:
                return replace(scope, start=self._edge(value), end=self._until(None))
            begin, end = bounds(value)
            return replace(
                scope, start=begin.isoformat() if begin else None, end=self._until(end.isoformat() if end else None)
            )
        return scope

    def _since(self, scope: Scope, timex: Timex) -> Scope:
        if timex.length is not None and timex.first is None:
            return replace(scope, within=timex.length)
        value = resolve(timex, published=self.published, context=self.view.sentence.context, tense="past")
        return replace(scope, start=self._edge(value) if value else None, end=self._until(None))

    @staticmethod
    def _edge(value: str) -> str | None:
        first = bounds(value)[0]
        return first.isoformat() if first else None

    def _until(self, end: str | None) -> str | None:
        """An end, at most the day of publication."""
        last = bounds(self.published)[1] if self.published else None
        if last is None:
            return end
        return min(end, last.isoformat()) if end else last.isoformat()

    def _moving(self, timex: Timex) -> bool:
        """Whether a length of time is a window: "within three months", not the "two days" that a visit took."""
        view = self.view
        i = next((t.i for t in view.tokens if t.start >= timex.start), 0)
        around = range(max(0, i - 3), min(i + 2, len(view.tokens)))
        return any(view.match(k, "within") for k in around) and timex.length is not None


__all__ = ["Evidence", "Scoper", "countries"]
