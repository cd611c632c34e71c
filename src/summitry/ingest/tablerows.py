"""One row of a table to the fields of a report, by a mapping; pure.

Nothing is guessed: a country that is not known, a day that is none, a person without a name make a misfit with a
reason, and an empty cell stays unknown.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Cells
from datetime import datetime
from typing import Any, Final

from msgspec.structs import replace

from summitry import lexicon
from summitry.dates import bounds
from summitry.errors import DateError, UsageError
from summitry.ingest.mapping import Mapping, Remark, Side, Value
from summitry.kinds import LEVELS, Level
from summitry.lexicon import WORD
from summitry.model import Coverage, Noun, Participation, Place, Report
from summitry.territories import from_alpha3, known, state_of

_PARTS: Final = re.compile(r"[,;()]")
_LISTED: Final = re.compile(r", and |, | and ")


class Row(Noun, frozen=True):
    """A row's number as a spreadsheet shows it, its cells by column, and what is wrong with it already."""

    number: int
    cells: dict[str, str]
    broken: str | None = None


class Misread(Exception):
    """Why a row makes no report; caught in this module."""


class RowReader:
    """Reads the rows of one mapping; remembers the countries it has looked up."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._names = Countries(mapping)
        self._remarks = [(remark, re.compile(remark.pattern)) for remark in mapping.remarks]

    def read(self, row: Row) -> list[dict[str, Any]] | str:
        """The fields of the report that a row makes, and of one for each further country it was in; or why it makes none."""
        if row.broken:
            return row.broken
        try:
            fields = self._fields(row.cells)
        except Misread as reason:
            return str(reason)
        return [fields, *self._elsewhere(fields, row.cells)]

    def _elsewhere(self, fields: dict[str, Any], cells: Cells[str, str]) -> Iterator[dict[str, Any]]:
        """The same stay in the countries that a remark names beside the row's own: "crossed into North Korean territory"."""
        for remark, pattern in self._remarks:
            if "country" not in pattern.groupindex:
                continue
            for match in (m for column in remark.columns for m in pattern.finditer(cells.get(column, ""))):
                names = [name.strip() for name in _LISTED.split(match["country"])]
                codes = dict.fromkeys(code for name in names if (code := self._names.ground(name)))
                for code in codes:
                    activities = (remark.activity,) if remark.activity else ()
                    if code != fields["host_country"]:
                        yield fields | {"host_country": code, "place": None, "hosts": (), "activities": activities}

    def _fields(self, cells: Cells[str, str]) -> dict[str, Any]:
        mapping = self._mapping
        said = [
            remark
            for remark, pattern in self._remarks
            if "country" not in pattern.groupindex and _says(pattern, remark, cells)
        ]
        guests = self._people(mapping.guest, cells)
        if not any(guest.country or guest.name for guest in guests):
            raise Misread("nobody travels in it: neither a name nor a country of the guest")
        capacity = next((remark.capacity for remark in said if remark.capacity), None)
        if capacity:  # who has not the office yet, or no longer, has not its level either
            guests = [replace(guest, capacity=capacity, level=None) for guest in guests]
        country = self._country(mapping.host.country, cells)
        if mapping.kind == "visit" and not country:
            raise Misread("the host country is missing")
        hosts = [host for host in self._people(mapping.host, cells) if host.name]
        activities = dict.fromkeys(remark.activity for remark in said if remark.activity)
        return {
            "kind": mapping.kind,
            "status": next((remark.status for remark in said if remark.status), mapping.status),
            "guests": tuple(guests),
            "hosts": tuple(hosts),
            "date": _date(mapping, cells),
            "host_country": country,
            "place": self._place(cells, country),
            "activities": tuple(activities),
            "topics": tuple(cells[column] for column in mapping.topics if cells.get(column)),
        }

    def _people(self, side: Side, cells: Cells[str, str]) -> list[Participation]:
        country = self._country(side.country, cells)
        if not (side.people and side.pattern):
            name, role, level = (value_of(value, cells) for value in (side.name, side.role, side.level))
            return [Participation(country, name, role, _level(level))]
        cell = cells.get(side.people, "")
        parts = re.split(side.between, cell) if side.between else [cell]
        return [_person(side, country, part.strip()) for part in parts if part.strip()]

    def _country(self, value: Value, cells: Cells[str, str]) -> str | None:
        if value.is_:
            return value.is_
        given = [value.map.get(cell, cell) for column in value.columns if (cell := cells.get(column, ""))]
        for name in given:
            if code := self._names.code(name):
                return code
        if given:
            raise Misread(f"no country is known as {given[0]!r}; name its code in [countries] of the mapping")
        return None

    def _place(self, cells: Cells[str, str], country: str | None) -> Place | None:
        """The place as the table has it; where it names a country, "Kingston (Jamaica)", that is where it lies today.

        So it is where the column of the host names a territory of that state: "Denmark (Greenland)".
        """
        text = next((cells[column] for column in self._mapping.place if cells.get(column)), None)
        hosts = [cells.get(column, "") for column in self._mapping.host.country.columns]
        inside = self._grounds(text or "")
        inside = inside or {code for host in hosts for code in self._grounds(host) if state_of(code) == country != code}
        if not text and not inside:
            return None
        named = text or next(filter(None, hosts))
        return Place(named, named, inside.pop() if len(inside) == 1 else country)

    def _grounds(self, text: str) -> set[str]:
        """The countries that parts of a cell name."""
        return {code for name in _PARTS.split(text) if name.strip() and (code := self._names.code(name.strip()))}


