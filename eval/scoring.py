"""Compare what was read with what should have been: found, right, slots and claims (see eval/README.md).

A predicted encounter pairs with a gold one, one to one, when the country of a guest agrees and either their evidence
overlaps or they share a person and their dates are compatible; of several possible pairings the closest wins.
"""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from summitry import dates

Encounter = dict[str, Any]
SLOTS = ("kind", "status", "date", "guest_country", "guest_names", "host_names", "host_country", "place", "delegation")
SAME, ALIKE = 0.84, 0.75  # how alike two whole names, or two words of names, must be spelt


class Mistake(NamedTuple):
    """One thing that went wrong: in which document, what kind, and what it is about."""

    document: str
    kind: str
    about: str


class Tally:
    """Counts over documents, from which the figures follow."""

    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.slots: Counter[str] = Counter()
        self.mistakes: list[Mistake] = []

    def figures(self) -> dict[str, float]:
        """found, right and claims as F1; value and each slot as shares; all between 0 and 1."""
        n = self.n
        shares = {f"slot-{s}": _share(self.slots[s], n["paired"]) for s in SLOTS}
        return {
            "found": f1(n["paired"], n["predicted"], n["gold"]),
            "right": f1(n["right"], n["predicted"], n["gold"]),
            "claims": f1(n["claims-paired"], n["claims-predicted"], n["claims-gold"]),
            "claim-values": _share(n["claims-value"], n["claims-paired"]),
            **shares,
        }

    def add(
        self, document: dict[str, Any], text: str, said: Sequence[Encounter], claims: Sequence[dict[str, Any]]
    ) -> None:
        """Count one document: `document` is the gold annotation, the rest what the reader said."""
        gold = document["encounters"]
        pairs = list(_pairs(gold, said, text))
        spare = {i for i, g in enumerate(gold) if g.get("optional")}
        dropped = {j for i, j in pairs if i in spare}
        pairs = [(i, j) for i, j in pairs if i not in spare]
        self.n["gold"] += len(gold) - len(spare)
        self.n["predicted"] += len(said) - len(dropped)
        self.n["paired"] += len(pairs)
        for i, j in pairs:
            wrong = [s for s in SLOTS if not right(s, gold[i], said[j])]
            self.slots.update(s for s in SLOTS if s not in wrong)
            self.n["right"] += not wrong
            about = str(gold[i]["evidence"])[:70]
            self.mistakes += [Mistake(document["id"], f"wrong {s}", about) for s in wrong]
        found = {i for i, _ in pairs} | spare
        self.mistakes += [
            Mistake(document["id"], "missed", str(g["evidence"])[:70]) for i, g in enumerate(gold) if i not in found
        ]
        used = {j for _, j in pairs} | dropped
        for j, p in enumerate(said):
            if j not in used:
                self.mistakes.append(Mistake(document["id"], "false alarm", p["evidence"][0]["quote"][:70]))
        self._claims(document.get("claims", []), claims, text)

    def _claims(self, gold: Sequence[dict[str, Any]], said: Sequence[dict[str, Any]], text: str) -> None:
        self.n["claims-gold"] += len(gold)
        self.n["claims-predicted"] += len(said)
        used: set[int] = set()
        for g in gold:
            at = text.find(g["text"])
            for j, p in enumerate(said):
                if j not in used and p["type"] == g["type"] and p["start"] < at + len(g["text"]) and at < p["end"]:
                    used.add(j)
                    self.n["claims-paired"] += 1
                    self.n["claims-value"] += g.get("value") in (None, p.get("value"))
                    break


def f1(hits: int, predicted: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 1 where there is nothing to find and nothing was said."""
    return 2 * hits / (predicted + gold) if predicted + gold else 1.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _pairs(gold: Sequence[Encounter], said: Sequence[Encounter], text: str) -> Iterator[tuple[int, int]]:
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(said):
            closeness = _closeness(g, p, text)
            if closeness:
                candidates.append((-closeness, i, j))
    taken_gold: set[int] = set()
    taken_said: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in taken_gold and j not in taken_said:
            taken_gold.add(i)
            taken_said.add(j)
            yield i, j


def _closeness(g: Encounter, p: Encounter, text: str) -> int:
    """0 where the two cannot be the same; else more the more they agree on."""
    if not _sides(g, g["kind"]) & _sides(p, g["kind"]):
        return 0
    at = text.find(g["evidence"])
    evidence = any(q["start"] < at + len(g["evidence"]) and at < q["end"] for q in p["evidence"])
    people = any(same_name(x, y) for x in _names(g) for y in _names(p))
    when = dates.compatible(g.get("date"), p.get("date"))
    if not evidence and not (people and when):
        return 0
    return 4 * evidence + 3 * people + 2 * when + sum(right(s, g, p) for s in SLOTS) + 1


def _sides(e: Encounter, kind: str) -> set[str]:
    people = e["guests"] if kind == "visit" else [*e["guests"], *e["hosts"]]
    return {p["country"] for p in people if p.get("country")}


def _names(e: Encounter) -> list[str]:
    return [p["name"] for p in [*e["guests"], *e["hosts"]] if p.get("name")]


def right(slot: str, g: Encounter, p: Encounter) -> bool:
    """Whether one slot of a predicted encounter is as the gold has it, or as it accepts it."""
    accepted = g.get(f"accept_{slot}", [])
    if slot in ("kind", "status", "host_country", "date"):
        return p.get(slot) == g.get(slot) or p.get(slot) in accepted
    if slot == "guest_country":
        return {x.get("country") for x in p["guests"]} - {None} == {x.get("country") for x in g["guests"]} - {None}
    if slot == "guest_names":
        if g["kind"] == "visit":
            return same_people(g["guests"], p["guests"])
        return same_people([*g["guests"], *g["hosts"]], [*p["guests"], *p["hosts"]])
    if slot == "host_names":
        return g["kind"] != "visit" or same_people(g["hosts"], p["hosts"])
    if slot == "place":
        return _place(g, p, accepted)
    named = any(x.get("name") for x in g["guests"])
    wanted = [x for x in [g.get("delegation"), *accepted] if x]
    return not g.get("delegation") or named or any(same_name(x, p.get("delegation") or "") for x in wanted)


def _place(g: Encounter, p: Encounter, accepted: Sequence[str | None]) -> bool:
    place = p.get("place") or {}
    said = [x for x in (place.get("text"), place.get("name")) if x]
    wanted = [g.get("place"), *accepted]
    if None in wanted and (not said or place.get("country") == g.get("host_country")):
        return True
    return any(w and same_name(w, x) for w in wanted for x in said)


def same_people(a: Sequence[dict[str, Any]], b: Sequence[dict[str, Any]]) -> bool:
    """Whether two lists name the same people, in any order and spelling."""
    x, y = [p["name"] for p in a if p.get("name")], [p["name"] for p in b if p.get("name")]
    return (
        len(x) == len(y)
        and all(any(same_name(n, m) for m in y) for n in x)
        and all(any(same_name(n, m) for m in x) for n in y)
    )


def same_name(a: str, b: str) -> bool:
    """Whether two spellings may be one name: alike as a whole, or every word of the shorter has one in the longer."""
    x, y = _fold(a), _fold(b)
    if not x or not y:
        return x == y
    if difflib.SequenceMatcher(None, x, y).ratio() >= SAME:
        return True
    short, long = sorted((x.split(), y.split()), key=len)
    return all(any(difflib.SequenceMatcher(None, s, w).ratio() >= ALIKE for w in long) for s in short)


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return re.sub(r"[^\w]+", " ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
