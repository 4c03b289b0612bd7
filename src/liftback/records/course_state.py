"""The course carried on by each check-in, so that where it stands is known at once.

A state counts only while its stamp names the lifter's revision and our version. Whatever changes more than the newest
day (a story, a log, training done, an earlier day) leaves the stamp behind: the state is then begun anew with the
pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from liftback import operations
from liftback.records.alarms import writes_sign
from liftback.records.read.inputs import Inputs, together
from liftback.records.tables.people import Lifter
from liftback.records.tables.told import Entry
from liftback.records.tables.worked_out import CourseState
from liftback.records.versions import made_with

UNMOVED = frozenset(("after", "weekly", "flare", "flare_over", "gates", "swap", "criteria", "signed"))
"""Kinds of entries that the model of the course does not read."""
_STAMP_MOST = 64


def stamp(revision: int) -> str:
    """What a state is marked with."""
    return f"{revision} {made_with()}"[:_STAMP_MOST]


def carry_on(locked: Lifter, rows: Sequence[Entry], *, earlier: int) -> None:
    """Carry the state of revision `earlier` on over new entries, all in the transaction that keeps them.

    A note with a warning sign stops it here, since nothing is said of a course before somebody has looked.
    """
    kept = CourseState.objects.filter(lifter=locked, made_with=stamp(earlier))
    if all(one.kind in UNMOVED and not writes_sign(one) for one in rows):
        kept.update(made_with=stamp(locked.revision))
        return
    if any(one.kind not in {*UNMOVED, "check_in"} or writes_sign(one) for one in rows):
        return
    row = kept.first()
    course = None if row is None else _course(row)
    for day in sorted({one.day for one in rows if one.kind == "check_in"}):
        told = _told(locked, day)
        if course is None or told is None:
            return
        course = operations.course_carried_on(course=course, told=told)
    if course is not None:
        kept.update(day=course.day, before=course.before, content=course.after, made_with=stamp(locked.revision))


def _told(lifter: Lifter, day: date) -> dict[str, Any] | None:
    """What all check-ins of a day say together; None where one of them takes the place of one of another day."""
    entries = list(Entry.objects.filter(lifter=lifter, kind="check_in", day=day).order_by("client_time", "pk"))
    replaced = {str(one.payload["replaces"]) for one in entries if one.payload.get("replaces")}
    if not replaced <= {str(one.client_id) for one in entries}:
        return None
    rest = [one.payload for one in entries if str(one.client_id) not in replaced]
    return {"day": day.isoformat(), **together(rest)} if rest else None


def _course(row: CourseState) -> operations.StoredCourse:
    return operations.StoredCourse(day=row.day, before=bytes(row.before), after=bytes(row.content))


# --- beside the pages ------------------------------------------------------------------------------------------------


def is_current(lifter: Lifter, revision: int) -> bool:
    """Whether the state of a revision is there already."""
    return CourseState.objects.filter(lifter=lifter, made_with=stamp(revision)).exists()


def begun(inputs: Inputs, *, today: date) -> operations.StoredCourse | None:
    """The course begun anew from everything told; None without a score, and while warning signs come first."""
    if inputs.story is None:
        return None
    return operations.course_begun(story=inputs.story, log=inputs.log, diary=inputs.diary, today=today)


def keep(lifter: Lifter, course: operations.StoredCourse | None, *, revision: int, held: bool) -> None:
    """Keep a course that was begun anew for a revision; without one the current stays, unless nothing may be said."""
    if held:
        CourseState.objects.filter(lifter=lifter).delete()
    elif course is not None:
        values = {"day": course.day, "before": course.before, "content": course.after, "made_with": stamp(revision)}
        CourseState.objects.update_or_create(lifter=lifter, defaults=values)


def felt(lifter: Lifter, *, today: date) -> dict[str, Any] | None:
    """Where the felt trend is today; None while that has to be worked out from everything, or there is too little."""
    row = CourseState.objects.filter(lifter=lifter, made_with=stamp(lifter.revision)).first()
    return None if row is None else operations.course_felt(course=_course(row), today=today)
