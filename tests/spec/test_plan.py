"""Who gets which plan: lifts kept, capped, swapped or parked; and all that can be wrong with what we are given."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from liftback import operations
from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.parts import Plan
from liftback.plans.record import Done
from liftback.training.log import TrainingLog

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TODAY = date(2026, 11, 23)
PLANS = plan_knowledge(load_knowledge())
LOW: dict[str, Any] = {
    "pain_now": 1, "pain_worst": 2, "provoked_by": "heavy_training", "settles_after": "half_hour",
    "night_rest_pain": "none", "daily_limits": "little",
}  # fmt: skip
HIGH: dict[str, Any] = {
    "pain_now": 5, "pain_worst": 8, "provoked_by": "everyday", "settles_after": "longer_than_day",
    "night_rest_pain": "sometimes", "daily_limits": "most",
}  # fmt: skip
NO_SIDE: dict[str, Any] = {"worse_with": ["none"], "better_with": ["nothing"]}


@cache
def sample() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((EXAMPLES / "story.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def sample_log() -> TrainingLog:
    return operations.import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=TODAY)


def logged(*rows: str, unit: str = "kg") -> TrainingLog:
    """A log of eight weeks of the same sessions: each row is a weekday, a lift, a weight, repetitions and sets."""
    lines = ["Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"]
    monday = TODAY - timedelta(weeks=8)
    for week in range(8):
        for row in rows:
            weekday, lift, weight, reps, sets = row.split(";")
            day = monday + timedelta(weeks=week, days=int(weekday))
            lines += [
                f'{day} 18:00:00,"Training",1h,"{lift}",{place + 1},{weight},{reps},0,0,,,'
                for place in range(int(sets))
            ]
    return operations.import_log(content="\n".join(lines).encode(), today=TODAY, unit=unit)


BARBELL = (
    "0;Deadlift (Barbell);180;5;3", "0;Bench Press (Barbell);100;5;3", "3;Squat (Barbell);140;5;3",
    "3;Lat Pulldown (Cable);70;10;3",
)  # fmt: skip


def plan(log: TrainingLog | None = None, *, about: dict[str, Any] | None = None, **answers: Any) -> Plan:
    """A plan for the sample lifter with other answers; None leaves an answer out."""
    told = {**sample()["answers"], **answers}
    raw = {
        "about": {**sample()["about"], **(about or {})},
        "answers": {name: value for name, value in told.items() if value is not None},
    }
    raw["about"] = {name: value for name, value in raw["about"].items() if value is not None}
    story = operations.read_story(content=yaml.safe_dump(raw).encode(), today=TODAY)
    return operations.make_plan(story=story, log=log, today=TODAY)


def decisions(made: Plan) -> dict[str, str]:
    return {track.lift: track.decision for track in made.tracks if track.kind == "lift"}


def texts(said: Any) -> str:
    return " ".join(one.text for one in said)


# --- what happens to a lift ------------------------------------------------------------------------------------------

SORTED = [
    # Irritability and what bothers -> deadlift, squat, bench press, pulldown
    (HIGH | NO_SIDE, ("parked", "parked", "capped", "capped")),
    (NO_SIDE, ("swapped", "swapped", "kept", "kept")),
    ({"worse_with": ["bending", "sitting", "mornings"]}, ("swapped", "swapped", "kept", "kept")),
    (LOW | NO_SIDE, ("capped", "capped", "kept", "kept")),
    (LOW | {"worse_with": ["bending", "sitting", "mornings"]}, ("swapped", "swapped", "kept", "kept")),
]


@pytest.mark.parametrize(("answers", "expected"), SORTED)
def test_each_lift_is_kept_capped_swapped_or_parked(answers: dict[str, Any], expected: tuple[str, ...]) -> None:
    made = decisions(plan(logged(*BARBELL), onset=date(2026, 10, 1), **answers))
    lifts = ("Deadlift (Barbell)", "Squat (Barbell)", "Bench Press (Barbell)", "Lat Pulldown (Cable)")
    assert tuple(made[name] for name in lifts) == expected


def test_soreness_that_passes_by_itself_keeps_the_whole_week() -> None:
    achy: dict[str, Any] = {
        **LOW, **NO_SIDE, "how_it_began": "after_training", "moment_feel": ["none"], "function_after": "carried_on",
        "achy_bouts_before": "no", "pain_location": "both_sides", "sore_how_long": "up_to_2_days",
        "sore_course": "peaks_then_falls", "new_or_harder": "yes", "warms_up": "better", "same_lift_again": "no",
        "pinch_one_direction": "no", "after_heavy_only": "yes", "onset": date(2026, 11, 22), "earlier_episodes": "none",
        "sore_to_touch": "yes",
    }  # fmt: skip
    made = plan(logged(*BARBELL), **achy)
    assert set(decisions(made).values()) == {"kept"}
    assert "Train on" in texts(made.headline)


def test_every_item_says_why_and_what_would_move_it() -> None:
    made = plan(sample_log())
    items = [item for day in made.days for item in day.items]
    assert len(items) > 20
    assert [item.name for item in items if not item.why] == []
    assert [item.name for item in items if item.kind == "lift" and not (item.up and item.down)] == []


def test_it_is_the_same_week() -> None:
    made = plan(logged(*BARBELL))
    assert {track.lift for track in made.tracks if track.kind == "lift"} == {row.split(";")[1] for row in BARBELL}
    assert {day.day.weekday() for day in made.days if day.trains} == {0, 3}


def test_loads_are_of_the_own_single_and_of_real_plates() -> None:
    made = plan(logged(*BARBELL), onset=date(2026, 10, 1), **(LOW | NO_SIDE))
    item = next(item for day in made.days for item in day.items if item.lift == "Deadlift (Barbell)")
    single = next(track for track in made.tracks if track.lift == item.lift).usual.single
    assert item.load is not None
    assert single is not None
    assert 180 < single < 215
    assert item.load.weight % 2.5 == 0
    assert item.load.weight <= (item.dose.share or 0) * single


def test_parked_lifts_keep_what_they_stood_at() -> None:
    made = plan(logged(*BARBELL), onset=date(2026, 10, 1), **(HIGH | NO_SIDE))
    parked = {one.lift: one for one in made.parked}
    assert set(parked) == {"Deadlift (Barbell)", "Squat (Barbell)"}
    assert parked["Deadlift (Barbell)"].stands_at.startswith("3 x 5 at 180 kg")
    assert "rung it stood on" in texts(parked["Deadlift (Barbell)"].back_when)


def test_no_day_is_above_its_cap() -> None:
    made = plan(sample_log())
    assert made.limits is not None
    assert made.limits.cap is not None
    assert max(day.dose_on_back for day in made.days) <= made.limits.cap


def test_nothing_loaded_in_the_first_days_after_a_tweak() -> None:
    made = plan(logged(*BARBELL), onset=TODAY, **(LOW | NO_SIDE))
    early = [item for day in made.days[:3] for item in day.items if item.kind == "lift"]
    assert [item.name for item in early if item.back_load > 2] == []
    assert "Deadlift (Barbell)" in [item.lift for day in made.days[3:] for item in day.items] or made.days[0].trains


# --- what can be wrong ----------------------------------------------------------------------------------------------

HELD = [
    ({"saddle_numbness": "new_numbness"}, {}, "Get help"),
    ({"leg_weakness": None}, {}, "looked at today"),
    ({}, {"age": 17}, "still growing"),
    ({}, {"age": None}, "your age is not told"),
    ({"pregnancy_pelvic": "followed_usual"}, {}, "pregnancy"),
    ({"pars_pattern": "arching_weeks"}, {}, "arching"),
]


@pytest.mark.parametrize(("answers", "about", "said"), HELD)
def test_there_is_no_plan_where_somebody_has_to_look_first(
    answers: dict[str, Any], about: dict[str, Any], said: str
) -> None:
    made = plan(sample_log(), about=about, **answers)
    assert made.held
    assert made.days == ()
    assert said in texts(made.stop)


@pytest.mark.parametrize("gate", ["pars_pattern", "pregnancy_pelvic"])
def test_a_question_left_out_is_no_no(gate: str) -> None:
    left_out: dict[str, Any] = {gate: None}
    made = plan(sample_log(), **left_out)
    assert made.held
    assert gate in (*made.undecided, *made.ask_again) or made.stop


def test_without_a_log_it_is_a_starting_week_by_effort() -> None:
    made = plan(None, training_days=2, equipment=["barbell", "bench", "dumbbells"])
    assert made.source == "answers"
    assert sum(day.trains for day in made.days) == 2
    assert [item.load for day in made.days for item in day.items if item.load] == []
    assert "Without a training log" in texts(made.notes)


def test_with_nothing_told_it_is_a_plain_week() -> None:
    made = plan(None, main_lifts=None)
    assert made.source == "nothing"
    assert any(item.kind == "lift" for day in made.days for item in day.items)


def test_without_equipment_there_is_still_something_to_do() -> None:
    made = plan(None, equipment=["none"])
    items = [item for day in made.days for item in day.items]
    needed = {piece for item in items if item.exercise for piece in PLANS.exercises[item.exercise].equipment}
    assert items
    assert needed == set()
    assert not any(item.decision == "kept" and item.kind == "lift" and item.lift == "Deadlift" for item in items)


def test_a_log_of_machines_only_stays_as_it_is() -> None:
    made = plan(logged("0;Leg Press;200;10;3", "3;Chest Press (Machine);60;10;3"), **(LOW | NO_SIDE))
    assert set(decisions(made).values()) == {"kept"}


def test_an_unknown_lift_is_kept_easy_and_said() -> None:
    made = plan(logged("0;Zottman Wobble;50;8;3", "3;Squat (Barbell);140;5;3"), **(LOW | NO_SIDE))
    assert decisions(made)["Zottman Wobble"] == "capped"
    assert "We do not know Zottman Wobble" in texts(made.notes)


def test_plates_that_cannot_make_the_load_give_way_to_the_rung_below() -> None:
    light = ("0;Deadlift (Barbell);40;5;3", "3;Squat (Barbell);30;5;3")
    made = plan(logged(*light), onset=date(2026, 10, 1), **NO_SIDE)
    items = [item for day in made.days for item in day.items if item.kind == "lift"]
    assert [item for item in items if item.load is not None and item.load.weight < 20] == []
    assert any("less than your bar" in texts(item.why) for item in items)


def test_pounds_stay_pounds() -> None:
    made = plan(logged("0;Deadlift (Barbell);405;5;3", "3;Squat (Barbell);315;5;3", unit="lb"), **(LOW | NO_SIDE))
    loads = [item.load for day in made.days for item in day.items if item.load is not None]
    assert {load.unit for load in loads} == {"lb"}
    assert [load.weight for load in loads if load.made_of and load.weight % 5] == []


def test_answers_that_contradict_each_other_are_said_and_planned_more_carefully() -> None:
    made = plan(logged(*BARBELL), onset=date(2026, 10, 1), **(LOW | NO_SIDE | {"pain_now": 6, "pain_worst": 2}))
    assert made.limits is not None
    assert made.limits.grade != "low"
    assert "do not fit together" in texts(made.notes)


def test_an_exposure_of_a_lift_that_is_not_in_the_plan_is_refused_by_name() -> None:
    made = plan(logged(*BARBELL))
    with pytest.raises(operations.PlanError, match="'Snatch' is not in the plan; its lifts are: Deadlift"):
        operations.record_exposure(plan=made, done=Done(day=TODAY, lift="Snatch"))
    assert made.record.judged == ()


def done(lift: str, **told: Any) -> Done:
    return Done(day=TODAY, lift=lift, told=Facts({name: Known(value=value) for name, value in told.items()}))


def test_new_numbness_stops_the_plan_until_the_warning_signs_were_gone_through() -> None:
    made = plan(logged(*BARBELL))
    stopped = operations.record_exposure(plan=made, done=done("deadlift (barbell)", leg_after="numb_or_weak"))
    assert stopped.held
    assert "saddle_numbness" in stopped.ask_again
    assert stopped.record.judged[0].light == "red"
    story = operations.read_story(content=(EXAMPLES / "story.yaml").read_bytes(), today=TODAY)
    waits = operations.next_week(plan=stopped, story=story, today=TODAY)
    assert waits.held
    assert waits.record == stopped.record
    goes_on = operations.next_week(plan=waits, story=story, today=TODAY, asked_again=TODAY)
    assert not goes_on.held
    track = next(one for one in goes_on.tracks if one.lift == "Deadlift (Barbell)")
    assert track.state == "waiting", "for two weeks after a leg was told, nothing heavy for the back"
    assert goes_on.limits is not None
    assert goes_on.limits.grade == "high"
    weeks_on = TODAY + timedelta(days=int(PLANS.number("leg_days")) + 1)
    later = operations.next_week(plan=goes_on, story=story, today=weeks_on)
    back = next(one for one in later.tracks if one.lift == "Deadlift (Barbell)")
    assert (back.rung, back.state) == (0, "building")


def test_a_gate_that_fires_in_the_middle_stops_the_plan_and_keeps_everything() -> None:
    made = operations.record_exposure(plan=plan(logged(*BARBELL)), done=done("Bench Press (Barbell)", pain_during=1))
    fired = yaml.safe_dump({**sample(), "answers": {**sample()["answers"], "fever": "rigors_or_very_ill"}})
    story = operations.read_story(content=fired.encode(), today=TODAY)
    held = operations.next_week(plan=made, story=story, today=TODAY + timedelta(days=7))
    assert held.held
    assert held.days == ()
    assert held.stop
    assert (held.tracks, held.record) == (made.tracks, made.record)


def test_an_open_grade_is_planned_as_the_highest() -> None:
    made = plan(logged(*BARBELL), pain_worst=None, provoked_by=None, settles_after=None, night_rest_pain=None)
    assert made.limits is not None
    assert made.limits.grade == "high"
    assert "not known yet" in texts(made.notes)
