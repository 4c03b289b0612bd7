"""One exposure: its traffic light, what follows from it, and the lift's next state. A plain state machine.

The rules and the states are knowledge; here they are read in order. What is not known makes no rule hold: such an
exposure is repeated, it never raises anything and never counts as clean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from liftback.facts.evaluation import evaluate, holds
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.plan_entries import DecisionRule, LightRule, Move
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.doses import at_top, fewer, lightened, lowest_of, raised
from liftback.plans.parts import Track, Transition, UsualScore
from liftback.plans.record import Done
from liftback.reasoning.findings import Reason, Said, trace_reasons

WAITING, STOPPED, BACK = "waiting", "stopped", "back"
_REMEMBERED = 256  # moves kept in memory
_UNTOLD = Unknown(why="not told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one exposure came to: its light (None while too little is told), the action, and the rules behind them."""

    light: str | None
    action: str
    light_rule: str
    decision_rule: str
    why: tuple[Said, ...]
    because: tuple[Reason, ...]


def judge(done: Done, track: Track, *, strict: bool, usual: UsualScore | None, plans: PlanKnowledge) -> Verdict:
    """The verdict on an exposure of a lift.

    `usual` is the lifter's own usual score. Where it is not of recent days, the pain before the lift is taken if it
    is lower, since a usual that has become too high would call a rise none. `strict` takes no amber.
    """
    facts = _exposure_facts(done, track, strict=strict, usual=usual, plans=plans)
    light = _first(plans.lights, facts)
    told = light.light if light is not None else None
    facts = facts.adding(
        {
            "exposure.light": _known(told) if told else Unknown(why="too little was told"),
            "exposure.light_known": _known("yes" if told else "no"),
        }
    )
    decision = _first(plans.decisions, facts)
    if decision is None:
        raise AssertionError("the last decision rule holds whenever no light is known")
    why = [rule for rule in (light, decision) if rule is not None]
    return Verdict(
        light=told,
        action=decision.action,
        light_rule=light.id if light is not None else "",
        decision_rule=decision.id,
        why=tuple(_said(rule) for rule in why),
        because=tuple(
            dict.fromkeys(reason for rule in why for reason in trace_reasons(_traced(rule, facts), facts, plans.known))
        ),
    )


def _traced(rule: LightRule | DecisionRule, facts: Facts) -> Any:
    return evaluate(rule.when, facts)


def _exposure_facts(done: Done, track: Track, *, strict: bool, usual: UsualScore | None, plans: PlanKnowledge) -> Facts:
    told = done.told
    base = _base(usual, told.number("pain_before"))
    level = track.now.level if track.now is not None else None
    return told.adding(
        {
            "exposure.strict": _known("yes" if strict else "no"),
            # Work at the two lowest levels has no weight; a lift without rungs is taken for loaded.
            "exposure.unloaded": _known("yes" if level is not None and level <= 1 else "no"),
            "exposure.quiet": _known("yes" if _is_quiet(track, plans) else "no"),
            "exposure.repeated": _known("yes" if track.repeats else "no"),
            "exposure.rise_during": _rise(told.number("pain_during"), base),
            "exposure.rise_after": _rise(told.number("pain_after"), base),
            "exposure.rise_morning": _rise(told.number("pain_next_morning"), base),
        }
    )


def _known(value: str) -> Known:
    return Known(value=value, source="plan")


def _is_quiet(track: Track, plans: PlanKnowledge) -> bool:
    """Whether what is done asks little of the back though it has a weight, so that a bad morning is not laid on it."""
    rung = track.now
    return rung is not None and rung.level > 1 and rung.back_load <= plans.number("quiet_back_load")


def _base(usual: UsualScore | None, before: float | None) -> float | None:
    """What a rise is measured from: the median of recent days, or the lower of what was told once and just before."""
    if usual is not None and usual.recent:
        return usual.score
    known = [value for value in (None if usual is None else usual.score, before) if value is not None]
    return min(known, default=None)


