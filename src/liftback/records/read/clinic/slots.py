"""Which times a clinic offers for a call: its rows put together for `scheduling.slots`, which works out the times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from liftback.records import modules
from liftback.records.call_states import GONE
from liftback.records.call_times import zone_of
from liftback.records.days import day_in
from liftback.records.scheduling import licences, public_holidays
from liftback.records.scheduling import slots as scheduling
from liftback.records.scheduling.hours import Span, by_weekday
from liftback.records.scheduling.licences import LicenceRow
from liftback.records.scheduling.slots import BookingRules, Offer, Start, Week
from liftback.records.tables.bookings import Booking, CallHours, CallHoursException, TakenTime
from liftback.records.tables.people import Clinic, Membership
from liftback.records.tables.practice import ClosedDay, Licence
from liftback.records.tables.requests import ConsultRequest

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """For whom times are looked up.

    `therapist` narrows to one. `request` that a therapist of the clinic answers narrows to those licensed where the
    person is, on the day of the call. `moving` is a booking whose own time counts as free. `asked_at` is when the time
    was pressed, if that was before now: the minimum notice counts from then.
    """

    clinic: Clinic
    now: datetime
    therapist: int | None = None
    request: ConsultRequest | None = None
    moving: Booking | None = None
    asked_at: datetime | None = None


def is_on(clinic: Clinic) -> bool:
    """Whether people can book calls of this clinic at all."""
    return clinic.booking != Clinic.BookingTerms.OFF and modules.is_on(clinic, modules.BOOKING)


def therapists_of(clinic: Clinic, *, only: int | None = None) -> QuerySet[Membership]:
    """Those who take calls now, in the order of their numbers."""
    found = Membership.objects.filter(clinic=clinic, active=True, takes_calls=True).order_by("pk")
    return found if only is None else found.filter(pk=only)


def offered(wanted: Wanted, *, since: datetime | None = None, until: datetime | None = None) -> tuple[Start, ...]:
    """The free times in order, each with the therapists who are free then; none where calls are off."""
    if not is_on(wanted.clinic):
        return ()
    found = scheduling.free_starts(offer=offer_of(wanted), now=wanted.now, since=since, until=until)
    return _licensed(wanted, found)


def free_then(wanted: Wanted, starts_at: datetime) -> tuple[int, ...]:
    """The numbers of the therapists who are offered at that very moment, worked out anew; none where it is no slot."""
    asked_at = wanted.asked_at or wanted.now
    last = wanted.now + timedelta(days=wanted.clinic.horizon_days + 2)
    if not is_on(wanted.clinic) or not wanted.now < starts_at <= last:
        return ()
    offer = offer_of(wanted, day=_day(wanted.clinic, starts_at))
    able = [
        one
        for one in offer.therapists
        if scheduling.is_offered(offer=offer, therapist=one, starts_at=starts_at, now=asked_at)
    ]
    allowed = allowed_on(wanted.request, _day(wanted.clinic, starts_at))
    booked = {one: offer.booked_per_day.get((one, _day(wanted.clinic, starts_at)), 0) for one in able}
    # Whoever has the fewest calls on that day comes first, so that calls spread.
    return tuple(sorted((one for one in able if allowed is None or one in allowed), key=lambda one: (booked[one], one)))


def allowed_on(request: ConsultRequest | None, day: date) -> frozenset[int] | None:
    """The therapists licensed, on that day, where the person of a request is; None where the call needs no licence.

    A fit call can be had with anybody. One that follows from a request in the clinic's own queue is the beginning of
    care, and so only with somebody who may give it.
    """
    if request is None or request.route != ConsultRequest.Route.QUEUE or not request.state:
        return None
    return frozenset(licences.who_may(rows=licence_rows(request.clinic_id), state=request.state, day=day))


def licence_rows(clinic: int) -> tuple[LicenceRow, ...]:
    """The licences of everybody who works in a clinic now, by the clinic's number."""
    rows = Licence.objects.filter(therapist__clinic=clinic, therapist__active=True)
    return tuple(
        LicenceRow(
            therapist=row.therapist_id,
            state=row.state,
            kind=row.kind,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows
    )


def offer_of(wanted: Wanted, *, day: date | None = None) -> Offer:
    """What decides about free times; of one day of the clinic's calendar where that is enough."""
    clinic, now = wanted.clinic, wanted.now
    today = day_in(clinic.zone, now)
    first, last = (day, day) if day is not None else (today, today + timedelta(days=clinic.horizon_days))
    members = list(therapists_of(clinic, only=wanted.therapist).values_list("pk", flat=True))
    return Offer(
        zone=clinic.zone,
        therapists=weeks_of(members, first, last),
        rules=rules_of(clinic),
        taken=_taken(members, wanted, first, last),
        booked_per_day=booked_per_day(members, wanted, first, last),
        closed_days=closed_days(clinic, first, last),
    )


def rules_of(clinic: Clinic) -> BookingRules:
    """The clinic's terms of a call."""
    return BookingRules(
        call_minutes=clinic.call_minutes,
        buffer_minutes=clinic.buffer_minutes,
        notice_minutes=clinic.notice_minutes,
        horizon_days=clinic.horizon_days,
        daily_cap=clinic.daily_cap,
    )


def weeks_of(members: Iterable[int], first: date, last: date) -> dict[int, Week]:
    """Each therapist's hours, with the days that differ between two days."""
    hours: dict[int, list[tuple[int, time, time]]] = defaultdict(list)
    members = list(members)
    for row in CallHours.objects.filter(therapist__in=members):
        hours[row.therapist_id].append((row.weekday, row.begins, row.ends))
    off: dict[int, list[tuple[date, Span | None]]] = defaultdict(list)
    extra: dict[int, list[tuple[date, Span]]] = defaultdict(list)
    for one in CallHoursException.objects.filter(therapist__in=members, day__range=(first, last)):
        span = (one.begins, one.ends) if one.begins is not None and one.ends is not None else None
        if one.kind == CallHoursException.Kind.OFF:
            off[one.therapist_id].append((one.day, span))
        elif span is not None:
            extra[one.therapist_id].append((one.day, span))
    weekly = {member: by_weekday(hours[member]) for member in members}
    return {
        member: Week(
            hours=weekly[member],
            exceptions=scheduling.with_exceptions(hours=weekly[member], off=off[member], extra=extra[member]),
        )
        for member in members
    }


def closed_days(clinic: Clinic, first: date, last: date) -> frozenset[date]:
    """The public holidays and closed days between two days, without those that are open anyway."""
    years = range(first.year, last.year + 1)
    found = public_holidays.holidays_between(country=clinic.country, subdivision=clinic.subdivision, years=years)
    closed = {day for day in found.dates if first <= day <= last}
    for row in ClosedDay.objects.filter(clinic=clinic, day__range=(first, last)):
        (closed.discard if row.open_anyway else closed.add)(row.day)
    return frozenset(closed)


def running(now: datetime) -> Q:
    """Bookings that take their time: all but those that are over without a call, and holds that ran out."""
    return ~Q(state__in=GONE) & ~Q(state=Booking.State.HELD, held_until__lte=now)


def booked_per_day(members: Iterable[int], wanted: Wanted, first: date, last: date) -> Counter[tuple[int, date]]:
    """How many calls each therapist has on each day of the clinic's calendar."""
    begins, ends = _around(wanted.clinic, first, last)
    rows = Booking.objects.filter(running(wanted.now), therapist__in=members, starts_at__range=(begins, ends))
    if wanted.moving is not None:
        rows = rows.exclude(pk=wanted.moving.pk)
    zone = zone_of(wanted.clinic.zone)
    found = rows.values_list("therapist_id", "starts_at")
    return Counter((one, at.astimezone(zone).date()) for one, at in found if one is not None)


def _taken(members: Iterable[int], wanted: Wanted, first: date, last: date) -> dict[int, set[datetime]]:
    begins, ends = _around(wanted.clinic, first, last)
    rows = TakenTime.objects.filter(therapist__in=members, at__range=(begins, ends)).exclude(
        booking__state=Booking.State.HELD, booking__held_until__lte=wanted.now
    )
    if wanted.moving is not None:
        rows = rows.exclude(booking=wanted.moving)
    taken: dict[int, set[datetime]] = defaultdict(set)
    for therapist, at in rows.values_list("therapist_id", "at"):
        taken[therapist].add(at)
    return taken


def _around(clinic: Clinic, first: date, last: date) -> tuple[datetime, datetime]:
    zone = zone_of(clinic.zone)
    begins = datetime(first.year, first.month, first.day, tzinfo=zone)
    return begins, datetime(last.year, last.month, last.day, tzinfo=zone) + 2 * _A_DAY


def _day(clinic: Clinic, at: datetime) -> date:
    return at.astimezone(zone_of(clinic.zone)).date()


def _licensed(wanted: Wanted, found: tuple[Start, ...]) -> tuple[Start, ...]:
    request = wanted.request
    if request is None or request.route != ConsultRequest.Route.QUEUE or not request.state:
        return found
    rows = licence_rows(wanted.clinic.pk)
    kept = []
    for one in found:
        able = licences.who_may(rows=rows, state=request.state, day=_day(wanted.clinic, one.starts_at))
        free = tuple(who for who in one.therapists if who in able)
        if free:
            kept.append(Start(starts_at=one.starts_at, ends_at=one.ends_at, wall=one.wall, therapists=free))
    return tuple(kept)
