"""People and delegations as noun phrases: full name and office at first mention, surname later.

A `Cast` knows everybody who appears in a chronicle, so that a surname stands alone only where it is nobody else's,
and one person is spelled in one way.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from summitry import cities
from summitry.model import Encounter, Participation
from summitry.publish import tables
from summitry.publish.grammar import Phrase, adjective, article, decline, fill, join, noun, title_case
from summitry.publish.offices import Office, office_of
from summitry.publish.places import attribute, country, country_adjective, country_takes_article, country_word
from summitry.publish.tables import MEMORY, Language


def surname(language: Language, name: str, code: str | None, family: Mapping[str, str]) -> str:
    """The part of `name` that serves alone in later mentions; the whole name where no part does.

    `family` (full name -> family name) decides where it knows the person; else the usual order of names in the country.
    """
    if name in family:
        return family[name]
    rules = language["names"]
    words = [w for w in name.split() if w not in rules["suffixes"]]
    if len(words) < 2 or code in rules["whole"]:
        return name
    if code in rules["family_first"] and "-" not in words[0]:
        return words[0]
    if code in rules["given_first"]:
        return words[0]
    if code in rules["given_last"]:
        return words[-1]
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in rules["particles"]:
        start -= 1
    return " ".join(words[start:])


def key_of(who: Participation) -> str | None:
    """What makes two participations the same person here: the identity if resolved, else country and name."""
    if who.name is None:
        return None
    return who.person or f"{who.country} {who.name.casefold()}"


class Cast:
    """Everybody who appears, and who has been introduced so far."""

    def __init__(
        self, language: Language, encounters: Iterable[Encounter], names: Mapping[str, str],
        family: Mapping[str, str], genders: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.language = language
        self.family = family
        self.genders = genders
        self.spelling: dict[str, str] = {}
        self.roles: dict[str, Participation] = {}
        self.foreign: dict[str, None] = {}  # names in the letters of another language, in order
        self.introduced: dict[str, str | None] = {}  # person -> the office that was printed last
        people = [who for e in encounters for who in (*e.guests, *e.hosts)]
        for who in people:
            self._register(who, names)
        short = {key: surname(language, self.spelling[key], c, family) for key, c in self._countries(people).items()}
        taken = Counter(short.values())
        self.short = {
            key: name for key, name in short.items()
            if taken[name] == 1 and name not in language["names"]["words"] and not cities.find(name, None)
        }  # fmt: skip  # a surname that is nobody else's, no word of the language and no city
        self.plain = frozenset((*self.short.values(), *self.spelling.values()))  # how a bare name may look

    def _register(self, who: Participation, names: Mapping[str, str]) -> None:
        key = key_of(who)
        if key is None or who.name is None:
            return
        house = names.get(key) or names.get(who.name)
        known = self.spelling.get(key, "")
        if house or len(who.name.split()) > len(known.split()):
            self.spelling[key] = house or who.name
        if who.role and key not in self.roles:
            self.roles[key] = who

    def _countries(self, people: list[Participation]) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for who in people:
            key = key_of(who)
            if key is not None and found.get(key) is None:
                found[key] = who.country
        return found

    def person(self, who: Participation, *, with_country: bool = True) -> Phrase:
        """The noun phrase for a named person, and from now on that person is introduced."""
        key = key_of(who)
        assert key is not None  # the caller asks for named people only
        gender = self.genders.get(key) or self.genders.get(who.name or "")
        source = who if who.role else self.roles.get(key, who)
        office = office_of(self.language, source, gender)
        title = (office.key or office.noun) if office else None
        seen = key in self.introduced and (not who.role or self.introduced[key] == title)
        if seen:
            return self._later(key, office, who)
        self.introduced[key] = title
        if who.person and not source.role and source.level in self.language["person"].get("bare", ()):
            self._check_script(self.spelling[key])
            return bare_name(self.language, self.spelling[key], who.country, gender or "m")._replace(
                gender=gender or "m"
            )
        if office is None:
            office = Office(str(self.language["levels"]["official"]))
        self._check_script(self.spelling[key])
        bearer = Named(self.spelling[key], who.country, gender)
        named = titled(self.language, office, who.country if with_country else None, bearer)
        return named._replace(gender=gender or office.gender)

    def _check_script(self, name: str) -> None:
        """Note a name that is printed in letters which readers of this language may not know."""
        if not re.search(self.language["language"]["letters"], name):
            self.foreign[name] = None

    def _later(self, key: str, office: Office | None, who: Participation) -> Phrase:
        """A person who is known by now: the surname, with the bare office where the language wants one."""
        name = self.short.get(key, self.spelling[key])
        gender = self.genders.get(key) or self.genders.get(who.name or "") or (office.gender if office else "m")
        template = self.language["person"].get("later")
        if template and office:
            return Phrase({self.language.cases[0]: fill(template, {"name": name, "noun": office.noun})})
        return bare_name(self.language, name, who.country, gender)._replace(gender=gender)


@functools.lru_cache(MEMORY)
def bare_name(language: Language, name: str, code: str | None = None, gender: str = "m") -> Phrase:
    """A name without office, in every case."""
    genitive = str(language["names"].get("genitive", "{}"))
    forms = {case: declined_name(language, name, code, case, gender) for case in language.cases}
    return Phrase({case: genitive.replace("{}", form) if case == "gen" else form for case, form in forms.items()})


def declined_name(language: Language, name: str, code: str | None, case: str, gender: str) -> str:
    """A name in `case`, in languages that decline names: all its words, or the last where the family name comes first.

    The rules of surnames (`names.family`) come before those of names, for the last word of a name of the usual order.
    """
    rules = language["names"]
    if "rules" not in rules:
        return name
    words = name.split(" ")
    usual = code not in rules["family_first"] and code not in rules["given_last"]
    for at, word in enumerate(words):
        last = at == len(words) - 1
        if usual or last:
            own = rules["family"] if usual and last else []
            words[at] = decline([*own, *rules["rules"]], word, case, gender, code)
    return " ".join(words)


class Named(NamedTuple):
    """A name with what decides on its forms: whose names have which order, and the bearer's gender where known."""

    name: str
    country: str | None
    gender: str | None


