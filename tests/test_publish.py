"""The chronicle: golden texts that a person has read, and what must hold of every chronicle.

`UPDATE_GOLDEN=1 pytest tests/test_publish.py` writes the golden files anew; read the difference before committing it.
"""

import json
import os
import re
import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summitry.errors import LanguageError, UsageError
from summitry.model import Encounter, Participation, Place, Quote, Report, Source
from summitry.publish import Chronicle, Options, Remark, chronicle, languages, places, to_html, to_markdown, to_text
from summitry.publish.formats.common import titles
from summitry.publish.grammar import polish
from summitry.publish.people import declined_name
from summitry.publish.tables import load
from summitry.publish.versions import changes, changes_text
from summitry.territories import territories

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
FACTBOX = HERE.parents[1] / "shared" / "gold" / "documents" / "factbox-de.gold.json"
REMARKS = {
    "m01": (Remark("first-since", since="2020"),),
    "m16": (Remark("again"),),
    "m17": (Remark("nth", n=2, within="P3M"),),
}


def mixed() -> list[Encounter]:
    return msgspec.json.decode((GOLDEN / "mixed.json").read_bytes(), type=list[Encounter])


def factbox() -> list[Encounter]:
    if not FACTBOX.is_file():
        pytest.skip("the annotated fact box is not here")
    found = []
    for number, row in enumerate(json.loads(FACTBOX.read_text("utf-8"))["encounters"], 1):
        row |= {"id": f"e{number:02}", "date": row.get("date")}
        row["place"] = (
            {"text": row["place"], "name": row["place"], "country": row["host_country"]} if row["place"] else None
        )
        found.append(msgspec.convert(row, Encounter))
    return found


def compare(name: str, text: str) -> None:
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, "utf-8")
    assert text == file.read_text("utf-8")


def texts(result: Chronicle) -> list[str]:
    return [entry.text for section in result.sections for entry in section.entries]


def visit(**changes: object) -> Encounter:
    values: dict[str, object] = {
        "id": "x1",
        "kind": "visit",
        "status": "held",
        "guests": (Participation("RU", "Anton Below", "Außenminister", "minister"),),
        "hosts": (),
        "date": "2031-05",
        "host_country": "KP",
        "place": Place("Pjöngjang", "Pjöngjang", "KP"),
    }
    return Encounter(**(values | changes))  # type: ignore[arg-type]


def sentence(encounter: Encounter, lang: str = "de", **options: object) -> str:
    (line,) = texts(chronicle([encounter], Options(lang=lang, **options)))  # type: ignore[arg-type]
    return line


def house(lang: str) -> dict[str, str]:
    """House spellings as a caller takes them from the authority; two languages print the names as the record has them."""
    return tomllib.loads((GOLDEN / "names.toml").read_text("utf-8")).get(lang, {})


@pytest.mark.parametrize("lang", languages())
def test_golden_mixed(lang: str) -> None:
    result = chronicle(mixed(), Options(lang=lang, names=house(lang), remarks=REMARKS, as_of="2032-02-01"))
    compare(f"mixed.{lang}.txt", to_text(result))


@pytest.mark.parametrize(("lang", "group"), [("de", "person"), ("en", "country"), ("de", "year")])
def test_golden_groups_in_the_past_tense(lang: str, group: str) -> None:
    result = chronicle(mixed(), Options(lang=lang, tense="past", group=group, remarks=REMARKS))
    compare(f"mixed.{group}.{lang}.md", to_markdown(result))


@pytest.mark.parametrize("lang", ["fr", "es", "ru"])
def test_golden_past_tense(lang: str) -> None:
    result = chronicle(mixed(), Options(lang=lang, tense="past", group="year", names=house(lang), remarks=REMARKS))
    compare(f"mixed.past.{lang}.txt", to_text(result))


@pytest.mark.parametrize("lang", languages())
def test_golden_factbox(lang: str) -> None:
    result = chronicle(factbox(), Options(lang=lang, names=house(lang), between=("KP", "RU"), start="2023-07"))
    compare(f"factbox.{lang}.txt", to_text(result))


@pytest.mark.parametrize("lang", languages())
def test_factbox_counts_are_those_of_the_encounters(lang: str) -> None:
    encounters = factbox()
    result = chronicle(encounters, Options(lang=lang, between=("KP", "RU"), start="2023-07"))
    assert sorted(i for s in result.sections for e in s.entries for i in e.encounters) == sorted(
        e.id for e in encounters
    )
    assert [len(e.encounters) for s in result.sections for e in s.entries if len(e.encounters) > 1] == [5, 4]
    assert all(number in result.lead[0] for number in ("29", "20", "2024"))


