"""The calendars against their slow twins, over zones and days on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bench.clinic.twins import slow_due, slow_slots
from liftback.records.scheduling.due import BUSINESS_DAY, CLOCK_HOURS, LONGEST, Terms, due_at, minutes_left, stage
from liftback.records.scheduling.hours import by_weekday, tidy
from liftback.records.scheduling.slots import (
    BookingRules,
    Offer,
    Week,
    cells,
    free_slots,
    free_starts,
    is_offered,
    with_exceptions,
)

CALM = settings(max_examples=120, deadline=None, derandomize=True, database=None)
# Clocks that change by an hour or half of one, at night or at midnight, both ways round; that never do; that stopped.
ZONES = (
    "America/New_York", "America/Vancouver", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kolkata",
    "Africa/Casablanca", "Africa/Cairo", "Europe/Paris", "America/Santiago", "Pacific/Chatham", "Pacific/Kiritimati",
    "UTC",
)  # fmt: skip
# Near these days the clocks change somewhere, or the year does.
DAYS = tuple(
    date.fromisoformat(text)
    for text in (
        "2026-02-15", "2026-03-08", "2026-03-22", "2026-03-29", "2026-04-05", "2026-04-24", "2026-09-20", "2026-10-04",
        "2026-10-25", "2026-10-29", "2026-11-01", "2026-12-31", "2027-03-14", "2027-04-04", "2027-06-15",
    )
)  # fmt: skip
TIMES = st.builds(time, st.integers(0, 23), st.sampled_from((0, 0, 15, 20, 30, 45, 59)))
SPANS = st.tuples(TIMES, TIMES).filter(lambda span: span[0] < span[1])
NEAR = st.builds(lambda day, shift: day + timedelta(days=shift), st.sampled_from(DAYS), st.integers(-3, 3))


@st.composite
def weeks(draw: st.DrawFn, *, most: int = 2) -> Any:
    hours = [(day, *span) for day in range(7) for span in draw(st.lists(SPANS, max_size=most))]
    return by_weekday(hours)


@st.composite
def terms(draw: st.DrawFn) -> Terms:
    some_days = st.frozensets(NEAR, max_size=4)
    return Terms(
        kind=draw(st.sampled_from((BUSINESS_DAY, BUSINESS_DAY, BUSINESS_DAY, CLOCK_HOURS))),
        zone=draw(st.sampled_from(ZONES)),
        hours=draw(st.sampled_from((0, 1, 24, 48, 400))),
        opening=draw(weeks()),
        holidays=draw(some_days),
        closed=draw(some_days),
        open_anyway=draw(some_days),
    )


MOMENTS = st.builds(
    lambda day, minute: datetime.combine(day, time(), tzinfo=UTC) + timedelta(minutes=minute),
    NEAR,
    st.integers(0, 1439),
)
NIGHT = Terms(
    kind=BUSINESS_DAY,
    zone="America/New_York",
    opening=by_weekday([(day, time(2, 10), time(2, 50)) for day in range(7)]),
)


@given(terms(), MOMENTS)
@example(NIGHT, datetime(2026, 3, 7, 7, 30, tzinfo=UTC))
@example(NIGHT, datetime(2026, 3, 8, 7, 30, tzinfo=UTC))
@CALM
def test_the_due_time_is_that_of_its_slow_twin(how: Terms, received: datetime) -> None:
    assert due_at(received=received, terms=how).at == slow_due(received, how)


@given(terms(), MOMENTS, st.sampled_from(ZONES))
@CALM
def test_a_promise_is_bounded_and_does_not_depend_on_whose_clock_wrote_it(
    how: Terms, received: datetime, elsewhere: str
) -> None:
    found = due_at(received=received, terms=how)
    assert received <= found.at <= received + LONGEST
    assert found.at.tzinfo is UTC
    assert due_at(received=received.astimezone(ZoneInfo(elsewhere)), terms=how) == found
    assert found.because


@given(MOMENTS, st.integers(0, 5000), st.lists(st.integers(-600, 9000), min_size=2).map(sorted))
@CALM
def test_marks_come_in_order_and_lateness_is_never_hidden(received: datetime, length: int, moments: list[int]) -> None:
    due = received + timedelta(minutes=length)
    marks = [stage(received=received, due=due, now=received + timedelta(minutes=n)) for n in moments]
    assert marks == sorted(marks)
    for minute, mark in zip(moments, marks, strict=True):
        late = minute >= length
        assert mark == 100 or not late
        assert (minutes_left(due=due, now=received + timedelta(minutes=minute)) <= 0) is late


@st.composite
def offers(draw: st.DrawFn) -> tuple[Offer, datetime]:
    rules = BookingRules(
        call_minutes=draw(st.sampled_from((5, 12, 15, 30))),
        buffer_minutes=draw(st.sampled_from((0, 5, 7, 15))),
        notice_minutes=draw(st.sampled_from((0, 3, 120, 700))),
        horizon_days=draw(st.sampled_from((3, 2, 1, 0))),
        daily_cap=draw(st.sampled_from((8, 3, 2, 1))),
        step_minutes=draw(st.sampled_from((5, 15, 20, 25))),
    )
    zone, now = draw(st.sampled_from(ZONES)), draw(MOMENTS) + timedelta(seconds=draw(st.sampled_from((0, 1, 59))))
    days = [now.date() + timedelta(days=n) for n in range(-1, 5)]
    therapists: dict[int, Week] = {}
    taken: dict[int, set[datetime]] = {}
    booked: dict[tuple[int, date], int] = {}
    for who in range(draw(st.sampled_from((2, 1, 0)))):
        hours = draw(weeks(most=3))
        off = draw(st.lists(st.tuples(st.sampled_from(days), st.none() | SPANS), max_size=2))
        extra = draw(st.lists(st.tuples(st.sampled_from(days), SPANS), max_size=2))
        therapists[who] = Week(hours=hours, exceptions=with_exceptions(hours=hours, off=off, extra=extra))
        calls = draw(st.lists(st.integers(0, 1200), max_size=6))
        begun = now.replace(minute=0, second=0)
        taken[who] = {
            cell
            for call in calls
            for cell in cells(starts_at=begun + timedelta(minutes=5 * call), minutes=rules.taken_minutes)
        }
        booked |= {(who, day): draw(st.integers(0, 2)) for day in days}
    closed = draw(st.frozensets(st.sampled_from(days), max_size=1))
    offer = Offer(zone=zone, therapists=therapists, rules=rules, taken=taken, booked_per_day=booked, closed_days=closed)
    return offer, now


@given(offers())
@settings(CALM, max_examples=60)
def test_free_times_are_those_of_their_slow_twin(given_offer: tuple[Offer, datetime]) -> None:
    offer, now = given_offer
    slow = slow_slots(offer, now)
    slots = free_slots(offer=offer, now=now)
    assert sorted((one.therapist, one.starts_at) for one in slots) == sorted(slow)
    starts = free_starts(offer=offer, now=now)
    assert [one.starts_at for one in starts] == sorted({instant for _, instant in slow})
    here = ZoneInfo(offer.zone)
    for one in starts:
        assert one.wall == one.starts_at.astimezone(here).strftime("%Y-%m-%d %H:%M")
        assert one.ends_at - one.starts_at == timedelta(minutes=offer.rules.call_minutes)


@given(offers(), st.data())
@settings(CALM, max_examples=60)
def test_a_posted_time_is_offered_exactly_when_it_was_shown(
    given_offer: tuple[Offer, datetime], data: st.DataObject
) -> None:
    offer, now = given_offer
    shown = {(one.therapist, one.starts_at) for one in free_slots(offer=offer, now=now)}
    begun = now.replace(minute=0, second=0)
    for _ in range(20):
        who = data.draw(st.integers(0, 2))
        at = begun + timedelta(minutes=data.draw(st.sampled_from((5, 1))) * data.draw(st.integers(-10, 1200)))
        assert is_offered(offer=offer, therapist=who, starts_at=at, now=now) is ((who, at) in shown)
    assert all(is_offered(offer=offer, therapist=who, starts_at=at, now=now) for who, at in sorted(shown)[:20])


@given(offers())
@settings(CALM, max_examples=60)
def test_no_two_free_times_are_lost_or_in_each_others_way(given_offer: tuple[Offer, datetime]) -> None:
    offer, now = given_offer
    for one in free_slots(offer=offer, now=now):
        mine = cells(starts_at=one.starts_at, minutes=offer.rules.taken_minutes)
        assert offer.taken[one.therapist].isdisjoint(mine)


@given(st.lists(SPANS, max_size=6))
@CALM
def test_tidy_hours_are_apart_and_in_order(spans: list[tuple[time, time]]) -> None:
    flat = [edge for span in tidy(spans) for edge in span]
    assert flat == sorted(set(flat))
