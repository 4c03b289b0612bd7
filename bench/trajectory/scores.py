"""How well an outlook did against a truth that is known: coverage, calls, flares, caps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.trajectory import worlds
from bench.trajectory.worlds import Lifters
from liftback.trajectory.outlook import Outlook

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]

LEVELS = ((2, 4, 0.25), (1, 5, 0.1), (0, 6, 0.025))
"""Places of the ends of 50, 80 and 95 % among the quantiles, and the share below them."""
FARTHEST = 364


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Per lifter (N): whether each truth lay within 50, 80 and 95 % (N, 3), what was called, flares and caps."""

    baseline: Flags
    felt: Flags
    kernel: Flags
    trend_days: Flags
    score_days: Flags
    called: NDArray[np.intp]
    sure: Array
    pattern: NDArray[np.intp]
    risk: Array
    oracle: Array
    flared: Flags
    excess: Array
    cap: Array


def scored(lifters: Lifters, outlook: Outlook, rng: np.random.Generator) -> Scored:
    """Hold an outlook against the truth."""
    last = lifters.days - 1
    never, once = outlook.never, outlook.at_once
    kernel = np.stack(
        [
            within(outlook.kernel[:, lag], worlds.answer_to_typical(lifters)[:, lag])
            for lag in range(outlook.kernel.shape[1])
        ],
        axis=1,
    )
    rest = worlds.true_flare_risk(lifters, np.zeros(len(outlook.cap)))
    return Scored(
        baseline=within(outlook.baseline, lifters.level[:, last]),
        felt=within(outlook.felt, worlds.felt_level(lifters)),
        kernel=kernel.reshape(-1, len(LEVELS)),
        trend_days=_within_days(
            outlook.milestones[:, 1], worlds.days_to_level(lifters), never[:, 1], once[:, 1], first=14, rng=rng
        ),
        score_days=_within_days(
            outlook.milestones[:, 0], worlds.days_to_scores(lifters), never[:, 0], once[:, 0], first=7, rng=rng
        ),
        called=outlook.patterns.argmax(axis=1),
        sure=outlook.patterns.max(axis=1),
        pattern=lifters.pattern,
        risk=outlook.flare_plan,
        oracle=worlds.true_flare_risk(lifters, lifters.plan),
        flared=worlds.flared(lifters, lifters.plan),
        excess=worlds.true_flare_risk(lifters, outlook.cap) - rest,
        cap=outlook.cap,
    )


def within(quantiles: Array, truth: Array) -> Flags:
    """Whether each truth (N,) lies within 50, 80 and 95 % (N, 3)."""
    return np.stack([(truth >= quantiles[:, low]) & (truth <= quantiles[:, high]) for low, high, _ in LEVELS], axis=1)


def _within_days(
    quantiles: Array, truth: Array, never: Array, once: Array, *, first: int, rng: np.random.Generator
) -> Flags:
    """The same for days until a milestone, of which many fall on one place: never, or as soon as can be.

    There a truth is taken to lie anywhere within the share of that place, as a randomised rank does.
    """
    truth = np.where(truth > FARTHEST, np.inf, truth)
    chance = rng.random(len(truth))
    rank = np.where(np.isinf(truth), 1 - never * chance, once * chance)
    placed = np.isinf(truth) | (truth <= first)
    plain = within(quantiles, truth)
    ranked = np.stack([(rank >= below) & (rank <= 1 - below) for _, _, below in LEVELS], axis=1)
    return np.where(placed[:, None], ranked, plain)


def joined(parts: list[Scored]) -> Scored:
    """Several cohorts as one."""
    names = Scored.__dataclass_fields__
    return Scored(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def coverage(flags: Flags) -> tuple[float, float, float]:
    """Percent within 50, 80 and 95 %."""
    half, most, nearly = (float(share) * 100 for share in flags.mean(axis=0))
    return half, most, nearly


def area(score: Array, truth: Flags) -> float:
    """The area under the ROC curve."""
    order = np.argsort(score, kind="stable")
    ranks = np.empty(len(score))
    ranks[order] = np.arange(1, len(score) + 1)
    yes, no = int(truth.sum()), int((~truth).sum())
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def calibration_error(risk: Array, truth: Flags, bins: int = 10) -> float:
    """The mean distance between risk and share of flares over ten groups of equal size."""
    edges = np.quantile(risk, np.linspace(0, 1, bins + 1))
    group = np.clip(np.searchsorted(edges, risk, side="right") - 1, 0, bins - 1)
    parts = [group == one for one in range(bins)]
    return float(sum(abs(risk[part].mean() - truth[part].mean()) * part.mean() for part in parts if part.any()))


def wrong_calls(score: Scored, pattern: int, sure: float = 0.8) -> tuple[float, int]:
    """The share of wrong ones among the calls of a pattern by name, and how many were made."""
    said = (score.called == pattern) & (score.sure >= sure)
    wrong = said & (score.pattern != pattern)
    return (float(wrong.sum() / said.sum()) if said.any() else 0.0), int(said.sum())
