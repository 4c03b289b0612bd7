"""What staff do with a call: say yes or no, write down how it went, move it, give it away, book one for somebody.

All of it is written with a row of the audit. Staff may go past hours, notice, horizon and the daily number with a
reason; past another call nobody goes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.call_details import Details
from liftback.records.call_states import COMING
from liftback.records.days import day_in
from liftback.records.mail import call_mails
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.read.clinic import slots
from liftback.records.read.clinic.slots import Wanted
from liftback.records.staff import WORK, Staff
from liftback.records.tables.bookings import Booking
from liftback.records.tables.people import Lifter, Membership
from liftback.records.tables.requests import ConsultRequest
from liftback.records.write.clinic import attempts, bookings, taking
from liftback.records.write.clinic.bookings import step
from liftback.records.write.once import once
from liftback.records.write.storable import storable

State = Booking.State
LONGEST_WHY = 200
TAKEN = "{name} has another call at that time, or the buffer of one. Choose another time or another therapist."
OUTSIDE = (
    "That time is not offered (hours, notice, horizon, holidays or the daily number). Say why it is booked anyway."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A time that staff choose themselves. `why` is needed where it is not one that is offered."""

    therapist: int
    starts_at: datetime
    why: str = ""


def accept(*, staff: Staff, booking: uuid.UUID, now: datetime) -> Booking:
    """Say yes to a call that was asked for. Sent twice it is one yes. Raises NotNowError where it cannot be."""
    with _changing(staff, booking, now) as row:
        if row.state == State.CONFIRMED:
            return row
        _needs(row, State.REQUESTED)
        if row.starts_at <= now:
            raise NotNowError("Its time is over. Move it to a new time, or decline it.")
        if row.therapist_id is None:
            raise NotNowError("Nobody is to make this call yet. Give it to a therapist first.")
        row.state = State.CONFIRMED
        bookings.swap(row, before=(State.REQUESTED,), now=now)
        call_mails.outdate(row)
        call_mails.write_to_visitor(kind=call_mails.CONFIRMED, booking=row, now=now)
        step(row, "call_booked", now, by=staff)
    return row


def decline(*, staff: Staff, booking: uuid.UUID, why: str, now: datetime) -> Booking:
    """Say no to a call that was asked for; `why` (may be empty) is told to the visitor."""
    with _changing(staff, booking, now, why=why) as row:
        if row.state == State.CANCELLED:
            return row
        _needs(row, State.REQUESTED)
        told = row.sequence > 0
        bookings.end(row, now=now, why=_reason(why))
        call_mails.write_to_visitor(kind=call_mails.DECLINED, booking=row, now=now, why=_reason(why), again=told)
        step(row, "call_cancelled", now, by=staff, why=_reason(why))
    return row


def cancel(*, staff: Staff, booking: uuid.UUID, why: str, now: datetime) -> Booking:
    """Call off a call that is to be; the reason is needed, and is told to the visitor."""
    reason = _reason(why, needed="Say why, in a few words: the person reads it.")
    with _changing(staff, booking, now, why=reason) as row:
        if row.state == State.CANCELLED:
            return row
        _needs(row, *COMING)
        bookings.end(row, now=now, why=reason)
        call_mails.write_to_visitor(kind=call_mails.CANCELLED, booking=row, now=now, why=reason)
        step(row, "call_cancelled", now, by=staff, why=reason)
    return row


