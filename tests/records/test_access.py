"""Who may read and write what: one table, tested as people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from liftback.records import permissions, read, write
from liftback.records.models import Entry, Lifter, LogFile, Person, StoryVersion
from liftback.records.permissions import NotAllowedError
from tests.people import NOW, TODAY, People, entry, everybody, lifter_of, story

pytestmark = pytest.mark.django_db

STRANGERS = ("other_lifter", "therapist", "other_therapist", "front_desk", "nobody")


@pytest.fixture
def people() -> People:
    return everybody()


def who(people: People, name: str) -> Any:
    return AnonymousUser() if name == "nobody" else getattr(people, name)


READS: dict[str, Callable[[Any, Lifter], object]] = {
    "story": lambda actor, of: read.story_of(actor=actor, lifter=of),
    "files": lambda actor, of: read.files_of(actor=actor, lifter=of),
    "entries": lambda actor, of: read.entries_of(actor=actor, lifter=of),
    "answers": lambda actor, of: read.page(actor=actor, lifter=of, name="answers", now=NOW),
}
WRITES: dict[str, Callable[[Any, Lifter], object]] = {
    "story": lambda actor, of: write.keep_story(actor=actor, lifter=of, document=story(), via="interview", now=NOW),
    "entry": lambda actor, of: write.tell(actor=actor, lifter=of, entries=[entry("check_in", pain=3)], now=NOW),
    "file": lambda actor, of: write.import_file(
        actor=actor, lifter=of, name="a.csv", content=b"x", format="strong", sets=1, unit="", names={}, now=NOW
    ),
    "removal": lambda actor, of: write.remove_file(actor=actor, lifter=of, file=NEVER, now=NOW),
    "unit": lambda actor, of: write.set_unit(actor=actor, lifter=of, unit="lb", now=NOW),
    "zone": lambda actor, of: write.set_zone(actor=actor, lifter=of, zone="Europe/Berlin", now=NOW),
    "calendar": lambda actor, of: write.make_calendar(actor=actor, lifter=of, now=NOW),
    "no calendar": lambda actor, of: write.stop_calendar(actor=actor, lifter=of, now=NOW),
}
NEVER: Any = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("deed", READS)
def test_nobody_else_reads_a_lifters_records(people: People, name: str, deed: str) -> None:
    with pytest.raises(NotAllowedError):
        READS[deed](who(people, name), lifter_of(people.lifter))


@pytest.mark.parametrize("name", STRANGERS)
@pytest.mark.parametrize("deed", WRITES)
def test_nobody_else_writes_a_lifters_records(people: People, name: str, deed: str) -> None:
    own = lifter_of(people.lifter)
    with pytest.raises(NotAllowedError):
        WRITES[deed](who(people, name), own)
    assert [table.objects.count() for table in (StoryVersion, Entry, LogFile)] == [0, 0, 0]
    assert Lifter.objects.filter(pk=own.pk, unit="", zone="UTC", calendar_token="", revision=0).exists()


@pytest.mark.parametrize("deed", [*READS, *WRITES])
def test_the_lifter_does_all_of_it(people: People, deed: str) -> None:
    own = lifter_of(people.lifter)
    for table in (READS, WRITES):
        if deed in table:
            table[deed](people.lifter, own)


def test_somebody_who_was_shut_out_does_nothing(people: People) -> None:
    own = lifter_of(people.lifter)
    Person.objects.filter(pk=people.lifter.pk).update(is_active=False)
    shut_out = Person.objects.get(pk=people.lifter.pk)
    assert not permissions.may(shut_out, permissions.READ, own)
    assert not permissions.may(shut_out, permissions.READ, None)


def test_an_entry_of_another_with_the_same_id_is_no_hindrance(people: People) -> None:
    one = entry("check_in", pain=3)
    for actor in (people.lifter, people.other_lifter):
        (outcome,) = write.tell(actor=actor, lifter=lifter_of(actor), entries=[one], now=NOW)
        assert outcome.state == "kept"
    assert [
        len(read.entries_of(actor=who, lifter=lifter_of(who), day=TODAY))
        for who in (people.lifter, people.other_lifter)
    ] == [1, 1]
