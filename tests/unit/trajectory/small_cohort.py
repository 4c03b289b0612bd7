"""A small cohort of the model's own world, and settings that switch off all that a textbook filter does not have."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np

from bench.trajectory.worlds import Lifters, simulate
from liftback.trajectory.diary_arrays import DiaryArrays, diary_arrays
from liftback.trajectory.draws import Draws
from liftback.trajectory.model import LAGS, Model
from liftback.trajectory.outlook import usual_asking

MODEL = usual_asking().model


def plain(model: Model = MODEL) -> Model:
    """The model without tempering, stray scores, habits and echoes."""
    settings = replace(model.settings, temper=1.0, outlier_share=0.0, repeats=None, echo=None)
    return replace(model, settings=settings)


@cache
def lifters(count: int = 60, days: int = 56, seed: int = 7, world: str = "own") -> Lifters:
    """Simulated lifters."""
    return simulate(world, count, days, MODEL, np.random.default_rng(seed))


def arrays(cohort: Lifters, model: Model = MODEL) -> DiaryArrays:
    """Their diaries as the filter reads them; nothing was trained in the week before."""
    return diary_arrays(
        pain=cohort.pain,
        dose=cohort.dose,
        model=model,
        feelings=cohort.feelings,
        events=cohort.events,
        persistent=cohort.persistent,
        before=np.zeros((len(cohort.plan), LAGS - 1)),
    )


def draws(count: int = 2, samples: int = 24) -> Draws:
    """Draws near the milestones, by chance."""
    rng = np.random.default_rng(8)
    rest = rng.normal(size=(count, samples, 6))
    rest[..., 0] = rng.uniform(0, 4, size=(count, samples))
    rest[..., 2] = rng.uniform(0, 2, size=(count, samples))
    rest[..., 3] = rng.uniform(-1, 2, size=(count, samples))
    return Draws(
        rest=rest,
        kernel=rng.uniform(0, 0.8, size=(count, samples, 8)),
        noise=rng.uniform(0.5, 1.2, size=(count, samples)),
        drift=rng.uniform(0.02, 0.15, size=(count, samples)),
        days=rng.uniform(8, 90, size=(count, samples)),
        power=np.zeros((count, samples), dtype=np.intp),
    )
