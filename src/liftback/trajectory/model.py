"""The model of how a back is doing: one equation, what is believed before any diary, and how the diary is weighed.

On day t a lifter logs pain y_t from 0 to 10 (or nothing), trained with a dose d_t on the back (1.0 is this lifter's
own typical session at intake; it is never normalised again, or steady progress would look like no change), slept and
felt stress x_t (in standard deviations), and may have logged a tweak.

    eta_t   = L_t + u_t + sum over lag k = 0..7 of h_k g(d_{t-k}) + b' x_t
    y_t     = round(eta_t + noise) kept within 0..10,   noise ~ (1 - e) N(0, s^2) + e N(0, (w s)^2)
    L_{t+1} = L_t + (mu - L_t) / tau + N(0, q^2)
    u_{t+1} = exp(-1 / r) u_t, and on a logged tweak u_t rises by N(jump)
    g(d)    = d^p

| symbol | field | meaning |
|---|---|---|
| L | `level`, index LEVEL of the state | unloaded baseline: pain on a day without any load, tweak, or bad night |
| mu | `asymptote`, index ASYMPTOTE | where the baseline is heading for this person |
| tau | `Params.days` | days in which the baseline covers 63 % of the way there |
| q | `Params.drift` | day-to-day wandering of the baseline, in points |
| s | `Params.noise` | noise of one score, in points |
| e, w | `Settings.outlier_share`, `outlier_times` | share of scores from a wider noise, and how much wider |
| h | `kernel`, indices from KERNEL on | what one typical session adds on its day and the seven after it |
| p | `Params.power` | how steeply the answer grows with the dose (catches thresholds) |
| b | `sleep`, `stress` | points per standard deviation of sleep and stress |
| u, jump, r | `transient`, `Priors.event`, `event_days` | what a tweak adds, and the days in which it fades |

Pain is taken as logged in the evening, after the session. What the filter carries beside these is `running`, a slow
average of L over `Settings.course_days`: L less it says how far the baseline moved lately.

Source of the model and of its defaults: evidence on the trajectory model, section 1; every number is in
knowledge/trajectory.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from liftback.knowledge.loader import Knowledge

Array = NDArray[np.float64]

LAGS = 8
LEVEL, RUNNING, TRANSIENT, ASYMPTOTE, SLEEP, STRESS = range(6)
KERNEL = 6
"""Where the kernel begins in the state; everything before it is called the rest."""
_HAIR = 0.25
PATTERNS = ("none_found", "doms_like", "irritated")
"""The response patterns, in the order of every array of class probabilities."""

Spread = tuple[float, float]
"""A mean and a standard deviation, or a median and a standard deviation of the logarithm where said so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePrior:
    """How the baseline of one kind of lifter goes: `level` at intake, `asymptote` (points), `days` (median, log sd)."""

    level: Spread
    asymptote: Spread
    days: Spread


@dataclass(frozen=True, slots=True, kw_only=True)
class Priors:
    """What is believed about a lifter before the diary says anything.

    `acute` and `persistent` (longer than twelve weeks at intake) are the two courses. `noise` and `drift` are
    medians with log standard deviations. `shapes` are the kernels of soreness and of irritation per unit of
    `amplitude` (points per typical session); `wiggle` is the standard deviation and the length in days of a smooth
    departure from the shape, `quiet_sd` the standard deviation of a kernel where no effect is to be found.
    `weights` are the shares of PATTERNS. `sleep` and `stress` are points per standard deviation, `event` the jump
    after a tweak, which fades over `event_days`. `powers` are dose exponents with their shares.
    """

    acute: CoursePrior
    persistent: CoursePrior
    noise: Spread
    drift: Spread
    shapes: tuple[tuple[float, ...], tuple[float, ...]]
    amplitude: Spread
    wiggle: Spread
    quiet_sd: float
    weights: tuple[float, float, float]
    sleep: Spread
    stress: Spread
    event: Spread
    event_days: float
    powers: tuple[Spread, ...]

    def course(self, persistent: bool) -> CoursePrior:
        """The course of a lifter with or without long-lasting pain."""
        return self.persistent if persistent else self.acute


