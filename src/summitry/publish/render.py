"""A chronicle as plain text, Markdown and one self-contained HTML page.

Control and bidirectional characters are dropped from everything that came from a source: they can reorder or hide
what a reader sees (Unicode UTR #36). HTML is escaped by Jinja2, Markdown by `escape_markdown`.
"""

import re
from importlib import resources

from jinja2 import Environment, StrictUndefined

from summitry.publish.chronicle import Chronicle, Entry
from summitry.publish.grammar import plural
from summitry.publish.tables import load

UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\U000e0000-\U000e007f]"
)
MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")


def clean(text: str) -> str:
    """`text` without control, bidirectional and invisible characters, which hide or reorder what follows, or break XML."""
    return UNSAFE.sub("", text.replace("\u2028", " ").replace("\u2029", " "))


def web_or_local(url: str | None) -> str | None:
    """`url` unless it would run something ("javascript:", "data:") in the reader's browser."""
    return url if url and (re.match(r"https?://", url) or not re.match(r"[^/?#.]*:|//", url)) else None


def escape_markdown(text: str) -> str:
    """`text` so that Markdown takes every character literally; a leading "-", "+" or "1." as well."""
    text = MARKDOWN.sub(r"\\\1", clean(text))
    return re.sub(r"^(\s*)([-+]|\d+(?=\.))", r"\1\\\2", text) if re.match(r"\s*[-+]\s", text) else text


def to_text(chronicle: Chronicle) -> str:
    """Plain text: headline, advisory, lead, a heading and "- " lines per section, sources at the end if asked for."""
    blocks = [chronicle.headline, *([chronicle.advisory] if chronicle.advisory else []), *chronicle.lead]
    for section in chronicle.sections:
        blocks.append(section.heading)
        blocks += [f"{_dated(chronicle, entry)}{entry.text}{_marks(chronicle, entry)}" for entry in section.entries]
    if chronicle.source_style == "footnotes" and chronicle.sources:
        blocks.append(chronicle.source_heading)
        blocks.append("\n".join(f"[{note.number}] {_source(note.key, note.url)}" for note in chronicle.sources))
    return clean("\n\n".join(blocks)) + "\n"


def _dated(chronicle: Chronicle, entry: Entry) -> str:
    """What stands before an entry: a dash, its date and a colon, or its date on a line of its own."""
    if not entry.date:
        return "" if chronicle.dates == "above" else "- "
    return f"{entry.date}\n\n" if chronicle.dates == "above" else f"- {entry.date}{chronicle.colon}"


def to_markdown(chronicle: Chronicle) -> str:
    """CommonMark with footnotes in the notation that GitHub, Pandoc and Python-Markdown share."""
    blocks = [f"# {escape_markdown(chronicle.headline)}"]
    if chronicle.advisory:
        blocks.append(f"*{escape_markdown(chronicle.advisory)}*")
    blocks += [escape_markdown(paragraph) for paragraph in chronicle.lead]
    for section in chronicle.sections:
        blocks.append(f"## {escape_markdown(section.heading)}")
        blocks.append(
            "\n".join(
                f"- {_bold(chronicle, e)}{escape_markdown(e.text)}{_footnotes(chronicle, e)}" for e in section.entries
            )
        )
    if chronicle.source_style == "footnotes" and chronicle.sources:
        blocks.append("\n".join(f"[^{n.number}]: {escape_markdown(_source(n.key, n.url))}" for n in chronicle.sources))
    return "\n\n".join(blocks) + "\n"


def to_html(chronicle: Chronicle) -> str:
    """One HTML page without anything from elsewhere: light and dark, printable, every value escaped."""
    template = (resources.files("summitry.publish") / "chronicle.html.jinja").read_text("utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    environment.filters["clean"] = clean
    environment.globals["note"] = lambda entry: entry_note(chronicle, entry)
    environment.globals["web"] = lambda url: bool(url and re.match(r"https?://", url))
    return environment.from_string(template).render(chronicle=chronicle) + "\n"


def _bold(chronicle: Chronicle, entry: Entry) -> str:
    return f"**{escape_markdown(entry.date)}**{chronicle.colon}" if entry.date else ""


def _marks(chronicle: Chronicle, entry: Entry) -> str:
    if chronicle.source_style == "footnotes":
        return "".join(f" [{note.number}]" for note in entry.sources)
    note = entry_note(chronicle, entry)
    return f" ({note})" if note else ""


def _footnotes(chronicle: Chronicle, entry: Entry) -> str:
    if chronicle.source_style == "footnotes":
        return "".join(f"[^{note.number}]" for note in entry.sources)
    note = entry_note(chronicle, entry)
    return f" ({escape_markdown(note)})" if note else ""


def entry_note(chronicle: Chronicle, entry: Entry) -> str:
    """ "Source: a" or "Sources: a, b" for the style `notes`, "" otherwise."""
    if chronicle.source_style != "notes" or not entry.sources:
        return ""
    language = load(chronicle.lang)
    template = plural(language, language["sources"]["note"], len(entry.sources))
    return template.replace("{list}", ", ".join(note.key for note in entry.sources))


def _source(key: str, url: str | None) -> str:
    return f"{key}, {url}" if url and url != key else key
