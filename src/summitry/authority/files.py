"""Reads the files of office holders, checks them and compiles them; `summitry.authority` describes their form."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from summitry.dates import bounds
from summitry.errors import DateError, InputError, SummitryError
from summitry.kinds import Level
from summitry.model import Occupancy

# Every post and the level it counts as (see `kinds.LEVELS`).
POSTS: Final[Mapping[str, Level]] = {
    "head-of-state": "leader",
    "head-of-government": "leader",
    "de-facto-leader": "leader",
    "monarch": "leader",
    "regent": "leader",
    "governor-general": "leader",
    "president": "leader",
    "secretary-general": "leader",
    "chairperson": "leader",
    "vice-president": "minister",
    "deputy-prime-minister": "minister",
    "foreign-minister": "minister",
    "high-representative": "minister",
    "defence-minister": "minister",
    "finance-minister": "minister",
    "economy-minister": "minister",
    "interior-minister": "minister",
    "justice-minister": "minister",
    "energy-minister": "minister",
    "trade-minister": "minister",
    "unification-minister": "minister",
    "minister": "minister",
    "commissioner": "minister",
    "deputy-foreign-minister": "vice-minister",
    "vice-minister": "vice-minister",
    "deputy-secretary-general": "vice-minister",
    "director-general": "agency-head",
    "agency-head": "agency-head",
    "intelligence-chief": "agency-head",
    "central-bank-governor": "agency-head",
    "speaker": "parliament",
    "party-leader": "party",
    "party-official": "party",
    "governor": "region",
    "regional-leader": "region",
    "crown-prince": "official",
    "security-adviser": "official",
    "chief-of-staff": "official",
    "armed-forces-chief": "official",
    "envoy": "official",
    "ambassador": "official",
    "aide": "official",
    "spokesperson": "official",
}
# Posts that several people hold at once by their nature.
PLURAL_POSTS: Final = frozenset(
    {"vice-president", "deputy-prime-minister", "minister", "commissioner", "deputy-foreign-minister", "vice-minister"}
    | {"agency-head", "deputy-secretary-general", "envoy", "ambassador", "aide", "party-official", "governor"}
    | {"regional-leader", "spokesperson"}
)
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")  # the plain EDTF dates: day, month or year
_NUMERAL: Final = re.compile(r"[IVX]+|[JS]r\.?")
_PARTICLES: Final = frozenset(
    {"al", "el", "ul", "ol", "as", "ash", "bin", "ibn", "ben", "von", "van", "der", "den", "ter", "zu", "af"}
    | {"de", "du", "da", "di", "do", "del", "della", "dos", "das", "la", "le"}
)
# Letters that Unicode does not decompose, dashes and dots that part words, apostrophes that do not.
_FOLD: Final = str.maketrans(
    dict(zip("øłđıð", "oldid", strict=True))
    | {"æ": "ae", "œ": "oe", "ə": "e", "þ": "th"}
    | dict.fromkeys("-–‐·.,_/", " ")
    | dict.fromkeys("'’‘`´ʻʼʹ", "")
)


class AuthorityError(SummitryError):
    """A file of office holders is malformed; the message names file and entry."""


class OfficeHolder(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A person with every office known of them: caption is the usual English name, country the home country."""

    id: str
    caption: str
    family: str
    country: str
    aliases: tuple[str, ...] = ()
    occupancies: tuple[Occupancy, ...] = ()


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What the cache holds: the people, and to which of them (by position) each folded name leads."""

    people: tuple[OfficeHolder, ...]
    alias_index: dict[str, tuple[int, ...]]
    family_index: dict[str, tuple[int, ...]]


class ExtraRow(msgspec.Struct, forbid_unknown_fields=True):
    """One line of a user's own file of office holders (see `load`)."""

    name: str
    country: str
    post: str
    title: str = ""
    start: str | None = None
    end: str | None = None
    aliases: list[str] = []


class Draft(msgspec.Struct):
    """A person while files are still being read."""

    caption: str
    country: str
    family: str | None = None
    aliases: list[str] = []
    occupancies: list[Occupancy] = []


Drafts = dict[str, Draft]  # by identity


