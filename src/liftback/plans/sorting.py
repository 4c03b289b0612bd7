"""Each lift of the usual week kept, capped, swapped or parked, with its way back; and what keeps strength meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from liftback.facts.evaluation import holds
from liftback.facts.values import Facts, Known
from liftback.knowledge.plan_entries import DecisionRule, Dose, LadderedExercise
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.ladders import can_do, exercise_of_lift, is_there, loads_of, rung_of, stand_ins, way_back
from liftback.plans.loads import in_unit
from liftback.plans.parts import OwnLift, Rung, Track, Usual
from liftback.plans.progression import BACK, WAITING
from liftback.plans.usual import implied_equipment, laid_out

LIFT, KEEPER, REHAB, WALK, CONDITIONING = "lift", "keeper", "rehab", "walk", "conditioning"
KEPT, CAPPED, SWAPPED, PARKED, ADDED = "kept", "capped", "swapped", "parked", "added"
BUILDING = "building"
_REMEMBERED = 4096  # rules kept in memory
_PLACES = 3  # decimal places of a share
_NO_WEIGHT = Usual(sets=1, reps=None, weight=None, unit="", weekdays=(), single=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What the sorting goes by: the irritability planned for, what is spared, the equipment, and the findings.

    `usual` is the lifter's own usual score, 0-10; None while it is not known. `paused`: the last session is weeks ago.
    `side_open`: what makes it worse is not told. `bar` is the lightest load of a bar, with its unit. `told_equipment`:
    the equipment was told, and not read from a log.
    """

    grade: str
    spared: tuple[str, ...]
    equipment: frozenset[str]
    facts: Facts
    usual: float | None = None
    paused: bool = False
    side_open: bool = False
    bar: tuple[float, str] = (0.0, "kg")
    told_equipment: bool = False


def rule_for(lift: OwnLift, situation: Situation, plans: PlanKnowledge) -> DecisionRule:
    """The first rule that holds for a lift."""
    spared = set(loads_of(lift.lift_id, lift.pattern, plans)) & set(situation.spared)
    told = (
        ("lift.grade", situation.grade),
        ("lift.back_load", float(lift.back_load)),
        ("lift.loads_spared", "yes" if spared else "no"),
        ("lift.known", "yes" if lift.known else "no"),
        ("lift.paused", "yes" if situation.paused else "no"),
        ("lift.possible", "yes" if _possible(lift, situation, plans) else "no"),
        ("finding.pattern", str(situation.facts.value("finding.pattern"))),
        ("finding.presentation", str(situation.facts.value("finding.presentation"))),
    )
    return _rule(told, plans)


@lru_cache(maxsize=_REMEMBERED)  # few kinds of lift and situation, for any number of lifters
def _rule(told: tuple[tuple[str, str | float], ...], plans: PlanKnowledge) -> DecisionRule:
    facts = Facts({name: Known(value=value, source="plan") for name, value in told})
    return next(rule for rule in plans.lift_rules if holds(rule.when, facts))


def _possible(lift: OwnLift, situation: Situation, plans: PlanKnowledge) -> bool:
    """Whether there is what a lift is done with: by its own exercise, else by the words of its name.

    A log shows what was there; only equipment that was told can rule a lift out.
    """
    if not situation.told_equipment:
        return True
    exercise = exercise_of_lift(lift.lift_id, plans)
    if exercise is not None:
        return is_there(exercise, situation.equipment)
    implied = implied_equipment(lift.name)
    return implied <= situation.equipment if implied else bool(situation.equipment) or not lift.usual.weight


def track_of(lift: OwnLift, situation: Situation, plans: PlanKnowledge) -> Track:
    """A lift as the plan begins with it: its decision, its way back, and the rung and dose it stands on."""
    rule = rule_for(lift, situation, plans)
    path = way_back(
        lift.lift_id, lift.name, lift.pattern, spared=situation.spared, equipment=situation.equipment, own=lift.own,
        back_load=lift.back_load, plans=plans,
    )  # fmt: skip
    if not _possible(lift, situation, plans):
        path = path[:-1]
    path = _that_can_be_loaded(path, lift, situation)
    track = Track(
        lift=lift.name, kind=LIFT, pattern=lift.pattern, back_load=lift.back_load,
        spared=tuple(sorted(set(loads_of(lift.lift_id, lift.pattern, plans)) & set(situation.spared))),
        decision=rule.action, rule=rule.id, usual=lift.usual, path=path, rung=0, dose=lift.own, state=BUILDING,
    )  # fmt: skip
    return _placed(track, rule.action, situation, plans)


