"""Simulated lifters whose truth is known: one world that is the model's own, and others in which it is wrong.

| world | what is wrong for the model |
|---|---|
| own | nothing: everything is drawn from its own priors |
| threshold | the back answers only above nine tenths of a typical session |
| heavy | noise with heavy tails; 40 % of the tweaks are not logged |
| missing | scores are left out when pain is high; a feeling nobody records moves both pain and dose |
| weekly | a weekly rhythm, 30 % of the scores repeat the one before, and the answer to load fades over months |
| clinging | noise that clings from day to day (lag-one correlation .4) instead of starting afresh |
| stepping | a baseline that also jumps now and then, without any tweak |
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from liftback.trajectory.diary_arrays import HIGHEST
from liftback.trajectory.model import LAGS, Model, Priors, kernel_priors
from liftback.trajectory.normal import lower_tail

Array = NDArray[np.float64]
WORLDS = ("own", "threshold", "heavy", "missing", "weekly", "clinging", "stepping")
FUTURE = 380
"""Days simulated after the diary, for milestones within a year."""
FLARE_RISE = 2.0
FLARE_DAYS = 3
USUAL_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifters:
    """What a cohort would see (pain to plan), and the truth. N lifters, D diary days; F days more are known.

    `level` (N, D + F) is the unloaded baseline, `load` (N, D + F) what training added to each day's pain, `eta`
    (N, D + F) the pain before noise, `scores` (N, D + F) what would have been written on every day. `ahead` (N, 3)
    is the pain to be expected on the days after the diary, by who knows everything but what chance still brings, if
    nothing more is trained; `chance` (N, 3) is what chance then brings, new tweaks apart, noise included.
    """

    world: str

    pain: Array
    dose: Array
    feelings: Array
    events: NDArray[np.bool_]
    persistent: NDArray[np.bool_]
    plan: Array
    level: Array
    load: Array
    eta: Array
    scores: Array
    kernel: Array
    pattern: NDArray[np.intp]
    noise: Array
    power: Array
    ahead: Array
    chance: Array
    blur: Array

    @property
    def days(self) -> int:
        """Days of the diary."""
        return int(self.pain.shape[1])


def simulate(
    world: str, lifters: int, days: int, model: Model, rng: np.random.Generator, *, logging: float = 0.85
) -> Lifters:
    """A cohort of one world."""
    priors, total = model.priors, days + FUTURE
    persistent = rng.random(lifters) < 0.4
    pattern = rng.choice(3, size=lifters, p=np.array(priors.weights))
    kernel = _kernels(pattern, priors, rng)
    noise = priors.noise[0] * np.exp(priors.noise[1] * rng.normal(size=lifters))
    power = rng.choice([one for one, _ in priors.powers], size=lifters, p=[share for _, share in priors.powers])
    level = _levels(world, persistent, total, priors, rng)
    hidden = _clinging(lifters, total, 0.8, rng) * 0.6 if world == "missing" else np.zeros((lifters, total))
    dose = _doses(lifters, total, hidden, rng)
    feelings = _clinging(lifters, total, 0.3, rng)[..., None] * 0.5 + 0.87 * rng.normal(size=(lifters, total, 2))
    effects = np.stack([s[0] + s[1] * rng.normal(size=lifters) for s in (priors.sleep, priors.stress)], axis=1)
    happened = rng.random((lifters, total)) < 1 / 120
    load, load_rest = (_load(world, one, kernel, power) for one in (dose, np.where(np.arange(total) < days, dose, 0)))
    tweak = _tweaks(happened, priors, rng)
    rhythm = _rhythm(world, (lifters, total), rng)
    eta = level + tweak + load + np.einsum("ntf,nf->nt", feelings, effects) + hidden + rhythm
    scores = np.clip(np.round(eta + _noise(world, noise, eta.shape, model, rng)), 0, 10)
    scores = _sticky(scores, 0.3, rng) if world == "weekly" else scores
    pain = _written(world, scores, logging, rng)[:, :days]
    seen = np.where(rng.random((lifters, days, 2)) < 0.25, np.nan, feelings[:, :days])
    logged = happened & (rng.random(happened.shape) < (0.6 if world == "heavy" else 1.0))
    coming, after = slice(days, days + FLARE_DAYS), np.arange(1, FLARE_DAYS + 1)
    stays = level[:, days - 1, None] + hidden[:, days - 1, None] * 0.8**after + rhythm[:, coming]
    faded = tweak[:, days - 1, None] * np.exp(-after / priors.event_days)
    fresh = _noise(world, noise, eta.shape, model, rng)[:, coming]
    return Lifters(
        world=world, pain=pain, dose=dose[:, :days], feelings=seen, events=logged[:, :days], persistent=persistent,
        plan=rng.choice([0.0, 0.5, 0.75, 1.0, 1.25], size=lifters), level=level, load=load, eta=eta, scores=scores,
        kernel=kernel, pattern=pattern, noise=noise, power=power, ahead=stays + faded + load_rest[:, coming],
        chance=(eta - load - tweak)[:, coming] - stays + fresh, blur=np.sqrt(noise**2 + (effects**2).sum(axis=1)),
    )  # fmt: skip


def _rhythm(world: str, shape: tuple[int, int], rng: np.random.Generator) -> Array:
    """A weekly rhythm that nobody told, in its own place for each lifter."""
    if world != "weekly":
        return np.zeros(shape)
    rhythm: Array = 0.5 * np.cos(2 * np.pi * (np.arange(shape[1]) / 7 + rng.random((shape[0], 1))))
    return rhythm


def _written(world: str, scores: Array, logging: float, rng: np.random.Generator) -> Array:
    """The scores that found their way into the diary; NaN for the others."""
    chance = np.clip(1.05 - 0.09 * scores, 0.1, 0.95) if world == "missing" else np.full(scores.shape, logging)
    return np.where(rng.random(scores.shape) < chance, scores, np.nan)


def _kernels(pattern: NDArray[np.intp], priors: Priors, rng: np.random.Generator) -> Array:
    means, covariances = kernel_priors(priors)
    roots = np.linalg.cholesky(covariances)
    drawn: Array = means[pattern] + np.einsum("nij,nj->ni", roots[pattern], rng.normal(size=(len(pattern), LAGS)))
    return drawn


def _levels(world: str, persistent: NDArray[np.bool_], total: int, priors: Priors, rng: np.random.Generator) -> Array:
    """The unloaded baseline day by day."""
    lifters = len(persistent)

    def drawn(name: str) -> Array:
        spreads = np.array([getattr(priors.course(bool(one)), name) for one in persistent])
        values: Array = spreads[:, 0] + spreads[:, 1] * rng.normal(size=lifters)
        return values

    medians = np.array([priors.course(bool(one)).days for one in persistent])
    tau = np.maximum(medians[:, 0] * np.exp(medians[:, 1] * rng.normal(size=lifters)), 1.5)
    drift = priors.drift[0] * np.exp(priors.drift[1] * rng.normal(size=lifters))
    level = np.empty((lifters, total))
    level[:, 0], asymptote = drawn("level"), drawn("asymptote")
    for day in range(1, total):
        before = level[:, day - 1]
        level[:, day] = before + (asymptote - before) / tau + drift * rng.normal(size=lifters)
        if world == "stepping":
            jumps = rng.random(lifters) < 1 / 50
            level[:, day] += jumps * rng.normal(size=lifters)
    return level


def _doses(lifters: int, total: int, hidden: Array, rng: np.random.Generator) -> Array:
    """Two to four sessions a week around a typical one, a lighter week every fifth, some left out."""
    day = np.arange(total)
    weeks = [(0, 2, 4), (0, 3), (0, 1, 3, 5)]
    usual = rng.integers(len(weeks), size=lifters)
    trains = np.stack([np.isin(day % 7, weeks[one]) for one in usual])
    size = np.exp(0.25 * rng.normal(size=(lifters, total)))
    lighter = ((day // 7 + rng.integers(5, size=(lifters, 1))) % 5) == 4
    came = rng.random((lifters, total)) > 0.12
    dose = 1.0 * trains * came * size * np.where(lighter, 0.5, 1.0) * np.exp(-0.4 * hidden)
    return dose.astype(np.float64)


def answer_to(world: str, dose: Array, power: Array, day: Array | int) -> Array:
    """How much the back answers to a dose on a day, in answers to a typical session; one power for each lifter."""
    answer: Array = 3 * np.maximum(dose - 0.9, 0) if world == "threshold" else dose ** power[:, None]
    return answer * np.exp(-np.asarray(day) / 90) if world == "weekly" else answer


def _load(world: str, dose: Array, kernel: Array, power: Array) -> Array:
    """What training adds to each day's pain."""
    total = dose.shape[1]
    answer = answer_to(world, dose, power, np.arange(total, dtype=np.float64))
    load = np.zeros(dose.shape)
    for lag in range(LAGS):
        load[:, lag:] += kernel[:, lag, None] * answer[:, : total - lag]
    return load


