"""The points of the programming talk: a log that earns each, one that does not, and what is never said."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.programming_talk import ProgrammingTalk, programming_talk
from liftback.training.log import LoggedSet
from liftback.training.summary import summarise
from tests.unit.training.logs import START, a_set, log_of, sets_of

KNOWLEDGE = load_knowledge()
DEADLIFT, SQUAT, BENCH = "Deadlift (Barbell)", "Squat (Barbell)", "Bench Press (Barbell)"


def talk_of(sets: list[LoggedSet], onset: int | None = None) -> ProgrammingTalk:
    """The talk about a log, the day after it ends; `onset` is the day the pain began, from the start."""
    facts = Facts({} if onset is None else {"onset": Known(value=START + timedelta(days=onset))})
    today = max((one.day for one in sets), default=START) + timedelta(days=1)
    return programming_talk(summarise(log_of(sets), KNOWLEDGE, today), facts, KNOWLEDGE)


def weeks(count: int, heavy: float = 120, lighter_every: int = 4) -> list[LoggedSet]:
    """A calm programme: squats, benches and a few deadlifts, with a lighter week now and then."""
    sets = []
    for week in range(count):
        work = 1 if week % lighter_every == lighter_every - 1 else 3
        sets += sets_of(7 * week, SQUAT, work, 100, 5 + week % 2) + sets_of(7 * week, BENCH, work + 3, 80, 8)
        sets += sets_of(7 * week + 3, DEADLIFT, work, heavy, 5 + week % 2) + sets_of(7 * week + 3, BENCH, 3, 80, 8)
    return sets


def test_a_calm_log_is_said_to_be_one() -> None:
    talk = talk_of(weeks(8), onset=60)
    assert talk.value == ()
    assert [said.id for said in talk.said] == ["programming_talk.steady"]


POINTS = {
    "jump_before_pain": ([*weeks(8), *sets_of(59, DEADLIFT, 8, 120, 5)], 60),
    "step_up": ([*weeks(7), *sets_of(50, DEADLIFT, 8, 120, 5)], None),
    "return_before_pain": ([*weeks(4), *sets_of(50, DEADLIFT, 3, 120, 5)], 51),
    "return_after_gap": ([*weeks(4), *sets_of(50, DEADLIFT, 3, 120, 5)], None),
    "hinge_share": ([one for day in range(0, 56, 7) for one in sets_of(day, DEADLIFT, 5, 100 + day, 5)], None),
    "close_days": ([one for day in range(0, 56, 7) for d in (0, 1) for one in sets_of(day + d, SQUAT, 3, 99, 5)], None),
    "no_lighter_week": (weeks(12, lighter_every=99), None),
    "near_max": ([one for day in range(0, 56, 7) for one in sets_of(day, SQUAT, 3, 140, 1)], None),
    "strength_up": ([*weeks(11, heavy=100), *sets_of(120, DEADLIFT, 1, 130, 5)], None),
    "one_lift": ([one for day in range(0, 56, 7) for one in sets_of(day, SQUAT, 3, 100, 5)], None),
    "unknown_lifts": ([*weeks(4), *sets_of(28, "Zorgle", 30, 50, 8)], None),
}


@pytest.mark.parametrize(("point", "given"), POINTS.items(), ids=POINTS.keys())
def test_each_point_is_raised_by_a_log_that_earns_it(point: str, given: tuple[list[LoggedSet], int | None]) -> None:
    talk = talk_of(*given)
    assert point in (talk.value or ())
    said = next(one for one in talk.points if one.id == f"programming_talk.{point}")
    assert any(reason.source == "log" for reason in said.because)
    assert any(reason.kind == "parameter" for reason in said.because)
    assert "{" not in said.text


def test_a_log_that_ended_long_ago_is_said_so() -> None:
    summary = summarise(log_of(weeks(4)), KNOWLEDGE, START + timedelta(days=60))
    assert "stopped" in (programming_talk(summary, Facts({}), KNOWLEDGE).value or ())


def test_without_the_day_it_began_nothing_came_just_before_it() -> None:
    sets, onset = POINTS["jump_before_pain"]
    assert "jump_before_pain" in (talk_of(sets, onset).value or ())
    unknown = talk_of(sets)
    assert not {"jump_before_pain", "return_before_pain"} & set(unknown.value or ())
    assert unknown.undecided == ("onset",)


def test_what_came_after_the_pain_is_not_called_its_forerunner() -> None:
    sets, _ = POINTS["jump_before_pain"]
    assert not {"jump_before_pain", "step_up"} & set(talk_of(sets, onset=40).value or ())


def test_no_log_or_no_work_concludes_nothing() -> None:
    empty = summarise(log_of([a_set(0, SQUAT, 60, 5, "warmup")]), KNOWLEDGE, date(2026, 11, 23))
    assert programming_talk(None, Facts({}), KNOWLEDGE).value is None
    assert programming_talk(empty, Facts({}), KNOWLEDGE).value is None


VERDICTS = re.compile(r"\b(risk|danger|dangerous|caused|injur\w*|damage\w*|overtrain\w*|too (much|heavy|fast))\b", re.I)


def test_no_point_is_a_verdict() -> None:
    texts = [
        statement.text for name in ("points", "nothing") for statement in KNOWLEDGE.group(f"programming_talk.{name}")
    ]
    assert [text for text in texts if VERDICTS.search(text)] == []


def test_a_handful_of_sets_is_no_share_to_talk_about() -> None:
    assert "hinge_share" not in (talk_of(sets_of(0, DEADLIFT, 4, 120, 5)).value or ())


def test_a_log_too_short_to_see_anything_is_not_called_steady() -> None:
    assert talk_of(sets_of(0, SQUAT, 3, 60, 8)).said == ()
