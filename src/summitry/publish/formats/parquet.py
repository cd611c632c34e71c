"""The table of encounters as Parquet: the columns of the CSV, with real lists and dates instead of joined cells.

Checked by reading the file back with pyarrow and comparing rows and types.
"""

import datetime as dt
import io
from collections.abc import Sequence

import pyarrow
import pyarrow.parquet

from summitry.model import Encounter
from summitry.publish.formats.common import Context, Export, counted
from summitry.publish.formats.table import COLUMNS, rows

LISTS = (
    "guest_country",
    "guests",
    "guest_level",
    "hosts",
    "activities",
    "topics",
    "outcomes",
    "quotes",
    "sources",
    "urls",
)
DAYS = ("date_min", "date_max")


def write(encounters: Sequence[Encounter], context: Context) -> Export:
    """One row group, zstd; the schema does not depend on the rows."""
    types = {name: pyarrow.list_(pyarrow.string()) for name in LISTS} | dict.fromkeys(DAYS, pyarrow.date32())
    schema = pyarrow.schema([(name, types.get(name, pyarrow.string())) for name in COLUMNS])
    cells = rows(encounters, context)
    for row in cells:
        row |= {name: dt.date.fromisoformat(row[name]) if row[name] else None for name in DAYS}
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(cells, schema), buffer, compression="zstd")
    several = sum(len(e.sources) > 1 for e in encounters)
    lost = counted(several, "{n} encounters have several reports; what each of them says is in the JSON export only.")
    return Export(buffer.getvalue(), lost)
