"""The plan as values for pages: what is planned, what a form logs, and nothing of training while it is held."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from liftback import operations
from liftback.exchange.plan_values import plan_values
from tests.unit.exchange import a_lifter, sample_plans
from tests.unit.exchange.a_lifter import TODAY


def values() -> dict[str, Any]:
    page = operations.plan_page_values(plan=a_lifter.plan())
    loaded: dict[str, Any] = json.loads(json.dumps(page))
    return loaded


def test_every_task_of_a_day_has_what_a_form_logs() -> None:
    page, plan = values(), a_lifter.plan()
    assert [one["day"] for one in page["days"]] == [(TODAY + timedelta(days=at)).isoformat() for at in range(7)]
    for shown, day in zip(page["days"], plan.days, strict=True):
        assert [(one["log"]["lift"], one["log"]["exercise"]) for one in shown["tasks"]] == [
            (item.lift, item.exercise) for item in day.items
        ]
        for task, item in zip(shown["tasks"], day.items, strict=True):
            log = task["log"]
            assert (log["sets"], log["reps"], log["effort"]) == (item.dose.sets, item.dose.reps, item.dose.effort)
            assert log["weight"] == (None if item.load is None else item.load.weight)
            assert (log["level"], log["kind"]) == (item.level, item.kind)
            assert task["stands_in"] is (item.kind == "lift" and item.name != item.lift)
            assert "up" not in task
    assert all("up" in task and "down" in task and "log" in task for task in page["focus"]["tasks"])
    assert {one["lift"] for one in page["ways"]} >= {"Deadlift (Barbell)", "Squat (Barbell)"}
    assert all(sum(rung["here"] for rung in one["rungs"]) == 1 for one in page["ways"])
    assert page["picture"].startswith("<svg")
    assert " style=" not in page["picture"]
    assert page["picture_words"]
    assert "Deadlift (Barbell)" in page["may_log"]


def test_a_task_can_be_logged_as_it_is_shown() -> None:
    plan = a_lifter.plan()
    for day in values()["days"]:
        for task in day["tasks"]:
            log = task["log"]
            fields = ("lift", "exercise", "sets", "reps", "weight", "unit")
            entry = {"day": TODAY.isoformat(), **{name: log[name] for name in fields}}
            done = operations.done_of_entry(values=entry, today=TODAY)
            after = operations.record_exposure(plan=plan, done=done)
            assert after.record.judged[-1].done.lift == log["lift"]


@pytest.mark.parametrize("plan", [sample_plans.held(), sample_plans.ordinary()], ids=["held", "ordinary"])
def test_a_held_plan_shows_nothing_of_training(plan: Any) -> None:
    page = plan_values(plan, sample_plans.PLANS)
    assert page["held"] is plan.held
    training = ("days", "rows", "cards", "ways", "swaps", "picture", "focus", "places", "rules")
    if plan.held:
        assert [name for name in training if page[name]] == []
        assert page["stop"]["said"]
    else:
        assert page["stop"] is None
        assert [name for name in ("days", "ways", "picture", "focus") if not page[name]] == []
        assert page["headline"][0].keys() == {"text", "cites", "more"}


def test_a_lift_is_found_however_its_name_is_spaced() -> None:
    plan = a_lifter.plan()
    done = operations.done_of_entry(values={"day": TODAY, "lift": " deadlift   (BARBELL) "}, today=TODAY)
    assert operations.record_exposure(plan=plan, done=done).record.judged[-1].done.lift == "Deadlift (Barbell)"
