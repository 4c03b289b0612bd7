"""Hours of a day are put in order and joined."""

from __future__ import annotations

from datetime import date, time

from liftback.records.scheduling.hours import by_weekday, minutes_of, of_day, tidy, without

EIGHT, NINE, TEN, NOON = time(8), time(9), time(10), time(12)


def test_hours_that_overlap_or_touch_are_one() -> None:
    assert tidy([(TEN, NOON), (EIGHT, NINE)]) == ((EIGHT, NINE), (TEN, NOON))
    assert tidy([(NINE, TEN), (EIGHT, NINE)]) == ((EIGHT, TEN),)
    assert tidy([(EIGHT, NOON), (NINE, TEN)]) == ((EIGHT, NOON),)
    assert tidy([(TEN, NINE), (NINE, NINE)]) == ()


def test_a_part_is_taken_away() -> None:
    assert without([(EIGHT, NOON)], (NINE, TEN)) == ((EIGHT, NINE), (TEN, NOON))
    assert without([(EIGHT, NOON)], (EIGHT, TEN)) == ((TEN, NOON),)
    assert without([(EIGHT, NINE)], (TEN, NOON)) == ((EIGHT, NINE),)
    assert without([(NINE, TEN)], (EIGHT, NOON)) == ()


def test_rows_of_a_week() -> None:
    days = by_weekday([(0, NINE, TEN), (0, TEN, NOON), (6, EIGHT, NINE)])
    assert len(days) == 7
    assert of_day(days, date(2026, 11, 23)) == ((NINE, NOON),)
    assert of_day(days, date(2026, 11, 22)) == ((EIGHT, NINE),)
    assert of_day(days, date(2026, 11, 24)) == ()
    assert minutes_of(time(9, 30)) == 570
