"""A picture of promises kept, one bar a week, as SVG with classes only; patterns stand beside the colours."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from liftback.records.read.clinic.promises import Week

WIDE, HIGH, LEFT, RIGHT, FOOT, TOP = 720, 300, 40, 26, 36, 20
PARTS = ("kept", "open", "withdrawn", "unanswered", "late")
"""From the ground up; what is wrong is on top, where it is seen."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
_LINES = 4
_EVERY = 14
"""With more weeks than this, every other one has its date; on a phone, every other one of those."""


def promise_picture(weeks: Sequence[Week]) -> SafeString:
    """The bars of weeks, oldest first. It says nothing to a screen reader: the table stands beside it."""
    most = max((one.received for one in weeks), default=0)
    step = next((one for one in _STEPS if one * _LINES >= most), _STEPS[-1])
    top = max(step * -(-most // step), step)
    scale = (HIGH - FOOT - TOP) / top
    lines = [_line(value, scale) for value in range(0, top + 1, step)]
    each = (WIDE - LEFT - RIGHT) / max(len(weeks), 1)
    bars = [_week(one, LEFT + place * each, each, scale) for place, one in enumerate(weeks)]
    skip = 2 if len(weeks) > _EVERY else 1
    shown = [(at, one) for at, one in enumerate(weeks) if not (len(weeks) - 1 - at) % skip]
    dates = [
        _date(one, LEFT + (at + 0.5) * each, wide_only=bool((len(shown) - 1 - place) % 2))
        for place, (at, one) in enumerate(shown)
    ]
    return format_html(
        '<svg class="promise-picture" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        '<defs><pattern id="promise-late" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<path class="stripe" d="M0 6L6 0M-1 1L1 -1M5 7L7 5"/></pattern>'
        '<pattern id="promise-open" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<circle class="dot" cx="3" cy="3" r="1.2"/></pattern></defs>{}{}{}</svg>',
        WIDE,
        HIGH,
        _joined(lines),
        _joined(bars),
        _joined(dates),
    )


def _joined(parts: Sequence[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((one,) for one in parts))


def _line(value: int, scale: float) -> SafeString:
    y = round(HIGH - FOOT - value * scale, 1)
    return format_html(
        '<path class="grid-line" d="M{} {}H{}"/><text class="axis" x="{}" y="{}" text-anchor="end">{}</text>',
        LEFT, y, WIDE, LEFT - 6, y + 4, value,
    )  # fmt: skip


def _week(week: Week, x: float, each: float, scale: float) -> SafeString:
    wide, y = round(each * 0.68, 1), HIGH - FOOT
    drawn = []
    for part in PARTS:
        high = round(getattr(week, part) * scale, 1)
        if high:
            y = round(y - high, 1)
            box = (round(x + each * 0.16, 1), y, wide, high)
            drawn.append(format_html('<rect class="part {}" x="{}" y="{}" width="{}" height="{}"/>', part, *box))
            if part in ("late", "unanswered", "open"):
                pattern = "open" if part == "open" else "late"
                drawn.append(
                    format_html('<rect fill="url(#promise-{})" x="{}" y="{}" width="{}" height="{}"/>', pattern, *box)
                )
    return _joined(drawn)


def _date(week: Week, middle: float, *, wide_only: bool) -> SafeString:
    return format_html(
        '<text class="axis{}" x="{}" y="{}" text-anchor="middle">{}</text>',
        " wide-only" if wide_only else "",
        round(middle, 1),
        HIGH - 10,
        date_format(week.first, "j M"),
    )
