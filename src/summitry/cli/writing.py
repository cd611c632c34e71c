"""`write` and `export`: what the record becomes outside."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from summitry.cli import output
from summitry.cli.app import app
from summitry.cli.expand import expanded
from summitry.cli.filters import Filters
from summitry.cli.opening import office_holders, open_record
from summitry.errors import UsageError

if TYPE_CHECKING:
    from summitry.publish import Export, Options

Out = Annotated[Path | None, typer.Option("--out", "-o", metavar="FILE", help="Write to a file; - is standard output.")]
_FORMATS = (
    "text md html docx json jsonl csv parquet ics atom geojson ftm popolo jsonld ninjs "
    "plover colt datapackage rocrate timelinejs"
)


@dataclass(frozen=True)
class Style:
    """How the text is written."""

    lang: Annotated[str | None, typer.Option(help="Language of the text, by its tag.")] = None
    style: Annotated[str, typer.Option(help="House style.")] = "plain"
    tense: Annotated[Literal["present", "past"], typer.Option(help="Tense of what happened.")] = "present"
    group: Annotated[Literal["month", "year", "person", "country"], typer.Option(help="Headings.")] = "month"
    sources: Annotated[Literal["none", "notes", "footnotes"], typer.Option(help="Name the sources.")] = "none"
    fold: Annotated[bool, typer.Option("--fold/--no-fold", help="Sister delegations on one line.")] = True


@app.command()
@expanded
def write(
    context: typer.Context,
    filters: Filters,
    style: Style,
    format: Annotated[str, typer.Option(help="text, md, html or docx.")] = "text",
    out: Out = None,
    site: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Write a whole site of static files instead, into an empty folder."),
    ] = None,
    diff: Annotated[
        str | None, typer.Option(metavar="DATE", help="Say instead what changed since the record of that day.")
    ] = None,
) -> None:
    """Write the chronicle of some encounters: headline, a lead whose numbers are counted, one line an encounter.

    Example: summitry write --between KP RU --from 2023-07 --lang de --format html -o chronicle.html

    Example: summitry write --between KP RU --site public_html
    """
    if site is not None:
        _site(context, filters, style, site)
        return
    if diff is not None:
        _diff(context, filters, style, diff)
        return
    if format not in ("text", "md", "html", "docx"):
        raise UsageError(f"{format!r} is no text format; choose text, md, html or docx, or use `export`.")
    _publish(context, filters, style, format, out)


@app.command()
@expanded
def export(
    context: typer.Context,
    filters: Filters,
    format: Annotated[str, typer.Option(help=f"One of {_FORMATS}.")] = "json",
    lang: Annotated[str | None, typer.Option(help="Language of the sentences in it.")] = None,
    out: Out = None,
) -> None:
    """Give encounters away in a format that other programs read; what does not fit is said on standard error.

    Example: summitry export --between KP RU --format ics -o calendar.ics
    """
    _publish(context, filters, Style(lang=lang), format, out)


def _publish(context: typer.Context, filters: Filters, style: Style, format: str, out: Path | None) -> None:
    from summitry import ask
    from summitry.publish import FORMATS, Context, coordinates
    from summitry.writing import informed

    if format not in FORMATS:
        raise UsageError(f"Unknown format {format!r}; choose {', '.join(FORMATS)}.")
    with open_record(context) as record:
        found = ask.find(record, filters.query())
        options = informed(record, found, _options(filters, style), office_holders())
    made = FORMATS[format].write(found, Context(options=options, now=_now(), coordinates=coordinates(found)))
    _deliver(made, out)


def _site(context: typer.Context, filters: Filters, style: Style, folder: Path) -> None:
    """Write the read-only site; nothing is written over that stands there already."""
    from summitry import ask
    from summitry.publish import Context, coordinates
    from summitry.publish.site import site
    from summitry.writing import informed

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} is not empty; name a folder that does not exist yet.")
    with open_record(context) as record:
        found = ask.find(record, filters.query())
        options = informed(record, found, _options(filters, style), office_holders())
    files = site(found, Context(options=options, now=_now(), coordinates=coordinates(found)))
    _save_folder(folder, files)
    output.say(f"{len(files)} files written to {folder}; open {folder / 'index.html'}.")


def _save_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder of files whole or not at all. Raises OSError."""
    target = folder.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        fresh.replace(target)  # an empty folder may stand there
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _diff(context: typer.Context, filters: Filters, style: Style, day: str) -> None:
    """Print what was added, changed and dropped since the record stood as on `day`."""
    from summitry import ask
    from summitry.publish import changes, changes_text
    from summitry.writing import informed

    with open_record(context) as record:
        now = ask.find(record, filters.query())
        before = ask.find(record.as_of(day), filters.query())
        options = informed(record, now, _options(filters, style), office_holders())
    output.write((changes_text(changes(now, before, options), options.lang) + "\n").encode())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _options(filters: Filters, style: Style) -> "Options":
    from summitry.publish import Options
    from summitry.writing import usual_language

    return Options(
        lang=style.lang or usual_language(),
        style=style.style,
        tense=style.tense,
        group=style.group,
        sources=style.sources,
        fold=style.fold,
        between=filters.pair,
        start=filters.from_,
        end=filters.to,
    )


def _deliver(made: "Export", out: Path | None) -> None:
    if out is None or str(out) == "-":
        output.write(made.content)
    else:
        output.save(out, made.content)
    for lost in made.lost:
        output.say(lost)
