"""The verbs for training under a plan, as pages need them: one keyword-only function for each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from liftback.exchange import doing_values as laid_out
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.clearance import Clearance
from liftback.plans.edits import Edit, digest, edited, same_lift
from liftback.plans.parts import Plan

__all__ = [
    "Edit",
    "clearance_values",
    "doing_values",
    "edited_plan",
    "judged_values",
    "lift_doses",
    "plan_digest",
    "same_lift",
]


def doing_values(*, plan: Plan, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The lights of a score, what moved last in each lift, and clearance; see `liftback.exchange.doing_values`."""
    return laid_out.doing_values(plan, plan_knowledge(knowledge or load_knowledge()))


def clearance_values(*, found: Clearance, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """Clearance as JSON values, each criterion with its reason."""
    return laid_out.clearance_values(found, plan_knowledge(knowledge or load_knowledge()))


def edited_plan(*, plan: Plan, edits: Sequence[Edit]) -> Plan:
    """The plan with a therapist's edits over it, never more than the plan itself; see `liftback.plans.edits`."""
    return edited(plan, edits)


def lift_doses(*, plan: Plan) -> list[dict[str, Any]]:
    """Every lift and piece of work of a plan with its next dose, in words and numbers; empty for a held plan."""
    return laid_out.lift_doses(plan)


def judged_values(*, plan: Plan, since: date) -> list[dict[str, Any]]:
    """What was done since a day, each with its light, newest first; of a held plan too."""
    return laid_out.judged_values(plan, since)


def plan_digest(*, plan: Plan) -> str:
    """A digest of what a therapist stands by: see `liftback.plans.edits.digest`."""
    return digest(plan)
