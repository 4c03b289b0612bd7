"""Make a plan, the same week modified, and go on to the next week.

A plan is a value. A new week gives a new plan from the same ways back; nothing is forgotten: a held plan keeps every
way back and the whole record. How an exposure changes a plan is in `liftback.plans.recording`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from liftback.facts.diary import Diary
from liftback.facts.values import Facts
from liftback.facts.values import Known as KnownFact
from liftback.knowledge.entries import Level
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.bounds import Known, equipment_of, limits_of, planned_grade, reasons_of, usual_score_of
from liftback.plans.clearance import Clearance, Signature, clearance
from liftback.plans.first_days import first_days
from liftback.plans.flare import FlarePlan, allowed_level, flare_plan, volume_share
from liftback.plans.going_on import Week, gone_on
from liftback.plans.holding import LEG_GATES, gates_to_ask, held_by, open_gates, open_questions_of, signs_in
from liftback.plans.ladders import LEVELS
from liftback.plans.loads import Plates, plates_of
from liftback.plans.notes import headline_of, notes_of, parked_of, rules_of
from liftback.plans.parts import Limits, OwnWeek, Plan, Track, Transition
from liftback.plans.record import Record
from liftback.plans.sorting import LIFT, Situation, decision_now, keepers, moving, rehab, track_of
from liftback.plans.targets import weekly_targets
from liftback.plans.usual import LOG, own_week
from liftback.plans.week import DAYS_IN_WEEK, Setting, week_days
from liftback.plans.words import spoken
from liftback.reasoning.findings import Said
from liftback.reasoning.foundations import Foundations
from liftback.reasoning.irritability import GRADES
from liftback.reasoning.triage import Triage
from liftback.training.log import TrainingLog


@dataclass(frozen=True, slots=True, kw_only=True)
class Lifter:
    """All that a plan reads of a lifter on one day: facts, conclusions, log and diary."""

    facts: Facts
    level: Level
    known: Known
    foundations: Foundations
    log: TrainingLog | None
    diary: Diary
    today: date
    undecided: tuple[str, ...] = ()
    triage: Triage | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Going:
    """A week about to be laid out: the lifts on their ways, and the plan before it if there was one."""

    begun: date
    own: OwnWeek
    situation: Situation
    lifts: tuple[Track, ...]
    notes: tuple[Said, ...]
    flare_begun: date | None = None
    earlier: Plan | None = None
    changes: tuple[Transition, ...] = ()


def first_plan(
    lifter: Lifter, plans: PlanKnowledge, *, begun: date | None = None, flare_begun: date | None = None
) -> Plan:
    """A week from today on; held with its reasons where there must be none. `begun` is the day the plan began."""
    began = lifter.today if begun is None else min(begun, lifter.today)
    held = held_by(lifter.facts, lifter.level, plans)
    if held:
        return held_plan(lifter, plans, begun=began, stop=held)
    own = own_week(lifter.log, lifter.facts, plans, today=lifter.today)
    situation, notes = _situation(lifter, own, plans)
    lifts = tuple(track_of(lift, situation, plans) for lift in own.lifts)
    flare = _flare_of(flare_begun, lifter.today, plans)
    going = _Going(begun=began, own=own, situation=situation, lifts=lifts, notes=notes, flare_begun=flare)
    return _laid_out(lifter, plans, going)


def next_plan(
    plan: Plan,
    lifter: Lifter,
    plans: PlanKnowledge,
    *,
    asked_again: date | None = None,
    flare_begun: date | None = None,
) -> Plan:
    """The week that follows, from the same ways back and what is known today.

    A plan that stopped goes on only when the warning signs were gone through since (`asked_again`).
    """
    held = held_by(lifter.facts, lifter.level, plans)
    asked = asked_again is not None and asked_again <= lifter.today
    waits = plan.stopped_on is not None and not (asked and asked_again is not None and asked_again >= plan.stopped_on)
    if held or waits:
        return held_plan(lifter, plans, begun=plan.begun, stop=held or plan.stop, earlier=plan)
    own = plan.own or own_week(lifter.log, lifter.facts, plans, today=lifter.today)
    situation, notes = _situation(lifter, own, plans, record=plan.record)
    before = {track.lift: track for track in plan.tracks if track.kind == LIFT}
    spared = plan.limits.spared if plan.limits is not None else situation.spared
    week = Week(today=lifter.today, situation=situation, spared_before=spared, reds=_reds(plan.record))
    gone = [gone_on(before.get(lift.name), lift, week, plans) for lift in own.lifts]
    going = _Going(
        begun=plan.begun, own=own, situation=situation, lifts=tuple(track for track, _ in gone), notes=notes,
        changes=tuple(change for _, changes in gone for change in changes),
        flare_begun=_flare_of(flare_begun or plan.flare_begun, lifter.today, plans), earlier=plan,
    )  # fmt: skip
    return _laid_out(lifter, plans, going)


def _reds(record: Record) -> frozenset[str]:
    """The lifts that were red the last time they were done."""
    last = {one.done.lift: one.light for one in record.judged}
    return frozenset(lift for lift, light in last.items() if light == "red")


def _flare_of(begun: date | None, today: date, plans: PlanKnowledge) -> date | None:
    """The day a flare began, as long as its steps last."""
    lasts = timedelta(days=plans.number("flare_days"))
    return begun if begun is not None and today - begun <= lasts else None


def held_plan(
    lifter: Lifter, plans: PlanKnowledge, *, begun: date, stop: tuple[Said, ...], earlier: Plan | None = None
) -> Plan:
    """No week, and why; the ways back and the record of the plan before it are kept."""
    stopped = earlier.stopped_on if earlier is not None else None
    asked = gates_to_ask(plans) if stopped is not None else open_gates(lifter.facts, plans)
    return Plan(
        held=True, level=lifter.level, stop=stop, ask_again=asked, begun=begun, today=lifter.today,
        week=_week(begun, lifter.today), first_day=lifter.today,
        source=earlier.source if earlier is not None else "nothing", headline=(), limits=None, days=(),
        tracks=earlier.tracks if earlier is not None else (), parked=(), transitions=_recent(earlier),
        record=earlier.record if earlier is not None else Record(), rules=(), first_days=None, flare=None, targets=None,
        clearance=None, notes=(), undecided=(*open_questions_of(lifter.facts, plans), *lifter.undecided), because=(),
        knowledge_version=plans.known.version, own=earlier.own if earlier is not None else None, stopped_on=stopped,
        flare_begun=earlier.flare_begun if earlier is not None else None,
        triage=lifter.triage if lifter.level >= Level.within_days else None,
    )  # fmt: skip


def _week(begun: date, today: date) -> int:
    return (today - begun).days // DAYS_IN_WEEK + 1


def _situation(
    lifter: Lifter, own: OwnWeek, plans: PlanKnowledge, *, record: Record | None = None
) -> tuple[Situation, tuple[Said, ...]]:
    """What the sorting goes by today, and what the lifter should know of it."""
    done = record or Record()
    grade, notes = planned_grade(lifter.known, lifter.facts, plans)
    spared = lifter.known.spared
    if told_leg(done, lifter.today, plans):
        grade, spared = GRADES[-1], tuple(dict.fromkeys((*spared, "nerve")))
        notes += spoken("note_leg_told", plans, {"days": f"{plans.number('leg_days'):g} days"})
    if side_open := not lifter.facts.known("worse_with"):
        notes += spoken("note_side_open", plans)
    base = usual_score_of(lifter.diary, lifter.facts, lifter.today, plans)
    plates = plates_of(lifter.facts, own.unit, plans)
    situation = Situation(
        grade=grade, spared=spared, equipment=equipment_of(lifter.facts, own), facts=lifter.facts,
        usual=None if base is None else base.score, paused=_paused(own, done, lifter.today, plans),
        side_open=side_open, bar=(plates.bar, plates.unit), told_equipment=lifter.facts.known("equipment"),
    )  # fmt: skip
    return situation, notes


def _paused(own: OwnWeek, record: Record, today: date, plans: PlanKnowledge) -> bool:
    """Whether the last session, logged or told under the plan, is weeks ago."""
    if own.source != LOG or own.last_day is None:
        return False
    last = max((own.last_day, *(one.done.day for one in record.judged)))
    return today - last > timedelta(days=plans.number("pause_days"))


def told_leg(record: Record, today: date, plans: PlanKnowledge) -> bool:
    """Whether new numbness, weakness or pain further down a leg was told in the last days, in an answer or in words."""
    since = today - timedelta(days=plans.number("leg_days"))
    return any(
        done.told.value("leg_after") in ("further", "numb_or_weak") or signs_in(done.note, plans, LEG_GATES)
        for done in (one.done for one in record.judged)
        if done.day >= since
    )


def _laid_out(lifter: Lifter, plans: PlanKnowledge, going: _Going) -> Plan:
    facts, today, earlier, own = lifter.facts, lifter.today, going.earlier, going.own
    limits = limits_of(
        replace(lifter.known, spared=going.situation.spared), facts, own, grade=going.situation.grade,
        week=_week(going.begun, today),
        usual=usual_score_of(lifter.diary, facts, today, plans), plans=plans,
    )  # fmt: skip
    tracks = tuple(_decided(one) for one in (*going.lifts, *_around(going, plans)))
    days = week_days(tracks, _setting(lifter, going, limits, plans))
    told = _with_limits(facts, limits)
    record = earlier.record if earlier is not None else Record()
    return Plan(
        held=False, level=lifter.level, stop=(), ask_again=(), begun=going.begun, today=today,
        week=_week(going.begun, today), first_day=today, source=own.source, headline=headline_of(told, plans),
        limits=limits, days=days, tracks=tracks, parked=parked_of(tracks, days, plans),
        transitions=(*_recent(earlier), *going.changes),
        record=record, rules=rules_of(told, plans),
        first_days=first_days(facts, triage_level=lifter.level, knowledge=plans),
        flare=_flare(lifter, going, plans), targets=weekly_targets(lifter.foundations, facts, plans),
        clearance=clearance_of(record, own, lifter, None, plans),
        notes=(*going.notes, *_early_notes(lifter, going, plans), *notes_of(own, limits, tracks, facts, plans)),
        undecided=lifter.undecided,
        because=reasons_of(lifter.known, limits, plans), knowledge_version=plans.known.version, own=own,
        flare_begun=going.flare_begun,
    )  # fmt: skip


def _decided(track: Track) -> Track:
    decision = decision_now(track)
    return track if decision == track.decision else replace(track, decision=decision)


def _with_limits(facts: Facts, limits: Limits) -> Facts:
    strict = KnownFact(value="yes" if limits.strict else "no", source="plan")
    return facts.adding({"lift.grade": KnownFact(value=limits.grade, source="plan"), "exposure.strict": strict})


def _recent(earlier: Plan | None) -> tuple[Transition, ...]:
    """What has changed since the week before began."""
    return () if earlier is None else tuple(one for one in earlier.transitions if one.day >= earlier.first_day)


def _around(going: _Going, plans: PlanKnowledge) -> tuple[Track, ...]:
    """Everything beside the usual lifts; what was begun goes on while the irritability planned for is the same."""
    earlier = {track.lift: track for track in going.earlier.tracks} if going.earlier is not None else {}
    situation = going.situation
    fresh = (*keepers(going.lifts, situation, plans), *rehab(situation, plans), *moving(situation, plans))
    kept = []
    # One that serves two ends is one piece of work, done and told once.
    for track in {one.lift: one for one in reversed(fresh)}.values():
        before = earlier.get(track.lift)
        same = before is not None and before.path == track.path and before.rule == track.rule
        kept.append(replace(before, usual=track.usual) if same and before is not None else track)
    return tuple(reversed(kept))


def _setting(lifter: Lifter, going: _Going, limits: Limits, plans: PlanKnowledge) -> Setting:
    plates = plates_of(lifter.facts, going.own.unit, plans)
    return Setting(
        first_day=lifter.today,
        own=going.own,
        limits=limits,
        plates=plates,
        dumbbells=_stack("dumbbell", plates.unit, plans),
        machines=_stack("machine", plates.unit, plans),
        level_allowed=_level_allowed(lifter.facts, going, plans),
        volume=_volume(going.flare_begun, plans),
        lighter=_lighter(going.flare_begun, plans),
        plans=plans,
    )


def _stack(kind: str, unit: str, plans: PlanKnowledge) -> Plates:
    """Dumbbells or a machine's stack, as a bar that weighs nothing and steps of one size."""
    step = plans.number(f"{kind}_{'kilograms' if unit == 'kg' else 'pounds'}")
    return Plates(unit=unit, bar=0.0, plates=(step / 2,), pieces=False)


