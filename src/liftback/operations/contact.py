"""The verbs for the one line at every contact: is anything new? A yes, or a doubt, opens the warning signs again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TypedDict

from liftback.exchange.story_file import read_story
from liftback.exchange.story_writing import story_yaml
from liftback.facts.answers import UNSURE
from liftback.facts.values import Fact, Known
from liftback.knowledge.entries import Level, Question
from liftback.knowledge.loader import Knowledge, load_knowledge

__all__ = ["contact_signs", "signs_doubted"]


class ContactSign(TypedDict):
    """A warning sign that is asked for at every contact: its question's id, and its line in a checklist."""

    id: str
    text: str


def contact_signs(*, knowledge: Knowledge | None = None) -> list[ContactSign]:
    """The warning signs that can come at any time and must not wait, in the order of asking."""
    known = knowledge or load_knowledge()
    return [{"id": one.id, "text": one.short or one.text} for one in _urgent(known)]


def signs_doubted(*, content: bytes, today: date, knowledge: Knowledge | None = None) -> str:
    """A story file's text in which every one of these signs that was told as calm is open again.

    An answer that calls for more than an open question does stays as it is, so nothing is lowered. Raises StoryError.
    """
    known = knowledge or load_knowledge()
    story = read_story(content, known, today=today)
    doubted: dict[str, Fact] = {one.id: UNSURE for one in _urgent(known) if _calmer(one, story.answers.get(one.id))}
    # What the words say of a sign counts again too, until its question is answered once more.
    asked = tuple(name for name in story.words_asked if name not in doubted)
    return story_yaml(replace(story, answers={**story.answers, **doubted}, words_asked=asked), known)


def _urgent(knowledge: Knowledge) -> list[Question]:
    questions = (knowledge.questions[name] for name in knowledge.gate_questions)
    return [one for one in questions if one.unresolved_level >= Level.same_day]


def _calmer(question: Question, fact: Fact | None) -> bool:
    """Whether an answer calls for less than the open question does."""
    if not isinstance(fact, Known):
        return True
    level = question.level_of(fact.value)
    return level is None or level < question.unresolved_level
