"""Compile the date words and rules of one language file into tries over word classes.

Why tries and not one large regular expression: `re` takes 20 ms and more to compile the words and rules of a language,
a trie of word classes a few, and looking words up in a dict makes the cost of a sentence independent of how many words
the language has. A template like `vor {number} {unit}` is a sequence of words, of which a word stands for itself and
`{class}` for any word of a class; `?` makes the part before it optional, `( | )` are alternatives, `<name>` is a macro,
a backslash takes a mark literally. `languages/*/dates.toml` explains the tables.
"""

import re
from collections.abc import Iterator
from typing import Any, Final, Literal

from summitry.errors import LanguageError

Value = int | str | tuple[str, int, str] | None
Classes = dict[str, Value]
Tier = Literal["strong", "weak", "loose"]  # alone; behind a preposition or as a heading; only joined to a strong one

_DIGIT: Final = re.compile("[0-9]")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_TEMPLATE: Final = re.compile(r"\\(\S)|(\{[a-z]+\})|<([a-z]+)>|([()|?])|([^\s(){}<>|?\\]+)")
_FIRST: Final = {"month": 1, "weekday": 0, "shortday": 0, "number": 0, "ordinal": 1, "season": 21, "tennumber": 0}
_NAMED: Final[dict[str, dict[str, int]]] = {"which": {"last": -1, "this": 0, "next": 1}}
_TRIGGERS: Final = (
    "month", "clearmonth", "weekday", "unit", "units", "one", "moment", "season", "holiday", "period", "span", "spanunit",
    "daypart", "clock",
)  # fmt: skip
_MEANT: Final = frozenset((
    "year", "clearyear", "shortyear", "tens", "month", "clearmonth", "monthnumber", "nthmonth", "day", "nth", "ordinal",
    "weekday", "shortday", "season", "holiday", "period", "which", "unit", "one", "units", "clock", "spanunit", "number",
    "moment", "span", "tennumber",
))  # fmt: skip
_DIGITS: Final = frozenset((
    "year", "clearyear", "shortyear", "tens", "monthnumber", "nthmonth", "day", "nth", "dotted", "figure",
))  # fmt: skip
_TWINS: Final = {"-": "–—‑−", "'": "’ʼ", ":": "："}
_SECTIONS: Final = (
    "date", "ago", "hence", "earlier", "later", "same", "duration", "frequency", "time", "decade", "none", "weak", "loose",
)  # fmt: skip
TRIGGER: Final = "!"  # the class of words that make a sentence worth scanning
_COMPOUNDED: Final = 21  # `zwanzigtägig` is about the longest span that is written as one word
ISO_UNITS: Final = {"day": "P{}D", "week": "P{}W", "month": "P{}M", "year": "P{}Y", "hour": "PT{}H", "minute": "PT{}M"}
UNIVERSAL: Final = ("{year} - {monthnumber} - {day}", "{year} / {monthnumber} / {day}")


class Rule:
    """What a sequence of words means: the section that lists it, the tier, and which word fills which slot."""

    __slots__ = ("rank", "section", "slots", "tier")

    def __init__(self, section: str, tier: Tier, slots: tuple[tuple[int, str], ...], order: int = 0) -> None:
        # Of two readings of the same words the more literal one holds, then the one that stands first in the file.
        self.rank = (tier == "strong", -len(slots), -order)
        self.section = section
        self.tier: Tier = tier
        self.slots = slots


class Node:
    """A state of a trie: the classes that may follow, and the rule that may end here."""

    __slots__ = ("edges", "rule")

    def __init__(self) -> None:
        self.edges: dict[str, Node] = {}
        self.rule: Rule | None = None

    def insert(self, path: tuple[str, ...], section: str, tier: Tier, order: int) -> None:
        """Add one sequence; of two rules for the same sequence the first stays."""
        node = self
        for step in path:
            node = node.edges.setdefault(step, Node())
        if node.rule is None:
            slots = tuple((i, step[1:-1]) for i, step in enumerate(path) if step[1:-1] in _MEANT)
            node.rule = Rule(section, tier, slots, order)

    def longest(self, tokens: "list[Token]", at: int) -> tuple[int, Rule | None]:
        """Where the longest sequence that begins at token `at` ends, and its rule."""
        end, rule = at, None
        if at >= len(tokens) or self.edges.keys().isdisjoint(tokens[at].classes):
            return end, rule
        stack = [(self, at)]
        while stack:
            node, i = stack.pop()
            if node.rule is not None and (rule is None or (i, node.rule.rank) > (end, rule.rank)):
                end, rule = i, node.rule
            if i < len(tokens):
                for cls in tokens[i].classes:
                    child = node.edges.get(cls)
                    if child is not None:
                        stack.append((child, i + 1))
        return end, rule


