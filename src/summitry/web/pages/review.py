"""The review queue as pages: one item, its evidence, one key or button to decide and see the next.

Every action is a plain form, so it works without JavaScript; the script only presses the buttons by key and keeps the
item in place when a decision could not be saved.
"""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry import ask
from summitry.errors import UsageError
from summitry.kinds import KINDS, STATUSES
from summitry.model import Encounter, Judgement
from summitry.publish.formats.common import titles
from summitry.record import Proposed
from summitry.web.accounts import Account
from summitry.web.editing import CORRECTABLE, printed, value_of
from summitry.web.labels import LABELS
from summitry.web.pages.encounter import quotes
from summitry.web.query import Nothing
from summitry.web.queue import BETWEEN, Queue, decision, doubts
from summitry.web.security import ensure, note
from summitry.web.site import Site
from summitry.web.views import language_of, page

router = APIRouter()
REASONS: Final = tuple(LABELS["reason"])
ROLE: Final = "reviewer"
LISTED: Final = 200  # encounters shown before they are accepted in bulk


class Alike(BaseModel):
    """What a bulk decision is about: one source and one rule of reading."""

    model_config = ConfigDict(extra="forbid")
    source: str
    rule: str


def queue_of(request: Request) -> Queue:
    """The site's queue."""
    state = request.app.state
    if not hasattr(state, "queue"):
        state.queue = Queue(state.site)
    found: Queue = state.queue
    return found


