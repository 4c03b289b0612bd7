"""The lights of a score, what moved last, and clearance, as values for pages."""

from __future__ import annotations

import json
from typing import Any

import pytest

from docs.plan_examples import weekly_plans
from liftback import operations


@pytest.fixture(scope="module")
def weeks() -> list[tuple[Any, Any]]:
    return list(weekly_plans("injured"))


def test_the_bands_hold_every_score_once_and_only_rise(weeks: list[tuple[Any, Any]]) -> None:
    order = ["green", "amber", "red"]
    for plan, _ in weeks:
        values = operations.doing_values(plan=plan)
        lights = [one["light"] for one in values["lights"]]
        assert [score for one in values["lights"] for score in one["scores"]] == list(range(11))
        assert lights == (["green", "red"] if values["strict"] else order)


def test_a_strict_plan_is_green_only_as_far_as_pain_is_allowed(weeks: list[tuple[Any, Any]]) -> None:
    plan, _ = weeks[0]
    values = operations.doing_values(plan=plan)
    assert values["strict"] is True
    assert max(values["lights"][0]["scores"]) == plan.limits.pain_most


def test_the_newest_move_of_each_lift_is_told_with_its_reasons(weeks: list[tuple[Any, Any]]) -> None:
    _, after = weeks[2]
    moves = operations.doing_values(plan=after)["moves"]
    told = sorted((one for one in after.transitions if not one.of_week), key=lambda one: one.day)
    newest = {one.lift: one for one in told}
    assert {lift: (one.day.isoformat(), one.light or "", one.action) for lift, one in newest.items()} == {
        lift: (one["day"], one["light"], one["action"]) for lift, one in moves.items()
    }
    assert all(one["why"] and one["words"] for one in moves.values())


def test_clearance_has_each_criterion_once_and_nothing_is_met_that_the_engine_leaves_open(
    weeks: list[tuple[Any, Any]],
) -> None:
    _, after = weeks[3]
    values = operations.doing_values(plan=after)
    found = after.clearance
    json.dumps(values)
    rows = [one for group in values["clearance"]["groups"] for part in group["stages"] for one in part["criteria"]]
    every = [*found.overall, *(one for lift in found.lifts for one in lift.criteria)]
    assert len(rows) == len(every)
    assert sum(one["met"] == "met" for one in rows) == sum(one.met is True for one in every)
    assert values["clearance"]["ready"] is False
