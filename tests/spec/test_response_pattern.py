"""Sore or irritated after training: the sorting rule for answers, and how a diary is read after sessions."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.response_pattern import ResponsePattern, response_pattern
from liftback.training.log import Exposure

KNOWLEDGE = load_knowledge()
MONDAY = date(2026, 9, 7)
SORE: dict[str, str | float] = {
    "sore_how_long": "three_to_four_days",
    "sore_course": "peaks_then_falls",
    "pain_location": "both_sides",
    "pain_worst": 4.0,
    "new_or_harder": "yes",
    "same_lift_again": "no",
    "pinch_one_direction": "no",
    "leg_symptoms": "none",
    "leg_numbness": "no",
    "cough_leg_pain": "no",
}


def answers(**changes: str | float | None) -> Facts:
    """The plain soreness story with some answers changed; None takes one away."""
    given = {name: value for name, value in {**SORE, **changes}.items() if value is not None}
    entries: dict[str, Fact] = {name: Known(value=value) for name, value in given.items()}
    return Facts(entries)


def hear(facts: Facts, *weeks: str, pattern: str = "hinge", dose: float = 1.0, every: int = 7) -> ResponsePattern:
    """A session on each Monday, and one pain score a day from it on; a dot is a day without a score."""
    scores = "".join(weeks)
    days = [
        DiaryDay(day=MONDAY + timedelta(days=n), pain=None if score == "." else float(score))
        for n, score in enumerate(scores)
    ]
    sessions = tuple(
        Exposure(
            day=MONDAY + timedelta(days=n), pattern=pattern, exercises=("lift",), sets=4, tonnage_kg=4000, dose=dose
        )
        for n in range(0, len(scores), every)
    )
    return response_pattern(facts, Diary(days=tuple(days)), sessions, KNOWLEDGE)


NOBODY = Facts({})


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({}, "doms_like"),
        ({"sore_how_long": "up_to_2_days"}, "doms_like"),
        ({"sore_how_long": "longer"}, "irritated"),
        ({"sore_course": "flat_or_rising"}, "irritated"),
        ({"pain_location": "one_side"}, "irritated"),
        ({"same_lift_again": "yes"}, "irritated"),
        ({"pinch_one_direction": "yes"}, "irritated"),
        ({"sore_how_long": "not_sore", "sore_course": None}, "none_found"),
        # neither: more pain than soreness gives, in the middle, nothing that speaks for muscles, or the leg
        ({"pain_worst": 5.0}, None),
        ({"pain_location": "centre"}, None),
        ({"new_or_harder": "no", "warms_up": "no_change", "sore_to_touch": "no"}, None),
        ({"leg_symptoms": "below_knee"}, None),
        ({"cough_leg_pain": "yes"}, None),
        # blanks
        ({"pinch_one_direction": None}, None),
        ({"leg_symptoms": None}, None),
        ({"pinch_one_direction": None, "sore_how_long": "longer"}, "irritated"),
        ({"new_or_harder": None, "warms_up": "better"}, "doms_like"),
    ],
)
def test_the_sorting_rule(changes: dict[str, str | float | None], value: str | None) -> None:
    found = hear(answers(**changes))
    assert found.value == found.from_answers == value


def test_a_blank_story_says_nothing_and_asks() -> None:
    found = hear(NOBODY)
    assert found.value is None
    assert {"sore_how_long", "same_lift_again", "pinch_one_direction"} <= set(found.undecided)
    assert [said.id for said in found.still_needed] == ["response_pattern.need_both"]


def test_leg_signs_set_the_sorting_aside() -> None:
    found = hear(answers(leg_symptoms="below_knee"))
    assert found.set_aside
    assert found.undecided == ()
    assert "response_pattern.leg_first" in {said.id for said in found.said}


@pytest.mark.parametrize(
    ("week", "call", "back"),
    [
        ("2552222", "doms_like", 3),  # worst on the next days, usual by the third
        ("2254222", "doms_like", 4),
        ("2225522", "irritated", None),  # worst after the second day
        ("2555522", "irritated", None),  # not back by the fourth day
        ("2333222", "no_rise", None),  # a point up is noise
        ("25.....", "too_few_days", None),
        ("255..22", "unclear", None),  # rose, and then nobody looked
    ],
)
def test_one_session_in_the_diary(week: str, call: str, back: int | None) -> None:
    first = hear(NOBODY, week, "2222222", "2222222").sessions[0]
    assert (first.call, first.days_to_baseline) == (call, back)


@pytest.mark.parametrize(
    ("weeks", "value", "needed"),
    [
        (["2552222"] * 3, "doms_like", None),
        (["2255522"] * 3, "irritated", None),
        (["2322222"] * 4, "none_found", None),
        (["2552222"] * 2, None, "need_days"),  # two sessions are too few
        (["2552222", "2222222", "2222222", "2222222"], None, None),  # one in four is noise
        (["2......"] * 5, None, "need_days"),
        (["2552222", "2255522", "2552222", "2255522"], None, None),  # they do not agree
    ],
)
def test_the_diary_speaks_only_for_enough_sessions(weeks: list[str], value: str | None, needed: str | None) -> None:
    found = hear(NOBODY, *weeks)
    if value != "none_found" or needed:
        assert [said.id for said in found.still_needed] == ([f"response_pattern.{needed}"] if needed else [])
    # One in four still leaves three quiet ones, which is a lack of a rise.
    assert found.from_diary == ("none_found" if weeks.count("2222222") == 3 else value)


def test_no_rise_is_never_no_effect() -> None:
    found = hear(answers(sore_how_long="not_sore", sore_course=None), *["2322222"] * 4)
    assert (found.value, found.how_sure) == ("none_found", "likely")
    said = {one.id: one.text for one in found.said}
    assert (
        "No rise larger than about 2.0 points was found after 4 of 4 sessions" in said["response_pattern.diary_quiet"]
    )
    assert "does not mean that there is none" in said["response_pattern.none_meaning"]


def test_a_person_who_swings_more_needs_a_larger_rise() -> None:
    calm = hear(NOBODY, *["2552222"] * 4)
    wild = hear(NOBODY, *["2552204", "2552240"] * 2)
    assert calm.baseline is not None
    assert wild.baseline is not None
    assert wild.baseline.rise > calm.baseline.rise
    assert wild.from_diary != "doms_like"


def test_sessions_too_close_leave_no_usual_level() -> None:
    found = hear(NOBODY, *["2332332"] * 4, every=3)
    assert found.from_diary is None
    assert [said.id for said in found.still_needed] == ["response_pattern.need_quiet"]


def test_other_lifts_are_not_looked_at() -> None:
    assert hear(NOBODY, *["2552222"] * 3, pattern="row").sessions == ()


def lift(day: int, dose: float, pattern: str = "hinge") -> Exposure:
    return Exposure(day=MONDAY + timedelta(days=day), pattern=pattern, exercises=(), sets=2, tonnage_kg=1000, dose=dose)


FIVE_WEEKS = Diary(days=tuple(DiaryDay(day=MONDAY + timedelta(days=n), pain=2.0) for n in range(35)))


def test_sessions_lighter_than_usual_are_not_looked_at() -> None:
    doses = {0: 1.0, 3: 0.4, 7: 1.05, 10: 0.4, 14: 0.95, 21: 1.0}
    found = response_pattern(NOBODY, FIVE_WEEKS, tuple(lift(day, dose) for day, dose in doses.items()), KNOWLEDGE)
    assert [(one.day - MONDAY).days for one in found.sessions] == [0, 7, 14, 21]


def test_usual_is_what_the_lifter_does_now() -> None:
    years_of_heavy_work = [lift(-700 + 7 * n, 2.0) for n in range(90)]
    light_for_now = [lift(7 * n, 0.3) for n in range(5)]
    found = response_pattern(NOBODY, FIVE_WEEKS, (*years_of_heavy_work, *light_for_now), KNOWLEDGE)
    assert [one.dose for one in found.sessions] == [0.3] * 5


def test_hinge_and_squat_of_one_day_add_up() -> None:
    half = [lift(0, 0.6), lift(0, 0.6, "squat")]
    diary = Diary(days=(DiaryDay(day=MONDAY, pain=2.0),))
    found = response_pattern(NOBODY, diary, tuple(half), KNOWLEDGE)
    assert [(one.pattern, round(one.dose, 1)) for one in found.sessions] == [("hinge and squat", 1.2)]


@pytest.mark.parametrize(
    ("changes", "week", "value", "how_sure", "both_said"),
    [
        ({}, "2552222", "doms_like", "likely", False),
        ({}, "2255522", "irritated", "leaning", True),  # the careful call stands
        ({"same_lift_again": "yes"}, "2552222", "irritated", "leaning", True),
        ({"same_lift_again": "yes"}, "2255522", "irritated", "likely", False),
        ({}, "2322222", "doms_like", "leaning", True),
        ({"pain_location": "centre"}, "2552222", "doms_like", "leaning", False),
        ({"pinch_one_direction": None}, "2552222", None, "undecided", False),  # a sign may still turn up
    ],
)
def test_two_witnesses(
    changes: dict[str, str | None], week: str, value: str | None, how_sure: str, *, both_said: bool
) -> None:
    found = hear(answers(**changes), *[week] * 4)
    assert (found.value, found.how_sure) == (value, how_sure)
    assert ("response_pattern.two_voices" in {said.id for said in found.said}) is both_said
