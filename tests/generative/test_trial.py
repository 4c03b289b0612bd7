"""What must hold for any invented lifter: common chance, caps that are kept, flares counted as they are said to be."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.trial.chance import numbers_of
from liftback.plans.trial.follows import Follower
from liftback.plans.trial.policies import Session, rest_share
from liftback.plans.trial.programme import first_day_of, programme_of
from liftback.plans.trial.running import DAYS_BEFORE, course_of, lived
from liftback.plans.trial.scores import flare_days
from liftback.plans.trial.worlds import OWN, WORLDS, back_of, is_persistent
from liftback.trajectory.model import model_of

PLANS = plan_knowledge(load_knowledge())
MODEL = model_of(PLANS.known)
SCORES = st.lists(st.integers(0, 10), max_size=60)
SEEDS = st.integers(0, 2**31)


def slowly(scores: list[int]) -> list[int]:
    """The days on which flares begin, as the definition says it."""
    high = [day for day in range(7, len(scores)) if scores[day] >= Fraction(sum(scores[day - 7 : day]), 7) + 2]
    return [day for day in high if not {day - 1, day - 2} & set(high)]


@given(SCORES)
def test_flares_are_counted_as_defined(scores: list[int]) -> None:
    assert flare_days(scores) == slowly(scores)


@given(SCORES)
def test_rest_never_trains_in_a_week_with_pain_unless_it_was_calm_since_the_last_flare(scores: list[int]) -> None:
    since = (slowly(scores) or [0])[-1]
    calm = any(
        len(week) == 7 and max(week) <= 1
        for week in (scores[start : start + 7] for start in range(since, len(scores) - 6))
    )
    assert rest_share(len(scores), scores) == (1.0 if calm else 0.0)


@settings(max_examples=10, deadline=None)
@given(SEEDS, st.integers(0, 50), st.sampled_from(WORLDS))
def test_the_first_morning_is_the_same_for_every_policy(seed: int, lifter: int, world: str) -> None:
    # Nothing was done yet, so the first days without a session are the same whatever is to come.
    courses = [course_of(world, policy, lifter, seed=seed, weeks=2, plans=PLANS) for policy in ("linear", "tenth")]
    assert courses[0].scores[:3] == courses[1].scores[:3]


@settings(max_examples=3, deadline=None)
@given(SEEDS, st.integers(0, 50))
def test_a_lifter_does_not_depend_on_how_many_take_part_or_for_how_long(seed: int, lifter: int) -> None:
    one, again = (course_of(OWN, "linear", lifter, seed=seed, weeks=8, plans=PLANS) for _ in range(2))
    assert one == again


class Watched(Follower):
    """A lifter who follows the plan, with each day's dose beside the cap of the plan it comes from."""

    seen: list[tuple[float, float | None]]

    def session(self, day: int, morning: int, scores: Sequence[int]) -> Session:
        found = super().session(day, morning, scores)
        limits = self.plan.limits if self.plan is not None else None
        self.seen.append((sum(found.lifts), limits.cap if limits is not None else None))
        return found


@pytest.mark.parametrize("world", WORLDS)
def test_a_day_of_the_plan_is_never_above_its_cap(world: str) -> None:
    programme, days = programme_of(PLANS), 42
    numbers = numbers_of(9, WORLDS.index(world), 0, days)
    policy = Watched(programme, first_day_of(0), PLANS, persistent=is_persistent(numbers))
    policy.seen = []
    back = back_of(world, numbers, MODEL, [1.0, 0.0] * (DAYS_BEFORE // 2))
    lived(back, policy, numbers, MODEL, days=days)
    assert len(policy.seen) == days
    assert any(dose for dose, _ in policy.seen)
    assert all(cap is None or dose <= cap + 1e-9 for dose, cap in policy.seen)
