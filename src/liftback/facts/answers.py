"""Read one answer as given (typed, from a form, or from a story file) into a fact, or say why not.

The interview and the story loader share this validator, so that a value refused in one is refused in the other.
"Not sure" becomes an unknown fact, never a choice: a condition that read it as a choice would take it for a no.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from difflib import get_close_matches

from liftback.facts.dates import DATE_FORMS, read_date
from liftback.facts.values import Fact, FactValue, Known, Unknown
from liftback.knowledge.entries import Choice, Question
from liftback.knowledge.parsing import NOT_SURE

NO = "no"
NONE = "none"
YES = "yes"
SKIPPED = Unknown(why="skipped")
UNSURE = Unknown(why="not sure")

_UNSURE_WORDS = frozenset(
    ("?", "??", "???", NOT_SURE, "not sure", "unsure", "dont know", "don't know", "i don't know", "i dont know", "idk")
)
_YES_WORDS = frozenset((YES, "y", "yeah", "yep", "true"))
_NO_WORDS = frozenset((NO, "n", "nope", "false"))
_LEAD = re.compile(r"^(?:about|around|roughly|approx(?:imately)?|ca\.?|~|maybe)\s*")
_NUMBER = re.compile(r"^([+-]?\d+(?:[.,]\d+)?)\s*([^\d\s].*)?$", re.DOTALL)
_UNITS = {
    "years": frozenset(("years", "year", "yrs", "yr", "y", "yo", "y/o", "years old", "yrs old")),
    "hours": frozenset(("hours", "hour", "hrs", "hr", "h")),
    "days": frozenset(("days", "day", "d")),
    "weeks": frozenset(("weeks", "week", "wks", "wk", "w")),
}
_SHOWN = 60  # characters of a refused answer that we repeat


class AnswerError(ValueError):
    """An answer that cannot be read. The message is one sentence for the person who gave it."""


def read_answer(question: Question, raw: object, today: date) -> Fact:
    """Read one raw answer to a question.

    `raw` may be a string, bool, int, float, date or list. None and an empty string are skipped; "?" and "not
    sure" are unknown. Bare YAML `no` is the choice `no` (or `none`); `yes` on a gate without a `yes` choice is
    its most urgent choice. Raises AnswerError with a sentence naming the question, what was given and what is
    allowed.
    """
    given = _plain(raw)
    if given is None or given in ("", [], ()):
        return SKIPPED
    if _is_unsure(given):
        return UNSURE
    value = _READERS[question.kind](question, given, today)
    if value in (NOT_SURE, (NOT_SURE,)):
        return UNSURE
    source = "about" if question.stage == "about" else "answer"
    return Known(value=value, source=source, when=today)


def write_answer(fact: Fact) -> object:
    """An answer as a story file holds it; `read_answer` reads it back to the same fact."""
    if isinstance(fact, Unknown):
        return NOT_SURE if fact.why == UNSURE.why else None
    if isinstance(fact.value, tuple):
        return list(fact.value)
    return write_number(fact.value) if isinstance(fact.value, float) else fact.value


def write_number(number: float) -> int | float:
    """A number as a person writes it: 4, not 4.0."""
    return int(number) if number.is_integer() else number


def refuse(question: Question, given: object, allowed: str) -> AnswerError:
    """The error for an answer that is not allowed, in one sentence."""
    shown = " ".join(str(given).split())
    shown = shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "..."
    return AnswerError(f"{question.id}: {shown!r} is not an answer we can use; {allowed}.")


def no_choice(question: Question) -> str | None:
    """The id of the choice that says a plain no, where the question has one."""
    return next((one for one in (NO, NONE) if one in question.choice_ids), None)


def most_urgent(question: Question) -> Choice | None:
    """The choice of a gate with the highest level; the first of them where several share it."""
    levelled = [choice for choice in question.choices if choice.level is not None]
    return max(levelled, key=lambda choice: choice.level or 0, default=None)


def _plain(raw: object) -> object:
    if isinstance(raw, str):
        return " ".join(raw.replace("\u2019", "'").split())
    if isinstance(raw, list | tuple):
        return [_plain(one) for one in raw]
    return raw


def _is_unsure(given: object) -> bool:
    if isinstance(given, list):
        return len(given) == 1 and _is_unsure(given[0])
    return isinstance(given, str) and given.casefold().rstrip(".!") in _UNSURE_WORDS


def _read_one(question: Question, given: object, _today: date) -> FactValue:
    if isinstance(given, list):
        if len(given) != 1:
            raise refuse(question, ", ".join(map(str, given)), "it takes one choice: " + _choices(question))
        given = given[0]
    return _choice(question, given)


def _read_many(question: Question, given: object, _today: date) -> FactValue:
    parts = given if isinstance(given, list) else _split(question, given)
    found = {_choice(question, part) for part in parts if part not in (None, "")}
    if not found:
        raise refuse(question, given, "it takes one choice or more: " + _choices(question))
    nothing = found & {NO, NONE, "nothing"}
    if nothing and len(found) > 1:
        raise refuse(question, ", ".join(sorted(found)), f"{nothing.pop()!r} cannot stand beside other choices")
    return tuple(choice for choice in question.choice_ids if choice in found)


def _split(question: Question, given: object) -> list[object]:
    if not isinstance(given, str) or _match(question, given) is not None:
        return [given]
    return [part.strip() for part in re.split(r"[,;]|\band\b", given) if part.strip()]


def _choice(question: Question, given: object) -> str:
    found = _match(question, given)
    if found is None:
        raise refuse(question, given, "the choices are " + _choices(question) + _close(question, given))
    return found


def _match(question: Question, given: object) -> str | None:
    if isinstance(given, bool):
        return _yes(question) if given else no_choice(question)
    word = str(given).casefold().strip()
    for choice in question.choices:
        if word in (choice.id.casefold(), choice.id.replace("_", " ").casefold(), choice.label.casefold()):
            return choice.id
    if word in _UNSURE_WORDS:
        return NOT_SURE if NOT_SURE in question.choice_ids else None
    if word in _NO_WORDS:
        return no_choice(question)
    return _yes(question) if word in _YES_WORDS else None


def _yes(question: Question) -> str | None:
    if YES in question.choice_ids:
        return YES
    urgent = most_urgent(question) if question.gate else None
    return urgent.id if urgent else None


def _choices(question: Question) -> str:
    return ", ".join(question.choice_ids)


def _close(question: Question, given: object) -> str:
    close = get_close_matches(str(given)[:_SHOWN].casefold().replace(" ", "_"), question.choice_ids, n=2, cutoff=0.6)
    return f" (did you mean {' or '.join(close)}?)" if close else ""


def _read_number(question: Question, given: object, _today: date) -> FactValue:
    number = _number(question, given)
    low, high = question.minimum, question.maximum
    if number is None or (low is not None and number < low) or (high is not None and number > high):
        raise refuse(question, given, f"give {_number_allowed(question)}")
    return number


def _number(question: Question, given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        return None
    if isinstance(given, str):
        found = _NUMBER.match(_LEAD.sub("", given.casefold()))
        if not found or not _unit_fits(question, (found.group(2) or "").strip().rstrip(".")):
            return None
        given = found.group(1).replace(",", ".")
    try:
        number = float(given)
    except OverflowError:
        return None
    return number if abs(number) < float("inf") else None


def _unit_fits(question: Question, unit: str) -> bool:
    if not unit:
        return True
    top = "" if question.maximum is None else f"{question.maximum:g}"
    if top and unit.replace(" ", "") in (f"/{top}", f"outof{top}"):
        return True
    return unit in _UNITS.get(question.unit, frozenset((question.unit,)))


def _number_allowed(question: Question) -> str:
    unit = f" {question.unit}" if question.unit in _UNITS else ""
    if question.minimum is not None and question.maximum is not None:
        return f"one number from {question.minimum:g} to {question.maximum:g}{unit}"
    if question.minimum is not None:
        return f"one number of {question.minimum:g}{unit} or more"
    return f"one number of {question.maximum:g}{unit} or less" if question.maximum is not None else f"one number{unit}"


def _read_date(question: Question, given: object, today: date) -> FactValue:
    day: date | None
    if isinstance(given, datetime):
        day = given.date()
    else:
        day = given if isinstance(given, date) else read_date(given, today) if isinstance(given, str) else None
    if day is None:
        raise refuse(question, given, f"give {DATE_FORMS}")
    if day > today:
        raise refuse(question, given, f"the day must not lie after {today.isoformat()}")
    if today.year - day.year > _LIFETIME_YEARS:
        raise refuse(question, given, "that is longer ago than a lifetime; check the year")
    return day


_LIFETIME_YEARS = 110  # a typing guard for the year, not a clinical number


def _read_text(question: Question, given: object, _today: date) -> FactValue:
    if not isinstance(given, str | int | float):
        raise refuse(question, given, "give it as words")
    return str(given)


_READERS = {"one": _read_one, "many": _read_many, "number": _read_number, "date": _read_date, "text": _read_text}
