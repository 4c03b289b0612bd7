"""The random numbers of draws and paths: made once from a seed, the same for every lifter, so that answers repeat.

Using common numbers also takes most of the chance out of comparisons, such as the risk with a session and without.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from liftback.trajectory.milestones import DAILY, WEEK, WEEKS
from liftback.trajectory.model import KERNEL, LAGS

Array = NDArray[np.float64]

DRAWS = 128
"""Draws of a lifter's state; a number of the method."""
SEED = 20261125
"""The seed of every answer that names no other; any number would do."""
DAYS_AHEAD = 7
"""The most days that a flare can be looked for."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RandomNumbers:
    """Standard normals: `state` (S, 15) for draws, `ahead` (S, 7) for days to come, `paths` (steps, S, 8)."""

    state: Array
    ahead: Array
    paths: NDArray[np.float32]


def random_numbers(generator: Generator, draws: int = DRAWS) -> RandomNumbers:
    """Fresh numbers from an explicit generator. Draws come in opposite pairs, so that their means are exact."""

    def opposite(*shape: int, axis: int = 0) -> Array:
        half = generator.standard_normal(shape)
        return np.concatenate([half, -half], axis=axis)

    half = draws // 2
    mixed = generator.permutation(2 * half)
    return RandomNumbers(
        state=opposite(half, KERNEL + LAGS + 1)[mixed],
        ahead=opposite(half, DAYS_AHEAD)[mixed],
        paths=generator.standard_normal((DAILY + WEEKS, 2 * half, 1 + WEEK), dtype=np.float32),
    )


@lru_cache
def seeded_numbers(seed: int = SEED, draws: int = DRAWS) -> RandomNumbers:
    """The numbers of a seed, kept."""
    return random_numbers(default_rng(seed), draws)
