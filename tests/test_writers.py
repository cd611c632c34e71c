"""Several writers at once, and what a server says when it cannot serve: the same on both engines where both can."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest
from conftest import ROOT, SERVER, Places, process
from record_samples import article

import summitry
from summitry import Record
from summitry.errors import RecordError
from summitry.record import engine


def exported(place: str) -> list[object]:
    with Record.open(place) as record:
        return [msgspec.to_builtins(one) for one in record.encounters()]


def told(folder: Path, parts: int) -> list[Path]:
    """Reports of six visits, each in both languages, dealt out to so many files: what one has the other ones tell too."""
    texts = [
        text
        for day in range(2, 26, 4)
        for text in (
            f"Der russische Außenminister Sergej Lawrow besuchte am {day}. Mai 2023 Pjöngjang.",
            f"Russian Foreign Minister Sergey Lavrov visited Pyongyang on May {day}, 2023.",
        )
    ]
    files = [folder / f"{part}.jsonl" for part in range(parts)]
    for part, file in enumerate(files):
        lines = [msgspec.json.encode({"text": text, "published": "2023-06-01"}) for text in texts[part::parts]]
        file.write_bytes(b"\n".join(lines))
    return files


def test_writers_at_once_make_the_record_that_one_would_make(tmp_path: Path, new_place: Places) -> None:
    files = told(tmp_path, 2)
    alone, together = new_place(), new_place()
    with Record.open(alone) as record:
        summitry.add(record, files)
    commands = [[sys.executable, "-m", "summitry", "--record", together, "add", str(one)] for one in (*files, files[0])]
    writers = [subprocess.Popen(one, stderr=subprocess.PIPE, env={"PYTHONPATH": str(ROOT / "src")}) for one in commands]
    errors = [writer.communicate(timeout=120)[1] for writer in writers]
    assert [writer.returncode for writer in writers] == [0, 0, 0], errors
    assert exported(together) == exported(alone)
    assert len(exported(alone)) == 6


def test_an_add_that_is_killed_loses_nothing(tmp_path: Path, new_place: Places) -> None:
    """Killed between two batches or within one: what is there is whole, and the same command makes the rest of it."""
    surnames = "Holm Lindqvist Berg Dahl Ekman Falk Sund Norberg Wallin Hedlund".split()
    texts = [
        f"Swedish Trade Minister Anna {name} visited {town} on {month} {day}, 2022, and met her counterpart."
        for month in ("March", "May")
        for town in ("Helsinki", "Oslo")
        for at, name in enumerate(surnames)
        for day in (at + 3, at + 16)
    ]
    lines = [msgspec.json.encode({"text": text, "published": "2022-06-01"}) for text in texts]
    file = tmp_path / "a.jsonl"
    file.write_bytes(b"\n".join(lines))
    whole, killed = new_place(), new_place()
    with Record.open(whole) as record:
        summitry.add(record, [file])
    with Record.open(killed) as record:
        command = [sys.executable, "-m", "summitry", "--record", killed, "add", str(file)]
        writer = subprocess.Popen(command, stderr=subprocess.DEVNULL, env={"PYTHONPATH": str(ROOT / "src")})
        while record.size()["articles"] == 0 and writer.poll() is None:
            time.sleep(0.01)
        writer.kill()
        assert writer.wait(timeout=60) == -signal.SIGKILL
        assert 0 < record.size()["articles"] < len(texts)
        filed = {one.article for one in record.reports() if one.encounter}
        assert filed == {one.article for one in record.reports()}
        added = summitry.add(record, [file])
        assert added.known == len(texts) - added.new > 0
    assert exported(killed) == exported(whole)


def test_new_records_are_made_once_however_many_open_them(tmp_path: Path) -> None:
    failed: list[Exception] = []

    def make() -> None:
        try:
            Record.open(tmp_path / "new.db").close()
        except RecordError as error:
            failed.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert not failed


def test_a_reader_sees_one_state_while_others_write(place: str) -> None:
    with Record.open(place) as record, Record.open(place) as other:
        with record.reading():
            before = record.size()["articles"]
            other.add_article(article("Text a"), [])
            assert record.size()["articles"] == before == 0
        assert record.size()["articles"] == 1


@pytest.fixture
def database() -> Iterator[str]:
    """A database that a test may spoil."""
    if SERVER is None:
        pytest.skip("SUMMITRY_TEST_POSTGRESQL names no server")
    name = f"summitry_test_spoilt_{os.getpid()}"
    with psycopg.connect(SERVER, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield SERVER.rpartition("/")[0] + "/" + name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_writer_waits_for_another_one_and_says_so_in_the_end(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Record.open(database) as record, Record.open(database) as other, other.transaction():
        monkeypatch.setattr(engine, "BUSY_MS", 50)
        with pytest.raises(RecordError, match="is busy"):
            record.add_article(article("Text a"), [])


@pytest.mark.skipif(SERVER is None, reason="SUMMITRY_TEST_POSTGRESQL names no server")
@pytest.mark.parametrize(
    ("there", "instead", "said"),
    [
        ("/postgres", "/no_such_record", "does not exist"),
        ("//postgres@", "//nobody_here@", "nobody_here"),
        ("//", "//", "is empty"),
    ],
)
def test_what_a_server_refuses_is_one_sentence_without_the_password(there: str, instead: str, said: str) -> None:
    assert SERVER is not None
    place = SERVER.replace(there, instead, 1).replace("@", ":geheim@", 1)
    with pytest.raises(RecordError, match=said) as refused:
        Record.open(place, create=False)
    assert "geheim" not in str(refused.value)


def test_a_server_that_is_not_there_is_one_sentence() -> None:
    for address in ("postgresql://nobody:geheim@127.0.0.1:1/x", "postgresql://a:geheim@127.0.0.1:port/x"):
        ran = process("--record", address, "find")
        assert ran.returncode == 4 and ran.stderr.count(b"\n") == 1, ran.stderr
        assert b"cannot be" in ran.stderr and b"geheim" not in ran.stderr


def test_a_database_of_somebody_else_and_one_of_a_newer_version_are_left_alone(database: str) -> None:
    Record.open(database).close()
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE summitry_schema SET version_num = '9999'")
    with pytest.raises(RecordError, match="newer version"):
        Record.open(database)
    with psycopg.connect(database) as connection:
        connection.execute("DROP TABLE summitry_schema")
    with pytest.raises(RecordError, match="no record of ours"):
        Record.open(database)


def test_a_character_that_a_server_cannot_keep_fails_its_article_only(place: str, tmp_path: Path) -> None:
    lines = [
        {"text": "Der Minister\x00 reist.", "lang": "de"},
        {"text": "Der Minister reist ab.", "title": "a\x00b", "lang": "de"},
        {"text": "Der Minister reist nach Rom.", "lang": "de"},
    ]
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    with Record.open(place) as record:
        added = summitry.add(record, [file])
        assert added.new == record.size()["articles"] == 1
        assert [str(one.error).partition(" is no")[0] for one in added.failures] == [
            f"{file}, line {n}" for n in (1, 2)
        ]
