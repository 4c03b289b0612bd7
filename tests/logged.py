"""What the server would write into its log, every logger of it at its most talkative, for tests that look for words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from liftback.web.shared.logs import lines

PLANTED = "planted"
"""A part of every word that a test plants where no log may show it."""


class Lines(logging.Handler):
    """Keeps every line as the log would have it, with where the record came from."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(lines(columns=False))
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self.kept.append(self.format(record))

    def of(self, part: str) -> list[str]:
        """Those that hold a text."""
        return [one for one in self.kept if part in one.casefold()]


@contextmanager
def listening(level: int = logging.DEBUG) -> Iterator[Lines]:
    """Hear every logger there is."""
    heard = Lines()
    root = logging.getLogger()
    every = [root, *(one for one in root.manager.loggerDict.values() if isinstance(one, logging.Logger))]
    before = [(one, one.level, one.propagate, one.disabled) for one in every]
    for one in every:
        one.setLevel(level)
        one.propagate, one.disabled = True, False
    root.addHandler(heard)
    try:
        yield heard
    finally:
        root.removeHandler(heard)
        for one, was, propagate, disabled in before:
            one.setLevel(was)
            one.propagate, one.disabled = propagate, disabled
