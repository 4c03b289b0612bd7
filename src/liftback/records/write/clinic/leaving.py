"""What becomes of the clinic's side when a person deletes their account; see decision 18.

What a person told the front door goes with them, unless the clinic has made them its patient: then request and messages
are the clinic's own record, as on paper. What the clinic's people wrote themselves stays until its time is over.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from liftback.records.policies import NotNowError
from liftback.records.tables.bookings import Booking
from liftback.records.tables.care import Episode
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Lifter, Membership, Person
from liftback.records.tables.requests import ConsultRequest, RequestStep
from liftback.records.write.clinic import bookings, requests

NOBODY = "(account deleted)"
"""What stands in the place of a name."""
LEFT = "account_deleted"
"""The kind of the step that tells the clinic."""
ENDED = "the patient deleted their account"
_COMING = (Booking.State.HELD, Booking.State.REQUESTED, Booking.State.CONFIRMED)


def leave_work(*, person: Person, now: datetime) -> None:
    """Free the calls and requests of somebody at work who deletes their account, before their rows go.

    Raises NotNowError for the last owner of a clinic in which others still work.
    """
    for one in Membership.objects.filter(person=person).select_related("clinic").order_by("pk"):
        _keep_an_owner(one)
        bookings.release(None, one, now)
        claimed = list(ConsultRequest.objects.select_for_update().filter(claimed_by=one).order_by("pk"))
        ConsultRequest.objects.filter(claimed_by=one).update(claimed_by=None, claimed_at=None)
        RequestStep.objects.bulk_create(
            RequestStep(request=row, at=now, kind="released", why=f"{person.name or 'Somebody'} no longer works here")
            for row in claimed
            if row.closed_at is None
        )


def leave_clinics(*, lifter: Lifter, now: datetime) -> None:
    """Take back what a lifter told clinics, cancel their calls, and end their episodes, before the account goes."""
    calls = Booking.objects.filter(lifter=lifter)
    for call in calls.filter(state__in=_COMING, starts_at__gt=now).select_related("clinic"):
        bookings.cancel(booking=call, now=now)
    treated = Q(lifter=lifter) | Q(request__lifter=lifter)
    kept = set(Episode.objects.filter(treated, request__isnull=False).values_list("request_id", flat=True))
    theirs = Q(request__lifter=lifter) | Q(booking__lifter=lifter)
    mails = Mail.objects.filter(theirs).exclude(request__in=kept)
    mails.filter(state__in=(Mail.State.SENT, Mail.State.DROPPED)).update(to="", subject="", body="", calendar="")
    told = list(ConsultRequest.objects.select_for_update().filter(lifter=lifter).order_by("pk"))
    for one in told:
        if one.pk not in kept:
            _empty(one, lifter, now)
    RequestStep.objects.bulk_create(RequestStep(request=one, at=now, kind=LEFT) for one in told)
    calls.exclude(request__in=kept).update(name=NOBODY, email="", phone="", place="", lifter=None)
    Episode.objects.filter(lifter=lifter, closed_at__isnull=True).update(closed_at=now, closed_why=ENDED)
    Episode.objects.filter(lifter=lifter).update(lifter=None)


def forget_mails(*, person: Person) -> None:
    """Empty the e-mails to a person, and send none that still waits; a clinic's own address is not theirs to empty."""
    theirs = Mail.objects.filter(to__iexact=person.email).exclude(clinic__email__iexact=F("to"))
    theirs.filter(state=Mail.State.QUEUED).update(state=Mail.State.DROPPED)
    theirs.exclude(state=Mail.State.SENDING).update(to="", subject="", body="", calendar="")


def _empty(request: ConsultRequest, lifter: Lifter, now: datetime) -> None:
    requests.forget_words(request)
    ConsultRequest.objects.filter(pk=request.pk).update(
        name=NOBODY,
        state="",
        country="",
        closed_at=request.closed_at or now,
        closed_why=request.closed_why or requests.WITHDRAWN,
        snoozed_until=None,
        lifter=None,
    )
    by_them = Q(by__isnull=True, by_name=request.name) | Q(by=lifter.person_id)
    RequestStep.objects.filter(by_them, request=request).update(by_name=NOBODY)
    waiting = Mail.objects.filter(request=request, state=Mail.State.QUEUED, booking__isnull=True)
    waiting.update(state=Mail.State.DROPPED)


def _keep_an_owner(leaving: Membership) -> None:
    if leaving.role != Membership.Role.OWNER or not leaving.active:
        return
    others = Membership.objects.filter(clinic=leaving.clinic, active=True).exclude(pk=leaving.pk)
    if others.exists() and not others.filter(role=Membership.Role.OWNER).exists():
        raise NotNowError(
            f"You are the only owner of {leaving.clinic.name}, and others work there. Make one of them an owner first "
            "(Clinic, Team). Nothing was deleted."
        )
