"""Raise or lower a dose by one thing at a time, never above the rung's top and never below its beginning.

The order of what is raised is the practice's: repetitions, sets, how long or how far, how often, and the load last.
"""

from __future__ import annotations

from dataclasses import replace

from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Rung

# What can be raised, in order, with the parameter that holds its step; the load is last and bound to the week.
_STEPS = (
    ("reps", "step_reps"), ("sets", "step_sets"), ("seconds", "step_seconds"), ("minutes", "step_minutes"),
    ("metres", "step_metres"), ("times_a_day", "step_times"), ("days_a_week", "step_times"),
)  # fmt: skip
LOADS = ("share", "body_share", "effort")
"""The measures of load: share of a single, share of body weight, and the ceiling of effort."""


def at_top(dose: Dose, rung: Rung) -> bool:
    """Whether nothing of the dose can go up on this rung."""
    return raised(dose, rung, load_allowed=True, plans=None) == dose


def raised(dose: Dose, rung: Rung, *, load_allowed: bool, plans: PlanKnowledge | None) -> Dose:
    """The dose with one thing raised by one step; the same dose where nothing may go up.

    Without `plans` a step goes all the way to the top, which tells whether there is room.
    """
    for measure, step in _STEPS:
        now, top = getattr(dose, measure), getattr(rung.top, measure)
        if now is not None and top is not None and now < top:
            size = int(plans.number(step)) if plans is not None else top
            return replace(dose, **{measure: min(top, now + size)})
    return _more_load(dose, rung, plans) if load_allowed else dose


def _more_load(dose: Dose, rung: Rung, plans: PlanKnowledge | None) -> Dose:
    for measure in LOADS:
        now, top = getattr(dose, measure), getattr(rung.top, measure)
        if now is not None and top is not None and now < top:
            size = _load_step(measure, now, plans) if plans is not None else top
            return replace(dose, **{measure: round(min(top, now + size), 3)})
    return dose


def _load_step(measure: str, now: float, plans: PlanKnowledge) -> float:
    if measure == "effort":
        return plans.number("step_effort")
    if measure == "body_share":
        return plans.number("step_body_share")
    return plans.number("step_share_late" if now >= plans.number("heavy_part") else "step_share_early")


def lightened(dose: Dose, cut: float, plans: PlanKnowledge) -> Dose | None:
    """The dose with its load cut by a share; None where it would fall below the lightest that makes sense.

    Without a load that is a number it loses a set, and at one set a step of effort.
    """
    if dose.share is not None:
        share = round(dose.share * (1 - cut), 3)
        return None if share < plans.number("least_share") else replace(dose, share=share)
    if dose.body_share is not None:
        return replace(dose, body_share=round(dose.body_share * (1 - cut), 3))
    if dose.sets is not None and dose.sets > 1:
        return replace(dose, sets=dose.sets - 1)
    least = plans.number("least_effort")
    if dose.effort is None or dose.effort <= least:
        return None
    return replace(dose, effort=max(least, dose.effort - plans.number("step_effort")))


def fewer(dose: Dose, plans: PlanKnowledge) -> Dose:
    """The dose with one measure a step lower, for what has no load left to take off; the same where nothing can go."""
    for measure, step in _STEPS:
        now, size = getattr(dose, measure), int(plans.number(step))
        if now is not None and now > size:
            return replace(dose, **{measure: now - size})
    return dose


def lowest_of(dose: Dose, other: Dose) -> Dose:
    """Each measure at the lower of two doses of one rung."""
    measures = (*(measure for measure, _ in _STEPS), *LOADS)
    lower = {}
    for measure in measures:
        one, two = getattr(dose, measure), getattr(other, measure)
        lower[measure] = one if two is None else two if one is None else min(one, two)
    return Dose(**lower)


def same_or_less(dose: Dose, other: Dose) -> bool:
    """Whether no measure of a dose is above that of another."""
    measures = (*(measure for measure, _ in _STEPS), *LOADS)
    pairs = ((getattr(dose, measure), getattr(other, measure)) for measure in measures)
    return all(one is None or two is None or one <= two for one, two in pairs)
