"""The arithmetic under the model against slow and obvious twins."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from liftback.trajectory.diary_arrays import loads_of
from liftback.trajectory.draws import roots
from liftback.trajectory.mixtures import below, merged, moments, quantiles
from liftback.trajectory.normal import FARTHEST, interval, lower_tail, quantile
from liftback.trajectory.outlook import usual_asking
from liftback.trajectory.patterns import inverses
from liftback.trajectory.random_numbers import seeded_numbers
from liftback.trajectory.tables import score_below, share_below

PLACES = np.linspace(-36.5, 8.5, 401)


def test_the_lower_tail_is_right_far_out() -> None:
    expected = np.array([0.5 * math.erfc(-place / math.sqrt(2)) for place in PLACES])
    assert lower_tail(PLACES) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(("low", "high"), [(7.0, 7.5), (-7.5, -7.0), (-0.2, 0.3), (-math.inf, -3), (3, math.inf)])
def test_an_interval_is_relatively_right_in_either_tail(low: float, high: float) -> None:
    upper = 0.5 * (math.erfc(abs(low) / math.sqrt(2)) - math.erfc(abs(high) / math.sqrt(2)))
    expected = abs(upper) if low * high > 0 else NormalDist().cdf(high) - NormalDist().cdf(low)
    assert interval(np.array([low]), np.array([high]))[0] == pytest.approx(expected, rel=1e-8, abs=1e-300)


def test_beyond_the_table_nothing_breaks() -> None:
    assert lower_tail(np.array([-1e9, 1e9])) == pytest.approx([0, 1], abs=1e-290)
    assert np.isfinite(interval(np.array([FARTHEST * 2]), np.array([math.inf]))).all()


def test_quantiles_of_the_normal() -> None:
    levels = np.array([0.001, 0.1, 0.5, 0.975])
    assert quantile(levels) == pytest.approx([NormalDist().inv_cdf(one) for one in levels], abs=1e-9)


def test_the_quick_tables_err_by_less_than_a_millionth() -> None:
    assert share_below()(PLACES) == pytest.approx(lower_tail(PLACES), abs=1e-6)
    mixed = 0.9 * lower_tail(PLACES) + 0.1 * lower_tail(PLACES / 3)
    assert score_below(0.1, 3.0)(PLACES) == pytest.approx(mixed, abs=1e-6)


def mixture(parts: int = 18) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(3)
    weight = rng.dirichlet(np.full(parts, 0.4), size=5)
    # Narrow parts beside wide ones, as no effect stands beside irritation.
    spread = np.where(rng.random((5, parts)) < 0.4, 0.05, 0.6)
    return weight, rng.normal(size=(5, parts)), spread


def bisected(level: float, weight: np.ndarray, mean: np.ndarray, spread: np.ndarray) -> float:
    """A quantile of one mixture, by halving."""
    bells = [NormalDist(m, s) for m, s in zip(mean.tolist(), spread.tolist(), strict=True)]
    low, high = -20.0, 20.0
    for _ in range(60):
        middle = (low + high) / 2
        share = sum(w * bell.cdf(middle) for w, bell in zip(weight.tolist(), bells, strict=True))
        low, high = (middle, high) if share < level else (low, middle)
    return low


def test_quantiles_of_a_mixture_against_halving() -> None:
    weight, mean, spread = mixture()
    levels = np.array([0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975])
    found = quantiles(levels, weight, mean, spread)
    slow = [[bisected(float(level), *one) for level in levels] for one in zip(weight, mean, spread, strict=True)]
    assert found == pytest.approx(np.array(slow), abs=1e-3)
    assert below(np.array(slow), weight, mean, spread) == pytest.approx(np.tile(levels, (5, 1)), abs=1e-6)


def test_merging_keeps_mean_and_spread() -> None:
    weight, mean, spread = mixture()
    few = merged(3, weight, mean, spread)
    assert few[0].shape == (5, 6)
    assert moments(*few)[0] == pytest.approx(moments(weight, mean, spread)[0])
    assert moments(*few)[1] == pytest.approx(moments(weight, mean, spread)[1])


def test_many_small_inverses_and_roots_at_once() -> None:
    rng = np.random.default_rng(5)
    raw = rng.normal(size=(7, 3, 6, 6))
    matrices = raw @ np.swapaxes(raw, -1, -2) + 0.1 * np.eye(6)
    inverse, log_determinant = inverses(matrices)
    assert inverse == pytest.approx(np.linalg.inv(matrices), abs=1e-9)
    assert log_determinant == pytest.approx(np.linalg.slogdet(matrices)[1])
    assert roots(matrices) == pytest.approx(np.linalg.cholesky(matrices), abs=1e-9)
    assert roots(np.zeros((2, 4, 4))) == pytest.approx(0)


def test_random_numbers_come_in_opposite_pairs() -> None:
    numbers = seeded_numbers()
    for part in (numbers.state, numbers.ahead):
        assert part.mean(axis=0) == pytest.approx(0, abs=1e-12)
        assert part.std(axis=0) == pytest.approx(1, abs=0.2)


def test_a_day_nobody_knows_of_is_one_dose_however_many_groups_share_it() -> None:
    model = usual_asking().model
    for groups in (1, 3):
        loads, unknown = loads_of(np.full((1, 12, groups), np.nan), model)
        assert loads.sum(axis=3) == pytest.approx(model.settings.unknown_dose)
        assert unknown.tolist() == [[8.0] * 5]
