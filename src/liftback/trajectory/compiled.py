"""The filter of `filtering` compiled by numba, for cohorts of many thousands: the same numbers, many times faster.

Needs the extra `cohort`. Nodes lie side by side in memory, so that the processor works on several at once. Of a
covariance only the lower triangle is kept, diagonal after diagonal: taking an outer product away from a diagonal is
one long loop over neighbours in memory, where a row would be many short ones.
"""
# mypy: disable-error-code="untyped-decorator"
# numba's decorators have no types.
# ruff: noqa: PLR0917
# Compiled functions are called by position only.

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, DiaryArrays
from liftback.trajectory.filtering import _HALF, _LEAST, _RAREST, Belief, nodes_of, start
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
)
from liftback.trajectory.normal import FARTHEST, PER_UNIT, ROOT_TAU, TABLE

Array = NDArray[np.float64]
_THREADS, _AT_ONCE = 2, 256  # change speed only
_TERMS, _ROWS = TABLE.shape
_SERIES = np.column_stack([*TABLE, np.exp(-0.5 * (np.arange(_ROWS) / PER_UNIT) ** 2) / ROOT_TAU])
"""Mills' ratio as a series around each row, then the density there: all that a tail needs, side by side."""


def filter_diaries(diary: DiaryArrays, model: Model, rules: Rules = SHIPPED) -> Belief:
    """The belief of each lifter after all days; `liftback.trajectory.filtering.filter_diaries`, compiled."""
    nodes = nodes_of(diary.persistent, model, rules)
    # Before the first day all nodes believe the same, so that one is enough to begin with.
    begun = start(diary.persistent, replace(nodes, variance=nodes.variance[:, :1]), model, diary.groups)
    lifters, count = nodes.variance.shape
    size = begun.mean.shape[2]
    mean, covariance = np.empty((lifters, count, size)), np.empty((lifters, count, size, size))
    log_weight, last, repeats = begun.log_weight.copy(), begun.last.copy(), begun.repeats.copy()
    echo, surprises = begun.echo.copy(), begun.surprises.copy()
    pull = np.ascontiguousarray(nodes.moves[..., LEVEL, ASYMPTOTE])
    numbers, habits, places = _numbers(model), _habits(model), _places(size)

    def some(part: slice) -> None:
        _all_lifters(
            diary.pain[part], diary.loads[part], diary.feelings[part], diary.extra[part], diary.events[part],
            # Of one layout whatever the number of lifters, or all would be compiled again for another.
            np.ascontiguousarray(nodes.noises[:, part]), nodes.shares, pull[part], nodes.drift[part], numbers, habits,
            begun.mean[part, 0], begun.covariance[part, 0], places, mean[part], covariance[part], log_weight[part],
            last[part], repeats[part], echo[part], surprises[part],
        )  # fmt: skip

    # The compiled part holds no lock, so that threads are enough for several cores.
    with ThreadPoolExecutor(_THREADS) as pool:
        list(pool.map(some, (slice(begins, begins + _AT_ONCE) for begins in range(0, lifters, _AT_ONCE))))
    return Belief(
        mean=mean,
        covariance=covariance,
        log_weight=log_weight,
        last=last,
        repeats=repeats,
        echo=echo,
        surprises=surprises,
    )


def _numbers(model: Model) -> Array:
    """Temper, pace of the running average; fading of a tweak, its jump, its variance; are repeats learned; echo."""
    settings, priors = model.settings, model.priors
    fade = math.exp(-1 / priors.event_days)
    learns = float(settings.repeats is not None)
    jump, spread = priors.event
    echo = settings.echo or (1.0, 1.0)
    return np.array([settings.temper, 1 / settings.course_days, fade, jump, spread**2, learns, *echo])


def _habits(model: Model) -> Array:
    """The shares of scores repeated by habit that are held possible."""
    return np.array([share for share, _ in model.settings.repeats or ((0.0, 1.0),)])


def _places(size: int) -> NDArray[np.intp]:
    """Where the covariance of two states is kept: the diagonal first, then those below it."""
    row, column = np.indices((size, size))
    apart, first = abs(row - column), np.minimum(row, column)
    at: NDArray[np.intp] = apart * size - apart * (apart - 1) // 2 + first
    return at


