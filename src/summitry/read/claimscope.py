"""What a claim counts: between whom, by whom, in which unit, from when to when.

The report that the claim stands in or next to says who and where; the claim's own words narrow it ("an Indian foreign
minister": holders of an office; "this year": a window). What neither says stays open, and `ask` will say so.
"""

from msgspec.structs import replace

from summitry.kinds import Kind
from summitry.model import Claim, Participation, Report, Scope
from summitry.read.claimevidence import Evidence, countries
from summitry.read.claimforms import Finding
from summitry.read.claimleft import unread
from summitry.read.claimnarrow import Narrows
from summitry.read.claimvocabulary import ENCOUNTER
from summitry.read.claimwords import View
from summitry.read.phrase import Phrase

TRAVEL = frozenset({"visit", "move", "stay"})
SYMMETRIC = frozenset({"meet", "talk", "call", "summit", "session", "accompany"})  # nobody need travel


class Scoper(Narrows):
    """Gives the findings of one sentence their scope."""

    def __init__(self, view: View, n: int, evidence: Evidence, published: str | None) -> None:
        super().__init__(view, published)
        self.n = n
        self.evidence = evidence

    def scope(self, finding: Finding, before: Claim | None) -> Scope:
        """The scope of a finding, with the words that it does not hold; `before` is what an anaphoric one goes on with."""
        self.used = []
        self.back = finding.reach.words if finding.reach is not None else range(0)
        self.then = self.under(finding)
        scope = self.narrowed(self._found(finding, before), finding)
        whose = self.evidence.person(finding.reach.person) if finding.reach and finding.reach.person else None
        scope = replace(scope, since_person=whose.name) if whose is not None else scope
        if finding.whose is not None and (first := self.evidence.person(finding.whose)) is not None:
            self.used.append(finding.whose)
            scope = replace(scope, person=first.name)
        if finding.type == "count" and scope.person and not (scope.office or scope.capacity or scope.start):
            scope = replace(scope, title=self._title(scope.person))
        if finding.office:
            words = range(finding.start, finding.end)
            scope = replace(scope, female=any(self.view.match(i, "feminine") for i in words))
        if not (scope.countries or scope.person or scope.guest_country or scope.host_country):
            return scope  # nobody is understood: that is said already
        return replace(scope, unread=unread(self.view, finding, scope, self.used))

    def _found(self, finding: Finding, before: Claim | None) -> Scope:
        report = self._report(finding) if not finding.nobody else None
        if before is not None and (finding.anaphoric or finding.type == "record" and report is None):
            scope = replace(before.scope, start=None, end=None, within=None)
            return self._portion(scope, finding) if finding.anaphoric else self.dated(scope, finding, None)
        next_to = self._next_to(finding) if report is None and not finding.nobody else None
        scope = self._parties(finding, report or next_to, near=next_to is not None)
        if finding.type != "count" and self._frame(finding) in SYMMETRIC and any(len(c) > 2 for c in scope.countries):
            scope = Scope()  # the meetings of a body: every member's would have to be known
        if finding.office and (finding.value or 0) > (finding.type == "nth") and finding.type in ("nth", "count"):
            scope = replace(scope, unit="traveller")  # "the second president to visit", "three presidents have visited"
        if finding.noun is not None and finding.noun.frame == "delegation":
            scope = replace(scope, unit="delegation")
        elif finding.noun is not None and finding.noun.frame == "move" and not scope.host_country:
            scope = replace(scope, unit="trip")
        if finding.type == "count" and finding.anywhere:
            scope = replace(scope, unit="pair", host_country=None)
        if finding.type == "count":
            since = finding.reach.since if finding.absent and finding.reach is not None else None
            return self.after(scope, since) if since else self.windowed(scope, finding)
        return self.dated(scope, finding, report or next_to)

    def _title(self, name: str) -> str | None:
        """The office before a name, if it is the one held then: "President Kennedy"."""
        phrases = (p for p in self.view.phrases if p.kind == "person" and p.role and not p.flags & {"former", "then"})
        phrase = next(
            (p for p in phrases if p.person is not None and name in (p.person.name, p.person.family, p.name)), None
        )
        return self.role(phrase) if phrase is not None else None

    def _portion(self, scope: Scope, finding: Finding) -> Scope:
        """The part of a count before it: "15 of the 18 to Russia", "davon acht in diesem Jahr"."""
        scope = self.windowed(scope, finding)
        hosts = set(self._destinations(finding))
        if len(hosts) != 1 or scope.host_country:
            return scope
        (host,) = hosts
        guest = scope.guest_country or next((code for code in scope.countries if code != host), None)
        if guest is None or len({*scope.countries, host, guest}) > 2:
            return scope
        return replace(scope, countries=tuple(sorted({guest, host})), guest_country=guest, host_country=host)

    def _mentioned(self) -> bool:
        return any(self.view.match(i, "mentioned") for i in range(len(self.view.tokens)))

    def _report(self, finding: Finding) -> Report | None:
        """The report in whose evidence the claim stands, else one of its sentence."""
        tokens = self.view.tokens
        start, end = tokens[finding.start].start, tokens[finding.end - 1].end
        return next(iter(self.evidence.at(start, end) or self.evidence.of(self.n, start)), None)

    def _next_to(self, finding: Finding) -> Report | None:
        """A report beside a sentence that names nobody itself: "it was her third visit"."""
        people = [self.evidence.person(p) for p in self.view.phrases if p.kind == "person"]
        report = next(iter(self.evidence.near(self.n)), None)
        if report is None or people or self._mentioned() and finding.type == "count":
            return None
        codes = self.view.codes
        return report if len(codes) < 2 or {p.country for p in report.guests} & codes and finding.office else None

    # ------------------------------------------------------------------ who

    def _parties(self, finding: Finding, report: Report | None, *, near: bool) -> Scope:
        scope = self._of_report(finding, report, near=near) if report else self._of_words(finding)
        if scope.level and not scope.guest_country:
            return scope
        office = self._office(finding)
        code = self._holder(office, scope, report) if office is not None else None
        if office is None or code is None:
            return scope
        codes = {*(report is not None and countries(report) or scope.countries), code}
        others = [c for c in (scope.host_country, *self._destinations(finding), *sorted(codes)) if c and c != code]
        host = others[0] if others and (len(codes) == 2 or scope.host_country or self._destinations(finding)) else None
        directed = self._travels(finding) or report is not None and report.kind == "visit"
        role = self.role(office)
        self.used.append(office)
        return Scope(
            countries=tuple(sorted({code, host} if host else codes)),
            person=scope.person if self._by(scope.person, code) else None,
            office=role if role.startswith(code) else f"{code} {role}".strip(),
            level=office.level,
            guest_country=code if directed else None,
            host_country=host if directed and not self._anywhere(finding) else None,
            kind=scope.kind or ("visit" if directed else None),
        )

    def _by(self, name: str | None, code: str) -> bool:
        """Whether somebody of that country is the one who made the visit at hand: "Obama, the first president to …"."""
        people = (p.person for p in self._doers() if p.person is not None)
        return any(p.country == code and name in (p.name, p.family) for p in people)

    def _doers(self) -> list[Phrase]:
        """The people who do what is claimed: not those with whom, before whom or since whose visit."""
        everybody = (p for p in self.view.phrases if p.kind == "person" and p is not self.then)
        people = [p for p in everybody if p.start not in self.back]
        self.used += [p for p in people if self._for(p)]
        return [p for p in people if not p.prep or p.prep & {"by", "of"} or self._for(p)]

    def _for(self, phrase: Phrase) -> bool:
        """ "For Modi it was the second visit", "Mit Obama besuchte erstmals ein US-Präsident …": the one whose visit it is."""
        clause = self.view.clause(phrase.start)
        main = clause.main
        if "for" in phrase.prep:
            return main is not None and main.lemma in ("be", "become", "mark")
        home = phrase.person.country if phrase.person is not None else None
        held = (p for p in clause.phrases if p.kind == "office" and not p.name and not p.prep)
        return bool(phrase.prep & {"with"}) and home is not None and any(home in p.countries for p in held)

    def role(self, office: Phrase) -> str:
        """The office without its country and what follows a preposition of direction, one holder's: "prime minister"."""
        words = (office.role or office.lemma or "").split()
        index = self.view.words.lexicon.index
        cut = next(
            (i for i, w in enumerate(words) if any(e.kind == "prep" and e.value == "to" for e in index.get(w, ()))),
            None,
        )
        words = words[:cut]
        lemma = (office.lemma or "").split()
        if office.plural and lemma:
            words[-len(lemma) :] = lemma
        first, dash, rest = words[0].partition("-") if words else ("", "", "")
        if dash and any(e.kind in ("country", "adjective") for e in index.get(first, ())):
            words[0] = rest  # "US-Präsident"
        return " ".join(words)

    def _holder(self, office: Phrase, scope: Scope, report: Report | None) -> str | None:
        """The country of an office; of a former state and its successor the one that the report knows."""
        guests = {p.country for p in report.guests} if report is not None else set()
        codes = self.view.codes
        return next((c for c in sorted(codes) if c in guests), None) or next(
            iter(office.countries), scope.guest_country
        )

    def _frame(self, finding: Finding) -> str | None:
        """What kind of encounter a finding counts, by its noun or verb; None for "has been to"."""
        if finding.noun is not None:
            return finding.noun.frame
        if finding.office:  # "the first president to set foot in China": whatever verb stands before
            verbs = (self.view.verbs.get(k) for k in range(finding.trigger, finding.end))
            frame = next((v.frame for v in verbs if v is not None and v.frame in ENCOUNTER), None)
            if frame is not None:
                return frame
        main = self.view.told(finding.trigger).main
        return None if main is None or main.aux else main.frame

    def _travels(self, finding: Finding) -> bool:
        return self._frame(finding) in TRAVEL or self._frame(finding) is None

    def _of_report(self, finding: Finding, report: Report, *, near: bool) -> Scope:
        """Who takes part in a report; one that only stands near says who is meant, not where to."""
        frame = self._frame(finding)
        codes = countries(report)
        guests = {p.country for p in report.guests if p.country}
        person = self._subject(finding, report) if frame not in ("session", "delegation") else None
        exchanged = frame == "delegation" and self._mentioned()
        if frame in SYMMETRIC and len(both := self._people()) == 2 and (scope := self._meeting(both, codes)).partner:
            return scope
        if report.kind != "visit" or frame in SYMMETRIC or exchanged:
            kind: Kind | None = "call" if report.kind == "call" else None
            return Scope(countries=tuple(sorted(codes)), person=person if len(codes) <= 2 else None, kind=kind)
        guest = next(iter(guests)) if len(guests) == 1 else None
        host = report.host_country if not self._anywhere(finding) else None
        if near and finding.type == "count":
            if person is None:
                return Scope()
            host = next(iter(self._destinations(finding)), None)
            codes = {c for c in (guest, host) if c}
        elif near and len(self.view.codes - guests) == 1:
            host = next(iter(self.view.codes - guests))  # "Ghana is on her itinerary for the second time"
            codes = {*guests, host}
        return Scope(tuple(sorted(codes)), person, guest_country=guest, host_country=host, kind="visit")

    def _subject(self, finding: Finding, report: Report) -> str | None:
        """Whose claim it is: of the people of a report the one named first, else who "he" may be."""
        travel = report.kind == "visit" and self._frame(finding) not in SYMMETRIC
        guests = report.guests if travel else (*report.guests, *report.hosts)
        people, homes = {p.name for p in guests if p.name}, {p.country for p in guests}
        doers = sorted(self._doers(), key=lambda p: (p.start > finding.trigger, p.start))
        found: list[Participation] = [one for phrase in doers if (one := self.evidence.person(phrase)) is not None]
        named_ = [one for one in found if one.name in people] or [one for one in found[:1] if one.country in homes]
        if named_:
            return named_[0].name
        first, last = self.view.segment(finding.trigger)
        own = range(min(first, finding.start), max(last, finding.end))
        personal = any(self.view.match(i, "possessive") or self.view.match(i, "personal") for i in own)
        return next((p.name for p in report.guests if p.name), None) if personal else None

    def _anywhere(self, finding: Finding) -> bool:
        """ "his first trip abroad": not only to the country at hand."""
        if finding.anywhere:
            return True
        noun = finding.noun
        return noun is not None and self.view.any("abroad", finding.start, noun.end + 2) is not None

    def _of_words(self, finding: Finding) -> Scope:
        """Who is named in a sentence without a report; nothing where somebody in it is not known."""
        view = self.view
        if self._mentioned():
            return Scope(countries=self.evidence.pair(self.n))
        if (received := self._received(finding)) is not None:
            return received
        if (ranked := self._ranked(finding)) is not None:
            return ranked
        symmetric = self._frame(finding) in SYMMETRIC
        doers = [one for p in self._doers() if (one := self.evidence.person(p))]
        people = self._people() if symmetric else doers
        codes = {*view.codes, *(p.country for p in people if p.country)}
        hosts = self._destinations(finding)
        if symmetric:
            return self._meeting(people, codes)
        if not hosts:
            if len(people) == 1 and people[0].country and (self.region(finding) or self._anywhere(finding)):
                home = people[0].country
                return Scope((home,), people[0].name, guest_country=home, kind="visit")
            return Scope(tuple(sorted(codes))) if len(codes) == 2 and not people else Scope()
        others = sorted(codes - {hosts[0]})
        if len(set(hosts)) > 1 or len(others) > 1 or len(people) > 1 or not others and not people:
            return Scope()
        person = people[0].name if people else None
        guest = people[0].country if people else others[0]
        return Scope(
            tuple(sorted({*others, hosts[0]})), person, guest_country=guest, host_country=hosts[0], kind="visit"
        )

    def _ranked(self, finding: Finding) -> Scope | None:
        """ "Foreign leaders visited the United States": guests of a rank from anywhere."""
        view = self.view
        level = next((view.say(i, "guests")[1] for i in range(len(view.tokens)) if view.match(i, "guests")), None)
        at = [i for i in range(len(view.tokens)) if view.match(i, "guests")]
        offices = [p for p in view.phrases if p.kind == "office" and len(p.countries) == 1]
        named_ = [p.countries[0] for p in offices if any(p.start <= i + 1 <= p.end for i in at)]
        hosts = self._destinations(finding) or named_  # "leaders to the United States"
        if level is None or len(set(hosts)) != 1 or len(view.codes) > 1 or self._doers():
            return None
        return Scope((hosts[0],), host_country=hosts[0], level=level, kind="visit")

    def _people(self) -> list[Participation]:
        """Everybody who is named, but for those since whose meeting there was none."""
        phrases = [p for p in self.view.phrases if p.kind == "person" and p.start not in self.back]
        return [one for p in phrases if (one := self.evidence.person(p))]

    @staticmethod
    def _meeting(people: list[Participation], codes: set[str]) -> Scope:
        """Who meets: two people, or two or three countries; of a person and a country, the person."""
        homes = {p.country for p in people if p.country}
        if not all(p.country for p in people) or not 2 <= len(codes) <= 3:
            return Scope()
        if len(people) == 2 and len(homes) == 2:
            return Scope(tuple(sorted(homes)), people[0].name, people[1].name)
        return Scope(tuple(sorted(codes)), people[0].name if people and len(codes) == 2 else None)

    def _received(self, finding: Finding) -> Scope | None:
        """ "Turkey has hosted Viktor Orban twice": who is received by a country visits it."""
        if self._frame(finding) not in ("receive", "host") or finding.noun is not None:
            return None
        clause = self.view.told(finding.trigger)
        hosts = [p for p in clause.phrases if p.kind in ("country", "seat") and not p.prep and len(p.countries) == 1]
        guests = [one for p in clause.phrases if p.kind == "person" and not p.prep and (one := self.evidence.person(p))]
        if len(hosts) != 1 or len(guests) != 1 or clause.passive or not guests[0].country:
            return None
        self.used += hosts
        host, guest = hosts[0].countries[0], guests[0].country
        return Scope(tuple(sorted({guest, host})), guests[0].name, guest_country=guest, host_country=host, kind="visit")

    def _destinations(self, finding: Finding) -> list[str]:
        """The countries to which or in which something happens, those in the claim first."""
        found = []
        owners = [p.owner for p in self.view.phrases if p.owner is not None]  # "Japan's prime minister"
        for phrase in self.view.phrases:
            if phrase.kind not in ("country", "place", "seat") or not phrase.countries or phrase in owners:
                continue
            main = self.view.clause(phrase.start).main
            frame = main.frame if main is not None and not phrase.prep else None
            paid = frame == "do" and phrase.start > 0 and finding.noun is not None and finding.noun.frame == "visit"
            if phrase.prep & {"to", "in"} or frame == "visit" or paid:
                inside = finding.start <= phrase.start < finding.end
                found.append((not inside, phrase.countries[0]))
        return [code for _, code in sorted(found, key=lambda one: one[0])]

    def _office(self, finding: Finding) -> Phrase | None:
        """The office that a claim is about, if it is anyone in that office: "an Indian foreign minister"."""
        view = self.view
        for phrase in view.phrases:
            if not finding.start <= phrase.start < finding.end or phrase.kind != "office" or phrase.name:
                continue
            main = view.clause(phrase.start).main
            if main is not None and main.frame == "say" or phrase.prep & {"with", "to", "for", "at"}:
                continue
            opening = range(max(finding.start, phrase.start - 3), min(phrase.start + 2, phrase.end))
            anybody = phrase.plural and not any(view.match(i, "definite") for i in opening)
            if phrase is view.capacity(view.told(finding.trigger)):
                if finding.nobody and phrase.countries:
                    return phrase
                continue
            then = finding.type == "count" and self.windowed(Scope(), finding).start is not None  # whoever it was then
            if finding.office or anybody or then or any(view.match(i, "indefinite") for i in opening):
                return phrase
        return None


__all__ = ["Scoper"]
