"""How commands talk: data to standard output, everything else to standard error, and errors as one sentence."""

import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec


def write(data: str | bytes) -> None:
    """Write to standard output as UTF-8, whatever the terminal's locale says; end quietly if nobody reads it any more."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data.encode("utf-8", "surrogateescape") if isinstance(data, str) else data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # `| head` has enough
        let_go()
        sys.exit(0)


def write_json(value: Any, *, indent: bool = True) -> None:
    """One JSON value with a line end."""
    encoded = msgspec.json.encode(value)
    write((msgspec.json.format(encoded, indent=2) if indent else encoded) + b"\n")


def save(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: what stood there stays if the disk is full. Raises OSError."""
    if path.exists() and not path.is_file():  # a pipe or a device
        path.write_bytes(content)
        return
    target = path.resolve()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        if target.exists():
            shutil.copymode(target, fresh)
        fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def let_go() -> None:
    """Give standard output up after it failed, so that Python does not complain again at its exit."""
    sys.stdout = open(os.devnull, "w")  # noqa: PTH123  # stays open until the process ends


def say(text: str) -> None:
    """A remark to the user, on standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table on a terminal, tab-separated values without a header line elsewhere."""
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    if not sys.stdout.isatty():
        write("".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in cells))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(*header, box=None, pad_edge=False, header_style="dim")
    for row in cells:
        drawn.add_row(*map(Text, row))
    Console().print(drawn)


_COLOURS = {"guest": "36", "host": "35", "place": "33"}


def marked(text: str, label: str) -> str:
    """A part of a text with what it is: in colour on a terminal (unless NO_COLOR is set), in brackets elsewhere."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        return f"\x1b[{_COLOURS[label]}m{text}\x1b[0m"
    return f"[{label}: {text}]"
