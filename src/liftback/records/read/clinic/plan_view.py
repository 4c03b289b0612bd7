"""How a lifter's plan is shown where a clinic cares for them: as the plan, as general education, or not at all.

A clinic may switch off plans for its patients, or plans that no therapist has signed (`records.modules`). That is
asked each time a page is shown, and never of a plan that is held: what to do first is shown to everybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from liftback.records import modules
from liftback.records.tables.care import Episode
from liftback.records.tables.people import Clinic, Lifter

PLAN, EDUCATION, OFF = "plan", "education", "off"
_AMOUNTS = (
    "sets", "reps", "seconds", "minutes", "metres", "times_a_day", "days_a_week", "share", "body_share", "effort",
    "weight",
)  # fmt: skip


def caring_for(lifter: Lifter) -> Clinic | None:
    """The clinic with an open episode of this lifter; None for most people."""
    if lifter.clinic_id is None:
        return None
    there = Episode.objects.filter(lifter=lifter, clinic=lifter.clinic_id, closed_at__isnull=True)
    found = there.select_related("clinic").first()
    return None if found is None else found.clinic


def shows_all(lifter: Lifter) -> bool:
    """Whether nothing is switched off that a plan's lifter would see: so for most people, asked for in no query."""
    clinic = caring_for(lifter)
    return all(modules.is_on(clinic, name) for name in (modules.PLANNING, modules.UNSIGNED_PLANS))


def as_shown(lifter: Lifter, values: Any) -> Any:
    """The values of a plan's page as the lifter's clinic has them shown; `shown_as` says how, `clinic` whose they are.

    As general education the exercises of the week stay, and every personal amount goes.
    """
    if values is None or values["held"]:
        return values
    clinic = caring_for(lifter)
    how = _how(clinic, values)
    if clinic is None or how == PLAN:
        return values
    who = {"name": clinic.name, "phone": clinic.phone, "email": clinic.email}
    return {**_without_amounts(values, gone=how == OFF), "shown_as": how, "clinic": who}


def how_shown(lifter: Lifter, values: Any) -> str:
    """How the plan is shown to its lifter now."""
    return PLAN if values is None else _how(caring_for(lifter), values)


def _how(clinic: Clinic | None, values: Mapping[str, Any]) -> str:
    if clinic is None or values["held"]:
        return PLAN
    if not modules.is_on(clinic, modules.PLANNING):
        return OFF
    checked = values.get("checked")
    signed = checked is not None and checked["current"]
    return PLAN if signed or modules.is_on(clinic, modules.UNSIGNED_PLANS) else EDUCATION


def _without_amounts(values: Mapping[str, Any], *, gone: bool) -> dict[str, Any]:
    bare: dict[str, Any] = {
        "days": [] if gone else [_day(one) for one in values["days"]],
        "rows": [] if gone else [{**one, "tasks": list(_tasks(one["tasks"]))} for one in values["rows"]],
        "cards": [] if gone else [{**one, "doses": []} for one in values["cards"]],
        "swaps": {},
        "places": [],
        "ways": [],
        "waiting": [] if gone else values["waiting"],
        "waiting_all": [] if gone else values["waiting_all"],
        "picture": "",
        "picture_words": "",
        "by_itself": [],
    }
    for name in ("focus", "aside"):
        day = values[name]
        bare[name] = None if day is None or gone else _day(day)
    return {**values, **bare}


def _day(day: Mapping[str, Any]) -> dict[str, Any]:
    return {**day, "tasks": list(_tasks(day["tasks"])), "back": 0}


def _tasks(tasks: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for task in tasks:
        bare = {**task, "dose": "", "details": "", "up": [], "down": []}
        if "log" in task:
            bare["log"] = {**task["log"], **dict.fromkeys(_AMOUNTS), "unit": "", "made_of": "", "back": 0}
        yield bare
