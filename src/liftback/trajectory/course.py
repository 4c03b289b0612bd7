"""The course of one lifter's diary day by day, looked back on from today; and which weeks moved the answer."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.filtering import MOVING, Belief, Nodes, day_after, nodes_of, start
from liftback.trajectory.history import History
from liftback.trajectory.milestones import WEEK
from liftback.trajectory.mixtures import quantiles
from liftback.trajectory.model import KERNEL, LAGS, LEVEL, RUNNING, TRANSIENT, Model
from liftback.trajectory.outlook import USUAL_DAYS

Array = NDArray[np.float64]

BAND = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Quantiles of the band: the middle, and the ends of 50 and 80 %."""
_JITTER = 1e-9  # keeps what is known for certain (no tweak yet) from dividing by nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The beliefs after each of the last days, and the place in the history of the first of them."""

    beliefs: tuple[Belief, ...]
    begins: int
    nodes: Nodes

    @property
    def last(self) -> Belief:
        """The belief today."""
        return self.beliefs[-1]


def passage(history: History, model: Model, keep: int) -> Passage:
    """Filter a history and keep the beliefs of its last `keep` days."""
    diary = history.arrays(model)
    nodes = nodes_of(diary.persistent, model)
    belief = start(diary.persistent, nodes, model)
    begins = max(0, history.days - keep)
    kept = []
    for day in range(history.days):
        belief = day_after(belief, diary, day, nodes, model)
        if day >= begins:
            kept.append(belief)
    return Passage(beliefs=tuple(kept), begins=begins, nodes=nodes)


def felt_band(taken: Passage, history: History, model: Model) -> Array:
    """The felt trend (days, BAND) of the kept days with what tweaks added, each seen with all that is known today.

    A backward pass by Rauch, Tung and Striebel over every node. The running average plays no part in it.
    """
    usual = _usual_windows(history, model)[taken.begins :]
    last = taken.last
    mean, covariance = _without_running(last)
    found = [_felt(mean, covariance, usual[-1], taken.nodes)]
    events = history.events[taken.begins :]
    for place in range(len(taken.beliefs) - 2, -1, -1):
        here = taken.beliefs[place]
        mean, covariance = _one_day_back(
            here, (mean, covariance), event=bool(events[place + 1]), nodes=taken.nodes, model=model
        )
        found.append(_felt(mean, covariance, usual[place], taken.nodes))
    means, spreads = (np.array(part) for part in zip(*reversed(found), strict=True))
    return quantiles(np.array(BAND), np.broadcast_to(last.weight, means.shape), means, spreads)


# The states of the backward pass: all but the running average.
_STATES = np.array([place for place in range(KERNEL + LAGS) if place != RUNNING])


def _moving(place: int) -> int:
    """Where a state stands among those of the backward pass."""
    return int(np.flatnonzero(place == _STATES)[0])


def _without_running(belief: Belief) -> tuple[Array, Array]:
    """Means (G, n) and covariances (G, n, n) of the states of the backward pass."""
    return belief.mean[0][:, _STATES], belief.covariance[0][:, _STATES[:, None], _STATES]


def _one_day_back(
    here: Belief, after: tuple[Array, Array], *, event: bool, nodes: Nodes, model: Model
) -> tuple[Array, Array]:
    """Means and covariances of a day, from its own belief and what is known of the day `after`."""
    own, spread = _without_running(here)
    moves = np.tile(np.eye(KERNEL + LAGS), (len(own), 1, 1))
    moves[:, :MOVING, :MOVING] = nodes.moves[0]
    moves = moves[:, _STATES[:, None], _STATES]
    ahead = (moves @ own[..., None])[..., 0]
    crossed = moves @ spread
    foreseen = crossed @ np.swapaxes(moves, 1, 2) + np.eye(len(_STATES)) * _JITTER
    foreseen[:, _moving(LEVEL), _moving(LEVEL)] += nodes.drift[0]
    if event:
        ahead[:, _moving(TRANSIENT)] += model.priors.event[0]
        foreseen[:, _moving(TRANSIENT), _moving(TRANSIENT)] += model.priors.event[1] ** 2
    gain = np.swapaxes(np.linalg.solve(foreseen, crossed), 1, 2)
    mean = own + (gain @ (after[0] - ahead)[..., None])[..., 0]
    return mean, spread + gain @ (after[1] - foreseen) @ np.swapaxes(gain, 1, 2)


def _usual_windows(history: History, model: Model) -> Array:
    """The mean window (D, P, LAGS) of the four weeks up to each day."""
    diary = history.arrays(model)
    seen = np.stack([diary.window(day)[0, :, 0] for day in range(history.days)])
    summed = np.cumsum(np.concatenate([np.zeros((1, *seen.shape[1:])), seen]), axis=0)
    ends = np.arange(1, history.days + 1)
    begins = np.maximum(ends - USUAL_DAYS, 0)
    usual: Array = (summed[ends] - summed[begins]) / (ends - begins)[:, None, None]
    return usual


def _felt(mean: Array, covariance: Array, usual: Array, nodes: Nodes) -> tuple[Array, Array]:
    """Mean and standard deviation (G,) of the level with what the usual training adds."""
    count, size = mean.shape
    along = np.zeros((count, size))
    along[:, _moving(LEVEL)] = along[:, _moving(TRANSIENT)] = 1.0
    along[:, -LAGS:] = np.repeat(usual, count // nodes.powers, axis=0)
    variance = np.einsum("gi,gij,gj->g", along, covariance, along)
    return (along * mean).sum(axis=1), np.sqrt(np.maximum(variance, _JITTER))


def without_weeks(
    taken: Passage, history: History, weeks: int, model: Model
) -> tuple[Belief, tuple[tuple[int, int], ...]]:
    """Beliefs today had each of the last weeks gone unwritten: one for each span of days (from, to), newest last.

    Only weeks within the kept days can be left out.
    """
    spans = tuple(
        (max(taken.begins + 1, history.days - WEEK * (back + 1)), history.days - WEEK * back)
        for back in reversed(range(weeks))
        if history.days - WEEK * back > taken.begins + 1
    )
    pains = np.repeat(history.pain[None], len(spans), axis=0)
    for row, (begins, ends) in enumerate(spans):
        pains[row, begins:ends] = np.nan
    diary = history.arrays(model, pains=pains)
    nodes = nodes_of(diary.persistent, model)
    # Up to the first of these weeks nothing differs.
    belief = _repeated(taken.beliefs[spans[0][0] - taken.begins - 1], len(spans))
    for day in range(spans[0][0], history.days):
        belief = day_after(belief, diary, day, nodes, model)
    return belief, spans


def _repeated(belief: Belief, times: int) -> Belief:
    return Belief(**{one.name: np.repeat(getattr(belief, one.name), times, axis=0) for one in fields(belief)})
