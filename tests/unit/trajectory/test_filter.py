"""The filter against the brute-force joint Gaussian, and one score against the exact posterior."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from liftback.trajectory.course import Passage, felt_band
from liftback.trajectory.diary_arrays import DiaryArrays, diary_arrays
from liftback.trajectory.filtering import (
    MOVING,
    Belief,
    day_after,
    filter_diaries,
    nodes_of,
    regressors,
    start,
    updated,
)
from liftback.trajectory.model import (
    ASYMPTOTE,
    KERNEL,
    LAGS,
    LEVEL,
    RUNNING,
    SLEEP,
    TRANSIENT,
    Model,
    broad_kernel,
    product_rules,
)
from tests.unit.trajectory.small_cohort import MODEL, arrays, lifters, plain

Array = NDArray[np.float64]
ONE_NODE = product_rules(((0.0, 1.0),), ((0.0, 1.0),), ((0.0, 1.0),))
DAYS, SIZE = 12, KERNEL + LAGS


def wide(powers: tuple[tuple[float, float], ...] = ((1.0, 1.0),)) -> Model:
    """One node whose noise is so wide that a rounded score is as good as an exact one."""
    model = plain()
    return replace(model, priors=replace(model.priors, noise=(40.0, 0.3), powers=powers))


def diary(model: Model) -> DiaryArrays:
    """Twelve days with two gaps, a tweak, sleep and stress, and doses that differ."""
    pain = np.array([[4.0, 5, np.nan, 3, 6, 2, np.nan, 5, 4, 3, 7, 4]])
    dose = np.array([[1.0, 0, 0.5, 0, 1.2, 0, 0, 0.8, 0, 1.0, 0, 0.3]])
    feelings = np.linspace(-1, 1, 2 * DAYS).reshape(1, DAYS, 2)
    events = np.zeros((1, DAYS))
    events[0, 4] = 1
    return diary_arrays(
        pain=pain, dose=dose, model=model, feelings=feelings, events=events, before=np.zeros((1, LAGS - 1))
    )


def joint(model: Model, given: DiaryArrays, scored: bool) -> tuple[Array, Array, list[int]]:
    """All states of all days as one Gaussian, conditioned on the scores at once: mean, covariance, days."""
    nodes = nodes_of(given.persistent, model, ONE_NODE)
    begun = start(given.persistent, nodes, model)
    move = np.eye(SIZE)
    move[:MOVING, :MOVING] = nodes.moves[0, 0]
    mean, covariance = np.zeros(DAYS * SIZE), np.zeros((DAYS * SIZE, DAYS * SIZE))
    state, spread = begun.mean[0, 0].copy(), begun.covariance[0, 0].copy()
    for day in range(DAYS):
        here = slice(day * SIZE, (day + 1) * SIZE)
        if day:
            before = slice((day - 1) * SIZE, day * SIZE)
            state, spread = move @ state, move @ spread @ move.T
            spread[LEVEL, LEVEL] += nodes.drift[0, 0]
            covariance[here, : day * SIZE] = move @ covariance[before, : day * SIZE]
            covariance[: day * SIZE, here] = covariance[here, : day * SIZE].T
        if given.events[0, day]:
            state[TRANSIENT] += model.priors.event[0]
            spread[TRANSIENT, TRANSIENT] += model.priors.event[1] ** 2
        mean[here], covariance[here, here] = state, spread
    days = [day for day in range(DAYS) if scored and np.isfinite(given.pain[0, day])]
    sees = np.zeros((len(days), DAYS * SIZE))
    for row, day in enumerate(days):
        seen = regressors(given.window(day), given.feelings[:, day])[0, 0]
        sees[row, day * SIZE : (day + 1) * SIZE] = seen
    noise = np.diag([nodes.variance[0, 0] + given.extra[0, day] for day in days]).reshape(len(days), len(days))
    gain = covariance @ sees.T @ np.linalg.inv(sees @ covariance @ sees.T + noise)
    left = given.pain[0, days] - sees @ mean
    return mean + gain @ left, covariance - gain @ sees @ covariance, days


def walked(model: Model, given: DiaryArrays) -> list[Belief]:
    nodes = nodes_of(given.persistent, model, ONE_NODE)
    belief, found = start(given.persistent, nodes, model), []
    for day in range(DAYS):
        belief = day_after(belief, given, day, nodes, model)
        found.append(belief)
    return found


def test_without_scores_it_is_the_joint_gaussian() -> None:
    model = wide()
    given = replace(diary(model), pain=np.full((1, DAYS), np.nan))
    mean, covariance, _ = joint(model, given, scored=False)
    for day, belief in enumerate(walked(model, given)):
        here = slice(day * SIZE, (day + 1) * SIZE)
        assert belief.mean[0, 0] == pytest.approx(mean[here], abs=1e-9)
        assert belief.covariance[0, 0] == pytest.approx(covariance[here, here], abs=1e-9)


def test_with_scores_the_last_day_is_the_joint_gaussian() -> None:
    model = wide()
    given = diary(model)
    mean, covariance, days = joint(model, given, scored=True)
    last = walked(model, given)[-1]
    assert len(days) == 10
    # A rounded score is a twelfth of a point less exact, which this noise hides to the fourth digit.
    assert last.mean[0, 0] == pytest.approx(mean[-SIZE:], abs=2e-4)
    assert last.covariance[0, 0] == pytest.approx(covariance[-SIZE:, -SIZE:], abs=2e-4)


@pytest.mark.parametrize("score", [0.0, 3.0, 10.0])
@pytest.mark.parametrize("stray", [0.0, 0.2])
def test_one_score_has_the_moments_of_the_exact_posterior(score: float, stray: float) -> None:
    model = plain()
    model = replace(model, settings=replace(model.settings, outlier_share=stray))
    nodes = nodes_of(np.array([False]), model, ONE_NODE)
    begun = start(np.array([False]), nodes, model)
    window = np.zeros((1, len(model.priors.powers), 1, LAGS))
    window[..., 0] = 1.0
    seen = regressors(window, np.zeros((1, 2)))
    after = updated(begun, seen, np.array([score]), nodes, model, extra=np.zeros(1))
    weights, direction = seen[0, 0], begun.covariance[0, 0] @ seen[0, 0]
    middle, spread = weights @ begun.mean[0, 0], weights @ direction
    grid = np.linspace(middle - 9 * spread**0.5, middle + 9 * spread**0.5, 20_001)
    density = np.exp(-0.5 * (grid - middle) ** 2 / spread) * likelihood(score, grid, nodes.variance[0, 0], stray, model)
    density /= density.sum()
    mean = density @ grid
    variance = density @ (grid - mean) ** 2
    expected = begun.mean[0, 0] + direction / spread * (mean - middle)
    shrunk = begun.covariance[0, 0] - np.outer(direction, direction) / spread**2 * (spread - variance)
    assert after.mean[0, 0] == pytest.approx(expected, abs=1e-5)
    # The wider noise may make a score say "less sure"; then the belief keeps its spread instead.
    assert after.covariance[0, 0] == pytest.approx(shrunk if variance < spread else begun.covariance[0, 0], abs=1e-5)


def likelihood(score: float, eta: Array, variance: float, stray: float, model: Model) -> Array:
    from statistics import NormalDist  # noqa: PLC0415

    low = -np.inf if score == 0 else score - 0.5
    high = np.inf if score == 10 else score + 0.5
    found = np.zeros(len(eta))
    for share, times in ((1 - stray, 1.0), (stray, model.settings.outlier_times)):
        bell = NormalDist(0, variance**0.5 * times)
        found += share * np.array([bell.cdf(high - at) - bell.cdf(low - at) for at in eta.tolist()])
    return found


def test_the_band_looking_back_is_the_joint_gaussian() -> None:
    model = wide()
    given = diary(model)
    mean, covariance, _ = joint(model, given, scored=True)
    kept = Passage(beliefs=tuple(walked(model, given)), begins=0, nodes=nodes_of(given.persistent, model, ONE_NODE))

    class Days:
        """As much of a history as the band reads."""

        days, events = DAYS, given.events[0]

        def arrays(self, _: Model) -> DiaryArrays:
            return given

    band = felt_band(kept, Days(), model)  # type: ignore[arg-type]  # the few parts it needs
    seen = np.array([given.window(day)[0, 0, 0] for day in range(DAYS)])
    for day in range(DAYS):
        along = np.zeros(DAYS * SIZE)
        along[day * SIZE + LEVEL] = along[day * SIZE + TRANSIENT] = 1
        along[day * SIZE + KERNEL : (day + 1) * SIZE] = seen[: day + 1].mean(axis=0)
        middle, spread = along @ mean, (along @ covariance @ along) ** 0.5
        assert band[day, 2] == pytest.approx(middle, abs=1e-3)
        assert band[day, 4] - band[day, 2] == pytest.approx(1.2816 * spread, abs=2e-3)


def test_the_belief_given_is_never_changed() -> None:
    given = arrays(lifters(4))
    nodes = nodes_of(given.persistent, MODEL)
    belief = start(given.persistent, nodes, MODEL)
    before = {name: getattr(belief, name).copy() for name in ("mean", "covariance", "log_weight", "repeats", "echo")}
    day_after(belief, given, 1, nodes, MODEL)
    for name, value in before.items():
        assert np.array_equal(getattr(belief, name), value), name


def test_a_missing_score_only_lets_the_days_pass() -> None:
    given = replace(arrays(lifters(3)), pain=np.full((3, 56), np.nan))
    belief = filter_diaries(given, MODEL)
    assert np.isnan(belief.last).all()
    assert belief.weight == pytest.approx(np.exp(nodes_of(given.persistent, MODEL).log_weight))


def test_days_of_a_tweak_are_expected_to_hurt_and_known_less() -> None:
    given = diary(wide())
    found = walked(wide(), given)
    jump = found[4].mean[0, 0, TRANSIENT] - found[3].mean[0, 0, TRANSIENT]
    assert jump > 2
    assert found[4].covariance[0, 0, TRANSIENT, TRANSIENT] > 0.9


def test_the_state_begins_as_the_priors_say() -> None:
    nodes = nodes_of(np.array([False, True]), MODEL)
    begun = start(np.array([False, True]), nodes, MODEL)
    for row, course in enumerate((MODEL.priors.acute, MODEL.priors.persistent)):
        assert begun.mean[row, 0, LEVEL] == begun.mean[row, 0, RUNNING] == course.level[0]
        assert begun.mean[row, 0, ASYMPTOTE] == course.asymptote[0]
    assert begun.mean[0, 0, SLEEP] == MODEL.priors.sleep[0]
    assert begun.covariance[0, 0, KERNEL:, KERNEL:] == pytest.approx(broad_kernel(MODEL.priors)[1])
