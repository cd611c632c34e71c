"""What changed between two versions of a chronicle: for the editor who has to file a correction, entry by entry."""

from collections.abc import Sequence

import msgspec

from summitry.model import Encounter
from summitry.publish.chronicle import Options
from summitry.publish.formats.common import titles
from summitry.publish.render import clean
from summitry.publish.tables import load


class Change(msgspec.Struct, frozen=True):
    """One encounter that differs: `kind` is added, changed or removed; its sentences then and now; which fields differ."""

    kind: str
    id: str
    before: str | None = None
    after: str | None = None
    fields: tuple[str, ...] = ()


def changes(now: Sequence[Encounter], before: Sequence[Encounter], options: Options) -> tuple[Change, ...]:
    """What is new, then what differs, then what is gone, each in the order of the chronicle.

    Sources and spellings are no part of the text: an encounter that differs in these alone has not changed.
    """
    new, old = ({e.id: e for e in side} for side in (now, before))
    after, then = titles(now, options), titles(before, options)
    added = [Change("added", e.id, None, after[e.id]) for e in now if e.id not in old]
    changed = [
        Change("changed", e.id, then[e.id], after[e.id], fields)
        for e in now if e.id in old and (fields := differing(e, old[e.id]))
    ]  # fmt: skip
    removed = [Change("removed", e.id, then[e.id], None) for e in before if e.id not in new]
    return (*added, *changed, *removed)


def differing(one: Encounter, other: Encounter) -> tuple[str, ...]:
    """The fields in which two versions of an encounter differ, those that the text does not show left out."""
    names = (n for n in one.__struct_fields__ if n not in ("id", "names", "sources"))
    return tuple(n for n in names if getattr(one, n) != getattr(other, n))


def changes_text(found: Sequence[Change], lang: str) -> str:
    """The changes as lines of text: "+" what is new, "~" what differs with what it was, "-" what is gone."""
    words = load(lang)["versions"]
    if not found:
        return f"{words['nothing']}\n"
    blocks = []
    for kind, mark in (("added", "+"), ("changed", "~"), ("removed", "-")):
        members = [change for change in found if change.kind == kind]
        if members:
            lines = [f"{words[kind]} ({len(members)})"]
            for change in members:
                lines.append(f"{mark} {change.after or change.before}")
                if kind == "changed" and change.before != change.after:
                    lines.append(f"    {words['before']}: {change.before}")
            blocks.append("\n".join(lines))
    return clean("\n\n".join(blocks)) + "\n"
