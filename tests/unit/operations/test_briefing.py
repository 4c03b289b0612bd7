"""The brief's values: words whole and marked, levels never lowered, six months of load, what is open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liftback import operations
from liftback.knowledge.entries import Level

ROOT = Path(__file__).parents[3]
TODAY = date(2026, 11, 23)
STORY = (ROOT / "examples" / "story.yaml").read_text(encoding="utf-8")
PHRASES = (
    "I can't feel when I wipe. ", "No fever. ", "My dad had cancer. ", "maybe a numb foot, not sure ",
    "Both legs are numb\n", "back sore after deadlifts, ", "<b>é</b> ", "Is it a tumour? ",
)  # fmt: skip


def brief(words: str = "", **more: Any) -> dict[str, Any]:
    return operations.brief_values(words={"request": words}, today=TODAY, **more)


@pytest.fixture(scope="module")
def assessment() -> operations.Assessment:
    story = operations.read_story(content=STORY.encode(), today=TODAY)
    log = operations.import_log(content=(ROOT / "examples" / "strong.csv").read_bytes(), today=TODAY, unit="kg")
    return operations.assess(story=story, log=log, today=TODAY)


@given(st.lists(st.sampled_from(PHRASES) | st.text(max_size=20), max_size=8).map("".join))
def test_marking_loses_no_letter_and_marks_what_was_read(text: str) -> None:
    values = brief(text)
    pieces = values["words"][0]["pieces"] if values["words"] else []
    assert "".join(one["text"] for one in pieces) == (text if text.strip() else "")
    marked = {one["text"] for one in pieces if one["state"] in ("present", "unsure")}
    assert bool(marked) == any(one.counts for one in operations.read_words(text))


@given(st.lists(st.sampled_from(PHRASES), max_size=5).map("".join), st.sampled_from(["", *(one.name for one in Level)]))
def test_the_brief_never_says_less_than_the_request_came_in_as(text: str, level: str) -> None:
    said = brief(text, level=level)["level"]
    if level:
        assert Level[said] >= Level[level]
    if any(one.counts for one in operations.read_words(text)):
        assert Level[said] >= operations.read_text(text=text, today=TODAY).triage.level


@given(st.lists(st.sampled_from(PHRASES), max_size=5).map("".join))
def test_without_a_story_every_gate_is_open(text: str) -> None:
    from liftback.knowledge.loader import load_knowledge  # noqa: PLC0415 - of this test alone

    assert {one["id"] for one in brief(text)["open"]} >= set(load_knowledge().gates)


def test_half_a_year_of_load_knows_not_logged_from_none(assessment: operations.Assessment) -> None:
    load = brief(assessment=assessment, story=STORY)["load"]
    assert "10 of the last 26 weeks are logged" in load["words"]
    assert load["svg"].count("<rect") == 26
    assert "style=" not in load["svg"]
    assert "pain began" in load["svg"]


def test_it_shows_what_was_found_and_tried(assessment: operations.Assessment) -> None:
    values = brief("Took ibuprofen.", assessment=assessment, story=STORY)
    found = {one["name"]: (one["value"], one["sure"]) for one in values["findings"]}
    assert found["irritability"] == ("moderate", "")
    assert found["category"] == ("joint-type", "more likely")
    assert found["presentation"] == ("injured", "likely")
    assert {"name": "Examined by a clinician", "value": "Not yet"} in values["tried"]
    assert "ibuprofen" in [one["value"] for one in values["tried"]]
    assert [one["number"] for one in values["answers"]] == [1, 2, 3, 4, 5, 6, 7]


def test_values_of_a_stored_assessment_are_the_same(assessment: operations.Assessment) -> None:
    stored = operations.report_values(assessment=assessment)
    assert brief(assessment=stored, story=STORY) == brief(assessment=assessment, story=STORY)
