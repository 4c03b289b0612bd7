"""What each day asked of the back, by movement pattern: the log as exposures.

The dose of a set is its lift's place in the back-load order times its weight over the lifter's own best of the
last weeks. Doses are given relative to this lifter's typical session, so 1.0 means "like you usually train".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from liftback.knowledge.loader import Knowledge
from liftback.training.estimates import counts_for_estimate, middles, multipliers
from liftback.training.exercises import Match, match_all
from liftback.training.log import Exposure, LoggedSet, TrainingLog, is_hard, kilograms


@dataclass(frozen=True, slots=True, kw_only=True)
class _Best:
    """A lift's best estimated single, by day: the best of the weeks that end on that day."""

    by_day: Mapping[tuple[str, date], float]


def exposures_of(log: TrainingLog, knowledge: Knowledge, today: date | None = None) -> tuple[Exposure, ...]:
    """Every pattern of every day of the log, oldest first.

    The typical session is the median of the last weeks before the last workout (not after `today`). A lift that
    no list has counts with a middling load, never as none.
    """
    hard = [one for one in log.sets if is_hard(one)]
    if not hard:
        return ()
    matches = match_all((one.exercise for one in hard), knowledge)
    best = _best_by_day(hard, knowledge)
    groups: dict[tuple[date, str], list[LoggedSet]] = {}
    for one in hard:
        groups.setdefault((one.day, matches[one.exercise].pattern), []).append(one)
    raw = {key: sum(_dose(one, matches, best, knowledge) for one in sets) for key, sets in groups.items()}
    typical = _typical(raw, knowledge, today)
    return tuple(
        _exposure(key, groups[key], raw[key] / typical if typical else 0.0, best, knowledge) for key in sorted(groups)
    )


def _best_by_day(hard: Iterable[LoggedSet], knowledge: Knowledge) -> _Best:
    middle = middles(multipliers(knowledge))
    days: dict[str, dict[date, float]] = {}
    for one in hard:
        if one.reps in middle and counts_for_estimate(one):
            value = _weight(one) * middle[one.reps]
            of_lift = days.setdefault(one.exercise, {})
            of_lift[one.day] = max(value, of_lift.get(one.day, 0.0))
    span = timedelta(weeks=knowledge.number("exercises.estimate_weeks"))
    found: dict[tuple[str, date], float] = {}
    for exercise, by_day in days.items():
        window: list[tuple[date, float]] = []  # days with falling values: the first is the best of the window
        for day in sorted(by_day):
            while window and window[-1][1] <= by_day[day]:
                window.pop()
            window.append((day, by_day[day]))
            while window[0][0] <= day - span:
                window.pop(0)
            found[exercise, day] = window[0][1]
    return _Best(by_day=found)


def _weight(one: LoggedSet) -> float:
    """The weight in kg, or as typed where the unit is not known: shares of a lift's own best need no unit."""
    weight = one.weight or 0.0
    return kilograms(weight, one.unit) or weight


def _share(one: LoggedSet, best: _Best) -> float | None:
    top = best.by_day.get((one.exercise, one.day))
    return min(_weight(one) / top, 1.0) if top and one.weight else None


def _dose(one: LoggedSet, matches: Mapping[str, Match], best: _Best, knowledge: Knowledge) -> float:
    load = matches[one.exercise].back_load
    share = _share(one, best)
    return (knowledge.number("exercises.unknown_back_load") if load is None else load) * (
        knowledge.number("exercises.unknown_intensity") if share is None else share
    )


def _typical(raw: Mapping[tuple[date, str], float], knowledge: Knowledge, today: date | None) -> float:
    """The median dose of a day with any load on the back, in the last weeks before the last workout."""
    by_day: dict[date, float] = {}
    for (day, _), dose in raw.items():
        by_day[day] = by_day.get(day, 0.0) + dose
    loaded = {day: dose for day, dose in by_day.items() if dose > 0}
    until = [day for day in loaded if today is None or day <= today] or list(loaded)
    if not until:
        return 0.0
    start = max(until) - timedelta(weeks=knowledge.number("exercises.typical_session_weeks"))
    return median(dose for day, dose in loaded.items() if start < day <= max(until))


def _exposure(key: tuple[date, str], sets: list[LoggedSet], dose: float, best: _Best, knowledge: Knowledge) -> Exposure:
    day, pattern = key
    near = knowledge.number("exercises.top_set_share")
    shares = [share for one in sets if (share := _share(one, best)) is not None]
    lifted = [one for one in sets if one.weight and one.reps]
    tonnes = [kilograms(one.weight or 0.0, one.unit) for one in lifted]
    known = all(weight is not None for weight in tonnes)
    return Exposure(
        day=day,
        pattern=pattern,
        exercises=tuple(dict.fromkeys(one.exercise for one in sets)),
        sets=len(sets),
        tonnage_kg=sum((w or 0.0) * (one.reps or 0) for w, one in zip(tonnes, lifted, strict=True)) if known else None,
        dose=dose,
        top_share=max(shares, default=None),
        near_max=sum(share >= near for share in shares),
    )
