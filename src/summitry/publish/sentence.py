"""One encounter, or several sister delegations, as one sentence in plain agency order: subject, verb, place, hosts.

The plainness is deliberate: what is written here must be readable again, and must not claim more than the record
holds. A value that the language has no words for is left out and reported, never printed untranslated.
"""

from collections.abc import Mapping, Sequence

import msgspec

from summitry.model import Encounter, Participation
from summitry.publish import when
from summitry.publish.grammar import Phrase, fill, join, plural, polish
from summitry.publish.offices import office_of
from summitry.publish.people import Cast, delegation, folded, key_of, outcome_words, sector_words, titled, topic_words
from summitry.publish.places import goal_country, place_phrase
from summitry.publish.tables import Language


class Remark(msgspec.Struct, frozen=True):
    """What the record supports saying of an encounter beyond itself; the caller vouches for it.

    `type` is first (ever), first-since, nth or again; `since` EDTF, `n` the ordinal, `within` an ISO 8601 duration.
    """

    type: str
    n: int | None = None
    since: str | None = None
    within: str | None = None
    by: str | None = None  # who says so, where only a source does: the remark is then attributed


class Style(msgspec.Struct, frozen=True):
    """What a sentence needs to know of the whole: tense, usual place names, and what the heading says of the date."""

    tense: str = "present"
    places: Mapping[str, str] = {}
    heading: str | None = "month"
    dated: bool = True  # False where a line of its own gives the day
    articles: frozenset[str] = frozenset()  # those whose own words may be quoted


