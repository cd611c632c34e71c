"""Tables of encounters to reports: CSV, TSV, XLSX or Parquet by a mapping that says which column is what.

    mapping = load_mapping("us-president-travels")       # or the path of a .toml file
    article = table_article(path, mapping)               # the table as one text; InputError if it cannot be read
    table = read_table(article)                          # pure: Table(reading, misfits, coverage)
    for article in record.articles(): if is_table(article): read_table(article)      # when a record is rebuilt

A table is one article: a first line with the mapping, then the rows as CSV, so that every report quotes its own row
and a record can be rebuilt without the files. `Report.rule` is "row 23" as a spreadsheet numbers it (the header is
row 1), `Report.origin` is "table:" and the name of the mapping. Rows that do not fit come out as misfits with a
reason. `Table.coverage` is what the table claims to be complete for; whoever imports it states that of the record.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from summitry.errors import InputError
from summitry.ingest.mapping import Mapping, columns_of, read_mapping, write_mapping
from summitry.ingest.tablerows import Row, RowReader, stated_coverage
from summitry.ingest.texts import decode, text_id
from summitry.model import Article, Coverage, Noun, Quote, Reading, Report

_MARK: Final = "#summitry-table "
_ENDINGS: Final = (".csv", ".tsv", ".tab", ".xlsx", ".parquet")


class Misfit(Noun, frozen=True):
    """A row that makes no report: its number as a spreadsheet shows it, why, and what stands in it."""

    row: int
    reason: str
    text: str


class Table(Noun, frozen=True):
    """Everything that a table says, what does not fit, and what it claims to be complete for."""

    reading: Reading
    misfits: tuple[Misfit, ...]
    coverage: tuple[Coverage, ...]


def table_article(path: str | Path, mapping: Mapping) -> Article:
    """The table in the file `path` as an article. Raises InputError if it cannot be read or lacks a column."""
    file = Path(path)
    try:
        text = _text(file, mapping)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror or error}.") from error
    if not text.strip():
        raise InputError(f"{file} is empty; there is no table in it.")
    header = next(csv.reader(io.StringIO(text)), [])
    missing = sorted(columns_of(mapping) - set(header))
    if missing:
        raise InputError(
            f"{file} has no column {', '.join(missing)}, which the mapping {mapping.name} needs; "
            f"its columns are {', '.join(header)}."
        )
    whole = f"{_MARK}{write_mapping(mapping)}\n{text}"
    return Article(text_id(whole), whole, str(file), lang=mapping.language, title=mapping.title, key=file.stem)


def is_table(article: Article) -> bool:
    """Whether an article of the record is an imported table."""
    return article.text.startswith(_MARK)


def read_table(article: Article) -> Table:
    """The reports, misfits and coverage of an article that `table_article` made. Raises UsageError for any other."""
    head, _, _ = article.text.partition("\n")
    mapping = read_mapping(head.removeprefix(_MARK))
    reader = RowReader(mapping)
    reports: list[Report] = []
    misfits: list[Misfit] = []
    for row, quote in _rows(article.text, len(head) + 1):
        found = reader.read(row)
        if isinstance(found, str):
            misfits.append(Misfit(row.number, found, quote.exact))
        else:
            rule, origin = f"row {row.number}", f"table:{mapping.name}"
            reports += [Report(**fields, evidence=(quote,), rule=rule, origin=origin) for fields in found]
    coverage = stated_coverage(mapping, reports)
    return Table(Reading(article, tuple(reports), ()), tuple(misfits), coverage)


def _rows(text: str, begin: int) -> Iterator[tuple[Row, Quote]]:
    """The rows of the CSV that begins at `begin`, each with the characters it stands in; empty ones are left out."""
    lines = io.StringIO(text[begin:], newline="").readlines()
    reader = csv.reader(lines)
    header = next(reader)
    at = begin + sum(map(len, lines[: reader.line_num]))
    used = reader.line_num
    for number, cells in enumerate(reader, start=2):
        size = sum(map(len, lines[used : reader.line_num]))
        exact = text[at : at + size].rstrip("\r\n")
        if any(cell.strip() for cell in cells):
            values = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
            fits = len(cells) == len(header)
            yield (
                Row(number, values, None if fits else f"{len(cells)} cells under {len(header)} columns"),
                Quote(at, at + len(exact), exact),
            )
        at, used = at + size, reader.line_num


def _text(file: Path, mapping: Mapping) -> str:
    """The table as CSV; the file's own text where it is one."""
    ending = file.suffix.lower()
    if ending == ".xlsx":
        return _written(_xlsx(file))
    if ending == ".parquet":
        return _written(_parquet(file))
    if ending not in _ENDINGS:
        raise InputError(f"{file} is no table; give a file that ends in {', '.join(_ENDINGS)}.")
    data = file.read_bytes()
    if mapping.encoding == "utf-8":
        text = decode(data, str(file))
    else:
        try:
            text = data.decode(mapping.encoding)
        except (UnicodeDecodeError, LookupError) as error:
            raise InputError(f"{file} is not in the encoding {mapping.encoding} that its mapping names.") from error
    delimiter = "\t" if ending in (".tsv", ".tab") else mapping.delimiter
    return text if delimiter == "," else _written(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _written(rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> str:
    """A cell as text; a moment without a time of day is a day, a whole number has no point."""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _xlsx(file: Path) -> Iterator[Iterable[Any]]:
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        raise InputError(f"{file}: Excel files need the package openpyxl: pip install 'summitry[xlsx]'.") from error
    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets errors of zipfile, XML and its own through
        raise InputError(f"{file} is no Excel workbook or is damaged; save it as .xlsx or .csv.") from error
    try:
        yield from book.worksheets[0].iter_rows(values_only=True)
    finally:
        book.close()


def _parquet(file: Path) -> Iterator[Iterable[Any]]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ModuleNotFoundError as error:
        raise InputError(f"{file}: Parquet files need the package pyarrow: pip install 'summitry[parquet]'.") from error
    try:
        table = parquet.read_table(file)
    except pyarrow.ArrowException as error:
        raise InputError(f"{file} is no Parquet file or is damaged.") from error
    yield table.column_names
    for batch in table.to_batches():
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


__all__ = ["Misfit", "Table", "is_table", "read_table", "table_article"]
