"""`read_article`: the steps of reading in order. Pure: same article, same lexicon, same code, same reports."""

from collections.abc import Iterator, Sequence
from itertools import islice

from summitry import authority as authorities
from summitry import dates
from summitry.lexicon import Lexicon
from summitry.model import Article, Reading
from summitry.read.analysis import Analyzer, analyzer
from summitry.read.arguments import attributes
from summitry.read.claims import claims
from summitry.read.clauses import ClauseParser
from summitry.read.drafts import Draft
from summitry.read.events import EventParser
from summitry.read.gate import Gate
from summitry.read.people import Register
from summitry.read.phrase import Phrase
from summitry.read.phrases import PhraseParser
from summitry.read.sides import Scene
from summitry.read.speakers import quoted_speaker, set_speakers
from summitry.read.stage import set_stages, written_in
from summitry.read.stories import Story
from summitry.read.timex import DateGrammar, clock_heading, compile_dates, heading_date, resolve, scan
from summitry.read.tokens import Sentence, dateline, lines, sentences, titled, tokenize

FINAL = '.!?…:;)”“"»›'  # what ends a line of running text, and no headline
OPENING = 6  # lines in which a dateline may stand, headlines and all
SENT = 7  # days from a dateline to publication, at most
CAPTION = 12  # tokens at most of the place and date that head a caption
_GRAMMARS: dict[str, DateGrammar] = {}


def date_grammar(lexicon: Lexicon) -> DateGrammar:
    """The compiled date grammar of a language, kept for the next article."""
    tag = lexicon.tag
    if tag not in _GRAMMARS:
        _GRAMMARS[tag] = compile_dates(lexicon.tables["dates"])
    return _GRAMMARS[tag]


def read_article(
    article: Article, lexicon: Lexicon, authority: authorities.Authority | None = None, gate: Gate | None = None
) -> Reading:
    """Everything that `article` says of encounters, by the rules of `lexicon`.

    `authority` supplies office holders known by surname alone; it never overrides what the text says. A `gate` spares
    the work on articles that cannot speak of encounters: worth building for more than a few of them.
    """
    if gate is not None and not gate.open(article.text):
        return Reading(article, (), ())
    analyser = analyzer(lexicon.settings["analyser"], lexicon.settings["model"])
    today = written_on(article.text, article.published, lexicon)
    document = list(split(article.text, today, lexicon, analyser))
    register = Register(authority, today)
    phrases = [PhraseParser(sentence, lexicon, register).parse() for sentence in document]
    register.settle_homes(lexicon.settings.get("federal", ()), written_in(article.text, lexicon))
    scene = Scene(register, lexicon)
    set_stages(article.text, document, phrases, lexicon)
    set_speakers(article.text, document, register, lexicon)
    story = Story(article.text, scene, lexicon, today)
    parsers: list[ClauseParser] = []
    for sentence, found in zip(document, phrases, strict=True):
        if _names_somebody_new(sentence, found, register):
            found = PhraseParser(sentence, lexicon, register).parse()
        parsers.append(ClauseParser(sentence, found, lexicon))
        tell = story.ask if _asks(sentence) else story.tell
        for draft in parse(parsers[-1], lexicon, scene):
            tell(draft)
        story.depart(parsers[-1].clauses, sentence)
        story.hear(sentence)
    reports = tuple(story.reports())
    return Reading(
        article, reports, tuple(claims(article.text, parsers, register, reports, lexicon, article.published))
    )


def _names_somebody_new(sentence: Sentence, phrases: list[Phrase], register: Register) -> bool:
    """Whether a surname here is of somebody whom only a later sentence introduced: headlines are so."""
    words = register.name_words()
    known = {
        i
        for p in phrases
        for part in (p, p.owner)
        if part is not None and part.person
        for i in range(part.start, part.end)
    }
    for token in sentence.tokens:
        if token.capital and token.i not in known and (token.text in words or token.text.removesuffix("s") in words):
            return True
    return False


def parse(parser: ClauseParser, lexicon: Lexicon, scene: Scene) -> Iterator[Draft]:
    """The drafts of one sentence, while the scene follows who is mentioned."""
    sentence, phrases = parser.sentence, parser.phrases
    clauses = parser.clauses if _speaks(sentence, phrases) else []
    drafts = EventParser(sentence, clauses, lexicon).drafts() if clauses else []
    drafts.sort(key=lambda d: d.trigger)
    scene.speaker = quoted_speaker(clauses, sentence) or scene.speaker
    waiting = sorted(_mentions(phrases), key=lambda p: p.start)
    sources = [c for c in clauses if attributes(c)]
    told = {id(p) for c in clauses for p in c.subject if len(c.subject) == 1 and c not in sources and not p.prep}
    told -= {id(c.antecedent) for c in clauses}  # the subject of a relative clause only
    main = [c for c in clauses if c.kind == "main" and c not in sources]
    subjects = told | {id(p) for c in main for p in c.subject if len(c.subject) == 1}
    for draft in drafts:
        while waiting and waiting[0].end <= _from(draft):
            scene.mention(waiting[0], subject=id(waiting.pop(0)) in subjects)
        yield draft
    for phrase in waiting:
        scene.mention(phrase, subject=id(phrase) in subjects)
    scene.settle(reported=bool(sources))


