"""What a belief says, in numbers: trend, kernel, patterns, flare risk, dose cap, milestones and course, with ranges.

Numbers only, for one lifter or for many at once; whether there is enough of a diary to say them is for
`liftback.trajectory.claims`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.trajectory.alarm import alarm
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, DiaryArrays
from liftback.trajectory.draws import Draws, NodeNumbers, dose_cap, draw, flare_risks, look_ahead
from liftback.trajectory.filtering import Belief
from liftback.trajectory.milestones import WEEK, Criteria, days_to
from liftback.trajectory.mixtures import below, merged, moments, quantiles
from liftback.trajectory.model import (
    ASYMPTOTE,
    KERNEL,
    LAGS,
    LEVEL,
    RUNNING,
    SHIPPED,
    TRANSIENT,
    Model,
    Rules,
    grid,
    model_of,
)
from liftback.trajectory.normal import quantile
from liftback.trajectory.patterns import Mixture, pattern_mixture
from liftback.trajectory.random_numbers import RandomNumbers, seeded_numbers

Array = NDArray[np.float64]

LEVELS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""The quantiles given of everything: the middle, and the ends of 50, 80 and 95 %."""
USUAL_DAYS = 28
"""Days that make the usual training: four weeks."""
LARGEST_PLAN = 20.0
"""Typical sessions in one; more is a slip of the keys."""
_NARROWEST = 1e-9  # keeps from dividing by nothing
_NEIGHBOURS = 2  # nodes merged; a number of the method
_RUNGS = 13  # doses at which the risk is worked out for the cap; a number of the method


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The numbers that questions are asked with, from knowledge.

    A flare is a score `flare_rise` points over the mean of the last `reference_days`, within
    `flare_days` from the session's own on. A dose is held to an
    `excess_risk` over that of no session, in all but a share `cap_doubt` of what is possible, and to `dose_reach`
    times the largest of the last four weeks. The course is told from a change of `course_change` points in two weeks,
    and a session's answer is over when less than `back_to_usual` points of it are left. `criteria` are those of the
    milestones.
    """

    flare_rise: float
    flare_days: int
    reference_days: int
    excess_risk: float
    cap_doubt: float
    dose_reach: float
    course_change: float
    back_to_usual: float
    criteria: Criteria


@lru_cache
def limits_of(knowledge: Knowledge) -> Limits:
    """The numbers that questions are asked with."""

    def number(name: str) -> float:
        return knowledge.number(f"trajectory.{name}")

    return Limits(
        flare_rise=number("flare_rise"),
        flare_days=int(number("flare_window")),
        reference_days=int(number("flare_reference")),
        excess_risk=number("excess_risk") / 100,
        cap_doubt=number("cap_doubt"),
        dose_reach=number("dose_reach"),
        course_change=number("course_change"),
        back_to_usual=number("back_to_usual"),
        criteria=Criteria(
            calm=number("calm_score"),
            score_days=int(number("calm_score_days")),
            trend_days=int(number("calm_trend_days")),
            room=number("full_load_pain"),
            after_days=int(number("flare_window")),
        ),
    )


Paths = Callable[[Draws, Array, Criteria, Model, NDArray[np.float32]], Array]
"""What finds the days to the milestones, as `liftback.trajectory.milestones.days_to` does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """With what an outlook is asked for: model, limits, random numbers, the rules of the grid, who walks the paths."""

    model: Model
    limits: Limits
    numbers: RandomNumbers
    rules: Rules = SHIPPED
    paths: Paths = days_to


