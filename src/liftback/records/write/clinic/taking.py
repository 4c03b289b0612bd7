"""Taking a therapist's time for a call, and giving it back. That two calls are apart is the database's own rule.

Whoever takes time locks the clinic's therapists first, in the order of their numbers, so that what is worked out as
free stays so until it is written, and the daily number is never passed. Should something write without that lock, the
unique five-minute rows refuse it all the same (decision 16).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction

from liftback.records.call_times import wall_of
from liftback.records.policies import NotNowError
from liftback.records.scheduling.slots import cells
from liftback.records.scheduling.zones import tzdata_version
from liftback.records.tables.bookings import Booking, TakenTime
from liftback.records.tables.people import Clinic, Membership

State = Booking.State
GONE = "That time is gone: somebody else was a moment quicker, or it is no longer offered. Please choose another."


_TURN = threading.Lock()


class GoneError(NotNowError):
    """A time that is not free any more, or was never offered. Nothing was changed."""

    def __init__(self) -> None:
        super().__init__(GONE)


@contextmanager
def in_turn() -> Iterator[None]:
    """With SQLite, one after the other in this process; to be entered before the transaction.

    Its writers do not queue, they ask again and again until some give up. PostgreSQL queues by itself.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with _TURN:
        yield


def lock_therapists(clinic: Clinic) -> None:
    """Let nobody else take time of this clinic's therapists until the transaction ends."""
    # `no_key` leaves rows alone that only name a therapist (a claim, a licence). SQLite has one writer anyway.
    rows = Membership.objects.select_for_update(no_key=True).filter(clinic=clinic).order_by("pk")
    list(rows.values_list("pk", flat=True))


def free_ran_out(*, now: datetime, clinic: Clinic | None = None) -> int:
    """End the holds that nobody confirmed in time, and give their time back; how many. Inside a transaction."""
    rows = Booking.objects.select_for_update(skip_locked=True).filter(state=State.HELD, held_until__lte=now)
    if clinic is not None:
        rows = rows.filter(clinic=clinic)
    ended = list(rows.values_list("pk", flat=True))
    if not ended:
        return 0
    TakenTime.objects.filter(booking__in=ended).delete()
    return Booking.objects.filter(pk__in=ended, state=State.HELD).update(state=State.EXPIRED, changed_at=now)


def put_at(booking: Booking, *, therapist: int | None, starts_at: datetime) -> bool:
    """Write the booking at this time with this therapist, its old time given back; False where the time is taken.

    The booking may be new. All fields are written as they stand on it. `therapist` is None for a call that nobody has.
    """
    clinic = booking.clinic
    before = (booking.therapist_id, booking.starts_at, booking.ends_at, booking.wall)
    booking.therapist_id = therapist
    booking.starts_at, booking.ends_at = starts_at, starts_at + timedelta(minutes=clinic.call_minutes)
    booking.wall, booking.clinic_zone = wall_of(starts_at, clinic.zone), clinic.zone
    booking.tzdata = tzdata_version()
    try:
        with transaction.atomic():
            booking.save()
            TakenTime.objects.filter(booking=booking).delete()
            if therapist is not None:
                minutes = clinic.call_minutes + clinic.buffer_minutes
                TakenTime.objects.bulk_create(
                    TakenTime(therapist_id=therapist, booking=booking, at=at)
                    for at in cells(starts_at=starts_at, minutes=minutes)
                )
    except IntegrityError:
        booking.therapist_id, booking.starts_at, booking.ends_at, booking.wall = before
        return False
    return True


def give_back(booking: Booking) -> None:
    """Free the time of a call that will not be."""
    TakenTime.objects.filter(booking=booking).delete()
