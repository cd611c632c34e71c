"""Walks the inputs in the order given and hands each to the reader of its kind."""

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from summitry.dates import validate
from summitry.errors import DateError, InputError
from summitry.ingest.formats import PAGES, check_size, from_bytes
from summitry.ingest.options import Failure, Options
from summitry.ingest.texts import article
from summitry.model import Article

Outcome = Article | Failure
_FEEDS: Final = {".xml", ".rss", ".atom"}
_TEXTS: Final = {".txt", ".text", ".md"}
_KNOWN: Final = PAGES | _FEEDS | _TEXTS | {".pdf", ".docx", ".jsonl"}


class Line(msgspec.Struct):
    """One line of a `.jsonl`: a text, or a file beside the `.jsonl`, and what is known of it."""

    id: str | None = None
    text: str | None = None
    file: str | None = None
    url: str | None = None
    lang: str | None = None
    published: str | None = None
    title: str | None = None


def articles(inputs: Iterable[str | Path], options: Options | None = None) -> Iterator[Outcome]:
    """Every article of `inputs` (paths, folders, URLs, "-" for standard input), and a Failure for each bad document."""
    given = options or Options()
    for item in inputs:
        name = str(item)
        if name == "-":
            yield from _tried(name, lambda: [from_bytes(sys.stdin.buffer.read(given.limit + 1), "-", None, given)])
        elif name.startswith(("http://", "https://")):
            yield from _from_web(name, given)
        else:
            yield from _from_path(Path(item), given)


def _tried(source: str, make: Callable[[], Iterable[Outcome]]) -> Iterator[Outcome]:
    """What `make` gives, or the failure it ends in."""
    try:
        yield from make()
    except InputError as error:
        yield Failure(source, error)
    except OSError as error:
        yield Failure(source, InputError(f"{source} cannot be read: {error.strerror or error}."))


def _one(make: Callable[..., Outcome], *given: object) -> list[Outcome]:
    return [make(*given)]


def _from_path(path: Path, options: Options) -> Iterator[Outcome]:
    if path.is_dir():
        yield from _from_folder(path, options)
    elif path.suffix.lower() == ".jsonl":
        yield from _tried(str(path), lambda: _from_lines(path, options))
    elif path.suffix.lower() in _FEEDS:
        yield from _tried(str(path), lambda: _from_feed(path, options))
    else:
        yield from _tried(str(path), lambda: [_from_file(path, options)])


def _from_folder(folder: Path, options: Options) -> Iterator[Outcome]:
    """All files of known kinds, in order; hidden ones, and those that a `.jsonl` in the folder lists, only once."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _KNOWN and path.is_file())
    visible = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    listed = {path for lines in visible if lines.suffix.lower() == ".jsonl" for path in _listed(lines)}
    visible = [path for path in visible if path.resolve() not in listed]
    if not visible:
        yield Failure(str(folder), InputError(f"{folder} holds no text, HTML, PDF, Word, feed or JSONL file."))
    for path in visible:
        yield from _from_path(path, options)


def _listed(lines: Path) -> Iterator[Path]:
    """The files that a `.jsonl` names; what is wrong with it is reported when it is read."""
    try:
        with lines.open("rb") as stream:
            for raw in stream:
                line = msgspec.json.decode(raw, type=Line) if raw.strip() else Line()
                if line.file:
                    yield (lines.parent / line.file).resolve()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return


def _from_lines(path: Path, options: Options) -> Iterator[Outcome]:
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            if raw.strip():
                yield from _tried(f"{path}, line {number}", partial(_one, _from_line, path, number, raw, options))


def _from_line(path: Path, number: int, raw: bytes, options: Options) -> Article:
    where = f"{path}, line {number}"
    try:
        line = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=Line)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"{where} is no article: {error}.") from error
    if any("\x00" in value for value in msgspec.structs.astuple(line) if value):
        raise InputError(f"{where} is no article: it holds the character NUL, which no text has.")
    published = day(line.published, where) or options.published
    if line.text is not None:
        if not line.text.strip():
            raise InputError(f"{where} has an empty text; there is nothing to read.")
        made = article(line.text, where, key=line.id)
    elif line.file:
        made = _from_file(path.parent / line.file, options)
        published = day(line.published, where) or made.published or options.published
    else:
        raise InputError(f"{where} has neither `text` nor `file`; give one of them.")
    return msgspec.structs.replace(
        made,
        lang=line.lang or made.lang or options.lang,
        published=published,
        title=line.title or made.title,
        url=line.url or made.url,
        key=line.id or made.key,
    )


def day(published: str | None, where: str) -> str | None:
    """A date of publication as EDTF; of a time stamp its day. Raises InputError for anything else."""
    if not published:
        return None
    text = published[:10] if published[10:11] in ("T", " ") else published
    try:
        return validate(text)
    except DateError as error:
        raise InputError(f"{where} has {published!r} as date of publication; write it like 2024-06-20.") from error


def _from_file(path: Path, options: Options) -> Article:
    if not path.exists():
        raise InputError(f"There is no file {path}; check the name.")
    if not path.is_file():
        raise InputError(f"{path} is no file.")
    with path.open("rb") as stream:
        return from_bytes(stream.read(options.limit + 1), str(path), path.stem, options)


def _from_feed(path: Path, options: Options) -> Iterator[Outcome]:
    from summitry.ingest.feeds import entries

    data = path.read_bytes()
    check_size(data, str(path), options)
    for entry in entries(data, str(path)):
        yield from _tried(entry.source, partial(_one, entry.article, options))


def _from_web(url: str, options: Options) -> Iterator[Outcome]:
    from summitry.ingest.web import from_url

    yield from _tried(url, lambda: from_url(url, options))
