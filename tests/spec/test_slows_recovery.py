"""What slows recovery: each item beside its near miss, and beside not knowing."""

from __future__ import annotations

from typing import Any

import pytest

from liftback.facts.values import Facts, Known, Unknown
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.slows_recovery import SlowsRecovery, slows_recovery

KNOWLEDGE = load_knowledge()


def found(**given: Any) -> SlowsRecovery:
    return slows_recovery(Facts({name: Known(value=value) for name, value in given.items()}), KNOWLEDGE)


# item, holds with, does not hold with
ITEMS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("expects_to_last", {"expects_persistence": 7.0}, {"expects_persistence": 6.0}),
    ("low_mood", {"low_mood": 6.0}, {"low_mood": 5.0}),
    ("fear_of_harm", {"fear_of_harm": 6.0}, {"fear_of_harm": 5.0}),
    ("low_confidence", {"confidence_to_lift": 4.0}, {"confidence_to_lift": 5.0}),
    ("poor_sleep", {"sleep_hours": 5.5}, {"sleep_hours": 6.0, "sleep_quality": 5.0}),
    ("poor_sleep", {"sleep_quality": 4.0, "sleep_hours": 9.0}, {"sleep_quality": 5.0}),
    ("long_duration", {"days_since_onset": 84.0}, {"days_since_onset": 83.0}),
    ("earlier_episodes", {"earlier_episodes": "more_than_two"}, {"earlier_episodes": "one_or_two"}),
    ("compensation", {"compensation": "yes"}, {"compensation": "no"}),
    ("leg_symptoms", {"leg_symptoms": "below_knee"}, {"leg_symptoms": "above_knee_brief"}),
    ("leg_symptoms", {"leg_symptoms": "above_knee_provoked"}, {"leg_symptoms": "none"}),
    ("pushing_through", {"not_ready_loads": "push_through"}, {"not_ready_loads": "test_them"}),
    ("resting_only", {"doing_now": ("only_rest",)}, {"doing_now": ("none",), "not_ready_loads": "avoid_for_now"}),
    ("resting_only", {"not_ready_loads": "stopped_all"}, {"not_ready_loads": "avoid_for_now"}),
]


@pytest.mark.parametrize(("item", "holds", "misses"), ITEMS)
def test_an_item_is_said_when_it_holds(item: str, holds: dict[str, Any], misses: dict[str, Any]) -> None:
    assert found(**holds).value == (item,)
    assert item not in found(**misses).value


@pytest.mark.parametrize(("item", "holds", "misses"), ITEMS)
def test_an_item_says_what_helps_and_why_it_is_said(item: str, holds: dict[str, Any], misses: dict[str, Any]) -> None:
    said = found(**holds).items[0]
    words = dict(said.data)
    assert words["name"]
    assert words["helps"]
    assert any(reason.id in holds for reason in said.because)


def test_nothing_known_is_not_nothing_there() -> None:
    nothing = found()
    assert nothing.value == ()
    assert {"expects_persistence", "low_mood", "fear_of_harm", "sleep_hours", "onset", "compensation"} <= set(
        nothing.undecided
    )


def test_rather_not_say_is_left_open() -> None:
    quiet = slows_recovery(Facts({"compensation": Unknown(why="not sure")}), KNOWLEDGE)
    assert "compensation" in quiet.undecided
    assert quiet.value == ()


@pytest.mark.parametrize(("mood", "offered"), [(8.0, False), (9.0, True), (10.0, True)])
def test_help_comes_first_when_someone_feels_very_low(mood: float, offered: bool) -> None:
    said = found(low_mood=mood).said
    assert (said[0].id == "slows_recovery.low_mood_help") is offered


BLAMING = ("you should have", "you must", "you failed", "lazy", "exaggerat", "imagin")


def test_nothing_blames() -> None:
    texts = [f"{one.text} {one.word('helps')}".lower() for one in KNOWLEDGE.group("slows_recovery.items")]
    assert not [text for text in texts for word in BLAMING if word in text]
