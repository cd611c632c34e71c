"""What several test files need: the command line in this process, the sample, and a record of it."""

import os
import subprocess
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from summitry.cli import main

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"  # development documents; not part of the package


class Ran(NamedTuple):
    """What a command did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> object:
        return msgspec.json.decode(self.out)


Run = Callable[..., Ran]


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test touches the record or the office holders of whoever runs it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    monkeypatch.delenv("SUMMITRY_RECORD", raising=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs a command in this process, with exactly what it would print."""

    def command(*arguments: object) -> Ran:
        capfdbinary.readouterr()
        with monkeypatch.context() as here, pytest.raises(SystemExit) as ended:
            here.setattr(sys, "argv", ["summitry", *map(str, arguments)])
            here.setattr(sys, "stdout", sys.stdout)  # a command that fails gives it up
            main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        return Ran(int(ended.value.code or 0), out.decode(), err.decode())

    return command


def process(*arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    """The same in a process of its own: for pipes, limits and the time it takes to start."""
    command = [sys.executable, "-m", "summitry", *map(str, arguments)]
    settings = {"capture_output": True, "timeout": 60, "env": {**os.environ, "PYTHONPATH": str(ROOT / "src")}} | more
    return subprocess.run(command, check=False, **settings)  # type: ignore[call-overload, no-any-return]


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the bundled articles."""
    return Path(str(resources.files("summitry") / "sample"))


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A record of the sample; tests that change it take a copy."""
    from summitry import Record, add

    path = tmp_path_factory.mktemp("filled") / "record.db"
    with Record.open(path) as record:
        add(record, [sample / "articles.jsonl"])
    return path
