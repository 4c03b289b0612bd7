"""What is forgotten when its time is over: old requests, what e-mails said, and who was called.

Patients are not among it: how long a record of care is kept is the law of the place, and a person's decision.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from liftback.records import audit
from liftback.records.tables.bookings import Booking
from liftback.records.tables.mail import Mail
from liftback.records.tables.people import Clinic
from liftback.records.tables.requests import ConsultRequest

MAILS_KEPT = timedelta(days=90)
"""How long it stays known to whom an e-mail went and what it said: long enough to ask what became of one."""
AT_ONCE = 200
"""Requests of a clinic that one round deletes; the next round takes the rest."""
_OVER = (Mail.State.SENT, Mail.State.DROPPED)


def forget_old(*, now: datetime) -> int:
    """Forget what is over its time, in every clinic; how many rows. Once more changes nothing."""
    return sum(_of_clinic(one, now) for one in Clinic.objects.order_by("pk")) + _mails(now)


def _of_clinic(clinic: Clinic, now: datetime) -> int:
    until = now - timedelta(days=clinic.keeps_days)
    with transaction.atomic():
        old = list(
            ConsultRequest.objects.filter(clinic=clinic, closed_at__lt=until, episodes__isnull=True).order_by(
                "closed_at"
            )[:AT_ONCE]
        )
        if old:
            audit.note_deleted(clinic=clinic, now=now, requests=old)
            ConsultRequest.objects.filter(pk__in=[one.pk for one in old]).delete()
        return len(old) + _calls(clinic, until)


def _calls(clinic: Clinic, until: datetime) -> int:
    """Forget who was called; that there was a call stays, for the numbers of the clinic."""
    old = Booking.objects.filter(clinic=clinic, ends_at__lt=until, request__episodes__isnull=True)
    told = old.exclude(name="", email="", phone="")
    return Booking.objects.filter(pk__in=list(told.values_list("pk", flat=True)[:AT_ONCE])).update(
        name="", email="", phone="", place="", override_why="", ended_why="", lifter=None
    )


def _mails(now: datetime) -> int:
    """Empty e-mails; their rows stay, so that none is written a second time."""
    old = Mail.objects.filter(state__in=_OVER, made_at__lt=now - MAILS_KEPT).exclude(to="")
    return Mail.objects.filter(pk__in=list(old.values_list("pk", flat=True)[: AT_ONCE * 5])).update(
        to="", reply_to="", subject="", body="", calendar=""
    )
