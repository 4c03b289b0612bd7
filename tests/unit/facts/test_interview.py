"""The interview step by step: what comes next, what is left out and why, and what an answer makes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from liftback.exchange.story_file import read_story
from liftback.exchange.story_writing import story_yaml
from liftback.facts.answers import AnswerError
from liftback.facts.evaluation import evaluate, unknown_leaves
from liftback.facts.interview import (
    Interview,
    OwnWords,
    Screen,
    Single,
    Step,
    answer,
    count_prompts,
    fired_level,
    next_step,
    progress,
    questions_until_first_answer,
    resumed,
    undo,
)
from liftback.facts.story import Story, facts_of
from liftback.facts.typed import read_typed
from liftback.facts.values import Known, Unknown
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.triage import triage

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 23)
NO = Known(value="no", when=TODAY)
PLAIN = {"number": "10", "date": "3 days ago", "one": "1", "many": "1", "text": "words"}


def step_of(interview: Interview) -> Step | None:
    return next_step(interview, KNOWLEDGE, today=TODAY)


def reply(interview: Interview, raw: str) -> Interview:
    step = step_of(interview)
    assert step is not None
    return answer(interview, step, raw, today=TODAY)


def plainly(step: Step) -> str:
    """The quiet answer: none of a checklist, the first choice, a middling number."""
    if isinstance(step, Screen):
        return "none"
    if isinstance(step, OwnWords):
        return "skip"
    question = step.question
    if question.kind == "number" and question.minimum is not None and question.maximum is not None:
        return str(int(min(max(float(PLAIN["number"]), question.minimum), question.maximum)))
    return PLAIN[question.kind]


def walk(interview: Interview, *, until: str | None = None, **answers: str) -> tuple[Interview, list[Step]]:
    """Answer quietly, but as told for the named questions; stop before the step or stage `until`."""
    steps: list[Step] = []
    while (step := step_of(interview)) is not None:
        name = step.question.id if isinstance(step, Single) else step.kind
        if until in (name, step.stage):
            break
        raw = answers.get(name, plainly(step))
        if isinstance(step, Screen) and any(one.id in answers for one in step.questions):
            raw = ", ".join(one.id for one in step.questions if one.id in answers)
        steps.append(step)
        interview = answer(interview, step, raw, today=TODAY)
    return interview, steps


def asked(steps: list[Step]) -> list[str]:
    """Ids of the questions shown, screens taken apart."""
    return [one.id for step in steps for one in _questions(step)]


def _questions(step: Step) -> tuple:  # type: ignore[type-arg]
    if isinstance(step, OwnWords):
        return ()
    return step.questions if isinstance(step, Screen) else (step.question,)


def test_the_stages_come_in_order() -> None:
    _, steps = walk(Interview())
    stages = [step.stage for step in steps]
    assert stages == sorted(stages, key=("about", "gates", "story", "plan", "programme").index)
    assert asked(steps)[:3] == ["age", "sex", "contact"]
    assert sum(isinstance(step, OwnWords) for step in steps) == 1


def test_none_on_every_checklist_answers_every_gate_with_an_explicit_no() -> None:
    interview, steps = walk(Interview())
    assert {name: interview.answers[name] for name in KNOWLEDGE.gate_questions} == dict.fromkeys(
        KNOWLEDGE.gate_questions, NO
    )
    assert set(KNOWLEDGE.gate_questions) <= set(asked(steps)), "only what was shown may be answered"


def test_a_picked_line_is_asked_next_and_the_others_of_its_screen_are_no() -> None:
    interview, _ = walk(Interview(), until="gates")
    screen = step_of(interview)
    assert isinstance(screen, Screen)
    first, second, *rest = (one.id for one in screen.questions)
    interview = reply(interview, "2")
    assert interview.answers[first] == NO
    assert [interview.answers[one] for one in rest] == [NO] * len(rest)
    assert second not in interview.answers
    step = step_of(interview)
    assert isinstance(step, Single)
    assert step.question.id == second


def test_an_emergency_ends_the_interview_at_once_and_undo_opens_it_again() -> None:
    interview, _ = walk(Interview(), saddle_numbness="new_numbness")
    assert step_of(interview) is None
    before = undo(interview)
    step = step_of(before)
    assert isinstance(step, Single)
    assert step.question.id == "saddle_numbness"


def wrote(words: str) -> Interview:
    """An interview in which these words have just been told."""
    return reply(walk(Interview(), until="words")[0], words)


def level_of(interview: Interview) -> Level:
    return triage(facts_of(interview.story(), KNOWLEDGE, today=TODAY), KNOWLEDGE).level


def test_an_emergency_in_the_lifters_own_words_is_shown_back_first_and_counts_meanwhile() -> None:
    interview = wrote("I cannot feel when I wipe")
    step = step_of(interview)
    assert isinstance(step, Single)
    assert (step.question.id, step.quote) == ("saddle_numbness", "cannot feel when I wipe")
    assert step.because == 'you wrote: "cannot feel when I wipe"; is that right?'
    assert level_of(interview) is Level.emergency, "whoever stops here is not sent home"


@pytest.mark.parametrize("raw", ["wiping_differs", "not sure", "skip"])
def test_only_a_clear_answer_takes_words_back(raw: str) -> None:
    interview = reply(wrote("I cannot feel when I wipe"), raw)
    assert step_of(interview) is None, "an emergency ends it"
    assert level_of(interview) is Level.emergency


def test_a_no_after_the_words_were_shown_stands() -> None:
    interview = reply(wrote("I cannot feel when I wipe"), "no")
    assert isinstance(step_of(interview), Screen)
    assert interview.words_asked == ("saddle_numbness",)
    assert facts_of(interview.story(), KNOWLEDGE, today=TODAY)["saddle_numbness"] == NO
    assert level_of(walk(interview)[0]) < Level.same_day


def test_a_no_that_was_ticked_without_the_words_does_not() -> None:
    story = replace(walk(Interview())[0].story(), words="I cannot feel when I wipe")
    fact = facts_of(story, KNOWLEDGE, today=TODAY)["saddle_numbness"]
    assert fact == Known(value="wiping_differs", source="own words", quote="cannot feel when I wipe")
    step = step_of(resumed(story, KNOWLEDGE))
    assert isinstance(step, Single)
    assert step.question.id == "saddle_numbness"


def test_what_was_asked_with_the_words_shown_is_kept_in_the_story_file() -> None:
    interview = reply(wrote("I cannot feel when I wipe"), "no")
    text = story_yaml(interview.story(), KNOWLEDGE)
    again = resumed(read_story(text.encode(), KNOWLEDGE, today=TODAY), KNOWLEDGE)
    assert again.words_asked == ("saddle_numbness",)
    assert isinstance(step_of(again), Screen)


def test_a_doubtful_word_is_asked_about_next() -> None:
    interview, _ = walk(Interview(), until="words")
    interview = reply(interview, "maybe my groin is a bit numb")
    step = step_of(interview)
    assert isinstance(step, Single)
    assert (step.question.id, "groin is a bit numb" in step.because) == ("saddle_numbness", True)


def test_denied_words_change_nothing() -> None:
    interview, _ = walk(Interview(), until="words")
    assert isinstance(step_of(reply(interview, "no numbness between my legs")), Screen)


@pytest.mark.parametrize(
    ("gate", "choice"), [("bladder_change", "burning_only"), ("leg_weakness", "new_one_leg"), ("fever", "measured")]
)
def test_gates_that_cannot_raise_the_level_are_left_out_unless_a_cluster_needs_them(gate: str, choice: str) -> None:
    interview, steps = walk(Interview(), **{gate: choice})
    facts = facts_of(interview.story(), KNOWLEDGE, today=TODAY)
    fired = fired_level(facts, KNOWLEDGE)
    left_out = set(KNOWLEDGE.gate_questions) - set(asked(steps))
    assert fired == Level.same_day
    assert left_out
    rules = [rule for cluster in KNOWLEDGE.clusters.values() for rule in cluster.rules if rule.level > fired]
    undecided = {leaf.fact for rule in rules for leaf in unknown_leaves(evaluate(rule.when, facts))}
    for name in left_out:
        assert max(one.level for one in KNOWLEDGE.questions[name].choices if one.level is not None) <= fired
        assert name not in undecided


def test_a_question_whose_condition_is_false_is_left_out_and_one_that_is_open_is_asked() -> None:
    assert "moment_feel" not in asked(walk(Interview(), how_it_began="crept_up")[1])
    assert "moment_feel" in asked(walk(Interview(), how_it_began="moment")[1])
    assert "moment_feel" in asked(walk(Interview(), how_it_began="not sure")[1])


def test_a_skipped_gate_is_asked_once_more_and_stays_open() -> None:
    interview, _ = walk(Interview(), until="gates")
    screen = step_of(interview)
    assert isinstance(screen, Screen)
    interview = reply(interview, "skip")
    gates = [one.id for one in screen.questions]
    interview, steps = walk(interview, until="story", **dict.fromkeys(gates, "skip"))
    assert [name for name in asked(steps) if name in gates] == gates
    assert all(isinstance(interview.answers[name], Unknown) for name in gates)


def test_progress_counts_down_to_each_answer() -> None:
    interview, shown = Interview(), []
    while (step := step_of(interview)) is not None:
        shown.append(progress(interview, KNOWLEDGE, today=TODAY))
        interview = answer(interview, step, plainly(step), today=TODAY)
    assert [done for done, _ in shown] == list(range(len(shown)))
    left = [count for _, count in shown]
    assert left.count(1) == 4, "triage, the seven answers, what they need, the training"
    assert all(after < before for before, after in pairwise(left) if before > 1), "a quiet answer adds nothing"


@pytest.mark.parametrize(
    ("question", "raw", "says"),
    [
        ("age", "130", "from 10 to 110"),
        ("age", "", "type an answer, or skip"),
        ("sex", "9", "from 1 to 3"),
        ("sex", "1 2", "single number"),
        ("sex", "yes", "Which one?"),
        ("sex", "purple", "none of these lines; type a number, 1 to 3"),
        ("how_it_began", "i", "none of these lines"),
        ("onset", "next week", "a date such as"),
        ("moment_feel", "6, 1", "cannot stand beside"),
        ("screen", "9", "no line here"),
        ("screen", "", "type none"),
        ("screen", "purple", "no line here"),
    ],
)
def test_an_answer_that_cannot_be_read_is_told_in_one_sentence(question: str, raw: str, says: str) -> None:
    interview, _ = walk(Interview(), until=question)
    with pytest.raises(AnswerError, match=says):
        reply(interview, raw)


@pytest.mark.parametrize("raw", ["f", "Fem", "1", "female"])
def test_the_beginning_of_a_line_is_enough(raw: str) -> None:
    interview, _ = walk(Interview(), until="sex")
    assert reply(interview, raw).answers["sex"] == Known(value="female", source="about", when=TODAY)


def test_the_beginning_of_a_line_never_answers_a_warning_sign() -> None:
    question = KNOWLEDGE.questions["saddle_numbness"]
    with pytest.raises(AnswerError, match="none of these lines"):
        read_typed(question, "n/", TODAY)
    with pytest.raises(AnswerError, match="none of these lines"):
        read_typed(question, question.choices[-2].label[:-1], TODAY)


@pytest.mark.parametrize("raw", ["1, 3", "1 3", "3;1", "1 and 3", "pop, pull"])
def test_several_choices_are_typed_as_people_type_them(raw: str) -> None:
    interview, _ = walk(Interview(), until="moment_feel")
    assert reply(interview, raw).answers["moment_feel"] == Known(value=("pop", "pull"), when=TODAY)


def test_a_saved_interview_goes_on_where_it_stopped() -> None:
    interview, _ = walk(Interview(), until="function_after", words="Felt a pop.", pain_now="not sure")
    text = story_yaml(interview.story(), KNOWLEDGE)
    again = resumed(read_story(text.encode(), KNOWLEDGE, today=TODAY), KNOWLEDGE)
    assert again.words == "Felt a pop."
    assert step_of(again) == step_of(interview)
    assert again.answers == interview.answers
    assert step_of(undo(again)) == step_of(undo(interview))


def test_words_of_any_shape_survive_the_file() -> None:
    words = 'it\'s: "odd" # not a comment\n- yes\n\t\u00e9\U0001f62d'
    text = story_yaml(Story(answers={}, words=words), KNOWLEDGE)
    assert read_story(text.encode(), KNOWLEDGE, today=TODAY).words == words


def test_half_a_character_from_a_terminal_does_not_break_the_file() -> None:
    assert "words: a?b" in story_yaml(Story(answers={}, words="a\udce9b"), KNOWLEDGE)


def test_prompts_of_a_plain_lifter_fit_three_minutes() -> None:
    interview, steps = walk(Interview(), how_it_began="crept_up")
    prompts = count_prompts(interview.story(), KNOWLEDGE, today=TODAY)
    assert prompts.total == len(steps)
    assert questions_until_first_answer(interview.story(), KNOWLEDGE, today=TODAY) == prompts.to_triage
    # Three minutes at ten seconds a prompt.
    assert prompts.to_triage <= 18
    assert prompts.to_triage < prompts.to_answers < prompts.total


def test_prompts_of_an_empty_story_and_of_an_emergency_are_counted_too() -> None:
    empty = count_prompts(Story(answers={}), KNOWLEDGE, today=TODAY)
    assert empty.to_triage > len(KNOWLEDGE.gate_questions), "skipped gates are asked once more"
    urgent = count_prompts(Story(answers={"saddle_numbness": Known(value="new_numbness")}), KNOWLEDGE, today=TODAY)
    assert urgent.to_triage == urgent.total < empty.to_triage
