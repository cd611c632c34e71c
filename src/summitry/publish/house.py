"""House spellings: how the press of a language spells the people of a chronicle, from the aliases of the authority.

Each language file says which letters it is written in and, for transcribed names, which spellings are its own: patterns
under [names.house] that count for (`prefer`) and against (`avoid`) an alias. Of equals the first in the authority wins,
its usual English spelling before all others.
"""

import re
from collections.abc import Iterable

from anyascii import anyascii

from summitry.authority import Authority, OfficeHolder
from summitry.model import Encounter, Participation
from summitry.publish.people import key_of
from summitry.publish.tables import Language, load

SYLLABLES = re.compile("[가-힣\u3040-\u30ff\u4e00-\u9fff]")  # what has no usual romanisation letter by letter


def house_names(encounters: Iterable[Encounter], tag: str, authority: Authority) -> dict[str, str]:
    """Person (the key of `Options.names`) -> the spelling of language `tag`.

    Holds everyone whom the authority knows in the letters of that language, and, where it is written in Latin letters,
    everyone else whose name is in letters that can be romanised. Raises LanguageError for a language we do not write.
    """
    language = load(tag)
    found: dict[str, str] = {}
    for encounter in encounters:
        for who in (*encounter.guests, *encounter.hosts):
            key = key_of(who)
            if key is not None and key not in found:
                spelling = _spelling(language, who, authority)
                if spelling:
                    found[key] = spelling
    return found


def _spelling(language: Language, who: Participation, authority: Authority) -> str | None:
    holder = _holder(who, authority)
    if holder is not None:
        return spelled(language, holder)
    name = who.name or ""
    letters = language["language"]["letters"]
    if re.search(letters, name) or SYLLABLES.search(name) or not re.search(letters, "A"):
        return None
    return anyascii(name)


def _holder(who: Participation, authority: Authority) -> OfficeHolder | None:
    """The one person of the authority that this is: by identity, else by full name and country where only one fits."""
    if who.person in authority.by_id:
        return authority.by_id[who.person]
    name = who.name or ""
    people = (
        [p for p in authority.find(name) if p.country == who.country] if len(name.split()) > 1 or _whole(name) else []
    )
    return people[0] if len(people) == 1 else None


def _whole(name: str) -> bool:
    """Whether a name without a space may be a full one (three syllables of Hangul or Han)."""
    return SYLLABLES.search(name) is not None and len(name) > 2


def spelled(language: Language, holder: OfficeHolder) -> str | None:
    """The name of an office holder as this language spells it, None where no alias is in its letters."""
    letters = language["language"]["letters"]
    words = len(holder.caption.split())
    names = [name for name in (holder.caption, *holder.aliases) if re.search(letters, name)]
    full = [n for n in names if n == holder.caption or len(n.split()) == words or (SYLLABLES.search(n) and len(n) > 2)]
    rules = language["names"].get("house", {})
    return max(full or names, key=lambda name: _own(rules, name), default=None)


def _own(rules: dict[str, list[str]], name: str) -> int:
    """How much a spelling looks like this language's; `max` keeps the first of equals."""
    good, bad = (sum(len(re.findall(p, name)) for p in rules.get(side, ())) for side in ("prefer", "avoid"))
    return good - bad
