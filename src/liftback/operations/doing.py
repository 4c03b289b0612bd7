"""The verbs for training under a plan, as pages need them: one keyword-only function for each."""

from __future__ import annotations

from typing import Any

from liftback.exchange import doing_values as laid_out
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.clearance import Clearance
from liftback.plans.parts import Plan

__all__ = ["clearance_values", "doing_values"]


def doing_values(*, plan: Plan, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """The lights of a score, what moved last in each lift, and clearance; see `liftback.exchange.doing_values`."""
    return laid_out.doing_values(plan, plan_knowledge(knowledge or load_knowledge()))


def clearance_values(*, found: Clearance, knowledge: Knowledge | None = None) -> dict[str, Any]:
    """Clearance as JSON values, each criterion with its reason."""
    return laid_out.clearance_values(found, plan_knowledge(knowledge or load_knowledge()))
