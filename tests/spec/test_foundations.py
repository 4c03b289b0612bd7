"""The seven foundations: state by answer, the score over what is known, and the changes worth most."""

from __future__ import annotations

from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.foundations import FOUNDATIONS, Foundations, foundations

KNOWLEDGE = load_knowledge()
ALL_GOOD: dict[str, Any] = {
    "sleep_hours": 8.0, "sleep_quality": 8.0, "protein": "every_meal", "eating": "mostly_whole", "fluids": "pale",
    "stress": 2.0, "alcohol": "none", "rehab_dose": "most_days", "not_ready_loads": "avoid_for_now",
}  # fmt: skip


def grade(given: dict[str, Any]) -> Foundations:
    return foundations(Facts({name: Known(value=value) for name, value in given.items()}), KNOWLEDGE)


def state(result: Foundations, foundation: str) -> str:
    return next(item.state for item in result.items if item.id == foundation)


# foundation, what is known, state
STATES: list[tuple[str, dict[str, Any], str]] = [
    ("sleep", {"sleep_hours": 7.0, "sleep_quality": 6.0}, "good"),
    ("sleep", {"sleep_hours": 6.5}, "could_help"),
    ("sleep", {"sleep_quality": 5.0}, "could_help"),
    ("sleep", {"sleep_hours": 8.0}, "unknown"),
    ("sleep", {"sleep_quality": 9.0}, "unknown"),
    ("sleep", {}, "unknown"),
    ("eating", {"protein": "most_meals", "eating": "mixed"}, "good"),
    ("eating", {"protein": "little"}, "could_help"),
    ("eating", {"eating": "mostly_sugar"}, "could_help"),
    ("eating", {"eating": "cutting", "protein": "every_meal"}, "could_help"),
    ("eating", {"protein": "every_meal"}, "unknown"),
    ("fluids", {"fluids": "pale"}, "good"),
    ("fluids", {"fluids": "yellow"}, "good"),
    ("fluids", {"fluids": "dark_yellow"}, "could_help"),
    ("fluids", {}, "unknown"),
    ("stress", {"stress": 5.0}, "good"),
    ("stress", {"stress": 6.0}, "could_help"),
    ("stress", {}, "unknown"),
    ("alcohol", {"alcohol": "one_or_two"}, "good"),
    ("alcohol", {"alcohol": "three_to_five"}, "could_help"),
    ("alcohol", {"alcohol": "six_or_more"}, "could_help"),
    ("alcohol", {}, "unknown"),
    ("rehab_dose", {"rehab_dose": "some_days"}, "good"),
    ("rehab_dose", {"rehab_dose": "none"}, "could_help"),
    ("rehab_dose", {}, "unknown"),
    ("not_ready_loads", {"not_ready_loads": "avoid_for_now"}, "good"),
    ("not_ready_loads", {"not_ready_loads": "test_them"}, "could_help"),
    ("not_ready_loads", {"not_ready_loads": "push_through"}, "could_help"),
    ("not_ready_loads", {"not_ready_loads": "stopped_all"}, "could_help"),
    ("not_ready_loads", {}, "unknown"),
]


@pytest.mark.parametrize(("foundation", "given", "expected"), STATES)
def test_the_state_of_each_foundation(foundation: str, given: dict[str, Any], expected: str) -> None:
    assert state(grade(given), foundation) == expected


# what is different from all good (None: not known), score, known. Weights: sleep, exercises and loads three each,
# stress, eating and alcohol two each, fluids one; sixteen in all.
SCORES: list[tuple[dict[str, Any], int, int]] = [
    ({}, 100, 7),
    ({"fluids": "dark_yellow"}, 94, 7),
    ({"sleep_hours": 5.0}, 81, 7),
    ({"sleep_hours": 5.0, "stress": 9.0}, 69, 7),
    ({"stress": None}, 100, 6),
    ({"sleep_hours": 5.0, "stress": None}, 79, 6),
]


@pytest.mark.parametrize(("changes", "score", "known"), SCORES)
def test_the_score_counts_known_foundations_only(changes: dict[str, Any], score: int, known: int) -> None:
    given = {name: value for name, value in {**ALL_GOOD, **changes}.items() if value is not None}
    result = grade(given)
    assert (result.value, result.known) == (score, known)


def test_too_few_answers_give_no_score() -> None:
    assert grade({"alcohol": "none", "fluids": "pale"}).value is None
    assert grade({"alcohol": "none", "fluids": "pale", "stress": 1.0}).value == 100
    assert grade({}).value is None


# changes from all good; the changes worth most, in order: by weight, then by ease
WORTH_MOST: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"fluids": "dark_yellow"}, ["fluids_are_low"]),
    ({"sleep_hours": 5.0, "fluids": "dark_yellow", "stress": 9.0}, ["sleep_is_short", "stress_is_high"]),
    ({"sleep_hours": 5.0, "rehab_dose": "none"}, ["rehab_is_none", "sleep_is_short"]),
    ({"sleep_hours": 5.0, "rehab_dose": "none", "not_ready_loads": "push_through"}, ["loads_pushed", "rehab_is_none"]),
    ({"stress": 9.0, "alcohol": "six_or_more", "eating": "cutting"}, ["alcohol_is_heavy", "eating_is_cut"]),
]


@pytest.mark.parametrize(("changes", "expected"), WORTH_MOST)
def test_one_or_two_changes_worth_most(changes: dict[str, Any], expected: list[str]) -> None:
    said = grade({**ALL_GOOD, **changes}).worth_most
    assert [one.id for one in said] == [f"foundations.{name}" for name in expected]


def test_a_change_comes_with_a_first_step_and_its_weight() -> None:
    worth_most = grade({**ALL_GOOD, "sleep_hours": 5.0}).worth_most[0]
    assert "Tonight" in worth_most.text
    assert {"sleep_hours", "foundations.weight_sleep"} <= {reason.id for reason in worth_most.because}


def test_every_foundation_is_listed_also_when_nothing_is_known() -> None:
    nothing = grade({})
    assert [item.id for item in nothing.items] == list(FOUNDATIONS)
    assert set(nothing.undecided) == set(ALL_GOOD)
    assert all(item.name and item.text for item in nothing.items)
