"""What each day asked of the back, by movement pattern: the log as exposures.

The dose of a set is its lift's place in the back-load order times its weight over the lifter's own best of the
last weeks. Doses are given relative to this lifter's typical session, so 1.0 means "like you usually train".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import NamedTuple

from liftback.knowledge.loader import Knowledge
from liftback.training.estimates import counts_for_estimate, middles, multipliers
from liftback.training.exercises import Match, match_all
from liftback.training.log import Exposure, LoggedSet, TrainingLog, is_hard, kilograms


class _Worked(NamedTuple):
    """One hard set with its share of the lift's best (None where none can be worked out) and its dose."""

    one: LoggedSet
    share: float | None
    dose: float


def exposures_of(log: TrainingLog, knowledge: Knowledge, today: date | None = None) -> tuple[Exposure, ...]:
    """Every pattern of every day of the log, oldest first.

    The typical session is the median of the last weeks before the last workout (not after `today`). A lift that
    no list has counts with a middling load, never as none.
    """
    hard = [one for one in log.sets if is_hard(one)]
    if not hard:
        return ()
    matches = match_all((one.exercise for one in hard), knowledge)
    groups = _grouped(hard, matches, knowledge)
    raw = {key: sum(worked.dose for worked in members) for key, members in groups.items()}
    typical = _typical(raw, knowledge, today)
    near = knowledge.number("exercises.top_set_share")
    return tuple(_exposure(key, groups[key], raw[key] / typical if typical else 0.0, near) for key in sorted(groups))


def typical_dose(log: TrainingLog, knowledge: Knowledge, today: date) -> float:
    """The dose of this lifter's typical session before doses are made relative to it; 0 for a log without load.

    A set's dose is its lift's place in the back-load order times its weight over the lifter's own best.
    """
    hard = [one for one in log.sets if is_hard(one)]
    groups = _grouped(hard, match_all((one.exercise for one in hard), knowledge), knowledge)
    return _typical({key: sum(worked.dose for worked in members) for key, members in groups.items()}, knowledge, today)


def _grouped(
    hard: Sequence[LoggedSet], matches: Mapping[str, Match], knowledge: Knowledge
) -> dict[tuple[date, str], list[_Worked]]:
    best = _best_by_day(hard, knowledge)
    unknown_load = knowledge.number("exercises.unknown_back_load")
    unknown_share = knowledge.number("exercises.unknown_intensity")
    loads = {name: unknown_load if match.back_load is None else match.back_load for name, match in matches.items()}
    groups: dict[tuple[date, str], list[_Worked]] = {}
    for one in hard:
        top = best.get((one.exercise, one.day))
        share = min(_weight(one) / top, 1.0) if top and one.weight else None
        dose = loads[one.exercise] * (unknown_share if share is None else share)
        groups.setdefault((one.day, matches[one.exercise].pattern), []).append(_Worked(one, share, dose))
    return groups


def _best_by_day(hard: Iterable[LoggedSet], knowledge: Knowledge) -> dict[tuple[str, date], float]:
    """A lift's best estimated single by day: the best of the weeks that end on that day."""
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
        window: deque[tuple[date, float]] = deque()  # days with falling values: the first is the window's best
        for day in sorted(by_day):
            while window and window[-1][1] <= by_day[day]:
                window.pop()
            window.append((day, by_day[day]))
            while window[0][0] <= day - span:
                window.popleft()
            found[exercise, day] = window[0][1]
    return found


def _weight(one: LoggedSet) -> float:
    """The weight in kg, or as typed where the unit is not known: shares of a lift's own best need no unit."""
    weight = one.weight or 0.0
    return kilograms(weight, one.unit) or weight


def _typical(raw: Mapping[tuple[date, str], float], knowledge: Knowledge, today: date | None) -> float:
    """The median dose of a day with any load on the back, in the last weeks before the last workout."""
    by_day: dict[date, float] = {}
    for (day, _), dose in raw.items():
        by_day[day] = by_day.get(day, 0.0) + dose
    loaded = {day: dose for day, dose in by_day.items() if dose > 0}
    until = max((day for day in loaded if today is None or day <= today), default=max(loaded, default=None))
    if until is None:
        return 0.0
    start = until - timedelta(weeks=knowledge.number("exercises.typical_session_weeks"))
    return median(dose for day, dose in loaded.items() if start < day <= until)


def _exposure(key: tuple[date, str], members: list[_Worked], dose: float, near: float) -> Exposure:
    day, pattern = key
    shares = [worked.share for worked in members if worked.share is not None]
    lifted = [worked.one for worked in members if worked.one.weight and worked.one.reps]
    tonnes = [kilograms(one.weight or 0.0, one.unit) for one in lifted]
    known = None not in tonnes
    return Exposure(
        day=day,
        pattern=pattern,
        exercises=tuple(dict.fromkeys(worked.one.exercise for worked in members)),
        sets=len(members),
        tonnage_kg=sum((w or 0.0) * (one.reps or 0) for w, one in zip(tonnes, lifted, strict=True)) if known else None,
        dose=dose,
        top_share=max(shares, default=None),
        near_max=sum(share >= near for share in shares),
    )
