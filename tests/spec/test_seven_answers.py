"""What each of the seven answers says to whom. Rows read: given this, the answer says this and never that."""

from __future__ import annotations

from typing import Any

import pytest

from liftback.reasoning.slots import joined, time_ago
from tests.answering import KNOWLEDGE, answers_of, lifter, said_ids

ACHY = {"how_it_began": "after_training", "sore_how_long": "three_to_four_days", "after_heavy_only": "yes"}
INJURED = {"how_it_began": "moment", "moment_feel": ("pop",), "function_after": "trouble_moving"}
LEG = {
    "leg_symptoms": "below_knee", "leg_numbness": "one_leg_stable", "cough_leg_pain": "yes",
    "leg_worse_than_back": "yes", "pain_location": "one_side", "sore_to_touch": "no", "pinch_one_direction": "no",
    "warms_up": "no_change", "new_or_harder": "no", "worse_with": ("sitting",), "better_with": ("lying",),
    "night_rest_pain": "sometimes", "age": 34.0,
}  # fmt: skip
# Enough for the scans to be decided on: no warning sign, no leg signs, and when it began.
CALM = {"days_ago": 10, "leg_symptoms": "none", "leg_numbness": "no"}
HIGH = {"pain_worst": 8.0, "provoked_by": "everyday", "settles_after": "longer_than_day"}
LOW = {
    "pain_worst": 2.0, "provoked_by": "heavy_training", "settles_after": "half_hour", "night_rest_pain": "none",
    "pain_in_range": "only_pushed", "daily_limits": "little", "leg_symptoms": "none",
}  # fmt: skip

# number, given, said, not said
ROWS: list[tuple[int, dict[str, Any], set[str], set[str]]] = [
    (1, ACHY, {"one_headline_achy", "presentation.achy_meaning", "one_common_range"}, {"one_headline_injured"}),
    (1, INJURED, {"one_headline_injured", "presentation.injured_meaning"}, {"one_headline_achy"}),
    (1, {}, {"one_headline_any", "presentation.still_open"}, {"presentation.achy_meaning"}),
    (1, {"days_ago": 200}, {"one_headline_long"}, {"one_headline_any"}),
    (1, {"days_ago": 10, "pain_now": 4.0}, {"one_yours_pain"}, set()),
    (1, {"pain_now": 4.0}, set(), {"one_yours_pain"}),
    (2, INJURED, {"two_headline_moment", "two_moment_felt", "two_triggers_study"}, {"two_first_days_intro"}),
    (2, {**INJURED, "age": 30.0, "days_ago": 0}, {"two_first_days_intro", "two_first_hour", "two_third_day"}, set()),
    (2, {**INJURED, "age": 30.0, "days_ago": 2}, {"two_first_days_intro", "two_second_day"}, {"two_first_hour"}),
    (2, {**INJURED, "days_ago": 9}, set(), {"two_first_days_intro", "two_second_day"}),
    (2, {**ACHY, "same_lift_again": "yes"}, {"two_soreness", "two_same_lift"}, {"two_moment_felt"}),
    (2, {"how_it_began": "crept_up"}, {"two_headline_crept", "two_crept"}, {"two_triggers_study"}),
    (2, {"how_it_began": "woke_with_it"}, {"two_headline_woke", "two_crept"}, set()),
    (3, {"days_ago": 5}, {"timeline.borrowed", "timeline.comes_back", "three_before_heavy"}, {"timeline.long_course"}),
    (3, {"days_ago": 200}, {"timeline.long_course"}, {"timeline.medians"}),
    (3, {}, {"three_before_heavy", "timeline.not_personal"}, {"timeline.long_course", "three_shift_intro"}),
    (3, {"expects_persistence": 9.0}, {"three_shift_intro"}, {"timeline.not_personal"}),
    (4, {"doing_now": ("pills_to_train",)}, {"four_pills_you", "four_pills_other"}, set()),
    (4, {}, {"four_best_list", "four_pills_nsaid"}, {"four_best_worth", "four_pills_you"}),
    (4, {"not_ready_loads": "push_through"}, {"four_best_worth"}, set()),
    (5, {"age": 30.0}, {"five_headline_self", "five_rare_share", "five_pt_first_figures"}, {"five_do_list"}),
    (6, LEG, {"six_next_nerve", "six_category_named"}, {"six_next_use"}),
    (6, {}, {"six_why_guess", "imaging.readings_differ"}, {"six_category_named", "six_next_nerve"}),
    (6, {**CALM, "age": 34.0}, {"imaging.common_without_pain"}, set()),
    (7, HIGH, {"seven_headline_high", "seven_stage_high"}, {"seven_stage_unknown", "seven_keep_squat"}),
    (7, {**LOW, "main_lifts": ("deadlift", "squat")}, {"seven_headline_low", "seven_keep_hinge"}, {"seven_stage_high"}),
    (7, {**HIGH, "main_lifts": ("deadlift", "squat")}, set(), {"seven_keep_hinge", "seven_keep_squat"}),
    (7, {}, {"seven_headline_any", "seven_stage_unknown"}, {"seven_stage_low", "seven_move_arch"}),
    (7, {**LOW, "worse_with": ("bending", "sitting", "mornings")}, {"seven_move_arch"}, {"seven_move_curl"}),
    (7, {**LOW, "worse_with": ("arching", "standing")}, {"seven_move_curl"}, {"seven_move_arch"}),
    (7, {**LEG, "worse_with": ("bending", "sitting")}, {"seven_move_nerve"}, {"seven_move_arch"}),
    (7, {**CALM, "doing_now": ("scan_planned",)}, {"seven_not_intro", "not_to_do.scans_first"}, set()),
    (7, {"age": 30.0, "days_ago": 2}, {"seven_seen_first_days", "seven_seen_self"}, {"seven_seen_routine"}),
    (7, {"age": 30.0, "days_ago": 40}, {"seven_seen_self"}, {"seven_seen_first_days"}),
    (7, {"seen_by": "physical_therapist"}, {"seven_seen_already"}, set()),
]  # fmt: skip


