"""Writes down how the reader decides: what each construction means, its words in each language, and what it reads.

The words come from `languages/<tag>/encounters.toml`, the meanings from `languages/constructions.toml`, the sentences from
`tests/languages/<tag>.toml`, read by the program as it is. `make_reference.py` puts the page into docs/reference/reading.md.
"""

import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any

from summitry import authority, lexicon
from summitry.model import Article, Participation, Report
from summitry.read.reader import read_article

ROOT = Path(__file__).parents[1]
LANGUAGES = ROOT / "src" / "summitry" / "languages"
EXAMPLES = 4  # sentences shown of a construction
LONGEST = 160  # characters of a sentence that is short enough to show
NAMES = {"de": "German", "en": "English"}
ARGUMENTS = {"guest": "a guest", "host": "a host", "side": "a participant", "destination": "the destination",
             "event": "the event", "companion": "a companion", "person": "a participant"}  # fmt: skip

OPENING = """Made by `make docs` from the language files and from the sentences that the tests read. An encounter's `rule` (in
`read --explain`, the exports and the pages) names the construction that found it: a frame of this page with `-verb` or
`-noun` behind it, or one of the special ones at the end.

A frame says what becomes of the arguments of its words. Who is the subject or the object is decided by case, voice and
order; what a preposition means, by `grammar.toml`. Every clause then has its status (planned, cancelled, proposed, denied)
from its own verbs, and its date from the time expressions in it, above it and before it. The reports of one article that
tell of the same encounter become one.

The tests read {counted} sentences word for word; some are shown here, with what is read from them as
`kind status date | guests | hosts | country place`. Most of them are read as published in May 2024."""

SETS = {
    "held-reports": "real reports in other words, never looked at", "held": "newspaper texts, never looked at",
    "reports": "real reports in other words", "news": "newspaper texts", "own": "texts of all kinds",
}  # fmt: skip
QUALITY = """The share of encounters found, of those right in every part (who, whom, when, where, kind, status), and of claims found, as
F1, below which no change of the reader may fall (`eval/floors.toml`, `make eval`). The sets that nobody looks at while working on the reader are
the ones to go by: of the encounters that an unknown article tells, expect about three in four to be found and a quarter to a third to be
right in every part. Every reading shows its evidence, and `review` is there for the rest."""

Sentence = dict[str, Any]


