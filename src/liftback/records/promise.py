"""A clinic's promise to answer: its stated terms as values, and when an answer is due by them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from liftback.records.days import day_in
from liftback.records.scheduling.due import CLOCK_HOURS, LONGEST, Due, Terms, due_at
from liftback.records.scheduling.hours import by_weekday
from liftback.records.scheduling.public_holidays import holidays_between
from liftback.records.tables.people import Clinic
from liftback.records.tables.practice import ClosedDay, OpeningHours

_CLOSED_AHEAD = LONGEST + timedelta(days=2)


def terms_of(clinic: Clinic, *, years: Iterable[int], closed: Iterable[ClosedDay] | None = None) -> Terms:
    """What a clinic's promise is counted from. `years` are those whose holidays count.

    `closed` are the closed days to look at, all of the clinic's where they are left out.
    """
    days = list(ClosedDay.objects.filter(clinic=clinic) if closed is None else closed)
    hours = OpeningHours.objects.filter(clinic=clinic).values_list("weekday", "opens", "closes")
    return Terms(
        kind=clinic.promise_kind,
        zone=clinic.zone,
        hours=clinic.promise_hours,
        opening=by_weekday(hours),
        holidays=holidays_between(country=clinic.country, subdivision=clinic.subdivision, years=years).dates,
        closed=frozenset(one.day for one in days if not one.open_anyway),
        open_anyway=frozenset(one.day for one in days if one.open_anyway),
    )


def promised(clinic: Clinic, received: datetime) -> Due:
    """When a request that came in then is due by the clinic's terms of today. It is asked for once, and kept."""
    if clinic.promise_kind == CLOCK_HOURS:  # they run through nights and holidays, so none are asked for
        return due_at(received=received, terms=Terms(kind=CLOCK_HOURS, zone=clinic.zone, hours=clinic.promise_hours))
    first = day_in(clinic.zone, received)
    last = first + _CLOSED_AHEAD
    closed = ClosedDay.objects.filter(clinic=clinic, day__range=(first, last))
    return due_at(received=received, terms=terms_of(clinic, years=(first.year, last.year), closed=closed))


def kept_terms(clinic: Clinic, due: Due) -> dict[str, object]:
    """From what a due time was computed, to be kept beside it."""
    return {
        "kind": clinic.promise_kind,
        "hours": clinic.promise_hours,
        "zone": clinic.zone,
        "tzdata": due.tzdata,
        "because": due.because,
    }


def today_of(clinic: Clinic, now: datetime) -> date:
    """The day at the clinic."""
    return day_in(clinic.zone, now)
