"""Reading check-ins, weekly forms, and where the course stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from liftback.records import course_state, permissions
from liftback.records.days import day_of
from liftback.records.read.pages import fresh_page
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.told import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIns:
    """All check-ins that were told for a day, in the order they were told."""

    day: date
    told: tuple[Entry, ...]

    @property
    def counting(self) -> tuple[Entry, ...]:
        """Those that no newer one takes the place of."""
        replaced = {str(one.payload.get("replaces") or "") for one in self.told}
        return tuple(one for one in self.told if str(one.client_id) not in replaced)

    def newest(self, client_id: UUID) -> Entry | None:
        """The check-in with this id, or the newest that took its place; None where there is none."""
        by_id = {str(one.client_id): one for one in self.told}
        following = {str(one.payload.get("replaces") or ""): one for one in self.told}
        found, seen = by_id.get(str(client_id)), set[UUID]()
        while found is not None and found.client_id not in seen and (after := following.get(str(found.client_id))):
            seen.add(found.client_id)
            found = after
        return found


def check_ins(*, actor: Person, lifter: Lifter, day: date) -> CheckIns:
    """The check-ins of a day. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    told = Entry.objects.filter(lifter=lifter, kind="check_in", day=day).order_by("client_time", "pk")
    return CheckIns(day=day, told=tuple(told))


def weekly_forms(*, actor: Person, lifter: Lifter, most: int) -> Sequence[Mapping[str, Any]]:
    """The newest weekly forms, oldest first: the day, and what was told. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    newest = Entry.objects.filter(lifter=lifter, kind="weekly").order_by("-day", "-client_time", "-pk")[:most]
    return [{**one.payload, "day": one.day} for one in reversed(newest)]


def felt_now(*, actor: Person, lifter: Lifter, now: datetime) -> dict[str, Any] | None:
    """The felt trend of today, known at once after a check-in; None where it takes longer, or there is too little.

    See `operations.course_felt`. Raises NotAllowedError.
    """
    permissions.check(actor, permissions.READ, lifter)
    return course_state.felt(lifter, today=day_of(lifter, now))


def course_if_ready(*, actor: Person, lifter: Lifter, now: datetime) -> tuple[bool, Any]:
    """Whether the page of the course is worked out, and its values; nothing is worked out here.

    Raises NotAllowedError.
    """
    return fresh_page(actor=actor, lifter=lifter, name="course", now=now)