def _rise(pain: float | None, base: float | None) -> Fact:
    return _UNTOLD if pain is None or base is None else Known(value=pain - base, source="plan")


def _first(rules: Sequence[Any], facts: Facts) -> Any:
    return next((rule for rule in rules if holds(rule.when, facts)), None)


def _said(rule: LightRule | DecisionRule) -> Said:
    return Said(id=f"plans.{rule.id}", text=rule.why, kind="default", sources=rule.sources, because=())


# --- the lift's next state -------------------------------------------------------------------------------------------


def moved(track: Track, action: str, day: date, plans: PlanKnowledge, *, light: str | None = None) -> Track:
    """The lift after an action. Raises KeyError for an action that its state does not know.

    `light` is that of the exposure. A lift that waits keeps its rung and dose whatever is done meanwhile; only an
    action of its own moves it.
    """
    to = move_of(track.state, action, plans).to
    after = replace(_ACTIONS.get(action, _same)(track, day, plans, light), state=to)
    if action == "up" and to != BACK and _finished(after, plans):
        return replace(after, state=move_of(to, "done", plans).to, last=day)
    return replace(after, last=day) if action in _OF_EXPOSURES else after


_OF_EXPOSURES = frozenset(("up", "repeat", "ease", "lighter", "rung_down", "first_rung", "stop"))


@lru_cache(maxsize=_REMEMBERED)
def move_of(state: str, action: str, plans: PlanKnowledge) -> Move:
    """The transition of a state on an action. Raises KeyError where there is none."""
    for move in plans.moves:
        if (move.state, move.action) == (state, action):
            return move
    raise KeyError(f"no move from {state} on {action}")


def takes(track: Track) -> bool:
    """Whether exposures move the lift now: it neither waits nor is stopped."""
    return track.state not in (WAITING, STOPPED)


def needed_clean(level: int, plans: PlanKnowledge) -> int:
    """How many clean exposures in a row a rung of this level asks for."""
    return int(plans.number("clean_high" if level >= plans.number("high_level") else "clean_low"))


def _finished(track: Track, plans: PlanKnowledge) -> bool:
    """Whether the last rung was done cleanly often enough."""
    last = track.rung == len(track.path) - 1
    return bool(track.path) and last and track.clean >= needed_clean(track.path[track.rung].level, plans)


def _up(track: Track, day: date, plans: PlanKnowledge, _light: str | None) -> Track:
    """One step up, or the next rung where the full dose was done after enough clean ones in a row."""
    rung = track.now
    if rung is None:
        return track
    clean = track.clean + 1  # amber twice and gone by the morning is one clean exposure, told in two
    if at_top(track.dose, rung):
        if clean >= needed_clean(rung.level, plans) and track.rung + 1 < len(track.path):
            return replace(climbed(track), raised_on=day)
        return replace(track, clean=clean, repeats=0)
    dose = raised(track.dose, rung, load_allowed=_load_may_rise(track, day, plans), plans=plans)
    grown = (dose.share, dose.body_share) != (track.dose.share, track.dose.body_share)
    return replace(track, dose=dose, clean=clean, repeats=0, raised_on=day if grown else track.raised_on)


def _load_may_rise(track: Track, day: date, plans: PlanKnowledge) -> bool:
    """The load rises once a week, but for what a red took off: that is rebuilt step by step."""
    share = track.dose.share
    if share is not None and track.reached is not None and share < track.reached:
        return True
    return track.raised_on is None or day - track.raised_on >= timedelta(days=plans.number("load_step_days"))


def climbed(track: Track) -> Track:
    """On the next rung: its beginning, with the sets and repetitions that were done already, as far as it has them."""
    higher = _on_rung(track, track.rung + 1)
    kept = {}
    for measure in ("sets", "reps"):
        before, top = getattr(track.dose, measure), getattr(higher.path[higher.rung].top, measure)
        if before is not None and top is not None:
            kept[measure] = min(before, top)
    return replace(higher, dose=replace(higher.dose, **kept), reached=None)


