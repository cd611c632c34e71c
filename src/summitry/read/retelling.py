"""What says something of an encounter told before: "it was called off", "the next one", "X is also there".

A sentence may also ask of an encounter ("Is it true that the minister's trip is off?"): the answer then is about it.
"""

from summitry.kinds import Kind
from summitry.read.drafts import Draft
from summitry.read.encounters import Encounter
from summitry.read.side import Side
from summitry.read.whereabouts import Whereabouts

NEAR = 3  # lines between an encounter and who is said to be there too, at most


class Retelling(Whereabouts):
    """Finds the earlier encounter that a draft is about."""

    def _decided(self, draft: Draft) -> bool:
        """ "It was called off", "She accepted": what was planned or proposed last changes; tells nothing else."""
        if draft.rule not in ("undone", "accepted"):
            return False
        last = self.latest
        open_yet = ("planned", "proposed") if draft.rule == "undone" else ("proposed",)
        if last is not None and last.status in open_yet and draft.sentence.block - last.block <= 1:
            last.status = draft.status or last.status
        return True

    def _another(self, draft: Draft) -> list[Encounter]:
        """ "The next was held in Warsaw": an encounter like the one told last, of the same countries, elsewhere."""
        last = self.latest
        codes = [p.countries[-1] for p in [*draft.places, *draft.destinations] if p.countries]
        if last is None or not codes or draft.sentence.block - last.block > 1:
            return []
        found = []
        for code in dict.fromkeys(codes):
            found.append(self._like(last, draft, code))
        return found

    @staticmethod
    def _like(last: Encounter, draft: Draft, code: str) -> Encounter:
        """An encounter of the sides of `last` in the country `code`."""
        sides = list(dict.fromkeys(s.country for s in [*last.guests, *last.hosts] if s.country))
        if last.kind == "visit" and last.host_country and last.host_country not in sides:
            sides.append(last.host_country)
        abroad = [Side(side) for side in sides if side != code]
        kind: Kind = "visit" if len(sides) == 2 and len(abroad) == 1 else "meeting"
        encounter = Encounter(kind, draft, abroad if kind == "visit" else [Side(side) for side in sides], [])
        encounter.host_country = code
        return encounter

    def _called_on(self, draft: Draft, callers: list[Side], called: list[Side]) -> list[Encounter]:
        """ "The premier paid a courtesy call on President X", who is visiting the premier's country: a host of that visit."""
        last, noun, tokens = self.latest, draft.trigger_noun, draft.sentence.tokens
        courtesy = noun is not None and any(t.has("word", "courtesy-word") for t in tokens[noun.start : noun.end])
        if draft.frame != "calls" and not courtesy or last is None or last.kind != "visit":
            return []
        if not callers or any(c.country != last.host_country for c in callers):
            return []
        guests = {g.name for g in last.guests if g.name}
        if not any(h.name in guests for h in called):
            return []
        encounter = Encounter("visit", draft, list(last.guests), list(callers))
        encounter.host_country, encounter.place = last.host_country, last.place
        return [encounter]

    def _there_too(self, encounter: Encounter) -> Encounter | None:
        """ "Habeck is also in Tokyo": of a stay told before whoever else of that country is there takes part."""
        draft, tokens = encounter.draft, encounter.draft.sentence.tokens
        also = any(tokens[i].has("word", "also") for i in range(draft.clause.start, min(draft.clause.end, len(tokens))))
        if encounter.kind != "visit" or draft.rule != "presence" or not also or encounter.own_date:
            return None
        for known in reversed(self.encounters):
            if known.kind != "visit" or known.host_country != encounter.host_country or known.status == "cancelled":
                continue
            near = draft.sentence.block - known.block <= NEAR
            if near and {s.country for s in known.guests} == {s.country for s in encounter.guests}:
                return known
        return None
