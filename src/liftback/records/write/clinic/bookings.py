"""A call as its visitor books it: held for some minutes, confirmed, moved, cancelled.

A posted time is never believed: it is worked out again, inside the transaction that takes it. A form that comes twice
is one booking.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from liftback.records import audit, modules
from liftback.records.call_details import Details
from liftback.records.call_states import COMING, is_cancellable, is_movable
from liftback.records.mail import call_mails
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import slots
from liftback.records.read.clinic.slots import Wanted
from liftback.records.staff import Staff
from liftback.records.tables.bookings import Booking, TakenTime
from liftback.records.tables.people import Clinic, Lifter, Membership
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.write.clinic import taking
from liftback.records.write.clinic.taking import GoneError

State = Booking.State
SLOW = timedelta(hours=1)
"""How long after its hold a form may still come for a time inside the minimum notice."""
CHANGED = "This call was changed meanwhile, in another tab or by the clinic. Look at it again before you change it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A time that a visitor pressed. `form_id` is the page's, `zone` the visitor's; `instead_of` their earlier hold."""

    starts_at: datetime
    form_id: uuid.UUID
    zone: str
    request: ConsultRequest | None = None
    lifter: Lifter | None = None
    instead_of: uuid.UUID | None = None


def hold(*, clinic: Clinic, choice: Choice, now: datetime) -> Booking:
    """Keep a time for some minutes, until the form behind it is filled in.

    The same page sent again gives the same booking; another time from it takes the place of the first. Raises
    GoneError where the time is not free, NotNowError where the clinic offers no calls.
    """
    check_offered(clinic)
    with taking.in_turn():
        wanted = Wanted(clinic=clinic, now=now, request=choice.request)
        earlier = Booking.objects.filter(clinic=clinic, form_id=choice.form_id).exists()
        if not earlier and not slots.free_then(wanted, choice.starts_at):
            raise GoneError  # most of those who are late end here, without a lock
        return _hold(clinic, choice, wanted, now)


def _hold(clinic: Clinic, choice: Choice, wanted: Wanted, now: datetime) -> Booking:
    with transaction.atomic():
        taking.lock_therapists(clinic)
        taking.free_ran_out(now=now, clinic=clinic)
        earlier = Booking.objects.filter(clinic=clinic, form_id=choice.form_id).first()
        if earlier is not None and earlier.state not in (State.HELD, State.EXPIRED):
            return earlier
        if earlier is not None and earlier.state == State.HELD and earlier.starts_at == choice.starts_at:
            return earlier
        _drop_hold(clinic, choice.instead_of, now)
        booking = earlier or _new(clinic, choice, now)
        booking.state, booking.zone, booking.changed_at = State.HELD, choice.zone, now
        booking.held_until = now + timedelta(minutes=clinic.hold_minutes)
        _place(booking, replace(wanted, moving=earlier), choice.starts_at)
        return booking


def confirm(*, booking: Booking, details: Details, now: datetime) -> Booking:
    """Make a held time a call, or ask for it where the clinic says yes itself. Sent twice it is one call.

    A hold that ran out is taken up again where the time is still free. Raises GoneError where it is not.
    """
    clinic = booking.clinic
    check_offered(clinic)
    with taking.in_turn(), transaction.atomic():
        taking.lock_therapists(clinic)
        taking.free_ran_out(now=now, clinic=clinic)
        row = locked(booking)
        if row.state not in (State.HELD, State.EXPIRED):
            return row
        if row.state == State.EXPIRED or row.held_until is None or row.held_until <= now:
            _place(row, _again(row, now), row.starts_at)
        asked = clinic.booking == Clinic.BookingTerms.REQUEST
        write_details(row, details)
        row.state = State.REQUESTED if asked else State.CONFIRMED
        swap(row, before=(State.HELD, State.EXPIRED), now=now, held_until=None)
        kind = call_mails.REQUESTED if asked else call_mails.CONFIRMED
        call_mails.write_to_visitor(kind=kind, booking=row, now=now)
        call_mails.write_to_clinic(booking=row, what="A call is asked for" if asked else "A call is booked", now=now)
        step(row, "call_asked" if asked else "call_booked", now)
    return row


