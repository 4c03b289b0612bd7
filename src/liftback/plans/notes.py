"""What stands around a week: its headline, its rules, the lifts that wait, and what the lifter should know."""

from __future__ import annotations

from collections.abc import Sequence

from liftback.facts.values import Facts
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Item, Limits, OwnWeek, Parked, PlanDay, Track
from liftback.plans.progression import WAITING
from liftback.plans.sorting import KEEPER, LIFT
from liftback.plans.usual import ANSWERS, LOG, NOTHING
from liftback.plans.words import percent, rule_said, spoken, with_slots
from liftback.reasoning.findings import Said, say_group

TRAJECTORY = "trajectory"


def headline_of(facts: Facts, plans: PlanKnowledge) -> tuple[Said, ...]:
    """The plan in one sentence: the first that holds."""
    return say_group("plans.headline", facts, plans.known)[:1]


def rules_of(facts: Facts, plans: PlanKnowledge) -> tuple[Said, ...]:
    """How the lifter judges an exposure."""
    return say_group("plans.rules", facts, plans.known)


def parked_of(tracks: Sequence[Track], days: Sequence[PlanDay], plans: PlanKnowledge) -> tuple[Parked, ...]:
    """The lifts that wait, with where they stood and what is done instead."""
    keeping = [item for day in days for item in day.items if item.kind == KEEPER]
    return tuple(
        Parked(
            lift=track.lift,
            name=track.lift,
            stands_at=stands_at(track),
            instead=_instead(track, keeping),
            why=rule_said(track.rule, plans),
            back_when=_back_when(track, plans),
        )
        for track in tracks
        if track.kind == LIFT and track.state == WAITING
    )


_ALIKE = (
    {"hinge", "squat", "lunge", "olympic", "carry", "isolated"},
    {"row", "vertical_pull"},
    {"press", "overhead_press"},
)
"""Patterns whose keepers may stand in for one another: legs and hips, pulling, pressing."""


def _instead(track: Track, keeping: Sequence[Item]) -> tuple[str, ...]:
    """What is done meanwhile for a lift that waits."""
    alike = next((group for group in _ALIKE if track.pattern in group), {track.pattern})
    return tuple(dict.fromkeys(item.name for item in keeping if item.pattern in alike))


def _back_when(track: Track, plans: PlanKnowledge) -> tuple[Said, ...]:
    path = " → ".join(rung.name for rung in track.path[track.rung :])
    return (
        *with_slots("parked_stands", plans, stands_at=stands_at(track)),
        *with_slots("up_reopen", plans),
        *(with_slots("parked_back", plans, path=path) if path else ()),
    )


def stands_at(track: Track) -> str:
    """Where a lift stands: its usual session, and the rung that its way back has reached."""
    usual = track.usual
    reps = f" x {usual.reps}" if usual.reps else " sets" if usual.sets and usual.sets > 1 else " set"
    weight = f" at {usual.weight:g} {usual.unit}".rstrip() if usual.weight else ""
    reached = f", way back at {track.path[track.rung].name}" if track.path and track.last is not None else ""
    share = f" ({percent(track.dose.share)} of its best)" if reached and track.dose.share else ""
    return f"{usual.sets}{reps}{weight}{reached}{share}"


def notes_of(
    own: OwnWeek, limits: Limits, tracks: Sequence[Track], facts: Facts, plans: PlanKnowledge
) -> tuple[Said, ...]:
    """What the lifter should know of how the week was made."""
    return (
        *_source_notes(own, facts, plans),
        *_lift_notes(own, tracks, plans),
        *_cap_notes(own, limits, plans),
        *spoken("note_unsigned", plans),
    )


def _source_notes(own: OwnWeek, facts: Facts, plans: PlanKnowledge) -> tuple[Said, ...]:
    if own.source != LOG:
        return spoken({ANSWERS: "note_no_log", NOTHING: "note_nothing_told"}[own.source], plans)
    said = spoken("note_before_onset", plans) if own.before_onset else ()
    if not facts.known("equipment") and own.shown:
        things = ", ".join(sorted(name.replace("_", " ") for name in own.shown))
        said += with_slots("note_equipment_guessed", plans, equipment=things)
    if own.unit not in ("kg", "lb"):
        said += spoken("note_unit_unknown", plans)
    return said


def _lift_notes(own: OwnWeek, tracks: Sequence[Track], plans: PlanKnowledge) -> tuple[Said, ...]:
    unknown = [lift.name for lift in own.lifts if not lift.known]
    said = with_slots("note_unknown_lift", plans, lifts=_listed(unknown)) if unknown else ()
    nothing = [track.lift for track in tracks if track.kind == LIFT and track.rule == "nothing_to_do_it_with"]
    nothing = [name for name in nothing if _waits(name, tracks)]
    return said + (with_slots("note_no_equipment", plans, lifts=_listed(nothing)) if nothing else ())


def _waits(lift: str, tracks: Sequence[Track]) -> bool:
    return any(track.lift == lift and track.state == WAITING for track in tracks)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _cap_notes(own: OwnWeek, limits: Limits, plans: PlanKnowledge) -> tuple[Said, ...]:
    if limits.cap is None or not own.typical:
        return ()
    if limits.cap_from == TRAJECTORY:
        return with_slots("note_cap_trajectory", plans, cap=percent(limits.cap))
    return spoken("note_reach", plans)
