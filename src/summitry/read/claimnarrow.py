"""What narrows a claim beyond its two sides: as what somebody travelled, to which city, to which part of the world."""

from msgspec.structs import replace

from summitry.kinds import IN_OFFICE
from summitry.model import Scope
from summitry.read.claimforms import Finding
from summitry.read.claimleft import opening
from summitry.read.claimstretch import stretch
from summitry.read.claimwindows import Windows
from summitry.read.claimwords import View
from summitry.read.phrase import Phrase


class Narrows(Windows):
    """Adds capacity, city and region to the scope of a finding, and notes the phrases that say them."""

    def __init__(self, view: View, published: str | None) -> None:
        super().__init__(view, published)
        self.used: list[Phrase] = []
        self.back = range(0)  # the tokens that say what a first reaches back to
        self.then: Phrase | None = None  # in whose time in office it was

    def narrowed(self, scope: Scope, finding: Finding) -> Scope:
        """The scope with what its clause says of capacity and place."""
        capacity = self.view.capacity(self.view.told(finding.trigger))
        if capacity is not None and scope.person:
            self.used.append(capacity)
            scope = replace(scope, capacity=self._as_said(capacity))
        elif scope.person and (tenure := self._tenure(finding)):
            scope = replace(scope, capacity=tenure)
        noun = range(finding.noun.start - 1, finding.noun.end) if finding.noun is not None else range(0)
        said = (self.view.say(i, "forms")[1] for i in (*range(finding.start, finding.end), *noun))
        if scope.kind == "visit" and (form := next(filter(None, said), None)):
            scope = replace(scope, form=form)
        part = stretch(self.view, finding) if scope.person else None
        if part is not None and finding.type == "count" and not part.value.startswith("P0"):
            title = self._titled(part.words.stop)
            scope = replace(scope, stretch=part.value, capacity=scope.capacity or title or IN_OFFICE)
        if (then := self.then) is not None:
            self.used.append(then)
            scope = replace(scope, under=then.person.name if then.person is not None else then.name)
        place = self._place(scope, finding)
        if place is not None:
            self.used.append(place)
            scope = replace(scope, place=place.place)
        region = self.region(finding)
        if region is not None and scope.host_country and scope.guest_country and not self._names(scope, finding):
            scope = replace(scope, countries=(scope.guest_country,), host_country=None, place=None)
        if region is not None and scope.host_country is None and scope.guest_country:
            unit = "trip" if finding.type == "count" and scope.unit == "encounter" else scope.unit
            scope = replace(scope, region=region[0], unit=unit)
        return scope

    def _titled(self, i: int) -> str | None:
        """ "in his first two years as president": the office behind."""
        phrase = next((p for p in self.view.phrases if p.kind == "office" and p.start == i + 1), None)
        return self._as_said(phrase) if phrase is not None and self.view.match(i, "as") else None

    def _as_said(self, phrase: Phrase) -> str:
        """The capacity in its own words: "president-elect", "gewählter Präsident", without article and country."""
        tokens = self.view.tokens[phrase.start : phrase.end]
        return " ".join(
            t.text for t in tokens if t.get("office") or t.get("det", "poss", "adjective", "country") is None
        )

    def under(self, finding: Finding) -> Phrase | None:
        """In whose time in office: "Under President Duterte, …", "in der Amtszeit Merkels", "during Obama's presidency"."""
        view = self.view
        if finding.type not in ("count", "record"):
            return None
        for phrase in view.phrases:
            if phrase.kind != "person" or phrase.start in self.back:
                continue
            opens = phrase.start == 0 or view.boundary(phrase.start - 1)
            if "under" in phrase.prep and (
                opens or phrase.end == finding.end or view.times(phrase.start - 1, phrase.start)
            ):
                return phrase
            behind = phrase.end + view.match(phrase.end, "genitive")
            if view.match(behind, "era") or any(view.match(phrase.start - k, "era") == k for k in (1, 2)):
                return phrase
        return None

    def _tenure(self, finding: Finding) -> str | None:
        """ "during his presidency", "since taking office": the office, or "in office" where it is not named."""
        said = (self.view.say(i, "tenure") for i in range(min(finding.end, len(self.view.tokens))))
        return next((value for length, value in said if length), None)

    def _place(self, scope: Scope, finding: Finding) -> Phrase | None:
        """The city that the claim's own words name as where to or where."""
        abroad = scope.host_country is None
        if abroad and not scope.partner:
            return None
        before = opening(self.view, finding) if finding.type == "count" else set()
        for phrase in self.view.phrases:
            own = finding.start <= phrase.start < finding.end or phrase.start in before
            if not own or phrase.kind != "place" or not phrase.place:
                continue
            if scope.host_country in phrase.countries or abroad and "in" in phrase.prep:
                return phrase
        return None

    def _names(self, scope: Scope, finding: Finding) -> bool:
        """Whether the claim's own words name the host: not in "his visit to Angola was the first to Africa"."""
        hosts = (
            p for p in self.view.phrases if p.kind in ("country", "place", "seat") and scope.host_country in p.countries
        )
        return any(finding.start <= phrase.start < finding.end for phrase in hosts)

    def region(self, finding: Finding) -> tuple[str, range] | None:
        """The part of the world that the claim's own words name, if it is one of the UN's."""
        for i in range(finding.start, min(finding.end, len(self.view.tokens))):
            n, name = self.view.say(i, "regions")
            if n:
                return name, range(i, i + n)
        return None


__all__ = ["Narrows"]
