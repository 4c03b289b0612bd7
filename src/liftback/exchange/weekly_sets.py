"""The sets of each week by movement pattern, out of the training part of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from liftback.exchange.report_outline import clean

_WEEKS_SHOWN, _PATTERNS_SHOWN = 12, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySets:
    """Sets by pattern, oldest week first, of the weeks from `first` to `last` (their first days)."""

    first: str = ""
    last: str = ""
    weeks: tuple[str, ...] = ()
    sets: Mapping[str, Sequence[float]] = field(default_factory=dict)


def weekly_sets(training: Mapping[str, Any]) -> WeeklySets:
    """The newest weeks and the most trained patterns; nothing where the report has no weeks."""
    weeks = [week for week in training.get("weeks") or () if isinstance(week, Mapping)][-_WEEKS_SHOWN:]
    if not weeks:
        return WeeklySets()
    counts = [_counts(week.get("patterns")) for week in weeks]
    totals: dict[str, float] = {}
    for count in counts:
        for pattern, number in count.items():
            totals[pattern] = totals.get(pattern, 0) + number
    most = sorted(totals, key=lambda pattern: -totals[pattern])[:_PATTERNS_SHOWN]
    days = tuple(clean(week.get("week")) for week in weeks)
    sets = {pattern: tuple(count.get(pattern, 0) for count in counts) for pattern in most if totals[pattern]}
    return WeeklySets(first=days[0], last=days[-1], weeks=days, sets=sets)


def _counts(patterns: Any) -> dict[str, float]:
    if isinstance(patterns, Mapping):
        return {clean(name): _sets(entry) for name, entry in patterns.items()}
    return {clean(entry.get("pattern")): _sets(entry) for entry in patterns or () if isinstance(entry, Mapping)}


def _sets(entry: Any) -> float:
    count = entry.get("sets") if isinstance(entry, Mapping) else entry
    return float(count) if isinstance(count, int | float) else 0
