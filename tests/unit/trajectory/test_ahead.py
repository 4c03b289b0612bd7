"""The next days: pain expected by a slow walk, flare risks by hand, and the cap on the dose."""

from __future__ import annotations

from dataclasses import replace
from statistics import NormalDist

import numpy as np
import pytest

from liftback.trajectory.cohort import follow_many
from liftback.trajectory.draws import Ahead, dose_cap, flare_risks, look_ahead
from liftback.trajectory.filtering import filter_diaries
from liftback.trajectory.model import LAGS
from liftback.trajectory.outlook import outlook, recent_days, usual_asking
from tests.unit.trajectory.small_cohort import MODEL, arrays, draws, lifters

pytestmark = pytest.mark.xdist_group("compiled")


def test_the_next_days_are_those_of_a_slow_walk() -> None:
    rng = np.random.default_rng(6)
    given = draws(2, 16)
    given = replace(given, power=rng.integers(0, 2, size=(2, 16)))
    doses, normals = rng.uniform(0, 1.4, size=(2, LAGS - 1)), rng.normal(size=(16, 3))
    loads = np.stack([doses**power for power, _ in MODEL.priors.powers], axis=2)
    found = look_ahead(given, loads, MODEL, normals)
    fade = np.exp(-1 / MODEL.priors.event_days)
    for one, sample in np.ndindex(2, 16):
        level, _, transient, asymptote = given.rest[one, sample, :4]
        power = MODEL.priors.powers[given.power[one, sample]][0]
        for day in range(3):
            level += (asymptote - level) / given.days[one, sample] + given.drift[one, sample] * normals[sample, day]
            transient *= fade
            # The last day of the diary lies one day before the first of these.
            left = sum(
                given.kernel[one, sample, day + 1 + back] * doses[one, -1 - back] ** power
                for back in range(LAGS - 1 - day)
            )
            assert found.rest[one, sample, day] == pytest.approx(level + transient + left)
            assert found.answer[one, sample, day] == given.kernel[one, sample, day]
        missing = 2 * MODEL.settings.missing_variance
        assert found.spread[one, sample] == pytest.approx((given.noise[one, sample] ** 2 + missing) ** 0.5)


def ahead() -> Ahead:
    given = draws(3, 64)
    return Ahead(
        rest=np.repeat(given.rest[..., :1], 3, axis=2),
        answer=given.kernel[..., :3],
        spread=given.noise,
        power=given.power,
    )


def test_the_flare_risk_rises_with_the_dose() -> None:
    doses = np.tile(np.linspace(0, 3, 13), (3, 1))
    risks = flare_risks(ahead(), np.full(3, 2.0), doses, MODEL, 2.0).mean(axis=1)
    assert (np.diff(risks, axis=1) >= 0).all()
    assert ((risks >= 0) & (risks <= 1)).all()


@pytest.mark.parametrize("reference", [2.0, 2.3, 7.9])
def test_a_flare_risk_is_that_of_any_day_reaching_the_rise(reference: float) -> None:
    given, doses = replace(ahead(), power=np.arange(192).reshape(3, 64) % 2), np.array([0.0, 0.8, 1.3])
    found = flare_risks(given, np.full(3, reference), np.tile(doses, (3, 1)), MODEL, 2.0)
    share, times = MODEL.settings.outlier_share, MODEL.settings.outlier_times
    # Scores are whole points, so that the least one that counts is the next above the rise.
    least = {2.0: 4, 2.3: 5, 7.9: 10}[reference] - 0.5
    for one, sample, which in np.ndindex(3, 5, 3):
        calm, power = 1.0, MODEL.priors.powers[given.power[one, sample]][0]
        for day in range(3):
            pain = given.rest[one, sample, day] + given.answer[one, sample, day] * doses[which] ** power
            spread = float(given.spread[one, sample])
            usual, stray = NormalDist(float(pain), spread), NormalDist(float(pain), spread * times)
            calm *= (1 - share) * usual.cdf(least) + share * stray.cdf(least)
        assert found[one, sample, which] == pytest.approx(1 - calm, abs=5e-6)


