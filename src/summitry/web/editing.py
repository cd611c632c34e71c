"""Values of an encounter as text in a form, and back."""

from typing import Any, Final

from summitry.errors import UsageError
from summitry.kinds import KINDS, STATUSES
from summitry.model import Encounter, Participation, Place
from summitry.web.query import code

CORRECTABLE: Final = ("date", "kind", "status", "host_country", "place", "delegation", "guests", "hosts")


def printed(field: str, value: Any) -> str:
    """A value as it stands in a form: participants as "Name, office (KP)", parted by semicolons.

    >>> printed("guests", (Participation(country="KP", name="Im Chon Il"),))
    'Im Chon Il (KP)'
    """
    if value is None:
        return ""
    if field == "place":
        return str(value.name)
    if field in ("guests", "hosts"):
        return "; ".join(_participant(one) for one in value)
    if isinstance(value, tuple):
        return ", ".join(value)
    return str(value)


def _participant(who: Participation) -> str:
    said = ", ".join(part for part in (who.name, who.role) if part)
    return f"{said} ({who.country})".strip() if who.country else said


def value_of(field: str, text: str, found: Encounter) -> Any:
    """What the text in a form means for the field; the same forms as `printed`. Raises UsageError if it is no value."""
    text = text.strip()
    if field not in CORRECTABLE:
        raise UsageError(f"The field {field!r} cannot be corrected here; these can: {', '.join(CORRECTABLE)}.")
    if field in ("guests", "hosts"):
        known = {_participant(one): one for one in (*found.guests, *found.hosts)}
        return [_as_json(_read(part.strip(), known)) for part in text.split(";") if part.strip()]
    if field == "place":
        return _as_json(Place(text, text, found.host_country)) if text else None
    if field == "host_country":
        return code(text) if text else None
    known_values: dict[str, Any] = {"kind": KINDS, "status": STATUSES}
    if field in known_values and text not in known_values[field]:
        raise UsageError(f"Unknown {field} {text!r}; choose {', '.join(known_values[field])}.")
    return text or None


def _read(text: str, known: dict[str, Participation]) -> Participation:
    """One participant; those that are left as they were keep identity and level."""
    if text in known:
        return known[text]
    said, bracket, country = text.rpartition(" (") if text.endswith(")") else (text, "", "")
    name, _, role = said.strip().partition(", ")
    return Participation(country=code(country.rstrip(")")) if bracket else None, name=name or None, role=role or None)


def _as_json(noun: Any) -> dict[str, Any]:
    return {name: getattr(noun, name) for name in noun.__struct_fields__}
