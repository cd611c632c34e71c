"""A draft with its claims marked and judged, as text, JSON or HTML, so that an editor sees every number at its place.

    annotate(text, verdicts, "html", lang)       # pure; the exit status is the command's affair

Nothing of the draft is changed or left out. Where claims overlap, the longer one is underlined and the others are
listed with it.
"""

import json
from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, Final, Literal

from summitry.ask.sentences import words
from summitry.model import Verdict

Form = Literal["text", "json", "html"]
SIGNS: Final = {"supported": "✔", "contradicted": "✘", "depends-on-rule": "◑", "possible": "?", "not-checkable": "–"}
_STYLE: Final = """body{font:1.05rem/1.6 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
main{white-space:pre-wrap}mark{background:none;color:inherit;text-decoration:underline .14em;text-underline-offset:.2em}
mark a{color:inherit;text-decoration:none}sup{font:.7rem sans-serif}
.supported{text-decoration-color:#1b6e3c}.contradicted{text-decoration-color:#b3261e;text-decoration-style:wavy}
.depends-on-rule,.possible{text-decoration-color:#8a5a00;text-decoration-style:dashed}
.not-checkable{text-decoration-color:#666;text-decoration-style:dotted}
li{margin:.6rem 0}.word{font-weight:bold}"""


def annotate(text: str, verdicts: Sequence[Verdict], form: Form, lang: str) -> str:
    """`text` with every claim underlined and numbered, and the verdicts with their reasons in language `lang` below.

    Raises LanguageError for a language without the words.
    """
    ordered = sorted(verdicts, key=lambda one: (one.claim.start, -one.claim.end))
    names = words(lang).verdicts
    if form == "json":
        return json.dumps(_json(text, ordered, names), ensure_ascii=False, indent=2) + "\n"
    return _html(text, ordered, names, lang) if form == "html" else _text(text, ordered, names)


def _marked(verdicts: Iterable[Verdict]) -> list[tuple[int, Verdict]]:
    """The claims that are underlined, with their numbers: none that begins inside another."""
    found: list[tuple[int, Verdict]] = []
    for number, one in enumerate(verdicts, start=1):
        if not found or one.claim.start >= found[-1][1].claim.end:
            found.append((number, one))
    return found


def _text(text: str, verdicts: Sequence[Verdict], names: dict[str, str]) -> str:
    """Under every line of the draft that holds claims a line of marks; then the verdicts by number."""
    marks = _marked(verdicts)
    lines, at = [], 0
    for line in text.splitlines(keepends=True):
        here = [(number, one) for number, one in marks if one.claim.start < at + len(line) and one.claim.end > at]
        lines.append(line.rstrip("\r\n"))
        if here:
            lines.append(_underline(line, at, here))
        at += len(line)
    for number, one in enumerate(verdicts, start=1):
        lines += [
            "",
            f"[{number}] {SIGNS[one.verdict]} {names[one.verdict]}: “{' '.join(one.claim.text.split())}”",
            f"    {one.why}",
        ]
        if one.encounters:
            lines.append(f"    {' '.join(one.encounters)}")
    return "\n".join(lines) + "\n"


def _underline(line: str, at: int, here: Sequence[tuple[int, Verdict]]) -> str:
    below = [" "] * len(line.rstrip("\r\n"))
    tail = []
    for number, one in here:
        for place in range(max(one.claim.start - at, 0), min(one.claim.end - at, len(below))):
            below[place] = "~" if one.verdict == "contradicted" else "‾"
        tail.append(f"[{number}]{SIGNS[one.verdict]}")
    return "".join(below).rstrip() + " " + " ".join(tail)


def _json(text: str, verdicts: Sequence[Verdict], names: dict[str, str]) -> dict[str, Any]:
    """The draft in pieces: plain text, and claims with the number of their verdict."""
    pieces: list[dict[str, Any]] = []
    at = 0
    for number, one in _marked(verdicts):
        if one.claim.start > at:
            pieces.append({"text": text[at : one.claim.start]})
        pieces.append({"text": text[one.claim.start : one.claim.end], "claim": number})
        at = one.claim.end
    if at < len(text):
        pieces.append({"text": text[at:]})
    claims = [
        {"claim": number, "text": one.claim.text, "start": one.claim.start, "end": one.claim.end, "verdict": one.verdict,
         "word": names[one.verdict], "why": one.why, "encounters": list(one.encounters)}
        for number, one in enumerate(verdicts, start=1)
    ]  # fmt: skip
    return {"pieces": pieces, "claims": claims}


def _html(text: str, verdicts: Sequence[Verdict], names: dict[str, str], lang: str) -> str:
    """A page of its own: no script, no file from elsewhere; a word and a number beside every colour."""
    body, at = [], 0
    for number, one in _marked(verdicts):
        body.append(escape(text[at : one.claim.start]))
        inside = escape(text[one.claim.start : one.claim.end])
        label = escape(f"{names[one.verdict]}: {one.why}", quote=True)
        body.append(
            f'<mark class="{one.verdict}" title="{label}"><a href="#c{number}" id="m{number}">{inside}'
            f"<sup>{SIGNS[one.verdict]} {number}</sup></a></mark>"
        )
        at = one.claim.end
    body.append(escape(text[at:]))
    listed = "\n".join(_item(number, one, names) for number, one in enumerate(verdicts, start=1))
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(lang, quote=True)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(text.strip().splitlines()[0][:80] if text.strip() else "")}'
        f"</title><style>{_STYLE}</style></head><body><main>{''.join(body)}</main>\n<ol>\n{listed}\n</ol></body></html>\n"
    )


def _item(number: int, one: Verdict, names: dict[str, str]) -> str:
    claim = escape(" ".join(one.claim.text.split()))
    ids = f" <small>{escape(' '.join(one.encounters))}</small>" if one.encounters else ""
    return (
        f'<li id="c{number}"><span class="word">{SIGNS[one.verdict]} {escape(names[one.verdict])}</span>: '
        f"“{claim}” – {escape(one.why)}{ids}</li>"
    )


__all__ = ["SIGNS", "Form", "annotate"]
