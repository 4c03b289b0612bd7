"""Write a story as the YAML file that `liftback.exchange.story_file` reads back to the same story."""

from __future__ import annotations

from typing import Any

import yaml

from liftback.facts.answers import write_answer, write_number
from liftback.facts.diary import DiaryDay
from liftback.facts.story import Story
from liftback.knowledge.loader import Knowledge

_HEAD = "# A story for Liftback. `liftback ask --resume FILE` goes on with it; `liftback assess FILE` answers it.\n"


def story_yaml(story: Story, knowledge: Knowledge) -> str:
    """The story as YAML text: about, answers, words, log, diary; what was not asked is left out."""
    about: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for name, fact in story.answers.items():
        part = about if knowledge.questions[name].stage == "about" else answers
        part[name] = write_answer(fact)
    document: dict[str, Any] = {"about": about, "answers": answers}
    if story.words:
        # A terminal can hand over half a character; a file must not hold it.
        document["words"] = story.words.encode("utf-8", "replace").decode("utf-8")
    if story.words_asked:
        document["words_asked"] = list(story.words_asked)
    document |= {key: path for key, path in (("log", story.log), ("diary", story.diary_file)) if path is not None}
    if story.diary.days:
        document["diary"] = [_day(one) for one in story.diary.days]
    return _HEAD + yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)


def _day(one: DiaryDay) -> dict[str, Any]:
    """A day of the diary as a line of the file; what was not written is left out."""
    scores = {name: getattr(one, name) for name in ("pain", "sleep", "stress", "lift_pain")}
    line: dict[str, Any] = {"date": one.day}
    line |= {name: write_number(score) for name, score in scores.items() if score is not None}
    return line | ({"event": True} if one.event else {}) | ({"note": one.note} if one.note else {})
