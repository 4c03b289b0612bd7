"""The response patterns told apart, by exchanging the kernel's prior after the fact.

The filter ran once under one broad Gaussian prior of the kernel. Taking that prior out and putting a pattern's own in
is exact for Gaussians and gives each pattern's evidence in closed form. What results is a mixture of normals: one for
each node of the grid and each pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.filtering import Belief, repeated_share
from liftback.trajectory.model import KERNEL, LAGS, Model, Priors, broad_kernel, kernel_priors

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixture:
    """A belief as a mixture of normals over N lifters, G nodes and the three patterns.

    `weight` (N, G, 3) sums to one for each lifter. The kernel is `kernel` (N, G, 3, 8) with `spread`
    (N, G, 3, 8, 8). The rest of the state is, given the kernel h, normal around `offset` (N, G, 6) + `slope`
    (N, G, 6, 8) h with covariance `scatter` (N, G, 6, 6), whatever the pattern.
    """

    weight: Array
    kernel: Array
    spread: Array
    offset: Array
    slope: Array
    scatter: Array

    @property
    def patterns(self) -> Array:
        """The probability of each pattern, (N, 3)."""
        total: Array = self.weight.sum(axis=1)
        return total

    def along(self, on_rest: Array, on_kernel: Array) -> tuple[Array, Array]:
        """Mean and standard deviation (N, G, 3) of a sum over the state, weights (6) and (N, G, 8)."""
        on_slope = np.einsum("r,ngrh->ngh", on_rest, self.slope) + on_kernel
        mean = (self.offset @ on_rest)[..., None] + np.einsum("ngch,ngh->ngc", self.kernel, on_slope)
        within = np.einsum("r,ngrs,s->ng", on_rest, self.scatter, on_rest)
        by_kernel = (self.spread @ on_slope[:, :, None, :, None])[..., 0]
        variance = within[..., None] + np.einsum("ngch,ngh->ngc", by_kernel, on_slope)
        return mean, np.sqrt(np.maximum(variance, 0.0))


def inverses(matrices: Array) -> tuple[Array, Array]:
    """Inverses (..., n, n) of symmetric positive matrices and the logarithms of their determinants, all at once.

    One sweep after another over all matrices together, which for thousands of small ones is several times faster
    than a call into a library for each.
    """
    swept = np.moveaxis(matrices, (-2, -1), (0, 1)).copy()
    log_determinant = np.zeros(swept.shape[2:])
    for k in range(len(swept)):
        pivot = swept[k, k].copy()
        log_determinant += np.log(pivot)
        row = swept[k] / pivot
        swept -= swept[:, k][:, None] * row[None]
        swept[k], swept[:, k], swept[k, k] = row, row, -1 / pivot
    return -np.moveaxis(swept, (0, 1), (-2, -1)), log_determinant


@lru_cache
def _exchanged(priors: Priors) -> tuple[Array, Array, Array]:
    """For each pattern: precision and information to add to the broad posterior, and the constant of its evidence."""
    means, covariances = kernel_priors(priors)
    centre, broad = broad_kernel(priors)
    own, own_log = inverses(covariances)
    common, common_log = inverses(broad)
    inform = np.einsum("cij,cj->ci", own, means)
    constant = common_log - own_log - np.einsum("ci,ci->c", inform, means) + centre @ common @ centre
    return own - common, inform - common @ centre, constant + 2 * np.log(np.array(priors.weights))


def exchanged_kernels(mean: Array, covariance: Array, priors: Priors) -> tuple[Array, Array, Array, Array]:
    """Kernel posteriors (N, G, 8) under the broad prior, exchanged for those under each pattern.

    Gives the log weight of each pattern (N, G, 3), its mean and covariance, and the broad precision (N, G, 8, 8).
    """
    precision, log_determinant = inverses(covariance)
    more_precision, more_information, constant = _exchanged(priors)
    information = (precision @ mean[..., None])[..., 0]
    spread, spread_log = inverses(precision[:, :, None] + more_precision)
    informed = information[:, :, None] + more_information
    kernel = (spread @ informed[..., None])[..., 0]
    fit = np.einsum("ngch,ngch->ngc", informed, kernel) - np.einsum("ngh,ngh->ng", information, mean)[..., None]
    evidence = 0.5 * (fit + constant - spread_log - log_determinant[..., None])
    return evidence, kernel, spread, precision


def pattern_mixture(belief: Belief, model: Model) -> Mixture:
    """The belief with its patterns told apart, for one series of doses."""
    rest, block = slice(0, KERNEL), slice(KERNEL, KERNEL + LAGS)
    mean, covariance = belief.mean, belief.covariance
    kernels = mean[..., block], covariance[..., block, block]
    evidence, kernel, spread, precision = exchanged_kernels(*kernels, model.priors)
    evidence = _as_heard(evidence, belief, model)
    slope = covariance[..., rest, block] @ precision
    return Mixture(
        weight=normalised(belief.log_weight[..., None] + evidence),
        kernel=kernel,
        spread=spread,
        offset=mean[..., rest] - (slope @ mean[..., block, None])[..., 0],
        slope=slope,
        scatter=covariance[..., rest, rest] - slope @ np.swapaxes(covariance[..., rest, block], -1, -2),
    )


def _as_heard(evidence: Array, belief: Belief, model: Model) -> Array:
    """The evidence (N, G, 3), what the diary says weighed down and the shares believed before it as they were."""
    before = np.log(np.array(model.priors.weights))
    weighed: Array = (evidence - before) * _heard(belief, model)[:, None, None] + before
    return weighed


def _heard(belief: Belief, model: Model) -> Array:
    """The part (N,) of the evidence for a pattern that counts.

    Scores repeated by habit smear soreness over days, so that it looks like irritation: the more of them, the less
    the pattern's evidence is worth. A few in a hundred are found among anybody's.
    """
    less, anywhere, least = model.settings.heard
    share = repeated_share(belief, model)
    return np.clip(1 - less * (share - anywhere), least, 1.0)


def group_patterns(belief: Belief, model: Model, group: int) -> Array:
    """The probability of each pattern (N, 3) for one of several series of doses, the others kept broad."""
    block = slice(KERNEL + LAGS * group, KERNEL + LAGS * (group + 1))
    evidence, *_ = exchanged_kernels(belief.mean[..., block], belief.covariance[..., block, block], model.priors)
    evidence = _as_heard(evidence, belief, model)
    total: Array = normalised(belief.log_weight[..., None] + evidence).sum(axis=1)
    return total


def normalised(log_weight: Array) -> Array:
    """Weights (N, G, 3) that sum to one for each lifter."""
    weight = np.exp(log_weight - log_weight.max(axis=(1, 2), keepdims=True))
    result: Array = weight / weight.sum(axis=(1, 2), keepdims=True)
    return result
