"""Record what was done under a plan: judge it, move the lift's way back on, and stop the plan where it must stop."""

from __future__ import annotations

from dataclasses import replace

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.holding import gates_to_ask, stop_words
from liftback.plans.parts import Plan, Track
from liftback.plans.progression import Verdict, judge, moved, takes, transition_of
from liftback.plans.record import Done, Judged, Record
from liftback.plans.sorting import LIFT


class PlanError(Exception):
    """An exposure that does not belong to the plan; the message says which lifts do."""


def recorded(plan: Plan, done: Done, plans: PlanKnowledge) -> Plan:
    """The plan after an exposure. Raises PlanError for a lift that is not in it.

    Nothing told is lost: an exposure of a lift that waits is recorded too, and moves nothing but a stop.
    """
    track = track_named(plan, done.lift)
    done = replace(done, lift=track.lift)
    limits = plan.limits
    strict, usual = (limits.strict, limits.usual) if limits is not None else (True, None)
    verdict = _as_planned(judge(done, track, strict=strict, usual=usual, plans=plans), done, track, plans)
    after = _after(track, verdict, done, plans)
    transition = transition_of(done, verdict, track, after)
    record = Record(judged=(*plan.record.judged, _judged(done, track, verdict)))
    tracks = tuple(after if one is track else _along(one, track, verdict, done, plans) for one in plan.tracks)
    changed = replace(plan, tracks=tracks, record=record, transitions=(*plan.transitions, transition))
    return _stopped(changed, verdict, done, plans) if _must_stop(changed, verdict, done, plans) else changed


def track_named(plan: Plan, name: str) -> Track:
    """The lift of a plan by its name, whatever its case. Raises PlanError naming the lifts there are."""
    wanted = " ".join(name.split()).casefold()
    for track in plan.tracks:
        if track.lift.casefold() == wanted:
            return track
    lifts = ", ".join(track.lift for track in plan.tracks) or "none, since there is no plan yet"
    raise PlanError(f"{name!r} is not in the plan; its lifts are: {lifts}.")


def _after(track: Track, verdict: Verdict, done: Done, plans: PlanKnowledge) -> Track:
    if not takes(track) and verdict.action != "stop":
        return track
    if track.state == "stopped" or (track.last == done.day and verdict.action == "up"):
        return track  # several rows of one lift on one day are one exposure, and raise nothing twice
    return moved(track, verdict.action, done.day, plans, light=verdict.light)


def _along(other: Track, track: Track, verdict: Verdict, done: Done, plans: PlanKnowledge) -> Track:
    """Another lift whose way back is on the same exercise and dose: what was done counts for it as well."""
    same = other.kind == track.kind == LIFT and other.now == track.now and other.dose == track.dose
    shared = track.now is not None and bool(track.now.exercise) and not track.now.own
    return _after(other, verdict, done, plans) if same and shared else other


def _judged(done: Done, track: Track, verdict: Verdict) -> Judged:
    rung = track.now
    return Judged(
        done=done,
        light=verdict.light,
        level=rung.level if rung is not None else 0,
        share=_share(done, track),
        own_lift=rung is None or rung.own,
    )


def _share(done: Done, track: Track) -> float | None:
    """The weight lifted over the estimated single from before the episode, where both are in one unit."""
    single = track.usual.single
    same = done.unit == track.usual.unit
    return done.weight / single if done.weight and single and same else None


def _as_planned(verdict: Verdict, done: Done, track: Track, plans: PlanKnowledge) -> Verdict:
    """The verdict, and no step up for an exposure that was clearly lighter than planned."""
    share, planned = _share(done, track), track.dose.share
    lighter = share is not None and planned is not None and share < planned - plans.number("step_share_early")
    return replace(verdict, action="repeat") if lighter and verdict.action == "up" else verdict


def _must_stop(plan: Plan, verdict: Verdict, done: Done, plans: PlanKnowledge) -> bool:
    """New numbness or weakness, pain into a leg, or red after red: the warning signs come first."""
    if verdict.action in ("stop", "first_rung") and verdict.decision_rule != "red_and_slow":
        return True
    last = [one.light for one in plan.record.of(done.lift)][-int(plans.number("reds_that_ask")) :]
    return len(last) >= plans.number("reds_that_ask") and set(last) == {"red"}


def _stopped(plan: Plan, verdict: Verdict, done: Done, plans: PlanKnowledge) -> Plan:
    return replace(
        plan,
        held=True,
        stop=stop_words(verdict.action, done.lift, str(done.day), plans),
        ask_again=gates_to_ask(plans),
        days=(),
        stopped_on=done.day,
    )