def _unloaded_until(facts: Facts, begun: date, plans: PlanKnowledge) -> date | None:
    """The day before which nothing loaded for the back is done: after a tweak, or while that is open."""
    onset, how = facts.value("onset"), facts.value("how_it_began")
    if how is not None and how != "moment":
        return None
    began = onset if isinstance(onset, date) else begun
    return began + timedelta(days=plans.number("load_after_days"))


def _early_notes(lifter: Lifter, going: _Going, plans: PlanKnowledge) -> tuple[Said, ...]:
    """What the lifter should know of days on which lifts are left out or lighter."""
    until = _unloaded_until(lifter.facts, going.begun, plans)
    said: tuple[Said, ...] = ()
    if until is not None and lifter.today < until:
        told = lifter.facts.known("onset") and lifter.facts.known("how_it_began")
        said = spoken("note_first_days", plans, {"day": str(until)}) if told else spoken("note_onset_open", plans)
    if going.flare_begun is not None:
        said += spoken("note_flare", plans, {"day": str(going.flare_begun)})
    return said


def _level_allowed(facts: Facts, going: _Going, plans: PlanKnowledge) -> Callable[[date], int]:
    """The highest level of a day: nothing loaded for the back in the first days after a tweak and early in a flare."""
    until, flare_begun = _unloaded_until(facts, going.begun, plans), going.flare_begun
    quiet = int(plans.number("start_level_high"))

    def allowed(day: date) -> int:
        level = quiet if until is not None and day < until else LEVELS[-1]
        if flare_begun is not None and day >= flare_begun:
            level = min(level, allowed_level((day - flare_begun).days, plans))
        return level

    return allowed


