"""Days and shares in words: rounded outward, in weeks or months, never a single date."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

WEEK = 7
MONTH = 365.25 / 12
YEAR = 365
_LAST_IN_DAYS = 5  # below a week, a count of days would sound more exact than it is
_LAST_IN_WEEKS = 10
_MONTHS_IN_YEAR = 12
LONGER = "longer than a year"
_TENTHS = 10
_FEW_DAYS = "a few days"


@dataclass(frozen=True, slots=True, kw_only=True)
class _End:
    count: int
    unit: str

    @property
    def text(self) -> str:
        if self.unit == "days":
            return _FEW_DAYS
        if self.unit == "months" and self.count >= _MONTHS_IN_YEAR:
            return "a year"
        return f"{self.count} {self.unit if self.count > 1 else self.unit[:-1]}"


def span_words(low: int, high: int | None) -> str:
    """A span of days in words, such as `about 2 to 7 weeks`; a high end of None is after a year.

    The low end is rounded down and the high end up, so that the words never promise more than the numbers.
    """
    if low >= YEAR:
        return LONGER
    start = _end(low, math.floor)
    if high is None:
        return f"{_about(start)} to {LONGER}"
    stop = _end(high, math.ceil)
    if stop.unit == start.unit == "days":
        return f"{_FEW_DAYS} to a week"
    if stop == start:
        stop = _End(count=stop.count + 1, unit=stop.unit)
    if stop.unit == start.unit and stop.text[0].isdigit():
        return f"about {start.count} to {stop.text}"
    return f"{_about(start)} to {stop.text}"


def _about(end: _End) -> str:
    return end.text if end.unit == "days" else f"about {end.text}"


def _end(days: int, rounded: Callable[[float], int]) -> _End:
    if days <= _LAST_IN_DAYS:
        return _End(count=days, unit="days")
    if days <= _LAST_IN_WEEKS * WEEK:
        return _End(count=max(1, rounded(days / WEEK)), unit="weeks")
    return _End(count=rounded(days / MONTH), unit="months")


def share_words(share: float) -> str:
    """A share of people in words, to the nearest tenth."""
    tenths = round(share * _TENTHS)
    if tenths <= 0:
        return "fewer than 1 in 10"
    return "more than 9 in 10" if tenths >= _TENTHS else f"about {tenths} in 10"