def _repeat(track: Track, _day: date, _plans: PlanKnowledge, light: str | None) -> Track:
    # Amber in between holds the count, it neither adds nor breaks; what was not told breaks it.
    return replace(track, clean=0 if light is None else track.clean, repeats=1 if light == "amber" else 0)


def _ease(track: Track, day: date, plans: PlanKnowledge, _light: str | None) -> Track:
    return _cut(track, _share("ease_percent", plans), day, plans)


def _lighter(track: Track, day: date, plans: PlanKnowledge, _light: str | None) -> Track:
    return _cut(track, _share("lighter_percent", plans), day, plans)


def _share(percent: str, plans: PlanKnowledge) -> float:
    return plans.number(percent) / 100


def _cut(track: Track, cut: float, day: date, plans: PlanKnowledge) -> Track:
    rung = track.now
    if rung is None:
        return replace(track, clean=0, repeats=0)
    dose = lightened(track.dose, cut, plans)
    if dose is None:
        return _rung_down(track, day, plans, None)
    return replace(track, dose=dose, clean=0, repeats=0, raised_on=day, reached=_most(track.reached, track.dose.share))


def _most(one: float | None, other: float | None) -> float | None:
    return max((share for share in (one, other) if share is not None), default=None)


def _rung_down(track: Track, day: date, plans: PlanKnowledge, _light: str | None) -> Track:
    return replace(_lowered_to(track, max(0, track.rung - 1), plans), raised_on=day) if track.path else track


def _first_rung(track: Track, day: date, plans: PlanKnowledge, _light: str | None) -> Track:
    return replace(_lowered_to(track, 0, plans), raised_on=day, restarted_on=day) if track.path else track


def _opened(track: Track, _day: date, plans: PlanKnowledge, _light: str | None) -> Track:
    """Back from waiting: the rung it stood on, clearly lighter and with fewer sets, or less where it has no load."""
    rung = track.now
    if rung is None or track.last is None:
        return replace(track, clean=0, repeats=0)
    dose = lightened(track.dose, _share("lighter_percent", plans), plans)
    lighter = dose or lowest_of(track.dose, rung.start)
    if track.dose.sets is not None:
        lighter = replace(lighter, sets=max(1, int(track.dose.sets * _share("opened_sets_percent", plans))))
    return replace(track, dose=lighter, clean=0, repeats=0, reached=_most(track.reached, track.dose.share))


def _same(track: Track, _day: date, _plans: PlanKnowledge, _light: str | None) -> Track:
    return replace(track, clean=0, repeats=0)


_ACTIONS = {
    "up": _up, "repeat": _repeat, "ease": _ease, "lighter": _lighter, "rung_down": _rung_down,
    "first_rung": _first_rung, "asked": _first_rung, "open": _opened,
}  # fmt: skip


def _lowered_to(track: Track, place: int, plans: PlanKnowledge) -> Track:
    """On a rung's beginning; where it is that rung already, below both its beginning and its dose.

    There is no rung under the first, and what was said to be less must be less.
    """
    lowered = _on_rung(track, place)
    if place != track.rung:
        return lowered
    dose = lowest_of(track.dose, lowered.dose)
    if dose == track.dose:
        dose = lightened(dose, _share("lighter_percent", plans), plans) or fewer(dose, plans)
    return replace(lowered, dose=dose)


def _on_rung(track: Track, place: int) -> Track:
    rung = track.path[place]
    return replace(track, rung=place, dose=rung.start, clean=0, repeats=0, reached=None)


def transition_of(done: Done, verdict: Verdict, before: Track, after: Track) -> Transition:
    """What an exposure changed, with its reasons."""
    return Transition(
        day=done.day,
        lift=before.lift,
        light=verdict.light,
        action=verdict.action,
        before=before.state,
        after=after.state,
        why=verdict.why,
        because=verdict.because,
    )
