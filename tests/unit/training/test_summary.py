"""What a log comes to: doses, weeks, jumps, habits and the usual week, each against an obvious reckoning."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liftback.knowledge.loader import load_knowledge
from liftback.training.exposures import exposures_of
from liftback.training.log import LoggedSet
from liftback.training.summary import import_report, summarise
from tests.unit.training.logs import START, TODAY, a_set, log_of, sets_of

KNOWLEDGE = load_knowledge()
DEADLIFT, SQUAT, BENCH, CURL = "Deadlift (Barbell)", "Squat (Barbell)", "Bench Press (Barbell)", "Hammer Curl"


def two_days_a_week(weeks: int) -> list[LoggedSet]:
    """Squats on Mondays, deadlifts on Thursdays, always the same."""
    sets = []
    for week in range(weeks):
        sets += sets_of(7 * week, SQUAT, 3, 100, 5) + sets_of(7 * week, BENCH, 3, 80, 5)
        sets += sets_of(7 * week + 3, DEADLIFT, 3, 120, 5)
    return sets


def test_a_typical_day_has_a_dose_of_one() -> None:
    by_day: dict[object, float] = {}
    for exposure in exposures_of(log_of(two_days_a_week(6)), KNOWLEDGE, TODAY):
        by_day[exposure.day] = by_day.get(exposure.day, 0.0) + exposure.dose
    assert sum(by_day.values()) / len(by_day) == pytest.approx(1.0, abs=0.05)


def test_doses_follow_the_order_of_lifts_at_the_same_effort() -> None:
    sets = sets_of(0, DEADLIFT, 3, 120, 5) + sets_of(0, SQUAT, 3, 100, 5) + sets_of(0, CURL, 3, 20, 5)
    dose = {exposure.pattern: exposure.dose for exposure in exposures_of(log_of(sets), KNOWLEDGE, TODAY)}
    assert dose["hinge"] / dose["squat"] == pytest.approx(8 / 6)
    assert dose["isolated"] == 0


def test_more_weight_or_more_sets_never_lower_a_dose() -> None:
    base = two_days_a_week(4)
    plain = exposures_of(log_of([*base, *sets_of(28, SQUAT, 3, 90, 5)]), KNOWLEDGE, TODAY)[-1]
    heavier = exposures_of(log_of([*base, *sets_of(28, SQUAT, 3, 100, 5)]), KNOWLEDGE, TODAY)[-1]
    more = exposures_of(log_of([*base, *sets_of(28, SQUAT, 5, 90, 5)]), KNOWLEDGE, TODAY)[-1]
    assert plain.dose < heavier.dose
    assert plain.dose < more.dose


def test_an_unknown_lift_counts_and_is_named() -> None:
    log = log_of([a_set(0, "Zorgle", 50, 5), a_set(0, SQUAT, 100, 5)])
    unknown = [exposure for exposure in exposures_of(log, KNOWLEDGE, TODAY) if exposure.pattern == "unknown"]
    assert unknown[0].dose > 0
    assert summarise(log, KNOWLEDGE, TODAY).unknown_exercises == ("Zorgle",)


def test_warm_ups_and_sets_in_which_nothing_was_done_are_no_work() -> None:
    log = log_of([a_set(0, SQUAT, 60, 5, "warmup"), a_set(0, SQUAT, 100, None), a_set(0, SQUAT, 100, 5)])
    assert [(one.sets, one.tonnage_kg) for one in exposures_of(log, KNOWLEDGE, TODAY)] == [(1, 500)]


def test_tonnage_is_in_kilograms_and_unknown_where_the_unit_is() -> None:
    pounds = log_of([a_set(0, SQUAT, 100, 5, unit="lb")])
    unknown = log_of([a_set(0, SQUAT, 100, 5, unit="unknown")])
    assert exposures_of(pounds, KNOWLEDGE, TODAY)[0].tonnage_kg == pytest.approx(226.796185)
    assert exposures_of(unknown, KNOWLEDGE, TODAY)[0].tonnage_kg is None
    assert exposures_of(unknown, KNOWLEDGE, TODAY)[0].dose > 0  # shares of a lift's own best need no unit


def test_weeks_hold_every_hard_set_and_show_gaps() -> None:
    log = log_of([*sets_of(0, SQUAT, 3, 100, 5), *sets_of(15, SQUAT, 4, 100, 5)])
    weeks = summarise(log, KNOWLEDGE, TODAY).weeks
    assert [week.week for week in weeks] == [START + timedelta(weeks=number) for number in range(3)]
    assert [[one.sets for one in week.patterns] for week in weeks] == [[3], [], [4]]


def test_week_on_week_compares_the_last_whole_weeks() -> None:
    log = log_of([*sets_of(0, SQUAT, 4, 100, 5), *sets_of(7, SQUAT, 6, 100, 5), *sets_of(14, SQUAT, 9, 100, 5)])
    change = summarise(log, KNOWLEDGE, START + timedelta(days=15)).week_on_week[0]
    assert (change.sets, change.sets_before, change.share) == (6, 4, 0.5)


def test_a_jump_is_against_the_biggest_of_the_days_before() -> None:
    sets = sets_of(0, SQUAT, 4, 100, 5) + sets_of(18, SQUAT, 2, 100, 5) + sets_of(22, SQUAT, 8, 100, 5)
    jump = summarise(log_of(sets), KNOWLEDGE, TODAY).biggest_jump
    assert jump is not None
    assert jump.ratio == pytest.approx(2.0)
    assert jump.day_before == START


def test_the_first_weeks_of_a_log_hold_too_little_for_a_jump() -> None:
    sets = sets_of(0, SQUAT, 1, 100, 5) + sets_of(3, SQUAT, 8, 100, 5)
    assert summarise(log_of(sets), KNOWLEDGE, TODAY).jumps == ()


def test_the_first_session_and_the_first_after_a_long_pause_are_no_jumps() -> None:
    sets = sets_of(0, SQUAT, 1, 60, 5) + sets_of(40, SQUAT, 10, 100, 5)
    assert summarise(log_of(sets), KNOWLEDGE, TODAY).jumps == ()


def test_the_usual_week_is_what_most_weeks_hold() -> None:
    usual = summarise(log_of([*two_days_a_week(8), *sets_of(52, CURL, 2, 20, 10)]), KNOWLEDGE, TODAY).usual_week
    assert usual is not None
    assert (usual.sessions, [day.weekday for day in usual.days]) == (2, [0, 3])
    assert {lift.exercise: (lift.sets, lift.reps, lift.weight) for lift in usual.lifts} == {
        SQUAT: (3, (5, 5), 100), BENCH: (3, (5, 5), 80), DEADLIFT: (3, (5, 5), 120),
    }  # fmt: skip


def test_habits_count_close_days_gaps_and_weeks_without_a_lighter_one() -> None:
    close = [one for day in range(0, 28, 7) for d in (0, 1) for one in sets_of(day + d, SQUAT, 3, 100, 5)]
    habits = summarise(log_of(close), KNOWLEDGE, TODAY).habits
    assert (habits.heavy_days, habits.close_pairs) == (8, 4)
    steady = summarise(log_of(two_days_a_week(12)), KNOWLEDGE, TODAY).habits
    assert (steady.close_pairs, steady.weeks_since_lighter) == (0, 11)
    after = summarise(log_of([*two_days_a_week(4), *sets_of(50, DEADLIFT, 3, 120, 5)]), KNOWLEDGE, TODAY).habits
    assert [one.gap_days for one in after.returns] == [26]


def test_a_log_without_work_gives_nothing_and_no_error() -> None:
    for sets in ([], [a_set(0, SQUAT, 60, 5, "warmup")]):
        summary = summarise(log_of(sets), KNOWLEDGE, TODAY)
        assert (summary.hard_sets, summary.weeks, summary.biggest_jump) == (0, (), None)


def test_the_report_of_an_import_counts_workouts_and_days() -> None:
    report = import_report(log_of(two_days_a_week(2)), KNOWLEDGE)
    assert (report.sets, report.workouts, report.first_day, report.last_day) == (
        18, 4, START, START + timedelta(days=10),
    )  # fmt: skip
