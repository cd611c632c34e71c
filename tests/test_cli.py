"""The command line: the JSON that scripts rely on, exit statuses, and one clear sentence for every bad input."""

import contextlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from conftest import ROOT, Ran, Run, process

from summitry.errors import RecordError
from summitry.record import Record

TEXT = "Der französische Präsident Emmanuel Macron besuchte am Montag Berlin und traf Bundeskanzler Olaf Scholz.\n"
KEYS = {
    "kind", "status", "date", "guests", "hosts", "host_country", "place", "activities", "topics", "outcomes",
    "delegation", "evidence", "origin",
}  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def fails(ran: Ran, status: int, *words: str) -> None:
    """One sentence on standard error with these words, nothing on standard output, no traceback."""
    assert ran.status == status, ran
    assert ran.out == ""
    lines = [line for line in ran.err.splitlines() if line.startswith("summitry: ")]
    assert len(lines) == 1 and "Traceback" not in ran.err, ran.err
    for word in words:
        assert word in lines[0], lines[0]


# Reading


def test_read_prints_the_json_that_scripts_rely_on(run: Run, article: Path) -> None:
    ran = run("read", article, "--published", "2024-06-20", "--format", "json")
    assert ran.status == 0 and ran.err == ""
    answer: Any = ran.json
    assert answer["document"] == {
        "id": answer["document"]["id"], "source": str(article), "lang": "de", "published": "2024-06-20", "title": None,
        "url": None,
    }  # fmt: skip
    assert answer["document"]["id"].startswith("sha256:")
    (visit,) = answer["encounters"]
    assert KEYS <= visit.keys()
    assert (visit["kind"], visit["status"], visit["date"], visit["host_country"]) == (
        "visit",
        "held",
        "2024-06-17",
        "DE",
    )
    assert visit["guests"] == [{"country": "FR", "name": "Emmanuel Macron", "role": "Präsident", "level": "leader"}]
    assert [host["name"] for host in visit["hosts"]] == ["Olaf Scholz"]
    assert visit["place"] == {"text": "Berlin", "name": "Berlin", "country": "DE"}
    assert visit["evidence"]
    for quote in visit["evidence"]:
        assert TEXT[quote["start"] : quote["end"]] == quote["quote"]


def test_offsets_count_the_characters_of_the_file(run: Run, tmp_path: Path) -> None:
    text = "\r\n\r\n  " + TEXT.replace(" und", "\r\nund")
    path = tmp_path / "windows.txt"
    path.write_bytes(text.encode())
    answer: Any = run("read", path, "--format", "json", "--published", "2024-06-20").json
    quotes = [quote for visit in answer["encounters"] for quote in visit["evidence"]]
    assert quotes and all(text[q["start"] : q["end"]] == q["quote"] for q in quotes)


def test_read_takes_standard_input_and_needs_no_record(article: Path) -> None:
    ran = process("read", "-", "--format", "json", "--published=2024-06-20", stdin=article.open("rb"))
    assert ran.returncode == 0
    assert len(msgspec.json.decode(ran.stdout)["encounters"]) == 1


def test_read_without_a_date_says_so_and_leaves_relative_dates_open(run: Run, article: Path) -> None:
    ran = run("read", article, "--format", "json")
    assert ran.status == 0
    assert "no date of publication" in ran.err
    assert ran.json["encounters"][0]["date"] is None  # type: ignore[index]


