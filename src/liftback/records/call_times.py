"""How the time of a call is said: always from the instant and a zone, the same on the page, in the e-mail, at the desk.

The difference to UTC stands with the zone, because a clock that is put back shows some times twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import get_language

from liftback.records.days import zones

_HOUR = 3_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """An instant in words: the day, what the clock shows (as the language writes it; `hm` in 24 hours), whose clock."""

    day: str
    clock: str
    hm: str
    zone: str

    @property
    def whole(self) -> str:
        """All of it: "Tuesday 1 December 2026 at 10:05 a.m., New York time (UTC−5)"."""
        return f"{self.day} at {self.clock}, {self.zone}"


def zone_of(name: str) -> ZoneInfo:
    """A zone by its name; UTC for one that is not known."""
    return ZoneInfo(name if name in zones() else "UTC")


def said(at: datetime, zone: str) -> Said:
    """An instant as somebody in a zone says it."""
    local = at.astimezone(zone_of(zone))
    language = get_language() or ""
    return Said(
        day=_day_said(local.date(), language),
        clock=_clock_said(local.time(), language),
        hm=f"{local.hour:02d}:{local.minute:02d}",
        zone=_zone_said(zone, local.utcoffset() or timedelta()),
    )


# A page of free times says hundreds of them: the words of a day, a clock and a zone are made once.


@lru_cache(maxsize=1_024)
def _day_said(day: date, _language: str) -> str:
    return formats.date_format(day, "l j F Y")


@lru_cache(maxsize=1_024)
def _clock_said(clock: time, _language: str) -> str:
    return formats.time_format(clock, "TIME_FORMAT")


def zone_words(zone: str, at: datetime) -> str:
    """A zone by its city, with its difference to UTC at that instant: "Kolkata time (UTC+5:30)"."""
    return _zone_said(zone, at.astimezone(zone_of(zone)).utcoffset() or timedelta())


@lru_cache(maxsize=1_024)
def _zone_said(zone: str, offset: timedelta) -> str:
    city = zone.rsplit("/", 1)[-1].replace("_", " ")
    return f"{city} time ({_offset(offset)})" if zone in zones() and city != "UTC" else _offset(offset)


def _offset(offset: timedelta) -> str:
    seconds = int(offset.total_seconds())
    hours, rest = divmod(abs(seconds), _HOUR)
    minutes = f":{rest // 60:02d}" if rest else ""
    sign = "+" if seconds > 0 else "−"
    return f"UTC{sign}{hours}{minutes}" if seconds else "UTC"


def wall_of(at: datetime, zone: str) -> str:
    """What a clock in a zone shows, as it is kept with a booking: "2026-12-01 10:05"."""
    return f"{at.astimezone(zone_of(zone)):%Y-%m-%d %H:%M}"


def instant_of(wall: str, zone: str) -> datetime | None:
    """The instant of a typed clock time; None for one that is none, or that the clock jumps over.

    A time that the clock shows twice is the first of the two.
    """
    try:
        told = datetime.fromisoformat(wall)
    except ValueError:
        return None
    if told.tzinfo is not None:
        return None
    try:
        at = told.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    except OverflowError:
        return None
    return at if at.astimezone(zone_of(zone)).replace(tzinfo=None) == told else None
