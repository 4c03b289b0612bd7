"""Pictures without a library: the ranges of a timeline, and the sets of each week. Plain SVG as text.

Colours come from the page (`--ink`, `--muted`, `--range`, `--range-wide`, `--line`), with a fallback that can be
read on white paper. Nothing in a picture is only in the picture: a table or list below it says the same.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Protocol

# The calendar, and what the axis names. Weeks are wide at the start, where most happens, and months narrow.
_WEEK, _YEAR = 7, 365
_TICKS = ((7, "1 wk"), (28, "4 wk"), (91, "3 mo"), (182, "6 mo"), (365, "1 yr"))
TODAY, BEGINNING = "today", "the day it began"
# Sizes of the drawing, in the units of its view box; about one to one on a phone.
_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 340, 8, 26, 26, 46
_BAR_DOWN, _THIN, _THICK, _MIDDLE = 30, 6, 14, 20
_NAME_DOWN, _TEXT, _SMALL, _ARROW, _RIM = 16, 13, 11, 7, 6
_PATTERN_WIDTH, _PATTERN_ROW, _COLUMN_MOST, _COLUMN_GAP, _COUNT_WIDTH = 96, 44, 26, 3, 44


class Ranges(Protocol):
    """What a row of the picture needs: days from the start of the axis; a high end of None is after a year."""

    @property
    def name(self) -> str:
        """What is reached."""

    @property
    def half(self) -> tuple[float, float | None]:
        """The middle half of people."""

    @property
    def most(self) -> tuple[float, float | None]:
        """Eight in ten."""

    @property
    def middle(self) -> float | None:
        """When half of them are there; None is after a year."""

    @property
    def half_words(self) -> str:
        """The middle half in words."""

    @property
    def missing_words(self) -> str:
        """The share not there within a year, in words."""


def axis_share(days: float | None) -> float:
    """Where a day lies on the axis, from 0 (the start) to 1 (a year, or later)."""
    if days is None or days >= _YEAR:
        return 1.0
    return math.log1p(max(days, 0) / _WEEK) / math.log1p(_YEAR / _WEEK)


def axis_start(counted_from: str) -> str:
    """The word at the start of the axis."""
    return "now" if counted_from == TODAY else "start"


def timeline_svg(ranges: Sequence[Ranges], counted_from: str, name: str = "timeline") -> str:
    """The picture of the ranges. `name` makes the ids in it unique on a page; empty without ranges."""
    if not ranges:
        return ""
    height = _TOP + _ROW * len(ranges)
    told = "; ".join(f"{r.name}: half of people {r.half_words}, {r.missing_words} not within a year" for r in ranges)
    rows = [_range_row(one, _TOP + number * _ROW) for number, one in enumerate(ranges)]
    description = f"Ranges counted from {counted_from}. {told}."
    return _picture(
        height, f"{name}-picture", "How long it takes people", description, [*_axis(height, counted_from), *rows]
    )


def _picture(height: int, name: str, title: str, description: str, parts: Sequence[str]) -> str:
    return (
        f'<svg class="picture" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-labelledby="{escape(name)}-title {escape(name)}-desc" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="inherit" fill="var(--ink, #1d2023)">'
        f'<title id="{escape(name)}-title">{escape(title)}</title>'
        f'<desc id="{escape(name)}-desc">{escape(description)}</desc>{"".join(parts)}</svg>'
    )


def _x(days: float | None) -> float:
    return round(_LEFT + axis_share(days) * (_WIDTH - _LEFT - _RIGHT), 1)


def _axis(height: int, counted_from: str) -> list[str]:
    parts = [_word(_LEFT, _SMALL, axis_start(counted_from), size=_SMALL, muted=True)]
    for days, label in ((0, ""), *_TICKS):
        parts.append(_line((_x(days), _NAME_DOWN), (_x(days), height), "var(--line, #c9c4ba)"))
        if label:
            parts.append(_word(_x(days), _SMALL, label, size=_SMALL, muted=True, anchor="middle"))
    return parts


def _range_row(one: Ranges, top: int) -> str:
    y = top + _BAR_DOWN
    parts = [
        _bar(one.most, y, _THIN, "var(--range-wide, #6793ae)"),
        _bar(one.half, y, _THICK, "var(--range, #1f5f86)"),
        _word(_LEFT, top + _NAME_DOWN, one.name, size=_TEXT, halo=True),
        _word(
            _WIDTH,
            top + _NAME_DOWN,
            f"> 1 yr: {one.missing_words}",
            size=_SMALL,
            muted=True,
            halo=True,
            anchor="end",
        ),
    ]
    if one.middle is not None:
        # A rim of paper, so that the mark can be told from the bar it stands on.
        ends = ((_x(one.middle), y - _MIDDLE / 2), (_x(one.middle), y + _MIDDLE / 2))
        parts.append(_line(*ends, "var(--paper, #fff)", _RIM))
        parts.append(_line(*ends, "var(--ink, #1d2023)", 2))
    return "".join(parts)


def _bar(span: tuple[float, float | None], y: int, thick: int, colour: str) -> str:
    left, right = _x(span[0]), _x(span[1])
    wide = max(round(right - left, 1), 1)
    bar = f'<rect x="{left}" y="{y - thick / 2}" width="{wide}" height="{thick}" style="fill:{colour}"/>'
    if span[1] is not None and span[1] < _YEAR:
        return bar
    # An open end points on: after a year, and we do not say when.
    tip = f"{right},{y - thick / 2} {right + _ARROW},{y} {right},{y + thick / 2}"
    return f'{bar}<polygon points="{tip}" style="fill:{colour}"/>'


def _line(start: tuple[float, float], end: tuple[float, float], colour: str, wide: int = 1) -> str:
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" style="stroke:{colour};stroke-width:{wide}"/>'


def _word(
    x: float, y: float, text: str, *, size: int, muted: bool = False, anchor: str = "start", halo: bool = False
) -> str:
    colour = "fill:var(--muted, #555d66)" if muted else "fill:var(--ink, #1d2023)"
    if halo:
        # A rim in the colour of the paper keeps words apart from the lines behind them.
        colour += ";paint-order:stroke;stroke:var(--paper, #fff);stroke-width:4px;stroke-linejoin:round"
    return f'<text x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}" style="{colour}">{escape(text)}</text>'


def weekly_sets_svg(weeks: Mapping[str, Sequence[float]], first: str, last: str, name: str = "weeks") -> str:
    """Columns of hard sets per week, one row for each pattern (oldest week first); empty without weeks."""
    rows = {pattern: sets for pattern, sets in weeks.items() if sets and max(sets) > 0}
    if not rows:
        return ""
    most = max(max(sets) for sets in rows.values())
    told = "; ".join(f"{pattern}: last week {sets[-1]:g} sets, most {max(sets):g}" for pattern, sets in rows.items())
    parts = [_pattern_row(one, rows[one], number * _PATTERN_ROW, most) for number, one in enumerate(rows)]
    height = _PATTERN_ROW * len(rows) + _NAME_DOWN
    parts.append(_word(_PATTERN_WIDTH, height - 2, first, size=_SMALL, muted=True))
    end = _WIDTH - _COUNT_WIDTH
    parts.append(_word(end, height - 2, last, size=_SMALL, muted=True, anchor="end"))
    description = f"Weeks from {first} to {last}. {told}."
    return _picture(height, f"{name}-picture", "Sets a week by movement pattern", description, parts)


def _pattern_row(pattern: str, sets: Sequence[float], top: int, most: float) -> str:
    base = top + _PATTERN_ROW - _NAME_DOWN / 2
    step = (_WIDTH - _PATTERN_WIDTH - _COUNT_WIDTH) / len(sets)
    wide = max(min(step - _COLUMN_GAP, _COLUMN_MOST), 1)
    parts = [_line((_PATTERN_WIDTH, base), (_WIDTH - _COUNT_WIDTH, base), "var(--line, #c9c4ba)")]
    for week, count in enumerate(sets):
        tall = round(_COLUMN_MOST * count / most, 1)
        x = round(_PATTERN_WIDTH + week * step, 1)
        parts.append(
            f'<rect x="{x}" y="{base - tall}" width="{wide:.1f}" height="{tall}" style="fill:var(--range, #1f5f86)"/>'
        )
    parts.append(_word(0, base, pattern.replace("_", " "), size=_TEXT))
    parts.append(_word(_WIDTH, base, f"{sets[-1]:g} sets", size=_SMALL, muted=True, anchor="end"))
    return "".join(parts)