@lru_cache(maxsize=_REMEMBERED)
def by_effort(rung: Rung) -> Rung:
    """A rung without a share of a single, since a share of a single that nobody knows says nothing."""
    return replace(rung, start=replace(rung.start, share=None), top=replace(rung.top, share=None), loaded=False)


def _that_can_be_loaded(path: tuple[Rung, ...], lift: OwnLift, situation: Situation) -> tuple[Rung, ...]:
    """The rungs with loads that the lightest bar allows; without a single their loads go by effort.

    A rung that even at its top is lighter than the bar is left out; one that only begins lighter begins with the bar.
    """
    single, found = lift.usual.single, []
    for rung in path:
        if single is None:
            found.append(by_effort(rung))
            continue
        least = in_unit(*situation.bar, lift.usual.unit) / single
        start, top = rung.start.share, rung.top.share
        if not rung.loaded or not rung.exercise or start is None or top is None or start >= least:
            found.append(rung)
        elif top >= least:
            found.append(replace(rung, start=replace(rung.start, share=round(least, _PLACES))))
    return tuple(found)


def _placed(track: Track, action: str, situation: Situation, plans: PlanKnowledge) -> Track:
    last = len(track.path) - 1
    if action == KEPT:
        return replace(track, rung=last, state=BACK)
    if action == CAPPED and (last < 1 or track.back_load <= plans.number("middling_back_load")):
        return replace(track, rung=last, state=BACK, dose=capped_dose(track.dose, situation.grade, plans))
    level = start_level(situation.grade, bool(track.spared) or situation.side_open, plans)
    rungs = track.path
    below = [place for place, rung in enumerate(rungs) if rung.level <= level and not (action == SWAPPED and rung.own)]
    if not track.path or (action == SWAPPED and not below):
        return _swapped_from_table(track, level, situation, plans)
    place = below[-1] if below else 0
    state = WAITING if action == PARKED else BUILDING
    return replace(track, rung=place, dose=track.path[place].start, state=state)


def _swapped_from_table(track: Track, level: int, situation: Situation, plans: PlanKnowledge) -> Track:
    """A lift whose ladder has nothing to begin with here: what the table of swaps has stands in, or it waits."""
    most = min(track.back_load, plans.number("middling_back_load"))
    found = stand_ins(track.pattern, situation.spared, equipment=situation.equipment, most_back_load=most, plans=plans)
    if not found:
        dose = track.path[-1].start if track.path else track.dose
        return replace(track, decision=PARKED, rung=max(0, len(track.path) - 1), dose=dose, state=WAITING)
    rung = rung_of(found[0], min(max(level, found[0].levels[0]), found[0].levels[1]))
    return replace(track, path=(rung, *track.path), rung=0, dose=rung.start, decision=SWAPPED)


def start_level(grade: str, spared: bool, plans: PlanKnowledge) -> int:
    """The level that back work begins at."""
    name = f"start_level_{grade}"
    if spared:
        name = {"moderate": "start_level_spared", "low": "start_level_low_spared"}.get(grade, name)
    return int(plans.number(name))


def capped_dose(dose: Dose, grade: str, plans: PlanKnowledge) -> Dose:
    """A dose that stays the lift's own and gets a ceiling: of effort, and of load where the back is not calm."""
    effort = plans.number("quiet_effort")
    share = None if dose.share is None else min(dose.share, plans.number(f"capped_share_{grade}"))
    return replace(dose, effort=effort, share=share)


def decision_now(track: Track) -> str:
    """What a lift's place on its way makes of it now: parked while it waits, swapped below the lift itself."""
    if track.kind != LIFT:
        return ADDED
    if track.state == WAITING or not track.path:
        return PARKED
    if not track.path[track.rung].own:
        return SWAPPED
    if track.dose == track.path[-1].top:
        return KEPT
    return CAPPED


# --- what keeps strength meanwhile, and rehab work -------------------------------------------------------------------


def keepers(tracks: Sequence[Track], situation: Situation, plans: PlanKnowledge) -> tuple[Track, ...]:
    """For lifts that are parked or swapped: work that keeps the strength of their pattern and leaves the back alone."""
    most = plans.number("quiet_back_load" if situation.grade == "high" else "keeper_back_load")
    days: dict[str, set[int]] = {}
    for track in tracks:
        if decision_now(track) in (PARKED, SWAPPED) and track.back_load > most:
            used = {rung.exercise for rung in track.path}
            found = stand_ins(
                track.pattern, situation.spared, equipment=situation.equipment, most_back_load=most, plans=plans
            )
            free = [one for one in found if one.id not in used]
            if free:
                days.setdefault(free[0].id, set()).update(track.usual.weekdays)
    return tuple(
        _work(plans.exercises[name], KEEPER, plans.exercises[name].name, tuple(sorted(on)), situation)
        for name, on in days.items()
    )


