"""The filter: what is believed after each day, for many lifters at once. NumPy only; `compiled` gives the same numbers.

For every node of the grid a Gaussian belief over the state is carried along. A score is an interval on the pain scale,
so the update matches the moments of the exact posterior of that score (assumed-density filtering); the probability of
the interval weighs the node. The kernel keeps one broad prior here; patterns are told apart afterwards by exchanging
that prior (`patterns`), at no cost to the filter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, DiaryArrays
from liftback.trajectory.model import (
    ASYMPTOTE,
    KERNEL,
    LAGS,
    LEVEL,
    RUNNING,
    SHIPPED,
    SLEEP,
    STRESS,
    TRANSIENT,
    Model,
    Rules,
    broad_kernel,
    grid,
)
from liftback.trajectory.normal import FARTHEST, density, mills

Array = NDArray[np.float64]

MOVING = 4
"""The states that change from day to day stand first: level, running average, transient, asymptote."""
MOMENTS = ("last", "repeats", "echo", "surprises")
"""What a belief counts of the scores, beside its normals."""
REMEMBERED = 14
"""Days of surprises kept: two weeks, over which worsening is looked for."""
_RAREST = 1e-12  # no share of repeated scores is ever given up for good
_LEAST = 1e-290  # below it an interval's probability is no longer a number to divide by
_HALF = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Nodes:
    """The grid as arrays, for lifters of both courses. G nodes, P exponents; nodes of one exponent stand together.

    `variance` is the noise variance; `noises` (S, N, G) are the variances of the usual and the wide noise, with their
    `shares` (S,). `moves` (N, G, 4, 4) carries the moving states one day on and `drift` (N, G) is the variance added
    to the level.
    """

    variance: Array
    noises: Array
    shares: Array
    moves: Array
    drift: Array
    log_weight: Array
    powers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Belief:
    """What is believed after the days seen. N lifters, G nodes, n states.

    `mean` (N, G, n), `covariance` (N, G, n, n), `log_weight` (N, G) normalised to sum to one. `last` (N,) is the
    last score, NaN before the first; `repeats` (N, R) is how likely each share of scores repeated by habit is. A
    surprise is how far a score lay from what was foreseen, in standard deviations:
    `surprises` (N, REMEMBERED) are those of the last days, NaN without a score, and `echo` (N, 3) holds the last
    one, the sum of products of neighbours, and the sum of squares.
    """

    mean: Array
    covariance: Array
    log_weight: Array
    last: Array
    repeats: Array
    echo: Array
    surprises: Array

    @property
    def weight(self) -> Array:
        """The probability of each node, (N, G)."""
        return np.exp(self.log_weight)


def joined_rows(beliefs: Sequence[Belief]) -> Belief:
    """The beliefs of several groups of lifters as one."""
    return Belief(**{one.name: np.concatenate([getattr(each, one.name) for each in beliefs]) for one in fields(Belief)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One score as foreseen by each node: mean and variance of the pain before noise, (N, G)."""

    mean: Array
    variance: Array


def nodes_of(persistent: NDArray[np.bool_], model: Model, rules: Rules = SHIPPED) -> Nodes:
    """The grid of each lifter."""
    both = [grid(model.priors, kind, rules) for kind in (False, True)]
    which = np.asarray(persistent, dtype=np.intp)

    def column(name: str) -> Array:
        return np.array([[getattr(node, name) for node in nodes] for nodes in both])[which]

    moves = np.zeros((len(which), len(both[0]), MOVING, MOVING))
    pull = 1 / column("days")
    moves[..., LEVEL, LEVEL], moves[..., LEVEL, ASYMPTOTE] = 1 - pull, pull
    follow = 1 / model.settings.course_days
    moves[..., RUNNING, RUNNING], moves[..., RUNNING, LEVEL] = 1 - follow, follow
    moves[..., TRANSIENT, TRANSIENT] = np.exp(-1 / model.priors.event_days)
    moves[..., ASYMPTOTE, ASYMPTOTE] = 1.0
    variance = column("noise") ** 2
    scales, shares = _noise_scales(model)
    return Nodes(
        variance=variance,
        noises=np.multiply.outer(scales, variance),
        shares=shares,
        moves=moves,
        drift=column("drift") ** 2,
        log_weight=column("log_weight"),
        powers=len(model.priors.powers),
    )


