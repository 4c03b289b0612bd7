"""Which times are free for a call.

Everything is worked out on the clinic's clock and given as instants (UTC): the visitor's clock is only shown. A time
that the clock skips in spring is not offered; one that it shows twice in autumn is offered twice, because it is two
instants. Calls begin at full steps of the clinic's clock (at :00, :15, :30, :45 for steps of 15 minutes).

**Buffers.** Each call takes its minutes and the buffer after it, and nothing before it. So between two calls lies the
buffer of the earlier one, never a sum of two. The buffer may run past the end of the hours, the call may not.

Inside, the pieces of five minutes of the whole search are the bits of one number for each therapist: what is offered,
what is taken. So a month of twenty therapists costs a few hundred operations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from liftback.records.scheduling.clock import DAY, EPOCH, LocalDay, instant_of, local_days, minute_of
from liftback.records.scheduling.hours import Span, minutes_of, of_day, tidy, without
from liftback.records.scheduling.zones import zone

PIECE = timedelta(minutes=5)
_PIECE = 5
_EPOCH_DAY = EPOCH.toordinal()
_WALL = len("2026-11-01 01:30")
# How many pieces before this moment the bits begin: more than a local day, so that today is whole.
_BEFORE = 2 * DAY // _PIECE


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A therapist's call hours on the clinic's clock.

    `hours` holds seven days of hours (Monday first; `hours.by_weekday`). `exceptions` holds the hours of days that
    differ, instead of the weekly ones (`with_exceptions` makes them of rows).
    """

    hours: tuple[tuple[Span, ...], ...]
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingRules:
    """The terms of a call: its minutes, the buffer after it, the least notice, how far ahead, how many on a day.

    `horizon_days` counts days of the clinic's calendar after today; `daily_cap` counts a therapist's calls on one day
    of it. `step_minutes` is a multiple of five, `call_minutes` at least one; ValueError otherwise.
    """

    call_minutes: int = 15
    buffer_minutes: int = 5
    notice_minutes: int = 120
    horizon_days: int = 14
    daily_cap: int = 8
    step_minutes: int = 15

    def __post_init__(self) -> None:
        """Refuse what no search could be made with."""
        if self.call_minutes < 1 or self.step_minutes < 1 or self.step_minutes % _PIECE:
            message = "a call has at least one minute, and calls begin in steps of five minutes or a multiple of it"
            raise ValueError(message)

    @property
    def taken_minutes(self) -> int:
        """What a call takes of a therapist's time, as `cells` wants it: the call and the buffer after it."""
        return self.call_minutes + self.buffer_minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A free time of one therapist: instants in UTC, and the clinic's clock as written ("2026-11-01 01:30")."""

    therapist: int
    starts_at: datetime
    ends_at: datetime
    wall: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A time at which somebody is free, with all who are, in the order of their numbers."""

    starts_at: datetime
    ends_at: datetime
    wall: str
    therapists: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """All that decides what is free, on the clock and calendar of the clinic's `zone`.

    `taken` holds the beginnings (UTC) of the five-minute pieces that are taken, as `cells` gives them;
    `booked_per_day` how many calls a therapist has on a day of the clinic's calendar.
    """

    zone: str
    therapists: Mapping[int, Week]
    rules: BookingRules
    taken: Mapping[int, Set[datetime]] = field(default_factory=dict)
    booked_per_day: Mapping[tuple[int, date], int] = field(default_factory=dict)
    closed_days: frozenset[date] = frozenset()


def with_exceptions(
    *, hours: tuple[tuple[Span, ...], ...], off: Iterable[tuple[date, Span | None]], extra: Iterable[tuple[date, Span]]
) -> dict[date, tuple[Span, ...]]:
    """The days that differ from the weekly hours. `off` takes a span away (None: the whole day), `extra` adds one.

    Hours that are added hold even where others on that day are taken away.
    """
    days: dict[date, tuple[Span, ...]] = {}
    for day, span in off:
        days[day] = () if span is None else without(days.get(day, of_day(hours, day)), span)
    for day, added in extra:
        days[day] = tidy((*days.get(day, of_day(hours, day)), added))
    return days


def free_starts(
    *, offer: Offer, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> tuple[Start, ...]:
    """Every time at which somebody is free, in order, each once; `since` and `until` (not in it) narrow the search."""
    base = minute_of(now) // _PIECE - _BEFORE
    between = _between(offer.rules, base, now, since, until)
    here, call = zone(offer.zone), timedelta(minutes=offer.rules.call_minutes)
    out = []
    for bit, therapists in _by_bit({who: _free(offer, who, base, now) & between for who in sorted(offer.therapists)}):
        begins = instant_of((base + bit) * _PIECE)
        wall = begins.astimezone(here).isoformat(" ", "minutes")[:_WALL]
        out.append(Start(starts_at=begins, ends_at=begins + call, wall=wall, therapists=therapists))
    return tuple(out)


def free_slots(
    *, offer: Offer, now: datetime, since: datetime | None = None, until: datetime | None = None
) -> tuple[Slot, ...]:
    """The same, one for each therapist, in order of time and then of therapist."""
    return tuple(
        Slot(therapist=who, starts_at=start.starts_at, ends_at=start.ends_at, wall=start.wall)
        for start in free_starts(offer=offer, now=now, since=since, until=until)
        for who in start.therapists
    )


def is_offered(*, offer: Offer, therapist: int, starts_at: datetime, now: datetime) -> bool:
    """Whether that very time is free with that therapist: what a form sent back is never believed, but worked out."""
    if therapist not in offer.therapists or starts_at.tzinfo is None:
        return False
    if not now <= starts_at <= now + timedelta(days=offer.rules.horizon_days + 2):
        return False
    at = starts_at.astimezone(UTC)
    if minute_of(at) % _PIECE or at.second or at.microsecond:
        return False
    base = minute_of(now) // _PIECE - _BEFORE
    free = _free(offer, therapist, base, now) & _between(offer.rules, base, now, None, None)
    return bool(free >> (minute_of(at) // _PIECE - base) & 1)


def cells(*, starts_at: datetime, minutes: int) -> tuple[datetime, ...]:
    """The beginnings (UTC) of the five-minute pieces that a call with its buffer takes, `minutes` in all."""
    at = starts_at.astimezone(UTC)
    first = at - timedelta(minutes=at.minute % _PIECE, seconds=at.second, microseconds=at.microsecond)
    ends = at + timedelta(minutes=minutes)
    return tuple(first + PIECE * n for n in range(-((first - ends) // PIECE)))


def _between(rules: BookingRules, base: int, now: datetime, since: datetime | None, until: datetime | None) -> int:
    """The bits that notice, `since` and `until` leave."""
    soonest = now + timedelta(minutes=rules.notice_minutes)
    low = _piece_from(max(soonest, since) if since is not None else soonest) - base
    high = _piece_from(until) - base if until is not None else _size(rules)
    return ((1 << high) - 1) >> low << low if high > low else 0


def _piece_from(instant: datetime) -> int:
    """The first piece that begins at that instant or after it."""
    return -((EPOCH - instant) // PIECE)


def _free(offer: Offer, therapist: int, base: int, now: datetime) -> int:
    """The bits at which a call with that therapist could begin, whatever the notice."""
    rules, week = offer.rules, offer.therapists[therapist]
    today = now.astimezone(zone(offer.zone)).date()
    offered = 0
    for local in local_days(offer.zone, today, rules.horizon_days + 1):
        if local.day in offer.closed_days or offer.booked_per_day.get((therapist, local.day), 0) >= rules.daily_cap:
            continue
        spans = week.exceptions[local.day] if local.day in week.exceptions else of_day(week.hours, local.day)
        if not spans:
            continue
        if local.plain and not local.stretches[0].begins % _PIECE:
            shift = local.stretches[0].begins // _PIECE - base
            offered |= _plain_starts(spans, rules.call_minutes, rules.step_minutes) << shift
        else:
            offered |= _changed_starts(local, spans, rules, base)
    taken = offer.taken.get(therapist, ())
    return offered & ~_blocked(taken, base, rules) if taken else offered


def _size(rules: BookingRules) -> int:
    """How many bits a search needs at most."""
    return _BEFORE + (rules.horizon_days + 3) * DAY // _PIECE


def _blocked(taken: Iterable[datetime], base: int, rules: BookingRules) -> int:
    """The bits at which a call would run into what is taken."""
    size = _size(rules)
    digits = bytearray(b"0" * size)
    for at in taken:
        at_utc = at if at.tzinfo is UTC else at.astimezone(UTC)
        minute = (at_utc.toordinal() - _EPOCH_DAY) * DAY + at_utc.hour * 60 + at_utc.minute
        bit = minute // _PIECE - base
        if 0 <= bit < size:
            digits[-1 - bit] = ord("1")
    pieces = int(digits, 2)
    blocked = pieces
    for earlier in range(1, -(-rules.taken_minutes // _PIECE)):
        blocked |= pieces >> earlier
    return blocked


@lru_cache(maxsize=4096)
def _plain_starts(spans: tuple[Span, ...], call: int, step: int) -> int:
    """The pieces of a day without a change of the clock at which a call can begin, as bits."""
    bits = 0
    for begins, ends in ((minutes_of(a), minutes_of(b)) for a, b in spans):
        for start in range(-(-begins // step) * step, ends - call + 1, step):
            bits |= 1 << start // _PIECE
    return bits


def _changed_starts(local: LocalDay, spans: tuple[Span, ...], rules: BookingRules, base: int) -> int:
    """The same of a day on which the clock changes, as bits of the search: open instants are joined as they follow."""
    midnight = datetime.combine(local.day, datetime.min.time(), tzinfo=UTC)
    zero = minute_of(midnight)
    open_times: list[tuple[int, int, int]] = []
    for stretch in local.stretches:
        for opens, closes in spans:
            begins = max(stretch.begins, zero + minutes_of(opens) - stretch.offset)
            ends = min(stretch.ends, zero + minutes_of(closes) - stretch.offset)
            open_times += [(begins, ends, stretch.offset)] if begins < ends else []
    bits = 0
    for begins, ends, offset in open_times:
        last = ends
        for then, later, _ in sorted(open_times):
            last = later if then == last else last
        for start in range(-(-begins // _PIECE) * _PIECE, min(ends, last - rules.call_minutes + 1), _PIECE):
            if (start + offset) % DAY % rules.step_minutes == 0:
                bits |= 1 << start // _PIECE - base
    return bits


def _by_bit(masks: Mapping[int, int]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each bit that is set for anybody, in order, with all for whom it is."""
    whole = 0
    for mask in masks.values():
        whole |= mask
    if not whole:
        return
    first, length = (whole & -whole).bit_length() - 1, whole.bit_length()
    columns = zip(*(format(mask >> first, f"0{length - first}b")[::-1] for mask in masks.values()), strict=True)
    nobody = ("0",) * len(masks)
    seen: dict[tuple[str, ...], tuple[int, ...]] = {}
    for bit, column in enumerate(columns, first):
        if column != nobody:
            if column not in seen:
                seen[column] = tuple(who for who, free in zip(masks, column, strict=True) if free == "1")
            yield bit, seen[column]
