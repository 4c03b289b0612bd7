"""Warning signs told on a device and sent later: what is older, or open, never lowers what stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from liftback import operations
from liftback.knowledge.loader import load_knowledge

TODAY = date(2026, 11, 23)
KNOWLEDGE = load_knowledge()
GATES = tuple(KNOWLEDGE.gate_questions)


def drawn(chance: np.random.RandomState, share: float) -> dict[str, Any]:
    """Answers to some of the gates, most of them a no."""
    found: dict[str, Any] = {}
    for name in GATES:
        if chance.rand() < share:
            choices = KNOWLEDGE.questions[name].choice_ids
            found[name] = "no" if chance.rand() < 0.7 else str(chance.choice(choices))
    return found


def level(interview: operations.Interview) -> int:
    return int(operations.interview_triage(interview=interview, today=TODAY).level)


def told(content: bytes | None, answers: dict[str, Any], **more: Any) -> operations.Interview:
    return operations.signs_given(content=content, answers=answers, told_on=TODAY, today=TODAY, **more)


@pytest.mark.parametrize("seed", range(40))
def test_what_is_older_than_the_story_never_lowers_it(seed: int) -> None:
    chance = np.random.RandomState(seed)
    story = told(None, drawn(chance, 0.95))
    content = operations.interview_file(interview=story).encode()
    later = told(content, drawn(chance, 0.6), may_lower=False)
    assert level(later) >= level(story)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("open_answer", [None, "not_sure"])
def test_what_is_open_never_lowers_anything(seed: int, open_answer: str | None) -> None:
    chance = np.random.RandomState(seed)
    story = told(None, drawn(chance, 0.95))
    content = operations.interview_file(interview=story).encode()
    later = told(content, {name: open_answer for name in GATES if chance.rand() < 0.7})
    assert level(later) >= level(story)


def test_a_newer_answer_counts_as_it_is_told() -> None:
    content = operations.interview_file(interview=told(None, {"fever": "measured"})).encode()
    assert operations.gates_told(interview=told(content, {"fever": "no"}))["fever"] == "no"
    assert operations.gates_told(interview=told(content, {"fever": "no"}, may_lower=False))["fever"] == "measured"


def test_worse_than_last_time_stands() -> None:
    content = operations.interview_file(interview=told(None, {"contact": "again_worse", "fever": "no"})).encode()
    later = told(content, {"contact": "first"}, may_lower=False)
    assert later.answers["contact"] == told(None, {"contact": "again_worse"}).answers["contact"]


@pytest.mark.parametrize("answers", [{"age": "30"}, {"fever": 3}, {"fever": "purple"}, {"fever": ["no"]}])
def test_what_is_no_answer_is_refused(answers: dict[str, Any]) -> None:
    with pytest.raises(operations.AnswerError):
        told(None, answers)
