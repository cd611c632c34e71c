"""`read_article`: the steps of reading in order. Pure: same article, same lexicon, same code, same reports."""

from collections.abc import Iterator

from summitry import authority as authorities
from summitry.lexicon import Lexicon
from summitry.model import Article, Reading
from summitry.read.analysis import Analyzer, analyzer
from summitry.read.clauses import ClauseParser
from summitry.read.drafts import Draft
from summitry.read.events import EventParser
from summitry.read.people import Register
from summitry.read.phrase import Phrase
from summitry.read.phrases import PhraseParser
from summitry.read.sides import Scene
from summitry.read.stories import Story
from summitry.read.timex import DateGrammar, compile_dates, heading_date, scan
from summitry.read.tokens import Sentence, dateline, lines, sentences, tokenize

_GRAMMARS: dict[str, DateGrammar] = {}


def date_grammar(lexicon: Lexicon) -> DateGrammar:
    """The compiled date grammar of a language, kept for the next article."""
    tag = lexicon.tag
    if tag not in _GRAMMARS:
        _GRAMMARS[tag] = compile_dates(lexicon.tables["dates"])
    return _GRAMMARS[tag]


def read_article(article: Article, lexicon: Lexicon, authority: authorities.Authority | None = None) -> Reading:
    """Everything that `article` says of encounters, by the rules of `lexicon`.

    `authority` supplies office holders known by surname alone; it never overrides what the text says.
    """
    analyser = analyzer(lexicon.settings["analyser"], lexicon.settings["model"])
    document = list(split(article.text, article.published, lexicon, analyser))
    register = Register(authority, article.published)
    for sentence in document:  # names first: a headline may use a surname that only the text introduces
        PhraseParser(sentence, lexicon, register).parse()
    register.settle_homes()
    for person in register.people:
        person.last = -1
    scene = Scene(register, lexicon)
    story = Story(article.text, scene, lexicon, article.published)
    for sentence in document:
        for draft in parse(sentence, lexicon, register, scene):
            story.tell(draft)
    return Reading(article, tuple(story.reports()), ())


def parse(sentence: Sentence, lexicon: Lexicon, register: Register, scene: Scene) -> Iterator[Draft]:
    """The drafts of one sentence, while the scene follows who is mentioned."""
    phrases = PhraseParser(sentence, lexicon, register).parse()
    clauses = ClauseParser(sentence, phrases, lexicon).parse()
    drafts = EventParser(sentence, clauses, lexicon).drafts()
    drafts.sort(key=lambda d: d.trigger)
    waiting = sorted(_mentions(phrases), key=lambda p: p.start)
    subjects = {id(p) for c in clauses for p in c.subject}
    for draft in drafts:
        while waiting and waiting[0].end <= draft.clause.start:
            scene.mention(waiting[0], subject=id(waiting.pop(0)) in subjects)
        yield draft
    for phrase in waiting:
        scene.mention(phrase, subject=id(phrase) in subjects)


def _mentions(phrases: list[Phrase]) -> Iterator[Phrase]:
    for phrase in phrases:
        if phrase.owner is not None and phrase.owner.person is not None:
            yield phrase.owner
        if phrase.actor:
            yield phrase


def split(text: str, published: str | None, lexicon: Lexicon, analyser: Analyzer) -> Iterator[Sentence]:
    """The sentences of a text, each under the date heading that governs it."""
    grammar = date_grammar(lexicon)
    outer: str | None = None  # the heading that stands alone on its line ("2006", "Januar")
    for block, (start, end, _) in enumerate(lines(text)):
        heading = heading_date(text[start:end], grammar, published, outer)
        context = outer
        if heading is not None:
            context = heading.value
            if heading.only:
                outer = heading.value
                continue
            start += heading.rest
        else:
            start = dateline(text, start, end, lexicon)
        for first, last in sentences(text, start, end, lexicon):
            tokens = tokenize(text, first, last, lexicon)
            if tokens:
                sentence = Sentence(tokens, scan(text, first, last, grammar), analyser, context, block)
                sentence.entry = heading is not None
                yield sentence
