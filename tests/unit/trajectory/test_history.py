"""Diary and log as days in a row: what is known, what is not, and what is counted before anything is said."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from liftback import operations
from liftback.facts.diary import Diary, DiaryDay
from liftback.knowledge.loader import load_knowledge
from liftback.training.log import TrainingLog
from liftback.trajectory.course import passage, without_weeks
from liftback.trajectory.filtering import filter_diaries
from liftback.trajectory.history import GROUPS, History, history_of
from liftback.trajectory.outlook import usual_asking
from liftback.trajectory.reading import counts_of, read_history

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 20)
HEAD = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"


def log_of(*sessions: tuple[date, str, float], hour: int = 18) -> TrainingLog:
    """A Strong export: on each day three sets of five of a lift with a weight."""
    rows = [
        f'{day} {hour:02}:30:00,"Session",1h,"{lift}",{number},{weight},5,0,0,,,'
        for day, lift, weight in sessions
        for number in (1, 2, 3)
    ]
    return operations.import_log(content="\n".join([HEAD, *rows]).encode(), today=TODAY, unit="kg")


def diary_of(days: int, end: date = TODAY, pain: float = 3.0) -> Diary:
    first = end - timedelta(days=days - 1)
    return Diary(days=tuple(DiaryDay(day=first + timedelta(days=n), pain=pain) for n in range(days)))


def history(diary: Diary, log: TrainingLog | None = None, onset: date | None = None, sudden: bool = False) -> History:
    found = history_of(diary, log, today=TODAY, onset=onset, sudden=sudden, knowledge=KNOWLEDGE)
    assert found is not None
    return found


def every(
    days: int, count: int, lift: str = "Deadlift (Barbell)", weight: float = 100
) -> list[tuple[date, str, float]]:
    return [(TODAY - timedelta(days=days * n), lift, 100.0) for n in range(count)]


def test_a_diary_without_a_score_has_no_history() -> None:
    empty = Diary(days=(DiaryDay(day=TODAY, pain=None, sleep=5),))
    for diary in (Diary(), empty):
        assert history_of(diary, None, today=TODAY, onset=None, sudden=False, knowledge=KNOWLEDGE) is None


def test_without_a_log_no_dose_is_known() -> None:
    found = history(diary_of(10))
    assert np.isnan(found.doses).all()
    assert np.isnan(found.before).all()
    assert found.log_ends is None


def test_days_before_the_log_are_unknown_and_days_after_it_are_rest() -> None:
    log = log_of((TODAY - timedelta(days=20), "Deadlift (Barbell)", 100), (TODAY - timedelta(days=10), "Deadlift", 100))
    found = history(diary_of(40), log)
    begins = found.days - 1 - 20
    assert np.isnan(found.dose[:begins]).all()
    assert np.isfinite(found.dose[begins:]).all()
    assert (found.dose[-10:] == 0).all()
    assert found.log_ends == TODAY - timedelta(days=10)


def test_a_log_that_began_before_fills_the_week_before() -> None:
    found = history(diary_of(10), log_of(*every(3, 20)))
    assert np.isfinite(found.before).all()
    assert found.before.sum() > 0


def test_the_typical_session_is_that_of_intake_and_stays() -> None:
    steady = every(3, 30)
    heavier = [(day, lift, 100.0 + (60 if day > TODAY - timedelta(days=20) else 0)) for day, lift, _ in steady]
    diary = diary_of(40)
    first = history(diary, log_of(*steady[7:]))
    later = history(diary, log_of(*heavier))
    known = first.dose[:20]
    assert later.dose[:20] == pytest.approx(known), "training that came later changes no dose of before"
    assert np.nanmax(later.dose) == pytest.approx(1.0, abs=0.3)


def test_groups_add_up_to_the_dose() -> None:
    log = log_of(*every(4, 8), *every(4, 8, "Squat (Barbell)"), *every(5, 6, "Bench Press (Barbell)"))
    found = history(diary_of(30), log)
    last = found.doses[-1]
    assert len(GROUPS) == last.shape[0] == 3
    assert last.sum() == pytest.approx(found.dose[-1])
    assert last[0] > 0
    assert last[1] > 0


def test_a_session_late_in_the_evening_stays_on_its_own_day() -> None:
    found = history(diary_of(5), log_of((TODAY - timedelta(days=1), "Deadlift (Barbell)", 100), hour=23))
    assert found.dose[-2] > 0
    assert found.dose[-1] == 0


@pytest.mark.parametrize(
    ("onset", "sudden", "events"),
    [(None, True, 0), (10, False, 0), (10, True, 1), (60, True, 0)],
    ids=["unknown day", "crept in", "one moment", "before the diary"],
)
def test_a_moment_when_it_began_counts_as_a_tweak(onset: int | None, sudden: bool, events: int) -> None:
    began = None if onset is None else TODAY - timedelta(days=onset)
    assert history(diary_of(30), onset=began, sudden=sudden).events.sum() == events


def test_a_tweak_written_down_next_morning_is_not_counted_twice() -> None:
    days = diary_of(30).days
    marked = tuple(DiaryDay(day=one.day, pain=one.pain, event=one.day == TODAY - timedelta(days=9)) for one in days)
    assert history(Diary(days=marked), onset=TODAY - timedelta(days=10), sudden=True).events.sum() == 1


@pytest.mark.parametrize(("onset", "persistent"), [(None, True), (20, False), (40, False), (300, True)])
def test_the_careful_course_where_the_start_is_long_ago_or_unknown(onset: int | None, persistent: bool) -> None:
    began = None if onset is None else TODAY - timedelta(days=onset)
    assert history(diary_of(30), onset=began).persistent is persistent


def test_two_scores_of_a_day_and_days_out_of_order_are_read_as_one_diary() -> None:
    text = b"date,pain\n2026-11-12,4\n2026-11-10,2\n2026-11-12,6\n2026-11-11,11\n2026-11-09,-1\n"
    reading = operations.read_diary(content=text, today=TODAY)
    found = history(reading.diary)
    assert found.first == date(2026, 11, 10)
    assert found.pain[2] == 5
    assert len(reading.errors) == 2


def test_what_is_counted() -> None:
    sizes = [60.0, 100.0, 100.0, 140.0] * 4
    sessions = [(TODAY - timedelta(days=3 * n + 1), "Deadlift (Barbell)", sizes[n]) for n in range(12)]
    counts = counts_of(history(diary_of(50), log_of(*sessions)), KNOWLEDGE)
    assert (counts.scores, counts.days, counts.recent_scores) == (50, 50, 14)
    assert counts.sessions == 12
    assert counts.seen == 12
    assert counts.dose_spread > 0.1
    assert counts.weeks == pytest.approx(35 / 7)


def test_a_week_left_out_is_a_refit_without_it() -> None:
    rng = np.random.default_rng(4)
    days = tuple(
        DiaryDay(day=TODAY - timedelta(days=69 - n), pain=float(np.clip(round(4 + rng.normal()), 0, 10)))
        for n in range(70)
    )
    whole = history(Diary(days=days), log_of(*every(3, 20)))
    model = usual_asking().model
    beliefs, spans = without_weeks(passage(whole, model, 182), whole, 5, model)
    assert len(spans) == 5
    for row, (begins, ends) in enumerate(spans):
        pain = whole.pain.copy()
        pain[begins:ends] = np.nan
        alone = filter_diaries(whole.arrays(model, pains=pain[None]), model)
        assert beliefs.mean[row] == pytest.approx(alone.mean[0], abs=1e-9)
    reading = read_history(whole, plan=1.0, knowledge=KNOWLEDGE)
    assert len(reading.weeks) == 9
    assert reading.weeks[-1].ends == TODAY


def test_the_last_day_of_the_band_is_the_belief_of_today() -> None:
    whole = history(diary_of(40), log_of(*every(3, 20)))
    reading = read_history(whole, plan=1.0, knowledge=KNOWLEDGE)
    assert len(reading.days) == 40
    assert reading.days[-1].band[2] == pytest.approx(reading.felt[3], abs=0.25)
    assert all(list(day.band) == sorted(day.band) for day in reading.days)
