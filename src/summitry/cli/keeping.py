"""`add`, `rebuild`, `show` and `coverage`: what builds a record and looks into it."""

from typing import TYPE_CHECKING, Annotated

import typer

from summitry.cli import output
from summitry.cli.app import SOME_FAILED, app
from summitry.cli.filters import Values, chosen, code
from summitry.cli.opening import office_holders, open_record, settings_of
from summitry.cli.progress import progress
from summitry.cli.reading import Lang, Published, checked_day, checked_language
from summitry.errors import UsageError
from summitry.kinds import KINDS, levels_from

if TYPE_CHECKING:
    from summitry.model import Coverage

coverage_app = typer.Typer(help="For what the record claims to be complete; only there can a first be judged.")
app.add_typer(coverage_app, name="coverage")


@app.command()
def add(
    context: typer.Context,
    inputs: Annotated[list[str], typer.Argument(help="Files, folders, .jsonl, URLs, feeds; - is standard input.")],
    published: Published = None,
    lang: Lang = None,
) -> None:
    """Read articles and add them to the record. The same article twice changes nothing.

    Example: summitry --record news.db add articles/ feed.xml report.pdf
    """
    from summitry import pipeline
    from summitry.ingest import Options

    quiet = settings_of(context).quiet
    given = Options(published=checked_day(published), lang=checked_language(lang))
    with open_record(context, create=True) as record, progress("Adding", quiet=quiet) as step:
        added = pipeline.add(record, inputs, given, known=office_holders(), progress=step)
    for failure in added.failures:
        output.say(str(failure.error))
    if not quiet:
        output.say(
            f"{counted(added.new, 'article')} added, {added.known} already there, {len(added.failures)} failed; "
            f"{counted(added.reports, 'report')} read, {counted(len(added.encounters), 'encounter')} new or changed."
        )
    raise typer.Exit(SOME_FAILED if added.failures else 0)


@app.command("import")
def import_(
    context: typer.Context,
    table: Annotated[str, typer.Argument(help="A table: .csv, .tsv, .xlsx or .parquet.")],
    mapping: Annotated[str, typer.Option(metavar="NAME|FILE", help="What its columns are: a shipped mapping or TOML.")],
) -> None:
    """Add the rows of a table to the record. Rows that do not fit are listed with the reason.

    Example: summitry --record us.db import travels.csv --mapping us-president-travels
    """
    from summitry import pipeline

    with open_record(context, create=True) as record:
        added, misfits = pipeline.import_table(record, table, mapping, known=office_holders())
    for misfit in misfits:
        output.say(f"row {misfit.row}: {misfit.reason}: {' '.join(misfit.text.split())[:200]}")
    output.say(
        f"{counted(added.reports, 'row')} added, {len(misfits)} not; "
        f"{counted(len(added.encounters), 'encounter')} new or changed."
    )
    raise typer.Exit(SOME_FAILED if misfits and not added.reports and added.new else 0)


@app.command()
def rebuild(context: typer.Context) -> None:
    """Read all articles of the record anew and merge them, keeping every decision; say what changed.

    Example: summitry --record news.db rebuild
    """
    from summitry import pipeline

    with open_record(context) as record, progress("Reading", quiet=settings_of(context).quiet) as step:
        changes = pipeline.rebuild(record, known=office_holders(), progress=step)
    output.say(
        f"{counted(changes.articles, 'article')} read, {counted(changes.reports, 'report')}: "
        f"{len(changes.created)} encounters new, {len(changes.changed)} changed, {len(changes.gone)} gone."
    )
    for what, ids in (("new", changes.created), ("changed", changes.changed), ("gone", changes.gone)):
        output.write("".join(f"{what}\t{one}\n" for one in ids))


@app.command()
def show(
    context: typer.Context,
    identity: Annotated[str, typer.Argument(metavar="ID", help="An encounter, or one that was merged into it.")],
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="As the record stood then.")] = None,
) -> None:
    """Print one encounter with everything behind it: statements, sources, decisions, changes.

    Example: summitry --record news.db show ek3f9a2b1
    """
    from summitry.cli import dossier

    with open_record(context) as record:
        output.write(dossier.dossier(record, identity, as_of))


@coverage_app.command("add")
def add_coverage(
    context: typer.Context,
    countries: Annotated[list[str], typer.Argument(help="ISO codes; two mean: what these have to do with each other.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="First day or month; .. is from the beginning.")],
    to: Annotated[str, typer.Option("--to", metavar="DATE", help="Last day or month; .. is until today.")],
    level: Annotated[str | None, typer.Option(help="Only for guests of this level: minister+ …")] = None,
    person: Annotated[
        Values, typer.Option(metavar="NAME", help="Only for this person or office (“US President”); may be repeated.")
    ] = None,
    guest: Annotated[Values, typer.Option(metavar="CODE", help="Only for guests of this country.")] = None,
    host: Annotated[Values, typer.Option(metavar="CODE", help="Only for visits to this country.")] = None,
    kind: Annotated[Values, typer.Option(metavar="KIND", help="Only visits, meetings or calls.")] = None,
    source: Annotated[str | None, typer.Option(help="By which source.")] = None,
) -> None:
    """State that the record is complete for some countries and a period.

    Example: summitry --record news.db coverage add KP RU --from 2023-07 --to 2024-06-20 --source "daily scan"
    """
    from summitry.model import Coverage

    if level:
        levels_from(level)
    sides = (tuple(code(one) for one in side or ()) for side in (countries, guest, host))
    between, guests, hosts = sides
    kinds = chosen("kind", kind, KINDS)
    stated = Coverage(between, from_, to, level, source, None, tuple(person or ()), guests, hosts, kinds)
    with open_record(context, create=True) as record:
        record.state_coverage(stated)


@coverage_app.command("list")
def list_coverage(context: typer.Context) -> None:
    """List what the record claims to be complete for."""
    with open_record(context) as record:
        stated = record.numbered_coverage()
    rows = [
        (str(number), "-".join(c.countries), c.start or "..", c.end or "..", _for_whom(c), c.source)
        for number, c in stated.items()
    ]
    output.table(("number", "countries", "from", "to", "for", "source"), rows)


@coverage_app.command("remove")
def remove_coverage(
    context: typer.Context, numbers: Annotated[list[int], typer.Argument(help="As `coverage list` shows them.")]
) -> None:
    """Take statements of coverage back; the record keeps them as withdrawn.

    Example: summitry --record news.db coverage remove 2
    """
    with open_record(context) as record:
        stated = record.numbered_coverage()
        for number in numbers:
            if number not in stated:
                known = ", ".join(map(str, stated)) or "none"
                raise UsageError(f"There is no statement of coverage {number}; there are {known}.")
        with record.transaction():
            for number in dict.fromkeys(numbers):
                record.withdraw_coverage(number)


def _for_whom(stated: "Coverage") -> str:
    """What a statement narrows itself to: people, a level, one direction, kinds."""
    sides = [f"{'/'.join(stated.guest) or '…'} → {'/'.join(stated.host) or '…'}"] if stated.guest or stated.host else []
    return " · ".join([*sides, *stated.people, *([stated.level] if stated.level else []), *stated.kind])


def counted(number: int, what: str) -> str:
    """A number with its noun: "1 article", "2 articles"."""
    return f"{number} {what}{'' if number == 1 else 's'}"
