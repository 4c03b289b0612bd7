"""What a belief says: coverage on a small cohort, milestones by a slow walk, and agreement with NUTS."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from bench.trajectory import nuts, worlds
from bench.trajectory.scores import scored
from liftback.trajectory import compiled, compiled_paths
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.draws import Draws, draw
from liftback.trajectory.filtering import filter_diaries, nodes_of, repeated_share, start
from liftback.trajectory.milestones import DAILY, REACH, WEEK, WEEKS, Criteria, days_to
from liftback.trajectory.mixtures import moments
from liftback.trajectory.model import KERNEL, LAGS
from liftback.trajectory.outlook import LEVELS, USUAL_DAYS, _cycle, _usual, _windows, node_numbers, usual_asking
from liftback.trajectory.patterns import pattern_mixture
from liftback.trajectory.random_numbers import DRAWS, seeded_numbers
from tests.unit.trajectory.small_cohort import MODEL, arrays, draws, lifters

CRITERIA = Criteria(calm=1.0, score_days=7, trend_days=14, room=2.0, after_days=3)

pytestmark = pytest.mark.xdist_group("compiled")


def test_ranges_cover_on_a_small_cohort() -> None:
    count = 300
    cohort = lifters(count, 56, 12)
    outlook = follow_many(
        cohort.pain, cohort.dose, cohort.feelings, cohort.events, cohort.persistent, cohort.plan, compiled=True
    )
    found = scored(cohort, outlook, np.random.default_rng(1))
    # A binomial margin: this many lifters miss by chance alone no more than once in two thousand runs.
    margin = 3.5 * (0.8 * 0.2 / count) ** 0.5
    for name in ("baseline", "felt", "trend_days", "score_days"):
        assert getattr(found, name)[:, 1].mean() == pytest.approx(0.8, abs=margin + 0.02), name
    assert found.kernel[:, 1].mean() == pytest.approx(0.8, abs=margin + 0.02)
    assert (found.called == found.pattern).mean() > 0.75
    seen = np.isfinite(found.excess)
    assert (found.excess[seen] > 0.05).mean() < 0.17


def test_the_filter_agrees_with_a_long_run_of_nuts() -> None:
    found = nuts.compare()
    apart = [found[name]["apart_mean"] for name in ("level", "felt", "kernel")]
    assert sum(apart) / len(apart) <= 0.1
    for name, row in found.items():
        assert 0.95 <= row["sd_ratio_mean"] <= 1.05, name


@pytest.mark.parametrize("days", [0, 40])
def test_draws_together_have_the_moments_of_their_mixture(days: int) -> None:
    given = arrays(lifters(4))
    belief = start(given.persistent, nodes_of(given.persistent, MODEL), MODEL)
    if days:
        belief = filter_diaries(replace(given, pain=given.pain[:, :days]), MODEL)
    mixture, nodes = pattern_mixture(belief, MODEL), node_numbers(given.persistent, MODEL)
    drawn = draw(mixture, nodes, seeded_numbers(3, 8192).state)
    along = np.linspace(-1, 1, KERNEL + LAGS)
    mean, spread = mixture.along(along[:KERNEL], np.tile(along[KERNEL:], (*mixture.weight.shape[:2], 1)))
    middle, width = moments(*(part.reshape(4, -1) for part in (mixture.weight, mean, spread)))
    found = drawn.rest @ along[:KERNEL] + drawn.kernel @ along[KERNEL:]
    assert found.mean(axis=1) == pytest.approx(middle, abs=0.05)
    assert found.std(axis=1) == pytest.approx(width, rel=0.03)
    if not days:
        median, log_sd = (np.array([MODEL.priors.course(bool(kind)).days for kind in given.persistent])).T
        assert np.exp(np.log(drawn.days).mean(axis=1)) == pytest.approx(median, rel=0.06)
        assert np.log(drawn.days).std(axis=1) == pytest.approx(log_sd, rel=0.06)
        assert (drawn.power == 0).mean(axis=1) == pytest.approx(MODEL.priors.powers[0][1], abs=0.01)


@pytest.mark.parametrize("days", [28, 17])
def test_the_usual_training_and_its_week_are_means_of_what_each_day_saw(days: int) -> None:
    doses = np.random.default_rng(5).uniform(0, 1.4, size=(2, USUAL_DAYS + LAGS - 1))
    windows = _windows(np.stack([doses, doses**2.5], axis=2))
    given = replace(draws(), power=np.tile([0, 1], (2, 12)))
    cycle, usual = _cycle(given, windows, np.full(2, days)), _usual(windows, np.full(2, days))
    last = doses.shape[1] - 1
    for one, (power, exponent) in product(range(2), enumerate((1.0, 2.5))):
        seen = np.array([[doses[one, last - back - lag] ** exponent for lag in range(LAGS)] for back in range(days)])
        assert usual[one, power] == pytest.approx(seen.mean(axis=0))
        for coming in range(WEEK):
            # The days of the same weekday as the one to come, counted back from the last.
            same = seen[WEEK - 1 - coming :: WEEK]
            assert cycle[one, power, coming] == pytest.approx(same.mean(axis=0) @ given.kernel[one, power])


def walked_slowly(given: Draws, cycle: np.ndarray, normals: np.ndarray, one: int, sample: int) -> list[float]:
    """One draw carried forward with plain loops."""
    level, asymptote = given.rest[one, sample, 0], given.rest[one, sample, 3]
    keep, drift = 1 - 1 / given.days[one, sample], given.drift[one, sample]
    peak = max(given.kernel[one, sample, :4].max(), 0)
    runs, found = [0, 0, 0], [np.inf] * 3
    for step in range(DAILY + WEEKS):
        days = 1 if step < DAILY else WEEK
        scale = drift * (sum(keep ** (2 * back) for back in range(days))) ** 0.5
        level = asymptote + (level - asymptote) * keep**days + scale * normals[step, sample, 0]
        last = step + 1 if step < DAILY else DAILY + (step - DAILY + 1) * WEEK
        pain = level + given.rest[one, sample, 2] * np.exp(-last / MODEL.priors.event_days)
        for back in range(days):
            day = last - days + 1 + back
            score = (
                pain + cycle[one, sample, (day - 1) % WEEK] + given.noise[one, sample] * normals[step, sample, 1 + back]
            )
            for which, there in enumerate((score < 1.5, level <= 1, pain <= 2 - peak)):
                runs[which] = runs[which] + 1 if there else 0
                if runs[which] >= (7, 14, 1)[which] and np.isinf(found[which]):
                    found[which] = day
    return found


def test_milestones_are_those_of_a_slow_walk() -> None:
    given, normals = draws(), seeded_numbers(1, 24).paths
    cycle = np.random.default_rng(9).uniform(0, 0.5, size=(2, 24, WEEK))
    quick = days_to(given, cycle, CRITERIA, MODEL, normals)
    slow = np.array([[walked_slowly(given, cycle, normals, one, s) for s in range(24)] for one in range(2)])
    # Beyond, single precision may tip a score that lies on the very border.
    near = (quick <= DAILY) | (slow <= DAILY)
    assert 0.2 < near.mean() < 0.9
    assert (quick == slow)[near].all()
    assert (quick == slow).mean() > 0.97
    assert (compiled_paths.days_to(given, cycle, CRITERIA, MODEL, normals) == quick).all()
    assert quick[np.isfinite(quick)].max() <= REACH


def test_who_is_calm_already_is_there_as_soon_as_can_be() -> None:
    given = draws()
    rest = given.rest.copy()
    rest[..., :4] = -3.0
    calm = replace(given, rest=rest, drift=np.full_like(given.drift, 0.01))
    found = days_to(calm, np.zeros((2, 24, WEEK)), CRITERIA, MODEL, seeded_numbers(1, 24).paths)
    assert (found[..., 1] == 14).all()
    assert (found[..., 2] == 1).all()


def test_a_stricter_criterion_is_never_met_sooner() -> None:
    given, normals = draws(), seeded_numbers(1, 24).paths
    cycle = np.zeros((2, 24, WEEK))
    rungs = [replace(CRITERIA, calm=calm, room=calm + 1) for calm in (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)]
    found = np.array([days_to(given, cycle, rung, MODEL, normals) for rung in rungs])
    assert (found[:-1] >= found[1:]).all()
    assert (found[0] > found[-1]).any(axis=(0, 1)).all()


def test_what_is_not_within_a_year_adds_up() -> None:
    cohort = lifters()
    outlook = follow_many(cohort.pain, cohort.dose, persistent=cohort.persistent, compiled=True)
    assert ((outlook.never + outlook.at_once) <= 1).all()
    assert (np.diff(outlook.milestones.clip(max=1e9), axis=2) >= 0).all()
    # A quantile lies beyond the year exactly where the share that never gets there reaches down to it.
    places = np.floor(np.array(LEVELS) * DRAWS) / DRAWS
    assert (np.isinf(outlook.milestones) == (places >= 1 - outlook.never[..., None] - 1e-9)).all()
    assert outlook.milestones[np.isfinite(outlook.milestones)].max() <= REACH


def test_scores_repeated_by_habit_are_found() -> None:
    sticky, free = (worlds.simulate(name, 80, 70, MODEL, np.random.default_rng(2)) for name in ("weekly", "own"))
    many, few = (repeated_share(compiled.filter_diaries(arrays(one), MODEL), MODEL).mean() for one in (sticky, free))
    assert many > 0.15
    assert few < 0.08


def test_one_generator_one_answer() -> None:
    cohort = lifters(60)
    first, second = (
        follow_many(cohort.pain[:4], cohort.dose[:4], generator=np.random.default_rng(5), compiled=False)
        for _ in range(2)
    )
    assert np.array_equal(first.milestones, second.milestones)
    assert usual_asking() is usual_asking()
