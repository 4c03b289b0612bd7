"""The plan's calendar, for whoever knows its secret address."""

from __future__ import annotations

from datetime import datetime

from liftback import operations
from liftback.records.days import day_of
from liftback.records.read.inputs import inputs_of
from liftback.records.read.own import calendar_lifter
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with
from liftback.records.working_out import packed, plan_from, unpacked

_NAME = "calendar"
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Liftback//Liftback plan//EN\r\nEND:VCALENDAR\r\n"
"""What a calendar holds before there is a plan."""


def calendar_of(*, token: str, now: datetime) -> str | None:
    """The week of the plan as a calendar file; None for an address that is none. Worked out once for each change."""
    lifter = calendar_lifter(token)
    if lifter is None:
        return None
    today = day_of(lifter, now)
    stamp = {"as_of": today, "revision": lifter.revision, "made_with": made_with()}
    kept = Snapshot.objects.filter(lifter=lifter, name=_NAME, **stamp).first()
    if kept is not None:
        return str(unpacked(bytes(kept.content)))
    plan = plan_from(inputs_of(lifter, today=today), today=today)
    text = EMPTY if plan is None else operations.plan_calendar(plan=plan)
    Snapshot.objects.update_or_create(
        lifter=lifter, name=_NAME, defaults={**stamp, "content": packed(text), "made_at": now}
    )
    return text