@njit(nogil=True, cache=True, error_model="numpy")
def _all_lifters(  # type: ignore[no-untyped-def]  # numba finds the types
    pain, loads, feelings, extra, events, noises, shares, pull, drift, numbers, habits, first_mean, first_covariance,
    at, mean, covariance, log_weight, last, repeats, echo, surprises,
):  # fmt: skip
    for one in range(pain.shape[0]):
        size, nodes = len(at), pull.shape[1]
        middle, spread = np.empty((size, nodes)), np.empty((size * (size + 1) // 2, nodes))
        for i in range(size):
            middle[i, :] = first_mean[one, i]
            for j in range(i + 1):
                spread[at[i, j], :] = first_covariance[one, i, j]
        _one_lifter(
            pain[one], loads[one], feelings[one], extra[one], events[one], noises[:, one].copy(), shares, pull[one],
            drift[one], numbers, habits, at, middle, spread, log_weight[one], last[one : one + 1], repeats[one],
            echo[one], surprises[one],
        )  # fmt: skip
        for g in range(nodes):
            for i in range(size):
                mean[one, g, i] = middle[i, g]
                for j in range(size):
                    covariance[one, g, i, j] = spread[at[i, j], g]


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _one_lifter(  # type: ignore[no-untyped-def]  # numba finds the types
    pain, loads, feelings, extra, events, noises, shares, pull, drift, numbers, habits, at,
    mean, covariance, log_weight, last, repeats, echo, surprises,
):  # fmt: skip
    size, nodes = mean.shape
    seen, places = np.zeros((size, nodes)), np.zeros(size, dtype=np.intp)
    toward, pulled, score = np.zeros((size, nodes)), np.zeros((size, nodes)), np.zeros((6, nodes))
    ends = np.zeros((4, len(shares) * 2 * nodes))
    for day in range(len(pain)):
        if day > 0:
            _one_day_on(mean, covariance, at, pull, drift, numbers[1], numbers[2])
            surprises[:-1] = surprises[1:]
            surprises[-1] = np.nan
        if events[day]:
            for g in range(nodes):
                mean[TRANSIENT, g] += numbers[3]
                covariance[TRANSIENT, g] += numbers[4]
        if math.isfinite(pain[day]):
            used = _regressors(loads, feelings[day], day, seen, places)
            _foresee(mean, covariance, at, seen, places[:used], toward, score)
            _score_likelihood(pain[day], extra[day], noises, shares, score, ends)
            surprises[-1], by_model = _surprise(log_weight, score)
            share, same = _habit(pain[day], last, repeats, habits, by_model, numbers[5])
            temper = numbers[0] * _trusted(echo, numbers[6], numbers[7])
            _remember(echo, surprises[-1])
            _weigh(share, same, temper, log_weight, score)
            _take_in(mean, covariance, toward, pulled, score)
    _normalise(log_weight)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _one_day_on(mean, covariance, at, pull, drift, follow, fade):  # type: ignore[no-untyped-def]  # numba finds the types
    _move_corner(covariance, at, pull, drift, follow, fade)
    for j in range(ASYMPTOTE, len(at)):
        _move(covariance, at[LEVEL, j], at[RUNNING, j], at[TRANSIENT, j], at[ASYMPTOTE, j], pull, follow, fade)
    _move(mean, LEVEL, RUNNING, TRANSIENT, ASYMPTOTE, pull, follow, fade)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _move(rows, level, running, transient, asymptote, pull, follow, fade):  # type: ignore[no-untyped-def]  # numba finds the types
    """Carry the rows of the three moving states one day on."""
    for g in range(len(pull)):
        before = rows[level, g]
        rows[running, g] += follow * (before - rows[running, g])
        rows[level, g] = before + pull[g] * (rows[asymptote, g] - before)
        rows[transient, g] *= fade


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _move_corner(covariance, at, pull, drift, follow, fade):  # type: ignore[no-untyped-def]  # numba finds the types
    """Carry the covariances among the three moving states one day on; those with the asymptote are still the old."""
    level_running, level_transient = at[LEVEL, RUNNING], at[LEVEL, TRANSIENT]
    running_transient, level_asymptote = at[RUNNING, TRANSIENT], at[LEVEL, ASYMPTOTE]
    running_asymptote, transient_asymptote = at[RUNNING, ASYMPTOTE], at[TRANSIENT, ASYMPTOTE]
    stay = 1 - follow
    for g in range(len(pull)):
        p, k = pull[g], 1 - pull[g]
        ll, lr, lt = covariance[LEVEL, g], covariance[level_running, g], covariance[level_transient, g]
        la, ra = covariance[level_asymptote, g], covariance[running_asymptote, g]
        ll_next = k * (k * ll + p * la) + p * (k * la + p * covariance[ASYMPTOTE, g])
        covariance[LEVEL, g] = ll_next + drift[g]
        covariance[level_running, g] = stay * (k * lr + p * ra) + follow * (k * ll + p * la)
        covariance[RUNNING, g] = stay * (stay * covariance[RUNNING, g] + 2 * follow * lr) + follow * follow * ll
        covariance[running_transient, g] = fade * (stay * covariance[running_transient, g] + follow * lt)
        covariance[level_transient, g] = fade * (k * lt + p * covariance[transient_asymptote, g])
        covariance[TRANSIENT, g] *= fade * fade


@njit(cache=True, error_model="numpy")
def _regressors(loads, feelings, day, seen, places):  # type: ignore[no-untyped-def]  # numba finds the types
    """Fill what the score sees of feelings and loads by node, and the places of the loads that are not nothing."""
    powers, groups = loads.shape[1], loads.shape[2]
    each = seen.shape[1] // powers
    seen[SLEEP, :], seen[STRESS, :] = feelings[0], feelings[1]
    used = 0
    for group in range(groups):
        for lag in range(LAGS):
            row = day + LAGS - 1 - lag
            if loads[row, 0, group] != 0:
                place = KERNEL + group * LAGS + lag
                for power in range(powers):
                    seen[place, power * each : (power + 1) * each] = loads[row, power, group]
                places[used] = place
                used += 1
    return used


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _foresee(mean, covariance, at, seen, places, toward, score):  # type: ignore[no-untyped-def]  # numba finds the types
    """Fill the covariance of the score with the state, and the score's mean and variance (the first two of `score`)."""
    nodes = mean.shape[1]
    for i in range(len(mean)):
        level, transient, sleep, stress = at[i, LEVEL], at[i, TRANSIENT], at[i, SLEEP], at[i, STRESS]
        for g in range(nodes):
            felt = covariance[sleep, g] * seen[SLEEP, g] + covariance[stress, g] * seen[STRESS, g]
            toward[i, g] = covariance[level, g] + covariance[transient, g] + felt
        for place in places:
            here = at[i, place]
            for g in range(nodes):
                toward[i, g] += covariance[here, g] * seen[place, g]
    _dot(mean, seen, places, score[0])
    _dot(toward, seen, places, score[1])


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _dot(rows, seen, places, total):  # type: ignore[no-untyped-def]  # numba finds the types
    for g in range(len(total)):
        felt = rows[SLEEP, g] * seen[SLEEP, g] + rows[STRESS, g] * seen[STRESS, g]
        total[g] = rows[LEVEL, g] + rows[TRANSIENT, g] + felt
    for place in places:
        for g in range(len(total)):
            total[g] += rows[place, g] * seen[place, g]


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _score_likelihood(pain, extra, noises, shares, score, ends):  # type: ignore[no-untyped-def]  # numba finds the types
    """Fill the rest of `score`: its probability, the first and second derivative by the mean, its usual spread."""
    low = -np.inf if pain - _HALF < LOWEST else pain - _HALF
    high = np.inf if pain + _HALF > HIGHEST else pain + _HALF
    nodes = score.shape[1]
    foreseen, spread, inside, slope, bend = score[0], score[1], score[2], score[3], score[4]
    place, height, tail, per_root = ends[0], ends[1], ends[2], ends[3]
    for noise in range(len(shares)):
        a, b = 2 * noise * nodes, (2 * noise + 1) * nodes
        for g in range(nodes):
            root = math.sqrt(spread[g] + noises[noise, g] + extra)
            per_root[a + g] = 1 / root
            if noise == 0:
                score[5, g] = root
            place[a + g] = (low - foreseen[g]) * per_root[a + g]
            place[b + g] = (high - foreseen[g]) * per_root[a + g]
    _tails(place, height, tail)
    score[2:5] = 0.0
    for noise in range(len(shares)):
        a, b = 2 * noise * nodes, (2 * noise + 1) * nodes
        share = shares[noise]
        for g in range(nodes):
            one, first, second = _between(
                place[a + g], place[b + g], height[a + g], height[b + g], tail[a + g], tail[b + g]
            )
            scale = per_root[a + g]
            first, second = first * scale, second * scale * scale
            if one < _LEAST:
                away = (pain - foreseen[g]) * scale * scale
                one, first, second = _LEAST, _LEAST * away, _LEAST * (away * away - scale * scale)
            inside[g] += share * one
            slope[g] += share * first
            bend[g] += share * second


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _tails(place, height, tail):  # type: ignore[no-untyped-def]  # numba finds the types
    """Fill the density at each place and the tail beyond it; a place further than FARTHEST is brought to there."""
    for q in range(len(place)):
        reach = min(abs(place[q]), FARTHEST)
        row = int(reach * PER_UNIT + 0.5)
        step = reach * PER_UNIT - row
        # exp(-x^2 / 2) less what the row has of it, by a series: near a row the exponent is below 0.1.
        e = -(row + 0.5 * step) * step / PER_UNIT**2
        rest = 1 + e * (1 + e * (1 / 2 + e * (1 / 6 + e * (1 / 24 + e * (1 / 120 + e * (1 / 720))))))
        ratio = _SERIES[row, _TERMS - 1]
        for term in range(_TERMS - 2, -1, -1):
            ratio = ratio * step + _SERIES[row, term]
        at_row = _SERIES[row, _TERMS] * rest
        place[q] = reach if place[q] >= 0 else -reach
        height[q] = at_row
        tail[q] = at_row * ratio


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _between(a, b, at_a, at_b, tail_a, tail_b):  # type: ignore[no-untyped-def]  # numba finds the types
    """The probability between two places, the fall of the density, and of the place times the density."""
    below, above = tail_a if a >= 0 else -tail_a, tail_b if b >= 0 else -tail_b
    straddle = 1.0 if a < 0 <= b else 0.0
    return below - above + straddle, at_a - at_b, a * at_a - b * at_b


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _surprise(log_weight, score):  # type: ignore[no-untyped-def]  # numba finds the types
    """How far the score lies from what was foreseen, in standard deviations, and its probability, over all nodes."""
    inside, slope, spread = score[2], score[3], score[5]
    top, total, surprise, by_model = log_weight.max(), 0.0, 0.0, 0.0
    for g in range(len(log_weight)):
        weight = math.exp(log_weight[g] - top)
        total += weight
        surprise += weight * slope[g] / inside[g] * spread[g]
        by_model += weight * inside[g]
    return surprise / total, by_model / total


@njit(cache=True, error_model="numpy")
def _trusted(echo, none, least):  # type: ignore[no-untyped-def]  # numba finds the types
    """The part of a score's weight that is left where surprises echo from day to day."""
    share = max(echo[1] / (echo[2] + none), 0.0)
    return max((1 - share) / (1 + share), least)


@njit(cache=True, error_model="numpy")
def _remember(echo, surprise):  # type: ignore[no-untyped-def]  # numba finds the types
    last = echo[0]
    echo[0], echo[1], echo[2] = surprise, echo[1] + last * surprise, echo[2] + last * last


@njit(cache=True, error_model="numpy")
def _habit(pain, last, repeats, habits, by_model, learns):  # type: ignore[no-untyped-def]  # numba finds the types
    """The share of scores repeated by habit, and what it adds to this score; the last score and the shares move on."""
    share, same = 0.0, 0.0
    if learns != 0 and math.isfinite(last[0]):
        again = 1.0 if pain == last[0] else 0.0
        total = 0.0
        for which in range(len(habits)):
            share += repeats[which] * habits[which]
            fit = (1 - habits[which]) * by_model + habits[which] * again
            repeats[which] = max(repeats[which] * fit, _RAREST)
            total += repeats[which]
        for which in range(len(habits)):
            repeats[which] /= total
        same = share * again
    last[0] = pain
    return share, same


@njit(cache=True, error_model="numpy")
def _normalise(log_weight):  # type: ignore[no-untyped-def]  # numba finds the types
    """Let the weights sum to one; needed once at the end, not every day."""
    top, total = log_weight.max(), 0.0
    for g in range(len(log_weight)):
        total += math.exp(log_weight[g] - top)
    log_weight -= top + math.log(total)


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _weigh(share, same, temper, log_weight, score):  # type: ignore[no-untyped-def]  # numba finds the types
    """Turn the derivatives in `score` into how far the mean is pulled and the covariance shrunk; weigh the nodes."""
    inside, slope, bend = score[2], score[3], score[4]
    for g in range(len(inside)):
        likelihood = inside[g] * (1 - share) + same
        pull = slope[g] * (1 - share) / likelihood
        slope[g] = pull * temper
        bend[g] = max(pull * pull - bend[g] * (1 - share) / likelihood, 0.0) * temper
        inside[g] = likelihood
    for g in range(len(inside)):
        log_weight[g] += temper * math.log(inside[g])


@njit(cache=True, error_model="numpy", fastmath={"contract"})
def _take_in(mean, covariance, toward, pulled, score):  # type: ignore[no-untyped-def]  # numba finds the types
    size, nodes = mean.shape
    for i in range(size):
        for g in range(nodes):
            mean[i, g] += toward[i, g] * score[3, g]
            pulled[i, g] = toward[i, g] * score[4, g]
    left, right, kept = pulled.ravel(), toward.ravel(), covariance.ravel()
    begin = 0
    for apart in range(size):
        length = (size - apart) * nodes
        upper, lower, diagonal = left[:length], right[apart * nodes :], kept[begin : begin + length]
        for q in range(length):
            diagonal[q] -= upper[q] * lower[q]
        begin += length
