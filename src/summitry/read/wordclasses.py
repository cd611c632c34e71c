"""What a word is that may be of several classes: modifier or office, noun or verb, by what stands beside it."""

from summitry.read.pairs import PairFinder


class WordClassReader(PairFinder):
    """Tells the classes of single words apart."""

    def _begins_office(self, i: int, n: int) -> bool:
        """Whether a word that may modify is the first of an office that the lexicon lists: "first lady", "royal couple"."""
        office = self.tokens[i].span("office")
        if office is None or office[0] <= n or self.capitalised_nouns:
            return False
        behind = self.tokens[i + n].span("office")  # inside the office, so there is one
        return behind is None or n + behind[0] <= office[0]  # "the first secretary of state": an ordinal

    def _stands_in(self, i: int) -> bool:
        """ "met A, and in Tashkent Foreign Minister B": behind "in" a town is no attribute of the office behind it."""
        town = self.tokens[i].span("place") if i and self.tokens[i - 1].has("prep", "in") else None
        after = self.tokens[i + town[0]] if town is not None and i + town[0] < len(self.tokens) else None
        return after is not None and after.capital and after.get("office") is not None and not self.capitalised_nouns

    def _closes_apposition(self, i: int) -> bool:
        """ "The president, X, travels to Oslo": behind a comma and before a goal, the first finite verb of the sentence."""
        token, after = self.tokens[i], self.tokens[i + 1 : i + 2]
        singular = token.lower.endswith("s") and any(e.extra.split("|")[1:2] == ["pres"] for _, e in token.entries)
        goal = any(t.capital or t.get("prep", "det") for t in after)
        apposed = any(t.text == "," for t in self.tokens[: i - 1]) and not self.tokens[0].get("prep")
        return singular and goal and apposed and not any(t.get("aux", "verb") for t in self.tokens[:i] if not t.capital)

    def _goes_on_as(self, i: int) -> bool:
        """ "X and Y, meeting in Oslo for the first time, agreed": behind a comma and before a preposition, a participle."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        form = any(e.kind == "verb" and e.extra.split("|")[1] == "ing" for _, e in self.tokens[i].entries)
        return (
            form
            and after is not None
            and (after.time or after.get("prep", "det") is not None)
            and i > 1
            and self.tokens[i - 2].capital
        )

    def _takes_name(self, i: int) -> bool:
        """ "after meeting Viktor Orban": a participle, whose object is the name right behind it."""
        form = any(e.kind == "verb" and e.extra.split("|")[1] == "ing" for _, e in self.tokens[i].entries)
        after = self.tokens[i + 1] if form and i + 1 < len(self.tokens) else None
        return after is not None and after.capital and not after.time and not self.capitalised_nouns
