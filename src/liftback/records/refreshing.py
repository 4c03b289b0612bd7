"""Working out what is out of date before anybody asks for it, and forgetting what strangers left."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import OperationalError

from liftback.records.days import day_of
from liftback.records.strangers import forget_old
from liftback.records.tables.people import Lifter
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with
from liftback.records.working_out import work_out

ACTIVE_FOR = timedelta(days=14)
"""Whoever looked or told something within this time has the pages of a new day ready in the morning."""
AT_ONCE = 20
_log = logging.getLogger("liftback")


def refresh_stale(*, now: datetime) -> int:
    """Work out the pages of some lifters who told something since; how many they were."""
    return sum(
        _worked_out(one, now)
        for one in Lifter.objects.filter(stale_since__isnull=False).order_by("stale_since")[:AT_ONCE]
    )


def refresh_day(*, now: datetime) -> int:
    """Work out today's pages for some active lifters whose day has begun; how many they were."""
    return sum(_worked_out(one, now) for one in _of_yesterday(now))


def _of_yesterday(now: datetime) -> Iterator[Lifter]:
    recent = Snapshot.objects.filter(name="answers", made_at__gt=now - ACTIVE_FOR).select_related("lifter")
    old = recent.filter(as_of__lt=(now + timedelta(days=1)).date()).order_by("as_of")[: AT_ONCE * AT_ONCE]
    due = (one.lifter for one in old if one.as_of < day_of(one.lifter, now) or one.made_with != made_with())
    for place, lifter in enumerate(due):
        if place >= AT_ONCE:
            return
        yield lifter


def _worked_out(lifter: Lifter, now: datetime) -> bool:
    try:
        work_out(lifter, today=day_of(lifter, now), now=now)
    except OperationalError:
        return False  # somebody writes; the next round takes it
    except Exception:  # one lifter's records must not keep all others waiting
        _log.exception("the pages of lifter %s could not be worked out", lifter.pk)
        Lifter.objects.filter(pk=lifter.pk, revision=lifter.revision).update(stale_since=None)
        return False
    return True


def forget_strangers(*, now: datetime) -> int:
    """Delete sessions and logs of strangers that are over; how many."""
    gone, _ = Session.objects.filter(expire_date__lt=now).delete()
    return gone + forget_old(now=now)
