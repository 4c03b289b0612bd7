"""Who gets no plan, and why: warning signs first, then who our steps were not made for. Missing is never a no."""

from __future__ import annotations

from liftback.facts.values import Facts
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
    return tuple(one for name, words in _NEEDED if not facts.known(name) for one in spoken(words, plans))


def open_questions_of(facts: Facts) -> tuple[str, ...]:
    """The questions whose answers a plan waits for."""
    return tuple(name for name, _ in _NEEDED if not facts.known(name))


def gates_to_ask(plans: PlanKnowledge) -> tuple[str, ...]:
    """The warning signs that are gone through again when it gets worse or moves into a leg."""
    return tuple(one.word("gate") for one in plans.known.group("plans.ask_again"))


def stop_words(action: str, lift: str, day: str, plans: PlanKnowledge) -> tuple[Said, ...]:
    """What is said when the plan stops after an exposure."""
    return spoken("hold_numb" if action == "stop" else "hold_worse", plans, {"lift": lift, "day": day})
