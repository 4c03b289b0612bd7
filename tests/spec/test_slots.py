"""Which times are free for a call: each table is one that a person can check with a clock and a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from liftback.records.scheduling.hours import by_weekday
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

NEW_YORK, VANCOUVER, LORD_HOWE = "America/New_York", "America/Vancouver", "Australia/Lord_Howe"
MONDAY = date(2026, 11, 23)
ANN, BEN = 1, 2


def hours(*spans: str, days: Sequence[int] = range(7)) -> Any:
    """ "09:00-10:30" on those weekdays."""
    parts = [tuple(time.fromisoformat(one) for one in span.split("-")) for span in spans]
    return by_weekday([(day, begins, ends) for day in days for begins, ends in parts])


def week(*spans: str, days: Sequence[int] = range(7), **more: Any) -> Week:
    return Week(hours=hours(*spans, days=days), **more)


def rules(**changes: Any) -> BookingRules:
    return BookingRules(**{"notice_minutes": 0, "horizon_days": 0, **changes})


def offer(*weeks: Week, zone: str = NEW_YORK, **more: Any) -> Offer:
    return Offer(**{"zone": zone, "therapists": dict(enumerate(weeks, 1)), "rules": rules(), **more})


def at(text: str, zone: str = NEW_YORK, fold: int = 0) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def walls(what: Offer, now: datetime, **more: Any) -> list[str]:
    """The times on the clinic's clock, without the day."""
    return [one.wall[11:] for one in free_starts(offer=what, now=now, **more)]


MIDNIGHT = at(f"{MONDAY}T00:00")


def test_calls_begin_at_full_steps_and_end_within_the_hours() -> None:
    assert walls(offer(week("09:10-10:00")), MIDNIGHT) == ["09:15", "09:30", "09:45"]
    assert walls(offer(week("09:00-09:14")), MIDNIGHT) == []
    assert walls(offer(week("09:00-09:15")), MIDNIGHT) == ["09:00"]
    half = offer(week("09:00-10:00"), rules=rules(call_minutes=30, step_minutes=30))
    assert walls(half, MIDNIGHT) == ["09:00", "09:30"]


def test_an_instant_and_the_clock_it_was_computed_from() -> None:
    (found,) = free_slots(offer=offer(week("09:00-09:15")), now=MIDNIGHT)
    assert (found.therapist, found.starts_at, found.wall) == (
        ANN,
        datetime(2026, 11, 23, 14, tzinfo=UTC),
        "2026-11-23 09:00",
    )
    assert found.ends_at - found.starts_at == timedelta(minutes=15)
    # A visitor in Kolkata reads the same instant on another clock, half an hour off the full one.
    assert found.starts_at.astimezone(ZoneInfo("Asia/Kolkata")).strftime("%H:%M") == "19:30"


# zone, day, hours there, the offered times as (clinic's clock, UTC)
CHANGES = [
    # Spring in New York: 02:00 to 03:00 does not exist. A call may run over the jump: it lasts its minutes.
    (
        NEW_YORK,
        "2026-03-08",
        "01:30-03:30",
        [("01:30", "06:30"), ("01:45", "06:45"), ("03:00", "07:00"), ("03:15", "07:15")],
    ),
    # Autumn in New York: 01:00 to 02:00 is there twice, and is two hours.
    (
        NEW_YORK,
        "2026-11-01",
        "01:30-02:15",
        [("01:30", "05:30"), ("01:45", "05:45"), ("01:30", "06:30"), ("01:45", "06:45"), ("02:00", "07:00")],
    ),
    # Lord Howe goes half an hour forward at 02:00 ...
    (LORD_HOWE, "2026-10-04", "01:45-02:45", [("01:45", "15:15"), ("02:30", "15:30")]),
    # ... and half an hour back at 02:00: 01:30 to 02:00 is there twice.
    (
        LORD_HOWE,
        "2027-04-04",
        "01:30-02:15",
        [("01:30", "14:30"), ("01:45", "14:45"), ("01:30", "15:00"), ("01:45", "15:15"), ("02:00", "15:30")],
    ),
    # St. John's is three and a half hours behind, and two and a half in summer.
    ("America/St_Johns", "2026-11-02", "09:00-09:30", [("09:00", "12:30"), ("09:15", "12:45")]),
    ("America/St_Johns", "2026-07-01", "09:00-09:30", [("09:00", "11:30"), ("09:15", "11:45")]),
    # Vancouver went forward in March 2026, and keeps that clock: nothing happens in November.
    (VANCOUVER, "2026-11-01", "01:30-02:00", [("01:30", "08:30"), ("01:45", "08:45")]),
    (VANCOUVER, "2026-12-15", "09:00-09:15", [("09:00", "16:00")]),
    (VANCOUVER, "2027-03-14", "02:00-02:30", [("02:00", "09:00"), ("02:15", "09:15")]),
    ("Asia/Kathmandu", "2026-11-23", "09:00-09:15", [("09:00", "03:15")]),
    ("Europe/Paris", "2027-03-28", "01:45-03:15", [("01:45", "00:45"), ("03:00", "01:00")]),
    # Cairo changes at midnight: a day in spring begins at 01:00, and one in autumn has 23:00 to 24:00 twice.
    ("Africa/Cairo", "2027-04-30", "00:00-01:30", [("01:00", "22:00"), ("01:15", "22:15")]),
    ("Africa/Cairo", "2026-10-29", "23:30-23:50", [("23:30", "20:30"), ("23:30", "21:30")]),
]


