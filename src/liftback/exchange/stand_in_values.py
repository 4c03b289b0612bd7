"""What may stand in for a lift today, as JSON values for the list that is chosen from when the rack is taken."""

from __future__ import annotations

from typing import Any

from liftback.exchange.plan_words import dose_details, dose_words, listed
from liftback.exchange.report_outline import clean
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Plan
from liftback.plans.standing_in import StandIn, standing_in

FLOOR = "nothing but the floor"
_DOSE = ("sets", "reps", "seconds", "minutes", "metres", "effort")


def stand_in_values(plan: Plan, lift: str, plans: PlanKnowledge, *, missing: str = "") -> list[dict[str, Any]]:
    """Each exercise that may stand in, best first: its dose in words and numbers, what it needs, and why."""
    return [_values(one) for one in standing_in(plan, lift, plans, missing=missing)]


def _values(one: StandIn) -> dict[str, Any]:
    item = one.item
    return {
        "exercise": item.exercise,
        "name": clean(item.name),
        "lift": clean(item.lift),
        "dose": dose_words(item),
        "details": dose_details(item),
        **{measure: getattr(item.dose, measure) for measure in _DOSE},
        "weight": None,
        "unit": "",
        "per_side": item.per_side,
        "tempo": clean(item.tempo),
        "rest_seconds": item.rest_seconds,
        "level": item.level,
        "back_load": item.back_load,
        "back": item.dose_on_back,
        "needs": listed(name.replace("_", " ") for name in one.equipment) or FLOOR,
        "why": clean(one.why),
    }
