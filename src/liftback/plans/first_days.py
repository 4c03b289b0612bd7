"""The first days after a tweak: what to do, what not, and when to be seen, step by step.

Whoever must be seen first gets nothing else: no step, no pill, no exercise. Age and pregnancy that are not told hold
the steps too, as they do in the second answer. What needs no answers at all is in `first_hours`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from liftback.facts.evaluation import evaluate, holds
from liftback.facts.values import Facts, Known
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge
from liftback.knowledge.parsing import NOT_SURE
from liftback.knowledge.plan_entries import TimedStep
from liftback.knowledge.plans import PlanKnowledge
from liftback.reasoning.findings import (
    SLOT,
    Reason,
    Said,
    deciding_questions,
    fact_reason,
    parameter_reason,
    say,
    say_group,
    unique,
)
from liftback.reasoning.response_pattern import HOURS_A_DAY
from liftback.reasoning.slots import time_ago

# What is checked on a gym floor before anything is done: legs, saddle, bladder, trauma, and what cannot wait either.
FIRST_SIGNS = (
    "bladder_change", "bowel_change", "saddle_numbness", "both_legs", "leg_weakness", "trauma", "aortic",
    "chest_breath", "thunderclap", "arm_and_leg",
)  # fmt: skip
_JUST_NOW = ("first_hour", "next_hours")
_NEEDED = (("age", "first_days_open_age"), ("pregnancy_pelvic", "first_days_open_pregnancy"))
_ELAPSED, _BEGAN = "days_since_onset", "how_it_began"
_NOT_TOLD = (None, NOT_SURE)
_NOTHING = Facts({})
# Lines of a step that stand for the first sentence of a group that holds for this lifter.
_GROUPS = {
    "{direction}": "plans.first_days_direction",
    "{pills}": "plans.first_days_pills",
    "{test_set}": "plans.first_days_test",
}
_ASKING_GROUPS = ("plans.first_days_direction", "plans.first_days_test")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What to do from one hour to another, as said to this lifter. `now`: the day it is for is today.

    Every line is a whole sentence with the numbers it shows in its reasons.
    """

    id: str
    name: str
    from_hours: int
    to_hours: int
    do: tuple[Said, ...]
    do_not: tuple[Said, ...]
    seen_if: tuple[Said, ...]
    why: Said
    because: tuple[Reason, ...]
    now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstDays:
    """The first days of one lifter.

    `seen` says who has to look first, or what has to be answered first; then there is nothing else. `review` is what
    to do when the first days are over, and `review_now` whether that is today. `expects` is what studies saw.
    """

    day: int
    seen: tuple[Said, ...]
    headline: tuple[Said, ...]
    steps: tuple[Step, ...]
    review: tuple[Said, ...]
    review_now: bool
    expects: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstHours:
    """What to check and whom to call when it happened just now, and then the first steps."""

    check: tuple[Said, ...]
    signs: tuple[Said, ...]
    call: tuple[Said, ...]
    steps: tuple[Step, ...]


def first_days(facts: Facts, *, triage_level: Level, knowledge: PlanKnowledge) -> FirstDays | None:
    """The first days; None when they are over, the day it began is not known, or it did not begin with a moment.

    How it began may be unknown: then the steps are shown, and it is said whom they are for.
    """
    known = knowledge.known
    days = facts.number(_ELAPSED)
    if days is None or not 0 <= days <= known.number("seven_answers.first_days"):
        return None
    if say_group("plans.first_days_not_for", facts, known):
        return None
    told = with_level(facts, triage_level)
    seen = seen_first(told, knowledge)
    because = (fact_reason(_ELAPSED, told, known), *(reason for one in seen for reason in one.because))
    if seen:
        return FirstDays(
            day=int(days), seen=seen, headline=(), steps=(), review=(), review_now=False, expects=(),
            because=unique(because), undecided=_needed(told),
        )  # fmt: skip
    steps = said_steps("first_days", told, knowledge, now=_days_hours(int(days), known))
    return FirstDays(
        day=int(days),
        seen=(),
        headline=_headline(int(days), told, knowledge),
        steps=steps,
        review=say_group("plans.first_days_review", told, known),
        review_now=days >= known.number("seven_answers.first_days"),
        expects=say_group("plans.first_days_expects", told, known),
        because=unique((*because, *(reason for step in steps for reason in step.because))),
        undecided=_undecided(told, knowledge),
    )


def first_hours(knowledge: PlanKnowledge) -> FirstHours:
    """What is needed when it happened just now and nothing was answered: the signs to check come first."""
    known = knowledge.known
    said = {one.id.removeprefix("plans."): one for one in say_group("plans.first_days_just_now", _NOTHING, known)}
    steps = said_steps("first_days", _NOTHING, knowledge, now=(0, 1))
    return FirstHours(
        check=(said["first_days_check"],),
        signs=signs_said(FIRST_SIGNS, known),
        call=tuple(said[f"first_days_{name}"] for name in ("call", "tell", "adults")),
        steps=tuple(step for step in steps if step.id in _JUST_NOW),
    )


# --- who is seen first ---------------------------------------------------------------------------------------------


