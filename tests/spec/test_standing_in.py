"""What may stand in when the rack is taken: never more for the back, never a spared position, only what there is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from liftback import operations
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plan_entries import POSITIONS
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.ladders import is_there
from liftback.plans.parts import Item, Limits, Plan
from liftback.plans.standing_in import planned_item, standing_in
from tests.unit.exchange import a_lifter, sample_plans

PLANS = plan_knowledge(load_knowledge())
EVERYTHING = tuple(sorted({piece for one in PLANS.exercises.values() for piece in one.equipment}))
HOME = ("barbell", "bench", "dumbbells")


def limits(plan: Plan, **changed: object) -> Limits:
    assert plan.limits is not None
    return replace(plan.limits, **changed)  # type: ignore[arg-type]  # fields by name


def lifts(plan: Plan) -> list[str]:
    return list(dict.fromkeys(item.lift for day in plan.days for item in day.items if item.kind == "lift"))


def asks(item: Item) -> float:
    share = item.dose.share if item.dose.share is not None else PLANS.numbers("level_shares")[item.level]
    return item.back_load * share * (item.dose.sets or 1)


@pytest.mark.parametrize("spared", [(), *((one,) for one in POSITIONS), ("flexion", "nerve")])
@pytest.mark.parametrize("equipment", [(), HOME, EVERYTHING])
def test_nothing_offered_asks_more_than_what_is_planned(spared: tuple[str, ...], equipment: tuple[str, ...]) -> None:
    base = a_lifter.plan()
    plan = replace(base, limits=limits(base, spared=spared, equipment=equipment))
    for lift in lifts(plan):
        item = planned_item(plan, lift)
        assert item is not None
        for missing in ("", "barbell", "dumbbells"):
            for one in standing_in(plan, lift, PLANS, missing=missing):
                exercise = PLANS.exercises[one.item.exercise]
                assert one.item.level <= item.level
                assert one.item.level in range(exercise.levels[0], exercise.levels[1] + 1)
                assert one.item.back_load <= item.back_load
                assert one.item.dose_on_back <= item.dose_on_back
                assert asks(one.item) <= asks(item)
                assert (one.item.dose.sets or 1) <= (item.dose.sets or one.item.dose.sets or 1)
                assert not {*exercise.loads, *exercise.spares} & set(spared)
                assert is_there(exercise, frozenset(equipment) - {missing})
                assert one.item.load is None
                assert one.why


def test_what_is_taken_is_not_offered_and_the_table_comes_first() -> None:
    base = a_lifter.plan()
    plan = replace(base, limits=limits(base, equipment=EVERYTHING))
    for lift in lifts(plan):
        item = planned_item(plan, lift)
        assert item is not None
        needed = PLANS.exercises[item.exercise].equipment if item.exercise else ()
        for one in standing_in(plan, lift, PLANS):
            assert one.item.exercise != item.exercise
            assert not set(needed) or set(PLANS.exercises[one.item.exercise].equipment) != set(needed)
    found = operations.stand_ins(plan=plan, lift="Bent Over Row (Barbell)")
    assert found[0]["exercise"] in {name for row in PLANS.swaps if row.pattern == "row" for name in row.exercises}
    assert {"name", "dose", "needs", "why", "sets"} <= found[0].keys()
    assert operations.plan_page_values(plan=plan)["swaps"]["Bent Over Row (Barbell)"] == found


def test_a_held_plan_and_a_lift_of_no_week_have_none() -> None:
    assert operations.stand_ins(plan=sample_plans.held(), lift="Deadlift (Barbell)") == []
    assert operations.stand_ins(plan=a_lifter.plan(), lift="Juggling") == []
    assert operations.stand_ins(plan=replace(a_lifter.plan(), limits=None), lift="Squat (Barbell)") == []
