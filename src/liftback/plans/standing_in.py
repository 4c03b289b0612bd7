"""What may stand in for a lift of the plan today, when the rack is taken: never more for the back than what is planned.

It stays on the level and below the load on the back of the planned work, loads no position that is spared, and needs
only what there is. How much is done is where that exercise begins, in no more sets than were planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from liftback.knowledge.plan_entries import Dose, LadderedExercise
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.ladders import LADDER_OF, OWN_EQUIPMENT, can_do, exercise_of_lift, rung_of
from liftback.plans.parts import Item, OwnLift, Plan
from liftback.plans.recording import lift_key
from liftback.plans.sorting import LIFT, by_effort
from liftback.plans.usual import implied_equipment

SAME_LADDER = "It is on the same way back, no higher than what is planned."
"""Said of what no table of swaps names."""
_MOST = 8
"""How many are offered: a list that is read between two sets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandIn:
    """One thing that may be done instead: the item it would be, what it needs, and why it may stand in."""

    item: Item
    equipment: tuple[str, ...]
    why: str


def planned_item(plan: Plan, lift: str) -> Item | None:
    """The lift as planned for today, else for the next day that has it; None where the week has none."""
    wanted = lift_key(lift)
    coming = (item for day in plan.days if day.day >= plan.today for item in day.items if item.kind == LIFT)
    return next((item for item in coming if lift_key(item.lift) == wanted), None)


def standing_in(plan: Plan, lift: str, plans: PlanKnowledge, *, missing: str = "") -> tuple[StandIn, ...]:
    """What may stand in for a lift today, best first: the table of swaps, then its own ladder.

    `missing` is the equipment that is taken, that which the planned work needs if left out. Empty while the plan is
    held, and for a lift that the week does not have.
    """
    item = None if plan.held or plan.limits is None else planned_item(plan, lift)
    if item is None or plan.limits is None:
        return ()
    there = frozenset(plan.limits.equipment) - _taken(item, missing, plans)
    busy = {one.exercise for day in plan.days if day.day == plan.today for one in day.items} | {item.exercise}
    spared = plan.limits.spared
    found: dict[str, StandIn] = {}
    for exercise, why in _candidates(item, _own(plan, item), spared, plans):
        fits = can_do(exercise, spared, there) and not set(exercise.loads) & set(spared)
        if fits and exercise.id not in busy and exercise.id not in found and _no_heavier(exercise, item):
            instead = _instead(exercise, item, plans)
            if instead is not None:
                found[exercise.id] = StandIn(item=instead, equipment=exercise.equipment, why=why)
    return tuple(found.values())[:_MOST]


def _own(plan: Plan, item: Item) -> OwnLift | None:
    lifts = plan.own.lifts if plan.own is not None else ()
    return next((one for one in lifts if one.name == item.lift), None)


def _taken(item: Item, missing: str, plans: PlanKnowledge) -> frozenset[str]:
    """The equipment that is taken: as said, else the bar or machine of the planned work, else all that it needs."""
    if missing:
        return frozenset((missing,))
    exercise = plans.exercises.get(item.exercise)
    needed = frozenset(exercise.equipment) if exercise is not None else implied_equipment(item.lift)
    return needed & OWN_EQUIPMENT or needed


def _candidates(
    item: Item, own: OwnLift | None, spared: tuple[str, ...], plans: PlanKnowledge
) -> Iterator[tuple[LadderedExercise, str]]:
    """Exercises with why: the swaps of the pattern, of a spared position first, then the ladder, heaviest first."""
    rows = [row for row in plans.swaps if row.pattern == item.pattern]
    for row in sorted(rows, key=lambda row: row.spared not in spared):
        yield from ((plans.exercises[name], row.why) for name in row.exercises)
    done = plans.exercises.get(item.exercise)
    itself = exercise_of_lift(own.lift_id, plans) if own is not None else None
    ladder = (
        done.ladder if done is not None else itself.ladder if itself is not None else LADDER_OF.get(item.pattern, "")
    )
    rungs = plans.on_ladder(ladder) if ladder in plans.ladders else ()
    alike = (one for one in rungs if one.pattern == item.pattern)
    yield from ((one, SAME_LADDER) for one in sorted(alike, key=lambda one: -one.back_load))


def _no_heavier(exercise: LadderedExercise, item: Item) -> bool:
    """Whether an exercise stays on the level and below the load on the back of what is planned."""
    return exercise.levels[0] <= item.level and exercise.back_load <= item.back_load


def _instead(exercise: LadderedExercise, item: Item, plans: PlanKnowledge) -> Item | None:
    """The exercise as an item of the day, with sets taken off until it asks no more of the back; None below one set."""
    rung = by_effort(rung_of(exercise, min(item.level, exercise.levels[1])))
    dose = _no_more(rung.start, item.dose)
    most = _asks(item.back_load, item.dose, item.level, plans)
    while (asked := _asks(exercise.back_load, dose, rung.level, plans)) > most and (dose.sets or 1) > 1:
        dose = replace(dose, sets=(dose.sets or 1) - 1)
    if asked > most:
        return None
    return replace(
        item, exercise=exercise.id, name=exercise.name, decision="swapped", dose=dose, load=None, level=rung.level,
        back_load=exercise.back_load, pattern=exercise.pattern, why=(), up=(), down=(), tempo=exercise.tempo,
        per_side=exercise.per_side, dose_on_back=round(item.dose_on_back * asked / most, 3) if most else 0.0,
    )  # fmt: skip


def _no_more(dose: Dose, planned: Dose) -> Dose:
    """A dose in no more sets and with no more effort than planned."""
    sets = dose.sets if planned.sets is None or dose.sets is None else min(dose.sets, planned.sets)
    effort = dose.effort if planned.effort is None or dose.effort is None else min(dose.effort, planned.effort)
    return replace(dose, sets=sets, effort=effort)


def _asks(back_load: int, dose: Dose, level: int, plans: PlanKnowledge) -> float:
    """What a dose asks of the back, before it is set in relation to a typical session."""
    share = dose.share if dose.share is not None else plans.numbers("level_shares")[level]
    return back_load * share * (dose.sets or 1)
