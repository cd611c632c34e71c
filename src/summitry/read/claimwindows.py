"""From when to when a claim counts: the encounter at hand, a named period, a moving window, "since"."""

from datetime import timedelta

from msgspec.structs import replace

from summitry import dates
from summitry.dates import bounds
from summitry.model import Report, Scope
from summitry.read.claimdates import listed, resolved
from summitry.read.claimforms import Finding, Reach
from summitry.read.claimwords import View
from summitry.read.timex import Timex, resolve

_CLOSE = 4  # tokens between an ordinal's noun and the period in which it counts: "third visit to China this year"


class Windows:
    """Gives the findings of one sentence their time."""

    def __init__(self, view: View, published: str | None) -> None:
        self.view = view
        self.published = published

    def dated(self, scope: Scope, finding: Finding, report: Report | None) -> Scope:
        """The encounter at hand dates a claim about it; a period that is named narrows what it is compared with."""
        reach = finding.reach
        if reach is not None and reach.since is not None:
            scope = replace(scope, since=reach.since)
        elif reach is not None and reach.value is not None and reach.unit not in ("", "Y"):
            scope = replace(scope, since=self._back(reach.value, reach.unit))
        if finding.type == "record":
            return self._of_record(scope, finding)
        if finding.type == "nth":
            windowed = self.windowed(scope, finding)
            if windowed.within or windowed.start:
                return windowed
        if finding.gone or finding.never and self._up_to_now(finding):
            return replace(scope, absent=True, since=self._gone(finding) or scope.since)
        on = self._held(report, reach) or self._told(finding)
        return replace(scope, on=on, absent=finding.never, back_then=finding.back_then)

    def _of_record(self, scope: Scope, finding: Finding) -> Scope:
        """The year or month that a record was set in, if one is told: "In 2023, a record number of delegations"."""
        view = self.view
        first, last = view.segment(finding.trigger)
        opening = view.opening_time(view.told(finding.trigger))
        near = view.times(min(first, finding.start), max(last, finding.end), "date")
        near = near or view.times(opening.start, opening.stop, "date")
        since = finding.reach is not None or any(view.begins(t) for t in near)
        value = self._resolved(near[0]) if len(near) == 1 and not since else None
        begin, end = bounds(value) if value else (None, None)
        whole = begin is not None and end is not None and begin.year == end.year
        start = begin.isoformat() if whole and begin is not None else None
        return replace(scope, start=start, end=self._until(end.isoformat() if start and end else None))

    def _up_to_now(self, finding: Finding) -> bool:
        """ "has never visited": not only before the encounter at hand."""
        return any(v.aux and v.form == "pres" for v in self.view.told(finding.trigger).verbs)

    def _gone(self, finding: Finding) -> str | None:
        """The year that lies so many years back: "the last visit was 24 years ago"."""
        last = bounds(self.published)[1] if self.published else None
        if not finding.gone or not finding.value or last is None or finding.value >= last.year:
            return None
        return f"{last.year - finding.value:04}"

    def _held(self, report: Report | None, reach: Reach | None) -> str | None:
        """The date of an encounter that is neither ahead of publication nor the one that a first reaches back to."""
        if report is None or report.date is None:
            return None
        first, last = bounds(report.date)
        published = self._until(None)
        if first is None or last is None or published is not None and first.isoformat() > published:
            return None
        back = bounds(reach.since) if reach is not None and reach.since else (None, None)
        return None if back[0] and back[1] and back[0] <= first and last <= back[1] else report.date

    def _told(self, finding: Finding) -> str | None:
        """The date that the claim's own clause gives the encounter, apart from what a first reaches back to."""
        view = self.view
        back = finding.reach.words if finding.reach is not None else range(0)
        clause = view.told(finding.trigger)
        first, last = min(clause.start, finding.start), max(clause.end, finding.end)
        if finding.never or finding.type not in ("nth", "first-since") or first >= last:
            return None
        dates_ = [t for t in view.times(first, min(last, len(view.tokens)), "date")
                  if not any(t.start <= view.tokens[i].start < t.end for i in back if i < len(view.tokens))]  # fmt: skip
        value = self._resolved(dates_[0]) if len(dates_) == 1 else None
        begin = bounds(value)[0] if value else None
        return value if begin is not None and begin.isoformat() <= (self._until(None) or "9999") else None

    def after(self, scope: Scope, since: str) -> Scope:
        """All the time since then, which does not count itself: "have not met since 2017"."""
        last = bounds(since)[1]
        first = (last + timedelta(days=1)).isoformat() if last else None
        return replace(scope, start=first, end=self._until(None), since=since)

    def windowed(self, scope: Scope, finding: Finding) -> Scope:
        """A period named in the claim, next to it, or after "since" anywhere in the sentence; and the dates it lists."""
        chain = listed(self.view, finding) if finding.type == "count" else []
        if not chain or len(chain) != finding.value:
            return self._window(scope, finding, chain=[])
        scope = self._window(scope, finding, chain=chain)
        dates_ = resolved(self.view, chain, self.published, (scope.start, scope.end))
        return replace(scope, dates=tuple(dates_))

    def _window(self, scope: Scope, finding: Finding, *, chain: list[Timex]) -> Scope:
        """The window alone; `chain` are dates that do not make it."""
        view = self.view
        first, last = view.segment(finding.trigger)
        first, last = min(first, finding.start), max(last, finding.end)
        opening = range(0)
        near = [t for t in view.times(first, last, "date", "duration", "since") if t not in chain]
        if finding.type == "count" and not near:  # "In 2013, Kerry made three trips …"
            opening = view.opening_time(view.told(finding.trigger))
            near = view.times(opening.start, opening.stop, "date", "duration", "since")
        since = [t for t in [*near, *view.times(0, len(view.tokens), "since")] if t.kind == "since" and view.begins(t)]
        within = next((t.length for t in near if t.kind == "duration" and self._moving(t)), None)
        within = within or self._as_many(finding, first, last)
        if within is not None:
            return replace(scope, within=within)
        own = [t for t in since if t in near]
        if own or since and not any(t.kind == "date" for t in near):
            return self._since(scope, (own or since)[0], open_end=finding.absent)
        ended = view.times(first, last, "until") if finding.type == "count" and not finding.absent else []
        ended = ended or (view.times(opening.start, opening.stop, "until") if opening else [])
        if ended and not any(t.kind == "date" for t in near):
            return self._ended(scope, ended[0])
        named_ = [t for t in near if t.kind == "date"]
        if finding.type == "count" and len(named_) > 1:
            return scope  # "twice, in 1972 and 1974": no one window, and so the dates stay unread
        return self._named(scope, finding, named_)

    def _ended(self, scope: Scope, timex: Timex) -> Scope:
        """A window that ends with a period: "before June 2023", "until 3 May"; "by 2014" may count that year or not."""
        if (end := self._ending(timex)) is not None:
            return replace(scope, end=end)
        value = self._resolved(timex)
        first, last = bounds(value) if value else (None, None)
        part = timex.first.part if timex.first is not None else None
        if value is None or first is None or last is None or part is not None:
            return scope
        return replace(scope, end=self._until(last.isoformat()), by=value)

    def _ending(self, timex: Timex) -> str | None:
        """The last day of such a period; None where it is open whether the period counts itself."""
        first, last = bounds(value) if (value := self._resolved(timex)) else (None, None)
        at = next((t.i for t in self.view.tokens if t.start >= timex.start), 0)
        if self.view.match(at, "ahead-of") and first is not None:
            return self._until((first - timedelta(days=1)).isoformat())
        part = timex.first.part if timex.first is not None else None
        if part not in (None, "late"):
            return None
        whole = part is None and (
            first is None or (first.month, first.day) == (1, 1)
        )  # "by 2014": with that year or not
        return self._until(last.isoformat()) if last is not None and (first == last or not whole) else None

    def _as_many(self, finding: Finding, first: int, last: int) -> str | None:
        """ "the third in as many months"."""
        at = self.view.any("as-many", first, last)
        unit = self.view.say(at + self.view.match(at, "as-many"), "units")[1] if at is not None else ""
        return f"P{finding.value}{unit}" if unit and finding.value else None

    def _named(self, scope: Scope, finding: Finding, near: list[Timex]) -> Scope:
        """ "in 2013", "this year", "since taking office in 2007"."""
        view = self.view
        since = view.any("since", finding.start, len(view.tokens))
        for timex in near:
            value = self._resolved(timex)
            if value is None:
                continue
            begin, end = bounds(value)
            if since is not None and timex.start > view.tokens[since].start:
                begin = end + timedelta(days=1) if finding.absent and end else begin
                return replace(scope, start=begin.isoformat() if begin else None, end=self._until(None))
            if finding.type == "nth" and not self._counted_in(timex, finding):
                continue
            last = self._until(end.isoformat() if end else None)
            return replace(scope, start=begin.isoformat() if begin else None, end=last)
        return scope

    def _counted_in(self, timex: Timex, finding: Finding) -> bool:
        """Whether an ordinal counts within a period: "second trip this year", not "pays her second visit in May"."""
        noun = finding.noun
        relative = timex.first is not None and timex.first.number == 0 and timex.first.unit not in ("day", "moment")
        if not relative or noun is not None and noun.frame == "session":
            return False
        begin = noun.end if noun is not None and noun.start > finding.trigger else finding.trigger + 2
        at = next((t.i for t in self.view.tokens if t.start >= timex.start), 0)
        return begin <= at <= begin + _CLOSE and not any(begin <= v < at for v in self.view.verbs)

    def _since(self, scope: Scope, timex: Timex, *, open_end: bool) -> Scope:
        """From when on; `open_end`: what was then does not count, "have not met since 2017"."""
        if timex.length is not None and timex.first is None:
            return replace(scope, within=timex.length)
        value = self._resolved(timex)
        first, last = bounds(value) if value else (None, None)
        if open_end and last is not None:
            first = last + timedelta(days=1)
        return replace(scope, start=first.isoformat() if first else None, end=self._until(None))

    def _resolved(self, timex: Timex) -> str | None:
        return resolve(timex, published=self.published, context=self.view.sentence.context, tense="past")

    def _back(self, number: int, unit: str) -> str | None:
        last = bounds(self.published)[1] if self.published else None
        names: dict[str, dates.Unit] = {"M": "month", "W": "week", "D": "day"}
        return dates.shift(last, names[unit], -number) if last else None

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
        return timex.length is not None and any(view.match(k, "within") for k in around)


__all__ = ["Windows"]
