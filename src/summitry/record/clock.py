"""Days and moments as the record stores them: ISO strings that sort."""

from datetime import UTC, datetime

from summitry.dates import bounds
from summitry.errors import DateError
from summitry.record.schema import EVER, NEVER


def now() -> str:
    """This moment in UTC, to the microsecond."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def days(date: str | None) -> tuple[str, str]:
    """The first and last day that an EDTF date admits; EVER and NEVER where it sets no bound."""
    if date is None:
        return EVER, NEVER
    first, last = bounds(date)
    return (first.isoformat() if first else EVER), (last.isoformat() if last else NEVER)


def end_of(moment: str) -> str:
    """The last instant of a day, month or year ("2024-06-20", "2024-06"), or the instant itself if a time is given.

    Raises DateError for what is neither.
    """
    if "T" in moment:
        try:
            datetime.fromisoformat(moment)
        except ValueError as error:
            raise DateError(f"{moment!r} is no moment; write it like 2024-06-20T12:00:00Z or 2024-06-20.") from error
        return moment
    return f"{days(moment)[1]}T99"
