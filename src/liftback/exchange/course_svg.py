"""The picture of a course: scores, the felt trend with its ranges, and the training below. Plain SVG as text.

Colours come from the page as in `liftback.exchange.timeline_svg`. Flares and tweaks have shapes of their own, so that
nothing is told by colour alone. Nothing is only in the picture: a table says the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from typing import Any

Day = Mapping[str, Any]
# The calendar, the scale of a score, and what the axes name.
_WEEK, _FEWEST_DAYS, _MONTHS_FROM, _MOST_LABELS = 7, 14, 119, 5
_HIGHEST, _GRID = 10, (0, 2, 4, 6, 8, 10)
# Places of 80 %, of 50 % and of the middle in a day's band.
_MOST, _HALF, _MIDDLE = (0, 4), (1, 3), 2
# Sizes of the drawing, in the units of its view box; about one to one on a phone.
_WIDTH, _LEFT, _RIGHT, _TOP, _TALL = 340, 20, 6, 34, 170
_GAP, _BARS, _FOOT, _SMALL, _BASE, _AIR = 34, 50, 18, 11, 4, 34
_DOT_LEAST, _DOT_MOST, _DOT_SHARE, _FLARE, _CROSS = 1.5, 3.2, 0.45, 1.7, 3.5
_BAR_LEAST, _BAR_MOST, _BAR_SHARE, _DOSE_LEAST = 1.4, 9.0, 0.7, 1.5
_PALE, _CROSS_DOWN, _MEASURE = 0.35, 24, 8
SEEN = 0.05
"""A dose below this rounds to nothing: not drawn, not listed."""
WITH_TWEAKS = " with what a tweak adds"
"""What the line of a picture holds besides the felt trend, which is told without it elsewhere."""
_INK, _MUTED, _LINE = "var(--ink, #1d2023)", "var(--muted, #555d66)", "var(--line, #d8d3c9)"
_PAPER, _DEEP, _WIDE = "var(--paper, #fff)", "var(--range, #1f5f86)", "var(--range-wide, #6793ae)"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where a day, a score and a dose lie in the drawing."""

    first: date
    days: int
    largest: float | None

    @property
    def step(self) -> float:
        """The width of a day."""
        return (_WIDTH - _LEFT - _RIGHT) / self.days

    @property
    def floor(self) -> float:
        """Where a score of nought lies."""
        return _TOP + _TALL

    @property
    def ground(self) -> float:
        """The foot of the bars; that of the scores where there are none."""
        return self.floor + (0 if self.largest is None else _GAP + _BARS)

    def x(self, day: date) -> float:
        """The middle of a day."""
        return _LEFT + ((day - self.first).days + 0.5) * self.step

    def y(self, score: float) -> float:
        """The height of a score, kept on the scale."""
        return self.floor - _TALL * min(max(score, 0), _HIGHEST) / _HIGHEST

    def tall(self, dose: float) -> float:
        """How high the bar of a dose is."""
        return _BARS * dose / (self.largest or 1)


def course_svg(days: Sequence[Day], name: str = "course", *, smallest: float | None = None) -> str:
    """The picture of the days of a course (`trajectory.days` of the report), the last of them being today.

    `name` makes the ids in it unique on a page. `smallest` draws how large the smallest change that matters is, in
    points. Empty without days.
    """
    if not days:
        return ""
    frame = _frame(days)
    parts = [
        f'<rect width="{_WIDTH}" height="{_n(frame.ground + _FOOT)}" style="fill:{_PAPER}"/>',
        *_scale(frame),
        *_calendar(frame),
        *_bands(days, frame),
        *(_measure(smallest, frame) if smallest else ()),
        *_tweaks(days, frame),
        *_dots(days, frame),
        *_bars(days, frame),
    ]
    ids = f"{escape(name)}-picture"
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {_n(frame.ground + _FOOT)}" role="img" '
        f'aria-labelledby="{ids}-title {ids}-desc" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="system-ui, sans-serif" fill="{_INK}">'
        f'<title id="{ids}-title">Your scores, the felt trend and your training</title>'
        f'<desc id="{ids}-desc">{escape(course_words(days))}</desc>{"".join(parts)}</svg>'
    )


