"""From given answers to the seven answers, for tests: one lifter, all warning signs answered no unless said."""

from __future__ import annotations

from datetime import date, timedelta

from liftback.facts.diary import Diary
from liftback.facts.values import Fact, Facts, FactValue, Known
from liftback.knowledge.loader import load_knowledge
from liftback.operations import assessing
from liftback.reasoning.assessment import Findings
from liftback.reasoning.seven_answers import Answer, seven_answers

TODAY = date(2026, 11, 20)
KNOWLEDGE = load_knowledge()
WARNING_SIGNS = tuple(KNOWLEDGE.gate_questions)


def lifter(*, days_ago: int | None = None, gates: str | None = "no", **answers: FactValue) -> Facts:
    """The facts of a lifter who gave these answers; `gates` is the answer to every other warning sign."""
    entries: dict[str, Fact] = {}
    if gates is not None:
        entries |= {question: Known(value=gates) for question in WARNING_SIGNS}
    if days_ago is not None:
        entries["onset"] = Known(value=TODAY - timedelta(days=days_ago))
        entries["days_since_onset"] = Known(value=float(days_ago))
    return Facts(entries | {name: Known(value=value) for name, value in answers.items()})


def findings_of(facts: Facts) -> tuple[Findings, Facts]:
    """Every finding about this lifter, in the order that `assess` reasons in, and the facts they add."""
    # The order of reasoning is stated once, in operations; facts here need not come from a story file.
    return assessing._reason(facts, Diary(), None, KNOWLEDGE, TODAY)


def answers_of(facts: Facts) -> tuple[Answer, ...]:
    """The seven answers to this lifter."""
    return assessed(facts)[1]


def assessed(facts: Facts) -> tuple[Findings, tuple[Answer, ...]]:
    """The findings and the seven answers, reasoned once."""
    findings, known = findings_of(facts)
    return findings, seven_answers(findings, known, KNOWLEDGE)


def said_ids(answer: Answer) -> set[str]:
    """The ids of the statements that an answer says, without their topic."""
    return {paragraph.id.removeprefix("seven_answers.") for paragraph in answer.paragraphs}
