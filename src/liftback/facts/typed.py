"""What a person types at a prompt, before it is validated: numbers of choices, lines of a checklist."""

from __future__ import annotations

import re
from datetime import date

from liftback.facts.answers import NO, AnswerError, read_answer
from liftback.facts.values import Fact
from liftback.knowledge.entries import Question

_NONE = frozenset(("none", NO, "none of these", "none of them", "0", "nope", "n"))
_DIGITS = 2  # of a choice's number
_SHOWN = 40  # characters of an answer that could not be read
_SEPARATORS = re.compile(r"[\s,;&+.]+|\band\b")


def read_typed(question: Question, raw: str, today: date) -> Fact:
    """The fact that a typed answer gives.

    Raises AnswerError with one sentence that speaks of the numbered lines on the screen, not of the ids behind them.
    """
    if not raw.strip():
        raise AnswerError("Please type an answer, or skip.")
    typed = typed_choice(question, raw)
    try:
        return read_answer(question, typed, today)
    except AnswerError:
        if not question.choices or isinstance(typed, list):
            raise
        if begun := _begun(question, raw):
            return read_answer(question, begun, today)
        shown = " ".join(raw.split())[:_SHOWN]
        numbers = f"1 to {len(question.choices)}"
        raise AnswerError(f"{shown!r} is none of these lines; type a number, {numbers}, or ? for not sure.") from None


def _begun(question: Question, raw: str) -> str:
    """The id of the only choice that begins with what was typed, such as f for female; never of a warning sign."""
    if question.gate is not None:
        return ""
    start = " ".join(raw.split()).casefold()
    found = [one.id for one in question.choices if one.label.casefold().startswith(start)]
    return found[0] if len(found) == 1 else ""


def typed_choice(question: Question, raw: str) -> object:
    """A typed answer with the numbers of choices turned into their ids; anything else as it is.

    A bare "yes" to a question that offers several kinds of yes is refused, because it does not say which.
    """
    text = " ".join(raw.split())
    if question.kind not in ("one", "many"):
        return text
    if text.casefold() in ("yes", "y") and "yes" not in question.choice_ids:
        raise AnswerError(f"Which one? Type its number, 1 to {len(question.choices)}.")
    parts = [part for part in _SEPARATORS.split(text) if part]
    if not parts or not all(part.isdecimal() for part in parts):
        return text
    if question.kind == "one" and len(parts) > 1:
        raise AnswerError("This one takes a single number; type the line that fits best.")
    return [_id_of(question, part) for part in parts]


def _id_of(question: Question, number: str) -> str:
    if len(number) > _DIGITS or not 1 <= int(number) <= len(question.choices):
        raise AnswerError(f"There is no line {number[:9]}; type a number from 1 to {len(question.choices)}.")
    return question.choice_ids[int(number) - 1]


def picked_lines(raw: str, questions: tuple[Question, ...]) -> tuple[str, ...]:
    """The ids of the questions whose lines were picked; nothing when it says none.

    Lines are picked by number or id. Raises AnswerError for a line that is not there, or for an empty answer.
    """
    text = " ".join(raw.split()).casefold().rstrip(".!")
    if text in _NONE:
        return ()
    names = {str(place): one.id for place, one in enumerate(questions, start=1)} | {one.id: one.id for one in questions}
    parts = [part for part in _SEPARATORS.split(text) if part]
    unread = [part for part in parts if part not in names]
    if unread or not parts:
        what = f"{unread[0][:20]!r} is no line here; " if unread else ""
        raise AnswerError(f"{what}type none, or the numbers of the lines that apply or may apply, such as 1, 3.")
    picked = {names[part] for part in parts}
    return tuple(one.id for one in questions if one.id in picked)
