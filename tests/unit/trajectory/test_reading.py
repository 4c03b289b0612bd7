"""What a reading adds to an outlook: groups told apart, full load, how much is the lifter's own, the last tweak."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from liftback.facts.diary import Diary
from liftback.trajectory.reading import Reading, read_history
from tests.unit.trajectory.test_history import KNOWLEDGE, TODAY, diary_of, every, history, log_of

NOTHING = (0.0, 0.0, 0.0)
SQUAT = "Squat (Barbell)"


def read(diary: Diary, *sessions: tuple[date, str, float], look_back: bool = True) -> Reading:
    log = log_of(*sessions) if sessions else None
    return read_history(history(diary, log), plan=1.0, knowledge=KNOWLEDGE, look_back=look_back)


def test_groups_are_told_apart_where_their_days_are() -> None:
    hinges, squats = every(4, 12), [(day - timedelta(days=2), SQUAT, 100.0) for day, *_ in every(4, 12)]
    apart = read(diary_of(50), *hinges, *squats).groups
    assert sum(apart[0]) == pytest.approx(1)
    assert sum(apart[1]) == pytest.approx(1)
    assert apart[2] == NOTHING
    together = read(diary_of(50), *hinges, *[(day, SQUAT, weight) for day, _, weight in hinges])
    assert together.groups == (NOTHING,) * 3
    assert read(diary_of(50), *hinges, *squats, look_back=False).groups == (NOTHING,) * 3


@pytest.mark.parametrize(("sessions", "told"), [(7, False), (8, True)])
def test_a_group_needs_the_sessions_of_a_response(sessions: int, told: bool) -> None:
    groups = read(diary_of(60), *every(4, sessions)).groups
    assert (groups[0] != NOTHING) is told
    assert groups[1:] == (NOTHING, NOTHING)


def test_a_single_group_is_answered_to_like_all_training() -> None:
    reading = read(diary_of(50), *every(4, 15))
    assert reading.groups[0] == pytest.approx(reading.patterns, abs=1e-9)


@pytest.mark.parametrize(("back", "sets", "fully"), [(13, 3, True), (14, 3, False), (2, 1, False)])
def test_full_load_is_a_typical_session_within_two_weeks(back: int, sets: int, fully: bool) -> None:
    intake = [one for one in every(3, 40) if (TODAY - one[0]).days >= 40]
    last = [(TODAY - timedelta(days=back), "Deadlift (Barbell)", 100.0 if sets == 3 else 20.0)]
    assert read(diary_of(40), *intake, *last, look_back=False).trained_fully is fully


def test_more_of_the_lifters_own_is_known_in_time() -> None:
    first, later = (read(diary_of(days), look_back=False).own_share for days in (1, 100))
    assert 0 < first < 0.4 < later < 1


@pytest.mark.parametrize(("back", "told"), [(0, True), (27, True), (28, False)])
def test_a_tweak_is_told_for_four_weeks(back: int, told: bool) -> None:
    written = TODAY - timedelta(days=back)
    days = tuple(replace(one, event=one.day == written) for one in diary_of(40).days)
    reading = read(Diary(days=days), look_back=False)
    assert reading.event == (written if told else None)
    assert (reading.jump is not None) is told
