"""Public holidays of a country and its parts, and a word where nobody knows the place."""

from __future__ import annotations

from datetime import date

import pytest

from liftback.records.scheduling.public_holidays import holidays_between


def test_the_holidays_of_a_state() -> None:
    found = holidays_between(country="us", subdivision="ny", years=(2027, 2026, 2026))
    assert (date(2026, 11, 26), "Thanksgiving Day") in found.days
    assert {date(2026, 12, 25), date(2027, 1, 1)} <= found.dates
    assert list(found.days) == sorted(found.days)
    assert len(found.dates) == len(found.days)
    assert found.word == ""


def test_a_part_has_its_own() -> None:
    bavaria, berlin = (holidays_between(country="DE", subdivision=part, years=(2026,)).dates for part in ("BY", "BE"))
    assert date(2026, 1, 6) in bavaria - berlin


@pytest.mark.parametrize("country", ["", "ZZ", "United States", "U\0", "__", "HolidayBase"])
def test_an_unknown_country_has_none_and_says_so(country: str) -> None:
    found = holidays_between(country=country, years=(2026,))
    assert found.days == ()
    assert found.word.startswith("No public holidays are known for")


def test_an_unknown_part_keeps_those_of_the_country() -> None:
    found = holidays_between(country="US", subdivision="XX", years=(2026,))
    assert date(2026, 12, 25) in found.dates
    assert found.word == "XX is not known as a part of US, so only the holidays of the whole country count."
