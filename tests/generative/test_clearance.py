"""Clearance on random records: taking away never meets a criterion, and a red exposure never clears."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.clearance import Clearance, Signature, clearance, lift_answer
from liftback.plans.record import Done, Judged, Record

KNOWLEDGE = plan_knowledge(load_knowledge())
TODAY = date(2026, 11, 25)
LIFTS = ("deadlift", "squat")
PAIN = st.sampled_from([0.0, 1.0, 2.0, 4.0])
MOSTLY = {"pain_before": (1.0, 0.0), "pain_during": (1.0, 2.0, 3.0), "pain_next_morning": (1.0, 1.0, 2.0)}


@st.composite
def exposures(draw: st.DrawFn, back: int) -> Judged:
    told: dict[str, Fact] = {
        name: Known(value=draw(st.sampled_from(values))) for name, values in MOSTLY.items() if draw(st.integers(0, 9))
    }
    if draw(st.integers(0, 9)):
        told["settled"] = Known(value=draw(st.sampled_from(["at_once", "at_once", "same_day", "longer"])))
    done = Done(
        day=TODAY - timedelta(days=back),
        lift=draw(st.sampled_from(LIFTS)),
        told=Facts(told),
        effort=draw(st.sampled_from([6.0, 8.0, 8.0, 9.0, None])),
    )
    return Judged(
        done=done,
        light=draw(st.sampled_from(["green", "green", "green", "green", "amber", "red", None])),
        level=5,
        share=draw(st.sampled_from([0.5, 0.75, 0.9, 0.9, 0.95, None])),
        own_lift=draw(st.sampled_from([True, True, True, False])),
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Record, Facts, Diary]:
    backs = sorted(draw(st.lists(st.integers(0, 40), max_size=12)), reverse=True)
    record = Record(judged=tuple(draw(exposures(back)) for back in backs))
    facts: dict[str, Fact] = {name: Known(value="no") for name in KNOWLEDGE.known.gate_questions}
    facts |= {"bends_fully": Known(value="yes"), "names_flare_plan": Known(value="yes")}
    facts |= {"nerve_signs_now": Known(value=draw(st.sampled_from(["no", "improving", "present"])))}
    facts |= {"sex": Known(value="male"), "sorensen_seconds": Known(value=draw(st.sampled_from([60.0, 120.0])))}
    facts |= {
        "side_plank_left": Known(value=60.0),
        "side_plank_right": Known(value=draw(st.sampled_from([60.0, 40.0]))),
    }
    for lift in LIFTS:
        for question in ("lift_confidence", "lift_function"):
            facts[lift_answer(question, lift)] = Known(value=draw(st.sampled_from([4.0, 8.0, 9.0])))
    pains = draw(st.lists(PAIN, min_size=7, max_size=9))
    days = [DiaryDay(day=TODAY - timedelta(days=back), pain=pain) for back, pain in enumerate(pains)]
    return record, Facts(facts), Diary(days=tuple(reversed(days)))


def judge(record: Record, facts: Facts, diary: Diary, signed: Signature | None = None) -> Clearance:
    return clearance(
        record, facts, diary, LIFTS, signed, today=TODAY, triage_level=Level.self_manage, knowledge=KNOWLEDGE
    )


def met(result: Clearance) -> set[tuple[str, str]]:
    every = (*(one for lift in result.lifts for one in lift.criteria), *result.overall)
    return {(one.id, one.lift) for one in every if one.met is True}


def thinner(data: st.DataObject, record: Record, facts: Facts, diary: Diary) -> tuple[Record, Facts, Diary]:
    """The same case with one thing not told."""
    what = data.draw(st.sampled_from(["fact", "day", *(["told", "share", "effort", "light"] if record.judged else [])]))
    if what == "fact":
        return record, facts.without(data.draw(st.sampled_from(sorted(facts)))), diary
    if what == "day":
        lost = data.draw(st.sampled_from(range(len(diary.days))))
        days = (day for place, day in enumerate(diary.days) if place != lost)
        return record, facts, Diary(days=tuple(days))
    place = data.draw(st.sampled_from(range(len(record.judged))))
    one = record.judged[place]
    if what == "told" and one.done.told.entries:
        name = data.draw(st.sampled_from(sorted(one.done.told)))
        one = replace(one, done=replace(one.done, told=one.done.told.without(name)))
    elif what == "effort":
        one = replace(one, done=replace(one.done, effort=None))
    elif what == "share":
        one = replace(one, share=None)
    else:
        one = replace(one, light=None)
    return Record(judged=(*record.judged[:place], one, *record.judged[place + 1 :])), facts, diary


@settings(max_examples=400, deadline=None, derandomize=True)
@given(cases(), st.data())
def test_taking_a_fact_away_never_meets_a_criterion(case: tuple[Record, Facts, Diary], data: st.DataObject) -> None:
    before = judge(*case)
    after = judge(*thinner(data, *case))
    assert met(after) <= met(before)
    assert not (after.cleared and not before.cleared)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(cases(), st.sampled_from(LIFTS), st.sampled_from(["therapist", "lifter"]))
def test_a_red_exposure_never_clears(case: tuple[Record, Facts, Diary], lift: str, by: str) -> None:
    record, facts, diary = case
    signed = Signature(by=by, name="A. B.", day=TODAY)
    red = Judged(done=Done(day=TODAY, lift=lift, effort=8.0), light="red", level=5, share=0.95, own_lift=True)
    result = judge(Record(judged=(*record.judged, red)), facts, diary, signed)
    assert not result.cleared
    assert met(result) <= met(judge(record, facts, diary))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(cases(), st.sampled_from([None, "therapist", "lifter"]))
def test_never_cleared_without_a_name_and_every_open_one_is_listed(
    case: tuple[Record, Facts, Diary], by: str | None
) -> None:
    signed = Signature(by=by, name="A. B.", day=TODAY) if by else None
    result = judge(*case, signed)
    assert result.signature == signed
    assert not (result.cleared and (signed is None or result.open))
    headline = " ".join(one.text for one in result.headline)
    assert all(one.name in headline for one in result.open)
    every = (*(one for lift in result.lifts for one in lift.criteria), *result.overall)
    assert {one.id for one in every if not one.optional and one.met is not True} == {one.id for one in result.open}
