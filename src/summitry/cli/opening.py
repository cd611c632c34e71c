"""Open the record that --record names, and the user's office holders."""

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import typer

from summitry.cli.app import Settings

if TYPE_CHECKING:
    from summitry.authority import Authority
    from summitry.record import Record

EXTRA = "office-holders.jsonl"


def settings_of(context: typer.Context) -> Settings:
    """What the global options say."""
    settings: Settings = context.obj
    return settings


def open_record(context: typer.Context, *, create: bool = False) -> "Record":
    """The record of the global options. Raises RecordError."""
    from summitry.record import Record

    return Record.open(settings_of(context).record, create=create)


def extra_path() -> Path:
    """Where the user's own office holders are kept."""
    return platformdirs.user_data_path("summitry") / EXTRA


def office_holders() -> "Authority":
    """Those that come with the package, and the user's own."""
    from summitry import authority

    extra = extra_path()
    return authority.load(extra if extra.is_file() else None)
