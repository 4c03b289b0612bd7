"""What a log shows about how somebody trains the back: shares, spacing, variety, lighter weeks and gaps.

Measures only; `liftback.reasoning.programming_talk` decides which of them are worth talking about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median

from liftback.knowledge.loader import Knowledge
from liftback.training.exercises import UNKNOWN_PATTERN, Match
from liftback.training.log import Exposure, LoggedSet
from liftback.training.weekly import Week, monday

HEAVY_PATTERNS = ("hinge", "squat", "olympic")
_HOURS_IN_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class OneLift:
    """A pattern of the back that was trained with one lift only, for the same number of repetitions."""

    pattern: str
    exercise: str
    sessions: int
    reps: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """A heavy session after a gap: its day, the days without one before it, and its dose (1.0 is typical)."""

    day: date
    gap_days: int
    dose: float
    exercises: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """Measures of the last weeks of the log (`weeks` of them); all None or empty for a log without hard sets.

    `hinge_share` is hinges among hard sets; `near_max_share` is sets close to the best among hinge and squat
    sets. `close_pairs` of `heavy_days` followed another too soon. `weeks_since_lighter` counts whole weeks in a
    row without a lighter one.
    """

    weeks: int = 0
    hard_sets: int = 0
    hinge_sets: int = 0
    hinge_share: float | None = None
    unknown_share: float | None = None
    near_max_sets: int = 0
    near_max_share: float | None = None
    heavy_days: int = 0
    close_pairs: int = 0
    weeks_since_lighter: int = 0
    one_lift: tuple[OneLift, ...] = ()
    returns: tuple[Return, ...] = ()


def habits_of(
    hard: Sequence[LoggedSet],
    exposures: Sequence[Exposure],
    weeks: Sequence[Week],
    matches: Mapping[str, Match],
    knowledge: Knowledge,
) -> Habits:
    """Measure the last weeks of these hard sets and their exposures, up to the last workout."""
    if not exposures:
        return Habits()
    span = knowledge.number("exercises.usual_weeks")
    since = monday(exposures[-1].day) - timedelta(weeks=span - 1)
    recent = [exposure for exposure in exposures if exposure.day >= since]
    total = sum(exposure.sets for exposure in recent)
    counts: Counter[str] = Counter()
    for exposure in recent:
        counts[exposure.pattern] += exposure.sets
    near = sum(exposure.near_max for exposure in recent if exposure.pattern in HEAVY_PATTERNS)
    heavy_sets = sum(counts[pattern] for pattern in HEAVY_PATTERNS)
    heavy, close = _spacing(recent, knowledge)
    return Habits(
        weeks=min(int(span), len(weeks)),
        hard_sets=total,
        hinge_sets=counts["hinge"],
        hinge_share=counts["hinge"] / total,
        unknown_share=counts[UNKNOWN_PATTERN] / total,
        near_max_sets=near,
        near_max_share=near / heavy_sets if heavy_sets else None,
        heavy_days=heavy,
        close_pairs=close,
        weeks_since_lighter=_weeks_since_lighter(weeks, knowledge),
        one_lift=_one_lift([one for one in hard if one.day >= since], matches),
        returns=_returns(exposures, since, knowledge),
    )


def _spacing(recent: Sequence[Exposure], knowledge: Knowledge) -> tuple[int, int]:
    """Heavy days of hinges and squats, and how many came too soon after another."""
    doses: dict[date, float] = {}
    for exposure in recent:
        if exposure.pattern in HEAVY_PATTERNS:
            doses[exposure.day] = doses.get(exposure.day, 0.0) + exposure.dose
    heavy = sorted(day for day, dose in doses.items() if dose >= knowledge.number("exercises.heavy_share"))
    apart = knowledge.number("exercises.heavy_hours_apart") / _HOURS_IN_DAY
    return len(heavy), sum((later - day).days < apart for day, later in pairwise(heavy))


def _weeks_since_lighter(weeks: Sequence[Week], knowledge: Knowledge) -> int:
    """Weeks in a row, up to the last whole one, without a lighter week; the last one is not over and left out."""
    span = int(knowledge.number("exercises.typical_session_weeks"))
    whole = [week.dose for week in weeks[:-1]]
    usual = median([dose for dose in whole[-span:] if dose > 0] or [0.0])
    count = 0
    for dose in reversed(whole):
        if dose <= usual * knowledge.number("exercises.lighter_share"):
            break
        count += 1
    return count


def _one_lift(recent: Sequence[LoggedSet], matches: Mapping[str, Match]) -> tuple[OneLift, ...]:
    by_pattern: dict[str, list[LoggedSet]] = {}
    for one in recent:
        by_pattern.setdefault(matches[one.exercise].pattern, []).append(one)
    found = []
    for pattern in HEAVY_PATTERNS:
        sets = by_pattern.get(pattern, [])
        reps = {one.reps for one in sets}
        if len({one.exercise for one in sets}) == 1 and len(reps) == 1:
            days = len({one.day for one in sets})
            found.append(OneLift(pattern=pattern, exercise=sets[0].exercise, sessions=days, reps=reps.pop()))
    return tuple(found)


def _returns(exposures: Sequence[Exposure], since: date, knowledge: Knowledge) -> tuple[Return, ...]:
    """Sessions of hinges or squats that came after a gap without any, in the last weeks."""
    days: dict[date, list[Exposure]] = {}
    for exposure in exposures:
        if exposure.pattern in HEAVY_PATTERNS:
            days.setdefault(exposure.day, []).append(exposure)
    ordered = sorted(days)
    found = []
    for before, day in pairwise(ordered):
        gap = (day - before).days
        if day >= since and gap >= knowledge.number("exercises.gap_days"):
            lifts = tuple(name for exposure in days[day] for name in exposure.exercises)
            dose = sum(exposure.dose for exposure in days[day])
            found.append(Return(day=day, gap_days=gap, dose=dose, exercises=lifts))
    return tuple(found)
