"""The review queue as pages: one item, its evidence, one key or button to decide and see the next.

Every action is a plain form, so it works without JavaScript; the script only presses the buttons by key and keeps the
item in place when a decision could not be saved.
"""

from typing import Annotated, Any, Final

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from summitry.errors import UsageError
from summitry.kinds import KINDS, STATUSES
from summitry.model import Encounter, Judgement
from summitry.publish.formats.common import titles
from summitry.web.editing import CORRECTABLE, printed, value_of
from summitry.web.labels import LABELS
from summitry.web.pages.encounter import quotes
from summitry.web.query import Nothing
from summitry.web.queue import BETWEEN, Queue, decision, doubts, of_pair
from summitry.web.security import ensure
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
    who = ensure(request, ROLE).name
    queue = queue_of(request)
    item = queue.next(who)
    if item:
        return RedirectResponse(f"/review/{item}", 303)
    return page(request, "reviewed.html", recent=queue.recent(who))


@router.get("/review/bulk")
def alike(request: Request, wanted: Annotated[Alike, Query()]) -> Response:
    """Everything undecided that the same rule read in the same source."""
    who = ensure(request, ROLE).name
    found = _alike(queue_of(request), who, wanted.source, wanted.rule)
    lang = language_of(request)
    site: Site = request.app.state.site
    shown = found[:LISTED]
    return page(request, "bulk.html", wanted=wanted, total=len(found), encounters=shown,
                sentences=titles(shown, site.options(lang, shown)))  # fmt: skip


def _alike(queue: Queue, who: str, source: str, rule: str) -> list[Encounter]:
    ids = [item for item in queue.items(who) if BETWEEN not in item]
    every = queue.site.record.encounters(ids)
    return [one for one in every if one.sources and all((s.key, s.report.rule) == (source, rule) for s in one.sources)]


@router.post("/review/bulk")
def accept_alike(request: Request, source: Annotated[str, Form()], rule: Annotated[str, Form()]) -> Response:
    """Accept all of them; one undo takes the whole decision back."""
    who = ensure(request, "editor").name
    queue = queue_of(request)
    found = _alike(queue, who, source, rule)
    if found:
        queue.decide(found[0].id, [decision(one.id, "accept", who, f"{source} · {rule}") for one in found], who)
    return RedirectResponse("/review", 303)


@router.post("/review/undo")
def undo(request: Request) -> Response:
    """Take back the last decision of this reviewer, and show what it was about."""
    who = ensure(request, ROLE).name
    item = queue_of(request).undo(who)
    return RedirectResponse(f"/review/{item}" if item else "/review", 303)


@router.get("/review/{item}")
def show(request: Request, item: str, _: Annotated[Nothing, Query()]) -> Response:
    """One item with its evidence."""
    who = ensure(request, ROLE).name
    site: Site = request.app.state.site
    queue = queue_of(request)
    pair = queue.pair(item)
    ids = [pair.first, pair.second] if pair else [item]
    found = [one for one in map(site.record.encounter, ids) if one]
    if BETWEEN in item and not pair or len(found) < len(ids):
        return RedirectResponse("/review", 303)
    mine = site.locks.take(item, who)
    lang = language_of(request)
    answer = page(
        request, "review.html", item=item, pair=pair, found=found, mine=mine, reasons=REASONS, kinds=KINDS, statuses=STATUSES,
        sentences=titles(found, site.options(lang, found)), quoted=[quotes(site, one.sources) for one in found],
        doubts=_why(queue, item, found, pair), fields=CORRECTABLE, printed=printed, left=queue.left(who),
        recent=queue.recent(who), following=_after(queue, who, item), previous=queue.before(who, item),
        decided=site.reviewed().get(item),
    )  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"  # what was decided meanwhile must show when going back
    return answer


def _why(queue: Queue, item: str, found: list[Encounter], pair: Any) -> list[str]:
    reasons = ["duplicate"] if pair else doubts(found[0])
    return [*reasons, "unsure"] if queue.site.reviewed().get(item) == "unsure" else reasons


def _after(queue: Queue, who: str, item: str) -> str | None:
    passed = False
    for one in queue.items(who):
        if passed:
            return one
        passed = one == item
    return None


@router.post("/review/{item}")
def decide(
    request: Request,
    item: str,
    verdict: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Write the decision down and go on to the next item."""
    who = ensure(request, ROLE).name
    site: Site = request.app.state.site
    queue = queue_of(request)
    following = _after(queue, who, item)
    if verdict == "later":
        queue.put_off(item, who)
    else:
        _judge(site, queue, item, verdict, (who, reason.strip() or None))
    if following and site.locks.take(following, who):
        return RedirectResponse(f"/review/{following}", 303)
    return RedirectResponse("/review", 303)


def _judge(site: Site, queue: Queue, item: str, verdict: str, by: tuple[str, str | None]) -> None:
    who, reason = by
    if BETWEEN in item:
        pair = queue.pair(item)
        if pair is not None:  # else somebody has decided on it already
            queue.decide(item, [of_pair(site, pair, verdict, who)], who)
        return
    if verdict == "withdraw" and not reason:
        raise UsageError("A rejection needs a reason.")
    if site.record.encounter(item) is None:
        raise UsageError(f"The record has no encounter {item}.")
    queue.decide(item, [decision(item, verdict, who, reason)], who)


@router.post("/review/{item}/edit")
async def edit(request: Request, item: str) -> Response:
    """Correct what was changed in the form, accept the rest, and go on."""
    who = ensure(request, ROLE).name
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
    queue.decide(item, [*made, decision(item, "accept", who)], who)
    return RedirectResponse("/review", 303)
