"""Quantiles and shares of mixtures of normals, for many mixtures at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.normal import density
from liftback.trajectory.tables import share_below

Array = NDArray[np.float64]

# Numbers of the method: rungs of the first ladder, its reach in standard deviations, refinements.
_RUNGS, _REACH, _STEPS = 17, 4.5, 6
_HAIR = 1e-6
_LEAST, _NARROWEST = 1e-300, 1e-9  # keep from dividing by nothing


def merged(parts: int, weight: Array, mean: Array, spread: Array) -> tuple[Array, Array, Array]:
    """Mixtures (..., K) with every `parts` neighbours made into one normal of their mean and variance."""
    shape = (*mean.shape[:-1], -1, parts)
    weight, mean, spread = (
        np.broadcast_to(weight, mean.shape).reshape(shape),
        mean.reshape(shape),
        spread.reshape(shape),
    )
    total = np.maximum(weight.sum(axis=-1), _LEAST)
    middle, width = moments(weight / total[..., None], mean, spread)
    return total, middle, width


def below(x: Array, weight: Array, mean: Array, spread: Array) -> Array:
    """The share (..., Q) of each mixture (..., K) below each of x (..., Q)."""
    places = (x[..., None] - mean[..., None, :]) / spread[..., None, :]
    share: Array = (share_below()(places) @ weight[..., None])[..., 0]
    return share


def moments(weight: Array, mean: Array, spread: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of each mixture (..., K)."""
    middle = (weight * mean).sum(axis=-1)
    variance = (weight * (spread**2 + (mean - middle[..., None]) ** 2)).sum(axis=-1)
    return middle, np.sqrt(variance)


def quantiles(levels: Array, weight: Array, mean: Array, spread: Array) -> Array:
    """The quantiles (..., Q) of each mixture (..., K): a ladder of shares, then steps by Newton between its rungs."""
    spread = np.maximum(spread, _NARROWEST)
    middle, width = moments(weight, mean, spread)
    ladder = middle[..., None] + width[..., None] * np.linspace(-_REACH, _REACH, _RUNGS)
    shares = below(ladder, weight, mean, spread)
    rung = np.clip((shares[..., None, :] < levels[:, None]).sum(axis=-1), 1, _RUNGS - 1)
    low, high = (np.take_along_axis(ladder, rung - less, axis=-1) for less in (1, 0))
    low_share, high_share = (np.take_along_axis(shares, rung - less, axis=-1) for less in (1, 0))
    x = low + (high - low) * (levels - low_share) / np.maximum(high_share - low_share, _NARROWEST)
    for _ in range(_STEPS):
        # A step that leaves its rung, as beside a narrow part, is taken to the middle instead; a hair is none.
        hair = _HAIR * (high - low)
        x = np.where((x > low - hair) & (x < high + hair), np.clip(x, low, high), (low + high) / 2)
        places = (x[..., None] - mean[..., None, :]) / spread[..., None, :]
        share = (share_below()(places) @ weight[..., None])[..., 0]
        slope = (density(places) / spread[..., None, :] @ weight[..., None])[..., 0]
        low, high = np.where(share < levels, x, low), np.where(share < levels, high, x)
        x = x + (levels - share) / np.maximum(slope, _NARROWEST)
    return np.clip(x, low, high)
