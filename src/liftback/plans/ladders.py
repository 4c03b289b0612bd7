"""A lift's own way back: one rung for each level, chosen for what is spared and what there is to train with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from liftback.knowledge.plan_entries import Dose, LadderedExercise
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Rung

LEVELS = (1, 2, 3, 4, 5)
"""The levels of a way back, from unloaded to the full lift."""
OWN_EQUIPMENT = frozenset(("barbell", "trap_bar", "safety_bar", "belt_squat", "machines"))
"""Equipment whose weight is a number that a share of a single can be put on."""
_REMEMBERED = 4096  # ways back kept in memory
HAND_WEIGHTS = frozenset(("dumbbells", "kettlebells"))
"""What something else that can be held may stand in for."""
# A lift's pattern to the ladder that leads back to it.
LADDER_OF = {
    "hinge": "hinge", "olympic": "hinge", "squat": "squat", "lunge": "squat", "row": "row", "press": "press",
    "overhead_press": "overhead", "carry": "carry",
}  # fmt: skip


@lru_cache(maxsize=2)
def _by_lift(plans: PlanKnowledge) -> dict[str, LadderedExercise]:
    """The laddered exercise that is a lift of a log, by the lift's id; the highest rung where there are several."""
    found: dict[str, LadderedExercise] = {}
    for exercise in sorted(plans.exercises.values(), key=lambda one: one.rung):
        if exercise.lift:
            found[exercise.lift] = exercise
    return found


def exercise_of_lift(lift_id: str, plans: PlanKnowledge) -> LadderedExercise | None:
    """The laddered exercise that a lift of a log is; None where it is none."""
    return _by_lift(plans).get(lift_id)


@lru_cache(maxsize=2)
def _pattern_loads(plans: PlanKnowledge) -> dict[str, tuple[str, ...]]:
    heaviest: dict[str, LadderedExercise] = {}
    for exercise in plans.exercises.values():
        before = heaviest.get(exercise.pattern)
        if before is None or exercise.back_load > before.back_load:
            heaviest[exercise.pattern] = exercise
    return {pattern: exercise.loads for pattern, exercise in heaviest.items()}


def loads_of(lift_id: str, pattern: str, plans: PlanKnowledge) -> tuple[str, ...]:
    """The positions a lift loads: its own where a ladder has it, else those of the heaviest lift of its pattern."""
    own = exercise_of_lift(lift_id, plans)
    return own.loads if own is not None else _pattern_loads(plans).get(pattern, ())


def can_do(exercise: LadderedExercise, spared: Iterable[str], equipment: frozenset[str]) -> bool:
    """Whether an exercise suits what is spared and what there is."""
    return is_there(exercise, equipment) and not set(exercise.spares) & set(spared)


def is_there(exercise: LadderedExercise, equipment: frozenset[str]) -> bool:
    """Whether there is what an exercise is done with; a hand weight may be another one."""
    missing = set(exercise.equipment) - equipment
    return not missing or (missing <= HAND_WEIGHTS and bool(equipment & set(exercise.or_with)))


def rung_of(exercise: LadderedExercise, level: int, *, own: bool = False) -> Rung:
    """An exercise as a rung; `own` says that it is the lift itself."""
    return Rung(
        exercise=exercise.id,
        name=exercise.name,
        level=level,
        back_load=exercise.back_load,
        start=exercise.start,
        top=exercise.top,
        loaded=exercise.start.share is not None and bool(OWN_EQUIPMENT & set(exercise.equipment)),
        own=own,
    )


def way_back(
    lift_id: str,
    name: str,
    pattern: str,
    *,
    spared: tuple[str, ...],
    equipment: frozenset[str],
    own: Dose,
    back_load: int,
    plans: PlanKnowledge,
) -> tuple[Rung, ...]:
    """The rungs of one lift, lowest level first; the last one is the lift itself.

    `own` is the lift's usual dose. A level without a fitting exercise is left out. Each rung asks at least as much
    of the back as the one before it, and never more than the lift itself.
    """
    itself = exercise_of_lift(lift_id, plans)
    ladder = itself.ladder if itself is not None else LADDER_OF.get(pattern, "")
    last = _itself(name, own, back_load, plans)
    below = _below(ladder, lift_id, back_load, pattern=pattern, spared=spared, equipment=equipment, plans=plans)
    return (*below, last)


@lru_cache(maxsize=_REMEMBERED)  # a cohort's lifters share a few hundred ways
def _below(
    ladder: str,
    lift_id: str,
    back_load: int,
    *,
    pattern: str,
    spared: tuple[str, ...],
    equipment: frozenset[str],
    plans: PlanKnowledge,
) -> tuple[Rung, ...]:
    alike = {pattern, plans.ladders[ladder].pattern} if ladder in plans.ladders else set()
    fitting = [
        one
        for one in plans.on_ladder(ladder)
        if one.pattern in alike and can_do(one, spared, equipment) and one.back_load <= back_load
    ]
    rungs: list[Rung] = []
    least = 0
    for level in LEVELS[:-1]:
        at_level = [one for one in fitting if one.levels[0] <= level <= one.levels[1] and one.back_load >= least]
        at_level = [one for one in at_level if one.id not in {rung.exercise for rung in rungs}]
        if at_level:
            best = max(at_level, key=lambda one: _fit(one, lift_id, spared))
            rungs.append(rung_of(best, level, own=bool(lift_id) and best.lift == lift_id))
            least = best.back_load
    return tuple(rungs)


def _fit(exercise: LadderedExercise, lift_id: str, spared: tuple[str, ...]) -> tuple[bool, int, int, int]:
    """How well an exercise fits: the lift itself, what it suits, most like the lift, then the lower rung."""
    suits = len(set(exercise.suits) & set(spared))
    return bool(lift_id) and exercise.lift == lift_id, suits, exercise.back_load, -exercise.rung


def _itself(name: str, own: Dose, back_load: int, plans: PlanKnowledge) -> Rung:
    """The lift itself as the last rung: from where the heavy part begins to the lifter's own usual dose."""
    start = Dose(
        sets=max(1, (own.sets or 1) - 1),
        reps=own.reps,
        share=min(plans.number("heavy_part"), own.share) if own.share else None,
        effort=own.effort,
    )
    return Rung(
        exercise="",
        name=name,
        level=LEVELS[-1],
        back_load=back_load,
        start=start,
        top=own,
        loaded=own.share is not None,
        own=True,
    )


def stand_ins(
    pattern: str,
    spared: tuple[str, ...],
    *,
    equipment: frozenset[str],
    most_back_load: float,
    plans: PlanKnowledge,
) -> tuple[LadderedExercise, ...]:
    """What can stand in for a lift while positions are spared, best first, from the table of swaps.

    Without anything spared every row of the pattern counts.
    """
    rows = [row for row in plans.swaps if row.pattern == pattern and (not spared or row.spared in spared)]
    names = dict.fromkeys(name for row in rows for name in row.exercises)
    found = (plans.exercises[name] for name in names)
    return tuple(one for one in found if can_do(one, spared, equipment) and one.back_load <= most_back_load)
