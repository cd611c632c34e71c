"""What several test files need: the command line in this process, the sample, and a record of it."""

import itertools
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from summitry.cli import main

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"  # development documents; not part of the package
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERVER = os.environ.get("SUMMITRY_TEST_POSTGRESQL")  # a postgresql:// URL of somebody who may make databases


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


class Places:
    """Places for records, empty but with all tables; what is given back is emptied and used again."""

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._free: list[str] = []

    def __call__(self) -> str:
        return self._free.pop() if self._free else self._make()

    def give_back(self, place: str) -> None:
        """Empty a place; a file is not worth it."""
        if "://" in place:
            _empty(place)
            self._free.append(place)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Makes files, then databases of a server: what uses this runs on both engines."""
    if request.param == "sqlite":
        yield _files(tmp_path_factory.mktemp("places"))
    elif SERVER is None:
        pytest.skip("SUMMITRY_TEST_POSTGRESQL names no server")
    else:
        yield from _databases(SERVER)


@pytest.fixture
def place(new_place: Places) -> Iterator[str]:
    """A place for one record."""
    taken = new_place()
    yield taken
    new_place.give_back(taken)


def _files(folder: Path) -> Places:
    from summitry import Record

    Record.open(folder / "empty.db").close()
    numbers = itertools.count()
    return Places(lambda: str(shutil.copy(folder / "empty.db", folder / f"{next(numbers)}.db")))


def _databases(server: str) -> Iterator[Places]:
    """Databases of this process, gone when the tests are over."""
    import psycopg

    from summitry import Record

    made: list[str] = []

    def make() -> str:
        made.append(f"summitry_test_{os.getpid()}_{len(made)}")
        admin.execute(f"CREATE DATABASE {made[-1]} TEMPLATE template0")
        place = server.rpartition("/")[0] + "/" + made[-1]
        Record.open(place).close()
        return place

    with psycopg.connect(server, autocommit=True) as admin:
        try:
            yield Places(make)
        finally:
            for name in made:
                admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _empty(place: str) -> None:
    import psycopg

    from summitry.record.schema import metadata

    with psycopg.connect(place) as connection:
        connection.execute(f"TRUNCATE {', '.join(metadata.tables)} RESTART IDENTITY")


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """A record for the tests of the web: the sample and a text on two more countries; those that change it take a copy."""
    from web_site import build

    return build(tmp_path_factory.mktemp("web") / "record.db", sample)


@pytest.fixture(scope="module")
def base(path: Path) -> Iterator[str]:
    """The address of a server of that record, for tests that change nothing."""
    from web_site import running

    with running(path) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, driven by Playwright. Of a module, as its loop would stand in the way of others' in the same process."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS)
        yield started
        started.close()
