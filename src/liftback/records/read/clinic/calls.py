"""Calls as they are looked at: by a visitor with a link, at the desk, in a therapist's calendar."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.call_states import COMING
from liftback.records.call_times import wall_of
from liftback.records.days import day_in
from liftback.records.links import absolute
from liftback.records.mail import call_mails, invitations
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.read.clinic import slots
from liftback.records.scheduling.zones import tzdata_version
from liftback.records.signed import value_of
from liftback.records.staff import WORK, Staff
from liftback.records.tables.bookings import Booking
from liftback.records.tables.people import Clinic, Membership
from liftback.records.tables.practice import StateTerms
from liftback.records.tables.requests import ConsultRequest

State = Booking.State
HOLD, CANCEL, MOVE = "call", "booked_cancel", "booked_move"
"""What links are for, besides the page of a call (`call_mails.BOOKED`): one for each deed, and none does another."""
ASKED = "asked"
"""What the link of a request's own page is for; with it a call is tied to the request."""
_FEED_BACK = timedelta(days=60)
_LIST_BACK = timedelta(days=1)


def clinic_of(slug: str) -> Clinic | None:
    """A clinic by its public address."""
    return Clinic.objects.filter(slug=slug).first()


def by_link(*, purpose: str, token: str) -> Booking | None:
    """The call that a link stands for; None for a link that is forged, cut short, or for something else."""
    number = _id(value_of(purpose, token))
    if number is None:
        return None
    return Booking.objects.select_related("clinic", "request", "therapist__person").filter(pk=number).first()


def request_by_link(*, clinic: Clinic, token: str) -> ConsultRequest | None:
    """The open request of this clinic behind the link of its page; None without one."""
    number = _id(value_of(ASKED, token)) if token else None
    found = ConsultRequest.objects.filter(clinic=clinic, closed_at__isnull=True)
    return None if number is None else found.filter(pk=number).first()


def held_by(*, clinic: Clinic, number: str, now: datetime) -> Booking | None:
    """The time that a visitor holds now, by the number that their session keeps."""
    found = _id(number)
    running = Booking.objects.filter(clinic=clinic, state=State.HELD, held_until__gt=now)
    return None if found is None else running.filter(pk=found).first()


# --- at the desk -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCalls:
    """The calls at the desk: those that nobody is to make, those asked for, what comes (in order), what was today."""

    nobody: list[Booking]
    asked: list[Booking]
    coming: list[Booking]
    over: list[Booking]


def desk_calls(*, staff: Staff, now: datetime, mine: bool = False) -> DeskCalls:
    """The clinic's calls from yesterday on; a row of the audit for each that tells of somebody."""
    staff_rules.check(staff, WORK)
    rows = Booking.objects.select_related("therapist__person", "request", "lifter", "clinic").filter(
        clinic=staff.clinic, starts_at__gt=now - _LIST_BACK
    )
    rows = rows.exclude(state__in=(State.HELD, State.EXPIRED)).order_by("starts_at", "pk")
    if mine:
        rows = rows.filter(Q(therapist=staff.membership) | Q(therapist__isnull=True))
    with transaction.atomic():
        found = list(rows)
        for one in found:
            if one.request_id is not None or one.lifter_id is not None:
                audit.note(staff=staff, deed=audit.READ, what="call", now=now, lifter=one.lifter, request=one.request)
    live = [one for one in found if one.state in COMING and one.ends_at > now]
    return DeskCalls(
        nobody=[one for one in live if one.therapist_id is None],
        asked=[one for one in live if one.therapist_id is not None and one.state == State.REQUESTED],
        coming=[one for one in live if one.therapist_id is not None and one.state == State.CONFIRMED],
        over=[one for one in found if one not in live],
    )


def desk_call(*, staff: Staff, booking: uuid.UUID, now: datetime) -> Booking:
    """One call of the clinic, with a row of the audit. Raises NotAllowedError for another clinic's."""
    staff_rules.check(staff, WORK)
    found = (
        Booking.objects.select_related("clinic", "therapist__person", "request", "lifter", "consent")
        .filter(pk=booking, clinic=staff.clinic)
        .exclude(state=State.HELD)
        .first()
    )
    if found is None:
        raise NotAllowedError(NOT_YOURS)
    with transaction.atomic():
        audit.note(staff=staff, deed=audit.READ, what="call", now=now, lifter=found.lifter, request=found.request)
    return found


def takers(clinic: Clinic) -> list[Membership]:
    """Who can be given a call: those with a clinical role, at work now."""
    found = (
        Membership.objects.filter(clinic=clinic, active=True).select_related("person").order_by("person__name", "pk")
    )
    return [one for one in found if staff_rules.is_clinical(one)]


def care_by_phone(clinic: Clinic, state: str) -> StateTerms | None:
    """The clinic's terms where it may give care by phone in a state; None where a call is a fit call only."""
    return StateTerms.objects.filter(clinic=clinic, state=state, care_by_phone=True).first()


def licensed_until(booking: Booking) -> frozenset[int] | None:
    """The therapists who may take this call, by licence; None where it needs none."""
    return slots.allowed_on(booking.request, day_in(booking.clinic.zone, booking.starts_at))


def rule_changed(booking: Booking) -> bool:
    """Whether the clinic's clock shows another time than when the call was booked, since its zone changed its rule."""
    return booking.tzdata != tzdata_version() and wall_of(booking.starts_at, booking.clinic_zone) != booking.wall


def request_for_desk(*, staff: Staff, number: str, now: datetime) -> ConsultRequest | None:
    """The request of this clinic that a call is booked for, with a row of the audit; None without one."""
    staff_rules.check(staff, WORK)
    wanted = _id(number)
    found = None if wanted is None else ConsultRequest.objects.filter(clinic=staff.clinic, pk=wanted).first()
    if found is not None:
        with transaction.atomic():
            audit.note(staff=staff, deed=audit.READ, what="request", now=now, request=found)
    return found


# --- a therapist's own calendar --------------------------------------------------------------------------------------


def feed(*, slug: str, token: str, now: datetime) -> str | None:
    """The calls of the therapist whose secret this is, as a calendar; None for an address that is none."""
    if not token:
        return None
    owner = Membership.objects.filter(feed_token=token, clinic__slug=slug, active=True).first()
    if owner is None:
        return None
    rows = Booking.objects.select_related("clinic").filter(
        therapist=owner, state__in=(*COMING, State.DONE, State.NO_SHOW), starts_at__gt=now - _FEED_BACK
    )
    calendar = invitations.new_calendar(invitations.PUBLISH)
    calendar.add("x-wr-calname", "Calls")
    for row in rows.order_by("starts_at"):
        asked = row.state == State.REQUESTED
        name = call_mails.first_name(row.name)
        calendar.add_component(
            invitations.event_of(
                booking=row,
                summary=f"Call asked for: {name}" if asked else f"Call: {name}",
                link=absolute(reverse("clinic:desk_call", args=[row.pk])),
                status="TENTATIVE" if asked else "CONFIRMED",
            )
        )
    return invitations.text_of(calendar)


def _id(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
