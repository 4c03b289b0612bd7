"""Whether anything works by itself, so that those at the desk see when nothing has been sent for a while."""

from __future__ import annotations

from datetime import datetime

from liftback.records.health import SILENT_AFTER
from liftback.records.jobs import beats


def last_tick(now: datetime) -> datetime | None:
    """When a worker last looked at all promises and e-mails; None where none ever did."""
    found = beats.last(beats.TICK)
    return None if found is None else min(found, now)


def is_silent(last: datetime | None, *, now: datetime) -> bool:
    """Whether that is too long ago: nothing is sent or escalated then, and somebody has to look after the server."""
    return last is None or now - last > SILENT_AFTER
