"""Warning signs asked again, and the page of an emergency, which needs no story."""

from __future__ import annotations

from datetime import date

import pytest

from liftback import operations
from liftback.facts.values import Known, Unknown
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge

TODAY = date(2026, 11, 26)
KNOWLEDGE = load_knowledge()
GATES = tuple(KNOWLEDGE.gate_questions)


def told(**answers: str) -> bytes:
    lines = "".join(f"  {name}: {answers.get(name, 'no')!r}\n" for name in GATES)
    return f"about: {{age: 34, contact: again_worse}}\nwords: It went in a squat.\nanswers:\n{lines}".encode()


def test_every_sign_is_open_again_and_the_rest_stays() -> None:
    interview = operations.interview_again(content=told(), today=TODAY)
    assert not set(interview.answers) & {*GATES, "contact"}
    assert interview.answers["age"] == Known(value=34.0, source="about", when=TODAY)
    assert interview.words == "It went in a squat."
    assert operations.interview_undo(interview=interview) is interview
    assert operations.interview_triage(interview=interview, today=TODAY).level >= Level.same_day


def test_an_answer_of_before_never_stands_for_one_of_today() -> None:
    interview = operations.interview_again(content=told(bladder_change="cannot_pee"), today=TODAY)
    step = operations.interview_step(interview=interview, today=TODAY, gates_first=True)
    assert step is not None
    assert operations.step_values(step=step, interview=interview, today=TODAY)["field"] == GATES_SCREEN


GATES_SCREEN = KNOWLEDGE.questions[GATES[0]].screen


def test_what_was_told_of_the_signs_keeps_doubt_apart_from_no() -> None:
    interview = operations.Interview(
        answers={
            "bladder_change": Known(value="no"),
            "both_legs": Unknown(why="not sure"),
            "fever": Unknown(why="skipped"),
        }
    )
    assert operations.gates_told(interview=interview) == {
        "bladder_change": "no", "both_legs": "not_sure", "fever": None,
    }  # fmt: skip


def test_the_page_of_an_emergency_says_what_fired() -> None:
    interview = operations.Interview(answers={"bladder_change": Known(value="cannot_pee")})
    page = operations.emergency_page(triage=operations.interview_triage(interview=interview, today=TODAY))
    assert page["signs"] == ["Not being able to pee needs help now, whatever the cause."]
    assert any("pressure on the nerves" in line for line in page["say"])


@pytest.mark.parametrize("answers", [{}, {"bladder_change": Known(value="no")}])
def test_the_page_of_an_emergency_is_there_for_anybody(answers: dict[str, Known]) -> None:
    triage = operations.interview_triage(interview=operations.Interview(answers=answers), today=TODAY)
    page = operations.emergency_page(triage=triage)
    assert page == operations.emergency_page()
    assert page["signs"] == []
    assert page["name"] == KNOWLEDGE.levels[Level.emergency].name
    assert all(page[part] for part in ("do", "say", "do_not", "watch_for", "when", "where"))


@pytest.mark.parametrize("gates_first", [True, False])
def test_the_order_of_asking_changes_nothing_that_is_asked(gates_first: bool) -> None:
    interview, asked = operations.Interview(), []
    while (step := operations.interview_step(interview=interview, today=TODAY, gates_first=gates_first)) is not None:
        shown = operations.step_values(step=step, interview=interview, today=TODAY)
        asked.append(shown["field"])
        value = "none" if shown["kind"] == "screen" else "skip"
        interview = operations.interview_given(
            interview=interview, step=step, values={shown["field"]: [value]}, today=TODAY
        )
    assert set(GATES) <= set(interview.answers)
    assert (asked[0] == GATES_SCREEN) is gates_first
    assert len(asked) == len(set(asked))
    assert {"age", "sex", "contact", "words", "onset"} <= set(asked)
    assert asked.index("age") < asked.index("onset")


def test_words_told_after_the_signs_still_bring_them_up() -> None:
    interview = operations.Interview()
    while (step := operations.interview_step(interview=interview, today=TODAY, gates_first=True)) is not None:
        shown = operations.step_values(step=step, interview=interview, today=TODAY)
        if shown["field"] == "saddle_numbness":
            assert shown["quote"] == "numb between my legs"
            return
        value = {"lines": "none", "words": "Since then I am numb between my legs."}.get(shown["input"], "skip")
        interview = operations.interview_given(
            interview=interview, step=step, values={shown["field"]: [value]}, today=TODAY
        )
    raise AssertionError("the words were not asked about")
