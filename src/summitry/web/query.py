"""The parameters of lists and counts: the same names in every address, on every page and in the API.

An unknown parameter is an error, never ignored: a filter that silently does nothing makes a wrong number.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from urllib.parse import urlencode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from summitry import lexicon, territories
from summitry.ask import EXCLUDED_LEVELS, SETTINGS, UNITS, Query, direction
from summitry.dates import validate
from summitry.errors import UsageError
from summitry.kinds import KINDS, STATUSES, levels_from
from summitry.model import CountingRule

PAGE: Final = 100  # encounters on one page of a list


_DOTTED: Final = re.compile(r"(?:(\d{1,2})\. ?)?(\d{1,2})\. ?(\d{4})")


def _filled(value: Any) -> Any:
    """A form sends its empty fields too; they say nothing."""
    return None if isinstance(value, str) and not value.strip() else value


def edtf(text: str) -> str:
    """A date as somebody types it in EDTF, if it has full stops; `validate` says whether it is one.

    >>> edtf("20.6.2024"), edtf("06.2024"), edtf("2024-06")
    ('2024-06-20', '2024-06', '2024-06')
    """
    given = text.strip()
    if match := _DOTTED.fullmatch(given):
        day, month, year = match.groups()
        return "-".join(part.zfill(2) for part in (year, month, day) if part)
    return given


def _day(value: Any) -> Any:
    return edtf(value) if isinstance(value, str) and value.strip() else None


def _listed(value: Any) -> Any:
    """Values given one by one or with commas between them."""
    given = [value] if isinstance(value, str) else value or []
    return [part.strip() for one in given for part in str(one).split(",") if part.strip()]


Text = Annotated[str | None, BeforeValidator(_filled)]
Day = Annotated[str | None, BeforeValidator(_day)]
Texts = Annotated[list[str], BeforeValidator(_listed)]


class Nothing(BaseModel):
    """A page that takes no parameters."""

    model_config = ConfigDict(extra="forbid")


class Filters(BaseModel):
    """Which encounters; every parameter narrows, and none of them is needed."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    between: Texts = Field([], description="All of these countries take part (ISO codes: KP,RU).")
    direction: Text = Field(None, description="Visits from A to B: KP-RU.")
    from_: Day = Field(None, alias="from", description="From then on: 2024, 2024-06, 2024-06-20.")
    to: Day = Field(None, description="Until then, included.")
    person: Texts = Field([], description="With this person, by id or in any spelling.")
    level: Text = Field(None, description="Level of the highest guest: leader, minister+ …")
    kind: Texts = Field([], description="visit, meeting, call.")
    status: Texts = Field([], description="held, planned, proposed, cancelled, disputed.")
    place: Text = Field(None, description="A place as it is called in the record.")
    q: Text = Field(None, description="Words in names, offices, places and topics, in any script.")
    page: int | None = Field(None, ge=1, description=f"Which page of {PAGE} encounters; the last if not given.")

    def fields(self, **fixed: Any) -> dict[str, Any]:
        """The fields of a counting rule; `fixed` is what the address itself says (its pair, its person)."""
        guest, host = direction(self.direction) if self.direction else ("", "")
        if self.level:
            levels_from(self.level)
        given = {
            "between": tuple(code(one) for one in self.between),
            "guest": (code(guest),) if guest else (),
            "host": (code(host),) if host else (),
            "people": tuple(self.person),
            "start": validate(self.from_) if self.from_ else None,
            "end": validate(self.to) if self.to else None,
            "kind": chosen("kind", self.kind, KINDS),
            "status": chosen("status", self.status, STATUSES),
            "level": self.level,
            "place": self.place,
        }
        return given | {name: _joined(given[name], value) for name, value in fixed.items()}

    def query(self, **fixed: Any) -> Query:
        """What `find` understands. Raises UsageError for what no encounter can be."""
        return Query(**self.fields(**fixed), text=self.q)

    def pairs(self, changes: Mapping[str, Any]) -> list[tuple[str, str]]:
        """The parameters with some changed (None: left out), for an address."""
        given = self.model_dump(by_alias=True, exclude_defaults=True)
        given |= {name.rstrip("_"): value for name, value in changes.items()}
        return [
            (name, str(one))
            for name, value in given.items()
            for one in (value if isinstance(value, list | tuple) else [value])
            if one is not None and one != ""
        ]

    def link(self, path: str, **changes: Any) -> str:
        """The address of the same list with some parameters changed; a changed filter starts at the usual page."""
        return address(path, self.pairs({"page": None} | changes))

    @property
    def narrowed(self) -> bool:
        """Whether anything is left out of the list."""
        return bool(self.pairs({"page": None}))


