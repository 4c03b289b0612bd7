"""The hours in which a therapist takes calls: a week of them, and days that differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from django.db import transaction

from liftback.records import audit
from liftback.records import staff as staff_rules
from liftback.records.days import day_in
from liftback.records.permissions import NOT_YOURS, NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.staff import SETTINGS, WORK, Staff
from liftback.records.tables.bookings import CallHours, CallHoursException
from liftback.records.tables.people import Membership

MOST_ROWS = 42
"""Rows of a week: six a day."""
MOST_EXCEPTIONS = 200
FURTHEST = timedelta(days=730)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Kind = CallHoursException.Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours of a weekday (0 is Monday) on the clinic's clock."""

    weekday: int
    begins: time
    ends: time


def hours_of(membership: Membership) -> list[Hours]:
    """The week, in order."""
    rows = CallHours.objects.filter(therapist=membership).order_by("weekday", "begins")
    return [Hours(weekday=row.weekday, begins=row.begins, ends=row.ends) for row in rows]


def exceptions_of(membership: Membership, since: date) -> list[CallHoursException]:
    """The days that differ from a day on, in order."""
    return list(CallHoursException.objects.filter(therapist=membership, day__gte=since).order_by("day", "begins", "pk"))


def set_hours(*, staff: Staff, membership: Membership, rows: Sequence[Hours], now: datetime) -> None:
    """Take these hours in place of the week there was. Calls that are booked stay booked.

    Raises NotNowError with what to look at, and NotAllowedError for somebody else's hours (an owner may).
    """
    _check_whose(staff, membership)
    _check_week(rows)
    with transaction.atomic():
        _lock(membership)
        audit.note(staff=staff, deed=audit.WRITE, what="settings", now=now, why="hours of calls")
        CallHours.objects.filter(therapist=membership).delete()
        CallHours.objects.bulk_create(
            CallHours(therapist=membership, weekday=row.weekday, begins=row.begins, ends=row.ends) for row in rows
        )


def add_exception(
    *,
    staff: Staff,
    membership: Membership,
    day: date,
    kind: str,
    now: datetime,
    begins: time | None = None,
    ends: time | None = None,
) -> CallHoursException:
    """Let a day differ: `off` takes hours away (all, where no times are given), `extra` adds some. Twice is once.

    Raises NotNowError with what to look at.
    """
    _check_whose(staff, membership)
    today = day_in(membership.clinic.zone, now)
    if kind not in Kind.values:
        raise NotNowError("Choose whether these hours are taken away or added.")
    if not today <= day <= today + FURTHEST:
        raise NotNowError(f"{day:%d.%m.%Y} is over, or more than two years away. Check the date.")
    if (begins is None) != (ends is None) or (kind == Kind.EXTRA and begins is None):
        raise NotNowError("Say from when until when; only a whole day off needs no times.")
    if begins is not None and ends is not None and begins >= ends:
        raise NotNowError(f"{begins:%H:%M}-{ends:%H:%M} ends before it begins.")
    with transaction.atomic():
        _lock(membership)
        mine = CallHoursException.objects.filter(therapist=membership)
        same = mine.filter(day=day, kind=kind, begins=begins, ends=ends).first()
        if same is not None:
            return same
        if mine.filter(day__gte=today).count() >= MOST_EXCEPTIONS:
            raise NotNowError(f"{MOST_EXCEPTIONS} days that differ are kept already. Remove some, or change the week.")
        audit.note(staff=staff, deed=audit.WRITE, what="settings", now=now, why="a day of calls that differs")
        return CallHoursException.objects.create(therapist=membership, day=day, kind=kind, begins=begins, ends=ends)


def remove_exception(*, staff: Staff, membership: Membership, number: int, now: datetime) -> None:
    """Let a day be as its weekday is again; one that is not there (any more) is no trouble."""
    _check_whose(staff, membership)
    with transaction.atomic():
        if CallHoursException.objects.filter(pk=number, therapist=membership).delete()[0]:
            audit.note(staff=staff, deed=audit.WRITE, what="settings", now=now, why="a day of calls as its weekday")


def set_takes_calls(*, staff: Staff, membership: Membership, takes: bool, now: datetime) -> None:
    """Put a therapist's hours on offer, or take them off. Calls that are booked stay booked."""
    _check_whose(staff, membership)
    if takes == membership.takes_calls:
        return
    if takes and not staff_rules.is_clinical(membership):
        raise NotNowError("Calls are taken by therapists, and by an owner with a licence.")
    with transaction.atomic():
        audit.note(staff=staff, deed=audit.WRITE, what="settings", now=now, why="takes calls, or not")
        Membership.objects.filter(pk=membership.pk).update(takes_calls=takes)
    membership.takes_calls = takes


def _check_whose(staff: Staff, membership: Membership) -> None:
    staff_rules.check(staff, WORK)
    own = membership.pk == staff.membership.pk
    if membership.clinic_id != staff.clinic.pk or not (own or staff.may(SETTINGS)):
        raise NotAllowedError(NOT_YOURS)


def _check_week(rows: Sequence[Hours]) -> None:
    if len(rows) > MOST_ROWS:
        raise NotNowError(f"A week has at most {MOST_ROWS} rows of hours here. Put some together.")
    for row in rows:
        if row.weekday not in range(len(DAYS)):
            raise NotNowError("A weekday is from Monday to Sunday. Reload the page; it may be an old one.")
        if row.begins >= row.ends:
            raise NotNowError(f"{DAYS[row.weekday]}: {_said(row)} ends before it begins.")
    ordered = sorted(rows, key=lambda row: (row.weekday, row.begins))
    for before, after in pairwise(ordered):
        if before.weekday == after.weekday and after.begins < before.ends:
            both = f"{DAYS[after.weekday]}: {_said(before)} and {_said(after)}"
            raise NotNowError(f"{both} overlap. Write them as one, or leave a break.")


def _said(row: Hours) -> str:
    return f"{row.begins:%H:%M}-{row.ends:%H:%M}"


def _lock(membership: Membership) -> None:
    list(Membership.objects.select_for_update(no_key=True).filter(pk=membership.pk).values_list("pk", flat=True))
