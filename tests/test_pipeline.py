"""Where stages meet: language detection, the same record in any order, people and summits, tables, house spellings."""

import random
from collections.abc import Sequence
from pathlib import Path

import msgspec
import pytest
from conftest import SHARED, Places

import summitry
from summitry import Options, Record, authority, detection, lexicon, merging, pipeline, publish, writing
from summitry.errors import InputError, LanguageError, UsageError
from summitry.ingest.texts import article
from summitry.model import Article, Judgement, Participation, Quote, Reading, Report
from summitry.publish import Options as Writing
from summitry.record import Unsettled
from summitry.resolve import Identifier

# Languages


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Der Präsident reiste am Montag nach Berlin und sprach dort mit dem Kanzler über die Lage in der Region. " * 2, "de"),
        ("The president travelled to Berlin on Monday and spoke with the chancellor about the state of the region. " * 2, "en"),
        ("Scholz trifft Macron in Paris", "de"),
        ("Scholz meets Macron in Paris", "en"),
    ],
)  # fmt: skip
def test_the_language_is_told_from_the_text(text: str, tag: str) -> None:
    assert detection.detect(text) == tag


@pytest.mark.parametrize(
    "text",
    [
        "Il presidente è arrivato lunedì a Berlino e ha parlato con il cancelliere della situazione nella regione. "
        * 3,
        "De president reisde maandag naar Berlijn en sprak daar met de kanselier over de toestand in de regio. " * 3,
        "Præsidenten rejste mandag til Berlin og talte med kansleren om situationen i regionen og om handel. " * 3,
        "Prezydent udał się w poniedziałek do Berlina i rozmawiał z kanclerzem o sytuacji w regionie. " * 3,
        "総理大臣は月曜日にベルリンを訪れ、首相と地域情勢について話し合った。" * 3,
        "وصل الرئيس إلى برلين يوم الاثنين وتحدث مع المستشار حول الوضع في المنطقة. " * 3,
        "Ο πρόεδρος ταξίδεψε τη Δευτέρα στο Βερολίνο και μίλησε με τον καγκελάριο. " * 3,
        "1 2 3 4 5 6 7 8 9 … !!! ???",
    ],
)
def test_a_text_in_none_of_our_languages_is_refused_by_name(text: str) -> None:
    with pytest.raises(InputError, match=r"x\.txt .*languages we read .*Deutsch"):
        detection.detect(text, "x.txt")


def test_gold_documents_are_told_by_their_words() -> None:
    folder = SHARED / "gold" / "documents"
    if not folder.is_dir():
        pytest.skip("the development documents are not here")
    found = {}
    for path in sorted(folder.glob("*.gold.json")):
        gold = msgspec.json.decode(path.read_bytes())
        if gold["lang"] in lexicon.languages():
            text = path.with_name(path.name.replace(".gold.json", ".txt")).read_text("utf-8")
            found[path.name] = (detection.detect(text), gold["lang"])
    assert len(found) > 10
    assert all(told == true for told, true in found.values()), found


# Reading


def test_reading_is_pure_and_leaves_the_article_alone() -> None:
    text = "Bundeskanzler Olaf Scholz besuchte am 22. Januar 2023 Paris und traf Präsident Emmanuel Macron."
    first, second = (summitry.read_text(text, published="2023-01-23") for _ in range(2))
    assert first == second and first.article.text == text and len(first.reports) == 1


def test_what_cannot_be_read_is_an_error_with_a_sentence() -> None:
    with pytest.raises(InputError, match="empty"):
        summitry.read_text(" \n")
    with pytest.raises(summitry.DateError):
        summitry.read_text("Der Präsident reist.", published="today")
    with pytest.raises(LanguageError, match="xx"):
        summitry.read_text("Der Präsident reist.", lang="xx")
    with pytest.raises(InputError, match="1,000,000"):
        summitry.read_text("a " * 600_000)


