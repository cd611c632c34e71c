"""`check` with options: a claim as the person means it, where it was understood otherwise or not at all."""

import dataclasses
from dataclasses import dataclass
from typing import Annotated, Any, Final, get_args

import typer
from msgspec.structs import replace

from summitry import kinds
from summitry.cli.filters import Values, chosen, code
from summitry.dates import validate
from summitry.errors import UsageError
from summitry.model import Claim, Comparison, Scope

OPERATORS: Final = ("=", ">", ">=", "<", "<=", "~")
_SCOPE: Final = {
    "person": "person", "partner": "partner", "office": "office", "guest": "guest_country", "host": "host_country", "unit": "unit",
    "kind": "kind", "level": "level", "from_": "start", "to": "end", "within": "within", "since": "since", "on": "on",
    "capacity": "capacity", "place": "place", "region": "region", "by": "by", "under": "under", "dates": "dates",
}  # fmt: skip
_COMPARISON: Final = {
    "times": "times", "among": "among", "than_person": "person", "than_guest": "guest_country", "than_host": "host_country",
    "than_from": "start", "than_to": "end", "whole": "whole",
}  # fmt: skip
_DATES: Final = ("from_", "to", "by", "on", "than_from", "than_to")
_COUNTRIES: Final = ("guest", "host", "than_guest", "than_host")
Text = str | None