@pytest.mark.parametrize(("zone", "day", "open_then", "expected"), CHANGES)
def test_days_on_which_clocks_change(zone: str, day: str, open_then: str, expected: list[tuple[str, str]]) -> None:
    # Seen from the day before, so that the day lies in the middle of the search.
    what = offer(week(open_then), zone=zone, rules=rules(horizon_days=2))
    now = at(f"{day}T12:00", zone) - timedelta(days=1)
    found = [one for one in free_starts(offer=what, now=now) if one.wall.startswith(day)]
    assert [(one.wall[11:], one.starts_at.strftime("%H:%M")) for one in found] == expected
    assert len({one.starts_at for one in found}) == len(expected)
    assert all(is_offered(offer=what, therapist=ANN, starts_at=one.starts_at, now=now) for one in found)


def test_a_call_over_the_jump_lasts_its_minutes() -> None:
    what = offer(week("01:45-03:15"), rules=rules(call_minutes=30))
    found = free_starts(offer=what, now=at("2026-03-08T00:00"))
    assert [(one.wall[11:], one.ends_at.astimezone(ZoneInfo(NEW_YORK)).strftime("%H:%M")) for one in found] == [
        ("01:45", "03:15")
    ]


def test_a_break_and_days_that_differ() -> None:
    weekly = hours("09:00-09:30", "10:00-10:30", days=[0])
    off = with_exceptions(hours=weekly, off=[(MONDAY, (time(9, 15), time(10, 15)))], extra=[])
    assert walls(offer(Week(hours=weekly)), MIDNIGHT) == ["09:00", "09:15", "10:00", "10:15"]
    assert walls(offer(Week(hours=weekly, exceptions=off)), MIDNIGHT) == ["09:00", "10:15"]
    gone = with_exceptions(hours=weekly, off=[(MONDAY, None)], extra=[])
    assert walls(offer(Week(hours=weekly, exceptions=gone)), MIDNIGHT) == []
    more = with_exceptions(hours=weekly, off=[(MONDAY, None)], extra=[(MONDAY, (time(18), time(18, 30)))])
    assert walls(offer(Week(hours=weekly, exceptions=more)), MIDNIGHT) == ["18:00", "18:15"]
    sunday = with_exceptions(hours=weekly, off=[], extra=[(date(2026, 11, 22), (time(9), time(9, 15)))])
    assert walls(offer(Week(hours=weekly, exceptions=sunday)), at("2026-11-22T00:00")) == ["09:00"]


def test_a_closed_clinic_offers_nothing() -> None:
    assert walls(offer(week("09:00-10:00"), closed_days=frozenset({MONDAY})), MIDNIGHT) == []


# calls that are taken -> what is left of 09:00 to 10:30: a buffer follows each call, and nothing comes before one
TAKEN = [
    (["09:30"], 5, ["09:00", "10:00", "10:15"]),  # 09:15 would need its own buffer until 09:35
    (["09:30"], 0, ["09:00", "09:15", "09:45", "10:00", "10:15"]),
    (["09:30"], 15, ["09:00", "10:00", "10:15"]),
    (["09:00", "10:00"], 5, ["09:30"]),  # one buffer between two calls, never two
    (["09:20"], 5, ["09:00", "09:45", "10:00", "10:15"]),
]


@pytest.mark.parametrize(("calls", "buffer", "left"), TAKEN)
def test_what_is_taken_with_its_buffer(calls: list[str], buffer: int, left: list[str]) -> None:
    how = rules(buffer_minutes=buffer)
    taken = {cell for call in calls for cell in cells(starts_at=at(f"{MONDAY}T{call}"), minutes=how.taken_minutes)}
    what = offer(week("09:00-10:30"), rules=how, taken={ANN: taken})
    assert walls(what, MIDNIGHT) == left


