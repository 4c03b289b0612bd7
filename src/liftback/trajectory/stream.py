"""One lifter, one day after another: the same filter, carried on for ever in a state of fixed size.

`begin`, then `update` with every day, logged or not; `outlook_of` answers at any time. Playing the days of a diary
through gives what the batch gives. A state can be stored in `to_bytes` and taken up again with `from_bytes`.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, diary_arrays
from liftback.trajectory.filtering import (
    MOMENTS,
    REMEMBERED,
    Belief,
    Nodes,
    nodes_of,
    one_day_on,
    regressors,
    start,
    updated,
    with_events,
)
from liftback.trajectory.milestones import WEEK
from liftback.trajectory.model import KERNEL, LAGS, Model
from liftback.trajectory.outlook import USUAL_DAYS, Asking, Outlook, Recent, outlook, recent_days, usual_asking

Array = NDArray[np.float64]

_REMEMBERED = USUAL_DAYS + LAGS - 1
_SIZE = KERNEL + LAGS
_LOWER = np.tril_indices(_SIZE)
_HEAD = struct.Struct("<2s?BI")
_MARK = b"LB"
_LEAST_WEIGHT = 1e-300
_BYTES = (8, 4)  # of a double and of a single


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """What is known of one day. NaN is not logged (`pain`, `sleep`, `stress`) or not known (`dose`).

    `pain` is 0-10, `dose` in typical sessions, `sleep` and `stress` in standard deviations; `event` is a tweak.
    """

    pain: float = np.nan
    dose: float = np.nan
    sleep: float = np.nan
    stress: float = np.nan
    event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """All that is kept of a lifter: the belief, the last doses (35,) and scores (7,), and how many days there were."""

    belief: Belief
    doses: Array
    pains: Array
    persistent: bool
    days: int


def begin(*, persistent: bool, model: Model | None = None, before: Array | None = None) -> State:
    """The state before the first day. `before` (7,) are the doses of the days just before it, none where left out."""
    model = model or usual_asking().model
    doses = np.full(_REMEMBERED, 0.0)
    if before is not None:
        doses[-(LAGS - 1) :] = before
    kind = np.array([persistent])
    return State(
        belief=start(kind, _nodes(persistent, model), model),
        doses=doses,
        pains=np.full(WEEK, np.nan),
        persistent=persistent,
        days=0,
    )


def update(state: State, today: Today, model: Model | None = None) -> State:
    """The state after one more day; the cost does not depend on how many came before."""
    model = model or usual_asking().model
    pain = today.pain if LOWEST <= today.pain <= HIGHEST else math.nan
    doses = _moved_on(state.doses, today.dose if 0 <= today.dose < math.inf else math.nan)
    sleep, stress = (value if math.isfinite(value) else 0.0 for value in (today.sleep, today.stress))
    absent = (not math.isfinite(today.sleep)) + (not math.isfinite(today.stress))
    window, extra = _window(doses, model)
    nodes = _nodes(state.persistent, model)
    belief = one_day_on(state.belief, nodes) if state.days else state.belief
    if today.event:
        belief = with_events(belief, np.array([True]), model)
    if math.isfinite(pain):
        seen = regressors(window, np.array([[sleep, stress]]))
        spare = np.array([extra + model.settings.missing_variance * absent])
        belief = updated(belief, seen, np.array([pain]), nodes, model, extra=spare)
    return State(
        belief=belief,
        doses=doses,
        pains=_moved_on(state.pains, pain),
        persistent=state.persistent,
        days=state.days + 1,
    )


def _moved_on(values: Array, newest: float) -> Array:
    moved = np.empty_like(values)
    moved[:-1] = values[1:]
    moved[-1] = newest
    return moved


def _window(doses: Array, model: Model) -> tuple[Array, float]:
    """The loads (1, P, 1, LAGS) within the kernel's reach, newest first, and the variance of those not known."""
    last = doses[: -LAGS - 1 : -1]
    known = np.isfinite(last) & (last >= 0)
    powers = np.array([[power] for power, _ in model.priors.powers])
    if known.all():
        return (last**powers)[None, :, None], 0.0
    loads = np.where(known, np.where(known, last, 0.0) ** powers, model.settings.unknown_dose)
    return loads[None, :, None], model.settings.unknown_dose_variance * float((~known).sum())


@lru_cache
def _nodes(persistent: bool, model: Model) -> Nodes:
    return nodes_of(np.array([persistent]), model)