def test_a_flare_is_judged_against_the_mean_of_the_last_week() -> None:
    cohort, asking = lifters(), usual_asking()
    diary = arrays(cohort).part(slice(20))
    belief = filter_diaries(diary, MODEL)
    recent = recent_days(diary, cohort.dose[:20], cohort.plan[:20], asking.limits)
    assert np.array_equal(recent.pain, diary.pain[:, -7:], equal_nan=True)
    same = np.nanmean(recent.pain, axis=1, keepdims=True)
    found = outlook(belief, recent, asking)
    only_mean = outlook(belief, replace(recent, pain=np.repeat(same, 7, axis=1)), asking)
    assert only_mean.flare_plan == pytest.approx(found.flare_plan)
    higher = outlook(belief, replace(recent, pain=np.repeat(same + 1, 7, axis=1)), asking)
    assert (higher.flare_rest < found.flare_rest).mean() > 0.9
    nothing = outlook(belief, replace(recent, pain=np.full_like(recent.pain, np.nan)), asking)
    felt = np.repeat(found.felt[:, 3:4].clip(0, 10), 7, axis=1)
    assert nothing.flare_rest == pytest.approx(outlook(belief, replace(recent, pain=felt), asking).flare_rest)


def test_where_the_scale_has_no_room_there_is_no_flare() -> None:
    assert (flare_risks(ahead(), np.full(3, 9.0), np.ones((3, 1)), MODEL, 2.0) == 0).all()


def test_the_cap_keeps_its_promise_and_never_leaves_the_ladder() -> None:
    ladder = np.tile(np.linspace(0, 2, 13), (3, 1))
    risks = flare_risks(ahead(), np.full(3, 2.0), ladder, MODEL, 2.0)
    cap = dose_cap(ladder, risks, 0.05, 0.1)
    assert ((cap >= 0) & (cap <= 2)).all()
    at_cap = flare_risks(ahead(), np.full(3, 2.0), cap[:, None], MODEL, 2.0)[..., 0]
    extra = at_cap - risks[..., 0]
    assert (extra.mean(axis=1) <= 0.052).all()
    assert ((extra > 0.055).mean(axis=1) <= 0.15).all()
    assert (dose_cap(ladder, np.zeros_like(risks), 0.05, 0.1) == 2).all()
    # Whatever the doubt, on average: there the extra risk is just what is accepted.
    sure = dose_cap(ladder, risks, 0.05, 1.0)
    assert ((cap < sure) & (sure < 2)).all()
    at_sure = flare_risks(ahead(), np.full(3, 2.0), sure[:, None], MODEL, 2.0)[..., 0]
    assert (at_sure - risks[..., 0]).mean(axis=1) == pytest.approx(0.05, abs=0.003)


def test_the_cap_is_never_beyond_what_recent_training_shows() -> None:
    cohort = lifters(60)
    found = follow_many(cohort.pain, cohort.dose, persistent=cohort.persistent, plan=9.0, compiled=True)
    largest = cohort.dose[:, -28:].max(axis=1)
    assert (found.cap <= 1.2 * largest + 1e-9).all()
    assert not found.within_reach.any()


@pytest.mark.parametrize(("times", "within"), [(1.19, True), (1.21, False)])
def test_a_plan_is_within_reach_up_to_a_fifth_above_the_largest_dose(times: float, within: bool) -> None:
    cohort = lifters()
    dose = cohort.dose.copy()
    dose[:, :28] = 5.0  # longer ago than four weeks
    largest = dose[:, -28:].max(axis=1)
    found = follow_many(cohort.pain, dose, persistent=cohort.persistent, plan=times * largest, compiled=True)
    assert (found.within_reach == within).all()


@pytest.mark.parametrize("plan", [np.nan, -2.0, 0.0])
def test_a_plan_that_is_none_is_the_risk_at_rest(plan: float) -> None:
    cohort = lifters(60)
    found = follow_many(cohort.pain, cohort.dose, persistent=cohort.persistent, plan=plan, compiled=True)
    assert found.flare_plan == pytest.approx(found.flare_rest)
    assert found.within_reach.all()
