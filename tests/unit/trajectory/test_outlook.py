"""What a belief says: coverage on a small cohort, milestones by a slow walk, flares, caps, and agreement with NUTS."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench.trajectory import nuts, worlds
from bench.trajectory.scores import scored
from liftback.trajectory import compiled_paths
from liftback.trajectory.cohort import follow_many
from liftback.trajectory.draws import Ahead, Draws, dose_cap, flare_risks
from liftback.trajectory.milestones import DAILY, REACH, WEEK, WEEKS, Criteria, days_to
from liftback.trajectory.outlook import LEVELS, usual_asking
from liftback.trajectory.random_numbers import seeded_numbers
from tests.unit.trajectory.small_cohort import MODEL, lifters

CRITERIA = Criteria(calm=1.0, score_days=7, trend_days=14, room=2.0, after_days=3)

pytestmark = pytest.mark.xdist_group("compiled")


def test_ranges_cover_on_a_small_cohort() -> None:
    count = 400
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


def draws(count: int = 2, samples: int = 24) -> Draws:
    rng = np.random.default_rng(8)
    rest = rng.normal(size=(count, samples, 6))
    rest[..., 0] = rng.uniform(0, 4, size=(count, samples))
    rest[..., 2] = rng.uniform(0, 2, size=(count, samples))
    rest[..., 3] = rng.uniform(-1, 2, size=(count, samples))
    return Draws(
        rest=rest,
        kernel=rng.uniform(0, 0.8, size=(count, samples, 8)),
        noise=rng.uniform(0.5, 1.2, size=(count, samples)),
        drift=rng.uniform(0.02, 0.15, size=(count, samples)),
        days=rng.uniform(8, 90, size=(count, samples)),
        power=np.zeros((count, samples), dtype=np.intp),
    )


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
    # Single precision may tip a score that lies on the very border.
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
    loose = days_to(given, cycle, CRITERIA, MODEL, normals)
    strict = days_to(given, cycle, replace(CRITERIA, calm=0.5, room=1.5), MODEL, normals)
    assert (strict >= loose).all()


def ahead() -> Ahead:
    given = draws(3, 64)
    return Ahead(
        rest=np.repeat(given.rest[..., :1], 3, axis=2),
        answer=given.kernel[..., :3],
        spread=given.noise,
        power=given.power,
    )


def test_the_flare_risk_rises_with_the_dose() -> None:
    doses = np.tile(np.linspace(0, 3, 13), (3, 1))
    risks = flare_risks(ahead(), np.full(3, 2.0), doses, MODEL, 2.0).mean(axis=1)
    assert (np.diff(risks, axis=1) >= 0).all()
    assert ((risks >= 0) & (risks <= 1)).all()


def test_where_the_scale_has_no_room_there_is_no_flare() -> None:
    assert (flare_risks(ahead(), np.full(3, 9.0), np.ones((3, 1)), MODEL, 2.0) == 0).all()


def test_the_cap_keeps_its_promise_and_never_leaves_the_ladder() -> None:
    ladder = np.tile(np.linspace(0, 2, 13), (3, 1))
    risks = flare_risks(ahead(), np.full(3, 2.0), ladder, MODEL, 2.0)
    cap = dose_cap(ladder, risks, 0.05, 0.1)
    assert ((cap >= 0) & (cap <= 2)).all()
    at_cap = flare_risks(ahead(), np.full(3, 2.0), cap[:, None], MODEL, 2.0)[..., 0]
    extra = at_cap - risks[..., 0]
    assert (extra.mean(axis=1) <= 0.052).all()
    assert ((extra > 0.055).mean(axis=1) <= 0.15).all()
    assert (dose_cap(ladder, np.zeros_like(risks), 0.05, 0.1) == 2).all()


def test_the_cap_is_never_beyond_what_recent_training_shows() -> None:
    cohort = lifters(60)
    outlook = follow_many(cohort.pain, cohort.dose, persistent=cohort.persistent, plan=9.0, compiled=True)
    largest = cohort.dose[:, -28:].max(axis=1)
    assert (outlook.cap <= 1.2 * largest + 1e-9).all()
    assert not outlook.within_reach.any()


@pytest.mark.parametrize("plan", [np.nan, -2.0, 0.0])
def test_a_plan_that_is_none_is_the_risk_at_rest(plan: float) -> None:
    cohort = lifters(60)
    outlook = follow_many(cohort.pain, cohort.dose, persistent=cohort.persistent, plan=plan, compiled=True)
    assert outlook.flare_plan == pytest.approx(outlook.flare_rest)


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
    outlook = follow_many(pain, np.full(pain.shape, dose), None, events, True, 1.0, compiled=True)
    for name in outlook.__dataclass_fields__:
        values = np.asarray(getattr(outlook, name), dtype=np.float64)
        assert not np.isnan(values).any(), name
        assert name == "milestones" or np.isfinite(values).all(), name
    assert outlook.patterns.sum(axis=1) == pytest.approx(1)
    assert (np.diff(outlook.felt, axis=1) >= 0).all()
    assert outlook.felt.shape[1] == len(LEVELS)


def test_off_the_scale_is_the_same_as_not_written() -> None:
    written = np.full((1, 30), 4.0)
    broken, missing = written.copy(), written.copy()
    broken[0, 3:6], missing[0, 3:6] = [11, -1, np.inf], np.nan
    one, other = (follow_many(pain, np.ones((1, 30)), compiled=True) for pain in (broken, missing))
    assert one.felt == pytest.approx(other.felt)


def test_scores_repeated_by_habit_are_found_and_hold_the_pattern_back() -> None:
    from liftback.trajectory.compiled import filter_diaries  # noqa: PLC0415
    from liftback.trajectory.filtering import repeated_share  # noqa: PLC0415
    from tests.unit.trajectory.small_cohort import arrays  # noqa: PLC0415

    sticky, free = (worlds.simulate(name, 80, 70, MODEL, np.random.default_rng(2)) for name in ("weekly", "own"))
    many, few = (repeated_share(filter_diaries(arrays(one), MODEL), MODEL).mean() for one in (sticky, free))
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