def outlook_of(state: State, *, plan: float = 1.0, asking: Asking | None = None) -> Outlook:
    """What the state says, for one lifter (the first axis of every array has length one)."""
    asked = asking or usual_asking()
    return outlook(state.belief, recent_of(state, plan, asked), asked)


def recent_of(state: State, plan: float, asking: Asking) -> Recent:
    """The last days as the outlook reads them."""
    before, now = state.doses[None, : LAGS - 1], state.doses[None, LAGS - 1 :]
    pain = np.concatenate([np.full(USUAL_DAYS - WEEK, np.nan), state.pains])
    diary = diary_arrays(pain=pain, dose=now, model=asking.model, persistent=state.persistent, before=before)
    recent = recent_days(diary, now, np.array([plan]), asking.limits)
    recorded = np.nan_to_num(now[:, -min(max(state.days, 1), USUAL_DAYS) :])
    return replace(recent, largest=recorded.max(axis=1), days=np.array([state.days]))


# --- storing ---------------------------------------------------------------------------------------------------------


def to_bytes(state: State) -> bytes:
    """The state as bytes, at most 12,000 of them.

    Means are stored as differences from their common middle and covariances by their lower triangle, in single
    precision; weights and counts in double.
    """
    belief = state.belief
    middle = belief.mean[0].mean(axis=0)
    triangle = belief.covariance[0][:, _LOWER[0], _LOWER[1]]
    exact = [getattr(belief, name).ravel() for name in MOMENTS[:-1]]
    rough = [belief.mean[0] - middle, triangle, state.doses, state.pains, belief.surprises]
    parts = (
        # The weights sum to one, so that the last follows from the others.
        np.concatenate([middle, belief.weight[0, :-1], *exact]).astype("<f8"),
        np.concatenate([part.ravel() for part in rough]).astype("<f4"),
    )
    head = _HEAD.pack(_MARK, state.persistent, belief.mean.shape[1], state.days)
    return head + b"".join(part.tobytes() for part in parts)


def from_bytes(stored: bytes, model: Model | None = None) -> State:
    """The state that was stored. Raises ValueError with one sentence where the bytes hold none."""
    if len(stored) < _HEAD.size or stored[: len(_MARK)] != _MARK:
        raise ValueError("These bytes hold no course of a lifter; begin a new one from the diary.")
    _, persistent, count, days = _HEAD.unpack_from(stored)
    empty = begin(persistent=persistent, model=model)
    exact_sizes = [_SIZE, count - 1, *(getattr(empty.belief, name).size for name in MOMENTS[:-1])]
    rough_sizes = [count * _SIZE, count * len(_LOWER[0]), _REMEMBERED, WEEK, REMEMBERED]
    doubles, singles = sum(exact_sizes), sum(rough_sizes)
    if count != empty.belief.mean.shape[1] or len(stored) != _HEAD.size + _BYTES[0] * doubles + _BYTES[1] * singles:
        raise ValueError("This stored course is from another version of the model; begin a new one from the diary.")
    exact = np.frombuffer(stored, "<f8", doubles, _HEAD.size)
    rough = np.frombuffer(stored, "<f4", singles, _HEAD.size + _BYTES[0] * doubles).astype(np.float64)
    if not np.isfinite(exact[: _SIZE + count]).all() or not np.isfinite(rough[: rough_sizes[0] + rough_sizes[1]]).all():
        raise ValueError("This stored course is damaged; begin a new one from the diary.")
    middle, weight, *moments = np.split(exact, np.cumsum(exact_sizes)[:-1])
    away, triangle, doses, pains, surprises = np.split(rough, np.cumsum(rough_sizes)[:-1])
    covariance = np.zeros((1, count, _SIZE, _SIZE))
    covariance[0][:, _LOWER[0], _LOWER[1]] = covariance[0][:, _LOWER[1], _LOWER[0]] = triangle.reshape(count, -1)
    shapes = {name: getattr(empty.belief, name).shape for name in MOMENTS}
    weights = np.append(weight, max(1 - weight.sum(), _LEAST_WEIGHT))
    belief = Belief(
        mean=(middle + away.reshape(count, _SIZE))[None],
        covariance=covariance,
        log_weight=np.log(np.maximum(weights, _LEAST_WEIGHT))[None],
        surprises=surprises.reshape(shapes["surprises"]),
        **{name: part.reshape(shapes[name]) for name, part in zip(MOMENTS[:-1], moments, strict=True)},
    )
    return State(belief=belief, doses=doses, pains=pains, persistent=bool(persistent), days=int(days))
