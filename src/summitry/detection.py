"""Which language a text is in: its script first, then the share of each language's commonest words.

Only where that leaves it open is a statistical model (py3langid) asked. What a language's words and script are is said
in the `[language]` table of its grammar file (`profile`, and `script` as ISO 15924, Latin where it is not given).
"""

import functools
import re
import tomllib
import unicodedata
from collections import Counter
from importlib import resources
from typing import Any, Final

from summitry.errors import InputError, LanguageError
from summitry.lexicon import languages

_SAMPLE: Final = 20_000  # characters; enough for a share of words, and linear in nothing larger
_SURE: Final = 0.15  # a share that only its own texts reach: they have .25 to .45, those of related languages .12
_LEAD: Final = 2.0  # by which it must be ahead of the next language
_HITS: Final = 2  # of a language's words a text must have at least; one alone is chance
_WORDS: Final = 20  # fewer words than these do not prove that a text is in none of our languages
_FOREIGN: Final = 0.5  # probability from which the model's word counts that it is none of our languages
_WORD: Final = re.compile(r"[^\W\d_]+")
_HEADER: Final = re.compile(r"^\[(?!language\])", re.MULTILINE)
# The first word of a letter's Unicode name -> ISO 15924, where the two differ in more than length.
_SCRIPTS: Final = {"LATIN": "Latn", "CYRILLIC": "Cyrl", "HANGUL": "Kore", "ARABIC": "Arab", "GREEK": "Grek"}


def detect(text: str, source: str = "The text") -> str:
    """The tag of the language that `text` is in. Raises InputError, naming `source`, if we read none such."""
    sample = text[:_SAMPLE]
    profiles = _profiles()
    script = _script(sample)
    candidates = [tag for tag, own in profiles.items() if own.get("script", "Latn") == script]
    if not candidates:
        raise InputError(f"{source} is in none of the languages we read ({named()}).")
    words = [word.lower() for word in _WORD.findall(sample)]
    hits = {tag: sum(word in profiles[tag]["words"] for word in words) for tag in candidates}
    ranked = sorted(candidates, key=lambda tag: -hits[tag])
    best, second = hits[ranked[0]], hits[ranked[1]] if len(ranked) > 1 else 0
    alone, few = len(candidates) == 1 and script != "Latn", len(words) < _WORDS
    if alone or best >= max(_HITS, _LEAD * second, 0 if few else _SURE * len(words)):
        return ranked[0]
    return _by_model(sample, candidates, source, few=few)


def known(tag: str) -> str:
    """`tag` itself. Raises LanguageError if there is no reader for it."""
    if tag not in languages():
        raise LanguageError(f"There is no reader for the language {tag!r}; we read {named()}.")
    return tag


def named() -> str:
    """Our languages for a sentence, each by its own name and tag."""
    return ", ".join(f"{name} ({tag})" for tag, name in names().items())


def names() -> dict[str, str]:
    """Tag -> what the language calls itself."""
    return {tag: str(own["name"]) for tag, own in _profiles().items()}


@functools.cache
def _profiles() -> dict[str, dict[str, Any]]:
    """The `[language]` table of every language, its profile as a set; the rest of the files is not parsed."""
    root = resources.files("summitry") / "languages"
    found = {}
    for tag in languages():
        text = (root / tag / "grammar.toml").read_text("utf-8")
        after = text.find("[language]")
        end = _HEADER.search(text, max(after, 0))
        own = tomllib.loads(text[: end.start()] if end else text)["language"]
        found[tag] = own | {"words": frozenset(own.get("profile", ()))}
    return found


def _script(sample: str) -> str:
    """The ISO 15924 code of the script that most letters are of."""
    letters = [char for char in sample if char.isalpha()][:1000]
    names = Counter(unicodedata.name(char, "UNKNOWN").split("-")[0].split()[0] for char in letters)
    commonest = max(names, key=lambda name: names[name], default="UNKNOWN")
    return _SCRIPTS.get(commonest, commonest)


def _by_model(sample: str, candidates: list[str], source: str, *, few: bool) -> str:
    """What the model says; few words are given the benefit of the doubt."""
    ranked = _model().rank(sample[:4000])
    first, probability = ranked[0]
    if first not in candidates and not few and probability >= _FOREIGN:
        raise InputError(
            f"{source} seems to be in none of the languages we read ({named()}); if it is, say which with --lang."
        )
    order = [tag for tag, _ in ranked]
    return min(candidates, key=lambda tag: order.index(tag) if tag in order else len(order))


@functools.cache
def _model() -> Any:
    from py3langid import langid  # type: ignore[import-untyped]  # 0.3 s: only when words left it open

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
