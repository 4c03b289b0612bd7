"""The programming talk: what a physical therapist would raise about a training log.

Every point shows this log's own numbers in neutral words. None is a verdict on the risk of injury.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, fact_reason, parameter_reason, say, unique
from liftback.training.habits import HEAVY_PATTERNS
from liftback.training.summary import TrainingSummary
from liftback.training.weekly import Jump

_GROUP = "programming_talk.points"
_MOST_LIFTS_NAMED = 2
_ONSET = "onset"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammingTalk:
    """The points worth raising, in order of weight; `value` holds their ids, None for a log without hard sets."""

    value: tuple[str, ...] | None
    points: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Point:
    """A point that fits: its statement's name, the words for its slots, and the parameters that decided."""

    name: str
    slots: dict[str, str]
    decided_by: tuple[str, ...]
    uses_onset: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Log:
    """What the points look at."""

    summary: TrainingSummary
    onset: date | None
    knowledge: Knowledge

    def number(self, name: str) -> float:
        return self.knowledge.number(f"programming_talk.{name}")

    def just_before_pain(self, day: date) -> bool:
        """Whether a day lies in the days up to the start of the pain."""
        before = timedelta(days=self.knowledge.number("programming_talk.before_onset_days"))
        return self.onset is not None and self.onset - before <= day <= self.onset

    def after_pain_began(self, day: date) -> bool:
        return self.onset is not None and day > self.onset


def programming_talk(summary: TrainingSummary | None, facts: Facts, knowledge: Knowledge) -> ProgrammingTalk:
    """The points of one log. Without the day the pain began, nothing is said to have come just before it."""
    if summary is None or summary.last_day is None or not summary.hard_sets:
        return ProgrammingTalk(value=None, points=(), because=(), undecided=(), said=())
    onset = facts.value(_ONSET)
    log = _Log(summary=summary, onset=onset if isinstance(onset, date) else None, knowledge=knowledge)
    found = [point for fits in _POINTS for point in fits(log)]
    points = tuple(one for point in found if (one := _say(point, log, facts)) is not None)
    said = points or (_steady(facts, knowledge) if summary.habits.weeks >= log.number("steady_weeks") else ())
    base = (_log_reason(log), parameter_reason(knowledge.parameters["exercises.back_load_order"]))
    return ProgrammingTalk(
        value=tuple(point.name for point in found),
        points=said,
        because=unique((*base, *(reason for point in points for reason in point.because))),
        undecided=() if log.onset else (_ONSET,),
        said=said,
    )


def _say(point: _Point, log: _Log, facts: Facts) -> Said | None:
    said = say(log.knowledge.statements[f"programming_talk.{point.name}"], facts, log.knowledge, point.slots)
    if said is None:
        return None
    decided = tuple(parameter_reason(log.knowledge.parameters[name]) for name in point.decided_by)
    onset = (fact_reason(_ONSET, facts, log.knowledge),) if point.uses_onset else ()
    shown = ", ".join(f"{name} {value}" for name, value in point.slots.items())
    own = Reason(
        kind="fact", id=f"log.{point.name}", text="your training log", value=shown, source="log",
        when=log.summary.last_day,
    )  # fmt: skip
    return replace(said, because=unique((own, *onset, *decided, *said.because)))


def _log_reason(log: _Log) -> Reason:
    one = log.summary
    value = f"{one.hard_sets:,} hard sets in {one.workouts:,} workouts, {one.first_day} to {one.last_day}"
    return Reason(kind="fact", id="log", text="your training log", value=value, source="log", when=one.last_day)


