"""A doubt at a contact opens warning signs again and never lowers what was told."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml

from liftback import operations
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from tests.people import story

TODAY = date(2026, 11, 23)
KNOWN = load_knowledge()


def level(document: str) -> Level:
    told = operations.read_story(content=document.encode(), today=TODAY)
    return operations.assess(story=told, today=TODAY).findings.triage.level


def test_every_sign_that_must_not_wait_is_asked_for() -> None:
    asked = {one["id"] for one in operations.contact_signs()}
    urgent = {
        name
        for name in KNOWN.gate_questions
        if any(choice.level is Level.emergency for choice in KNOWN.questions[name].choices)
    }
    assert urgent <= asked
    assert all(one["text"] for one in operations.contact_signs())


def test_a_calm_story_waits_after_a_doubt() -> None:
    calm = story()
    assert level(calm) < Level.within_days
    assert level(operations.signs_doubted(content=calm.encode(), today=TODAY)) is Level.same_day


@pytest.mark.parametrize("gate", KNOWN.gate_questions)
def test_a_doubt_never_lowers(gate: str) -> None:
    for choice in KNOWN.questions[gate].choices:
        told: dict[str, Any] = {gate: choice.id}
        document = story(**told)
        doubted = operations.signs_doubted(content=document.encode(), today=TODAY)
        assert level(doubted) >= level(document), choice.id
        kept = yaml.safe_load(doubted)["answers"][gate]
        if choice.level is Level.emergency:
            assert kept == choice.id


def test_all_else_that_was_told_stays() -> None:
    document = story() + "words: my back went in a deadlift\ndiary:\n  - {date: 2026-11-20, pain: 4, note: hard day}\n"
    before = operations.read_story(content=document.encode(), today=TODAY)
    after = operations.read_story(
        content=operations.signs_doubted(content=document.encode(), today=TODAY).encode(), today=TODAY
    )
    assert (after.words, after.diary) == (before.words, before.diary)
    open_again = {one["id"] for one in operations.contact_signs()}
    assert {name: fact for name, fact in after.answers.items() if name not in open_again} == {
        name: fact for name, fact in before.answers.items() if name not in open_again
    }


def test_what_is_no_story_is_told() -> None:
    with pytest.raises(operations.StoryError):
        operations.signs_doubted(content=b"[1, 2]", today=TODAY)
