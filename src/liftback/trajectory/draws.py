"""Draws from a mixture, the same random numbers for every lifter, and the flare risk of a planned session."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.diary_arrays import HIGHEST
from liftback.trajectory.model import KERNEL, LAGS, LEVEL, TRANSIENT, Model
from liftback.trajectory.patterns import Mixture
from liftback.trajectory.tables import score_below

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeNumbers:
    """Noise, drift, days and the place of the dose exponent of each node, (N, G).

    Each node stands for a range of days around its own: `days_spread` (N,) is the standard deviation of their
    logarithm within it, so that draws together have the spread of the prior.
    """

    noise: Array
    drift: Array
    days: Array
    days_spread: Array
    power: NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draws:
    """S equally likely states of each of N lifters. `rest` (N, S, 6), `kernel` (N, S, 8); the others (N, S)."""

    rest: Array
    kernel: Array
    noise: Array
    drift: Array
    days: Array
    power: NDArray[np.intp]


def roots(matrices: Array) -> Array:
    """Lower Cholesky roots (..., n, n) of symmetric matrices, all at once; what is not positive counts as nothing."""
    left = np.moveaxis(matrices, (-2, -1), (0, 1)).copy()
    root = np.zeros_like(left)
    for k in range(len(left)):
        pivot = np.sqrt(np.maximum(left[k, k], 0.0))
        column = np.where(pivot > 0, left[k:, k] / np.where(pivot > 0, pivot, 1.0), 0.0)
        root[k:, k] = column
        left[k:, k:] -= column[:, None] * column[None]
    return np.moveaxis(root, (0, 1), (-2, -1))


def draw(mixture: Mixture, nodes: NodeNumbers, normals: Array) -> Draws:
    """One state for each row of `normals` (S, 15): parts in proportion to their weights, then normals within."""
    lifters, _, patterns = mixture.weight.shape
    samples = len(normals)
    part = _parts(mixture.weight.reshape(lifters, -1), samples)
    node = part // patterns
    who = np.arange(lifters)[:, None]
    flat = mixture.kernel.reshape(lifters, -1, LAGS)
    root = roots(mixture.spread).reshape(lifters, -1, LAGS, LAGS)
    kernel = flat[who, part] + (root[who, part] @ normals[:, KERNEL:-1, None])[..., 0]
    middle = mixture.offset[who, node] + (mixture.slope[who, node] @ kernel[..., None])[..., 0]
    rest = middle + (roots(mixture.scatter)[who, node] @ normals[:, :KERNEL, None])[..., 0]
    return Draws(
        rest=rest,
        kernel=kernel,
        noise=nodes.noise[who, node],
        drift=nodes.drift[who, node],
        days=np.maximum(nodes.days[who, node] * np.exp(nodes.days_spread[:, None] * normals[:, -1]), 1.0),
        power=nodes.power[who, node],
    )


def _parts(weight: Array, samples: int) -> NDArray[np.intp]:
    """Which part (N, S) each draw comes from: evenly spread steps through the heaped-up weights."""
    heaped = np.cumsum(weight, axis=1)
    steps = (np.arange(samples) + 0.5) / samples * heaped[:, -1:]
    below = (heaped[:, None, :] < steps[..., None]).sum(axis=2)
    found: NDArray[np.intp] = np.minimum(below, weight.shape[1] - 1)
    return found


# --- what the next days bring ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Pain before noise (N, S, F) on the next days without training, and what one typical session adds, (N, S, F)."""

    rest: Array
    answer: Array
    spread: Array
    power: NDArray[np.intp]


def look_ahead(draws: Draws, loads: Array, model: Model, normals: Array) -> Ahead:
    """The next days, a session on the first of them. `loads` (N, LAGS - 1, P) are the last days', oldest first."""
    future = normals.shape[1]
    level, asymptote = draws.rest[..., LEVEL], draws.rest[..., 3]
    fade = np.exp(-1 / model.priors.event_days)
    transient = draws.rest[..., TRANSIENT]
    eta = np.empty((*level.shape, future))
    own = _own_loads(loads, draws.power)
    for day in range(future):
        level = level + (asymptote - level) / draws.days + draws.drift * normals[:, day]
        transient = transient * fade
        left = LAGS - 1 - day
        older = np.einsum("nsk,nsk->ns", draws.kernel[..., day + 1 :], own[..., ::-1][..., :left])
        eta[..., day] = level + transient + older
    missing = 2 * model.settings.missing_variance
    return Ahead(
        rest=eta,
        answer=draws.kernel[..., :future],
        spread=np.sqrt(draws.noise**2 + missing),
        power=draws.power,
    )


def _own_loads(loads: Array, power: NDArray[np.intp]) -> Array:
    """The last days' loads (N, S, LAGS - 1) by each draw's own exponent."""
    who = np.arange(len(loads))[:, None]
    return np.moveaxis(loads, 2, 1)[who, power]


def flare_risks(ahead: Ahead, reference: Array, doses: Array, model: Model, rise: float) -> Array:
    """The risk (N, S, Q) by each draw of a score `rise` points over a reference (N,), for each dose (N, Q).

    Where the scale has no room for such a score the risk is nothing.
    """
    limit = np.ceil(reference + rise) - 0.5
    powers = np.array([power for power, _ in model.priors.powers])
    felt = doses[:, None, :] ** powers[ahead.power][..., None]
    stays = score_below(model.settings.outlier_share, model.settings.outlier_times)
    calm = np.ones(felt.shape)
    for day in range(ahead.rest.shape[2]):
        eta = ahead.rest[..., day, None] + ahead.answer[..., day, None] * felt
        calm *= stays((limit[:, None, None] - eta) / ahead.spread[..., None])
    return np.where(limit[:, None, None] > HIGHEST, 0.0, 1 - calm)


def dose_cap(ladder: Array, risks: Array, excess: float, doubt: float) -> Array:
    """The largest dose (N,) up to which the risk stays within `excess` of that of no session.

    It has to do so on average, and in all but a share `doubt` of the draws. `ladder` (N, Q) are rising doses from
    nothing on and `risks` (N, S, Q) theirs; between two rungs both are taken as straight. Doses above the ladder
    are never given.
    """
    over = risks - risks[..., :1]
    on_average = over.mean(axis=1) - excess
    doubtful = (over > excess).mean(axis=1) - doubt
    return np.minimum(_first_crossing(ladder, on_average), _first_crossing(ladder, doubtful))


def _first_crossing(ladder: Array, over: Array) -> Array:
    """Where each line (N, Q) over its ladder first rises above nothing; the end of the ladder where it never does."""
    beyond = over > 0
    rung = np.where(beyond.any(axis=1), beyond.argmax(axis=1), ladder.shape[1] - 1)
    who = np.arange(len(ladder))
    before = np.maximum(rung - 1, 0)
    gap = over[who, rung] - over[who, before]
    share = np.where(gap > 0, -over[who, before] / np.where(gap > 0, gap, 1.0), 1.0)
    within = ladder[who, before] + np.clip(share, 0, 1) * (ladder[who, rung] - ladder[who, before])
    crossing: Array = np.where(beyond.any(axis=1), within, ladder[:, -1])
    return crossing
