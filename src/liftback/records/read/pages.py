"""Reading what was worked out for a page; worked out now where it is out of date."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from liftback.records import permissions
from liftback.records.days import day_of
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.worked_out import Snapshot
from liftback.records.versions import made_with
from liftback.records.working_out import PAGES, page_with, unpacked, work_out


def page(*, actor: Person, lifter: Lifter, name: str, now: datetime) -> Any:
    """The values of a page (answers, report, plan, course) as of now; None where there is no story, or no score, yet.

    What is out of date is never shown, since a new answer may have been a warning sign. Raises NotAllowedError.
    """
    ready, values = fresh_page(actor=actor, lifter=lifter, name=name, now=now)
    if ready:
        return values
    # The course takes longest, and what the next check-in carries on begins with it: so all is worked out with it.
    names = PAGES if name == "course" else (page_with(name),)
    return work_out(lifter, today=day_of(lifter, now), now=now, names=names)[name]


def fresh_page(*, actor: Person, lifter: Lifter, name: str, now: datetime) -> tuple[bool, Any]:
    """Whether a page is worked out up to now, and its values. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    kept = Snapshot.objects.filter(
        lifter=lifter, name=name, as_of=day_of(lifter, now), revision=lifter.revision, made_with=made_with()
    ).first()
    return (False, None) if kept is None else (True, unpacked(bytes(kept.content)))
