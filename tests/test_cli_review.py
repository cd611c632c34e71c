"""`review`, key by key; files that are written whole or not at all."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summitry.cli import output, reviewing
from summitry.model import Judgement
from summitry.pipeline import add
from summitry.record import Record

TEXTS = {
    "a": "Norwegian Fisheries Minister Odd Lund visited Ghana in June 2031.",
    "b": "A Norwegian delegation visited Ghana in June 2031.",
    "c": "Norwegian Fisheries Minister Odd Lund visited Togo in May 2031.",
    "d": "A Norwegian official visited Togo in May 2031.",
}


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A record with pairs of encounters that may be one."""
    for name, text in TEXTS.items():
        (tmp_path / f"{name}.txt").write_text(text)
    path = tmp_path / "record.db"
    with Record.open(path) as record:
        add(record, [tmp_path / f"{name}.txt" for name in TEXTS])
    return path


Drive = Callable[..., str]


@pytest.fixture
def drive(doubtful: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Drive:
    """Press keys one by one; all that was shown."""

    def press(*keys: str) -> str:
        waiting = iter(keys)
        monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
        monkeypatch.setattr(reviewing, "open_record", lambda _: Record.open(doubtful))
        monkeypatch.setattr(reviewing.typer, "getchar", lambda: next(waiting))
        reviewing.review(None, author="Ada")  # type: ignore[arg-type]
        shown = capsys.readouterr()
        return shown.out + shown.err

    return press


def pairs(path: Path) -> list[frozenset[str]]:
    with Record.open(path) as record:
        return [frozenset({one.first, one.second}) for one in record.proposals()]


def decisions(path: Path) -> list[Judgement]:
    with Record.open(path) as record:
        return list(record.judgements())


def test_every_key_does_what_it_says(doubtful: Path, drive: Drive) -> None:
    assert len(pairs(doubtful)) == 2
    shown = drive("m", "d")
    assert "2 decided, 0 skipped." in shown
    assert [one.verdict for one in decisions(doubtful)] == ["same", "different"]
    assert {one.author for one in decisions(doubtful)} == {"Ada"}
    assert not pairs(doubtful)
    with Record.open(doubtful) as record:
        assert len(record.encounters()) == 3


def test_a_decision_taken_back_is_asked_again(doubtful: Path, drive: Drive) -> None:
    before = pairs(doubtful)
    shown = drive("m", "z", "u", "q")
    assert shown.count("One encounter?") == 4  # the first, the second, the first again, the second again
    assert "1 decided, 0 skipped." in shown
    kept = [one for one in decisions(doubtful) if not one.invalidated]
    assert [one.verdict for one in kept] == ["unsure"]
    assert pairs(doubtful) == before[1:]


def test_what_is_skipped_waits_and_other_keys_do_nothing(doubtful: Path, drive: Drive) -> None:
    before = pairs(doubtful)
    shown = drive("x", "\x1b[A", "z", "s", "s")
    assert "0 decided, 2 skipped." in shown
    assert pairs(doubtful) == before
    assert not decisions(doubtful)


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "kept.json"
    kept.write_text("old")
    kept.chmod(0o640)

    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as stream:
            stream.write(content[:1])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(OSError, match="No space"):
            output.save(kept, b"new")
    assert kept.read_text() == "old"
    assert list(tmp_path.iterdir()) == [kept]
    output.save(kept, b"new")
    assert kept.read_text() == "new"
    assert kept.stat().st_mode & 0o777 == 0o640
