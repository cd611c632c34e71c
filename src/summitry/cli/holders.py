"""`authority`: who held which office when; what comes with the package, and what the user adds."""

import csv
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from summitry import authority as authorities
from summitry.cli import output
from summitry.cli.app import app
from summitry.cli.filters import code
from summitry.cli.opening import extra_path, office_holders

authority_app = typer.Typer(help="Who held which office when. It informs the reader; what a text says beats it.")
app.add_typer(authority_app, name="authority")


@authority_app.command("list")
def list_holders(
    name: Annotated[str | None, typer.Argument(help="Only this person, in any spelling.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Only of this country.")] = None,
    on: Annotated[str | None, typer.Option(metavar="DATE", help="Only who was in office then.")] = None,
    post: Annotated[str | None, typer.Option(help="Only this post: head-of-state, foreign-minister …")] = None,
) -> None:
    """List office holders with their terms.

    Example: summitry authority list --country KP --on 2024-06
    """
    known = office_holders()
    if name:
        rows = known.occupancies(name, on)
    elif country:
        rows = known.in_country(code(country), on)
    else:
        rows = tuple(row for one in sorted(known.by_country) for row in known.in_country(one, on))
    if country and name:
        rows = tuple(row for row in rows if row.country == code(country))
    listed = [(r.country, r.name, r.post, r.title, r.start, r.end) for r in rows if post in (None, r.post)]
    output.table(("country", "name", "post", "title", "from", "to"), listed)


@authority_app.command("check")
def check_file(
    file: Annotated[Path | None, typer.Argument(help="A .tsv or .jsonl of office holders; else your own.")] = None,
) -> None:
    """Check a file of office holders without adding it.

    Columns or keys: name, country, post, title, start, end, aliases; only the first three are required.
    """
    path = file or extra_path()
    before = len(authorities.load().people)
    after = len(authorities.load(path).people) if path.is_file() or file else before
    output.say(f"{before} people come with the package; {path} is in order and adds {after - before}.")


@authority_app.command("import")
def import_file(file: Annotated[Path, typer.Argument(help="A .tsv or .jsonl of office holders.")]) -> None:
    """Add the office holders of a file to your own; nothing is added if a line is wrong.

    Example: summitry authority import holders.tsv
    """
    authorities.load(file)  # raises for a malformed line
    rows = _rows(file)
    _append(rows)
    output.say(f"{len(rows)} offices added to {extra_path()}.")


def _rows(file: Path) -> list[dict[str, Any]]:
    """The lines of a file that has been found to be in order."""
    text = file.read_text("utf-8-sig")
    if file.suffix == ".jsonl":
        return [msgspec.json.decode(line) for line in text.splitlines() if line.strip()]
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row | {"aliases": [part for part in (row.get("aliases") or "").split("|") if part]} for row in rows]


def _append(rows: list[dict[str, Any]]) -> None:
    """Add lines to the user's file; the old one stays as it is unless the new one is in order."""
    path = extra_path()
    before = path.read_text("utf-8") if path.is_file() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name("fresh-" + path.name)
    fresh.write_text(before + "".join(msgspec.json.encode(row).decode() + "\n" for row in rows), "utf-8")
    try:
        authorities.load(fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


@authority_app.command("add")
def add_holder(
    name: Annotated[str, typer.Argument(help="Usual English spelling.")],
    country: Annotated[str, typer.Argument(help="ISO code, or an organisation.")],
    post: Annotated[str, typer.Argument(help="head-of-state, foreign-minister … (`authority list` shows them).")],
    title: Annotated[str | None, typer.Option(help="The office in words.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day, month or year.")] = None,
    end: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day, month or year.")] = None,
    alias: Annotated[list[str] | None, typer.Option(help="Another spelling; may be repeated.")] = None,
) -> None:
    """Add one office holder to your own.

    Example: summitry authority add "Jane Doe" GB foreign-minister --from 2031-05 --alias "J. Doe"
    """
    row = {
        "name": name,
        "country": code(country),
        "post": post,
        "title": title or "",
        "start": start or "",
        "end": end or "",
        "aliases": alias or [],
    }
    _append([row])
