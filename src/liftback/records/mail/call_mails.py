"""The e-mails about a call: one link, the time on both clocks, an invitation. Nobody's words, number or reason."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import translation

from liftback.records.call_times import said
from liftback.records.links import absolute
from liftback.records.mail import invitations, outbox
from liftback.records.signed import link_token
from liftback.records.tables.bookings import Booking
from liftback.records.tables.mail import Mail

CONFIRMED, MOVED, CANCELLED, REQUESTED, DECLINED = (
    "call_confirmed", "call_moved", "call_cancelled", "call_requested", "call_declined",
)  # fmt: skip
DAY_BEFORE, HOUR_BEFORE = "call_reminder_24h", "call_reminder_1h"
NEWS, NOBODY = "call_news", "call_needs_therapist"
"""To the clinic: something changed about a call; a call has no therapist any more."""
BOOKED = "booked"
"""What the link of an e-mail is for: the page of one call, in whatever state that is."""
ENGLISH = "en"
"""A booking keeps no language, and a reminder is written when nobody is looking: so e-mails are in English."""
_EMERGENCY = "If it cannot wait, do not wait for the call: call your local emergency number."
_OPENINGS: dict[str, tuple[str, str]] = {
    CONFIRMED: ("Your call with {clinic}", "Your call is booked. {clinic} calls you on the number you gave."),
    MOVED: ("Your call with {clinic} has a new time", "Your call has a new time. The old one no longer holds."),
    CANCELLED: ("Your call with {clinic} is cancelled", "Your call is cancelled. Nobody will call at this time:"),
    REQUESTED: (
        "You asked {clinic} for a call",
        "You asked for this time. It is not sure yet: {clinic} tells you.",
    ),
    DECLINED: ("{clinic} cannot call at that time", "{clinic} cannot call you at this time:"),
    DAY_BEFORE: ("Tomorrow: your call with {clinic}", "A reminder of your call. {clinic} calls you."),
    HOUR_BEFORE: ("Soon: your call with {clinic}", "Your call is soon. {clinic} calls you."),
}
_CLOSINGS = {
    CANCELLED: "If you still want to talk, choose another time here:",
    DECLINED: "Please choose another time here:",
}
_METHODS = {CONFIRMED: invitations.REQUEST, MOVED: invitations.REQUEST, CANCELLED: invitations.CANCEL}


def link_of(booking: Booking) -> str:
    """The address of the call's page, for whoever has it."""
    return absolute(reverse("clinic:booked", args=[link_token(BOOKED, str(booking.pk))]))


def write_to_visitor(*, kind: str, booking: Booking, now: datetime, why: str = "", again: bool = False) -> bool:
    """Write the e-mail that a kind stands for, once for each change of the booking; whether it is new.

    `why` is the clinic's word to the visitor where it declines or cancels. `again` says that an older time is in the
    visitor's calendar, so that an asked-for time (still unsure) or a refusal goes there too. Without an address: none.
    """
    subject, opening = _OPENINGS[kind]
    clinic = booking.clinic
    with translation.override(ENGLISH):
        body = "\n\n".join(
            part
            for part in (
                f"Hello {first_name(booking.name)},",
                opening.format(clinic=clinic.name),
                times(booking),
                f"What {clinic.name} says: {why}" if why else "",
                _CLOSINGS.get(kind, "All about it, and how to move or cancel it:"),
                link_of(booking),
                _EMERGENCY,
                _signature(booking),
            )
            if part
        )
    method = _METHODS.get(kind, "") or (_method_again(kind) if again else "")
    return outbox.put(
        key=f"{kind}:{booking.pk}:{booking.sequence}",
        kind=kind,
        to=booking.email,
        subject=subject.format(clinic=clinic.name),
        body=body,
        now=now,
        clinic=clinic,
        booking=booking,
        reply_to=clinic.email,
        calendar=invitations.invitation(booking=booking, link=link_of(booking), method=method) if method else "",
        method=method,
        sequence=booking.sequence,
    )


def write_to_clinic(*, booking: Booking, what: str, now: datetime, kind: str = NEWS) -> bool:
    """Tell the therapist (without one: the clinic's own address) what happened to a call; a link, and a first name."""
    therapist = booking.therapist
    clinic = booking.clinic
    with translation.override(ENGLISH):
        when = said(booking.starts_at, booking.clinic_zone).whole
    return outbox.put(
        key=f"{kind}:{booking.pk}:{booking.sequence}:{booking.state}:{therapist.pk if therapist else 0}",
        kind=kind,
        to=therapist.person.email if therapist is not None else clinic.email,
        subject=f"{what}: {when}",
        body=f"{what}.\n\n{when}\nWith {first_name(booking.name) or 'somebody'}.\n\n{desk_link(booking)}\n",
        now=now,
        clinic=clinic,
        booking=booking,
        sequence=booking.sequence,
    )


def desk_link(booking: Booking) -> str:
    """The address of the call at the desk, for staff who sign in."""
    return absolute(reverse("clinic:desk_call", args=[booking.pk]))


def times(booking: Booking) -> str:
    """When it is, on the visitor's clock; and on the clinic's where that shows another time."""
    theirs, ours = said(booking.starts_at, booking.zone), said(booking.starts_at, booking.clinic_zone)
    if (theirs.day, theirs.clock) == (ours.day, ours.clock):
        return theirs.whole
    return f"{theirs.whole}\n(at the clinic: {ours.whole})"


def first_name(name: str) -> str:
    """The first word of a name: all that an e-mail or a page with a link shows of it."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def outdate(booking: Booking) -> None:
    """Drop what still waits to be sent about an earlier state of a call, so that old news never comes after new."""
    kinds = (*_OPENINGS, NEWS)
    Mail.objects.filter(booking=booking, kind__in=kinds, state=Mail.State.QUEUED).update(state=Mail.State.DROPPED)


def _method_again(kind: str) -> str:
    return {REQUESTED: invitations.REQUEST, DECLINED: invitations.CANCEL}.get(kind, "")


def _signature(booking: Booking) -> str:
    clinic = booking.clinic
    return "\n".join(part for part in (clinic.name, clinic.phone) if part)