def start(persistent: NDArray[np.bool_], nodes: Nodes, model: Model, groups: int = 1) -> Belief:
    """The belief before the first day; the running average begins at the level, with the same uncertainty."""
    lifters, count = nodes.variance.shape
    size = KERNEL + LAGS * groups
    mean, covariance = np.zeros((lifters, 1, size)), np.zeros((lifters, 1, size, size))
    courses = [model.priors.course(bool(kind)) for kind in (False, True)]
    which = np.asarray(persistent, dtype=np.intp)
    level, asymptote = (np.array([getattr(one, name) for one in courses])[which] for name in ("level", "asymptote"))
    mean[:, 0, LEVEL] = mean[:, 0, RUNNING] = level[:, 0]
    mean[:, 0, ASYMPTOTE] = asymptote[:, 0]
    for row, column in ((LEVEL, LEVEL), (RUNNING, RUNNING), (LEVEL, RUNNING), (RUNNING, LEVEL)):
        covariance[:, 0, row, column] = level[:, 1] ** 2
    covariance[:, 0, ASYMPTOTE, ASYMPTOTE] = asymptote[:, 1] ** 2
    for place, (middle, spread) in ((SLEEP, model.priors.sleep), (STRESS, model.priors.stress)):
        mean[:, 0, place], covariance[:, 0, place, place] = middle, spread**2
    centre, broad = broad_kernel(model.priors)
    for group in range(groups):
        block = slice(KERNEL + LAGS * group, KERNEL + LAGS * (group + 1))
        mean[:, 0, block], covariance[:, 0, block, block] = centre, broad
    likely = np.array([weight for _, weight in model.settings.repeats or ((0.0, 1.0),)])
    return Belief(
        mean=np.repeat(mean, count, axis=1),
        covariance=np.repeat(covariance, count, axis=1),
        log_weight=nodes.log_weight,
        last=np.full(lifters, np.nan),
        repeats=np.tile(likely, (lifters, 1)),
        echo=np.zeros((lifters, 3)),
        surprises=np.full((lifters, REMEMBERED), np.nan),
    )


def one_day_on(belief: Belief, nodes: Nodes) -> Belief:
    """The belief carried to the next day, before its score."""
    mean, covariance = belief.mean.copy(), belief.covariance.copy()
    mean[..., :MOVING] = (nodes.moves @ mean[..., :MOVING, None])[..., 0]
    rows = nodes.moves @ covariance[..., :MOVING, :]
    covariance[..., :MOVING, :] = rows
    covariance[..., :MOVING] = np.swapaxes(rows, -1, -2)
    # Among the moving states the columns have yet to be carried on; the others have only rows or only columns to carry.
    covariance[..., :MOVING, :MOVING] = nodes.moves @ covariance[..., :MOVING, :MOVING]
    covariance[..., LEVEL, LEVEL] += nodes.drift
    surprises = np.full_like(belief.surprises, np.nan)
    surprises[:, :-1] = belief.surprises[:, 1:]
    return replace(belief, mean=mean, covariance=covariance, surprises=surprises)


def with_events(belief: Belief, events: NDArray[np.bool_], model: Model) -> Belief:
    """The belief after a logged tweak: the transient rises, and is less sure."""
    if not events.any():
        return belief
    jump, spread = model.priors.event
    mean, covariance = belief.mean.copy(), belief.covariance.copy()
    mean[events, :, TRANSIENT] += jump
    covariance[events, :, TRANSIENT, TRANSIENT] += spread**2
    return replace(belief, mean=mean, covariance=covariance)


def regressors(window: Array, feelings: Array) -> Array:
    """What a day's score sees of the state, (N, P, n), from its loads (N, P, K, LAGS) and feelings (N, 2)."""
    lifters, powers, groups, lags = window.shape
    seen = np.zeros((lifters, powers, KERNEL + groups * lags))
    seen[..., LEVEL] = seen[..., TRANSIENT] = 1.0
    seen[..., SLEEP : STRESS + 1] = feelings[:, None]
    seen[..., KERNEL:] = window.reshape(lifters, powers, -1)
    return seen


