"""A year of diary is filtered once for the course, the answers and the plan of one lifter, with the same numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from liftback import operations
from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.story import Story
from liftback.facts.values import Fact, Known
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.operations import assessing
from liftback.trajectory import reading
from liftback.trajectory.history import History
from tests.answering import TODAY, WARNING_SIGNS

DAYS = 90


def diary() -> Diary:
    scores = [3 + (day * 7 % 5) / 2 - day / 45 for day in range(DAYS)]
    first = TODAY - timedelta(days=DAYS - 1)
    return Diary(days=tuple(DiaryDay(day=first + timedelta(days=at), pain=one) for at, one in enumerate(scores)))


def story() -> Story:
    answers: dict[str, Fact] = {gate: Known(value="no") for gate in WARNING_SIGNS}
    answers["age"] = Known(value=34.0)
    return Story(answers=answers, diary=diary())


def read(*, look_back: bool, plan: float = 1.0) -> reading.Reading | None:
    known = load_knowledge()
    began = date(2026, 1, 5)
    return assessing._read_course(
        diary(), None, known, today=TODAY, onset=began, sudden=False, plan=plan, look_back=look_back
    )


def test_what_is_left_of_a_look_back_is_what_is_read_without_one() -> None:
    assessing._history.cache_clear()
    alone = read(look_back=False)
    assessing._history.cache_clear()
    whole = read(look_back=True)
    assert whole is not None
    assert whole.days
    assert read(look_back=False) == alone
    assert read(look_back=True) is whole
    assert read(look_back=False, plan=0.5) != alone


def test_the_filter_runs_once_where_the_course_is_asked_for_first(monkeypatch: pytest.MonkeyPatch) -> None:
    assessing._history.cache_clear()
    runs: list[bool] = []
    real = reading.read_history

    def counted(history: History, *, plan: float, knowledge: Knowledge, look_back: bool = True) -> reading.Reading:
        runs.append(look_back)
        return real(history, plan=plan, knowledge=knowledge, look_back=look_back)

    monkeypatch.setattr(reading, "read_history", counted)
    told = story()
    operations.follow(story=told, today=TODAY)
    operations.assess(story=told, today=TODAY)
    operations.make_plan(story=told, today=TODAY)
    assert runs == [True]
