"""The lifter's usual week, read from the last weeks of the log: which days, which lifts, how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from liftback.knowledge.loader import Knowledge
from liftback.training.exercises import Match
from liftback.training.log import LoggedSet
from liftback.training.weekly import monday

_DAYS_IN_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualDay:
    """A weekday (0 is Monday) trained in most weeks, with the lifts usually done on it."""

    weekday: int
    weeks_trained: int
    patterns: tuple[str, ...]
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualLift:
    """A lift as usually done: sessions in the weeks read, sets a session, repetitions, and the last top weight."""

    exercise: str
    pattern: str
    sessions: int
    sets: float
    reps: tuple[int, int] | None
    weight: float | None
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualWeek:
    """The usual week from `weeks` weeks up to `until`. Sessions are the median number of training days a week."""

    weeks: int
    until: date
    sessions: float
    days: tuple[UsualDay, ...]
    lifts: tuple[UsualLift, ...]


def usual_week(
    hard: Sequence[LoggedSet], matches: Mapping[str, Match], knowledge: Knowledge, last_day: date
) -> UsualWeek:
    """The usual week of these hard sets, up to the last workout. Weeks without training count as weeks."""
    first = max(
        monday(last_day) - timedelta(weeks=knowledge.number("exercises.usual_weeks") - 1),
        monday(min((one.day for one in hard), default=last_day)),
    )
    recent = [one for one in hard if first <= one.day <= last_day]
    weeks = ((monday(last_day) - first).days // _DAYS_IN_WEEK) + 1
    needed = weeks * knowledge.number("exercises.usual_share")
    training_days = {one.day for one in recent}
    by_week = Counter(monday(day) for day in training_days)
    counts = [by_week.get(first + timedelta(weeks=week), 0) for week in range(weeks)]
    return UsualWeek(
        weeks=weeks,
        until=last_day,
        sessions=float(median(counts)),
        days=_days(recent, matches, needed),
        lifts=_lifts(recent, matches, needed),
    )


def _days(recent: Sequence[LoggedSet], matches: Mapping[str, Match], needed: float) -> tuple[UsualDay, ...]:
    trained: dict[int, set[date]] = {}
    lifts: dict[int, dict[str, set[date]]] = {}
    for one in recent:
        weekday = one.day.weekday()
        trained.setdefault(weekday, set()).add(one.day)
        lifts.setdefault(weekday, {}).setdefault(one.exercise, set()).add(one.day)
    found = []
    for weekday in sorted(day for day, on in trained.items() if len(on) >= needed):
        usual = [name for name, on in lifts[weekday].items() if 2 * len(on) >= len(trained[weekday])]
        patterns = tuple(sorted({matches[name].pattern for name in usual}))
        weeks = len(trained[weekday])
        found.append(UsualDay(weekday=weekday, weeks_trained=weeks, patterns=patterns, exercises=tuple(usual)))
    return tuple(found)


def _lifts(recent: Sequence[LoggedSet], matches: Mapping[str, Match], needed: float) -> tuple[UsualLift, ...]:
    by_lift: dict[str, list[LoggedSet]] = {}
    for one in recent:
        by_lift.setdefault(one.exercise, []).append(one)
    found = [_lift(name, sets, matches[name].pattern) for name, sets in by_lift.items()]
    return tuple(lift for lift in sorted(found, key=lambda lift: -lift.sessions) if lift.sessions >= needed)


def _lift(name: str, sets: list[LoggedSet], pattern: str) -> UsualLift:
    sessions = Counter(one.day for one in sets)
    reps = [one.reps for one in sets if one.reps]
    last = [one for one in sets if one.day == max(sessions)]
    top = max(last, key=lambda one: one.weight or 0.0)
    return UsualLift(
        exercise=name,
        pattern=pattern,
        sessions=len(sessions),
        sets=float(median(sessions.values())),
        reps=(min(reps), max(reps)) if reps else None,
        weight=top.weight,
        unit=top.unit,
    )
