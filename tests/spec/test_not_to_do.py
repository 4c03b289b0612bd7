"""What not to do: each of the nine beside what it fits and its near miss, and when scans are not spoken against."""

from __future__ import annotations

from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.not_to_do import NINE, NotToDo, not_to_do

KNOWLEDGE = load_knowledge()
NO_GATE = dict.fromkeys(KNOWLEDGE.gate_questions, "no")
CALM = {**NO_GATE, "finding.triage": "self_manage", "days_since_onset": 5.0}


def fitted(given: dict[str, Any]) -> NotToDo:
    return not_to_do(Facts({name: Known(value=value) for name, value in given.items()}), KNOWLEDGE)


# item, fits with, does not fit with
FITS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("only_resting", {"doing_now": ("only_rest",)}, {"doing_now": ("none",)}),
    ("only_resting", {"not_ready_loads": "stopped_all"}, {"not_ready_loads": "avoid_for_now"}),
    ("pills_without_change", {"doing_now": ("pills_to_train",)}, {"doing_now": ("none",)}),
    ("pushing_through", {"not_ready_loads": "push_through"}, {"not_ready_loads": "test_them"}),
    ("poor_sleep", {"sleep_hours": 5.0}, {"sleep_hours": 6.0}),
    ("poor_sleep", {"sleep_quality": 4.0}, {"sleep_quality": 5.0}),
    ("poor_eating", {"eating": "mostly_sugar"}, {"eating": "mixed"}),
    ("poor_eating", {"protein": "little"}, {"protein": "most_meals"}),
    ("poor_stress", {"stress": 6.0}, {"stress": 5.0}),
    ("heavy_drinking", {"alcohol": "six_or_more"}, {"alcohol": "one_or_two"}),
    ("scans_first", {"doing_now": ("scan_planned",)}, {"doing_now": ("none",)}),
    ("scans_first", {"doing_now": ("injection_planned",)}, {"doing_now": ("pills_to_train",)}),
    ("catastrophising", {"worst_thoughts": "often"}, {"worst_thoughts": "never"}),
    ("catastrophising", {"worst_thoughts": "sometimes"}, {"worst_thoughts": "never"}),
]


@pytest.mark.parametrize(("item", "fits", "misses"), FITS)
def test_an_item_comes_first_when_it_fits(item: str, fits: dict[str, Any], misses: dict[str, Any]) -> None:
    result = fitted({**CALM, **fits})
    assert result.value == (item,)
    assert dict(result.items[0].data)["instead"]
    assert item not in fitted({**CALM, **misses}).value
    assert item not in fitted(CALM).value


def test_the_rest_of_the_nine_is_said_in_short() -> None:
    result = fitted({**CALM, "doing_now": ("only_rest", "scan_planned")})
    short = [one.id.removeprefix("not_to_do.").removesuffix("_general") for one in result.others]
    assert set(result.value) | set(short) == set(NINE)
    assert set(result.value) & set(short) == set()


SCAN = {"doing_now": ("scan_planned",)}
# why a scan is not spoken against, neither as fitting nor in general
NOT_AGAINST_SCANS: list[tuple[str, dict[str, Any]]] = [
    ("emergency", {**CALM, "finding.triage": "emergency", "bladder_change": "new_change"}),
    ("same day", {**CALM, "finding.triage": "same_day", "fever": "measured"}),
    ("within days", {**CALM, "finding.triage": "within_days", "cancer_history": "cancer_ever"}),
    ("routine flag", {**CALM, "finding.triage": "routine", "no_improvement": "not_better"}),
    ("a gate is open", {**{k: v for k, v in CALM.items() if k != "cancer_history"}, "finding.triage": "within_days"}),
    ("nothing is known", {}),
]


@pytest.mark.parametrize(("why", "given"), NOT_AGAINST_SCANS)
def test_a_red_flag_or_an_open_one_silences_advice_against_scans(why: str, given: dict[str, Any]) -> None:
    said = {one.id for one in fitted({**given, **SCAN}).said}
    assert not {one for one in said if "scans_first" in one}


@pytest.mark.parametrize("level", ["same_day", "emergency"])
def test_nobody_who_must_be_seen_today_is_told_to_move_more(level: str) -> None:
    said = {one.id for one in fitted({**CALM, "finding.triage": level, "doing_now": ("only_rest",)}).said}
    assert not {one for one in said if "only_resting" in one}


def test_open_questions_are_named() -> None:
    assert {"doing_now", "sleep_hours", "stress", "worst_thoughts", "alcohol"} <= set(fitted(CALM).undecided)
