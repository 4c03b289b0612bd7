"""One lifter under each policy, day by day: the back answers to what is done, and what is done answers to the back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.trial.chance import Numbers, numbers_of
from liftback.plans.trial.follows import Follower
from liftback.plans.trial.policies import PLAN, Policy, Session, rival
from liftback.plans.trial.programme import DAYS_IN_WEEK, first_day_of, programme_of
from liftback.plans.trial.worlds import WORLDS, Back, back_of, is_persistent, rating
from liftback.trajectory.model import Model, model_of

DAYS_BEFORE = 28
"""Days of usual training that every back remembers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One lifter under one policy, by day.

    `scores` are those of the evenings (0-10), `doses` what was done on the back, `own` what of it were the own lifts.
    """

    world: str
    policy: str
    lifter: int
    scores: tuple[int, ...]
    doses: tuple[float, ...]
    own: tuple[float, ...]


def course_of(world: str, policy: str, lifter: int, *, seed: int, weeks: int, plans: PlanKnowledge) -> Course:
    """What becomes of one lifter of a world under a policy."""
    programme, model = programme_of(plans), model_of(plans.known)
    days = weeks * DAYS_IN_WEEK
    numbers = numbers_of(seed, WORLDS.index(world), lifter, days)
    start = first_day_of(lifter)
    before = [sum(programme.doses(start - timedelta(days=back))) for back in range(DAYS_BEFORE, 0, -1)]
    back = back_of(world, numbers, model, before)
    if policy == PLAN:
        going: Policy = Follower(programme, start, plans, persistent=is_persistent(numbers))
    else:
        going = rival(policy, programme, start)
    scores, sessions = lived(back, going, numbers, model, days=days)
    return Course(
        world=world, policy=policy, lifter=lifter, scores=scores,
        doses=tuple(sum(one.lifts) for one in sessions), own=tuple(one.own for one in sessions),
    )  # fmt: skip


def lived(
    back: Back, policy: Policy, numbers: Numbers, model: Model, *, days: int
) -> tuple[tuple[int, ...], tuple[Session, ...]]:
    """The evening scores and the sessions of so many days."""
    scores: list[int] = []
    sessions: list[Session] = []
    for day in range(days):
        morning = rating(back.pain(0.0), day, 0, numbers, model)
        session = policy.session(day, morning, scores)
        during = [rating(back.pain(dose), day, 1, numbers, model) for dose in session.lifts]
        dose = sum(session.lifts)
        evening = rating(back.pain(dose), day, 2, numbers, model)
        policy.felt(day, during, evening)
        back.night(dose)
        scores.append(evening)
        sessions.append(session)
    return tuple(scores), tuple(sessions)
