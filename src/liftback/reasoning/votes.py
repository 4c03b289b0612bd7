"""Weigh answers for two or more sides, so that an answer that is missing can never be outvoted in silence.

Every pointer is a statement with a condition and a weight. What stands is counted, and so is what could still
come. A side leads only by what it has over all that any other side could still reach: so taking an answer away
can end a lead, but can never hand the lead to another side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from liftback.facts.evaluation import evaluate, holds
from liftback.facts.values import Facts
from liftback.knowledge.entries import Statement
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, deciding_questions, parameter_reason, say, unique


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The pointers for one side: `sure` points stand, `still` points could come from answers not given.

    `questions` are the ids of the questions that those answers belong to.
    """

    id: str
    sure: float
    still: float
    said: tuple[Said, ...]
    questions: tuple[str, ...]

    @property
    def most(self) -> float:
        """The most points that this side could reach."""
        return self.sure + self.still

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The facts and weights behind the points that stand."""
        return unique(reason for said in self.said for reason in said.because)


def tally(side: str, pointers: Sequence[Statement], facts: Facts, knowledge: Knowledge) -> Tally:
    """Count the pointers of one side. Raises KeyError for a pointer without a weight."""
    sure = still = 0.0
    said: list[Said] = []
    questions: dict[str, None] = {}
    for pointer in pointers:
        weight = weight_of(pointer, knowledge)
        truth = None
        if pointer.when is not None:
            truth = holds(pointer.when, facts)
            if truth is None:
                still += weight
                trace = evaluate(pointer.when, facts)
                questions.update(dict.fromkeys(deciding_questions(trace, knowledge)))
        spoken = say(pointer, facts, knowledge) if truth is True else None
        if spoken is not None:
            sure += weight
            said.append(spoken)
    return Tally(id=side, sure=sure, still=still, said=tuple(said), questions=tuple(questions))


def weight_of(pointer: Statement, knowledge: Knowledge) -> float:
    """How many points a pointer counts. Raises KeyError where it names no weight."""
    if pointer.weight is None:
        raise KeyError(f"{pointer.id} points somewhere but has no weight")
    return knowledge.number(pointer.weight)


def lead(side: Tally, sides: Sequence[Tally]) -> float:
    """By how many points a side is ahead of all that any other side could still reach; negative when behind."""
    return side.sure - max(other.most for other in sides if other.id != side.id)


def leader(sides: Sequence[Tally], needed: float) -> Tally | None:
    """The side whose lead no missing answer can take back, or None. `needed` is above zero."""
    return next((side for side in sides if lead(side, sides) >= needed), None)


def still_open(sides: Sequence[Tally], needed: float) -> tuple[str, ...]:
    """The questions that could still make a side lead; empty when the answers given simply do not agree."""
    if not any(_could_lead(side, sides, needed) for side in sides):
        return ()
    return tuple(dict.fromkeys(question for side in sides for question in side.questions))


def _could_lead(side: Tally, sides: Sequence[Tally], needed: float) -> bool:
    return side.most - max(other.sure for other in sides if other.id != side.id) >= needed


def rule_reason(statement: str, facts: Facts, knowledge: Knowledge) -> tuple[Reason, ...]:
    """The reason that a rule gives, in the words of its statement, with the numbers that it shows."""
    spoken = say(knowledge.statements[statement], facts, knowledge)
    return (Reason(kind="rule", id=statement, text=spoken.text), *spoken.because) if spoken else ()


def parameter_reasons(names: Sequence[str], knowledge: Knowledge) -> tuple[Reason, ...]:
    """The reasons that numbers we hold true give."""
    return tuple(parameter_reason(knowledge.parameters[name]) for name in names)
