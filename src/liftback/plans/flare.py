"""What to do when it flares, day by day, and when someone should look at the plan again.

The warning signs come first, each time. How much is done on a day is in parameters, one for each step of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from liftback.facts.values import Facts
from liftback.knowledge.entries import Level
from liftback.knowledge.plan_entries import TimedStep
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.first_days import Step, said_steps, seen_first, signs_said, with_level
from liftback.reasoning.findings import Reason, Said, parameter_reason, say_group, unique
from liftback.reasoning.response_pattern import HOURS_A_DAY

_NEVER = (-1.0, -1.0)  # hours before any flare: no step of it is now


@dataclass(frozen=True, slots=True, kw_only=True)
class FlarePlan:
    """What to do in a flare.

    `begun` is the day it began (None: none now) and `day` the days since. `seen` says who has to look first; then
    there is no step. `ask` are the warning signs to go through before anything else. `reassess` says whether someone
    should look at the plan again, None while that is not known; `reassess_words` says it. `lighter` is how much
    lighter, in percent, the lift comes back.
    """

    begun: date | None
    day: int | None
    seen: tuple[Said, ...]
    definition: tuple[Said, ...]
    ask: tuple[Said, ...]
    steps: tuple[Step, ...]
    rules: tuple[Said, ...]
    reassess: bool | None
    reassess_words: tuple[Said, ...]
    triggers: tuple[Said, ...]
    lighter: tuple[float, ...]
    because: tuple[Reason, ...]


def flare_plan(
    facts: Facts,
    *,
    begun: date | None,
    today: date,
    flares_in_weeks: int | None,
    knowledge: PlanKnowledge,
    triage_level: Level,
    falling: bool | None = None,
) -> FlarePlan:
    """What to do in a flare that began on a day, or in the next one.

    `flares_in_weeks` counts the flares of the last weeks, this one included, None where nobody counted. `falling` is
    whether this one is clearly getting better, None where that is not known. A day after today counts as none.
    """
    known = knowledge.known
    told = with_level(facts, triage_level)
    day = (today - begun).days if begun is not None and begun <= today else None
    seen = seen_first(told, knowledge)
    ask = signs_said(known.gate_questions, known)
    reassess = must_reassess(day, flares_in_weeks, falling, knowledge)
    because = _because(day, flares_in_weeks, knowledge)
    if seen:
        return FlarePlan(
            begun=begun, day=day, seen=seen, definition=(), ask=ask, steps=(), rules=(), reassess=reassess,
            reassess_words=(), triggers=(), lighter=(), because=because,
        )  # fmt: skip
    now = _NEVER if day is None else (float(day * HOURS_A_DAY), float((day + 1) * HOURS_A_DAY))
    steps = said_steps("flare", told, knowledge, now=now)
    return FlarePlan(
        begun=begun,
        day=day,
        seen=(),
        definition=say_group("plans.flare_intro", told, known),
        ask=ask,
        steps=steps,
        rules=say_group("plans.flare_rules", told, known),
        reassess=reassess,
        reassess_words=_reassess_words(day, flares_in_weeks, reassess, knowledge),
        triggers=say_group("plans.flare_triggers", told, known),
        lighter=knowledge.numbers("flare_lighter"),
        because=unique((*because, *(reason for step in steps for reason in step.because))),
    )


# --- how much on a day ---------------------------------------------------------------------------------------------


def volume_share(day_of_flare: int, knowledge: PlanKnowledge) -> float:
    """The share of the usual sets on a day of a flare, 0 the day it began; whole before it and after its steps."""
    step = _step_of(day_of_flare, knowledge)
    return 1.0 if step is None else knowledge.known.number(f"plans.flare_volume_{step.id}") / 100


def allowed_level(day_of_flare: int, knowledge: PlanKnowledge) -> int:
    """The highest level of the ladders on a day of a flare, 0 the day it began; all before it and after its steps."""
    step = _step_of(day_of_flare, knowledge)
    if step is None:
        return max(exercise.levels[1] for exercise in knowledge.exercises.values())
    return int(knowledge.known.number(f"plans.flare_level_{step.id}"))


def _step_of(day: int, knowledge: PlanKnowledge) -> TimedStep | None:
    hours = day * HOURS_A_DAY
    return next((step for step in knowledge.timed["flare"] if step.from_hours <= hours < step.to_hours), None)


# --- when to look again --------------------------------------------------------------------------------------------


def must_reassess(
    day: int | None, flares_in_weeks: int | None, falling: bool | None, knowledge: PlanKnowledge
) -> bool | None:
    """Whether someone should look at the plan again; None while what would tell is not known."""
    many = None if flares_in_weeks is None else flares_in_weeks >= knowledge.number("flare_many")
    long = day is not None and day > knowledge.number("flare_days")
    stuck = False if not long else None if falling is None else not falling
    if many is True or stuck is True:
        return True
    return None if many is None or stuck is None else False


def _reassess_words(
    day: int | None, flares_in_weeks: int | None, reassess: bool | None, knowledge: PlanKnowledge
) -> tuple[Said, ...]:
    said = {one.id.removeprefix("plans."): one for one in say_group("plans.flare_reassess", Facts({}), knowledge.known)}
    return tuple(said[name] for name in _reassess_names(day, flares_in_weeks, reassess, knowledge))


def _reassess_names(
    day: int | None, flares_in_weeks: int | None, reassess: bool | None, knowledge: PlanKnowledge
) -> Iterator[str]:
    many = flares_in_weeks is not None and flares_in_weeks >= knowledge.number("flare_many")
    long = day is not None and day > knowledge.number("flare_days")
    if many:
        yield "flare_reassess_many"
    elif reassess is True:
        yield "flare_reassess_long"
    elif not long:
        yield "flare_reassess_ask"
    if long and reassess is None:
        yield "flare_reassess_open"


def _because(day: int | None, flares_in_weeks: int | None, knowledge: PlanKnowledge) -> tuple[Reason, ...]:
    told = (
        ("flare_day", "Days since the flare began", day),
        ("flares_in_weeks", "Flares in the last weeks", flares_in_weeks),
    )
    facts = (
        Reason(kind="fact", id=name, text=text, value="not known" if value is None else str(value))
        for name, text, value in told
    )
    names = ("plans.flare_days", "plans.flare_many", "plans.flare_weeks")
    return (*facts, *(parameter_reason(knowledge.known.parameters[name]) for name in names))
