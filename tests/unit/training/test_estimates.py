"""Estimated singles: the formulas, the band, and which sets count."""

from __future__ import annotations

import math
from datetime import date, timedelta
from statistics import median

import pytest

from liftback.knowledge.loader import load_knowledge
from liftback.training.estimates import estimate_single, multipliers
from liftback.training.log import kilograms
from liftback.training.summary import summarise
from tests.unit.training.logs import START, a_set, log_of

KNOWLEDGE = load_knowledge()
TABLE = multipliers(KNOWLEDGE)
TODAY = date(2026, 11, 23)


def slowly(weight: float, reps: int) -> dict[str, float]:
    """The formulas as books print them."""
    return {
        "Epley": weight * (1 + reps / 30),
        "Brzycki": weight * 36 / (37 - reps),
        "Lombardi": weight * reps**0.10,
        "O'Conner": weight * (1 + reps / 40),
        "Lander": 100 * weight / (101.3 - 2.67123 * reps),
        "Mayhew": 100 * weight / (52.2 + 41.9 * math.exp(-0.055 * reps)),
    }


@pytest.mark.parametrize("reps", range(2, 11))
def test_the_band_runs_across_the_formulas(reps: int) -> None:
    found = estimate_single(100, reps, TABLE)
    expected = slowly(100, reps)
    assert found is not None
    assert dict(found.by_formula) == pytest.approx(expected)
    assert (found.low, found.high) == pytest.approx((min(expected.values()), max(expected.values())))
    assert found.middle == pytest.approx(median(expected.values()))


def test_a_single_is_its_own_weight() -> None:
    found = estimate_single(142.5, 1, TABLE)
    assert found is not None
    assert (found.low, found.middle, found.high) == (142.5, 142.5, 142.5)


@pytest.mark.parametrize(("weight", "reps"), [(100, 11), (100, 0), (0, 5), (-20, 5)])
def test_many_repetitions_or_no_weight_give_no_estimate(weight: float, reps: int) -> None:
    assert estimate_single(weight, reps, TABLE) is None


def test_the_best_set_counts_and_warm_ups_and_assisted_sets_do_not() -> None:
    sets = [
        a_set(0, "Squat (Barbell)", 200, 5, "warmup"), a_set(0, "Squat (Barbell)", 100, 5),
        a_set(2, "Squat (Barbell)", 105, 4), a_set(2, "Pull Up (Assisted)", 40, 5),
    ]  # fmt: skip
    lifts = summarise(log_of(sets), KNOWLEDGE, TODAY).lifts
    assert [(lift.exercise, lift.weight, lift.reps, lift.day) for lift in lifts] == [
        ("Squat (Barbell)", 105, 4, START + timedelta(days=2))
    ]


def test_the_change_is_against_the_weeks_before() -> None:
    sets = [a_set(0, "Squat (Barbell)", 100, 5), a_set(100, "Squat (Barbell)", 110, 5)]
    assert summarise(log_of(sets), KNOWLEDGE, TODAY).lifts[0].change == pytest.approx(0.1)


def test_pounds_and_kilograms_of_one_lift_are_compared_in_kilograms() -> None:
    sets = [a_set(0, "Squat (Barbell)", 200, 5, unit="lb"), a_set(1, "Squat (Barbell)", 100, 5)]
    assert [lift.unit for lift in summarise(log_of(sets), KNOWLEDGE, TODAY).lifts] == ["kg"]


def test_a_unit_that_is_not_known_gives_no_kilograms() -> None:
    assert kilograms(100, "unknown") is None
    assert kilograms(100, "lb") == pytest.approx(45.359237)
