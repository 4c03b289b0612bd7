"""The same lifters by a peer: statsmodels' UnobservedComponents with the same regressors, by maximum likelihood."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.trajectory.marks import Mark, at_least
from bench.trajectory.worlds import Lifters, simulate
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.compiled import filter_diaries
from liftback.trajectory.diary_arrays import diary_arrays
from liftback.trajectory.model import LAGS
from liftback.trajectory.outlook import LEVELS, usual_asking

Array = NDArray[np.float64]
COUNT, DAYS, MANY = 24, 56, 2000
FADE_DAYS = 10


def rows(rng: np.random.Generator) -> Iterator[Mark]:
    """Ratios of processor time for each lifter, and the score of both forecasts (lower is better)."""
    try:
        components = import_module("statsmodels.tsa.statespace.structural").UnobservedComponents
    except ImportError:
        yield Mark(what="statsmodels", measured="not installed")
        return
    model = usual_asking().model
    few = simulate("own", COUNT, DAYS, model, rng)
    begun = time.process_time()
    fits = [_fitted(components, few, one) for one in range(COUNT)]
    peer = (time.process_time() - begun) / COUNT
    filtered, followed = _ours(simulate("own", MANY, DAYS, model, rng))
    yield at_least("statsmodels' fit / our filter, processor time", peer / filtered, 1000, " x")
    yield at_least("statsmodels' fit / our filter with all outputs", peer / followed, 30, " x")
    yield from _scores(few, fits)


def _ours(lifters: Lifters) -> tuple[float, float]:
    """Processor seconds for each lifter of the filter, and of everything, compiled, one thread's worth."""
    model = usual_asking().model
    diary = diary_arrays(
        pain=lifters.pain, dose=lifters.dose, model=model, feelings=lifters.feelings, events=lifters.events,
        persistent=lifters.persistent, before=np.zeros((len(lifters.plan), LAGS - 1)),
    )  # fmt: skip
    filter_diaries(diary.part(slice(0, 2)), model)
    begun = time.process_time()
    filter_diaries(diary, model)
    filtered = time.process_time() - begun
    begun = time.process_time()
    follow_many(lifters.pain, lifters.dose, lifters.feelings, lifters.events, lifters.persistent, compiled=True)
    return filtered / len(lifters.plan), (time.process_time() - begun) / len(lifters.plan)


def _fitted(components: Any, lifters: Lifters, one: int) -> tuple[float, float, Array, Array]:
    """Mean and standard deviation of the level on the last day, and of each lag."""
    padded = np.concatenate([np.zeros(LAGS - 1), lifters.dose[one]])
    lags = np.lib.stride_tricks.sliding_window_view(padded, LAGS)[:, ::-1]
    tweak = np.zeros(DAYS)
    for day in range(DAYS):
        before = tweak[day - 1] * np.exp(-1 / FADE_DAYS) if day else 0.0
        tweak[day] = before + lifters.events[one, day]
    regressors = np.column_stack([lags, np.nan_to_num(lifters.feelings[one]), tweak + 1e-9])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = components(lifters.pain[one], level="local level", exog=regressors).fit(disp=False)
    spread = np.sqrt(np.maximum(np.nan_to_num(np.diag(fit.cov_params()), nan=4.0, posinf=4.0), 1e-6))
    params, names = np.asarray(fit.params), list(fit.model.param_names)
    at = [names.index(f"beta.x{lag + 1}") for lag in range(LAGS)]
    level = float(fit.smoothed_state[0, -1]), float(np.sqrt(max(fit.smoothed_state_cov[0, 0, -1], 1e-6)))
    return *level, params[at], spread[at]


def _scores(lifters: Lifters, fits: list[tuple[float, float, Array, Array]]) -> Iterator[Mark]:
    outlook = follow_many(
        lifters.pain, lifters.dose, lifters.feelings, lifters.events, lifters.persistent, compiled=True
    )
    truth = lifters.level[:, DAYS - 1]
    pairs = {
        "trend": (
            _by_quantiles(outlook.baseline, truth),
            _normal(np.array([fit[0] for fit in fits]), np.array([fit[1] for fit in fits]), truth),
        ),
        "kernel": (
            _by_quantiles(outlook.kernel.reshape(-1, len(LEVELS)), lifters.kernel.ravel()),
            _normal(np.concatenate([f[2] for f in fits]), np.concatenate([f[3] for f in fits]), lifters.kernel.ravel()),
        ),
    }
    for what, (ours, theirs) in pairs.items():
        yield Mark(
            what=f"CRPS of the {what}: ours / statsmodels'",
            measured=f"{ours:.3f} / {theirs:.3f}",
            asked="lower",
            holds=ours < theirs,
        )


def _by_quantiles(quantiles: Array, truth: Array) -> float:
    """The CRPS from quantiles: twice the pinball loss, integrated over their levels by straight lines."""
    levels = np.array(LEVELS)
    below = truth[:, None] < quantiles
    loss = 2 * (below - levels) * (quantiles - truth[:, None])
    edges = np.concatenate([[0.0], (levels[1:] + levels[:-1]) / 2, [1.0]])
    return float((loss * np.diff(edges)).sum(axis=1).mean())


def _normal(mean: Array, spread: Array, truth: Array) -> float:
    """The same rule for a normal forecast, so that both are measured alike."""
    from liftback.trajectory.normal import quantile  # noqa: PLC0415

    return _by_quantiles(mean[:, None] + spread[:, None] * quantile(np.array(LEVELS)), truth)