@pytest.mark.parametrize("lang", languages())
def test_every_encounter_is_told_once_and_nothing_is_left_unfilled(lang: str) -> None:
    for fold in (True, False):
        result = chronicle(mixed(), Options(lang=lang, fold=fold))
        told = [i for s in result.sections for e in s.entries for i in e.encounters]
        assert sorted(told) == sorted(e.id for e in mixed())
        assert not any(mark in line for line in texts(result) for mark in "{}[]")
        assert all(line.endswith(".") and "  " not in line and ", ." not in line for line in texts(result))


def test_the_lead_counts_and_does_not_type() -> None:
    both = [visit(id=f"a{n}", date=f"203{n % 2}-05") for n in range(5)]
    both += [
        visit(
            id="b", guests=(Participation("KP", "Pak Ok Ju", "Minister"),), host_country="RU", place=None, date="2031"
        )
    ]
    lead = chronicle(both, Options(lang="de", between=("KP", "RU"))).lead[0]
    assert lead.startswith(
        "Nordkorea und Russland haben seit Mai 2030 insgesamt sechs hochrangige Delegationen ausgetauscht"
    )
    assert "davon drei im Jahr 2031" in lead
    undated = [*both, visit(id="c", date=None)]
    assert "davon drei bis vier im Jahr 2031" in chronicle(undated, Options(lang="de", between=("KP", "RU"))).lead[0]


def test_planned_encounters_are_not_counted_as_held() -> None:
    lead = chronicle([visit(), visit(id="x2", status="planned")], Options(lang="en")).lead[0]
    assert lead == (
        "For North Korea and Russia, one encounter is on record since May 2031. "
        "In addition there is one planned encounter."
    )


def test_full_name_and_office_first_surname_later() -> None:
    host = Participation("KP", "Han Kwang Ho", "Führer", "leader")
    lines = texts(chronicle([visit(hosts=(host,)), visit(id="x2", date="2031-06", hosts=(host,))], Options(lang="de")))
    assert lines == [
        "Der russische Außenminister Anton Below besucht Pjöngjang und trifft den nordkoreanischen Machthaber Han Kwang Ho.",
        "Below besucht Pjöngjang und trifft Han.",
    ]


def test_a_surname_that_two_people_share_never_stands_alone() -> None:
    first, second = (visit(id=i, guests=(Participation("KP", n, "Minister"),), host_country="RU", place=None, date=d)
                     for i, n, d in (("a", "Pak Ok Ju", "2031-01"), ("b", "Pak Chol Min", "2031-02")))  # fmt: skip
    again = msgspec.structs.replace(first, id="c", date="2031-03")
    assert texts(chronicle([first, second, again], Options(lang="en")))[2] == "Pak Ok Ju visits Russia."


def test_a_surname_that_is_a_city_never_stands_alone() -> None:
    first, second = (
        visit(id=i, guests=(Participation("TR", "Emre Aydin", "Präsident"),), date=d)
        for i, d in (("a", "2031-01"), ("b", "2031-02"))
    )
    assert texts(chronicle([first, second], Options(lang="de")))[1] == "Emre Aydin besucht Pjöngjang."


def test_one_spelling_per_person() -> None:
    one = visit(guests=(Participation("RU", "Below", "Außenminister", person="p1"),))
    two = visit(id="x2", date="2031-06", guests=(Participation("RU", "Anton Below", "Außenminister", person="p1"),))
    assert "Anton Below" in texts(chronicle([one, two], Options(lang="de")))[0]
    house = chronicle([one, two], Options(lang="en", names={"p1": "Anton Belov"}))
    assert [("Belov" in line, "Below" in line) for line in texts(house)] == [(True, False), (True, False)]


def test_a_new_office_is_told() -> None:
    later = visit(id="x2", date="2031-06", guests=(Participation("RU", "Anton Below", "Präsident", "leader"),))
    assert texts(chronicle([visit(), later], Options(lang="de")))[1].startswith("Der russische Präsident Anton Below")


def test_offices_cross_languages_and_never_stay_untranslated() -> None:
    for role, english in (
        ("stellvertretender Außenminister", "Deputy Foreign Minister"),
        ("Vize-Außenminister", "Deputy Foreign Minister"),
        ("Minister für natürliche Ressourcen", "Natural Resources Minister"),
        ("Beauftragter für Sonderfragen", "official"),
    ):
        line = sentence(visit(guests=(Participation("RU", "Anton Below", role, "official"),)), "en")
        assert line == f"Russian {english} Anton Below visits Pyongyang."
    back = visit(guests=(Participation("RU", "Anton Below", "deputy defence minister", "vice-minister"),))
    assert sentence(back).startswith("Der russische Vize-Verteidigungsminister Anton Below")