@dataclass(frozen=True)
class Correction:
    """How a claim is meant; every option replaces what was understood, and what was not understood is taken as said."""

    claim: Annotated[int | None, typer.Option(min=1, help="Which claim of the text the options are about.")] = None
    type: Annotated[Text, typer.Option(help="count, first-since, nth (-1: the last), record, repeat.")] = None
    value: Annotated[int | None, typer.Option(help="The number.")] = None
    operator: Annotated[Text, typer.Option(help="= > >= < <= or ~ (about).")] = None
    person: Annotated[Text, typer.Option(metavar="NAME", help="Who.")] = None
    partner: Annotated[Text, typer.Option(metavar="NAME", help="Whom they met.")] = None
    office: Annotated[Text, typer.Option(help="Anybody in it: “US President”.")] = None
    guest: Annotated[Text, typer.Option(metavar="CODE", help="The guest's country.")] = None
    host: Annotated[Text, typer.Option(metavar="CODE", help="The host country.")] = None
    between: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="Both take part.")] = None
    unit: Annotated[Text, typer.Option(help="encounter, delegation, trip, traveller, pair or item.")] = None
    kind: Annotated[Text, typer.Option(help="visit, meeting or call.")] = None
    level: Annotated[Text, typer.Option(help="Level of the guest: leader, minister+ …")] = None
    from_: Annotated[Text, typer.Option("--from", metavar="DATE", help="First day of the window.")] = None
    to: Annotated[Text, typer.Option(metavar="DATE", help="Last day of it.")] = None
    within: Annotated[Text, typer.Option(metavar="DURATION", help="A moving window: P3M, P1Y.")] = None
    since: Annotated[Text, typer.Option(metavar="DATE", help="What a first reaches back to.")] = None
    on: Annotated[Text, typer.Option(metavar="DATE", help="When the encounter of the claim was.")] = None
    capacity: Annotated[Text, typer.Option(help="As what somebody travelled: president, president-elect …")] = None
    by: Annotated[
        Text, typer.Option(metavar="DATE", help="The window ends with this period, or before it: “by 2014”.")
    ] = None
    dates: Annotated[Values, typer.Option(metavar="DATE", help="When those counted were, one by one.")] = None
    under: Annotated[Text, typer.Option(metavar="NAME", help="In whose time in office.")] = None
    place: Annotated[Text, typer.Option(help="The city.")] = None
    region: Annotated[Text, typer.Option(help="The UN region of the hosts.")] = None
    absent: Annotated[bool, typer.Option("--absent", help="There was none.")] = False
    times: Annotated[float | None, typer.Option(help="So many times the other number.")] = None
    among: Annotated[
        Text, typer.Option(help="More than every other host, person or year; or one for each-year, each-holder.")
    ] = None
    than_person: Annotated[Text, typer.Option(metavar="NAME", help="The other number is this person's.")] = None
    than_guest: Annotated[Text, typer.Option(metavar="CODE", help="… of guests of this country.")] = None
    than_host: Annotated[Text, typer.Option(metavar="CODE", help="… of visits to this country.")] = None
    than_from: Annotated[Text, typer.Option(metavar="DATE", help="… from then on.")] = None
    than_to: Annotated[Text, typer.Option(metavar="DATE", help="… until then.")] = None
    whole: Annotated[int | None, typer.Option(help="The number is a part of so many.")] = None
    open: Annotated[Values, typer.Option(metavar="FIELD", help="Leave a field of the claim open: --open place.")] = None

    @property
    def given(self) -> dict[str, Any]:
        """The options that were given, by name."""
        return {
            field.name: value
            for field in dataclasses.fields(self)
            if (value := getattr(self, field.name)) not in (None, False, [])
        }

    def of(self, claims: tuple[Claim, ...], text: str) -> tuple[Claim, ...]:
        """The claims with the one that is meant corrected. Raises UsageError for what no claim can be."""
        if not self.given:
            return claims
        if not claims and self.type:
            return (self._corrected(Claim(text, 0, len(text), "count")),)
        if not claims:
            raise UsageError(
                "No claim was read in the text; say with --type which it is, or leave the other options out."
            )
        if self.claim is None and len(claims) > 1:
            raise UsageError(
                f"The text holds {len(claims)} claims; say with --claim which of them the options are about."
            )
        number = self.claim or 1
        if number > len(claims):
            raise UsageError(f"The text holds {len(claims)} claims; there is no claim {number}.")
        return tuple(self._corrected(one) if at == number else one for at, one in enumerate(claims, start=1))

    def _corrected(self, claim: Claim) -> Claim:
        given = self._checked()
        scope = replace(claim.scope, unread=(), **{ours: given[name] for name, ours in _SCOPE.items() if name in given})
        if self.absent:
            scope = replace(scope, absent=True)
        for name in chosen("field", self.open, Scope.__struct_fields__):
            scope = replace(scope, **{name: getattr(Scope(), name)})
        sides = tuple(sorted({side for side in (scope.guest_country, scope.host_country) if side}))
        between = tuple(code(one) for one in self.between) if self.between else sides or scope.countries
        scope = replace(scope, countries=between)
        compared = {ours: given[name] for name, ours in _COMPARISON.items() if name in given}
        comparison = claim.comparison
        if compared:
            comparison = replace(comparison or Comparison(operator=self.operator or "="), **compared)
        elif comparison is not None and self.operator and comparison.whole is None:
            comparison = replace(comparison, operator=self.operator)
        plain = {
            name: given[name]
            for name in ("type", "value", "operator")
            if name in given and not (name == "operator" and comparison)
        }
        return replace(claim, scope=scope, comparison=comparison, plain=False, **plain)

    def _checked(self) -> dict[str, Any]:
        """The options, checked and in the form that a claim has them."""
        given = dict(self.given)
        given |= {"dates": tuple(map(validate, given["dates"]))} if "dates" in given else {}
        for name, known in (
            ("type", get_args(kinds.ClaimType)),
            ("operator", OPERATORS),
            ("kind", kinds.KINDS),
            ("among", ("host", "person", "year", "each-year", "each-holder")),
        ):
            if name in given:
                chosen(name, [given[name]], known)
        if "unit" in given:
            from summitry.ask import UNITS

            chosen("unit", [given["unit"]], UNITS)
        if "level" in given:
            kinds.levels_from(given["level"])
        for name in (*_DATES, "since"):
            if name in given:
                validate(given[name])
        if "within" in given:
            from datetime import date

            from summitry.ask.rules import before

            before(date.max, given["within"])
        return given | {name: code(given[name]) for name in _COUNTRIES if name in given}


__all__ = ["Correction"]
