"""The brief as a page: marks in words and not in colour alone, what is open, and who may do what there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from liftback.records import consents, write
from liftback.records.models import Share, StoryVersion
from tests.people import NOW, People, everybody, licence, lifter_of, staff_of, story
from tests.records.clinic.desk_requests import a_request
from tests.web.clinic.test_desk import page, text


@pytest.fixture
def people(db: None) -> Iterator[People]:
    with time_machine.travel(NOW, tick=False):
        yield everybody()


def test_signs_are_marked_with_a_word(people: People) -> None:
    row = a_request(
        staff_of(people.therapist).clinic, words="I can't feel when I wipe. No fever.", level="emergency", flagged=True
    )
    content = page(people.therapist, "brief", row.pk)
    told = text(content)
    assert "can't feel when I wipe [told]" in told.replace("&#x27;", "'")
    assert "fever [denied]" in told
    assert 'class="mark-present"' in content
    assert "Numbness between the legs" in told
    assert "from their words, not asked yet" in told


def test_without_a_story_nothing_is_called_calm(people: People) -> None:
    told = text(page(people.therapist, "brief", a_request(staff_of(people.therapist).clinic).pk))
    assert "All 30 warning signs are open: nothing was asked yet." in told
    assert "That is no all-clear" in told
    assert "Not asked yet" in told
    assert "What was not asked is open, not a no." in told
    for comfort in ("Routine", "No sign told", "you are fine"):
        assert comfort not in told


def test_it_says_what_the_call_is_for_and_who_is_licensed(people: People) -> None:
    licence(people.therapist)
    clinic = staff_of(people.therapist).clinic
    told = text(page(people.therapist, "brief", a_request(clinic).pk))
    assert "nobody is assessed, no plan is made" in told
    assert "you (PT-1" in told
    assert "to be contacted: text 1 (en)" in told
    assert "nobody of this clinic" in text(page(people.therapist, "brief", a_request(clinic, state="CA").pk))
    assert "not told: ask first" in text(page(people.therapist, "brief", a_request(clinic, state="", country="").pk))


def test_a_shared_story_and_one_that_was_taken_back(people: People) -> None:
    clinic = staff_of(people.therapist).clinic
    lifter = lifter_of(people.lifter)
    write.keep_story(actor=people.lifter, lifter=lifter, document=story(), via="x", now=NOW)
    consent = consents.current(clinic=clinic, kind=consents.RECORDS, now=NOW)
    Share.objects.create(lifter=lifter, clinic=clinic, consent=consent, given_at=NOW)
    row = a_request(clinic, lifter=lifter, story=StoryVersion.objects.get())
    told = text(page(people.therapist, "brief", row.pk))
    assert "34 years" in told
    assert "How easily stirred" in told
    assert "Working group (no tissue)" in told
    Share.objects.update(ended_at=NOW)
    told = text(page(people.therapist, "brief", row.pk))
    assert "Their story is not shared any more" in told
    assert "34 years" not in told