def test_a_host_of_whom_only_the_level_is_known_is_some_minister() -> None:
    met = visit(hosts=(Participation("KP", None, "외무상?", "minister"),))
    assert sentence(met).endswith("besucht Pjöngjang und trifft einen nordkoreanischen Minister.")
    assert sentence(met, "en").endswith("visits Pyongyang and meets a North Korean minister.")


def test_gender_shows_where_the_source_or_the_caller_knows_it() -> None:
    woman = visit(guests=(Participation("KP", "Pak Ok Ju", "Außenministerin"),), host_country="US", place=None)
    assert sentence(woman) == "Die nordkoreanische Außenministerin Pak Ok Ju besucht die USA."
    assert sentence(visit(), genders={"Anton Below": "f"}).startswith("Die russische Außenministerin Anton Below")
    led = msgspec.structs.replace(woman, delegation="trade")
    expected = "Eine nordkoreanische Handelsdelegation unter Leitung der Außenministerin Pak Ok Ju reist in die USA."
    assert sentence(led) == expected


@pytest.mark.parametrize(
    ("code", "german", "english"),
    [
        ("US", "die USA", "the United States"),
        ("IR", "den Iran", "Iran"),
        ("CH", "die Schweiz", "Switzerland"),
        ("AE", "die Vereinigten Arabischen Emirate", "the United Arab Emirates"),
        ("PH", "die Philippinen", "the Philippines"),
        ("FR", "Frankreich", "France"),
    ],
)
def test_countries_take_their_article(code: str, german: str, english: str) -> None:
    goal = visit(host_country=code, place=None)
    assert sentence(goal) == f"Der russische Außenminister Anton Below besucht {german}."
    assert sentence(goal, "en") == f"Russian Foreign Minister Anton Below visits {english}."


@pytest.mark.parametrize(
    ("status", "german", "english"),
    [
        ("planned", "Der russische Außenminister Anton Below will am 7. Mai Pjöngjang besuchen.",
         "Russian Foreign Minister Anton Below will visit Pyongyang on May 7."),
        ("cancelled", "Der Besuch des russischen Außenministers Anton Below in Pjöngjang am 7. Mai wird abgesagt.",
         "The visit by Russian Foreign Minister Anton Below to Pyongyang on May 7 is cancelled."),
        ("proposed", "Vorgeschlagen ist ein Besuch des russischen Außenministers Anton Below in Pjöngjang am 7. Mai.",
         "A visit by Russian Foreign Minister Anton Below to Pyongyang on May 7 is proposed."),
    ],
)  # fmt: skip
def test_status_is_in_the_verb(status: str, german: str, english: str) -> None:
    encounter = visit(status=status, date="2031-05-07")
    assert (sentence(encounter), sentence(encounter, "en")) == (german, english)


@pytest.mark.parametrize(
    ("date", "month", "alone"),
    [
        ("2031-05", "", " im Mai 2031"),
        ("2031-05-07", " am 7. Mai", " am 7. Mai 2031"),
        ("2031-05-07/2031-05-08", " am 7. und 8. Mai", " am 7. und 8. Mai 2031"),
        ("2031-05-07/2031-05-12", " vom 7. bis 12. Mai", " vom 7. bis 12. Mai 2031"),
        ("2031-05-05/2031-05-11", " in der Woche vom 5. bis 11. Mai", " in der Woche vom 5. bis 11. Mai 2031"),
        ("2031-05-30/2031-06-02", " vom 30. Mai bis 2. Juni", " vom 30. Mai 2031 bis 2. Juni 2031"),
        ("2031-05/2031-07", " von Mai bis Juli", " von Mai 2031 bis Juli 2031"),
        ("2031-05~", " etwa im Mai", " etwa im Mai 2031"),
        ("2031-05-07?", " um den 7. Mai", " um den 7. Mai 2031"),
        ("2031", "", " im Jahr 2031"),
        ("2031-XX", "", " im Jahr 2031"),
        ("2031-22", " im Sommer 2031", " im Sommer 2031"),
        ("2031-05/..", " ab Mai 2031", " ab Mai 2031"),
        ("../2031-05", " bis Mai 2031", " bis Mai 2031"),
        (None, "", ""),
    ],
)
def test_dates_are_as_fine_as_the_source(date: str | None, month: str, alone: str) -> None:
    expected = "Der russische Außenminister Anton Below besucht{} Pjöngjang."
    assert sentence(visit(date=date)) == expected.format(month)
    assert sentence(visit(date=date), group="person") == expected.format(alone)


