"""The normal distribution for arrays: NumPy has none of its own.

A tail is the density times Mills' ratio, which is smooth and slow: a table of it with a Taylor series around its rows
is relatively right to about 1e-13 however far out, where an interval's probability is a difference of two tiny numbers.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

# The table reaches as far as a double can say a tail, in steps small enough for the series. Numbers of the method.
FARTHEST = 37.0
PER_UNIT = 256
_TERMS = 5
ROOT_TAU = math.sqrt(2 * math.pi)


def _table() -> Array:
    """Taylor coefficients of Mills' ratio around row / PER_UNIT, for a distance in table steps."""
    x = np.arange(int(FARTHEST * PER_UNIT) + 1) / PER_UNIT
    tail = np.array([0.5 * math.erfc(place / math.sqrt(2)) for place in x])
    ratio = tail * ROOT_TAU * np.exp(0.5 * x * x)
    slopes = [ratio, x * ratio - 1]
    for order in range(1, _TERMS - 1):
        slopes.append(x * slopes[order] + order * slopes[order - 1])
    return np.array([slope / math.factorial(n) / PER_UNIT**n for n, slope in enumerate(slopes)])


TABLE = _table()
"""Coefficients (terms, rows); shared with the compiled filter."""


def mills(reach: Array) -> Array:
    """P(Z > reach) over the density there, for 0 <= reach <= FARTHEST."""
    places = reach * PER_UNIT
    nearest = np.rint(places)
    terms = TABLE.take(nearest.astype(np.intp), axis=1)
    step = places - nearest
    total: Array = terms[-1] * step
    for term in terms[-2:0:-1]:
        total += term
        total *= step
    total += terms[0]
    return total


def lower_tail_of_negative(x: Array) -> Array:
    """P(Z < x) for x <= 0."""
    return density(x) * mills(np.minimum(-x, FARTHEST))


def lower_tail(x: Array) -> Array:
    """P(Z < x)."""
    tail = lower_tail_of_negative(-np.abs(x))
    result: Array = np.where(x > 0, 1.0 - tail, tail)
    return result


def density(x: Array) -> Array:
    """The standard normal density."""
    result: Array = np.exp(-0.5 * x * x) / ROOT_TAU
    return result


def interval(low: Array, high: Array) -> Array:
    """P(low < Z < high), relatively right in either tail; low <= high, and either may be infinite."""
    flip = low > 0
    near, far = np.where(flip, -high, low), np.where(flip, -low, high)
    return lower_tail(far) - lower_tail(near)


def quantile(p: Any) -> Array:
    """X with P(Z < x) = p, by bisection; for set-up, not for loops."""
    wanted = np.asarray(p, dtype=np.float64)
    low, high = np.full_like(wanted, -FARTHEST), np.full_like(wanted, FARTHEST)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        below = lower_tail(middle) < wanted
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


_BISECTIONS = 60
