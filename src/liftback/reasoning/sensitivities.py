"""Sensitivities: which directions and loads the plan spares for now, strongest first.

A direction counts by what the lifter said, never by what was not asked: so an answer taken away can only make
the list shorter.
"""

from __future__ import annotations

from dataclasses import dataclass

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, say, unique
from liftback.reasoning.votes import Tally, parameter_reasons, rule_reason, tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivity:
    """One direction that is spared for now: its points and the answers behind them."""

    id: str
    name: str
    points: float
    signs: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sensitivities:
    """The directions spared for now, strongest first; empty when none stands out.

    `possible` are those that answers not given could still add; `undecided` are the questions for them.
    """

    value: tuple[str, ...]
    items: tuple[Sensitivity, ...]
    possible: tuple[str, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def sensitivities(facts: Facts, knowledge: Knowledge) -> Sensitivities:
    """Find the directions that this lifter's own answers point to."""
    sides = [_side(name, facts, knowledge) for name in _directions(knowledge)]
    needed = knowledge.number("sensitivities.points_needed")
    # Sorting keeps the written order of equals, which puts the direction that asks for most care first.
    found = sorted((side for side in sides if side.sure >= needed), key=lambda side: -side.sure)
    possible = [side for side in sides if side.sure < needed <= side.most]
    value = tuple(side.id for side in found)
    return Sensitivities(
        value=value,
        items=tuple(_item(side, knowledge) for side in found),
        possible=tuple(side.id for side in possible),
        because=unique(
            (
                *(reason for side in found for reason in side.reasons),
                *parameter_reasons(["sensitivities.points_needed"], knowledge),
                *rule_reason("sensitivities.points_that_stand", facts, knowledge),
            )
        ),
        undecided=tuple(dict.fromkeys(question for side in possible for question in side.questions)),
        said=_said(value, facts, knowledge),
    )


def _directions(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(entry.id.removeprefix("sensitivities.") for entry in knowledge.group("sensitivities.meanings"))


def _side(name: str, facts: Facts, knowledge: Knowledge) -> Tally:
    signs = [sign for sign in knowledge.group("sensitivities.signs") if sign.word("for") == name]
    return tally(name, signs, facts, knowledge)


def _item(side: Tally, knowledge: Knowledge) -> Sensitivity:
    name = knowledge.statements[f"sensitivities.{side.id}"].word("name")
    return Sensitivity(id=side.id, name=name, points=side.sure, signs=side.said)


def _said(value: tuple[str, ...], facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    ids = [*value, "for_now"] if value else ["none_so_far"]
    spoken = (say(knowledge.statements[f"sensitivities.{name}"], facts, knowledge) for name in ids)
    return tuple(one for one in spoken if one is not None)
