"""The office holders: that the files are sound and complete, and that the loader finds people by name, office and day."""

import os
import subprocess
import sys
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from summitry import territories
from summitry.authority import FOLDER, Authority, AuthorityError, fold, load
from summitry.authority.files import POSTS, compile_drafts, family_of, read_file, read_folder
from summitry.dates import bounds
from summitry.errors import InputError
from summitry.kinds import LEVELS

FILES = sorted(FOLDER.glob("*.toml"))
COUNT = "from summitry.authority import load; print(len(load().people))"
GOOD = 'country = "FR"\nsources = ["x"]\n[[office]]\npost = "head-of-state"\ntitle = "President"\n'


@cache
def content(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def authority() -> Authority:
    return load()


# The files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_sound(path: Path) -> None:
    read_file(path, {})
    country = content(path)["country"]
    assert territories.known(country), f"{country} is no code of a territory or organisation"
    assert path.stem.startswith("org-") == territories.is_organization(country)
    if not path.stem.startswith("org-"):
        assert path.stem == country.lower()
    for entry in content(path).get("names", {}).values():
        assert territories.known(entry.get("country", country))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_terms_are_valid_and_in_order(path: Path) -> None:
    for office in content(path)["office"]:
        assert {office["post"], *office.get("also", ())} <= POSTS.keys()
        for entry in office.get("holders", ()):
            start, end = (part.strip() for part in entry.split("|")[1:3])
            assert start or POSTS[office["post"]] != "leader", f"{entry}: since when?"
            first, last = bounds(start)[0] if start else None, bounds(end)[1] if end else None
            assert first is None or last is None or first <= last, f"{entry}: ends before it starts"


def test_every_post_counts_as_a_level() -> None:
    assert set(POSTS.values()) <= LEVELS.keys()


def test_one_person_is_spelled_one_way() -> None:
    spellings = defaultdict(set)
    for path in FILES:
        names = content(path).get("names", {})
        for office in content(path)["office"]:
            for entry in office.get("holders", ()):
                caption = entry.split("|")[0].strip()
                home = names.get(caption, {}).get("country", content(path)["country"])
                spellings[home, fold(caption)].add(caption)
    assert not [captions for captions in spellings.values() if len(captions) > 1]


def test_captions_are_unique_within_a_country(authority: Authority) -> None:
    seen = {(person.country, person.caption) for person in authority.people}
    assert len(seen) == len(authority.people) == len(authority.by_id)


def test_every_state_has_a_head(authority: Authority) -> None:
    missing = sorted(
        code
        for code, _, left in territories.organization("UN").members
        if left is None
        and not authority.holders(code, "head-of-state")
        and not authority.holders(code, "head-of-government")
    )
    if any(not (FOLDER / f"{code.lower()}.toml").exists() for code in missing):
        pytest.skip(f"no file yet for {', '.join(missing)}")
    assert not missing


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (GOOD + 'holders = ["A B | 2001-02-30 | "]', "2001-02-30"),
        (GOOD + 'holders = ["A B | 2002 | 2001"]', "2002"),
        (GOOD + 'holders = ["A B | 2002"]', "form"),
        (GOOD.replace("head-of-state", "top-dog") + "holders = []", "top-dog"),
        (GOOD + 'holders = ["A B | 2001 | "]\n[names."C D"]\naliases = ["C"]', "C D"),
        ('country = "FR"', "office"),
        ("country =", "TOML"),
    ],
)
def test_a_malformed_file_is_named(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "fr.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AuthorityError, match=complaint) as caught:
        read_file(path, {})
    assert "fr.toml" in str(caught.value)


# Finding people


@pytest.mark.parametrize(
    ("alias", "identity"),
    [
        ("Angela Merkel", "de-angela-merkel"),
        ("Сергей Лавров", "ru-sergey-lavrov"),
        ("Sergej Lawrow", "ru-sergey-lavrov"),
        ("Ilham Alijew", "az-ilham-aliyev"),
        ("Paschinjan", "am-nikol-pashinyan"),
        ("Micheil Saakaschwili", "ge-mikheil-saakashvili"),
        ("반기문", "kr-ban-ki-moon"),
        ("Papst Franziskus", "va-pope-francis"),
        ("VIKTOR ORBAN", "hu-viktor-orban"),
    ],
)
def test_by_alias(authority: Authority, alias: str, identity: str) -> None:
    assert identity in {person.id for person in authority.by_alias[fold(alias)]}


@pytest.mark.parametrize(
    ("family", "identity"),
    [
        ("Leyen", "de-ursula-von-der-leyen"),
        ("von der Leyen", "de-ursula-von-der-leyen"),
        ("Erdogan", "tr-recep-tayyip-erdogan"),
        ("Peña Nieto", "mx-enrique-pena-nieto"),
        ("Croo", "be-alexander-de-croo"),
    ],
)
def test_by_family(authority: Authority, family: str, identity: str) -> None:
    assert identity in {person.id for person in authority.by_family[fold(family)]}


def test_a_family_name_leads_to_all_who_share_it(authority: Authority) -> None:
    found = {person.id for person in authority.find("Kaczyński")}
    assert {"pl-lech-kaczynski", "pl-jaroslaw-kaczynski"} <= found
    assert authority.find("Nobody Whatsoever") == ()


@pytest.mark.parametrize(
    ("country", "post", "on", "captions"),
    [
        ("RU", "head-of-state", "2010-03-18", ["Dmitry Medvedev"]),
        ("CA", "head-of-government", "2016", ["Justin Trudeau"]),
        ("HU", "head-of-government", "2004-09-29", ["Péter Medgyessy", "Ferenc Gyurcsány"]),
        ("EU", "high-representative", "2012-05", ["Catherine Ashton"]),
        ("US", "head-of-government", "2010", ["Barack Obama"]),  # no such office: the head of state is meant
        ("CH", "head-of-government", "2016-03-31", ["Johann Schneider-Ammann"]),
        ("UN", "secretary-general", "2000/2007", ["Kofi Annan", "Ban Ki-moon"]),
        ("CZ", "head-of-state", "1980", []),
    ],
)
def test_holders_on_a_day(authority: Authority, country: str, post: str, on: str, captions: list[str]) -> None:
    assert [person.caption for person in authority.holders(country, post, on)] == captions


def test_offices_in_two_files_belong_to_one_person(authority: Authority) -> None:
    offices = authority.occupancies("Jens Stoltenberg")
    assert {office.person for office in offices} == {"no-jens-stoltenberg"}
    assert {"NO", "NATO"} <= {office.country for office in offices}
    assert [office.country for office in authority.occupancies("Jens Stoltenberg", "2020")] == ["NATO"]
    assert authority.occupancies("Jens Stoltenberg", "1960") == ()


def test_acting_is_said_in_the_title(authority: Authority) -> None:
    offices = authority.in_country("AT", "2019-05-30")
    titles = {office.title for office in offices if office.post == "head-of-government"}
    assert titles == {"Acting Federal Chancellor"}


@pytest.mark.parametrize(
    ("caption", "family"),
    [("Javier Pérez de Cuéllar", "de Cuéllar"), ("Ferdinand Marcos Jr.", "Marcos"), ("Charles III", "Charles")],
)
def test_family_without_an_entry(caption: str, family: str) -> None:
    assert family_of(caption) == family


# The user's own file


def test_extra_tsv_adds_people_and_offices(tmp_path: Path, authority: Authority) -> None:
    path = tmp_path / "extra.tsv"
    path.write_text(
        "name\tcountry\tpost\ttitle\tstart\tend\taliases\n"
        "Erika Mustermann\tDE\tenvoy\tEnvoy for Nowhere\t2020-01\t\tE. Mustermann | Mustermannowa\n"
        "\n"
        "Angela Merkel\tDE\tenvoy\t\t2030\t2031\tMutti Merkel\n",
        encoding="utf-8",
    )
    own = load(path)
    assert len(own.people) == len(authority.people) + 1
    (person,) = own.find("Mustermannowa")
    assert person.family == "Mustermann"
    assert person.occupancies[0].level == "official"
    (merkel,) = own.find("Mutti Merkel")
    assert merkel.id == "de-angela-merkel"
    assert {"head-of-government", "envoy"} <= {office.post for office in merkel.occupancies}
    assert authority.find("Mutti Merkel") == ()


def test_extra_jsonl(tmp_path: Path) -> None:
    path = tmp_path / "extra.jsonl"
    path.write_text(
        '{"name": "Max Muster", "country": "CH", "post": "ambassador", "aliases": ["M. Muster"]}\n', encoding="utf-8"
    )
    (office,) = load(path).occupancies("M. Muster")
    assert (office.title, office.start, office.end) == ("ambassador", None, None)


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("a.tsv", "name\tcountry\tpost\nX Y\tDE\tkaiser\n", "line 2.*kaiser"),
        ("a.tsv", "name\tcountry\tpost\tstart\tend\nX Y\tDE\tenvoy\t2002\t2001\n", "line 2"),
        ("a.tsv", "name\tcountry\nX Y\tDE\n", "line 2.*post"),
        ("a.jsonl", '{"name": "X"}\n', "line 1"),
        ("a.jsonl", "{nonsense\n", "line 1"),
    ],
)
def test_a_malformed_extra_file_is_refused(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=complaint):
        load(path)


