"""The people of one document: full names once introduced, surnames ever after, pronouns and "the minister"."""

import functools
from collections import Counter
from collections.abc import Sequence

from summitry.authority import Authority, OfficeHolder
from summitry.authority import fold as fold_name
from summitry.kinds import LEVELS, Level

PARTICLES = frozenset(
    "van von der den de da di do dos das du del della la le el al bin ben ibn bint abu ould ag ter ten zu af av y e u thi".split()
)
FAMILY_FIRST = frozenset({"KP", "KR", "CN", "TW", "HK", "MO", "VN", "SG", "KH", "HU", "JP"})
_RANKED = list(LEVELS)
DATELINE = 2  # mentions that a dateline is worth, where it is asked which country a document is about
SYLLABLES = 3  # a name of this many short words in a family-first country begins with the family name


fold = functools.lru_cache(maxsize=50_000)(fold_name)  # the same few names are compared again and again


class Person:
    """Somebody whom the document names: fullest name, office, country, and where they were mentioned last."""

    __slots__ = (
        "assumed",
        "country",
        "family",
        "former",
        "gender",
        "holder",
        "homes",
        "kin",
        "last",
        "level",
        "name",
        "order",
        "role",
        "taken",
    )

    def __init__(self, name: str, holder: OfficeHolder | None = None, on: str | None = None) -> None:
        self.name = name
        self.holder = holder
        self.country: str | None = _served(holder, on) if holder else None
        self.role: str | None = None
        self.level: Level | None = _level(holder, on) if holder else None
        self.family = family_name(name, holder)
        self.last = -1
        self.order = 0
        self.former = False
        self.gender: str | None = None  # m | f, where an office or title tells
        self.assumed = False  # the country is only what the document is about
        self.kin = False  # named only as the relative of another, who is meant by their surname
        self.homes: tuple[str, ...] = ()  # countries that write the office so, the likeliest first

    def __repr__(self) -> str:
        return f"<{self.name} {self.role} {self.country}>"


def family_name(name: str, holder: OfficeHolder | None) -> str:
    """The part of a full name that later mentions use; the authority knows, else shape and particles tell."""
    if holder is not None and fold(holder.family) in fold(name):
        return holder.family
    words = name.split()
    if len(words) >= SYLLABLES and all(len(w) <= 6 for w in words) and len(words[0]) <= 5 and _syllabic(words):
        return words[0]
    at = len(words) - 1
    while at > 1 and words[at - 1].lower() in PARTICLES:
        at -= 1
    return " ".join(words[at:])


def _syllabic(words: Sequence[str]) -> bool:
    """Whether every word is one syllable: one group of vowels each, as in Korean and Vietnamese names."""
    return all(len("".join(c if c in "aeiouy" else " " for c in fold(w)).split()) == 1 for w in words)


