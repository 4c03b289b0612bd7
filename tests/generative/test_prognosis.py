"""What must never happen in forecasts, foundations and advice on scans, whoever the lifter is."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.facts.values import Facts, Known
from liftback.knowledge.entries import Level
from liftback.reasoning.foundations import GOOD, UNKNOWN, foundations
from liftback.reasoning.imaging import imaging
from liftback.reasoning.not_to_do import not_to_do
from liftback.reasoning.slows_recovery import slows_recovery
from liftback.reasoning.time_words import YEAR, span_words
from liftback.reasoning.timeline import OUTCOMES, course, timeline
from liftback.reasoning.triage import triage
from tests.generative.stories import KNOWLEDGE, fact, lifters

CALM = settings(max_examples=25, deadline=None, derandomize=True, database=None)
ELAPSED = (*range(0, 120, 3), *range(120, 1000, 40))
CAP = KNOWLEDGE.parameters["timeline.multiplier_cap"].numbers
# A mixture of settings may bend a curve by less than anybody could tell.
TOLERANCE = 0.005
DATE = re.compile(
    r"\b(\d{4}-\d\d|\d{1,2}[./]\d{1,2}|(in|after|within|on) (exactly )?\d+ days)\b|january|february|april"
)


def triaged(facts: Facts) -> Facts:
    return facts.adding({"finding.triage": Known(value=triage(facts, KNOWLEDGE).value, source="finding")})


@st.composite
def nearly_clear(draw: st.DrawFn) -> Facts:
    """A lifter with a plain no to every warning sign but two at most: where advice on scans can turn."""
    gates = draw(st.lists(st.sampled_from(sorted(KNOWLEDGE.gate_questions)), max_size=2, unique=True))
    odd = {gate: draw(fact(KNOWLEDGE.questions[gate])) for gate in gates}
    plain = {gate: Known(value="no") for gate in KNOWLEDGE.gate_questions}
    return draw(lifters()).adding({**plain, **odd})


@given(lifters())
@CALM
def test_ranges_are_nested_ordered_and_never_one_day(facts: Facts) -> None:
    for outcome in timeline(facts, KNOWLEDGE).outcomes:
        (wide_low, wide_high), (low, high) = outcome.most, outcome.half
        assert 1 <= wide_low <= low <= YEAR
        assert high is None or low < high <= YEAR
        assert wide_high is None or (high is not None and high <= wide_high)
        assert outcome.middle is None or low <= outcome.middle <= (high or YEAR)
        assert 0 < outcome.not_within_year < 1


@given(lifters())
@CALM
def test_no_forecast_names_a_day_or_sounds_sure(facts: Facts) -> None:
    forecast = timeline(facts, KNOWLEDGE)
    assert not [said.text for said in forecast.said if DATE.search(said.text.lower())]
    assert not [said.text for said in forecast.said if "you will be" in said.text.lower()]
    assert all(" to " in span_words(*one.half) or "longer" in span_words(*one.half) for one in forecast.outcomes)


@pytest.mark.parametrize("outcome", OUTCOMES)
@given(
    elapsed=st.floats(0, 900),
    days=st.integers(1, YEAR),
    slower=st.floats(*CAP),
    faster=st.floats(*CAP),
)
@CALM
def test_a_higher_rate_is_never_later(outcome: str, elapsed: float, days: int, slower: float, faster: float) -> None:
    slower, faster = sorted((slower, faster))
    left = [course(outcome, elapsed, rate, KNOWLEDGE).not_yet(days) for rate in (slower, faster)]
    assert left[1] <= left[0] + TOLERANCE


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("multiplier", [CAP[0], 0.7, 1.0, 1.5, CAP[1]])
def test_more_days_passed_never_brighten_the_year_ahead(outcome: str, multiplier: float) -> None:
    reach = KNOWLEDGE.parameters.get(f"timeline.{outcome}_reach")
    days = [day for day in ELAPSED if reach is None or day <= reach.number]
    shares = [course(outcome, day, multiplier, KNOWLEDGE).not_yet(YEAR) for day in days]
    steps = zip(days[1:], shares[1:], shares, strict=False)
    assert [day for day, now, before in steps if now < before - TOLERANCE] == []


@given(lifters(), st.data())
@CALM
def test_a_fact_taken_away_moves_a_forecast_by_its_own_part_only(facts: Facts, data: st.DataObject) -> None:
    whole = timeline(facts, KNOWLEDGE)
    name = data.draw(st.sampled_from(["low_mood", "expects_persistence", "compensation", "age"]))
    less = timeline(facts.without(name), KNOWLEDGE)
    kept = [reason for reason in whole.factors if reason in less.factors]
    assert list(less.factors) == kept
    assert name in less.not_known


@given(nearly_clear(), st.data())
@CALM
def test_no_answer_taken_away_turns_scan_advice_round(facts: Facts, data: st.DataObject) -> None:
    with_all = imaging(triaged(facts), KNOWLEDGE).value
    names = [name for name in sorted(facts) if name not in KNOWLEDGE.gate_questions or facts.value(name) != "no"]
    name = data.draw(st.sampled_from(names))
    without = imaging(triaged(facts.without(name)), KNOWLEDGE).value
    assert {with_all, without} != {"now", "not_now"}
    if with_all == "clinician_decides":
        assert without != "not_now"


@given(nearly_clear())
@CALM
def test_scans_are_spoken_against_only_when_every_warning_sign_is_answered(facts: Facts) -> None:
    whole = triaged(facts)
    against = [one.id for one in not_to_do(whole, KNOWLEDGE).said if "scans_first" in one.id]
    result = triage(facts, KNOWLEDGE)
    if imaging(whole, KNOWLEDGE).value != "not_now" or result.unresolved or result.level > Level.routine:
        assert against == []


@given(lifters(), st.data())
@CALM
def test_the_foundations_score_rests_on_what_is_known(facts: Facts, data: st.DataObject) -> None:
    whole = foundations(facts, KNOWLEDGE)
    known = [item for item in whole.items if item.state != UNKNOWN]
    weight = {item.id: KNOWLEDGE.number(f"foundations.weight_{item.id}") for item in known}
    assert whole.known == len(known)
    if whole.value is not None:
        good = sum(weight[item.id] for item in known if item.state == GOOD)
        assert whole.value == round(100 * good / sum(weight.values()))
    name = data.draw(st.sampled_from(sorted(facts)))
    before = {item.id: item.state for item in whole.items}
    after = {item.id: item.state for item in foundations(facts.without(name), KNOWLEDGE).items}
    assert all(after[one] in (before[one], UNKNOWN) for one in before)


@given(lifters(), st.data())
@CALM
def test_taking_a_fact_away_adds_no_item(facts: Facts, data: st.DataObject) -> None:
    whole, name = triaged(facts), data.draw(st.sampled_from(sorted(facts)))
    less = whole.without(name)
    assert set(slows_recovery(less, KNOWLEDGE).value) <= set(slows_recovery(whole, KNOWLEDGE).value)
    assert set(not_to_do(less, KNOWLEDGE).value) <= set(not_to_do(whole, KNOWLEDGE).value)
