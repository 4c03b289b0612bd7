"""The quick reading of a condition against its two slower twins, over every condition in the knowledge files."""

from __future__ import annotations

from hypothesis import given, settings

from liftback.facts.evaluation import Trace, Truth, evaluate, holds
from liftback.facts.values import Facts
from liftback.knowledge.conditions import AllOf, AnyOf, AtLeastOf, Compare, Condition, Is, Not
from tests.generative.stories import KNOWLEDGE, lifters

CONDITIONS = [
    *(rule.when for cluster in KNOWLEDGE.clusters.values() for rule in cluster.rules),
    *(statement.when for statement in KNOWLEDGE.statements.values() if statement.when is not None),
]


def naive(condition: Condition, facts: Facts) -> Truth:
    """Try every completion of the unknown leaves: the slow, obvious meaning where no fact is read twice."""
    if isinstance(condition, Is | Compare):
        return evaluate(condition, facts).value
    if isinstance(condition, Not):
        inner = naive(condition.part, facts)
        return None if inner is None else not inner
    known = [naive(part, facts) for part in condition.parts]
    needed = {AllOf: len(known), AnyOf: 1}.get(type(condition)) or (
        condition.count if isinstance(condition, AtLeastOf) else 0
    )
    worst = sum(value is True for value in known) >= needed
    best = sum(value is not False for value in known) >= needed
    return worst if worst == best else None


@settings(max_examples=20, deadline=None, derandomize=True)
@given(lifters())
def test_quick_traced_and_naive_agree(person: Facts) -> None:
    for condition in CONDITIONS:
        traced: Trace = evaluate(condition, person)
        assert holds(condition, person) is traced.value
        assert naive(condition, person) is traced.value