@lru_cache
def usual_asking(knowledge: Knowledge | None = None) -> Asking:
    """The shipped model, with the numbers that knowledge holds and the random numbers of the usual seed."""
    known = knowledge or load_knowledge()
    return Asking(model=model_of(known), limits=limits_of(known), numbers=seeded_numbers())


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """The last days of N lifters. `loads` (N, USUAL_DAYS + LAGS - 1, P), oldest first; `pain` (N, reference days).

    `largest` (N,) is the largest dose of the last four weeks, `days` (N,) how many days there are at all,
    `persistent` (N,) long-lasting pain at intake, and `plan` (N,) the dose of a session tomorrow.
    """

    loads: Array
    pain: Array
    largest: Array
    days: NDArray[np.intp]
    persistent: NDArray[np.bool_]
    plan: Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """The answer for N lifters; Q are LEVELS.

    `baseline` and `felt` (N, Q) in points; `kernel` (N, 8, Q) points for one typical session; `patterns` (N, 3) in
    the order of `liftback.trajectory.model.PATTERNS`. `course` (N, 3): improving, steady, worsening.

    `flare_rest` and `flare_plan` (N,) are risks within three days without and with the planned session;
    `within_reach` (N,) is False where the plan is too large for anything to be said. `cap` (N,) is a dose.

    `milestones` (N, 3, Q) are days from today in the order of MILESTONES, infinite beyond a year, `never` (N, 3) the
    probability of that, `at_once` (N, 3) of reaching it as soon as can be (it holds already).

    `largest_effect` (N, Q) is the most that one typical session adds on any day, `days_back` (N, Q) the days after
    it until little of it is left, `transient` (N, Q) what tweaks still add. `later` (N,) is the standard deviation
    of the baseline twelve weeks on, `alarm` (N,) how strongly the last two weeks speak for worsening, and
    `largest_hidden` (N,) the largest effect of a typical session that the diary alone, without any belief in a
    pattern, leaves room for.
    """

    baseline: Array
    felt: Array
    kernel: Array
    patterns: Array
    course: Array
    flare_rest: Array
    flare_plan: Array
    within_reach: NDArray[np.bool_]
    cap: Array
    milestones: Array
    never: Array
    at_once: Array
    largest_effect: Array
    days_back: Array
    transient: Array
    later: Array
    alarm: Array
    largest_hidden: Array

    @classmethod
    def joined(cls, parts: list[Outlook]) -> Outlook:
        """One outlook from those of several groups of lifters."""
        return cls(**{one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(cls)})


def recent_days(diary: DiaryArrays, dose: Array, plan: Array, limits: Limits) -> Recent:
    """The last days of the arrays; `dose` (N, D) as given, with NaN where it is not known."""
    days = diary.days
    span = USUAL_DAYS + LAGS - 1
    loads = diary.loads[..., 0]
    short = max(0, span - loads.shape[1])
    # Days before the first known one only fill the place; they are averaged over nowhere.
    loads = np.concatenate([np.repeat(loads[:, :1], short, axis=1), loads], axis=1)[:, -span:]
    recorded = dose[:, -USUAL_DAYS:]
    last = np.where(np.isfinite(recorded) & (recorded > 0), recorded, 0.0)
    return Recent(
        loads=loads,
        pain=diary.pain[:, -limits.reference_days :],
        largest=last.max(axis=1) if days else np.zeros(diary.lifters),
        days=np.full(diary.lifters, days),
        persistent=diary.persistent,
        plan=plan,
    )


def outlook(belief: Belief, recent: Recent, asking: Asking) -> Outlook:
    """Everything that the belief of N lifters says."""
    nodes = node_numbers(recent.persistent, asking.model, asking.rules)
    mixture = pattern_mixture(belief, asking.model)
    windows = _windows(recent.loads)
    draws = draw(mixture, nodes, asking.numbers.state)
    # Neighbouring nodes say almost the same of the level, and all of one noise of the kernel: they are merged.
    speeds = _NEIGHBOURS
    nothing = np.zeros((*nodes.power.shape, LAGS))
    usual = _by_node(_usual(windows, recent.days), nodes)
    asked = ((_only(LEVEL), usual), (_only(LEVEL), nothing), (_only(TRANSIENT), nothing))
    felt, baseline, transient = np.moveaxis(_quantiles(mixture, asked, speeds), 1, 0)
    return Outlook(
        baseline=baseline,
        felt=felt,
        transient=transient,
        kernel=_kernel_quantiles(mixture, asking.rules.row),
        patterns=mixture.patterns,
        course=_course(mixture, asking.limits),
        later=_later(draws),
        alarm=alarm(belief),
        largest_hidden=_largest_hidden(belief),
        **_flares(draws, recent, felt, asking),
        **_milestones(draws, windows, recent, asking),
        **_answers(draws, asking.limits),
    )


def felt_quantiles(belief: Belief, recent: Recent, asking: Asking) -> Array:
    """The felt trend (N, Q) alone, for where nothing else is asked."""
    nodes = node_numbers(recent.persistent, asking.model, asking.rules)
    usual = _by_node(_usual(_windows(recent.loads), recent.days), nodes)
    mixture = pattern_mixture(belief, asking.model)
    return _quantiles(mixture, [(_only(LEVEL), usual)], _NEIGHBOURS)[:, 0]