def _steady(facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    said = (say(statement, facts, knowledge) for statement in knowledge.group("programming_talk.nothing"))
    return tuple(one for one in said if one is not None)


def _jump(log: _Log) -> Iterator[_Point]:
    jumps = [jump for jump in log.summary.jumps if jump.ratio >= log.number("jump_ratio")]
    before = [jump for jump in jumps if log.just_before_pain(jump.day)]
    other = [jump for jump in jumps if not log.after_pain_began(jump.day)]
    decided = ("programming_talk.jump_ratio", "exercises.jump_days")
    if before:
        slots = _jump_slots(max(before, key=lambda jump: jump.ratio))
        more = (*decided, "programming_talk.before_onset_days")
        yield _Point(name="jump_before_pain", slots=slots, decided_by=more, uses_onset=True)
    elif other:
        slots = _jump_slots(max(other, key=lambda jump: jump.ratio))
        yield _Point(name="step_up", slots=slots, decided_by=decided, uses_onset=log.onset is not None)


def _jump_slots(jump: Jump) -> dict[str, str]:
    return {
        "day": str(jump.day),
        "pattern": _pattern(jump.pattern),
        "lifts": _lifts(jump.exercises),
        "ratio": f"{jump.ratio:.1f}",
    }


def _return(log: _Log) -> Iterator[_Point]:
    heavy = [one for one in log.summary.habits.returns if one.dose >= log.number("return_dose")]
    heavy = [one for one in heavy if not log.after_pain_began(one.day)]
    if not heavy:
        return
    last = max(heavy, key=lambda one: one.day)
    before = log.just_before_pain(last.day)
    slots = {"day": str(last.day), "gap": f"{last.gap_days:,}", "lifts": _lifts(last.exercises)}
    decided = ("programming_talk.return_dose", "exercises.gap_days")
    yield _Point(
        name="return_before_pain" if before else "return_after_gap",
        slots={**slots, "dose": _percent(last.dose)},
        decided_by=(*decided, "programming_talk.before_onset_days") if before else decided,
        uses_onset=before,
    )


def _hinges(log: _Log) -> Iterator[_Point]:
    habits = log.summary.habits
    enough = habits.hard_sets >= log.number("hinge_least_sets")
    if enough and habits.hinge_share is not None and habits.hinge_share >= log.number("hinge_share"):
        slots = {"share": _percent(habits.hinge_share), "hinges": f"{habits.hinge_sets:,}"}
        slots |= {"sets": f"{habits.hard_sets:,}", "weeks": str(habits.weeks)}
        yield _Point(
            name="hinge_share",
            slots=slots,
            decided_by=("programming_talk.hinge_share", "programming_talk.hinge_least_sets"),
        )


def _close_days(log: _Log) -> Iterator[_Point]:
    habits = log.summary.habits
    if habits.close_pairs >= log.number("close_pairs"):
        slots = {"weeks": str(habits.weeks), "heavy": str(habits.heavy_days), "close": str(habits.close_pairs)}
        decided = ("programming_talk.close_pairs", "exercises.heavy_share")
        yield _Point(name="close_days", slots=slots, decided_by=decided)


def _no_lighter_week(log: _Log) -> Iterator[_Point]:
    count = log.summary.habits.weeks_since_lighter
    if count >= log.number("no_lighter_weeks"):
        decided = ("programming_talk.no_lighter_weeks", "exercises.lighter_share")
        yield _Point(name="no_lighter_week", slots={"count": str(count)}, decided_by=decided)


def _near_max(log: _Log) -> Iterator[_Point]:
    habits = log.summary.habits
    if habits.near_max_share is not None and habits.near_max_share >= log.number("near_max_share"):
        slots = {"near": str(habits.near_max_sets), "share": _percent(habits.near_max_share)}
        decided = ("programming_talk.near_max_share", "exercises.top_set_share")
        yield _Point(name="near_max", slots={**slots, "weeks": str(habits.weeks)}, decided_by=decided)


def _strength_up(log: _Log) -> Iterator[_Point]:
    rises = [
        lift
        for lift in log.summary.lifts
        if lift.pattern in HEAVY_PATTERNS and lift.change is not None and lift.change >= log.number("strength_up")
    ]
    if not rises:
        return
    lift = max(rises, key=lambda one: one.change or 0.0)
    slots = {
        "lift": lift.exercise,
        "rise": _percent(lift.change or 0.0),
        "low": f"{lift.estimate.low:.0f}",
        "high": f"{lift.estimate.high:.0f}",
        "unit": lift.unit if lift.unit != "unknown" else "(unit not known)",
    }
    yield _Point(name="strength_up", slots=slots, decided_by=("programming_talk.strength_up",))


def _one_lift(log: _Log) -> Iterator[_Point]:
    for one in log.summary.habits.one_lift:
        if one.sessions >= log.number("one_lift_sessions") and one.reps is not None:
            slots = {"pattern": _pattern(one.pattern), "lift": one.exercise, "reps": str(one.reps)}
            slots |= {"sessions": str(one.sessions), "weeks": str(log.summary.habits.weeks)}
            yield _Point(name="one_lift", slots=slots, decided_by=("programming_talk.one_lift_sessions",))
            return


def _stopped(log: _Log) -> Iterator[_Point]:
    days = log.summary.days_since_last or 0
    if days >= log.knowledge.number("exercises.gap_days"):
        slots = {"days": f"{days:,}", "day": str(log.summary.last_day)}
        yield _Point(name="stopped", slots=slots, decided_by=("exercises.gap_days",))


def _unknown(log: _Log) -> Iterator[_Point]:
    share = log.summary.habits.unknown_share
    if share is not None and share >= log.number("unknown_share"):
        slots = {"share": _percent(share), "lifts": _lifts(log.summary.unknown_exercises)}
        decided = ("programming_talk.unknown_share", "exercises.unknown_back_load")
        yield _Point(name="unknown_lifts", slots=slots, decided_by=decided)


_POINTS: tuple[Callable[[_Log], Iterator[_Point]], ...] = (
    _jump, _return, _close_days, _no_lighter_week, _near_max, _hinges, _strength_up, _one_lift, _stopped, _unknown,
)  # fmt: skip


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _pattern(name: str) -> str:
    return name.replace("_", " ")


def _lifts(names: tuple[str, ...]) -> str:
    """The first lifts by name, and how many more."""
    first = list(dict.fromkeys(names))
    more = len(first) - _MOST_LIFTS_NAMED
    shown = ", ".join(first[:_MOST_LIFTS_NAMED])
    return f"{shown} and {more} more" if more > 0 else shown
