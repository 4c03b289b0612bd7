"""Invented backs: how the pain of a day follows from what was done. One world is the trajectory model's, three are not.

Pain is in points of 0-10, a dose d in typical sessions of this lifter, t in days from the start of the episode. Every
number below belongs to a simulation; none is a claim about people. In each world the week before was trained as usual.

**own**: the trajectory model with its own priors, acute or long-lasting, as in `liftback.trajectory.model`:
pain_t = L_t + u_t + sum over k = 0..7 of h_k d_(t-k)^p + sleep and stress; L goes to its own asymptote.

**capacity**: a back with room for so much and no more. Only what is above the room hurts.
x_t = max(d_t - C_t, 0); pain_t = B + D_t + AT_ONCE x_t; D_(t+1) = D_t e^(-1/tau) + LATER x_t.
C falls by TORN x_t C_t; it heals by itself to RESTED; training near it builds it towards C_full by
BUILDS r^2 (C_full - C), with r = min(d / C, 1); what is above RESTED fades by FADES a day.

**strain**: no session hurts by itself; weeks of work do, past a threshold that moves up as the back recovers.
S_(t+1) = S_t e^(-1/memory) + d_t, as a share of what the usual weeks hold;
pain_t = B_t + MOST / (1 + exp(-(S_t - theta_t) / SLOPE)), with theta going from theta_0 to theta_1, and B_t to B.

**chance**: load does nothing. The level recovers as in the own world, and flares come out of life: about one in
LIFE_DAYS days, fading over a few days.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from liftback.plans.trial.chance import Numbers
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST
from liftback.trajectory.model import LAGS, Model, Spread, kernel_priors

OWN, CAPACITY, STRAIN, CHANCE = WORLDS = ("own", "capacity", "strain", "chance")
# Shared by the worlds.
PERSISTENT = 0.4  # share of lifters whose pain is of the long-lasting kind
TWEAK_DAYS = 120.0  # one tweak in so many days, whatever is done
SAME_DAY = 0.5  # share of the noise's variance that all ratings of one day have in common
SHORTEST = 1.5  # days; no baseline moves faster
# capacity: points, typical sessions, and shares. Medians with the standard deviation of their logarithm where two.
CAPACITY_START = (0.45, 0.3)
CAPACITY_FULL = (1.5, 0.1)
RESTED = 0.6
HEALS_DAYS = 30.0
BUILDS = 0.06
FADES = 0.007
TORN = 0.25
AT_ONCE = 2.0
LATER = 2.5
SORE_DAYS = (8.0, 0.4)
SORE_START = (4.5, 1.3)
LEFT_OVER = (0.3, 0.4)
SMALLEST = 0.1  # a back always takes a little
# strain
MEMORY_DAYS = (14.0, 0.3)
THETA_START = (0.4, 0.25)
THETA_END = (1.4, 0.07)
THETA_DAYS = (40.0, 0.5)
MOST = 4.0
SLOPE = 0.1
CALM_DAYS = (18.0, 0.5)
CALM_START = (2.0, 0.8)
# chance
LIFE_DAYS = 25.0
LIFE_FADES = 3.0


class Back(Protocol):
    """A back on its way through the days. Pain is before noise, and may be below 0 or above 10."""

    def pain(self, dose: float) -> float:
        """The pain of this day once a dose has been done; 0 is before any."""

    def night(self, dose: float) -> None:
        """Go on to the next day, a dose having been done on this one."""


def back_of(world: str, numbers: Numbers, model: Model, before: Sequence[float]) -> Back:
    """An invented back on the first day of an episode. `before` are the doses of the days before it, oldest first."""
    return _BACKS[world](numbers, model, before)


def is_persistent(numbers: Numbers) -> bool:
    """Whether the pain of this lifter is of the long-lasting kind."""
    return numbers.shares[0] < PERSISTENT


def rating(pain: float, day: int, which: int, numbers: Numbers, model: Model) -> int:
    """The pain as written down, 0-10: rounded, with the noise of the day and the slip of this rating.

    `which` is 0 for the morning, 1 during a lift and 2 for the evening.
    """
    spread = _around(model.priors.noise, numbers.traits[0])
    if numbers.strays[day] < model.settings.outlier_share:
        spread *= model.settings.outlier_times
    slip = math.sqrt(SAME_DAY) * numbers.wobble[day] + math.sqrt(1 - SAME_DAY) * numbers.ratings[which][day]
    return int(min(max(round(pain + spread * slip), LOWEST), HIGHEST))


def _around(spread: Spread, normal: float) -> float:
    """A draw around a median, with the standard deviation of its logarithm."""
    median, log_sd = spread
    return median * math.exp(log_sd * normal)


def _drawn(spread: Spread, normal: float) -> float:
    mean, sd = spread
    return mean + sd * normal


class _Own:
    """The trajectory model's own world."""

    def __init__(self, numbers: Numbers, model: Model, before: Sequence[float]) -> None:
        self._rest = _levels(numbers, model)
        self._kernel, self._power = _answer(numbers, model)
        self._doses = [0.0] * LAGS + list(before)
        self._day = 0

    def pain(self, dose: float) -> float:
        recent = (dose, *self._doses[:-LAGS:-1])
        load = sum(h * math.pow(d, self._power) for h, d in zip(self._kernel, recent, strict=True))
        return self._rest[self._day] + load

    def night(self, dose: float) -> None:
        self._doses.append(dose)
        self._day += 1


