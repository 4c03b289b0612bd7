"""The cells of an exposures file as people write them: column names, answers in words, sets, weights, names."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from liftback.exchange.diary_cells import CellError, event, plain_name, shorten
from liftback.exchange.training_files.cells import MAX_POUNDS, MAX_REPS, MAX_RPE, UNIT_WORDS, RowError, number
from liftback.facts.answers import NO, NONE, AnswerError, read_answer
from liftback.facts.dates import FIRST_DAY
from liftback.facts.values import Fact, Known, Unknown
from liftback.knowledge.entries import Question
from liftback.knowledge.parsing import NOT_SURE
from liftback.training.exercises import words_of

MOST_SETS = 100
LONGEST_NAME = 120
_SHOWN = 24
LEFT_OUT = Unknown(why="left out")
UNCLEAR = Unknown(why="unclear")
BODYWEIGHT = "bodyweight"
T = TypeVar("T")

QUESTION_OF = {
    "before": "pain_before",
    "during": "pain_during",
    "after": "pain_after",
    "next_morning": "pain_next_morning",
    "felt": "how_it_felt",
    "leg": "leg_after",
    "settled": "settled",
}
"""Column -> the question that it answers."""
LEG_ALARMS = frozenset(("further", "numb_or_weak"))
"""Answers about a leg that must never be lost with their row."""
COLUMNS = ("date", "lift", "exercise", "done", *QUESTION_OF, "sets", "reps", "weight", "unit", "effort", "note")
_COLUMN_NAMES = {
    "date": "date|day|datum|tag|fecha|when|date time|training day",
    "lift": "lift|lifts|main lift|planned lift|usual lift|lift name",
    "exercise": "exercise|exercise name|variation|done as|movement|ubung|ejercicio|exercice",
    "done": "done|did|did it|completed|done yes no",
    "before": "before|pain before|before pain",
    "during": "during|pain during|pain during lift|pain in lift|worst during",
    "after": "after|pain after|rest of day|rest of that day|later that day|pain later",
    "next_morning": "next morning|morning|next day|morning after|pain next morning|pain next day|nextmorning",
    "felt": "felt|feel|feeling|how it felt|what happened",
    "leg": "leg|legs|leg after|leg pain",
    "settled": "settled|settled by|settled when|back to before",
    "sets": "sets|set|number of sets",
    "reps": "reps|rep|repetitions|repeats",
    "weight": "weight|load|top weight|weight used|gewicht|peso|poids",
    "unit": "unit|units|weight unit",
    "effort": "effort|rpe",
    "note": "note|notes|comment|comments|remark|remarks|how it went|own words",
}
_COLUMN_OF = {name: column for column, names in _COLUMN_NAMES.items() for name in names.split("|")}
_WORDS = {
    "how_it_felt": {
        "sharp": "sharp pain|stabbing|stab|catch|a catch|caught|catching",
        "rising": "more each set|more with each set|worse each set|worse with each set|building up|building|climbing",
        "lost_range": "less range|lost range|stiffer|stiff afterwards|could bend less|bent less far",
        "none": "nothing|none of them|nothing of these",
    },
    "leg_after": {
        NO: "none|nothing|no leg",
        "as_before": "same|the same|same as before|as before|unchanged",
        "further": "new|lower|further down|more down|worse|new or further",
        "numb_or_weak": "numb|numbness|weak|weakness|tingling|tingly|pins and needles",
    },
    "settled": {
        "at_once": "at once|never rose|within the hour|within an hour|one hour|1 hour|1 h|straight away",
        "same_day": "same day|next morning|by next morning|overnight|by morning",
        "two_days": "two days|2 days|next day|within 2 days",
        "longer": "longer|more than two days|more than 2 days|3 days|three days|days",
        "not_yet": "not yet|still|still up|still sore|no",
    },
}
_CHOICE_OF = {
    question: {plain_name(word): choice for choice, words in choices.items() for word in words.split("|")}
    for question, choices in _WORDS.items()
}
_BLANK = frozenset(("", "-", "–", "—", ".", "n/a", "na"))
_SEPARATORS = (re.compile(r"[;/|+&\n]"), re.compile(r",|\band\b|\bor\b", re.IGNORECASE))
_WEIGHT = re.compile(r"([+-]?[0-9.,]+)\s*([a-z]+)?\.?", re.IGNORECASE)
_SETS_OF = re.compile(r"([0-9]+)\s*[x×*]\s*([0-9]+)", re.IGNORECASE)
_EFFORT = re.compile(r"^(?:rpe|@)\s*", re.IGNORECASE)
_BODYWEIGHT_WORDS = frozenset(("bodyweight", "body weight", "bw", "body"))
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row: its cells by column; a column that the file lacks reads as blank."""

    line: int
    cells: Mapping[str, str]
    text: str

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def column_of(header: str) -> tuple[str | None, str | None]:
    """The column that a header names, None for another, and the unit that it states: `Weight (kg)`."""
    name = re.sub(r" 0 (?:to )?100?$", "", plain_name(header))
    bare, _, last = plain_name(re.sub(r"[()\[\]]", " ", header)).rpartition(" ")
    if last in UNIT_WORDS and _COLUMN_OF.get(bare) == "weight":
        return "weight", UNIT_WORDS[last]
    return _COLUMN_OF.get(name), None


