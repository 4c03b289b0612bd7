"""How fast: one more day, one answer, and cohorts; each beside its promise."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module

import numpy as np

from bench.trajectory import nuts, nuts_lifters
from bench.trajectory.marks import Mark, at_least
from bench.trajectory.worlds import Lifters, simulate
from liftback.trajectory import stream
from liftback.trajectory.cohort import Filter, engine, follow_many
from liftback.trajectory.diary_arrays import DiaryArrays, diary_arrays
from liftback.trajectory.model import LAGS, SHIPPED
from liftback.trajectory.outlook import usual_asking
from liftback.trajectory.stream import State, Today

DAYS = 180
Work = Callable[[], object]


def times(work: Work, runs: int) -> list[float]:
    """The time of each of several runs, in seconds."""
    found = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


def compiled_filter() -> Filter | None:
    """The compiled filter; None where numba is not installed."""
    try:
        return engine(True)[0]
    except ImportError:
        return None


def arrays(lifters: Lifters) -> DiaryArrays:
    """The diaries as the filter reads them; nothing was trained in the week before."""
    return diary_arrays(
        pain=lifters.pain,
        dose=lifters.dose,
        model=usual_asking().model,
        feelings=lifters.feelings,
        events=lifters.events,
        persistent=lifters.persistent,
        before=np.zeros((len(lifters.plan), LAGS - 1)),
    )


@contextmanager
def one_core() -> Iterator[None]:
    """Numba on one thread meanwhile."""
    numba = import_module("numba")
    before = numba.get_num_threads()
    numba.set_num_threads(1)
    try:
        yield
    finally:
        numba.set_num_threads(before)


def filter_seconds(filtered: Filter, lifters: Lifters, runs: int = 1) -> float:
    """Seconds of the filter for each lifter on one core.

    They are those of the clock, for numba's idle threads spin, which counts as processor time of the process.
    """
    diary, model = arrays(lifters), usual_asking().model
    with one_core():
        filtered(diary.part(slice(0, 2)), model, SHIPPED)
        work = times(lambda: filtered(diary, model, SHIPPED), runs)
    return statistics.median(work) / len(lifters.plan)


def follow(lifters: Lifters, count: int | None = None, *, compiled: bool = True, workers: int = 2) -> object:
    """Every output of the first lifters, or of all."""
    part = slice(0, count)
    return follow_many(
        lifters.pain[part],
        lifters.dose[part],
        lifters.feelings[part],
        lifters.events[part],
        lifters.persistent[part],
        lifters.plan[part],
        compiled=compiled,
        workers=workers,
    )


def rows(count: int, rng: np.random.Generator) -> Iterator[Mark]:
    """All speeds."""
    lifters = simulate("own", count, DAYS, usual_asking().model, rng)
    state, day = _played(lifters)
    yield _milliseconds("one more day, NumPy", times(lambda: stream.update(state, day), 1000), 0.2)
    yield _milliseconds("every output of one lifter, NumPy", times(lambda: stream.outlook_of(state), 60), 10)
    size = len(stream.to_bytes(state))
    yield Mark(what="a stored lifter", measured=f"{size:,} bytes", asked="<= 12,000 bytes", holds=size <= 12_000)
    what = "one lifter, 180 days and every output from nothing"
    yield _milliseconds(f"{what}, NumPy", times(lambda: follow(lifters, 1, compiled=False), 5), None)
    filtered = compiled_filter()
    if filtered is None:
        yield Mark(what="numba, for the compiled filter", measured="not installed")
        return
    follow(lifters, 2)
    yield _milliseconds(f"{what}, compiled", times(lambda: follow(lifters, 1), 20), None)
    yield from _cohorts(filtered, lifters)
    yield _nuts(filtered, rng)


def _milliseconds(what: str, found: list[float], limit: float | None) -> Mark:
    """The median is promised; the quickest run says what a machine with nothing else to do would need."""
    middle, least = statistics.median(found) * 1e3, min(found) * 1e3
    measured = f"{middle:.3g} ms (quickest {least:.3g})"
    if limit is None:
        return Mark(what=what, measured=measured)
    return Mark(what=what, measured=measured, asked=f"<= {limit:g} ms", holds=middle <= limit)


def _played(lifters: Lifters) -> tuple[State, Today]:
    """One lifter's state after all days, and a day to add."""
    state = stream.begin(persistent=bool(lifters.persistent[0]))
    for place in range(DAYS):
        sleep, stress = lifters.feelings[0, place]
        day = Today(
            pain=lifters.pain[0, place],
            dose=lifters.dose[0, place],
            sleep=sleep,
            stress=stress,
            event=bool(lifters.events[0, place]),
        )
        state = stream.update(state, day)
    return state, Today(pain=3.0, dose=1.0, sleep=0.2, stress=-0.1)


def _cohorts(filtered: Filter, lifters: Lifters) -> Iterator[Mark]:
    diary, model, count = arrays(lifters), usual_asking().model, len(lifters.plan)
    alone = statistics.median(times(lambda: filtered(diary, model, SHIPPED), 7))
    yield at_least("filter, compiled, lifters of 180 days in a second", count / alone, 4000)
    followed = statistics.median(times(lambda: follow(lifters), 3))
    yield at_least("every output, compiled, lifters of 180 days in a second", count / followed, 1000)


def _nuts(filtered: Filter, rng: np.random.Generator) -> Mark:
    """Beside the stored run of NUTS: four chains of 3,500 steps, far longer than the least it was asked for."""
    # Its seconds were measured when the file was made, ours are measured now.
    run = float(nuts.stored()["cpu_seconds_per_lifter"]["median"])
    cost = filter_seconds(filtered, simulate("own", 500, nuts_lifters.DAYS, usual_asking().model, rng), 7)
    what = "NUTS (seconds measured when its file was made) / our filter, one core"
    return at_least(what, run / cost, 10_000, " x")
