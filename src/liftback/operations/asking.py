"""The verbs for asking about warning signs again, and for the page of an emergency: one keyword-only function for each.

The page of an emergency needs no story: it has to be there whatever else is not.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypedDict

from liftback.exchange.report_outline import clean
from liftback.exchange.story_file import read_story
from liftback.facts.answers import write_answer
from liftback.facts.interview import Interview
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.reasoning.triage import Triage

__all__ = ["EmergencyValues", "emergency_page", "gates_told", "interview_again"]
CONTACT = "contact"
"""The question whether it is worse than the last time; it is new at every contact."""


class EmergencyValues(TypedDict):
    """What the page of an emergency says, as JSON values; `signs` are what fired, in words, empty where nothing did."""

    name: str
    summary: str
    signs: list[str]
    do: list[str]
    say: list[str]
    do_not: list[str]
    watch_for: list[str]
    when: str
    where: str
    expected_course: str
    may_come_later: list[str]


def interview_again(*, content: bytes, today: date, knowledge: Knowledge | None = None) -> Interview:
    """An interview over a story file's bytes in which every warning sign is open again, and nothing else has changed.

    The own words and what was asked about them stay. Nothing of it can be taken back, so that an old answer never comes
    back as today's. Raises StoryError.
    """
    known = knowledge or load_knowledge()
    story = read_story(content, known, today=today)
    open_again = {CONTACT, *known.gate_questions}
    kept = {name: fact for name, fact in story.answers.items() if name in known.questions and name not in open_again}
    return Interview(answers=kept, words=story.words, words_asked=story.words_asked)


def gates_told(*, interview: Interview, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The warning signs as answered so far, by question; None for one that was left open, "not_sure" for a doubt."""
    known = knowledge or load_knowledge()
    return {name: write_answer(interview.answers[name]) for name in known.gate_questions if name in interview.answers}


def emergency_page(*, triage: Triage | None = None, knowledge: Knowledge | None = None) -> EmergencyValues:
    """What to do, what to say and what not to do in an emergency: of a triage that is one, else for anybody."""
    if triage is not None and triage.level is Level.emergency:
        return _of_triage(triage)
    advice = (knowledge or load_knowledge()).levels[Level.emergency]
    return {
        "name": clean(advice.name), "summary": clean(advice.summary), "signs": [], "do": _texts(advice.do),
        "say": _texts(advice.say), "do_not": _texts(advice.do_not), "watch_for": _texts(advice.watch_for),
        "when": clean(advice.when), "where": clean(advice.where), "expected_course": clean(advice.expected_course),
        "may_come_later": _texts(advice.may_come_later),
    }  # fmt: skip


def _of_triage(triage: Triage) -> EmergencyValues:
    net = triage.safety_net
    fired = [one for one in triage.fired if one.level is Level.emergency] or list(triage.fired)
    return {
        "name": clean(triage.name), "summary": clean(triage.summary), "signs": _texts(one.why for one in fired),
        "do": _texts(triage.actions.do), "say": _texts(triage.actions.say), "do_not": _texts(triage.actions.do_not),
        "watch_for": _texts(net.watch_for), "when": clean(net.when), "where": clean(net.where),
        "expected_course": clean(net.expected_course), "may_come_later": _texts(net.may_come_later),
    }  # fmt: skip


def _texts(lines: Any) -> list[str]:
    return list(dict.fromkeys(text for text in map(clean, lines) if text))
