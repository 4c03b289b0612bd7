"""Random walks through the interview: each ends, each step can be taken back, and no answer is lost on the way."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.exchange.story_file import read_story
from liftback.exchange.story_writing import story_yaml
from liftback.facts.answers import AnswerError
from liftback.facts.interview import Interview, OwnWords, Screen, Step, answer, next_step, resumed, undo
from liftback.facts.values import Known
from liftback.knowledge.loader import load_knowledge
from tests.generative.stories import TODAY

KNOWLEDGE = load_knowledge()
# Two prompts for a question (skipped, then asked again), its screen, and the words.
MOST_STEPS = 2 * len(KNOWLEDGE.questions) + 10


def raw_answer(step: Step) -> st.SearchStrategy[str]:
    """Something a person may type at a step, good and bad."""
    noise = st.sampled_from(["skip", "?", "", "banana", "99", "1,,2"])
    if isinstance(step, OwnWords):
        return st.sampled_from(["skip", "felt a pop", "maybe numb between my legs", "my dad had cancer"])
    if isinstance(step, Screen):
        numbers = st.lists(st.integers(1, len(step.questions)), max_size=2).map(lambda ns: ", ".join(map(str, ns)))
        return st.one_of(*[st.just("none")] * 4, numbers, noise)
    question = step.question
    if question.choices:
        return st.one_of(st.integers(1, len(question.choices)).map(str), st.just(question.choice_ids[0]), noise)
    return st.one_of(st.sampled_from(["3", "7,5", "2 weeks ago", "2026-11-02"]), noise)


@settings(max_examples=12, derandomize=True, deadline=None)
@given(st.data())
def test_every_walk_ends_and_every_step_can_be_taken_back(data: st.DataObject) -> None:
    interview, taken = Interview(), 0
    while (step := next_step(interview, KNOWLEDGE, today=TODAY)) is not None:
        try:
            after = answer(interview, step, data.draw(raw_answer(step)), today=TODAY)
        except AnswerError:
            after = answer(interview, step, "skip", today=TODAY)
        taken += 1
        assert taken <= MOST_STEPS
        assert undo(after) is interview
        assert next_step(undo(after), KNOWLEDGE, today=TODAY) == step
        assert interview.answers.items() <= {**after.answers, **_again(interview)}.items()
        interview = after
    assert interview.done == taken


def _again(interview: Interview) -> dict[str, object]:
    # Only a skipped gate is asked, and so answered, a second time.
    return {name: fact for name, fact in interview.answers.items() if not isinstance(fact, Known)}


@settings(max_examples=8, derandomize=True, deadline=None)
@given(st.data())
def test_an_interview_can_be_saved_and_taken_up_at_any_step(data: st.DataObject) -> None:
    interview = Interview()
    for _ in range(data.draw(st.integers(1, 20))):
        step = next_step(interview, KNOWLEDGE, today=TODAY)
        if step is None:
            break
        raw = "none" if isinstance(step, Screen) else data.draw(st.sampled_from(["skip", "1"]))
        try:
            interview = answer(interview, step, raw, today=TODAY)
        except AnswerError:
            interview = answer(interview, step, "skip", today=TODAY)
    text = story_yaml(interview.story(), KNOWLEDGE)
    again = resumed(read_story(text.encode(), KNOWLEDGE, today=TODAY), KNOWLEDGE)
    assert {name: getattr(fact, "value", None) for name, fact in again.answers.items()} == {
        name: getattr(fact, "value", None) for name, fact in interview.answers.items()
    }