def safe_name(name: str) -> str:
    """A name that no spreadsheet takes for a formula; `clean_name` takes the sign off again."""
    tidy = clean_name(name)
    return f"'{tidy}" if tidy.startswith(_FORMULA) else tidy


def clean_name(text: str) -> str:
    """A name on one line, without signs that do not show."""
    flat = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return flat[1:] if flat.startswith("'") and flat[1:].startswith(_FORMULA) else flat


def name_key(name: str) -> str:
    """A name for comparing: its words in any order, or as written where it has none."""
    return " ".join(sorted(set(words_of(name)))) or clean_name(name).casefold()


def said_done(one: Line) -> bool | None:
    """What the column `done` says; None where it says nothing. Raises CellError."""
    if not written(one["done"]):
        return None
    try:
        return event(one["done"])
    except CellError:
        raise CellError(f"done {shorten(one['done'], _SHOWN)!r} is neither yes nor no") from None


def written(cell: str) -> bool:
    """Whether anything was written into a cell."""
    return cell.strip().casefold() not in _BLANK


def tried(read: Callable[[], T], wrong: list[str]) -> T | None:
    """What is read; None with the reason added to `wrong` where it cannot be."""
    try:
        return read()
    except (CellError, RowError) as error:
        wrong.append(str(error))
        return None


def lift_of(one: Line) -> str:
    """The lift that a row names. Raises CellError."""
    lift = clean_name(one["lift"])
    if not lift:
        raise CellError("names no lift")
    if len(lift) > LONGEST_NAME:
        raise CellError(f"the lift's name has {len(lift):,} letters; write it as your plan does")
    return lift


def sets_of(one: Line) -> tuple[int | None, int | None]:
    """Sets and repetitions; `3x5` in one cell is both. Raises CellError or RowError."""
    both = _SETS_OF.fullmatch(one["sets"]) or _SETS_OF.fullmatch(one["reps"])
    if both is None:
        return _count(one["sets"], "sets", MOST_SETS), _count(one["reps"], "reps", MAX_REPS)
    if written(one["sets"]) and written(one["reps"]):
        raise CellError(f"{both.group()!r} and another number of sets or reps; keep one of them")
    return _count(both.group(1), "sets", MOST_SETS), _count(both.group(2), "reps", MAX_REPS)


def _count(text: str, what: str, most: int) -> int | None:
    value = number(text, what) if written(text) else None
    if value is None:
        return None
    if value != int(value) or not 1 <= value <= most:
        raise CellError(f"{what} {value:g} is not a whole number from 1 to {most}")
    return int(value)


