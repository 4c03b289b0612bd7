"""A therapist's own calendar address: made, made anew, and closed by them."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.staff import WORK, Staff
from liftback.records.tables.people import Membership


def make(*, staff: Staff, now: datetime) -> str:
    """A new secret address of the calendar; an older one no longer works. Its secret part is given back."""
    staff_rules.check(staff, WORK)
    return _keep(staff=staff, token=secrets.token_urlsafe(32), now=now)


def stop(*, staff: Staff, now: datetime) -> None:
    """Close the address."""
    staff_rules.check(staff, WORK)
    _keep(staff=staff, token="", now=now)


def _keep(*, staff: Staff, token: str, now: datetime) -> str:
    with transaction.atomic():
        audit.note(staff=staff, deed=audit.WRITE, what="settings", now=now, why="the address of a calendar of calls")
        Membership.objects.filter(pk=staff.membership.pk).update(feed_token=token)
    staff.membership.feed_token = token
    return token
