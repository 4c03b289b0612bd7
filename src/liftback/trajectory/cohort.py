"""Many lifters at once: diaries and doses as arrays in, every answer as arrays out."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import ArrayLike

from liftback.trajectory import filtering, milestones
from liftback.trajectory.diary_arrays import DiaryArrays, diary_arrays
from liftback.trajectory.filtering import Belief
from liftback.trajectory.model import LAGS, SHIPPED, Model, Rules
from liftback.trajectory.outlook import Asking, Limits, Outlook, Paths, Recent, outlook, recent_days, usual_asking
from liftback.trajectory.random_numbers import random_numbers

# Lifters worked on at once, so that their numbers stay near the processor; changes speed only.
_AT_ONCE = 32
Rows = TypeVar("Rows", Belief, Recent)


def follow_many(  # noqa: PLR0917 - the arrays may also be given in order
    y: ArrayLike,
    dose: ArrayLike,
    covariates: ArrayLike | None = None,
    events: ArrayLike | None = None,
    persistent: ArrayLike | bool = False,
    plan: ArrayLike = 1.0,
    *,
    model: Model | None = None,
    limits: Limits | None = None,
    before: ArrayLike | None = None,
    generator: Generator | None = None,
    compiled: bool | None = None,
    workers: int = 2,
    rules: Rules = SHIPPED,
) -> Outlook:
    """Everything the model says of many lifters at the end of their diaries.

    `y` (lifters, days) is pain 0-10, one score a day, NaN where not logged. `dose` (lifters, days) is the load on the
    back of each day, 1.0 being this lifter's own typical session, 0 a day without, NaN not known. `covariates`
    (lifters, days, 2) are sleep and stress in standard deviations, NaN where missing. `events` (lifters, days) marks
    logged tweaks. `persistent` (lifters,) is pain of twelve weeks or more at the first day. `plan` (one number or
    lifters,) is the dose of a session on the day after the last. `before` (lifters, 7) are the doses of the days just
    before the first; left out, nothing was trained on them. `model` and `limits` are those of knowledge where left
    out. `generator` draws the random numbers, the same for every
    lifter; left out, they are those of a fixed seed. `compiled` asks for the filter of the extra `cohort` (True), for
    NumPy's (False), or for whichever is there. Bad values count as not logged; nothing raises for them.
    """
    usual = usual_asking()
    model, limits = model or usual.model, limits or usual.limits
    pain = np.atleast_2d(np.asarray(y, dtype=np.float64))
    lifters = len(pain)
    doses = np.broadcast_to(np.asarray(dose, dtype=np.float64), pain.shape)
    diary = diary_arrays(
        pain=pain,
        dose=doses,
        model=model,
        feelings=covariates,
        events=events,
        persistent=persistent,
        before=np.zeros((lifters, LAGS - 1)) if before is None else before,
    )
    filtered, paths = engine(compiled)
    belief = filtered(diary, model, rules)
    planned = np.broadcast_to(np.asarray(plan, dtype=np.float64), (lifters,)).copy()
    numbers = usual.numbers if generator is None else random_numbers(generator)
    asking = Asking(model=model, limits=limits, numbers=numbers, rules=rules, paths=paths)
    return outlooks(belief, recent_days(diary, doses, planned, limits), asking, workers)


Filter = Callable[[DiaryArrays, Model, Rules], Belief]


def engine(compiled: bool | None = None) -> tuple[Filter, Paths]:
    """The filter and the walker of paths to use. Raises ImportError where numba is asked for and not there."""
    plain = filtering.filter_diaries, milestones.days_to
    if compiled is False:
        return plain
    try:
        # Only the extra `cohort` brings numba, and loading it takes a second.
        from liftback.trajectory import compiled as fast  # noqa: PLC0415
        from liftback.trajectory import compiled_paths as walk  # noqa: PLC0415
    except ImportError:
        if compiled:
            raise
        return plain
    return fast.filter_diaries, walk.days_to


def outlooks(belief: Belief, recent: Recent, asking: Asking, workers: int = 1) -> Outlook:
    """The outlook of many lifters, some at a time, on several threads."""

    def one(start: int) -> Outlook:
        part = slice(start, start + _AT_ONCE)
        return outlook(_rows(belief, part), _rows(recent, part), asking)

    starts = range(0, max(len(recent.plan), 1), _AT_ONCE)
    if workers < 2 or len(starts) < 2:  # noqa: PLR2004 - one worker or one part
        return Outlook.joined([one(start) for start in starts])
    with ThreadPoolExecutor(workers) as pool:
        return Outlook.joined(list(pool.map(one, starts)))


def _rows(values: Rows, part: slice) -> Rows:
    return type(values)(**{field.name: getattr(values, field.name)[part] for field in fields(values)})
