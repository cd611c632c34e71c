"""`review`, `judge`, `undo` and `judgements`: decisions that no later reading changes."""

import getpass
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
import typer

from summitry.cli import output, show
from summitry.cli.app import app
from summitry.cli.opening import office_holders, open_record
from summitry.errors import UsageError
from summitry.model import Encounter, Judgement

if TYPE_CHECKING:
    from summitry.record import Proposed, Record

Author = Annotated[str | None, typer.Option(help="Who decides; else your login name.")]
Reason = Annotated[str | None, typer.Option(help="Why, in a sentence.")]
_KEYS = {"m": "same", "d": "different", "u": "unsure"}
_HELP = "m same · d different · u unsure · s skip · z undo · q quit"


@app.command()
def review(context: typer.Context, author: Author = None) -> None:
    """Decide on pairs of encounters that may be one, with their evidence side by side; one key each.

    Keys: m same, d different, u unsure, s skip, z undo the last decision, q quit. Every decision is kept at once.
    """
    from summitry import merging

    if not sys.stdin.isatty():
        raise UsageError("`review` asks for keys and needs a terminal; use `judge` in scripts.")
    known, skipped = office_holders(), set[tuple[str, str]]()
    made: list[str] = []
    with open_record(context) as record:
        while pair := next((p for p in record.proposals() if (p.first, p.second) not in skipped), None):
            output.write("\n".join(_side_by_side(record, pair)) + f"\n{_HELP}\n")
            key = typer.getchar().lower()
            if key == "q":
                break
            if key == "z" and made:
                merging.undo(record, made.pop(), known)
            elif key == "s":
                skipped.add((pair.first, pair.second))
            elif key in _KEYS:  # what is decided is proposed no more, and again once the decision is taken back
                decision = _decision(_KEYS[key], pair.first, author, object=pair.second)
                made.append(merging.judge(record, decision, known).id)
    output.say(f"{len(made)} decided, {len(skipped)} skipped.")


def _side_by_side(record: "Record", pair: "Proposed") -> Iterator[str]:
    yield f"\nOne encounter? {pair.score:.2f}, {pair.detail}"
    for one in record.encounters([pair.first, pair.second]):
        yield from _evidence(one)


def _evidence(one: Encounter) -> Iterator[str]:
    yield "  " + " · ".join(cell for cell in show.encounter_rows([one])[0] if cell)
    for source in one.sources[:5]:
        quotes = " … ".join(" ".join(quote.exact.split()) for quote in source.report.evidence)
        yield f"    {source.key}: “{quotes}”"


@app.command()
def judge(
    context: typer.Context,
    verdict: Annotated[Literal["same", "different", "unsure", "correct", "withdraw"], typer.Argument(help="What.")],
    subject: Annotated[str, typer.Argument(metavar="ID", help="An encounter, or a report of it.")],
    what: Annotated[list[str] | None, typer.Argument(metavar="[ID|FIELD VALUE]", help="With what.")] = None,
    author: Author = None,
    reason: Reason = None,
) -> None:
    """Decide that two encounters are the same or different, correct a value, or withdraw an encounter.

    Example: summitry judge same ek3f9a2b1 e77xk2m4q · summitry judge correct ek3f9a2b1 date 2024-06-18 --reason "…"
    """
    from summitry import merging

    given = what or []
    wanted = {"withdraw": 0, "correct": 2}.get(verdict, 1)
    if len(given) != wanted:
        needs = {0: "nothing but the id", 1: "the id of the other one", 2: "a field and its value"}[wanted]
        raise UsageError(f"`judge {verdict}` needs {needs}.")
    more: dict[str, Any] = {"reason": reason}
    if verdict == "correct":
        more |= {"field": given[0], "value": _value(given[1])}
    elif given:
        more["object"] = given[0]
    with open_record(context) as record:
        for one in (subject, more.get("object")):
            if one and record.current(one) is None:
                raise UsageError(f"The record has no encounter {one}; `find` lists their ids.")
        made = merging.judge(record, _decision(verdict, subject, author, **more), office_holders())
    output.write(made.id + "\n")


def _value(text: str) -> Any:
    """JSON where it is some (null, a list), else the text itself."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _decision(verdict: str, subject: str, author: str | None, **more: Any) -> Judgement:
    return Judgement(id="", subject=subject, verdict=verdict, author=author or getpass.getuser(), time="", **more)


@app.command()
def undo(
    context: typer.Context, identity: Annotated[str, typer.Argument(metavar="ID", help="The id of the decision.")]
) -> None:
    """Take a decision back, and what it did; it stays in the history.

    Example: summitry undo j0f31c5be21aa9d04
    """
    from summitry import merging

    with open_record(context) as record:
        merging.undo(record, identity, office_holders())


@app.command()
def judgements(
    context: typer.Context,
    read_from: Annotated[
        Path | None, typer.Option("--import", metavar="FILE", help="Take over the decisions in FILE instead.")
    ] = None,
) -> None:
    """Print all decisions, one JSON line each, for keeping beside the articles; or take such lines over.

    Example: summitry judgements > decisions.jsonl · summitry --record new.db judgements --import decisions.jsonl
    """
    from summitry import merging
    from summitry.record import from_lines, to_lines

    if read_from is None:
        with open_record(context) as record:
            output.write("".join(line + "\n" for line in to_lines(record.judgements())))
        return
    try:
        decisions = from_lines(read_from.read_text("utf-8").splitlines())
    except UnicodeDecodeError as error:
        raise UsageError(f"{read_from} is no text of decisions, one JSON object a line.") from error
    with open_record(context) as record, record.transaction():  # all of them or none
        known = office_holders()
        for one in decisions:
            merging.judge(record, one, known)
    output.say(f"{len(decisions)} decisions taken over.")
