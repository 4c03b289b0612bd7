"""How the time of a call is said: always from the instant and a zone, the same on the page, in the e-mail, at the desk.

The difference to UTC stands with the zone, because a clock that is put back shows some times twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import formats

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
    return Said(
        day=formats.date_format(local, "l j F Y"),
        clock=formats.time_format(local.time(), "TIME_FORMAT"),
        hm=f"{local:%H:%M}",
        zone=zone_words(zone, at),
    )


def zone_words(zone: str, at: datetime) -> str:
    """A zone by its city, with its difference to UTC at that instant: "Kolkata time (UTC+5:30)"."""
    offset = at.astimezone(zone_of(zone)).utcoffset() or timedelta()
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
