"""Exchanging the kernel's prior afterwards is the same as filtering once for each pattern."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftback.trajectory.filtering import Belief, day_after, nodes_of, start
from liftback.trajectory.model import KERNEL, PATTERNS, broad_kernel, kernel_priors, product_rules
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
    means, covariances = kernel_priors(model.priors)
    for which, weight in enumerate(model.priors.weights):
        begun = start(given.persistent, nodes, model)
        mean, covariance = begun.mean.copy(), begun.covariance.copy()
        mean[..., block], covariance[..., block, block] = means[which], covariances[which]
        own, evidence = run(replace(begun, mean=mean, covariance=covariance), given, nodes, model)
        assert kernel[:, :, which] == pytest.approx(own.mean[..., block], abs=2e-3)
        assert spread[:, :, which] == pytest.approx(own.covariance[..., block, block], abs=2e-3)
        expected = evidence - evidence_broad + np.log(weight)
        assert found[:, 0, which] == pytest.approx(expected, abs=0.01)


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


def test_patterns_sum_to_one_and_are_told_apart() -> None:
    cohort = lifters(150, 84, 3)
    from liftback.trajectory.compiled import filter_diaries  # noqa: PLC0415

    chances = pattern_mixture(filter_diaries(arrays(cohort), MODEL), MODEL).patterns
    assert chances.sum(axis=1) == pytest.approx(1)
    assert (chances.argmax(axis=1) == cohort.pattern).mean() > 0.75
    assert len(PATTERNS) == chances.shape[1]
