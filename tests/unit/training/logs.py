"""Logs written in a line: sets by day, lift, weight and repetitions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from liftback.training.log import LoggedSet, TrainingLog, UnitFinding

START = date(2026, 8, 31)  # a Monday
TODAY = date(2026, 11, 23)


def a_set(
    day: int, lift: str, weight: float | None, reps: int | None, kind: str = "normal", **more: object
) -> LoggedSet:
    """A set on the day so many days after the start."""
    unit = str(more.get("unit", "kg")) if weight else "bodyweight"
    seconds = float(str(more["seconds"])) if "seconds" in more else None
    when = START + timedelta(days=day)
    return LoggedSet(when, None, "Workout", lift, kind, weight, unit, reps, seconds, None, "", None, "", 2)


def sets_of(day: int, lift: str, count: int, weight: float, reps: int) -> list[LoggedSet]:
    """Several equal sets of a day."""
    return [a_set(day, lift, weight, reps) for _ in range(count)]


def log_of(sets: Iterable[LoggedSet]) -> TrainingLog:
    """A log of these sets, nothing left out."""
    kept = tuple(sets)
    units = UnitFinding(unit="kg", basis="stated", reason="The test says so.")
    return TrainingLog(format="strong", rows=len(kept), sets=kept, not_sets=(), errors=(), units=units)