def said(date: str, status: str) -> Reading:
    report = Report(
        kind="visit", status=status, guests=(Participation("FR"),), hosts=(), evidence=(Quote(0, 1, "x"),), date=date  # type: ignore[arg-type]
    )  # fmt: skip
    return Reading(Article(id="sha256:0", text="x", source="x.txt", published="2024-06-20"), (report,), ())


@pytest.mark.parametrize(
    ("date", "status", "doubted"),
    [
        ("2024-06-20", "held", False),
        ("2024-06", "held", False),
        ("2024-06-21", "held", True),
        ("2024-12-01", "planned", False),
        ("2028-01-01", "planned", True),
    ],
)
def test_dates_that_nobody_could_know_are_doubted(date: str, status: str, doubted: bool) -> None:
    assert bool(pipeline.doubts(said(date, status))) is doubted


# Adding


def exported(record: Record) -> list[object]:
    return [msgspec.to_builtins(one) for one in record.encounters()]


def built(path: str | Path, inputs: Sequence[Sequence[Path]]) -> list[object]:
    with Record.open(path) as record:
        for part in inputs:
            summitry.add(record, part)
        return exported(record)


def test_the_order_of_articles_makes_no_difference(sample: Path, tmp_path: Path, new_place: Places) -> None:
    lines = (sample / "articles.jsonl").read_text("utf-8").splitlines()
    files = []
    for number, line in enumerate(lines):
        fields = msgspec.json.decode(line)
        if "file" in fields:
            fields["text"] = (sample / fields.pop("file")).read_text("utf-8")
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(msgspec.json.encode(fields))
        files.append(file)
    at_once = built(new_place(), [files])
    for seed in range(3):
        shuffled = random.Random(seed).sample(files, len(files))
        cut = [shuffled[at : at + 1 + seed] for at in range(0, len(shuffled), 1 + seed)]
        assert built(new_place(), cut) == at_once
    assert len(at_once) > 5


def test_a_rebuild_of_a_fresh_record_changes_nothing(sample: Path, place: str) -> None:
    with Record.open(place) as record:
        summitry.add(record, [sample / "articles.jsonl"])
        before = exported(record)
        changes = pipeline.rebuild(record)
        assert exported(record) == before
    assert (changes.created, changes.gone, changes.changed) == ((), (), ())
    assert changes.articles == 10


def test_people_have_one_spelling_and_keep_all_they_are_printed_in(tmp_path: Path, place: str) -> None:
    texts = {
        "Der russische Außenminister Sergej Lawrow besuchte am 3. Mai 2023 Pjöngjang.": "de",
        "Russian Foreign Minister Sergey Lavrov visited Pyongyang on May 3, 2023.": "en",
    }
    lines = [{"id": lang, "text": text, "lang": lang, "published": "2023-05-04"} for text, lang in texts.items()]
    path = tmp_path / "both.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    with Record.open(place) as record:
        summitry.add(record, [path])
        (visit,) = record.encounters()
        assert visit.guests[0].name == "Sergey Lavrov"
        assert set(visit.names) == {"Sergej Lawrow", "Sergey Lavrov"} and len(visit.sources) == 2
        assert visit.guests[0].person == "ru-sergey-lavrov"
        spelled = writing.house_names(record, [visit], "de")
        assert spelled == {"ru-sergey-lavrov": "Sergej Lawrow"}
        text = summitry.to_text(summitry.write(record, summitry.Query(), Writing(lang="de")))
        assert "Lawrow" in text and "Pjöngjang" in text and "Lavrov" not in text
        text = summitry.to_text(summitry.write(record, summitry.Query(), Writing(lang="en")))
        assert "Lavrov" in text and "Pyongyang" in text


def test_what_a_stopped_run_filed_is_settled_by_the_next_one(tmp_path: Path, new_place: Places) -> None:
    article = tmp_path / "lawrow.txt"
    article.write_text("Der russische Außenminister Sergej Lawrow besuchte am 3. Mai 2023 Pjöngjang.\n")
    whole = built(new_place(), [[article]])

    def stop(_: str) -> None:
        raise KeyboardInterrupt

    with Record.open(new_place()) as record:
        with pytest.raises(KeyboardInterrupt):
            summitry.add(record, [article], progress=stop)
        assert record.unsettled().countries == ("RU",) and exported(record) != whole
        assert summitry.add(record, [article]).new == 0
        assert record.unsettled() == Unsettled() and exported(record) == whole