def page() -> str:
    """The page on what is read and how, in Markdown."""
    told = tomllib.loads((LANGUAGES / "constructions.toml").read_text("utf-8"))
    tested = {tag: tomllib.loads((ROOT / "tests/languages" / f"{tag}.toml").read_text("utf-8")) for tag in NAMES}
    words = {tag: tomllib.loads((LANGUAGES / tag / "encounters.toml").read_text("utf-8")) for tag in NAMES}
    read = {tag: _by_rule(tag, data) for tag, data in tested.items()}
    parts = ["# What the reader understands", _opening(tested), "## How well it reads", *_quality()]
    for frame, spec in told["frames"].items():
        parts += [f"## {frame}", f"{spec['meaning'].capitalize()}: {_arguments(spec)}."]
        for tag in NAMES:
            parts += _words(tag, words[tag], frame)
        parts += _examples(read, f"{frame}-verb", f"{frame}-noun")
    for rule, meaning in told["constructions"].items():
        parts += [f"## {rule}", meaning, *_examples(read, rule)]
    _all_told(told, read)
    parts += ["## What is read wrongly, and known to be", *_known(tested)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _all_told(told: dict[str, Any], read: dict[str, dict[str, Any]]) -> None:
    """Stop if some sentence is read by a construction that the page does not explain."""
    known = {f"{frame}-{word}" for frame in told["frames"] for word in ("verb", "noun")} | set(told["constructions"])
    if missing := {rule for found in read.values() for rule in found} - known:
        raise SystemExit(f"Nothing is said in constructions.toml of {', '.join(sorted(missing))}.")


def _opening(tested: dict[str, Any]) -> str:
    return OPENING.format(counted=" and ".join(f"{len(data['sentence'])} {NAMES[tag]}" for tag, data in tested.items()))


def _quality() -> list[str]:
    """The floors of the reader's quality, the sets that nobody looks at first."""
    floors = tomllib.loads((ROOT / "eval" / "floors.toml").read_text("utf-8"))
    lines = ["| texts | language | found | right | claims |", "|---|---|---|---|---|"]
    for name, about in SETS.items():
        for tag, language in NAMES.items():
            if floor := floors.get(f"{name}-{tag}"):
                lines.append(
                    f"| {about} | {language} | {floor['found']:.2f} | {floor['right']:.2f} | {floor['claims']:.2f} |"
                )
    return [QUALITY, "\n".join(lines)]


def _arguments(spec: dict[str, str]) -> str:
    """ "subject a guest, object the destination"."""
    plain = {"subject", "object"}
    found = [
        f"{key if key in plain else f'*{key}*'} → {ARGUMENTS[value]}"
        for key, value in spec.items()
        if value in ARGUMENTS
    ]
    status = f", and it is {spec['status']} unless the clause says otherwise" if "status" in spec else ""
    return f"a {spec['kind']}; {', '.join(found)}{status}"


def _words(tag: str, tables: dict[str, Any], frame: str) -> list[str]:
    joined = lexicon.load(tag).settings["order"] == "verb-second"  # "eintreffen", but "set out"
    verbs = ", ".join(spec.split()[0].replace("|", "" if joined else " ") for spec in tables["verbs"].get(frame, ()))
    nouns = ", ".join(spec.partition("/")[0].removeprefix("=") for spec in tables["nouns"].get(frame, ()))
    said = [part for part in (verbs and f"verbs *{verbs}*", nouns and f"nouns *{nouns}*") if part]
    return [f"{NAMES[tag]}: {'; '.join(said)}."] if said else []


def _by_rule(tag: str, data: dict[str, Any]) -> dict[str, list[tuple[Sentence, list[Report]]]]:
    """The sentences that are read as they should be, by the construction of their first encounter."""
    found = defaultdict(list)
    words, known = lexicon.load(tag), authority.load()
    for one in data["sentence"]:
        if one.get("fails") or not one["want"] or len(one["text"]) > LONGEST or "\n" in one["text"]:
            continue
        published = one.get("published", data["published"])
        article = Article(id="", text=one["text"], source="", lang=tag, published=published)
        reports = list(read_article(article, words, known).reports)
        if reports:
            found[reports[0].rule].append((one, reports))
    return found


def _examples(read: dict[str, dict[str, list[tuple[Sentence, list[Report]]]]], *rules: str) -> list[str]:
    lines = []
    for found in read.values():
        fitting = [pair for rule in rules for pair in found.get(rule, ())]
        for one, reports in sorted(fitting, key=lambda pair: len(pair[0]["text"]))[:: max(1, len(fitting) // EXAMPLES)][
            :EXAMPLES
        ]:
            lines.append(f"* {one['text']}" + "".join(f"<br>`{_short(report)}`" for report in reports))
    return ["\n".join(lines)] if lines else []


def _short(report: Report) -> str:
    guests, hosts = ("; ".join(map(_side, people)) for people in (report.guests, report.hosts))
    place = report.place.text if report.place else ""
    where = f"{report.host_country or ''} {place}".strip()
    return f"{report.kind} {report.status} {report.date or '-'} | {guests} | {hosts} | {where}".rstrip(" |")


def _side(who: Participation) -> str:
    return " ".join(part for part in (who.country or "?", who.name or "") if part)


def _known(tested: dict[str, Any]) -> list[str]:
    lines = [
        f"* {one['text']}<br>should be {', '.join(f'`{line}`' for line in one['want']) or 'no encounter'}".replace(
            "\n", " / "
        )
        for data in tested.values()
        for one in data["sentence"]
        if one.get("fails")
    ]
    return [
        "These sentences stand in the tests as known failures; one that begins to be read rightly fails its test.",
        "\n".join(lines),
    ]
