"""A small plan by hand, for tests of what is written out of a plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from liftback.knowledge.entries import Level
from liftback.knowledge.plan_entries import Dose
from liftback.plans.parts import Item, Load, Plan, PlanDay, Track, Usual
from liftback.plans.record import Record
from liftback.reasoning.findings import Said

BEGUN = date(2026, 11, 25)
USUAL = Usual(sets=3, reps=5, weight=140.0, unit="kg", weekdays=(2,), single=160.0)
LOAD = Load(weight=82.5, unit="kg", made_of="20 bar, 30 + 1.25 a side", share=0.5, wanted=83.1)


def item(kind: str, name: str, **more: Any) -> Item:
    given: dict[str, Any] = {
        "lift": name if kind == "lift" else "", "exercise": "", "decision": "kept", "dose": Dose(sets=3, reps=5),
        "load": None, "level": 1, "back_load": 3, "dose_on_back": 0.3, "why": (), "up": (), "down": (), **more,
    }  # fmt: skip
    return Item(kind=kind, name=name, **given)


def track(lift: str) -> Track:
    return Track(
        lift=lift, kind="lift", pattern="hinge", back_load=8, spared=(), decision="kept", rule="", usual=USUAL, path=(),
        rung=0, dose=Dose(sets=3, reps=5), state="building",
    )  # fmt: skip


DEADLIFT = item(
    "lift", "Trap bar deadlift", lift="Deadlift", exercise="trap_bar_deadlift", decision="swapped", load=LOAD
)
PRESS = item("lift", "Bench Press", load=LOAD)
WALK = item("walk", "Walking", dose=Dose(minutes=10, times_a_day=2))
WEEK = (
    PlanDay(day=BEGUN, trains=True, items=(DEADLIFT, PRESS, WALK), dose_on_back=0.5),
    PlanDay(day=BEGUN + timedelta(days=1), trains=False, items=(WALK,), dose_on_back=0.0),
    PlanDay(day=BEGUN + timedelta(days=2), trains=False, items=(), dose_on_back=0.0),
    PlanDay(day=BEGUN + timedelta(days=3), trains=True, items=(DEADLIFT,), dose_on_back=0.5),
)


def planned(**more: Any) -> Plan:
    given: dict[str, Any] = {
        "held": False, "level": Level.self_manage, "stop": (), "ask_again": (), "begun": BEGUN, "today": BEGUN,
        "week": 1, "first_day": BEGUN, "source": "log", "headline": (), "limits": None, "days": WEEK,
        "tracks": (track("Deadlift"), track("Bench Press")), "parked": (), "transitions": (), "record": Record(),
        "rules": (), "first_days": None, "flare": None, "targets": None, "clearance": None, "notes": (),
        "undecided": (), "because": (), "knowledge_version": "0", **more,
    }  # fmt: skip
    return Plan(**given)


def held(text: str = "See a doctor today.") -> Plan:
    stop = Said(id="stop", text=text, kind="stop", sources=(), because=())
    return planned(held=True, level=Level.same_day, stop=(stop,), days=(), tracks=())
