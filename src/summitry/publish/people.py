"""People and delegations as noun phrases: full name and office at first mention, surname later.

A `Cast` knows everybody who appears in a chronicle, so that a surname stands alone only where it is nobody else's,
and one person is spelled in one way.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from summitry.model import Encounter, Participation
from summitry.publish import tables
from summitry.publish.grammar import Phrase, adjective, article, fill, join, noun, title_case
from summitry.publish.offices import Office, office_of
from summitry.publish.places import country, country_adjective
from summitry.publish.tables import Language


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
        self.introduced: dict[str, str | None] = {}  # person -> the office that was printed last
        people = [who for e in encounters for who in (*e.guests, *e.hosts)]
        for who in people:
            self._register(who, names)
        short = {key: surname(language, self.spelling[key], c, family) for key, c in self._countries(people).items()}
        taken = Counter(short.values())
        self.short = {k: s for k, s in short.items() if taken[s] == 1 and s not in language["names"]["words"]}
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
            return bare_name(self.language, self.short.get(key, self.spelling[key]))
        self.introduced[key] = title
        if office is None:
            office = Office(str(self.language["levels"]["official"]))
        return titled(self.language, office, who.country if with_country else None, self.spelling[key])


def bare_name(language: Language, name: str) -> Phrase:
    """A name without office, in every case."""
    genitive = str(language["names"].get("genitive", "{}"))
    return Phrase({case: genitive.replace("{}", name) if case == "gen" else name for case in language.cases})


def titled(language: Language, office: Office, code: str | None, name: str | None, *, some: bool = False) -> Phrase:
    """Office, country and name in every case: "der russische Außenminister Sergej Lawrow".

    The country stands as an adjective before the noun, or inside a complement that begins with a genitive article
    ("Chef des russischen Auslandsgeheimdienstes"); an organisation follows as a genitive. `some` is for somebody whose
    office is not known: "ein russischer Minister".
    """
    rest, shape, code = _complement(language, office, code)
    templates = language["person"]
    suffix = "" if name else "_unnamed"
    template = templates["some"] if some and shape == "plain" else templates.get(shape + suffix) or templates[shape]
    kind = "indefinite" if some else "definite"
    if shape == "plain" and not name and code is None and not some:
        template = templates.get("plain_ownerless", template)
    owner = country(language, code).form("owner") if code else None
    forms = {}
    for case in language.cases:
        words = [adjective(language, stem, kind, case, office.gender) for stem in office.adjectives]
        head = noun(language, office.noun, kind, case, office.gender)
        if shape == "plain" and name:
            head, rest = title_case(language, head), title_case(language, rest)
        forms[case] = fill(template, {
            "article": article(language, kind, case, office.gender), "adjectives": " ".join(words),
            "country": adjective(language, country_adjective(language, code), kind, case, office.gender),
            "noun": head, "rest": rest, "name": name, "owner": owner,
        })  # fmt: skip
    return Phrase(forms)


def _complement(language: Language, office: Office, code: str | None) -> tuple[str, str, str | None]:
    """What follows the noun with the country put into it, the shape of the phrase, and the country still to be said."""
    rules = language["person"]
    owned = re.match(rules["owned_rest"], office.rest)
    stem = country_adjective(language, code)
    if code is None or (not owned and stem):
        return office.rest, "owned" if owned else "plain", code
    owner = country(language, code)
    slots: dict[str, Phrase | str | None] = {"rest": office.rest, "country": owner, "owner": owner.form("owner")}
    if owned and stem:
        last = "gen" if "gen" in language.cases else language.cases[0]
        inflected = Phrase({last: adjective(language, stem, "definite", last, "m")})
        slots |= {"country": inflected, "article": owned["article"], "body": owned["body"]}
        return fill(rules["owned_by"], slots), "owned", None
    return fill(rules["owned_by_other"], slots), "owned", None


def delegation(language: Language, code: str | None, sector: str | None, led: str | None = None) -> Phrase:
    """A delegation of a country: "eine nordkoreanische Kulturdelegation unter Leitung …"."""
    rules = language["delegation"]
    word = sector_words(language, sector)
    name = fill(rules["with_sector"], {"sector": word[0]}) if word else str(rules["noun"])
    stem = country_adjective(language, code)
    template = rules["owned" if code and not stem else "unnamed"]
    owner = country(language, code) if code else None
    forms = {}
    for case in language.cases:
        forms[case] = fill(template, {
            "article": article(language, "indefinite", case, rules["gender"]), "noun": name, "led": led,
            "country": owner if code and not stem else adjective(language, stem, "indefinite", case, rules["gender"]),
            "owner": owner.form("owner") if owner else None,
        })  # fmt: skip
    return Phrase(forms)


def folded(language: Language, code: str | None, sectors: list[str]) -> Phrase:
    """Sister delegations as one phrase: "Delegationen Nordkoreas aus den Bereichen Fischerei, Sport und Jugend"."""
    words = [found[1] for found in (sector_words(language, s) for s in sectors) if found]
    owner = country(language, code).form("owner") if code else None
    slots = {"owner": owner, "country": country_adjective(language, code) or owner, "sectors": join(language, words)}
    return Phrase({case: fill(t, slots) for case, t in language["delegation"]["folded"].items()}, plural=True)


def sector_words(language: Language, sector: str | None) -> tuple[str, str] | None:
    """The words for a sector, as part of a compound and as a field; None if the language has none for it."""
    if sector is None:
        return None
    found = language["sectors"].get(sector) or language["sectors"].get(_sector_keys().get(sector.casefold(), ""))
    if found:
        return str(found[0]), str(found[1])
    return (sector, sector) if language["language"].get("vocabulary") else None


@functools.cache
def _sector_keys() -> dict[str, str]:
    """Our key of a sector by every word for it in any language ("sports" -> "sport")."""
    known: dict[str, str] = {}
    for tag in tables.languages():
        for key, words in tables.load(tag)["sectors"].items():
            for word in (key, *words):
                known.setdefault(word.casefold(), key)
    return known