def test_an_extra_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "none.tsv")


# The cache


def count_with_cache(home: Path) -> int:
    """How many people a fresh process loads whose cache lies under `home`."""
    command = [sys.executable, "-c", COUNT]
    done = subprocess.run(command, env=os.environ | {"XDG_CACHE_HOME": str(home)}, capture_output=True, check=True)
    return int(done.stdout)


needs_xdg = pytest.mark.skipif(sys.platform != "linux", reason="the place of the cache is set by XDG_CACHE_HOME")


@needs_xdg
def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path, authority: Authority) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_bytes(b"")
    assert count_with_cache(no_folder) == len(authority.people)


@needs_xdg
def test_a_stale_cache_is_replaced(tmp_path: Path, authority: Authority) -> None:
    cached = tmp_path / "summitry" / "authority.msgpack"
    cached.parent.mkdir()
    cached.write_bytes(b"of an older version")
    assert count_with_cache(tmp_path) == len(authority.people)
    fresh = cached.read_bytes()
    assert fresh != b"of an older version"
    assert count_with_cache(tmp_path) == len(authority.people)
    assert cached.read_bytes() == fresh
    assert [entry.name for entry in cached.parent.iterdir()] == ["authority.msgpack"]


def test_what_is_compiled_is_what_the_files_say(authority: Authority) -> None:
    compiled = compile_drafts(read_folder(FOLDER))
    assert compiled.people == authority.people