def with_level(facts: Facts, level: Level) -> Facts:
    """The facts with the triage level; where the facts hold a higher one already, that one stays."""
    found = facts.value("finding.triage")
    names = {one.name: one for one in Level}
    highest = max(level, names.get(str(found), level))
    return facts.adding({"finding.triage": Known(value=highest.name, source="finding")})


def seen_first(facts: Facts, knowledge: PlanKnowledge) -> tuple[Said, ...]:
    """Why somebody has to look first, or what has to be answered first; empty where the steps may be shown."""
    seen = say_group("plans.first_days_seen", facts, knowledge.known)
    if seen:
        return seen
    needed = _needed(facts)
    return tuple(_said(words, knowledge) for name, words in _NEEDED if name in needed)


def _needed(facts: Facts) -> tuple[str, ...]:
    return tuple(name for name, _ in _NEEDED if facts.value(name) in _NOT_TOLD)


def signs_said(names: Iterable[str], knowledge: Knowledge) -> tuple[Said, ...]:
    """Warning signs as short lines, with the sources of the gates they belong to. Nothing here is an answer."""
    return _signs_said(tuple(names), knowledge)


@lru_cache  # the same lists for every lifter
def _signs_said(names: tuple[str, ...], knowledge: Knowledge) -> tuple[Said, ...]:
    found = []
    for name in names:
        question, gate = knowledge.questions[name], knowledge.gates[knowledge.gate_questions[name]]
        text = question.short or question.text
        found.append(Said(id=name, text=text, kind="practice", sources=gate.sources, because=()))
    return tuple(found)


# --- steps ---------------------------------------------------------------------------------------------------------


def filled(text: str, knowledge: Knowledge) -> tuple[str, tuple[Reason, ...]]:
    """A text with its parameters in place, and where each number comes from. Raises KeyError for an unknown one."""
    shown: list[Reason] = []

    def one(match: re.Match[str]) -> str:
        shown.append(parameter_reason(knowledge.parameters[match.group(1)]))
        return shown[-1].value

    return SLOT.sub(one, text), tuple(shown)


def said_steps(name: str, facts: Facts, knowledge: PlanKnowledge, *, now: tuple[float, float]) -> tuple[Step, ...]:
    """The steps of a name as said to this lifter; those that overlap the hours `now` are marked."""
    found = (step for step in knowledge.timed[name] if holds(step.when, facts) is True)
    return tuple(_step(step, facts, knowledge, now) for step in found)


def _step(step: TimedStep, facts: Facts, knowledge: PlanKnowledge, now: tuple[float, float]) -> Step:
    lines = {
        kind: tuple(_line(text, f"{step.id}_{kind}_{place}", step, facts, knowledge) for place, text in enumerate(told))
        for kind, told in (("do", step.do), ("do_not", step.do_not), ("seen_if", step.seen_if))
    }
    why = _line(step.why, f"{step.id}_why", step, facts, knowledge)
    return Step(
        id=step.id,
        name=step.name,
        from_hours=step.from_hours,
        to_hours=step.to_hours,
        **lines,
        why=why,
        because=unique(reason for told in (*lines.values(), (why,)) for one in told for reason in one.because),
        now=step.from_hours < now[1] and now[0] < step.to_hours,
    )


def _line(text: str, name: str, step: TimedStep, facts: Facts, knowledge: PlanKnowledge) -> Said:
    if text in _GROUPS:
        return say_group(_GROUPS[text], facts, knowledge.known)[0]
    words, shown = filled(text, knowledge.known)
    sources = tuple(dict.fromkeys((*(reason.source for reason in shown), step.provenance.source)))
    return Said(id=name, text=words, kind="default", sources=sources, because=shown)


def _days_hours(day: int, knowledge: Knowledge) -> tuple[float, float]:
    """The hours since it happened that a day holds, as if it happened at noon."""
    half = knowledge.number("plans.first_days_half_day")
    return day * HOURS_A_DAY - half, day * HOURS_A_DAY + half


# --- words ---------------------------------------------------------------------------------------------------------


def _said(name: str, knowledge: PlanKnowledge, slots: Mapping[str, str] | None = None) -> Said:
    said = say(knowledge.known.statements[f"plans.{name}"], _NOTHING, knowledge.known, slots)
    if said is None:
        raise AssertionError(f"plans.{name} must hold always")
    return said


def _headline(days: int, facts: Facts, knowledge: PlanKnowledge) -> tuple[Said, ...]:
    headline = _said("first_days_headline", knowledge, {"since": time_ago(days)})
    began = replace(headline, because=(fact_reason(_ELAPSED, facts, knowledge.known), *headline.because))
    told = facts.value(_BEGAN) not in _NOT_TOLD
    return (began,) if told else (began, _said("first_days_if_moment", knowledge))


def _undecided(facts: Facts, knowledge: PlanKnowledge) -> tuple[str, ...]:
    """The questions whose answers could still change what is said."""
    names = [_BEGAN] if facts.value(_BEGAN) in _NOT_TOLD else []
    for group in _ASKING_GROUPS:
        for statement in knowledge.known.group(group):
            if statement.when is not None:
                names += deciding_questions(evaluate(statement.when, facts), knowledge.known)
    return tuple(dict.fromkeys(names))
