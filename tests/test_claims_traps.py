"""Traps of the US Historian's tables: where the country that a row stands under is not all that there is to it."""

from collections.abc import Iterator

import pytest
from table_records import DATA, TABLES, fill, load

from summitry import pipeline
from summitry.record import Record

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not beside the repository")

TODAY = "2024-06-01"
FALSE = ("contradicted",)
OPEN = ("depends-on-rule", "possible", "not-checkable")
TRUE = ("supported",)
TRAPS = [
    # a remark that names the other side of a border; the row stands under South Korea
    ("en", "No US president has ever visited North Korea.", FALSE),
    ("de", "Noch nie hat ein US-Präsident Nordkorea besucht.", FALSE),
    ("en", "Donald Trump was the first sitting US president to set foot in North Korea.", TRUE),
    # a remark that names stops on the way home
    ("en", "No US president has ever visited Suriname.", OPEN),
    ("en", "Lyndon Johnson was the first US president to visit Suriname.", OPEN),
    # territories that are no states of their own, and may be listed under their state
    ("en", "No US president has ever visited Hong Kong.", FALSE),
    ("de", "Noch nie hat ein US-Außenminister Grönland besucht.", FALSE),
    ("en", "No US president has ever been to Greenland.", TRUE),
    ("en", "No US president has ever visited Bermuda.", FALSE),
    # who travels abroad is not listed at home
    ("en", "No US president has ever visited Puerto Rico.", OPEN),
    # parts of a country
    ("en", "No US president has ever been to Northern Ireland.", (*FALSE, *OPEN)),
    ("de", "Noch nie war ein US-Präsident in Schottland.", (*FALSE, *OPEN)),
    # colonies then, states now; states then, others now
    ("en", "No US president has ever visited Algeria.", OPEN),
    ("en", "Barack Obama was the first US president to visit Trinidad and Tobago.", OPEN),
    ("en", "Bill Clinton was the first US president to visit the Czech Republic.", OPEN),
    ("en", "Bill Clinton was the first US president to visit Ukraine.", OPEN),
    ("en", "No US president has ever visited Yugoslavia.", FALSE),
    ("en", "No US president has ever visited Taiwan.", FALSE),
    ("en", "James Baker was the first US secretary of state to visit East Germany.", TRUE),
    ("de", "Kein US-Präsident hat je die DDR besucht.", TRUE),
    # countries within others
    ("en", "Joe Biden never visited the Vatican.", FALSE),
    ("en", "Barack Obama visited the Vatican twice.", TRUE),
    ("en", "Joe Biden was the first US president to visit the Palestinian territories.", FALSE),
    # not as president
    ("en", "Ronald Reagan visited Mexico as president-elect.", TRUE),
    ("en", "Herbert Hoover visited Argentina as president.", FALSE),
    ("en", "Jimmy Carter visited North Korea as former president.", OPEN),
    # several rows for one stay
    ("en", "Ronald Reagan visited Germany three times.", OPEN),
    # a king's number is no ordinal
    ("de", "König Abdullah II. von Jordanien besuchte die USA 2009 einmal.", TRUE),
    # the year since which there was none holds the last one
    ("en", "No American president has been to Syria since Bill Clinton in 1994.", TRUE),
    ("de", "Seit 2016 war kein US-Präsident mehr in Laos.", TRUE),
]  # fmt: skip


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    with Record.open(tmp_path_factory.mktemp("tables") / "record.db") as made:
        fill(made, [load(name) for name in TABLES])
        yield made


@pytest.mark.parametrize(("lang", "text", "allowed"), TRAPS, ids=[text for _, text, _ in TRAPS])
def test_trap(record: Record, lang: str, text: str, allowed: tuple[str, ...]) -> None:
    verdicts = pipeline.check(record, pipeline.read_text(text, published=TODAY, lang=lang))
    assert [one.verdict for one in verdicts if one.verdict not in allowed] == [], verdicts[0].why
    assert verdicts


def test_a_list_that_leaves_some_out_says_so(record: Record) -> None:
    text = "Wladimir Putin war seit 2015 nicht mehr in den USA."
    (one,) = pipeline.check(record, pipeline.read_text(text, published=TODAY, lang="de"))
    assert one.verdict == "supported" and "Vereinten Nationen" in one.why
