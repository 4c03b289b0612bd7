"""How long: the published tables, what moves a forecast, what is held back, and the words for a span."""

from __future__ import annotations

import math
import random
from statistics import NormalDist
from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.recovery_curve import Course, CureCurve, LateCurve, late_weight
from liftback.reasoning.time_words import YEAR, share_words, span_words
from liftback.reasoning.timeline import Timeline, course, timeline

KNOWLEDGE = load_knowledge()
PAIN_FREE = CureCurve(ever=0.760, middle=3.636, width=1.169)
DAILY_LIFE = CureCurve(ever=0.849, middle=3.188, width=1.278)
LATE = LateCurve(middle=4.172, shape=0.605)
TWO_YEARS = 730


def plain(curve: CureCurve, *, elapsed: float = 0, multiplier: float = 1.0) -> Course:
    """The published curve alone: no late curve, no spread."""
    return Course(early=curve, late=None, elapsed=elapsed, multiplier=multiplier, late_weight=0, spread=0)


def forecast(**given: Any) -> Timeline:
    return timeline(Facts({name.replace("__", "."): Known(value=value) for name, value in given.items()}), KNOWLEDGE)


# days already passed; percent there within 14, 28, 42, 84, 182 and 365 more days (evidence: prognosis, 1.7)
LANDMARKS = [
    (PAIN_FREE, 14, (18, 30, 39, 53, 65, 70)),
    (PAIN_FREE, 42, (12, 21, 28, 40, 51, 57)),
    (PAIN_FREE, 84, (7, 13, 17, 26, 36, 41)),
    (PAIN_FREE, 182, (2, 5, 6, 10, 16, 19)),
    (DAILY_LIFE, 14, (25, 39, 49, 63, 73, 77)),
    (DAILY_LIFE, 42, (15, 25, 33, 46, 57, 63)),
    (DAILY_LIFE, 84, (8, 15, 19, 29, 39, 45)),
    (DAILY_LIFE, 182, (3, 5, 7, 11, 17, 21)),
]


@pytest.mark.parametrize(("curve", "elapsed", "percents"), LANDMARKS)
def test_the_landmark_table(curve: CureCurve, elapsed: int, percents: tuple[int, ...]) -> None:
    path = plain(curve, elapsed=elapsed)
    found = [100 * (1 - path.not_yet(days)) for days in (14, 28, 42, 84, 182, 365)]
    assert found == pytest.approx(percents, abs=1.0)


# multiplier; days until a quarter, half and three quarters are there; percent there at 12 weeks and at a year
MULTIPLIERS = [
    (PAIN_FREE, 1.5, (16, 37, 99), 72, 87),
    (PAIN_FREE, 1.0, (23, 61, 509), 57, 74),
    (PAIN_FREE, 0.6, (38, 171, None), 40, 55),
    (PAIN_FREE, 0.4, (64, None, None), 29, 42),
    (DAILY_LIFE, 1.5, (8, 20, 49), 84, 93),
    (DAILY_LIFE, 1.0, (12, 32, 111), 71, 83),
    (DAILY_LIFE, 0.6, (21, 73, None), 52, 66),
    (DAILY_LIFE, 0.4, (34, 266, None), 39, 51),
]


@pytest.mark.parametrize(("curve", "multiplier", "days", "twelve_weeks", "year"), MULTIPLIERS)
def test_the_multiplier_table(
    curve: CureCurve, multiplier: float, days: tuple[int | None, ...], twelve_weeks: int, year: int
) -> None:
    path = plain(curve, multiplier=multiplier)
    assert 100 * (1 - path.not_yet(84)) == pytest.approx(twelve_weeks, abs=1.0)
    assert 100 * (1 - path.not_yet(YEAR)) == pytest.approx(year, abs=1.0)
    for share, expected in zip((0.25, 0.5, 0.75), days, strict=True):
        found = path.days_until(share, TWO_YEARS)
        assert found is None if expected is None else found == pytest.approx(expected, rel=0.02, abs=1.5)


