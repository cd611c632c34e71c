"""Load one language's files and compile them into an index of written forms (DESIGN §4).

A language is a folder `languages/<tag>/` of TOML files; whatever a language needs in code is chosen by what its
`[language]` table declares. Compiling takes a moment, so the result is kept in the user's cache directory under the
digest of the files; where that cannot be written the language is compiled anew each time.
"""

import functools
import hashlib
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import platformdirs

from summitry import inflection
from summitry.errors import LanguageError
from summitry.inflection import adjective_forms, noun_forms, verb_forms

WORD = re.compile(
    r"(?:[^\W\d_]\.){2,}|(?<=[\w.]\s)[A-ZÄÖÜ]\.(?=\s[^\W\d_a-zäöü])|'(?:s|S|re|ve|ll|d|m)\b|’(?:s|re|ve|ll)\b|\d+(?:-[^\W\d_]+)+|\d+(?:[.,]\d+)*|\w+(?:(?:[-–‑]|['’](?!(?:s|S|re|ve|ll|d|m)\b))\w+)*|[^\w\s]"
)
PLACE_KINDS = ("country", "seat", "place", "region", "organization")


class Entry(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One reading of a written form: `kind` of word, its `value`, and what else the kind needs."""

    kind: str
    value: str
    extra: str = ""
    rest: tuple[str, ...] = ()  # the further tokens of a form of several words


class Lexicon(msgspec.Struct, frozen=True, gc=False):
    """One language: its settings, the tables used as they are, and the index of forms."""

    settings: dict[str, Any]
    tables: dict[str, Any]
    index: dict[str, list[Entry]]
    heads: dict[str, list[Entry]]  # what may end a compound

    @property
    def tag(self) -> str:
        return str(self.settings["tag"])


def languages() -> tuple[str, ...]:
    """The tags of all languages that can be read, in order."""
    root = resources.files("summitry") / "languages"
    return tuple(sorted(d.name for d in root.iterdir() if (d / "grammar.toml").is_file()))


@functools.cache
def load(tag: str) -> Lexicon:
    """The compiled lexicon of language `tag`; raises LanguageError if it is missing or malformed."""
    if tag not in languages():
        raise LanguageError(f"No reader for language {tag!r}; there are readers for {', '.join(languages())}.")
    files = list(_files(tag))
    digest = hashlib.sha256(
        b"".join(Path(str(module.__file__)).read_bytes() for module in (inflection, sys.modules[__name__]))
    )
    for name, data in files:
        digest.update(name.encode() + data)
    cache = Path(platformdirs.user_cache_dir("summitry")) / f"{tag}-{digest.hexdigest()[:20]}.lexicon"
    try:
        return msgspec.msgpack.decode(cache.read_bytes(), type=Lexicon)
    except (OSError, msgspec.MsgspecError):
        pass  # not compiled yet, or a damaged cache: compile
    lexicon = compile_lexicon(_parse(files))
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        scratch = cache.with_suffix(f".{id(lexicon)}")
        scratch.write_bytes(msgspec.msgpack.encode(lexicon))
        scratch.replace(cache)
    except OSError:
        pass  # a read-only home is no reason to fail
    return lexicon


def _files(tag: str) -> Iterator[tuple[str, bytes]]:
    root = resources.files("summitry")
    for file in sorted((root / "languages" / tag).iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            yield file.name, file.read_bytes()
    yield "constructions.toml", (root / "languages" / "constructions.toml").read_bytes()
    cities = root / "data" / "cities.tsv"
    if cities.is_file():
        yield "cities.tsv", cities.read_bytes()


def _parse(files: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    tables: dict[str, Any] = {}
    for name, data in files:
        stem = name.split(".")[0]
        if name.endswith(".tsv"):
            tables[stem] = data.decode()
            continue
        try:
            tables[stem] = tomllib.loads(data.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise LanguageError(f"The language file {name} is malformed: {error}.") from error
    return tables


def compile_lexicon(files: dict[str, Any]) -> Lexicon:
    """Compile the parsed files of one language (name of file -> its tables)."""
    grammar = files["grammar"]
    settings = grammar["language"]
    builder = _Builder(settings)
    for add in (_closed_classes, _offices, _encounters, _territories, _organizations, _cities):
        add(builder, files)
    tables = {
        "dates": files.get("dates", {}),
        "constructions": files["constructions"],
        "claims": files.get("claims", {}),
        "given-names": {sex: frozenset(names) for sex, names in grammar.get("given-names", {}).items()},
        "gate": files["encounters"].get("gate", {}),
        "reflexive": files["encounters"].get("reflexive", {}).get("verbs", []),
    }
    return Lexicon(settings=settings, tables=tables, index=builder.index, heads=builder.heads)


class _Builder:
    """Collects the index; forms in lower case match any capitalisation, others match as written."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings = settings
        self.determiners: frozenset[str] = frozenset()
        self.index: dict[str, list[Entry]] = {}
        self.heads: dict[str, list[Entry]] = {}

    def add(self, form: str, kind: str, value: str, extra: str = "") -> None:
        first, *rest = WORD.findall(form)
        entry = Entry(kind, value, extra, tuple(rest))
        entries = self.index.setdefault(first, [])
        if entry not in entries:
            entries.append(entry)

    def name(self, form: str, kind: str, value: str, extra: str) -> None:
        """A name, and its genitive where the language writes one with -s."""
        self.add(form, kind, value, extra)
        if self.settings["genitive-s"] and form[-1:].isalpha() and form[-1] not in "sxzß":
            self.add(form + "s", kind, value, extra + "|gen")

    def nouns(self, specs: Iterable[str], kind: str, value: str, *, head: bool = True) -> None:
        scheme = self.settings["nouns"]
        for spec in specs:
            ends = head and not spec.startswith("=")  # "=Gang": not what "Vorgang" ends in
            spec = spec.removeprefix("=")
            if " " in spec.partition("/")[0] and scheme != "english":
                self.add(spec, kind, value, spec)
                continue
            lemma = spec.partition("/")[0]
            for form in noun_forms(spec, scheme):
                plural = "pl" if form in _plurals(spec, scheme) else "sg"
                self.add(form, kind, value, f"{lemma}|{plural}")
                if ends and len(form) >= 3:
                    self.heads.setdefault(form.lower(), []).append(Entry(kind, value, f"{lemma}|{plural}"))


def _plurals(spec: str, scheme: str) -> frozenset[str]:
    singular, _, plural = spec.partition("/")
    if scheme == "english":
        return frozenset(noun_forms(spec, scheme)) - {singular} or frozenset({singular})
    return frozenset(noun_forms(f"{plural}/{plural}", scheme)) if plural else frozenset()


def _closed_classes(builder: _Builder, files: dict[str, Any]) -> None:
    grammar = files["grammar"]
    builder.determiners = frozenset(grammar["determiners"])
    for form, readings in grammar["determiners"].items():
        builder.add(form, "det", readings)
    for form, readings in grammar["possessives"]["forms"].items():
        builder.add(form, "poss", readings)
    for table, kind in (("pronouns", "pron"), ("relatives", "rel")):
        for form, readings in grammar[table].items():
            builder.add(form, kind, readings)
    for table, kind in (("prepositions", "prep"), ("conjunctions", "conj"), ("words", "word")):
        for value, forms in grammar[table].items():
            for form in forms:
                builder.add(form, kind, value)
    for form in grammar.get("areas", {}).get("names", ()):
        builder.add(form, "area", form)
    for lemma, tenses in grammar["auxiliaries"].items():
        for tense, forms in tenses.items():
            for form in forms:
                builder.add(form, "aux", lemma, tense)


def _offices(builder: _Builder, files: dict[str, Any]) -> None:
    offices = files["offices"]
    for level, specs in offices["heads"].items():
        builder.nouns(specs, "office", level)
    for code, forms in offices.get("belongs", {}).items():
        for form in forms:
            builder.add(form, "belongs", code)
    for value, forms in offices["modifiers"].items():
        for stem in forms:
            for form in adjective_forms(stem, builder.settings["adjectives"] if stem[0].islower() else "none"):
                builder.add(form, "modifier", value)
    for code, forms in offices.get("homes", {}).items():
        for form in forms:
            builder.add(form, "home", code)


def _encounters(builder: _Builder, files: dict[str, Any]) -> None:
    encounters = files["encounters"]
    for frame, specs in encounters["verbs"].items():
        for spec in specs:
            lemma = spec.split()[0].replace("|", "")
            for form in verb_forms(spec, builder.settings["verbs"]):
                builder.add(form.text, "verb", frame, f"{lemma}|{form.tense}|{form.particle or ''}")
    for frame, specs in encounters["nouns"].items():
        builder.nouns(specs, "delegation" if frame == "delegation" else "noun", frame)
    for frame, forms in encounters["particles"].items():
        for form in forms:
            builder.add(form, "predicate", frame)
    for label, forms in encounters["activities"].items():
        for form in forms:
            builder.add(form, "activity", label.replace("-", " "))
            builder.heads.setdefault(form.lower(), []).append(Entry("activity", label.replace("-", " "), form))
    for label, forms in encounters["sectors"].items():
        for form in forms:
            builder.add(form, "sector", label)
            builder.heads.setdefault(form.lower(), []).append(Entry("sector", label, form))
    for label, forms in encounters["phrases"].items():
        for form in forms:
            builder.add(form, "phrase", label)


def _listed(value: str | list[str] | None) -> list[str]:
    return [] if not value else [value] if isinstance(value, str) else value


def _territories(builder: _Builder, files: dict[str, Any]) -> None:
    for code, words in files.get("countries", {}).items():
        _names(builder, code, words, "country")
        for form in _listed(words.get("both")):
            builder.add(form, "country", code, f"{form}|both")  # one word for two countries, which both list
        for kind, key in (("place", "capital"), ("seat", "seats"), ("place", "cities"), ("region", "regions")):
            usual = _listed(words.get(key))
            for form in usual:
                builder.name(form, kind, code, f"{usual[0]}|capital" if key == "capital" else form)
    for side in files["grammar"]["words"].get("directions", ()):
        for code, words in files.get("countries", {}).items():
            _parts_of(builder, side, code, words)


def _parts_of(builder: _Builder, side: str, code: str, words: dict[str, Any]) -> None:
    """The parts of a country that one word names: "Südtürkei", "ostukrainisch"; what is another name stays so."""
    for name in [words["name"], *_listed(words.get("other"))]:
        form = side + name.lower()
        if name.isalpha() and not name.isupper() and form not in builder.index:
            builder.name(form, "region", code, form)
    for stem in _listed(words.get("adjective")):
        if stem.isalpha() and stem[0].islower() and side.lower() + stem not in builder.index:
            for form in adjective_forms(side.lower() + stem, builder.settings["adjectives"]):
                builder.add(form, "adjective", code, stem)


def _names(builder: _Builder, code: str, words: dict[str, Any], kind: str) -> None:
    article = "|art" if words.get("article") else ""  # "der Iran": its name has an article
    for form in [words["name"], *_listed(words.get("other"))]:
        builder.name(form, kind, code, words["name"] + article)
    for form in _listed(words.get("genitive")):
        builder.add(form, kind, code, words["name"] + "|gen")
    for stem in [*_listed(words.get("adjective")), *_listed(words.get("feminine"))]:
        for form in adjective_forms(stem, builder.settings["adjectives"]):
            builder.add(form, "adjective", code, stem)
    for form in _listed(words.get("demonym")):
        for written in {form, *noun_forms(form, builder.settings["nouns"])}:
            builder.add(written, "demonym", code, form)
    for form in _listed(words.get("short")):
        head, _, rest = form.partition(" ")
        builder.add(rest if rest and head in builder.determiners else form, "short", code, form)


def _organizations(builder: _Builder, files: dict[str, Any]) -> None:
    for code, words in files.get("organizations", {}).items():
        if code == "groups":
            for stem, group in words.items():
                for form in adjective_forms(stem, builder.settings["adjectives"]):
                    builder.add(form, "adjective", group if isinstance(group, str) else group[0], stem)
            continue
        _names(builder, code, words, "organization")
        for form in _listed(words.get("seats")):
            builder.add(form, "seat", code, form)


def _cities(builder: _Builder, files: dict[str, Any]) -> None:
    lines = [line for line in files.get("cities", "").splitlines() if line and not line.startswith("#")]
    if not lines:
        return
    header = lines[0].split("\t")
    own = header.index(builder.settings["tag"]) if builder.settings["tag"] in header else None
    english, country = header.index("en"), header.index("country")
    for line in lines[1:]:
        cells = line.split("\t")
        names = [n for n in ((cells[own] if own is not None else "") or cells[english]).split("|") if n]
        for form in dict.fromkeys([*names, *cells[english].split("|")]):
            taken = builder.index.get(WORD.findall(form)[0], []) if form else []
            tokens = tuple(WORD.findall(form)[1:])
            if form and not any(e.rest == tokens and e.kind in (*PLACE_KINDS, "adjective", "demonym") for e in taken):
                builder.name(form, "place", cells[country], names[0])


_CAPITALS: dict[str, dict[str, str]] = {}


def capitals_of(lexicon: Lexicon) -> dict[str, str]:
    """The usual name of the capital of every country, by code, in the language of `lexicon`."""
    if lexicon.tag not in _CAPITALS:
        seats = [
            e for entries in lexicon.index.values() for e in entries if e.kind == "place" and "|capital" in e.extra
        ]
        _CAPITALS[lexicon.tag] = {e.value: e.extra.split("|")[0] for e in reversed(seats)}
    return _CAPITALS[lexicon.tag]


__all__ = ["Entry", "Lexicon", "capitals_of", "compile_lexicon", "languages", "load"]
