"""Read a story file (YAML or JSON): about, answers, words, log, diary. Every refusal is one clear sentence."""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from liftback.exchange.diary_file import DiaryError, read_days
from liftback.exchange.documents import DocumentError, read_document, shown
from liftback.facts.answers import AnswerError, read_answer
from liftback.facts.diary import Diary
from liftback.facts.story import LONGEST_WORDS, Story
from liftback.facts.values import Fact
from liftback.knowledge.loader import Knowledge

KEYS = ("about", "answers", "words", "words_asked", "log", "diary")
# A story is a page of answers; a megabyte is a hundred times that.
LARGEST_STORY = 1_000_000
_LONGEST_NAME = 60


class StoryError(Exception):
    """A story cannot be used; the message says what, where and what to do."""


def read_story(content: bytes, knowledge: Knowledge, *, today: date) -> Story:
    """Read a story. Raises StoryError with one clear sentence; nothing is guessed."""
    return story_of(_mapping(content), knowledge, today=today)


def story_of(raw: Mapping[str, Any], knowledge: Knowledge, *, today: date) -> Story:
    """A story from a mapping with the keys about, answers, words, log and diary. Raises StoryError."""
    for key in raw:
        if key not in KEYS:
            raise StoryError(f"The story has a part {shown(key)}, which we do not know{_close(key, KEYS)}")
    answers: dict[str, Fact] = {}
    for part in ("about", "answers"):
        answers.update(_answers(raw.get(part), part, answers, knowledge, today))
    diary_file, diary = _diary(raw.get("diary"), today)
    return Story(
        answers=answers, words=_words(raw.get("words")), log=_path(raw.get("log"), "log"),
        diary_file=diary_file, diary=diary, words_asked=_asked(raw.get("words_asked"), knowledge),
    )  # fmt: skip


def _mapping(content: bytes) -> Mapping[str, Any]:
    if not content.strip():
        raise StoryError("The story file is empty; `liftback ask` writes one with you, question by question.")
    if len(content) > LARGEST_STORY:
        raise StoryError(f"The story file is {len(content):,} bytes; a story is a page of answers. Is it another file?")
    try:
        document = read_document(content, "The story")
    except DocumentError as error:
        raise StoryError(str(error)) from None
    if not isinstance(document, dict):
        raise StoryError("The story must hold named parts such as `about:` and `answers:`; see examples/story.yaml.")
    return document


def _answers(raw: object, part: str, before: Mapping[str, Fact], knowledge: Knowledge, today: date) -> dict[str, Fact]:
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise StoryError(f"`{part}` must hold lines like `question: answer`; found {shown(raw)}.")
    found: dict[str, Fact] = {}
    for name, value in raw.items():
        question = knowledge.questions.get(str(name))
        if question is None:
            hint = _close(str(name), tuple(knowledge.questions))
            raise StoryError(f"In `{part}`: there is no question {shown(name)}{hint} `liftback questions` lists all.")
        if name in before:
            raise StoryError(f"{name} is answered in both `about` and `answers`; keep one.")
        try:
            found[question.id] = read_answer(question, value, today=today)
        except AnswerError as error:
            raise StoryError(f"In `{part}`: {error}") from None
    return found


def _words(raw: object) -> str:
    if raw is None:
        return ""
    if not isinstance(raw, str | int | float):
        raise StoryError(f"`words` must be text; found {shown(raw)}.")
    if len(str(raw)) > LONGEST_WORDS:
        raise StoryError(f"`words` is longer than {LONGEST_WORDS:,} letters; please tell the part that matters most.")
    return str(raw)


def _asked(raw: object, knowledge: Knowledge) -> tuple[str, ...]:
    names = [] if raw is None else raw
    if not isinstance(names, list) or not all(str(name) in knowledge.gate_questions for name in names):
        raise StoryError(
            f"`words_asked` lists the warning signs that `liftback ask` showed your words of; found {shown(raw)}."
        )
    return tuple(dict.fromkeys(str(name) for name in names))


def _path(raw: object, part: str) -> str | None:
    if raw is None:
        return None
    if not isinstance(raw, str) or not raw.strip():
        raise StoryError(f"`{part}` must be the path of a file; found {shown(raw)}.")
    return raw


def _diary(raw: object, today: date) -> tuple[str | None, Diary]:
    if raw is None or isinstance(raw, str):
        return _path(raw, "diary"), Diary()
    if not isinstance(raw, list):
        raise StoryError(f"`diary` must be the path of a CSV file or a list of days; found {shown(raw)}.")
    try:
        reading = read_days(_rows_as_csv(raw), today=today)
    except DiaryError as error:
        raise StoryError(f"In `diary`: {error}") from None
    for problem in reading.errors:
        raise StoryError(f"In `diary`, day {problem.line - 1} of the list: {problem.reason}.")
    return None, reading.diary


def _rows_as_csv(rows: list[object]) -> bytes:
    # One reader for both ways of giving a diary, so that both are judged alike.
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            raise StoryError(f"In `diary`, day {place} must be a line like {{date: 2026-11-01, pain: 3}}.")
    days = [{_flat(name): _flat(value) for name, value in row.items()} for row in rows if isinstance(row, dict)]
    names = list(dict.fromkeys(name for day in days for name in day)) or ["date", "pain"]
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=names, restval="")
    writer.writeheader()
    writer.writerows(days)
    return written.getvalue().encode()


def _flat(value: object) -> str:
    # A line break in a note would move the numbers of the days behind it.
    return "" if value is None else " ".join(str(value).split())


def _close(name: object, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(str(name)[:_LONGEST_NAME], known, n=1)
    return f"; did you mean {near[0]!r}?" if near else "."
