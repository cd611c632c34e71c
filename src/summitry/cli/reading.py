"""`read` and `languages`: what needs no record."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summitry.cli import output
from summitry.cli.app import SOME_FAILED, app
from summitry.cli.opening import settings_of
from summitry.dates import bounds
from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.model import Reading

ReadFormat = Literal["text", "json", "jsonl"]
Published = Annotated[
    str | None, typer.Option(help="Date of publication, like 2024-06-20; relative dates are counted from it.")
]
Lang = Annotated[str | None, typer.Option(help="Language tag; else it is told from the text.")]


@app.command()
def read(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="Text, HTML, PDF, Word or JSONL file, folder, URL; - is standard input.")],
    published: Published = None,
    lang: Lang = None,
    format: Annotated[ReadFormat, typer.Option(help="How to print it.")] = "text",
    explain: Annotated[bool, typer.Option("--explain", help="Show for each encounter what was found where.")] = False,
) -> None:
    """Print the encounters and claims of one document. Needs no record and no network.

    Example: summitry read factbox.txt --published 2024-06-20 --explain
    """
    from summitry import pipeline
    from summitry.ingest import Failure, Options

    given = Options(published=checked_day(published), lang=checked_language(lang))
    outcomes = list(pipeline.readings([file], given))
    if format == "json" and len(outcomes) > 1:
        raise UsageError(f"{file} holds {len(outcomes)} documents; print them with --format jsonl.")
    failures = [one for one in outcomes if isinstance(one, Failure)]
    if len(outcomes) == len(failures) == 1:
        raise failures[0].error
    for reading in (one for one in outcomes if not isinstance(one, Failure)):
        if not settings_of(context).quiet:
            _remark(reading)
        _print(reading, format, explain=explain)
    for failure in failures:
        output.say(str(failure.error))
    raise typer.Exit(SOME_FAILED if failures else 0)


def _print(reading: "Reading", format: ReadFormat, *, explain: bool) -> None:
    if format == "text":
        from summitry.cli import show

        show.reading(reading, explain=explain)
    else:
        from summitry.answers import reading_answer

        output.write_json(reading_answer(reading), indent=format == "json")


def _remark(reading: "Reading") -> None:
    """What the user should know about the dates of a document."""
    from summitry import pipeline

    if reading.article.published is None:
        output.say(f"{reading.article.source} has no date of publication: “last week” stays undated; give --published.")
    for doubt in pipeline.doubts(reading):
        output.say(doubt)


@app.command()
def languages() -> None:
    """List the languages: what they are called, and whether they can be read and written."""
    from summitry import detection
    from summitry.publish import languages as written

    rows = [(tag, name, "read", "written" if tag in written() else "") for tag, name in detection.names().items()]
    output.table(("tag", "name", "", ""), rows)


def checked_language(lang: str | None) -> str | None:
    """A language that we read. Raises UsageError for another one."""
    from summitry import detection

    if lang and lang not in detection.names():
        raise UsageError(f"There is no reader for the language {lang!r}; we read {detection.named()}.")
    return lang


def checked_day(published: str | None) -> str | None:
    """A date of publication that makes sense: EDTF, and not in the future. Raises UsageError."""
    if not published:
        return None
    first, _ = bounds(published)
    if first is None or "/" in published:
        raise UsageError(f"--published {published} is no single date; write it like 2024-06-20.")
    if first > date.today():
        raise UsageError(f"--published {published} lies in the future; check the date of publication.")
    return published
