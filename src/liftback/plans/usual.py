"""The lifter's own week as a plan starts from it: from the log before the back went, or from a few answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from statistics import median

from liftback.facts.values import Facts
from liftback.knowledge.plan_entries import Dose
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.ladders import exercise_of_lift
from liftback.plans.parts import OwnLift, OwnWeek, Usual
from liftback.training.estimates import LiftEstimate, lift_estimates
from liftback.training.exercises import Match, match_all
from liftback.training.exposures import typical_dose
from liftback.training.joining import UNDER_PLAN
from liftback.training.log import LoggedSet, TrainingLog, is_hard
from liftback.training.programme import UsualDay, UsualWeek, usual_week

LOG, ANSWERS, NOTHING = "log", "answers", "nothing"
_DAYS_IN_WEEK = 7
# What the words of a lift's name say about the equipment somebody has.
_SHOWN_BY = {
    "barbell": "barbell", "dumbbell": "dumbbells", "kettlebell": "kettlebells", "cable": "cables",
    "machine": "machines", "smith": "machines", "press machine": "machines", "trap": "trap_bar", "hex": "trap_bar",
    "safety": "safety_bar", "belt squat": "belt_squat", "back extension": "back_extension",
    "hyper": "back_extension", "band": "bands", "bench": "bench", "sled": "sled", "landmine": "landmine",
    "box": "box", "block": "box", "ring": "straps", "trx": "straps", "pull up": "pullup_bar", "chin up": "pullup_bar",
    "cycling": "bike", "bike": "bike",
}  # fmt: skip


def own_week(log: TrainingLog | None, facts: Facts, plans: PlanKnowledge, *, today: date) -> OwnWeek:
    """The usual week: from the log, before the day it began where the log reaches far enough back, else answers."""
    began = facts.value("onset")
    found = _from_log(log, began if isinstance(began, date) else None, today, plans) if log is not None else None
    return found if found is not None else _from_answers(facts, plans)


@lru_cache  # a log is imported once and planned from at every check-in
def _from_log(log: TrainingLog, onset: date | None, today: date, plans: PlanKnowledge) -> OwnWeek | None:
    # What was done under a plan is that plan's week, and no usual one: a plan must not be made from itself.
    hard = [one for one in log.sets if is_hard(one) and one.day <= today and one.workout != UNDER_PLAN]
    before = [one for one in hard if onset is not None and one.day <= onset]
    weeks = plans.known.number("exercises.usual_weeks")
    enough = onset is not None and _reaches(before, onset, plans)
    kept = before if enough else hard
    if not kept:
        return None
    last = max(one.day for one in kept)
    matches = match_all((one.exercise for one in kept), plans.known)
    week = usual_week(kept, matches, plans.known, last)
    estimates = {one.exercise: one for one in lift_estimates(kept, matches, plans.known, last)}
    first = last - timedelta(weeks=weeks)
    recent = [one for one in kept if one.day > first]
    weekdays = _weekdays(week, plans)
    reading = _Reading(week=week, recent=recent, matches=matches, estimates=estimates, weekdays=weekdays)
    lifts = _lifts(reading, plans)
    return OwnWeek(
        source=LOG,
        lifts=lifts,
        weekdays=weekdays,
        typical=typical_dose(log, plans.known, last) or None,
        hinge_sets=sum(one.usual.sets * len(one.usual.weekdays) for one in lifts if one.pattern == "hinge"),
        shown=_shown(recent, matches, plans),
        unit=log.units.unit,
        before_onset=enough,
        last_day=max(one.day for one in hard),
    )


def _reaches(before: Sequence[LoggedSet], onset: date, plans: PlanKnowledge) -> bool:
    """Whether the training before the onset is long and recent enough to be called usual."""
    days = {one.day for one in before}
    if not days:
        return False
    long = max(days) - min(days) >= timedelta(weeks=plans.known.number("exercises.usual_weeks") - 1)
    return long and onset - max(days) <= timedelta(weeks=plans.known.number("exercises.estimate_weeks"))


def _weekdays(week: UsualWeek, plans: PlanKnowledge) -> tuple[int, ...]:
    """The usual training days; laid out evenly where the lifter has none that come back each week."""
    if week.days:
        return tuple(day.weekday for day in week.days)
    return laid_out(week.sessions, plans)


def implied_equipment(name: str) -> frozenset[str]:
    """The equipment that the words of a lift's name speak of."""
    words = name.lower().replace("-", " ")
    return frozenset(equipment for word, equipment in _SHOWN_BY.items() if word in words)


