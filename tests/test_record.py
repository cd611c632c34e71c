"""The record keeps what it was given: through re-reading, merging, correcting, crashes, full disks and wrong files."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from conftest import Places
from msgspec.structs import replace
from record_samples import MOSCOW, article, encounter, fill, visit
from sqlalchemy import Connection, Executable, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from summitry.ask.find import Query, conditions
from summitry.errors import DateError, RecordError, UsageError
from summitry.model import Claim, Coverage, Judgement, Participation, Person, Quote
from summitry.record import Filing, Proposed, Record, Spelling, engine, from_lines, history, schema, to_lines

ONE = visit("KP", "RU", "2024-06", "Kim Il Guk", place=MOSCOW)


def _judge(subject: str, verdict: str, **more: object) -> Judgement:
    return Judgement(**({"id": "", "subject": subject, "verdict": verdict, "author": "desk", "time": ""} | more))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "record.db"


def drift(connection: Connection) -> list[object]:
    """In what the tables differ from the schema; the engines' own full-text indexes are no part of it."""

    def ours(name: str | None, kind: str, _: object) -> bool:
        return kind not in ("table", "index") or not str(name).startswith(schema.texts_index.name)

    opts = {"version_table": schema.VERSION_TABLE, "include_name": ours}
    return list(compare_metadata(MigrationContext.configure(connection, opts=opts), schema.metadata))


def test_migrations_make_the_tables_of_the_schema(place: str) -> None:
    with Record.open(place) as record, record.reading() as connection:
        assert drift(connection) == []


def test_a_file_is_written_ahead_so_that_readers_need_not_wait(file: Path) -> None:
    with Record.open(file) as record, record.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"


def test_a_record_of_an_older_version_is_brought_up_to_date(place: str) -> None:
    reported = replace(ONE, hosts=(Participation("RU", person="ru-nobody"),))
    with Record.open(place) as record, record.transaction() as connection:
        schema.metadata.drop_all(connection)
        connection.execute(text(f"DROP TABLE {schema.VERSION_TABLE}"))
        engine._migrate(connection, "0001")
        connection.execute(
            text("INSERT INTO articles (id, source, text, added) VALUES ('a', 'a.txt', 'Text a', '2024')")
        )
        row = {"body": msgspec.json.encode(reported).decode()}
        connection.execute(text("INSERT INTO reports VALUES ('r','a',0,0,0,'visit','held',NULL,'RU',:body,'e')"), row)
        connection.execute(text("INSERT INTO people VALUES ('p', 'Kim Il Guk', 'KP')"))
        connection.execute(text("INSERT INTO person_names VALUES ('p', 'Kim Il Guk', 'kim il guk')"))
    with Record.open(place, create=False) as record, record.reading() as connection:
        assert drift(connection) == []
        assert record.spellings() == [Spelling("KP", "Kim Il Guk", 1)]
        assert record.known(["Kim Il Guk"]).by_name == {("KP", "Kim Il Guk"): ("p", "Kim Il Guk")}
        assert record.unsettled().countries == ("KP",)


def plan(connection: Connection, query: Executable) -> str:
    """How the engine would answer, which on PostgreSQL takes no index for a table of few rows unless it must."""
    server = connection.dialect.name == "postgresql"
    if server:
        connection.execute(text("SET enable_seqscan = off"))
    asked = query.compile(connection, compile_kwargs={"literal_binds": True})
    said = connection.exec_driver_sql(f"EXPLAIN {'' if server else 'QUERY PLAN'} {asked}")
    return "\n".join(str(tuple(row)) for row in said)


def test_a_search_of_words_and_the_history_of_an_encounter_read_an_index(place: str) -> None:
    with Record.open(place) as record, record.reading() as connection:
        words = conditions(connection, Query(text="Lawrow"))
        searched = plan(connection, select(schema.encounters.c.id).where(*words))
        assert "texts_index" in searched
        assert "ix_changes_other" in plan(connection, history.changes_of("e1"))


