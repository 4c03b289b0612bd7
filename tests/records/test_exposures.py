"""What was done, put together from entries: nothing is lost, no sign of danger is taken back, nothing counts twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from liftback.records import read
from liftback.records.models import Entry, Lifter
from liftback.records.read.exposures import asked_again, standing, told_together
from liftback.records.read.inputs import inputs_of
from tests.people import NOW, TODAY, lifter_of, person, story

LEGS = ("no", "as_before", "not_sure", "further", "numb_or_weak")


def row(kind: str, hours: int = 0, day: Any = TODAY, client_id: UUID | None = None, **payload: Any) -> Entry:
    at = NOW + timedelta(hours=hours)
    return Entry(kind=kind, client_id=client_id or uuid4(), day=day, client_time=at, received_at=at, payload=payload)


@pytest.mark.parametrize("first", LEGS)
@pytest.mark.parametrize("later", LEGS)
def test_of_two_answers_on_a_leg_the_worse_one_counts(first: str, later: str) -> None:
    told = told_together({"leg_after": first}, {"leg_after": later})
    assert told["leg_after"] == LEGS[max(LEGS.index(first), LEGS.index(later))]


def test_what_happened_adds_up_and_a_none_takes_nothing_back() -> None:
    told = told_together({"how_it_felt": ["sharp"], "pain_after": 3}, {"how_it_felt": ["none"], "pain_after": ""})
    assert told == {"how_it_felt": ["sharp"], "pain_after": 3}
    assert told_together({"how_it_felt": "rising"}, {"how_it_felt": ["sharp"]})["how_it_felt"] == ["rising", "sharp"]
    assert told_together({"how_it_felt": ["none"]}, {"pain_after": 2}) == {"how_it_felt": ["none"], "pain_after": 2}


def test_a_mended_exposure_keeps_what_was_told_of_the_older_ones() -> None:
    first = row("done", lift="Squat", reps=5, told={"leg_after": "no"})
    second = row("done", 1, lift="Squat", reps=4, told={"leg_after": "no"}, replaces=str(first.client_id))
    after = row("after", 2, of=str(first.client_id), told={"leg_after": "numb_or_weak"})
    ((counted, told),) = standing([first, second], [after])
    assert (counted.payload["reps"], told["leg_after"]) == (4, "numb_or_weak")


def test_exposures_that_replace_each_other_end() -> None:
    one, other = uuid4(), uuid4()
    rows = [
        row("done", client_id=one, lift="Squat", replaces=str(other)),
        row("done", client_id=other, lift="Squat", replaces=str(one)),
        row("done", lift="Squat", replaces=str(one)),
    ]
    assert len(list(standing(rows, []))) == 1


@pytest.mark.parametrize(
    ("told", "covered"),
    [
        ({"leg_after": "no", "how_it_felt": ["none"]}, True),
        ({}, True),
        ({"leg_after": "not_sure"}, False),
        ({"leg_after": "numb_or_weak"}, False),
        ({"how_it_felt": ["sharp"]}, False),
    ],
)
def test_signs_gone_through_cover_what_was_told_before_them_and_nothing_alarming_after(
    told: dict[str, Any], covered: bool
) -> None:
    gates = row("gates", 0)
    yesterday = row("done", -30, TODAY - timedelta(days=1), lift="Squat")
    done = row("done", 2, lift="Squat", told=told)
    later = row("after", 3, of=str(yesterday.client_id), told=told)
    assert asked_again([gates], [row("done", -1, lift="Squat", told=told)], []) == TODAY
    assert asked_again([gates], [done], []) == (TODAY if covered else TODAY - timedelta(days=1))
    assert asked_again([gates], [yesterday], [later]) == (TODAY if covered else TODAY - timedelta(days=2))
    assert asked_again([], [done], []) is None


def test_words_written_after_the_signs_are_not_covered() -> None:
    assert asked_again([row("gates")], [row("done", 1, lift="Squat", note="odd")], []) == TODAY - timedelta(days=1)


@pytest.mark.django_db
def test_answers_of_later_reach_the_engine_with_an_alarm_whatever_else_cannot_be_read() -> None:
    own: Lifter = lifter_of(person("sam"))
    from liftback.records import write  # noqa: PLC0415 - the tests above need no tables

    write.keep_story(actor=own.person, lifter=own, document=story(), via="interview", now=NOW)
    done = row("done", lift="Squat", reps="many", weight="heavy", told={"pain_during": 2})
    after = row("after", 1, of=str(done.client_id), told={"leg_after": "numb_or_weak"})
    ahead = row("done", 2, TODAY + timedelta(days=1), lift="Squat", told={"leg_after": "further"})
    for one in (done, after, ahead):
        one.lifter = own
        one.save()
    found = inputs_of(own, today=TODAY)
    assert [one.told.value("leg_after") for one in found.done] == ["numb_or_weak", "further"]
    assert found.done[0].told.number("pain_during") == 2
    assert [one.lift for one in read.doing(actor=own.person, lifter=own, today=TODAY).exposures] == ["Squat", "Squat"]
