"""What was done under a plan, as sets of a training log, so that the course sees it as it sees an app's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from liftback.knowledge.plan_entries import LadderedExercise
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.record import Done
from liftback.plans.sorting import SLOTS
from liftback.training.joining import UNDER_PLAN
from liftback.training.log import LoggedSet

_BESIDE = frozenset(("settle", "trunk", "conditioning"))
"""Ladders of work beside the lifts. On every day of the week, it would make a lifter's typical session a walk."""
_SLOT_NAMES = frozenset(label for label, _ in SLOTS)


def sets_of_done(
    done: Iterable[Done], plans: PlanKnowledge, *, names: Mapping[str, str] | None = None
) -> tuple[LoggedSet, ...]:
    """The sets of what was done, by the names that a log has for them; `names` gives that of a lift of the plan.

    Unloaded work of the low levels, and what is done beside the lifts, asks nothing of the back that a log would hold,
    so it gives no set. Sets or repetitions that were not told count as one, which is what is sure.
    """
    called = names or {}
    return tuple(one for exposure in done for one in _sets(exposure, called, plans))


def _sets(done: Done, names: Mapping[str, str], plans: PlanKnowledge) -> Iterator[LoggedSet]:
    told = done.exercise or done.lift
    exercise = _laddered(told, plans)
    if told in _SLOT_NAMES or (exercise is not None and _beside(exercise, done)):
        return
    name = _name(done, exercise, names, plans)
    for place in range(done.sets or 1):
        yield LoggedSet(
            day=done.day, started=None, workout=UNDER_PLAN, exercise=name, kind="normal", weight=done.weight,
            unit="bodyweight" if done.weight is None else done.unit, reps=done.reps or 1, seconds=None, distance=None,
            distance_unit="", rpe=done.effort, note="" if place else done.note, line=0,
        )  # fmt: skip


def _laddered(name: str, plans: PlanKnowledge) -> LadderedExercise | None:
    """The laddered exercise of an id, or of a name as a page shows it."""
    return plans.exercises.get(name) or _by_name(plans).get(name.casefold().strip())


@lru_cache(maxsize=2)
def _by_name(plans: PlanKnowledge) -> dict[str, LadderedExercise]:
    return {one.name.casefold(): one for one in plans.exercises.values()}


def _beside(exercise: LadderedExercise, done: Done) -> bool:
    return not done.weight and (exercise.ladder in _BESIDE or exercise.levels[0] <= 1)


def _name(done: Done, exercise: LadderedExercise | None, names: Mapping[str, str], plans: PlanKnowledge) -> str:
    """What a log calls it: the lift that the exercise is, else its own name, else that of the usual lift."""
    if exercise is not None:
        return _lift_names(plans).get(exercise.lift, exercise.name)
    return names.get(done.lift) or done.exercise.strip() or done.lift


@lru_cache(maxsize=2)
def _lift_names(plans: PlanKnowledge) -> dict[str, str]:
    return {one.id: one.name for one in plans.known.exercises}
