"""Reminders of calls: written when they are due, and looked at once more when they are sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from liftback.records.mail import call_mails
from liftback.records.tables.bookings import Booking
from liftback.records.tables.mail import Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A reminder so long `before` a call; when it is less than `least` away it is too late for this one."""

    kind: str
    before: timedelta
    least: timedelta


MARKS = (
    Mark(kind=call_mails.DAY_BEFORE, before=timedelta(hours=24), least=timedelta(hours=2)),
    Mark(kind=call_mails.HOUR_BEFORE, before=timedelta(hours=1), least=timedelta()),
)


def remind(*, now: datetime) -> int:
    """Write the reminders that are due; how many. Once more writes nothing, and after a silence what still helps.

    Who booked or moved a call after a mark has just had an e-mail, and is not reminded at that mark.
    """
    return sum(_remind_at(mark, now) for mark in MARKS)


def still_wanted(mail: Mail, *, now: datetime | None = None) -> bool:
    """Whether a reminder is to go out: the call is still sure, unchanged since, and has not begun."""
    if mail.booking_id is None or mail.sequence is None:
        return False
    same = Booking.objects.filter(pk=mail.booking_id, sequence=mail.sequence)
    return same.filter(state=Booking.State.CONFIRMED, starts_at__gt=now or timezone.now()).exists()


def _remind_at(mark: Mark, now: datetime) -> int:
    due = Booking.objects.select_related("clinic").filter(
        state=Booking.State.CONFIRMED, starts_at__gt=now + mark.least, starts_at__lte=now + mark.before
    )
    # What is written already is left out here, so that a tick costs one question when there is nothing to do.
    written = Mail.objects.filter(kind=mark.kind, booking__in=due).values_list("booking_id", "sequence")
    known = set(written)
    return sum(
        call_mails.write_to_visitor(kind=mark.kind, booking=row, now=now)
        for row in due
        if (row.pk, row.sequence) not in known and row.changed_at <= row.starts_at - mark.before
    )
