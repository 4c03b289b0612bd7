"""The pain diary: one row a day, scores from 0 to 10, missing is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryDay:
    """What the lifter wrote for one day. Scores are 0-10; None is not written, never zero.

    `lift_pain` is pain during the main lift; `event` is a tweak on that day.
    """

    day: date
    pain: float | None = None
    sleep: float | None = None
    stress: float | None = None
    lift_pain: float | None = None
    event: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diary:
    """Diary days in order of date, each date once."""

    days: tuple[DiaryDay, ...] = ()

    def pain_on(self, day: date) -> float | None:
        """The pain written for a day, or None."""
        return next((entry.pain for entry in self.days if entry.day == day), None)
