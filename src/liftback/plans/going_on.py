"""From one week to the next: lifts that open, wait or meet a ceiling; and how many hinge sets a week may hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.doses import lowest_of
from liftback.plans.parts import Limits, OwnLift, OwnWeek, Track
from liftback.plans.progression import BACK, STOPPED, WAITING, climbed, moved, takes
from liftback.plans.sorting import BUILDING, CAPPED, KEPT, LIFT, PARKED, Situation, capped_dose, track_of
from liftback.reasoning.irritability import GRADES

HINGE = "hinge"


def gone_on(before: Track | None, lift: OwnLift, situation: Situation, today: date, plans: PlanKnowledge) -> Track:
    """A lift's track for a new week. A lift that is new begins; one that was there keeps its place on its way."""
    fresh = track_of(lift, situation, plans)
    if before is None:
        return fresh
    track = moved(before, "asked", today, plans) if before.state == STOPPED else before
    track = _refitted(track, fresh)
    if fresh.decision == PARKED and track.state != WAITING:
        return replace(moved(track, "park", today, plans), rule=fresh.rule)
    if fresh.decision != PARKED and track.state == WAITING:
        track = _opened(track, fresh, today, plans)
    track = _caught_up(track, fresh, today, situation, plans)
    return _under_ceiling(replace(track, rule=fresh.rule), fresh, situation, plans)


def _caught_up(track: Track, fresh: Track, today: date, situation: Situation, plans: PlanKnowledge) -> Track:
    """One rung up for the week, where a calm back would begin higher today than this lift stands.

    Only while irritability is low, the usual score is in the green, and the last exposure was clean: a lifter who has
    become calm is then not held longer than one who comes calm.
    """
    calm = situation.grade == GRADES[0] and situation.usual is not None
    calm = calm and (situation.usual or 0.0) <= plans.number("light_green_most")
    behind = track.path == fresh.path and track.rung < fresh.rung and track.state in (BUILDING, BACK)
    if not (calm and behind and track.clean):
        return track
    return replace(climbed(track), raised_on=today)


def _refitted(track: Track, fresh: Track) -> Track:
    """The track on its new way, where what is spared or the equipment changed: never on a higher level than before."""
    if track.path == fresh.path or not fresh.path:
        return replace(track, spared=fresh.spared, usual=fresh.usual)
    level = track.path[track.rung].level if track.path else fresh.path[0].level
    fitting = [place for place, rung in enumerate(fresh.path) if rung.level <= level] or [0]
    place = fitting[-1]
    same = bool(track.path) and track.path[track.rung] == fresh.path[place]
    dose = track.dose if same else fresh.path[place].start
    if not same and track.dose.share is not None and dose.share is not None:
        dose = replace(dose, share=min(dose.share, track.dose.share))
    return replace(
        track, path=fresh.path, rung=place, dose=dose, spared=fresh.spared, usual=fresh.usual, clean=0, repeats=0
    )


def _opened(track: Track, fresh: Track, today: date, plans: PlanKnowledge) -> Track:
    """A lift that waited: where it stood, clearly lighter; one that never began, where it would begin now."""
    opened = moved(track, "open", today, plans)
    if track.last is None:
        return replace(opened, rung=fresh.rung, dose=fresh.dose, state=fresh.state)
    return opened


def _under_ceiling(track: Track, fresh: Track, situation: Situation, plans: PlanKnowledge) -> Track:
    """A lift that stays with a ceiling is never above it, until its own exposures have shown what it takes.

    The ceiling goes with what it was for; only a lift that asks little of the back, and was calm, is at its usual dose
    again at once. A lift whose last exposure was clean has told more than a grade can.
    """
    on_itself = bool(track.path) and track.rung == len(track.path) - 1
    if not on_itself or fresh.decision not in (CAPPED, KEPT):
        return track
    if fresh.decision == KEPT:
        quiet = track.back_load <= plans.number("quiet_back_load")
        return replace(track, dose=fresh.dose) if quiet and track.state == BACK else track
    if track.clean:
        return track
    return replace(track, dose=lowest_of(track.dose, capped_dose(track.dose, situation.grade, plans)))


# --- hinge sets of a week ----------------------------------------------------------------------------------------


def halved(tracks: tuple[Track, ...], own: OwnWeek, plans: PlanKnowledge) -> tuple[Track, ...]:
    """The first week's hinges at no more than half of the usual sets, unless they are kept as they are."""
    if not own.hinge_sets:
        return tracks
    return _within(tracks, max(1, int(own.hinge_sets * plans.number("volume_start"))), plans)


def hinges_bounded(tracks: tuple[Track, ...], limits: Limits, plans: PlanKnowledge) -> tuple[Track, ...]:
    """The week's hinges within the sets that the week may hold."""
    return tracks if limits.hinge_sets is None else _within(tracks, limits.hinge_sets, plans)


def _within(tracks: tuple[Track, ...], allowed: int, plans: PlanKnowledge) -> tuple[Track, ...]:
    """Sets taken off the largest hinge until the week fits; one set a session always stays."""
    found = list(tracks)
    while _week_sets(found, plans) > allowed:
        places = [place for place, track in enumerate(found) if _counts(track, plans) and (track.dose.sets or 1) > 1]
        if not places:
            break
        place = max(places, key=lambda one: found[one].dose.sets or 1)
        dose = found[place].dose
        found[place] = replace(found[place], dose=replace(dose, sets=(dose.sets or 1) - 1))
    return tuple(found)


def _counts(track: Track, plans: PlanKnowledge) -> bool:
    loaded = track.now is not None and track.now.back_load > plans.number("quiet_back_load")
    kept = track.decision == KEPT
    return track.kind == LIFT and track.pattern == HINGE and loaded and not kept and takes(track)


def _week_sets(tracks: Sequence[Track], plans: PlanKnowledge) -> int:
    return sum((track.dose.sets or 1) * len(track.usual.weekdays) for track in tracks if _counts(track, plans))