def test_every_table_can_be_made_on_postgresql() -> None:
    dialect = postgresql.dialect()
    for table in schema.metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert table.name in str(CreateIndex(index).compile(dialect=dialect))


def test_adding_twice_changes_nothing(place: str) -> None:
    claim = Claim("18 in diesem Jahr", 0, 4, "count", 18, "=")
    with Record.open(place) as record:
        assert record.add_article(article("Text a"), [ONE], [claim]) is True
        before = record.reports(), record.claims()
        assert record.add_article(article("Text a"), [ONE, ONE], []) is False
        assert (record.reports(), record.claims()) == before
    with Record.open(place, create=False) as record:
        assert [one.text for one in record.articles()] == ["Text a"]
        assert [one.report for one in record.reports()] == [ONE]
        assert record.claims() == [(article("Text a").id, claim)]


def test_articles_come_in_an_order_that_does_not_depend_on_when_they_were_added(new_place: Places) -> None:
    def ids(texts: list[str]) -> list[str]:
        with Record.open(new_place()) as record:
            for one in texts:
                record.add_article(article(one), [])
            return [one.id for one in record.articles()]

    names = [f"Text {n}" for n in range(9)]
    assert ids(names) == ids(names[::-1])


def test_reports_that_are_read_again_keep_id_and_encounter(place: str) -> None:
    later = visit("RU", "KP", "2024-06", evidence=(Quote(5, 6, "a"),))
    with Record.open(place) as record:
        record.add_article(article("Text a"), [ONE, later])
        first, second = record.reports()
        record.save_encounters([(encounter("e1", ONE), [first.id]), (encounter("e2", later), [second.id])])
        record.reread(first.article, [replace(ONE, date="2024-06-18")])
        assert [(one.id, one.encounter, one.report.date) for one in record.reports()] == [
            (first.id, "e1", "2024-06-18")
        ]
        assert record.save_encounters([(encounter("e1", ONE), [first.id])], gone=["e2"]) == {"e2": None}
        assert [one.id for one in record.encounters()] == ["e1"]
        assert [change.what for change in record.history("e2")] == ["created", "vanished"]


def test_reports_are_found_under_the_keys_they_were_filed_under(place: str) -> None:
    with Record.open(place) as record:
        filing = [Filing("ra", ("KP-RU@2024-06", "#ra")), Filing("rb", ("KP-RU@2024-06",))]
        record.add_article(article("Text a", "2024-06-20"), [ONE, ONE], filing=filing, signature=b"\1\2")
        assert [one.id for one in record.filed(["KP-RU@2024-06", "other"])] == ["ra", "rb"]
        assert [(one.id, one.number, one.signature) for one in record.filed(["#ra"])] == [("ra", 0, b"\1\2")]
        assert record.filed([]) == []


def test_an_id_that_once_named_an_encounter_leads_to_its_successor(place: str) -> None:
    with Record.open(place) as record:
        a, b, c = fill(record, [ONE, ONE, ONE])
        reports = {one.encounter: one.id for one in record.reports()}
        assert record.save_encounters([(encounter(b, ONE), [reports[a], reports[b]])]) == {a: b}
        assert record.save_encounters([(encounter(c, ONE), list(reports.values()))]) == {b: c}
        assert [record.current(name) for name in (a, b, c, reports[a], "nothing")] == [c, c, c, c, None]
        found = record.encounter(a)
        assert found is not None
        assert len(found.sources) == 3
        assert sorted(change.what for change in record.history(c)) == ["changed", "created", "merged"]
        assert [change.what for change in record.history(a)] == [change.what for change in record.history(c)]


