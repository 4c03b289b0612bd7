"""A clinic whose therapists take calls, and visitors who book them."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time
from typing import Any

from liftback.records import consents
from liftback.records.call_details import Details
from liftback.records.models import Booking, CallHours, Clinic, ConsultRequest, Membership, TakenTime
from liftback.records.read.clinic import slots
from liftback.records.staff import Staff
from liftback.records.write.clinic import bookings
from tests.people import NOW, clinic, person, staff_of

NEW_YORK = "America/New_York"


def practice(name: str = "calls", therapists: int = 1, **terms: Any) -> Clinic:
    """A clinic in New York; its therapists take calls on weekdays from nine to twelve."""
    made = clinic(name, **{"email": f"desk@{name}.example", "phone": "+1 212 555 0100", **terms})
    for place in range(therapists):
        therapist(made, f"{name}-pt{place}")
    return made


def therapist(of: Clinic, name: str, **more: Any) -> Membership:
    """Somebody who takes calls there."""
    given: dict[str, Any] = {"role": Membership.Role.THERAPIST, "takes_calls": True, **more}
    made = Membership.objects.create(person=person(name), clinic=of, **given)
    CallHours.objects.bulk_create(
        CallHours(therapist=made, weekday=day, begins=time(9), ends=time(12)) for day in range(5)
    )
    return made


def at_work(member: Membership) -> Staff:
    """A therapist at the desk."""
    return staff_of(member.person, member.clinic)


def starts(of: Clinic, now: datetime = NOW, **more: Any) -> list[datetime]:
    """The times on offer."""
    return [one.starts_at for one in slots.offered(slots.Wanted(clinic=of, now=now, **more))]


def choice(starts_at: datetime, **more: Any) -> bookings.Choice:
    """A time that a visitor in New York presses on a page of their own."""
    return bookings.Choice(starts_at=starts_at, **{"form_id": uuid.uuid4(), "zone": NEW_YORK, **more})


def hold(of: Clinic, starts_at: datetime, now: datetime = NOW, **more: Any) -> Booking:
    """A held time."""
    return bookings.hold(clinic=of, choice=choice(starts_at, **more), now=now)


def details(of: Clinic, name: str = "Ann Lifter", **more: Any) -> Details:
    """Who a call is with."""
    consent = consents.current(clinic=of, kind=consents.CALL, now=NOW)
    given = {"phone": "+12125550123", "email": "ann@visitors.example", "place": "NY", "consent": consent, **more}
    return Details(name=name, **given)


def booked(of: Clinic, starts_at: datetime, now: datetime = NOW, **more: Any) -> Booking:
    """A call as its visitor books it."""
    who = {name: more.pop(name) for name in ("name", "email", "phone", "place") if name in more}
    return bookings.confirm(booking=hold(of, starts_at, now, **more), details=details(of, **who), now=now)


def asked(of: Clinic, state: str = "NY", **more: Any) -> ConsultRequest:
    """A request in the clinic's queue."""
    given: dict[str, Any] = {
        "form_id": uuid.uuid4(), "name": "Ann Lifter", "phone": "+12125550123", "email": "ann@visitors.example",
        "state": state, "route": ConsultRequest.Route.QUEUE, "received_at": NOW, "consent_at": NOW,
        "consent": consents.current(clinic=of, kind=consents.CONSULT, now=NOW), **more,
    }  # fmt: skip
    return ConsultRequest.objects.create(clinic=of, **given)


def cells_of(booking: Booking) -> list[datetime]:
    """The five-minute pieces that a call takes."""
    return list(TakenTime.objects.filter(booking=booking).order_by("at").values_list("at", flat=True))


def utc(*parts: int) -> datetime:
    """An instant."""
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]  # the parts of a date