def test_read_names_an_encounter_that_cannot_be_in_an_article_of_that_day(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "late.txt"
    path.write_text("Präsident Emmanuel Macron besuchte am 17. Juni 2024 Berlin und traf Bundeskanzler Olaf Scholz.\n")
    ran = run("read", path, "--published", "2020-01-01", "--format", "json")
    assert ran.status == 0
    assert "2024-06-17" in ran.err and "check the date of publication" in ran.err
    assert run("-q", "read", path, "--published", "2020-01-01").err == ""


def test_read_explains_what_it_found_where(run: Run, article: Path) -> None:
    ran = run("read", article, "--published", "2024-06-20", "--explain")
    assert "[guest: Emmanuel Macron]" in ran.out and "[place: Berlin]" in ran.out and "[host: Olaf Scholz]" in ran.out
    assert "[visit-verb]" in ran.out


def test_read_prints_several_documents_as_lines_and_refuses_them_as_one_value(run: Run, sample: Path) -> None:
    lines = run("-q", "read", sample / "articles.jsonl", "--format", "jsonl").out.splitlines()
    assert len(lines) == len((sample / "articles.jsonl").read_text("utf-8").splitlines())
    assert all("encounters" in msgspec.json.decode(line) for line in lines)
    fails(run("read", sample / "articles.jsonl", "--format", "json"), 2, "--format jsonl")


def test_languages_lists_what_can_be_read(run: Run) -> None:
    rows = [line.split("\t") for line in run("languages").out.splitlines()]
    assert ["de", "Deutsch", "read", "written"] in rows


# Bad input


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (bytes(range(256)) * 40, "text"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 5000, "binary"),
        (b"\xff\xfeH\x00a", "damaged"),
        (b"Der Pr\xc3\x28" + "Präsident ".encode() * 5, "UTF-8"),
        ("Президент посетил Берлин и провел переговоры. ".encode("koi8_r") * 20, "encoding"),
        (("大統領は月曜日にベルリンを訪問し、首相と会談した。" * 20).encode(), "languages we read"),
        (("Il presidente ha visitato Berlino e ha incontrato il cancelliere. " * 8).encode(), "languages we read"),
        (("De president bezocht Berlijn en sprak er met de bondskanselier over iets. " * 8).encode(), "languages we"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence(run: Run, tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    fails(run("read", path, "--format", "json"), 3, "bad.txt", word)


def test_western_european_files_are_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "latin1.txt"
    path.write_bytes(TEXT.encode("latin-1"))
    answer: Any = run("-q", "read", path, "--format", "json").json
    assert answer["encounters"][0]["guests"][0]["role"] == "Präsident"


@pytest.mark.parametrize("size", [1_500_000, 50_000_000])
def test_too_long_a_text_is_refused_at_once(run: Run, tmp_path: Path, size: int) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes((TEXT.encode() * (size // len(TEXT) + 1))[:size])
    begun = time.monotonic()
    fails(run("read", path, "--format", "json"), 3, "long.txt", "split it")
    assert time.monotonic() - begun < 5


def test_a_missing_file_and_a_folder_without_documents(run: Run, tmp_path: Path) -> None:
    fails(run("read", tmp_path / "missing.txt"), 3, "missing.txt", "check the name")
    fails(run("read", tmp_path), 3, "holds no")


@pytest.mark.parametrize("published", ["2024-13-45", "yesterday", "2999-01-01", "2024-01/2024-03", "20.6.2024"])
def test_an_impossible_date_of_publication_is_a_usage_error(run: Run, article: Path, published: str) -> None:
    fails(run("read", article, "--published", published), 2)


@pytest.mark.parametrize(
    "arguments",
    [
        ("read", "x.txt", "--lang", "xx"),
        ("find", "--between", "KP", "XQ"),
        ("find", "--from", "June"),
        ("find", "--kind", "tea"),
        ("find", "--status", "held,maybe"),
        ("find", "--level", "king"),
        ("find", "--from", "2024", "--to", "2023"),
        ("find", "--direction", "KP"),
        ("count", "--unit", "train"),
        ("count", "--by", "colour"),
        ("count", "--exclude", "tuesdays"),
        ("write", "--format", "ics"),
        ("write", "--lang", "xx"),
        ("write", "--style", "baroque"),
        ("export", "--format", "papyrus"),
        ("show", "enosuchid"),
        ("undo", "jnosuchid"),
        ("judge", "same", "enosuchid"),
        ("check", "no-such-file.txt"),
    ],
)
def test_requests_without_sense_are_usage_errors(run: Run, filled: Path, arguments: tuple[str, ...]) -> None:
    ran = run("--record", filled, *arguments)
    fails(ran, 3 if arguments == ("write", "--lang", "xx") else 2)


def test_unknown_options_and_commands_are_usage_errors(run: Run) -> None:
    for arguments in (("nonsense",), ("read",), ("find", "--nonsense"), ()):
        ran = run(*arguments)
        assert ran.status == 2 and "Usage:" in ran.err + ran.out


def test_debug_shows_where_an_error_arose(tmp_path: Path) -> None:
    ran = process("--debug", "read", tmp_path / "missing.txt")
    assert b"Traceback" in ran.stderr


# Records


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("create table songs (title text)")


def newer(path: Path) -> None:
    from summitry import Record
    from summitry.record.schema import VERSION_TABLE

    Record.open(path).close()
    with closing(sqlite3.connect(path, isolation_level=None)) as record:
        record.execute(f"update {VERSION_TABLE} set version_num = '9999'")
        record.execute("pragma wal_checkpoint(truncate)")


def text_file(path: Path) -> None:
    path.write_text("This is no database, only a text that is long enough to be looked at. " * 40)


@pytest.mark.parametrize(("make", "word"), [(foreign, "no record"), (newer, "newer"), (text_file, "not a database")])
def test_a_record_that_is_not_ours_stays_untouched(
    run: Run, article: Path, tmp_path: Path, make: Any, word: str
) -> None:
    path = tmp_path / "other.db"
    make(path)
    before = path.read_bytes()
    for command in (("find",), ("add", article)):
        fails(run("--record", path, *command), 4, "other.db", word)
    assert path.read_bytes() == before


def test_places_where_no_record_can_be(run: Run, article: Path, tmp_path: Path) -> None:
    fails(run("--record", tmp_path / "none.db", "find"), 4, "no record at")
    fails(run("--record", tmp_path, "add", article), 4, "directory")
    fails(run("--record", tmp_path / "no" / "such.db", "add", article), 4, "does not exist")
    fails(run("--record", "mysql://host/db", "find"), 4, "not supported")


def test_a_busy_record_is_left_in_peace(
    run: Run, article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from summitry.record import engine

    short = tuple(p.replace(str(engine.BUSY_MS), "100") for p in engine._PRAGMAS)
    monkeypatch.setattr(engine, "_PRAGMAS", short)
    path = tmp_path / "busy.db"
    run("--record", path, "add", article)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("begin immediate")
    fails(run("--record", path, "coverage", "add", "DE", "FR", "--from", "2024", "--to", "2025"), 4, "busy")
    holder.execute("rollback")
    assert run("--record", path, "coverage", "add", "DE", "FR", "--from", "2024", "--to", "2025").status == 0


def small_disk() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))


def test_a_full_disk_loses_nothing_that_was_done(tmp_path: Path) -> None:
    path, articles = tmp_path / "record.db", tmp_path / "articles.jsonl"
    lines = [{"text": f"{TEXT} Nummer {n}.", "published": "2024-06-20", "lang": "de"} for n in range(400)]
    articles.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    ran = process("--record", path, "add", articles, preexec_fn=small_disk)
    assert ran.returncode == 4, ran.stderr
    assert b"Traceback" not in ran.stderr and b"full" in ran.stderr
    again = process("--record", path, "find", "--format", "json")
    assert again.returncode == 0 and b"Traceback" not in again.stderr


def test_output_that_cannot_be_written(run: Run, filled: Path, article: Path, tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ran = process("-q", "read", article, stdout=full, stderr=subprocess.PIPE, capture_output=False)
    assert ran.returncode == 3 and ran.stderr.decode().count("\n") == 1 and b"space" in ran.stderr
    fails(run("--record", filled, "write", "--lang", "de", "-o", tmp_path / "no" / "x.txt"), 3, "x.txt")


def test_a_reader_that_goes_away_is_no_error(filled: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = process("--record", filled, "find", stdout=writing, stderr=subprocess.PIPE, capture_output=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_an_interruption_is_told_apart_from_a_contradiction(sample: Path, tmp_path: Path) -> None:
    articles = tmp_path / "many.jsonl"
    lines = [{"text": f"{TEXT} Nummer {n}.", "published": "2024-06-20", "lang": "de"} for n in range(3000)]
    articles.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    command = [sys.executable, "-m", "summitry", "--record", str(tmp_path / "r.db"), "add", str(articles)]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    _wait_for_articles(tmp_path / "r.db")
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert running.returncode == 130 and b"Traceback" not in err, err
    with Record.open(tmp_path / "r.db", create=False) as record:
        assert 0 < record.size()["articles"] < 3000


def _wait_for_articles(place: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        time.sleep(0.1)
        with contextlib.suppress(RecordError), Record.open(place, create=False) as record:
            if record.size()["articles"]:
                return
    pytest.fail("nothing was added in a minute")


# Building, asking, writing


def test_adding_twice_changes_nothing(run: Run, sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    first = run("--record", path, "add", sample / "articles.jsonl")
    assert first.status == 0 and "10 articles added, 0 already there" in first.err
    before = run("--record", path, "export").out
    second = run("--record", path, "add", sample / "articles.jsonl")
    assert second.status == 0 and "0 articles added, 10 already there" in second.err
    assert run("--record", path, "export").out == before


def test_a_bad_document_is_named_and_the_rest_is_done(run: Run, article: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"")
    path = tmp_path / "record.db"
    ran = run("--record", path, "add", bad, article, tmp_path / "missing.txt", "--published", "2024-06-20")
    assert ran.status == 3 and ran.out == ""
    assert "bad.txt" in ran.err and "missing.txt" in ran.err and "1 article added" in ran.err
    assert len(run("--record", path, "find").out.splitlines()) == 1


def test_the_record_may_be_named_by_the_environment(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("find").status == 4
    monkeypatch.setenv("SUMMITRY_RECORD", str(filled))
    assert run("find").status == 0


def test_export_has_ids_people_and_reports(run: Run, filled: Path) -> None:
    answer: Any = run("--record", filled, "export", "--format", "json").json
    visits = [one for one in answer["encounters"] if one["date"] == "2025-05-07" and one["host_country"] == "FR"]
    (visit,) = visits
    assert visit["guests"][0]["name"] == "Friedrich Merz"
    documents = {report["document"]["id"] for report in visit["reports"]}
    assert {"merz-paris", "brief-en"} <= documents
    assert all(report["status"] and report["evidence"] for report in visit["reports"])


def test_a_number_has_the_length_of_its_list(run: Run, filled: Path) -> None:
    arguments = ("--between", "DE", "FR", "--from", "2023", "--to", "2025-09-01")
    answer: Any = run("--record", filled, "count", *arguments, "--format", "json").json
    assert answer["high"] == len(answer["encounters"]) >= answer["low"] > 3
    listed = run("--record", filled, "find", *arguments, "--status", "held").out.splitlines()
    assert [line.split("\t")[-1] for line in listed] == answer["encounters"]
    assert answer["rule"]["between"] == ["DE", "FR"] and answer["rule"]["from"] == "2023"


@pytest.mark.parametrize("by", ["year", "month", "direction", "level", "person", "country"])
def test_count_by_makes_a_table(run: Run, filled: Path, by: str) -> None:
    answer: Any = run("--record", filled, "count", "--country", "FR", "--by", by, "--format", "json").json
    assert answer["by"] == by and answer["groups"]
    csv = run("--record", filled, "count", "--country", "FR", "--by", by, "--format", "csv").out.splitlines()
    assert csv[0] == f"{by},low,high" and len(csv) == len(answer["groups"]) + 1
    assert "█" in run("--record", filled, "count", "--country", "FR", "--by", by).out


def test_check_prints_verdicts_and_says_by_its_status_whether_one_is_contradicted(run: Run, filled: Path) -> None:
    text = "Seit Januar 2023 haben Deutschland und Frankreich 50 Delegationen ausgetauscht."
    ran = run("--record", filled, "check", text, "--published", "2025-09-01", "--format", "json")
    verdicts: Any = ran.json["verdicts"]  # type: ignore[index]
    assert ran.status == (1 if any(one["verdict"] == "contradicted" for one in verdicts) else 0)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_write_prints_a_chronicle(run: Run, filled: Path, lang: str, tmp_path: Path) -> None:
    arguments = ("--record", filled, "write", "--between", "DE", "FR", "--from", "2023", "--lang", lang)
    text = run(*arguments).out
    assert "2023" in text.splitlines()[0] and "\n- " in text
    for format in ("md", "html", "docx"):
        assert run(*arguments, "--format", format, "-o", tmp_path / f"x.{format}").out == ""
        assert (tmp_path / f"x.{format}").stat().st_size > 500


def test_every_format_can_be_exported(run: Run, filled: Path, tmp_path: Path) -> None:
    from summitry.cli.writing import _FORMATS
    from summitry.publish import FORMATS

    assert _FORMATS.split() == list(FORMATS)  # what the help says
    for name in FORMATS:
        ran = run("--record", filled, "export", "--format", name, "-o", tmp_path / name)
        assert (ran.status, ran.out) == (0, "") and (tmp_path / name).stat().st_size > 100, (name, ran.err)


def test_show_prints_statements_and_changes(run: Run, filled: Path) -> None:
    identity = run("--record", filled, "find", "--limit", 1).out.strip().split("\t")[-1]
    out = run("--record", filled, "show", identity).out
    assert out.startswith(identity) and "Statements (" in out and "“" in out and "created" in out
    fails(run("--record", filled, "show", identity, "--as-of", "1999-01-01"), 2, "1999-01-01")


def test_coverage_is_stated_and_listed(run: Run, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(filled.read_bytes())
    add = ("coverage", "add", "de", "fr", "--from", "2023-01", "--to", "2025-09-01", "--source", "sample")
    assert run("--record", path, *add).status == 0
    assert run("--record", path, "coverage", "list").out == "1\tDE-FR\t2023-01\t2025-09-01\t\tsample\n"
    fails(run("--record", path, "coverage", "add", "DE", "--from", "soon", "--to", "later"), 2)


def test_a_decision_takes_effect_and_can_be_taken_back(run: Run, filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "copy.db"
    path.write_bytes(filled.read_bytes())
    before = run("--record", path, "export").out
    ids = [line.split("\t")[-1] for line in run("--record", path, "find").out.splitlines()]
    made = run("--record", path, "judge", "correct", ids[0], "date", "2023-01-21", "--reason", "a test").out.strip()
    assert run("--record", path, "find", "--limit", 1).out.startswith("2023-01-21\t")
    assert run("--record", path, "rebuild").status == 0
    assert run("--record", path, "find", "--limit", 1).out.startswith("2023-01-21\t")
    lines = run("--record", path, "judgements").out
    assert made in lines and "a test" in lines
    run("--record", path, "undo", made)
    assert run("--record", path, "export").out == before
    fails(run("--record", path, "judge", "correct", ids[0], "colour", "red"), 2, "colour")
    fails(run("--record", path, "judge", "correct", ids[0]), 2, "a field and its value")


def test_two_encounters_are_joined_and_parted_again(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    for number, day in enumerate(("2024-06-20", "2024-11-20")):
        article = tmp_path / f"{number}.txt"
        article.write_text(f"{TEXT} {number}.")
        run("--record", path, "add", article, "--published", day)
    before = run("--record", path, "find").out
    ids = [line.split("\t")[-1] for line in before.splitlines()]
    assert len(ids) == 2
    made = run("--record", path, "judge", "same", *ids).out.strip()
    assert len(run("--record", path, "find").out.splitlines()) == 1
    assert run("--record", path, "show", ids[1]).out.startswith(ids[0])  # a merged id leads to its successor
    assert run("--record", path, "rebuild").status == 0
    assert len(run("--record", path, "find").out.splitlines()) == 1
    run("--record", path, "undo", made)
    assert run("--record", path, "find").out == before
    run("--record", path, "judge", "same", *ids)
    reports = run("--record", path, "judge", "different", *ids)  # the later decision holds
    assert reports.status == 0 and run("--record", path, "find").out == before


def test_decisions_move_to_another_record(run: Run, filled: Path, sample: Path, tmp_path: Path) -> None:
    one, other, lines = tmp_path / "one.db", tmp_path / "other.db", tmp_path / "decisions.jsonl"
    one.write_bytes(filled.read_bytes())
    identity = run("--record", one, "find", "--limit", 1).out.strip().split("\t")[-1]
    run("--record", one, "judge", "withdraw", identity, "--reason", "a test")
    lines.write_text(run("--record", one, "judgements").out)
    run("--record", other, "add", sample / "articles.jsonl")
    assert run("--record", other, "judgements", "--import", lines).status == 0
    assert run("--record", other, "find").out == run("--record", one, "find").out
    lines.write_text("not json\n")
    fails(run("--record", other, "judgements", "--import", lines), 2, "Line 1")
    lines.write_bytes(b"\xff\xfe\x00")
    fails(run("--record", other, "judgements", "--import", lines), 2, "no text")


def test_review_needs_a_terminal(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    fails(run("--record", filled, "review"), 2, "terminal")


# Office holders


def test_authority_lists_adds_and_checks(run: Run, tmp_path: Path) -> None:
    assert "Emmanuel Macron" in run("authority", "list", "--country", "FR", "--on", "2024-06").out
    add = ("authority", "add", "Jane Example", "GB", "foreign-minister", "--from", "2031-05", "--alias", "J. Example")
    assert run(*add).status == 0
    assert (
        run("authority", "list", "Example").out == "GB\tJane Example\tforeign-minister\tforeign minister\t2031-05\t\n"
    )
    table = tmp_path / "holders.tsv"
    table.write_text("name\tcountry\tpost\tstart\nJohn Sample\tGB\tminister\t2031\n")
    assert "adds 1" in run("authority", "check", table).err
    assert run("authority", "import", table).status == 0
    assert "John Sample" in run("authority", "list", "--country", "GB", "--on", "2031").out
    assert "Jane Example" in run("authority", "list", "--country", "GB", "--on", "2032").out


def test_a_wrong_office_holder_is_refused_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("authority", "add", "Jane Example", "GB", "minister")
    fails(run("authority", "add", "John Sample", "GB", "wizard"), 3, "wizard")
    fails(run("authority", "add", "John Sample", "XQ", "minister"), 2, "XQ")
    table = tmp_path / "holders.tsv"
    table.write_text("name\tcountry\tpost\nA B\tGB\tminister\nC D\tGB\twizard\n")
    fails(run("authority", "import", table), 3, "line 3")
    assert "Sample" not in run("authority", "list", "--country", "GB").out
    assert "Jane Example" in run("authority", "list", "--country", "GB").out


# The demo, and how long things take


def test_the_demo_shows_all_steps_and_ends_with_three_commands(run: Run, tmp_path: Path) -> None:
    begun = time.monotonic()
    ran = run("demo", "--folder", tmp_path / "demo")
    assert ran.status == 0 and time.monotonic() - begun < 60
    assert "10 articles" in ran.out
    ending = ran.out.rpartition("Now with your own files")[2]
    assert sum(line.startswith("summitry") for line in ending.splitlines()) == 3


@contextmanager
def _warm(path: Path) -> Iterator[None]:
    process("read", path)  # compiles the language, once per version
    yield


def test_reading_one_file_loads_no_database_no_network_and_no_tables(article: Path) -> None:
    code = (
        "import sys; sys.argv = ['summitry', 'read', sys.argv[1], '--format', 'json', '--published', '2024-06-20']\n"
        "from summitry.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'alembic', 'trafilatura', 'lxml', 'rich', 'babel', 'httpx2', 'pydantic', 'jinja2', 'rensa'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    with _warm(article):
        ran = subprocess.run([sys.executable, "-c", code, str(article)], capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "[]"


def test_a_claim_is_corrected_by_options(run: Run, filled: Path) -> None:
    text = "Kim Jong Un was in Russia five times."
    asked = ("--record", filled, "check", text, "--published", "2025-09-01", "--format", "json")
    options = ("--type", "count", "--guest", "RU", "--host", "KP", "--from", "2024", "--to", "2024", "--value", "1")
    (one,) = run(*asked, *options, "--operator", ">=").json["verdicts"]  # type: ignore[index]
    assert (one["understood"]["value"], one["understood"]["operator"]) == (1, ">=")
    scope = one["understood"]["scope"]
    assert (scope["guest_country"], scope["host_country"], scope["from"]) == ("RU", "KP", "2024")
    assert "unread" not in scope
    (one,) = run(*asked, *options, "--than-host", "CN", "--times", "2").json["verdicts"]  # type: ignore[index]
    assert one["understood"]["comparison"] == {"operator": "=", "times": 2.0, "host_country": "CN"}
    for wrong in (("--host", "XX"), ("--kind", "tour"), ("--level", "boss"), ("--claim", "9"), ("--open", "nothing")):
        assert run(*asked, *options[:2], *wrong).status == 2
    assert run("--record", filled, "check", "Nothing claimed here.", "--value", "2").status == 2
    assert run("--record", filled, "check", "").status == 2


def test_coverage_is_stated_listed_and_taken_back(run: Run, filled: Path) -> None:
    stated = ("--record", filled, "coverage")
    given = (
        "add",
        "NO",
        "--from",
        "..",
        "--to",
        "2024",
        "--guest",
        "NO",
        "--person",
        "NO foreign-minister",
        "--kind",
        "visit",
    )
    before = run(*stated, "list").out.count("\n")
    assert run(*stated, *given).status == 0
    line = run(*stated, "list").out.splitlines()[-1]
    assert "NO → …" in line and "NO foreign-minister" in line and "visit" in line
    number = line.split()[0]
    assert run(*stated, "remove", number).status == 0
    assert run(*stated, "list").out.count("\n") == before
    assert run(*stated, "remove", number).status == 2
    assert run(*stated, "add", "NO", "--from", "2024", "--to", "2023").status == 2
    assert run(*stated, "add", "NO", "--from", "2023", "--to", "2024", "--level", "boss").status == 2
