"""The verb for warning signs that were gone through on a device without a network, and are told later.

Between the telling and the sending a newer story may have been told. So what was told earlier may only raise what
stands, and what was left open leaves what stands as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from liftback.exchange.story_file import read_story
from liftback.facts.answers import AnswerError, read_answer
from liftback.facts.interview import Interview
from liftback.facts.values import Fact, Known
from liftback.knowledge.entries import Level, Question
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.operations.asking import CONTACT

__all__ = ["signs_given"]


def signs_given(
    *,
    content: bytes | None,
    answers: Mapping[str, Any],
    told_on: date,
    today: date,
    may_lower: bool = True,
    knowledge: Knowledge | None = None,
) -> Interview:
    """The interview of a story (its file's bytes, None without one) after warning signs told on an earlier day.

    `answers` are choices by question; None and "not_sure" are no answers, and neither takes the place of an answer that
    calls for more than an open question does. `may_lower`: an answer may call for less than the one before; false where
    the story is the newer one. Raises AnswerError for a question or choice that is none, StoryError for the story.
    """
    known = knowledge or load_knowledge()
    story = read_story(content, known, today=today) if content is not None else None
    kept = {} if story is None else {name: one for name, one in story.answers.items() if name in known.questions}
    given = {name: _read(name, raw, told_on, known) for name, raw in answers.items()}
    changed = {
        name: fact
        for name, fact in given.items()
        if _counts(known.questions[name], fact, kept.get(name), may_lower=may_lower)
    }
    words = None if story is None else story.words
    asked = () if story is None else story.words_asked
    return Interview(answers={**kept, **changed}, words=words, words_asked=asked)


def _read(name: str, raw: Any, told_on: date, knowledge: Knowledge) -> Fact:
    if name != CONTACT and name not in knowledge.gate_questions:
        raise AnswerError(f"{name[:40]!r} is no question about a warning sign; reload the page, it may be an old one.")
    if raw is not None and not isinstance(raw, str):
        raise AnswerError(f"{name}: an answer is one choice; reload the page, it may be an old one.")
    return read_answer(knowledge.questions[name], raw, told_on)


def _counts(question: Question, fact: Fact, before: Fact | None, *, may_lower: bool) -> bool:
    """Whether a new answer takes the place of the one before. An open one never lowers, whatever `may_lower` says."""
    if before is None:
        return True
    if may_lower and isinstance(fact, Known):
        return True
    return _urgency(question, fact) > _urgency(question, before)


def _urgency(question: Question, fact: Fact) -> int:
    """How much an answer calls for; of the question whether it got worse, that it did."""
    if question.gate is None:
        return int(isinstance(fact, Known) and fact.value == "again_worse")
    level = question.level_of(fact.value) if isinstance(fact, Known) else None
    return question.unresolved_level if level is None else Level(level)