def test_the_pieces_of_a_call() -> None:
    begins = at(f"{MONDAY}T09:00")
    assert cells(starts_at=begins, minutes=20) == tuple(begins + timedelta(minutes=5 * n) for n in range(4))
    # What is not on the grid takes every piece that it touches.
    odd = begins + timedelta(minutes=3, seconds=20)
    assert cells(starts_at=odd, minutes=5) == (begins, begins + timedelta(minutes=5))
    assert cells(starts_at=begins.astimezone(ZoneInfo("Asia/Kolkata")), minutes=1) == (begins,)


# now -> the first time that is offered, with two hours' notice; the clocks go back in between on 1 November
NOTICE = [
    ("2026-11-23T07:00", 0, "09:00"),
    ("2026-11-23T07:00:01", 0, "09:15"),
    ("2026-11-23T08:59", 0, "11:00"),
    ("2026-11-01T00:45", 0, "01:45"),  # two real hours later, the second time that it is 01:45
    ("2026-03-08T01:00", 0, "04:00"),  # two real hours later, with an hour left out
]


@pytest.mark.parametrize(("now", "fold", "first"), NOTICE)
def test_notice_is_real_time(now: str, fold: int, first: str) -> None:
    begins = "09:00-17:00" if now.startswith("2026-11-23") else "01:00-17:00"
    what = offer(week(begins), rules=rules(notice_minutes=120))
    assert walls(what, at(now, fold=fold))[0] == first


def test_the_horizon_and_the_cap_count_days_of_the_clinic() -> None:
    late = at(f"{MONDAY}T23:30")  # already Tuesday in UTC
    what = offer(week("20:00-20:15"), rules=rules(horizon_days=2))
    assert [one.wall[:10] for one in free_starts(offer=what, now=late)] == ["2026-11-24", "2026-11-25"]
    full = {(ANN, date(2026, 11, 24)): 8, (ANN, date(2026, 11, 25)): 7}
    what = offer(week("20:00-20:15"), rules=rules(horizon_days=2), booked_per_day=full)
    assert [one.wall[:10] for one in free_starts(offer=what, now=late)] == ["2026-11-25"]


def test_two_therapists_are_one_row_for_the_visitor() -> None:
    what = offer(week("09:00-09:30"), week("09:15-09:45"))
    assert [(one.wall[11:], one.therapists) for one in free_starts(offer=what, now=MIDNIGHT)] == [
        ("09:00", (ANN,)),
        ("09:15", (ANN, BEN)),
        ("09:30", (BEN,)),
    ]
    assert [(one.wall[11:], one.therapist) for one in free_slots(offer=what, now=MIDNIGHT)] == [
        ("09:00", ANN),
        ("09:15", ANN),
        ("09:15", BEN),
        ("09:30", BEN),
    ]


def test_a_narrower_search() -> None:
    what = offer(week("09:00-10:00"))
    since, until = at(f"{MONDAY}T09:10"), at(f"{MONDAY}T09:45")
    assert walls(what, MIDNIGHT, since=since, until=until) == ["09:15", "09:30"]
    assert walls(what, MIDNIGHT, since=until, until=since) == []
    assert walls(offer(), MIDNIGHT) == []


# What a form could send back instead of an offered time.
FORGED = {
    "in the past": at("2026-11-22T09:00"),
    "long past": datetime.min.replace(tzinfo=UTC),
    "never": datetime.max.replace(tzinfo=UTC),
    "beyond the horizon": at("2026-11-24T09:00"),
    "outside of the hours": at("2026-11-23T08:45"),
    "at the end of the hours": at("2026-11-23T10:00"),
    "off the step": at("2026-11-23T09:05"),
    "off the minute": at("2026-11-23T09:15:30"),
    "without a zone": datetime(2026, 11, 23, 14, 0),  # noqa: DTZ001 - that is what is refused
}


@pytest.mark.parametrize("starts_at", FORGED.values(), ids=FORGED.keys())
def test_a_time_that_is_not_offered(starts_at: datetime) -> None:
    what = offer(week("09:00-10:00"))
    assert not is_offered(offer=what, therapist=ANN, starts_at=starts_at, now=MIDNIGHT)
    good = at(f"{MONDAY}T09:15")
    assert is_offered(offer=what, therapist=ANN, starts_at=good, now=MIDNIGHT)
    assert is_offered(offer=what, therapist=ANN, starts_at=good.astimezone(ZoneInfo("Asia/Tokyo")), now=MIDNIGHT)
    assert not is_offered(offer=what, therapist=BEN, starts_at=good, now=MIDNIGHT)


@pytest.mark.parametrize("wrong", [{"step_minutes": 7}, {"step_minutes": 0}, {"call_minutes": 0}])
def test_rules_that_no_search_could_be_made_with(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="steps of five minutes"):
        rules(**wrong)
