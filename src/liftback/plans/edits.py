"""A therapist's changes over a plan: a lift left out, a ceiling for its weight, fewer sets or repetitions.

They only ever take away. No edit adds work, raises a dose, or touches a plan that is held: a therapist who wants more
changes the answers, or signs clearance. The plan itself is not changed by them, so that what is taken back is gone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from liftback.plans.loads import in_unit
from liftback.plans.parts import Item, Load, Parked, Plan, PlanDay, Track
from liftback.plans.recording import lift_key
from liftback.plans.sorting import CAPPED, KEPT, LIFT

HOLD, CAP, DOSE = "hold", "cap", "dose"
KINDS = (HOLD, CAP, DOSE)
PARKED = "parked"
_NAME_MOST = 80  # letters of a lift's name that are compared, since no more are kept with an edit
_ROUNDING, _THOUSAND = 3, 1000  # decimal places of a dose on the back, of a share and of a weight
_UNITS = ("kg", "lb")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One change of one lift.

    `hold` leaves it out; `cap` allows at most `weight` in `unit` (kg or lb); `dose` at most `sets` and `reps`. What is
    None is left as it is. Raises ValueError for a kind, a weight or a number that is none.
    """

    kind: str
    lift: str
    weight: float | None = None
    unit: str = ""
    sets: int | None = None
    reps: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"an edit is one of {KINDS}, not {self.kind!r}")
        if self.kind == CAP and (self.weight is None or self.weight <= 0 or self.unit not in _UNITS):
            raise ValueError("a ceiling is a weight above 0 in kg or lb")
        if any(number is not None and number < 1 for number in (self.sets, self.reps)):
            raise ValueError("sets and repetitions are 1 or more")


def same_lift(name: str, other: str) -> bool:
    """Whether two names are of one lift, as far as an edit keeps a name."""
    return edited_key(name) == edited_key(other)


def edited_key(name: str) -> str:
    """A lift's name as edits are compared by."""
    return lift_key(name[:_NAME_MOST])


def edited(plan: Plan, edits: Sequence[Edit]) -> Plan:
    """The plan with every edit over it, in any order; a held plan stays exactly as it is."""
    if plan.held or not edits:
        return plan
    by_lift: dict[str, list[Edit]] = {}
    for one in edits:
        by_lift.setdefault(edited_key(one.lift), []).append(one)
    held = {key for key, of in by_lift.items() if any(one.kind == HOLD for one in of)}
    tracks = tuple(_track(one, held) for one in plan.tracks)
    return replace(
        plan,
        days=tuple(_day(day, by_lift, held) for day in plan.days),
        tracks=tracks,
        parked=(*plan.parked, *_parked(plan, held)),
    )


def digest(plan: Plan) -> str:
    """A digest of what somebody checks in a plan: what becomes of each lift, with what, and under which limits.

    Doses that go up and down by the plan's own rules, and figures of a day that follow the diary, are not in it: they
    move with every exposure, and who checks a plan checks the rules that they move by.
    """
    limits = plan.limits
    said = {
        "held": plan.held,
        "limits": None if limits is None else [limits.grade, list(limits.spared), limits.strict, limits.pain_most],
        "lifts": [[one.kind, one.lift, one.decision, one.now.name if one.now else ""] for one in plan.tracks],
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _day(day: PlanDay, by_lift: dict[str, list[Edit]], held: set[str]) -> PlanDay:
    kept = [_item(item, by_lift.get(edited_key(item.lift), ())) for item in day.items if _key(item) not in held]
    if kept == list(day.items):
        return day
    asks = round(sum(one.dose_on_back for one in kept), _ROUNDING)
    return replace(day, items=tuple(kept), dose_on_back=min(asks, day.dose_on_back))


def _key(item: Item) -> str:
    return edited_key(item.lift)


def _track(track: Track, held: set[str]) -> Track:
    """A lift that is left out is shown as waiting; work beside the lifts is only left out."""
    waits = track.kind == LIFT and edited_key(track.lift) in held
    return replace(track, decision=PARKED) if waits else track


def _parked(plan: Plan, held: set[str]) -> Iterable[Parked]:
    there = {edited_key(one.lift) for one in plan.parked}
    for track in plan.tracks:
        if track.kind == LIFT and edited_key(track.lift) in held - there:
            yield Parked(lift=track.lift, name=track.lift, stands_at="", instead=(), why=(), back_when=())


def _item(item: Item, edits: Sequence[Edit]) -> Item:
    for one in edits:
        item = _capped(item, one) if one.kind == CAP else _less(item, one)
    return item


def _capped(item: Item, edit: Edit) -> Item:
    """An item with its weight at the ceiling; one without a weight in numbers has the ceiling in words only."""
    load = item.load
    if load is None or edit.weight is None:
        return item
    most = _in_unit_of(load, edit)
    if load.weight <= most:
        return item
    part = most / load.weight
    share = None if item.dose.share is None else _down(item.dose.share * part)
    lower = replace(load, weight=most, made_of="", share=load.share * part, wanted=most)
    return _lowered(replace(item, load=lower, dose=replace(item.dose, share=share)), part)


def _in_unit_of(load: Load, edit: Edit) -> float:
    """The ceiling in the unit of what is on the bar, never above what was said."""
    weight = edit.weight or 0.0
    return weight if load.unit == edit.unit else _down(in_unit(weight, edit.unit, load.unit))


def _down(number: float) -> float:
    return int(number * _THOUSAND) / _THOUSAND


def _less(item: Item, edit: Edit) -> Item:
    """An item with at most the sets and repetitions of the edit; a measure that it does not have stays away."""
    dose, part = item.dose, 1.0
    if edit.sets is not None and dose.sets is not None and dose.sets > edit.sets:
        part = edit.sets / dose.sets
        dose = replace(dose, sets=edit.sets)
    if edit.reps is not None and dose.reps is not None and dose.reps > edit.reps:
        dose = replace(dose, reps=edit.reps)
    return item if dose is item.dose else _lowered(replace(item, dose=dose), part)


def _lowered(item: Item, part: float) -> Item:
    """What an item is called once something was taken off: nothing moves it up while the edit holds."""
    return replace(
        item,
        decision=CAPPED if item.decision == KEPT else item.decision,
        dose_on_back=_down(item.dose_on_back * part),
        up=(),
    )
