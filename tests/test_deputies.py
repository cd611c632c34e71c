"""A deputy ranks below the office, however it is put, and is not the holder of that office whom the text names."""

import pytest

from summitry.pipeline import read_text


@pytest.mark.parametrize(
    ("lang", "who", "level"),
    [
        ("en", "Ukrainian Deputy Prime Minister Olha Stefan", "minister"),
        ("en", "US Vice President Ann Lee", "minister"),
        ("en", "Kenya's deputy president, Ann Lee,", "minister"),
        ("en", "Indian Deputy Foreign Minister Ann Lee", "vice-minister"),
        ("en", "Indian Prime Minister Ann Lee", "leader"),
        ("de", "Der ukrainische Vize-Ministerpräsident Ole Hansen", "minister"),
        ("de", "Der stellvertretende ukrainische Ministerpräsident Ole Hansen", "minister"),
        ("de", "Die stellvertretende indische Außenministerin Ann Lee", "vice-minister"),
        ("de", "Der ukrainische Ministerpräsident Ole Hansen", "leader"),
    ],
)
def test_a_deputy_ranks_below(lang: str, who: str, level: str) -> None:
    trip = "besuchte am 3. Mai 2023 Paris." if lang == "de" else "visited Paris on May 3, 2023."
    (report,) = read_text(f"{who} {trip}", lang=lang, published="2023-05-04").reports
    assert [one.level for one in report.guests] == [level]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The Ukrainian deputy prime minister visited Paris on Monday. Prime Minister Oleh Kravets met Petr Kolar in Prague on Tuesday."),
        ("de", "Der ukrainische Vize-Ministerpräsident besuchte am Montag Paris. Ministerpräsident Oleh Kravets reiste am Dienstag nach Prag."),
    ],
)  # fmt: skip
def test_an_unnamed_deputy_is_not_the_holder_of_the_office(lang: str, text: str) -> None:
    first = read_text(text, lang=lang, published="2023-05-04").reports[0]
    assert first.host_country == "FR" and [one.name for one in first.guests] == [None]
