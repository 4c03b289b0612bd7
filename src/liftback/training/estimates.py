"""Estimated best single (e1RM) from a set of few repetitions, as a band across published formulas.

No formula is right for everybody, so the lowest, the middle (median) and the highest of six are given; a real
single is its own weight. Sets of many repetitions give no estimate. Constants are parameters of the topic
`exercises`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from liftback.knowledge.loader import Knowledge
from liftback.training.exercises import Match
from liftback.training.log import LoggedSet, kilograms

_PERCENT = 100.0
Multipliers = Mapping[int, tuple[tuple[str, float], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """An estimated single in the unit of the set: lowest, middle and highest formula, and each by name."""

    low: float
    middle: float
    high: float
    by_formula: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftEstimate:
    """The best estimate of one lift, with the set it comes from.

    `change` is the middle against the middle of the weeks before, as a share (0.1 is ten percent up); None
    where there is nothing to compare with.
    """

    exercise: str
    pattern: str
    estimate: Estimate
    unit: str
    weight: float
    reps: int
    day: date
    line: int
    change: float | None = None


def _formulas(knowledge: Knowledge) -> dict[str, Callable[[int], float]]:
    """Each formula as repetitions to the multiple of the weight."""
    number = knowledge.number
    epley, brzycki = number("exercises.epley_divisor"), number("exercises.brzycki_reps")
    lombardi, oconner = number("exercises.lombardi_power"), number("exercises.oconner_divisor")
    intercept, slope = knowledge.parameters["exercises.lander"].numbers
    floor, span, decay = knowledge.parameters["exercises.mayhew"].numbers
    return {
        "Epley": lambda reps: 1 + reps / epley,
        "Brzycki": lambda reps: (brzycki - 1) / (brzycki - reps),
        "Lombardi": lambda reps: float(reps**lombardi),
        "O'Conner": lambda reps: 1 + reps / oconner,
        "Lander": lambda reps: _PERCENT / (intercept - slope * reps),
        "Mayhew": lambda reps: _PERCENT / (floor + span * math.exp(-decay * reps)),
    }


def multipliers(knowledge: Knowledge) -> Multipliers:
    """For each number of repetitions that gives an estimate: the multiple of the weight by each formula."""
    formulas = _formulas(knowledge)
    most = int(knowledge.number("exercises.reps_most"))
    table = {reps: tuple((name, one(reps)) for name, one in formulas.items()) for reps in range(2, most + 1)}
    return {1: tuple((name, 1.0) for name in formulas), **table}


def estimate_single(weight: float, reps: int, table: Multipliers) -> Estimate | None:
    """The estimated single of one set; None for no weight or too many repetitions."""
    if weight <= 0 or reps not in table:
        return None
    values = tuple((name, weight * multiple) for name, multiple in table[reps])
    numbers = [value for _, value in values]
    return Estimate(low=min(numbers), middle=median(numbers), high=max(numbers), by_formula=values)


def middles(table: Multipliers) -> dict[int, float]:
    """The middle multiple for each number of repetitions."""
    return {reps: median(multiple for _, multiple in row) for reps, row in table.items()}


def counts_for_estimate(one: LoggedSet) -> bool:
    """Whether a hard set may give an estimate: weighted, and not lightened by a machine or band."""
    return bool(one.weight) and "assist" not in one.exercise.lower()


def lift_estimates(
    hard: Iterable[LoggedSet], matches: Mapping[str, Match], knowledge: Knowledge, last_day: date
) -> tuple[LiftEstimate, ...]:
    """The best estimate of each lift from the last weeks of hard sets, and its change against the weeks before."""
    table = multipliers(knowledge)
    middle = middles(table)
    span = timedelta(weeks=knowledge.number("exercises.estimate_weeks"))
    best: dict[str, tuple[float, LoggedSet]] = {}
    before: dict[str, float] = {}
    for one in hard:
        reps, weight = one.reps, one.weight
        if not reps or not weight or reps not in middle or one.day <= last_day - 2 * span:
            continue
        if not counts_for_estimate(one):
            continue
        value = (kilograms(weight, one.unit) or weight) * middle[reps]
        if one.day <= last_day - span:
            before[one.exercise] = max(value, before.get(one.exercise, 0.0))
        elif one.exercise not in best or value > best[one.exercise][0]:
            best[one.exercise] = (value, one)
    found = (
        _lift(
            one,
            matches[one.exercise].pattern,
            value / before[one.exercise] - 1 if one.exercise in before else None,
            table,
        )
        for value, one in best.values()
    )
    return tuple(sorted(found, key=lambda lift: lift.exercise))


def _lift(one: LoggedSet, pattern: str, change: float | None, table: Multipliers) -> LiftEstimate:
    weight, reps = one.weight or 0.0, one.reps or 0
    estimate = estimate_single(weight, reps, table)
    if estimate is None:  # the caller chose sets that give one
        raise ValueError(f"line {one.line} gives no estimate")
    return LiftEstimate(
        exercise=one.exercise,
        pattern=pattern,
        estimate=estimate,
        unit=one.unit,
        weight=weight,
        reps=reps,
        day=one.day,
        line=one.line,
        change=change,
    )
