"""Several logs as one, and lifts called as what they are: nothing twice, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.done_sets import sets_of_done
from liftback.plans.record import Done
from liftback.plans.usual import own_week
from liftback.training.exercises import match_all
from liftback.training.exposures import exposures_of
from liftback.training.joining import UNDER_PLAN, joined
from liftback.training.log import LoggedSet, TrainingLog, UnitFinding

KNOWLEDGE = load_knowledge()
PLANS = plan_knowledge(KNOWLEDGE)
DAY = date(2026, 11, 2)


def one_set(name: str, weight: float | None = 100.0, *, reps: int = 5, day: date = DAY, unit: str = "kg") -> LoggedSet:
    return LoggedSet(
        day=day, started=None, workout="A", exercise=name, kind="normal", weight=weight,
        unit="bodyweight" if weight is None else unit, reps=reps, seconds=None, distance=None, distance_unit="",
        rpe=None, note="", line=1,
    )  # fmt: skip


def log_of(*sets: LoggedSet, unit: str = "kg", name: str = "strong") -> TrainingLog:
    units = UnitFinding(unit=unit, basis="stated", reason="The file says so.")
    return TrainingLog(format=name, rows=len(sets), sets=sets, not_sets=(), errors=(), units=units)


def test_one_log_alone_stays_the_same_value_and_none_is_none() -> None:
    log = log_of(one_set("Deadlift (Barbell)"))
    assert operations.joined_log(logs=[log]) is log
    assert operations.joined_log(logs=[]) is None


SETS = st.lists(
    st.builds(
        one_set,
        st.sampled_from(["Deadlift (Barbell)", "Squat (Barbell)"]),
        st.sampled_from([None, 60.0, 100.0]),
        reps=st.sampled_from([3, 5]),
        day=st.integers(0, 2).map(lambda n: DAY + timedelta(days=n)),
    ),
    max_size=6,
)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(SETS, SETS)
def test_a_set_counts_as_often_as_in_the_part_that_has_most_of_it(
    first: list[LoggedSet], second: list[LoggedSet]
) -> None:
    found = joined([log_of(*first), log_of(*second, name="hevy")], (), KNOWLEDGE)
    assert found is not None
    assert len(found.sets) + found.duplicates == len(first) + len(second)
    for one in {*first, *second}:
        assert found.sets.count(one) == max(first.count(one), second.count(one))
    assert [one.day for one in found.sets] == sorted(one.day for one in found.sets)
    assert found.rows == len(found.sets) + len(found.not_sets) + len(found.errors) + found.duplicates


def test_the_same_set_is_known_under_another_name_and_in_another_unit() -> None:
    kilos = log_of(one_set("Deadlift (Barbell)", 100.0))
    sets = [one_set("Barbell Deadlift", weight, unit="lb") for weight in (220.46, 225.0)]
    pounds = log_of(*sets, unit="lb")
    found = joined([kilos, pounds], (), KNOWLEDGE)
    assert found is not None
    assert [(one.weight, one.unit) for one in found.sets] == [(100.0, "kg"), (225, "lb")]
    assert (found.duplicates, found.units.unit, found.format) == (1, "mixed", "several")


# --- what was done under a plan --------------------------------------------------------------------------------------


def test_what_was_done_becomes_sets_that_the_lists_know() -> None:
    done = [
        Done(
            day=DAY, lift="Deadlift (Barbell)", exercise="trap_bar_deadlift_high", sets=3, reps=5, weight=80.0,
            effort=6, note="a bit stiff", told=Facts({"pain_during": Known(value=2.0)}),
        ),
        Done(day=DAY, lift="Bench Press (Barbell)", exercise="Bench Press (Barbell)", reps=5, weight=60.0),
        Done(day=DAY, lift="Pull Up", sets=2),
    ]  # fmt: skip
    sets = sets_of_done(done, PLANS)
    lifts = {one.id: one.name for one in KNOWLEDGE.exercises}
    assert [(one.exercise, one.weight, one.unit, one.reps) for one in sets] == [
        *[(lifts["trap_bar_deadlift_high_handles"], 80.0, "kg", 5)] * 3,
        ("Bench Press (Barbell)", 60.0, "kg", 5),
        *[("Pull Up", None, "bodyweight", 1)] * 2,
    ]
    assert {one.workout for one in sets} == {UNDER_PLAN}
    assert [one.note for one in sets] == ["a bit stiff", *[""] * 5], "words are read for warning signs, once"
    assert {match.certainty for match in match_all([one.exercise for one in sets], KNOWLEDGE).values()} == {"known"}


@pytest.mark.parametrize(
    ("lift", "exercise"),
    [("Walking", "walking"), ("Walking", ""), ("Trunk", "dead_bug"), ("Trunk", ""), ("Calm and move", "cat_camel"),
     ("Squat (Barbell)", "sit_to_stand")],
)  # fmt: skip
def test_unloaded_work_and_work_beside_the_lifts_gives_no_set(lift: str, exercise: str) -> None:
    assert sets_of_done([Done(day=DAY, lift=lift, exercise=exercise, sets=3, reps=8)], PLANS) == ()


def test_every_laddered_exercise_is_a_lift_or_asks_nothing_that_a_log_would_hold() -> None:
    for one in PLANS.exercises.values():
        sets = sets_of_done([Done(day=DAY, lift="Deadlift", exercise=one.id, sets=1, reps=5, weight=20.0)], PLANS)
        (match,) = match_all([sets[0].exercise], KNOWLEDGE).values()
        assert match.exercise == one.lift or not one.lift
        assert not one.lift or abs((match.back_load or 0) - one.back_load) <= 1


def test_the_course_sees_it_and_the_usual_week_does_not() -> None:
    weeks = [DAY - timedelta(weeks=n) for n in range(8, 0, -1)]
    log = log_of(*(one_set("Deadlift (Barbell)", 140.0, day=day) for day in weeks for _ in range(3)))
    light = [Done(day=DAY + timedelta(days=n), lift="Deadlift (Barbell)", sets=1, reps=5, weight=60.0) for n in (0, 7)]
    whole = operations.joined_log(logs=[log], done=light)
    assert whole is not None
    assert whole.format == "strong"
    assert len(whole.sets) == len(log.sets) + 2
    assert {one.day for one in exposures_of(whole, KNOWLEDGE)} >= {one.day for one in light}
    told = Facts({})
    today = DAY + timedelta(days=8)
    assert own_week(whole, told, PLANS, today=today).lifts == own_week(log, told, PLANS, today=today).lifts


def test_what_an_app_logged_of_the_plan_is_not_counted_again() -> None:
    log = log_of(*[one_set("Deadlift (Barbell)", 60.0)] * 3)
    done = Done(day=DAY, lift="Deadlift (Barbell)", exercise="conventional_deadlift", sets=3, reps=5, weight=60.0)
    whole = operations.joined_log(logs=[log], done=[done])
    assert whole is not None
    assert (len(whole.sets), whole.duplicates) == (3, 3)


def test_a_lift_of_the_plan_can_have_another_name_in_the_log() -> None:
    done = Done(day=DAY, lift="Pulls", sets=1, reps=5, weight=60.0)
    found = operations.joined_log(logs=[], done=[done], plan_names={"Pulls": "Deadlift (Barbell)"})
    assert found is not None
    assert found.sets[0].exercise == "Deadlift (Barbell)"


# --- names, and what a file holds ------------------------------------------------------------------------------------


def test_a_lift_can_be_called_as_the_one_it_is() -> None:
    log = log_of(one_set("Zug am Turm 3000"), one_set("Squat (Barbell)"))
    for target in ("lat_pulldown_cable", "Lat Pulldown (Cable)", " lat pulldown (cable) "):
        found = operations.renamed(log=log, names={"Zug am Turm 3000": target, "Squat (Barbell)": ""})
        assert [one.exercise for one in found.sets] == ["Lat Pulldown (Cable)", "Squat (Barbell)"]
    assert operations.renamed(log=log, names={}) is log
    with pytest.raises(operations.FileError, match="no lift 'levitation'"):
        operations.renamed(log=log, names={"Zug am Turm 3000": "levitation"})
    names = [one["name"] for one in operations.known_exercises()]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == len(KNOWLEDGE.exercises)


def test_a_preview_adds_up_and_names_what_is_not_known() -> None:
    content = b"""\
Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE
2026-11-02 18:00:00,A,1h,Deadlift (Barbell),1,100.0,5,0,0,,,
2026-11-02 18:00:00,A,1h,Zug am Turm 3000,1,50.0,5,0,0,,,
2026-11-02 18:00:00,A,1h,Deadlift (Barbell),Rest Timer,,,0,90,,,
2026-11-02 18:00:00,A,1h,Deadlift (Barbell),2,heavy,5,0,0,,,
2026-11-04 18:00:00,A,1h,Squat (Smith Machine),1,60.0,5,0,0,,,
"""
    page = operations.log_preview(log=operations.import_log(content=content, today=date(2026, 11, 23)))
    counts = page["counts"]
    assert counts["rows"] == counts["sets"] + counts["not_sets"] + counts["errors"] + counts["duplicates"] == 5
    assert (page["app"], page["first_day"], page["last_day"]) == ("Strong", "2026-11-02", "2026-11-04")
    assert page["unknown"] == [{"name": "Zug am Turm 3000", "sets": 1}]
    assert page["errors"][0]["line"] == 5
    assert "heavy" in page["errors"][0]["reason"]
    assert {one["pattern"] for one in page["patterns"]} == {"hinge", "squat", "unknown"}
    assert page["unit"]["reason"]
    assert page["ask_unit"] in (True, False)