def _lighter(flare_begun: date | None, plans: PlanKnowledge) -> Callable[[date], float]:
    """What is taken off the loads of a day while a flare's steps last."""
    lasts = plans.number("flare_days")

    def cut(day: date) -> float:
        on = flare_begun is not None and 0 <= (day - flare_begun).days <= lasts
        return plans.number("lighter_percent") / 100 if on else 0.0

    return cut


def _volume(flare_begun: date | None, plans: PlanKnowledge) -> Callable[[date], float]:
    def share(day: date) -> float:
        return 1.0 if flare_begun is None or day < flare_begun else volume_share((day - flare_begun).days, plans)

    return share


def _flare(lifter: Lifter, going: _Going, plans: PlanKnowledge) -> FlarePlan:
    return flare_plan(
        lifter.facts, begun=going.flare_begun, today=lifter.today, flares_in_weeks=None, knowledge=plans,
        triage_level=lifter.level,
    )  # fmt: skip


def clearance_of(
    record: Record, own: OwnWeek | None, lifter: Lifter, signed: Signature | None, plans: PlanKnowledge
) -> Clearance:
    """Where the lifter stands, for the own lifts that ask something of the back, heaviest on it first."""
    lifts = sorted(own.lifts, key=lambda lift: -lift.back_load) if own is not None else []
    quiet = plans.number("quiet_back_load")
    names = [lift.name for lift in lifts if lift.back_load > quiet][: int(plans.number("own_lifts_that_count"))]
    return clearance(
        record, lifter.facts, lifter.diary, names, signed, today=lifter.today, triage_level=lifter.level,
        knowledge=plans,
    )  # fmt: skip
