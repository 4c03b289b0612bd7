"""The audit: staff see and change a lifter's records only inside `audited`, which writes the row first.

The row is written in the same transaction as what it tells of, so neither is there without the other. `permissions`
asks `is_open`: reading as staff without a row is refused, not forgotten. The database refuses to change or delete rows
(migration 0003); those older than `KEPT` may go.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from liftback.records import staff as staff_rules
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.staff import Staff
from liftback.records.tables.care import Share
from liftback.records.tables.looked import AuditRow
from liftback.records.tables.people import Clinic, Lifter, Person
from liftback.records.tables.requests import ConsultRequest

READ, WRITE = "read", "write"
KEPT = timedelta(days=6 * 366)
"""How long a row cannot be deleted: the six years for which US clinics keep such records (45 CFR 164.316(b)(2)(i))."""
WHAT = {
    "request": "the request to the clinic, without what was told",
    "contact": "a try to reach you",
    "next_step": "who takes your request, and what comes next",
    "brief": "the one-page brief before a call",
    "call_note": "a note after a call",
    "call": "a call in the calendar",
    "hand_over": "the introduction to a colleague elsewhere",
    "episode": "you as a patient of the clinic",
    "records": "your story, answers and course",
    "plan": "your plan",
    "plan_edit": "a change to your plan",
    "sign_off": "a signature under your plan",
    "clearance": "a signature under your clearance",
    "thread": "your messages with the clinic",
    "overview": "the list of patients who need attention",
    "worklist": "the list of open requests",
    "retention": "the deletion of old requests",
    "looks": "the list of who looked",
    "settings": "the clinic's own terms",
}
"""What was looked at or changed, as the lifter reads it."""
_OPEN: ContextVar[tuple[tuple[int, int, str], ...]] = ContextVar("audited", default=())


@contextmanager
def audited(
    *,
    staff: Staff,
    deed: str,
    what: str,
    now: datetime,
    lifter: Lifter | None = None,
    request: ConsultRequest | None = None,
    needs: str = staff_rules.WORK,
    why: str = "",
) -> Iterator[None]:
    """A transaction that begins with the audit row; inside it staff may read (or write) the lifter's records.

    `needs` is the deed of the role (`records.staff`). A lifter's records need their consent (a `Share` with the
    clinic) as well. Raises NotAllowedError. Work out pages that are out of date before, so that no transaction waits.
    """
    _check(staff, needs, lifter, request)
    with transaction.atomic():
        note(staff=staff, deed=deed, what=what, now=now, lifter=lifter, request=request, why=why)
        opened = _OPEN.get()
        if lifter is not None and staff.clinical:
            opened = (*opened, (staff.person.pk, lifter.pk, deed))
        token = _OPEN.set(opened)
        try:
            yield
        finally:
            _OPEN.reset(token)


def note(
    *,
    staff: Staff,
    deed: str,
    what: str,
    now: datetime,
    lifter: Lifter | None = None,
    request: ConsultRequest | None = None,
    why: str = "",
) -> None:
    """Write a row; for use inside a transaction that does more."""
    AuditRow.objects.bulk_create([_row(staff, deed=deed, what=what, now=now, lifter=lifter, request=request, why=why)])


def note_many(*, staff: Staff, deed: str, what: str, now: datetime, requests: Sequence[ConsultRequest]) -> None:
    """Write a row for each request of a list that was looked at."""
    AuditRow.objects.bulk_create(
        [_row(staff, deed=deed, what=what, now=now, lifter=None, request=one) for one in requests]
    )


def note_lifters(*, staff: Staff, deed: str, what: str, now: datetime, lifters: Sequence[Lifter]) -> None:
    """Write a row for each lifter of a list that was looked at."""
    AuditRow.objects.bulk_create(
        [_row(staff, deed=deed, what=what, now=now, lifter=one, request=None) for one in lifters]
    )


def note_deleted(*, clinic: Clinic, now: datetime, requests: Sequence[ConsultRequest]) -> None:
    """Write a row for each request that is deleted because its time is over: no person did it, so its actor is 0."""
    AuditRow.objects.bulk_create(
        AuditRow(
            at=now,
            actor=0,
            actor_name="retention",
            role="rule",
            clinic=clinic.pk,
            clinic_name=clinic.name,
            lifter=one.lifter_id,
            request=one.pk,
            deed=WRITE,
            what="retention",
        )
        for one in requests
    )


def is_open(person: Person, lifter: Lifter, deed: str) -> bool:
    """Whether an audited look (or change) of this person at this lifter is going on."""
    return any(one in ((person.pk, lifter.pk, deed), (person.pk, lifter.pk, WRITE)) for one in _OPEN.get())


def who_looked(*, lifter: Lifter, most: int = 200, requests: Sequence[UUID] = ()) -> list[AuditRow]:
    """The newest rows about a lifter, their requests included."""
    found = AuditRow.objects.filter(lifter=lifter.pk)
    if requests:
        found = found | AuditRow.objects.filter(request__in=requests)
    return list(found.order_by("-at", "-pk")[:most])


def _row(
    staff: Staff,
    *,
    deed: str,
    what: str,
    now: datetime,
    lifter: Lifter | None,
    request: ConsultRequest | None,
    why: str = "",
) -> AuditRow:
    if what not in WHAT:
        raise ValueError(f"{what} is nothing that the audit knows")
    return AuditRow(
        at=now,
        actor=staff.person.pk,
        actor_name=staff.name,
        role=staff.membership.role,
        clinic=staff.clinic.pk,
        clinic_name=staff.clinic.name,
        lifter=lifter.pk if lifter is not None else (request.lifter_id if request is not None else None),
        request=request.pk if request is not None else None,
        deed=deed,
        what=what,
        why=why[:200],
    )


def _check(staff: Staff, needs: str, lifter: Lifter | None, request: ConsultRequest | None) -> None:
    staff_rules.check(staff, needs)
    if request is not None and request.clinic_id != staff.clinic.pk:
        raise NotAllowedError(NOT_YOURS)
    if lifter is None:
        return
    shared = Share.objects.filter(lifter=lifter, clinic=staff.clinic, ended_at__isnull=True).exists()
    if not staff.clinical or not shared:
        raise NotAllowedError(NOT_YOURS)
