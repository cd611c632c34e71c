"""A claim as the parameters of an address, so that every verdict has a link that gives it again.

The same parameters are the form by which somebody states a claim that was not understood.
"""

from typing import Any, Final, get_args

from pydantic import BaseModel, ConfigDict, Field

from summitry import kinds
from summitry.ask import UNITS
from summitry.dates import validate
from summitry.errors import UsageError
from summitry.model import Claim, Scope
from summitry.web.query import Text, Texts, address, chosen, code

OPERATORS: Final = ("=", ">", ">=", "<", "<=", "~")
TYPES: Final = get_args(kinds.ClaimType)
_SCOPE: Final = {
    "person": "person", "office": "office", "guest": "guest_country", "host": "host_country", "unit": "unit",
    "kind": "kind", "level": "level", "from": "start", "to": "end", "within": "within", "since": "since", "on": "on",
    "capacity": "capacity", "place": "place", "region": "region", "partner": "partner", "absent": "absent",
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
    from_: Text = Field(None, alias="from")
    to: Text = None
    within: Text = None
    since: Text = None
    on: Text = None
    capacity: Text = None
    place: Text = None
    region: Text = None
    partner: Text = None
    absent: bool = False
    unread: Texts = []
    published: Text = None
    lang: Text = None

    def claim(self) -> Claim:
        """The claim itself. Raises UsageError for what no claim can be."""
        if self.type not in TYPES:
            raise UsageError(f"Say what type of claim it is: {', '.join(TYPES)}.")
        if self.operator is not None and self.operator not in (*OPERATORS, "x"):
            raise UsageError(f"Unknown operator {self.operator!r}; choose {', '.join(OPERATORS)}.")
        if self.unit is not None and self.unit not in UNITS:
            raise UsageError(f"Unknown unit {self.unit!r}; the units are {', '.join(UNITS)}.")
        if self.kind is not None:
            chosen("kind", [self.kind], kinds.KINDS)
        for date in (self.from_, self.to, self.on, self.published):
            if date:
                validate(date)
        given = self.model_dump(by_alias=True)
        fields: dict[str, Any] = {ours: given[name] for name, ours in _SCOPE.items() if given[name]}
        for side in ("guest_country", "host_country"):
            if side in fields:
                fields[side] = code(fields[side])
        scope = Scope(countries=tuple(code(one) for one in self.between), unread=tuple(self.unread), **fields)
        text = self.text or ""
        return Claim(text, 0, len(text), self.type, self.value, self.operator, scope)  # type: ignore[arg-type]


def claim_address(claim: Claim, published: str | None, lang: str | None) -> str:
    """Where the verdict on a claim is given."""
    scope = claim.scope
    values: dict[str, Any] = {
        "text": " ".join(claim.text.split()), "type": claim.type, "value": claim.value, "operator": claim.operator,
        "between": ",".join(scope.countries),
    }  # fmt: skip
    values |= {name: getattr(scope, ours) for name, ours in _SCOPE.items()}
    values |= {"unread": ",".join(scope.unread), "published": published, "lang": lang}
    return address("/claim", [(name, str(value)) for name, value in values.items() if value not in (None, "", False)])
