"""Irritability: how little provokes the pain, how bad it gets, how long it stays.

A composite of seven answers with thresholds borrowed from a guideline for stiff shoulders. The grade is the
highest level that at least two items reach; two single items are enough for high. Dull soreness after a heavy
session does not count. Each item can only raise the grade and being excused can only lower it, so the lowest
and the highest grade still possible are found by taking the missing answers at their lowest and highest.
"""

from __future__ import annotations

from dataclasses import dataclass

from liftback.facts.evaluation import Truth, holds
from liftback.facts.values import Facts
from liftback.knowledge.entries import Statement
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, fact_reason, say_group, unique
from liftback.reasoning.votes import parameter_reasons, rule_reason

GRADES = ("low", "moderate", "high")


@dataclass(frozen=True, slots=True, kw_only=True)
class IrritabilityItem:
    """One item with its level (low, moderate, high) or None when not known, and the reason in words.

    `counts` is False when the item only describes the soreness of a heavy session.
    """

    id: str
    name: str
    question: str
    level: str | None
    reason: str
    counts: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Irritability:
    """The grade, or None while missing answers could change it.

    `at_least` is the grade that is already reached (moderate or high, else None), whatever is still missing.
    `override` names the single item that was enough for high, if one was.
    """

    value: str | None
    at_least: str | None
    items: tuple[IrritabilityItem, ...]
    override: str | None
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def irritability(facts: Facts, knowledge: Knowledge) -> Irritability:
    """Grade how easily stirred the back is."""
    heavy = knowledge.statements["irritability.after_heavy"]
    soreness = holds(heavy.when, facts)
    items = _items(soreness, facts, knowledge)
    overrides = {entry.id: holds(entry.when, facts) for entry in knowledge.group("irritability.overrides")}
    needed = int(knowledge.number("irritability.items_needed"))
    lowest = _grade(_levels(items, soreness is not False, 0, knowledge), any(overrides.values()), needed)
    highest_override = any(truth is not False for truth in overrides.values())
    highest = _grade(_levels(items, soreness is True, len(GRADES) - 1, knowledge), highest_override, needed)
    value = GRADES[lowest] if lowest == highest else None
    at_least = GRADES[lowest] if lowest else None
    return Irritability(
        value=value,
        at_least=at_least,
        items=items,
        override=next((name for name, truth in overrides.items() if truth), None),
        because=_because(items, soreness, facts, knowledge),
        undecided=() if value else _undecided(items, soreness, knowledge),
        said=_said(value, at_least, facts, knowledge),
    )


def _items(soreness: Truth, facts: Facts, knowledge: Knowledge) -> tuple[IrritabilityItem, ...]:
    reached: dict[str, Statement] = {}
    for row in knowledge.group("irritability.item_levels"):
        if holds(row.when, facts) is True:
            reached[row.word("item")] = row
    made = []
    for entry in knowledge.group("irritability.items"):
        item = entry.id.removeprefix("irritability.")
        told = reached.get(item)
        made.append(
            IrritabilityItem(
                id=item,
                name=entry.text,
                question=entry.word("question"),
                level=told.word("level") if told else None,
                reason=told.text if told else "Not known yet.",
                counts=not (soreness is True and entry.word("soreness") == "yes"),
            )
        )
    return tuple(made)


def _levels(items: tuple[IrritabilityItem, ...], excused: bool, missing: int, knowledge: Knowledge) -> list[int]:
    """Each item's level as a number, with missing answers at `missing`; what is excused counts as low."""
    levels = []
    for item in items:
        level = GRADES.index(item.level) if item.level else missing
        levels.append(0 if excused and _describes_soreness(item, knowledge) else level)
    return levels


def _grade(levels: list[int], override: bool, needed: int) -> int:
    """The highest level that at least `needed` items reach, or the highest of all by an override."""
    return len(GRADES) - 1 if override else sorted(levels)[-needed]


def _undecided(items: tuple[IrritabilityItem, ...], soreness: Truth, knowledge: Knowledge) -> tuple[str, ...]:
    """The items not known, and what would tell a hard session's soreness where that could excuse a raised one."""
    questions = [item.question for item in items if item.level is None]
    raised = any(item.level not in (None, GRADES[0]) and _describes_soreness(item, knowledge) for item in items)
    if soreness is None and raised:
        questions.append("after_heavy_only")
    return tuple(dict.fromkeys(questions))


def _describes_soreness(item: IrritabilityItem, knowledge: Knowledge) -> bool:
    return knowledge.statements[f"irritability.{item.id}"].word("soreness") == "yes"


def _because(
    items: tuple[IrritabilityItem, ...], soreness: Truth, facts: Facts, knowledge: Knowledge
) -> tuple[Reason, ...]:
    known = [item.question for item in items if item.level is not None]
    if soreness is True:
        known += [name for name in ("after_heavy_only", "finding.pattern", "pain_location") if facts.known(name)]
    return unique(
        (
            *(fact_reason(name, facts, knowledge) for name in known),
            *parameter_reasons(["irritability.moderate_pain", "irritability.high_pain"], knowledge),
            *rule_reason("irritability.two_items", facts, knowledge),
            *rule_reason("irritability.holds_for_all", facts, knowledge),
        )
    )


def _said(value: str | None, at_least: str | None, facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    groups = [f"irritability.{value or 'undecided'}"]
    if value is None and at_least is not None:
        groups.append("irritability.at_least")
    if value == GRADES[-1]:
        groups.append("irritability.overrides")
    groups += ["irritability.heavy_soreness", "irritability.agreement"]
    return tuple(said for group in groups for said in say_group(group, facts, knowledge))