def course_words(days: Sequence[Day]) -> str:
    """What the picture shows, in a few sentences for somebody who listens to it."""
    scores = [float(one["pain"]) for one in days if one.get("pain") is not None]
    doses = [_dose(one) for one in days if _dose(one)]
    flares = sum(bool(one.get("flare")) for one in days)
    tweaks = [str(one["day"]) for one in days if one.get("event")]
    told = [
        f"From {days[0]['day']} to {days[-1]['day']}.",
        f"{_counted(len(scores), 'score')} between {min(scores):g} and {max(scores):g}."
        if scores
        else "No score is written.",
        *_trend_words(days),
        f"{_counted(len(doses), 'session')}, the largest {max(doses):.1f} of a typical one."
        if doses
        else "No training is shown.",
        *([f"{_counted(flares, 'day')} of a flare."] if flares else []),
        *([f"A tweak on {', '.join(tweaks)}."] if tweaks else []),
    ]
    return " ".join(told)


def _trend_words(days: Sequence[Day]) -> Iterator[str]:
    start, now = days[0]["band"], days[-1]["band"]
    if start is None or now is None:
        yield "There are too few scores for a trend."
        return
    low, high = (now[place] for place in _MOST)
    yield f"The felt trend{WITH_TWEAKS} was about {start[_MIDDLE]:.1f} at the start."
    yield f"Today it is about {now[_MIDDLE]:.1f}, eight times in ten between {low:.1f} and {high:.1f}."


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"


def _frame(days: Sequence[Day]) -> _Frame:
    first, last = (date.fromisoformat(str(days[place]["day"])) for place in (0, -1))
    # A first few days stand at the right end, before today, and are not blown up to the whole width.
    shown = max((last - first).days + 1, _FEWEST_DAYS)
    largest = max((_dose(one) for one in days), default=0.0)
    return _Frame(
        first=last - timedelta(days=shown - 1),
        days=shown,
        largest=max(largest, _DOSE_LEAST) if largest else None,
    )


def _dose(day: Day) -> float:
    dose = float(day.get("dose") or 0)
    return dose if dose >= SEEN else 0.0


def _day(one: Day) -> date:
    return date.fromisoformat(str(one["day"]))


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _scale(frame: _Frame) -> Iterator[str]:
    yield _word(0, _SMALL, "Pain, 0 to 10")
    for score in _GRID:
        y = frame.y(score)
        yield _line((_LEFT, y), (_WIDTH - _RIGHT, y), _LINE)
        yield _word(_LEFT - _BASE, y + _BASE, str(score), anchor="end")


def _calendar(frame: _Frame) -> Iterator[str]:
    """A mark for each week or month, in words where there is room; the right end is today."""
    end = _WIDTH - _RIGHT
    yield _word(end, frame.ground + _FOOT - _BASE, "today", anchor="end")
    yield _line((_LEFT, frame.ground), (end, frame.ground), _MUTED)
    for day, label in _ticks(frame):
        x = _LEFT + (day - frame.first).days * frame.step
        yield _line((x, _TOP), (x, frame.ground + _BASE), _LINE)
        if x + _AIR < end - _AIR:
            yield _word(x, frame.ground + _FOOT - _BASE, label)


def _ticks(frame: _Frame) -> Iterator[tuple[date, str]]:
    """Mondays, as many as can be read; the first of each month where the picture is long."""
    days = [frame.first + timedelta(days=place) for place in range(frame.days)]
    if frame.days >= _MONTHS_FROM:
        yield from ((day, f"{day:%b}") for day in days if day.day == 1)
        return
    every = math.ceil(frame.days / _WEEK / _MOST_LABELS)
    mondays = [day for day in days if day.weekday() == 0]
    yield from ((day, f"{day.day} {day:%b}") for day in mondays[::every])


def _bands(days: Sequence[Day], frame: _Frame) -> Iterator[str]:
    if any(one["band"] is None for one in days):
        return
    yield _band(days, frame, _MOST, f"fill:{_WIDE};fill-opacity:{_PALE};stroke:{_WIDE};stroke-width:0.7")
    yield _band(days, frame, _HALF, f"fill:{_WIDE};fill-opacity:0.8")
    middle = _edge(days, frame, _MIDDLE)
    yield f'<polyline points="{" ".join(middle)}" style="fill:none;stroke:{_DEEP};stroke-width:2"/>'


def _band(days: Sequence[Day], frame: _Frame, ends: tuple[int, int], style: str) -> str:
    low, high = (_edge(days, frame, end) for end in ends)
    return f'<polygon points="{" ".join((*low, *reversed(high)))}" style="{style}"/>'


