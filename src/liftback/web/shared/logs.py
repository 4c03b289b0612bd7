"""Lines of the log: JSON, or columns in a terminal. No line holds what anybody told, nor an address of a page.

Our own loggers ("liftback ...") write fixed words and the values named in `KNOWN`. Of everybody else's lines only the
logger, the level and the place in the code are kept, because their words may quote what was sent. Of an exception there
is its type and its place, and never its message.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from liftback.records.trouble import told

Line = MutableMapping[str, Any]
KNOWN = (
    "route", "method", "status", "ms", "id", "job", "number", "ended", "step", "count", "code", "error", "place",
)  # fmt: skip
"""The values that a line of ours may hold."""
OURS = "liftback"
LONGEST = 200


def described(_logger: Any, _name: str, line: Line) -> Line:
    """One record as a line."""
    record: logging.LogRecord = line["_record"]
    ours = record.name.split(".")[0] == OURS
    event = _event(line) if ours else f"{record.module}:{record.lineno}"
    kept: dict[str, Any] = {"event": event, "level": record.levelname.lower(), "logger": record.name}
    if record.exc_info and record.exc_info[1] is not None:
        kept |= told(record.exc_info[1])
    if ours:
        kept |= {name: record.__dict__[name] for name in KNOWN if name in record.__dict__}
    kept |= {name: value for name, value in structlog.contextvars.get_contextvars().items() if name in KNOWN}
    return {**kept, "_record": record, "_from_structlog": False}


def _event(line: Line) -> str:
    """The fixed words of a line of ours, with their values where they fit."""
    words, values = str(line["event"]), line.get("positional_args")
    try:
        return (words % values if values else words)[:LONGEST]
    except (TypeError, ValueError):
        return words[:LONGEST]


def lines(*, columns: bool | None = None) -> structlog.stdlib.ProcessorFormatter:
    """The formatter of all lines; in columns where somebody watches in a terminal."""
    logging.raiseExceptions = False  # a line that cannot be formatted would be printed with all its values
    watched = sys.stderr.isatty() if columns is None else columns
    last = structlog.dev.ConsoleRenderer() if watched else structlog.processors.JSONRenderer(sort_keys=True)
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[described],
        use_get_message=False,  # others' messages are never put together: their values may not even fit
        pass_foreign_args=True,
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time" if not watched else "timestamp"),
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            last,
        ],
    )


def logging_of(level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, as `lines` writes it."""
    quiet = {name: {"level": "WARNING"} for name in ("django_tasks", "django_tasks_db", "axes", "allauth")}
    passed_on = {name: {"handlers": [], "level": "WARNING", "propagate": True} for name in ("django", "django.server")}
    # Pages that are not there are told by the line of the request.
    quiet["django.request"] = {"level": "ERROR"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": "liftback.web.shared.logs.lines"}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {OURS: {"level": level}, **quiet, **passed_on},
    }