def move(*, booking: Booking, starts_at: datetime, sequence: int, now: datetime) -> Booking:
    """Give a call another free time, and its old one back, all at once. Sent twice it moves once.

    `sequence` is the one that the page showed. Raises GoneError, and NotNowError where the call cannot be moved
    any more or was changed meanwhile.
    """
    clinic = booking.clinic
    check_offered(clinic)
    with taking.in_turn(), transaction.atomic():
        taking.lock_therapists(clinic)
        taking.free_ran_out(now=now, clinic=clinic)
        row = locked(booking)
        check_movable(row, now)
        if row.starts_at == starts_at and row.state in COMING:
            return row
        if row.sequence != sequence:
            raise NotNowError(CHANGED)
        asked = clinic.booking == Clinic.BookingTerms.REQUEST
        told = row.state != State.REQUESTED or row.sequence > 0
        call_mails.outdate(row)
        row.state, row.sequence, row.changed_at = State.REQUESTED if asked else State.CONFIRMED, row.sequence + 1, now
        _place(row, Wanted(clinic=clinic, now=now, request=row.request, moving=row), starts_at)
        kind = call_mails.REQUESTED if asked else call_mails.MOVED
        call_mails.write_to_visitor(kind=kind, booking=row, now=now, again=told)
        what = "A new time is asked for" if asked else "A call has a new time"
        call_mails.write_to_clinic(booking=row, what=what, now=now)
        step(row, "call_moved", now)
    return row


def cancel(*, booking: Booking, now: datetime) -> Booking:
    """Take a call back before it begins; its time is free at once. Sent twice it is cancelled once.

    Raises NotNowError where the call has begun, or is over.
    """
    with transaction.atomic():
        row = locked(booking)
        if row.state == State.CANCELLED:
            return row
        if row.state == State.HELD:  # nothing that anybody was told of
            taking.give_back(row)
            row.state = State.EXPIRED
            swap(row, before=(State.HELD,), now=now)
            return row
        if not is_cancellable(row, now):
            raise NotNowError("This call cannot be cancelled any more: it has begun, or is over.")
        end(row, now=now, why="cancelled by the visitor")
        call_mails.write_to_visitor(kind=call_mails.CANCELLED, booking=row, now=now)
        call_mails.write_to_clinic(booking=row, what="A call is cancelled", now=now)
        step(row, "call_cancelled", now)
    return row


def free_holds(*, now: datetime) -> int:
    """End the holds that ran out, in every clinic; how many. Once more changes nothing."""
    with transaction.atomic():
        return taking.free_ran_out(now=now)


def release(staff: Staff | None, membership: Membership, now: datetime) -> int:
    """Leave the coming calls of somebody who stops taking them without a therapist; how many.

    Nobody is called off: the visitor is told when the call is moved or cancelled. The clinic is told at once. To be
    called inside the transaction that lets them go; `staff` is whoever does it, None where they leave themselves.
    """
    count = 0
    with transaction.atomic():
        taking.lock_therapists(membership.clinic)
        mine = Booking.objects.select_for_update().filter(therapist=membership)
        for row in mine.filter(state=State.HELD):
            taking.give_back(row)
            Booking.objects.filter(pk=row.pk).update(state=State.EXPIRED, therapist=None, changed_at=now)
        what = "A call needs a therapist"
        for row in mine.filter(state__in=COMING, ends_at__gt=now):
            if staff is not None:
                seen: dict[str, Any] = {"lifter": row.lifter, "request": row.request}
                audit.note(staff=staff, deed=audit.WRITE, what="call", now=now, why=what, **seen)
            row.therapist = None
            taking.give_back(row)
            Booking.objects.filter(pk=row.pk).update(therapist=None)
            call_mails.write_to_clinic(booking=row, what=what, now=now, kind=call_mails.NOBODY)
            step(row, "call_needs_therapist", now, by=staff)
            count += 1
    return count


# --- what these and the staff's own deeds are made of ----------------------------------------------------------------