def fold(name: str) -> str:
    """`name` without case, accents, apostrophes and hyphens: the key of `by_alias` and `by_family`.

    >>> fold("Recep Tayyip Erdoğan"), fold("Ban Ki-moon"), fold("Lech Wałęsa")
    ('recep tayyip erdogan', 'ban ki moon', 'lech walesa')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", " ".join(plain.translate(_FOLD).split()))


def read_folder(folder: Path) -> Drafts:
    """Everyone in the TOML files of `folder`. Raises AuthorityError naming file and entry."""
    drafts: Drafts = {}
    for path in sorted(folder.glob("*.toml")):
        read_file(path, drafts)
    return drafts


def read_content(path: Path) -> dict[str, Any]:
    """One TOML file as it is, sure to hold `country` and `office`. Raises AuthorityError."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AuthorityError(f"{path.name} is no valid TOML: {error}.") from error
    if not content.keys() >= {"country", "office", "sources"}:
        raise AuthorityError(f"{path.name} lacks `country`, `sources` or an `[[office]]`.")
    return content


def read_file(path: Path, drafts: Drafts) -> None:
    """Add what one TOML file says to `drafts`. Raises AuthorityError naming file and entry."""
    content = read_content(path)
    country, offices, names = content["country"], content["office"], content.get("names", {})
    listed = set()
    for office in offices:
        for row in _rows(path.name, country, office):
            listed.add(row.name)
            home = names.get(row.name, {}).get("country", country)
            _draft(drafts, home, row.name).occupancies.append(row)
    for caption, entry in names.items():
        if caption not in listed or not entry.keys() <= {"family", "aliases", "country"}:
            raise AuthorityError(
                f'{path.name}: [names."{caption}"] names nobody listed as a holder, or has unknown keys.'
            )
        draft = _draft(drafts, entry.get("country", country), caption)
        draft.family = entry.get("family", draft.family)
        draft.aliases.extend(entry.get("aliases", ()))


def _rows(file: str, country: str, office: Mapping[str, Any]) -> Iterator[Occupancy]:
    """The occupancies of one [[office]] table, once for its post and once for every post in `also`."""
    posts = [office.get("post"), *office.get("also", ())]
    unknown = [post for post in posts if post not in POSTS]
    if unknown or not office.get("title") or not office.keys() <= {"post", "title", "holders", "also", "several"}:
        raise AuthorityError(f"{file}: office {posts[0]!r} has an unknown post {unknown}, no title or an unknown key.")
    for entry in office.get("holders", ()):
        name, start, end, acting = _entry(file, entry)
        title = f"Acting {office['title']}" if acting else office["title"]
        for post in posts:
            yield Occupancy(identify(country, name), name, country, post, title, POSTS[post], start, end)


def _entry(file: str, entry: str) -> tuple[str, str | None, str | None, bool]:
    """Name, start, end and whether acting, of one "name | start | end [| acting]"."""
    parts = [part.strip() for part in entry.split("|")]
    if len(parts) not in (3, 4) or not parts[0] or parts[3:] not in ([], ["acting"]):
        raise AuthorityError(
            f'{file}: {entry!r} is not of the form "name | start | end" or "name | start | end | acting".'
        )
    start, end = parts[1] or None, parts[2] or None
    if not _in_order(start, end):
        raise AuthorityError(f"{file}: {entry!r} has a date that is no day, month or year, or ends before it starts.")
    return parts[0], start, end, len(parts) == 4


def _in_order(start: str | None, end: str | None) -> bool:
    """Whether both are plain dates (or unknown) and the term need not end before it starts."""
    if not all(_DATE.fullmatch(date) for date in (start, end) if date):
        return False
    try:
        first, last = bounds(start or "0001")[0], bounds(end or "9999")[1]
    except DateError:
        return False
    return first is not None and last is not None and first <= last


def identify(country: str, caption: str) -> str:
    """The identity of the person of that name and home country: "ru-vladimir-putin"."""
    return f"{country.lower()}-{fold(caption).replace(' ', '-')}"


def _draft(drafts: Drafts, country: str, caption: str) -> Draft:
    return drafts.setdefault(identify(country, caption), Draft(caption, country))


