"""Where an encounter was: the host countries that its phrases name, each with its finest place."""

from summitry.model import Place
from summitry.read.drafts import Draft
from summitry.read.phrase import Phrase
from summitry.read.retelling import Retelling
from summitry.territories import seat_of_body


class PlaceReader(Retelling):
    """Reads places out of the phrases of a draft."""

    text: str  # of the document

    def _places(self, draft: Draft) -> dict[str, Place | None]:
        """Host countries in the order of the text, each with its finest place."""
        found: dict[str, Place | None] = {}
        seats = set()  # of bodies at which something was, not of those whose summit it was
        for phrase in [*draft.destinations, *draft.places]:
            if phrase.kind == "organization" and not self._attribute(phrase, draft):
                seats.update(phrase.countries)
            code = phrase.countries[-1] if phrase.countries else None
            if "capital-of" in phrase.flags and code is None:
                continue
            if code is None:
                code = next(iter(found), "")
            known = found.get(code)
            if (phrase.kind in ("place", "seat", "region") or phrase.place) and (
                known is None or phrase.kind == "place" and not self._city(known)
            ):
                city = phrase.seat[1].extra.split("|")[0] if phrase.kind == "seat" and phrase.seat else None
                name = city or phrase.place or ""  # "in der Wiener Hofburg"
                found[code] = Place(text=self._printed(phrase, draft), name=name, country=code or None)
            elif phrase.kind in ("country", "organization"):
                for each in phrase.countries:
                    found.setdefault(each, None)
            else:
                found.setdefault(code, None)
        countries = {code: place for code, place in found.items() if len(code) == 2}
        return countries or {seat_of_body(code): place for code, place in found.items() if code in seats}

    @staticmethod
    def _attribute(phrase: Phrase, draft: Draft) -> bool:
        """Whether a name stands before the noun that it tells more of: "at the NATO summit"."""
        tokens = draft.sentence.tokens
        return phrase.end < len(tokens) and tokens[phrase.end].has("noun")

    def _city(self, place: Place) -> bool:
        return any(e.kind == "place" for e in self.lexicon.index.get(place.name.split()[0] if place.name else "", []))

    def _printed(self, phrase: Phrase, draft: Draft) -> str:
        tokens = draft.sentence.tokens
        first = next((t for t in tokens[phrase.head : phrase.end]), tokens[phrase.start])
        last = tokens[min(phrase.end, len(tokens)) - 1]
        return self.text[first.start : last.end].rstrip(" ,.")
