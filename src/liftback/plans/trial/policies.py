"""The rivals of the plan: what people do with a back that hurts, each in a sensible and honest version.

| policy | what the lifter does |
|---|---|
| rest | nothing until CALM_RUN days in a row with scores of 0 or 1, then the old programme; after a flare, again |
| old | the old programme all the time |
| linear | REST_DAYS days off, then LINEAR_FROM of the usual dose, and in equal weekly steps up to all of it |
| tenth | REST_DAYS days off, then TENTH_FROM of the dose, and each week a tenth more than the week before |
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from liftback.plans.trial.programme import DAYS_IN_WEEK, Programme
from liftback.plans.trial.scores import flare_days

PLAN, REST, OLD, LINEAR, TENTH = "plan", "rest", "old", "linear", "tenth"
RIVALS = (REST, OLD, LINEAR, TENTH)
POLICIES = (PLAN, *RIVALS)
CALM_MOST, CALM_RUN = 1, 7
"""Rest ends after so many days with scores of at most so much: recovery as trials define it."""
REST_DAYS = 3
LINEAR_FROM, LINEAR_WEEKS = 0.3, 8
TENTH_FROM, TENTH_GROWS = 0.5, 1.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What is done on a day: doses on the back by lift, in typical sessions, and how much of them is the own lifts'.

    A plan's day also holds relatives of a lift and work that keeps strength; a rival's holds the own lifts only.
    """

    lifts: tuple[float, ...] = ()
    own: float = 0.0


DAY_OFF = Session()


class Policy(Protocol):
    """What a lifter goes by. The days count from the start of the episode, 0 the first."""

    def session(self, day: int, morning: int, scores: Sequence[int]) -> Session:
        """What is done today.

        `morning` is this morning's rating, `scores` are those of the evenings before, 0-10.
        """

    def felt(self, day: int, during: Sequence[int], evening: int) -> None:
        """How the day's lifts and its evening were."""


class _Rival:
    """The usual days at a share of their dose that a rule gives for each day."""

    def __init__(self, programme: Programme, start: date, share: Callable[[int, Sequence[int]], float]) -> None:
        self._programme, self._start, self._share = programme, start, share

    def session(self, day: int, morning: int, scores: Sequence[int]) -> Session:  # noqa: ARG002
        share = self._share(day, scores)
        usual = self._programme.doses(self._start + timedelta(days=day))
        if not share or not usual:
            return DAY_OFF
        return Session(lifts=tuple(share * dose for dose in usual), own=share * sum(usual))

    def felt(self, day: int, during: Sequence[int], evening: int) -> None:
        """A rival does not look at single lifts."""


def rival(name: str, programme: Programme, start: date) -> Policy:
    """A rival by its name, for an episode that begins on a day."""
    rules: dict[str, Callable[[int, Sequence[int]], float]] = {
        REST: rest_share, OLD: lambda _day, _scores: 1.0, LINEAR: linear_share, TENTH: tenth_share,
    }  # fmt: skip
    return _Rival(programme, start, rules[name])


def rest_share(day: int, scores: Sequence[int]) -> float:
    """All or nothing: nothing until a run of calm days since the start or the last flare."""
    flares = flare_days(scores)
    since = flares[-1] if flares else 0
    calm = [score <= CALM_MOST for score in scores[since:day]]
    runs = (all(calm[place : place + CALM_RUN]) for place in range(len(calm) - CALM_RUN + 1))
    return 1.0 if any(runs) else 0.0


def linear_share(day: int, _scores: Sequence[int]) -> float:
    """Equal steps from week to week, whatever the pain."""
    if day < REST_DAYS:
        return 0.0
    step = (1 - LINEAR_FROM) / (LINEAR_WEEKS - 1)
    return min(1.0, LINEAR_FROM + step * ((day - REST_DAYS) // DAYS_IN_WEEK))


def tenth_share(day: int, _scores: Sequence[int]) -> float:
    """A tenth more than the week before."""
    if day < REST_DAYS:
        return 0.0
    return min(1.0, TENTH_FROM * TENTH_GROWS ** ((day - REST_DAYS) // DAYS_IN_WEEK))
