"""The interview in forms: the same as typed, and nothing of it is lost between two requests."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from liftback import operations
from liftback.exchange.interview_form import step_key, typed_of
from liftback.facts import body_map
from liftback.facts.answers import AnswerError
from liftback.facts.interview import Interview, OwnWords, Screen, Single, Step, answer, next_step
from liftback.facts.values import Fact, Known, Unknown
from liftback.knowledge.entries import Level
from tests.generative.stories import KNOWLEDGE, TODAY

NO = Known(value="no", when=TODAY)
Fields = dict[str, list[str]]
WORDS = ["felt a pop in the third rep", "maybe numb between my legs", "my dad had cancer", ""]


def fields_and_typed(step: Step) -> st.SearchStrategy[tuple[Fields, str]]:
    """The fields of a form, and what a person would have typed instead."""
    if isinstance(step, OwnWords):
        return st.sampled_from(WORDS).map(lambda text: ({"words": [text]}, text or "skip"))
    if isinstance(step, Screen):
        names = [one.id for one in step.questions]
        lines = st.lists(st.sampled_from(names), max_size=2, unique=True)
        return lines.map(lambda picked: ({step.screen: picked or ["none"]}, _lines(picked, names)))
    question = step.question
    special = st.sampled_from([("not_sure", "?"), ("skip", "skip")])
    if question.kind == "one":
        one = st.sampled_from([(name, str(place)) for place, name in enumerate(question.choice_ids, start=1)])
    elif question.kind == "number":
        one = st.integers(math.ceil(question.minimum or 0), int(question.maximum or 10)).map(lambda n: (str(n), str(n)))
    elif question.kind == "date":
        one = st.sampled_from(["2026-11-02", "3 days ago"]).map(lambda text: (text, text))
    else:
        real = [name for name in question.choice_ids if name not in ("none", "nothing", "not_sure")]
        many = st.lists(st.sampled_from(real), min_size=1, max_size=3, unique=True)
        return many.map(lambda chosen: ({question.id: chosen}, _lines(chosen, list(question.choice_ids))))
    return st.one_of(one, one, one, special).map(lambda pair: ({question.id: [pair[0]]}, pair[1]))


def _lines(chosen: list[str], names: list[str]) -> str:
    return ", ".join(str(names.index(one) + 1) for one in chosen) or "none"


@settings(max_examples=8, derandomize=True, deadline=None, phases=(Phase.generate,))  # a walk is long to shrink
@given(st.data())
def test_fields_answer_as_typing_does_and_survive_being_stored(data: st.DataObject) -> None:
    interview = Interview()
    while (step := next_step(interview, KNOWLEDGE, today=TODAY)) is not None:
        fields, typed = data.draw(fields_and_typed(step))
        shown = operations.step_values(step=step, interview=interview, today=TODAY)
        assert set(fields) == {shown["field"]}
        after = operations.interview_given(
            interview=interview, step=step, values={**fields, "step": [shown["step"]]}, today=TODAY
        )
        assert after == answer(interview, step, typed, today=TODAY)
        interview = after
    stored = json.loads(json.dumps(operations.interview_stored(interview=interview)))
    restored = operations.interview_restored(values=stored, today=TODAY)
    assert restored == interview
    assert restored.done == interview.done
    assert [one.answers for one in _chain(restored)] == [one.answers for one in _chain(interview)]


def _chain(interview: Interview) -> list[Interview]:
    return [interview, *(_chain(interview.before) if interview.before is not None else [])]


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(body_map.REGIONS), min_size=1, max_size=6, unique=True), st.sampled_from(["no", ""]))
def test_a_tap_on_the_body_only_ever_opens_a_sign(taps: list[str], before: str) -> None:
    question = KNOWLEDGE.questions["pain_location"]
    told = dict.fromkeys(KNOWLEDGE.gate_questions, NO) if before else {}
    interview = Interview(answers=told, words="")
    after = operations.interview_given(
        interview=interview, step=Single(question=question), values={"pain_location": taps}, today=TODAY
    )
    levels = [operations.interview_triage(interview=one, today=TODAY).level for one in (interview, after)]
    assert levels[0] <= levels[1]
    saddle, both = "saddle" in taps, {"foot_left", "foot_right"} <= set(taps)
    if saddle or both:
        assert levels[1] >= Level.same_day
        asked = next_step(after, KNOWLEDGE, today=TODAY)
        assert isinstance(asked, Single) or not before
    found = after.answers.get("saddle_numbness")
    assert isinstance(found, Unknown) if saddle else found in (None, NO)


def test_every_place_that_can_be_told_can_be_tapped() -> None:
    told = {body_map.location_of([one, *rest]) for one in body_map.REGIONS for rest in ([], ["low_back_left"])}
    assert told - {None} == set(KNOWLEDGE.questions["pain_location"].choice_ids) - {"not_sure"}


# --- what a form may get wrong ---------------------------------------------------------------------------------------

LEGS = tuple(KNOWLEDGE.questions[name] for name in ("both_legs", "leg_weakness"))
SCREEN = Screen(screen="legs", title="Any?", questions=LEGS)
GATE = Single(question=KNOWLEDGE.questions["both_legs"])
PAIN = Single(question=KNOWLEDGE.questions["pain_now"])
WEIGHT, DOING, PLACE = (
    Single(question=KNOWLEDGE.questions[name]) for name in ("body_weight", "doing_now", "pain_location")
)


@pytest.mark.parametrize(
    ("step", "fields", "says"),
    [
        (SCREEN, {}, "choose the lines"),
        (SCREEN, {"legs": ["none", "both_legs"]}, "keep one of the two"),
        (SCREEN, {"legs": ["fever"]}, "have changed"),
        (GATE, {}, "not sure"),
        (GATE, {"both_legs": ["no", "new_or_worse"]}, "more than one answer"),
        (GATE, {"both_legs": ["made_up"]}, "has changed"),
        (PAIN, {"pain_now": ["99"]}, "one number from 0 to 10"),
        (PAIN, {"pain_now": ["9" * 300]}, "too long"),
        (PAIN, {"pain_now": ["3", "skip"]}, "more than one answer"),
        (WEIGHT, {"body_weight": ["heavy"], "unit": ["lb"]}, "not an answer"),
        (DOING, {"doing_now": ["none", "only_rest"]}, "another line"),
        (PLACE, {"pain_location": ["saddle", "centre"]}, "one of the two"),
    ],
)  # fmt: skip
def test_what_a_form_says_unclearly_is_refused_in_words_for_a_page(step: Step, fields: Fields, says: str) -> None:
    with pytest.raises(AnswerError, match=says) as refused:
        operations.interview_given(interview=Interview(words=""), step=step, values=fields, today=TODAY)
    told = str(refused.value)
    assert told[0].isupper() or told[0] == "'"
    assert "_" not in told.partition("'")[0], "no id of ours"


def test_not_sure_of_a_list_asks_each_line_and_counts_none_as_no() -> None:
    for unsure in (["not_sure"], ["not_sure", "both_legs"], ["skip", "leg_weakness"]):
        after = operations.interview_given(
            interview=Interview(words=""), step=SCREEN, values={"legs": unsure}, today=TODAY
        )
        assert after.answers == {}
        assert after.picked == ("both_legs", "leg_weakness")
    assert typed_of(SCREEN, {"legs": ["skip"]}) == "skip"


def test_pounds_are_turned_into_the_kilograms_that_are_asked_for() -> None:
    after = operations.interview_given(
        interview=Interview(), step=WEIGHT, values={"body_weight": ["180"], "unit": ["lb"]}, today=TODAY
    )
    assert after.answers["body_weight"] == Known(value=81.65, when=TODAY)


def test_words_count_even_where_leave_it_open_was_pressed_below_them() -> None:
    after = operations.interview_given(
        interview=Interview(), step=OwnWords(), values={"words": ["numb\r\nsince", "skip"]}, today=TODAY
    )
    assert after.words == "numb\nsince"


def test_an_answer_to_an_earlier_step_changes_nothing() -> None:
    other = Screen(screen="legs", title="Any?", questions=SCREEN.questions[:1])
    quoted = Single(question=GATE.question, quote="both legs tingle")
    assert len({step_key(one) for one in (SCREEN, other, GATE, quoted, OwnWords())}) == 5
    for step, key in ((other, step_key(SCREEN)), (quoted, step_key(GATE)), (PAIN, "words")):
        with pytest.raises(operations.StaleStepError, match="nothing was changed"):
            operations.interview_given(
                interview=Interview(), step=step, values={"legs": ["none"], "step": [key]}, today=TODAY
            )


# --- stored ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"version": 2, "first": {}, "steps": []},
        {"version": 1, "first": [], "steps": []},
        {"version": 1, "first": {}, "steps": [{}] * 1001},
        {"version": 1, "first": {"words": 3}, "steps": []},
        {"version": 1, "first": {"answers": {"age": 3}}, "steps": []},
        {"version": 1, "first": {}, "steps": [{"picked": 3}]},
    ],
)
def test_values_that_are_not_ours_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(operations.StoryError, match="begin again"):
        operations.interview_restored(values=values, today=TODAY)


def test_what_would_no_longer_be_taken_is_asked_again() -> None:
    answers: dict[str, Fact] = {
        "age": Known(value=34.0, source="about", when=TODAY), "onset": Known(value=date(2026, 11, 19), when=TODAY),
        "fever": Known(value="gone_choice", when=TODAY), "gone_question": NO, "sex": Unknown(why="skipped twice"),
    }  # fmt: skip
    stored = operations.interview_stored(interview=Interview(answers=answers, picked=("gone_gate", "fever")))
    restored = operations.interview_restored(values=stored, today=date(2026, 11, 18))
    assert restored.answers == {name: answers[name] for name in ("age", "sex")}
    assert restored.picked == ("fever",)
