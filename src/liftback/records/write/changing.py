"""How every change is made: one transaction, the lifter's row locked, and what was worked out marked as out of date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from liftback.records import permissions
from liftback.records.tables.people import Lifter, Person


@contextmanager
def changing(
    *, actor: Person, lifter: Lifter, now: datetime, deed: str = permissions.WRITE, moves: bool = True
) -> Iterator[Lifter]:
    """The lifter's row, locked until all is written; `moves` says that answers, plan and course may change with it.

    Raises NotAllowedError. All is written, or nothing.
    """
    permissions.check(actor, deed, lifter)
    with transaction.atomic():
        locked = Lifter.objects.select_for_update().filter(pk=lifter.pk).first()
        if locked is None:  # deleted meanwhile, from another tab
            raise permissions.NotAllowedError(permissions.NOT_YOURS)
        yield locked
        if moves:
            mark_stale(locked, now)
    lifter.revision, lifter.stale_since = locked.revision, locked.stale_since


def mark_stale(lifter: Lifter, now: datetime) -> None:
    """Count a change, and note since when pages are out of date."""
    lifter.revision += 1
    lifter.stale_since = lifter.stale_since or now
    Lifter.objects.filter(pk=lifter.pk).update(revision=lifter.revision, stale_since=lifter.stale_since)