@functools.lru_cache(MEMORY)
def titled(
    language: Language, office: Office, code: str | None, bearer: Named | None, *, some: bool = False
) -> Phrase:  # fmt: skip
    """Office, country and name in every case: "der russische Außenminister Sergej Lawrow".

    The country stands as an adjective before the noun, or inside a complement that begins with a genitive article
    ("Chef des russischen Auslandsgeheimdienstes"); an organisation stands before the noun where the language has such a
    form of its name ("UN-Generalsekretär"), else it follows as a genitive. `some` is for somebody whose office is not
    known: "ein russischer Minister".
    """
    name = bearer.name if bearer else None
    rest, shape, code = _complement(language, office, None if office.complete else code)
    templates = language["person"]
    kind = "indefinite" if some else "definite"
    owner = country(language, code).form("owner") if code else None
    feminine = templates.get("feminine_titles")  # where women bear masculine titles, adjectives agree with the title
    agreement = office.gender if feminine is None or re.search(feminine, office.noun) else "m"
    behind = _behind(language, rest, agreement) if shape == "plain" else None
    template = (
        templates["plain_behind"] if behind else _template(language, office, code, shape, named=bool(name), some=some)
    )
    forms = {}
    for case in language.cases:
        words = [adjective(language, stem, kind, case, agreement) for stem in office.adjectives]
        head = noun(language, office.noun, kind, case, office.gender)
        if shape != "owned" and name:
            head, rest = title_case(language, head), title_case(language, rest)
        forms[case] = fill(template, {
            "article": article(language, kind, case, office.gender), "adjectives": " ".join(words),
            "country": country_word(language, code, kind, case, behind or agreement), "noun": head, "rest": rest,
            "name": _name_in(language, bearer, case, office.gender) if bearer else None, "owner": owner,
            "belonging": None if country_adjective(language, code) else owner, "attribute": attribute(language, code),
        })  # fmt: skip
    return Phrase(forms, gender=office.gender)


def _behind(language: Language, rest: str, agreement: str) -> str | None:
    """The gender in which the country's adjective stands behind the whole complement ("du Parlement iranien"), if it does."""
    for pattern, gender in language["person"].get("behind", ()):
        if re.search(pattern, rest):
            return gender or agreement
    return None


def _template(
    language: Language, office: Office, code: str | None, shape: str, *, named: bool, some: bool
) -> str:  # fmt: skip
    """How office, country and name follow each other."""
    templates, suffix = language["person"], "" if named else "_unnamed"
    if shape != "plain":
        return str(templates.get(shape + suffix) or templates[shape])
    if (office.key or "").partition("/")[0] in templates.get("common", ()) and "plain_common" + suffix in templates:
        return str(templates["plain_common" + suffix])  # many in a country: hardly "the governor of the US"
    takes = country_takes_article(language, code) and country_adjective(language, code)
    if not named and takes and "plain_unnamed_article" in templates:
        return str(templates["plain_unnamed_article"])  # "the Dutch prime minister", not "the Netherlands'"
    if not named and code is None and not some and "plain_ownerless" in templates:
        return str(templates["plain_ownerless"])
    return str(templates["some"] if some else templates.get("plain" + suffix) or templates["plain"])


def _name_in(language: Language, bearer: Named, case: str, gender: str) -> str:
    return declined_name(language, bearer.name, bearer.country, case, bearer.gender or gender)


