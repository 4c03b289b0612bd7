"""Record what was done under a plan: judge it, move the lift's way back on, and stop the plan where it must stop."""

from __future__ import annotations

from dataclasses import replace

from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.holding import gates_to_ask, signs_in, stop_words
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
    if not plan.tracks:
        return _told_while_held(plan, done, plans)
    track = track_named(plan, done.lift)
    done = replace(done, lift=track.lift)
    limits = plan.limits
    strict, usual = (limits.strict, limits.usual) if limits is not None else (True, None)
    verdict = _as_planned(judge(done, track, strict=strict, usual=usual, plans=plans), done, track, plans)
    record = Record(judged=(*plan.record.judged, _judged(done, track, verdict)))
    moves = tuple((one, _moved(one, track, verdict, done, plans)) for one in plan.tracks)
    shown = (transition_of(done, verdict, one, after) for one, after in moves if one is track or after is not one)
    changed = replace(
        plan, tracks=tuple(after for _, after in moves), record=record, transitions=(*plan.transitions, *shown)
    )
    return _stopped(changed, verdict, done, plans) if _must_stop(changed, verdict, done, plans) else changed


def track_named(plan: Plan, name: str) -> Track:
    """The lift of a plan by its name, whatever its case. Raises PlanError naming the lifts there are."""
    wanted = lift_key(name)
    for track in plan.tracks:
        if lift_key(track.lift) == wanted:
            return track
    lifts = ", ".join(track.lift for track in plan.tracks) or "none, since there is no plan yet"
    raise PlanError(f"{name!r} is not in the plan; its lifts are: {lifts}.")


def lift_key(name: str) -> str:
    """A lift's name for comparing: whatever its case, its spaces and signs that do not show."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split()).casefold()


def _moved(one: Track, track: Track, verdict: Verdict, done: Done, plans: PlanKnowledge) -> Track:
    """A track after an exposure: that of its lift, and another lift's whose way back is on the same work."""
    return _after(one, verdict, done, plans) if one is track or _shares(one, track) else one


def _shares(other: Track, track: Track) -> bool:
    """Whether what was done counts for another lift as well: the same exercise and dose, and no heavier for it."""
    rung = track.now
    if rung is None or rung.own or not rung.exercise or not other.kind == track.kind == LIFT:
        return False
    same = other.now == rung and other.dose == track.dose
    if not rung.loaded:
        return same
    mine, others = track.usual.single, other.usual.single
    lighter = mine is not None and others is not None and other.usual.unit == track.usual.unit and others <= mine
    return same and lighter


def _after(track: Track, verdict: Verdict, done: Done, plans: PlanKnowledge) -> Track:
    if not takes(track) and verdict.action != "stop":
        return track
    late = track.last is not None and done.day <= track.last
    if track.state == "stopped" or (late and verdict.action == "up"):
        return track  # rows of one day are one exposure; one told late cannot follow what came after it
    after = moved(track, verdict.action, done.day, plans, light=verdict.light)
    return replace(after, last=track.last) if late else after


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
    single = None if track.usual.guessed else track.usual.single
    same = done.unit == track.usual.unit
    return done.weight / single if done.weight and single and same else None


def _as_planned(verdict: Verdict, done: Done, track: Track, plans: PlanKnowledge) -> Verdict:
    """The verdict, and no step up for what was clearly lighter than planned, or something else than was planned."""
    share, planned = _share(done, track), track.dose.share
    lighter = share is not None and planned is not None and share < planned - plans.number("step_share_early")
    doubted = lighter or _is_another(done, track) or signs_in(done.note, plans)
    if verdict.action != "up" or not doubted:
        return verdict
    return replace(verdict, action="repeat", light=None)


def _is_another(done: Done, track: Track) -> bool:
    """Whether another exercise was done than the rung asks for; left out means the one that was planned."""
    rung = track.now
    if not done.exercise.strip() or rung is None:
        return False
    names = {rung.exercise, rung.name, *((track.lift,) if rung.own else ())}
    return done.exercise.casefold().strip() not in {name.casefold() for name in names if name}


def _must_stop(plan: Plan, verdict: Verdict, done: Done, plans: PlanKnowledge) -> bool:
    """New numbness or weakness, pain into a leg, or red after red: the warning signs come first."""
    if verdict.action in ("stop", "first_rung") and verdict.decision_rule != "red_and_slow":
        return True
    if signs_in(done.note, plans):
        return True
    last = [one.light for one in plan.record.of(done.lift)][-int(plans.number("reds_that_ask")) :]
    return len(last) >= plans.number("reds_that_ask") and set(last) == {"red"}


def _stopped(plan: Plan, verdict: Verdict, done: Done, plans: PlanKnowledge) -> Plan:
    action = "words" if verdict.action != "stop" and signs_in(done.note, plans) else verdict.action
    return replace(
        plan,
        held=True,
        stop=stop_words(action, done.lift, str(done.day), plans),
        ask_again=gates_to_ask(plans),
        days=(),
        stopped_on=done.day if plan.stopped_on is None else max(plan.stopped_on, done.day),
    )


def _told_while_held(plan: Plan, done: Done, plans: PlanKnowledge) -> Plan:
    """A plan that is held from the start keeps what is told, and asks for the warning signs where a leg is in it."""
    judged = Judged(done=done, light=None, level=0, share=None, own_lift=True)
    kept = replace(plan, record=Record(judged=(*plan.record.judged, judged)))
    leg = done.told.value("leg_after")
    written = signs_in(done.note, plans)
    if leg not in ("further", "numb_or_weak") and not written:
        return kept
    action = "stop" if leg == "numb_or_weak" else "words" if written else "first_rung"
    words = stop_words(action, done.lift, str(done.day), plans)
    stopped = done.day if plan.stopped_on is None else max(plan.stopped_on, done.day)
    return replace(kept, stop=(*words, *plan.stop), ask_again=gates_to_ask(plans), stopped_on=stopped)
