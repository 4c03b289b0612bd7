"""What must never happen with any diary and log: no crash, no NaN, no claim too early, nothing off the scale."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.story import Story
from liftback.facts.values import Known
from liftback.knowledge.loader import load_knowledge
from liftback.training.log import TrainingLog

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 20)
HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
CALM = Story(answers={name: Known(value="no") for name in KNOWLEDGE.gate_questions} | {"age": Known(value=34.0)})

scores = st.one_of(st.none(), st.sampled_from([0.0, 1, 2, 3, 4, 5, 7, 10, 3.5]))
days = st.builds(
    DiaryDay, day=st.just(TODAY), pain=scores, sleep=scores, stress=scores, event=st.sampled_from([False] * 9 + [True])
)
diaries = st.lists(days, max_size=60)
sessions = st.lists(
    st.tuples(st.integers(0, 90), st.sampled_from(["Deadlift", "Squat", "Curl"]), st.integers(0, 200)), max_size=40
)


def diary_of(raw: list[DiaryDay], gap: int) -> Diary:
    """These days one after another, the last of them `gap` days before today."""
    last = TODAY - timedelta(days=gap)
    return Diary(
        days=tuple(
            DiaryDay(
                day=last - timedelta(days=len(raw) - 1 - place),
                pain=one.pain,
                sleep=one.sleep,
                stress=one.stress,
                event=one.event,
            )
            for place, one in enumerate(raw)
        )
    )


def log_of(raw: list[tuple[int, str, int]]) -> TrainingLog | None:
    if not raw:
        return None
    rows = [
        f'{TODAY - timedelta(days=back)} 18:00:00,"S",1h,"{lift}",1,{weight},5,0,0,,,' for back, lift, weight in raw
    ]
    return operations.import_log(content="\n".join([HEAD, *rows]).encode(), today=TODAY, unit="kg")


def follow(diary: Diary, log: TrainingLog | None, plan: float = 1.0) -> operations.Followed:
    return operations.follow(story=CALM, today=TODAY, log=log, diary=diary, plan=plan)


@settings(max_examples=25, deadline=None)
@given(diaries, sessions, st.integers(0, 30), st.sampled_from([0.0, 0.5, 1.0, 20.0]))
def test_any_diary_and_log(raw: list[DiaryDay], trained: list[tuple[int, str, int]], gap: int, plan: float) -> None:
    diary, log = diary_of(raw, gap), log_of(trained)
    if all(one.pain is None for one in diary.days):
        with pytest.raises(operations.DiaryError, match="no pain score"):
            follow(diary, log, plan)
        return
    found = follow(diary, log, plan).trajectory
    texts = [one.text for one in (*found.said, *found.still_needed)]
    assert texts
    for text in texts:
        assert not re.search(r"\b(nan|inf|None|-0\.0)\b", text), text
        assert "{" not in text
    written = sum(one.pain is not None for one in diary.days if (TODAY - one.day).days < 14)
    assert (found.trend is None) == (written < 5)
    assert found.trend is None or 0 <= found.trend.improving <= 1
    assert found.value is None or found.trend is not None
    if log is None or len({back for back, *_ in trained}) < 8:
        assert found.response is None
    if found.flare is not None and found.flare.risk is not None:
        assert 0 <= found.flare.risk <= 1
        assert plan <= found.flare.reach + 1e-9
    for day in found.days:
        assert (day.band is None) == (found.trend is None)
        assert all(0 <= value <= 10 for value in day.band or ())
    for one in found.milestones:
        assert one.half[0] >= one.most[0]
        assert 0 <= one.not_within_year <= 1


@pytest.mark.parametrize("pain", [0.0, 10.0])
def test_a_score_that_never_changes(pain: float) -> None:
    diary = diary_of([DiaryDay(day=TODAY, pain=pain)] * 60, 0)
    found = follow(diary, log_of([(3 * n, "Deadlift", 100) for n in range(25)])).trajectory
    assert found.trend is not None
    assert abs(min(max(found.trend.felt.middle, 0), 10) - pain) < 1
    assert found.alarm is False


def test_one_score_only() -> None:
    found = follow(diary_of([DiaryDay(day=TODAY, pain=4.0)], 0), None).trajectory
    assert found.trend is None
    assert found.response is None
    assert found.flare is None
    assert len(found.milestones) == 2
    assert found.still_needed


def test_three_tweaks_in_a_week() -> None:
    raw = [DiaryDay(day=TODAY, pain=float(4 + n % 3), event=n in (20, 22, 24)) for n in range(30)]
    found = follow(diary_of(raw, 0), None).trajectory
    assert found.jump is not None
    assert found.trend is not None
    assert found.trend.felt.middle < 9


def test_ten_years_of_a_diary() -> None:
    raw = [DiaryDay(day=TODAY, pain=float(n % 4)) for n in range(3650)]
    found = follow(diary_of(raw, 0), log_of([(2 * n, "Squat", 80) for n in range(40)])).trajectory
    assert found.trend is not None
    assert len(found.days) == 182


def test_no_diary_is_one_clear_sentence() -> None:
    with pytest.raises(operations.DiaryError, match="write one for today"):
        follow(Diary(), None)


def test_a_warning_sign_holds_everything_back() -> None:
    story = Story(answers={**CALM.answers, "fever": Known(value="measured")})
    diary = diary_of([DiaryDay(day=TODAY, pain=3.0)] * 40, 0)
    found = operations.follow(story=story, today=TODAY, diary=diary)
    assert found.trajectory.held
    assert found.trajectory.days == ()
    assessed = operations.assess(story=story, today=TODAY, diary=diary)
    assert assessed.findings.trajectory is None
    assert "trend" not in " ".join(answer.text for answer in assessed.answers)


def test_an_unanswered_warning_sign_holds_it_back_too() -> None:
    answers = {name: fact for name, fact in CALM.answers.items() if name != "saddle_numbness"}
    diary = diary_of([DiaryDay(day=TODAY, pain=3.0)] * 40, 0)
    assert operations.follow(story=Story(answers=answers), today=TODAY, diary=diary).trajectory.held
