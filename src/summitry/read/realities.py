"""What a clause says of reality: whether an encounter was held, is planned, proposed, or was called off."""

from summitry.kinds import Status
from summitry.read.arguments import governing_noun
from summitry.read.clause import Clause
from summitry.read.drafts import ENCOUNTERS
from summitry.read.phrase import Phrase

UNDOING = ("cancel", "postpone", "refuse")
WISHES = ("plan", "propose", "refuse", "expect", "cancel", "postpone")  # what a verb with an infinitive may say


def status_of(clause: Clause, aspect: str | None, *, within: bool = False) -> Status | None:
    """What the clause, and those it depends on, say of reality; None where it states no encounter at all.

    `within` if the encounter is only the setting of what the clause tells ("at their meeting"). `aspect` is the frame of the verb that governs an encounter named by a noun ("cancelled the visit").
    """
    status = _alone(aspect, clause)
    if status is None:
        return None
    if within and status == "proposed" and clause.modal == "may" and aspect != "propose":
        status = "planned"  # "bei dem Gespräch dürfte es um Handel gehen": only what it is about is open
    if status == "held" and any(p.frame == "itinerary" for p in clause.subject):
        status = "planned"
    parent = clause.parent
    governor, _ = governing_noun(clause) if status == "held" else (None, None)
    status = attributed(governor) or status if governor is not None else status
    if status == "held" and clause.kind == "infinitive" and parent is not None and not parent.verbs:
        status = "planned"  # a headline: "Yoon to meet Xi in Peru"
    if status == "held" and clause.kind == "infinitive" and parent is not None:
        invited = any(p.frame == "invite" and p.start < clause.start for p in parent.phrases[-3:])
        if invited and (parent.main is None or parent.main.frame in (None, "receive")):
            return "proposed"  # "renewed an invitation to the king to visit Athens"
    if status == "held" and clause.kind == "subordinate" and parent is not None and clause.tense == "present":
        if not clause.told and (parent.future or parent.modal in ("shall", "will")):
            status = "planned"  # "when she visits Rome, she will meet the pope"
    if clause.kind == "infinitive" and parent is not None and parent.main is not None and within:
        if parent.main.frame in UNDOING and not (clause.main is not None and clause.main.frame in ENCOUNTERS):
            return status if parent.tense == "past" else None  # "failed to agree at their meeting": which was held
    if clause.kind == "infinitive" and parent is not None and _prevents(parent) and status == "held":
        return "held" if parent.negated else "cancelled"
    governed = clause.kind == "infinitive" or clause.complement
    if (governed or clause.kind == "subordinate") and parent is not None and parent.main is not None:
        above = _governing(parent) if governed else parent.main.frame
        if governed or above in ("deny", "propose", "cancel", "refuse"):
            outer = _alone(_meaning(above), parent)
            status = outer if outer != "held" else status
    return status


def _prevents(clause: Clause) -> bool:
    """ "hielt ihn nicht davon ab, nach Rom zu fliegen": who is not kept from a journey makes it."""
    return clause.main is not None and any(frame == "prevent" for frame, _, _ in clause.main.frames)


def _governing(clause: Clause) -> str | None:
    """The frame of a verb with an infinitive: of several what it says of plans and wishes ("offered to fly")."""
    main = clause.main
    if main is None or main.frame in WISHES or clause.passive and main.frame == "expect":
        return main.frame if main is not None else None
    return next((frame for frame, _, _ in main.frames if frame in WISHES), main.frame)


def _meaning(frame: str | None) -> str | None:
    """What a verb with an infinitive says of it: what is expected is planned, what somebody is invited to, proposed."""
    if frame in ("expect", "bound"):
        return "plan"
    return "propose" if frame == "invite" else None if frame in ENCOUNTERS else frame


def overtaken(clause: Clause) -> bool:
    """ "had been due to land on Tuesday": a plan of the past that the text tells because it was not kept."""
    above = clause.parent if clause.kind == "infinitive" else clause
    if above is None or above.main is None or above.main.frame not in ("bound", "expect", "plan"):
        return False
    have = any(v.aux and v.lemma == "have" and v.form == "past" for v in above.verbs)
    return have and any(v.lemma == "be" and v.form == "part" for v in above.verbs)


def attributed(noun: Phrase) -> Status | None:
    """What the attributes of an encounter's noun say of it: "der geplante Besuch", "das abgesagte Treffen"."""
    statuses: tuple[Status, ...] = ("cancelled", "planned", "proposed")
    return next((s for s in statuses if s in noun.flags), None)


def _alone(aspect: str | None, clause: Clause) -> Status | None:
    status: Status = "held"
    if clause.unreal:
        return "cancelled"
    if clause.cond and clause.marker and not clause.told:
        return None
    if clause.modal in ("shall", "will") or clause.future:
        status = "planned"
    elif clause.open:
        status = "planned" if clause.as_planned else "proposed"
    elif clause.modal == "may" or clause.cond:
        status = "proposed" if clause.modal == "may" else "planned"
    if aspect in ("plan", "accept"):
        status = "planned"
    elif aspect == "propose":
        status = "proposed"
    elif aspect in UNDOING:
        return "planned" if clause.negated else "cancelled"
    elif aspect == "deny":
        return "cancelled"
    if clause.negated and aspect == "happen":
        return "cancelled"  # "did not take place"
    if clause.negated:
        return "cancelled" if status in ("planned", "proposed") or clause.tense == "present" else None
    return status


def once_meant(clause: Clause) -> bool:
    """ "had wanted to go there, but …": what was only meant to be."""
    above = clause.parent
    if above is None or above.main is None or above.main.frame not in ("plan", "propose"):
        return False
    return any(v.aux and v.lemma == "have" and v.form == "past" for v in above.verbs)