@pytest.mark.parametrize(("number", "given", "said", "unsaid"), ROWS)
def test_row(number: int, given: dict[str, Any], said: set[str], unsaid: set[str]) -> None:
    found = said_ids(answers_of(lifter(**given))[number - 1])
    assert said - found == set()
    assert unsaid & found == set()


URGENT = [({"gates": None}, "open"), ({"bladder_change": "new_change"}, "emergency")]
TRAINING = (
    "one_talk",
    "two_first_days",
    "three_meanwhile",
    "four_load",
    "seven_move",
    "seven_keep",
    "seven_judge",
    "seven_strength",
)


@pytest.mark.parametrize(("given", "why"), URGENT)
def test_nothing_about_training_before_the_check(given: dict[str, Any], why: str) -> None:
    facts = lifter(**{**LOW, **ACHY, "main_lifts": ("bench", "deadlift"), "days_ago": 1, **given})
    training = {s.id.removeprefix("seven_answers.") for g in TRAINING for s in KNOWLEDGE.group(f"seven_answers.{g}")}
    for answer in answers_of(facts):
        assert said_ids(answer) & training == set(), why
        assert answer.number == 5 or len(answer.paragraphs) == 3


def test_no_exercises_until_someone_has_looked() -> None:
    # Unanswered cancer history asks for a clinician within days: gentle movement, nothing of ours to do.
    given: dict[str, Any] = {**LOW, "main_lifts": ("bench", "deadlift"), "days_ago": 20}
    facts = lifter(**given).without("cancer_history")
    seventh = said_ids(answers_of(facts)[6])
    assert "seven_until_seen" in seventh
    assert not any(name.startswith(("seven_move", "seven_keep", "seven_judge")) for name in seventh)


def test_in_an_emergency_the_fifth_answer_leads_with_what_to_do() -> None:
    fifth = answers_of(lifter(bladder_change="new_change"))[4]
    assert fifth.headline.startswith("It may be. Get help now")
    assert fifth.paragraphs[1].id == "seven_answers.five_do_list"


def test_an_empty_story_is_asked_back_not_sent_away_with_a_plan() -> None:
    answers = answers_of(lifter(gates=None))
    assert answers[4].headline.startswith("We cannot say yet")
    assert all("safety questions" in answer.headline for answer in answers if answer.number != 5)


def test_certainty_names_the_kind_of_figures_and_what_is_not_known() -> None:
    empty = answers_of(lifter(age=30.0))
    assert empty[4].certainty == "published"
    assert empty[6].certainty.startswith("mixed; not known about you yet: ")
    assert answers_of(lifter(gates=None))[0].certainty.startswith("our starting point; not known about you yet: ")


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"), (1, "yesterday"), (2, "2 days ago"), (13, "13 days ago"), (14, "about 2 weeks ago"),
        (83, "about 12 weeks ago"), (84, "about 3 months ago"), (364, "about 12 months ago"),
        (365, "more than a year ago"),
    ],
)  # fmt: skip
def test_time_ago(days: int, words: str) -> None:
    assert time_ago(days) == words


def test_joined() -> None:
    assert [joined([]), joined(["a"]), joined(["a", "b"]), joined(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_every_own_figure_stands_in_a_statement_that_says_whose_it_is() -> None:
    shown = {
        statement.id: statement.kind
        for statement in KNOWLEDGE.statements.values()
        if statement.topic == "seven_answers"
        for name, parameter in KNOWLEDGE.parameters.items()
        if "{" + name + "}" in statement.text and parameter.current.certainty == "design_default"
    }
    # Two practice statements give the practice's own promise; everything else of ours is a default.
    assert {name for name, kind in shown.items() if kind != "default"} == {"seven_answers.seven_front_door"}
