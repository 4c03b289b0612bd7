"""Evaluate a condition over one lifter's facts in three values (true, false, unknown), with a trace.

The logic is Kleene's: `all` is false when one part is false, unknown when none is false and one is unknown;
`any` is true when one part is true; `at least n of` counts, and is unknown while the unknown parts could
still decide. `liftback.facts.masks` does the same for many lifters at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from liftback.facts.values import Facts, Known
from liftback.knowledge.conditions import AllOf, AnyOf, AtLeastOf, Compare, Condition, Is, Not

Truth = bool | None


@dataclass(frozen=True, slots=True)
class Trace:
    """What a condition came to, and what its parts came to."""

    condition: Condition
    value: Truth
    parts: tuple[Trace, ...] = ()


def evaluate(condition: Condition, facts: Facts) -> Trace:
    """Evaluate with a trace of every part."""
    if isinstance(condition, Is | Compare):
        return Trace(condition, _leaf(condition, facts))
    if isinstance(condition, Not):
        part = evaluate(condition.part, facts)
        return Trace(condition, None if part.value is None else not part.value, (part,))
    parts = tuple(evaluate(part, facts) for part in condition.parts)
    return Trace(condition, _count(parts, _needed(condition)), parts)


def holds(condition: Condition | None, facts: Facts) -> Truth:
    """The truth of a condition without its trace; no condition at all always holds.

    It stops at the first part that decides, which makes it several times faster than `evaluate`: most
    statements do not hold for most lifters, and need no trace.
    """
    if condition is None:
        return True
    if isinstance(condition, Is | Compare):
        return _leaf(condition, facts)
    if isinstance(condition, Not):
        inner = holds(condition.part, facts)
        return None if inner is None else not inner
    needed = _needed(condition)
    spare = len(condition.parts) - needed
    true = false = 0
    for part in condition.parts:
        value = holds(part, facts)
        true += value is True
        false += value is False
        if true >= needed:
            return True
        if false > spare:
            return False
    return None


def _needed(condition: AllOf | AnyOf | AtLeastOf) -> int:
    if isinstance(condition, AllOf):
        return len(condition.parts)
    return 1 if isinstance(condition, AnyOf) else condition.count


def _count(parts: tuple[Trace, ...], needed: int) -> Truth:
    true = sum(part.value is True for part in parts)
    unknown = sum(part.value is None for part in parts)
    if true >= needed:
        return True
    return None if true + unknown >= needed else False


def _leaf(leaf: Is | Compare, facts: Facts) -> Truth:
    fact = facts[leaf.fact]
    if not isinstance(fact, Known):
        return None
    if isinstance(leaf, Is):
        if isinstance(fact.value, tuple):
            return not leaf.choices.isdisjoint(fact.value)
        return fact.value in leaf.choices
    if not isinstance(fact.value, int | float):
        return None
    return compare(float(fact.value), leaf.relation, leaf.threshold)


def compare(number: float, relation: str, threshold: float) -> bool:
    """Whether the number stands in the relation to the threshold."""
    if relation == "at_least":
        return number >= threshold
    if relation == "above":
        return number > threshold
    return number <= threshold if relation == "at_most" else number < threshold


def true_leaves(trace: Trace, *, positive: bool = True) -> Iterator[Is | Compare]:
    """Yield the leaves that speak for the condition: true ones, and false ones under a `not`."""
    if isinstance(trace.condition, Is | Compare):
        if trace.value is positive:
            yield trace.condition
        return
    turned = not positive if isinstance(trace.condition, Not) else positive
    for part in trace.parts:
        yield from true_leaves(part, positive=turned)


def unknown_leaves(trace: Trace) -> Iterator[Is | Compare]:
    """Yield the leaves whose facts are not known, in parts that are still undecided."""
    if trace.value is not None:
        return
    if isinstance(trace.condition, Is | Compare):
        yield trace.condition
    for part in trace.parts:
        yield from unknown_leaves(part)
