"""The hard sets of each week by movement pattern, out of the training part of a report, for a picture and a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

_WEEK = timedelta(weeks=1)
_WEEKS_SHOWN, _PATTERNS_SHOWN = 12, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySets:
    """Sets by pattern, oldest week first; `weeks` are the Mondays. A week without training is there, with none."""

    weeks: tuple[str, ...] = ()
    sets: Mapping[str, Sequence[int]] = field(default_factory=dict)

    @property
    def first(self) -> str:
        """The Monday of the first week, or an empty string."""
        return self.weeks[0] if self.weeks else ""

    @property
    def last(self) -> str:
        """The Monday of the last week, or an empty string."""
        return self.weeks[-1] if self.weeks else ""


def weekly_sets(training: Mapping[str, Any] | None) -> WeeklySets:
    """The newest weeks and the most trained patterns of them; nothing where the report has no weeks."""
    counts = {(week, pattern): sets for week, pattern, sets in _rows(training or {})}
    if not counts:
        return WeeklySets()
    mondays = _mondays([week for week, _ in counts])
    totals: dict[str, int] = {}
    for (week, pattern), sets in counts.items():
        if week in mondays:
            totals[pattern] = totals.get(pattern, 0) + sets
    most = sorted((pattern for pattern in totals if totals[pattern]), key=lambda name: (-totals[name], name))
    return WeeklySets(
        weeks=tuple(week.isoformat() for week in mondays),
        sets={
            pattern.replace("_", " "): tuple(counts.get((week, pattern), 0) for week in mondays)
            for pattern in most[:_PATTERNS_SHOWN]
        },
    )


def _rows(training: Mapping[str, Any]) -> Iterator[tuple[date, str, int]]:
    for week in training.get("weeks") or ():
        for row in week.get("patterns") or ():
            yield date.fromisoformat(week["week"]), str(row["pattern"]), int(row["sets"])


def _mondays(weeks: Sequence[date]) -> list[date]:
    newest = max(weeks)
    every = [newest - _WEEK * back for back in reversed(range(_WEEKS_SHOWN))]
    return [week for week in every if week >= min(weeks)]
