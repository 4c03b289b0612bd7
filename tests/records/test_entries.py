"""Entries are kept once each, nothing is overwritten, and what counts for a day is worked out from all of them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from liftback.records import read, write
from liftback.records.models import Entry, Lifter
from liftback.records.policies import MOST_ENTRIES_AT_ONCE, NotNowError
from liftback.records.read.inputs import inputs_of, together
from tests.people import NOW, TODAY, entry, lifter_of, person, story

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Lifter:
    lifter = lifter_of(person("sam"))
    write.keep_story(actor=lifter.person, lifter=lifter, document=story(), via="interview", now=NOW)
    return lifter


def tell(own: Lifter, *entries: Any) -> list[str]:
    return [one.state for one in write.tell(actor=own.person, lifter=own, entries=entries, now=NOW)]


def test_sent_twice_is_kept_once(own: Lifter) -> None:
    one = entry("check_in", pain=3)
    assert tell(own, one, one) == ["kept", "known"]
    assert tell(own, one) == ["known"]
    assert Entry.objects.count() == 1


def test_a_second_sending_does_not_change_the_first(own: Lifter) -> None:
    one = uuid4()
    tell(own, entry("check_in", client_id=one, pain=3))
    tell(own, entry("check_in", client_id=one, pain=9))
    assert Entry.objects.get().payload["pain"] == 3


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"kind": "diagnosis"}, "nothing that can be told here"),
        ({"kind": "check_in", "day": TODAY + timedelta(days=2)}, "has not come yet"),
        ({"kind": "check_in", "day": TODAY - timedelta(days=500)}, "more than a year ago"),
        ({"kind": "check_in", "note": "x" * 30_000}, "longer than an entry can be"),
        ({"kind": "check_in", "at": NOW.replace(tzinfo=None)}, "has no time zone"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence_and_keeps_no_other_out(
    own: Lifter, given: dict[str, Any], why: str
) -> None:
    good = entry("check_in", pain=2)
    found = write.tell(actor=own.person, lifter=own, entries=[entry(**given), good], now=NOW)
    assert [one.state for one in found] == ["refused", "kept"]
    assert why in found[0].why
    assert Entry.objects.count() == 1


def test_too_many_at_once_are_refused_as_a_whole(own: Lifter) -> None:
    with pytest.raises(NotNowError, match="send them in parts"):
        tell(own, *(entry("check_in", pain=1) for _ in range(MOST_ENTRIES_AT_ONCE + 1)))
    assert Entry.objects.count() == 0


def test_a_missing_day_stays_missing_and_a_missing_score_too(own: Lifter) -> None:
    tell(own, entry("check_in", TODAY - timedelta(days=3), pain=4), entry("check_in", TODAY, pain=None, sleep=7))
    diary = inputs_of(own, today=TODAY).diary
    assert [(one.day, one.pain, one.sleep) for one in diary.days] == [
        (TODAY - timedelta(days=3), 4, None),
        (TODAY, None, 7),
    ]


def test_two_devices_of_one_day_stand_together(own: Lifter) -> None:
    tell(own, entry("check_in", pain=3, note="morning"), entry("check_in", pain=6, note="evening", flare=True))
    inputs = inputs_of(own, today=TODAY)
    (day,) = inputs.diary.days
    assert (day.pain, day.note) == (4.5, "morning; evening")
    assert inputs.flare_begun == TODAY


def test_one_that_replaces_another_counts_in_its_place_and_both_are_kept(own: Lifter) -> None:
    first = entry("check_in", pain=8)
    tell(own, first, entry("check_in", pain=5, replaces=str(first.client_id)))
    (day,) = inputs_of(own, today=TODAY).diary.days
    assert day.pain == 5
    assert Entry.objects.count() == 2


def test_together_counts_what_was_told_only() -> None:
    assert together([{"pain": 2}, {"pain": None, "sleep": 8}, {"event": True}]) == {
        "pain": 2.0, "sleep": 8.0, "stress": None, "lift_pain": None, "event": True, "note": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("days_back", "over", "begun"),
    [((5, 4, 3), None, 5), ((9, 3, 2), None, 3), ((5, 4, 3), 2, None), ((), None, None)],
    ids=["a run", "the last run", "over", "none"],
)
def test_a_flare_began_on_the_first_day_of_its_run(
    own: Lifter, days_back: tuple[int, ...], over: int | None, begun: int | None
) -> None:
    tell(own, *(entry("check_in", TODAY - timedelta(days=back), pain=7, flare=True) for back in days_back))
    if over is not None:
        tell(own, entry("flare_over", TODAY - timedelta(days=over)))
    expected = None if begun is None else TODAY - timedelta(days=begun)
    assert inputs_of(own, today=TODAY).flare_begun == expected


def test_everything_told_is_read_back_in_order(own: Lifter) -> None:
    later, sooner = entry("check_in", pain=1, at=NOW), entry("check_in", pain=2, at=NOW - timedelta(hours=3))
    tell(own, later, sooner)
    found = read.entries_of(actor=own.person, lifter=own)
    assert [one.payload["pain"] for one in found] == [2, 1]
    assert [one.payload["pain"] for one in read.entries_of(actor=own.person, lifter=own, most=1)] == [1]


@pytest.mark.parametrize("note", ["before\0after", "half a letter \ud83d", "all well \U0001f600"])
def test_every_database_takes_every_note(own: Lifter, note: str) -> None:
    assert tell(own, entry("check_in", pain=3, note=note, deep={"list": [note]})) == ["kept"]
    kept = Entry.objects.get().payload
    assert kept["note"][:6] == note[:6]
    assert kept["deep"]["list"] == [kept["note"]]
    assert kept["note"] == note or "\ufffd" in kept["note"] or "?" in kept["note"]
