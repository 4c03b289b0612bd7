"""An interview as JSON values and back, with every step that can be taken back: for a session or a record.

A story file is for people and leaves out how the interview stands. This keeps it whole, as what each step added, so
that it grows with the answers and not with their square.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from liftback.exchange.story_file import StoryError
from liftback.facts.answers import AnswerError, read_answer, write_answer
from liftback.facts.interview import Interview
from liftback.facts.story import LONGEST_WORDS
from liftback.facts.values import Fact, FactValue, Known, Unknown
from liftback.knowledge.loader import Knowledge

VERSION = 1
"""The form of these values; others are refused."""
MOST_STEPS = 1000
"""Far more than there are questions; it keeps values that are not ours from being walked for ever."""
_UNREADABLE = "What you told before could not be read any more; please begin again."


def interview_stored(interview: Interview) -> dict[str, Any]:
    """The interview as JSON values, with every step that can be taken back."""
    chain = [interview]
    while chain[-1].before is not None:
        chain.append(chain[-1].before)
    chain.reverse()
    steps = [_added(before, after) for before, after in zip([Interview(), *chain], chain, strict=False)]
    return {"version": VERSION, "first": steps[0], "steps": steps[1:]}


def _added(before: Interview, after: Interview) -> dict[str, Any]:
    """What a step added or changed."""
    answers = {name: _fact(fact) for name, fact in after.answers.items() if before.answers.get(name) != fact}
    found: dict[str, Any] = {"answers": answers} if answers else {}
    if after.words != before.words:
        found["words"] = after.words
    if after.picked != before.picked:
        found["picked"] = list(after.picked)
    if after.words_asked != before.words_asked:
        found["words_asked"] = list(after.words_asked)
    return found


def _fact(fact: Fact) -> dict[str, Any]:
    if isinstance(fact, Unknown):
        return {"unknown": fact.why}
    stored: dict[str, Any] = {"value": _value(fact.value), "source": fact.source}
    stored |= {"when": fact.when.isoformat()} if fact.when is not None else {}
    return stored | ({"quote": fact.quote} if fact.quote else {})


def _value(value: FactValue) -> str | float | list[str]:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def interview_restored(values: Mapping[str, Any], knowledge: Knowledge, *, today: date) -> Interview:
    """The interview out of the values of `interview_stored`.

    An answer to a question that is gone, or that would no longer be taken, is left out and so asked again. Raises
    StoryError for values of another form.
    """
    try:
        if values["version"] != VERSION or len(values["steps"]) > MOST_STEPS:
            raise StoryError(_UNREADABLE)
        interview = replace(_stepped(Interview(), values["first"], knowledge, today), before=None)
        for step in values["steps"]:
            interview = _stepped(interview, step, knowledge, today)
    except (KeyError, TypeError, AttributeError, ValueError):
        raise StoryError(_UNREADABLE) from None
    return interview


def _stepped(before: Interview, step: Mapping[str, Any], knowledge: Knowledge, today: date) -> Interview:
    answers = dict(before.answers)
    for name, stored in step.get("answers", {}).items():
        fact = _read_fact(name, stored, knowledge, today)
        if fact is not None:
            answers[name] = fact
        else:
            answers.pop(name, None)  # what was answered before is no longer meant either
    words = step.get("words", before.words)
    if words is not None and (not isinstance(words, str) or len(words) > LONGEST_WORDS):
        raise StoryError(_UNREADABLE)
    return Interview(
        answers=answers,
        words=words,
        picked=_gates(step["picked"], knowledge) if "picked" in step else before.picked,
        words_asked=_gates(step["words_asked"], knowledge) if "words_asked" in step else before.words_asked,
        before=before,
    )


def _gates(names: list[str], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(name for name in names if name in knowledge.gate_questions)


def _read_fact(name: str, stored: Mapping[str, Any], knowledge: Knowledge, today: date) -> Fact | None:
    question = knowledge.questions.get(name)
    if question is None:
        return None
    if "unknown" in stored:
        return Unknown(why=str(stored["unknown"]))
    try:
        read = read_answer(question, stored["value"], today)
    except AnswerError:
        return None
    if not isinstance(read, Known) or write_answer(read) != _plain(stored["value"]):
        return None
    when = date.fromisoformat(stored["when"]) if "when" in stored else None
    return Known(value=read.value, source=str(stored["source"]), when=when, quote=str(stored.get("quote", "")))


def _plain(value: object) -> object:
    """A stored value as an answer is written: days as days, numbers that are whole without a point."""
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return int(value) if isinstance(value, float) and value.is_integer() else value
