"""Bad input as arrays and day by day: finite answers always, and nothing learned from what cannot be."""

from __future__ import annotations

import numpy as np
import pytest

from liftback.trajectory.cohort import follow_many
from liftback.trajectory.model import LAGS
from liftback.trajectory.outlook import LEVELS, Outlook
from liftback.trajectory.stream import Today, begin, outlook_of, update

pytestmark = pytest.mark.xdist_group("compiled")


def sound(found: Outlook) -> None:
    """No part is NaN, and only milestones may lie beyond the year."""
    for name in found.__dataclass_fields__:
        values = np.asarray(getattr(found, name), dtype=np.float64)
        assert not np.isnan(values).any(), name
        assert name == "milestones" or np.isfinite(values).all(), name
    assert found.patterns.sum(axis=1) == pytest.approx(1)
    assert (np.diff(found.felt, axis=1) >= 0).all()
    assert found.felt.shape[1] == len(LEVELS)


BAD = {
    "nothing written": np.full((3, 40), np.nan),
    "always 0": np.zeros((3, 40)),
    "always 10": np.full((3, 40), 10.0),
    "off the scale": np.tile([11.0, -1.0, np.inf, -np.inf], (3, 10)),
    "one score": np.where(np.arange(40) == 20, 4.0, np.nan) * np.ones((3, 1)),
    "no days": np.zeros((3, 0)),
}


@pytest.mark.parametrize("pain", BAD.values(), ids=BAD)
@pytest.mark.parametrize("dose", [0.0, 1.0, np.nan, -1.0, np.inf])
def test_bad_diaries_give_finite_answers(pain: np.ndarray, dose: float) -> None:
    events = np.ones(pain.shape) * (np.arange(pain.shape[1]) % 7 < 3)
    sound(follow_many(pain, np.full(pain.shape, dose), None, events, True, 1.0, compiled=True))


def test_off_the_scale_is_the_same_as_not_written() -> None:
    written = np.full((1, 30), 4.0)
    broken, missing = written.copy(), written.copy()
    broken[0, 3:6], missing[0, 3:6] = [11, -1, np.inf], np.nan
    one, other = (follow_many(pain, np.ones((1, 30)), compiled=True) for pain in (broken, missing))
    assert one.felt == pytest.approx(other.felt)


WRONG = [np.nan, np.inf, -np.inf, -1.0, 11.0]


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("name", ["pain", "dose", "sleep", "stress"])
def test_a_bad_value_in_between_is_as_good_as_none_day_by_day(name: str, value: float) -> None:
    usual = {"pain": 3.0, "dose": 1.0, "sleep": 0.2, "stress": -0.3}

    def day_of(other: float) -> Today:
        given = usual | {name: other}
        return Today(pain=given["pain"], dose=given["dose"], sleep=given["sleep"], stress=given["stress"])

    broken, missing = begin(persistent=False), begin(persistent=False)
    for day in range(14):
        bad = day in {4, 5, 11}
        broken = update(broken, day_of(value if bad else usual[name]))
        missing = update(missing, day_of(np.nan if bad else usual[name]))
    sound(outlook_of(broken))
    # A dose and a feeling may be large, and a feeling below its middle.
    if not np.isfinite(value) or name == "pain" or (name, value) == ("dose", -1.0):
        assert outlook_of(broken).felt == pytest.approx(outlook_of(missing).felt)


@pytest.mark.parametrize("value", [np.nan, np.inf, -1.0])
def test_bad_doses_before_the_first_day(value: float) -> None:
    state = begin(persistent=False, before=np.full(LAGS - 1, value))
    for _ in range(9):
        state = update(state, Today(pain=3.0, dose=1.0))
    sound(outlook_of(state))
    given = {"before": np.full((1, LAGS - 1), value), "compiled": True}
    sound(follow_many(np.full((1, 9), 3.0), np.ones((1, 9)), **given))  # type: ignore[arg-type]  # of several types


@pytest.mark.parametrize("plan", [np.nan, np.inf, -np.inf, -2.0, 0.0, 20.0])
def test_any_plan_gives_finite_answers(plan: float) -> None:
    found = follow_many(np.full((2, 30), 3.0), np.ones((2, 30)), plan=plan, compiled=True)
    sound(found)
    assert (found.within_reach == (not plan > 1.2)).all()


def test_a_state_of_no_days_says_what_was_believed() -> None:
    nobody = outlook_of(begin(persistent=True))
    sound(nobody)
    assert nobody.baseline == pytest.approx(follow_many(np.zeros((1, 0)), np.zeros((1, 0)), persistent=True).baseline)
