"""Who came along: "ihn begleitet X", "im Tross des Präsidenten ist Y", "zur Delegation gehört Z".

Whoever accompanies a guest of the visit told last is a guest of it too: of the guest's country unless the text gives
another; of the country visited, they are among those who receive.
"""

from collections.abc import Sequence

from summitry.read.drafts import Draft
from summitry.read.joining import Encounter
from summitry.read.sides import Side

NEAR = 2  # lines between a visit and the sentence that tells who came along, at most


def party(draft: Draft, last: Encounter | None, sides: Sequence[Side]) -> list[Encounter] | None:
    """The visit told last, with those of `sides` who came along; None if the draft is of no such company."""
    if draft.frame != "accompany" or last is None or last.kind != "visit" or draft.sentence.block - last.block > NEAR:
        return None
    guests = {g.name for g in last.guests if g.name}
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
