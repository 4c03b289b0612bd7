"""One line of a measurement: what, how much, how much is allowed, and whether it holds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measured value in its unit. `limit` is the most it may be; None is shown for comparison only."""

    what: str
    value: float
    unit: str
    limit: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the promise is kept."""
        return self.limit is None or self.value <= self.limit

    @property
    def mark(self) -> str:
        """The mark in the table."""
        return "" if self.limit is None else "ok" if self.holds else "FAILED"


def show(rows: Iterable[Row]) -> int:
    """Print rows as table lines and give the exit code: 1 when a promise is broken."""
    listed = list(rows)
    for row in listed:
        allowed = "" if row.limit is None else f"<= {row.limit:g} {row.unit}"
        print(line(row.what, f"{row.value:.3g} {row.unit}", allowed, row.mark))
    return 0 if all(row.holds for row in listed) else 1


def line(*cells: str) -> str:
    """One line of the table."""
    widths = (58, 14, 14, 6)
    return "| " + " | ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)) + " |"


def median_seconds(work: Callable[[], object], runs: int) -> float:
    """The median time of several runs."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
