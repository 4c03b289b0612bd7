"""Weeks of training by movement pattern, how they changed, and the biggest jump of a single session.

All of it is information about the log. None of it is a verdict on injury: ratios of acute to chronic load have
not held up as predictors, and are not computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from liftback.knowledge.loader import Knowledge
from liftback.training.log import Exposure

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatternWeek:
    """One pattern in one week. `tonnage_kg` is None where a unit is not known."""

    pattern: str
    sessions: int
    sets: int
    tonnage_kg: float | None
    top_share: float | None
    dose: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """One week, by its Monday, with the patterns trained in it; a week without training has none."""

    week: date
    patterns: tuple[PatternWeek, ...]

    @property
    def dose(self) -> float:
        """The load of the week on the back, in typical sessions."""
        return sum(one.dose for one in self.patterns)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekChange:
    """One pattern in the last whole week against the week before. `share` is 0.5 for half more, None from none."""

    week: date
    pattern: str
    sets: int
    sets_before: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Jump:
    """A session of a pattern against the biggest one of the days before it; `ratio` is the one over the other."""

    day: date
    pattern: str
    exercises: tuple[str, ...]
    dose: float
    dose_before: float
    day_before: date
    ratio: float


def monday(day: date) -> date:
    """The Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def weeks_of(exposures: Sequence[Exposure]) -> tuple[Week, ...]:
    """Every week from the first to the last of the log, those without training too."""
    groups: dict[date, dict[str, list[Exposure]]] = {}
    for exposure in exposures:
        groups.setdefault(monday(exposure.day), {}).setdefault(exposure.pattern, []).append(exposure)
    if not groups:
        return ()
    first = min(groups)
    count = (max(groups) - first) // _WEEK + 1
    return tuple(_week(first + number * _WEEK, groups.get(first + number * _WEEK, {})) for number in range(count))


def _week(week: date, by_pattern: dict[str, list[Exposure]]) -> Week:
    return Week(week=week, patterns=tuple(_pattern(name, members) for name, members in sorted(by_pattern.items())))


def _pattern(pattern: str, members: list[Exposure]) -> PatternWeek:
    tonnes = [member.tonnage_kg for member in members]
    return PatternWeek(
        pattern=pattern,
        sessions=len(members),
        sets=sum(member.sets for member in members),
        tonnage_kg=None if None in tonnes else sum(tonne or 0.0 for tonne in tonnes),
        top_share=max((m.top_share for m in members if m.top_share is not None), default=None),
        dose=sum(member.dose for member in members),
    )


def week_on_week(weeks: Sequence[Week], today: date) -> tuple[WeekChange, ...]:
    """Each pattern's last whole week (one that is over by `today`) against the week before."""
    whole = [week.week for week in weeks if week.week + _WEEK <= today]
    if not whole:
        return ()
    last = max(whole)
    sets = {(week.week, one.pattern): one.sets for week in weeks for one in week.patterns}
    patterns = sorted({pattern for week, pattern in sets if week in (last, last - _WEEK)})
    return tuple(_change(last, pattern, sets) for pattern in patterns)


def _change(last: date, pattern: str, sets: dict[tuple[date, str], int]) -> WeekChange:
    now, before = sets.get((last, pattern), 0), sets.get((last - _WEEK, pattern), 0)
    share = now / before - 1 if before else None
    return WeekChange(week=last, pattern=pattern, sets=now, sets_before=before, share=share)


def jumps_of(exposures: Sequence[Exposure], knowledge: Knowledge) -> tuple[Jump, ...]:
    """Every session bigger than all of its pattern in the days before it, oldest first.

    A session with too little to compare with (in the first weeks of the log, or the first after a long pause) is
    no jump, and neither is one that asks little of the back.
    """
    least = knowledge.number("exercises.jump_least_dose")
    days = timedelta(days=knowledge.number("exercises.jump_days"))
    history = timedelta(days=knowledge.number("exercises.jump_history"))
    found = []
    recent: dict[str, list[Exposure]] = {}
    for now in exposures:
        earlier = [one for one in recent.get(now.pattern, []) if one.day >= now.day - days]
        biggest = max(earlier, key=lambda one: one.dose, default=None)
        if biggest is not None and 0 < biggest.dose < now.dose >= least and now.day - exposures[0].day >= history:
            found.append(_jump(now, biggest))
        recent[now.pattern] = [*earlier, now]
    return tuple(found)


def _jump(now: Exposure, biggest: Exposure) -> Jump:
    return Jump(
        day=now.day,
        pattern=now.pattern,
        exercises=now.exercises,
        dose=now.dose,
        dose_before=biggest.dose,
        day_before=biggest.day,
        ratio=now.dose / biggest.dose,
    )


def biggest_jump(jumps: Sequence[Jump], since: date) -> Jump | None:
    """The jump with the highest ratio since a day."""
    return max((jump for jump in jumps if jump.day > since), key=lambda jump: jump.ratio, default=None)
