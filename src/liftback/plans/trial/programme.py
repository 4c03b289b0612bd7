"""The usual week of every invented lifter: three days and nine lifts, as a log of twelve weeks and as doses."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from liftback.facts.values import Facts, Known
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.usual import own_week
from liftback.training.log import LoggedSet, TrainingLog, UnitFinding

FIRST_MONDAY = date(2026, 6, 1)
"""The Monday of the week in which every episode begins; any Monday would do."""
WEEKS_LOGGED = 12
DAYS_IN_WEEK = 7
EQUIPMENT = ("barbell", "bench", "dumbbells", "cables", "machines", "box", "pullup_bar", "bike")
WEEK = {
    0: (
        ("Deadlift (Barbell)", 3, 5, 140.0),
        ("Bench Press (Barbell)", 4, 6, 85.0),
        ("Seated Row (Cable)", 3, 10, 60.0),
    ),
    2: (("Squat (Barbell)", 4, 5, 115.0), ("Overhead Press (Barbell)", 3, 6, 52.5), ("Pull Up", 3, 8, None)),
    4: (
        ("Romanian Deadlift (Barbell)", 3, 8, 100.0),
        ("Front Squat (Barbell)", 3, 6, 85.0),
        ("Incline Bench Press (Dumbbell)", 3, 10, 30.0),
    ),
}
"""Weekday (0 Monday) to its lifts: name, sets, repetitions, kilograms (None is the own weight)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """The usual week. `lifts` are the doses on the back by weekday and lift, in typical sessions."""

    log: TrainingLog
    lifts: dict[int, tuple[float, ...]]

    def doses(self, day: date) -> tuple[float, ...]:
        """The doses of the usual session of a day, lift by lift; empty on a day off."""
        return self.lifts.get(day.weekday(), ())

    @property
    def weekly(self) -> float:
        """The dose of a usual week."""
        return sum(sum(doses) for doses in self.lifts.values())


def first_day_of(lifter: int) -> date:
    """The day the episode begins: lifters take turns with the weekdays."""
    return FIRST_MONDAY + timedelta(days=lifter % DAYS_IN_WEEK)


@lru_cache(maxsize=2)
def programme_of(plans: PlanKnowledge) -> Programme:
    """The programme with its doses, each worked out as a plan works out its own."""
    log = _log()
    own = own_week(log, Facts({"onset": Known(value=FIRST_MONDAY)}), plans, today=FIRST_MONDAY)
    unknown = plans.known.number("exercises.unknown_intensity")
    lifts: dict[int, list[float]] = {}
    for lift in own.lifts:
        share = lift.own.share if lift.own.share is not None else unknown
        for weekday in lift.usual.weekdays:
            dose = lift.back_load * share * lift.usual.sets / (own.typical or 1.0)
            lifts.setdefault(weekday, []).append(dose)
    return Programme(log=log, lifts={day: tuple(doses) for day, doses in lifts.items()})


def _log() -> TrainingLog:
    sets: list[LoggedSet] = []
    for week in range(WEEKS_LOGGED, 0, -1):
        for weekday, lifts in WEEK.items():
            day = FIRST_MONDAY - timedelta(weeks=week) + timedelta(days=weekday)
            for name, count, reps, weight in lifts:
                sets += [_set(day, name, reps, weight, line=len(sets) + place) for place in range(1, count + 1)]
    units = UnitFinding(unit="kg", basis="stated", reason="")
    return TrainingLog(format="simulated", rows=len(sets), sets=tuple(sets), not_sets=(), errors=(), units=units)


def _set(day: date, name: str, reps: int, weight: float | None, *, line: int) -> LoggedSet:
    return LoggedSet(
        day=day, started=None, workout="", exercise=name, kind="normal", weight=weight,
        unit="bodyweight" if weight is None else "kg", reps=reps, seconds=None, distance=None, distance_unit="",
        rpe=None, note="", line=line,
    )  # fmt: skip
