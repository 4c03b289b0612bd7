"""How fast: one more day, one answer, and cohorts; each beside its promise."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

from bench.trajectory import nuts
from bench.trajectory.marks import Mark, at_least, at_most
from bench.trajectory.worlds import Lifters, simulate
from liftback.trajectory import stream
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.compiled import filter_diaries
from liftback.trajectory.diary_arrays import diary_arrays
from liftback.trajectory.outlook import usual_asking
from liftback.trajectory.stream import State, Today

DAYS = 180


def seconds(work: Callable[[], object], runs: int) -> float:
    """The median time of several runs."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def rows(count: int, rng: np.random.Generator) -> Iterator[Mark]:
    """All speeds."""
    lifters = simulate("own", count, DAYS, usual_asking().model, rng)
    state, day = _played(lifters)
    yield at_most("one more day, NumPy", seconds(lambda: stream.update(state, day), 400) * 1e3, 0.2, " ms")
    yield at_most("every output of one lifter, NumPy", seconds(lambda: stream.outlook_of(state), 40) * 1e3, 10, " ms")
    yield Mark(what="a stored lifter", measured=f"{len(stream.to_bytes(state)):,} bytes", asked="<= 12,000", holds=True)
    for what, compiled in (("NumPy", False), ("compiled", True)):
        alone = seconds(lambda kind=compiled: _follow(lifters, 1, kind), 5) * 1e3  # type: ignore[misc]  # bound at once
        yield Mark(what=f"one lifter, 180 days and every output from nothing, {what}", measured=f"{alone:.1f} ms")
    yield from _cohorts(lifters)


def _played(lifters: Lifters) -> tuple[State, Today]:
    """One lifter's state after all days, and a day to add."""
    state = stream.begin(persistent=bool(lifters.persistent[0]))
    for place in range(DAYS):
        sleep, stress = lifters.feelings[0, place]
        day = Today(
            pain=lifters.pain[0, place], dose=lifters.dose[0, place], sleep=sleep, stress=stress,
            event=bool(lifters.events[0, place]),
        )  # fmt: skip
        state = stream.update(state, day)
    return state, Today(pain=3.0, dose=1.0, sleep=0.2, stress=-0.1)


def _follow(lifters: Lifters, count: int, compiled: bool) -> object:
    part = slice(0, count)
    return follow_many(
        lifters.pain[part], lifters.dose[part], lifters.feelings[part], lifters.events[part],
        lifters.persistent[part], lifters.plan[part], compiled=compiled,
    )  # fmt: skip


def _cohorts(lifters: Lifters) -> Iterator[Mark]:
    model = usual_asking().model
    diary = diary_arrays(
        pain=lifters.pain, dose=lifters.dose, model=model, feelings=lifters.feelings, events=lifters.events,
        persistent=lifters.persistent,
    )  # fmt: skip
    count = len(lifters.plan)
    filtered = seconds(lambda: filter_diaries(diary, model), 7)
    yield at_least("filter, compiled, lifters of 180 days in a second", count / filtered, 4000)
    followed = seconds(lambda: _follow(lifters, count, True), 3)
    yield at_least("every output, compiled, lifters of 180 days in a second", count / followed, 1000)
    document = nuts.stored()
    # Its seconds were measured when the file was made: four chains of 3,500 steps, far longer than ESS 400 asks for.
    run = float(document["cpu_seconds_per_lifter"]["median"])
    cost = filtered / count * WORKERS * DAYS_OF_NUTS / DAYS
    yield at_least("stored NUTS / our filter, processor time, 56 days", run / cost, 10_000, " x")


WORKERS, DAYS_OF_NUTS = 2, 56
