"""Answers on the criteria of clearance, and to questionnaires, as a lifter writes them into a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from liftback.exchange.criteria_file import (
    STAGE,
    CriteriaError,
    FormError,
    form_answers,
    form_of,
    named_as_in_plan,
    read_criteria,
    read_form,
    scores_told,
)
from liftback.facts.values import Facts, Known, Unknown
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.clearance import lift_answer

PLANS = plan_knowledge(load_knowledge())
TODAY = date(2026, 12, 24)
WHOLE = """\
date: 2026-12-20
bends_fully: yes
names_flare_plan: not sure
nerve_signs_now: no
sorensen_seconds: 95
side_plank_left:
lifts:
  Deadlift (Barbell): {confidence: 8, function: 9.5}
  Squat (Barbell): {confidence: 7}
"""
TICKS = {f"rmdq_{place}": "yes" if place <= 2 else "no" for place in range(1, 25)}


def read(text: str) -> Facts:
    return read_criteria(text.encode(), PLANS, today=TODAY)


def refused(text: str) -> str:
    with pytest.raises(CriteriaError) as error:
        read(text)
    assert "\n" not in str(error.value)
    return str(error.value)


def rmdq(answers: dict[str, str]) -> str:
    return "forms:\n  rmdq: {" + ", ".join(f"{item}: {answer}" for item, answer in answers.items()) + "}\n"


# --- the criteria -------------------------------------------------------------------------------------------------


def test_every_answer_is_a_fact_of_its_day() -> None:
    told = read(WHOLE)
    assert told["bends_fully"] == Known(value="yes", when=date(2026, 12, 20))
    assert told["sorensen_seconds"] == Known(value=95.0, when=date(2026, 12, 20))
    assert told[lift_answer("lift_confidence", "Deadlift (Barbell)")] == Known(value=8.0, when=date(2026, 12, 20))
    assert told.value(lift_answer("lift_function", "Deadlift (Barbell)")) == 9.5
    assert isinstance(told["names_flare_plan"], Unknown)
    assert isinstance(told["side_plank_left"], Unknown)
    assert isinstance(told[lift_answer("lift_function", "Squat (Barbell)")], Unknown)


def test_json_is_read_as_well_and_the_day_is_today_where_none_is_given() -> None:
    assert read('{"nerve_signs_now": "improving"}')["nerve_signs_now"] == Known(value="improving", when=TODAY)


@pytest.mark.parametrize("day", ["2026-12-23", "yesterday", "2026-12-23 10:00:00"])
def test_a_day_is_read_as_everywhere(day: str) -> None:
    fact = read(f"date: {day}\nbends_fully: nearly")["bends_fully"]
    assert isinstance(fact, Known)
    assert fact.when == TODAY - timedelta(days=1)


def test_only_what_is_asked_before_clearance_can_be_answered() -> None:
    told = read(WHOLE)
    asked = {PLANS.known.questions[name.partition(":")[0]].stage for name in told}
    assert asked == {STAGE}
    assert all(question.gate is None for question in PLANS.known.questions.values() if question.stage == STAGE)
    assert "'bladder_change', which we do not know" in refused("bladder_change: no")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The criteria file is empty; write lines such as `bends_fully: yes` into it."),
        ("- bends_fully", "The criteria file must hold lines like `name: answer`; found \"['bends_fully']\"."),
        ("bends_fully: yes\nbends_fully: no", "In the criteria file 'bends_fully' is written twice, at lines 1 and 2;"),
        ("bend_fully: yes", "has a line 'bend_fully', which we do not know; did you mean bends_fully?"),
        ("bends_fully: maybe", "bends_fully: 'maybe' is not an answer we can use; the choices are yes, nearly, no"),
        ("sorensen_seconds: 400", "sorensen_seconds: '400' is not an answer we can use; give one number from 0 to 240"),
        (
            "confidence: 8",
            "confidence is asked of each lift; write it below `lifts`, such as Deadlift: {conf",
        ),
        ("lift_function: 8", "lift_function is asked of each lift; write it below `lifts`"),
        ("date: 2026-12-25", "`date`: 2026-12-25 lies after 2026-12-24; give the day on which you answered."),
        ("date: 03/04/2026", "`date`: '03/04/2026' is no day we can read; give a date such as"),
        ("date: [1]", "`date`: '[1]' is no day we can read"),
        ("date: 1926-12-20", "`date`: 1926-12-20 is before 1970; check the year."),
        ("lifts: [Squat]", "`lifts` must hold lines like `Deadlift: {confidence: 8, function: 9}`; found"),
        ("lifts: {Squat: 8}", "In `lifts`, 'Squat' must hold lines like `confidence: 8`; found '8'."),
        ("lifts: {Squat: {confidense: 8}}", "'Squat' has 'confidense', which we do not know; did you mean confidence?"),
        ("lifts: {Squat: {confidence: 11}}", "In `lifts`, 'Squat': lift_confidence: '11' is not an answer we can use"),
        ("lifts: {Squat: {}, ' squat': {}}", "In `lifts`: 'squat' is there twice; keep one."),
        ("lifts: {'  ': {}}", "In `lifts`: '  ' is no name of a lift; write it as your plan does."),
        ("forms: {rmdqq: {}}", "In `forms`: There is no questionnaire 'rmdqq'; did you mean rmdq? There are"),
        ("forms: {rmdq: [rmdq_1]}", "In `forms`: rmdq takes a line for each item, such as `rmdq_1: yes`, because what"),
        ("forms: {rmdq: {rmdq_25: yes}}", "In `forms`: rmdq has no item 'rmdq_25'; did you mean rmdq_5?"),
        ("forms: {peg: {}, PEG: {}}", "In `forms`: peg is there twice; keep one."),
        (f"rmdq_score: 2\n{rmdq(TICKS)}", "rmdq_score is given, and the questionnaire it comes from as well; keep one"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_sentence(text: str, sentence: str) -> None:
    assert sentence in refused(text)


def test_a_file_that_is_none_is_refused() -> None:
    assert "is it another file?" in refused("bends_fully: yes\n" + "#" * 200_000)
    with pytest.raises(CriteriaError, match="not a text file"):
        read_criteria(b"PK\x03\x04" + b"\x00" * 40, PLANS, today=TODAY)


# --- lifts as the plan names them ---------------------------------------------------------------------------------


def test_a_lift_gets_the_name_that_the_plan_gives_it() -> None:
    told = read("bends_fully: yes\nlifts: {' deadlift  (BARBELL)': {confidence: 8}}")
    named = named_as_in_plan(told, ["Squat (Barbell)", "Deadlift (Barbell)"])
    assert set(named) == {"bends_fully", lift_answer("lift_confidence", "Deadlift (Barbell)")}
    with pytest.raises(CriteriaError, match=r"is not in your plan\. It has Bench Press\.$"):
        named_as_in_plan(told, ["Bench Press"])


# --- questionnaires -----------------------------------------------------------------------------------------------


def test_a_whole_questionnaire_gives_the_fact_that_a_criterion_reads() -> None:
    told = read(f"date: 2026-12-20\n{rmdq(TICKS)}")
    assert told["rmdq_score"] == Known(value=2.0, when=date(2026, 12, 20))
    assert told["rmdq_3"] == Known(value="no", when=date(2026, 12, 20))
    (found,) = scores_told(told, PLANS)
    assert (found.form, found.value) == ("rmdq", 2.0)


@pytest.mark.parametrize("left", ["gone", "not sure", ""])
def test_an_item_that_is_not_given_is_unknown_and_never_a_no(left: str) -> None:
    answers = {name: answer for name, answer in TICKS.items() if name != "rmdq_24"}
    told = read(rmdq(answers if left == "gone" else {**answers, "rmdq_24": left}))
    assert isinstance(told["rmdq_24"], Unknown)
    assert told["rmdq_score"] == Unknown(why="1 of its questions are not answered")
    (found,) = scores_told(told, PLANS)
    assert (found.value, found.missing) == (None, ("rmdq_24",))


def test_a_questionnaire_that_no_criterion_reads_is_only_scored() -> None:
    told = read("forms: {phq4: {phq4_nervous: 3, phq4_worrying: more than half the days}, own_lifts: }")
    assert not any(name.endswith("_score") for name in told)
    own, strain = scores_told(told, PLANS)
    assert (own.form, own.points, own.value) == ("own_lifts", (), None)
    assert strain.points == (("phq4_nervous", 3.0), ("phq4_worrying", 2.0))
    assert strain.help
    assert scores_told(read(WHOLE), PLANS) == ()


@pytest.mark.parametrize(
    ("form", "given", "kept"),
    [
        ("phq4", {"phq4_nervous": "SEVERAL  days", "phq4_down": 0, "phq4_interest": "3"},
         {"phq4_nervous": "Several days", "phq4_down": "Not at all", "phq4_interest": "Nearly every day"}),
        ("rmdq", {"rmdq_1": True, "rmdq_2": False, "rmdq_3": 1, "rmdq_4": None},
         {"rmdq_1": "yes", "rmdq_2": "no", "rmdq_3": "yes"}),
        ("PEG", {"peg_pain": "4,5", "peg_activity": 0, "peg_enjoyment": "?"}, {"peg_pain": 4.5, "peg_activity": 0.0}),
    ],
)  # fmt: skip
def test_answers_may_be_labels_points_or_numbers(form: str, given: dict[str, object], kept: dict[str, object]) -> None:
    assert form_answers(given, form_of(form, PLANS)) == kept


@pytest.mark.parametrize(
    ("form", "content", "sentence"),
    [
        ("phq4", b"", "The file of answers to PHQ-4 is empty; `liftback form phq4 --blank` prints one."),
        ("phq4", b"phq4_nervous: often", "phq4_nervous: 'often' is not an answer we can use; the choices are Not at"),
        ("phq4", b"phq4_nervous: 4", "phq4_nervous: '4' is not an answer we can use"),
        ("phq4", b"phq4_nervous: yes", "phq4_nervous: 'True' is not an answer we can use"),
        ("phq4", b"phq4_nervus: 1", "phq4 has no item 'phq4_nervus'; did you mean phq4_nervous? Its items are"),
        ("peg", b'{"peg_pain": NaN}', "peg_pain: 'nan' is not an answer we can use; give one number from 0 to 10."),
        ("peg", b"peg_pain: 11", "peg_pain: '11' is not an answer we can use; give one number from 0 to 10."),
    ],
)
def test_answers_that_cannot_be_used_are_refused(form: str, content: bytes, sentence: str) -> None:
    with pytest.raises(FormError) as error:
        read_form(content, form_of(form, PLANS))
    assert sentence in str(error.value)
