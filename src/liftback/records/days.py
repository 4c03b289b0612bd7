"""Which day it is where a lifter is."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from liftback.records.tables.people import Lifter


@cache  # reading the list walks hundreds of files
def zones() -> frozenset[str]:
    """The names of all time zones known here."""
    return frozenset(available_timezones())


def day_in(zone: str, now: datetime) -> date:
    """The day in a time zone; in UTC where the zone is not known."""
    return now.astimezone(ZoneInfo(zone) if zone in zones() else UTC).date()


def day_of(lifter: Lifter, now: datetime) -> date:
    """The day where the lifter is."""
    return day_in(lifter.zone, now)
