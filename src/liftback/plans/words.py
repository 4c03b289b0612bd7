"""What a plan says of its parts: why each is as it is, what would move it up, and what would move it down."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from liftback.facts.values import Facts
from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.doses import at_top
from liftback.plans.parts import Load, Track
from liftback.plans.progression import BACK, needed_clean
from liftback.plans.sorting import CONDITIONING, KEEPER, LIFT, REHAB, WALK
from liftback.reasoning.findings import Said, say

GOES_ON = "goes_on"
"""The rule of a lift that its own exposures have taken further than today's grade would begin it."""
_REMEMBERED = 4096  # sentences kept in memory
_NOTHING = Facts({})


def spoken(
    name: str, plans: PlanKnowledge, slots: Mapping[str, str] | None = None, facts: Facts = _NOTHING
) -> tuple[Said, ...]:
    """A statement of the topic `plans` as said to this lifter; nothing where it does not hold."""
    if not slots and facts is _NOTHING:
        return _always(name, plans)
    said = say(plans.known.statements[f"plans.{name}"], facts, plans.known, slots)
    return () if said is None else (said,)


@lru_cache(maxsize=_REMEMBERED)
def _always(name: str, plans: PlanKnowledge) -> tuple[Said, ...]:
    said = say(plans.known.statements[f"plans.{name}"], _NOTHING, plans.known)
    return () if said is None else (said,)


@lru_cache(maxsize=_REMEMBERED)  # the same few hundred sentences, for every lifter
def _slotted(name: str, slots: tuple[tuple[str, str], ...], plans: PlanKnowledge) -> tuple[Said, ...]:
    return spoken(name, plans, dict(slots))


def with_slots(name: str, plans: PlanKnowledge, **slots: str) -> tuple[Said, ...]:
    """A statement with this lifter's own words in it."""
    return _slotted(name, tuple(sorted(slots.items())), plans)


@lru_cache(maxsize=_REMEMBERED)
def rule_said(rule: str, plans: PlanKnowledge) -> tuple[Said, ...]:
    """The reason of the rule that decided on a lift."""
    return tuple(
        Said(
            id=f"plans.{one.id}",
            text=one.why,
            kind="default",
            sources=one.sources or ("liftback_practice",),
            because=(),
        )
        for one in plans.lift_rules
        if one.id == rule
    )


def why_words(track: Track, load: Load | None, plans: PlanKnowledge) -> tuple[Said, ...]:
    """Why an item is as it is: the rule of the lift or the aim of the work, and where the load comes from."""
    if track.kind == LIFT:
        rule = with_slots("reason_goes_on", plans) if track.rule == GOES_ON else rule_said(track.rule, plans)
        return (*rule, *_load_words(track, load, plans))
    if track.kind == REHAB:
        return with_slots(f"reason_{track.rule}", plans)
    return with_slots({KEEPER: "reason_keeper", WALK: "reason_walk"}.get(track.kind, "reason_conditioning"), plans)


def _load_words(track: Track, load: Load | None, plans: PlanKnowledge) -> tuple[Said, ...]:
    if load is not None and not load.made_of and load.weight == track.usual.weight:
        return with_slots("reason_usual_load", plans)
    if load is not None and track.usual.single:
        single = f"{round(track.usual.single)} {track.usual.unit}"
        name = "reason_load_guessed" if track.usual.guessed else "reason_load"
        return with_slots(name, plans, percent=percent(track.dose.share or load.share), single=single)
    if track.dose.effort is not None:
        return with_slots("reason_effort", plans, effort=f"{track.dose.effort:g}")
    return ()


def percent(share: float) -> str:
    """A share as whole percent."""
    return f"{round(100 * share)} %"


def up_words(track: Track, plans: PlanKnowledge) -> tuple[Said, ...]:
    """What would move an item up."""
    rung = track.now
    if rung is None or track.kind in (WALK, CONDITIONING, KEEPER):
        return with_slots("up_wait", plans) if track.kind == KEEPER else ()
    if track.kind == LIFT and track.state == BACK and at_top(track.dose, rung):
        return with_slots("up_own", plans)
    needed = f"{needed_clean(rung.level, plans)}"
    following = track.path[track.rung + 1].name if track.rung + 1 < len(track.path) else "your own programme"
    if at_top(track.dose, rung):
        return with_slots("up_clean", plans, needed=needed, next=following)
    return (
        *with_slots("up_step", plans, **{"raise": next_raise(track.dose, rung.top)}),
        *with_slots("up_clean", plans, needed=needed, next=following),
    )


def next_raise(dose: Dose, top: Dose) -> str:
    """What goes up next, in words."""
    names = {
        "reps": "repetitions", "sets": "a set", "seconds": "time", "minutes": "time", "metres": "distance",
        "times_a_day": "times a day", "days_a_week": "days a week", "share": "load", "body_share": "load",
        "effort": "effort",
    }  # fmt: skip
    for measure, name in names.items():
        now, most = getattr(dose, measure), getattr(top, measure)
        if now is not None and most is not None and now < most:
            return name
    return "load"


def down_words(track: Track, plans: PlanKnowledge) -> tuple[Said, ...]:
    """What would move an item down."""
    names = ("down_lighter", "down_amber", "down_leg") if track.kind == LIFT else ("down_rehab",)
    return tuple(said for name in names for said in with_slots(name, plans))
