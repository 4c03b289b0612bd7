"""Jobs for what rows say is due: one for each, however often it is asked, and none while one waits or runs."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from liftback.records.jobs.tasks import refresh_lifter, send_mail
from liftback.records.mail import sending
from liftback.records.refreshing import of_yesterday

MAILS_AT_ONCE = 200
DAYS_AT_ONCE = 50
_OPEN = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


def carry_mails(*, now: datetime) -> int:
    """A job for every e-mail that may go out now; how many are new."""
    waiting = sending.due(now).order_by("not_before").values_list("pk", flat=True)
    return _add(send_mail, list(waiting[:MAILS_AT_ONCE]))


def carry_days(*, now: datetime) -> int:
    """A job for some lifters whose day has begun; how many are new. The next tick takes the next ones."""
    if DBTaskResult.objects.filter(task_path=refresh_lifter.module_path, status__in=_OPEN).count() >= DAYS_AT_ONCE:
        return 0
    return _add(refresh_lifter, [one.pk for one in islice(of_yesterday(now), DAYS_AT_ONCE)])


def _add(task: Any, numbers: list[int]) -> int:
    if not numbers:
        return 0
    with transaction.atomic():  # with SQLite one writer at a time; elsewhere a job too many finds nothing to do
        rows = DBTaskResult.objects.filter(task_path=task.module_path, status__in=_OPEN)
        there = {args["args"][0] for args in rows.values_list("args_kwargs", flat=True)}
        new = [number for number in numbers if number not in there]
        for number in new:
            task.enqueue(number)
    return len(new)
