"""Who came along: "ihn begleitet X", "im Tross des Präsidenten ist Y", "zur Delegation gehört Z".

Whoever accompanies a guest of the visit told last is a guest of it too: of the guest's country unless the text gives
another; of the country visited, they are among those who receive.
"""

from collections.abc import Iterable, Sequence

from summitry.model import Place
from summitry.read.clause import Clause
from summitry.read.drafts import AWAY, GEO, Draft
from summitry.read.encounters import Encounter
from summitry.read.phrase import Phrase
from summitry.read.side import Side
from summitry.territories import is_organization

NEAR = 2  # lines between a visit and the sentence that tells who came along, at most


def called_on(draft: Draft, sides: Sequence[Side]) -> dict[str, Place | None]:
    """Where somebody meets "the visiting president", "den zu Besuch weilenden König": in their own country."""
    visitors = {c for p in draft.sides if "visiting" in p.flags for c in p.countries}
    homes = {s.country for s in sides if s.country} - visitors
    return {home: None for home in homes if visitors and len(homes) == 1 and not is_organization(home)}


def toured(draft: Draft, sides: Sequence[Side], known: Sequence[Encounter]) -> list[Encounter]:
    """ "will visit Peru and Chile. He will meet presidents X of Peru and Y of Chile": each at home, on the tour just told."""
    if draft.places or draft.frame not in ("meet", "talk"):
        return []
    for traveller in (s for s in sides if s.name):
        stops = {e.host_country for e in known if e.kind == "visit" and traveller.key in {g.key for g in e.guests}}
        codes = list(dict.fromkeys(s.country for s in sides if s.country and s.country != traveller.country))
        if len(codes) > 1 and set(codes) <= stops:
            found = [Encounter("visit", draft, [traveller], [s for s in sides if s.country == code]) for code in codes]
            for encounter, code in zip(found, codes, strict=True):
                encounter.host_country = code
            return found
    return []


def party(draft: Draft, last: Encounter | None, sides: Sequence[Side]) -> list[Encounter] | None:
    """The visit told last, with those of `sides` who came along; None if the draft is of no such company."""
    if draft.frame != "accompany" or last is None or draft.sentence.block - last.block > NEAR:
        return None
    if last.kind != "visit" and draft.rule != "present":
        return None
    guests = {g.name for g in last.guests if g.name}
    if draft.rule == "present":
        return _present(draft, last, sides)
    hosting = draft.rule == "host"
    if draft.rule != "party" and not hosting and not any(s.name in guests for s in sides):
        return None
    home = last.host_country if hosting else last.guests[0].country
    abroad: list[Side] = []
    for side in sides:
        if side.name in guests or not (side.name or side.role):
            continue
        if side.country is None or side.person is not None and side.person.assumed:
            side.country = home
            if side.person is not None:
                side.person.country, side.person.assumed = home, False
        if not hosting or side.country == last.host_country:
            abroad.append(side)
    draft.weak = False
    found = []
    for country in dict.fromkeys(s.country for s in abroad):
        theirs = [s for s in abroad if s.country == country]
        here = country == last.host_country
        encounter = Encounter(
            "visit", draft, list(last.guests) if here or country == home else [], theirs if here else []
        )
        encounter.guests += [] if here else theirs
        encounter.host_country, encounter.place = last.host_country, last.place
        encounter.date, encounter.own_date = last.date, last.own_date
        encounter.status, encounter.activities = last.status, []
        found.append(encounter)
    return found


def several(draft: Draft, guests: Sequence[Side]) -> bool:
    """Whether people of several countries are together: by name, or by office at a summit."""
    summit = any(e.frame in ("summit", "session", "meet") for e in draft.events)
    known = [g for g in guests if g.name or summit and g.role and g.level in ("leader", "minister")]
    return len({g.country for g in known}) > 1


def gathered(draft: Draft, last: Encounter | None, sides: Sequence[Side]) -> None:
    """ "The presidents of Chile and Peru will attend the meeting": those of several countries are its sides."""
    high = [s for s in sides if s.country and (s.name or s.role) and s.level in ("leader", "minister")]
    codes = {s.country for s in high}
    joined = last is not None and codes & last.countries and draft.sentence.block - last.block <= NEAR
    if draft.rule == "present" and len(codes) > 1 and len(high) == len(sides) and not joined:
        draft.frame, draft.rule, draft.weak = "meet", "attend-verb", False


def _present(draft: Draft, last: Encounter, sides: Sequence[Side]) -> list[Encounter]:
    """The encounter told last with those who were present; who is of none of its countries is left out.

    An official of no stated country is of the country visited, in whose ministries reports seldom say so.
    """
    named = [s for s in sides if s.role or s.name and s.country]
    for side in named if last.kind == "visit" else ():
        if side.country is None:
            side.country = last.host_country
            if side.person is not None:
                side.person.country = side.country
    homes = {g.country for g in last.guests if g.country}
    encounter = Encounter(last.kind, draft, list(last.guests), [s for s in named if s.country == last.host_country])
    encounter.guests += [s for s in named if s.country in homes and s.key not in {g.key for g in last.guests}]
    if last.kind != "visit":
        encounter.hosts = []
    encounter.host_country, encounter.place = last.host_country, last.place
    encounter.date, encounter.own_date, encounter.status = last.date, last.own_date, last.status
    encounter.activities = []
    return [encounter]


