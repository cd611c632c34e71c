"""Tables: every row becomes a report with its own words as evidence, or is listed with the reason why it does not."""

import csv
from pathlib import Path

import msgspec
import pytest
from table_records import DATA, TABLES, load

from summitry import pipeline
from summitry.errors import InputError, UsageError
from summitry.ingest.mapping import (
    Remark,
    Side,
    Value,
    load_mapping,
    parse_mapping,
    read_mapping,
    shipped,
    write_mapping,
)
from summitry.ingest.tablerows import Row, RowReader
from summitry.ingest.tables import Table, is_table, read_table, table_article
from summitry.ingest.texts import article
from summitry.model import Coverage, Report
from summitry.record import Record

HERE = Path(__file__).parent / "tables"
MAPPING = HERE / "journeys.toml"


@pytest.fixture(scope="module")
def table() -> Table:
    return read_table(table_article(HERE / "journeys.csv", load_mapping(MAPPING)))


def by_row(table: Table) -> dict[str, Report]:
    return {report.rule: report for report in table.reading.reports}


def test_every_row_is_a_report_or_listed(table: Table) -> None:
    assert list(by_row(table)) == ["row 2", "row 3", "row 4", "row 8", "row 11", "row 14", "row 15"]
    assert {one.row: one.reason for one in table.misfits} == {
        5: "no country is known as 'Atlantis'; name its code in [countries] of the mapping",
        6: "'2020-13-01' is no date in a form that the mapping names",
        7: "it ends on 2020-05-02, before it begins on 2020-05-09",
        9: "nobody travels in it: neither a name nor a country of the guest",
        10: "the host country is missing",
        13: "4 cells under 9 columns",
    }
    assert table.misfits[0].text.startswith("4,Olav Dahl,President")


def test_a_row_is_its_own_evidence(table: Table) -> None:
    text = table.reading.article.text
    for report in table.reading.reports:
        (quote,) = report.evidence
        assert text[quote.start : quote.end] == quote.exact
        assert report.origin == "table:journeys"
        assert report.guests[0].name in quote.exact
    assert by_row(table)["row 8"].evidence[0].exact.endswith('"Two lines:\nprivate visit"')


def test_what_the_columns_say(table: Table) -> None:
    rows = by_row(table)
    first = rows["row 2"]
    assert (first.kind, first.status, first.host_country, first.date) == (
        "visit",
        "held",
        "SE",
        "2019-03-04/2019-03-06",
    )
    guest = first.guests[0]
    assert (guest.country, guest.name, guest.role, guest.level) == ("NO", "Anna Berg", "Minister", "minister")
    assert rows["row 3"].host_country == "SU"
    assert rows["row 3"].activities == ("stop-over",)
    elect = rows["row 4"].guests[0]
    assert (elect.capacity, elect.level) == ("president-elect", None)
    assert (rows["row 4"].host_country, rows["row 4"].date) == ("PS", "2020-02-10")
    assert rows["row 8"].activities == ("private",)
    assert (rows["row 11"].date, rows["row 11"].activities) == ("2020-08", ("summit",))
    assert rows["row 11"].place is not None
    assert (rows["row 11"].place.country, rows["row 11"].host_country) == ("BM", "GB")


def test_a_remark_that_names_further_countries_makes_a_report_for_each() -> None:
    mapping = msgspec.structs.replace(
        load_mapping(MAPPING),
        remarks=(Remark(("notes",), r"crossed into (?P<country>[A-Z]\w+)"), Remark(("notes",), r"via (?P<country>[^.]+)", activity="stop-over")),
        host=Side(country=Value(columns=("to",))),
    )  # fmt: skip
    cells = {"who": "Anna Berg", "office": "Minister", "from": "Norway", "to": "Finland", "begins": "2020-01-02"}
    told = cells | {"notes": "Talks; crossed into Russian territory. Returned via Tallinn, Latvia and Sweden."}
    reports = RowReader(mapping).read(Row(2, told))
    assert [(one["host_country"], one["activities"]) for one in reports if isinstance(one, dict)] == [
        ("FI", ()), ("RU", ()), ("EE", ("stop-over",)), ("LV", ("stop-over",)), ("SE", ("stop-over",)),
    ]  # fmt: skip


def test_what_a_table_is_complete_for(table: Table) -> None:
    assert table.coverage == (
        Coverage(("NO",), "1980", "2021-01-07", source="nobody", guest=("NO",), kind=("visit",)),
    )  # fmt: skip


def test_a_stored_table_reads_the_same_without_its_files(table: Table) -> None:
    assert is_table(table.reading.article)
    assert not is_table(article("Somebody met somebody.", "a.txt"))
    assert read_table(table.reading.article) == table
    mapping = load_mapping(MAPPING)
    assert read_mapping(write_mapping(mapping)) == mapping


def _rows() -> list[list[str]]:
    with (HERE / "journeys.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.reader(file) if len(row) in (0, 9)]


def _core(table: Table) -> list[tuple[object, ...]]:
    return [(one.rule, one.guests, one.date, one.host_country, one.activities) for one in table.reading.reports]


def test_the_same_rows_in_every_format(tmp_path: Path) -> None:
    rows = [row for row in _rows() if row]
    mapping = load_mapping(MAPPING)
    written = {ending: tmp_path / f"t.{ending}" for ending in ("csv", "tsv", "xlsx", "parquet")}
    for ending, delimiter in (("csv", ","), ("tsv", "\t")):
        with written[ending].open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(written["xlsx"])
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(
        pyarrow.table({name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])}), written["parquet"]
    )
    read = {ending: _core(read_table(table_article(path, mapping))) for ending, path in written.items()}
    assert len(read["csv"]) == 7
    assert read["csv"] == read["tsv"] == read["xlsx"] == read["parquet"]


