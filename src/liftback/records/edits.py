"""A therapist's edits of a plan: the rows that hold, as the engine takes them, and as pages say them.

They lie over the plan each time it is worked out (`plans.edits`), so that the lifter and the therapist see the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from liftback import operations
from liftback.records.days import day_of
from liftback.records.tables.care import PlanEdit
from liftback.records.tables.people import Lifter

HOLD, CAP, DOSE, NOTE = "hold", "cap", "dose", "note"
KINDS = (HOLD, CAP, DOSE, NOTE)
LONGEST_LIFT = 80
"""Letters of a lift's name that an edit keeps."""
_WITH_TASKS = ("focus", "aside")


def standing(lifter: Lifter) -> tuple[PlanEdit, ...]:
    """The edits that were not taken back, oldest first."""
    rows = PlanEdit.objects.filter(lifter=lifter, ended_at__isnull=True).select_related("clinic", "lifter")
    return tuple(rows.order_by("at", "pk"))


def as_edits(rows: Iterable[PlanEdit]) -> tuple[operations.Edit, ...]:
    """What the rows change, as the engine takes it; a note changes nothing."""
    return tuple(_edits(rows))


def _edits(rows: Iterable[PlanEdit]) -> Iterator[operations.Edit]:
    for row in rows:
        if row.kind == NOTE:
            continue
        values = row.values
        yield operations.Edit(
            kind=row.kind,
            lift=row.lift,
            weight=values.get("weight"),
            unit=str(values.get("unit") or ""),
            sets=values.get("sets"),
            reps=values.get("reps"),
        )


def fingerprint(digest: str, rows: Sequence[PlanEdit]) -> str:
    """What a signature under a plan is of: the plan's digest, with what was changed in it."""
    changes = sorted(json.dumps([one.kind, one.lift, one.values], sort_keys=True) for one in rows if one.kind != NOTE)
    return hashlib.sha256(json.dumps([digest, changes]).encode()).hexdigest()


def marked(values: dict[str, Any], rows: Sequence[PlanEdit]) -> dict[str, Any]:
    """The values of a plan's page with `edits`: all that hold, and beside each task and waiting lift its own.

    A lift that is left out is offered as nobody's stand-in either.
    """
    marks = [_mark(row) for row in rows]
    values["edits"] = marks
    if not marks or values["held"]:
        return values
    for task in _tasks(values):
        task["edits"] = _of(marks, task["lift"])
    for one in values["waiting"]:
        one["edits"] = _of(marks, one["name"])
    held = [one["lift"] for one in marks if one["kind"] == HOLD]
    values["swaps"] = {
        lift: [one for one in found if not any(operations.same_lift(one["name"], name) for name in held)]
        for lift, found in values["swaps"].items()
    }
    return values


def _mark(row: PlanEdit) -> dict[str, Any]:
    return {
        "id": row.pk,
        "kind": row.kind,
        "lift": row.lift,
        **{name: row.values.get(name) for name in ("weight", "unit", "sets", "reps")},
        "why": row.why,
        "by": row.by_name,
        "clinic": row.clinic.name,
        "day": _day(row.lifter, row.at),
    }


def _day(lifter: Lifter, at: datetime) -> str:
    return day_of(lifter, at).isoformat()


def _of(marks: Sequence[Mapping[str, Any]], lift: str) -> list[Mapping[str, Any]]:
    return [one for one in marks if operations.same_lift(str(one["lift"]), lift)]


def _tasks(values: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    days = [*values["days"], *(values[name] for name in _WITH_TASKS if values[name] is not None)]
    for day in days:
        yield from (*day["tasks"], *day["parked"])
    for row in values["rows"]:
        yield from row["tasks"]