def laid_out(days: float, plans: PlanKnowledge) -> tuple[int, ...]:
    """Weekdays for so many training days a week, at least one and at most seven."""
    count = max(1, min(_DAYS_IN_WEEK, round(days)))
    return tuple(int(day) for day in plans.numbers(f"week_days_{count}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """The usual week as read, with the sets it was read from."""

    week: UsualWeek
    recent: Sequence[LoggedSet]
    matches: Mapping[str, Match]
    estimates: Mapping[str, LiftEstimate]
    weekdays: tuple[int, ...]


def _lifts(read: _Reading, plans: PlanKnowledge) -> tuple[OwnLift, ...]:
    sets: dict[str, list[LoggedSet]] = {}
    for one in read.recent:
        sets.setdefault(one.exercise, []).append(one)
    unknown = int(plans.known.number("exercises.unknown_back_load"))
    found = []
    for place, lift in enumerate(read.week.lifts):
        match = read.matches[lift.exercise]
        single = _single(read.estimates.get(lift.exercise), lift.unit)
        weight = None if "assist" in lift.exercise.lower() else lift.weight  # what helps is no load
        usual = Usual(
            sets=max(1, round(lift.sets)),
            reps=_middle(one.reps for one in sets.get(lift.exercise, ())),
            weight=weight,
            unit=lift.unit,
            weekdays=_days_of(lift.exercise, read.week.days) or (read.weekdays[place % len(read.weekdays)],),
            single=single or _suggested(weight, lift.unit, plans),
            guessed=single is None,
        )
        found.append(
            OwnLift(
                name=lift.exercise,
                lift_id=match.exercise,
                pattern=match.pattern,
                back_load=unknown if match.back_load is None else match.back_load,
                usual=usual,
                own=own_dose(usual, plans),
            )
        )
    return tuple(found)


def _days_of(exercise: str, days: Iterable[UsualDay]) -> tuple[int, ...]:
    return tuple(day.weekday for day in days if exercise in day.exercises)


def _middle(reps: Iterable[int | None]) -> int | None:
    told = [one for one in reps if one]
    return int(median(told)) if told else None


def _single(estimate: LiftEstimate | None, unit: str) -> float | None:
    """The lowest formula's estimate: a plan that is a little light is mended in a week, one too heavy is not."""
    known = estimate is not None and estimate.unit in ("kg", "lb") and estimate.unit == unit
    return estimate.estimate.low if known and estimate is not None else None


def _suggested(weight: float | None, unit: str, plans: PlanKnowledge) -> float | None:
    """What a usual weight suggests as a single, so that it can be made lighter; None where the unit is not known."""
    known = bool(weight) and unit in ("kg", "lb")
    return (weight or 0.0) / plans.known.number("exercises.unknown_intensity") if known else None


def own_dose(usual: Usual, plans: PlanKnowledge) -> Dose:
    """The usual session as a dose; its share is at most the whole single."""
    share = min(1.0, usual.weight / usual.single) if usual.weight and usual.single else None
    return Dose(
        sets=usual.sets, reps=usual.reps, share=None if share is None else round(share, 3),
        effort=plans.number("working_effort"),
    )  # fmt: skip


def _shown(recent: Sequence[LoggedSet], matches: Mapping[str, Match], plans: PlanKnowledge) -> frozenset[str]:
    """The equipment that somebody who logged these lifts has."""
    found: set[str] = set()
    for name in {one.exercise for one in recent}:
        found |= implied_equipment(name)
        exercise = exercise_of_lift(matches[name].exercise, plans)
        found |= set(exercise.equipment) if exercise is not None else set()
    return frozenset(found)


# --- without a log ---------------------------------------------------------------------------------------------------


def _from_answers(facts: Facts, plans: PlanKnowledge) -> OwnWeek:
    """A starting week from three answers: which lifts, how many days, what there is to train with."""
    told = facts.chosen("main_lifts")
    every = plans.known.group("plans.starting_lifts")
    plain = [row for row in every if row.word("plain") == "yes"]
    rows = [row for row in every if row.word("choice") in told] or plain
    weekdays = laid_out(facts.number("training_days") or plans.number("starting_days"), plans)
    needed = frozenset(piece for row in rows for piece in plans.exercises[row.word("exercise")].equipment if told)
    lifts = tuple(
        _starting_lift(row.text, row.word("exercise"), _spread(place, weekdays), plans)
        for place, row in enumerate(rows)
    )
    return OwnWeek(
        source=ANSWERS if told or facts.known("training_days") else NOTHING,
        lifts=lifts,
        weekdays=weekdays,
        typical=None,
        hinge_sets=None,
        shown=needed,
        unit="kg",
    )


def _spread(place: int, weekdays: tuple[int, ...]) -> tuple[int, ...]:
    """Every lift on every second of the days, the lifts taking turns."""
    return tuple(day for at, day in enumerate(weekdays) if at % 2 == place % 2) or weekdays[:1]


def _starting_lift(name: str, exercise_id: str, weekdays: tuple[int, ...], plans: PlanKnowledge) -> OwnLift:
    exercise = plans.exercises[exercise_id]
    usual = Usual(
        sets=int(plans.number("starting_sets")),
        reps=int(plans.number("starting_reps")) if exercise.top.reps is not None else None,
        weight=None,
        unit="",
        weekdays=weekdays,
        single=None,
    )
    return OwnLift(
        name=name,
        lift_id=exercise.lift,
        pattern=exercise.pattern,
        back_load=exercise.back_load,
        usual=usual,
        own=own_dose(usual, plans),
    )
