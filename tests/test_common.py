"""What news says most often is read in every ordinary combination of its parts.

`tests/languages/common/<tag>.toml` holds patterns ("{g.nom} ist {t.past} {s.to} [gereist|geflogen].") and what fills
them. Brackets hold alternatives, all of which are tried; braces are filled at random, each pattern with a seed of its
own: `g` and `h` are people of two countries in some case, `h.city` the capital of `h`, `s` one to three stops abroad (`s.1to`
is one only), `t.past` and `t.future` times. What must be read follows from the parts: a visit of
`g` to every stop or to where `h` is at home, planned where the time is `future`, unless the pattern gives `kind` or
`status`; `length` is how many days a stay lasts that begins on a single day. With `fails = true` a pattern is known to
be read wrongly.
"""

import random
import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from tests.test_languages import agrees, short, wanted

from summitry import dates, lexicon
from summitry.model import Article
from summitry.read.reader import read_article

FILES = sorted((Path(__file__).parent / "languages" / "common").glob("*.toml"))
TIMES = 5  # fillings of each wording
HOLE = re.compile(r"\{(\w)\.?(\w*)\}")


def wordings(pattern: str) -> Iterator[str]:
    """Every choice among the bracketed alternatives."""
    parts = [p.split("|") if i % 2 else [p] for i, p in enumerate(re.split(r"\[(.*?)\]", pattern))]
    return ("".join(choice) for choice in product(*parts))


def listed(items: list[str], words: dict[str, str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return words["last"].join(filter(None, [", ".join(items[:-1]), items[-1]]))


def fill(wording: str, pattern: dict[str, Any], data: dict[str, Any], rng: random.Random) -> tuple[str, list[str]]:
    """A sentence of the wording, and what must be read in it."""
    guest, host = rng.sample(data["person"], 2)
    holes = HOLE.findall(wording)
    cases = {case for who, case in holes if who == "s"}
    several = 1 if any(c.startswith("1") for c in cases) else rng.choice((1, 1, 2, 3))
    stops = rng.sample([s for s in data["stop"] if s["country"] != guest["country"]], several) if cases else []
    tense = next((case for who, case in holes if who == "t"), None)
    said, value = rng.choice(data["times"][tense]) if tense else ("", None)
    status = pattern.get("status") or ("planned" if tense and tense.startswith("future") else "held")
    if value and "length" in pattern and dates.precision(value) == "day" and "/" not in value:
        value = dates.extend(value, f"P{pattern['length']}D")

    def put(hole: re.Match[str]) -> str:
        who, case = hole.groups()
        if who == "t":
            return str(said)
        if who == "s":
            return listed([s[case.removeprefix("1") or "is"] for s in stops], data["words"])
        return str({"g": guest, "h": host}[who][case or "is"])

    sentence = HOLE.sub(put, wording)
    head = f"{pattern.get('kind', 'visit')} {status} {value or '-'}"
    people = {who: f"{person['country']} {person['name']}" for who, person in (("g", guest), ("h", host))}
    if pattern.get("kind", "visit") != "visit":
        want = [f"{head} | {people['g']}; {people['h']}"]
    elif stops:
        want = [f"{head} | {people['g']} | | {s['country']} {s.get('place', '')}".strip() for s in stops]
    else:
        there = [host["city"]] if any(case in ("in", "city") for who, case in holes if who == "h") else []
        want = [" ".join([f"{head} | {people['g']} | {people['h']} | {host['country']}", *there])]
    return sentence[0].upper() + sentence[1:], want


def patterns() -> list[Any]:
    """All patterns of all languages as parameters; known failures are strict."""
    found = []
    for file in FILES:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for number, pattern in enumerate(data["pattern"], 1):
            marks = [pytest.mark.xfail(strict=True, reason="known to be read wrongly")] if pattern.get("fails") else []
            found.append(pytest.param(file.stem, data, pattern, id=f"{file.stem}-{number}", marks=marks))
    return found


def wrong(tag: str, data: dict[str, Any], pattern: dict[str, Any]) -> tuple[int, list[str]]:
    """How many sentences of a pattern were tried, and those read wrongly, each with what was wanted and read."""
    rng, words, tried, bad = random.Random(pattern["text"]), lexicon.load(tag), 0, []  # noqa: S311: no secret
    for wording in wordings(pattern["text"]):
        for _ in range(TIMES):
            text, want = fill(wording, pattern, data, rng)
            article = Article(id="", text=text, source="", lang=tag, published=data["published"])
            got = list(read_article(article, words).reports)
            tried += 1
            if len(got) != len(want) or not all(any(agrees(wanted(w), g) for g in got) for w in want):
                bad.append("\n  ".join([text, *(f"wanted {w}" for w in want), *(f"read   {short(g)}" for g in got)]))
    return tried, bad


@pytest.mark.parametrize(("tag", "data", "pattern"), patterns())
def test_common_wordings(tag: str, data: dict[str, Any], pattern: dict[str, Any]) -> None:
    tried, bad = wrong(tag, data, pattern)
    assert not bad, f"{len(bad)} of {tried} wrong:\n" + "\n".join(bad[:20])