def _edge(days: Sequence[Day], frame: _Frame, place: int) -> list[str]:
    """A line through all days, half a day longer at both ends, so that a single day can be seen."""
    half = frame.step / 2
    points = [(frame.x(_day(one)), frame.y(one["band"][place])) for one in days]
    points = [(points[0][0] - half, points[0][1]), *points, (points[-1][0] + half, points[-1][1])]
    return [f"{_n(x)},{_n(y)}" for x, y in points]


def _dots(days: Sequence[Day], frame: _Frame) -> Iterator[str]:
    """The scores: a dot each, a triangle on the days of a flare, with a rim of paper."""
    wide = min(max(frame.step * _DOT_SHARE, _DOT_LEAST), _DOT_MOST)
    rim = f"fill:{_INK};stroke:{_PAPER};stroke-width:0.8"
    for one in days:
        if one.get("pain") is None:
            continue
        x, y = frame.x(_day(one)), frame.y(float(one["pain"]))
        if one.get("flare"):
            side = wide * _FLARE
            corners = ((x, y - side), (x + side, y + side), (x - side, y + side))
            points = " ".join(f"{_n(a)},{_n(b)}" for a, b in corners)
            yield f'<polygon class="flare" points="{points}" style="{rim}"/>'
        else:
            yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(wide)}" style="{rim}"/>'


def _tweaks(days: Sequence[Day], frame: _Frame) -> Iterator[str]:
    """A cross above the day of a tweak, and a broken line down through it."""
    for one in days:
        if not one.get("event"):
            continue
        x, y = frame.x(_day(one)), float(_CROSS_DOWN)
        arms = " ".join(
            f"M{_n(x - _CROSS)} {_n(y + side)}L{_n(x + _CROSS)} {_n(y - side)}" for side in (-_CROSS, _CROSS)
        )
        yield f'<path class="tweak" d="{arms}" style="stroke:{_INK};stroke-width:2"/>'
        yield _line((x, y + _BASE * 2), (x, frame.ground), _INK, dashed=True)


def _bars(days: Sequence[Day], frame: _Frame) -> Iterator[str]:
    if frame.largest is None:
        return
    yield _word(0, frame.floor + _GAP - _BASE * 2, "Training, 1 = your typical session", halo=True)
    wide = min(max(frame.step * _BAR_SHARE, _BAR_LEAST), _BAR_MOST)
    for one in days:
        if dose := _dose(one):
            tall, x = frame.tall(dose), frame.x(_day(one)) - wide / 2
            yield (
                f'<rect class="dose" x="{_n(x)}" y="{_n(frame.ground - tall)}" width="{_n(wide)}" '
                f'height="{_n(tall)}" style="fill:{_DEEP}"/>'
            )
    y = frame.ground - frame.tall(1)
    yield _line((_LEFT, y), (_WIDTH - _RIGHT, y), _INK, dashed=True)
    yield _word(_LEFT - _BASE, y + _BASE, "1", anchor="end")


def _measure(points: float, frame: _Frame) -> Iterator[str]:
    """A bar with two ends, as tall as a change of so many points, below the top of the scale."""
    x, top, foot = _LEFT + _MEASURE, frame.y(_HIGHEST), frame.y(_HIGHEST - points)
    yield _line((x, top), (x, foot), _INK)
    for y in (top, foot):
        yield _line((x - _BASE, y), (x + _BASE, y), _INK)
    yield _word(
        x + 2 * _BASE, (top + foot) / 2 + _BASE, f"{points:g} points: the smallest change that matters", halo=True
    )


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, *, dashed: bool = False) -> str:
    x1, y1, x2, y2 = (_n(place) for place in (*start, *end))
    dashes = ";stroke-dasharray:2 3" if dashed else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" style="stroke:{colour};stroke-width:1{dashes}"/>'


def _word(x: float, y: float, text: str, anchor: str = "start", *, halo: bool = False) -> str:
    # A rim in the colour of the paper keeps words apart from the lines behind them.
    rim = f";paint-order:stroke;stroke:{_PAPER};stroke-width:4px;stroke-linejoin:round" if halo else ""
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_SMALL}" text-anchor="{anchor}" style="fill:{_MUTED}{rim}">'
        f"{escape(text)}</text>"
    )