class RuleFilters(Filters):
    """What is counted, and how."""

    unit: Text = Field(None, description="encounter, delegation, trip, traveller, pair, item.")
    exclude: Texts = Field([], description="leaders, sub-state, parties, parliaments, technical, multilateral …")

    def rule(self, **fixed: Any) -> CountingRule:
        """The counting rule; what was held counts unless a status is named. Raises UsageError."""
        fields = self.fields(**fixed)
        fields["status"] = fields["status"] or ("held",)
        if self.unit and self.unit not in UNITS:
            raise UsageError(f"Unknown unit {self.unit!r}; the units are {', '.join(UNITS)}.")
        left_out = chosen("exclusion", self.exclude, (*EXCLUDED_LEVELS, *SETTINGS))
        return CountingRule(**fields | {"exclude": left_out, "unit": self.unit or "encounter"})


def _joined(given: Any, fixed: Any) -> Any:
    return tuple(dict.fromkeys((*fixed, *given))) if isinstance(fixed, tuple) else fixed


def address(path: str, parameters: Sequence[tuple[str, str]]) -> str:
    """A path with its parameters."""
    return f"{path}?{urlencode(parameters, safe=',')}" if parameters else path


def of_rule(path: str, rule: CountingRule, **more: Any) -> str:
    """The address under which `rule` is counted, or its encounters are listed."""
    names = {"start": "from", "end": "to", "people": "person"}
    fields = {names.get(name, name): getattr(rule, name) for name in rule.__struct_fields__}
    kept = ("between", "from", "to", "person", "level", "kind", "status", "place", "unit", "exclude")
    values = {name: fields[name] for name in kept if fields.get(name)} | more
    if rule.guest and rule.host:
        values["direction"] = f"{rule.guest[0]}-{rule.host[0]}"
    elif rule.guest or rule.host:
        values["between"] = tuple(dict.fromkeys((*rule.between, *rule.guest, *rule.host)))
    pairs = [
        (name, ",".join(v) if isinstance(v, tuple) else str(v)) for name, v in values.items() if v not in (None, ())
    ]
    return address(path, pairs)


def code(text: str) -> str:
    """A country or organisation by its code, or by a name in a language that is read. Raises UsageError if there is none.

    >>> code("kp"), code("Nordkorea"), code("the United States")
    ('KP', 'KP', 'US')
    """
    given = " ".join(text.split())
    found = next((name for name in (given.upper(), given) if territories.known(name)), None)
    found = found or _named().get(given.casefold().removeprefix("the "))
    if found is None:
        raise UsageError(
            f"Unknown country {text!r}; use its usual name or an ISO 3166-1 code such as KP or RU, or EU, UN, NATO, ASEAN."
        )
    return found


@functools.cache
def _named() -> dict[str, str]:
    """What countries and organisations are called, in lower case, with their codes."""
    found: dict[str, str] = {}
    for tag in lexicon.languages():
        for first, entries in lexicon.load(tag).index.items():
            for entry in entries:
                if entry.kind in ("country", "organization") and not entry.extra.endswith("|gen"):
                    found.setdefault(" ".join((first, *entry.rest)).casefold(), entry.value)
    return found


def chosen(what: str, values: Sequence[str], known: Any) -> tuple[Any, ...]:
    """The values. Raises UsageError for an unknown one."""
    for one in values:
        if one not in known:
            raise UsageError(f"Unknown {what} {one!r}; choose {', '.join(known)}.")
    return tuple(dict.fromkeys(values))
