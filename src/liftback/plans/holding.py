"""Who gets no plan, and why: warning signs first, then who our steps were not made for. Missing is never a no."""

from __future__ import annotations

from collections.abc import Container

from liftback.facts.evaluation import holds
from liftback.facts.values import Facts
from liftback.facts.words import read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.words import spoken
from liftback.reasoning.findings import Said, say_group

# What has to be answered before there is a plan, with what is said while it is not.
_NEEDED = (("age", "hold_age_open"), ("pars_pattern", "hold_bone_open"), ("pregnancy_pelvic", "hold_pregnancy_open"))


def held_by(facts: Facts, level: Level, plans: PlanKnowledge) -> tuple[Said, ...]:
    """Why this lifter gets no plan; empty where one may be made."""
    said = say_group("plans.hold", facts, plans.known)
    if said or level >= Level.within_days:
        return said
    said = tuple(one for name, words in _NEEDED if not facts.known(name) for one in spoken(words, plans))
    return said + (spoken("hold_gates_open", plans) if open_gates(facts, plans) else ())


def open_gates(facts: Facts, plans: PlanKnowledge) -> tuple[str, ...]:
    """The warning signs without an answer that could still call for being seen within days: not asked is no "no"."""
    questions = plans.known.questions
    return tuple(
        name
        for name in plans.known.gate_questions
        if not facts.known(name)
        and holds(questions[name].asked_if, facts) is not False
        and any(one.level is not None and one.level >= Level.within_days for one in questions[name].choices)
    )


def open_questions_of(facts: Facts, plans: PlanKnowledge) -> tuple[str, ...]:
    """The questions whose answers a plan waits for."""
    needed = (name for name, _ in _NEEDED if not facts.known(name))
    return tuple(dict.fromkeys((*needed, *open_gates(facts, plans))))


def gates_to_ask(plans: PlanKnowledge) -> tuple[str, ...]:
    """The warning signs that are gone through again when it gets worse or moves into a leg."""
    return tuple(one.word("gate") for one in plans.known.group("plans.ask_again"))


LEG_GATES = ("both_legs", "leg_weakness", "leg_numbness")
"""The warning signs that are about a leg."""


def signs_in(words: str, plans: PlanKnowledge, gates: Container[str] | None = None) -> bool:
    """Whether own words tell a warning sign for which one should be seen within days; in doubt they do.

    `gates` are the signs that count, all where none are given.
    """
    questions = plans.known.questions
    return any(
        choice.level is not None and choice.level >= Level.within_days
        for one in read_words(words, plans.known)
        if one.counts and (gates is None or one.gate in gates)
        for choice in questions[one.gate].choices
        if choice.id == one.choice
    )


def stop_words(action: str, lift: str, day: str, plans: PlanKnowledge) -> tuple[Said, ...]:
    """What is said when the plan stops after an exposure."""
    name = {"stop": "hold_numb", "words": "hold_words"}.get(action, "hold_worse")
    return spoken(name, plans, {"lift": lift, "day": day})
