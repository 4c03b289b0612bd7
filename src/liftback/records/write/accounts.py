"""Writing the lifter of a person: made at the first need, set up, and deleted with everything."""

from __future__ import annotations

import secrets
from datetime import datetime

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.db import transaction

from liftback.records import permissions
from liftback.records.days import zones
from liftback.records.policies import NotNowError
from liftback.records.tables.people import Lifter, Person
from liftback.records.write.changing import changing
from liftback.records.write.clinic import leaving

UNITS = ("", "kg", "lb")
LONGEST_NAME = 80


def lifter_for(*, actor: Person, now: datetime, zone: str = "UTC") -> Lifter:
    """The lifter that a person is, made where there is none yet; two at once make one."""
    known = zone if zone in zones() else "UTC"
    lifter, _ = Lifter.objects.get_or_create(person=actor, defaults={"made_at": now, "zone": known})
    return lifter


def set_unit(*, actor: Person, lifter: Lifter, unit: str, now: datetime) -> None:
    """Show weights in kg or lb, or as they were typed (empty). Raises NotNowError for another unit."""
    if unit not in UNITS:
        raise NotNowError("Weights can be shown in kg, in lb, or as you typed them.")
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        Lifter.objects.filter(pk=locked.pk).update(unit=unit)
    lifter.unit = unit


def set_zone(*, actor: Person, lifter: Lifter, zone: str, now: datetime) -> None:
    """Keep the time zone that the lifter's browser tells; an unknown one changes nothing."""
    if zone not in zones() or zone == lifter.zone:
        return
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        Lifter.objects.filter(pk=locked.pk).update(zone=zone)
    lifter.zone = zone


def set_name(*, actor: Person, name: str) -> None:
    """Keep what a person wants to be called; empty for nothing."""
    Person.objects.filter(pk=actor.pk).update(name=" ".join(name.split())[:LONGEST_NAME])


def make_calendar(*, actor: Person, lifter: Lifter, now: datetime) -> str:
    """A new secret address of the calendar; an older one no longer works."""
    token = secrets.token_urlsafe(32)
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        Lifter.objects.filter(pk=locked.pk).update(calendar_token=token)
    lifter.calendar_token = token
    return token


def stop_calendar(*, actor: Person, lifter: Lifter, now: datetime) -> None:
    """Close the calendar's address."""
    with changing(actor=actor, lifter=lifter, now=now, moves=False) as locked:
        Lifter.objects.filter(pk=locked.pk).update(calendar_token="")
    lifter.calendar_token = ""


def delete_everything(*, actor: Person, now: datetime) -> None:
    """Delete a person with all that was ever kept of them, sign-ins included. It cannot be undone.

    What a clinic keeps as its own record of a patient stays with it: see `write.clinic.leaving`. Raises NotNowError for
    the last owner of a clinic, and NotAllowedError.
    """
    with transaction.atomic():
        lifter = Lifter.objects.select_for_update().filter(person=actor).first()
        leaving.leave_work(person=actor, now=now)
        if lifter is not None:
            permissions.check(actor, permissions.DELETE, lifter)
            leaving.leave_clinics(lifter=lifter, now=now)
        leaving.forget_mails(person=actor)
        for one in UserSession.objects.filter(user=actor):
            one.end()
        for table in (AccessAttempt, AccessFailureLog, AccessLog):  # failed sign-ins are noted by address
            table.objects.filter(username__iexact=actor.email).delete()
        Person.objects.filter(pk=actor.pk).delete()
