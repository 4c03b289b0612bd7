"""The worsening alarm: how strongly the last two weeks say that the baseline climbs.

Two witnesses are added. One is how far the baseline lies above its running average. The other looks for the trace that
a climb of ten days leaves in the surprises, for every start within two weeks, and takes the strongest: a filter that
follows slowly is surprised upward first a little, then more, then less. The limit is set on simulated lifters.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.filtering import REMEMBERED, Belief
from liftback.trajectory.mixtures import moments
from liftback.trajectory.model import LEVEL, RUNNING

Array = NDArray[np.float64]

# Numbers of the method: how fast the filter follows a climb, its length, the shortest trace looked for, the furthest
# that one surprise may count, and the least of a trace that must have been written down.
_FOLLOWS, _CLIMB, _SHORTEST, _FURTHEST, _WRITTEN = 0.1, 10, 6, 2.0, 0.3


@lru_cache
def _traces() -> Array:
    """The trace of a climb that began 6 to 14 days ago in the surprises of the last days, (starts, REMEMBERED)."""
    traces = np.zeros((REMEMBERED - _SHORTEST + 1, REMEMBERED))
    for row, length in enumerate(range(_SHORTEST, REMEMBERED + 1)):
        height = 0.0
        for day in range(length):
            height = height * (1 - _FOLLOWS) + 2 / _CLIMB * (day < _CLIMB)
            traces[row, REMEMBERED - length + day] = height
    return traces


def alarm(belief: Belief) -> Array:
    """How strongly (N,) the last days speak for a climb, in standard deviations; the higher, the more."""
    written = np.isfinite(belief.surprises)
    surprises = np.where(written, np.clip(np.nan_to_num(belief.surprises), -_FURTHEST, _FURTHEST), 0.0)
    traces = _traces()
    found = surprises @ traces.T / np.sqrt(np.maximum(written @ (traces**2).T, _WRITTEN))
    apart = belief.mean[..., LEVEL] - belief.mean[..., RUNNING]
    variance = (
        belief.covariance[..., LEVEL, LEVEL]
        + belief.covariance[..., RUNNING, RUNNING]
        - 2 * belief.covariance[..., LEVEL, RUNNING]
    )
    mean, spread = moments(belief.weight, apart, np.sqrt(np.maximum(variance, 0.0)))
    strongest: Array = found.max(axis=1) + mean / np.maximum(spread, _LEAST_SPREAD)
    return strongest


_LEAST_SPREAD = 0.01
