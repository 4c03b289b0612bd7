"""The calendars once more, slow and obvious: minute by minute, so that one can see that they are right."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from liftback.records.scheduling.due import BUSINESS_DAY, LONGEST, Terms
from liftback.records.scheduling.slots import Offer

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
FAR = 17  # days ahead that are walked: beyond them the longest wait has passed anyway


def slow_due(received: datetime, terms: Terms) -> datetime:
    """When a promise is due, found by walking; `received` is a whole minute."""
    here = ZoneInfo(terms.zone)
    longest = received.astimezone(UTC) + LONGEST
    if terms.kind != BUSINESS_DAY or not any(terms.opening):
        return min(received.astimezone(UTC) + timedelta(hours=terms.hours), longest)
    # The calendar and the clock on the wall alone, without any zone: 24 hours of 60 minutes on every day.
    wall = received.astimezone(here).replace(tzinfo=None)
    last = wall + FAR * DAY
    if not _open(terms, wall, and_closing=True):
        while not _open(terms, wall) and wall < last:
            wall += MINUTE
    then = wall + DAY
    while not _hours(terms, then.date()) and then < last:
        then += DAY
    if then >= last:
        return longest
    first, back = datetime.combine(then.date(), time()), then
    while not _open(terms, back, and_closing=True) and back > first:
        back -= MINUTE
    while not _open(terms, back, and_closing=True):
        back += MINUTE
    return min(slow_instant(back, here), longest)


def _hours(terms: Terms, day: date) -> tuple[tuple[time, time], ...]:
    closed = day in terms.closed or day in terms.holidays
    return () if closed and day not in terms.open_anyway else terms.opening[day.weekday()]


def _open(terms: Terms, wall: datetime, *, and_closing: bool = False) -> bool:
    at = wall.time()
    return any(a <= at < b or (and_closing and at == b) for a, b in _hours(terms, wall.date()))


def slow_instant(wall: datetime, here: ZoneInfo) -> datetime:
    """The first minute of all at which a clock shows that; where none does, the earlier of the two readings."""
    start = wall.replace(tzinfo=UTC) - timedelta(hours=27)
    passed = None
    for minute in range(54 * 60):
        instant = start + minute * MINUTE
        shown = instant.astimezone(here).replace(tzinfo=None)
        if shown == wall:
            return instant
        if shown > wall and passed is None and instant.astimezone(here).fold == 0:
            passed = instant
    if passed is None:
        message = "no clock is so far from UTC"
        raise ValueError(message)
    # The clock jumped over it: what it would have been, had the clock been put forward before.
    return passed - (passed.astimezone(here).replace(tzinfo=None) - wall)


def slow_slots(offer: Offer, now: datetime) -> list[tuple[int, datetime]]:
    """Every free time as (therapist, instant), found by asking every five minutes about every minute of a call."""
    here, rules = ZoneInfo(offer.zone), offer.rules
    at = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    found = []
    for piece in range((rules.horizon_days + 3) * 288):
        instant = at + piece * 5 * MINUTE
        local = instant.astimezone(here)
        if instant < now + rules.notice_minutes * MINUTE or (local.hour * 60 + local.minute) % rules.step_minutes:
            continue
        if local.date() > now.astimezone(here).date() + rules.horizon_days * DAY:
            continue
        found += [(who, instant) for who in sorted(offer.therapists) if _is_free(offer, who, instant, here)]
    return found


def _is_free(offer: Offer, who: int, instant: datetime, here: ZoneInfo) -> bool:
    rules, day = offer.rules, instant.astimezone(here).date()
    if offer.booked_per_day.get((who, day), 0) >= rules.daily_cap:
        return False
    for minute in range(rules.call_minutes + rules.buffer_minutes):
        moment = instant + minute * MINUTE
        if moment.replace(minute=moment.minute // 5 * 5) in offer.taken.get(who, ()):
            return False
        if minute < rules.call_minutes and not _at_work(offer, who, moment.astimezone(here)):
            return False
    return True


def _at_work(offer: Offer, who: int, local: datetime) -> bool:
    week, day = offer.therapists[who], local.date()
    spans = week.exceptions.get(day, week.hours[day.weekday()])
    return day not in offer.closed_days and any(a <= local.time().replace(fold=0) < b for a, b in spans)