def test_a_surname_finds_its_owner_when_a_later_article_names_him(tmp_path: Path, new_place: Places) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("Der deutsche Minister Karl Brandner besuchte am 3. Mai 2023 Warschau.\n")
    two.write_text("Der deutsche Minister Brandner besuchte am 9. Juli 2023 Warschau.\n")
    ways = ([[one, two]], [[two], [one]])
    records = [built(new_place(), way) for way in ways]
    assert records[0] == records[1]
    names = {one["guests"][0]["name"] for one in records[0]}  # type: ignore[index]
    assert names == {"Karl Brandner"}


def test_a_repeated_visit_is_remarked_only_for_the_same_place(tmp_path: Path, place: str) -> None:
    path = tmp_path / "visits.txt"
    path.write_text(
        "Juli 2023\n\n- Der russische Minister Iwan Beispielow besuchte Pjöngjang.\n\n"
        "September 2023\n\n- Beispielow besuchte Pjöngjang.\n\nOktober 2023\n\n- Beispielow besuchte Wonsan.\n"
    )
    with Record.open(place) as record:
        summitry.add(record, [path], Options(published="2024-01-01"))
        found = summitry.find(record, summitry.Query())
        remarked = [one.date for one in found if one.id in writing.remarks(record, found)]
    assert [one.date for one in found] == ["2023-07", "2023-09", "2023-10"]
    assert remarked == ["2023-09"]


def test_known_places_have_names_and_coordinates(filled: Path) -> None:
    with Record.open(filled) as record:
        found = record.encounters()
    assert publish.usual_places(found, "en").get("Warschau", "Warsaw") == "Warsaw"
    latitude, longitude = publish.coordinates(found)["Paris"]
    assert 48 < latitude < 49 and 2 < longitude < 3


# Tables


def test_a_table_is_imported_once_and_survives_a_rebuild(tmp_path: Path, place: str) -> None:
    table = SHARED / "data" / "us-president-travels.csv"
    if not table.is_file():
        pytest.skip("the table is not here")
    head = table.read_text("utf-8").splitlines(keepends=True)[:60]
    path = tmp_path / "travels.csv"
    path.write_text("".join(head), "utf-8")
    with Record.open(place) as record:
        added, misfits = pipeline.import_table(record, path, "us-president-travels")
        assert added.new == 1 and added.reports + len(misfits) == 59 and record.coverage()
        before = exported(record)
        again, _ = pipeline.import_table(record, path, "us-president-travels")
        assert (again.new, again.known) == (0, 1) and exported(record) == before
        pipeline.rebuild(record)
        assert exported(record) == before
        with pytest.raises(UsageError, match="no-such-mapping"):
            pipeline.import_table(record, path, "no-such-mapping")
        with pytest.raises(InputError):
            pipeline.import_table(record, tmp_path / "missing.csv", "us-president-travels")


# The document the project began with


def test_the_fact_box_is_held_counted_and_checked(tmp_path: Path, place: str) -> None:
    document = SHARED / "gold" / "documents" / "factbox-de.txt"
    if not document.is_file():
        pytest.skip("the fact box is not here")
    with Record.open(place) as record:
        summitry.add(record, [document], Options(published="2024-06-20"))
        rule = summitry.CountingRule(between=("KP", "RU"), start="2023-07", end="2024-06-20")
        assert (summitry.count(record, rule).low, summitry.count(record, rule).high) == (29, 29)
        found = summitry.count(record, msgspec.structs.replace(rule, start="2024-01-01"))
        assert (found.low, found.high) == (20, 20)
        (reading,) = summitry.readings([document], Options(published="2024-06-20"))
        assert isinstance(reading, Reading)
        verdicts = {one.claim.text: one.verdict for one in summitry.check(record, reading)}
    counts = {text: verdict for text, verdict in verdicts.items() if "18" in text or "zwei Dutzend" in text}
    assert sorted(counts.values()) == ["depends-on-rule", "supported"], verdicts


