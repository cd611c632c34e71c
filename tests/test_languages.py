"""Every sentence of tests/languages/<tag>.toml is read as its table says.

A sentence has `text`, `published` (the file's own unless it gives one), `want` (one line per encounter, none for a
sentence that tells of none), and `fails = true` if it is known to be read wrongly. `topics`, `outcomes` and
`activities` are those of its encounters, in the order of the text, where a sentence gives them. A line is
`kind status date | guests | hosts | country place`: "-" stands for no date or no country, and parts left out at the
end are not compared. Guests and hosts are separated by semicolons, each a country with or without a name: "FR Emmanuel Macron".
"""

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from summitry import authority, lexicon
from summitry.dates import validate
from summitry.model import Article, Participation, Report
from summitry.read.reader import read_article

FILES = sorted(p for p in (Path(__file__).parent / "languages").glob("*.toml") if len(p.stem) == 2)


class Wanted(NamedTuple):
    """One expected encounter; None means that the part is not compared."""

    kind: str
    status: str
    date: str | None
    guests: frozenset[str]
    hosts: frozenset[str] | None
    country: str | None
    place: str | None


def wanted(line: str) -> Wanted:
    """Read the short form of one encounter."""
    parts = [p.strip() for p in line.split("|")]
    kind, status, date = parts[0].split()
    sides = [frozenset(s.strip() for s in p.split(";") if s.strip()) for p in parts[1:3]]
    country, _, place = parts[3].partition(" ") if len(parts) > 3 else ("", "", "")
    if date != "-":
        validate(date)
    return Wanted(
        kind, status, None if date == "-" else date, sides[0], sides[1] if len(sides) > 1 else None,
        country or None, place or None,
    )  # fmt: skip


def side(who: Participation) -> str:
    """A participant in the short form."""
    return " ".join(part for part in (who.country or "?", who.name or "") if part)


def agrees(want: Wanted, got: Report) -> bool:
    """Whether a report says what is wanted, in all parts that are compared."""
    place = {got.place.text, got.place.name} if got.place else set()
    return (
        (got.kind, got.status, got.date) == (want.kind, want.status, want.date)
        and {side(g) for g in got.guests} == want.guests
        and (want.hosts is None or {side(h) for h in got.hosts} == want.hosts)
        and (want.country is None or (got.host_country or "-") == want.country)
        and (want.place is None or want.place in place)
    )


def short(got: Report) -> str:
    """A report in the short form, for the message of a failed test."""
    guests, hosts = ("; ".join(side(p) for p in people) for people in (got.guests, got.hosts))
    place = got.place.text if got.place else ""
    return f"{got.kind} {got.status} {got.date or '-'} | {guests} | {hosts} | {got.host_country or ''} {place}".strip()


def sentences() -> list[Any]:
    """All sentences of all languages as parameters; known failures are strict."""
    found = []
    for file in FILES:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for number, entry in enumerate(data["sentence"], 1):
            marks = [pytest.mark.xfail(strict=True, reason="known to be read wrongly")] if entry.get("fails") else []
            published = entry.get("published", data["published"])
            name = f"{file.stem}-{number}-{entry['text'][:40]}"
            said = {key: entry[key] for key in ("topics", "outcomes", "activities") if key in entry}
            found.append(pytest.param(file.stem, entry["text"], published, entry["want"], said, marks=marks, id=name))
    return found


PREFIXED = 20  # every how many sentences is read word by word


@pytest.mark.parametrize(("tag", "text", "published", "want", "said"), sentences())
def test_sentence(tag: str, text: str, published: str, want: list[str], said: dict[str, list[str]]) -> None:
    article = Article(id="", text=text, source="", lang=tag, published=published)
    reports = list(read_article(article, lexicon.load(tag), authority.load()).reports)
    for key, values in said.items():
        assert [value for r in reports for value in getattr(r, key)] == values, key
    missing = []
    for line in want:
        match = next((r for r in reports if agrees(wanted(line), r)), None)
        if match is None:
            missing.append(line)
        else:
            reports.remove(match)
    assert not missing and not reports, f"{text}\nmissing: {missing}\nread: {[short(r) for r in reports]}"


@pytest.mark.parametrize("tag", lexicon.languages())
def test_every_beginning_of_a_sentence_is_read(tag: str) -> None:
    """Headlines and cut texts end anywhere; none may stop the reader."""
    words, offices = lexicon.load(tag), authority.load()
    texts = [entry.values[1].split(" ") for entry in sentences() if entry.values[0] == tag]
    assert len(texts) > PREFIXED
    for text in texts[::PREFIXED]:
        for end in range(1, len(text)):
            article = Article(id="", text=" ".join(text[:end]), source="", lang=tag, published="2024-05-15")
            assert read_article(article, words, offices).article is article
