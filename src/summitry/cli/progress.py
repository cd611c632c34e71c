"""Progress of what takes longer than a second: on standard error, and only where somebody is looking.

Whoever interrupts a long command stops it between two documents; who does so twice, at once.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Gives a function to call with each document that is done; it raises KeyboardInterrupt if somebody asked for it."""
    with _stopping() as asked, _showing(what, shown=not quiet and sys.stderr.isatty()) as show:

        def step(source: str) -> None:
            if asked:
                raise KeyboardInterrupt
            show(source)

        yield step


@contextmanager
def _stopping() -> Iterator[list[int]]:
    """Collects the first SIGINT inside the block; what is being filed is filed. The second one has its usual effect."""
    asked: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, before)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _showing(what: str, *, shown: bool) -> Iterator[Callable[[str], None]]:
    if not shown:
        yield lambda source: None
        return
    begun = time.monotonic()
    bars: list[Any] = []
    done = 0

    def step(source: str) -> None:
        nonlocal done
        done += 1
        if not bars and time.monotonic() - begun > 1:
            bars.append(_bar())
            bars[0].start()
        for bar in bars:
            bar.update(f"{what}: {done:,} documents, {source[-60:]}")

    try:
        yield step
    finally:
        for bar in bars:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console

    return Console(stderr=True).status("")
