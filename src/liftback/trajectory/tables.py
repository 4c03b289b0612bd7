"""Functions read off a fine table: for thousands of shares at once, where a millionth more or less changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.normal import lower_tail

Array = NDArray[np.float64]

# How far the tables reach and how fine they are; straight lines between the rows err by less than a millionth.
_REACH, _PER_UNIT = 24, 256


class Tabulated:
    """A smooth function that is flat beyond the table's ends."""

    def __init__(self, function: Callable[[Array], Array]) -> None:
        rows = np.arange(-_REACH * _PER_UNIT, _REACH * _PER_UNIT + 2) / _PER_UNIT
        values = function(rows)
        self._values, self._rises = values[:-1].copy(), np.diff(values)

    def __call__(self, x: Array) -> Array:
        """The function at x, by a straight line between two rows."""
        place = np.clip(x, -_REACH, _REACH)
        place += _REACH
        place *= _PER_UNIT
        row = place.astype(np.intp)
        place -= row
        place *= self._rises.take(row)
        place += self._values.take(row)
        result: Array = place
        return result


@lru_cache
def share_below() -> Tabulated:
    """P(Z < x)."""
    return Tabulated(lower_tail)


@lru_cache
def score_below(outlier_share: float, outlier_times: float) -> Tabulated:
    """The same for noise with a share from a wider one, both in units of the usual."""
    if outlier_share <= 0:
        return share_below()
    return Tabulated(lambda x: (1 - outlier_share) * lower_tail(x) + outlier_share * lower_tail(x / outlier_times))
