"""A training log as imported: sets exactly as typed, rows that are not sets, and rows that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

KG_IN_POUND = 0.45359237  # exact, by the definition of the pound


class LoggedSet(NamedTuple):
    """One set as typed. `weight` keeps the number as given; `unit` is kg, lb, bodyweight or unknown.

    A named tuple, because a log holds a hundred thousand of them. `kind` is normal, warmup, drop or failure.
    `line` is the row in the file. None is not given, never zero. A weight of None was left out; 0 was typed as 0;
    both have the unit bodyweight. `seconds` and `distance` are None where the app wrote its 0 for "not recorded".
    """

    day: date
    started: datetime | None
    workout: str
    exercise: str
    kind: str
    weight: float | None
    unit: str
    reps: int | None
    seconds: float | None
    distance: float | None
    distance_unit: str
    rpe: float | None
    note: str
    line: int


# A set from its cells in order, without counting them again: a file holds a hundred thousand.
set_of: Callable[[Iterable[object]], LoggedSet] = partial(tuple.__new__, LoggedSet)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotASet:
    """A row that is no set, kept: a rest timer, a note, an empty slot."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineError:
    """A row that could not be read, and why, in words."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFinding:
    """Which unit the weights are in, and how we know.

    `unit` is kg, lb, mixed or unknown; `basis` is stated (in the file), inferred, or asked (by the lifter).
    """

    unit: str
    basis: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrainingLog:
    """An imported file, equal only to itself, so that what is worked out from it can be kept beside it.

    Rows in = sets + not_sets + errors + duplicates, always.

    `duplicates` counts sets that an earlier import already holds; they are not in `sets`. `notes` says what the
    lifter should know about how the file was read.
    """

    format: str
    rows: int
    sets: tuple[LoggedSet, ...]
    not_sets: tuple[NotASet, ...]
    errors: tuple[LineError, ...]
    units: UnitFinding
    duplicates: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One movement pattern trained on one day: hard sets, tonnage in kg, heaviest share of the lifter's e1RM.

    `dose` is the ordinal load on the back of that pattern on that day, relative to the lifter's own typical
    session of any pattern (1.0); it is an order made into a number, not newtons. `tonnage_kg` is None where a
    unit is not known. `top_share` is the heaviest set over the lift's estimated single (1.0), None without one;
    `near_max` counts the hard sets close to it. Warm-ups count nowhere.
    """

    day: date
    pattern: str
    exercises: tuple[str, ...]
    sets: int
    tonnage_kg: float | None
    dose: float
    top_share: float | None = None
    near_max: int = 0


def kilograms(weight: float, unit: str) -> float | None:
    """A weight in kilograms; None where the unit is not kg or lb."""
    if unit == "kg":
        return weight
    return weight * KG_IN_POUND if unit == "lb" else None


def is_hard(one: LoggedSet) -> bool:
    """Whether a set counts as work: no warm-up, and something was done."""
    return one.kind != "warmup" and bool(one.reps or one.seconds or one.distance)
