"""Days and moments as the record stores them: ISO strings that sort."""

from datetime import UTC, datetime

from summitry.dates import bounds
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
    """The last instant of a day ("2024-06-20"), or the instant itself if a time is given."""
    return moment if "T" in moment else f"{moment}T99"