def node_numbers(persistent: NDArray[np.bool_], model: Model, rules: Rules = SHIPPED) -> NodeNumbers:
    """The numbers of each node for each lifter."""
    both = [grid(model.priors, kind, rules) for kind in (False, True)]
    powers = [power for power, _ in model.priors.powers]
    which = np.asarray(persistent, dtype=np.intp)
    columns = {name: np.array([[getattr(node, name) for node in nodes] for nodes in both])[which] for name in _COLUMNS}
    spreads = np.array([model.priors.course(kind).days[1] for kind in (False, True)])
    return NodeNumbers(
        noise=columns["noise"],
        drift=columns["drift"],
        days=columns["days"],
        days_spread=spreads[which] * np.sqrt(rules.days_left),
        power=np.array([[powers.index(node.power) for node in nodes] for nodes in both])[which],
    )


_COLUMNS = ("noise", "drift", "days")


def _only(place: int) -> Array:
    weights = np.zeros(KERNEL)
    weights[place] = 1.0
    return weights


def _windows(loads: Array) -> Array:
    """What each of the last four weeks' days saw of the loads, newest lag first: (N, USUAL_DAYS, P, LAGS)."""
    seen = np.lib.stride_tricks.sliding_window_view(loads, LAGS, axis=1)
    windows: Array = seen[..., ::-1]
    return windows


def _usual(windows: Array, days: NDArray[np.intp]) -> Array:
    """The mean window (N, P, LAGS) of the days there are."""
    counted = (np.arange(USUAL_DAYS)[::-1] < np.maximum(days, 1)[:, None]).astype(np.float64)
    mean: Array = np.einsum("ntpk,nt->npk", windows, counted) / counted.sum(axis=1)[:, None, None]
    return mean


def _by_node(usual: Array, nodes: NodeNumbers) -> Array:
    """The window (N, G, LAGS) of each node's own exponent."""
    return usual[np.arange(len(usual))[:, None], nodes.power]


def _quantiles(mixture: Mixture, asked: Sequence[tuple[Array, Array]], parts: int) -> Array:
    """Quantiles (N, asked, Q) of sums over the state, each with its weights on the rest and on the kernel."""
    found = [mixture.along(on_rest, on_kernel) for on_rest, on_kernel in asked]
    mean, spread = (np.stack([_by_pattern(values) for values in part], axis=1) for part in zip(*found, strict=True))
    return quantiles(np.array(LEVELS), *merged(parts, _by_pattern(mixture.weight)[:, None], mean, spread))


def _by_pattern(values: Array) -> Array:
    """Parts (N, 3 G) of a mixture (N, G, 3), the nodes of one pattern together."""
    return np.swapaxes(values, 1, 2).reshape(len(values), -1)


def _kernel_quantiles(mixture: Mixture, parts: int) -> Array:
    variance = np.diagonal(mixture.spread, axis1=-2, axis2=-1)
    mean, spread = (np.moveaxis(values, 3, 1) for values in (mixture.kernel, np.sqrt(variance)))
    lifters = len(mean)
    flat = (np.swapaxes(values, 2, 3).reshape(lifters, LAGS, -1) for values in (mean, spread))
    return quantiles(np.array(LEVELS), *merged(parts, _by_pattern(mixture.weight)[:, None], *flat))


def _course(mixture: Mixture, limits: Limits) -> Array:
    """Probabilities (N, 3) that the baseline fell, stayed, or rose in two weeks, from its running average."""
    mean, spread = mixture.along(_only(LEVEL) - _only(RUNNING), np.zeros((*mixture.weight.shape[:2], LAGS)))
    lifters = len(mean)
    ends = np.broadcast_to(np.array([-limits.course_change, limits.course_change]), (lifters, 2))
    flat = (part.reshape(lifters, -1) for part in (mixture.weight, mean, np.maximum(spread, _NARROWEST)))
    share = below(ends, *flat)
    return np.stack([share[:, 0], share[:, 1] - share[:, 0], 1 - share[:, 1]], axis=1)


def sensible_plan(plan: Array) -> Array:
    """A planned dose as it is taken: none where it is no number or below nothing, and no larger than any session is."""
    return np.clip(np.nan_to_num(plan, nan=0.0), 0.0, LARGEST_PLAN)


