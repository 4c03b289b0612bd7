"""The same three-valued logic as `liftback.facts.evaluation`, for many lifters at once.

A column holds one fact of every lifter: for a one-choice question the index of the choice (-1 unknown), for a
many-choice question a bit for each choice (-1 unknown), for a number the number (NaN unknown). A condition
becomes two masks, true and false; what is neither is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from liftback.facts.evaluation import compare
from liftback.facts.values import NOT_ASKED, Facts, FactValue, Known
from liftback.knowledge.conditions import AllOf, AnyOf, AtLeastOf, Compare, Condition, Is, Not
from liftback.knowledge.entries import Question
from liftback.knowledge.parsing import NOT_SURE

Mask = NDArray[np.bool_]
Columns = Mapping[str, NDArray[Any]]
UNKNOWN = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Masks:
    """Where a condition is true, where it is false, and where one of the marked facts speaks for it."""

    true: Mask
    false: Mask
    spoken: Mask


def encode(people: Sequence[Facts], questions: Mapping[str, Question], names: Sequence[str]) -> Columns:
    """Columns of the named facts for a sequence of lifters."""
    return {name: _column([_told(name, facts, questions) for facts in people], questions.get(name)) for name in names}


def _told(name: str, facts: Facts, questions: Mapping[str, Question]) -> FactValue | None:
    """The value, for a warning sign also that it was asked and not answered: triage tells that from never asked."""
    fact = facts[name]
    if isinstance(fact, Known):
        return fact.value
    question = questions.get(name)
    asked = question is not None and question.gate is not None and fact != NOT_ASKED
    return NOT_SURE if asked else None


def _column(values: list[FactValue | None], question: Question | None) -> NDArray[Any]:
    if question is None or question.kind in ("number", "date"):
        return np.array([v if isinstance(v, int | float) else np.nan for v in values], dtype=np.float64)
    index = {choice: place for place, choice in enumerate(question.choice_ids)}
    if question.kind == "many":
        bits = [sum(1 << index[c] for c in v) if isinstance(v, tuple) else UNKNOWN for v in values]
        return np.array(bits, dtype=np.int64)
    return np.array([index.get(v, UNKNOWN) if isinstance(v, str) else UNKNOWN for v in values], dtype=np.int8)


def masks(
    condition: Condition, columns: Columns, questions: Mapping[str, Question], marked: frozenset[str], size: int
) -> Masks:
    """Evaluate a condition for all lifters. `marked` names the facts whose speaking for it is reported."""
    if isinstance(condition, Is | Compare):
        return _leaf(condition, columns, questions, marked, size)
    if isinstance(condition, Not):
        # Under a `not`, a marked fact speaks for the condition where the inner leaf is false.
        inner = masks(condition.part, columns, questions, frozenset(), size)
        turned = _turned(condition.part, columns, questions, marked, size)
        return Masks(true=inner.false, false=inner.true, spoken=turned)
    parts = [masks(part, columns, questions, marked, size) for part in condition.parts]
    spoken = np.logical_or.reduce([part.spoken for part in parts])
    if isinstance(condition, AllOf):
        true = np.logical_and.reduce([part.true for part in parts])
        return Masks(true=true, false=np.logical_or.reduce([part.false for part in parts]), spoken=spoken)
    if isinstance(condition, AnyOf):
        true = np.logical_or.reduce([part.true for part in parts])
        return Masks(true=true, false=np.logical_and.reduce([part.false for part in parts]), spoken=spoken)
    return _counted(condition, parts, spoken)


def _counted(condition: AtLeastOf, parts: list[Masks], spoken: Mask) -> Masks:
    true = np.sum([part.true for part in parts], axis=0)
    possible = len(parts) - np.sum([part.false for part in parts], axis=0)
    return Masks(true=true >= condition.count, false=possible < condition.count, spoken=spoken)


def _turned(
    condition: Condition, columns: Columns, questions: Mapping[str, Question], marked: frozenset[str], size: int
) -> Mask:
    if isinstance(condition, Is | Compare):
        mask = masks(condition, columns, questions, marked, size)
        return mask.false if condition.fact in marked else np.zeros(size, dtype=bool)
    if isinstance(condition, Not):
        return masks(condition.part, columns, questions, marked, size).spoken
    parts = [_turned(part, columns, questions, marked, size) for part in condition.parts]
    turned: Mask = np.logical_or.reduce(parts)
    return turned


def _leaf(
    leaf: Is | Compare, columns: Columns, questions: Mapping[str, Question], marked: frozenset[str], size: int
) -> Masks:
    column = columns.get(leaf.fact)
    nothing = np.zeros(size, dtype=bool)
    if column is None:
        return Masks(true=nothing, false=nothing, spoken=nothing)
    if isinstance(leaf, Compare):
        known = ~np.isnan(column)
        true = known & _compare(column, leaf)
    else:
        known, true = _chosen(column, leaf, questions[leaf.fact])
    return Masks(true=true, false=known & ~true, spoken=true if leaf.fact in marked else nothing)


def _compare(column: NDArray[Any], leaf: Compare) -> Mask:
    # The scalar comparison works element by element on arrays; NaN compares false and is masked by the caller.
    result: Any = compare(column, leaf.relation, leaf.threshold)  # type: ignore[arg-type]
    return np.asarray(result, dtype=bool)


def _chosen(column: NDArray[Any], leaf: Is, question: Question) -> tuple[Mask, Mask]:
    places = [place for place, choice in enumerate(question.choice_ids) if choice in leaf.choices]
    if question.kind == "many":
        wanted = sum(1 << place for place in places)
        return _known(column), _known(column) & ((column & wanted) != 0)
    # A look-up table beats comparing with every choice: one pass over a column of small integers.
    table = np.zeros(len(question.choices) + 1, dtype=bool)
    table[places] = True
    return _known(column), table[column]


def _known(column: NDArray[Any]) -> Mask:
    known: Mask = column != UNKNOWN
    return known
