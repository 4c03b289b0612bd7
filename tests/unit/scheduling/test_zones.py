"""One table of time zones for all parts, new enough for the changes that are known."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from liftback.records.scheduling import zones

VANCOUVER = "America/Vancouver"


def test_the_table_is_the_package_and_not_the_machine() -> None:
    assert zoneinfo.TZPATH == ()
    zones.pin()
    assert zoneinfo.TZPATH == ()


def test_the_table_knows_that_british_columbia_keeps_its_summer_clock() -> None:
    assert zones.tzdata_version() >= "2026b"
    found = [
        datetime(year, month, 15, tzinfo=UTC).astimezone(zones.zone(VANCOUVER)).utcoffset()
        for year, month in ((2026, 1), (2026, 7), (2026, 12), (2027, 1), (2027, 7))
    ]
    assert found == [timedelta(hours=hours) for hours in (-8, -7, -7, -7, -7)]


@pytest.mark.parametrize("name", [VANCOUVER, "Asia/Kolkata", "America/Argentina/Buenos_Aires", "UTC"])
def test_a_known_zone(name: str) -> None:
    assert zones.is_known(name)
    assert zones.zone(name) == ZoneInfo(name)
    assert name in zones.names()


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "America", "a\0b", "ü" * 300]
)
def test_any_text_may_be_asked_about(name: str) -> None:
    assert not zones.is_known(name)
    assert zones.zone(name) is UTC
    assert name not in zones.names()


def test_what_can_be_chosen_has_no_old_abbreviations() -> None:
    assert {"EST", "Etc/GMT+5", "GMT"}.isdisjoint(zones.names())
    assert len(zones.names()) > 400
