"""Writes what documentation takes from the program itself, so that it cannot say anything else.

    python tools/make_reference.py           write it
    python tools/make_reference.py --check   exit status 1 if something is out of date

That is the reference of the command line, of Python and of what the reader understands, and every session (a fenced block marked `console`): its lines
that begin with `$` are run one after the other in an empty folder, and what they print is pasted below them.
"""

import importlib
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import constructions
from typer.main import get_command

import summitry
from summitry.cli import commands  # noqa: F401  # registers the commands
from summitry.cli.app import app

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
SESSION = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
WHENCE = """Made by `make docs` from the program itself. Data goes to standard output, remarks and errors to standard error; on a
terminal tables are drawn, elsewhere they are tab-separated."""
STATUSES = """| status | meaning |
|---|---|
| 0 | done |
| 1 | `check` found a contradiction |
| 2 | the request makes no sense: unknown option, country, date, window, id |
| 3 | some inputs failed, each named on standard error; the rest is done |
| 4 | the record is busy, damaged, full, not ours or of a newer version |
| 130 | interrupted; what was reported as done is kept |
"""


def cli() -> str:
    """The page on the command line."""
    parts = [
        "# Command line",
        WHENCE,
        "## Exit status",
        STATUSES.rstrip(),
        "## Options before the command",
        _options(get_command(app), "summitry"),
    ]
    for name, command in _commands(get_command(app), "summitry"):
        parts += [f"## `{name}`", _text(command), _options(command, name)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _commands(group: click.Command, prefix: str) -> Iterator[tuple[str, click.Command]]:
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def _text(command: click.Command) -> str:
    return "\n\n".join(" ".join(part.split()) for part in (command.help or "").split("\n\n"))


def _options(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name)
    rows = []
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record and "--help" not in record[0] and "completion" not in record[0]:
            rows.append(f"| `{_cell(record[0])}` | {_cell(' '.join(record[1].split()))} |")
    return "\n".join(["| | |", "|---|---|", *rows]) if rows else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def python() -> str:
    """The page on the Python interface."""
    parts = [
        "# Python",
        "Made by `make docs` from the code. What stands here may be relied on; everything else may change.",
        "```python\n" + (summitry.__doc__ or "").split("\n\n", 1)[1].rsplit("\n\n", 1)[0] + "\n```",
    ]
    for name in sorted(summitry.__all__, key=str.lower):
        if not name.startswith("__"):
            parts.append(f"`{name}`\n: {_summary(name)}")
    return "\n\n".join(parts) + "\n"


def _summary(name: str) -> str:
    value = getattr(summitry, name)
    if not callable(value):
        return f"One of the constants of `{importlib.import_module('summitry.publish').__name__}`."
    return " ".join((value.__doc__ or "").strip().split("\n\n")[0].split())


def with_sessions(text: str) -> str:
    """A page with what its sessions print today; all sessions of a page share one folder."""
    with tempfile.TemporaryDirectory() as folder:
        return SESSION.sub(lambda block: _session(block[0], Path(folder)), text)


def _session(block: str, folder: Path) -> str:
    lines = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_run(command[2:], folder)}" for command in lines)


def _run(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    here = {**os.environ, "PATH": path, "XDG_DATA_HOME": str(folder / ".data"), "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    ran = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=here, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    said = ran.stdout.decode()
    if "Traceback" in said:
        sys.exit(f"Nothing written: `{command}` fails.\n{said}")
    return said.replace(str(folder), ".")


def pages() -> Iterator[tuple[Path, Callable[[], str]]]:
    """Every page that is made, or in part, with how."""
    yield REFERENCE / "cli.md", cli
    yield REFERENCE / "python.md", python
    yield REFERENCE / "reading.md", constructions.page
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))):
        text = path.read_text("utf-8")
        if SESSION.search(text):
            yield path, lambda text=text: with_sessions(text)  # type: ignore[misc]


def main() -> None:
    """Write or compare all pages."""
    stale = []
    for path, make in pages():
        text = make()
        if "--check" not in sys.argv:
            path.write_text(text, "utf-8")
        elif not path.is_file() or path.read_text("utf-8") != text:
            stale.append(path.relative_to(ROOT).as_posix())
    if stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run `make docs`.")


if __name__ == "__main__":
    main()
