"""The lifters on whom the filter is compared with NUTS: drawn once, stored, and read again as arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.trajectory.worlds import USUAL_DAYS, simulate
from liftback.trajectory.diary_arrays import DiaryArrays, diary_arrays
from liftback.trajectory.model import LAGS, Model

Array = NDArray[np.float64]

SEED = 20261125
OF_EACH = 10
DAYS = 56
LOGGING = 0.85
POOL = 80  # lifters simulated, from whom the first OF_EACH of either course are taken


def plain(model: Model) -> Model:
    """The model as NUTS knows it."""
    return Model(
        priors=replace(model.priors, powers=((1.0, 1.0),)),
        settings=replace(model.settings, temper=1.0, outlier_share=0.0, repeats=None, echo=None),
    )


def drawn_lifters(model: Model) -> list[dict[str, Any]]:
    """Diaries of the model's own world, rounded as they are stored."""
    cohort = simulate("own", POOL, DAYS, model, np.random.default_rng(SEED), logging=LOGGING)
    chosen = [int(one) for kind in (False, True) for one in np.flatnonzero(cohort.persistent == kind)[:OF_EACH]]
    return [
        {
            "persistent": bool(cohort.persistent[one]),
            "pain": [None if np.isnan(score) else int(score) for score in cohort.pain[one]],
            "dose": [round(float(dose), 3) for dose in cohort.dose[one]],
            "feelings": [[None if np.isnan(x) else round(float(x), 2) for x in day] for day in cohort.feelings[one]],
            "events": [int(day) for day in np.flatnonzero(cohort.events[one])],
        }
        for one in chosen
    ]


def arrays_of(lifters: list[dict[str, Any]], model: Model) -> DiaryArrays:
    """Stored lifters as the arrays of the filter; the doses before the first day are known to be none."""
    events = np.zeros((len(lifters), DAYS), dtype=bool)
    for row, one in enumerate(lifters):
        events[row, one["events"]] = True
    return diary_arrays(
        pain=np.array([one["pain"] for one in lifters], dtype=np.float64),
        dose=np.array([one["dose"] for one in lifters], dtype=np.float64),
        feelings=np.array([one["feelings"] for one in lifters], dtype=np.float64),
        events=events,
        persistent=np.array([one["persistent"] for one in lifters]),
        before=np.zeros((len(lifters), LAGS - 1, 1)),
        model=model,
    )


def usual_load(diary: DiaryArrays) -> Array:
    """The mean dose at each lag over the last four weeks, (N, LAGS)."""
    last = range(diary.days - USUAL_DAYS, diary.days)
    mean: Array = np.mean([diary.window(day)[:, 0, 0] for day in last], axis=0)
    return mean