def _tweaks(happened: NDArray[np.bool_], priors: Priors, rng: np.random.Generator) -> Array:
    jumps = happened * (priors.event[0] + priors.event[1] * rng.normal(size=happened.shape))
    fade = np.exp(-1 / priors.event_days)
    tweak = np.zeros(happened.shape)
    for day in range(happened.shape[1]):
        tweak[:, day] = (tweak[:, day - 1] * fade if day else 0.0) + jumps[:, day]
    return tweak


def _clinging(lifters: int, total: int, share: float, rng: np.random.Generator) -> Array:
    """Noise of unit variance with a lag-one correlation."""
    fresh = rng.normal(size=(lifters, total))
    made = np.empty((lifters, total))
    made[:, 0] = fresh[:, 0]
    for day in range(1, total):
        made[:, day] = share * made[:, day - 1] + np.sqrt(1 - share**2) * fresh[:, day]
    return made


def _noise(world: str, noise: Array, shape: tuple[int, ...], model: Model, rng: np.random.Generator) -> Array:
    if world == "heavy":
        heavy: Array = noise[:, None] * rng.standard_t(3, size=shape) / np.sqrt(1.6)
        return heavy
    if world == "clinging":
        return noise[:, None] * _clinging(shape[0], shape[1], 0.4, rng)
    # The model's own noise holds its own share of stray scores.
    settings = model.settings
    wide = rng.random(shape) < settings.outlier_share
    return noise[:, None] * np.where(wide, settings.outlier_times, 1.0) * rng.normal(size=shape)


