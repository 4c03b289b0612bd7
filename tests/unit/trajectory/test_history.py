"""Diary and log as days in a row: what is known, what is not, and what is counted before anything is said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from liftback import operations
from liftback.facts.diary import Diary, DiaryDay
from liftback.knowledge.loader import load_knowledge
from liftback.training.log import TrainingLog
from liftback.trajectory.course import BAND, passage, without_weeks
from liftback.trajectory.filtering import filter_diaries
from liftback.trajectory.history import GROUPS, History, group_of, history_of, intake_exposures
from liftback.trajectory.mixtures import quantiles
from liftback.trajectory.model import KERNEL, LAGS, LEVEL, TRANSIENT
from liftback.trajectory.outlook import felt_quantiles, recent_days, usual_asking
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
    return [(TODAY - timedelta(days=days * n), lift, weight) for n in range(count)]


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
    steady, diary = every(3, 60), diary_of(100)
    doubled = [one for one in steady if one[0] > TODAY - timedelta(days=80)]
    first = history(diary, log_of(*steady[27:]))
    later = history(diary, log_of(*steady, *doubled, *doubled[:1]))
    assert later.dose[:20] == pytest.approx(first.dose[:20]), "training that came later changes no dose of before"
    assert np.nanmax(later.dose[:20]) == pytest.approx(1.0)
    # Twice the sets are twice the dose, and three times three times, however usual they have become.
    assert sorted(set(np.round(later.dose[20:], 6))) == [0.0, 2.0, 3.0]


def test_where_the_log_begins_with_the_diary_its_first_weeks_are_typical() -> None:
    steady = every(3, 40)
    found = history(diary_of(118), log_of(*steady, *steady[:16], *steady[-2:], *steady[-2:]))
    # Neither the first days alone nor the last twelve weeks, most of which are doubled.
    assert sorted(set(np.round(found.dose, 6))) == [0.0, 1.0, 2.0, 3.0]


def test_groups_add_up_to_the_dose() -> None:
    log = log_of(*every(4, 8), *every(4, 8, "Squat (Barbell)"), *every(5, 6, "Bench Press (Barbell)"))
    found = history(diary_of(30), log)
    last = found.doses[-1]
    assert len(GROUPS) == last.shape[0] == 3
    assert last.sum() == pytest.approx(found.dose[-1])
    assert last[0] > 0
    assert last[1] > 0


def test_all_lifts_of_a_group_count_on_their_day() -> None:
    lifts = ("Bench Press (Barbell)", "Barbell Row", "Overhead Press (Barbell)")
    log = log_of(*every(4, 8, "Deadlift (Barbell)"), *(one for lift in lifts for one in every(8, 4, lift)))
    found = history(diary_of(20), log)
    expected = np.zeros_like(found.doses)
    for one in intake_exposures(log, found.first, KNOWLEDGE):
        if one.day >= found.first:
            expected[(one.day - found.first).days, group_of(one.pattern)] += one.dose
    assert found.doses == pytest.approx(expected)
    patterns = {one.pattern for one in intake_exposures(log, found.first, KNOWLEDGE) if one.dose > 0}
    assert len(patterns - {"hinge", "squat"}) > 1


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


@pytest.mark.parametrize(("apart", "events"), [(-2, 2), (-1, 1), (0, 1), (1, 1), (2, 2)])
def test_a_tweak_written_down_within_a_day_is_not_counted_twice(apart: int, events: int) -> None:
    began = TODAY - timedelta(days=10)
    written = began + timedelta(days=apart)
    days = tuple(replace(one, event=one.day == written) for one in diary_of(30).days)
    assert history(Diary(days=days), onset=began, sudden=True).events.sum() == events


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


def test_days_that_no_log_covers_are_no_lighter_week() -> None:
    """Five weeks of the same session after five weeks nobody knows of: its effect cannot be told from the level."""
    counts = counts_of(history(diary_of(70), log_of(*every(3, 12))), KNOWLEDGE)
    assert counts.weeks == pytest.approx(34 / 7)
    assert counts.dose_spread == 0
    assert not counts.lighter_week


@pytest.mark.parametrize(("left_out", "lighter"), [((), False), ((21, 18, 15), True)])
def test_a_week_of_half_the_training_is_a_lighter_one(left_out: tuple[int, ...], lighter: bool) -> None:
    sessions = [one for one in every(3, 12) if (TODAY - one[0]).days not in left_out]
    assert counts_of(history(diary_of(34), log_of(*sessions)), KNOWLEDGE).lighter_week is lighter


@pytest.mark.parametrize("pain", [11.0, -1.0, np.inf, np.nan])
def test_a_score_off_the_scale_counts_as_none(pain: float) -> None:
    days = (*diary_of(30, TODAY - timedelta(days=1)).days[:20], DiaryDay(day=TODAY, pain=pain))
    assert counts_of(history(Diary(days=days)), KNOWLEDGE).scores == 20


def swinging(days: int) -> Diary:
    """A diary whose scores swing by chance."""
    rng = np.random.default_rng(4)
    scores = np.clip(np.round(4 + rng.normal(size=days)), 0, 10)
    return Diary(
        days=tuple(
            DiaryDay(day=TODAY - timedelta(days=days - 1 - n), pain=float(score)) for n, score in enumerate(scores)
        )
    )


def test_a_week_left_out_is_a_refit_without_it() -> None:
    whole = history(swinging(70), log_of(*every(3, 20)))
    asking = usual_asking(KNOWLEDGE)
    model = asking.model
    taken = passage(whole, model, 182)
    beliefs, spans = without_weeks(taken, whole, 5, model)
    weeks = read_history(whole, plan=1.0, knowledge=KNOWLEDGE).weeks
    assert (len(spans), len(weeks)) == (5, 9)
    assert spans == tuple((begins, begins + 7) for begins in range(35, 70, 7))
    recent = recent_days(whole.arrays(model), whole.dose[None], np.ones(1), asking.limits)
    now = felt_quantiles(taken.last, recent, asking)[0, 3]
    for row, (begins, ends) in enumerate(spans):
        pain = whole.pain.copy()
        pain[begins:ends] = np.nan
        alone = filter_diaries(whole.arrays(model, pains=pain[None]), model)
        assert beliefs.mean[row] == pytest.approx(alone.mean[0], abs=1e-9)
        assert beliefs.log_weight[row] == pytest.approx(alone.log_weight[0], abs=1e-9)
        week = weeks[row + 4]
        assert (week.begins, week.ends) == (whole.day(begins), whole.day(ends - 1))
        assert len(week.doses) == (whole.dose[begins:ends] > 0).sum()
        assert week.change == pytest.approx(now - felt_quantiles(alone, recent, asking)[0, 3], abs=1e-9)
    assert max(abs(week.change) for week in weeks) > 0.1


def test_the_last_day_of_the_band_is_the_belief_of_today() -> None:
    whole = history(swinging(40), log_of(*every(3, 20)))
    model = usual_asking(KNOWLEDGE).model
    belief = filter_diaries(whole.arrays(model), model)
    windows = np.stack([whole.arrays(model).window(day)[0, :, 0] for day in range(12, 40)]).mean(axis=0)
    along = np.zeros((belief.mean.shape[1], KERNEL + LAGS))
    along[:, [LEVEL, TRANSIENT]] = 1
    along[:, KERNEL:] = np.repeat(windows, len(along) // len(windows), axis=0)
    spread = np.sqrt(np.einsum("gi,gij,gj->g", along, belief.covariance[0], along))
    band = quantiles(np.array(BAND), belief.weight[0], (along * belief.mean[0]).sum(axis=1), spread)
    reading = read_history(whole, plan=1.0, knowledge=KNOWLEDGE)
    assert len(reading.days) == 40
    assert reading.days[-1].band == pytest.approx(band, abs=1e-6)
    assert all(list(day.band) == sorted(day.band) for day in reading.days)
