"""A therapist's own calendar address: made, made anew, and closed by them."""

from __future__ import annotations

import secrets

from liftback.records import staff as staff_rules
from liftback.records.staff import WORK, Staff
from liftback.records.tables.people import Membership


def make(*, staff: Staff) -> str:
    """A new secret address of the calendar; an older one no longer works. Its secret part is given back."""
    staff_rules.check(staff, WORK)
    return _keep(staff, secrets.token_urlsafe(32))


def stop(*, staff: Staff) -> None:
    """Close the address."""
    staff_rules.check(staff, WORK)
    _keep(staff, "")


def _keep(staff: Staff, token: str) -> str:
    Membership.objects.filter(pk=staff.membership.pk).update(feed_token=token)
    staff.membership.feed_token = token
    return token
