"""What is counted of a course, and how policies compare: days to full load, flares, weeks kept, mean pain."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median_high, stdev

FLARE_RISE = 2
FLARE_REFERENCE = 7
FLARE_APART = 2
"""A flare begins on a day whose score is so many points above the mean of the seven days before, when none of the two
days before it was such a day."""


def high_days(scores: Sequence[int]) -> list[int]:
    """Days whose score is clearly above the mean of the seven days before; none before there are seven."""
    found, total = [], sum(scores[:FLARE_REFERENCE])
    for day in range(FLARE_REFERENCE, len(scores)):
        if (scores[day] - FLARE_RISE) * FLARE_REFERENCE >= total:
            found.append(day)
        total += scores[day] - scores[day - FLARE_REFERENCE]
    return found


def flare_days(scores: Sequence[int]) -> list[int]:
    """The days on which flares begin."""
    found, last = [], -FLARE_APART - 1
    for day in high_days(scores):
        if day - last > FLARE_APART:
            found.append(day)
        last = day
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted of one course.

    `full_day` are days from day 0 to the first day whose whole dose is a full load, `own_day` to the first on which
    that of the own lifts alone is; inf where it never came. `weeks_kept` are usual weeks' worth of dose that were done.
    """

    full_day: float
    own_day: float
    flares: float
    weeks_kept: float
    mean_pain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean over lifters, or a mean difference between two policies of the same lifters, with its 95 % interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One policy in one world.

    `full_median` are days until half of the lifters had a full-load session, with its 95 % interval; inf where that is
    never within the horizon. `full_days` is the mean with never counted as the horizon, `full_share` the share of
    lifters who got there. `own_*` are the same for a full load of the own lifts alone.
    """

    full_median: Estimate
    full_share: Estimate
    full_days: Estimate
    own_median: Estimate
    own_share: Estimate
    own_days: Estimate
    flares: Estimate
    weeks_kept: Estimate
    mean_pain: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """The plan less a rival, lifter by lifter. `full_days` and `own_days` count never as the horizon."""

    full_days: Estimate
    own_days: Estimate
    flares: Estimate
    weeks_kept: Estimate
    mean_pain: Estimate


MEASURES = ("full_days", "own_days", "flares", "weeks_kept", "mean_pain")
_DAY_OF = {"full_days": "full_day", "own_days": "own_day"}
NORMAL_95 = 1.96
_HAIR = 1e-9


def counted(
    scores: Sequence[int], doses: Sequence[float], own: Sequence[float], *, weekly: float, full: float
) -> Counted:
    """What is counted of a course of scores and doses.

    `weekly` is the dose of a usual week, `full` that from which a session is a full load.
    """
    return Counted(
        full_day=_first(doses, full),
        own_day=_first(own, full),
        flares=float(len(flare_days(scores))),
        weeks_kept=sum(doses) / weekly,
        mean_pain=fmean(scores),
    )


def _first(doses: Sequence[float], least: float) -> float:
    """The first day with at least such a dose; inf without one."""
    return next((float(day) for day, dose in enumerate(doses) if dose >= least - _HAIR), math.inf)


def summary(found: Sequence[Counted], horizon: int) -> Summary:
    """One policy in one world."""
    return Summary(
        full_median=median_days([one.full_day for one in found]),
        full_share=estimate([float(math.isfinite(one.full_day)) for one in found]),
        own_median=median_days([one.own_day for one in found]),
        own_share=estimate([float(math.isfinite(one.own_day)) for one in found]),
        **{name: estimate(values(name, found, horizon)) for name in MEASURES},
    )


def compared(plan: Sequence[Counted], rival: Sequence[Counted], horizon: int) -> Compared:
    """The plan less a rival; both hold the same lifters in the same order."""

    def less(name: str) -> Estimate:
        pairs = zip(values(name, plan, horizon), values(name, rival, horizon), strict=True)
        return estimate([one - other for one, other in pairs])

    return Compared(**{name: less(name) for name in MEASURES})


def values(name: str, found: Sequence[Counted], horizon: int) -> list[float]:
    """One measure of every lifter; days to full load count never as the horizon."""
    day = _DAY_OF.get(name)
    if day is not None:
        return [min(getattr(one, day), float(horizon)) for one in found]
    return [getattr(one, name) for one in found]


def estimate(given: Sequence[float]) -> Estimate:
    """The mean with its normal 95 % interval."""
    mean = fmean(given)
    half = NORMAL_95 * stdev(given) / math.sqrt(len(given)) if len(given) > 1 else math.inf
    return Estimate(mean=mean, low=mean - half, high=mean + half)


def median_days(days: Sequence[float]) -> Estimate:
    """The median, never being the longest, with the interval that counting gives: nobody is lost before the end."""
    ordered, count = sorted(days), len(days)
    half = NORMAL_95 * math.sqrt(count) / 2
    low, high = max(0, math.floor(count / 2 - half)), min(count - 1, math.ceil(count / 2 + half))
    return Estimate(mean=median_high(ordered), low=ordered[low], high=ordered[high])
