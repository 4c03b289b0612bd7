"""The time that jobs go by: the database's, so that workers on machines whose clocks differ agree."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

MUCH = timedelta(minutes=1)
"""A machine's clock that differs by more than this is told of (`records.health`)."""


def now() -> datetime:
    """The time in the store; with SQLite that is this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        row = cursor.fetchone()
    told: datetime = row[0]
    return told.astimezone(UTC)


def off() -> timedelta:
    """By how much this machine's clock is ahead of the store's; negative where it is behind."""
    return timezone.now() - now()
