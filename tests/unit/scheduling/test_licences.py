"""Who may practise where: dated rows, and nobody without one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from liftback.records.scheduling.licences import LicenceRow, ends_soon, may_on, until_when, who_may

TODAY = date(2026, 11, 26)
ANN, BEN = 1, 2


def row(therapist: int = ANN, state: str = "NY", **changes: Any) -> LicenceRow:
    dates = {"valid_from": TODAY - timedelta(days=100), "valid_until": TODAY + timedelta(days=100)}
    return LicenceRow(**{"therapist": therapist, "state": state, "kind": "licence", **dates, **changes})


def test_nobody_may_without_a_row() -> None:
    assert who_may(rows=[], state="NY", day=TODAY) == ()
    assert who_may(rows=[row()], state="NJ", day=TODAY) == ()
    assert who_may(rows=[row(state="")], state="", day=TODAY) == ()


def test_rows_of_two_kinds_in_the_order_of_the_therapists() -> None:
    rows = [row(BEN, kind="compact_privilege"), row(ANN), row(ANN, kind="compact_privilege")]
    assert who_may(rows=rows, state=" ny ", day=TODAY) == (ANN, BEN)


# first day, last day, day asked about (days from today) -> whether it holds
DAYS = [
    (0, 0, 0, True),
    (-9, -1, 0, False),
    (1, 9, 0, False),
    (-9, None, 500, True),
    (-9, 1, 1, True),
    (-9, 1, 2, False),
]


@pytest.mark.parametrize(("first", "last", "asked", "holds"), DAYS)
def test_the_first_and_the_last_day_count(first: int, last: int | None, asked: int, holds: bool) -> None:
    until = None if last is None else TODAY + timedelta(days=last)
    one = row(valid_from=TODAY + timedelta(days=first), valid_until=until)
    assert may_on(rows=[one], therapist=ANN, state="NY", day=TODAY + timedelta(days=asked)) is holds


def test_a_licence_that_ends_tomorrow_does_not_cover_a_call_after_it() -> None:
    rows = [row(valid_until=TODAY + timedelta(days=1))]
    assert may_on(rows=rows, therapist=ANN, state="NY", day=TODAY)
    assert not may_on(rows=rows, therapist=ANN, state="NY", day=TODAY + timedelta(days=2))
    assert ends_soon(rows=rows, day=TODAY, within_days=60) == tuple(rows)
    assert ends_soon(rows=rows, day=TODAY, within_days=0) == ()


def test_one_that_is_renewed_in_time_does_not_end_soon() -> None:
    last = TODAY + timedelta(days=10)
    old, new = row(valid_until=last), row(valid_from=last + timedelta(days=1), valid_until=last + timedelta(days=700))
    assert ends_soon(rows=[old, new], day=TODAY, within_days=60) == ()
    assert ends_soon(rows=[old, row(BEN, valid_from=last)], day=TODAY, within_days=60) == (old,)
    gap = row(valid_from=last + timedelta(days=2))
    assert ends_soon(rows=[old, gap], day=TODAY, within_days=60) == (old,)


def test_until_when_without_a_break() -> None:
    last = TODAY + timedelta(days=10)
    old, new = row(valid_until=last), row(valid_from=last, valid_until=last + timedelta(days=30))
    asked: Any = {"therapist": ANN, "state": "ny", "day": TODAY}
    assert until_when(rows=[old], **asked) == last
    assert until_when(rows=[old, new], **asked) == last + timedelta(days=30)
    assert until_when(rows=[old, row(valid_until=None)], **asked) is None
    with pytest.raises(ValueError, match="may not practise in NJ"):
        until_when(rows=[old], therapist=ANN, state="NJ", day=TODAY)


def test_those_that_end_first_come_first() -> None:
    soon, sooner = row(ANN, valid_until=TODAY + timedelta(days=9)), row(BEN, valid_until=TODAY + timedelta(days=3))
    assert ends_soon(rows=[soon, sooner, row(ANN, "NJ")], day=TODAY, within_days=30) == (sooner, soon)
