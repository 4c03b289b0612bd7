"""Working out what is out of date before anybody asks for it, and forgetting what strangers left."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db import OperationalError

from liftback.records.days import day_of
from liftback.records.locks import PAGES, alone
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
    stale = Lifter.objects.filter(stale_since__isnull=False)
    done = 0
    for number in list(stale.order_by("stale_since").values_list("pk", flat=True)[:AT_ONCE]):
        with alone(PAGES, number) as free:
            # Looked for once more, because another worker may have been there in the meantime.
            lifter = stale.filter(pk=number).first() if free else None
            done += lifter is not None and _worked_out(lifter, now)
    return done


def refresh_day(*, now: datetime) -> int:
    """Work out today's pages for some active lifters whose day has begun; how many they were."""
    return sum(_worked_out(one, now) for one in of_yesterday(now))


def refresh_one(lifter_id: int, *, now: datetime) -> bool:
    """Work out the pages of one lifter; False where somebody writes just now, or the lifter is gone."""
    lifter = Lifter.objects.filter(pk=lifter_id).first()
    return lifter is not None and _worked_out(lifter, now)


def of_yesterday(now: datetime) -> Iterator[Lifter]:
    """Some active lifters whose day has begun, and whose pages are not of it yet."""
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
