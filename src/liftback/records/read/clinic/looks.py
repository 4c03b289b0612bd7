"""Who looked at what is kept of somebody: for the lifter whose it is, and for the owner of a clinic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from liftback.records import audit, permissions
from liftback.records import staff as staff_rules
from liftback.records.staff import Staff
from liftback.records.tables.looked import AuditRow
from liftback.records.tables.people import Lifter, Person
from liftback.records.tables.requests import ConsultRequest

AT_ONCE = 50
"""Rows of a page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One look or change: when, who in which role at which clinic, and what, in words a lifter reads.

    `changed` tells a change from a look. `role` is one of the roles of a clinic, or "rule" where no person did it.
    """

    at: datetime
    name: str
    role: str
    clinic: str
    changed: bool
    what: str
    why: str
    lifter: int | None
    request: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """A page of looks, newest first; `page` and `pages` count from 1."""

    rows: tuple[Look, ...]
    page: int
    pages: int
    total: int


def looks_at(*, actor: Person, lifter: Lifter, page: int = 1) -> Looks:
    """A page of who looked at a lifter, their requests included. Raises NotAllowedError."""
    permissions.check(actor, permissions.READ, lifter)
    requests = ConsultRequest.objects.filter(lifter=lifter).values("pk")
    return _paged(AuditRow.objects.filter(Q(lifter=lifter.pk) | Q(request__in=requests)), page)


def looks_of_clinic(
    *,
    staff: Staff,
    now: datetime,
    page: int = 1,
    lifter: int | None = None,
    person: int | None = None,
    request: UUID | None = None,
    day: date | None = None,
) -> Looks:
    """A page of who looked in a clinic, by the number of a lifter or of somebody at work, a request, or a day there.

    This look is noted as well. Raises NotAllowedError for all but the owner.
    """
    wanted: dict[str, object] = {"lifter": lifter, "actor": person, "request": request}
    with audit.audited(staff=staff, deed=audit.READ, what="looks", now=now, needs=staff_rules.AUDIT):
        found = AuditRow.objects.filter(clinic=staff.clinic.pk)
        found = found.filter(**{name: one for name, one in wanted.items() if one is not None})
        if day is not None:
            begins = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(staff.clinic.zone))
            after = day + timedelta(days=1)
            ends = datetime(after.year, after.month, after.day, tzinfo=begins.tzinfo)
            found = found.filter(at__gte=begins, at__lt=ends)
        return _paged(found, page)


def _paged(found: QuerySet[AuditRow], page: int) -> Looks:
    total = found.count()
    pages = max(1, -(-total // AT_ONCE))
    here = min(max(page, 1), pages)
    rows = found.order_by("-at", "-pk")[(here - 1) * AT_ONCE : here * AT_ONCE]
    return Looks(rows=tuple(_look(one) for one in rows), page=here, pages=pages, total=total)


def _look(row: AuditRow) -> Look:
    return Look(
        at=row.at,
        name=row.actor_name,
        role=row.role,
        clinic=row.clinic_name,
        changed=row.deed == audit.WRITE,
        what=audit.WHAT.get(row.what, row.what),
        why=row.why,
        lifter=row.lifter,
        request=row.request,
    )