def with_rows(people: Iterable[OfficeHolder], path: Path) -> Drafts:
    """Everyone in `people` and in the user's file, as drafts."""
    drafts = {
        person.id: Draft(person.caption, person.country, person.family, [*person.aliases], [*person.occupancies])
        for person in people
    }
    for row in _extra_rows(path):
        draft = _draft(drafts, row.country, row.name)
        draft.aliases.extend(row.aliases)
        title = row.title or row.post.replace("-", " ")
        identity, level = identify(row.country, row.name), POSTS[row.post]
        draft.occupancies.append(
            Occupancy(identity, row.name, row.country, row.post, title, level, row.start or None, row.end or None)
        )
    return drafts


def _extra_rows(path: Path) -> Iterator[ExtraRow]:
    """The lines of a user's .tsv or .jsonl. Raises InputError naming file and line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as text: {error}.") from error
    header: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if path.suffix == ".jsonl":
                row = msgspec.json.decode(line, type=ExtraRow)
            elif header is None:
                header = [cell.strip() for cell in line.split("\t")]
                continue
            else:
                row = _from_cells(header, line.split("\t"))
        except msgspec.MsgspecError as error:
            raise InputError(f"{path}, line {number}: {error}.") from error
        if row.post not in POSTS or not _in_order(row.start or None, row.end or None):
            raise InputError(
                f"{path}, line {number}: unknown post {row.post!r}, or dates that are wrong or out of order."
            )
        yield row


def _from_cells(header: list[str], cells: list[str]) -> ExtraRow:
    values: dict[str, Any] = dict(zip(header, (cell.strip() for cell in cells), strict=False))
    values["aliases"] = [alias.strip() for alias in values.get("aliases", "").split("|") if alias.strip()]
    return msgspec.convert(values, ExtraRow)


def compile_drafts(drafts: Drafts) -> Compiled:
    """The people of `drafts` in the order of their identities, with the indexes to find them by name."""
    people = tuple(_finish(identity, draft) for identity, draft in sorted(drafts.items()))
    aliases: dict[str, list[int]] = {}
    families: dict[str, list[int]] = {}
    for at, person in enumerate(people):
        for key in {fold(name) for name in (person.caption, *person.aliases)}:
            aliases.setdefault(key, []).append(at)
        for key in {
            fold(family) for name in (person.family, *_families_abroad(person)) for family in (name, _bare(name))
        }:
            families.setdefault(key, []).append(at)
    return Compiled(people, _frozen(aliases), _frozen(families))


def _finish(identity: str, draft: Draft) -> OfficeHolder:
    """A finished person: aliases once each, offices in order, and every office under the one identity and caption."""
    rows = sorted(draft.occupancies, key=lambda row: (row.start or "", row.country, row.post))
    offices = tuple(msgspec.structs.replace(row, person=identity, name=draft.caption) for row in rows)
    aliases = tuple(dict.fromkeys(alias for alias in draft.aliases if alias != draft.caption))
    family = draft.family or family_of(draft.caption)
    return OfficeHolder(identity, draft.caption, family, draft.country, aliases, offices)


def _families_abroad(person: OfficeHolder) -> Iterator[str]:
    """The family name in other spellings, where the name ends in it: "Sergej Lawrow" -> "Lawrow"."""
    words = len(person.family.split())
    if person.caption.endswith(person.family) and person.caption != person.family:
        for alias in person.aliases:
            parts = alias.split()
            if len(parts) > words and len(parts) == len(person.caption.split()):
                yield " ".join(parts[-words:])


def family_of(caption: str) -> str:
    """The family name of a caption in given-first order: its last word with particles, without numerals and "Jr.".

    >>> family_of("Charles de Gaulle"), family_of("Ferdinand Marcos Jr."), family_of("Charles III")
    ('de Gaulle', 'Marcos', 'Charles')
    """
    words = caption.split()
    while len(words) > 1 and _NUMERAL.fullmatch(words[-1]):
        words.pop()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


def _bare(family: str) -> str:
    """A family name without the particles before it: "von der Leyen" -> "Leyen", "el-Sisi" -> "Sisi"."""
    words = family.replace("-", " ").split() if family.partition("-")[0].casefold() in _PARTICLES else family.split()
    while len(words) > 1 and words[0].casefold() in _PARTICLES:
        words = words[1:]
    return " ".join(words)


def _frozen(index: Mapping[str, list[int]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(places) for key, places in index.items()}
