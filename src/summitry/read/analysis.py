"""What an outside analyser knows of a single word, behind a protocol so that languages plug in.

The lexicon's own words never come here; the analyser answers for the rest: is this a common noun, a name, a verb?
"""

import functools
from typing import Literal, NamedTuple, Protocol

from summitry.errors import LanguageError

Class = Literal["noun", "name", "verb", "adjective", "other"]

# HanTa gives log probabilities; a stem that its lexicon lacks costs about 20 more than a known one. Swept on the
# words of tests/languages: known words lie above -24, unknown ones below -27.
KNOWN = -26.0


class Word(NamedTuple):
    """The most probable class of a word, its dictionary form, and whether the analyser knows the stem."""

    cls: Class
    lemma: str
    known: bool


class Analyzer(Protocol):
    """Classifies words out of context; must be pure, so that results may be cached."""

    def word(self, text: str) -> Word:
        """The reading of one written word."""
        ...


class HantaAnalyzer:
    """HanTa's morphological models: German, English and Dutch come with the package."""

    TAGS: dict[str, Class] = {"NN": "noun", "NE": "name", "VV": "verb", "VA": "verb", "VM": "verb", "AD": "adjective",
                              "NP": "name", "VB": "verb", "VD": "verb", "VH": "verb", "AJ": "adjective"}  # fmt: skip

    def __init__(self, model: str) -> None:
        self._model = model
        self.word = functools.lru_cache(maxsize=100_000)(self._word)  # type: ignore[method-assign]

    @functools.cached_property
    def _tagger(self) -> object:
        from HanTa.HanoverTagger import HanoverTagger  # 0.2 s: only when a word needs it

        return HanoverTagger(self._model)

    def word(self, text: str) -> Word:
        raise NotImplementedError  # replaced by the cached method in __init__

    def _word(self, text: str) -> Word:
        readings = self._tagger.tag_word(text)  # type: ignore[attr-defined]
        if not readings:
            return Word("other", text, known=False)
        tag, score = readings[0]
        cls = self.TAGS.get(tag[:2], "other")
        if tag[:3] in ("ADV", "AV0"):
            cls = "other"
        return Word(cls, text, known=float(score) > KNOWN)


class PlainAnalyzer:
    """No knowledge of words: for languages whose analyser is not installed."""

    def word(self, text: str) -> Word:
        """Everything is of unknown class; capitalised words may be names."""
        return Word("name" if text[:1].isupper() else "other", text, known=False)


@functools.cache
def analyzer(kind: str, model: str) -> Analyzer:
    """The analyser that a language file declares; raises LanguageError for one that does not exist."""
    if kind == "hanta":
        return HantaAnalyzer(model)
    if kind == "plain":
        return PlainAnalyzer()
    raise LanguageError(f"There is no analyser called {kind!r}.")