# Settling


def summit(sides: str, *, key: str = "s", date: str = "2024-05-17") -> Reading:
    """An article about a meeting in Seoul of these countries."""
    text = f"{key} {sides}"
    guests = tuple(Participation(country, level="leader") for country in sides.split())
    report = Report("meeting", "held", guests, (), (Quote(0, 1, text[0]),), date=date, host_country="KR")
    return Reading(article(text, key, published=date), (report,), ())


def filed(record: Record, *told: Reading) -> None:
    identifier = Identifier(authority.load())
    merging.file(record, [merging.prepare(one, identifier) for one in told])
    merging.settle(record, authority.load())


def family(record: Record) -> dict[int, int | None]:
    """Number of sides of each encounter -> of its parent."""
    sides = {one.id: len(one.guests) for one in record.encounters()}
    return {sides[one.id]: sides.get(one.parent or "") for one in record.encounters()}


def test_bilaterals_find_their_summit_whichever_was_filed_first(new_place: Places) -> None:
    told = [summit("KR JP"), summit("KR JP CN"), summit("KR US", key="t")]
    for order in (told, told[::-1]):
        with Record.open(new_place()) as record:
            for one in order:
                filed(record, one)
            assert len(record.encounters()) == 3
            parents = {tuple(who.country for who in one.guests): one.parent for one in record.encounters()}
            assert parents["KR", "JP"] is not None and parents["KR", "US"] is None


def test_a_summit_that_is_withdrawn_or_moved_lets_its_bilaterals_go(place: str) -> None:
    with Record.open(place) as record:
        filed(record, summit("KR JP"), summit("KR JP CN"))
        assert family(record) == {2: 3, 3: None}
        (big,) = (one.id for one in record.encounters() if len(one.guests) == 3)
        for change in ({"verdict": "withdraw"}, {"verdict": "correct", "field": "date", "value": "2023-05-17"}):
            made = merging.judge(
                record,
                Judgement(**({"id": "", "subject": big, "author": "desk", "time": ""} | change)),
                authority.load(),
            )
            assert family(record)[2] is None
            merging.undo(record, made.id, authority.load())
            assert family(record) == {2: 3, 3: None}


def test_who_serves_a_union_and_a_state_keeps_the_names_of_both(place: str) -> None:
    def visit(country: str, name: str, date: str) -> Reading:
        guests = (Participation(country, name, level="leader"),)
        report = Report("visit", "held", guests, (), (Quote(0, 1, name[0]),), date=date, host_country="UA")
        return Reading(article(f"{name} {date}", date, published=date), (report,), ())

    with Record.open(place) as record:
        filed(record, visit("EU", "Ursula von der Leyen", "2023-02-02"))
        filed(record, visit("DE", "Урсула фон дер Ляйен", "2018-02-02"))
        (person,) = record.people()
        assert {"Ursula von der Leyen", "Урсула фон дер Ляйен"} <= set(person.names)
        assert {one.guests[0].name for one in record.encounters()} == {person.caption}
        assert [(one.country, one.name) for one in record.spellings()] == [
            ("DE", "Урсула фон дер Ляйен"), ("EU", "Ursula von der Leyen")
        ]  # fmt: skip


def test_a_person_whom_no_article_names_any_more_is_gone(place: str) -> None:
    with Record.open(place) as record:
        one = summit("KR JP CN")
        guest = Participation("KR", "Gil-dong Hong", level="minister")
        filed(record, msgspec.structs.replace(one, reports=(msgspec.structs.replace(one.reports[0], guests=(guest,)),)))
        assert [person.caption for person in record.people()] == ["Gil-dong Hong"]
        pipeline.rebuild(record)  # nothing can be read in this text
        assert record.people() == [] and record.encounters() == []
