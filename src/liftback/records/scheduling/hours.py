"""Hours of a day on the clock of a wall, and which days are open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time

# From when until when on one day's clock; the end is not part of it.
Span = tuple[time, time]
DAYS_OF_A_WEEK = 7
MINUTES_OF_AN_HOUR = 60


def minutes_of(wall: time) -> int:
    """Whole minutes since midnight on that clock."""
    return wall.hour * MINUTES_OF_AN_HOUR + wall.minute


def tidy(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The same hours in order, with those that overlap or touch made one; a span that ends before it begins is none."""
    out: list[Span] = []
    for begins, ends in sorted(span for span in spans if span[0] < span[1]):
        if out and begins <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], ends))
        else:
            out.append((begins, ends))
    return tuple(out)


def without(spans: Iterable[Span], off: Span) -> tuple[Span, ...]:
    """Those hours with one span taken away."""
    out: list[Span] = []
    for begins, ends in tidy(spans):
        out += [(begins, min(ends, off[0])), (max(begins, off[1]), ends)]
    return tidy(out)


def by_weekday(rows: Iterable[tuple[int, time, time]]) -> tuple[tuple[Span, ...], ...]:
    """Rows of (weekday with 0 for Monday, from, until) as seven days of tidy hours."""
    days: list[list[Span]] = [[] for _ in range(DAYS_OF_A_WEEK)]
    for weekday, begins, ends in rows:
        days[weekday].append((begins, ends))
    return tuple(tidy(spans) for spans in days)


def of_day(opening: Sequence[Sequence[Span]], day: date) -> tuple[Span, ...]:
    """The weekly hours that fall on a day."""
    return tuple(opening[day.weekday()])