class Register:
    """Everyone named in one document, and everyone the authority knows, by full name and by surname."""

    def __init__(self, authority: Authority | None, on: str | None) -> None:
        self.authority = authority
        self.on = on
        self.people: list[Person] = []
        self._by_name: dict[str, Person] = {}
        self.countries: Counter[str] = Counter()  # every country that the document names, and how often

    def add(self, name: str) -> Person:
        """The person of this full name; a fuller or another spelling of a known one is the same person."""
        key = fold(name)
        known = self._by_name.get(key)
        if known is None:
            holder = self._holder(key)
            known = next((p for p in self.people if holder is not None and p.holder == holder), None)
            known = known or self._fuller(key)
            if known is None:
                known = Person(name, holder, self.on)
                known.order = len(self.people)
                self.people.append(known)
            elif len(name.split()) > len(known.name.split()):
                known.name, known.family = name, family_name(name, known.holder)
            self._by_name[key] = known
        return known

    def _fuller(self, key: str) -> Person | None:
        """Somebody known whose name holds all words of `key`, or the other way round ("José Barroso")."""
        words = key.split()
        if len(words) < 2:
            return None
        for person in self.people:
            other = fold(person.name).split()
            if len(other) == 1 and person.holder is None and other[0] == fold(family_name(key, None)):
                return person  # a headline gave the surname alone
            short, long = sorted((words, other), key=len)
            if len(short) >= 2 and short[-1] == long[-1] and short[0] == long[0]:
                return person
        return None

    def _holder(self, key: str) -> OfficeHolder | None:
        if self.authority is None:
            return None
        found = self.authority.by_alias.get(key, ())
        if not found and " " in key:  # "Wladimir W. Putin"
            found = self.authority.by_alias.get(" ".join(word for word in key.split() if len(word) > 1), ())
        if not found and " " in key:  # a surname of several words: "Lopez Obrador"
            found = tuple(p for p in self.authority.by_family.get(key, ()) if _renowned(p))
        if " " not in key:  # a name of one word is only theirs who have no other
            found = tuple(p for p in found if " " not in p.caption or fold(p.family) == key and _renowned(p))
        return self._likeliest(found)

    def _likeliest(self, found: Sequence[OfficeHolder]) -> OfficeHolder | None:
        """Of several holders of one name the one in office at the time; None where that does not decide."""
        if len(found) == 1:
            return found[0]
        if self.on is None:
            return None
        now = [
            p
            for p in found
            if any((o.start or "") <= self.on and (o.end or "9999") >= self.on[:4] for o in p.occupancies)
        ]
        return now[0] if len(now) == 1 else None

    def known(self, words: Sequence[str]) -> bool:
        """Whether these words are a full name in the authority or in this document."""
        key = fold(" ".join(words))
        return key in self._by_name or (
            self.authority is not None and len(words) > 1 and key in self.authority.by_alias
        )

    def settle_homes(self, federal: Sequence[str] = (), written_in: str | None = None) -> None:
        """Give office holders of no stated country the one that the document is about ("the prime minister said").

        `written_in` is the country of the dateline. `federal` is how offices of a federation begin and which countries write them so: "Bundesumweltminister".
        """
        begin, *lands = federal or ("",)
        for person in self.people:
            if begin and person.country is None and (person.role or "").startswith(begin):
                person.homes = tuple(sorted(lands, key=lambda c: -self.countries[c]))
                person.country, person.assumed = person.homes[0], True
        counted = self.countries + Counter([written_in] * DATELINE if written_in else [])
        if not counted:
            return
        (home, times), *others = counted.most_common(2)
        if times < 2 or (others and others[0][1] == times):
            return
        for person in self.people:
            if person.country is None and person.role is not None:
                person.country, person.assumed = home, True

    def name_words(self) -> set[str]:
        """The words of the names of everybody in the document: any of them may stand for its bearer."""
        return {word for p in self.people for word in p.name.split() if len(word) > 1}

    def bears(self, word: str) -> bool:
        """Whether anybody in the authority or the document has this word for a surname."""
        key = fold(word)
        return any(fold(p.family) == key for p in self.people) or (
            self.authority is not None and key in self.authority.by_family
        )

    def surname(self, words: Sequence[str], country: str | None = None) -> Person | None:
        """Whoever the document calls by this part of a name: the last mentioned one where several fit."""
        key = fold(" ".join(words))
        padded = f" {key} "
        fits = [p for p in self.people if padded in f" {fold(p.name)} "]
        best = [p for p in fits if fold(p.family) == key or padded in f" {fold(p.family)} "] or fits
        if country is not None:
            best = [p for p in best if p.country in (None, country)] or best
        if not best:
            return None
        exact = [p for p in best if fold(p.family) == key] or best
        return max(exact, key=lambda p: (not p.kin, p.last, -p.order))

    def famous(self, words: Sequence[str], country: str | None = None) -> Person | None:
        """A holder of high office whom everybody knows by surname alone ("Putin"), if only one fits at the time."""
        if self.authority is None:
            return None
        found = [
            p
            for p in self.authority.by_family.get(fold(" ".join(words)), ())
            if country in (None, p.country) and _renowned(p)
        ]
        if len(found) > 1:
            high = [p for p in found if any(o.level == "leader" for o in p.occupancies)]
            found = [x for x in [self._likeliest(found) or self._likeliest(high)] if x is not None]
        if len(found) != 1:
            return None
        person = next((p for p in self.people if p.holder == found[0]), None)
        if person is None:
            person = Person(" ".join(words), found[0], self.on)
            person.order = len(self.people)
            self.people.append(person)
        return person


def _level(holder: OfficeHolder, on: str | None) -> Level | None:
    """The highest level that a holder has on a date; at other times whether a leader was meant, else the first one known."""
    now = [
        o for o in holder.occupancies if on and (o.start or "") <= on and (o.end or "9999") >= on[: len(o.end or "")]
    ]
    leads = [o for o in holder.occupancies if o.level == "leader"]
    levels = [o.level for o in now or leads or holder.occupancies[:1] if o.level]
    return min(levels, key=_RANKED.index, default=None)


def _served(holder: OfficeHolder, on: str | None) -> str:
    """Whom a holder speaks for on a date: a former minister at the head of an organisation for that."""
    if on is None:
        return holder.country
    now = [
        o.country for o in holder.occupancies if (o.start or "") <= on and (o.end or "9999") >= on[: len(o.end or "")]
    ]
    return holder.country if not now or holder.country in now else now[-1]


def _renowned(holder: OfficeHolder) -> bool:
    """Whether news may call somebody by surname without saying who it is: leaders and foreign ministers."""
    return any(o.level == "leader" or o.post == "foreign-minister" for o in holder.occupancies)


def same_office(role: str, printed: str, lemma: str) -> bool:
    """Whether a printed office may be the known `role`: "Minister" any minister, "Kulturminister" only that one."""
    known, word, head = role.lower(), (printed.split() or [""])[0].lower().rstrip("sn"), lemma.lower()
    if not word:
        return False
    if head and word != head.rstrip("sn") and " " not in lemma:  # a compound: all of it must agree
        return known.split()[0].rstrip("sn") == word
    return known.startswith(head) or known.split()[0].endswith(head) or head in known
