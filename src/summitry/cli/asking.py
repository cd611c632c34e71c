"""`find`, `count` and `check`: what the record knows."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from msgspec.structs import replace

from summitry.cli import output, show
from summitry.cli.app import CONTRADICTED, app
from summitry.cli.correcting import Correction
from summitry.cli.expand import expanded
from summitry.cli.filters import Filters, Values, chosen
from summitry.cli.opening import office_holders, open_record
from summitry.cli.reading import Lang, Published, checked_day, checked_language
from summitry.errors import UsageError
from summitry.ingest import Failure, Options
from summitry.model import Count, CountingRule, Reading, Verdict

if TYPE_CHECKING:
    from summitry.ask import Group

CheckFormat = Annotated[
    Literal["text", "json", "html"], typer.Option(help="Verdicts, or the text with its claims marked.")
]
CountFormat = Annotated[Literal["text", "json", "csv", "svg"], typer.Option(help="How to print it.")]
TableFormat = Annotated[Literal["text", "json", "csv"], typer.Option(help="How to print it.")]


@app.command()
@expanded
def find(
    context: typer.Context,
    filters: Filters,
    text: Annotated[str | None, typer.Option(help="Words in names, offices, places, topics.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many.")] = None,
    format: TableFormat = "text",
) -> None:
    """List encounters in chronological order, with their ids.

    Example: summitry find --between KP RU --from 2024 --level minister+
    """
    from summitry import ask

    query = filters.query(text=text, limit=limit)
    with open_record(context) as record:
        found = ask.find(record, query, sources=format != "text")
    if format == "text":
        output.table(show.HEADER, show.encounter_rows(found))
    else:
        from summitry.publish import FORMATS, Context
        from summitry.publish import Options as Writing
        from summitry.writing import usual_language

        context_ = Context(options=Writing(lang=usual_language()))
        output.write(FORMATS[format].write(found, context_).content)


@dataclass(frozen=True)
class Rule:
    """What is counted, beyond which encounters."""

    unit: Annotated[str | None, typer.Option(help="encounter, delegation, trip, traveller, pair or item.")] = None
    exclude: Annotated[Values, typer.Option(metavar="WHAT", help="multilateral, sub-state …; may be repeated.")] = None
    rule: Annotated[str | None, typer.Option(metavar="NAME", help="A named rule (`rules` lists them).")] = None
    rules: Annotated[Path | None, typer.Option(metavar="FILE", help="Your own named rules, as TOML.")] = None

    def of(self, filters: Filters) -> CountingRule:
        """The counting rule: the named one, narrowed by whatever else is given."""
        from summitry import ask

        more = {"exclude": chosen("exclusion", self.exclude, (*ask.EXCLUDED_LEVELS, *ask.SETTINGS))}
        given = filters.rule(**more, **({"unit": self.unit} if self.unit else {}))
        return ask.combined(ask.rule_named(self.rule, self.rules), given) if self.rule else given


@app.command()
@expanded
def count(
    context: typer.Context,
    filters: Filters,
    rule: Rule,
    by: Annotated[str | None, typer.Option(help="One line per year, month, direction, level, person, country.")] = None,
    format: CountFormat = "text",
) -> None:
    """Count encounters by a stated rule. Where dates are too coarse to decide the answer is a range.

    Example: summitry count --between KP RU --from 2024-01-01 --to 2024-06-20 --unit delegation --by month
    """
    from summitry import ask
    from summitry.answers import count_answer

    meant = rule.of(filters)
    with open_record(context) as record:
        total = ask.count(record, meant)
        groups = ask.count_by(record, meant, by) if by else []
    words = f"{_range(total)} {_rule_words(meant, one=total.low == total.high == 1)}"
    if format == "json":
        listed = [{"key": one.key, **count_answer(one.count)} for one in groups]
        output.write_json(count_answer(total) | ({"by": by, "groups": listed} if by else {}))
    elif format == "svg":
        output.write(ask.svg(groups, words))
    elif format == "csv":
        output.write(f"{by or 'total'},low,high\n" + "".join(map(_csv, groups or [ask.Group(None, total)])))
    elif by:
        rows = [
            (one.key or "unknown", _range(one.count), bar) for one, bar in zip(groups, ask.bars(groups), strict=True)
        ]
        output.table((by, "number", ""), rows)
    else:
        output.write(words + "\n")


def _csv(group: "Group") -> str:
    return f"{group.key or ''},{group.count.low},{group.count.high}\n"


def _range(count: Count) -> str:
    return str(count.high) if count.low == count.high else f"{count.low} to {count.high}"


def _rule_words(rule: CountingRule, *, one: bool = False) -> str:
    """The rule beside its number, so that nobody reads it without."""
    sides = f"{'/'.join(rule.guest)} → {'/'.join(rule.host)}" if rule.guest or rule.host else ""
    said = [rule.unit if one else f"{rule.unit}s", " – ".join(rule.between), sides]
    said += [f"from {rule.start}" if rule.start else "", f"to {rule.end}" if rule.end else "", rule.level or ""]
    said += [
        ", ".join(each) for each in (rule.people, rule.kind, rule.status, rule.capacity, rule.sectors, rule.region)
    ]
    said += [rule.place or "", f"without {', '.join(rule.exclude)}" if rule.exclude else ""]
    return " · ".join(part for part in said if part)


@app.command()
def rules(
    own: Annotated[Path | None, typer.Option("--rules", metavar="FILE", help="Your own named rules, as TOML.")] = None,
) -> None:
    """List the named counting rules and what they mean.

    Example: summitry rules · summitry count --rule fact-box --between KP RU --from 2023-07
    """
    from summitry import ask

    listed = ask.named_rules(own).values()
    output.table(("rule", "name", "meaning"), [(one.key, one.rule.name, one.about) for one in listed])


@app.command()
@expanded
def check(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="A document, a sentence in quotes, or - .")],
    correction: Correction,
    published: Published = None,
    lang: Lang = None,
    marked: Annotated[bool, typer.Option("--marked", help="Print the whole text with its claims underlined.")] = False,
    format: CheckFormat = "text",
) -> None:
    """Check the numbers and firsts that a text claims against the record. Exit status 1 if one is contradicted.

    Where a claim is understood otherwise than it is meant, the other options say how; `--open` leaves a field out.

    Example: summitry --record news.db check draft.txt --published 2024-06-20
    """
    from summitry import pipeline
    from summitry.answers import verdicts_answer
    from summitry.ask import annotate

    given = Options(published=checked_day(published), lang=checked_language(lang))
    with open_record(context) as record:
        reading = _reading(text, given)
        reading = replace(reading, claims=correction.of(reading.claims, reading.article.text))
        verdicts = pipeline.check(record, reading)
    if format == "json":
        output.write_json(verdicts_answer(verdicts))
    elif format == "html" or marked:
        form: Literal["text", "html"] = "html" if format == "html" else "text"
        output.write(annotate(reading.article.text, verdicts, form, str(reading.article.lang)))
    elif not verdicts:
        output.say("No claim was found: no number, first or record that could be checked.")
    else:
        output.write("\n".join(verdict(one) for one in verdicts) + "\n")
    raise typer.Exit(CONTRADICTED if any(one.verdict == "contradicted" for one in verdicts) else 0)


def _reading(text: str, options: Options) -> Reading:
    """The reading of a document, or of the text itself if there is no such file."""
    from summitry import pipeline

    if not text.strip():
        raise UsageError("There is nothing to check; give a file, a sentence in quotes, or - for standard input.")
    if text != "-" and not text.startswith(("http://", "https://")) and not _is_file(text):
        if " " not in text.strip():
            raise UsageError(f"There is no file {text}; give a file, or a sentence in quotes.")
        return pipeline.read_text(text, published=options.published, lang=options.lang)
    outcomes = list(pipeline.readings([text], options, office_holders()))
    if isinstance(outcomes[0], Failure):
        raise outcomes[0].error
    if len(outcomes) > 1:
        raise UsageError(f"{text} holds {len(outcomes)} documents; check them one by one.")
    return outcomes[0]


def _is_file(text: str) -> bool:
    try:
        return Path(text).exists()
    except OSError:  # a sentence too long for a file name
        return False


def verdict(one: Verdict) -> str:
    """The claim, the word and the reason; the list behind a number as the command that opens it."""
    from summitry.ask import SIGNS

    lines = [f"{SIGNS[one.verdict]} {one.verdict:<16} “{' '.join(one.claim.text.split())}”"]
    lines += [f"  {one.why}", f"  understood as: {show.claim_words(one.claim)}"]
    if one.encounters:
        lines.append(f"  {len(one.encounters)} in the record: {' '.join(one.encounters[:40])}")
    return "\n".join(lines)