def test_sister_delegations_fold_only_where_nothing_else_differs() -> None:
    base = visit(guests=(Participation("KP"),), host_country="RU", place=None)
    sectors = [msgspec.structs.replace(base, id=s, delegation=s) for s in ("fishery", "sport", "IT", "youth")]
    assert texts(chronicle(sectors, Options(lang="de"))) == [
        "Delegationen Nordkoreas aus den Bereichen Fischerei, Sport, IT und Jugend reisen nach Russland."
    ]
    assert len(texts(chronicle(sectors, Options(lang="de", fold=False)))) == 4
    other = msgspec.structs.replace(sectors[0], status="planned")
    assert len(texts(chronicle([other, *sectors[1:]], Options(lang="de")))) == 2


def test_particles_of_names_survive() -> None:
    heide = Participation("EU", "Anna von der Heide", "Kommissionspräsidentin")
    first = visit(id="x0", date="2031-01", hosts=(Participation("KP", "Han Kwang Ho", "Führer"), heide))
    lines = texts(chronicle([first, visit(status="cancelled", hosts=first.hosts)], Options(lang="de")))
    assert lines[1] == "Der Besuch von Below in Pjöngjang zu einem Treffen mit Han und von der Heide wird abgesagt."
    both = visit(status="cancelled", guests=(*visit().guests, *first.hosts), hosts=())
    expected = "Der Besuch von Below, von Han und von der Heide in Pjöngjang wird abgesagt."
    assert texts(chronicle([first, both], Options(lang="de")))[1] == expected


PEOPLE = st.builds(
    Participation,
    country=st.sampled_from(["KP", "RU", "US", "CH", "AE", "VN", "EU", "NATO", "XX", None]),
    name=st.sampled_from([None, "Anton Below", "Pak Ok Ju", "Nguyen Van Duc", "Anna von der Heide", "Suharto"]),
    role=st.sampled_from(
        [None, "Außenminister", "Chef des Auslandsgeheimdienstes", "deputy foreign minister", "외무상"]
    ),
    level=st.sampled_from([None, "leader", "minister", "official", "delegation"]),
)
DATES = ["2031", "2031-05", "2031-05-07", "2031-05-30/2031-06-02", "2031~", "2031-22", "203X", "2031-05/..", None]
ENCOUNTERS = st.builds(
    Encounter,
    id=st.uuids().map(str),
    kind=st.sampled_from(["visit", "meeting", "call"]),
    status=st.sampled_from(["held", "planned", "proposed", "cancelled", "disputed"]),
    guests=st.lists(PEOPLE, max_size=3).map(tuple),
    hosts=st.lists(PEOPLE, max_size=2).map(tuple),
    date=st.sampled_from(DATES),
    host_country=st.sampled_from(["KP", "RU", "US", "IR", "XX", None]),
    place=st.sampled_from([None, Place("Kreml", "Kreml", "RU"), Place("Perm", "Perm", "RU"), Place("Genf", "Genf")]),
    activities=st.lists(st.sampled_from(["talks", "forum", "signing", "juggling"]), max_size=3).map(tuple),
    delegation=st.sampled_from([None, "sport", "IT", "juggling"]),
)


@given(
    st.lists(ENCOUNTERS, max_size=8),
    st.sampled_from(languages()),
    st.sampled_from(["month", "year", "person", "country"]),
)
@settings(max_examples=150, deadline=None)
def test_any_record_can_be_written(encounters: list[Encounter], lang: str, group: str) -> None:
    result = chronicle(encounters, Options(lang=lang, group=group))
    assert sorted(i for s in result.sections for e in s.entries for i in e.encounters) == sorted(
        e.id for e in encounters
    )
    for line in texts(result):
        assert line.endswith(".") and not line.startswith((" ", ",")) and "  " not in line and "{" not in line, line
        assert (
            lang == "ko" or "외무상" not in line or lang == "ko"
        )  # an office is never left in the words of another language
    assert to_html(result) and to_markdown(result) and to_text(result)


@pytest.mark.parametrize(
    ("lang", "others"), [("ru", "[A-Za-zÀ-ɏ가-힣]"), ("ko", "[A-Za-zÀ-ɏА-я]"), ("fr", "[А-я가-힣]")]
)
def test_no_word_of_another_script_is_left(lang: str, others: str) -> None:
    for encounters in (mixed(), factbox()):
        text = to_text(chronicle(encounters, Options(lang=lang, names=house(lang), remarks=REMARKS)))
        assert not re.findall(others, text)


def test_a_name_or_place_in_foreign_letters_is_reported() -> None:
    odd = visit(place=Place("Nirgendwo", "Nirgendwo", "KP"))
    result = chronicle([odd], Options(lang="ru"))
    assert texts(result) == ["Министр иностранных дел России Anton Below посещает КНДР."]
    assert result.lost == ("x1: place Nirgendwo", "the name Anton Below")


