"""The least data of each claim: rows that may speak, and near misses that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.trajectory import held_trajectory, trajectory, waits
from liftback.reasoning.trajectory_parts import Trajectory
from liftback.trajectory.reading import Counts, Reading, Week

KNOWLEDGE = load_knowledge()
FACTS = Facts({"onset": Known(value=date(2026, 9, 1))})
TODAY = date(2026, 11, 20)
RISING = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5)
DAYS = (14.0, 20.0, 30.0, 60.0, 120.0, 300.0, float("inf"))
ENOUGH = Counts(
    scores=60,
    days=70,
    recent_scores=12,
    weeks=10.0,
    sessions=20,
    dose_spread=0.3,
    lighter_week=False,
    seen=18,
)
READING = Reading(
    today=TODAY,
    log_given=True,
    log_ends=TODAY,
    persistent=False,
    counts=ENOUGH,
    felt=RISING,
    baseline=RISING,
    course=(0.9, 0.08, 0.02),
    patterns=(0.05, 0.9, 0.05),
    kernel=(RISING,) * 8,
    largest_effect=RISING,
    days_back=(1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0),
    largest_hidden=0.8,
    groups=((0.0, 0.0, 0.0), (0.9, 0.05, 0.05), (0.0, 0.0, 0.0)),
    flare_rest=0.05,
    flare_plan=0.12,
    plan=1.0,
    within_reach=True,
    cap=0.74,
    reach=1.4,
    milestones=(DAYS, DAYS, DAYS),
    never=(0.1, 0.2, 0.0),
    own_share=0.7,
    trained_fully=False,
    alarm=0.0,
    event=None,
    jump=None,
    repeats=0.02,
    weeks=(Week(begins=TODAY - timedelta(days=6), ends=TODAY, change=0.3, doses=(1.0, 0.8)),),
    days=(),
)


def found(**changed: Any) -> Trajectory:
    counts = {name: changed.pop(name) for name in list(changed) if name in Counts.__dataclass_fields__}
    return trajectory(replace(READING, counts=replace(ENOUGH, **counts), **changed), FACTS, KNOWLEDGE)


def said(one: Trajectory) -> set[str]:
    return {statement.id.removeprefix("trajectory.") for statement in one.said}


def needed(one: Trajectory) -> set[str]:
    return {statement.id.removeprefix("trajectory.") for statement in one.still_needed}


def test_with_enough_everything_is_said_and_nothing_needed() -> None:
    whole = found()
    assert whole.value == "improving"
    assert None not in (whole.trend, whole.response, whole.flare)
    assert needed(whole) == set()
    assert {"headline_improving", "felt_now", "response_doms", "flare_rest", "flare_cap", "milestone_own"} <= said(
        whole
    )


def test_points_are_told_within_the_scale() -> None:
    texts = {one.id: one.text for one in found(felt=(-2.0, -1.2, -0.4, 9.96, 10.4, 11.0, 12.0)).said}
    assert "about 10.0 out of ten now" in texts["trajectory.felt_now"]
    assert "between 0.0 and 10.0, and eight times in ten between 0.0 and 10.0" in texts["trajectory.felt_now"]
    assert "about 2.0 out of ten, eight times in ten between 1.0 and 3.0" in texts["trajectory.baseline_now"]


@pytest.mark.parametrize(("scores", "spoken"), [(4, False), (5, True)])
def test_a_trend_needs_five_scores_in_two_weeks(scores: int, spoken: bool) -> None:
    one = found(recent_scores=scores)
    assert (one.trend is not None) is spoken
    assert ("need_scores" in needed(one)) is not spoken
    assert ("felt_now" in said(one)) is spoken
    if not spoken:
        assert one.value is None
        assert "headline_early" in said(one)


@pytest.mark.parametrize(
    ("scores", "days", "spoken"), [(9, 20, False), (10, 13, False), (10, 14, True)], ids=["few", "short", "enough"]
)
def test_a_course_needs_ten_scores_over_two_weeks(scores: int, days: int, spoken: bool) -> None:
    one = found(scores=scores, days=days)
    assert (one.value == "improving") is spoken
    assert ("need_course" in needed(one)) is not spoken


@pytest.mark.parametrize(
    ("course", "value"),
    [
        ((0.79, 0.2, 0.01), None),
        ((0.8, 0.19, 0.01), "improving"),
        ((0.1, 0.85, 0.05), "steady"),
        ((0.0, 0.1, 0.9), "worsening"),
    ],
)
def test_a_course_is_called_from_four_in_five_on(course: tuple[float, float, float], value: str | None) -> None:
    assert found(course=course).value == value


RESPONSE = {
    "no log": ({"log_given": False}, "need_log"),
    "three weeks": ({"weeks": 3.9}, "need_response_time"),
    "seven sessions": ({"sessions": 7, "seen": 7}, "need_response_time"),
    "always the same dose": ({"dose_spread": 0.19}, "need_response_spread"),
    "sessions not followed": ({"seen": 11}, "need_response_seen"),
}


@pytest.mark.parametrize("row", RESPONSE)
def test_a_response_is_not_said_below_its_least_data(row: str) -> None:
    changed, missing = RESPONSE[row]
    one = found(**changed)  # type: ignore[arg-type]  # names of either type
    assert one.response is None
    assert missing in needed(one)
    assert not {name for name in said(one) if name.startswith(("response_", "group_"))}


@pytest.mark.parametrize(
    "changed",
    [
        {"weeks": 4.0},
        {"sessions": 8, "seen": 5},
        {"seen": 12},
        {"dose_spread": 0.2},
        {"dose_spread": 0.0, "lighter_week": True},
        {"recent_scores": 0},
    ],
)
def test_a_response_is_said_at_its_least_data(changed: dict[str, Any]) -> None:
    one = found(**changed)
    assert one.response is not None
    assert one.response.pattern == "doms_like"


@pytest.mark.parametrize(
    ("patterns", "pattern", "statement"),
    [
        ((0.05, 0.9, 0.05), "doms_like", "response_doms"),
        ((0.05, 0.05, 0.9), "irritated", "response_irritated"),
        ((0.9, 0.05, 0.05), "none_found", "response_none"),
        ((0.3, 0.3, 0.4), None, "response_open"),
        ((0.21, 0.79, 0.0), None, "response_open"),
    ],
)
def test_a_response_is_called_from_four_in_five_on(
    patterns: tuple[float, float, float], pattern: str | None, statement: str
) -> None:
    one = found(patterns=patterns)
    assert one.response is not None
    assert one.response.pattern == pattern
    assert statement in said(one)
    assert ("need_response_sure" in needed(one)) is (pattern is None)


def test_no_effect_is_never_said_only_none_larger_than() -> None:
    texts = [one.text for one in found(patterns=(0.95, 0.03, 0.02)).said if one.id == "trajectory.response_none"]
    assert texts
    assert "larger than about 0.8 points" in texts[0]


def test_a_group_is_told_where_its_days_tell_it_apart() -> None:
    one = found()
    assert one.response is not None
    assert [(group.group, group.pattern) for group in one.response.groups] == [("squat", "none_found")]


def test_irritation_is_not_called_where_scores_repeat_by_habit() -> None:
    one = found(patterns=(0.0, 0.05, 0.95), repeats=0.3)
    assert one.response is not None
    assert one.response.pattern is None
    assert one.response.groups == ()
    assert "response_repeats" in said(one)


@pytest.mark.parametrize(
    ("repeats", "scores", "told"), [(0.14, 60, False), (0.15, 60, True), (0.3, 13, False), (0.3, 14, True)]
)
def test_repeats_are_told_from_a_share_and_a_count_on(repeats: float, scores: int, told: bool) -> None:
    one = found(patterns=(0.0, 0.05, 0.95), repeats=repeats, scores=scores)
    assert (one.repeats is not None) is told
    assert ("response_repeats" in said(one)) is told
    assert one.response is not None
    assert one.response.pattern == (None if told else "irritated")
    assert ("need_response_sure" in needed(one)) is False


def test_soreness_is_called_though_scores_repeat() -> None:
    one = found(repeats=0.3)
    assert one.response is not None
    assert one.response.pattern == "doms_like"


@pytest.mark.parametrize(
    ("changed", "missing"),
    [
        ({"weeks": 1.9}, {"need_flare", "need_response_time"}),
        ({"sessions": 3, "seen": 3}, {"need_flare", "need_response_time"}),
        ({"log_given": False}, {"need_log"}),
        ({"recent_scores": 4}, {"need_scores"}),
        # A sentence that asks for what is there already would not be understood.
        ({"recent_scores": 4, "weeks": 3.0, "sessions": 5, "seen": 5}, {"need_scores", "need_response_time"}),
    ],
    ids=["short", "few sessions", "no log", "no trend", "no trend, sessions enough"],
)
def test_no_flare_risk_is_said_below_two_weeks_four_sessions_and_a_trend(
    changed: dict[str, Any], missing: set[str]
) -> None:
    one = found(**changed)
    assert one.flare is None
    assert needed(one) == missing
    assert not {name for name in said(one) if name.startswith("flare_")}


def test_a_flare_risk_is_said_from_two_weeks_four_sessions_and_a_trend_on() -> None:
    one = found(weeks=2.0, sessions=4, seen=4, recent_scores=5)
    assert one.flare is not None
    assert needed(one) == {"need_response_time"}
    assert {"flare_rest", "flare_plan"} <= said(one)


def test_nothing_is_said_of_a_plan_out_of_reach() -> None:
    one = found(plan=3.0, within_reach=False)
    assert one.flare is not None
    assert one.flare.risk is None
    assert "flare_too_large" in said(one)
    assert "flare_plan" not in said(one)
    assert "flare_rest" in said(one), "the risk at rest stands beside it always"


@pytest.mark.parametrize(
    ("cap", "statement"), [(0.74, "flare_cap"), (1.4, "flare_cap_reach"), (0.04, "flare_cap_none")]
)
def test_the_cap_in_words_never_allows_more_than_the_number(cap: float, statement: str) -> None:
    one = found(cap=cap)
    assert statement in said(one)
    texts = [item.text for item in one.said if item.id == "trajectory.flare_cap"]
    assert all("0.7 times" in text for text in texts)


def test_who_has_not_trained_for_weeks_is_not_told_that_a_light_session_is_risky() -> None:
    """Without a session in four weeks there is no cap to be seen, which says nothing of a light session."""
    one = found(cap=0.0, reach=0.0, within_reach=False)
    assert "flare_rest" in said(one)
    assert "flare_cap_none" not in said(one)


def test_milestones_are_ranges_from_the_first_day_with_their_label() -> None:
    early = found(recent_scores=1, own_share=0.3)
    assert [one.id for one in early.milestones] == ["calm_scores", "calm_trend", "full_load"]
    assert "milestone_people_like_you" in said(early)
    assert not early.own
    for one in early.milestones:
        assert one.half[0] < (one.half[1] or 999)
        assert "Not within a year" in one.text
        assert not any(character.isdigit() and f"{2026}" in one.text for character in one.text)


def test_a_lifter_who_trains_at_full_load_is_not_told_when() -> None:
    one = found(trained_fully=True)
    assert [milestone.id for milestone in one.milestones] == ["calm_scores", "calm_trend"]
    assert "milestone_full_load_done" in said(one)


@pytest.mark.parametrize(("alarm", "scores", "told"), [(3.0, 12, False), (9.0, 12, True), (9.0, 2, False)])
def test_the_alarm_needs_its_limit_and_a_trend(alarm: float, scores: int, told: bool) -> None:
    one = found(alarm=alarm, recent_scores=scores)
    assert one.alarm is told
    assert ("alarm_worsening" in said(one)) is told


def test_a_tweak_is_told_with_what_it_still_adds() -> None:
    one = found(event=TODAY - timedelta(days=3), jump=(0.1, 0.4, 0.8, 1.2, 1.5, 1.9, 2.2))
    assert one.jump is not None
    assert "jump_after" in said(one)
    assert "jump_after" not in said(found())


def test_what_moved_it_is_a_reason_too() -> None:
    one = found()
    assert one.moved[0].change == 0.3
    assert any(reason.id.startswith("week_") for reason in one.because)
    assert {"diary", "log"} <= {reason.id for reason in one.because}


@pytest.mark.parametrize("level", list(Level))
def test_warning_signs_come_first(level: Level) -> None:
    assert waits(level) is (level >= Level.within_days)


def test_while_held_nothing_else_is_said() -> None:
    held = held_trajectory(FACTS, KNOWLEDGE)
    assert held.held
    assert (held.trend, held.response, held.flare, held.milestones, held.days) == (None, None, None, (), ())
    assert said(held) == {"held_check"}
