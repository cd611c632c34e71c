"""A claim as the parameters of an address, so that every verdict has a link that gives it again.

The same parameters are the form by which somebody states a claim that was not understood.
"""

from typing import Any, Final, get_args

from pydantic import BaseModel, ConfigDict, Field

from summitry import kinds
from summitry.ask import UNITS
from summitry.dates import validate
from summitry.errors import UsageError
from summitry.model import Claim, Comparison, Scope
from summitry.web.query import Day, Text, Texts, address, chosen, code

OPERATORS: Final = ("=", ">", ">=", "<", "<=", "~")
TYPES: Final = get_args(kinds.ClaimType)
_SCOPE: Final = {
    "person": "person", "office": "office", "guest": "guest_country", "host": "host_country", "unit": "unit",
    "kind": "kind", "level": "level", "from": "start", "to": "end", "within": "within", "since": "since", "on": "on",
    "capacity": "capacity", "place": "place", "region": "region", "partner": "partner", "absent": "absent", "back_then": "back_then",
    "since_person": "since_person", "title": "title", "form": "form", "stretch": "stretch", "by": "by", "under": "under", "female": "female",
}  # fmt: skip

AMONG: Final = ("host", "person", "predecessor", "year", "earlier-year", "each-year", "each-holder")
OPEN: Final = "-"  # of a whole: what narrows the part is open
_COMPARISON: Final = {
    "times": "times", "among": "among", "among_office": "office", "than_person": "person", "than_guest": "guest_country",
    "than_host": "host_country", "than_from": "start", "than_to": "end", "whole": "whole", "compared": "operator",
}  # fmt: skip


class Stated(BaseModel):
    """A claim: its words, and how it is understood."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    text: Text = None
    type: Text = None
    value: int | None = None
    operator: Text = None
    between: Texts = []
    person: Text = None
    office: Text = None
    guest: Text = None
    host: Text = None
    unit: Text = None
    kind: Text = None
    level: Text = None
    from_: Day = Field(None, alias="from")
    to: Day = None
    within: Text = None
    since: Day = None
    on: Day = None
    capacity: Text = None
    place: Text = None
    region: Text = None
    partner: Text = None
    absent: bool = False
    back_then: bool = False
    since_person: Text = None
    title: Text = None
    form: Text = None
    stretch: Text = None
    by: Day = None
    under: Text = None
    dates: Texts = []
    female: bool = False
    unread: Texts = []
    published: Day = None
    lang: Text = None
    compared: Text = None
    times: float | None = None
    among: Text = None
    among_office: Text = None
    than_person: Text = None
    than_guest: Text = None
    than_host: Text = None
    than_from: Day = None
    than_to: Day = None
    whole: int | None = None

    def claim(self) -> Claim:
        """The claim itself. Raises UsageError for what no claim can be."""
        if self.type not in TYPES:
            raise UsageError(f"Say what type of claim it is: {', '.join(TYPES)}.")
        for sign in filter(None, (self.operator, self.compared)):
            if sign not in OPERATORS:
                raise UsageError(f"Unknown operator {sign!r}; choose {', '.join(OPERATORS)}.")
        if self.unit is not None and self.unit not in UNITS:
            raise UsageError(f"Unknown unit {self.unit!r}; the units are {', '.join(UNITS)}.")
        if self.kind is not None:
            chosen("kind", [self.kind], kinds.KINDS)
        for date in (self.from_, self.to, self.on, self.published, self.than_from, self.than_to, self.by, *self.dates):
            if date and date != OPEN:
                validate(date)
        given = self.model_dump(by_alias=True)
        fields: dict[str, Any] = {ours: given[name] for name, ours in _SCOPE.items() if given[name]}
        for side in ("guest_country", "host_country"):
            if side in fields:
                fields[side] = code(fields[side])
        scope = Scope(
            countries=tuple(code(one) for one in self.between),
            unread=tuple(self.unread),
            dates=tuple(self.dates),
            **fields,
        )
        text = self.text or ""
        return Claim(text, 0, len(text), self.type, self.value, self.operator, scope, self._comparison())  # type: ignore[arg-type]

    def _comparison(self) -> Comparison | None:
        """With what the number is compared, if with anything."""
        given = self.model_dump()
        fields = {ours: given[name] for name, ours in _COMPARISON.items() if given[name] is not None}
        fields = {name: "" if value == OPEN else value for name, value in fields.items()}
        if not fields:
            return None
        if self.among not in (None, *AMONG):
            raise UsageError(f"Cannot compare among {self.among!r}; choose {', '.join(AMONG)}.")
        for side in ("guest_country", "host_country"):
            if fields.get(side):
                fields[side] = code(fields[side])
        return Comparison(**fields)


def claim_address(claim: Claim, published: str | None, lang: str | None) -> str:
    """Where the verdict on a claim is given."""
    scope = claim.scope
    values: dict[str, Any] = {
        "text": " ".join(claim.text.split()), "type": claim.type, "value": claim.value, "operator": claim.operator,
        "between": ",".join(scope.countries),
    }  # fmt: skip
    values |= {name: getattr(scope, ours) for name, ours in _SCOPE.items()}
    if claim.comparison is not None:
        compared = {name: getattr(claim.comparison, ours) for name, ours in _COMPARISON.items()}
        values |= {name: OPEN if value == "" else value for name, value in compared.items()}
    values |= {"dates": ",".join(scope.dates), "unread": ",".join(scope.unread), "published": published, "lang": lang}
    return address("/claim", [(name, str(value)) for name, value in values.items() if value not in (None, "", False)])
