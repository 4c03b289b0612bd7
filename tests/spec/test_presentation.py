"""Achy or injured, as a clinician would draw it up. A blank cell is an answer that was not given."""

from __future__ import annotations

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.presentation import Presentation, presentation

KNOWLEDGE = load_knowledge()


QUESTIONS = ("how_it_began", "moment_feel", "function_after", "pain_location", "sore_how_long", "achy_bouts_before")


def sort(*cells: str) -> Presentation:
    """Sort a row of answers in the order of QUESTIONS; blank or left out is not given."""
    given = {name: cell for name, cell in zip(QUESTIONS, cells, strict=False) if cell}
    many = {name: Known(value=(cell,)) if name == "moment_feel" else Known(value=cell) for name, cell in given.items()}
    return presentation(Facts(many), KNOWLEDGE)


@pytest.mark.parametrize(
    ("cells", "value", "how_sure"),  # began, felt, right after, where, sore for how long
    [
        (("moment", "pop", "trouble_moving", "one_side", ""), "injured", "likely"),
        (("moment", "pull", "stopped", "both_sides", "three_to_four_days"), "injured", "likely"),
        (("moment", "none", "stopped", "", ""), "injured", "leaning"),
        (("moment", "", "trouble_moving", "", ""), "injured", "leaning"),
        (("moment", "pinch", "carried_on", "", ""), None, "undecided"),
        (("moment", "none", "carried_on", "", ""), None, "undecided"),
        (("moment", "", "", "", ""), None, "undecided"),
        (("after_training", "", "", "both_sides", "three_to_four_days"), "achy", "likely"),
        (("after_training", "", "", "", ""), "achy", "leaning"),
        (("crept_up", "", "", "one_side", "not_sore"), "achy", "leaning"),
        (("woke_with_it", "", "", "both_sides", "up_to_2_days"), "achy", "leaning"),
        (("woke_with_it", "", "", "one_side", "not_sore"), None, "undecided"),
        (("", "pop", "trouble_moving", "", ""), None, "undecided"),
        (("", "", "", "", ""), None, "undecided"),
    ],
)
def test_which_kind(cells: tuple[str, ...], value: str | None, how_sure: str) -> None:
    found = sort(*cells)
    assert (found.value, found.how_sure) == (value, how_sure)


@pytest.mark.parametrize(
    ("began", "felt", "after", "asked"),
    [
        ("", "", "", "how_it_began"),
        ("moment", "", "", "function_after"),
        ("moment", "pop", "", "function_after"),
    ],
)
def test_undecided_names_the_question_that_would_decide(began: str, felt: str, after: str, asked: str) -> None:
    assert asked in sort(began, felt, after).undecided


def test_answers_that_simply_differ_leave_nothing_to_ask() -> None:
    mixed = sort("moment", "pinch", "carried_on", "one_side", "not_sore")
    assert mixed.value is None
    assert mixed.undecided == ()
    assert mixed.for_achy
    assert mixed.for_injured


def test_achy_bouts_before_are_said_and_change_nothing() -> None:
    plain, bouts = (sort("moment", "pull", "stopped", "", "", told) for told in ("", "yes"))
    assert plain.value == bouts.value == "injured"
    assert {said.id for said in bouts.said} - {said.id for said in plain.said} == {"presentation.achy_bouts_first"}


def test_reasons_hold_the_facts_the_weights_and_the_rule() -> None:
    found = sort("after_training", "", "", "both_sides")
    assert {"how_it_began", "pain_location"} <= {reason.id for reason in found.because if reason.kind == "fact"}
    assert {reason.kind for reason in found.because} == {"fact", "parameter", "rule"}
    assert all(reason.certainty == "design_default" for reason in found.because if reason.kind == "parameter")
