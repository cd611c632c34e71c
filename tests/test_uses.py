"""Which claims count an encounter: those of its countries whose rule admits it, as `show` and its page say."""

from pathlib import Path

import pytest

from summitry import ask, pipeline
from summitry.record import Record

TEXTS = {
    "one.txt": "Russian Foreign Minister Sergei Lavrov visited Pyongyang on October 19, 2023.",
    "two.txt": "Sergei Lavrov visited North Korea once in 2023. Sergei Lavrov visited North Korea twice in 2018.",
    "three.txt": "Sergei Lavrov visited Turkey three times in 2023. Russia sent 18 delegations to North Korea in 2023.",
}


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "record.db")


def test_claims_that_count_an_encounter(record: Record, tmp_path: Path) -> None:
    with record:
        for name, text in TEXTS.items():
            (tmp_path / name).write_text(text, "utf-8")
        pipeline.add(record, [tmp_path / name for name in TEXTS])
        (visit,) = record.encounters(
            ask.find_ids(record, ask.Query(between=("KP", "RU"), start="2023-10", end="2023-10", kind=("visit",)))
        )
        said = [one.claim.text for one in ask.counting(record, visit)]
    assert "Sergei Lavrov visited North Korea once in 2023" in said
    assert "18 delegations to North Korea in 2023" in said
    assert not [text for text in said if "Turkey" in text or "2018" in text]