def check_offered(clinic: Clinic) -> None:
    """Raise NotNowError where the clinic offers no calls."""
    modules.check(clinic, modules.BOOKING)
    if clinic.booking == Clinic.BookingTerms.OFF:
        phone = f" Their number: {clinic.phone}." if clinic.phone else ""
        raise NotNowError(f"{clinic.name} does not offer calls here at the moment.{phone}")


def check_movable(booking: Booking, now: datetime) -> None:
    """Raise NotNowError where a call cannot be moved."""
    if not is_movable(booking, now):
        raise NotNowError("This call cannot be moved any more: it is cancelled, or over. You can book another one.")


def locked(booking: Booking) -> Booking:
    """The booking as it is now, locked until the transaction ends. Raises NotNowError where it was deleted."""
    row = (
        Booking.objects.select_for_update(of=("self",))
        .select_related("clinic", "request")
        .filter(pk=booking.pk)
        .first()
    )
    if row is None:
        raise NotNowError("This call is not kept any more.")
    return row


def write_details(row: Booking, details: Details) -> None:
    """Put who, how to reach them and where they are on a booking."""
    row.name, row.email, row.phone, row.place = details.name, details.email, details.phone, details.place
    row.consent = details.consent


def swap(row: Booking, *, before: tuple[str, ...], now: datetime, held_until: datetime | None = None) -> None:
    """Write a booking as it stands, where it still is in one of these states. Raises NotNowError where it is not."""
    row.held_until, row.changed_at = held_until, now
    names = ("name", "email", "phone", "place", "consent", "state", "held_until", "sequence", "ended_why", "changed_at")
    values = {name: getattr(row, name) for name in names}
    if not Booking.objects.filter(pk=row.pk, state__in=before).update(**values):
        raise NotNowError(CHANGED)


def end(row: Booking, *, now: datetime, why: str, state: str = State.CANCELLED) -> None:
    """Call a booking off: its time is free, older mails are dropped, and calendars learn that it is newer."""
    before = row.state
    row.state, row.ended_why, row.sequence = State(state), why[:200], row.sequence + 1
    swap(row, before=(before,), now=now)
    taking.give_back(row)
    call_mails.outdate(row)


def step(row: Booking, kind: str, now: datetime, *, by: Staff | None = None, why: str = "") -> None:
    """Write into the history of the request that the call belongs to."""
    if row.request_id is None:
        return
    RequestStep.objects.create(
        request_id=row.request_id,
        at=now,
        by=None if by is None else by.person,
        by_name="" if by is None else by.name,
        kind=kind,
        why=why[:500],
        details={"booking": str(row.pk), "starts_at": row.starts_at.isoformat()},
    )


def _new(clinic: Clinic, choice: Choice, now: datetime) -> Booking:
    return Booking(
        clinic=clinic,
        form_id=choice.form_id,
        request=choice.request,
        lifter=choice.lifter,
        zone=choice.zone,
        state=State.HELD,
        starts_at=choice.starts_at,
        ends_at=choice.starts_at,
        made_at=now,
        changed_at=now,
    )


def _again(row: Booking, now: datetime) -> Wanted:
    """What is free for a hold that ran out: whoever was slow with the form is not refused for the minimum notice."""
    asked_at = now
    if row.held_until is not None and now <= row.held_until + SLOW:
        asked_at = min(now, row.held_until - timedelta(minutes=row.clinic.hold_minutes))
    return Wanted(clinic=row.clinic, now=now, request=row.request, moving=row, asked_at=asked_at)


def _place(booking: Booking, wanted: Wanted, starts_at: datetime) -> None:
    """Put a booking at a free time, with its own therapist if they are free. Raises GoneError."""
    free = slots.free_then(wanted, starts_at)
    for who in sorted(free, key=lambda one: one != booking.therapist_id):
        if taking.put_at(booking, therapist=who, starts_at=starts_at):
            return
    raise GoneError


def _drop_hold(clinic: Clinic, instead_of: uuid.UUID | None, now: datetime) -> None:
    """Let go of the time that the same visitor held before, so that it does not stand in their own way."""
    if instead_of is None:
        return
    if Booking.objects.filter(pk=instead_of, clinic=clinic, state=State.HELD).update(
        state=State.EXPIRED, changed_at=now
    ):
        TakenTime.objects.filter(booking=instead_of).delete()