def met(draft: Draft, last: Encounter | None, sides: Sequence[Side]) -> list[Encounter]:
    """The visit told last, with those of `sides` who did something with its guests there; [] if that is not told."""
    if last is None or last.kind != "visit" or draft.sentence.block - last.block > 1:
        return []
    if "cancelled" in (draft.status, last.status) or _elsewhere(draft.clause, last.host_country):
        return []
    guests = {g.name for g in last.guests if g.name}
    ahead = draft.status in ("planned", "proposed") or draft.clause.tense != "past"
    if not any(s.name in guests for s in sides) or last.status != "held" and not ahead:
        return []
    hosts = [s for s in sides if s.name and s.name not in guests and s.role]
    for host in hosts:
        if host.country is None or host.person is not None and host.person.assumed:
            host.country = last.host_country
    hosts = [h for h in hosts if h.country == last.host_country]
    if not hosts:
        return []
    for host in hosts:
        if host.person is not None:
            host.person.country, host.person.assumed = last.host_country, False
    encounter = Encounter("visit", draft, list(last.guests), hosts)
    encounter.host_country, encounter.place = last.host_country, last.place
    encounter.date, encounter.own_date, encounter.status = last.date, last.own_date, last.status
    encounter.activities = []
    return [encounter]


def travellers(draft: Draft, guests: Sequence[Side]) -> list[list[Side]]:
    """The guests of a draft by the journeys that they make: of one party, or each country and delegation its own."""
    return [list(guests)] if _together(draft, guests) else _apart(guests)


def as_one(draft: Draft, abroad: Sequence[Side], receiving: Sequence[Side]) -> list[Side] | None:
    """Host and guests of several countries who are received in one sentence: a meeting of three or more.

    None if they come on their own ("received X and Y separately"), if one word names them all ("hosted the two", "his
    counterparts"), or if it is not told who receives or is received.
    """
    leaders = all(
        g.country and (g.name or g.role and g.level in ("leader", "minister")) and not g.several for g in abroad
    )
    leaders = leaders and len(draft.guests) > 1 and not any(p.counterpart for p in draft.guests)
    if draft.frame != "receive" or draft.trigger_noun is not None or not receiving or not leaders:
        return None
    tokens = draft.sentence.tokens[draft.clause.start : draft.clause.end]
    apart = any(t.has("word", "one-by-one", "next") for t in tokens)
    return [*receiving, *abroad] if len({g.country for g in abroad}) > 1 and not apart else None


def _together(draft: Draft, guests: Sequence[Side]) -> bool:
    """Whether people of several countries travel as one: "the presidents of Poland and Latvia flew to Kyiv"."""
    named = all(g.country and (g.name or g.role and g.level in ("leader", "minister")) for g in guests)
    as_one = len(draft.guests) == 1 and draft.guests[0].kind in ("pronoun", "other")  # "hatte die beiden zu Gast"
    travel = draft.trigger_noun is None and (as_one or draft.frame not in ("receive", "host", "attend"))
    return named and len(guests) > 1 and travel and draft.sentence.context is None


def _apart(guests: Iterable[Side]) -> list[list[Side]]:
    """Guests who travel together in one group; unnamed delegations of different sectors each on their own."""
    alone: list[list[Side]] = []
    by_country: dict[str | None, list[Side]] = {}
    for side in guests:
        if side.delegation and not side.name and not side.role:
            alone.append([side])
        else:
            by_country.setdefault(side.country, []).append(side)
    nowhere = by_country.pop(None, [])
    if nowhere and len(by_country) == 1:  # who comes along with people of one country is taken for one of theirs
        for side in nowhere:
            side.country = next(iter(by_country))
            if side.person is not None and side.person.country is None:
                side.person.country, side.person.assumed = side.country, False
        by_country[nowhere[0].country] += nowhere
        nowhere = []
    return [*by_country.values(), *([nowhere] if nowhere else []), *alone]


def receivers(encounter: Encounter, draft: Draft) -> list[Side]:
    """People of the country visited whom the sentence of a visit names as doing something, or as those it is done to.

    "flew to Lima, where Boluarte had a statue shown to him", "hat ihm in Tunis Präsident Saied erklärt". Not those who
    only speak about it, nor whom a phrase names as its owner, its topic or its time.
    """
    known = {s.name for s in (*encounter.guests, *encounter.hosts)}
    found: list[Side] = []
    for clause in draft.clauses:
        if _elsewhere(clause, encounter.host_country):
            continue  # "visited Cairo, and al-Sisi was his guest in Budapest"
        speaks = clause.main is not None and clause.main.frame in ("say", "deny", "propose")
        for phrase in clause.phrases:
            who = phrase.person
            if phrase.kind != "person" or who is None or phrase.spoken or who.country != encounter.host_country:
                continue
            if who.assumed and phrase in clause.subject:
                continue  # "The minister gave details of the president's trip to Nairobi": one of either country
            if "former" in phrase.flags or speaks and phrase in clause.subject and not _invites(clause, draft):
                continue
            if phrase.prep & (AWAY | {"of", "from"}) and not _celebrated(phrase, draft):
                continue
            if who.name not in known:
                known.add(who.name)
                found.append(
                    Side(who.country, person=who, role=phrase.role or who.role, level=phrase.level or who.level)
                )
    return found


def _elsewhere(clause: Clause, country: str | None) -> bool:
    """Whether a clause names another country or its places."""
    return any(p.kind in GEO and p.countries and country not in p.countries for p in clause.phrases)


def _invites(clause: Clause, draft: Draft) -> bool:
    """ "asked her to come to Lima": whoever proposes the visit told in the infinitive."""
    return clause.main is not None and clause.main.frame == "propose" and draft.clause.parent is clause


def _celebrated(phrase: Phrase, draft: Draft) -> bool:
    """ "came to Lima for the inauguration of X": whose taking of office a guest attends is there to receive."""
    before = draft.sentence.tokens[phrase.start - 1 : phrase.start]
    return not phrase.prep & AWAY and any(t.has("word", "feast-word") for t in before)
