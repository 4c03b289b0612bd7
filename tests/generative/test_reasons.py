"""Every conclusion carries its reasons: each is a fact of this lifter or a number we hold true, and they suffice."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from hypothesis import given, settings

from liftback.facts.values import Facts, Known
from liftback.knowledge.entries import Level
from liftback.reasoning.findings import Reason
from liftback.reasoning.irritability import irritability
from liftback.reasoning.triage import triage
from tests.answering import KNOWLEDGE, assessed
from tests.generative.stories import lifters
from tests.generative.test_answers_say import people

FEW = settings(max_examples=30, deadline=None, derandomize=True)
TOPICS = (
    "triage", "presentation", "pattern", "irritability", "category", "sensitivities", "slows_recovery",
    "foundations", "not_to_do", "imaging", "timeline",
)  # fmt: skip


def reasons(value: object) -> Iterator[Reason]:
    """Every reason anywhere in a conclusion."""
    if isinstance(value, Reason):
        yield value
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from reasons(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from reasons(part)


@FEW
@given(people())
def test_every_reason_is_a_fact_of_this_lifter_or_a_number_with_its_source(person: Facts) -> None:
    findings, answers = assessed(person)
    for reason in (*reasons(findings), *(one for answer in answers for one in reasons(answer))):
        assert reason.kind in ("fact", "parameter", "rule"), reason
        assert reason.text
        if reason.kind == "parameter":
            held = KNOWLEDGE.parameters[reason.id].current
            assert (reason.source, reason.locator, reason.certainty) == (held.source, held.locator, held.certainty)
            assert held.source in KNOWLEDGE.references
        if reason.kind == "fact" and reason.id in KNOWLEDGE.questions:
            assert reason.value
            # An unknown fact may be a reason only by saying that it is not known.
            assert person.known(reason.id) or reason.value.startswith("not known"), reason


@FEW
@given(people())
def test_every_conclusion_has_reasons_and_names_what_would_decide_it(person: Facts) -> None:
    findings, _ = assessed(person)
    for topic in TOPICS:
        found = getattr(findings, topic)
        if found.value not in (None, ()):
            assert found.because, topic
        assert set(found.undecided) <= set(KNOWLEDGE.questions), topic


@FEW
@given(lifters())
def test_the_reasons_of_an_alarm_alone_give_the_same_level(person: Facts) -> None:
    """Take away all that a fired level does not name: with every other warning sign answered no, it stands."""
    found = triage(person, KNOWLEDGE)
    top = max((one.level for one in found.fired), default=Level.self_manage)
    named = {reason.id for one in found.fired if one.level == top for reason in one.because} | {"contact"}
    quiet = {name: Known(value="no") for name in KNOWLEDGE.gate_questions}
    alone = Facts({**quiet, **{name: person[name] for name in named if person.known(name)}})
    again = triage(alone, KNOWLEDGE)
    assert max((one.level for one in again.fired), default=Level.self_manage) == top


@FEW
@given(lifters())
def test_the_reasons_of_an_irritability_grade_alone_never_give_another(person: Facts) -> None:
    found = irritability(person, KNOWLEDGE)
    named = {reason.id for reason in found.because}
    alone = irritability(Facts({name: person[name] for name in named}), KNOWLEDGE)
    assert alone.value in (found.value, None)
