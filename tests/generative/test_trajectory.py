"""What must never happen with any diary and log: no crash, no NaN, no claim too early, nothing off the scale."""

from __future__ import annotations

import re
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.story import Story
from liftback.facts.values import Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.trajectory_parts import Trajectory
from liftback.training.log import TrainingLog

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 20)
HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
CALM = Story(answers={name: Known(value="no") for name in KNOWLEDGE.gate_questions} | {"age": Known(value=34.0)})

scores = st.one_of(st.none(), st.sampled_from([0.0, 1, 2, 3, 4, 5, 7, 10, 3.5]))
days = st.builds(
    DiaryDay, day=st.just(TODAY), pain=scores, sleep=scores, stress=scores, event=st.sampled_from([False] * 9 + [True])
)
# A stretch of days over and over again, so that long diaries come up too.
diaries = st.tuples(st.lists(days, max_size=21), st.integers(1, 5)).map(lambda pair: pair[0] * pair[1])
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


@settings(max_examples=25, deadline=None, derandomize=True)
@given(diaries, sessions, st.integers(0, 30), st.sampled_from([0.0, 0.5, 1.0, 20.0]))
def test_any_diary_and_log(raw: list[DiaryDay], trained: list[tuple[int, str, int]], gap: int, plan: float) -> None:
    diary, log = diary_of(raw, gap), log_of(trained)
    if all(one.pain is None for one in diary.days):
        with pytest.raises(operations.DiaryError, match="no pain score"):
            follow(diary, log, plan)
        return
    found = follow(diary, log, plan).trajectory
    plain_words(found)
    within_the_scale(found)
    written = sum(one.pain is not None for one in diary.days if (TODAY - one.day).days < 14)
    assert (found.trend is None) == (written < 5)
    assert found.value is None or found.trend is not None
    waits_and_says_so(found)
    first = min(one.day for one in diary.days if one.pain is not None)
    heavy = {back for back, _, weight in trained if TODAY - timedelta(days=back) >= first and weight}
    begins = max(first, TODAY - timedelta(days=max((back for back, *_ in trained), default=0)))
    if len(heavy) < 8 or (TODAY - begins).days + 1 < 28:
        assert found.response is None
    if len(heavy) < 4 or (TODAY - begins).days + 1 < 14:
        assert found.flare is None
    if found.flare is not None and found.flare.risk is not None:
        assert plan <= found.flare.reach + 1e-9


def plain_words(found: Trajectory) -> None:
    """No sentence holds what is not for a person to read, or a day that is yet to come."""
    texts = [one.text for one in (*found.said, *found.still_needed)]
    assert texts
    for text in texts:
        assert not re.search(r"\b(nan|inf|None|-0\.0)\b", text), text
        assert "{" not in text
        assert not re.search(r"(?<![\d-])-\d", text), text
        assert all(float(points) <= 10 for points in re.findall(r"([\d.]+) out of ten", text)), text
        assert all(date.fromisoformat(day) <= TODAY for day in re.findall(r"\d{4}-\d\d-\d\d", text)), text


def within_the_scale(found: Trajectory) -> None:
    """Points are 0 to 10 where they are shown, chances 0 to 1, and ranges hold one another."""
    chances = [one.not_within_year for one in found.milestones]
    if found.trend is not None:
        chances += [found.trend.improving, found.trend.steady, found.trend.worsening]
        assert sum(chances[-3:]) == pytest.approx(1)
    if found.flare is not None:
        chances += [found.flare.rest, found.flare.risk or 0.0]
        assert 0 <= found.flare.cap <= found.flare.reach + 1e-9
    assert all(-1e-9 <= one <= 1 + 1e-9 for one in chances)
    for day in found.days:
        assert (day.band is None) == (found.trend is None)
        assert all(0 <= value <= 10 for value in day.band or ())
    for one in found.milestones:
        assert one.most[0] <= one.half[0] <= (one.half[1] or 366)


def waits_and_says_so(found: Trajectory) -> None:
    """What is not said yet is named among what is still needed."""
    needed = {one.id.removeprefix("trajectory.") for one in found.still_needed}
    if found.trend is None:
        assert "need_scores" in needed
    elif not found.course_told:
        assert "need_course" in needed
    if found.response is None:
        assert needed & {"need_log", "need_response_time", "need_response_spread", "need_response_seen"}
    elif found.response.pattern is None and found.repeats is None:
        assert "need_response_sure" in needed
    if found.flare is None:
        assert needed & {"need_flare", "need_log", "need_scores"}


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
    began = process_time()
    found = follow(diary_of(raw, 0), log_of([(2 * n, "Squat", 80) for n in range(7)])).trajectory
    assert process_time() - began < 15, "seconds, many times what it takes"
    assert found.trend is not None
    assert len(found.days) == 182


def test_doses_of_nothing() -> None:
    raw = [DiaryDay(day=TODAY, pain=float(2 + n % 3)) for n in range(60)]
    found = follow(diary_of(raw, 0), log_of([(3 * n, "Bench Press", 0) for n in range(19)]), 1.0).trajectory
    plain_words(found)
    within_the_scale(found)
    waits_and_says_so(found)
    assert found.response is None


@pytest.mark.parametrize("plan", [float("nan"), float("inf"), -3.0, 0.0, 20.0])
def test_any_plan_is_told_as_a_number_or_not_at_all(plan: float) -> None:
    raw = [DiaryDay(day=TODAY, pain=float(2 + n % 3)) for n in range(30)]
    found = follow(diary_of(raw, 0), log_of([(3 * n, "Squat", 80) for n in range(9)]), plan).trajectory
    assert found.flare is not None
    plain_words(found)


@pytest.mark.parametrize("pain", [11.0, -1.0, float("nan"), float("inf")])
def test_scores_off_the_scale_make_no_trend(pain: float) -> None:
    raw = [DiaryDay(day=TODAY, pain=3.0), *[DiaryDay(day=TODAY, pain=pain)] * 30]
    found = follow(diary_of(raw, 0), None).trajectory
    plain_words(found)
    assert found.trend is None
    assert [one.pain for one in found.days] == [3.0, *[None] * 30]


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
