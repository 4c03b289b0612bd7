"""Diaries and doses of many lifters as the arrays that both filters read, so that they are prepared in one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from liftback.trajectory.model import LAGS, Model

Array = NDArray[np.float64]
LOWEST, HIGHEST = 0.0, 10.0
"""The pain scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryArrays:
    """Days of many lifters. N lifters, D days, K series of doses (one for each pattern group), P dose exponents.

    `pain` (N, D) is 0-10, NaN where nothing was written. `loads` (N, D + LAGS - 1, P, K) holds the dose raised to
    each exponent, with the LAGS - 1 days before the first; a day whose dose is not known holds what stands in for
    it. `feelings` (N, D, 2) are sleep and stress in standard deviations, 0 where missing. `extra` (N, D) is the
    variance that missing sleep, stress and doses add to a score. `events` (N, D) marks logged tweaks. `persistent`
    (N,) marks long-lasting pain at intake.
    """

    pain: Array
    loads: Array
    feelings: Array
    extra: Array
    events: NDArray[np.bool_]
    persistent: NDArray[np.bool_]

    @property
    def lifters(self) -> int:
        """How many lifters."""
        return int(self.pain.shape[0])

    @property
    def days(self) -> int:
        """How many days."""
        return int(self.pain.shape[1])

    @property
    def groups(self) -> int:
        """How many series of doses."""
        return int(self.loads.shape[3])

    def part(self, lifters: NDArray[np.intp] | slice) -> DiaryArrays:
        """The same for some lifters only."""
        return DiaryArrays(
            pain=self.pain[lifters],
            loads=self.loads[lifters],
            feelings=self.feelings[lifters],
            extra=self.extra[lifters],
            events=self.events[lifters],
            persistent=self.persistent[lifters],
        )

    def window(self, day: int) -> Array:
        """The loads (N, P, K, LAGS) of a day and the days before it, newest first."""
        lags = self.loads[:, day : day + LAGS][:, ::-1]
        return np.ascontiguousarray(np.moveaxis(lags, 1, 3))


def diary_arrays(
    *,
    pain: ArrayLike,
    dose: ArrayLike,
    model: Model,
    feelings: ArrayLike | None = None,
    events: ArrayLike | None = None,
    persistent: ArrayLike | bool = False,
    before: ArrayLike | None = None,
) -> DiaryArrays:
    """Bring raw numbers into order; nothing raises for a bad value.

    `pain` and `dose` are (lifters, days), or `dose` (lifters, days, groups); NaN is not logged, not known. A pain
    below 0 or above 10 counts as not logged, a dose below 0 as not known. `feelings` are (lifters, days, 2).
    `before` (lifters, LAGS - 1, groups) are the doses just before the first day, not known where left out.
    """
    score = np.array(pain, dtype=np.float64, ndmin=2)
    with np.errstate(invalid="ignore"):
        score[~((score >= LOWEST) & (score <= HIGHEST))] = np.nan
    lifters, days = score.shape
    doses = _doses(dose, before, lifters, days)
    felt = np.zeros((lifters, days, 2)) if feelings is None else np.array(feelings, dtype=np.float64)
    missing = ~np.isfinite(felt)
    absent = np.full((lifters, days), 2) if feelings is None else missing.sum(axis=2)
    felt[missing] = 0.0
    loads, unknown = loads_of(doses, model)
    settings = model.settings
    return DiaryArrays(
        pain=score,
        loads=loads,
        feelings=felt,
        extra=settings.missing_variance * absent + settings.unknown_dose_variance * unknown,
        events=np.zeros((lifters, days), dtype=bool) if events is None else np.array(events, dtype=np.float64) > 0,
        persistent=np.broadcast_to(np.asarray(persistent, dtype=bool), (lifters,)).copy(),
    )


def _doses(dose: ArrayLike, before: ArrayLike | None, lifters: int, days: int) -> Array:
    raw = np.array(dose, dtype=np.float64)
    now = raw.reshape(lifters, days, -1) if raw.size else np.full((lifters, days, 1), np.nan)
    groups = now.shape[2]
    past = np.full((lifters, LAGS - 1, groups), np.nan)
    if before is not None:
        past[:] = np.array(before, dtype=np.float64).reshape(lifters, LAGS - 1, groups)
    return np.concatenate([past, now], axis=1)


def loads_of(doses: Array, model: Model) -> tuple[Array, Array]:
    """Doses (N, D + LAGS - 1, K) raised to each exponent (..., P, K), and the days not known within reach (N, D)."""
    with np.errstate(invalid="ignore"):
        known = np.isfinite(doses) & (doses >= 0)
    powers = np.array([power for power, _ in model.priors.powers])
    filled = np.where(known, doses, 0.0)[:, :, None, :] ** powers[:, None]
    loads = np.where(known[:, :, None, :], filled, model.settings.unknown_dose / doses.shape[2])
    gaps = np.cumsum(~known.all(axis=2), axis=1)
    start = np.concatenate([np.zeros((len(gaps), 1), dtype=gaps.dtype), gaps[:, :-LAGS]], axis=1)
    return loads, (gaps[:, LAGS - 1 :] - start).astype(np.float64)
