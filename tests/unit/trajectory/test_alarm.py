"""The worsening alarm against slow sums, and what it must and must not hear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from liftback.trajectory.alarm import alarm
from liftback.trajectory.filtering import REMEMBERED, Belief, filter_diaries
from liftback.trajectory.model import LEVEL, RUNNING
from tests.unit.trajectory.small_cohort import MODEL, arrays, lifters


def belief() -> Belief:
    return filter_diaries(arrays(lifters(12)), MODEL)


def hearing(surprises: np.ndarray) -> np.ndarray:
    """The alarm of one belief that was surprised like this, less that of one never surprised."""
    base = belief()
    one = Belief(**{name: getattr(base, name)[:1] for name in Belief.__dataclass_fields__})
    heard, nothing = (alarm(replace(one, surprises=row[None])) for row in (surprises, np.full(REMEMBERED, np.nan)))
    return heard - nothing


def test_it_is_the_strongest_trace_and_the_distance_from_the_running_average() -> None:
    base = belief()
    found = alarm(base)
    for one in range(12):
        weight, mean, covariance = base.weight[one], base.mean[one], base.covariance[one]
        apart = mean[:, LEVEL] - mean[:, RUNNING]
        variance = covariance[:, LEVEL, LEVEL] + covariance[:, RUNNING, RUNNING] - 2 * covariance[:, LEVEL, RUNNING]
        middle = weight @ apart
        away = middle / (weight @ (variance + (apart - middle) ** 2)) ** 0.5
        strongest = -np.inf
        for length in range(6, REMEMBERED + 1):
            height, total, power = 0.0, 0.0, 0.0
            for day in range(length):
                # A filter that follows a tenth of the way each day is left behind by a climb of ten days.
                height = 0.9 * height + (0.2 if day < 10 else 0.0)
                surprise = base.surprises[one, REMEMBERED - length + day]
                if np.isfinite(surprise):
                    total += height * min(max(surprise, -2.0), 2.0)
                    power += height**2
            strongest = max(strongest, total / max(power, 0.3) ** 0.5)
        assert found[one] == pytest.approx(away + strongest)


def test_a_climb_is_heard_and_one_bad_day_is_not() -> None:
    climb, bad_day = np.full(REMEMBERED, 1.0), np.zeros(REMEMBERED)
    bad_day[-3] = 50.0
    assert hearing(climb)[0] > 2.5
    assert hearing(bad_day)[0] < 2.0
    assert hearing(-climb)[0] < 0
