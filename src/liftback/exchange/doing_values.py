"""What a page needs while somebody trains under a plan, as JSON values: lights, what moved, and clearance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from liftback.exchange.plan_words import action_words, decision_sign, dose_words, light_sign
from liftback.exchange.report_outline import clean, question_texts
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.clearance import STAGES, Clearance, CriterionFound
from liftback.plans.parts import Item, Plan, Track, Transition
from liftback.reasoning.findings import Said

_DURING, _LIFT = "pain_during", "lift"
_MET = {True: "met", False: "not_yet", None: "unknown"}


def doing_values(plan: Plan, plans: PlanKnowledge) -> dict[str, Any]:
    """The lights of a score under this plan, what moved last in each lift, and clearance, as JSON values.

    `moves` has by lift what its newest exposure changed; a held plan has what was judged before it stopped. `lights`
    are the bands of a score during loaded work; `strict` says that no amber is taken.
    """
    strict = plan.limits.strict if plan.limits is not None else True
    return {
        "strict": strict,
        "lights": light_bands(plans, strict=strict),
        "moves": {clean(one.lift): _move(one, plans) for one in _newest(plan)},
        "clearance": None if plan.clearance is None else clearance_values(plan.clearance, plans),
    }


def light_bands(plans: PlanKnowledge, *, strict: bool) -> list[dict[str, Any]]:
    """Which scores during loaded work are green, amber and red by themselves; other answers can only raise it."""
    green = plans.number("strict_most" if strict else "light_green_most")
    red = plans.number("light_red_least")
    most = int(plans.known.questions[_DURING].maximum or 0)
    bands: list[dict[str, Any]] = []
    for score in range(most + 1):
        light = "green" if score <= green else "red" if strict or score >= red else "amber"
        if bands and bands[-1]["light"] == light:
            bands[-1]["scores"].append(score)
        else:
            bands.append({"light": light, "sign": light_sign(light), "scores": [score]})
    return bands


def _newest(plan: Plan) -> Iterable[Transition]:
    """The transitions of exposures, so that the newest of a lift comes last; changes of a week are none."""
    return sorted((one for one in plan.transitions if not one.of_week), key=lambda one: one.day)


def _move(one: Transition, plans: PlanKnowledge) -> dict[str, Any]:
    states = plans.states
    return {
        "day": one.day.isoformat(),
        "light": one.light or "",
        "action": one.action,
        "words": action_words(one.action),
        "state": clean(states[one.after].name) if one.after in states else clean(one.after.replace("_", " ")),
        "why": _texts(one.why),
    }


def clearance_values(found: Clearance, plans: PlanKnowledge) -> dict[str, Any]:
    """Clearance as JSON values: each criterion met, not yet, or unknown, with its reason and what would tell.

    `groups` are the back as a whole (its `lift` is empty), then each lift; the criteria of a group go by stage.
    """
    signature = found.signature
    return {
        "value": found.value,
        "cleared": found.cleared,
        "held": _texts(found.held),
        "headline": _texts(found.headline),
        "about": _texts(found.about),
        "after": _texts(found.after),
        "maintenance": _texts(found.maintenance),
        "signature": None
        if signature is None
        else {"by": signature.by, "name": clean(signature.name), "day": signature.day.isoformat()},
        "ready": not found.open and not found.held and bool(found.lifts),
        "groups": [
            _group("", found.overall, plans),
            *(_group(clean(lift.lift), lift.criteria, plans) for lift in found.lifts),
        ],
        "would_tell_more": question_texts(found.undecided, plans.known),
    }


def _group(lift: str, criteria: Iterable[CriterionFound], plans: PlanKnowledge) -> dict[str, Any]:
    rows = [_criterion(one, plans) for one in sorted(criteria, key=lambda one: STAGES.index(one.stage))]
    needed = [one for one in rows if not one["optional"]]
    return {
        "lift": lift,
        "met": sum(one["met"] == _MET[True] for one in needed),
        "of": len(needed),
        "stages": [
            {"stage": stage, "criteria": found}
            for stage in STAGES
            if (found := [one for one in rows if one["stage"] == stage])
        ],
    }


def _criterion(one: CriterionFound, plans: PlanKnowledge) -> dict[str, Any]:
    text = clean(one.text.text)
    lift = clean(one.lift)
    return {
        "id": one.id,
        "name": clean(one.name),
        "stage": one.stage,
        "optional": one.optional,
        "met": _MET[one.met],
        "text": text.removeprefix(f"{lift}: ") if lift else text,
        "missing": [clean(words) for words in one.missing],
        "questions": list(question_texts(one.undecided, plans.known)),
    }


def lift_doses(plan: Plan) -> list[dict[str, Any]]:
    """Every lift and piece of work of a plan, lifts first: what becomes of it, and its next dose where it has one.

    `dose` is in words and empty while it waits; `sets`, `reps` and `weight` with `unit` are None where that measure
    does not apply. Empty for a held plan.
    """
    if plan.held:
        return []
    coming: dict[str, Item] = {}
    for item in (item for day in plan.days for item in day.items if dose_words(item)):
        coming.setdefault(item.lift, item)
    lifts = sorted(plan.tracks, key=lambda one: one.kind != _LIFT)  # stable: each kind stays in its own order
    return [_lift_dose(track, coming.get(track.lift)) for track in lifts]


def _lift_dose(track: Track, item: Item | None) -> dict[str, Any]:
    load = None if item is None else item.load
    decision = track.decision if item is None else item.decision
    return {
        "lift": clean(track.lift),
        "kind": track.kind,
        "decision": decision,
        "sign": decision_sign(decision),
        "name": clean(track.lift if item is None else item.name),
        "dose": "" if item is None else dose_words(item),
        "sets": None if item is None else item.dose.sets,
        "reps": None if item is None else item.dose.reps,
        "weight": None if load is None else load.weight,
        "unit": "" if load is None else load.unit,
        "why": [] if item is None else _texts(item.why),
    }


def judged_values(plan: Plan, since: date) -> list[dict[str, Any]]:
    """What was done since a day with its light ("" while it is not judged), newest first, and what was told of it."""
    found = [one for one in plan.record.judged if one.done.day >= since]
    return [
        {
            "day": one.done.day.isoformat(),
            "lift": clean(one.done.lift),
            "light": one.light or "",
            "sets": one.done.sets,
            "reps": one.done.reps,
            "weight": one.done.weight,
            "unit": one.done.unit,
            "during": one.done.told.number(_DURING),
            "morning": one.done.told.number("pain_next_morning"),
        }
        for one in reversed(found)
    ]


def _texts(said: Iterable[Said]) -> list[str]:
    return [text for text in (clean(one.text) for one in said) if text]
