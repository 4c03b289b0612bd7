"""How a request is changed at the desk: audited, its row locked, and each change kept as a step of its history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.staff import Staff
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.write.storable import storable

LONGEST_WHY = 500


def request_of(staff: Staff, request: UUID) -> ConsultRequest:
    """A request of the clinic in front. Raises NotAllowedError for one of another clinic, or none."""
    found = ConsultRequest.objects.filter(pk=request, clinic=staff.clinic).select_related("lifter").first()
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    return found


@contextmanager
def changing_request(
    *, staff: Staff, request: UUID, now: datetime, what: str, needs: str = staff_rules.WORK
) -> Iterator[ConsultRequest]:
    """The request's row, locked until all is written, behind its row of the audit. Raises NotAllowedError.

    A reason that somebody gives stands in the step alone: the audit holds who and whose, and no free words.
    """
    seen = request_of(staff, request)
    with audit.audited(staff=staff, deed=audit.WRITE, what=what, now=now, request=seen, needs=needs):
        row = ConsultRequest.objects.select_for_update().filter(pk=seen.pk, clinic=staff.clinic).first()
        if row is None:  # deleted meanwhile
            raise NotAllowedError(NOT_YOURS)
        yield row


def step(row: ConsultRequest, kind: str, *, staff: Staff, now: datetime, why: str = "", **details: Any) -> None:
    """Add to the history of a request; for use inside `changing_request`."""
    RequestStep.objects.bulk_create(
        [
            RequestStep(
                request=row,
                at=now,
                by=staff.person,
                by_name=staff.name,
                kind=kind,
                why=storable(why)[:LONGEST_WHY],
                details=details,
            )
        ]
    )


def set_fields(row: ConsultRequest, **fields: Any) -> None:
    """Write some columns of a locked row."""
    for name, value in fields.items():
        setattr(row, name, value)
    ConsultRequest.objects.filter(pk=row.pk).update(**fields)
