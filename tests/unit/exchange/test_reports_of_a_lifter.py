"""The reports of a real assessment: the sample lifter with all warning signs answered, one fired, none answered."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from liftback import operations
from liftback.exchange.explanation import explain_text
from liftback.knowledge.loader import load_knowledge

EXAMPLES = Path(__file__).parents[3] / "examples"
TODAY = date(2026, 11, 23)
STORIES = ("all answered", "an emergency", "nothing answered")
OUTPUTS = ("text", "markdown", "html")


@cache
def assessed(name: str) -> operations.Assessment:
    content = (EXAMPLES / "story.yaml").read_text(encoding="utf-8")
    if name == "an emergency":
        content = content.replace("bladder_change: no", "bladder_change: new_change")
    if name == "nothing answered":
        content = "{}"
    return operations.assess(
        story=operations.read_story(content=content.encode(), today=TODAY),
        log=operations.import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=TODAY),
        diary=operations.read_diary(content=(EXAMPLES / "diary.csv").read_bytes(), today=TODAY).diary,
        today=TODAY,
    )


def report(name: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(operations.assessment_json(assessed(name))))
    return made


def test_the_sample_diary_is_read_whole() -> None:
    reading = operations.read_diary(content=(EXAMPLES / "diary.csv").read_bytes(), today=TODAY)
    assert reading.errors == ()
    assert reading.notes == ()
    assert len(reading.diary.days) == reading.rows > 30


@pytest.mark.parametrize("name", STORIES)
@pytest.mark.parametrize("output", OUTPUTS)
def test_every_report_asks_all_seven_questions_after_what_to_do(name: str, output: str) -> None:
    shown = operations.render(assessment=assessed(name), output=output)
    found = report(name)
    places = [shown.index(found["triage"]["name"])]
    places += [shown.index(answer["question"]) for answer in found["answers"]]
    assert places == sorted(places)


@pytest.mark.parametrize("name", STORIES)
def test_every_finding_and_answer_can_be_explained(name: str) -> None:
    for wanted in (*report(name), *(f"answer {number}" for number in range(1, 8))):
        assert operations.explain(assessment=assessed(name), name=wanted).strip()


def test_every_number_can_be_explained() -> None:
    found, knowledge = report("all answered"), load_knowledge()
    for wanted in knowledge.parameters:
        text = explain_text(found, wanted, knowledge)
        assert "source: " in text
        assert "how sure: " in text


def test_the_page_draws_the_ranges_and_the_weeks_of_a_lifter_who_may_train() -> None:
    page = operations.render(assessment=assessed("all answered"), output="html")
    assert 'id="timeline-picture-title"' in page
    assert 'id="weeks-picture-title"' in page


@pytest.mark.parametrize("name", ["an emergency", "nothing answered"])
def test_nothing_is_drawn_before_somebody_has_looked(name: str) -> None:
    page = operations.render(assessment=assessed(name), output="html")
    assert "picture-title" not in page
    assert "Your training log" not in page


def test_no_id_of_the_knowledge_is_shown_to_a_lifter() -> None:
    text = operations.render(assessment=assessed("all answered"), output="text")
    assert [name for name in load_knowledge().parameters if name in text] == []
    assert [name for name in load_knowledge().questions if "_" in name and name in text] == []