def foresee(belief: Belief, seen: Array) -> tuple[Forecast, Array]:
    """The score that each node foresees, and its covariance with the state (N, G, n)."""
    lifters, nodes, size = belief.mean.shape
    powers = seen.shape[1]
    column = seen[..., None]
    toward = belief.covariance.reshape(lifters, powers, -1, size) @ column
    mean = belief.mean.reshape(lifters, powers, -1, size) @ column
    variance = toward.reshape(lifters, powers, -1, size) @ column
    each = (lifters, nodes)
    return Forecast(mean=mean.reshape(each), variance=variance.reshape(each)), toward.reshape(lifters, nodes, size)


def updated(belief: Belief, seen: Array, pain: Array, nodes: Nodes, model: Model, *, extra: Array) -> Belief:
    """The belief after a day's scores (N,), with their extra variance; a lifter whose score is NaN keeps theirs."""
    logged = np.isfinite(pain)
    if not logged.any():
        return belief
    foreseen, toward = foresee(belief, seen)
    total = nodes.noises + (foreseen.variance + extra[:, None])
    score = np.where(logged, pain, LOWEST)
    chances = _score_likelihood(score, foreseen.mean, total, nodes.shares)
    surprise = (belief.weight * chances[1] / chances[0] * np.sqrt(total[0])).sum(axis=1)
    counts = belief.repeats
    if model.settings.repeats is not None:
        habit, same, counts = _habit(belief, pain, chances[0], model)
        chances *= 1 - habit
        chances[0] += same
    likelihood = chances[0]
    temper = (model.settings.temper * _trusted(belief, model) * logged)[:, None]
    pull, bend = chances[1:] / likelihood
    # The wider noise can make one score say "less sure than before"; the prior exchange needs that never to happen.
    shrink = np.maximum(pull * pull - bend, 0.0) * temper
    less = (toward * shrink[..., None])[..., None] * toward[..., None, :]
    return Belief(
        mean=belief.mean + toward * (pull * temper)[..., None],
        covariance=np.subtract(belief.covariance, less, out=less),
        log_weight=_normalised(belief.log_weight + np.log(likelihood) * temper),
        last=np.where(logged, pain, belief.last),
        repeats=counts,
        **_remembered(belief, surprise, logged),
    )


def _trusted(belief: Belief, model: Model) -> Array:
    """The part (N,) of a score's weight that is left where surprises echo from day to day.

    Where one day's surprise comes back the next, the noise clings or something unknown goes on, and a score tells
    less than it seems to: as much less as the mean of a series with that lag-one correlation.
    """
    if model.settings.echo is None:
        return np.ones(len(belief.echo))
    none, least = model.settings.echo
    share = np.maximum(belief.echo[:, 1] / (belief.echo[:, 2] + none), 0.0)
    trusted: Array = np.maximum((1 - share) / (1 + share), least)
    return trusted


def _remembered(belief: Belief, surprise: Array, logged: NDArray[np.bool_]) -> dict[str, Array]:
    """The surprises kept, with today's."""
    last = belief.echo[:, 0]
    echo = belief.echo + np.array([surprise - last, last * surprise, last * last]).T * logged[:, None]
    surprises = belief.surprises.copy()
    surprises[:, -1] = np.where(logged, surprise, np.nan)
    return {"echo": echo, "surprises": surprises}


def _normalised(log_weight: Array) -> Array:
    log_weight = log_weight - log_weight.max(axis=1, keepdims=True)
    log_weight -= np.log(np.exp(log_weight).sum(axis=1, keepdims=True))
    return log_weight


def _noise_scales(model: Model) -> tuple[Array, Array]:
    """The variances of usual and wide noise, in usual variances, and their shares."""
    share, times = model.settings.outlier_share, model.settings.outlier_times
    if share <= 0:
        return np.ones(1), np.ones(1)
    return np.array([1.0, times**2]), np.array([1 - share, share])


