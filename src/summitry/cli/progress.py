"""Progress of what takes longer than a second: on standard error, and only where somebody is looking."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[[str], None]]:
    """Gives a function to call with each document that is done."""
    if quiet or not sys.stderr.isatty():
        yield lambda source: None
        return
    begun = time.monotonic()
    shown: list[Any] = []
    done = 0

    def step(source: str) -> None:
        nonlocal done
        done += 1
        if not shown and time.monotonic() - begun > 1:
            shown.append(_bar())
            shown[0].start()
        for bar in shown:
            bar.update(f"{what}: {done:,} documents, {source[-60:]}")

    try:
        yield step
    finally:
        for bar in shown:
            bar.stop()


def _bar() -> Any:
    from rich.console import Console

    return Console(stderr=True).status("")