def test_the_late_curve_alone_gives_its_published_shares() -> None:
    late = Course(early=PAIN_FREE, late=LATE, elapsed=182, multiplier=1, late_weight=1, spread=0)
    assert [round(100 * (1 - late.not_yet(days))) for days in (182, 365)] == [25, 38]


@pytest.mark.parametrize(("elapsed", "weight"), [(0, 0), (42, 0), (63, 0.25), (84, 0.5), (400, 0.5)])
def test_the_late_curve_counts_more_from_six_to_twelve_weeks(elapsed: int, weight: float) -> None:
    assert late_weight(elapsed, begin=42, full=84, share=0.5) == weight


@pytest.mark.parametrize("outcome", ["pain_free", "daily_life"])
@pytest.mark.parametrize(("elapsed", "multiplier"), [(0, 1.0), (10, 0.5), (84, 1.5), (200, 0.8)])
def test_a_crowd_drawn_one_by_one_agrees(outcome: str, elapsed: int, multiplier: float) -> None:
    path = course(outcome, elapsed, multiplier, KNOWLEDGE)
    draw = random.Random(f"{outcome} {elapsed} {multiplier}")  # noqa: S311 - a crowd, not a secret
    for days in (14, 84, 365):
        assert 1 - path.not_yet(days) == pytest.approx(there_within(path, days, draw), abs=0.015)


def there_within(path: Course, days: int, draw: random.Random, people: int = 14_000) -> float:
    """The slow twin: people drawn one by one, each with a setting of their own; the share there in time."""
    assert path.late is not None
    shares = []
    for curve in (path.early, path.late):
        times = [drawn_day(curve, path, draw) for _ in range(people)]
        still = [day for day in times if day > path.elapsed]
        shares.append(sum(day <= path.elapsed + days for day in still) / len(still))
    return (1 - path.late_weight) * shares[0] + path.late_weight * shares[1]


def drawn_day(curve: CureCurve | LateCurve, path: Course, draw: random.Random) -> float:
    """The day on which one person is there, found by turning the curve round."""
    there, shift = 1 - draw.random(), draw.gauss(0, path.spread)
    in_this_setting = 1 / (1 + math.exp(-(math.log(there / (1 - there)) - shift))) if there < 1 else 1.0
    base = 1 - (1 - in_this_setting) ** (1 / path.multiplier)
    if isinstance(curve, LateCurve):
        return math.exp(curve.middle + math.log(base / (1 - base)) / curve.shape)
    if base >= curve.ever:
        return math.inf
    return math.exp(curve.middle + curve.width * NormalDist().inv_cdf(base / curve.ever))


# what is said; the way the ranges move
MOVES = [
    ({"pain_worst": 10.0}, "later"),
    ({"pain_worst": 2.0}, "sooner"),
    ({"pain_now": 10.0}, "later"),
    ({"low_mood": 9.0}, "later"),
    ({"low_mood": 0.0}, "sooner"),
    ({"expects_persistence": 9.0}, "later"),
    ({"expects_persistence": 0.0}, "sooner"),
    ({"compensation": "yes"}, "later"),
    ({"compensation": "no"}, "sooner"),
    ({"leg_symptoms": "below_knee"}, "later"),
    ({"leg_symptoms": "above_knee_brief"}, "later"),
    ({"leg_symptoms": "none"}, "sooner"),
    ({"earlier_episodes": "more_than_two"}, "later"),
    ({"earlier_episodes": "one_or_two"}, "sooner"),
    ({"age": 70.0}, "later"),
    ({"age": 20.0}, "sooner"),
]


@pytest.mark.parametrize(("given", "way"), MOVES)
def test_what_moves_a_forecast(given: dict[str, Any], way: str) -> None:
    moved = forecast(**given)
    assert (moved.multiplier < 1) is (way == "later")
    assert f"moves the ranges {way}" in moved.factors[0].value
    assert next(iter(given)) not in moved.not_known