def bounds(pain: Array) -> tuple[Array, Array]:
    """The interval of pain before rounding that a score stands for; open at both ends of the scale."""
    low, high = pain - _HALF, pain + _HALF
    return np.where(low < LOWEST, -np.inf, low), np.where(high > HIGHEST, np.inf, high)


def _score_likelihood(score: Array, mean: Array, total: Array, shares: Array) -> Array:
    """Probability of each score (N,) given the mean foreseen, and its first and second derivative by that mean.

    `total` (S, N, G) are the variances under each of S noises with their shares. The answer is (3, N, G).
    """
    root = np.sqrt(total)
    edges = np.array(bounds(score))
    ends = (edges[..., None] - mean)[:, None] / root
    reach = np.minimum(np.abs(ends), FARTHEST)
    # Tails with the sign of their end: their difference is the probability between them, less one if they straddle 0.
    height = density(reach)
    tails = np.copysign(height * mills(reach), ends)
    negative = np.signbit(ends)
    parts = np.empty((3, *total.shape))
    inside, slope, bend = parts
    np.subtract(tails[0], tails[1], out=inside)
    inside += negative[0] > negative[1]
    np.subtract(height[0], height[1], out=slope)
    slope /= root
    leaning = np.copysign(height * reach, ends)
    np.subtract(leaning[0], leaning[1], out=bend)
    bend /= total
    if inside.min() < _LEAST:
        _far_away(parts, score[:, None] - mean, total)
    mixed: Array = (shares @ parts.reshape(3, len(shares), -1)).reshape(3, *mean.shape)
    return mixed


def _far_away(parts: Array, distance: Array, total: Array) -> None:
    """A score that no double can say the probability of pulls as a plain number would."""
    far = parts[0] < _LEAST
    pull = (distance / total)[far]
    parts[:, far] = _LEAST * np.array([np.ones_like(pull), pull, pull * pull - 1 / total[far]])


def repeated_share(belief: Belief, model: Model) -> Array:
    """The share (N,) of scores repeated by habit that is to be expected."""
    shares = np.array([share for share, _ in model.settings.repeats or ((0.0, 1.0),)])
    expected: Array = belief.repeats @ shares
    return expected


def _habit(belief: Belief, pain: Array, likelihood: Array, model: Model) -> tuple[Array, Array, Array]:
    """The share of scores repeated by habit, where it could have shown; what it adds to a repeat; its new belief.

    A score equal to the last one may be a habit. How often is learned over a few possible shares, by how well each
    foresees whether the next score is the same again.
    """
    shares = np.array([share for share, _ in model.settings.repeats or ()])
    could = np.isfinite(pain) & np.isfinite(belief.last)
    same = could & (pain == belief.last)
    share = repeated_share(belief, model) * could
    by_model = (belief.weight * likelihood).sum(axis=1)
    fit = (1 - shares) * by_model[:, None] + shares * same[:, None]
    learned = np.maximum(belief.repeats * np.where(could[:, None], fit, 1.0), _RAREST)
    return share[:, None], (share * same)[:, None], learned / learned.sum(axis=1, keepdims=True)


def day_after(
    belief: Belief, diary: DiaryArrays, day: int, nodes: Nodes, model: Model, *, first: bool | None = None
) -> Belief:
    """The belief after one more day of the arrays; `first`: it is the lifter's very first (by its place if None)."""
    if not (day == 0 if first is None else first):
        belief = one_day_on(belief, nodes)
    belief = with_events(belief, diary.events[:, day], model)
    seen = regressors(diary.window(day), diary.feelings[:, day])
    return updated(belief, seen, diary.pain[:, day], nodes, model, extra=diary.extra[:, day])


def filter_diaries(diary: DiaryArrays, model: Model, rules: Rules = SHIPPED) -> Belief:
    """The belief of each lifter after all days."""
    nodes = nodes_of(diary.persistent, model, rules)
    belief = start(diary.persistent, nodes, model, diary.groups)
    for day in range(diary.days):
        belief = day_after(belief, diary, day, nodes, model)
    return belief
