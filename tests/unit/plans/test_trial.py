"""The parts of the simulated trial: rivals, worlds, what is counted, and the stored run's promises."""

from __future__ import annotations

import json
import math
from datetime import timedelta

import pytest
from click.testing import CliRunner

from docs import simulated_trial
from liftback.cli import main
from liftback.exchange.trial_report import WARNING, trial_json, trial_markdown, trial_of_json, trial_text
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.operations.simulating import simulate
from liftback.plans.trial.chance import numbers_of
from liftback.plans.trial.policies import LINEAR, POLICIES, RIVALS, linear_share, rest_share, tenth_share
from liftback.plans.trial.programme import FIRST_MONDAY, programme_of
from liftback.plans.trial.running import DAYS_BEFORE, course_of
from liftback.plans.trial.scores import counted, estimate, flare_days, median_days
from liftback.plans.trial.trial import Trial, promises
from liftback.plans.trial.worlds import CAPACITY, CHANCE, LEFT_OVER, OWN, SAME_DAY, STRAIN, WORLDS, back_of, rating
from liftback.trajectory.model import model_of

PLANS = plan_knowledge(load_knowledge())
MODEL = model_of(PLANS.known)
SEED = 5


@pytest.fixture(scope="module")
def small() -> Trial:
    return simulate(lifters=2, seed=SEED, weeks=3)


# --- rivals --------------------------------------------------------------------------------------------------------


def test_equal_steps_go_from_three_tenths_to_all_in_eight_weeks() -> None:
    shares = [linear_share(day, ()) for day in range(3 + 7 * 8 + 1)]
    assert shares[:3] == [0, 0, 0]
    assert [round(share, 3) for share in shares[3::7]] == [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.0]
    assert shares[3:10] == [0.3] * 7


def test_a_tenth_more_each_week_begins_at_half_and_ends_at_all() -> None:
    shares = [tenth_share(day, ()) for day in range(80)]
    assert shares[:4] == [0, 0, 0, 0.5]
    assert shares[10] == pytest.approx(0.55)
    assert shares[-1] == 1.0


def test_rest_waits_for_seven_calm_days_and_again_after_a_flare() -> None:
    calm = [4, 3, 1, 0, 1, 1, 0, 1]
    assert rest_share(8, calm) == 0.0
    assert rest_share(9, [*calm, 1]) == 1.0
    after = [*calm, 1, 6]
    assert rest_share(10, after) == 0.0
    assert rest_share(17, [*after, 1, 1, 1, 1, 1, 1, 1]) == 1.0


@pytest.mark.parametrize("lifter", range(4))
def test_rest_begins_to_train_only_after_seven_days_without_pain(lifter: int) -> None:
    course = course_of(OWN, "rest", lifter, seed=SEED, weeks=26, plans=PLANS)
    first = next((day for day, dose in enumerate(course.doses) if dose), None)
    if first is None:
        return
    assert any(max(course.scores[start : start + 7]) <= 1 for start in range(first - 6))


def test_the_usual_week_is_about_three_typical_sessions() -> None:
    programme = programme_of(PLANS)
    days = [sum(programme.doses(FIRST_MONDAY + timedelta(days=day))) for day in range(7)]
    assert [day for day, dose in enumerate(days) if dose] == [0, 2, 4]
    assert all(0.95 < dose < 1.1 for dose in days if dose)


