"""When a promise is due: each row is a case that a person at the clinic's desk can check with a calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from liftback.records.scheduling.due import (
    BUSINESS_DAY,
    CLOCK_HOURS,
    LONGEST,
    Terms,
    due_at,
    minutes_left,
    share_passed,
    stage,
)
from liftback.records.scheduling.hours import by_weekday
from liftback.records.scheduling.public_holidays import holidays_between

NEW_YORK, VANCOUVER = "America/New_York", "America/Vancouver"
NINE, NOON, ONE, FIVE = time(9), time(12), time(13), time(17)
OFFICE = by_weekday([(day, NINE, FIVE) for day in range(5)])
WITH_A_BREAK = by_weekday([(day, *span) for day in range(5) for span in ((NINE, NOON), (ONE, FIVE))])
SHORT_FRIDAY = by_weekday([*((day, NINE, FIVE) for day in range(4)), (4, time(10), time(14))])
NIGHT = by_weekday([(day, time(2, 15), time(2, 45)) for day in range(7)])


def terms(**changes: Any) -> Terms:
    return Terms(**{"kind": BUSINESS_DAY, "zone": NEW_YORK, "opening": OFFICE, **changes})


def wall(text: str, zone: str = NEW_YORK) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def due(received: str, how: Terms, zone: str | None = None) -> str:
    at = due_at(received=wall(received, zone or how.zone), terms=how).at
    return at.astimezone(ZoneInfo(how.zone)).strftime("%a %Y-%m-%d %H:%M")


# came in, on the clinic's clock -> due, on the same clock; 2026-11-26 is Thanksgiving Day, a Thursday
OFFICE_DAYS = [
    ("2026-11-23 10:05", "Tue 2026-11-24 10:05"),  # open: the same time on the next open day
    ("2026-11-23 09:00", "Tue 2026-11-24 09:00"),  # the minute of opening
    ("2026-11-23 17:00", "Tue 2026-11-24 17:00"),  # the minute of closing still counts as open: due sooner
    ("2026-11-23 17:01", "Wed 2026-11-25 09:00"),  # closed: as if at the next opening
    ("2026-11-23 06:30", "Tue 2026-11-24 09:00"),
    ("2026-11-20 16:30", "Mon 2026-11-23 16:30"),  # over a weekend
    ("2026-11-21 12:00", "Tue 2026-11-24 09:00"),  # on a Saturday
]


@pytest.mark.parametrize(("received", "expected"), OFFICE_DAYS)
def test_one_business_day_of_an_office(received: str, expected: str) -> None:
    assert due(received, terms()) == expected


BREAKS = [
    ("2026-11-23 12:00", "Tue 2026-11-24 12:00"),  # the minute the break begins still counts as open
    ("2026-11-23 12:30", "Tue 2026-11-24 13:00"),  # in the break: as if at 13:00
    ("2026-11-23 16:59", "Tue 2026-11-24 16:59"),
]


@pytest.mark.parametrize(("received", "expected"), BREAKS)
def test_one_business_day_with_a_break(received: str, expected: str) -> None:
    assert due(received, terms(opening=WITH_A_BREAK)) == expected


OTHER_HOURS = [
    ("2026-11-19 16:00", "Fri 2026-11-20 14:00"),  # drawn back to the closing of the shorter day
    ("2026-11-19 09:30", "Fri 2026-11-20 10:00"),  # drawn on to its opening
    ("2026-11-20 13:00", "Mon 2026-11-23 13:00"),
]


@pytest.mark.parametrize(("received", "expected"), OTHER_HOURS)
def test_a_time_outside_of_the_next_days_hours_is_drawn_into_them(received: str, expected: str) -> None:
    assert due(received, terms(opening=SHORT_FRIDAY)) == expected


def test_a_time_in_the_next_days_break_is_drawn_back_to_where_it_begins() -> None:
    opening = (OFFICE[0], WITH_A_BREAK[1], *OFFICE[2:])
    assert due("2026-11-23 12:30", terms(opening=opening)) == "Tue 2026-11-24 12:00"


def test_holidays_closed_days_and_a_holiday_that_is_worked() -> None:
    american = holidays_between(country="US", subdivision="NY", years=(2026, 2027)).dates
    day_after = frozenset({date(2026, 11, 27)})
    assert due("2026-11-25 15:00", terms(holidays=american)) == "Fri 2026-11-27 15:00"
    assert due("2026-11-25 15:00", terms(holidays=american, closed=day_after)) == "Mon 2026-11-30 15:00"
    opened = frozenset({date(2026, 11, 26)})
    assert due("2026-11-25 15:00", terms(holidays=american, open_anyway=opened)) == "Thu 2026-11-26 15:00"
    assert due("2026-12-31 15:00", terms(holidays=american)) == "Mon 2027-01-04 15:00"  # over the turn of the year
    assert due("2026-11-26 10:00", terms(holidays=american)) == "Mon 2026-11-30 09:00"  # on the holiday itself


# zone, came in (UTC), due (UTC): so many real hours, whatever the clocks do
CLOCK = [
    (NEW_YORK, "2026-03-07 20:00", "2026-03-08 20:00"),  # the clocks go forward
    (NEW_YORK, "2026-10-31 20:00", "2026-11-01 20:00"),  # and back
    (VANCOUVER, "2026-11-01 06:00", "2026-11-02 06:00"),  # the last change there is
    ("Australia/Lord_Howe", "2026-10-03 14:00", "2026-10-04 14:00"),  # half an hour forward
    ("Asia/Kolkata", "2026-12-31 18:00", "2027-01-01 18:00"),
]


@pytest.mark.parametrize(("zone", "received", "expected"), CLOCK)
def test_clock_hours_are_real_hours(zone: str, received: str, expected: str) -> None:
    found = due_at(received=wall(received, "UTC"), terms=terms(kind=CLOCK_HOURS, zone=zone)).at
    assert found == wall(expected, "UTC")


# zone, came in and due on the clinic's clock, real hours between
CHANGES = [
    (NEW_YORK, "2026-03-07 10:00", "Sun 2026-03-08 10:00", 23.0),
    (NEW_YORK, "2026-10-31 10:00", "Sun 2026-11-01 10:00", 25.0),
    ("Australia/Lord_Howe", "2026-10-03 10:00", "Sun 2026-10-04 10:00", 23.5),
    ("Australia/Lord_Howe", "2027-04-03 10:00", "Sun 2027-04-04 10:00", 24.5),
    ("America/St_Johns", "2026-03-07 10:00", "Sun 2026-03-08 10:00", 23.0),
    # British Columbia keeps its summer clock from 2026 on: no change in November
    (VANCOUVER, "2026-10-31 10:00", "Sun 2026-11-01 10:00", 24.0),
    ("Asia/Kolkata", "2026-10-31 10:00", "Sun 2026-11-01 10:00", 24.0),
]


@pytest.mark.parametrize(("zone", "received", "expected", "hours"), CHANGES)
def test_a_business_day_goes_by_the_clock_on_the_wall(zone: str, received: str, expected: str, hours: float) -> None:
    daily = terms(zone=zone, opening=by_weekday([(day, time(8), time(20)) for day in range(7)]))
    assert due(received, daily) == expected
    at = wall(received, zone)
    assert (due_at(received=at, terms=daily).at - at.astimezone(UTC)) / timedelta(hours=1) == hours


def test_a_time_that_the_clocks_skip_is_read_as_the_earlier() -> None:
    # 8 March 2026 has no 02:30 in New York; 01:30 comes before it, 03:30 after.
    found = due_at(received=wall("2026-03-07 02:30"), terms=terms(opening=NIGHT))
    assert found.at.astimezone(ZoneInfo(NEW_YORK)).strftime("%d %H:%M") == "08 01:30"
    assert found.because.endswith("Sun 8 Mar 2026 01:30, because the clocks change that day")


def test_a_time_that_the_clocks_show_twice_is_the_first() -> None:
    early = by_weekday([(day, time(1), time(2)) for day in range(7)])
    found = due_at(received=wall("2026-10-31 01:30"), terms=terms(opening=early)).at
    assert found == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_without_any_opening_hours_it_counts_hours_and_says_so() -> None:
    found = due_at(received=wall("2026-11-23 10:00"), terms=terms(opening=((),) * 7))
    assert found.at == wall("2026-11-24 10:00")
    assert found.because == "24 hours after it came in, because the clinic has set no opening hours"


def test_nobody_waits_longer_than_a_fortnight_however_long_it_is_closed() -> None:
    shut = frozenset(date(2026, 12, 1) + timedelta(days=n) for n in range(60))
    came = wall("2026-11-30 10:00")
    found = due_at(received=came, terms=terms(closed=shut))
    assert found.at == came.astimezone(UTC) + LONGEST
    assert found.because == "14 days after it came in, which is the longest that anybody waits"
    assert due_at(received=came, terms=terms(kind=CLOCK_HOURS, hours=5000)).at == found.at


# came in -> why, in words
WORDS = [
    ("2026-11-23 10:05", "it came in while the clinic was open, so by Tue 24 Nov 2026 10:05"),
    (
        "2026-11-23 18:00",
        "it came in while the clinic was closed, which counts as Tue 24 Nov 2026 09:00, so by Wed 25 Nov 2026 09:00",
    ),
    ("2026-11-19 16:00", "it came in while the clinic was open, so by Fri 20 Nov 2026 14:00, when it closes"),
    ("2026-11-19 09:30", "it came in while the clinic was open, so by Fri 20 Nov 2026 10:00, when it opens"),
]


@pytest.mark.parametrize(("received", "words"), WORDS)
def test_it_says_why(received: str, words: str) -> None:
    found = due_at(received=wall(received), terms=terms(opening=SHORT_FRIDAY))
    assert found.because == f"one business day: {words}"
    assert found.tzdata >= "2026b"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no zone"):
        due_at(received=datetime(2026, 11, 23, 10), terms=terms())  # noqa: DTZ001 - that is what is refused


# minutes since it came in, of a promise of 1,000 minutes -> the mark that was passed, whole minutes left
MARKS = [
    (-5, 0, 1005),
    (0, 0, 1000),
    (499.9, 0, 500),
    (500, 50, 500),
    (799.9, 50, 200),
    (800, 80, 200),
    (999.9, 80, 0),
    (1000, 100, 0),
    (1000.1, 100, -1),
    (5000, 100, -4000),
]


@pytest.mark.parametrize(("minutes", "mark", "left"), MARKS)
def test_marks_of_the_promise(minutes: float, mark: int, left: int) -> None:
    came = wall("2026-10-31 20:00").astimezone(UTC)
    ends, now = came + timedelta(minutes=1000), came + timedelta(minutes=minutes)
    assert stage(received=came, due=ends, now=now) == mark
    assert minutes_left(due=ends, now=now) == left
    assert share_passed(received=came, due=ends, now=now) == pytest.approx(max(minutes, 0) / 1000)


def test_what_is_due_at_once_has_passed_every_mark() -> None:
    came = wall("2026-11-23 10:00").astimezone(UTC)
    assert stage(received=came, due=came, now=came) == 100
    assert share_passed(received=came, due=came, now=came) == 1
    assert stage(received=came, due=came, now=came - timedelta(seconds=30)) == 100
    assert share_passed(received=came, due=came, now=came - timedelta(seconds=30)) == 1
