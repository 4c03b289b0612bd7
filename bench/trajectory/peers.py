"""The same lifters by a peer: statsmodels' UnobservedComponents with the same regressors, by maximum likelihood.

It is fitted in both of its forms: with the effects of the regressors among what is maximised over, as it comes, and
with the effects as states, which is quicker. Each forecast is held against the better of the two.
"""

from __future__ import annotations

import statistics
import time
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.trajectory.marks import Mark, at_least
from bench.trajectory.speed import compiled_filter, filter_seconds, follow, one_core, times
from bench.trajectory.worlds import Lifters, simulate
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.model import LAGS
from liftback.trajectory.normal import quantile
from liftback.trajectory.outlook import LEVELS, usual_asking

Array = NDArray[np.float64]
DAYS, FADE_DAYS = 56, 10
TURNS = 3  # fits for every turn of ours
WIDEST, NARROWEST = 4.0, 1e-6
"""The variance taken of an effect where none was found, and the least of any."""
FORMS = {"as it comes": True, "effects as states": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Mean and standard deviation of the level on the last day and of each lag (LAGS), and the seconds it took."""

    level: tuple[float, float]
    lags: Array
    spread: Array
    seconds: float


def rows(count: int, many: int, rng: np.random.Generator) -> Iterator[Mark]:
    """Ratios of time on one core for each lifter, and the score of both forecasts (lower is better)."""
    try:
        components = import_module("statsmodels.tsa.statespace.structural").UnobservedComponents
    except ImportError:
        yield Mark(what="statsmodels", measured="not installed")
        return
    model = usual_asking().model
    few, others = (simulate("own", size, DAYS, model, rng) for size in (count, many))
    filtered = compiled_filter()
    fits: dict[str, list[Fit]] = {form: [] for form in FORMS}
    ours: list[tuple[float, float]] = []
    # In turn, so that whatever else the machine does slows all of them alike.
    for one in range(count):
        for form, mle in FORMS.items():
            fits[form].append(_fitted(components, few, one, mle))
        if filtered is not None and one % TURNS == 0:
            ours.append((filter_seconds(filtered, others), _follow_seconds(others)))
    yield from _ratios(fits, ours) if ours else [Mark(what="numba, for the compiled filter", measured="not installed")]
    yield from _scores(few, fits)


def _follow_seconds(lifters: Lifters) -> float:
    """Seconds of every output for each lifter on one core."""
    with one_core():
        follow(lifters, 2)
        return times(lambda: follow(lifters, workers=1), 1)[0] / len(lifters.plan)


def _ratios(fits: dict[str, list[Fit]], ours: list[tuple[float, float]]) -> Iterator[Mark]:
    """How many of ours take the time of one fit: ours by the clock on one core, theirs by processor time alone."""
    alone, every = (statistics.median(seconds) for seconds in zip(*ours, strict=True))
    for form, found in fits.items():
        peer = statistics.median(fit.seconds for fit in found)
        asked = FORMS[form]
        for what, own, least in (("our filter", alone, 1000), ("ours with all outputs", every, 30)):
            name = f"statsmodels, {form}, {peer * 1e3:.0f} ms, one core / {what}"
            ratio = peer / own
            yield at_least(name, ratio, least, " x") if asked else Mark(what=name, measured=f"{ratio:,.4g} x")


def _regressors(lifters: Lifters, one: int) -> Array:
    """The doses at each lag, sleep and stress, and what is left of tweaks where there were any."""
    padded = np.concatenate([np.zeros(LAGS - 1), lifters.dose[one]])
    lags = np.lib.stride_tricks.sliding_window_view(padded, LAGS)[:, ::-1]
    tweak = np.zeros(DAYS)
    for day in range(DAYS):
        before = tweak[day - 1] * np.exp(-1 / FADE_DAYS) if day else 0.0
        tweak[day] = before + lifters.events[one, day]
    # A column of zeros has no effect to be found, and would only make the fit slower.
    left = [tweak] if tweak.any() else []
    return np.column_stack([lags, np.nan_to_num(lifters.feelings[one]), *left])


def _fitted(components: Any, lifters: Lifters, one: int, mle: bool) -> Fit:
    regressors = _regressors(lifters, one)
    begun = time.thread_time()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = components(lifters.pain[one], level="local level", exog=regressors, mle_regression=mle)
        fit = model.fit(disp=False)
        if mle:
            names = list(model.param_names)
            at = [names.index(f"beta.x{lag + 1}") for lag in range(LAGS)]
            lags, variance = np.asarray(fit.params)[at], np.diag(fit.cov_params())[at]
        else:
            at = list(range(1, LAGS + 1))
            lags, variance = fit.smoothed_state[at, -1], np.diag(fit.smoothed_state_cov[..., -1])[at]
    seconds = time.thread_time() - begun
    spread = np.sqrt(np.maximum(np.nan_to_num(variance, nan=WIDEST, posinf=WIDEST), NARROWEST))
    level = float(fit.smoothed_state[0, -1]), float(np.sqrt(max(fit.smoothed_state_cov[0, 0, -1], NARROWEST)))
    return Fit(level=level, lags=lags, spread=spread, seconds=seconds)


def _scores(lifters: Lifters, fits: dict[str, list[Fit]]) -> Iterator[Mark]:
    outlook = follow_many(lifters.pain, lifters.dose, lifters.feelings, lifters.events, lifters.persistent)
    level, kernel = lifters.level[:, DAYS - 1], lifters.kernel.ravel()
    ours = _by_quantiles(outlook.baseline, level), _by_quantiles(outlook.kernel.reshape(-1, len(LEVELS)), kernel)
    theirs = []
    for found in fits.values():
        means, spreads = np.array([fit.level for fit in found]).T
        lags, wide = (np.concatenate([getattr(fit, name) for fit in found]) for name in ("lags", "spread"))
        theirs.append((_normal(means, spreads, level), _normal(lags, wide, kernel)))
    for place, what in enumerate(("trend", "kernel")):
        each = [pair[place] for pair in theirs]
        yield Mark(
            what=f"CRPS of the {what}, {len(level)} lifters: ours / statsmodels', both forms",
            measured=" / ".join(f"{score:.3f}" for score in (ours[place], *each)),
            asked="ours lowest",
            holds=ours[place] < min(each),
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
    return _by_quantiles(mean[:, None] + spread[:, None] * quantile(np.array(LEVELS)), truth)