def _complement(language: Language, office: Office, code: str | None) -> tuple[str, str, str | None]:
    """What follows the noun with the country put into it, the shape of the phrase, and the country still to be said."""
    rules = language["person"]
    if attribute(language, code) and not office.rest:
        return "", "attributed", code
    owned = re.match(rules["owned_rest"], office.rest)
    stem = country_adjective(language, code)
    if code is None or rules.get("owner_in_place") or (not owned and stem):
        return office.rest, "owned" if owned else "plain", code
    owner = country(language, code)
    slots: dict[str, Phrase | str | None] = {"rest": office.rest, "country": owner, "owner": owner.form("owner")}
    if owned and stem:
        last = "gen" if "gen" in language.cases else language.cases[0]
        inflected = Phrase({last: adjective(language, stem, "definite", last, "m")})
        slots |= {"country": inflected, "article": owned["article"], "body": owned["body"]}
        return fill(rules["owned_by"], slots), "owned", None
    return fill(rules["owned_by_other"], slots), "owned", None


@functools.lru_cache(MEMORY)
def delegation(language: Language, code: str | None, sector: str | None, led: str | None = None) -> Phrase:
    """A delegation of a country: "eine nordkoreanische Kulturdelegation unter Leitung …"."""
    rules = language["delegation"]
    word = sector_words(language, sector)
    behind = word is not None and re.search(rules.get("phrases", "^$"), word[0]) is not None
    name = (
        fill(rules["with_sector"], {"sector": word[0], "field": word[1]}) if word and not behind else str(rules["noun"])
    )
    stem = country_adjective(language, code)
    template = rules["owned" if code and (not stem or rules.get("always_owned")) else "unnamed"]
    owner = country(language, code) if code else None
    forms = {}
    for case in language.cases:
        forms[case] = fill(template, {
            "article": article(language, "indefinite", case, rules["gender"]), "noun": _delegation_noun(language, name, case),
            "led": led, "country": country_word(language, code, "indefinite", case, rules["gender"]) if stem else owner,
            "owner": owner.form("owner") if owner else None, "sector": word[0] if word and behind else None,
            "field": word[1] if word and behind else None,
        })  # fmt: skip
    return Phrase(forms, gender=rules["gender"])


def _delegation_noun(language: Language, name: str, case: str) -> str:
    """The noun with what stands before it, in languages where both are declined."""
    rules = language["delegation"]
    if case not in rules.get("forms", ()):
        return name
    *before, _ = name.split(" ")
    words = [adjective(language, word, "indefinite", case, rules["gender"]) for word in before]
    return " ".join([*words, str(rules["forms"][case])])


def folded(language: Language, code: str | None, sectors: list[str]) -> Phrase:
    """Sister delegations as one phrase: "Delegationen Nordkoreas aus den Bereichen Fischerei, Sport und Jugend"."""
    words = [found[1] for found in (sector_words(language, s) for s in sectors) if found]
    owner = country(language, code).form("owner") if code else None
    adjective_ = country_word(language, code, "indefinite", language.cases[0], "p")
    slots = {"owner": owner, "country": adjective_ or owner, "sectors": _listed(language, words)}
    forms = {case: fill(t, slots) for case, t in language["delegation"]["folded"].items()}
    return Phrase(forms, plural=True, gender=language["delegation"]["gender"])


def _listed(language: Language, words: list[str]) -> str:
    separator = language["delegation"].get("separator")
    return str(separator).join(words) if separator else join(language, words)


def sector_words(language: Language, sector: str | None) -> tuple[str, str] | None:
    """The words for a sector, as part of a compound and as a field; None if the language has none for it."""
    if sector is None:
        return None
    found = language["sectors"].get(sector) or language["sectors"].get(_sector_keys().get(sector.casefold(), ""))
    if found:
        return str(found[0]), str(found[1])
    return (sector, sector) if language["language"].get("vocabulary") else None


def topic_words(language: Language, topic: str) -> str | None:
    """The words for a topic that is a field of ours; None for a topic in the free words of an article."""
    found = sector_words(language, topic) if topic.casefold() in _sector_keys() else None
    return found[1] if found else None


def outcome_words(language: Language, outcome: str) -> str | None:
    """The words for an outcome of our vocabulary; None for one in the free words of an article."""
    said = language["outcomes"].get(outcome)
    if said is None and language["language"].get("vocabulary") and outcome in _outcome_keys():
        return outcome
    return str(said) if said else None


@functools.cache
def _outcome_keys() -> frozenset[str]:
    return frozenset(key for tag in tables.languages() for key in tables.load(tag)["outcomes"])


@functools.cache
def _sector_keys() -> dict[str, str]:
    """Our key of a sector by every word for it in any language ("sports" -> "sport")."""
    known: dict[str, str] = {}
    for tag in tables.languages():
        for key, words in tables.load(tag)["sectors"].items():
            for word in (key, *words):
                known.setdefault(word.casefold(), key)
    return known
