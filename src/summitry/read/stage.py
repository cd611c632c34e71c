"""Where a document is set: its dateline, its byline, a caption's first words, the summit its headline names.

What happens "here", and what is told without a place, happens there, if those who take part allow it.
"""

import re
from collections.abc import Sequence

from summitry.lexicon import WORD, Lexicon
from summitry.model import Place
from summitry.read.phrase import Phrase
from summitry.read.tokens import DATELINE, Sentence, lines

BYLINE = 8  # words of a byline, at most


def set_stages(text: str, document: Sequence[Sentence], phrases: Sequence[Sequence[Phrase]], lexicon: Lexicon) -> None:
    """Note on every sentence where it is set, and whether that is certain."""
    heads = _datelines(text, lexicon)
    whole = next(iter(heads.values()), None) or _byline(text, lexicon)
    several = len({place.name for place in heads.values()}) > 1  # a calendar, news in brief: each line its own
    event = _headline(text, document[0], phrases[0]) if document else None
    caption, block = None, -1
    for sentence, found in zip(document, phrases, strict=True):
        if sentence.block != block:
            caption, block = _caption(text, sentence, found), sentence.block
        own = caption or (heads.get(sentence.block) if several else None) or event
        sentence.stage, sentence.certain = own or whole, own is not None


def written_in(text: str, lexicon: Lexicon) -> str | None:
    """The country of the first dateline."""
    place = next(iter(_datelines(text, lexicon).values()), None)
    return place.country if place is not None else None


def _datelines(text: str, lexicon: Lexicon) -> dict[int, Place]:
    """The places of datelines ("HONIARA, March 27 (Reuters) - …") by the number of their line."""
    found: dict[int, Place] = {}
    for block, (_, end, inner) in enumerate(lines(text)):
        match = DATELINE.match(text, inner, end)
        if match is None:
            continue
        town, _, land = match["place"].partition(", ")
        place, country = _place(town, lexicon), _place(land, lexicon) if land else None
        there = place is not None and country is not None and place.country == country.country
        if place is not None and (match["agency"] or match["date"] or town.isupper() or there):
            found[block] = place
    return found


def _byline(text: str, lexicon: Lexicon) -> Place | None:
    """The place of a byline on a line of its own: "By Moses Tafoa in Honiara"."""
    words = lexicon.settings.get("byline")
    if words is None:
        return None
    for start, end, _ in lines(text):
        line = text[start:end]
        match = re.fullmatch(rf"(?:{'|'.join(words['by'])}) [^.:;]+?[ ,](?:{'|'.join(words['in'])}) ([^.,;]+)", line)
        if match is not None and len(line.split()) <= BYLINE:
            return _place(match[1], lexicon)
    return None


def _place(words: str, lexicon: Lexicon) -> Place | None:
    """The place or country that `words` begin with."""
    tokens = WORD.findall(words)
    for form in dict.fromkeys((tokens[0], tokens[0].capitalize(), tokens[0].title())):
        for entry in sorted(lexicon.index.get(form, []), key=lambda e: -len(e.rest)):
            rest = [w.lower() for w in tokens[1 : 1 + len(entry.rest)]]
            if entry.kind in ("place", "country") and [r.lower() for r in entry.rest] == rest:
                name = entry.extra.split("|")[0]
                return Place(text=name, name=name, country=entry.value) if entry.kind == "place" else _land(entry.value)
    return None


def _land(country: str) -> Place:
    return Place(text="", name="", country=country)


def _caption(text: str, sentence: Sentence, phrases: Sequence[Phrase]) -> Place | None:
    """The place of a line that begins with nothing but place and date: "Rawalpindi, Tuesday. Schoolchildren wave …"."""
    places = [p for p in phrases if p.kind == "place" and p.countries and not p.prep]
    if len(places) != 1 or len(phrases) != 1 or places[0].start > 4:
        return None
    bare = all(places[0].start <= t.i < places[0].end or t.time or not t.text[0].isalpha() for t in sentence.tokens)
    if not bare or not any(t.time for t in sentence.tokens) or sentence.tokens[-1].text not in ".:":
        return None
    return _of_phrase(text, sentence, places[0])


def _headline(text: str, sentence: Sentence, phrases: Sequence[Phrase]) -> Place | None:
    """Where the gathering of a headline takes place: "Leaders gather for APEC in Lima", "Lima summit, day two"."""
    places = [p for p in phrases if p.kind == "place" and p.countries and p.prep & {"in", "at"}]
    gathers = any(p.frame in ("summit", "session") for p in phrases) or (
        any(p.kind in ("office", "delegation") and p.plural and not p.countries for p in phrases)
        and any(t.has("verb", "gather", "meet") for t in sentence.tokens)
    )
    if sentence.tokens[-1].text == "." or len(places) != 1 or not gathers:
        return None
    return _of_phrase(text, sentence, places[0])


def _of_phrase(text: str, sentence: Sentence, phrase: Phrase) -> Place:
    tokens = sentence.tokens
    printed = text[tokens[phrase.head].start : tokens[phrase.end - 1].end].rstrip(" ,.")
    return Place(text=printed, name=phrase.place or "", country=phrase.countries[-1])