@pytest.mark.parametrize(
    ("code", "french", "spanish", "russian", "korean"),
    [
        ("US", "aux États-Unis", "Estados Unidos", "США", "미국을"),
        ("VN", "au Vietnam", "Vietnam", "Вьетнам", "베트남을"),
        ("IR", "en Iran", "Irán", "Иран", "이란을"),
        ("CU", "à Cuba", "Cuba", "Кубу", "쿠바를"),
        ("AE", "aux Émirats arabes unis", "los Emiratos Árabes Unidos", "Объединённые Арабские Эмираты", "아랍에미리트를"),
        ("HU", "en Hongrie", "Hungría", "Венгрию", "헝가리를"),
    ],
)  # fmt: skip
def test_countries_as_goals(code: str, french: str, spanish: str, russian: str, korean: str) -> None:
    goal = visit(host_country=code, place=None, guests=(Participation("RU", None, "Präsident", "leader"),))
    assert sentence(goal, "fr") == f"Le président russe se rend {french}."
    assert sentence(goal, "es") == f"El presidente ruso visita {spanish}."
    assert sentence(goal, "ru") == f"Президент России посещает {russian}."
    assert sentence(goal, "ko") == f"러시아 대통령은 {korean} 방문했다."


@pytest.mark.parametrize(
    ("code", "french", "spanish"),
    [("US", "américaine", "estadounidense"), ("KP", "nord-coréenne", "norcoreana"), ("NL", "néerlandaise", "neerlandesa"),
     ("ES", "espagnole", "española"), ("IR", "iranienne", "iraní"), ("JP", "japonaise", "japonesa")],
)  # fmt: skip
def test_adjectives_agree(code: str, french: str, spanish: str) -> None:
    woman = visit(guests=(Participation(code, None, "Präsidentin", "leader"),))
    assert sentence(woman, "fr").startswith(f"La présidente {french} se rend")
    assert sentence(woman, "es").startswith(f"La presidenta {spanish} visita")


def test_past_tense_agrees_with_the_subject() -> None:
    woman = visit(guests=(Participation("RU", None, "Präsidentin", "leader"),))
    both = visit(guests=(*woman.guests, Participation("RU", None, "Außenminister", "minister")))
    delegation = visit(guests=(Participation("RU"),), delegation="sport")
    assert sentence(woman, "fr", tense="past") == "La présidente russe s’est rendue à Pyongyang."
    assert "se sont rendus" in sentence(both, "fr", tense="past")
    assert sentence(delegation, "fr", tense="past") == "Une délégation sportive russe s’est rendue à Pyongyang."
    assert sentence(delegation, "ru", tense="past") == "Спортивная делегация России прибыла в Пхеньян."
    assert sentence(visit(), "ru", tense="past", names={"Anton Below": "Антон Белов"}).endswith(
        "Белов посетил Пхеньян."
    )


@pytest.mark.parametrize(
    ("name", "code", "gender", "genitive", "instrumental"),
    [
        ("Сергей Лавров", "RU", "m", "Сергея Лаврова", "Сергеем Лавровым"),
        ("Дмитрий Песков", "RU", "m", "Дмитрия Пескова", "Дмитрием Песковым"),
        ("Мария Захарова", "RU", "f", "Марии Захаровой", "Марией Захаровой"),
        ("Игорь Коновалов", "RU", "m", "Игоря Коновалова", "Игорем Коноваловым"),
        ("Владимир Зеленский", "UA", "m", "Владимира Зеленского", "Владимиром Зеленским"),
        ("Ким Чен Ын", "KP", "m", "Ким Чен Ына", "Ким Чен Ыном"),
        ("Цой Сон Хи", "KP", "f", "Цой Сон Хи", "Цой Сон Хи"),
        ("Си Цзиньпин", "CN", "m", "Си Цзиньпина", "Си Цзиньпином"),
        ("Ангела Меркель", "DE", "f", "Ангелы Меркель", "Ангелой Меркель"),
        ("Энтони Блинкен", "US", "m", "Энтони Блинкена", "Энтони Блинкеном"),
        ("Анна Ковальска", "PL", "f", "Анны Ковальской", "Анной Ковальской"),
        ("Айше Айдын", "TR", "m", "Айше Айдына", "Айше Айдыном"),
        ("Олег Кожемяко", "RU", "m", "Олега Кожемяко", "Олегом Кожемяко"),
    ],
)
def test_russian_names_are_declined(name: str, code: str, gender: str, genitive: str, instrumental: str) -> None:
    language = load("ru")
    assert declined_name(language, name, code, "gen", gender) == genitive
    assert declined_name(language, name, code, "ins", gender) == instrumental


