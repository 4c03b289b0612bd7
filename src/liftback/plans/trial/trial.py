"""The whole trial: every lifter of every world under every policy, counted, summed up and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.trial.policies import LINEAR, PLAN, POLICIES, REST, RIVALS
from liftback.plans.trial.programme import DAYS_IN_WEEK, programme_of
from liftback.plans.trial.running import course_of
from liftback.plans.trial.scores import Compared, Counted, Estimate, Summary, compared, counted, summary
from liftback.plans.trial.worlds import OWN, WORLDS

Progress = Callable[[int, int], None]
Lives = tuple[Counted, ...]
"""One lifter under each of POLICIES, in that order."""
NOT_WORSE = 0.5
"""Flares more, over the whole trial, that the interval must rule out for the plan not to be worse. Our own choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldResult:
    """One world: a summary by policy, and the plan compared with each rival."""

    world: str
    policies: dict[str, Summary]
    plan_less: dict[str, Compared]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A simulated trial. `full_load` is the dose, in typical sessions, from which a session counts as full load."""

    lifters: int
    weeks: int
    seed: int
    full_load: float
    knowledge_version: str
    worlds: tuple[WorldResult, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One lifter of a world, by number, over so many weeks."""

    world: str
    lifter: int
    seed: int
    weeks: int


def lives_of(asked: Asked, plans: PlanKnowledge) -> Lives:
    """What is counted of one lifter of a world under each policy."""
    weekly, full = programme_of(plans).weekly, plans.known.number("trajectory.full_load_dose")
    courses = (
        course_of(asked.world, policy, asked.lifter, seed=asked.seed, weeks=asked.weeks, plans=plans)
        for policy in POLICIES
    )
    return tuple(counted(one.scores, one.doses, one.own, weekly=weekly, full=full) for one in courses)


def trial(
    *,
    lifters: int,
    seed: int,
    weeks: int,
    plans: PlanKnowledge,
    worlds: Sequence[str] = WORLDS,
    progress: Progress | None = None,
    each: Callable[[Sequence[Asked]], Iterable[Lives]] | None = None,
) -> Trial:
    """The trial. `each` may work lives out elsewhere, in the order they are asked for; here one after the other."""
    asked = [Asked(world=world, lifter=lifter, seed=seed, weeks=weeks) for world in worlds for lifter in range(lifters)]
    found = each(asked) if each is not None else (lives_of(one, plans) for one in asked)
    lived: dict[str, list[Lives]] = {world: [] for world in worlds}
    for done, (one, lives) in enumerate(zip(asked, found, strict=True), 1):
        lived[one.world].append(lives)
        if progress is not None:
            progress(done, len(asked))
    return Trial(
        lifters=lifters, weeks=weeks, seed=seed, full_load=plans.known.number("trajectory.full_load_dose"),
        knowledge_version=plans.known.version,
        worlds=tuple(_world(world, lived[world], weeks * DAYS_IN_WEEK) for world in worlds),
    )  # fmt: skip


def _world(world: str, lives: Sequence[Lives], horizon: int) -> WorldResult:
    by_policy = {policy: [one[place] for one in lives] for place, policy in enumerate(POLICIES)}
    return WorldResult(
        world=world,
        policies={policy: summary(found, horizon) for policy, found in by_policy.items()},
        plan_less={rival: compared(by_policy[PLAN], by_policy[rival], horizon) for rival in RIVALS},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One thing the plan must do in a world, with the difference that it is judged by, and whether it is kept.

    `what` is flares (not worse than equal steps: the interval's upper end is below NOT_WORSE) or sooner (full load
    sooner than by rest alone: the interval lies below nothing). `own_lifts` is what `sooner` would be judged by if only
    the own lifts counted; it is shown beside it.
    """

    world: str
    what: str
    rival: str
    found: Estimate
    kept: bool
    own_lifts: Estimate | None = None


def promises(found: Trial) -> tuple[Promise, ...]:
    """What the plan must do, world by world."""
    made = []
    for one in found.worlds:
        flares = one.plan_less[LINEAR].flares
        kept = flares.high <= NOT_WORSE
        made.append(Promise(world=one.world, what="flares", rival=LINEAR, found=flares, kept=kept))
        if one.world == OWN:
            less = one.plan_less[REST]
            kept = less.full_days.high < 0
            made.append(
                Promise(
                    world=one.world, what="sooner", rival=REST, found=less.full_days, kept=kept,
                    own_lifts=less.own_days,
                )
            )  # fmt: skip
    return tuple(made)
