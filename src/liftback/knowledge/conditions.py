"""Conditions over facts, as clinicians write them in YAML: all, any, not, at least so many.

A condition is a frozen tree. It names facts and, where a number is compared, the parameter that holds the
number, so that every threshold keeps its source. How a tree is evaluated is not said here: see
`liftback.facts.evaluation` (one story, with a trace) and `liftback.facts.masks` (many stories at once).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


class KnowledgeError(Exception):
    """A knowledge file does not say what it must; the message names file, entry and what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Is:
    """True when the fact is one of the named choices (for a many-choice fact: when any of them was chosen)."""

    fact: str
    choices: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """True when a number fact stands in the relation to the parameter's value.

    `relation` is one of at_least, above, at_most, below; `threshold` is the parameter's current value.
    """

    fact: str
    relation: str
    parameter: str
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """True when every part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """True when at least one part is true."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """True when the part is false."""

    part: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class AtLeastOf:
    """True when at least `count` of the parts are true."""

    count: int
    parts: tuple[Condition, ...]


Condition = Is | Compare | AllOf | AnyOf | Not | AtLeastOf
RELATIONS = ("at_least", "above", "at_most", "below")
ThresholdOf = Callable[[str], float]


def parse_condition(raw: Mapping[str, Any], threshold_of: ThresholdOf, where: str) -> Condition:
    """Read one condition from its YAML mapping.

    `threshold_of` gives the current number of a parameter by id. Raises KnowledgeError naming `where`.
    """
    if "all" in raw:
        return AllOf(parts=_parts(raw["all"], threshold_of, where))
    if "any" in raw:
        return AnyOf(parts=_parts(raw["any"], threshold_of, where))
    if "not" in raw:
        return Not(part=parse_condition(raw["not"], threshold_of, where))
    if "of" in raw:
        return AtLeastOf(count=int(raw["at_least"]), parts=_parts(raw["of"], threshold_of, where))
    return _leaf(raw, threshold_of, where)


def _parts(raw: list[Mapping[str, Any]], threshold_of: ThresholdOf, where: str) -> tuple[Condition, ...]:
    if not raw:
        raise KnowledgeError(f"{where}: an empty list of conditions decides nothing")
    return tuple(parse_condition(part, threshold_of, where) for part in raw)


def _leaf(raw: Mapping[str, Any], threshold_of: ThresholdOf, where: str) -> Condition:
    if "fact" not in raw:
        raise KnowledgeError(f"{where}: a condition needs all, any, not, of or fact; found {sorted(raw)}")
    fact = str(raw["fact"])
    if "is" in raw:
        chosen = raw["is"] if isinstance(raw["is"], list) else [raw["is"]]
        if any(isinstance(choice, bool) for choice in chosen):
            raise KnowledgeError(
                f'{where}: write the choices "no" and "yes" in quotes; bare, YAML reads true and false'
            )
        return Is(fact=fact, choices=frozenset(str(choice) for choice in chosen))
    for relation in RELATIONS:
        if relation in raw:
            name = str(raw[relation])
            return Compare(fact=fact, relation=relation, parameter=name, threshold=threshold_of(name))
    raise KnowledgeError(f"{where}: fact {fact!r} is compared with nothing")


def leaves(condition: Condition) -> Iterator[Is | Compare]:
    """Yield every leaf of the tree, in written order."""
    if isinstance(condition, Is | Compare):
        yield condition
    elif isinstance(condition, Not):
        yield from leaves(condition.part)
    else:
        for part in condition.parts:
            yield from leaves(part)
