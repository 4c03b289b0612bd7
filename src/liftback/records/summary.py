"""What of a lifter's pages says whether somebody should look, kept small, so that a clinic can read hundreds at once.

Worked out with the pages, and as old as they are: whoever reads it asks whether something was told since.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liftback.records.alarms import tells_sign
from liftback.records.tables.people import Lifter
from liftback.records.tables.told import Entry

NAME = "attention"
BACK = "done"
"""The action of the plan with which a lift is back to itself."""


def summary_of(lifter: Lifter, pages: Mapping[str, Any]) -> dict[str, Any]:
    """From the pages: level, why the plan is on hold, reds, what was reached, and what is signed.

    `signs` says that a warning sign was told and is not gone through yet.
    """
    answers, plan = pages["answers"], pages["plan"]
    if answers is None:
        # Without a story nothing else reads what was told.
        told = Entry.objects.filter(lifter=lifter)
        return {"story": False, "signs": any(tells_sign(one) for one in told)}
    advice = answers["advice"]
    found = {"story": True, "level": advice["level"], "level_name": advice["name"], "signs": False}
    if plan is None:
        return found
    stop = plan["stop"] or {}
    return {
        **found,
        "held": plan["held"],
        "signs": bool(plan["held"] and stop.get("signs")),
        "stop": stop.get("name", ""),
        "reds": [[one["day"], one["lift"]] for one in plan["judged"] if one["light"] == "red"],
        "back": [[one["day"], lift] for lift, one in plan["moves"].items() if one["action"] == BACK],
        "ready": bool(plan["clearance"] and plan["clearance"]["ready"] and not plan["clearance"]["cleared"]),
        "checked": None if plan["checked"] is None else [plan["checked"]["day"], plan["checked"]["current"]],
        "cleared": None if plan["cleared"] is None else [plan["cleared"]["day"], plan["cleared"]["stands"]],
    }