def finish(*, staff: Staff, booking: uuid.UUID, reached: bool, now: datetime) -> Booking:
    """Write down that a call took place, or that nobody answered.

    A request that it belongs to gets a try to reach the person with it, so a call that took place keeps the promise.
    """
    with _changing(staff, booking, now) as row:
        wanted = State.DONE if reached else State.NO_SHOW
        if row.state == wanted:
            return row
        _needs(row, *COMING, State.DONE, State.NO_SHOW)
        if row.starts_at > now:
            raise NotNowError("This call has not begun yet. Write down how it went once it is over.")
        before, row.state, written = row.state, wanted, row.changed_at
        bookings.swap(row, before=(before,), now=now)
        call_mails.outdate(row)
        step(row, "call_done" if reached else "call_no_show", now, by=staff)
        if row.request is not None and before == State.DONE:  # that it took place was a slip
            _take_back(staff, row.request, _page(row, written), now)
        if row.request is not None and row.request.closed_at is None:
            attempts.add(
                staff=staff,
                request=row.request.pk,
                client_id=_page(row, row.changed_at),
                channel="phone",
                outcome="reached" if reached else "no_answer",
                now=now,
                at=max(row.starts_at, row.request.received_at),
            )
    return row


def _page(row: Booking, written: datetime) -> uuid.UUID:
    """What the try that goes with a call is kept under: the call, and when its end was written down."""
    return uuid.uuid5(row.pk, written.isoformat())


def _take_back(staff: Staff, request: ConsultRequest, page: uuid.UUID, now: datetime) -> None:
    told = attempts.standing(request=request, client_id=once(page, "phone", attempts.REACHED, "")).first()
    if told is not None:
        attempts.take_back(staff=staff, request=request.pk, attempt=told.pk, now=now)


def move(*, staff: Staff, booking: uuid.UUID, to: Override, sequence: int, now: datetime) -> Booking:
    """Give a call another time and therapist; the visitor is told. Raises NotNowError with what stands in the way."""
    with _changing(staff, booking, now, why=to.why) as row:
        _check_same(row, sequence)
        _needs(row, *COMING, State.NO_SHOW)
        if (row.starts_at, row.therapist_id) == (to.starts_at, to.therapist) and row.state == State.CONFIRMED:
            return row
        call_mails.outdate(row)
        row.state, row.sequence, row.changed_at = State.CONFIRMED, row.sequence + 1, now
        _put(staff, row, to, now)
        call_mails.write_to_visitor(kind=call_mails.MOVED, booking=row, now=now)
        step(row, "call_moved", now, by=staff, why=to.why)
    return row


def give(*, staff: Staff, booking: uuid.UUID, therapist: int, now: datetime) -> Booking:
    """Give a call to another therapist at the same time. For the visitor nothing changes."""
    with _changing(staff, booking, now) as row:
        if row.therapist_id == therapist:
            return row
        _needs(row, *COMING)
        who = _therapist(staff, therapist)
        _check_licence(row.request, row.starts_at, who, staff)
        if not taking.put_at(row, therapist=who.pk, starts_at=row.starts_at):
            raise NotNowError(TAKEN.format(name=_name(who)))
        row.therapist = who
        call_mails.write_to_clinic(booking=row, what="A call was given to you", now=now)
        step(row, "call_given", now, by=staff)
    return row


def book(
    *,
    staff: Staff,
    form_id: uuid.UUID,
    details: Details,
    at: Override,
    now: datetime,
    request: ConsultRequest | None = None,
    zone: str = "",
) -> Booking:
    """Book a call for somebody, also at a time that is not offered, with a reason. Sent twice it is one call.

    `zone` is the visitor's, the clinic's if it is not known.
    """
    if request is not None and request.clinic_id != staff.clinic.pk:
        raise NotAllowedError(NOT_YOURS)
    with _audited(staff, now=now, request=request, lifter=None, why=at.why):
        taking.lock_therapists(staff.clinic)
        taking.free_ran_out(now=now, clinic=staff.clinic)
        before = Booking.objects.filter(clinic=staff.clinic, form_id=form_id).first()
        if before is not None:
            return before
        row = Booking(
            clinic=staff.clinic,
            form_id=form_id,
            request=request,
            lifter=request.lifter if request is not None else None,
            zone=zone or staff.clinic.zone,
            state=State.CONFIRMED,
            made_at=now,
            changed_at=now,
        )
        bookings.write_details(row, details)
        _put(staff, row, at, now)
        call_mails.write_to_visitor(kind=call_mails.CONFIRMED, booking=row, now=now)
        if row.therapist_id != staff.membership.pk:
            call_mails.write_to_clinic(booking=row, what="A call was booked for you", now=now)
        step(row, "call_booked", now, by=staff, why=at.why)
    return row


