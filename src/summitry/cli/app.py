"""The program itself: its global options, and what becomes of an error."""

import gc
import sys
from typing import Annotated

import click
import typer

from summitry import __version__
from summitry.cli import output
from summitry.errors import RecordError, SummitryError, UsageError

CONTRADICTED, USAGE, SOME_FAILED, RECORD, STOPPED = 1, 2, 3, 4, 130

app = typer.Typer(
    name="summitry",
    help="Keep the record of who met whom: read news, merge reports, count by stated rules, check claims, write.",
    epilog="Start with: summitry demo · then: summitry read FILE",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


class Settings:
    """What the global options say; commands get it as the context's object."""

    def __init__(self, record: str | None, debug: bool, quiet: bool) -> None:
        self.record = record
        self.debug = debug
        self.quiet = quiet


def _version(wanted: bool) -> None:
    if wanted:
        output.write(f"summitry {__version__}\n")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    record: Annotated[
        str | None,
        typer.Option("--record", "-R", envvar="SUMMITRY_RECORD", help="A file, or a postgresql:// URL; else your own."),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No remarks and no progress on standard error.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where in the code an error arose.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print it.")] = False,
) -> None:
    """Options before the command; what it prints on standard output is data, remarks go to standard error."""
    if context.invoked_subcommand != "read":
        gc.enable()
    context.obj = Settings(record, debug, quiet)


def main() -> None:
    """Run the command line; ends the process with the statuses of docs/reference/cli.md."""
    gc.disable()  # until it is clear that this is more than one document to read: looking for cycles costs 0.15 s
    from summitry.cli import commands  # noqa: F401  # registers the commands

    try:
        status = app(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except (typer.Abort, KeyboardInterrupt):
        output.say("summitry: stopped; what was reported as done is kept.")
        sys.exit(STOPPED)
    except (SummitryError, OSError) as error:
        if "--debug" in sys.argv:
            raise
        output.say(f"summitry: {sentence_of(error)}")
        output.let_go()
        sys.exit(status_of(error))
    sys.exit(status)


def sentence_of(error: SummitryError | OSError) -> str:
    """What the user is told of an error."""
    if isinstance(error, SummitryError):
        return str(error)
    what = f"{error.filename} cannot be read or written" if error.filename else "The output cannot be written"
    return f"{what}: {error.strerror or error}."


def status_of(error: SummitryError | OSError) -> int:
    """The exit status of an error."""
    if isinstance(error, RecordError):
        return RECORD
    return USAGE if isinstance(error, UsageError) else SOME_FAILED