def _sticky(scores: Array, share: float, rng: np.random.Generator) -> Array:
    kept = scores.copy()
    again = rng.random(scores.shape) < share
    for day in range(1, scores.shape[1]):
        kept[:, day] = np.where(again[:, day], kept[:, day - 1], scores[:, day])
    return kept


# --- the truth about what comes --------------------------------------------------------------------------------------


def days_to_level(lifters: Lifters, most: float = 1.0, run: int = 14) -> Array:
    """Days from the end of the diary until a run of days with the baseline at most there is over; inf if never."""
    return _first_run(lifters.level[:, lifters.days :] <= most, run)


def days_to_scores(lifters: Lifters, most: float = 1.0, run: int = 7) -> Array:
    """Days from the end of the diary until a run of scores at most there is over; inf if never within reach."""
    return _first_run(lifters.scores[:, lifters.days :] <= most, run)


def _first_run(low: NDArray[np.bool_], run: int) -> Array:
    counted = np.cumsum(low, axis=1, dtype=np.intp)
    counted[:, run:] -= counted[:, :-run].copy()
    there = counted >= run
    return np.where(there.any(axis=1), there.argmax(axis=1) + 1.0, np.inf)


def felt_level(lifters: Lifters) -> Array:
    """The baseline on the last day with what the training of four weeks added on average."""
    last = lifters.days - 1
    start = max(0, last + 1 - USUAL_DAYS)
    level: Array = lifters.level[:, last] + lifters.load[:, start : last + 1].mean(axis=1)
    return level


def answer_to_typical(lifters: Lifters) -> Array:
    """What one typical session adds on its day and the seven after it, at the end of the diary, (N, 8)."""
    typical = np.ones((len(lifters.plan), 1))
    return lifters.kernel * answer_to(lifters.world, typical, lifters.power, lifters.days)


def week_mean(lifters: Lifters) -> Array:
    """The mean score of the last seven days of the diary; NaN where none was written."""
    last = lifters.pain[:, -7:]
    written = np.isfinite(last)
    with np.errstate(invalid="ignore"):
        mean: Array = np.where(written, last, 0).sum(axis=1) / written.sum(axis=1)
    return mean


def true_flare_risk(lifters: Lifters, dose: Array) -> Array:
    """The risk of a score two points over the last week's mean within three days of a session, all being known."""
    answer = answer_to(lifters.world, dose[:, None], lifters.power, lifters.days)
    eta = lifters.ahead + answer * lifters.kernel[:, :FLARE_DAYS]
    limit = np.ceil(week_mean(lifters) + FLARE_RISE) - 0.5
    known = np.isfinite(limit)
    calm = lower_tail((np.where(known, limit, 0.0)[:, None] - eta) / lifters.blur[:, None])
    risk = np.where(limit > HIGHEST, 0.0, 1 - calm.prod(axis=1))
    return np.where(known, risk, np.nan)


def flared(lifters: Lifters, dose: Array) -> NDArray[np.bool_]:
    """Whether such a score came within three days of a session, chance having had its way."""
    answer = answer_to(lifters.world, dose[:, None], lifters.power, lifters.days)
    pain = np.clip(np.round(lifters.ahead + answer * lifters.kernel[:, :FLARE_DAYS] + lifters.chance), 0, HIGHEST)
    high = pain >= week_mean(lifters)[:, None] + FLARE_RISE
    came: NDArray[np.bool_] = np.any(high, axis=1)
    return came