def weight_of(one: Line, unit: str | None) -> tuple[float | None, str]:
    """The weight and its unit: from its own cell, the unit column, the header, or as the lifter said.

    Raises CellError or RowError.
    """
    beside = _unit(one["unit"])
    cell = one["weight"]
    if not written(cell):
        return None, beside or unit or "kg"
    if cell.casefold() in _BODYWEIGHT_WORDS:
        return None, BODYWEIGHT
    found = _WEIGHT.fullmatch(cell)
    own = _unit(found.group(2) or "") if found else None
    value = number(found.group(1) if found else cell, "weight")
    if value is not None and not 0 <= value <= MAX_POUNDS:
        raise CellError(f"weight {value:g} is not between 0 and {MAX_POUNDS:g}")
    if own and beside and own != beside:
        raise CellError(f"the weight says {own} and its unit {beside}; keep one of them")
    said = own or beside or unit
    if said is None:
        raise CellError(f"weight {value:g} has no unit; write kg or lb behind it")
    return value, said


def _unit(text: str) -> str | None:
    word = text.strip().casefold().rstrip(".")
    if not written(word):
        return None
    if word in _BODYWEIGHT_WORDS:
        return BODYWEIGHT
    if word not in UNIT_WORDS:
        raise CellError(f"the unit {shorten(text, _SHOWN)!r} is neither kg nor lb")
    return UNIT_WORDS[word]


def effort_of(one: Line) -> float | None:
    """The effort on the scale to 10. Raises CellError or RowError."""
    cell = _EFFORT.sub("", one["effort"])
    value = number(cell, "effort") if written(cell) else None
    if value is not None and not 0 <= value <= MAX_RPE:
        raise CellError(f"effort {value:g} is not between 0 and {MAX_RPE:g}")
    return value


def answer_of(question: Question, column: str, cell: str, day: date, wrong: list[str]) -> Fact:
    """The answer in a cell. What cannot be read is told in `wrong` and stays unknown, never a no."""
    if not written(cell):
        return LEFT_OUT
    if question.choices:
        return _chosen(question, column, cell, day, wrong)
    try:
        return read_answer(question, cell, day)
    except AnswerError as error:
        wrong.append(_refusal(error, question, column))
        return UNCLEAR


def _refusal(error: AnswerError, question: Question, column: str) -> str:
    return f"{column}: {str(error).removeprefix(f'{question.id}: ').rstrip('.')}"


def _chosen(question: Question, column: str, cell: str, day: date, wrong: list[str]) -> Fact:
    """The choices in a cell. A choice that raises an alarm counts, whatever else stands beside it."""
    chosen: set[str] = set()
    for part in _parts(question, cell):
        try:
            chosen.add(_choice(question, part, day))
        except AnswerError as error:
            wrong.append(_refusal(error, question, column))
    raising = [choice for choice in question.choice_ids if choice in chosen - {NO, NONE, NOT_SURE}]
    if raising and chosen & {NO, NONE}:
        wrong.append(f"{column}: {' and '.join(raising)} beside a no; the no is not counted")
    if raising:
        # Of one answer's choices the last is the worst.
        return Known(value=tuple(raising) if question.kind == "many" else raising[-1], when=day)
    if wrong and any(reason.startswith(f"{column}: ") for reason in wrong):
        return UNCLEAR
    return read_answer(question, [NOT_SURE if NOT_SURE in chosen else min(chosen)], day)


def _parts(question: Question, cell: str) -> list[str]:
    """The cell's answers: at the first way of cutting it whose pieces are all choices, else cut as far as it goes."""
    pieces = [cell]
    for separator in (None, *_SEPARATORS):
        if separator is not None:
            pieces = [
                part.strip()
                for piece in pieces
                for part in ([piece] if _is_choice(question, piece) else separator.split(piece))
            ]
    return [piece for piece in pieces if piece] or [cell]


def _is_choice(question: Question, text: str) -> bool:
    try:
        _choice(question, text, FIRST_DAY)
    except AnswerError:
        return False
    return True


def _choice(question: Question, text: str, day: date) -> str:
    """The id of the choice that a text means. Raises AnswerError."""
    word = _CHOICE_OF.get(question.id, {}).get(plain_name(text), text)
    fact = read_answer(question, [word], day)
    if not isinstance(fact, Known):
        return NOT_SURE
    return fact.value[0] if isinstance(fact.value, tuple) else str(fact.value)
