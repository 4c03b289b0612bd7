"""Check-ins, exposures and answers on the criteria, as entries hold them: read, and refused, as files are."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.exchange.exposure_cells import QUESTION_OF
from liftback.facts.diary import DiaryDay
from liftback.facts.values import Known, Unknown
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.holding import signs_in
from tests.unit.exchange import a_lifter

PLANS = plan_knowledge(load_knowledge())
TODAY = date(2026, 11, 23)
DAY = TODAY.isoformat()


# --- check-ins -------------------------------------------------------------------------------------------------------


def test_check_ins_become_days_in_order_and_what_is_missing_stays_missing() -> None:
    found = operations.diary_of_entries(
        days=[
            {"day": "2026-11-22", "pain": 3, "sleep": 7.5, "event": True, "note": " pulled\nit "},
            {"day": "2026-11-20", "pain": "2", "stress": None, "lift_pain": ""},
        ]
    )
    assert found.days == (
        DiaryDay(day=date(2026, 11, 20), pain=2.0),
        DiaryDay(day=date(2026, 11, 22), pain=3.0, sleep=7.5, event=True, note="pulled it"),
    )


def test_two_check_ins_of_a_day_lose_nothing() -> None:
    found = operations.diary_of_entries(
        days=[
            {"day": DAY, "pain": 3, "sleep": 7, "event": True, "note": "morning"},
            {"day": DAY, "pain": 5, "note": "evening"},
            {"day": DAY, "note": "evening"},
        ]
    )
    assert found.days == (DiaryDay(day=TODAY, pain=5.0, sleep=7.0, event=True, note="morning; evening"),)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"pain": 3}, "None"),
        ({"day": "soon"}, "'soon' cannot be read"),
        ({"day": "1901-01-01"}, "before 1970"),
        ({"day": DAY, "pain": 11}, "not between 0 and 10"),
        ({"day": DAY, "pain": True}, "not a number"),
        ({"day": DAY, "pain": float("inf")}, "not a number"),
        ({"day": DAY, "sleep": ["a lot"]}, "2026-11-23: 'a lot'"),
        ({"day": DAY, "event": "perhaps"}, "neither yes nor no"),
        ({"day": DAY, "note": "x" * 20_001}, "20,001 letters"),
    ],
)
def test_a_check_in_that_cannot_be_read_is_told_in_a_sentence(entry: dict[str, Any], says: str) -> None:
    with pytest.raises(operations.DiaryError, match=says):
        operations.diary_of_entries(days=[entry])


# --- exposures -------------------------------------------------------------------------------------------------------

TOLD = st.fixed_dictionaries(
    {},
    optional={
        "before": st.integers(0, 10), "during": st.integers(0, 10), "after": st.integers(0, 10),
        "next_morning": st.integers(0, 10),
        "felt": st.lists(st.sampled_from(["sharp", "rising", "lost_range"]), min_size=1, max_size=2, unique=True),
        "leg": st.sampled_from(PLANS.known.questions["leg_after"].choice_ids),
        "settled": st.sampled_from(PLANS.known.questions["settled"].choice_ids),
    },
)  # fmt: skip


@settings(max_examples=80, derandomize=True, deadline=None)
@given(TOLD, st.sampled_from([None, 60, 82.5]), st.sampled_from(["", "trap_bar_deadlift_high", "Dead bug", "my own"]))
def test_an_entry_reads_as_the_row_of_a_file_does(told: dict[str, Any], weight: float | None, exercise: str) -> None:
    entry = {"day": DAY, "lift": "Deadlift (Barbell)", "exercise": exercise, "sets": 3, "reps": 5, "effort": 7}
    entry |= {"weight": weight, "unit": "kg" if weight else "", "note": "fine, a bit stiff"}
    by_name = {QUESTION_OF[field]: answer for field, answer in told.items()}
    row = {"date": DAY, **{name: value for name, value in entry.items() if name != "day"}}
    row |= {field: "; ".join(value) if isinstance(value, list) else value for field, value in told.items()}
    written = io.StringIO()
    writer = csv.DictWriter(written, fieldnames=list(row))
    writer.writeheader()
    writer.writerow(row)
    (expected,) = operations.read_exposures(content=written.getvalue().encode(), today=TODAY).done
    for values in ({**entry, **told}, {**entry, **by_name}, {**entry, "told": by_name}):
        assert operations.done_of_entry(values=values, today=TODAY) == expected


def test_what_is_asked_of_an_exposure_is_all_there_with_its_choices() -> None:
    asked = operations.exposure_questions()
    assert [one["field"] for one in asked] == list(QUESTION_OF)
    assert {one["moment"] for one in asked} == {"before", "during", "after", "next_morning"}
    for one in asked:
        values = [str(one["max"])] if one["input"] == "score" else [choice["id"] for choice in one["choices"]]
        for value in values:
            done = operations.done_of_entry(values={"day": DAY, "lift": "Squat", one["field"]: value}, today=TODAY)
            assert isinstance(done.told[one["id"]], Known)


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"day": "2026-11-24"}, "in the future"),
        ({"day": ""}, "cannot be read"),
        ({"lift": ""}, "names no lift"),
        ({"reps": 2.5}, "not a whole number"),
        ({"weight": 60, "unit": ""}, "has no unit"),
        ({"weight": -5, "unit": "kg"}, "not between"),
        ({"effort": 11}, "effort 11"),
        ({"during": 12}, "during: '12'"),
        ({"leg": "purple"}, "leg: 'purple'"),
        ({"note": "x" * 20_001}, "20,001 letters"),
    ],
)
def test_an_entry_that_cannot_be_read_is_told_in_a_sentence(changed: dict[str, Any], says: str) -> None:
    with pytest.raises(operations.ExposureError, match=says):
        operations.done_of_entry(values={"day": DAY, "lift": "Squat", **changed}, today=TODAY)


def test_an_alarm_is_not_lost_with_what_stands_beside_it() -> None:
    values = {"day": DAY, "lift": "Squat", "reps": "many", "leg": "numb_or_weak", "settled": "numb between my legs"}
    values |= {"weight": "heavy", "note": "x" * 20_001}
    done = operations.done_of_entry(values=values, today=TODAY, strict=False)
    assert done.told.value("leg_after") == "numb_or_weak"
    assert done.told["settled"] == Unknown(why="unclear")
    assert (done.reps, done.weight) == (None, None)
    assert signs_in(done.note, PLANS), "what was written in place of an answer is read as words"


# --- the criteria of clearance ---------------------------------------------------------------------------------------


def test_the_criteria_are_asked_of_the_back_and_of_each_lift() -> None:
    groups = operations.criteria_questions(plan=a_lifter.plan())
    assert [one["lift"] for one in groups][:2] == ["", "Deadlift (Barbell)"]
    back = {one["id"]: one["optional"] for one in groups[0]["questions"]}
    assert back["nerve_signs_now"] is False
    assert back["sorensen_seconds"] is True
    assert [one["field"] for one in groups[1]["questions"]] == [
        "lift_confidence:Deadlift (Barbell)", "lift_function:Deadlift (Barbell)",
    ]  # fmt: skip


def test_fields_of_a_form_give_the_same_answers_as_a_file() -> None:
    content = b"""
