"""A worker: one thread keeps pages worked out, the other ticks and carries jobs. Any number may run on PostgreSQL.

Two threads, because a slow mail server must not keep pages waiting. SIGTERM lets both end what they do; a worker that
is killed leaves rows that the next one finds (`reaper`, `mail.sending.free`).
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Callable

from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from liftback.records.jobs import clock
from liftback.records.jobs.carrying import carry_mails
from liftback.records.jobs.tick import tick_if_due
from liftback.records.refreshing import refresh_stale
from liftback.records.trouble import told

PAUSE = 0.2
"""Seconds between two looks for stale pages."""
JOBS_PAUSE = 1.0
AFTER_TROUBLE = 2.0
JOBS_AT_ONCE = 10
"""So many jobs are done before the clock is looked at again."""
_log = logging.getLogger("liftback.jobs")


def work(stop: threading.Event) -> None:
    """Work until `stop` is set; what is being done then is done first."""
    name = secrets.token_hex(8)
    threads = [
        threading.Thread(target=_until, args=(stop, do, pause), name=f"liftback-{what}")
        for what, do, pause in (("pages", pages, PAUSE), ("jobs", lambda: jobs(name), JOBS_PAUSE))
    ]
    for one in threads:
        one.start()
    for one in threads:
        while one.is_alive():
            one.join(timeout=0.5)  # a wait without end would keep signals out on some systems


def pages() -> int:
    """Work out some pages that are out of date; how many lifters they were of."""
    return refresh_stale(now=clock.now())


def jobs(worker: str) -> int:
    """Tick when it is time, then do some jobs; how many were ready."""
    now = clock.now()
    tick_if_due(now=now)
    carry_mails(now=now)
    ready = DBTaskResult.objects.ready().count()
    if ready:
        worker_of(worker).run()
    return ready


def worker_of(name: str) -> Worker:
    """One that does some jobs of all queues and ends."""
    return Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        backend_name="default",
        interval=0,
        batch=True,
        startup_delay=False,
        max_tasks=JOBS_AT_ONCE,
        worker_id=name,
    )


def _until(stop: threading.Event, do: Callable[[], int], pause: float) -> None:
    """Do something for ever; trouble is told, and tried again in a while."""
    while not stop.is_set():
        try:
            close_old_connections()
            if not do():
                stop.wait(pause)
        except Exception as error:  # the store is away, or busy, or one job is broken: a worker lives on
            _log.error("worker", extra=told(error))
            stop.wait(AFTER_TROUBLE)
    connection.close()