def _flares(draws: Draws, recent: Recent, felt: Array, asking: Asking) -> dict[str, Any]:
    model, limits = asking.model, asking.limits
    ahead = look_ahead(draws, recent.loads[:, -(LAGS - 1) :], model, asking.numbers.ahead[:, : limits.flare_days])
    written = np.isfinite(recent.pain)
    total = np.where(written, recent.pain, 0.0).sum(axis=1)
    # Without a score in the last days the felt trend stands in for their mean.
    reference = np.where(
        written.any(axis=1),
        total / np.maximum(written.sum(axis=1), 1),
        np.clip(felt[:, len(LEVELS) // 2], LOWEST, HIGHEST),
    )
    reach = limits.dose_reach * recent.largest
    planned = np.stack([np.zeros(len(recent.plan)), sensible_plan(recent.plan)], axis=1)
    risks = flare_risks(ahead, reference, planned, model, limits.flare_rise).mean(axis=1)
    ladder = reach[:, None] * np.linspace(0, 1, _RUNGS)
    by_dose = flare_risks(ahead, reference, ladder, model, limits.flare_rise)
    cap = dose_cap(ladder, by_dose, limits.excess_risk, limits.cap_doubt)
    return {
        "flare_rest": risks[:, 0],
        "flare_plan": risks[:, 1],
        "within_reach": planned[:, 1] <= reach,
        "cap": cap,
    }


def _milestones(draws: Draws, windows: Array, recent: Recent, asking: Asking) -> dict[str, Any]:
    criteria = asking.limits.criteria
    cycle = _cycle(draws, windows, recent.days)
    found = asking.paths(draws, cycle, criteria, asking.model, asking.numbers.paths)
    ordered = np.sort(found, axis=1)
    earliest = np.array([criteria.score_days, criteria.trend_days, 1])
    places = np.minimum((np.array(LEVELS) * ordered.shape[1]).astype(np.intp), ordered.shape[1] - 1)
    return {
        "milestones": np.moveaxis(ordered[:, places], 1, 2),
        "never": np.isinf(found).mean(axis=1),
        "at_once": (found <= earliest).mean(axis=1),
    }


def _cycle(draws: Draws, windows: Array, days: NDArray[np.intp]) -> Array:
    """What training as in the last four weeks adds on each day of the coming week, (N, S, 7)."""
    lifters, _, powers, lags = windows.shape
    counted = (np.arange(USUAL_DAYS)[::-1] < np.maximum(days, 1)[:, None]).astype(np.float64)
    weeks = (windows * counted[..., None, None]).reshape(lifters, -1, WEEK, powers, lags).sum(axis=1)
    times = np.maximum(counted.reshape(lifters, -1, WEEK).sum(axis=1), 1.0)
    mean = weeks / times[..., None, None]
    own = np.moveaxis(mean, 2, 1)[np.arange(lifters)[:, None], draws.power]
    cycle: Array = (own @ draws.kernel[..., None])[..., 0]
    return cycle


def _answers(draws: Draws, limits: Limits) -> dict[str, Any]:
    """What one typical session does: the most it adds on any day, and the days until little of it is left."""
    most = draws.kernel.max(axis=2)
    felt = draws.kernel >= limits.back_to_usual
    last = np.where(felt.any(axis=2), LAGS - np.argmax(felt[..., ::-1], axis=2), 0)
    places = np.minimum((np.array(LEVELS) * most.shape[1]).astype(np.intp), most.shape[1] - 1)
    return {"largest_effect": np.sort(most, axis=1)[:, places], "days_back": np.sort(last, axis=1)[:, places]}


_UPPER = float(quantile(0.9))  # where the upper end of 80 % lies, in standard deviations
_LATER = 12 * WEEK


def _largest_hidden(belief: Belief) -> Array:
    """The upper end (N,) of 80 % of the largest effect on any day, under the broad prior of the filter."""
    block = slice(KERNEL, KERNEL + LAGS)
    spread = np.sqrt(np.diagonal(belief.covariance[..., block, block], axis1=-2, axis2=-1))
    weight = belief.weight[:, None]
    mean, width = moments(weight, np.swapaxes(belief.mean[..., block], 1, 2), np.swapaxes(spread, 1, 2))
    largest: Array = (mean + _UPPER * width).max(axis=1)
    return np.maximum(largest, 0.0)


def _later(draws: Draws) -> Array:
    """The standard deviation (N,) of where the baseline will be twelve weeks on."""
    level, asymptote = draws.rest[..., LEVEL], draws.rest[..., ASYMPTOTE]
    spread: Array = (asymptote + (level - asymptote) * (1 - 1 / draws.days) ** _LATER).std(axis=1)
    return spread
