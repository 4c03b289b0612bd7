"""What the server would write into its log, every logger of it at its most talkative, for tests that look for words."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest

from liftback.web.shared import watching
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


WRITTEN = re.compile(r"[ @\n]")
"""What somebody wrote has a space in it, or is an address; a choice of ours is a word that a log may hold too."""
SECRET = re.compile(r"[\w.~=-]{20,}")
"""A part of an address that is as long as this is a secret, or names a thing of somebody's."""


def told_by(request: HttpRequest) -> set[str]:
    """What a request brought that no log may hold: words, passwords, secrets of addresses, the sign-in's cookie."""
    found = set(SECRET.findall(request.path)) | {request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")}
    with suppress(Exception):  # a body that cannot be read tells nothing
        for name, values in request.POST.lists():
            found |= {one for one in values if "pass" in name or "token" in name or WRITTEN.search(one)}
        if request.content_type == "application/json":
            found |= {one for one in strings(json.loads(request.body)) if WRITTEN.search(one)}
    found |= {one for values in request.GET.lists() for one in values[1] if WRITTEN.search(one)}
    return {one.strip() for one in found if len(one.strip()) > 3}


def strings(value: Any) -> Iterator[str]:
    """Every text in what JSON holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


class Overheard:
    """All that visitors told the server, and all that it would have logged."""

    def __init__(self, log: Lines) -> None:
        self.log = log
        self.told: set[str] = set()

    def leaks(self) -> list[str]:
        """Lines of the log that hold something of it."""
        whole = "\n".join(self.log.kept)
        words = {json.dumps(one)[1:-1] for one in self.told} | self.told
        return [one for one in sorted(words) if one in whole]


@contextmanager
def overhearing(patch: pytest.MonkeyPatch) -> Iterator[Overheard]:
    """Keep what visitors tell while it is answered, and what is logged meanwhile."""
    asked = watching.route_of
    with listening(logging.INFO) as log:
        heard = Overheard(log)

        def route_of(request: HttpRequest) -> str:
            heard.told |= told_by(request)
            return asked(request)

        patch.setattr(watching, "route_of", route_of)
        yield heard