def _from(draft: Draft) -> int:
    """Where what a draft says begins for its pronouns: of the talks that "he held" the clause that says so."""
    own = {id(p) for p in (*draft.guests, *draft.hosts, *draft.sides) if p.kind == "pronoun"}
    return max([draft.clause.start, *(c.start for c in draft.clauses for p in c.phrases if id(p) in own)])


def _speaks(sentence: Sentence, phrases: Sequence[Phrase]) -> bool:
    """Whether a sentence may state an encounter: somebody or some place in it, and a word that speaks of one."""
    return bool(phrases) and (
        any(t.get("verb", "noun", "predicate", "delegation") or t.has("aux", "be") for t in sentence.tokens)
        or any(p.actor or p.frame for p in phrases)
    )


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence asks, and so states nothing."""
    return any(t.text == "?" for t in sentence.tokens[-2:])


def _mentions(phrases: Sequence[Phrase]) -> Iterator[Phrase]:
    for phrase in phrases:
        if phrase.owner is not None and phrase.owner.person is not None:
            yield phrase.owner
        if phrase.actor or phrase.kind in ("place", "region"):
            yield phrase


def split(text: str, published: str | None, lexicon: Lexicon, analyser: Analyzer) -> Iterator[Sentence]:
    """The sentences of a text, each under the date heading that governs it."""
    grammar = date_grammar(lexicon)
    outer: str | None = None  # the heading that stands alone on its line ("2006", "Januar")
    year: str | None = None  # the year of the entry before, which the next entry leaves out
    opening = True  # still among the headlines
    for block, (start, end, inner) in enumerate(lines(text)):
        heading = heading_date(text[start:end], grammar, published, outer or year)
        clock = clock_heading(text[start:end], grammar) if heading is None and published else None
        context = outer
        if text[start:end].strip(" \t:#*_").casefold() in lexicon.tables["dates"].get("undated", ()):
            outer = year = None  # what follows is of no known date, whatever stands above
            continue
        if heading is not None:
            context = heading.value
            year = heading.value[:4]
            if heading.only:
                outer = heading.value
                continue
            start += heading.rest
        elif clock is not None:  # a live report tells of the day on which it appears
            context = outer = outer or published
            start += clock
        else:
            start = dateline(text, inner, end, lexicon)
        opening = opening and heading is None and clock is None and start == inner and text[end - 1] not in FINAL
        for first, last in sentences(text, start, end, lexicon):
            tokens = tokenize(text, first, last, lexicon)
            if tokens:
                titled(tokens, analyser, lexicon)
                sentence = Sentence(tokens, scan(text, first, last, grammar), analyser, context, block)
                sentence.title = opening
                sentence.entry = heading is not None or clock is not None
                context = caption_date(sentence, published, last < end) or context
                yield sentence


def written_on(text: str, published: str | None, lexicon: Lexicon) -> str | None:
    """The day from which a report tells: that of its dateline, if it was sent shortly before publication, else `published`.

    "VIENNA, June 4 - … met here today", printed on the fifth, is of the fourth.
    """
    for start, end, inner in islice(lines(text), OPENING):
        behind = dateline(text, inner, end, lexicon)
        for timex in scan(text, start, behind, date_grammar(lexicon)) if behind > inner else ():
            day = resolve(timex, published=published, tense="past") if timex.kind == "date" else None
            if day is None or dates.precision(day) != "day":
                continue
            if published is None or dates.contains(published, day):
                return day
            (_, last), (first, _) = dates.bounds(day), dates.bounds(published)
            before = (
                (first - last).days if last and first else 0
            )  # of a page that keeps an old report, any number of them
            return day if 0 < before and (before <= SENT or timex.anchor == "explicit") else published
    return published


def caption_date(sentence: Sentence, published: str | None, followed: bool) -> str | None:
    """The date that stands with a place at the head of a caption and dates what follows: "Oslo, Thursday. The King …"."""
    if not followed or len(sentence.times) != 1 or len(sentence.tokens) > CAPTION or sentence.context is not None:
        return None
    if sentence.times[0].kind != "date" or any(t.get("verb", "aux") for t in sentence.tokens):
        return None
    return resolve(sentence.times[0], published=published, tense="past")
