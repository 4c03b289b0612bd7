"""The sample lifter of the examples, read once: story, log, diary, and what follows from them."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from liftback import operations
from liftback.facts.diary import Diary
from liftback.facts.story import Story
from liftback.operations import Assessment, Followed
from liftback.plans.parts import Plan
from liftback.training.log import TrainingLog

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TODAY = date(2026, 11, 23)


@cache
def told() -> tuple[Story, TrainingLog, Diary]:
    """Story, log and diary."""
    story = operations.read_story(content=(EXAMPLES / "story.yaml").read_bytes(), today=TODAY)
    log = operations.import_log(content=(EXAMPLES / "strong.csv").read_bytes(), today=TODAY)
    return story, log, operations.read_diary(content=(EXAMPLES / "diary.csv").read_bytes(), today=TODAY).diary


@cache
def assessment() -> Assessment:
    """The seven answers."""
    story, log, diary = told()
    return operations.assess(story=story, today=TODAY, log=log, diary=diary)


@cache
def followed() -> Followed:
    """The course."""
    story, log, diary = told()
    return operations.follow(story=story, today=TODAY, log=log, diary=diary)


@cache
def plan() -> Plan:
    """The week."""
    story, log, diary = told()
    return operations.make_plan(story=story, today=TODAY, log=log, diary=diary)


def emergency() -> Story:
    """The same lifter with a sign that cannot wait."""
    story, _, _ = told()
    text = (EXAMPLES / "story.yaml").read_text(encoding="utf-8")
    assert story.answers
    changed = text.replace("saddle_numbness: no", "saddle_numbness: new_numbness")
    return operations.read_story(content=changed.encode(), today=TODAY)