def test_korean_particles_follow_the_sound() -> None:
    language = load("ko")
    for text, said in (("평양‹을/를›", "평양을"), ("러시아‹을/를›", "러시아를"), ("서울‹으로/로›", "서울로"), ("평양‹으로/로›", "평양으로"),
                       ("EU‹은/는›", "EU는"), ("G20‹은/는›", "G20은"), ("장관(대행)‹과/와›", "장관(대행)과"),
                       ("대표단들(체육·참전용사)‹은/는›", "대표단들(체육·참전용사)은")):  # fmt: skip
        assert polish(language, text) == said


def test_an_office_is_that_of_its_country() -> None:
    """The US secretary of state is the foreign minister; Russian women bear masculine titles, adjectives included."""
    state = Participation("US", "Helen March", "secretary of state", "minister")
    written = {lang: sentence(visit(guests=(state,)), lang, genders={"Helen March": "f"}) for lang in languages()}
    assert "amerikanische Außenministerin Helen March" in written["de"]
    assert "secrétaire d’État américaine" in written["fr"] and "미국 국무장관" in written["ko"]
    assert written["ru"].startswith("Госсекретарь США")
    envoy = visit(guests=(Participation("UN", "Хелен Марч", "special envoy", "official"),))
    assert sentence(envoy, "ru", genders={"Хелен Марч": "f"}, tense="past").startswith(
        "Специальный представитель ООН Хелен Марч посетила"
    )
    ambassador = visit(status="proposed", guests=(Participation("GE", "Хелен Марч", "ambassador", "official"),))
    assert "визит посла Грузии Хелен Марч" in sentence(ambassador, "ru", genders={"Хелен Марч": "f"})


@pytest.mark.parametrize(
    ("lang", "country", "city", "said"),
    [
        ("fr", "EG", "Le Caire", "se rend au Caire."),
        ("fr", "ZA", "Cape Town", "se rend au Cap (Afrique du Sud)."),
        ("fr", "NL", "Den Haag", "se rend à La Haye (Pays-Bas)."),
        ("fr", "IL", None, "se rend en Israël."),
        ("fr", "MU", None, "se rend à l’île Maurice."),
        ("ru", "GW", None, "посещает Гвинею-Бисау."),
        ("ru", "RU", "Wostotschny", "посещает космодром Восточный."),
    ],
)
def test_places_melt_with_their_prepositions(lang: str, country: str, city: str | None, said: str) -> None:
    place = Place(city, city, country) if city else None
    one = visit(
        date=None, guests=(Participation("JP", None, "president", "leader"),), host_country=country, place=place
    )
    assert sentence(one, lang).endswith(said)


def test_an_outcome_in_the_words_of_an_article_is_quoted_in_that_language_alone() -> None:
    report = Report("visit", "held", (), (), (Quote(0, 3, "abc"),), outcomes=("mehr Fähren",))
    told = visit(outcomes=("mehr Fähren", "joint statement"), sources=(Source("sha256:1", "doc", None, report),))
    german = chronicle([told], Options(lang="de", articles=frozenset({"sha256:1"})))
    assert "Ergebnisse: „mehr Fähren“ und eine gemeinsame Erklärung." in to_text(german)
    english = chronicle([told], Options(lang="en"))
    assert "Fähren" not in to_text(english) and english.lost == ("x1: outcome mehr Fähren",)


@pytest.mark.parametrize(
    ("number", "russian"), [(1, "1 спорный контакт"), (2, "2 спорных контакта"), (5, "5 спорных контактов"), (21, "21 спорный контакт")]
)  # fmt: skip
def test_numbers_take_the_plural_of_their_language(number: int, russian: str) -> None:
    disputed = [visit(id=f"a{n}", status="disputed") for n in range(number)]
    assert russian in chronicle([visit(), *disputed], Options(lang="ru")).lead[0]


def test_unknown_words_are_reported_and_not_printed() -> None:
    odd = visit(activities=("juggling",), outcomes=("a promise of rain",))
    result = chronicle([odd], Options(lang="de"))
    assert set(result.lost) == {"x1: activity juggling", "x1: outcome a promise of rain"}
    assert "juggling" not in to_text(result) and "rain" not in to_text(result)


def test_headline_keeps_to_the_limit_of_the_style() -> None:
    pair = Options(lang="de", style="reuters", between=("CF", "CD"), start="2023-07")
    result = chronicle([visit()], pair)
    assert result.headline.startswith("FACTBOX-")
    assert len(result.headline) <= 64 or result.warnings
    assert chronicle([visit()], Options(lang="en", style="reuters")).headline == (
        "FACTBOX-North Korea, Russia: high-level encounters"
    )


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("style", ["dpa", "reuters"])
def test_golden_styles(lang: str, style: str) -> None:
    attributed = {
        "m01": (Remark("first-since", since="2020", by="Yonhap"),),
        "m17": (Remark("nth", n=2, within="P3M", by="Yonhap"),),
    }
    options = Options(
        lang=lang, style=style, names=house(lang), as_of="2032-02-01", dateline="SEOUL", remarks=attributed
    )
    compare(f"mixed.{style}.{lang}.txt", to_text(chronicle(mixed(), options)))