@dataclass(frozen=True, slots=True, kw_only=True)
class Params:
    """One node of the grid: the equation's fixed numbers, and the log of how likely they were before the diary."""

    noise: float
    drift: float
    days: float
    power: float
    log_weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the diary is weighed.

    `temper` is the power of the likelihood (1 is plain Bayes; less keeps bands honest where the model is wrong).
    `outlier_share` of scores come from a noise `outlier_times` as wide. `repeats` are shares of scores that repeat the
    one before by habit, with how likely each is before the diary; None switches that off. `echo` is how many scores'
    worth of no echo stand at the start, and the least part of its weight that a score keeps where surprises echo from
    day to day; None switches that off. `heard`: how much less the evidence for a response pattern counts for each
    share of scores repeated by habit, the share found among anybody's, and the least part that counts.

    `missing_variance` is added to the noise of a score for each of sleep and stress not logged, `unknown_dose` stands
    in for a day whose dose is not known, and `unknown_dose_variance` is added for each such day within the reach of
    the kernel. `course_days` is the span of the running average of the baseline.
    """

    temper: float
    outlier_share: float
    outlier_times: float
    repeats: tuple[Spread, ...] | None
    echo: Spread | None
    heard: tuple[float, float, float]
    missing_variance: float
    unknown_dose: float
    unknown_dose_variance: float
    course_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Priors and settings together: all that the filter needs to know beside the diary."""

    priors: Priors
    settings: Settings


@lru_cache
def model_of(knowledge: Knowledge) -> Model:
    """The model with the numbers that knowledge holds today."""

    def pair(name: str) -> Spread:
        first, second = knowledge.parameters[f"trajectory.{name}"].numbers
        return first, second

    def course(kind: str) -> CoursePrior:
        return CoursePrior(level=pair(f"{kind}_level"), asymptote=pair(f"{kind}_asymptote"), days=pair(f"{kind}_days"))

    none, doms, irritated = knowledge.parameters["trajectory.pattern_shares"].numbers
    powers = knowledge.parameters["trajectory.powers"].numbers
    shares = knowledge.parameters["trajectory.power_shares"].numbers
    repeated = knowledge.parameters["trajectory.repeat_shares"].numbers
    likely = knowledge.parameters["trajectory.repeat_weights"].numbers
    less, anywhere, least = knowledge.parameters["trajectory.repeats_heard"].numbers
    number = knowledge.number
    return Model(
        priors=Priors(
            acute=course("acute"),
            persistent=course("persistent"),
            noise=pair("noise"),
            drift=pair("drift"),
            shapes=(
                knowledge.parameters["trajectory.doms_shape"].numbers,
                knowledge.parameters["trajectory.irritated_shape"].numbers,
            ),
            amplitude=pair("amplitude"),
            wiggle=pair("wiggle"),
            quiet_sd=number("trajectory.quiet_sd"),
            weights=(none, doms, irritated),
            sleep=pair("sleep_effect"),
            stress=pair("stress_effect"),
            event=pair("event_jump"),
            event_days=number("trajectory.event_days"),
            powers=tuple(zip(powers, shares, strict=True)),
        ),
        settings=Settings(
            temper=number("trajectory.temper"),
            outlier_share=number("trajectory.outlier_share"),
            outlier_times=number("trajectory.outlier_times"),
            repeats=tuple(zip(repeated, likely, strict=True)),
            echo=pair("echo_counts"),
            heard=(less, anywhere, least),
            missing_variance=number("trajectory.missing_variance"),
            unknown_dose=number("trajectory.unknown_dose"),
            unknown_dose_variance=number("trajectory.unknown_dose_variance"),
            course_days=number("trajectory.course_days"),
        ),
    )