# --- the rules of these ----------------------------------------------------------------------------------------------


@contextmanager
def _audited(
    staff: Staff, *, now: datetime, request: ConsultRequest | None, lifter: Lifter | None, why: str
) -> Iterator[None]:
    """A transaction with the audit row first. A call's row needs no consent: the visitor gave it to the clinic."""
    staff_rules.check(staff, WORK)
    with transaction.atomic():
        audit.note(
            staff=staff,
            deed=audit.WRITE,
            what="call",
            now=now,
            request=request,
            lifter=lifter,
            why=why,
        )
        yield


@contextmanager
def _changing(staff: Staff, booking: uuid.UUID, now: datetime, *, why: str = "") -> Iterator[Booking]:
    """A call of this clinic, locked, with the time of its therapists. Raises NotAllowedError for another clinic's."""
    staff_rules.check(staff, WORK)
    found = Booking.objects.select_related("request", "lifter").filter(pk=booking, clinic=staff.clinic).first()
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    with _audited(staff, now=now, request=found.request, lifter=found.lifter, why=why):
        taking.lock_therapists(staff.clinic)
        taking.free_ran_out(now=now, clinic=staff.clinic)
        yield bookings.locked(found)


def _needs(row: Booking, *states: str) -> None:
    if row.state not in states:
        raise NotNowError(f"This call is {State(row.state).label.lower()} by now. Reload the page.")


def _check_same(row: Booking, sequence: int) -> None:
    if row.sequence != sequence:
        raise NotNowError(bookings.CHANGED)


def _reason(why: str, *, needed: str = "") -> str:
    words = " ".join(str(storable(why)).split())[:LONGEST_WHY]
    if needed and not words:
        raise NotNowError(needed)
    return words


def _therapist(staff: Staff, number: int) -> Membership:
    """A colleague who can take a call: a clinical role, at work in this clinic."""
    found = Membership.objects.filter(pk=number, clinic=staff.clinic, active=True).select_related("person").first()
    if found is None or not staff_rules.is_clinical(found):
        raise NotNowError("Choose a therapist who works in this clinic.")
    return found


def _check_licence(request: ConsultRequest | None, at: datetime, who: Membership, staff: Staff) -> None:
    """Raise NotNowError where the call begins care in a state, and the therapist has no licence there on that day."""
    allowed = slots.allowed_on(request, day_in(staff.clinic.zone, at))
    if request is not None and allowed is not None and who.pk not in allowed:
        raise NotNowError(f"{_name(who)} has no licence for {request.state} on that day. Choose somebody who has.")


def _put(staff: Staff, row: Booking, to: Override, now: datetime) -> None:
    """Put a call at a time that staff chose, on offer or with a reason."""
    who = _therapist(staff, to.therapist)
    if to.starts_at <= now:
        raise NotNowError("That time is over. Choose one that is still to come.")
    _check_licence(row.request, to.starts_at, who, staff)
    moving = row if row.pk is not None and not row._state.adding else None
    wanted = Wanted(clinic=staff.clinic, now=now, therapist=who.pk, request=row.request, moving=moving)
    why = _reason(to.why)
    if who.pk not in slots.free_then(wanted, to.starts_at):
        if not why:
            raise NotNowError(OUTSIDE)
        row.override_why = why
    if not taking.put_at(row, therapist=who.pk, starts_at=to.starts_at):
        raise NotNowError(TAKEN.format(name=_name(who)))


def _name(who: Membership) -> str:
    return who.person.name or who.person.email.partition("@")[0]
