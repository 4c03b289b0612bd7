"""What workers carry: an e-mail out, a lifter's pages of a new day. Each can be run twice and does it once."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import wraps

from django_tasks import task

from liftback.records.jobs import clock
from liftback.records.mail import sending
from liftback.records.refreshing import refresh_one
from liftback.records.trouble import kind_of, place_of, told

_log = logging.getLogger("liftback.jobs")
LATER = -10
"""The priority of what can wait for e-mails."""


class JobFailedError(Exception):
    """A job that went wrong, with the type and the place; the message of what was raised is kept nowhere."""


def logged(do: Callable[[int], str]) -> Callable[[int], str]:
    """A job that leaves one line in the log: its name, how it ended, and how long it took."""

    @wraps(do)
    def run(number: int) -> str:
        begun = time.monotonic()
        try:
            ended = do(number)
        except Exception as error:
            _log.error("job", extra={"job": do.__name__, "number": number, **told(error)})
            raise JobFailedError(f"{kind_of(error)} at {place_of(error.__traceback__)}") from None
        spent = round((time.monotonic() - begun) * 1000)
        _log.info("job", extra={"job": do.__name__, "number": number, "ended": ended, "ms": spent})
        return ended

    return run


@task()
@logged
def send_mail(mail_id: int) -> str:
    """Send one e-mail, unless somebody did; how that ended (`mail.sending`)."""
    return sending.send(mail_id, now=clock.now())


@task(priority=LATER)
@logged
def refresh_lifter(lifter_id: int) -> str:
    """Work out the pages of a lifter whose day has begun."""
    return "worked out" if refresh_one(lifter_id, now=clock.now()) else "left"
