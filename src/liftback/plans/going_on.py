"""From one week to the next: lifts that open, wait, step down or meet a ceiling, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.doses import lowest_of
from liftback.plans.parts import OwnLift, Track, Transition
from liftback.plans.progression import BACK, STOPPED, WAITING, climbed, move_of, moved, needed_clean
from liftback.plans.sorting import BUILDING, CAPPED, KEPT, PARKED, SWAPPED, Situation, capped_dose, track_of
from liftback.plans.words import GOES_ON, with_slots
from liftback.reasoning.findings import Said
from liftback.reasoning.irritability import GRADES

STEPPED_BACK = "stepped_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """A new week: its day, what the sorting goes by now, and the positions that were spared before.

    `reds` are the lifts that were red the last time they were done, planned or not.
    """

    today: date
    situation: Situation
    spared_before: tuple[str, ...]
    reds: frozenset[str] = frozenset()

    @property
    def newly_spared(self) -> frozenset[str]:
        """Positions that are spared now and were not before."""
        return frozenset(self.situation.spared) - frozenset(self.spared_before)


def gone_on(
    before: Track | None, lift: OwnLift, week: Week, plans: PlanKnowledge
) -> tuple[Track, tuple[Transition, ...]]:
    """A lift's track for a new week, and what the week itself changed. A lift that is new begins."""
    fresh = track_of(lift, week.situation, plans)
    if before is None:
        return fresh, ()
    changes: list[tuple[str, Track, Track, tuple[Said, ...]]] = []

    def on(action: str, now: Track, after: Track, why: tuple[Said, ...]) -> Track:
        if (now.state, now.rung, now.dose) != (after.state, after.rung, after.dose):
            changes.append((action, now, after, why))
        return after

    track = before
    if track.state == STOPPED:
        track = on("asked", track, moved(track, "asked", week.today, plans), _move_words(track.state, "asked", plans))
    track = _refitted(track, fresh)
    if fresh.decision == PARKED:
        if track.state != WAITING:
            parked = replace(moved(track, "park", week.today, plans), rule=fresh.rule)
            track = on("park", track, parked, _move_words(track.state, "park", plans))
        return replace(track, rule=fresh.rule), _transitions(changes, week)
    if track.state == WAITING:
        track = on("open", track, _opened(track, fresh, week, plans), _move_words(track.state, "open", plans))
    track = on("lighter", track, _stepped_down(track, fresh, week), with_slots("reason_stepped_down", plans))
    track = on("up", track, _caught_up(track, fresh, week, plans), with_slots("reason_caught_up", plans))
    track = _under_ceiling(track, fresh, week, plans)
    return replace(track, rule=_rule(track, fresh)), _transitions(changes, week)


def _rule(track: Track, fresh: Track) -> str:
    """Why a lift stands where it stands: the rule of today, unless its own exposures have taken it further."""
    further = track.path == fresh.path and track.rung > fresh.rung
    return GOES_ON if further and fresh.decision == SWAPPED else fresh.rule


def _transitions(changes: list[tuple[str, Track, Track, tuple[Said, ...]]], week: Week) -> tuple[Transition, ...]:
    return tuple(
        Transition(
            day=week.today, lift=now.lift, light=None, action=action, before=now.state, after=after.state, why=why,
            because=(), of_week=True,
        )
        for action, now, after, why in changes
    )  # fmt: skip


def _move_words(state: str, action: str, plans: PlanKnowledge) -> tuple[Said, ...]:
    why = move_of(state, action, plans).why
    return (Said(id=f"plans.{state}_{action}", text=why, kind="default", sources=(), because=()),)


def _trusted(track: Track, week: Week) -> bool:
    """Whether a lift's own clean exposure outranks today's grade: not where it is high or a new position is spared."""
    return bool(track.clean) and week.situation.grade != GRADES[-1] and not week.newly_spared


def _stepped_down(track: Track, fresh: Track, week: Week) -> Track:
    """Down to where a lift would begin today, where it stands higher and its exposures do not speak for it."""
    lower = fresh.decision == SWAPPED and track.path == fresh.path and track.rung > fresh.rung
    own = track.now is not None and track.now.own and bool(fresh.spared)
    if not lower or (_trusted(track, week) and not own):
        return track
    dose = lowest_of(fresh.dose, track.path[fresh.rung].start)
    return replace(track, rung=fresh.rung, dose=dose, state=STEPPED_BACK, clean=0, repeats=0, reached=None)


def _caught_up(track: Track, fresh: Track, week: Week, plans: PlanKnowledge) -> Track:
    """One rung up for the week, where a calm back would begin higher today than this lift stands.

    Only while irritability is low, the usual score is in the green, and clean exposures in a row were as many as a low
    rung asks for; not for weeks after a fall to the first rung. A lifter who has become calm is then not held longer
    than one who comes calm.
    """
    usual = week.situation.usual
    calm = week.situation.grade == GRADES[0] and usual is not None and usual <= plans.number("light_green_most")
    behind = track.path == fresh.path and track.rung < fresh.rung and track.state in (BUILDING, BACK)
    pause = timedelta(days=plans.number("pause_days"))
    restarted = track.restarted_on is not None and week.today - track.restarted_on < pause
    if not (calm and behind and track.clean >= needed_clean(0, plans)) or restarted:
        return track
    return replace(climbed(track), raised_on=week.today)


def _refitted(track: Track, fresh: Track) -> Track:
    """The track on its new way, where what is spared or the equipment changed: never on a higher level than before.

    Where the new way has nothing so low, the lift waits.
    """
    if track.path == fresh.path or not fresh.path:
        return replace(track, spared=fresh.spared, usual=fresh.usual)
    level = track.path[track.rung].level if track.path else fresh.path[0].level
    fitting = [place for place, rung in enumerate(fresh.path) if rung.level <= level]
    place = fitting[-1] if fitting else 0
    same = bool(track.path) and track.path[track.rung] == fresh.path[place]
    dose = track.dose if same else lowest_of(fresh.path[place].start, track.dose)
    return replace(
        track, path=fresh.path, rung=place, dose=dose, spared=fresh.spared, usual=fresh.usual, clean=0, repeats=0,
        reached=None, state=track.state if fitting else WAITING,
    )  # fmt: skip


def _opened(track: Track, fresh: Track, week: Week, plans: PlanKnowledge) -> Track:
    """A lift that waited: where it stood, clearly lighter; one that never began, where it would begin now.

    Unless it was done all the same while it waited, and was red: then it begins at the bottom.
    """
    opened = moved(track, "open", week.today, plans)
    if track.last is None and track.lift not in week.reds:
        return replace(opened, rung=fresh.rung, dose=fresh.dose, state=fresh.state)
    return opened


def _under_ceiling(track: Track, fresh: Track, week: Week, plans: PlanKnowledge) -> Track:
    """A lift that stays with a ceiling is never above it, until its own exposures have shown what it takes.

    The ceiling goes with what it was for; only a lift that asks little of the back, and was calm, is at its usual dose
    again at once. A lift whose last exposure was clean has told more than a grade can, but for a high one.
    """
    on_itself = bool(track.path) and track.rung == len(track.path) - 1
    if not on_itself or fresh.decision not in (CAPPED, KEPT):
        return track
    if fresh.decision == KEPT:
        quiet = track.back_load <= plans.number("quiet_back_load")
        return replace(track, dose=fresh.dose) if quiet and track.state == BACK else track
    if _trusted(track, week):
        return track
    return replace(track, dose=lowest_of(track.dose, capped_dose(track.dose, week.situation.grade, plans)))
