"""A flare: which step is now, how much is done on a day, who is seen first, and when the plan is looked at again."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.flare import FlarePlan, allowed_level, flare_plan, must_reassess, volume_share
from liftback.reasoning.response_pattern import HOURS_A_DAY

PLANS = plan_knowledge(load_knowledge())
KNOWN = PLANS.known
TODAY = date(2026, 11, 25)
ADULT: dict[str, Any] = {"age": 30.0, "pregnancy_pelvic": "no", "pars_pattern": "no"}
MANY, LONG = int(PLANS.number("flare_many")), int(PLANS.number("flare_days"))


def plan(
    day: int | None = 0,
    flares: int | None = 1,
    level: Level = Level.routine,
    falling: bool | None = None,
    **changes: Any,
) -> FlarePlan:
    given = {name: value for name, value in {**ADULT, **changes}.items() if value is not None}
    return flare_plan(
        Facts({name: Known(value=value) for name, value in given.items()}),
        begun=None if day is None else TODAY - timedelta(days=day), today=TODAY, flares_in_weeks=flares,
        knowledge=PLANS, triage_level=level, falling=falling,
    )  # fmt: skip


# day of the flare, the step that is now, share of sets, highest level
DAYS: list[tuple[int, str | None, float, int]] = [
    (0, "stop", 0.5, 1),
    (1, "settle", 0.5, 1),
    (2, "settle", 0.5, 1),
    (3, "lighter", 0.5, 3),
    (4, "rebuild", 0.75, 4),
    (7, "rebuild", 0.75, 4),
    (8, None, 1.0, 5),
    (40, None, 1.0, 5),
]


@pytest.mark.parametrize(("day", "step", "share", "level"), DAYS)
def test_the_day_decides_the_step(day: int, step: str | None, share: float, level: int) -> None:
    assert [one.id for one in plan(day).steps if one.now] == ([step] if step else [])
    assert (volume_share(day, PLANS), allowed_level(day, PLANS)) == (share, level)


def test_a_later_day_never_allows_less() -> None:
    days = range(60)
    assert [volume_share(day, PLANS) for day in days] == sorted(volume_share(day, PLANS) for day in days)
    assert [allowed_level(day, PLANS) for day in days] == sorted(allowed_level(day, PLANS) for day in days)


def test_before_a_flare_nothing_is_taken_away() -> None:
    assert (volume_share(-1, PLANS), allowed_level(-1, PLANS)) == (1.0, 5)


def test_the_steps_follow_each_other_in_whole_days() -> None:
    steps = PLANS.timed["flare"]
    assert steps[0].from_hours == 0
    assert steps[-1].to_hours == (LONG + 1) * HOURS_A_DAY
    assert all(one.to_hours == other.from_hours for one, other in itertools.pairwise(steps))
    assert all(step.to_hours % HOURS_A_DAY == 0 for step in steps)


@pytest.mark.parametrize("day", [None, -2])
def test_without_a_flare_it_is_a_card_for_the_next_one(day: int | None) -> None:
    card = plan(day)
    assert card.day is None
    assert card.steps
    assert not any(step.now for step in card.steps)


def test_the_warning_signs_come_first_and_all_of_them() -> None:
    assert [one.id for one in plan().ask] == list(KNOWN.gate_questions)
    assert plan().definition[-1].id == "plans.flare_gates_first"
    assert "warning signs" in plan().steps[0].do[0].text


def test_every_step_says_when_to_be_seen() -> None:
    for step in plan().steps:
        assert step.do
        assert step.do_not
        assert "Get help now" in step.seen_if[0].text
        assert all(one.text.startswith("Do not") for one in step.do_not)


# level, what is different, what is said instead of the steps
SEEN: list[tuple[Level, dict[str, Any], str]] = [
    (Level.emergency, {}, "seen_emergency"),
    (Level.same_day, {}, "seen_today"),
    (Level.within_days, {"age": 15.0}, "seen_soon"),
    (Level.routine, {"age": 15.0}, "seen_young"),
    (Level.self_manage, {"pregnancy_pelvic": "followed_usual"}, "seen_pregnant"),
    (Level.self_manage, {"age": None}, "open_age"),
    (Level.self_manage, {"pregnancy_pelvic": None}, "open_pregnancy"),
]


@pytest.mark.parametrize(("level", "changes", "said"), SEEN)
def test_who_is_seen_first_gets_no_step(level: Level, changes: dict[str, Any], said: str) -> None:
    result = plan(level=level, **changes)
    assert [one.id for one in result.seen] == [f"plans.first_days_{said}"]
    assert (result.steps, result.rules, result.triggers, result.reassess_words) == ((), (), (), ())
    assert result.ask


# day, flares in the weeks, whether it is falling, whether the plan is looked at again, what is said
AGAIN: list[tuple[int | None, int | None, bool | None, bool | None, list[str]]] = [
    (0, 1, None, False, ["ask"]),
    (LONG, 1, None, False, ["ask"]),
    (LONG, 1, False, False, ["ask"]),
    (LONG + 1, 1, None, None, ["open"]),
    (LONG + 1, 1, True, False, []),
    (LONG + 1, 1, False, True, ["long"]),
    (LONG + 1, MANY, None, True, ["many"]),
    (LONG + 1, MANY, True, True, ["many"]),
    (LONG + 1, None, True, None, ["open"]),
    (LONG + 1, None, False, True, ["long"]),
    (0, MANY - 1, None, False, ["ask"]),
    (0, MANY, None, True, ["many"]),
    (0, None, None, None, ["ask"]),
    (None, MANY, None, True, ["many"]),
    (None, 0, None, False, ["ask"]),
    (None, None, None, None, ["ask"]),
]


@pytest.mark.parametrize(("day", "flares", "falling", "expected", "said"), AGAIN)
def test_when_the_plan_is_looked_at_again(
    day: int | None, flares: int | None, falling: bool | None, expected: bool | None, said: list[str]
) -> None:
    result = plan(day, flares, falling=falling)
    assert result.reassess is expected
    assert [one.id for one in result.reassess_words] == [f"plans.flare_reassess_{name}" for name in said]


@pytest.mark.parametrize("falling", [True, False, None])
@pytest.mark.parametrize("day", [None, 0, LONG, LONG + 1, 30])
def test_more_flares_never_clear_it(day: int | None, falling: bool | None) -> None:
    asked = [must_reassess(day, flares, falling, PLANS) for flares in range(8)]
    first = asked.index(True)
    assert first <= MANY
    assert all(one is True for one in asked[first:])


@pytest.mark.parametrize("flares", [0, MANY, None])
@pytest.mark.parametrize("day", [None, 0, LONG + 1])
def test_what_is_not_known_never_turns_it_round(day: int | None, flares: int | None) -> None:
    """Leaving out the trend or the count may leave it open, and never gives the opposite."""
    for falling in (True, False):
        whole = must_reassess(day, flares, falling, PLANS)
        for part in (must_reassess(day, flares, None, PLANS), must_reassess(day, None, falling, PLANS)):
            assert part is None or whole is None or part is whole


def test_a_scan_waits_for_a_sign() -> None:
    assert any("no reason for a new scan" in one.text for one in plan().rules)


def test_triggers_show_published_numbers_only() -> None:
    triggers = plan().triggers
    assert {reason.certainty for one in triggers for reason in one.because} == {"published"}
    assert "4.4" in triggers[0].text
    assert "2–9.7" in triggers[0].text
    assert "suri_2018_flares" in triggers[0].sources


def test_the_definition_is_the_published_one() -> None:
    reasons = plan().definition[0].because
    assert [(reason.id, reason.value, reason.certainty) for reason in reasons] == [
        ("plans.flare_hours", "2 hours", "published")
    ]


def test_the_lift_comes_back_lighter_as_the_rules_of_progression_say() -> None:
    least, most = plan().lighter
    assert least <= PLANS.number("lighter_percent") <= most