# --- worlds --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("world", "left_over"), [(CAPACITY, 5), (STRAIN, 7)])
@pytest.mark.parametrize("lifter", range(8))
def test_a_back_that_was_built_up_slowly_takes_the_usual_week(world: str, left_over: int, lifter: int) -> None:
    # `left_over` is the place of the trait behind the pain of a good day.
    programme, days = programme_of(PLANS), 700
    numbers = numbers_of(SEED, WORLDS.index(world), lifter, days)
    back = back_of(world, numbers, MODEL, [1.0, 0.0] * (DAYS_BEFORE // 2))
    usual = [sum(programme.doses(FIRST_MONDAY + timedelta(days=day))) for day in range(days)]
    for day, dose in enumerate(usual):
        back.night(dose * min(1.0, 0.2 + day / 250))
    mean, sd = LEFT_OVER
    assert back.pain(max(usual)) - (mean + sd * numbers.traits[left_over]) < 1.0


def test_in_the_world_of_chance_load_does_nothing() -> None:
    scores = {course_of(CHANCE, policy, 3, seed=SEED, weeks=4, plans=PLANS).scores for policy in POLICIES}
    assert len(scores) == 1


@pytest.mark.parametrize("world", [world for world in WORLDS if world != CHANCE])
def test_everywhere_else_more_load_is_more_pain(world: str) -> None:
    more = 0.0
    for lifter in range(20):
        numbers = numbers_of(SEED, WORLDS.index(world), lifter, 31)
        rested, worked = (back_of(world, numbers, MODEL, [1.0, 0.0] * (DAYS_BEFORE // 2)) for _ in range(2))
        for _ in range(30):
            rested.night(0.0)
            worked.night(1.5)
        more += worked.pain(0.0) - rested.pain(0.0)
    assert more / 20 > 0.2


def test_ratings_stay_on_the_scale_and_share_the_day() -> None:
    numbers = numbers_of(SEED, 0, 0, 50)
    assert {rating(99.0, day, 0, numbers, MODEL) for day in range(50)} == {10}
    assert {rating(-99.0, day, 2, numbers, MODEL) for day in range(50)} == {0}
    assert 0 < SAME_DAY < 1


# --- what is counted -----------------------------------------------------------------------------------------------


def test_a_flare_begins_once() -> None:
    scores = [2] * 7 + [4, 5, 2, 6, 2, 2, 2, 2, 7]
    assert flare_days(scores) == [7, 15]


def test_nothing_is_a_flare_before_there_is_a_week() -> None:
    assert flare_days([0, 9, 0, 9, 0, 9, 0]) == []


def test_what_is_counted_of_a_course() -> None:
    found = counted([1, 3], [0.5, 0.9], [0.5, 0.4], weekly=1.4, full=0.9)
    assert (found.full_day, found.own_day) == (1.0, math.inf)
    assert found.weeks_kept == pytest.approx(1.0)
    assert found.mean_pain == 2.0


def test_intervals() -> None:
    found = estimate([1.0, 2.0, 3.0])
    assert (found.mean, round(found.low, 3), round(found.high, 3)) == (2.0, 0.868, 3.132)
    middle = median_days([5.0, math.inf, 1.0, 9.0, math.inf])
    assert (middle.mean, middle.low, middle.high) == (9.0, 1.0, math.inf)


# --- the trial -----------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_trial(small: Trial) -> None:
    assert simulate(lifters=2, seed=SEED, weeks=3) == small
    assert simulate(lifters=2, seed=SEED + 1, weeks=3, worlds=(OWN,)).worlds[0] != small.worlds[0]


def test_every_form_says_that_it_is_a_simulation(small: Trial) -> None:
    assert "Nothing in it shows that people get better" in WARNING
    for text in (trial_text(small, width=300), trial_markdown(small), json.dumps(trial_json(small))):
        assert WARNING in text
    assert max(len(line) for line in trial_text(small).splitlines()) <= 80


def test_a_trial_can_be_read_back(small: Trial) -> None:
    values = json.loads(json.dumps(trial_json(small)))
    assert trial_json(trial_of_json(values)) == values
    assert {rival for one in small.worlds for rival in one.plan_less} == set(RIVALS)


def test_the_command_prints_a_trial() -> None:
    asked = ["--lifters", "2", "--weeks", "2", "--world", "chance", "--format"]
    for output, mark in (("text", "SIMULATED TRIAL"), ("markdown", "# Simulated trial"), ("json", '"simulation"')):
        result = CliRunner().invoke(main, ["simulate", *asked, output])
        assert result.exit_code == 0, result.output
        assert mark in result.output


def test_the_stored_run_keeps_both_promises() -> None:
    found = promises(simulated_trial.stored())
    assert [(one.world, one.what) for one in found if not one.kept] == []
    assert {one.world for one in found if one.what == "flares" and one.rival == LINEAR} == set(WORLDS)
    assert [one.world for one in found if one.what == "sooner"] == [OWN]
    assert simulated_trial.stale() == []
