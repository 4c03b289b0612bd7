"""The picture of a planned week: a bar for the load on the back of each day, under the cap. Plain SVG as text.

Colours come from the page as in `liftback.exchange.course_svg`. Nothing is only in the picture: the week says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from liftback.exchange.plan_page import Day

# Sizes of the drawing, in the units of its view box; about one to one on a phone.
_WIDTH, _LEFT, _RIGHT, _TOP, _TALL, _FOOT = 340, 4, 4, 22, 64, 18
_SMALL, _BASE, _BAR_SHARE, _LIFTED, _DAY_LETTERS = 11, 4, 0.56, 15, 3
SEEN = 0.05
"""A load below this rounds to nothing: no bar, no number."""
_INK, _MUTED = "var(--ink, #1d2023)", "var(--muted, #555d66)"
_PAPER, _DEEP = "var(--paper, #fff)", "var(--range, #1f5f86)"


def plan_week_svg(days: Sequence[Day], cap: float | None, name: str = "week") -> str:
    """The picture of the days of a week; `name` makes the ids in it unique on a page. Empty without any load."""
    if not any(day.back >= SEEN for day in days):
        return ""
    ids, high = f"{escape(name)}-picture", _TOP + _TALL + _FOOT
    parts = [
        f'<rect width="{_WIDTH}" height="{high}" style="fill:{_PAPER}"/>',
        *_bars(days, max((cap or 0, *(day.back for day in days)))),
        *_cap(cap, max((cap or 0, *(day.back for day in days)))),
    ]
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {high}" role="img" aria-labelledby="{ids}-title {ids}-desc" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="system-ui, sans-serif" fill="{_INK}">'
        f'<title id="{ids}-title">Load on your back, day by day</title>'
        f'<desc id="{ids}-desc">{escape(week_words(days, cap))}</desc>{"".join(parts)}</svg>'
    )


def week_words(days: Sequence[Day], cap: float | None) -> str:
    """What the picture shows, in a few sentences for somebody who listens to it."""
    loaded = [f"{day.name} {day.back:.1f}" for day in days if day.back >= SEEN]
    told = f"{', '.join(loaded)} of your typical session; the other days hardly any." if loaded else "Hardly any."
    return told if cap is None else f"{told} The most for a day is {cap:.1f}."


def _bars(days: Sequence[Day], largest: float) -> Iterator[str]:
    step = (_WIDTH - _LEFT - _RIGHT) / len(days)
    ground = _TOP + _TALL
    yield _line(ground, _MUTED)
    for place, day in enumerate(days):
        middle = _LEFT + (place + 0.5) * step
        weight = "700" if day.is_today else "400"
        yield _word(middle, ground + _FOOT - _BASE, day.name[:_DAY_LETTERS], f"fill:{_INK};font-weight:{weight}")
        if day.back < SEEN:
            continue
        wide, tall = step * _BAR_SHARE, _TALL * day.back / largest
        yield (
            f'<rect class="dose" x="{_n(middle - wide / 2)}" y="{_n(ground - tall)}" width="{_n(wide)}" '
            f'height="{_n(tall)}" style="fill:{_DEEP}"/>'
        )
        inside = tall >= _LIFTED + _BASE
        y, fill = (ground - tall + _LIFTED, _PAPER) if inside else (ground - tall - _BASE, _INK)
        yield _word(middle, y, f"{day.back:.1f}", f"fill:{fill};font-weight:600")


def _cap(cap: float | None, largest: float) -> Iterator[str]:
    if cap is None:
        return
    y = _TOP + _TALL - _TALL * cap / largest
    yield _line(y, _INK, dashed=True)
    yield _word(_LEFT, y - _BASE, f"most {cap:.1f}", f"fill:{_INK}", anchor="start")


def _n(value: float) -> str:
    return f"{round(value, 1):g}"


def _line(y: float, colour: str, *, dashed: bool = False) -> str:
    dashes = ";stroke-dasharray:4 3;stroke-width:1.5" if dashed else ";stroke-width:1"
    return f'<line x1="{_LEFT}" y1="{_n(y)}" x2="{_WIDTH - _RIGHT}" y2="{_n(y)}" style="stroke:{colour}{dashes}"/>'


def _word(x: float, y: float, text: str, style: str, anchor: str = "middle") -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_SMALL}" text-anchor="{anchor}" style="{style}">'
        f"{escape(text)}</text>"
    )
