"""What a log says, in one frozen value: counts, weeks, lifts, changes and the usual week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from liftback.knowledge.loader import Knowledge
from liftback.training.estimates import LiftEstimate, lift_estimates
from liftback.training.exercises import Match, match_all
from liftback.training.exposures import exposures_of
from liftback.training.habits import Habits, habits_of
from liftback.training.log import Exposure, LineError, LoggedSet, NotASet, TrainingLog, UnitFinding, is_hard
from liftback.training.programme import UsualWeek, usual_week
from liftback.training.weekly import (
    Jump,
    Week,
    WeekChange,
    biggest_jump,
    jumps_of,
    week_on_week,
    weeks_of,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternTotal:
    """Hard sets of one pattern in the whole log, their share of all, and when it was last trained."""

    pattern: str
    sets: int
    share: float
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSummary:
    """A log summarised. `sets` counts all sets, warm-ups too; everything by pattern counts hard sets only.

    `weeks` are the last year's, `jumps` those of the weeks that make a typical session, `days_since_last` is from
    the last workout to today, `guessed_exercises` are names matched by their words. `first_day` and `last_day` are
    None for a log without sets.
    """

    format: str
    rows: int
    sets: int
    hard_sets: int
    workouts: int
    first_day: date | None
    last_day: date | None
    days_since_last: int | None
    units: UnitFinding
    by_pattern: tuple[PatternTotal, ...]
    weeks: tuple[Week, ...]
    lifts: tuple[LiftEstimate, ...]
    week_on_week: tuple[WeekChange, ...]
    biggest_jump: Jump | None
    jumps: tuple[Jump, ...]
    usual_week: UsualWeek | None
    habits: Habits
    unknown_exercises: tuple[str, ...]
    guessed_exercises: tuple[Match, ...]
    not_sets: int
    errors: int
    duplicates: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import read, for the lifter to check: rows = sets + not_sets + errors + duplicates."""

    format: str
    rows: int
    sets: int
    workouts: int
    first_day: date | None
    last_day: date | None
    units: UnitFinding
    not_sets: tuple[NotASet, ...]
    errors: tuple[LineError, ...]
    duplicates: int
    unknown_exercises: tuple[str, ...]
    notes: tuple[str, ...]


def import_report(log: TrainingLog, knowledge: Knowledge) -> ImportReport:
    """What was read from a file."""
    first, last = _span(log)
    return ImportReport(
        format=log.format,
        rows=log.rows,
        sets=len(log.sets),
        workouts=count_workouts(log.sets),
        first_day=first,
        last_day=last,
        units=log.units,
        not_sets=log.not_sets,
        errors=log.errors,
        duplicates=log.duplicates,
        unknown_exercises=_unknown(match_all((one.exercise for one in log.sets), knowledge)),
        notes=log.notes,
    )


def summarise(
    log: TrainingLog, knowledge: Knowledge, today: date, exposures: tuple[Exposure, ...] | None = None
) -> TrainingSummary:
    """Everything a log says. Nothing in it is a verdict on the risk of injury.

    `exposures` are those of `exposures_of` for the same log and day, where the caller has them already.
    """
    first, last = _span(log)
    matches = match_all((one.exercise for one in log.sets), knowledge)
    hard = [one for one in log.sets if is_hard(one)]
    exposures = exposures_of(log, knowledge, today) if exposures is None else exposures
    weeks = weeks_of(exposures)
    since = (last or today) - timedelta(weeks=knowledge.number("exercises.typical_session_weeks"))
    jumps = tuple(jump for jump in jumps_of(exposures, knowledge) if jump.day > since)
    return TrainingSummary(
        format=log.format,
        rows=log.rows,
        sets=len(log.sets),
        hard_sets=sum(exposure.sets for exposure in exposures),
        workouts=count_workouts(log.sets),
        first_day=first,
        last_day=last,
        days_since_last=(today - last).days if last else None,
        units=log.units,
        by_pattern=_by_pattern(exposures),
        weeks=weeks[-int(knowledge.number("exercises.weeks_kept")) :],
        lifts=lift_estimates(hard, matches, knowledge, last) if last else (),
        week_on_week=week_on_week(weeks, today),
        biggest_jump=biggest_jump(jumps, since),
        jumps=jumps,
        usual_week=usual_week(hard, matches, knowledge, last) if last else None,
        habits=habits_of(hard, exposures, weeks, matches, knowledge),
        unknown_exercises=_unknown(matches),
        guessed_exercises=tuple(match for match in matches.values() if match.certainty == "likely"),
        not_sets=len(log.not_sets),
        errors=len(log.errors),
        duplicates=log.duplicates,
    )


def count_workouts(sets: tuple[LoggedSet, ...]) -> int:
    """Workouts are told apart by when they started (or their day) and their name, all that exports give."""
    return len({(one.started or one.day, one.workout) for one in sets})


def _span(log: TrainingLog) -> tuple[date | None, date | None]:
    days = {one.day for one in log.sets}
    return min(days, default=None), max(days, default=None)


def _unknown(matches: dict[str, Match]) -> tuple[str, ...]:
    return tuple(sorted(name for name, match in matches.items() if match.certainty == "unknown"))


def _by_pattern(exposures: tuple[Exposure, ...]) -> tuple[PatternTotal, ...]:
    sets: dict[str, int] = {}
    last: dict[str, date] = {}
    for exposure in exposures:
        sets[exposure.pattern] = sets.get(exposure.pattern, 0) + exposure.sets
        last[exposure.pattern] = exposure.day
    total = sum(sets.values())
    found = (
        PatternTotal(pattern=pattern, sets=count, share=count / total, last_day=last[pattern])
        for pattern, count in sets.items()
    )
    return tuple(sorted(found, key=lambda one: (-one.sets, one.pattern)))
