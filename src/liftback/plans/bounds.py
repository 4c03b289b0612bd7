"""What bounds a plan: the irritability planned for, what is spared, the cap of a day, equipment, the own usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from liftback.facts.diary import Diary
from liftback.facts.values import Facts
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.parts import Limits, OwnWeek, UsualScore
from liftback.plans.words import spoken, with_slots
from liftback.reasoning.findings import Reason, Said, parameter_reason, say_group, unique
from liftback.reasoning.irritability import GRADES
from liftback.reasoning.trajectory_parts import Trajectory

TRAJECTORY, LADDER = "trajectory", "ladder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What was concluded of a lifter, as far as a plan reads it, with the reasons of those conclusions."""

    grade: str | None
    spared: tuple[str, ...]
    category: str | None
    trajectory: Trajectory | None
    because: tuple[Reason, ...] = ()


def planned_grade(known: Known, facts: Facts, plans: PlanKnowledge) -> tuple[str, tuple[Said, ...]]:
    """The irritability planned for, with what the lifter should know of it.

    Open counts as high. Answers that do not fit together are planned for one grade above what they come to.
    """
    if known.grade is None:
        return GRADES[-1], spoken("note_grade_open", plans)
    odd = contradictions(facts, plans)
    if not odd:
        return known.grade, ()
    higher = GRADES[min(GRADES.index(known.grade) + 1, len(GRADES) - 1)]
    return higher, tuple(one for text in odd for one in with_slots("note_contradiction", plans, answers=text))


def contradictions(facts: Facts, plans: PlanKnowledge) -> tuple[str, ...]:
    """Answers that cannot both be so, in words."""
    found = [one.text for one in say_group("plans.contradictions", facts, plans.known)]
    now, worst = facts.number("pain_now"), facts.number("pain_worst")
    if now is not None and worst is not None and now > worst:
        found.append("it hurts more now than at its worst of the last day")
    return tuple(found)


def limits_of(
    known: Known,
    facts: Facts,
    own: OwnWeek,
    *,
    grade: str,
    week: int,
    usual: UsualScore | None,
    plans: PlanKnowledge,
) -> Limits:
    """The limits of a week."""
    cap, cap_from = _cap(known, own, facts, grade)
    return Limits(
        grade=grade,
        spared=known.spared,
        strict=grade == GRADES[-1] or "nerve" in known.spared or known.category == "nerve",
        pain_most=plans.number(f"pain_most_{grade}"),
        cap=cap,
        cap_from=cap_from,
        hinge_sets=_hinge_sets(own, week, plans),
        equipment=tuple(sorted(equipment_of(facts, own))),
        usual=usual,
    )


def _cap(known: Known, own: OwnWeek, facts: Facts, grade: str) -> tuple[float | None, str]:
    """The cap of the trajectory where it can speak; else a typical session, but for soreness that passes by itself."""
    course = known.trajectory
    if course is not None and course.flare is not None:
        return course.flare.cap, TRAJECTORY
    passing = grade == GRADES[0] and facts.value("finding.pattern") == "doms_like"
    return (None if passing or not own.typical else 1.0), LADDER


def _hinge_sets(own: OwnWeek, week: int, plans: PlanKnowledge) -> int | None:
    """Hinge sets allowed in this week: half of the usual ones first, a few more each week."""
    if not own.hinge_sets:
        return None
    allowed = own.hinge_sets * plans.number("volume_start") + plans.number("volume_more") * (week - 1)
    return max(1, int(min(own.hinge_sets, allowed)))


def equipment_of(facts: Facts, own: OwnWeek) -> frozenset[str]:
    """What there is to train with: as told, else what the log shows."""
    told = facts.chosen("equipment")
    return frozenset(told) - {"none", "not_sure"} if facts.known("equipment") else own.shown


def usual_score_of(diary: Diary, facts: Facts, today: date, plans: PlanKnowledge) -> UsualScore | None:
    """The lifter's own usual score: the median of the last days, else what was told as pain now."""
    since = today - timedelta(days=plans.number("usual_score_days"))
    scores = [day.pain for day in diary.days if since < day.day <= today and day.pain is not None]
    if len(scores) >= plans.number("usual_score_least"):
        return UsualScore(score=float(median(scores)), recent=True)
    told = facts.number("pain_now")
    return None if told is None else UsualScore(score=told, recent=False)


def reasons_of(known: Known, limits: Limits, plans: PlanKnowledge) -> tuple[Reason, ...]:
    """What the limits of a plan rest on: the conclusions' own reasons, and the numbers that bound the week."""
    names = [f"pain_most_{limits.grade}", "light_green_most", "light_red_least", "light_rise", "light_red_rise"]
    names += ["volume_start", "volume_more"] if limits.hinge_sets is not None else []
    numbers = (parameter_reason(plans.known.parameters[f"plans.{name}"]) for name in names)
    capped = known.trajectory.because if known.trajectory is not None and limits.cap_from == TRAJECTORY else ()
    return unique((*known.because, *capped, *numbers))