def _work(exercise: LadderedExercise, kind: str, label: str, weekdays: tuple[int, ...], situation: Situation) -> Track:
    rung = by_effort(rung_of(exercise, exercise.levels[0]))
    return Track(
        lift=label, kind=kind, pattern=exercise.pattern, back_load=exercise.back_load, spared=(), decision=ADDED,
        rule=f"{kind}_{situation.grade}", usual=replace(_NO_WEIGHT, weekdays=weekdays), path=(rung,), rung=0,
        dose=rung.start, state=BUILDING,
    )  # fmt: skip


SLOTS = (("Calm and move", "settle"), ("Trunk", "trunk"), ("Trunk, second", "trunk"))
"""Slots of rehab work: the name shown, and the ladder."""


def rehab(situation: Situation, plans: PlanKnowledge) -> tuple[Track, ...]:
    """Rehab work in the dose that the irritability asks for: one thing that calms, two that build the trunk."""
    lowest, highest = (int(one) for one in plans.numbers(f"rehab_levels_{situation.grade}"))
    weekdays = tuple(int(one) for one in plans.numbers(f"rehab_weekdays_{situation.grade}"))
    used: set[str] = set()
    found = []
    for label, ladder in SLOTS:
        path = _rehab_path(ladder, (lowest, highest), used, situation, plans)
        if path:
            used |= {rung.exercise for rung in path}
            found.append(
                Track(
                    lift=label, kind=REHAB, pattern=ladder, back_load=path[0].back_load, spared=(), decision=ADDED,
                    rule=f"rehab_{situation.grade}", usual=replace(_NO_WEIGHT, weekdays=weekdays), path=path, rung=0,
                    dose=path[0].start, state=BUILDING,
                )
            )  # fmt: skip
    return tuple(found)


def _rehab_path(
    ladder: str, levels: tuple[int, int], used: set[str], situation: Situation, plans: PlanKnowledge
) -> tuple[Rung, ...]:
    """A few exercises of a ladder, one for each level from the lowest on; suiting ones first."""
    rungs: list[Rung] = []
    for level in range(levels[0], levels[1] + 1):
        fitting = [
            one
            for one in plans.on_ladder(ladder)
            if one.levels[0] <= level <= one.levels[1]
            and one.id not in used | {rung.exercise for rung in rungs}
            and can_do(one, situation.spared, situation.equipment)
            and not _not_for_now(one, situation)
        ]
        if fitting:
            best = max(fitting, key=lambda one: (len(set(one.suits) & set(situation.spared)), -one.rung))
            rungs.append(rung_of(best, level))
    return tuple(rungs)


def _not_for_now(exercise: LadderedExercise, situation: Situation) -> bool:
    """Arching and bending as exercises are tried only where the other direction is what bothers the lifter.

    With signs in a leg neither is, since the wrong one sends them further down.
    """
    directed = {"extension", "flexion"} & set(exercise.loads)
    if exercise.ladder != "settle" or not directed:
        return False
    opposite = {"extension": "flexion", "flexion": "extension"}
    wanted = {opposite[one] for one in directed}
    return "nerve" in situation.spared or not wanted & set(situation.spared)


def moving(situation: Situation, plans: PlanKnowledge) -> tuple[Track, ...]:
    """Walking on every day, and conditioning that suits what is spared, beside the lifting."""
    walk = plans.exercises["walking"]
    found = [_work(walk, WALK, walk.name, laid_out(walk.start.days_a_week or 1, plans), situation)]
    rows = [row for row in plans.swaps if row.pattern == "cardio"]
    rows = [row for row in rows if row.spared in situation.spared] or rows
    names = dict.fromkeys(name for row in rows for name in row.exercises if name != walk.id)
    fitting = [plans.exercises[name] for name in names]
    fitting = [one for one in fitting if can_do(one, situation.spared, situation.equipment)]
    if fitting:
        days = tuple(int(one) for one in plans.numbers("conditioning_weekdays"))
        found.append(_work(fitting[0], CONDITIONING, fitting[0].name, days, situation))
    return tuple(found)
