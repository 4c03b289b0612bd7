"""A zone's clock beside the instants: days as they really last there, and the instant of what a clock shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from liftback.records.scheduling.zones import zone

DAY = 24 * 60
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = EPOCH.date().toordinal()
# No two changes of a clock lie closer together than this; nor is any clock further from UTC than the margin.
_LOOK = 6 * 60
_MARGIN = DAY + 2 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Instants, in minutes since 1970 (UTC), over which a clock keeps its offset (minutes east of UTC)."""

    begins: int
    ends: int
    offset: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalDay:
    """A day of a zone's calendar, as the stretches of instants in which the clock shows it."""

    day: date
    stretches: tuple[Stretch, ...]

    @property
    def plain(self) -> bool:
        """Whether the clock runs through it without a change."""
        return len(self.stretches) == 1 and self.stretches[0].ends - self.stretches[0].begins == DAY


def minute_of(instant: datetime) -> int:
    """The minute since 1970 that an instant lies in."""
    return (instant - EPOCH) // timedelta(minutes=1)


def instant_of(minute: int) -> datetime:
    """The beginning of a minute since 1970, in UTC."""
    return EPOCH + timedelta(minutes=minute)


@lru_cache(maxsize=256)
def local_days(zone_name: str, first: date, count: int) -> tuple[LocalDay, ...]:
    """So many days of a zone's calendar from `first` on, in order; a day that it leaves out has no stretch."""
    begins = (first.toordinal() - _EPOCH_DAY) * DAY
    found: dict[int, list[Stretch]] = {first.toordinal() + n: [] for n in range(count)}
    for stretch in _stretches(zone_name, begins - _MARGIN, begins + count * DAY + _MARGIN):
        shown, last = stretch.begins + stretch.offset, stretch.ends + stretch.offset
        for number in range(shown // DAY, -(-last // DAY)):
            if number + _EPOCH_DAY not in found:
                continue
            a, b = max(shown, number * DAY), min(last, (number + 1) * DAY)
            found[number + _EPOCH_DAY].append(
                Stretch(begins=a - stretch.offset, ends=b - stretch.offset, offset=stretch.offset)
            )
    return tuple(LocalDay(day=date.fromordinal(n), stretches=tuple(parts)) for n, parts in found.items())


def _stretches(zone_name: str, begins: int, ends: int) -> list[Stretch]:
    """The instants between, cut where the clock changes."""
    here = zone(zone_name)

    def offset(minute: int) -> int:
        shift = instant_of(minute).astimezone(here).utcoffset() or timedelta(0)
        return shift // timedelta(minutes=1)

    out: list[Stretch] = []
    since, kept, at = begins, offset(begins), begins
    while at < ends:
        later = min(at + _LOOK, ends)
        if (then := offset(later)) != kept:
            low, high = at, later
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (middle, high) if offset(middle) == kept else (low, middle)
            out.append(Stretch(begins=since, ends=high, offset=kept))
            since, kept = high, then
        at = later
    return [*out, Stretch(begins=since, ends=ends, offset=kept)]


def earliest(zone_name: str, day: date, wall: time) -> datetime:
    """The instant (UTC) at which a clock shows that time of that day, the earlier where there are two readings.

    In autumn a time is shown twice: the first. In spring one is skipped: as if the clock had already been put forward,
    which is a little before the jump.
    """
    here = zone(zone_name)
    readings = (datetime.combine(day, wall.replace(fold=fold), tzinfo=here).astimezone(UTC) for fold in (0, 1))
    return min(readings)
