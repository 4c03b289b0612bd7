"""What is done again and again: scans over rows, each of which can be run twice and does its work once.

No promise hangs on a job. A scan looks at what rows say is due, whenever it comes to run: after a day of silence it
finds all that is late.
"""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Protocol

from liftback.records.jobs import beats, carrying, reaper
from liftback.records.mail import sending
from liftback.records.refreshing import forget_strangers
from liftback.records.trouble import told
from liftback.records.write.clinic import bookings, escalating, reminding, retention


class Step(Protocol):
    """A scan over rows at a time; how much it did."""

    def __call__(self, *, now: datetime) -> int:
        """Do it."""


EVERY = timedelta(seconds=30)
STEPS: dict[str, Step] = {
    "reap": reaper.reap,
    "escalate": escalating.escalate,
    "free_holds": bookings.free_holds,
    "remind": reminding.remind,
    "mails_left": sending.free,
    "mails": carrying.carry_mails,
    "days": carrying.carry_days,
}
"""The steps of every tick, in order: what keeps promises first."""
SELDOM: dict[str, Step] = {"forget_old": retention.forget_old, "strangers": forget_strangers, "tidy": reaper.tidy}
"""The steps of tidying, every `TIDY_EVERY`."""
TIDY_EVERY = timedelta(minutes=10)
_log = logging.getLogger("liftback.jobs")


def tick(*, now: datetime) -> dict[str, int]:
    """Run every step; how much each did. A step that fails is left out of the answer, and the others go on."""
    steps = dict(STEPS)
    if beats.take_turn("tidy turn", now, every=TIDY_EVERY):
        steps |= SELDOM
    done = {}
    for name, do in steps.items():
        counted = _step(name, do, now)
        if counted is not None:
            done[name] = counted
    beats.beat(beats.TICK, now)
    return done


def tick_if_due(*, now: datetime) -> dict[str, int] | None:
    """A tick, where the last one began long enough ago on any machine; None where it is not time."""
    return tick(now=now) if beats.take_turn(beats.TURN, now, every=EVERY) else None


def _step(name: str, do: Step, now: datetime) -> int | None:
    begun = time.monotonic()
    try:
        count = do(now=now)
        beats.beat(f"tick.{name}", now)
    except Exception as error:  # one step must not keep the others waiting
        _log.error("tick", extra={"step": name, **told(error)})
        return None
    spent = round((time.monotonic() - begun) * 1000)
    level = logging.INFO if count else logging.DEBUG
    _log.log(level, "tick", extra={"step": name, "count": count, "ms": spent})
    return count