class Countries:
    """Codes by the names that a table uses: the mapping's own, ISO codes, and the names in its language."""

    def __init__(self, mapping: Mapping) -> None:
        self._own = mapping.countries
        self._index = lexicon.load(mapping.language).index
        self._found: dict[str, str | None] = {}

    def code(self, name: str) -> str | None:
        """The code of a country by its name, its ISO code or its name as part of an address ("new-zealand")."""
        if name not in self._found:
            self._found[name] = self._look_up(name)
        return self._found[name]

    def _look_up(self, name: str) -> str | None:
        if name in self._own:
            return self._own[name]
        if name.isupper() and len(name) in (2, 3):
            try:
                return from_alpha3(name) if len(name) == 3 else name if known(name) else None
            except UsageError:
                pass  # an abbreviation such as "UAE": a name like others
        return self._named(name) or self._named(name.replace("-", " ").title())

    def ground(self, name: str) -> str | None:
        """The country that a remark names by its name, its adjective ("North Korean") or a city of it."""
        return self.code(name) or self._named(name, "adjective", "place")

    def _named(self, name: str, *kinds: str) -> str | None:
        tokens = WORD.findall(name)
        for entry in self._index.get(tokens[0], ()) if tokens else ():
            if (
                entry.kind in (kinds or ("country",))
                and entry.rest == tuple(tokens[1:])
                and not entry.extra.endswith("|gen")
            ):
                return entry.value
        return None


def value_of(value: Value, cells: Cells[str, str]) -> str | None:
    """What a mapping says of a value: its constant, or the first filled column through its map."""
    if value.is_ is not None:
        return value.is_
    cell = next((cells[column] for column in value.columns if cells.get(column)), None)
    return value.map.get(cell, cell) if cell else None


def _level(name: str | None) -> Level | None:
    return name if name in LEVELS else None


def _says(pattern: re.Pattern[str], remark: Remark, cells: Cells[str, str]) -> bool:
    return any(pattern.search(cells.get(column, "")) for column in remark.columns)


def _person(side: Side, country: str | None, text: str) -> Participation:
    """ "President-elect Pessoa" -> office, name, capacity; a name without a known office stays a name."""
    match = re.match(side.pattern or "", text)
    if match is None:
        return Participation(country, text)
    role = " ".join(match["role"].split())
    capacity = next((said for form, said in side.capacities.items() if re.search(form, role)), None)
    level = None if capacity else side.levels.get(role, side.other)
    return Participation(country, match["name"], role, level, capacity=capacity)


def _date(mapping: Mapping, cells: Cells[str, str]) -> str | None:
    when = mapping.when
    start = _first_date(when.start, when.formats, cells)
    end = _first_date(when.end, when.formats, cells)
    if not start or not end or start == end:
        return start
    if (bounds(end)[1] or 0) < (bounds(start)[0] or 0):  # type: ignore[operator]  # closed dates have both ends
        raise Misread(f"it ends on {end}, before it begins on {start}")
    return f"{start}/{end}" if len(start) == len(end) == 10 else start


def _first_date(columns: Iterable[str], formats: Iterable[str], cells: Cells[str, str]) -> str | None:
    """The first cell that is a date; Misread if there are cells and none is."""
    given = [cell for column in columns if (cell := cells.get(column, ""))]
    for cell in given:
        if edtf := _as_edtf(cell, formats):
            return edtf
    if given and not all(_unknown(cell) for cell in given):
        raise Misread(f"{given[0]!r} is no date in a form that the mapping names")
    return None


def _unknown(cell: str) -> bool:
    return not any(char.isdigit() for char in cell)  # "TBD", "n/a": an unknown day, not a wrong one


def _as_edtf(cell: str, formats: Iterable[str]) -> str | None:
    for form in formats:
        try:
            day = datetime.strptime(cell, form).date().isoformat()
        except ValueError:
            continue
        return day if "%d" in form else day[:7] if "%m" in form or "%b" in form else day[:4]
    try:
        return cell if "%Y-%m-%d" in formats and bounds(cell) else None
    except DateError:
        return None


def stated_coverage(mapping: Mapping, reports: Iterable[Report]) -> tuple[Coverage, ...]:
    """What the mapping claims to be complete for, up to the last day in the table where it names no end."""
    ends = [last for report in reports if report.date and (last := bounds(report.date)[1])]
    if not ends:
        return ()
    return tuple(
        Coverage(
            countries=one.countries,
            start=one.start,
            end=one.end or max(ends).isoformat(),
            level=one.level,
            source=mapping.credit,
            people=one.people,
            guest=one.guest,
            host=one.host,
            kind=(mapping.kind,),
            note=tuple(one.note.items()),
        )
        for one in mapping.coverage
    )


__all__ = ["Countries", "Row", "RowReader", "stated_coverage", "value_of"]
