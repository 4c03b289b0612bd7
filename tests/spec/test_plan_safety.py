"""What a plan must never do as it goes on: raise without being earned, forget a stop, or read silence as a no."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from liftback import operations
from liftback.facts.story import Story
from liftback.facts.values import Facts, Known
from liftback.plans.parts import Plan, Track
from liftback.plans.record import Done
from liftback.training.log import TrainingLog

TODAY = date(2026, 11, 23)
ONSET = date(2026, 10, 1)
SAMPLE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).resolve().parents[2] / "examples" / "story.yaml").read_text(encoding="utf-8")
)
LOW: dict[str, Any] = {
    "pain_now": 1, "pain_worst": 2, "provoked_by": "heavy_training", "settles_after": "half_hour",
    "night_rest_pain": "none", "daily_limits": "little", "worse_with": ["none"], "better_with": ["nothing"],
}  # fmt: skip
MODERATE: dict[str, Any] = {"worse_with": ["none"], "better_with": ["nothing"]}
CALM: dict[str, Any] = {
    "pain_before": 1, "pain_during": 1, "pain_after": 1, "pain_next_morning": 1, "how_it_felt": ("none",),
    "leg_after": "no", "settled": "at_once",
}  # fmt: skip
RED: dict[str, Any] = {**CALM, "pain_during": 7, "settled": "two_days"}
DEADLIFT, BENCH = "Deadlift (Barbell)", "Bench Press (Barbell)"
WEEK = (f"0;{DEADLIFT};180;5;3", f"0;{BENCH};100;5;3", "3;Squat (Barbell);140;5;3")


def story(answers: dict[str, Any], today: date = TODAY) -> Story:
    told = {**SAMPLE["answers"], "onset": ONSET, **answers}
    raw = {**SAMPLE, "answers": {name: value for name, value in told.items() if value is not None}}
    return operations.read_story(content=yaml.safe_dump(raw).encode(), today=today)


def logged(*rows: str) -> TrainingLog:
    """Eight weeks of the same sessions: each row is a weekday, a lift, a weight, repetitions and sets."""
    lines = ["Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"]
    for week in range(8):
        for row in rows:
            weekday, lift, weight, reps, sets = row.split(";")
            day = TODAY - timedelta(weeks=8 - week) + timedelta(days=int(weekday))
            lines += [f'{day} 18:00:00,"T",1h,"{lift}",{nth + 1},{weight},{reps},0,0,,,' for nth in range(int(sets))]
    return operations.import_log(content="\n".join(lines).encode(), today=TODAY, unit="kg")


def plan(answers: dict[str, Any], *rows: str, today: date = TODAY, **given: Any) -> Plan:
    return operations.make_plan(story=story(answers, today), log=logged(*(rows or WEEK)), today=today, **given)


def following(made: Plan, answers: dict[str, Any], days: int = 7, **given: Any) -> Plan:
    today = made.today + timedelta(days=days)
    return operations.next_week(plan=made, story=story(answers, today), log=logged(*WEEK), today=today, **given)


def record(made: Plan, lift: str, told: dict[str, Any], days: int = 0, **given: Any) -> Plan:
    facts = Facts({name: Known(value=value) for name, value in told.items()})
    done = Done(day=made.today + timedelta(days=days), lift=lift, told=facts, **given)
    return operations.record_exposure(plan=made, done=done)


def track(made: Plan, lift: str = DEADLIFT) -> Track:
    return next(one for one in made.tracks if one.lift == lift)


# --- silence is no "no" ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gate", ["leg_numbness", "cancer_history", "fever", "trauma", "weight_loss"])
def test_a_warning_sign_without_an_answer_holds_the_plan_and_is_named(gate: str) -> None:
    held = plan({**LOW, gate: None})
    assert held.held
    assert gate in held.undecided


def test_a_start_that_is_not_told_is_taken_as_recent() -> None:
    for unknown in ({"onset": None}, {"how_it_began": None, "onset": TODAY}):
        made = plan({**LOW, **unknown})
        first = made.days[0]
        assert [item.lift for item in first.items if item.kind == "lift" and item.lift == DEADLIFT] == []


@pytest.mark.parametrize(
    "worse",
    [
        {**MODERATE, "worse_with": ["bending", "sitting", "mornings"]},
        {**MODERATE, "pain_worst": 8, "provoked_by": "everyday", "settles_after": "longer_than_day"},
    ],
    ids=["a position bothers that did not", "high irritability"],
)
def test_what_is_new_takes_back_what_was_allowed_before(worse: dict[str, Any]) -> None:
    made = plan(LOW)
    for days in (0, 3, 7, 10):
        made = record(made, DEADLIFT, CALM, days)
    easier = following(made, worse, 14)
    now, begins = track(easier), track(plan(worse, today=easier.today))
    if begins.decision == "parked":
        assert now.state == "waiting"
        return
    assert now.now is not None
    assert begins.now is not None
    assert now.now.level <= begins.now.level
    assert (now.dose.share or 0) <= (begins.dose.share or 1)


# --- nothing goes up that was not earned -------------------------------------------------------------------------


def test_light_work_for_something_else_moves_no_lift_up() -> None:
    made = plan(LOW)
    for days in (0, 3, 7):
        made = record(made, DEADLIFT, CALM, days, exercise="glute_bridge")
    assert track(made).dose == track(plan(LOW)).dose
    assert track(made).rung == track(plan(LOW)).rung


def test_light_snatches_do_not_raise_a_heavy_deadlift() -> None:
    rows = (f"0;{DEADLIFT};200;3;8", "0;Clean and Jerk (Barbell);60;2;3", f"3;{BENCH};100;5;3")
    begun = plan(MODERATE, *rows)
    made = begun
    for days in range(0, 27, 3):
        made = record(made, "Clean and Jerk (Barbell)", CALM, days)
    assert track(made).dose.share == track(begun).dose.share or not track(begun).now.loaded  # type: ignore[union-attr]


def test_an_exposure_told_late_never_raises() -> None:
    made = record(plan(LOW), DEADLIFT, RED, 7)
    late = record(made, DEADLIFT, CALM, 3)
    assert track(late).dose == track(made).dose
    assert track(late).last == track(made).last


# --- a stop stays a stop -----------------------------------------------------------------------------------------


def test_the_warning_signs_must_be_gone_through_after_the_last_stop() -> None:
    made = record(plan(LOW), DEADLIFT, {**CALM, "leg_after": "numb_or_weak"}, 3)
    again = record(made, BENCH, {**CALM, "leg_after": "numb_or_weak"}, 5)
    assert again.stopped_on == TODAY + timedelta(days=5)
    assert following(again, LOW, asked_again=TODAY + timedelta(days=4)).held
    assert following(again, LOW, asked_again=TODAY + timedelta(days=30)).held, "a day to come was not gone through"
    assert not following(again, LOW, asked_again=TODAY + timedelta(days=6)).held


def test_a_leg_told_makes_the_next_two_weeks_careful() -> None:
    made = record(plan(LOW), BENCH, {**CALM, "leg_after": "further"}, 1)
    goes_on = following(made, LOW, asked_again=TODAY + timedelta(days=7))
    assert goes_on.limits is not None
    assert (goes_on.limits.grade, "nerve" in goes_on.limits.spared) == ("high", True)
    assert any("leg" in note.text for note in goes_on.notes)


def test_a_leg_told_in_own_words_makes_them_careful_too() -> None:
    made = record(plan(LOW), BENCH, CALM, 1, note="my left foot drags since then")
    goes_on = following(made, LOW, asked_again=TODAY + timedelta(days=7))
    assert goes_on.limits is not None
    assert goes_on.limits.grade == "high"


def test_own_words_that_read_like_a_warning_sign_stop_the_plan() -> None:
    calm = record(plan(LOW), DEADLIFT, CALM, note="felt great, easy single")
    assert not calm.held
    stopped = record(calm, BENCH, CALM, 2, note="fine, but I can't feel myself when I wipe since then")
    assert stopped.held
    assert "reads like a warning sign" in stopped.stop[0].text
    assert "saddle_numbness" in stopped.ask_again


def test_a_plan_that_is_held_keeps_what_is_told() -> None:
    held = plan({**LOW, "fever": None})
    told = record(held, DEADLIFT, {**CALM, "leg_after": "numb_or_weak"})
    assert (len(told.record.judged), told.stopped_on) == (1, TODAY)


# --- a flare lowers the week ---------------------------------------------------------------------------------------


def test_a_flare_lowers_the_week_that_it_began_in() -> None:
    flaring = plan(MODERATE, flare_begun=TODAY)
    usual = plan(MODERATE)
    asks = sum(day.dose_on_back for day in flaring.days)
    assert asks < sum(day.dose_on_back for day in usual.days)
    assert flaring.flare_begun == TODAY
    assert following(usual, MODERATE, 1, flare_begun=TODAY).flare_begun == TODAY


# --- the week itself -------------------------------------------------------------------------------------------------


def test_the_hinge_sets_of_the_week_are_those_that_are_said() -> None:
    rows = ("0;Squat (Barbell);180;5;4", f"2;{DEADLIFT};220;3;4", "4;Romanian Deadlift (Barbell);140;8;4")
    made = plan(MODERATE, *rows)
    assert made.limits is not None
    hinges = [item for day in made.days for item in day.items if item.kind == "lift" and item.pattern == "hinge"]
    assert hinges
    assert made.limits.hinge_sets is not None
    assert sum(item.dose.sets or 1 for item in hinges) <= max(made.limits.hinge_sets, len(hinges))


def test_no_exercise_comes_twice_on_a_day() -> None:
    rows = (f"0;{DEADLIFT};180;5;3", "0;Romanian Deadlift (Barbell);120;8;3", "0;Good Morning (Barbell);60;8;3")
    for made in (plan(MODERATE, *rows), plan({**MODERATE, "equipment": ["dumbbells"]}, *rows)):
        for day in made.days:
            names = [item.exercise for item in day.items if item.kind == "lift" and item.exercise]
            assert len(names) == len(set(names))


def test_a_plan_asks_for_nothing_that_is_not_there() -> None:
    made = plan({**LOW, "equipment": ["dumbbells"]})
    for day in made.days:
        for item in day.items:
            assert "barbell" not in item.name.casefold(), item.name


def test_an_assisted_lift_has_no_single() -> None:
    made = plan(LOW, "0;Pull Up (Assisted);30;8;3", f"3;{BENCH};100;5;3")
    assert track(made, "Pull Up (Assisted)").usual.single is None


def test_held_and_recorded_plans_are_values() -> None:
    made = plan(LOW)
    record(made, DEADLIFT, RED)
    assert made == replace(made)
    assert made.record.judged == ()