def _answer(numbers: Numbers, model: Model) -> tuple[list[float], float]:
    """What a typical session adds on its day and the seven after it, and the exponent of the dose."""
    priors = model.priors
    means, covariances = kernel_priors(priors)
    pattern = _place(numbers.shares[1], priors.weights)
    root = np.linalg.cholesky(covariances[pattern])
    kernel = means[pattern] + root @ np.array(numbers.traits[8 : 8 + LAGS])
    power = priors.powers[_place(numbers.shares[2], [share for _, share in priors.powers])][0]
    return kernel.tolist(), power


def _place(share: float, weights: Sequence[float]) -> int:
    """The place in a row of weights that a share of their sum falls on."""
    total = 0.0
    for place, weight in enumerate(weights):
        total += weight
        if share * sum(weights) < total:
            return place
    return len(weights) - 1


def _levels(numbers: Numbers, model: Model) -> list[float]:
    """Pain without any load, day by day: baseline, tweaks, sleep and stress."""
    return _with_life(numbers, model, every=TWEAK_DAYS, fades=model.priors.event_days)


def _with_life(numbers: Numbers, model: Model, *, every: float, fades: float) -> list[float]:
    """The same with something happening once in `every` days, and fading over `fades` days."""
    priors, traits = model.priors, numbers.traits
    course = priors.course(is_persistent(numbers))
    level, asymptote = _drawn(course.level, traits[1]), _drawn(course.asymptote, traits[2])
    days = max(_around(course.days, traits[3]), SHORTEST)
    drift = _around(priors.drift, traits[4])
    sleep, stress = _drawn(priors.sleep, traits[5]), _drawn(priors.stress, traits[6])
    found, event = [], 0.0
    for day, step in enumerate(numbers.drift):
        if numbers.events[day] < 1 / every:
            event += _drawn(priors.event, numbers.sizes[day])
        found.append(level + event + sleep * numbers.sleep[day] + stress * numbers.stress[day])
        level += (asymptote - level) / days + drift * step
        event *= math.exp(-1 / fades)
    return found


class _Chance:
    """Flares out of life; load does nothing."""

    def __init__(self, numbers: Numbers, model: Model, _before: Sequence[float]) -> None:
        self._rest = _with_life(numbers, model, every=LIFE_DAYS, fades=LIFE_FADES)
        self._day = 0

    def pain(self, dose: float) -> float:  # noqa: ARG002 - that is the point of this world
        return self._rest[self._day]

    def night(self, dose: float) -> None:  # noqa: ARG002
        self._day += 1


class _Capacity:
    """Room for so much; what is above it hurts, sets back, and takes room away."""

    def __init__(self, numbers: Numbers, _model: Model, _before: Sequence[float]) -> None:
        traits = numbers.traits
        self._room, self._full = _around(CAPACITY_START, traits[1]), _around(CAPACITY_FULL, traits[2])
        self._sore, self._days = max(_drawn(SORE_START, traits[3]), 0.0), _around(SORE_DAYS, traits[4])
        self._left_over = _drawn(LEFT_OVER, traits[5])

    def pain(self, dose: float) -> float:
        return self._left_over + self._sore + AT_ONCE * max(dose - self._room, 0.0)

    def night(self, dose: float) -> None:
        room, above = self._room, max(dose - self._room, 0.0)
        near = min(dose / room, 1.0)
        self._sore = self._sore * math.exp(-1 / self._days) + LATER * above
        room += BUILDS * near**2 * max(self._full - room, 0.0) - TORN * above * room
        room += max(RESTED - room, 0.0) / HEALS_DAYS - FADES * max(room - RESTED, 0.0)
        self._room = max(room, SMALLEST)


class _Strain:
    """Weeks of work hurt, past a threshold that moves up as the back recovers."""

    def __init__(self, numbers: Numbers, _model: Model, before: Sequence[float]) -> None:
        traits = numbers.traits
        self._keeps = math.exp(-1 / _around(MEMORY_DAYS, traits[1]))
        usual = sum(before) / max(len(before), 1) / (1 - self._keeps)
        self._usual, self._strain = usual, usual
        self._theta, self._end = _around(THETA_START, traits[2]), _around(THETA_END, traits[3])
        self._theta_days, self._calm_days = _around(THETA_DAYS, traits[4]), _around(CALM_DAYS, traits[5])
        self._rest = max(_drawn(CALM_START, traits[6]), 0.0)
        self._left_over = _drawn(LEFT_OVER, traits[7])

    def pain(self, dose: float) -> float:
        above = (self._strain + dose) / self._usual - self._theta
        return self._left_over + self._rest + MOST / (1 + math.exp(-above / SLOPE))

    def night(self, dose: float) -> None:
        self._strain = (self._strain + dose) * self._keeps
        self._theta += (self._end - self._theta) / self._theta_days
        self._rest -= self._rest / self._calm_days


_BACKS: dict[str, Callable[[Numbers, Model, Sequence[float]], Back]] = {
    OWN: _Own, CAPACITY: _Capacity, STRAIN: _Strain, CHANCE: _Chance,
}  # fmt: skip
