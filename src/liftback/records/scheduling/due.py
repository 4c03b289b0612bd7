"""When the promise is due. It is computed once, when a request comes in, and says from what.

Two ways of counting. *Clock hours*: so many real hours later, whatever the clocks on the wall do meanwhile. *One
business day*: what comes in while the clinic is open is due at the same time of day on the next open day; what comes
in while it is closed counts as come in at the next opening. A time that is outside of that day's hours is drawn back
to the last closing before it, or, where the day has not begun, on to its opening. Where two readings are possible the
earlier holds: a promise is rather kept too soon. No promise is due later than `LONGEST` after the request.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from liftback.records.scheduling.clock import earliest, instant_of, local_days
from liftback.records.scheduling.hours import Span, of_day
from liftback.records.scheduling.zones import tzdata_version, zone

CLOCK_HOURS = "clock_hours"
BUSINESS_DAY = "business_day"
# However long a clinic is closed, nobody waits longer than this.
LONGEST = timedelta(days=14)
# Shares of the promise's time, in percent, at which somebody is told.
MARKS = (50, 80, 100)
_LONGEST_WORDS = f"{LONGEST.days} days after it came in, which is the longest that anybody waits"
# Days ahead that are looked at for an open one: more than `LONGEST` needs.
_LOOKED_AT = LONGEST.days + 3
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a clinic counts its promise.

    `opening` holds seven days of hours (Monday first) on the clock of `zone`, each in order and apart
    (`hours.by_weekday`). A day is open where it has hours and is neither in `holidays` nor in `closed`; one in
    `open_anyway` is open although it is a holiday.
    """

    kind: str
    zone: str
    hours: int = 24
    opening: tuple[tuple[Span, ...], ...] = ((),) * 7
    holidays: frozenset[date] = frozenset()
    closed: frozenset[date] = frozenset()
    open_anyway: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When it is due (UTC), why in plain words, and by which table of time zones."""

    at: datetime
    because: str
    tzdata: str


def due_at(*, received: datetime, terms: Terms) -> Due:
    """When the promise for a request that came in then is due; never before it came in, nor after `LONGEST`.

    ValueError for a time without its zone.
    """
    if received.tzinfo is None:
        message = "a request comes in at an instant, and this time has no zone"
        raise ValueError(message)
    calendar = _calendar(terms)
    at, because = calendar.business_day(received) if calendar.counts_days else calendar.clock_hours(received)
    longest = received.astimezone(UTC) + LONGEST
    if at > longest:
        at, because = longest, _LONGEST_WORDS
    return Due(at=at, because=because, tzdata=tzdata_version())


class _Calendar:
    """The days of one clinic's terms, looked up once each."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.here = zone(terms.zone)
        self.any_hours = any(terms.opening)
        self.counts_days = terms.kind == BUSINESS_DAY and self.any_hours
        self.spans = lru_cache(maxsize=4096)(self._spans)
        self.next_open = lru_cache(maxsize=4096)(self._next_open)
        self.midnight = lru_cache(maxsize=4096)(self._midnight)

    def _spans(self, day: date) -> tuple[Span, ...]:
        """The hours in which the clinic is open on a day; none where it is closed."""
        terms = self.terms
        shut = day in terms.closed or day in terms.holidays
        return () if shut and day not in terms.open_anyway else of_day(terms.opening, day)

    def _next_open(self, day: date) -> date:
        """The next open day after one; the last that anybody looks at where it is closed for longer."""
        for ahead in range(1, _LOOKED_AT):
            if self.spans(day + timedelta(days=ahead)):
                break
        return day + timedelta(days=ahead)

    def _midnight(self, day: date) -> datetime | None:
        """The instant at which a day begins, where its clock then runs on without a change; else None."""
        (local,) = local_days(self.terms.zone, day, 1)
        return instant_of(local.stretches[0].begins) if local.plain else None

    def clock_hours(self, received: datetime) -> tuple[datetime, str]:
        """So many real hours later."""
        hours = self.terms.hours
        words = f"{hours} hour{'' if hours == 1 else 's'} after it came in"
        if self.terms.kind == BUSINESS_DAY:
            words += ", because the clinic has set no opening hours"
        return received.astimezone(UTC) + timedelta(hours=hours), words

    def business_day(self, received: datetime) -> tuple[datetime, str]:
        """The same time on the next open day."""
        local = received.astimezone(self.here)
        day, wall, came = local.date(), local.time(), "while the clinic was open"
        # The closing minute itself still counts as open: of two readings the one that is due sooner.
        if not any(opens <= wall <= closes for opens, closes in self.spans(day)):
            day, wall = self._opening_after(day, wall)
            came = f"while the clinic was closed, which counts as {_said(day, wall)}"
        then = self.next_open(day)
        spans = self.spans(then)
        kept = _within(spans, wall) if spans else wall
        edge = ""
        if kept != wall:
            edge = ", when it closes" if kept < wall else ", when it opens"
        midnight = self.midnight(then)
        if midnight is not None:
            at, shown = midnight + _since_midnight(kept), _said(then, kept)
        else:
            at = earliest(self.terms.zone, then, kept)
            real = at.astimezone(self.here)
            shown = _said(real.date(), real.time())
            edge = ", because the clocks change that day" if real.time() != kept else edge
        return at, f"one business day: it came in {came}, so by {shown}{edge}"

    def _opening_after(self, day: date, wall: time) -> tuple[date, time]:
        """When the clinic opens next, for a moment at which it is closed."""
        for opens, _ in self.spans(day):
            if opens > wall:
                return day, opens
        then = self.next_open(day)
        return then, next((opens for opens, _ in self.spans(then)), wall)


@lru_cache(maxsize=256)
def _calendar(terms: Terms) -> _Calendar:
    return _Calendar(terms)


def _within(spans: tuple[Span, ...], wall: time) -> time:
    """A time of day drawn into a day's hours: back to the last closing before it, else on to the first opening."""
    kept = spans[0][0]
    for opens, closes in spans:
        if opens <= wall:
            kept = min(wall, closes)
    return kept


def _since_midnight(wall: time) -> timedelta:
    """How long a clock that does not change has run since midnight."""
    return timedelta(hours=wall.hour, minutes=wall.minute, seconds=wall.second, microseconds=wall.microsecond)


def _said(day: date, wall: time) -> str:
    """A day and a time in plain words, such as "Tue 1 Dec 2026 10:05"."""
    return f"{_day_said(day)} {wall.hour:02}:{wall.minute:02}"


@lru_cache(maxsize=4096)
def _day_said(day: date) -> str:
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def share_passed(*, received: datetime, due: datetime, now: datetime) -> float:
    """The share of the promise's time that has gone by: 0 when it came in, 1 when due, more when late.

    What was due at once (a warning sign) is at 1 from the start.
    """
    whole = due - received
    if whole <= timedelta(0):
        return max(1.0, 1.0 + (now - due) / timedelta(days=1))
    return max(0.0, (now - received) / whole)


def stage(*, received: datetime, due: datetime, now: datetime) -> int:
    """The last of `MARKS` that was passed, each from that very moment on; 0 before the first.

    What was due at once has passed them all, even by a clock that is a little behind.
    """
    whole, passed = due - received, now - received
    if whole <= timedelta(0):
        return MARKS[-1]
    return max((mark for mark in MARKS if passed * 100 >= whole * mark), default=0)


def minutes_left(*, due: datetime, now: datetime) -> int:
    """Whole minutes until it is due, never more than there are; negative once it is late."""
    return (due - now) // timedelta(minutes=1)