@router.get("/review")
def start(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """The next item for this reviewer; what was decided, if there is none."""
    who = ensure(request, ROLE)
    queue = queue_of(request)
    item = queue.next(who)
    if item:
        return RedirectResponse(f"/review/{item}", 303)
    later = len(ask.put_off(queue.site.record, who.name))
    return page(request, "reviewed.html", recent=queue.recent(who.name), later=later)


@router.post("/review/again")
def again(request: Request) -> Response:
    """Take up what this reviewer put off."""
    who = ensure(request, ROLE)
    queue_of(request).take_up(who.name)
    return RedirectResponse("/review", 303)


@router.get("/review/stats")
def stats(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """How far reviewers agree."""
    ensure(request, ROLE)
    site: Site = request.app.state.site
    found = site.kept("agreements", lambda: ask.agreements(site.record))
    return page(request, "stats.html", agreements=found, need=site.settings.reviewers)


@router.get("/review/overruled")
def overruled(request: Request, _: Annotated[Nothing, Query()]) -> Response:
    """This reviewer's decisions that somebody else has settled otherwise since."""
    who = ensure(request, ROLE)
    site: Site = request.app.state.site
    found = ask.overruled(site.record, who.name)
    listed = site.record.encounters(list(dict.fromkeys(one.own.subject for one in found))[:LISTED])
    said = titles(listed, site.options(language_of(request), listed))
    return page(request, "overruled.html", overruled=found[:LISTED], sentences=said)


@router.get("/review/bulk")
def alike(request: Request, wanted: Annotated[Alike, Query()]) -> Response:
    """Everything undecided that the same rule read in the same source."""
    who = ensure(request, ROLE)
    found = _alike(queue_of(request), who, wanted.source, wanted.rule)
    lang = language_of(request)
    site: Site = request.app.state.site
    shown = found[:LISTED]
    return page(request, "bulk.html", wanted=wanted, total=len(found), encounters=shown,
                sentences=titles(shown, site.options(lang, shown)))  # fmt: skip


def _alike(queue: Queue, who: Account, source: str, rule: str) -> list[Encounter]:
    record = queue.site.record
    ids = ask.waiting(record, who.name, queue.need, among=ask.from_source(record, source))
    every = record.encounters(ids)
    return [one for one in every if one.sources and all((s.key, s.report.rule) == (source, rule) for s in one.sources)]


@router.post("/review/bulk")
def accept_alike(request: Request, source: Annotated[str, Form()], rule: Annotated[str, Form()]) -> Response:
    """Accept all of them; one undo takes the whole decision back."""
    who = ensure(request, "editor")
    queue = queue_of(request)
    found = _alike(queue, who, source, rule)
    if found:
        made = [decision(one.id, "accept", who.name, f"{source} · {rule}") for one in found]
        queue.decide(found[0].id, made, who.name)
        note(request, "bulk", who.name, f"{source} · {rule}", str(len(made)))
    return RedirectResponse("/review", 303)


@router.post("/review/undo")
def undo(request: Request) -> Response:
    """Take back the last decision of this reviewer, and show what it was about."""
    who = ensure(request, ROLE).name
    item = queue_of(request).undo(who)
    if item:
        note(request, "undo", who, item)
    return RedirectResponse(f"/review/{item}" if item else "/review", 303)


@router.get("/review/{item}")
def show(request: Request, item: str, _: Annotated[Nothing, Query()]) -> Response:
    """One item with its evidence."""
    who = ensure(request, ROLE)
    site: Site = request.app.state.site
    queue = queue_of(request)
    pair = queue.pair(item)
    ids = [pair.first, pair.second] if pair else [item]
    found = [one for one in map(site.record.encounter, ids) if one]
    if BETWEEN in item and not pair or len(found) < len(ids):
        return RedirectResponse("/review", 303)
    mine = site.locks.take(item, who.name)
    said, settles = queue.opinions(item), item in queue.disputes(who)
    lang = language_of(request)
    answer = page(
        request, "review.html", item=item, pair=pair, found=found, mine=mine, reasons=REASONS, kinds=KINDS, statuses=STATUSES,
        sentences=titles(found, site.options(lang, found)), quoted=[quotes(site, one) for one in found],
        doubts=_why(found, pair, said), fields=CORRECTABLE, printed=printed, left=queue.left(who),
        recent=queue.recent(who.name), following=queue.after(who, item), previous=queue.before(who, item),
        said=said if settles or queue.need == 1 else [one for one in said if one.author == who.name], settles=settles,
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"  # what was decided meanwhile must show when going back
    return answer


def _why(found: Sequence[Encounter], pair: Proposed | None, said: Sequence[Judgement]) -> list[str]:
    reasons = ["duplicate"] if pair else doubts(found[0])
    return [*reasons, "unsure"] if any(one.verdict == "unsure" for one in said) else reasons


@router.post("/review/{item}")
def decide(
    request: Request,
    item: str,
    verdict: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Write the decision down and go on to the next item."""
    who = ensure(request, ROLE)
    queue = queue_of(request)
    following = queue.after(who, item)
    if verdict == "later":
        queue.put_off(item, who.name)
    else:
        _judge(queue, item, verdict, who, reason.strip() or None)
        note(request, "decision", who.name, item, verdict)
    if following and queue.site.locks.take(following, who.name):
        return RedirectResponse(f"/review/{following}", 303)
    return RedirectResponse("/review", 303)


def _judge(queue: Queue, item: str, verdict: str, who: Account, reason: str | None) -> None:
    if BETWEEN in item:
        pair = queue.pair(item)
        if pair is not None:  # else somebody has decided on it already
            queue.decide(item, [queue.of_pair(pair, verdict, who)], who.name)
        return
    if queue.site.record.encounter(item) is None:
        raise UsageError(f"The record has no encounter {item}.")
    queue.decide(item, [queue.of_encounter(item, verdict, who, reason)], who.name)


@router.post("/review/{item}/edit")
async def edit(request: Request, item: str) -> Response:
    """Correct what was changed in the form, accept the rest, and go on."""
    account = ensure(request, ROLE)
    who = account.name
    site: Site = request.app.state.site
    queue = queue_of(request)
    form = {name: str(value) for name, value in (await request.form()).items()}
    found = site.record.encounter(item)
    if found is None:
        raise UsageError(f"The record has no encounter {item}.")
    reason = form.get("reason", "").strip() or None
    changed = [f for f in CORRECTABLE if f in form and form[f].strip() != printed(f, getattr(found, f))]
    made = [
        Judgement(
            id="",
            subject=item,
            verdict="correct",
            author=who,
            time="",
            field=f,
            value=value_of(f, form[f], found),
            reason=reason,
        )
        for f in changed
    ]
    settled = ask.ADJUDICATED if item in queue.disputes(account) else None
    queue.decide(item, [*made, decision(item, "accept", who, None, settled)], who)
    note(request, "decision", who, item, ", ".join(["accept", *changed]))
    return RedirectResponse("/review", 303)