def test_an_encounter_is_not_torn_in_two_with_one_half_forgotten(place: str) -> None:
    with Record.open(place) as record:
        a, b = fill(record, [ONE, ONE])
        ids = [one.id for one in record.reports()]
        record.save_encounters([(encounter(a, ONE), ids)])
        with pytest.raises(UsageError, match="would lose its report"):
            record.save_encounters([(encounter(b, ONE), ids[:1])])
        with pytest.raises(UsageError, match="one encounter"):
            record.save_encounters([(encounter(a, ONE), ids), (encounter(b, ONE), ids[:1])])
        assert [one.id for one in record.encounters()] == [a]


def test_saving_what_is_there_already_leaves_no_trace(place: str) -> None:
    with Record.open(place) as record:
        (a,) = fill(record, [ONE])
        record.save_encounters([(encounter(a, ONE), [record.reports()[0].id])])
        assert [change.what for change in record.history(a)] == ["created"]


def test_a_correction_holds_through_merging_and_can_be_undone(place: str) -> None:
    with Record.open(place) as record:
        a, b = fill(record, [ONE, ONE])
        ids = [one.id for one in record.reports()]
        (made,) = record.judge(_judge(a, "correct", field="date", value="2024-06-18", reason="KCNA"))
        assert record.encounter(a).date == "2024-06-18"
        record.save_encounters([(encounter(b, replace(ONE, host_country="CN")), ids)])
        found = record.encounter(a)
        assert (found.id, found.date, found.host_country) == (b, "2024-06-18", "CN")
        record.undo(made.id)
        assert record.encounter(a).date == "2024-06"
        assert [one.invalidated is None for one in record.judgements()] == [False]
        assert record.judgements(active=True) == []


def test_a_correction_on_a_report_holds_for_whatever_encounter_it_is_in(place: str) -> None:
    with Record.open(place) as record:
        (a,) = fill(record, [ONE])
        record.judge(_judge(record.reports()[0].id, "correct", field="guests", value=[{"country": "KR"}]))
        assert [one.country for one in record.encounter(a).guests] == ["KR"]


def test_a_withdrawn_encounter_is_no_longer_listed_but_can_come_back(place: str) -> None:
    with Record.open(place) as record:
        (a,) = fill(record, [ONE])
        (made,) = record.judge(_judge(a, "withdraw", reason="never happened"))
        assert record.encounters() == []
        assert record.encounter(a) is not None
        record.undo(made.id)
        assert [one.id for one in record.encounters()] == [a]
        assert [change.what for change in record.history(a)] == ["created", "withdrawn", "restored"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"verdict": "perhaps"},
        {"verdict": "same"},
        {"verdict": "same", "object": "e1"},
        {"verdict": "correct", "field": "id", "value": "x"},
        {"verdict": "correct", "field": "date", "value": "June"},
        {"verdict": "correct", "field": "status", "value": "over"},
    ],
)
def test_a_judgement_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with Record.open(":memory:") as record, pytest.raises(UsageError):
        record.judge(_judge("e1", **wrong))


def test_judgements_travel_as_lines_and_arrive_once(new_place: Places) -> None:
    with Record.open(new_place()) as record, Record.open(new_place()) as other:
        record.judge(_judge("a", "same", object="b"), _judge("a", "unsure", object="c", reason="zwei Tage später"))
        lines = to_lines(record.judgements())
        other.judge(*from_lines([*lines, ""]))
        other.judge(*from_lines(lines))
        assert other.judgements() == record.judgements()
        assert len(other.judgements(subject="c")) == 1
        record.undo(record.judgements()[0].id)
        other.judge(*from_lines(to_lines(record.judgements())))
        assert other.judgements() == record.judgements()
    with pytest.raises(UsageError, match="Line 2"):
        from_lines([lines[0], "{"])


def test_what_was_held_was_held_before_it_was_reported(place: str) -> None:
    planned = visit("KP", "RU", "2024-06", status="planned")
    contrary = visit("KP", "RU", "2024-08")
    with Record.open(place) as record:
        fill(record, [ONE, planned, contrary], published="2024-06-20")
        with record.reading() as connection:
            rows = connection.execute(text("SELECT earliest, latest FROM encounters ORDER BY sort")).all()
        assert {tuple(row) for row in rows} == {
            ("2024-06-01", "2024-06-20"),
            ("2024-06-01", "2024-06-30"),
            ("2024-08-01", "2024-08-31"),
        }


