"""An encounter that the sentences of one document tell, before it becomes a report."""

from copy import copy

from summitry.kinds import Kind, Status
from summitry.model import Place, Quote
from summitry.read.drafts import Draft
from summitry.read.side import Side


class Encounter:
    """A draft with its sides, place and time settled: what becomes a report."""

    __slots__ = (
        "activities", "block", "by_journey", "date", "delegation", "draft", "entry", "guests", "host_country", "hosts", "kind", "on_way", "outcomes", "own_date", "topics",
        "place", "quotes", "rule", "said_date", "status",
    )  # fmt: skip

    def __init__(self, kind: Kind, draft: Draft, guests: list[Side], hosts: list[Side]) -> None:
        self.kind: Kind = kind
        self.draft = draft
        self.guests = guests
        self.hosts = hosts
        self.status: Status = draft.status or "held"
        self.date: str | None = None
        self.by_journey: str | None = None  # when its journey was, if nothing else dates it
        self.on_way = False  # a later stop of a journey, dated by the day of departure
        self.said_date: str | None = None  # the date in the words of the clause, without the length of the stay
        self.own_date = False  # the clause itself is dated, not only the heading above
        self.block = draft.sentence.block  # where it was told last
        self.entry = draft.sentence.context is not None
        self.host_country: str | None = None
        self.place: Place | None = None
        self.delegation: str | None = None
        self.activities = list(draft.activities)
        self.outcomes = list(draft.outcomes)
        self.topics = list(draft.topics)
        self.quotes: list[Quote] = []
        self.rule = draft.rule

    @property
    def countries(self) -> set[str]:
        return {s.country for s in (*self.guests, *self.hosts) if s.country} | (
            {self.host_country} if self.host_country else set()
        )

    def copy(self) -> "Encounter":
        """The same once more, for what a clause tells of two of them."""
        twin = copy(self)
        for part in ("guests", "hosts", "activities", "outcomes", "topics", "quotes"):
            setattr(twin, part, list(getattr(self, part)))
        return twin

    def __repr__(self) -> str:
        return f"{self.kind} {self.status} {self.date} {self.guests} -> {self.hosts} {self.host_country} {self.place} {self.rule}"
