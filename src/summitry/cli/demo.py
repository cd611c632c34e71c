"""`demo`: the whole way of the data on the articles that come with the package, in the user's sight."""

import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from summitry.cli import output, show
from summitry.cli.app import app
from summitry.cli.keeping import counted

if TYPE_CHECKING:
    from summitry.model import Reading
    from summitry.record import Record

_PAIR: Final = ("DE", "FR")
_START, _END = "2023-01", "2025-09-01"  # of the sample's chronology


@app.command()
def demo(
    folder: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to put the record; else a new temporary folder.")
    ] = None,
) -> None:
    """Read the bundled sample, build a record, check its claims, write the chronicle. Offline, in seconds.

    Example: summitry demo
    """
    from summitry.record import Record

    place = folder or Path(tempfile.mkdtemp(prefix="summitry-demo-"))
    place.mkdir(parents=True, exist_ok=True)
    path = place / "record.db"
    with resources.as_file(resources.files("summitry") / "sample") as sample, Record.open(path) as record:
        _add(record, sample)
        _count(record)
        _check(record, sample / "chronology.txt")
        _write(record)
    _next(path)


def _title(text: str) -> None:
    output.write(f"\n── {text} {'─' * (74 - len(text))}\n\n")


def _add(record: "Record", sample: Path) -> None:
    """Read and merge all articles, and say what the record is complete for."""
    from summitry import pipeline
    from summitry.model import Coverage

    _title("Articles become a record")
    pipeline.add(record, [sample / "articles.jsonl"])
    size = record.size()
    output.write(
        f"{counted(size['articles'], 'article')} with {counted(size['reports'], 'report')} "
        f"came to {counted(size['encounters'], 'encounter')}:\n\n"
    )
    output.table(show.HEADER, show.encounter_rows(record.encounters()))
    record.state_coverage(Coverage(_PAIR, _START, _END, source="the bundled sample"))


def _count(record: "Record") -> None:
    """A number with its rule."""
    from summitry import ask
    from summitry.model import CountingRule

    _title("Numbers come with their rule")
    found = ask.count(record, CountingRule(unit="delegation", between=_PAIR, start=_START, end=_END))
    number = str(found.low) if found.low == found.high else f"{found.low} to {found.high}"
    output.write(f"{number} visits between {' and '.join(_PAIR)} took place from {_START} to {_END}.\n")


def _check(record: "Record", chronology: Path) -> None:
    """What the record says of the numbers in the sample's own chronology."""
    from summitry import pipeline
    from summitry.cli.asking import verdict
    from summitry.ingest import Options

    _title("Claims are checked")
    readings = pipeline.readings([chronology], Options(published=_END))
    verdicts = [one for reading in readings for one in pipeline.check(record, _read(reading))]
    output.write("\n".join(map(verdict, verdicts)) + "\n" if verdicts else "The chronology claims nothing.\n")


def _read(reading: object) -> "Reading":
    from summitry.model import Reading

    assert isinstance(reading, Reading)  # the sample is in order
    return reading


def _write(record: "Record") -> None:
    """The chronicle in the languages of the sample: those that we read."""
    from summitry import ask, lexicon, publish, writing

    for lang in lexicon.languages():
        _title(f"The chronicle is written ({lang})")
        options = publish.Options(lang=lang, between=_PAIR, start=_START)
        result = writing.write(record, ask.Query(between=_PAIR, start=_START), options)
        output.write(publish.to_text(result))


def _next(path: Path) -> None:
    """Three commands to go on with."""
    _title("Now with your own files")
    output.write(
        "summitry read FILE --explain\n"
        "    what one document says, and how it was understood\n"
        f"summitry --record {path.with_name('mine.db')} add FILE FOLDER URL …\n"
        "    build a record; the same article twice changes nothing\n"
        f"summitry --record {path.with_name('mine.db')} write --between DE FR --format html -o chronicle.html\n"
        "    write its chronicle\n"
    )
