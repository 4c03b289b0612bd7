"""How long until a milestone: each draw of a lifter is carried forward up to a year, and the first day there is noted.

Day by day for three months, then week by week, which is as fine as anything that far off can be said.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.draws import Draws
from liftback.trajectory.model import ASYMPTOTE, LEVEL, TRANSIENT, Model

Array = NDArray[np.float64]

MILESTONES = ("calm_scores", "calm_trend", "full_load")
"""Scores of at most a limit for some days; the baseline at most there for longer; room for a typical session."""
WEEK = 7
DAILY = 91
WEEKS = 39
REACH = DAILY + WEEKS * WEEK
"""Days looked ahead: a year of weeks."""
_TINY = 1e-12
Singles = NDArray[np.float32]
"""Paths are many and need no more than single precision."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What counts as there: pain at most `calm` for `score_days` of scores or `trend_days` of the baseline.

    A typical session has room where the pain expected within `after_days` of it stays at most `room`.
    """

    calm: float
    score_days: int
    trend_days: int
    room: float
    after_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What carries each draw (N, S) forward, in single precision: `away` is the baseline less its asymptote.

    A day keeps `keep` of it and wanders by `drift`, a week by `week_keep` and `week_drift`. `transient` is what tweaks
    add today and `fade` (DAILY + WEEKS,) what is left of that at the end of each step. `room` is the pain up to which
    a typical session has room.
    """

    away: Singles
    asymptote: Singles
    keep: Singles
    drift: Singles
    week_keep: Singles
    week_drift: Singles
    transient: Singles
    fade: Singles
    noise: Singles
    room: Singles


def steps_of(draws: Draws, criteria: Criteria, model: Model) -> Steps:
    """The steps of the draws; a week's pull and wandering are those of its seven days."""
    keep = 1 - 1 / draws.days
    week_keep = keep**WEEK
    week_drift = draws.drift * np.sqrt((1 - week_keep**2) / np.maximum(1 - keep**2, _TINY))
    peak = np.maximum(draws.kernel[..., : criteria.after_days + 1].max(axis=-1), 0.0)
    level, asymptote = draws.rest[..., LEVEL], draws.rest[..., ASYMPTOTE]
    values = {
        "away": level - asymptote,
        "asymptote": asymptote,
        "keep": keep,
        "drift": draws.drift,
        "week_keep": week_keep,
        "week_drift": week_drift,
        "transient": draws.rest[..., TRANSIENT],
        "fade": np.exp(-_ENDS / model.priors.event_days),
        "noise": draws.noise,
        "room": criteria.room - peak,
    }
    return Steps(**{name: value.astype(np.float32) for name, value in values.items()})


def days_to(draws: Draws, cycle: Array, criteria: Criteria, model: Model, normals: Singles) -> Array:
    """Days (N, S, 3) until each of MILESTONES from today for each draw; infinite where not within a year.

    `cycle` (N, S, 7) is what the usual training adds on each day of a week, beginning tomorrow. `normals`
    (DAILY + WEEKS, S, 1 + WEEK) are the random numbers of a step: one for the baseline, one for each score.
    """
    steps = steps_of(draws, criteria, model)
    level = _levels(steps, normals[..., 0])
    pain = level + steps.fade * steps.transient[..., None]
    quiet = _calm_scores(pain, steps, cycle, criteria, normals)
    found = (
        _first_run(quiet, criteria.score_days),
        _first_run(_by_day(level <= np.float32(criteria.calm)), criteria.trend_days),
        _first_run(_by_day(pain <= steps.room[..., None]), 1),
    )
    return np.stack(found, axis=-1)


# The last day of each step.
_ENDS = np.concatenate([np.arange(1, DAILY + 1), DAILY + WEEK * np.arange(1, WEEKS + 1)])


def _levels(steps: Steps, normals: Singles) -> Singles:
    """The baseline at the end of each step, (N, S, DAILY + WEEKS)."""
    away = steps.away
    found = np.empty((*away.shape, DAILY + WEEKS), dtype=np.float32)
    for step in range(DAILY + WEEKS):
        near = step < DAILY
        kept, wandered = (steps.keep, steps.drift) if near else (steps.week_keep, steps.week_drift)
        away = away * kept + wandered * normals[step]
        found[..., step] = away
    found += steps.asymptote[..., None]
    return found


def _calm_scores(pain: Singles, steps: Steps, cycle: Array, criteria: Criteria, normals: Singles) -> Flags:
    """Whether the score of each day is at most calm, (N, S, REACH); within a far week the pain stands still."""
    room = np.float32(criteria.calm + 0.5) - pain
    usual = cycle.astype(np.float32)[..., None, :]
    shape = pain.shape[:2]
    near = room[..., :DAILY].reshape(*shape, -1, WEEK) - usual
    far = room[..., DAILY:, None] - usual
    noise = steps.noise[..., None, None]
    near_chance = normals[:DAILY, :, 1].T.reshape(shape[1], -1, WEEK)
    far_chance = np.swapaxes(normals[DAILY:, :, 1:], 0, 1)
    calm = np.concatenate([near_chance * noise < near, far_chance * noise < far], axis=2)
    return calm.reshape(*shape, REACH)


def _by_day(steps: Flags) -> Flags:
    """Every day (N, S, REACH) of steps (N, S, DAILY + WEEKS); a far week's days are as its last."""
    return np.concatenate([steps[..., :DAILY], np.repeat(steps[..., DAILY:], WEEK, axis=-1)], axis=-1)


def _first_run(calm: Flags, run: int) -> Array:
    """The day (N, S) on which a run of so many calm days is first over; infinite without one."""
    length, found = 1, calm
    while length < run:
        more = min(length, run - length)
        found = found[..., more:] & found[..., :-more]
        length += more
    first = found.argmax(axis=-1)
    there = np.take_along_axis(found, first[..., None], axis=-1)[..., 0]
    return np.where(there, first + float(run), np.inf)
