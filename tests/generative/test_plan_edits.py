"""A therapist's edits over random histories never add anything to a plan, and never touch one that is held."""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from functools import cache
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.knowledge.plan_entries import Dose
from liftback.plans.doses import same_or_less
from liftback.plans.edits import Edit, digest, edited
from liftback.plans.loads import in_unit
from liftback.plans.parts import Item, Plan
from tests.generative.test_plans import BEGUN, exposure, sample_plan

HAIR = 1e-6
PLANS = 24


@cache
def plan_after(seed: int) -> Plan:
    """The sample plan after some exposures of fixed chance; some of them end held."""
    chance = Random(seed)  # noqa: S311 - a history that can be told again
    plan = sample_plan()
    for place in range(seed % 9):
        if plan.held:
            break
        track = chance.choice([track for track in plan.tracks if track.path])
        plan = operations.record_exposure(plan=plan, done=exposure(track, BEGUN + timedelta(days=place), chance))
    return plan


LIFTS = [track.lift for track in sample_plan().tracks]
EDITS = st.one_of(
    st.builds(Edit, kind=st.just("hold"), lift=st.sampled_from(LIFTS)),
    st.builds(
        Edit, kind=st.just("cap"), lift=st.sampled_from(LIFTS), weight=st.floats(0.5, 600),
        unit=st.sampled_from(["kg", "lb"]),
    ),
    st.builds(
        Edit, kind=st.just("dose"), lift=st.sampled_from(LIFTS), sets=st.one_of(st.none(), st.integers(1, 20)),
        reps=st.one_of(st.none(), st.integers(1, 100)),
    ),
)  # fmt: skip


def by_lift(plan: Plan, place: int) -> dict[tuple[str, str, str], Item]:
    return {(one.kind, one.lift, one.exercise): one for one in plan.days[place].items}


@settings(max_examples=400, deadline=None)
@given(seed=st.integers(0, PLANS), edits=st.lists(EDITS, max_size=6))
def test_no_edit_ever_adds_anything(seed: int, edits: list[Edit]) -> None:
    plan = plan_after(seed)
    after = edited(plan, edits)
    if plan.held:
        assert after == plan
        return
    assert (after.held, after.level, after.stop, after.ask_again, after.rules) == (
        plan.held, plan.level, plan.stop, plan.ask_again, plan.rules,
    )  # fmt: skip
    assert after.record == plan.record, "what was told is never touched"
    for place, day in enumerate(plan.days):
        before = by_lift(plan, place)
        assert after.days[place].dose_on_back <= day.dose_on_back + HAIR
        for key, item in by_lift(after, place).items():
            assert key in before, "no work is added"
            was = before[key]
            assert same_or_less(item.dose, was.dose)
            measures = [(getattr(item.dose, one.name), getattr(was.dose, one.name)) for one in fields(Dose)]
            assert all((now is None) == (then is None) for now, then in measures), "no measure appears or goes"
            assert item.dose_on_back <= was.dose_on_back + HAIR
            assert (item.load is None) == (was.load is None)
            if item.load is not None and was.load is not None:
                assert item.load.unit == was.load.unit
                assert item.load.weight <= was.load.weight


@settings(max_examples=200, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=5))
def test_every_edit_holds_whatever_else_does(edits: list[Edit]) -> None:
    after = edited(plan_after(0), edits)
    for edit in edits:
        for item in (one for day in after.days for one in day.items if one.lift == edit.lift):
            assert edit.kind != "hold", "what is left out is nowhere"
            if edit.kind == "dose":
                assert edit.sets is None or item.dose.sets is None or item.dose.sets <= edit.sets
                assert edit.reps is None or item.dose.reps is None or item.dose.reps <= edit.reps
            if edit.kind == "cap" and item.load is not None and edit.weight is not None:
                assert item.load.weight <= in_unit(edit.weight, edit.unit, item.load.unit) + HAIR


@settings(max_examples=100, deadline=None)
@given(edits=st.lists(EDITS, max_size=5))
def test_the_order_of_edits_does_not_matter(edits: list[Edit]) -> None:
    assert doses(edited(plan_after(0), edits)) == doses(edited(plan_after(0), edits[::-1]))


def doses(plan: Plan) -> list[tuple[object, ...]]:
    items = [item for day in plan.days for item in day.items]
    weights = [None if one.load is None else round(one.load.weight, 2) for one in items]
    return [(one.lift, one.dose.sets, one.dose.reps, weight) for one, weight in zip(items, weights, strict=True)]


def test_the_digest_is_of_decisions_and_not_of_doses() -> None:
    plan = plan_after(0)
    lighter = edited(plan, [Edit(kind="dose", lift=one, sets=1) for one in LIFTS])
    left_out = edited(plan, [Edit(kind="hold", lift=next(one.lift for one in plan.tracks if one.kind == "lift"))])
    assert digest(lighter) == digest(plan)
    assert digest(left_out) != digest(plan)
