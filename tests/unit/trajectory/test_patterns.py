"""Exchanging the kernel's prior afterwards is the same as filtering once for each pattern."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftback.trajectory import compiled
from liftback.trajectory.filtering import Belief, day_after, filter_diaries, nodes_of, start
from liftback.trajectory.model import KERNEL, LAGS, PATTERNS, broad_kernel, kernel_priors, product_rules
from liftback.trajectory.patterns import exchanged_kernels, pattern_mixture
from tests.unit.trajectory.small_cohort import MODEL, arrays, lifters, plain

ONE_NODE = product_rules(((0.0, 1.0),), ((0.0, 1.0),), ((0.0, 1.0),))

pytestmark = pytest.mark.xdist_group("compiled")


def test_against_a_filter_for_each_pattern() -> None:
    model = plain()
    model = replace(model, priors=replace(model.priors, powers=((1.0, 1.0),), noise=(6.0, 0.3)))
    given = arrays(lifters(6), model)
    nodes = nodes_of(given.persistent, model, ONE_NODE)
    broad, evidence_broad = run(start(given.persistent, nodes, model), given, nodes, model)
    block = slice(KERNEL, None)
    found, kernel, spread, _ = exchanged_kernels(
        broad.mean[..., block], broad.covariance[..., block, block], model.priors
    )
    mixture = pattern_mixture(broad, model)
    means, covariances = kernel_priors(model.priors)
    evidences, along = [], np.linspace(-1, 1, KERNEL + LAGS)
    for which, weight in enumerate(model.priors.weights):
        begun = start(given.persistent, nodes, model)
        mean, covariance = begun.mean.copy(), begun.covariance.copy()
        mean[..., block], covariance[..., block, block] = means[which], covariances[which]
        own, evidence = run(replace(begun, mean=mean, covariance=covariance), given, nodes, model)
        assert kernel[:, :, which] == pytest.approx(own.mean[..., block], abs=2e-3)
        assert spread[:, :, which] == pytest.approx(own.covariance[..., block, block], abs=2e-3)
        expected = evidence - evidence_broad + np.log(weight)
        assert found[:, 0, which] == pytest.approx(expected, abs=0.01)
        evidences.append(expected)
        # Any sum over the whole state, the rest of it with the kernel.
        middle, width = mixture.along(along[:KERNEL], np.tile(along[KERNEL:], (given.lifters, 1, 1)))
        assert middle[:, 0, which] == pytest.approx(own.mean[:, 0] @ along, abs=2e-3)
        assert width[:, 0, which] ** 2 == pytest.approx(along @ own.covariance[:, 0] @ along, abs=5e-3)
    likely = np.exp(np.array(evidences).T)
    assert mixture.patterns == pytest.approx(likely / likely.sum(axis=1, keepdims=True), abs=3e-3)


def run(belief: Belief, given, nodes, model) -> tuple[Belief, np.ndarray]:  # type: ignore[no-untyped-def]  # as above
    """A belief after all days, and the log evidence, from the weight of one node beside one that never learns."""
    total = np.zeros(given.lifters)
    for day in range(given.days):
        before = belief
        twin = replace(before, log_weight=np.zeros_like(before.log_weight))
        belief = day_after(before, given, day, nodes, model)
        total += log_chance(twin, given, day, nodes, model)
    return belief, total


def log_chance(belief: Belief, given, day, nodes, model) -> np.ndarray:  # type: ignore[no-untyped-def]  # as above
    """The log probability of a day's scores, by the twin that sums the exact interval."""
    from liftback.trajectory.filtering import bounds, foresee, one_day_on, regressors, with_events  # noqa: PLC0415
    from liftback.trajectory.normal import interval  # noqa: PLC0415

    if day:
        belief = one_day_on(belief, nodes)
    belief = with_events(belief, given.events[:, day], model)
    seen = regressors(given.window(day), given.feelings[:, day])
    foreseen, _ = foresee(belief, seen)
    root = np.sqrt(foreseen.variance[:, 0] + nodes.variance[:, 0] + given.extra[:, day])
    score = np.nan_to_num(given.pain[:, day])
    low, high = bounds(score)
    chance = interval((low - foreseen.mean[:, 0]) / root, (high - foreseen.mean[:, 0]) / root)
    return np.where(np.isfinite(given.pain[:, day]), np.log(chance), 0.0)


def test_the_broad_prior_is_wider_than_every_pattern() -> None:
    _, broad = broad_kernel(MODEL.priors)
    for covariance in kernel_priors(MODEL.priors)[1]:
        assert np.linalg.eigvalsh(broad - covariance).min() > 0


def test_before_any_diary_patterns_have_the_shares_that_are_believed() -> None:
    """Whatever is believed of habits, which only say how much a diary counts."""
    kind = np.array([False])
    begun = start(kind, nodes_of(kind, MODEL), MODEL)
    for habit in (begun.repeats, np.array([[0.0, 0, 0, 0, 1]])):
        found = pattern_mixture(replace(begun, repeats=habit), MODEL).patterns[0]
        assert found == pytest.approx(MODEL.priors.weights, abs=1e-6)


def test_patterns_sum_to_one_and_are_told_apart() -> None:
    cohort = lifters(150, 84, 3)
    chances = pattern_mixture(compiled.filter_diaries(arrays(cohort), MODEL), MODEL).patterns
    assert chances.sum(axis=1) == pytest.approx(1)
    assert (chances.argmax(axis=1) == cohort.pattern).mean() > 0.75
    assert len(PATTERNS) == chances.shape[1]


def test_the_more_scores_repeat_the_less_a_pattern_is_called() -> None:
    belief = filter_diaries(arrays(lifters(12)), MODEL)
    shares = np.array([share for share, _ in MODEL.settings.repeats or ()])
    found = [
        pattern_mixture(replace(belief, repeats=np.tile(shares == share, (12, 1)).astype(np.float64)), MODEL).patterns
        for share in shares
    ]
    sure = [patterns.max(axis=1).mean() for patterns in found]
    # Four times the share is taken from the evidence, down to a fifth of it.
    assert sure[0] > sure[1] > sure[2]
    assert sure[3] == pytest.approx(sure[4])
    assert sure[4] < sure[0] - 0.05
    assert found[4].std(axis=0).max() > 0.02
