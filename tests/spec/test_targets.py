"""Weekly targets: one row for each part of the week, with its state, its certainty, and what matters most."""

from __future__ import annotations

from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.targets import ROWS, Target, Targets, weekly_targets
from liftback.reasoning.foundations import FOUNDATIONS, foundations

PLANS = plan_knowledge(load_knowledge())
KNOWN = PLANS.known
ALL_GOOD: dict[str, Any] = {
    "sleep_hours": 8.0, "sleep_quality": 8.0, "protein": "every_meal", "eating": "mostly_whole", "fluids": "pale",
    "stress": 2.0, "alcohol": "none", "rehab_dose": "most_days", "not_ready_loads": "avoid_for_now",
    "doing_now": ("none",), "body_weight": 80.0, "age": 30.0, "pregnancy_pelvic": "no",
}  # fmt: skip


def targets(given: dict[str, Any]) -> Targets:
    known = Facts({name: Known(value=value) for name, value in given.items() if value is not None})
    return weekly_targets(foundations(known, KNOWN), known, PLANS)


def row(given: dict[str, Any], name: str) -> Target:
    return next(one for one in targets(given).rows if one.id == name)


def changed(**changes: Any) -> dict[str, Any]:
    return {**ALL_GOOD, **changes}


def test_every_row_is_there_also_when_nothing_is_known() -> None:
    nothing = targets({})
    assert [one.id for one in nothing.rows] == [name for name, _ in ROWS]
    assert {one.state for one in nothing.rows} == {"unknown"}
    assert all(one.text.text and one.name and one.sources for one in nothing.rows)
    assert nothing.first == ()
    assert nothing.headline[0].id == "plans.targets_none_first"
    assert {"sleep_hours", "alcohol", "doing_now"} <= set(nothing.undecided)


def test_every_foundation_has_a_row() -> None:
    assert {of for _, of in ROWS if of} == set(FOUNDATIONS)


# row, what is different, state
STATES: list[tuple[str, dict[str, Any], str]] = [
    ("sleep", {}, "good"),
    ("sleep", {"sleep_hours": 5.0}, "could_help"),
    ("sleep", {"sleep_quality": None}, "unknown"),
    ("protein", {"protein": "little"}, "could_help"),
    ("fluids", {"fluids": "dark_yellow"}, "could_help"),
    ("stress", {"stress": None}, "unknown"),
    ("alcohol", {"alcohol": "six_or_more"}, "could_help"),
    ("pills", {}, "good"),
    ("pills", {"doing_now": ("pills_to_train",)}, "could_help"),
    ("pills", {"doing_now": None}, "unknown"),
    ("walking", {}, "unknown"),
    ("exercises", {"rehab_dose": "none"}, "could_help"),
    ("loads", {"not_ready_loads": "push_through"}, "could_help"),
]


@pytest.mark.parametrize(("name", "changes", "state"), STATES)
def test_the_state_is_that_of_the_foundation(name: str, changes: dict[str, Any], state: str) -> None:
    assert row(changed(**changes), name).state == state


# what is different, the targets that come first
FIRST: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"fluids": "dark_yellow"}, ["fluids"]),
    ({"sleep_hours": 5.0, "fluids": "dark_yellow", "stress": 9.0}, ["sleep", "stress"]),
    ({"sleep_hours": 5.0, "rehab_dose": "none", "not_ready_loads": "push_through"}, ["loads", "exercises"]),
    ({"eating": "cutting", "alcohol": "six_or_more"}, ["alcohol", "protein"]),
]


@pytest.mark.parametrize(("changes", "first"), FIRST)
def test_one_or_two_come_first(changes: dict[str, Any], first: list[str]) -> None:
    found = targets(changed(**changes))
    assert list(found.first) == first
    assert {one.id for one in found.rows if one.first} == set(first)
    assert all(one.name in found.headline[0].text for one in found.rows if one.first)


# body weight, whether grams a day are named, and which
WEIGHTS: list[tuple[float | None, str]] = [
    (80.0, "128–200 grams of protein a day"),
    (62.5, "100–156 grams of protein a day"),
    (None, "grams of protein a day for each kilogram"),
    (0.0, "grams of protein a day for each kilogram"),
]


@pytest.mark.parametrize(("weight", "words"), WEIGHTS)
def test_protein_by_body_weight(weight: float | None, words: str) -> None:
    found = row(changed(body_weight=weight), "protein")
    assert words in found.text.text
    assert "1.6–2.5" in found.text.text
    assert found.certainty == "published"
    assert any(reason.id == "body_weight" for reason in found.text.because) is (weight not in (None, 0.0))


# days since it began, how, which alcohol target
ALCOHOL: list[tuple[dict[str, Any], str]] = [
    ({"days_since_onset": 0.0, "how_it_began": "moment"}, "tweak"),
    ({"days_since_onset": 2.0, "how_it_began": "moment"}, "tweak"),
    ({"days_since_onset": 2.0}, "tweak"),
    ({"days_since_onset": 3.0, "how_it_began": "moment"}, "most"),
    ({"days_since_onset": 1.0, "how_it_began": "after_training"}, "most"),
    ({}, "most"),
    ({"age": 17.0}, "none"),
    ({"pregnancy_pelvic": "followed_usual", "days_since_onset": 1.0}, "none"),
    ({"age": None, "pregnancy_pelvic": None}, "most"),
]


@pytest.mark.parametrize(("changes", "expected"), ALCOHOL)
def test_alcohol_after_a_tweak_and_later(changes: dict[str, Any], expected: str) -> None:
    said = row(changed(**changes), "alcohol").text
    assert said.id == f"plans.targets_alcohol_{expected}"
    assert "see a doctor first" in said.text


def test_pills_go_with_a_change_and_say_who_must_not() -> None:
    text = row(ALL_GOOD, "pills").text.text
    for word in ("Change what sets it off", "lowest dose", "never so as to lift", "harmacist", "kidney", "pregnant"):
        assert word in text
    assert "blood thinner" in row(changed(blood_thinner="thinner_mild"), "pills").text.text


def test_walking_is_short_in_the_first_days() -> None:
    first = {"days_since_onset": 1.0, "finding.triage": "routine"}
    assert row({**ALL_GOOD, **first}, "walking").text.id == "plans.targets_walking_first"
    assert row(ALL_GOOD, "walking").text.id == "plans.targets_walking_build"
    assert row(ALL_GOOD, "walking").certainty == "published"


def test_our_own_numbers_are_never_called_published() -> None:
    for one in targets(ALL_GOOD).rows:
        kinds = {reason.certainty for reason in one.text.because if reason.kind == "parameter"}
        assert (one.certainty == "published") is (kinds == {"published"})
        assert one.text.kind != "evidence" or kinds == {"published"}