date: 2026-11-20
bends_fully: yes
sorensen_seconds: 0
nerve_signs_now: not_sure
lifts: {"Deadlift (Barbell)": {confidence: 0, function: 9}}
forms: {rmdq: {rmdq_1: no, rmdq_2: yes}}
"""
    expected = operations.read_criteria(content=content, today=TODAY)
    fields = {
        "day": ["2026-11-20"], "bends_fully": ["", "yes"], "sorensen_seconds": ["0"], "nerve_signs_now": ["not_sure"],
        "lift_confidence:Deadlift (Barbell)": ["0"], "lift_function:Deadlift (Barbell)": ["9"], "rmdq_1": ["no"],
        "rmdq_2": ["yes"], "names_flare_plan": [""], "csrfmiddlewaretoken": ["x"],
    }  # fmt: skip
    assert operations.criteria_given(values=fields, today=TODAY) == expected
    kept = {name: given[-1] for name, given in fields.items()} | {
        "sorensen_seconds": 0, "lift_confidence:Deadlift (Barbell)": 0,
    }  # fmt: skip
    assert operations.criteria_given(values=kept, today=TODAY) == expected
    assert "names_flare_plan" not in expected.entries, "what is not answered is not known"


@pytest.mark.parametrize(
    "fields",
    [{"bends_fully": ["sideways"]}, {"day": ["2030-01-01"], "bends_fully": ["yes"]},
     {"lift_confidence:Squat": ["11"]}, {"rmdq_1": ["perhaps"]}],
)  # fmt: skip
def test_an_answer_that_is_none_is_told_in_a_sentence(fields: dict[str, list[str]]) -> None:
    with pytest.raises(operations.CriteriaError):
        operations.criteria_given(values=fields, today=TODAY)
