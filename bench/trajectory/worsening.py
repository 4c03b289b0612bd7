"""Worsening that nobody announced: how soon the alarm tells of a climb of two points in ten days."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bench.trajectory.marks import Mark, at_most
from bench.trajectory.worlds import simulate
from liftback.knowledge.loader import load_knowledge
from liftback.trajectory.alarm import alarm
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, diary_arrays
from liftback.trajectory.filtering import day_after, nodes_of, start
from liftback.trajectory.model import LAGS
from liftback.trajectory.outlook import usual_asking

Array = NDArray[np.float64]
CLIMB_FROM, SETTLED, APART = 120, 28, 14
PER_DAYS = 720
QUIET_TIMES = 4
"""False alarms are rare: so many times as many lifters stay as they are as climb."""


def rows(count: int, rng: np.random.Generator) -> Iterator[Mark]:
    """False alarms of lifters who do not change, and the delay for those who do: the two are others."""
    limit = load_knowledge().number("trajectory.alarm_limit")
    quiet, quiet_known = walked(QUIET_TIMES * count, CLIMB_FROM + 90, rng, climbing=False)
    climbing, climbing_known = walked(count, CLIMB_FROM + 30, rng, climbing=True)
    name = f"worsening: false alarms in 720 days, {len(quiet):,} lifters, limit {limit:g}"
    yield at_most(name, false_alarms(quiet, limit), 1.0)
    yield from _delays("at the product's limit", climbing, limit, asked=True)
    matched = limit_of(quiet)
    yield from _delays(f"at one false alarm in 720 days (limit {matched:.2f})", climbing, matched, asked=True)
    best = limit_of(quiet_known)
    yield from _delays(f"by who knows all but the climb (limit {best:.2f})", climbing_known, best, asked=False)


def walked(count: int, days: int, rng: np.random.Generator, *, climbing: bool) -> tuple[Array, Array]:
    """The alarm of each day (N, D), and that of a detector that knows noise, level, load and tweaks."""
    model = usual_asking().model
    lifters = simulate("own", count, days, model, rng)
    climb = np.clip((np.arange(days) - CLIMB_FROM + 1) / 10, 0, 1) * 2 if climbing else np.zeros(days)
    wide = np.where(rng.random((count, days)) < model.settings.outlier_share, model.settings.outlier_times, 1.0)
    noise = lifters.noise[:, None] * wide * rng.normal(size=(count, days))
    scores = np.clip(np.round(lifters.eta[:, :days] + climb + noise), LOWEST, HIGHEST)
    pain = np.where(np.isfinite(lifters.pain), scores, np.nan)
    diary = diary_arrays(
        pain=pain, dose=lifters.dose, model=model, feelings=lifters.feelings, events=lifters.events,
        persistent=lifters.persistent, before=np.zeros((count, LAGS - 1)),
    )  # fmt: skip
    nodes = nodes_of(diary.persistent, model)
    belief = start(diary.persistent, nodes, model)
    found = np.empty((count, days))
    for day in range(days):
        belief = day_after(belief, diary, day, nodes, model)
        found[:, day] = alarm(belief)
    return found, _matched_filter((pain - lifters.eta[:, :days]) / lifters.noise[:, None])


def _matched_filter(surprise: Array) -> Array:
    """The strongest trace of the true climb in what is left when all else is known, over starts in two weeks."""
    written = np.isfinite(surprise)
    clipped = np.where(written, np.clip(np.nan_to_num(surprise), -2.5, 2.5), 0.0)
    strongest = np.full(surprise.shape, -np.inf)
    for length in range(2, 15):
        trace = np.clip((np.arange(length) + 1) / 10, 0, 1) * 2
        match, size = np.zeros(surprise.shape), np.zeros(surprise.shape)
        for place, height in enumerate(trace):
            lag = length - 1 - place
            match[:, lag:] += height * clipped[:, : surprise.shape[1] - lag]
            size[:, lag:] += height**2 * written[:, : surprise.shape[1] - lag]
        strongest = np.maximum(strongest, match / np.sqrt(np.maximum(size, 0.04)))
    return strongest


def false_alarms(found: Array, limit: float) -> float:
    """Alarms in 720 days, the first four weeks apart; one ends when two weeks went below the limit."""
    count = 0
    for row in found[:, SETTLED:]:
        last = -APART - 1
        for day in np.flatnonzero(row > limit).tolist():
            count += day - last > APART
            last = day
    return count / found[:, SETTLED:].size * PER_DAYS


def limit_of(found: Array) -> float:
    """The limit that gives one false alarm in 720 days."""
    low, high = 0.0, 20.0
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (middle, high) if false_alarms(found, middle) > 1 else (low, middle)
    return high


def _delays(what: str, found: Array, limit: float, *, asked: bool) -> Iterator[Mark]:
    silent = ~(found[:, CLIMB_FROM - APART : CLIMB_FROM] > limit).any(axis=1)
    after = found[silent, CLIMB_FROM:] > limit
    delay = np.where(after.any(axis=1), after.argmax(axis=1), np.inf)
    middle, share = float(np.median(delay)), float((delay <= 21).mean())
    name = f"worsening +2: median days, {what}"
    yield at_most(name, middle, 10) if asked else Mark(what=name, measured=f"{middle:.0f}")
    yield Mark(what="    found within 21 days", measured=f"{share * 100:.0f} %")