class Sentences:
    """Writes sentences in order, remembering who has been introduced."""

    def __init__(self, language: Language, cast: Cast, style: Style) -> None:
        self.language = language
        self.cast = cast
        self.style = style
        self._verb_forms: dict[tuple[bool, str, bool], dict[str, Phrase]] = {}
        self.lost: list[str] = []  # what could not be said: "<encounter id>: <slot> <value>"

    def write(self, encounters: Sequence[Encounter], remarks: Sequence[Remark] = ()) -> str:
        """The sentence for `encounters` (one, or sister delegations that differ in their sector alone)."""
        first = encounters[0]
        frame = self._frame(first)
        subject = self._subject(encounters)
        actions = self._actions(first)
        slots = self._slots(first, subject, remarks)
        if first.status in ("proposed", "cancelled"):
            slots["purpose"] = self._purpose(actions)
            text = fill(self.language["frames"][frame][first.status], slots)
        else:
            planned = first.status == "planned"
            slots |= self._verbs(subject, more=bool(actions))
            clause = fill(self.language["frames"][frame][first.status], slots)
            rest = [
                self._clause(action, subject, infinitive=planned, more=action is not actions[-1]) for action in actions
            ]
            text = self._chain([clause, *rest])
        extra = self._extra(first, remarks)
        return " ".join([polish(self.language, text + "."), *(polish(self.language, line) for line in extra)])

    def _frame(self, encounter: Encounter) -> str:
        if encounter.kind == "visit":
            named = any(who.name or who.role for who in encounter.guests)
            return "visit" if named and encounter.delegation is None else "delegation"
        return encounter.kind if len(encounter.guests) + len(encounter.hosts) > 1 else "alone"

    def _subject(self, encounters: Sequence[Encounter]) -> Phrase:
        first = encounters[0]
        country = first.guests[0].country if first.guests else None
        if len(encounters) > 1:
            return folded(self.language, country, [e.delegation or "" for e in encounters])
        sides = first.guests if first.kind == "visit" else (*first.guests, *first.hosts)
        if first.delegation is not None and first.kind == "visit":
            self._check_sector(first)
            return delegation(self.language, country, first.delegation, self._led(sides))
        return self._together(sides or (Participation(),))

    def _check_sector(self, encounter: Encounter) -> None:
        if sector_words(self.language, encounter.delegation) is None:
            self.lost.append(f"{encounter.id}: delegation {encounter.delegation}")

    def _led(self, guests: Sequence[Participation]) -> str | None:
        """ "under the leadership of …", None for a delegation without a known head."""
        heads = [who for who in guests if who.name or who.role]
        if not heads:
            return None
        phrases = [self._someone(who, with_country=False) for who in heads]
        simple = len(heads) == 1 and phrases[0].form() in self.cast.plain
        rules = self.language["person"]
        if simple:
            return fill(rules["led_name"], {"person": phrases[0]})
        joined = Phrase({c: join(self.language, [p.form(c) for p in phrases]) for c in self.language.cases})
        return fill(rules["led"], {"person": joined})

    def _together(self, people: Sequence[Participation]) -> Phrase:
        once = {key_of(who) or position: who for position, who in enumerate(people)}
        phrases = [self._someone(who) for who in once.values()]
        if len(phrases) > 2:
            phrases = self._unmistakable(list(once.values()), phrases)
        forms = {case: join(self.language, [p.form(case) for p in phrases]) for case in self.language.cases}
        forms["list"] = ", ".join(phrase.form() for phrase in phrases)  # where a particle behind it says "and" already
        women = all(phrase.gender == "f" for phrase in phrases)
        return Phrase(forms, len(phrases) > 1 or phrases[0].plural, "f" if women else "m")

    def _unmistakable(self, people: Sequence[Participation], phrases: list[Phrase]) -> list[Phrase]:
        """A list without what reads as an apposition: an office behind a comma must not follow the name of another."""
        bare = [phrase.form() in self.cast.plain for phrase in phrases]
        closed = [phrase.form().endswith(",") for phrase in phrases]  # "der Chef des Geheimdienstes, X,": at the end
        order = sorted(range(len(phrases)), key=lambda at: (closed[at], (people[at].name is not None) + bare[at]))
        return [phrases[at] for at in order]

    def _someone(self, who: Participation, *, with_country: bool = True) -> Phrase:
        if who.name is not None:
            return self.cast.person(who, with_country=with_country)
        office = office_of(self.language, who, None) if who.role or who.level not in (None, "delegation") else None
        if office is not None:
            vague = (office.key or "").startswith("level/")
            return titled(self.language, office, who.country if with_country else None, None, some=vague)
        return delegation(self.language, who.country, None)

    def _actions(self, encounter: Encounter) -> list[tuple[str, Phrase, str]]:
        """(verb, object, noun phrase) of everything done besides travelling, the hosts first."""
        met = encounter.kind == "visit" and bool(encounter.hosts)
        slots = {"hosts": self._together(encounter.hosts) if met else None}
        keys = [a for a in encounter.activities if a != "talks" or (encounter.kind == "visit" and not met)]
        if met:
            keys.insert(0, "talks_with" if "talks" in encounter.activities else "meet")
        actions = []
        for key in dict.fromkeys(keys):
            found = self.language["activities"].get(key)
            if found is None:
                self.lost.append(f"{encounter.id}: activity {key}")
                continue
            verb, object_, noun = found
            actions.append((verb, Phrase({"object": fill(object_, slots)}), fill(noun, slots)))
        return actions

    def _chain(self, clauses: list[str]) -> str:
        """Clauses as a list; a language whose verbs connect clauses needs no word between them."""
        chain = self.language["clause"].get("chain")
        return str(chain).join(clauses) if chain else join(self.language, clauses)

    def _clause(self, action: tuple[str, Phrase, str], subject: Phrase, *, infinitive: bool, more: bool) -> str:
        verb, object_, _ = action
        forms = self.language["verbs"][verb]
        template = self.language["clause"]["infinitive" if infinitive else "finite"]
        word = forms["infinitive"] if infinitive else subject.verb(forms[self.style.tense])
        if more and "connective" in forms:
            word = forms["connective"]
        return fill(template, {"verb": word, "object": object_, "particle": forms.get("particle")})

    def _purpose(self, actions: Sequence[tuple[str, Phrase, str]]) -> str | None:
        nouns = join(self.language, [noun for _, _, noun in actions])
        return fill(self.language["clause"]["purpose"], {"nouns": nouns}) if nouns else None

    def _slots(
        self, encounter: Encounter, subject: Phrase, remarks: Sequence[Remark]
    ) -> dict[str, Phrase | str | None]:
        nominal = encounter.status in ("proposed", "cancelled")
        slots: dict[str, Phrase | str | None] = {
            "subject": subject, "goal": self._goal(encounter),
            "when": self.saying(encounter),
        }  # fmt: skip
        slots |= self._verbs(Phrase({}) if nominal else subject, more=False)
        words = self.language["remarks"]
        for remark in remarks:
            if remark.type == "again":
                slots["again"] = words["again"]
            elif remark.type == "first":
                slots["first"] = self._attributed(str(words["first"]), remark)
            elif remark.type == "first-since" and remark.since:
                said = fill(words["first_since"], {"since": when.after(self.language, remark.since)})
                slots["first"] = self._attributed(said, remark)
        return slots

    def dated(self, encounter: Encounter) -> str:
        """The date apart from the sentence, "" where the sentence has it.

        Only of what happened: before a sentence on a plan it would be read as the day of its announcement.
        """
        if self.style.dated or encounter.status not in ("held", "disputed"):
            return ""
        return when.line(self.language, encounter.date, self.style.heading)

    def saying(self, encounter: Encounter) -> str:
        """The date as part of the sentence, "" where it stands apart or the heading has it."""
        return "" if self.dated(encounter) else when.phrase(self.language, encounter.date, self.style.heading)

    def _attributed(self, said: str, remark: Remark) -> str:
        """The remark with who says so, if it is not the record that vouches for it."""
        return (
            fill(self.language["remarks"]["attributed"], {"remark": said, "source": remark.by}) if remark.by else said
        )

    def _verbs(self, subject: Phrase, *, more: bool) -> dict[str, Phrase]:
        """All verbs in the tense of the text as they agree with `subject`; connecting forms where clauses follow."""
        key = subject.plural, subject.gender, more
        if key not in self._verb_forms:
            made = {}
            for name, forms in self.language["verbs"].items():
                link = forms.get("connective") if more else None
                finite = link or subject.verb(forms[self.style.tense])
                made[name] = Phrase({"finite": finite, "infinitive": link or forms["infinitive"]})
            self._verb_forms[key] = made
        return self._verb_forms[key]

    def _goal(self, encounter: Encounter) -> Phrase | None:
        if encounter.kind == "call":
            return None
        if encounter.place is not None:
            phrase = place_phrase(self.language, encounter.place, encounter.host_country, self.style.places)
            if phrase is not None:
                return phrase
            self.lost.append(f"{encounter.id}: place {encounter.place.name}")
        host = encounter.host_country or next((who.country for who in encounter.hosts if who.country), None)
        if encounter.kind != "visit":
            return goal_country(self.language, encounter.host_country) if encounter.host_country else None
        return goal_country(self.language, host) if host else Phrase(self.language["country"]["abroad"])

    def _extra(self, encounter: Encounter, remarks: Sequence[Remark]) -> list[str]:
        """Short sentences after the first: ordinal, topics, outcomes, dispute."""
        words = self.language["remarks"]
        lines = [self._nth(remark) for remark in remarks if remark.type == "nth" and remark.n]
        for slot, template, values in (
            ("topic", words["topics"], encounter.topics),
            ("outcome", words["outcomes"], encounter.outcomes),
        ):
            said = {value: self._worded(encounter, slot, value) for value in values}
            if printed := [text for text in said.values() if text]:
                lines.append(
                    fill(plural(self.language, template, len(printed)), {f"{slot}s": join(self.language, printed)})
                )
            self.lost += [f"{encounter.id}: {slot} {value}" for value, text in said.items() if text is None]
        if encounter.status == "disputed":
            lines.append(self.language["frames"]["disputed_note"])
        return lines

    def _worded(self, encounter: Encounter, slot: str, value: str) -> str | None:
        """A topic or outcome in this language: our own word for it, or quoted from an article in it; None if neither."""
        own = topic_words(self.language, value) if slot == "topic" else outcome_words(self.language, value)
        if own:
            return own
        for source in encounter.sources:
            if source.article in self.style.articles and value in (*source.report.topics, *source.report.outcomes):
                return fill(self.language["remarks"]["quoted"], {"words": value})
        return None

    def _nth(self, remark: Remark) -> str:
        words = self.language["remarks"]
        number = remark.n or 0
        listed = words["ordinals"]
        ordinal = listed[number - 1] if number <= len(listed) else words["ordinal"].replace("{n}", str(number))
        span = when.span(self.language, remark.within) if remark.within else None
        since = when.after(self.language, remark.since) if remark.since else None
        said = fill(words["nth"], {"ordinal": ordinal, "span": span, "since": since})
        return self._attributed(said.removesuffix("."), remark) + "." if remark.by else said