def test_days_and_numbers_of_a_workbook_are_text_again(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    from datetime import datetime

    book = openpyxl.Workbook()
    book.active.append(_rows()[0])
    book.active.append(
        [1.0, "Anna Berg", "Minister", "Norway", "Sweden", datetime(2019, 3, 4), datetime(2019, 3, 6), None, None]
    )
    book.save(tmp_path / "t.xlsx")
    (report,) = read_table(table_article(tmp_path / "t.xlsx", load_mapping(MAPPING))).reading.reports
    assert report.date == "2019-03-04/2019-03-06"
    assert report.evidence[0].exact.startswith("1,Anna Berg")


def test_tables_that_cannot_be_read(tmp_path: Path) -> None:
    mapping = load_mapping(MAPPING)
    for name, content, reason in (
        ("no.csv", None, "cannot be read"),
        ("empty.csv", b"", "is empty"),
        ("other.csv", b"a,b\n1,2\n", "has no column begins"),
        ("word.doc", b"x", "is no table"),
        ("broken.xlsx", b"no workbook", "is no Excel workbook"),
        ("broken.parquet", b"no parquet", "is no Parquet file"),
    ):
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(InputError, match=reason):
            table_article(path, mapping)


def test_mappings_that_are_none(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="us-president-travels"):
        load_mapping("nonsense")
    good = MAPPING.read_text("utf-8")
    for wrong in (good.replace("[when]", "[whem]"), good.replace('"(?i)^stopped"', '"(?i"'), good + "\nx = ["):
        with pytest.raises(UsageError, match="my mapping"):
            parse_mapping(wrong, "my mapping")


def test_shipped_mappings_are_well_formed() -> None:
    assert set(shipped()) == {"colt", *TABLES}
    for name in shipped():
        assert load_mapping(name).credit


def test_the_mapping_in_the_manual_is_one() -> None:
    page = (Path(__file__).parents[1] / "docs" / "how-to" / "import-a-table.md").read_text("utf-8")
    whole = page.split("```toml\n")[1].partition("```")[0]
    assert parse_mapping(whole, "the manual").coverage[0].people == ("NO foreign-minister",)


COLT = (
    "TripID,LeaderCountryOrIGO,LeaderCountryISO,LeaderRole,LeaderTitle,LeaderSurname,LeaderFullName,Exiled,CountryVisited,"
    "CountryVisitedISO,CityVisited,TripYear,TripStartDate,TripEndDate,HostHOGSName,AttendedMultilatEvent,NameMultilatEvent,"
    "SignedAgreement,Notes\n"
    'A1,Brazil,BRA,GS,President,Lula,Luiz Inácio Lula da Silva,0,Portugal,PRT,Lisbon,2004,10/3/2004,10/5/2004,,1,"A summit",0,\n'
    "A2,Germany,DEU,F,Foreign Minister,Fischer,Joschka Fischer,0,Japan,JPN,Tokyo,2004,TBD,TBD,,0,,0,\n"
)


def test_colt_is_latin_and_often_knows_only_the_year(tmp_path: Path) -> None:
    path = tmp_path / "colt.csv"
    path.write_bytes(COLT.encode("latin-1"))
    table = read_table(table_article(path, load_mapping("colt")))
    first, second = table.reading.reports
    assert not table.misfits
    assert first.guests[0].name == "Luiz Inácio Lula da Silva"
    assert (first.guests[0].country, first.guests[0].level, first.host_country) == ("BR", "leader", "PT")
    assert (first.date, first.activities) == ("2004-10-03/2004-10-05", ("summit",))
    assert (second.guests[0].level, second.date, second.activities) == ("minister", "2004", ())


def test_rows_enter_a_record_one_by_one(table: Table, place: str) -> None:
    """Two stays of one traveller on following days are two rows, and stay two encounters."""
    with Record.open(place) as record:
        added, misfits = pipeline.import_table(record, HERE / "journeys.csv", MAPPING)
        assert misfits == table.misfits
        assert added.reports == 7
        again, _ = pipeline.import_table(record, HERE / "journeys.csv", MAPPING)
        assert again.new == 0
        assert record.coverage() == list(table.coverage)
        assert len(record.encounters()) == 7


@pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not beside the repository")
def test_the_tables_of_the_us_historian() -> None:
    tables = {name: load(name) for name in TABLES}
    rows = {
        name: len({one.rule for one in table.reading.reports}) + len(table.misfits) for name, table in tables.items()
    }
    assert rows == {"us-president-travels": 832, "us-secretary-travels": 3439, "us-visits-by-foreign-leaders": 3264}
    misfits = [one.reason for table in tables.values() for one in table.misfits]
    assert len(misfits) == 3
    assert all("'Hawaii'" in reason for reason in misfits)  # a kingdom, and then a republic, without a code
    presidents = tables["us-president-travels"].reading.reports
    assert sum(one.guests[0].capacity == "president-elect" for one in presidents) == 17
    assert all(one.date and one.host_country for table in tables.values() for one in table.reading.reports)
