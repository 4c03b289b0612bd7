"""How the server is: the store, the queue, e-mails, the tick and promises, in numbers and without a name."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.models import Count, Min, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liftback import __version__
from liftback.records.jobs import beats, clock
from liftback.records.jobs.tick import STEPS
from liftback.records.mail import sending
from liftback.records.scheduling.zones import tzdata_version
from liftback.records.tables.bookings import Booking
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Lifter
from liftback.records.tables.requests import ConsultRequest

SILENT_AFTER = timedelta(minutes=5)
"""A tick older than this means that no worker is alive."""
WAITS_LONG = timedelta(minutes=10)
"""An e-mail or a job that waits longer than this is worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found. Times are seconds; None where nothing waits, or where it never ran.

    `store_ms` is how long a question took. `step_s` is the age of the step of the tick that ran longest ago.
    `clock_off_s` is by how much this machine's clock is ahead of the store's.
    """

    store_ms: float
    clock_off_s: float
    tick_s: float | None
    step_s: float | None
    jobs_ready: int
    jobs_ready_s: float | None
    jobs_failed: int
    mails_due: int
    mails_due_s: float | None
    mails_refused: int
    requests_open: int
    promises_late: int
    promises_late_s: float | None
    calls_held: int
    pages_stale: int
    pages_stale_s: float | None


def is_reachable() -> bool:
    """Whether a question to the database is answered."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def look(*, now: datetime) -> Health:
    """Look at everything. Raises DatabaseError where the store is away."""
    begun = time.monotonic()
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    store_ms = (time.monotonic() - begun) * 1000
    running = ConsultRequest.objects.filter(closed_at__isnull=True)
    unmet = running.filter(met_at__isnull=True)
    late, late_s = _counted(unmet.filter(due_at__lt=now), "due_at", now)
    ready, ready_s = _counted(DBTaskResult.objects.ready(), "enqueued_at", now)
    mails, mails_s = _counted(
        Mail.objects.filter(state__in=[Mail.State.QUEUED, Mail.State.SENDING], not_before__lte=now), "not_before", now
    )
    stale, stale_s = _counted(Lifter.objects.filter(stale_since__isnull=False), "stale_since", now)
    steps = [_age(beats.last(f"tick.{name}"), now) for name in STEPS]
    refused = Mail.objects.filter(state=Mail.State.DROPPED, last_error__startswith=sending.REFUSED)
    return Health(
        store_ms=round(store_ms, 2),
        clock_off_s=round(clock.off().total_seconds(), 1),
        tick_s=_age(beats.last(beats.TICK), now),
        step_s=None if None in steps else max(one for one in steps if one is not None),
        jobs_ready=ready,
        jobs_ready_s=ready_s,
        jobs_failed=DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count(),
        mails_due=mails,
        mails_due_s=mails_s,
        mails_refused=refused.filter(made_at__gt=now - timedelta(days=14)).count(),
        requests_open=running.count(),
        promises_late=late,
        promises_late_s=late_s,
        calls_held=Booking.objects.filter(state=Booking.State.HELD, held_until__gt=now).count(),
        pages_stale=stale,
        pages_stale_s=stale_s,
    )


def troubles(health: Health) -> list[str]:
    """What is not as it should be, in words for whoever runs the server; empty where all is well."""
    silent, long = SILENT_AFTER.total_seconds(), WAITS_LONG.total_seconds()
    found = {
        "no worker has ever run": health.tick_s is None,
        "no worker has run for some minutes": (health.tick_s or 0) > silent,
        "a step of the tick does not come to its end": health.tick_s is not None
        and health.tick_s <= silent
        and (health.step_s is None or health.step_s > silent),
        "e-mails wait: is the mail server away?": (health.mails_due_s or 0) > long,
        "jobs wait": (health.jobs_ready_s or 0) > long,
        "jobs have failed for good": health.jobs_failed > 0,
        "promises are late": health.promises_late > 0,
        "this machine's clock differs from the store's": abs(health.clock_off_s) > clock.MUCH.total_seconds(),
    }
    return [words for words, so in found.items() if so]


def facts() -> dict[str, Any]:
    """What runs here: version, kind of store, and the table of time zones."""
    return {"version": __version__, "store": connection.vendor, "tzdata": tzdata_version()}


def _counted(rows: QuerySet[Any], field: str, now: datetime) -> tuple[int, float | None]:
    """How many rows there are, and how many seconds the oldest waits."""
    found = rows.aggregate(many=Count("pk"), oldest=Min(field))
    return found["many"], _age(found["oldest"], now)


def _age(then: datetime | None, now: datetime) -> float | None:
    return None if then is None else round(max((now - then).total_seconds(), 0.0), 1)
