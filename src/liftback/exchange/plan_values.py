"""A plan as JSON values for pages: laid out as on paper, and beside each task what a form needs to log it.

While the plan is held, nothing of training is in it, as in every report of a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from liftback.exchange.page_values import shown
from liftback.exchange.plan_outline import plan_page
from liftback.exchange.plan_page import Day, Task
from liftback.exchange.plan_svg import plan_week_svg, week_words
from liftback.exchange.plan_words import decision_sign, dose_words
from liftback.exchange.report_outline import clean
from liftback.exchange.svg_attributes import svg_without_styles
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Item, Plan, Track

_LIFT = "lift"
_DOSE = ("sets", "reps", "seconds", "minutes", "metres", "times_a_day", "days_a_week", "share", "body_share", "effort")
Swaps = Callable[[str], list[dict[str, Any]]]
"""What may stand in for a lift of the plan, by its name."""


def plan_values(plan: Plan, plans: PlanKnowledge, swaps: Swaps | None = None) -> dict[str, Any]:
    """The plan laid out as JSON values, days as ISO text.

    Each task of `days`, `focus` and `aside` has `log`: lift, exercise, dose, load and what else a form shows or sends
    back. What would move a task up or down is told in `focus` and `aside` only. `lifts` of a day are its usual lifts
    with what becomes of each; `ways` the rungs of each lift's way back. `swaps` says by lift what may stand in when
    the rack is taken. `picture` is the week's load on the back. A sentence is `{text, cites, more}`.
    """
    page = plan_page(plan, plans)
    values: dict[str, Any] = shown(page)
    logged = {day.day.isoformat(): [_log(item) for item in day.items if dose_words(item)] for day in plan.days}
    for name, day in (("focus", page.focus), ("aside", page.aside)):
        if day is not None:
            _complete(values[name], day, logged[day.day.isoformat()])
    for day_values, day in zip(values["days"], page.days, strict=True):
        _complete(day_values, day, logged[day.day.isoformat()])
        for task in day_values["tasks"]:
            del task["up"], task["down"]  # of use on the day itself only
    held = plan.held
    return {
        **values,
        "held": held,
        "number": plan.week,
        "first_day": plan.first_day.isoformat(),
        "begun": plan.begun.isoformat(),
        "flare_begun": None if plan.flare_begun is None else plan.flare_begun.isoformat(),
        "picture": "" if held else svg_without_styles(plan_week_svg(page.days, page.cap)),
        "picture_words": "" if held or not page.days else week_words(page.days, page.cap),
        "ways": [] if held else [_way(track, plans) for track in plan.tracks if track.kind == _LIFT and track.path],
        "swaps": {} if held or swaps is None else {lift: swaps(lift) for lift in _lifts(plan)},
        "may_log": [] if not plan.tracks else list(dict.fromkeys(clean(track.lift) for track in plan.tracks)),
    }


def _complete(values: dict[str, Any], day: Day, logs: Iterable[dict[str, Any]]) -> None:
    """Add to a day's values what its tasks log, and its lifts in short."""
    for task, log in zip(values["tasks"], logs, strict=True):
        task["log"] = log
    values["lifts"] = [_in_short(task) for task in day.lifts]


def _in_short(task: Task) -> dict[str, Any]:
    return {
        "lift": task.lift, "name": task.name, "decision": task.decision, "sign": task.sign,
        "stands_in": task.stands_in,
    }  # fmt: skip


def _log(item: Item) -> dict[str, Any]:
    """What a form needs to log an item; `exercise` is empty for the lift itself."""
    load = item.load
    return {
        "kind": item.kind,
        "lift": clean(item.lift),
        "exercise": item.exercise,
        "name": clean(item.name),
        **{measure: getattr(item.dose, measure) for measure in _DOSE},
        "weight": None if load is None else load.weight,
        "unit": "" if load is None else load.unit,
        "made_of": "" if load is None else load.made_of,
        "rest_seconds": item.rest_seconds,
        "per_side": item.per_side,
        "tempo": clean(item.tempo),
        "level": item.level,
        "back_load": item.back_load,
        "back": item.dose_on_back,
        "pattern": item.pattern,
    }


def _way(track: Track, plans: PlanKnowledge) -> dict[str, Any]:
    """A lift's way back: its rungs from the lowest on, and where it stands."""
    state = plans.states
    return {
        "lift": clean(track.lift),
        "decision": track.decision,
        "sign": decision_sign(track.decision),
        "rung": track.rung,
        "state": clean(state[track.state].name) if track.state in state else track.state.replace("_", " "),
        "rungs": [
            {
                "name": clean(rung.name),
                "exercise": rung.exercise,
                "level": rung.level,
                "own": rung.own,
                "here": place == track.rung,
            }
            for place, rung in enumerate(track.path)
        ],
    }


def _lifts(plan: Plan) -> list[str]:
    """The usual lifts of the week that are done, by the name that the plan has for them."""
    return list(dict.fromkeys(item.lift for day in plan.days for item in day.items if item.kind == _LIFT))
