"""Writing an e-mail to be sent: a row, in the same transaction as what it tells of. Sending is `mail.sending`."""

from __future__ import annotations

from datetime import datetime

from liftback.records.tables.bookings import Booking
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic
from liftback.records.tables.requests import ConsultRequest
from liftback.records.write.storable import storable


def put(
    *,
    key: str,
    kind: str,
    to: str,
    subject: str,
    body: str,
    now: datetime,
    clinic: Clinic | None = None,
    booking: Booking | None = None,
    request: ConsultRequest | None = None,
    not_before: datetime | None = None,
    reply_to: str = "",
    calendar: str = "",
    method: str = "",
    sequence: int | None = None,
) -> bool:
    """Write an e-mail unless one with this key is there; whether it is new. Nothing is written without an address.

    Subject and body say nothing about anybody's health: they carry a link. `not_before` is when it may go out.
    """
    if not to:
        return False
    row = Mail(
        key=key,
        kind=kind,
        clinic=clinic,
        booking=booking,
        request=request,
        to=to,
        reply_to=reply_to,
        subject=" ".join(storable(subject).split())[:200],
        body=storable(body),
        calendar=calendar,
        method=method,
        sequence=sequence,
        not_before=not_before or now,
        made_at=now,
    )
    before = Mail.objects.filter(key=key).exists()
    Mail.objects.bulk_create([row], ignore_conflicts=True)
    return not before
