"""The plan's calendar, for whoever knows its secret address."""

from __future__ import annotations

from datetime import date, datetime

from liftback import operations
from liftback.records import edits
from liftback.records.days import day_of
from liftback.records.read.clinic import plan_view
from liftback.records.read.inputs import Inputs, inputs_of
from liftback.records.read.own import calendar_lifter
from liftback.records.tables.people import Lifter
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
    if not plan_view.shows_all(lifter):
        return _as_the_clinic_shows(lifter, inputs_of(lifter, today=today), today)
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


def _as_the_clinic_shows(lifter: Lifter, inputs: Inputs, today: date) -> str:
    """The calendar where the lifter's clinic shows no plans, or only signed ones; not kept, since it may change."""
    plan = plan_from(inputs, today=today)
    if plan is None:
        return EMPTY
    signed = inputs.care.sign_off
    print_of = edits.fingerprint(operations.plan_digest(plan=plan), inputs.care.edits)
    checked = {"current": signed is not None and signed.fingerprint == print_of}
    shown = plan_view.how_shown(lifter, {"held": plan.held, "checked": checked})
    return operations.plan_calendar(plan=plan) if shown == plan_view.PLAN else EMPTY
