"""What the plan spares for now, from what makes it worse and what eases it."""

from __future__ import annotations

import pytest

from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.sensitivities import Sensitivities, sensitivities

KNOWLEDGE = load_knowledge()


def find(worse: str = "", better: str = "", **others: str) -> Sensitivities:
    entries: dict[str, Fact] = {name: Known(value=value) for name, value in others.items()}
    for name, cell in (("worse_with", worse), ("better_with", better)):
        if cell:
            entries[name] = Known(value=tuple(cell.split()))
    return sensitivities(Facts(entries), KNOWLEDGE)


@pytest.mark.parametrize(
    ("worse", "better", "others", "value"),
    [
        ("bending", "", {}, ("flexion",)),
        ("sitting mornings", "", {}, ("flexion",)),
        ("sitting", "", {}, ()),  # one small pointer spares nothing
        ("sitting", "arching_back", {}, ("flexion",)),
        ("arching", "", {}, ("extension",)),
        ("standing downhill", "", {}, ("extension",)),
        ("overhead", "bending_forward", {}, ("extension",)),
        ("bar_on_back", "", {}, ("load",)),
        ("impact", "lying", {}, ("load",)),
        ("twisting", "", {}, ("rotation",)),
        ("one_leg", "", {"pain_location": "buttock"}, ("rotation",)),
        ("", "", {"cough_leg_pain": "yes"}, ("nerve",)),
        ("", "", {"leg_symptoms": "below_knee"}, ("nerve",)),
        ("", "", {"leg_symptoms": "above_knee_provoked"}, ()),
        ("cough_sneeze", "", {"cough_leg_pain": "no"}, ()),  # a cough that hurts the back is no leg sign
        # strongest first; at a tie the leg first, then the order of the table
        ("bending sitting mornings bar_on_back", "", {}, ("flexion", "load")),
        ("bar_on_back carrying bending", "", {}, ("load", "flexion")),
        ("bending twisting", "", {"cough_leg_pain": "yes"}, ("nerve", "flexion", "rotation")),
        ("none", "walking", {"leg_symptoms": "none"}, ()),
        ("", "", {}, ()),
    ],
)
def test_what_is_spared(worse: str, better: str, others: dict[str, str], value: tuple[str, ...]) -> None:
    assert find(worse, better, **others).value == value


def test_a_blank_story_spares_nothing_and_asks() -> None:
    found = find()
    assert set(found.possible) == {"nerve", "flexion", "extension", "load", "rotation"}
    assert {"worse_with", "better_with", "leg_symptoms"} <= set(found.undecided)


def test_all_answered_leaves_nothing_open() -> None:
    others = {"leg_symptoms": "none", "leg_numbness": "no", "cough_leg_pain": "no", "pain_location": "centre"}
    found = find("none", "walking", **others)
    assert found.undecided == ()
    assert [said.id for said in found.said] == ["sensitivities.none_so_far"]


FOREVER = ("never", "forever", "dangerous", "avoid", "stop lifting")


def test_to_spare_is_for_now_and_leaves_something_to_train() -> None:
    found = find("bending arching bar_on_back twisting", cough_leg_pain="yes")
    assert len(found.value) == len(found.items) == 5
    assert found.said[-1].id == "sensitivities.for_now"
    for said in found.said[:-1]:
        assert "for now" in said.text
        assert dict(said.data)["keep"]
        assert not [word for word in FOREVER if word in said.text.lower()]
