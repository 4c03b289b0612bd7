"""Which group the answers point to. A blank is an answer that was not given; nothing here names a tissue as fact."""

from __future__ import annotations

import pytest

from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.category import Category, category

KNOWLEDGE = load_knowledge()
# A story in which nothing points anywhere.
FLAT: dict[str, str] = {
    "age": "34",
    "pain_location": "",
    "finding.pattern": "none_found",
    "sore_to_touch": "no",
    "warms_up": "no_change",
    "new_or_harder": "no",
    "pinch_one_direction": "no",
    "worse_with": "carrying",
    "better_with": "walking",
    "leg_symptoms": "none",
    "leg_numbness": "no",
    "cough_leg_pain": "no",
    "night_rest_pain": "none",
}
MANY = ("worse_with", "better_with")


def sort(**changes: str) -> Category:
    """The flat story with some answers changed (blank takes one away); many choices are split at spaces."""
    named = {name.replace("finding_", "finding."): value for name, value in changes.items()}
    entries: dict[str, Fact] = {}
    for name, cell in {**FLAT, **named}.items():
        if cell:
            many = tuple(cell.split()) if name in MANY else cell
            entries[name] = Known(value=float(cell) if name == "age" else many)
    return category(Facts(entries), KNOWLEDGE)


SORE = {"pain_location": "both_sides", "finding_pattern": "doms_like", "warms_up": "better"}
SPOT = {"pain_location": "one_side", "finding_pattern": "irritated", "pinch_one_direction": "yes"}
LEG = {"pain_location": "one_side", "leg_symptoms": "below_knee", "cough_leg_pain": "yes", "leg_worse_than_back": "yes"}
OLDER = {"age": "74", "leg_symptoms": "above_knee_provoked", "leg_worse_than_back": "no", "pain_location": "both_sides"}


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        (SORE, "soft_tissue"),
        (SPOT, "joint"),
        ({**SPOT, "worse_with": "bending sitting"}, "joint"),
        (LEG, "nerve"),
        ({**LEG, "leg_numbness": "one_leg_stable"}, "nerve"),
        ({**LEG, "finding_pattern": "irritated"}, "nerve"),
        ({**OLDER, "better_with": "bending_forward sitting"}, "other"),
        ({"pain_location": "both_sides", "worse_with": "none", "better_with": "nothing"}, "other"),
        # both ways, and blanks
        ({**SPOT, "leg_symptoms": "below_knee", "leg_worse_than_back": "no"}, None),
        ({"pain_location": "centre"}, None),
        ({**SORE, "cough_leg_pain": "", "leg_numbness": ""}, None),
        ({**SPOT, "leg_numbness": ""}, None),
        ({**SORE, "sore_to_touch": ""}, "soft_tissue"),
        ({**SPOT, "sore_to_touch": ""}, "joint"),
        (dict.fromkeys(FLAT, ""), None),
    ],
)
def test_which_group(changes: dict[str, str], value: str | None) -> None:
    found = sort(**changes)
    assert found.value == value
    assert found.how_sure == ("more likely" if value else "undecided")


def test_shares_are_of_the_pointers_that_stand() -> None:
    found = sort(**SPOT, sore_to_touch="yes")
    assert sum(one.share for one in found.shares) == pytest.approx(1)
    assert [(one.id, one.how_sure) for one in found.shares] == [
        ("joint", "more likely"),
        ("soft_tissue", "little points to it"),
        ("nerve", "little points to it"),
        ("other", "little points to it"),
    ]


def test_a_group_with_some_share_stays_possible() -> None:
    found = sort(**{**SPOT, "worse_with": "bending"}, warms_up="better", sore_to_touch="yes")
    assert {one.id: one.how_sure for one in found.shares}["soft_tissue"] == "possible"
    assert found.value == "joint"


def test_what_was_not_asked_is_not_little() -> None:
    found = sort(**SPOT, leg_symptoms="", leg_numbness="", cough_leg_pain="")
    assert {one.id: one.how_sure for one in found.shares}["nerve"] == "possible"
    assert {"leg_symptoms", "leg_numbness", "cough_leg_pain"} <= set(found.undecided)


def test_a_blank_story_has_no_shares_and_asks() -> None:
    found = sort(**dict.fromkeys(FLAT, ""))
    assert {one.share for one in found.shares} == {0.0}
    assert {one.how_sure for one in found.shares} == {"possible"}
    assert "pain_location" in found.undecided


@pytest.mark.parametrize("changes", [SORE, SPOT, LEG, {}])
def test_it_is_always_a_working_group_with_what_would_change_it(changes: dict[str, str]) -> None:
    found = sort(**changes)
    said = {one.id: one for one in found.said}
    assert "not a diagnosis" in said["category.working_group"].text
    assert said["category.hands_on_tests"].sources == ("revel_1998", "laslett_2004", "hancock_2007")
    assert "category.by_examination" in {one.id for one in found.would_change}
    assert len(found.would_change) >= 3


TISSUES = ("disc", "disk", "facet", "sacroiliac", "ligament", "hernia", "tear", "torn", "sprain", "strain of")


def test_no_text_of_the_topic_names_a_tissue() -> None:
    texts = [one.text for one in KNOWLEDGE.statements.values() if one.topic == "category"]
    assert [text for text in texts if any(f" {tissue}" in f" {text.lower()}" for tissue in TISSUES)] == []
