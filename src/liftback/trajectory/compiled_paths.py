"""The paths of `milestones` compiled by numba: the same days, found without looking at those after them.

Needs the extra `cohort`. Single precision and the order of every sum are those of NumPy's, so that not a day differs.
"""
# mypy: disable-error-code="untyped-decorator"
# numba's decorators have no types.
# ruff: noqa: PLR0917
# Compiled functions are called by position only.

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from liftback.trajectory.draws import Draws
from liftback.trajectory.milestones import DAILY, MILESTONES, WEEK, WEEKS, Criteria, Singles, steps_of
from liftback.trajectory.model import Model

Array = NDArray[np.float64]


def days_to(draws: Draws, cycle: Array, criteria: Criteria, model: Model, normals: Singles) -> Array:
    """Days (N, S, 3) until each of MILESTONES; `liftback.trajectory.milestones.days_to`, compiled."""
    steps = steps_of(draws, criteria, model)
    found = np.full((*draws.noise.shape, len(MILESTONES)), np.inf)
    _all_draws(
        steps.away, steps.asymptote, steps.keep, steps.drift, steps.week_keep, steps.week_drift, steps.transient,
        steps.fade, steps.noise, cycle.astype(np.float32), steps.room, normals,
        np.array([criteria.calm, criteria.calm + 0.5], dtype=np.float32),
        np.array([criteria.score_days, criteria.trend_days, 1]), found,
    )  # fmt: skip
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def _all_draws(  # type: ignore[no-untyped-def]  # numba finds the types
    away, asymptote, keep, drift, week_keep, week_drift, transient, fade, noise, cycle, room, normals, calm, runs, found
):
    for n in range(away.shape[0]):
        for s in range(away.shape[1]):
            _one_draw(
                away[n, s], asymptote[n, s], keep[n, s], drift[n, s], week_keep[n, s], week_drift[n, s],
                transient[n, s], fade, noise[n, s], cycle[n, s], room[n, s], normals[:, s], calm, runs, found[n, s],
            )  # fmt: skip


@njit(cache=True, nogil=True, error_model="numpy")
def _one_draw(  # type: ignore[no-untyped-def]  # numba finds the types
    away, asymptote, keep, drift, week_keep, week_drift, transient, fade, noise, cycle, room, normals, calm, runs, found
):
    counted = np.zeros(3, dtype=np.int64)
    left = 3
    for step in range(DAILY + WEEKS):
        if step < DAILY:
            away = away * keep + drift * normals[step, 0]
        else:
            away = away * week_keep + week_drift * normals[step, 0]
        level = away + asymptote
        pain = level + fade[step] * transient
        first = step + 1 if step < DAILY else DAILY + (step - DAILY) * WEEK + 1
        for back in range(1 if step < DAILY else WEEK):
            day = first + back
            free = (calm[1] - pain) - cycle[(day - 1) % WEEK]
            left -= _count(0, normals[step, 1 + back] * noise < free, day, counted, runs, found)
            left -= _count(1, level <= calm[0], day, counted, runs, found)
            left -= _count(2, pain <= room, day, counted, runs, found)
        if left == 0:
            return


@njit(cache=True, nogil=True, error_model="numpy")
def _count(which, there, day, counted, runs, found):  # type: ignore[no-untyped-def]  # numba finds the types
    """Count one more day of a run, or begin again; 1 where the run is now over for the first time."""
    counted[which] = counted[which] + 1 if there else 0
    if counted[which] >= runs[which] and not np.isfinite(found[which]):
        found[which] = day
        return 1
    return 0