def test_the_order_of_a_chronicle_does_not_depend_on_the_order_of_adding(new_place: Places) -> None:
    dates = ["2024", "2024-06", None, "2024-06-18", "2023-12/2024-01", "2024-06"]
    texts = [f"Text {n}" for n in range(len(dates))]

    def chronicle(order: list[int]) -> list[str]:
        with Record.open(new_place()) as record:
            for n in order:
                record.add_article(article(texts[n], "2024-07-01"), [visit("KP", "RU", dates[n], f"Name {n}")])
                (report,) = record.reports(articles=[article(texts[n]).id])
                record.save_encounters([(encounter(f"e{n}", report.report), [report.id])])
            return [one.id for one in record.encounters()]

    forwards = chronicle([0, 1, 2, 3, 4, 5])
    assert forwards == chronicle([5, 3, 1, 0, 2, 4])
    assert (forwards[0], forwards[-1]) == ("e4", "e2")


def test_the_record_as_it_stood(place: str) -> None:
    with Record.open(place) as record:
        (a,) = fill(record, [ONE])
        then = record.history(a)[0].time
        record.judge(_judge(a, "correct", field="date", value="2024-06-18"))
        fill(record, [ONE])
        with record.as_of(then) as before:
            assert [(one.id, one.date, len(one.sources)) for one in before.encounters()] == [(a, "2024-06", 1)]
        for wrong in ("gestern", "2024-13-01", "2024-06-20Tnoon"):
            with pytest.raises(DateError):
                record.as_of(wrong)
        with record.as_of("2000-01") as never:
            assert never.encounters() == []
        with record.as_of(then[:10]) as today:
            assert len(today.encounters()) == 2


def test_people_coverage_and_proposals_are_kept(place: str) -> None:
    person = Person("p1", "Sergey Lavrov", ("Lawrow", "Сергей Лавров"), "RU")
    stated = Coverage(("KP", "RU"), "2023-07", "2024-06-20", source="KCNA")
    with Record.open(place) as record:
        a, b = fill(record, [ONE, ONE])
        record.save_people([person])
        record.save_people([replace(person, country="RU", names=("Lavrov",))])
        assert record.state_coverage(stated) == record.state_coverage(stated) == 1
        record.save_proposals([Proposed(a, b, 0.7, "same month"), Proposed(a, "gone", 0.9, "")], [a, b])
        with pytest.raises(UsageError):
            record.state_coverage(Coverage((), "2023", "2024"))
    with Record.open(place) as record:
        assert [(one.caption, set(one.names)) for one in record.people()] == [
            ("Sergey Lavrov", {"Sergey Lavrov", "Lavrov"})
        ]
        assert record.coverage() == [stated]
        assert [one.detail for one in record.proposals()] == ["same month"]
        record.withdraw_coverage(1)
        assert record.coverage() == []


def test_a_transaction_is_kept_whole_or_not_at_all(place: str) -> None:
    with Record.open(place) as record:
        with pytest.raises(ZeroDivisionError), record.transaction():
            fill(record, [ONE, ONE])
            assert record.size()["encounters"] == 2
            raise ZeroDivisionError
        assert set(record.size().values()) == {0}