# --- kernels ---------------------------------------------------------------------------------------------------------


@lru_cache
def kernel_priors(priors: Priors) -> tuple[Array, Array]:
    """Means (3, 8) and covariances (3, 8, 8) of the kernel under each of PATTERNS."""
    lag = np.arange(LAGS)
    scale, length = priors.wiggle
    smooth = scale**2 * np.exp(-0.5 * ((lag[:, None] - lag) / length) ** 2)
    # A hair of white noise keeps the smooth matrix safely invertible.
    smooth += np.eye(LAGS) * priors.quiet_sd**2 * _HAIR
    mean, spread = priors.amplitude
    shapes = [np.asarray(shape) for shape in priors.shapes]
    means = np.array([np.zeros(LAGS), *(mean * shape for shape in shapes)])
    quiet = np.eye(LAGS) * priors.quiet_sd**2
    return means, np.array([quiet, *(spread**2 * np.outer(shape, shape) + smooth for shape in shapes)])


@lru_cache
def broad_kernel(priors: Priors) -> tuple[Array, Array]:
    """The one kernel prior of the filter, mean (8) and covariance (8, 8): wider than every pattern's own."""
    means, covariances = kernel_priors(priors)
    centre = means.mean(axis=0)
    apart = means - centre
    return centre, covariances.sum(axis=0) + apart.T @ apart / len(means)


# --- the grid --------------------------------------------------------------------------------------------------------

Rule = tuple[tuple[float, float], ...]
"""Nodes of one number in standard deviations of its logarithm, with their weights. Numbers of a quadrature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Where the nodes stand: (noise, drift, days, weight), places in standard deviations of the logarithm.

    Every `row` neighbours share their noise.
    """

    nodes: tuple[tuple[float, float, float, float], ...]
    row: int

    @property
    def days_left(self) -> float:
        """The variance of the logarithm of days that the nodes leave to what lies around each of them."""
        return max(1 - sum(weight * days**2 for _, _, days, weight in self.nodes), 0.0)


def product_rules(noise: Rule, drift: Rule, days: Rule) -> Rules:
    """Every node of noise with every one of drift and of days."""
    nodes = ((n, q, t, a * b * c) for n, a in noise for q, b in drift for t, c in days)
    return Rules(nodes=tuple(nodes), row=len(drift) * len(days))


def _half_of(noise: Rule, drift: tuple[float, float], days: Rule) -> Rules:
    """Every node of noise with every one of days; the two of drift take turns, so that half the nodes do."""
    nodes = (
        (n, drift[(row + column) % 2], t, a * c)
        for row, (n, a) in enumerate(noise)
        for column, (t, c) in enumerate(days)
    )
    return Rules(nodes=tuple(nodes), row=len(days))


# Rules of two, and of four even steps, with the mean and nearly the spread of a normal.
NOISE_NODES: Rule = ((-1.0, 0.5), (1.0, 0.5))
DAYS_NODES: Rule = ((-1.5, 0.155), (-0.5, 0.345), (0.5, 0.345), (1.5, 0.155))
SHIPPED = _half_of(NOISE_NODES, (-1.0, 1.0), DAYS_NODES)


@lru_cache
def grid(priors: Priors, persistent: bool, rules: Rules = SHIPPED) -> tuple[Params, ...]:
    """The nodes for a lifter with or without long-lasting pain; those of one dose exponent stand together."""
    days = priors.course(persistent).days
    return tuple(
        Params(
            noise=_node(priors.noise, noise),
            drift=_node(priors.drift, drift),
            days=_node(days, speed),
            power=power,
            log_weight=float(np.log(share * weight)),
        )
        for power, share in priors.powers
        for noise, drift, speed, weight in rules.nodes
    )


def _node(spread: Spread, place: float) -> float:
    median, log_sd = spread
    return float(median * np.exp(log_sd * place))
