"""The card and the drawing of every exercise, for pages."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from liftback import operations

EVERY = operations.exercises()


def test_every_exercise_has_a_card_and_a_drawing_of_its_own() -> None:
    assert len({one["id"] for one in EVERY}) == len(EVERY) > 50
    for one in EVERY:
        card = json.loads(json.dumps(operations.exercise_card(exercise=one["id"])))
        assert card["name"] == one["name"]
        assert card["cues"]
        assert card["entry"]
        assert card["leave"]
        assert card["shows"]
        assert card["begins_with"]
        assert card["sources"][0]["title"]
        assert [rung["id"] for rung in card["ladder"]["rungs"] if rung["here"]] == [one["id"]]


@pytest.mark.parametrize("still", [False, True])
def test_a_drawing_stands_alone_in_light_and_dark(still: bool) -> None:
    svg = operations.demonstration_picture(exercise="dead_bug", still=still)
    root = ET.fromstring(svg)  # noqa: S314 - drawn here
    assert (root.get("width"), root.get("height")) == ("320", "240")
    assert "prefers-color-scheme:dark" in svg
    assert "prefers-reduced-motion:reduce" in svg
    assert ("@keyframes" in svg) is not still
    assert svg.index("<rect width") > svg.index("</defs>"), "the paper lies below the figure"
    assert svg.index("<rect width") < svg.index("<use ")


def test_a_name_of_no_exercise_is_refused() -> None:
    for verb in (operations.exercise_card, operations.demonstration_picture):
        with pytest.raises(operations.UnknownNameError, match="no exercise 'banana'"):
            verb(exercise="banana")