class Token:
    """A word, number or mark: its place in the text and its classes with their values."""

    __slots__ = ("classes", "end", "start", "word")

    def __init__(self, start: int, end: int, classes: Classes, word: str = "") -> None:
        self.word = word  # only of a word that the grammar does not know
        self.start = start
        self.end = end
        self.classes = classes


class DateGrammar:
    """The compiled date words of one language; made by `compile_dates`, never changed after."""

    __slots__ = (
        "capital_nouns", "connectors", "dotted", "governing", "items", "particles", "parts", "prefixes", "suffixes", "triggers", "vocabulary", "word",
    )  # fmt: skip

    def __init__(self) -> None:
        self.vocabulary: dict[str, Classes] = {}
        self.items, self.prefixes, self.parts, self.connectors, self.suffixes = (Node() for _ in range(5))
        self.dotted: set[str] = set()
        self.triggers: set[str] = set()
        self.particles: tuple[str, ...] = ()
        self.capital_nouns = False
        self.governing: frozenset[str] = frozenset()
        self.word = _word_pattern(())

    def promising(self, text: str, start: int, end: int) -> bool:
        """Whether the text may hold any date at all: a cheap look before the scan."""
        if self.particles or _DIGIT.search(text, start, end):
            return True
        return not self.triggers.isdisjoint(_LETTERS.findall(text, start, end))

    def opens(self, text: str, start: int, end: int) -> bool:
        """Whether the first word is one of dates, or may be one with a particle."""
        first = self.word.search(text, start, end)
        return first is not None and (first[0] in self.vocabulary or first[0][0].isdigit() or bool(self.particles))

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The words between two offsets; those that the grammar does not know have no classes."""
        found: list[Token] = []
        for match in self.word.finditer(text, start, end):
            word, begin = match[0], match.start()
            if word == "." and found and found[-1].end == begin and text[found[-1].start : begin] in self.dotted:
                found[-1].end = match.end()
                continue
            classes = self.vocabulary.get(word)
            if classes is not None:
                found.append(Token(begin, match.end(), classes))
            elif word[0] in "0123456789":
                found.append(Token(begin, match.end(), _number(word)))
            else:
                found += self._split(word, begin)
        return found

    def _split(self, word: str, begin: int) -> list[Token]:
        """An unknown word, or in languages with particles a known one and its particle."""
        for particle in self.particles:
            stem = self.vocabulary.get(word.removesuffix(particle)) if word.endswith(particle) else None
            if stem is not None:
                middle, end = begin + len(word) - len(particle), begin + len(word)
                return [Token(begin, middle, stem), Token(middle, end, self.vocabulary.get(particle, {}))]
        return [Token(begin, begin + len(word), {}, word if word[0].isalpha() else "")]


def _word_pattern(ordinal_suffixes: tuple[str, ...]) -> re.Pattern[str]:
    """Words, numbers (with the mark that makes them ordinal), and single marks."""
    marks = "|".join(re.escape(s) + (r"(?![^\W\d_])" if s.isalpha() else "") for s in ordinal_suffixes)
    ordinal = rf"(?<!\w)\d{{1,2}}(?:{marks})|" if marks else ""
    return re.compile(rf"{ordinal}(?<!\w)\d+|[^\W\d_]+|[^\w\s]")


def _number(word: str) -> Classes:
    """The classes that a number has by its looks; with an ordinal mark it can be a day or month, not an amount."""
    digits = word.rstrip(".") if word[-1] == "." else "".join(c for c in word if c.isdecimal())
    value, length = int(digits), len(digits)
    classes: Classes = {TRIGGER: None}
    if length <= 2:
        if 1 <= value <= 31:
            classes["{day}"] = value
        if 1 <= value <= 12:
            classes["{monthnumber}"] = value
            if len(word) > length:
                classes["{nthmonth}"] = value
        classes["{figure}"] = value
        if length == 2:
            classes["{shortyear}"] = value
        if len(word) > length:
            if "{day}" in classes:
                classes["{nth}"] = classes["{ordinal}"] = value
            classes["{dotted}"] = value
            return classes
        if length == 2 and value >= 20 and value % 10 == 0:
            classes["{tens}"] = value
    if length <= 4:
        classes["{number}"] = value
    if length == 4 and 1000 <= value < 2200:
        classes["{year}"] = value
        if 1900 < value < 2100 and value != 2000:  # a round number is more often an amount
            classes["{clearyear}"] = value
    return classes


class _Compiler:
    """Fills a grammar from the tables of a language file."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.grammar = DateGrammar()
        self.data = data
        self.order = 0
        self.endings: list[str] = data.get("endings", [])
        self.capitalised = frozenset(data.get("capitalised", ()))
        self.vague = frozenset(data.get("vague_months", ()))
        self.macros: dict[str, str] = data.get("macros", {})

    def words(self) -> None:
        for cls, table in self.data["words"].items():
            pairs = enumerate(table, _FIRST.get(cls, 0)) if isinstance(table, list) else table.items()
            for key, forms in pairs:
                value = self._value(cls, key)
                for form in [forms] if isinstance(forms, str) else forms:
                    for written in self._inflected(form):
                        self._word(written, cls, value)
        if self.data.get("weekday_compounds"):
            self._compounds("weekday", "daypart", "weekday")
        if self.data.get("span_compounds"):
            self._compounds("number", "spanunit", "span")

    def _inflected(self, form: str) -> list[str]:
        """`jährig+` is the stem and the stem with each ending, `erst*` only the latter."""
        stem = form.rstrip("+*")
        forms = [stem + ending for ending in self.endings]
        return [stem] if stem == form else forms if form[-1] == "*" else [stem, *forms]

    @staticmethod
    def _value(name: str, key: int | str) -> Value:
        if name in _NAMED:
            return _NAMED[name][str(key)]
        if name == "moment":
            return moment(str(key))
        return int(key) if name in _FIRST else key

    def _word(self, form: str, cls: str, value: Value) -> None:
        word = form.removesuffix(".")
        slot, vocabulary = f"{{{cls}}}", self.grammar.vocabulary
        written = _cases(word, cls in self.capitalised)
        for case in written:
            vocabulary.setdefault(case, {}).setdefault(slot, value)
            if cls == "month" and word == form and word not in self.vague:  # an abbreviation may be a name: Jan, Jun
                vocabulary[case]["{clearmonth}"] = value
            elif cls == "ordinal" and self.data.get("ordinal_days"):
                vocabulary[case].setdefault("{day}", value)
        if word != form:
            self.grammar.dotted.update(written)
        if cls in _TRIGGERS:
            self.grammar.triggers.update(written)

    def _compounds(self, first: str, second: str, cls: str) -> None:
        """Words glued of the usual form of one class and a word of another, as `Montagabend` and `zweitägig`."""
        table = self.data["words"][second]
        rights = table.items() if isinstance(table, dict) else enumerate(table)
        glued = [(form, key) for key, forms in rights for form in ([forms] if isinstance(forms, str) else forms)]
        for number, forms in enumerate(self.data["words"][first][:_COMPOUNDED]):
            left = forms if isinstance(forms, str) else forms[0]
            for right, unit in glued:
                value = ISO_UNITS[str(unit)].format(number) if cls == "span" else number
                for ending in self._inflected(right):
                    self._word(left + ending, cls, value)

    def rules(self) -> None:
        grammar = self.grammar
        for root, table in (
            (grammar.prefixes, "prefixes"), (grammar.parts, "parts"),
            (grammar.connectors, "connectors"), (grammar.suffixes, "suffixes"),
        ):  # fmt: skip
            for kind, templates in self.data.get(table, {}).items():
                self._insert(root, templates, kind, "strong")
        for key, templates in self.data.get("moments", {}).items():
            moment(key)
            self._insert(grammar.items, templates, key, "strong")
        for section, templates in {"date": UNIVERSAL}.items():
            self._insert(grammar.items, templates, section, "strong")
        for section, templates in self.data["rules"].items():
            if section not in _SECTIONS:
                raise LanguageError(f"The date rules have no section {section!r}; there are {', '.join(_SECTIONS)}.")
            tier: Tier = section if section in ("weak", "loose") else "strong"
            self._insert(grammar.items, templates, "date" if tier != "strong" else section, tier)

    def _insert(self, root: Node, templates: Any, section: str, tier: Tier) -> None:
        for template in templates:
            self.order += 1
            literals: set[str] = set()
            for path in self.expand(template):
                if not path:
                    raise LanguageError(
                        f"The date rule {template!r} also matches nothing; make one word of it required."
                    )
                root.insert(path, section, tier, self.order)
                words = [step for step in path if step[0] != "{"]
                literals.update(words)
                telling = [word for word in words if word[0].isalpha()]
                if telling and root is self.grammar.items and not any(self._triggered(step) for step in path):
                    self.grammar.triggers.update(_cases(max(reversed(telling), key=len), False))
            for word in literals:
                for written in _cases(word, False):
                    self.grammar.vocabulary.setdefault(written, {}).setdefault(word, None)

    def _triggered(self, step: str) -> bool:
        """Whether a word or class makes a sentence worth scanning by itself; numbers in digits do."""
        return step in self.grammar.triggers or step[1:-1] in _TRIGGERS or step[1:-1] in _DIGITS

    def expand(self, template: str) -> list[tuple[str, ...]]:
        """All sequences of words and classes that a template stands for."""
        if re.sub(r"\s+", "", _TEMPLATE.sub("", template)):
            raise LanguageError(
                f"The date rule {template!r} is malformed near {_TEMPLATE.sub('', template).strip()!r}."
            )
        return self._alternatives(_TEMPLATE.finditer(template), template)

    def _alternatives(self, stream: Iterator[re.Match[str]], template: str) -> list[tuple[str, ...]]:
        done: list[tuple[str, ...]] = []
        heads: list[tuple[str, ...]] = [()]
        last: list[tuple[str, ...]] = []
        for match in stream:
            literal, slot, macro, mark, word = match.groups()
            if mark == ")":
                break
            if mark == "?":
                last = [*last, ()]
                continue
            heads = [head + tail for head in heads for tail in last or [()]]
            last = []
            if mark == "|":
                done, heads = done + heads, [()]
            elif mark == "(":
                last = self._alternatives(stream, template)
            elif macro:
                if macro not in self.macros:
                    raise LanguageError(f"The date rule {template!r} uses the macro <{macro}>, which [macros] lacks.")
                last = self.expand(self.macros[macro])
            else:
                last = [(literal or slot or word,)]
        return done + [head + tail for head in heads for tail in last or [()]]


