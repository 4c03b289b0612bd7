"""The arithmetic of a recovery forecast: a share of people by day, given the days already passed.

A log-normal curve with a share that never gets there is fitted to published points (evidence: prognosis, 1.7).
Late in an episode that form is too gloomy by its shape, so a log-logistic curve, where one is fitted, is averaged
in. Everything is conditional on not having got there yet (the landmark rule), so a forecast made today never
counts the days that are over. Differences between studies and definitions enter as a random shift on the logit
scale, integrated on a small fixed grid.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

Survival = Callable[[float], float]

# The grid of the random shift, in standard deviations from -3 to 3. The trapezoid rule is all but exact for a
# normal density; these are numbers of the rule, not of medicine.
_REACH = 3
_STEPS_PER_SD = 2
_GRID = tuple(
    (step / _STEPS_PER_SD, math.exp(-((step / _STEPS_PER_SD) ** 2) / 2))
    for step in range(-_REACH * _STEPS_PER_SD, _REACH * _STEPS_PER_SD + 1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CureCurve:
    """Log-normal with a share that ever gets there: F(t) = ever * Phi((ln t - middle) / width), t in days."""

    ever: float
    middle: float
    width: float

    def not_yet(self, days: float) -> float:
        """The share not there after so many days from the start."""
        if days <= 0:
            return 1.0
        distance = (math.log(days) - self.middle) / self.width
        return 1.0 - self.ever * 0.5 * math.erfc(-distance / math.sqrt(2))


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCurve:
    """Log-logistic: F(t) = 1 / (1 + (e^middle / t)^shape), t in days; everyone gets there in the end."""

    middle: float
    shape: float

    def not_yet(self, days: float) -> float:
        """The share not there after so many days from the start."""
        if days <= 0:
            return 1.0
        return 1.0 - 1.0 / (1.0 + math.exp(self.shape * (self.middle - math.log(days))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One lifter's course toward one outcome.

    `elapsed` is days since the start; `multiplier` is on the rate of recovery (above one is faster);
    `late_weight` is the weight of the late curve (0-1); `spread` is the standard deviation of the random shift
    between definitions and settings, in logits.
    """

    early: CureCurve
    late: LateCurve | None
    elapsed: float
    multiplier: float
    late_weight: float
    spread: float

    def not_yet(self, days: float) -> float:
        """The share of people like this, not there by today, that is still not there so many days from now."""
        share = self._remaining(self.early.not_yet, days)
        if self.late is None or self.late_weight <= 0:
            return share
        late = self._remaining(self.late.not_yet, days)
        return (1 - self.late_weight) * share + self.late_weight * late

    def days_until(self, share: float, horizon: int) -> int | None:
        """The first whole day from now by which `share` of people are there, or None if after the horizon."""
        if self.not_yet(horizon) > 1 - share:
            return None
        low, high = 0, horizon
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self.not_yet(middle) <= 1 - share else (middle, high)
        return high

    def _remaining(self, survival: Survival, days: float) -> float:
        today = survival(self.elapsed) ** self.multiplier
        then = survival(self.elapsed + days) ** self.multiplier
        return _shifted(then, self.spread) / _shifted(today, self.spread)


@lru_cache
def _shifted(share: float, spread: float) -> float:
    """A share with a normal shift in logits averaged over; today's share is asked for again and again."""
    return math.fsum(weight * share / (share + (1 - share) * odds) for odds, weight in _odds(spread))


@lru_cache
def _odds(spread: float) -> tuple[tuple[float, float], ...]:
    return tuple((math.exp(spread * place), weight) for place, weight in _GRID)


def late_weight(elapsed: float, begin: float, full: float, share: float) -> float:
    """The weight of the late curve: none up to `begin` days, then rising evenly to `share` at `full` days.

    It rises instead of jumping, so that one more day of waiting never brightens the forecast.
    """
    return share * min(1.0, max(0.0, (elapsed - begin) / (full - begin)))
