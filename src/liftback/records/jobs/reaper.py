"""What killed workers left behind: a job that runs for too long is nobody's, and is given to the next worker."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

LEASE = timedelta(minutes=5)
"""Longer than any job of ours takes."""
TRIES = 3
"""So many workers may die of a job; then it has failed, and `/health` says so."""
KEPT = {TaskResultStatus.SUCCESSFUL: timedelta(hours=6), TaskResultStatus.FAILED: timedelta(days=14)}
"""For how long the rows of jobs that are over are kept."""


def reap(*, now: datetime) -> int:
    """Give jobs of killed workers back, or up after so many tries; how many there were."""
    died = f"worker_ids__{TRIES - 1}__isnull"
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=now - LEASE)
    given_up = lost.filter(**{died: False}).update(
        status=TaskResultStatus.FAILED, finished_at=now, exception_class_path="killed", traceback=""
    )
    return given_up + lost.update(status=TaskResultStatus.READY, started_at=None)


def tidy(*, now: datetime) -> int:
    """Delete the rows of jobs that have been over for long; how many they were."""
    return sum(_over(status, now - kept).delete()[0] for status, kept in KEPT.items())


def _over(status: str, before: datetime) -> QuerySet[Any]:
    return DBTaskResult.objects.filter(status=status, finished_at__lt=before)
