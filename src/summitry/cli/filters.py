"""The options by which commands choose encounters, and the query they come to."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from summitry import territories
from summitry.dates import validate
from summitry.errors import UsageError
from summitry.kinds import KINDS, STATUSES, levels_from

if TYPE_CHECKING:
    from summitry.ask import Query
    from summitry.model import CountingRule

Values = list[str] | None


@dataclass(frozen=True)
class Filters:
    """Which encounters; every option narrows, and none of them is needed."""

    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Both countries take part (ISO codes: KP RU).")
    ] = None
    country: Annotated[Values, typer.Option(metavar="CODE", help="This country takes part; may be repeated.")] = None
    direction: Annotated[str | None, typer.Option(metavar="A-B", help="Visits from A to B: KP-RU.")] = None
    from_: Annotated[str | None, typer.Option("--from", metavar="DATE", help="From then on: 2024, 2024-06-20.")] = None
    to: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Until then, included.")] = None
    person: Annotated[Values, typer.Option(metavar="NAME", help="With this person, in any spelling.")] = None
    level: Annotated[str | None, typer.Option(metavar="LEVEL", help="Level of the guest: leader, minister+ …")] = None
    kind: Annotated[Values, typer.Option(metavar="KIND", help="visit, meeting or call; may be repeated.")] = None
    status: Annotated[
        Values, typer.Option(metavar="STATUS", help="held, planned, proposed, cancelled, disputed; may be repeated.")
    ] = None

    place: Annotated[str | None, typer.Option(help="In this place, by the beginning of its name.")] = None
    region: Annotated[Values, typer.Option(metavar="NAME", help="Host in this UN region; may be repeated.")] = None
    sector: Annotated[Values, typer.Option(metavar="NAME", help="Delegations of this sector: sport, culture …")] = None
    capacity: Annotated[
        Values, typer.Option(metavar="WHAT", help="Guests travel as this: president, president-elect …")
    ] = None

    @property
    def pair(self) -> tuple[str, ...]:
        """The countries of --between and --country."""
        return tuple(dict.fromkeys(code(one) for one in (*(self.between or ()), *(self.country or ()))))

    def fields(self) -> dict[str, Any]:
        """The fields of a counting rule. Raises UsageError for what no encounter can be."""
        guest, host = self._direction()
        if self.level:
            levels_from(self.level)
        return {
            "between": self.pair,
            "guest": guest,
            "host": host,
            "people": tuple(self.person or ()),
            "start": validate(self.from_) if self.from_ else None,
            "end": validate(self.to) if self.to else None,
            "kind": chosen("kind", self.kind, KINDS),
            "status": chosen("status", self.status, STATUSES),
            "level": self.level,
            "place": self.place,
            "region": tuple(self.region or ()),
            "sectors": tuple(self.sector or ()),
            "capacity": tuple(self.capacity or ()),
        }

    def _direction(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not self.direction:
            return (), ()
        from summitry.ask import direction

        guest, host = direction(self.direction)
        return (code(guest),), (code(host),)

    def query(self, **more: Any) -> "Query":
        """What `find` understands: every status unless some are named."""
        from summitry.ask import Query

        return Query(**self.fields(), **more)

    def rule(self, **more: Any) -> "CountingRule":
        """What `count` understands: what was held, unless another status is named."""
        from summitry.model import CountingRule

        fields = self.fields() | more
        return CountingRule(**(fields | {"status": fields["status"] or ("held",)}))


def code(text: str) -> str:
    """A country or organisation by its code, in capitals. Raises UsageError if there is none."""
    upper = text.strip().upper()
    found = next((name for name in (upper, text.strip()) if territories.known(name)), None)
    if found is None:
        raise UsageError(f"Unknown country {text!r}; use ISO 3166-1 codes such as KP or RU, or EU, UN, NATO, ASEAN.")
    return found


def chosen(what: str, values: Values, known: Any) -> tuple[Any, ...]:
    """The values, separated by commas or given one by one. Raises UsageError for an unknown one."""
    given = tuple(part.strip() for value in values or () for part in value.split(",") if part.strip())
    for one in given:
        if one not in known:
            raise UsageError(f"Unknown {what} {one!r}; choose {', '.join(known)}.")
    return given
