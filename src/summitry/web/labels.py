"""Words for the codes of the record, as messages to translate; a template asks for them by group and code."""

from typing import Final


def N_(message: str) -> str:  # noqa: N802  # the usual name, by which the extractor knows messages
    """Mark a message for translation where it is written down but not yet shown."""
    return message


LABELS: Final[dict[str, dict[str, str]]] = {
    "kind": {"visit": N_("visit"), "meeting": N_("meeting"), "call": N_("call")},
    "status": {
        "held": N_("took place"),
        "planned": N_("planned"),
        "proposed": N_("proposed"),
        "cancelled": N_("called off"),
        "disputed": N_("disputed"),
    },
    "level": {
        "leader": N_("head of state or government"),
        "minister": N_("minister"),
        "vice-minister": N_("deputy minister"),
        "agency-head": N_("head of an agency"),
        "parliament": N_("parliament"),
        "party": N_("party"),
        "region": N_("region"),
        "official": N_("senior official"),
        "delegation": N_("delegation"),
    },
    "verdict": {
        "supported": N_("supported"),
        "contradicted": N_("contradicted"),
        "depends-on-rule": N_("depends on the counting rule"),
        "possible": N_("possible – dates too coarse"),
        "not-checkable": N_("cannot be checked"),
    },
    "type": {
        "count": N_("number"),
        "first-since": N_("first since"),
        "nth": N_("how many times"),
        "record": N_("record"),
        "repeat": N_("again"),
    },
    "unit": {
        "encounter": N_("every encounter"),
        "delegation": N_("every delegation on a visit"),
        "trip": N_("every trip, to however many hosts"),
        "traveller": N_("every traveller once"),
        "pair": N_("every two countries once"),
        "item": N_("every entry of the source"),
    },
    "exclude": {
        "leaders": N_("heads of state and government"),
        "sub-state": N_("regions"),
        "parties": N_("parties"),
        "parliaments": N_("parliaments"),
        "technical": N_("officials and delegations"),
        "multilateral": N_("summits"),
        "stop-overs": N_("stop-overs"),
        "private": N_("private stays"),
        "bilateral-of-summit": N_("meetings beside a summit"),
    },
    "field": {
        "kind": N_("Kind"),
        "status": N_("Status"),
        "date": N_("Date"),
        "guests": N_("Guest"),
        "hosts": N_("Host"),
        "host_country": N_("Host country"),
        "place": N_("Place"),
        "delegation": N_("Delegation"),
        "activities": N_("Activities"),
        "topics": N_("Topics"),
        "outcomes": N_("Outcomes"),
    },
    "activity": {
        "talks": N_("talks"), "negotiations": N_("negotiations"), "consultations": N_("consultations"), "summit": N_("summit"),
        "forum": N_("forum"), "conference": N_("conference"), "congress": N_("congress"), "session": N_("session"),
        "exhibition": N_("exhibition"), "fair": N_("fair"), "festival": N_("festival"), "seminar": N_("seminar"),
        "parade": N_("parade"), "tour": N_("tour of a place"), "event": N_("event"), "ceremony": N_("ceremony"),
        "inauguration": N_("inauguration"), "funeral": N_("funeral"), "celebration": N_("celebration"),
        "dinner": N_("meal"), "banquet": N_("banquet"), "reception": N_("reception"), "concert": N_("concert"),
        "signing": N_("signing"), "exercise": N_("exercise"), "speech": N_("speech"), "games": N_("games"),
        "competition": N_("competition"), "stop-over": N_("stop-over"), "private": N_("private stay"),
    },
    "change": {
        "created": N_("recorded"),
        "changed": N_("changed"),
        "merged": N_("merged into another"),
        "vanished": N_("no longer reported"),
        "withdrawn": N_("withdrawn"),
        "restored": N_("restored"),
    },
    "decision": {
        "same": N_("merged"),
        "different": N_("kept apart"),
        "unsure": N_("left to a second person"),
        "correct": N_("corrected"),
        "withdraw": N_("rejected"),
        "accept": N_("accepted"),
        "reject": N_("rejected"),
        "later": N_("put off"),
    },
    "reason": {
        "not-an-encounter": N_("is no encounter"),
        "misread": N_("misread"),
        "domestic": N_("is a domestic event"),
        "unreliable": N_("the source is not reliable"),
        "duplicate": N_("is recorded already"),
    },
    "why": {
        "one-source": N_("only one source"),
        "no-date": N_("date missing"),
        "no-place": N_("place missing"),
        "no-guest": N_("guest not named"),
        "model": N_("proposed by a model"),
        "disputed": N_("sources contradict each other"),
        "duplicate": N_("may be the same as another"),
        "unsure": N_("a first reviewer was unsure"),
    },
    "operator": {
        "=": N_("exactly"), ">": N_("more than"), ">=": N_("at least"), "<": N_("fewer than"),
        "<=": N_("at most"), "~": N_("about"),
    },
    "event": {
        "sign-in": N_("signed in"), "sign-in-failed": N_("failed to sign in"), "sign-out": N_("signed out"),
        "decision": N_("decided"), "bulk": N_("accepted in bulk"), "undo": N_("took back"),
        "correction": N_("corrected"), "keep": N_("kept a text"), "fetch": N_("had a page fetched"),
        "account": N_("account made or changed"), "account-removed": N_("account removed"),
        "token": N_("token made"), "token-revoked": N_("token or passkey revoked"), "passkey": N_("passkey added"),
    },
    "role": {"reader": N_("reader"), "reviewer": N_("reviewer"), "editor": N_("editor"), "admin": N_("admin")},
}  # fmt: skip
