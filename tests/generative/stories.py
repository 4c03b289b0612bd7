"""Random lifters, drawn from the questionnaire itself: a new question is in these tests the day it is written."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from liftback.facts.values import Fact, Facts, FactValue, Known, Unknown
from liftback.knowledge.entries import Question
from liftback.knowledge.loader import load_knowledge

TODAY = date(2026, 11, 20)
KNOWLEDGE = load_knowledge()


def values(question: Question) -> st.SearchStrategy[FactValue]:
    """Any value that a valid answer to the question can have."""
    real = [choice for choice in question.choice_ids if choice != "not_sure"]
    if question.kind == "one":
        return st.sampled_from(real)
    if question.kind == "many":
        return st.lists(st.sampled_from(real), min_size=1, max_size=4, unique=True).map(tuple)
    if question.kind == "date":
        return st.integers(0, 900).map(lambda days: TODAY - timedelta(days=days))
    if question.kind == "number":
        return st.integers(int(question.minimum or 0), int(question.maximum or 10)).map(float)
    return st.just("text")


def fact(question: Question, *, often_no: bool = False) -> st.SearchStrategy[Fact]:
    """A known or unknown fact; gates are mostly no, as in life."""
    known: st.SearchStrategy[Fact] = values(question).map(lambda value: Known(value=value))
    if often_no and question.gate is not None:
        return st.one_of(*[st.just(Known(value="no"))] * 6, known, st.just(Unknown()), st.just(Unknown(why="not sure")))
    return st.one_of(known, known, known, st.just(Unknown()))


@st.composite
def lifters(draw: st.DrawFn, *, often_no: bool = True) -> Facts:
    """The facts of one lifter, with the derived ones."""
    entries = {name: draw(fact(question, often_no=often_no)) for name, question in KNOWLEDGE.questions.items()}
    onset = entries["onset"]
    if isinstance(onset, Known) and isinstance(onset.value, date):
        entries["days_since_onset"] = Known(value=float((TODAY - onset.value).days))
    return Facts(entries)