def test_a_date_stands_apart_or_in_the_sentence_and_never_twice() -> None:
    day = visit(date="2031-05-07/2031-05-08")
    assert "7./8. Mai: Der russische Außenminister Anton Below besucht Pjöngjang." in to_text(
        chronicle([day], Options(lang="de", style="dpa"))
    )
    above = to_text(chronicle([day], Options(lang="en", style="reuters")))
    assert "May 7-8\n\nRussian Foreign Minister Anton Below visits Pyongyang." in above
    coarse = to_text(chronicle([visit(date="2031-05~")], Options(lang="de", style="dpa")))
    assert "- Der russische Außenminister Anton Below besucht etwa im Mai Pjöngjang." in coarse
    alone = chronicle([day], Options(lang="de", style="dpa", group="person")).sections[0].entries[0]
    assert alone.date == "7./8. Mai 2031"


def test_length_is_measured_against_the_agency() -> None:
    many = [
        visit(id=f"a{n}", guests=(Participation("RU", f"Anton Below{'abcdefghij'[n % 10]}{n}", "Präsident"),))
        for n in range(200)
    ]
    (warning,) = [w for w in chronicle(many, Options(lang="de", style="dpa")).warnings if "10000" in w]
    size = int(re.findall(r"\d+", warning)[0])
    assert 10000 < size < len(to_text(chronicle(many, Options(lang="de", style="dpa"))))
    assert chronicle(many[:3], Options(lang="de", style="dpa")).warnings == ()
    assert chronicle(many, Options(lang="de")).warnings == ()


def test_changes_between_versions() -> None:
    before = [visit(), visit(id="x2"), visit(id="x3")]
    now = [visit(sources=sourced().sources), visit(id="x2", status="cancelled"), visit(id="x4", date="2031-07-02")]
    found = changes(now, before, Options(lang="en"))
    assert [(c.kind, c.id, c.fields) for c in found] == [
        ("added", "x4", ()),
        ("changed", "x2", ("status",)),
        ("removed", "x3", ()),
    ]
    assert changes_text(found, "en").splitlines() == [
        "New (1)", "+ Russian Foreign Minister Anton Below visits Pyongyang on July 2, 2031.", "",
        "Changed (1)", "~ The visit by Russian Foreign Minister Anton Below to Pyongyang in May 2031 is cancelled.",
        "    before: Russian Foreign Minister Anton Below visits Pyongyang in May 2031.", "",
        "Removed (1)", "- Russian Foreign Minister Anton Below visits Pyongyang in May 2031.",
    ]  # fmt: skip
    assert changes_text(changes(now, now, Options(lang="de")), "de") == "Keine Änderung.\n"


def test_a_remark_that_only_a_source_makes_is_attributed() -> None:
    ours, theirs = (
        chronicle([visit()], Options(lang="de", remarks={"x1": (Remark("first", by=by),)})) for by in (None, "Yonhap")
    )
    assert texts(ours) == ["Der russische Außenminister Anton Below besucht Pjöngjang zum ersten Mal."]
    assert texts(theirs) == [
        "Der russische Außenminister Anton Below besucht Pjöngjang zum ersten Mal (nach Angaben von Yonhap)."
    ]


def test_advisory_tells_what_changed() -> None:
    before = [visit(), visit(id="x2"), visit(id="x3")]
    now = [visit(), visit(id="x2", status="cancelled"), visit(id="x4"), visit(id="x5")]
    result = chronicle(now, Options(lang="de", previous=before))
    assert result.advisory == "(Ergänzt zwei Begegnungen; berichtigt eine Begegnung; streicht eine Begegnung)"
    assert chronicle(now, Options(lang="de", previous=now)).advisory is None


def sourced(key: str = "doc <1>", url: str | None = "https://example.org/?a=1&b=2") -> Encounter:
    report = Report("visit", "held", (), (), (Quote(0, 3, "abc"),))
    return visit(sources=(Source("sha256:1", key, url, report), Source("sha256:2", "doc 2", None, report)))


def test_sources_as_notes_and_footnotes() -> None:
    assert "Quelle" not in to_text(chronicle([sourced()], Options(lang="de")))
    assert "(Quellen: doc <1>, doc 2)" in to_text(chronicle([sourced()], Options(lang="de", sources="notes")))
    text = to_text(chronicle([sourced()], Options(lang="en", sources="footnotes")))
    assert text.endswith("Sources\n\n[1] doc <1>, https://example.org/?a=1&b=2\n[2] doc 2\n")


