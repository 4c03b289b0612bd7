"""Three ways to the same numbers: NumPy, compiled, and one day after another; and a state that can be stored."""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from types import FrameType
from typing import Any

import numpy as np
import pytest

from liftback.trajectory import compiled, filtering
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.diary_arrays import diary_arrays
from liftback.trajectory.model import LAGS, Model
from liftback.trajectory.outlook import Outlook
from liftback.trajectory.stream import State, Today, begin, from_bytes, outlook_of, to_bytes, update
from tests.unit.trajectory.small_cohort import MODEL, arrays, lifters, plain

pytestmark = pytest.mark.xdist_group("compiled")


def differ(one: Outlook, other: Outlook) -> dict[str, float]:
    """The largest difference of every part; two infinite milestones do not differ."""
    found = {}
    for field in fields(Outlook):
        here, there = (np.asarray(getattr(outlook, field.name), dtype=np.float64) for outlook in (one, other))
        both = np.isinf(here) & np.isinf(there)
        found[field.name] = float(np.abs(np.where(both, 0, here) - np.where(both, 0, there)).max())
    return found


@pytest.mark.parametrize("model", [MODEL, plain()], ids=["shipped", "plain"])
def test_the_compiled_filter_gives_the_same_belief(model: Model) -> None:
    given = arrays(lifters(60, 60), model).part(slice(10))
    here, there = filtering.filter_diaries(given, model), compiled.filter_diaries(given, model)
    for name in ("mean", "covariance", "log_weight", "repeats", "echo"):
        assert getattr(there, name) == pytest.approx(getattr(here, name), abs=1e-9), name
    assert np.allclose(there.surprises, here.surprises, atol=1e-9, equal_nan=True)


def test_the_compiled_filter_with_several_series_and_unknown_doses() -> None:
    rng = np.random.default_rng(2)
    dose = rng.random((4, 30, 3)) * (rng.random((4, 30, 1)) < 0.4)
    dose[:, :9] = np.nan
    given = diary_arrays(pain=lifters(60, 60).pain[:4, :30], dose=dose, model=MODEL, persistent=np.arange(4) % 2 == 0)
    here, there = filtering.filter_diaries(given, MODEL), compiled.filter_diaries(given, MODEL)
    assert there.mean == pytest.approx(here.mean, abs=1e-9)
    assert there.covariance == pytest.approx(here.covariance, abs=1e-9)


def test_every_output_is_the_same_compiled() -> None:
    cohort = lifters(60)
    given = (cohort.pain, cohort.dose, cohort.feelings, cohort.events, cohort.persistent, cohort.plan)
    apart = differ(follow_many(*given, compiled=False), follow_many(*given, compiled=True))
    assert {name: most for name, most in apart.items() if most > 1e-6} == {}


def doses_of(row: int, unknown: bool) -> np.ndarray:
    """A lifter's doses; some of them not known, early ones and late ones."""
    dose: np.ndarray = lifters(60, 60).dose[row].copy()
    if unknown:
        dose[[0, 1, 2, 3, 20, 50, 53]] = np.nan
    return dose


def played(row: int, days: int, *, stored: bool = False, unknown: bool = False) -> State:
    cohort = lifters(60, 60)
    state = begin(persistent=bool(cohort.persistent[row]), before=np.linspace(0, 1, LAGS - 1) if unknown else None)
    dose = doses_of(row, unknown)
    for day in range(days):
        sleep, stress = cohort.feelings[row, day]
        today = Today(
            pain=cohort.pain[row, day],
            dose=dose[day],
            sleep=sleep,
            stress=stress,
            event=bool(cohort.events[row, day]),
        )
        state = update(state, today)
        state = from_bytes(to_bytes(state)) if stored else state
    return state


@pytest.mark.parametrize(("row", "unknown"), [(0, False), (1, True), (2, False), (3, True)])
def test_day_after_day_is_the_batch(row: int, unknown: bool) -> None:
    cohort = lifters(60, 60)
    part = slice(row, row + 1)
    batch = follow_many(
        cohort.pain[part],
        doses_of(row, unknown)[None],
        cohort.feelings[part],
        cohort.events[part],
        cohort.persistent[part],
        cohort.plan[part],
        before=np.linspace(0, 1, LAGS - 1)[None] if unknown else None,
        compiled=False,
    )
    stream = outlook_of(played(row, 60, unknown=unknown), plan=float(cohort.plan[row]))
    assert {name: most for name, most in differ(stream, batch).items() if most > 1e-12} == {}


def test_a_stored_state_goes_on_as_if_it_had_not_been() -> None:
    kept, stored = played(1, 60), played(1, 60, stored=True)
    assert len(to_bytes(kept)) <= 12_000
    apart = differ(outlook_of(kept), outlook_of(stored))
    assert {name: most for name, most in apart.items() if most > 5e-6} == {}
    assert stored.days == kept.days == 60
    assert stored.persistent == kept.persistent


def sizes(state: State) -> dict[str, tuple[int, ...]]:
    """The shape of every array of a state."""
    parts = (state, state.belief)
    values = {one.name: getattr(part, one.name) for part in parts for one in fields(part)}
    return {name: value.shape for name, value in values.items() if isinstance(value, np.ndarray)}


def steps(state: State, today: Today) -> int:
    """How many steps of the interpreter one more day takes."""
    counted = 0

    def count(frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal counted
        frame.f_trace_opcodes = True
        counted += event == "opcode"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        update(state, today)
    finally:
        sys.settrace(before)
    return counted


def test_a_day_costs_the_same_after_a_week_and_after_years() -> None:
    week = played(0, 7)
    years = week
    for day in range(300):
        years = update(years, Today(pain=float(day % 5), dose=float(day % 3 == 0)))
    assert sizes(week) == sizes(years)
    assert len(sizes(week)) == 9
    assert len(to_bytes(week)) == len(to_bytes(years))
    today = Today(pain=3.0, dose=1.0)
    assert steps(week, today) == steps(replace(years, days=3650), today) > 1000


@pytest.mark.parametrize("broken", [b"", b"LB", b"no state at all", "cut", "longer", "another mark"])
def test_bytes_that_hold_no_state_are_refused_in_one_sentence(broken: bytes | str) -> None:
    whole = to_bytes(begin(persistent=False))
    content = (
        {"cut": whole[:-9], "longer": whole + b"0", "another mark": b"PK" + whole[2:]}.get(broken)
        if isinstance(broken, str)
        else broken
    )
    assert isinstance(content, bytes)
    with pytest.raises(ValueError, match="begin a new one from the diary"):
        from_bytes(content)


def test_settings_that_are_off_change_nothing_of_what_they_would_learn() -> None:
    model = replace(MODEL, settings=replace(MODEL.settings, repeats=None))
    given = arrays(lifters(5), model)
    assert filtering.filter_diaries(given, model).repeats == pytest.approx(1.0)
