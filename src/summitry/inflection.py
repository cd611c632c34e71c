"""Forms of words from their principal parts, so that language files list lemmas only.

A scheme is chosen by what a language file declares (`verbs = "germanic-separable"`), never by the language's name.
A verb is written with its principal parts, a separable particle marked by a bar: `"ein|treffen trifft traf getroffen"`
(infinitive, third person present, past, participle); a regular verb is its infinitive alone.
"""

from collections.abc import Iterator
from typing import NamedTuple

INSEPARABLE = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "über", "unter", "wider", "hinter")

_PLAIN = str.maketrans("äöü", "aou")


class VerbForm(NamedTuple):
    """One written form: `tense` is pres | past | cond | part (past participle) | ing | inf | to-inf."""

    text: str
    tense: str
    particle: str | None = None  # must stand apart in the same clause ("trifft … ein")


def verb_forms(spec: str, scheme: str) -> Iterator[VerbForm]:
    """All written forms of the verb `spec` under `scheme`; raises KeyError for a scheme that does not exist."""
    return VERBS[scheme](spec.split())


def adjective_forms(stem: str, scheme: str) -> tuple[str, ...]:
    """All written forms of an adjective given in its dictionary form."""
    if scheme == "germanic":
        return tuple(stem + ending for ending in ("", "e", "en", "er", "es", "em"))
    return (stem,)


def noun_forms(noun: str, scheme: str) -> tuple[str, ...]:
    """Case and number forms of a noun; a second word in `noun` is its plural: "Besuch Besuche"."""
    singular, _, plural = noun.partition("/")
    forms = {singular}
    if scheme == "germanic":
        forms |= {singular + "s", singular + "es"} if singular[-1] not in "sßxze" else {singular + "es", singular + "s"}
        if plural:
            forms |= {plural, plural + "n"} if plural[-1] in "elr" else {plural}
    elif scheme == "english":
        forms.add(plural or english_s(singular))
    elif plural:
        forms.add(plural)
    return tuple(forms)


def place_forms(word: str, ending: str) -> tuple[str, ...]:
    """The places that an adjective in `ending` may be made of, the likeliest first.

    >>> [place_forms(w, "er")[k] for w, k in (("Bremer", 1), ("Dresdner", 3), ("Mailänder", 4), ("Basler", 5), ("Zürcher", 6))]
    ['Bremen', 'Dresden', 'Mailand', 'Basel', 'Zürich']
    """
    stem = word.removesuffix(ending)
    plain = stem[:1] + stem[1:].translate(_PLAIN)
    return (
        stem,
        stem + "en",
        stem + "e",
        stem[:-1] + "en",
        plain,
        f"{stem[:-1]}e{stem[-1:]}",
        f"{stem[:-2]}i{stem[-2:]}",
    )


def english_s(word: str) -> str:
    """The -s form of an English verb or noun.

    >>> [english_s(w) for w in ("visit", "reach", "ferry", "stay")]
    ['visits', 'reaches', 'ferries', 'stays']
    """
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word in ("go", "do") else "s")


def _english(parts: list[str]) -> Iterator[VerbForm]:
    infinitive, *rest = parts
    base, _, particle = infinitive.partition("|")
    apart = particle or None
    doubled = base + base[-1] if rest[-1:] == ["+"] else base
    rest = [r for r in rest if r != "+"]
    stem = doubled if doubled != base else base[:-1] if base.endswith("e") and not base.endswith("ee") else base
    regular = (
        base[:-1] + "ied"
        if base.endswith("y") and base[-2:-1] not in "aeiou"
        else base + "d"
        if base.endswith("e")
        else stem + "ed"
    )
    past, participle = (rest + [rest[0]])[:2] if rest else (regular, regular)
    yield VerbForm(base, "inf", apart)
    yield VerbForm(base, "pres", apart)
    yield VerbForm(english_s(base), "pres", apart)
    for form in past.split("/"):
        yield VerbForm(form, "past", apart)
    for form in participle.split("/"):
        yield VerbForm(form, "part", apart)
    yield VerbForm(stem + "ing", "ing", apart)
    if any(form == base + base[-1] + "ed" for form in past.split("/")):
        yield VerbForm(base + base[-1] + "ing", "ing", apart)  # "travelled", so "travelling" too


def _germanic(parts: list[str]) -> Iterator[VerbForm]:
    particle, _, base = parts[0].rpartition("|")
    stem = base.removesuffix("en") if base.endswith("en") else base.removesuffix("n")
    linking = "e" if stem.endswith(("t", "d", "chn", "ffn", "gn")) else ""
    third, past, participle = (
        parts[1:4]
        if len(parts) >= 4
        else (
            stem + linking + "t",
            stem + linking + "te",
            ("" if base.startswith(INSEPARABLE) or base.endswith("ieren") else "ge") + stem + linking + "t",
        )
    )
    finite = list(_germanic_finite(base, stem, third, past))
    if not particle:
        yield from (VerbForm(form, tense) for form, tense in finite)
        yield from (VerbForm(base, "inf"), VerbForm(participle, "part"), VerbForm(stem + "end", "ing"))
        return
    yield from (VerbForm(form, tense, particle) for form, tense in finite)
    yield from (VerbForm(particle + form, tense) for form, tense in finite)
    yield VerbForm(particle + base, "inf")
    yield VerbForm(particle + "zu" + base, "to-inf")
    yield VerbForm(particle + participle, "part")
    yield VerbForm(particle + stem + "end", "ing")


def _germanic_finite(base: str, stem: str, third: str, past: str) -> Iterator[tuple[str, str]]:
    weak = past.endswith("te")
    yield third, "pres"
    yield base, "pres"
    yield stem + "e", "reported"
    yield past, "past"
    yield (past + "n" if past.endswith("e") else past + "en"), "past"
    if not weak:
        umlaut = past.replace("a", "ä").replace("o", "ö").replace("u", "ü") if "au" not in past else past
        if umlaut != past:
            yield umlaut + "e", "cond"
            yield umlaut + "en", "cond"


VERBS = {"english": _english, "germanic-separable": _germanic}
