"""What must never happen in triage, over random lifters."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from liftback.facts.masks import encode
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.entries import Level
from liftback.reasoning.triage import choice_of, triage, unresolved_level
from liftback.reasoning.triage_many import triage_columns, triage_many
from tests.generative.stories import KNOWLEDGE, lifters

FEW = settings(max_examples=80, deadline=None, derandomize=True)
GATES = tuple(KNOWLEDGE.gates)


@FEW
@given(lifters(), st.data())
def test_taking_a_fact_away_never_lowers_the_level(person: Facts, data: st.DataObject) -> None:
    """The only facts whose loss may lower a level are the alarms themselves; a gate then stays unresolved."""
    name = data.draw(st.sampled_from(sorted(person)))
    before = triage(person, KNOWLEDGE)
    after = triage(person.without(name), KNOWLEDGE)
    alarms = {reason.id for one in before.fired for reason in one.because} | {"contact"}
    if name in GATES and choice_of(name, person, KNOWLEDGE) is not None:
        assert name in after.unresolved
        assert after.level >= unresolved_level(name, KNOWLEDGE)
    if name not in alarms:
        assert after.level >= before.level, name


@FEW
@given(lifters())
def test_self_manage_needs_an_answer_to_every_gate(person: Facts) -> None:
    found = triage(person, KNOWLEDGE)
    if found.level is Level.self_manage:
        assert person.known("age"), "an age can call for days or weeks by itself"
        assert all(choice_of(gate, person, KNOWLEDGE) is not None for gate in GATES)
    for gate in found.unresolved:
        assert found.level >= unresolved_level(gate, KNOWLEDGE)


@FEW
@given(lifters(), st.data())
def test_nothing_said_beside_an_alarm_lowers_it(person: Facts, data: st.DataObject) -> None:
    """An emergency or same-day choice stays, whatever else is answered."""
    gate = data.draw(st.sampled_from(GATES))
    question = KNOWLEDGE.questions[gate]
    choice = data.draw(st.sampled_from([choice for choice in question.choices if choice.level is not None]))
    assume(choice.level is not None and choice.level >= Level.same_day)
    found = triage(person.adding({gate: Known(value=choice.id)}), KNOWLEDGE)
    assert choice.level is not None
    assert found.level >= choice.level


@FEW
@given(lifters())
def test_every_level_says_what_to_do_and_carries_reasons(person: Facts) -> None:
    found = triage(person, KNOWLEDGE)
    assert found.because
    for lines in (found.actions.do, found.actions.say, found.actions.do_not, found.safety_net.watch_for):
        assert lines
        assert all(lines)
    net = found.safety_net
    assert net.when
    assert net.where
    assert net.expected_course
    assert net.may_come_later


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(lifters(), min_size=1, max_size=12))
def test_many_at_once_is_the_same_as_one_by_one(people: list[Facts]) -> None:
    columns = encode(people, KNOWLEDGE.questions, triage_columns(KNOWLEDGE))
    together = triage_many(columns, KNOWLEDGE)
    assert together.tolist() == [int(triage(person, KNOWLEDGE).level) for person in people]


def test_nobody_known_is_never_self_manage() -> None:
    assert triage(Facts({}), KNOWLEDGE).level >= Level.same_day
    assert triage_many({"age": np.array([np.nan, 30.0])}, KNOWLEDGE).min() >= Level.same_day


@pytest.mark.parametrize(
    ("numbness", "level"),
    [
        (Known(value="no"), Level.self_manage),
        (Known(value="one_leg_spreading"), Level.same_day),
        (Unknown(why="not sure"), Level.within_days),
        (Unknown(why="skipped"), Level.within_days),
        (Unknown(), Level.self_manage),
    ],
    ids=["no", "spreading", "not sure", "skipped", "never asked"],
)
def test_a_further_question_of_a_gate_leaves_no_gate_open_but_not_sure_is_not_no(numbness: Fact, level: Level) -> None:
    person = Facts({**{gate: Known(value="no") for gate in GATES}, "age": Known(value=30.0), "leg_numbness": numbness})
    found = triage(person, KNOWLEDGE)
    assert found.level is level
    assert found.unresolved == ()
    assert ("leg_numbness" in found.undecided) is isinstance(numbness, Unknown)
    columns = encode([person], KNOWLEDGE.questions, triage_columns(KNOWLEDGE))
    assert triage_many(columns, KNOWLEDGE).tolist() == [int(level)]