def test_what_is_not_known_moves_nothing_and_is_listed() -> None:
    nothing = forecast()
    assert nothing.multiplier == 1.0
    assert nothing.factors == ()
    assert set(nothing.not_known) == {
        "pain_worst", "low_mood", "expects_persistence", "compensation", "leg_symptoms", "earlier_episodes", "age",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("given", "capped"),
    [
        ({"expects_persistence": 10.0, "low_mood": 10.0, "compensation": "yes", "age": 60.0}, 0.35),
        ({"expects_persistence": 0.0, "low_mood": 0.0, "pain_worst": 0.0, "age": 18.0}, 2.0),
    ],
)
def test_answers_move_a_forecast_only_so_far(given: dict[str, Any], capped: float) -> None:
    assert forecast(**given).multiplier == capped


# days already passed; the outcomes that are forecast
REACH = [
    (0, ["training", "nearly_pain_free", "daily_life", "pain_free"]),
    (42, ["training", "nearly_pain_free", "daily_life", "pain_free"]),
    (43, ["nearly_pain_free", "daily_life", "pain_free"]),
    (84, ["nearly_pain_free", "daily_life", "pain_free"]),
    (85, ["daily_life", "pain_free"]),
    (2000, ["daily_life", "pain_free"]),
]


@pytest.mark.parametrize(("elapsed", "outcomes"), REACH)
def test_nothing_is_borrowed_from_beyond_where_people_were_followed(elapsed: int, outcomes: list[str]) -> None:
    assert [one.id for one in forecast(days_since_onset=float(elapsed)).outcomes] == outcomes


def test_without_an_onset_the_ranges_count_from_the_start_of_the_pain() -> None:
    unknown = forecast()
    assert unknown.undecided == ("onset",)
    assert unknown.days_elapsed is None
    assert all("counted from the start of the pain" in one.text for one in unknown.outcomes)
    assert "from now" in forecast(days_since_onset=3.0).value


def test_an_emergency_has_to_be_seen_before_any_forecast() -> None:
    seen_first = forecast(finding__triage="emergency", days_since_onset=3.0)
    assert seen_first.outcomes == ()
    assert [one.id for one in seen_first.said] == ["timeline.headline_wait"]


def test_a_same_day_check_comes_before_the_ranges() -> None:
    checked_first = forecast(finding__triage="same_day", days_since_onset=3.0)
    assert checked_first.value.startswith("First have this checked today")
    assert checked_first.outcomes


def test_every_forecast_says_that_it_is_borrowed_and_to_ask_again() -> None:
    said = {one.id for one in forecast(days_since_onset=3.0, finding__triage="self_manage").said}
    assert {"timeline.borrowed", "timeline.ask_again", "timeline.comes_back"} <= said


def test_a_long_course_gets_its_own_figure() -> None:
    early = {one.id for one in forecast(days_since_onset=83.0).said}
    late = {one.id for one in forecast(days_since_onset=84.0).said}
    assert "timeline.long_course" in late - early
    assert "timeline.most_gain_early" in early - late


SPANS = [
    (2, 5, "a few days to a week"),
    (3, 21, "a few days to 3 weeks"),
    (7, 50, "about 1 to 8 weeks"),
    (14, 14, "about 2 to 3 weeks"),
    (12, 111, "about 1 week to 4 months"),
    (23, None, "about 3 weeks to longer than a year"),
    (60, 364, "about 8 weeks to a year"),
    (100, 200, "about 3 to 7 months"),
    (300, 350, "about 9 months to a year"),
    (3, None, "a few days to longer than a year"),
    (365, None, "longer than a year"),
]


@pytest.mark.parametrize(("low", "high", "words"), SPANS)
def test_spans_are_rounded_outward_and_never_one_point(low: int, high: int | None, words: str) -> None:
    assert span_words(low, high) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.01, "fewer than 1 in 10"), (0.12, "about 1 in 10"), (0.57, "about 6 in 10"), (0.97, "more than 9 in 10")],
)
def test_shares_in_words(share: float, words: str) -> None:
    assert share_words(share) == words