def _cases(word: str, capital: bool) -> tuple[str, ...]:
    """The ways to write a word: in small letters (unless it is always capitalised) and capitalised; marks have twins."""
    if not word[0].isalpha():
        return (word, *_TWINS.get(word, ""))
    upper = word[0].upper() + word[1:]
    return (upper, word.upper()) if capital else (word, upper)


def moment(key: str) -> tuple[str, int, str]:
    """`day -1`, `year 1 text` (of the running text) or `week 0 early` as unit, number, and `text` or the part meant."""
    unit, _, rest = key.partition(" ")
    number, _, mark = rest.partition(" ")
    try:
        if mark not in ("", "text", "early", "middle", "late"):
            raise ValueError
        return unit, int(number), mark
    except ValueError:
        raise LanguageError(f"The moment {key!r} is malformed; write it like 'day -1' or 'year 1 text'.") from None


def compile_dates(data: dict[str, Any]) -> DateGrammar:
    """The grammar of a language from its parsed `dates.toml`; raises LanguageError if a table or rule is malformed."""
    data = data.get("dates", data)
    for table in ("words", "rules"):
        if table not in data:
            raise LanguageError(f"The date words lack the table [{table}]; every dates.toml needs one.")
    compiler = _Compiler(data)
    compiler.grammar.word = _word_pattern(tuple(data.get("ordinal_suffixes", ())))
    compiler.grammar.particles = tuple(sorted(data.get("particles", ()), key=len, reverse=True))
    compiler.grammar.capital_nouns = bool(data.get("capital_nouns", False))
    compiler.grammar.governing = frozenset(data.get("governing", ()))
    compiler.words()
    compiler.rules()
    for word in compiler.grammar.triggers:
        compiler.grammar.vocabulary.setdefault(word, {})[TRIGGER] = None
    return compiler.grammar


__all__ = ["ISO_UNITS", "DateGrammar", "Node", "Rule", "Token", "compile_dates", "moment"]