def test_html_is_escaped_and_needs_nothing_from_elsewhere() -> None:
    evil = visit(guests=(Participation("RU", "<script>alert(1)</script>", "Minister"),), id='x"y')
    page = to_html(chronicle([evil, sourced()], Options(lang="en", sources="footnotes")))
    assert "<script" not in page and "&lt;script&gt;" in page
    assert "doc &lt;1&gt;" in page and 'href="https://example.org/?a=1&amp;b=2"' in page
    assert "@import" not in page and "src=" not in page and "<link" not in page
    risky = to_html(chronicle([sourced("k", "javascript:alert(1)")], Options(lang="en", sources="footnotes")))
    assert "javascript:" not in risky


def test_bidirectional_and_control_characters_are_dropped() -> None:
    evil = visit(guests=(Participation("RU", "Anton\u202e Be\x00low", "Minister"),))
    for render in (to_text, to_markdown, to_html):
        assert not {"\u202e", "\x00"} & set(render(chronicle([evil], Options(lang="de"))))


def test_markdown_takes_names_literally() -> None:
    evil = visit(guests=(Participation("RU", "[x](http://e.org) *b*", "Minister"),))
    assert r"\[x\](http://e.org) \*b\*" in to_markdown(chronicle([evil], Options(lang="de")))


def test_nothing_at_all_is_a_chronicle_too() -> None:
    result = chronicle([], Options(lang="de", between=("KP", "RU"), start="2023-07"))
    assert result.sections == ()
    assert result.lead == ("Für diesen Zeitraum ist keine stattgefundene Begegnung verzeichnet.",)


def test_wrong_options_are_named() -> None:
    with pytest.raises(LanguageError, match="'tlh'"):
        chronicle([], Options(lang="tlh"))
    for wrong in ({"style": "x"}, {"tense": "future"}, {"group": "week"}, {"sources": "all"}, {"start": "tomorrow"}):
        with pytest.raises(UsageError):
            chronicle([], Options(lang="de", **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("lang", "name"),
    [
        ("de", "Kapstadt in Südafrika"),
        ("en", "Cape Town, South Africa,"),
        ("ru", "Кейптаун (ЮАР)"),
        ("ko", "남아프리카공화국 케이프타운"),
    ],
)
def test_one_of_several_capitals_keeps_its_name(lang: str, name: str) -> None:
    phrase = places.place_phrase(load(lang), Place("Cape Town", "Cape Town", "ZA"), "ZA", {})
    assert phrase is not None
    assert phrase.form("acc") == name


@pytest.mark.parametrize("lang", ["de", "en", "es", "fr", "ko", "ru"])
def test_no_country_bears_the_name_of_an_organisation(lang: str) -> None:
    """AU is Australia; the African Union, which is abbreviated so, is AFU."""
    language = load(lang)
    organizations = tomllib.loads((HERE.parent / "src/summitry/data/organizations.toml").read_text("utf-8"))
    named = {code: places.country_name(language, code) for code in (*territories(), *organizations)}
    assert len(set(named.values())) > len(named) - 5  # Guinea and its like are told apart
    assert not {named[code] for code in territories()} & {named[code] for code in organizations}


@pytest.mark.parametrize(
    ("lang", "role", "level", "country", "expected"),
    [
        ("ru", "governor", "region", "US", "Американский губернатор Ann Lee"),  # of a state, not of the United States
        ("ru", "governor", "region", None, "Губернатор Ann Lee"),
        ("ru", "governor", "region", "GU", "Губернатор Гуама Ann Lee"),
        ("ru", "ambassador", "official", "US", "Посол США Ann Lee"),
        ("es", "governor", "region", "MX", "El gobernador mexicano Ann Lee"),
        ("fr", "speaker of parliament", "parliament", "IR", "Le président du Parlement iranien Ann Lee"),
        ("fr", "director of the central bank", "agency-head", "IN", "Le chef de la banque centrale indienne Ann Lee"),
        ("fr", "chief of the general staff", "agency-head", "RU", "Le chef de l’état-major général russe Ann Lee"),
        ("fr", "foreign minister", "minister", "IR", "Le ministre iranien des Affaires étrangères Ann Lee"),
        ("fr", None, "party", "CN", "Le responsable de parti chinois Ann Lee"),
    ],
)  # fmt: skip
def test_a_country_stands_where_the_language_puts_it(
    lang: str, role: str | None, level: str, country: str | None, expected: str
) -> None:
    guest = Participation(country, "Ann Lee", role, level)  # type: ignore[arg-type]
    said = titles([Encounter("a", "visit", "held", (guest,), (), "2031-05", "BR")], Options(lang=lang))["a"]
    assert said.startswith(f"{expected} ")