def test_threads_may_share_a_record(place: str) -> None:
    with Record.open(place) as record:

        def add(thread: int) -> None:
            for n in range(10):
                record.add_article(article(f"Text {thread} {n}"), [ONE])

        workers = [threading.Thread(target=add, args=(n,)) for n in range(4)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert record.size()["reports"] == 40


def test_a_file_that_is_no_database(file: Path) -> None:
    file.write_text("Juli 2023: Der Minister reist. " * 100)
    with pytest.raises(RecordError, match="not a database"):
        Record.open(file)
    assert file.read_text().startswith("Juli 2023")


def test_a_database_of_somebody_else_is_left_alone(file: Path) -> None:
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
    before = file.read_bytes()
    with pytest.raises(RecordError, match="no record of ours"):
        Record.open(file)
    assert file.read_bytes() == before


def test_a_record_of_a_newer_version(file: Path) -> None:
    Record.open(file).close()
    with sqlite3.connect(file) as other:
        other.execute(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")
    with pytest.raises(RecordError, match="newer version"):
        Record.open(file)


def test_places_where_no_record_can_be(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="does not exist"):
        Record.open(tmp_path / "missing" / "record.db")
    with pytest.raises(RecordError, match="There is no record at"):
        Record.open(tmp_path / "record.db", create=False)
    with pytest.raises(RecordError, match="is a directory"):
        Record.open(tmp_path)
    with pytest.raises(RecordError, match="not supported"):
        Record.open("mysql://localhost/record")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_record_only_when_asked_to(file: Path) -> None:
    file.touch()
    with pytest.raises(RecordError, match="is empty"):
        Record.open(file, create=False)
    with Record.open(file) as record:
        assert record.encounters() == []


def test_a_place_that_cannot_be_written_to(file: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write everywhere")
    file.parent.chmod(0o500)
    with pytest.raises(RecordError, match="cannot be"):
        Record.open(file)


def test_a_busy_record_says_so(file: Path) -> None:
    with Record.open(file) as record:
        with record.reading() as connection:
            connection.execute(text("PRAGMA busy_timeout=50"))
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordError, match="is busy"):
            record.add_article(article("Text a"), [ONE])
        other.execute("ROLLBACK")
        other.close()
        assert record.add_article(article("Text a"), [ONE])


def test_a_damaged_record_says_so(file: Path) -> None:
    with Record.open(file) as record:
        fill(record, [ONE] * 200)
    size = file.stat().st_size
    with file.open("r+b") as raw:
        raw.seek(size // 4)
        raw.write(b"\xff" * (size // 2))
    with pytest.raises(RecordError, match="damaged"), Record.open(file) as record:
        list(record.articles())
        record.encounters()


CHILD = """
import sys, resource
sys.path.insert(0, sys.argv[2])
from record_samples import article, visit
from summitry.errors import RecordError
from summitry.record import Record
limit = int(sys.argv[3])
with Record.open(sys.argv[1]) as record:
    if limit:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        for n in range(100_000):
            record.add_article(article(f"Text {n} " + "word " * 200), [visit("KP", "RU", "2024-06")])
            print(n, flush=True)
    except RecordError as error:
        print("stopped:", error, flush=True)
"""


def _child(file: Path, limit: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, str(file), str(Path(__file__).parent), str(limit)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _check_integrity(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_what_was_reported_done_survives_a_kill(file: Path) -> None:
    child = _child(file, 0)
    assert child.stdout is not None
    done = [int(child.stdout.readline()) for _ in range(40)]
    child.send_signal(signal.SIGKILL)
    done += [int(line) for line in child.stdout.read().split()]
    child.wait()
    child.stdout.close()
    with Record.open(file, create=False) as record:
        kept = {int(one.text.split()[1]) for one in record.articles()}
        assert set(done) <= kept
        assert record.size()["reports"] == len(kept) <= len(done) + 1
        assert record.add_article(article("Text anew"), [ONE])
    _check_integrity(file)


def test_a_full_disk_is_said_in_one_sentence_and_loses_nothing(file: Path) -> None:
    child = _child(file, 600_000)
    output, _ = child.communicate(timeout=60)
    *done, last = output.splitlines()
    assert last.startswith(f"stopped: The record {file} cannot")
    assert "full" in last
    with Record.open(file, create=False) as record:
        assert record.size()["articles"] == record.size()["reports"] == len(done) > 0
        assert record.add_article(article("Text anew"), [ONE])
    _check_integrity(file)
