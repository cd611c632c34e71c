"""What the record knows that makes its text better: how a language spells its people and places, and what came before.

`publish` writes from values alone; this module gets those values out of a record.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from summitry import cities
from summitry import publish as published
from summitry.ask import find, there_before
from summitry.authority import Authority, load
from summitry.model import CountingRule, Encounter, Person
from summitry.publish import Chronicle, Options, Remark, chronicle, languages, usual_places
from summitry.record import Record

_MANY = 500  # people


def write(record: Record, query: CountingRule, options: Options, authority: Authority | None = None) -> Chronicle:
    """The chronicle of what `query` finds. Raises UsageError for a query that makes no sense, LanguageError."""
    found = find(record, query)
    return chronicle(found, informed(record, found, options, authority or load()))


def informed(record: Record, encounters: Sequence[Encounter], options: Options, authority: Authority) -> Options:
    """The options with all that the record and the authority know of these encounters' names, places and precedents."""
    usual = published.house_names(encounters, options.lang, authority)
    printed = house_names(record, encounters, options.lang)
    names = usual | {who: name for who, name in printed.items() if " " in name or who not in usual}
    return replace(
        options,
        names=names | dict(options.names),
        family=family_names(names, authority) | dict(options.family),
        places=usual_places(encounters, options.lang) | dict(options.places),
        offices=published.held_offices(encounters, authority) | dict(options.offices),
        remarks=remarks(record, encounters) | dict(options.remarks),
        articles=_articles_in(record, options.lang, encounters) | options.articles,
    )


def house_names(record: Record, encounters: Sequence[Encounter], lang: str) -> dict[str, str]:
    """Person -> the spelling that articles in `lang` print most often, the fullest of equals."""
    people = {(who.country, name): who.id for who in _people(record, encounters) for name in who.names}
    ours = _articles_in(record, lang, encounters)
    printed: dict[str, Counter[str]] = {}
    for encounter in encounters:
        for source in encounter.sources:
            if source.article in ours:
                for who in (*source.report.guests, *source.report.hosts):
                    person = people.get((who.country, who.name or "")) or who.person
                    if who.name and person:
                        printed.setdefault(person, Counter())[who.name] += 1
    return {person: max(names, key=lambda n: (len(n.split()) > 1, names[n], n)) for person, names in printed.items()}


def _people(record: Record, encounters: Sequence[Encounter]) -> list[Person]:
    """Those who took part; everybody where that is quicker than to ask for them by name."""
    ids = {who.person for one in encounters for who in (*one.guests, *one.hosts) if who.person}
    return record.people(sorted(ids) if len(ids) < _MANY else None)


def _articles_in(record: Record, lang: str, encounters: Iterable[Encounter]) -> frozenset[str]:
    ids = sorted({source.article for encounter in encounters for source in encounter.sources})
    return frozenset(article.id for article in record.articles(ids) if article.lang == lang)


def family_names(names: Mapping[str, str], authority: Authority) -> dict[str, str]:
    """Full name -> family name, of people whose family name the authority knows in that spelling."""
    found = {}
    for person, name in names.items():
        holder = authority.by_id.get(person)
        if holder and holder.family in name:
            found[name] = holder.family
    return found


def usual_language() -> str:
    """What to write in if nobody says: the language that the gazetteer takes its names from where others have none."""
    written = languages()
    return next(tag for tag in (*cities.usual_tags(), *written) if tag in written)


def remarks(record: Record, encounters: Sequence[Encounter]) -> dict[str, list[Remark]]:
    """What the record supports saying of a visit of a named guest: that it was not the first one to that place.

    Further visits are a fact, whatever the record covers; firsts would need coverage and are left to `check`.
    """
    visits = [one for one in encounters if one.kind == "visit" and one.status == "held"]
    return {one: [Remark("again")] for one in sorted(there_before(record, visits))}


__all__ = [
    "family_names",
    "house_names",
    "informed",
    "remarks",
    "usual_language",
    "write",
]
