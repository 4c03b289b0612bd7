"""The filter against the brute-force joint Gaussian, and one score against the exact posterior."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from liftback.trajectory.course import Passage, felt_band
from liftback.trajectory.diary_arrays import DiaryArrays, diary_arrays
from liftback.trajectory.filtering import (
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
    STRESS,
    TRANSIENT,
    Model,
    broad_kernel,
    product_rules,
)
from tests.unit.trajectory.small_cohort import MODEL, arrays, lifters, plain

Array = NDArray[np.float64]
ONE_NODE = product_rules(((0.0, 1.0),), ((0.0, 1.0),), ((0.0, 1.0),))
DAYS, SIZE = 12, KERNEL + LAGS
PAIN = (4.0, 5.0, np.nan, 3.0, 6.0, 2.0, np.nan, 5.0, 4.0, 3.0, 7.0, 4.0)
DOSE = (1.0, 0.0, 0.5, 0.0, 1.2, 0.0, np.nan, 0.8, 0.0, 1.0, 0.0, 0.3)
POWERS = ((1.0, 0.6), (2.5, 0.4))


def wide(powers: tuple[tuple[float, float], ...] = ((1.0, 1.0),), noise: float = 10.0) -> Model:
    """One node for each exponent, with noise so wide that a rounded score is as good as an exact one."""
    model = plain()
    return replace(model, priors=replace(model.priors, noise=(noise, 0.3), powers=powers, event=(3.0, 1.3)))


def diary(model: Model) -> DiaryArrays:
    """Twelve days with gaps, two tweaks, sleep and stress with one missing, and doses that differ, one not known."""
    feelings = np.linspace(-1, 1, 2 * DAYS).reshape(1, DAYS, 2)
    feelings[0, 3, 0] = np.nan
    events = np.zeros((1, DAYS))
    events[0, [4, 8]] = 1
    return diary_arrays(
        pain=[PAIN], dose=[DOSE], model=model, feelings=feelings, events=events, before=np.zeros((1, LAGS - 1))
    )


def sees(model: Model, given: DiaryArrays, day: int, power: float) -> tuple[Array, float]:
    """What a day's score sees of the state, and the variance of what is not known, from the raw doses."""
    known = [DOSE[day - lag] if day >= lag else 0.0 for lag in range(LAGS)]
    settings = model.settings
    seen = np.zeros(SIZE)
    seen[LEVEL] = seen[TRANSIENT] = 1
    seen[SLEEP : STRESS + 1] = given.feelings[0, day]
    seen[KERNEL:] = [settings.unknown_dose if np.isnan(dose) else dose**power for dose in known]
    unknown = sum(np.isnan(dose) for dose in known)
    return seen, settings.missing_variance * (day == 3) + settings.unknown_dose_variance * unknown


def joint(model: Model, given: DiaryArrays, scored: bool, power: float = 1.0) -> tuple[Array, Array, float]:
    """All states of all days as one Gaussian, conditioned on the scores at once: mean, covariance, log evidence."""
    priors = model.priors
    begun = start(given.persistent, nodes_of(given.persistent, model, ONE_NODE), model)
    move = np.eye(SIZE)
    move[LEVEL, LEVEL], move[LEVEL, ASYMPTOTE] = 1 - 1 / priors.acute.days[0], 1 / priors.acute.days[0]
    move[RUNNING, LEVEL] = 1 / model.settings.course_days
    move[RUNNING, RUNNING] = 1 - move[RUNNING, LEVEL]
    move[TRANSIENT, TRANSIENT] = np.exp(-1 / priors.event_days)
    mean, covariance = np.zeros(DAYS * SIZE), np.zeros((DAYS * SIZE, DAYS * SIZE))
    state, spread = begun.mean[0, 0].copy(), begun.covariance[0, 0].copy()
    for day in range(DAYS):
        here = slice(day * SIZE, (day + 1) * SIZE)
        if day:
            before = slice((day - 1) * SIZE, day * SIZE)
            state, spread = move @ state, move @ spread @ move.T
            spread[LEVEL, LEVEL] += priors.drift[0] ** 2
            covariance[here, : day * SIZE] = move @ covariance[before, : day * SIZE]
            covariance[: day * SIZE, here] = covariance[here, : day * SIZE].T
        if given.events[0, day]:
            state[TRANSIENT] += priors.event[0]
            spread[TRANSIENT, TRANSIENT] += priors.event[1] ** 2
        mean[here], covariance[here, here] = state, spread
    days = [day for day in range(DAYS) if scored and np.isfinite(PAIN[day])]
    all_seen, noise = np.zeros((len(days), DAYS * SIZE)), np.zeros((len(days), len(days)))
    for row, day in enumerate(days):
        all_seen[row, day * SIZE : (day + 1) * SIZE], unknown = sees(model, given, day, power)
        # A score that is rounded to a whole point is a twelfth less exact.
        noise[row, row] = priors.noise[0] ** 2 + unknown + 1 / 12
    total = all_seen @ covariance @ all_seen.T + noise
    gain = covariance @ all_seen.T @ np.linalg.inv(total)
    left = np.array(PAIN)[days] - all_seen @ mean
    evidence = -0.5 * (left @ np.linalg.solve(total, left) + np.linalg.slogdet(total)[1])
    return mean + gain @ left, covariance - gain @ all_seen @ covariance, float(evidence)


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


def test_with_scores_every_node_is_the_joint_gaussian() -> None:
    model = wide(POWERS)
    given = diary(model)
    last = walked(model, given)[-1]
    for node, (power, _) in enumerate(POWERS):
        mean, covariance, _ = joint(model, given, scored=True, power=power)
        assert last.mean[0, node] == pytest.approx(mean[-SIZE:], abs=1e-6)
        assert last.covariance[0, node] == pytest.approx(covariance[-SIZE:, -SIZE:], abs=1e-6)


def test_each_node_weighs_what_the_scores_say_for_it() -> None:
    model = wide(POWERS, noise=2.0)
    given = diary(model)
    evidence = np.array([joint(model, given, scored=True, power=power)[2] for power, _ in POWERS])
    expected = np.exp(evidence) * [share for _, share in POWERS]
    assert walked(model, given)[-1].weight[0] == pytest.approx(expected / expected.sum(), abs=1e-4)
    assert abs(expected[0] / expected.sum() - 0.6) > 0.005, "the scores say something"


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
