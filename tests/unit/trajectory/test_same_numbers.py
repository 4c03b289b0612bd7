"""Three ways to the same numbers: NumPy, compiled, and one day after another; and a state that can be stored."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from liftback.trajectory import compiled, filtering
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.diary_arrays import diary_arrays
from liftback.trajectory.model import Model
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
    given = arrays(lifters(40), model)
    here, there = filtering.filter_diaries(given, model), compiled.filter_diaries(given, model)
    for name in ("mean", "covariance", "log_weight", "repeats", "echo"):
        assert getattr(there, name) == pytest.approx(getattr(here, name), abs=1e-9), name
    assert np.allclose(there.surprises, here.surprises, atol=1e-9, equal_nan=True)


def test_the_compiled_filter_with_several_series_and_unknown_doses() -> None:
    rng = np.random.default_rng(2)
    dose = rng.random((10, 40, 3)) * (rng.random((10, 40, 1)) < 0.4)
    dose[:, :9] = np.nan
    given = diary_arrays(pain=lifters(10).pain[:, :40], dose=dose, model=MODEL, persistent=rng.random(10) < 0.5)
    here, there = filtering.filter_diaries(given, MODEL), compiled.filter_diaries(given, MODEL)
    assert there.mean == pytest.approx(here.mean, abs=1e-9)
    assert there.covariance == pytest.approx(here.covariance, abs=1e-9)


def test_every_output_is_the_same_compiled() -> None:
    cohort = lifters(60)
    given = (cohort.pain, cohort.dose, cohort.feelings, cohort.events, cohort.persistent, cohort.plan)
    apart = differ(follow_many(*given, compiled=False), follow_many(*given, compiled=True))
    assert {name: most for name, most in apart.items() if most > 1e-6} == {}


def played(row: int, days: int, *, stored: bool = False) -> State:
    cohort = lifters(60)
    state = begin(persistent=bool(cohort.persistent[row]))
    for day in range(days):
        sleep, stress = cohort.feelings[row, day]
        today = Today(
            pain=cohort.pain[row, day],
            dose=cohort.dose[row, day],
            sleep=sleep,
            stress=stress,
            event=bool(cohort.events[row, day]),
        )
        state = update(state, today)
        state = from_bytes(to_bytes(state)) if stored else state
    return state


@pytest.mark.parametrize("row", [0, 1, 2])
def test_day_after_day_is_the_batch(row: int) -> None:
    cohort = lifters(60)
    part = slice(row, row + 1)
    batch = follow_many(
        cohort.pain[part],
        cohort.dose[part],
        cohort.feelings[part],
        cohort.events[part],
        cohort.persistent[part],
        cohort.plan[part],
        compiled=False,
    )
    stream = outlook_of(played(row, 56), plan=float(cohort.plan[row]))
    assert {name: most for name, most in differ(stream, batch).items() if most > 1e-11} == {}


def test_a_stored_state_goes_on_as_if_it_had_not_been() -> None:
    kept, stored = played(1, 56), played(1, 56, stored=True)
    assert len(to_bytes(kept)) <= 12_000
    apart = differ(outlook_of(kept), outlook_of(stored))
    assert {name: most for name, most in apart.items() if most > 5e-6} == {}
    assert stored.days == kept.days == 56


def test_a_state_has_one_size_after_a_week_and_after_years() -> None:
    week = played(0, 7)
    years = week
    for day in range(300):
        years = update(years, Today(pain=float(day % 5), dose=float(day % 3 == 0)))
    sizes = [{name: getattr(state.belief, name).shape for name in ("mean", "covariance")} for state in (week, years)]
    assert sizes[0] == sizes[1]
    assert len(to_bytes(week)) == len(to_bytes(years))
    assert years.doses.shape == week.doses.shape
    assert years.pains.shape == week.pains.shape


@pytest.mark.parametrize("broken", [b"", b"LB", b"no state at all", "cut", "longer"])
def test_bytes_that_hold_no_state_are_refused_in_one_sentence(broken: bytes | str) -> None:
    whole = to_bytes(begin(persistent=False))
    content = {"cut": whole[:-9], "longer": whole + b"0"}.get(broken) if isinstance(broken, str) else broken
    assert isinstance(content, bytes)
    with pytest.raises(ValueError, match="begin a new one from the diary"):
        from_bytes(content)


def test_settings_that_are_off_change_nothing_of_what_they_would_learn() -> None:
    model = replace(MODEL, settings=replace(MODEL.settings, repeats=None))
    given = arrays(lifters(5), model)
    assert filtering.filter_diaries(given, model).repeats == pytest.approx(1.0)
