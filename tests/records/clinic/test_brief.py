"""The brief: what was told with its signs marked, what is open, and the story only while it is shared."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from liftback.records import consents, write
from liftback.records.models import (
    AuditRow,
    Clinic,
    ConsultRequest,
    Lifter,
    RequestStep,
    Share,
    StateTerms,
    StoryVersion,
)
from liftback.records.permissions import NotAllowedError
from liftback.records.read.clinic.brief import brief
from liftback.records.staff import Staff
from tests.people import NOW, TODAY, People, everybody, licence, lifter_of, staff_of, story
from tests.records.clinic.desk_requests import a_request

pytestmark = pytest.mark.django_db
DANGER = "Since Monday I can't feel when I wipe."


@pytest.fixture
def people() -> People:
    return everybody()


@pytest.fixture
def therapist(people: People) -> Staff:
    return staff_of(people.therapist)


def shared(people: People, clinic: Clinic, **more: Any) -> ConsultRequest:
    """A request of the lifter, whose story it brings along."""
    lifter = lifter_of(people.lifter)
    write.keep_story(actor=people.lifter, lifter=lifter, document=story(**more.pop("answers", {})), via="x", now=NOW)
    consent = consents.current(clinic=clinic, kind=consents.RECORDS, now=NOW)
    Share.objects.create(lifter=lifter, clinic=clinic, consent=consent, given_at=NOW)
    return a_request(clinic, lifter=lifter, story=StoryVersion.objects.get(), **more)


def test_words_of_an_emergency_stand_out(therapist: Staff) -> None:
    row = a_request(therapist.clinic, words=DANGER, level="emergency", flagged=True)
    values = brief(staff=therapist, request=row.pk, now=NOW).values
    (gate,) = values["gates"]
    assert (gate["id"], gate["level"], gate["quotes"]) == ("saddle_numbness", "emergency", ["can't feel when I wipe"])
    assert values["level"] == "emergency"
    marked = [(one["text"], one["state"]) for one in values["words"][0]["pieces"]]
    assert marked == [("Since Monday I ", ""), ("can't feel when I wipe", "present"), (".", "")]
    assert values["open"][0]["id"] == "saddle_numbness"


def test_denied_words_are_shown_and_clear_nothing(therapist: Staff) -> None:
    row = a_request(therapist.clinic, words="My back is sore. No fever. My dad had cancer.")
    values = brief(staff=therapist, request=row.pk, now=NOW).values
    assert [(one["state"], one["quote"]) for one in values["denied"]] == [
        ("other_person", "cancer"), ("absent", "fever"),
    ]  # fmt: skip
    assert values["gates"] == []
    assert {"fever", "cancer_history"} <= {one["id"] for one in values["open"]}


def test_without_a_story_every_sign_is_a_question_and_nothing_is_calm(therapist: Staff) -> None:
    row = a_request(therapist.clinic, words="My back is sore after deadlifts.")
    found = brief(staff=therapist, request=row.pk, now=NOW)
    assert (found.story, found.values["asked"], found.values["level"]) == ("none", False, "")
    assert len(found.values["open"]) == 30
    assert [one["level"] for one in found.values["open"]][:5] == ["same_day"] * 5
    assert (found.values["findings"], found.values["answers"], found.values["load"]) == ([], [], None)


def test_a_shared_story_is_read_as_it_is_today(people: People, therapist: Staff) -> None:
    row = shared(people, therapist.clinic)
    found = brief(staff=therapist, request=row.pk, now=NOW)
    assert (found.story, found.values["asked"], found.values["open"]) == ("shared", True, [])
    assert found.values["about"]["age"] == "34"
    assert len(found.values["answers"]) == 7
    looked = AuditRow.objects.get()
    assert (looked.what, looked.deed, looked.lifter, looked.request) == ("brief", "read", row.lifter_id, row.pk)


def test_what_is_open_in_the_story_is_to_be_asked_first(people: People, therapist: Staff) -> None:
    row = shared(people, therapist.clinic, answers={"fever": "not_sure", "saddle_numbness": "not_sure"})
    values = brief(staff=therapist, request=row.pk, now=NOW).values
    assert [one["id"] for one in values["open"]] == ["saddle_numbness", "fever"]
    assert values["level"] == "same_day"
    assert values["only_open"]


def test_a_sign_in_the_request_outweighs_a_calm_story_and_silences_its_answers(
    people: People, therapist: Staff
) -> None:
    row = shared(people, therapist.clinic, words=DANGER, level="emergency", flagged=True)
    values = brief(staff=therapist, request=row.pk, now=NOW).values
    assert (values["level"], values["answers"]) == ("emergency", [])
    assert values["open"][0]["id"] == "saddle_numbness"


def test_once_taken_back_nothing_of_the_story_is_read(people: People, therapist: Staff) -> None:
    row = shared(people, therapist.clinic)
    Share.objects.update(ended_at=NOW)
    found = brief(staff=therapist, request=row.pk, now=NOW)
    assert (found.story, found.values["findings"], found.values["about"]["age"], found.course) == (
        "not_shared", [], "", {},
    )  # fmt: skip
    assert AuditRow.objects.get().what == "brief"


def test_a_strangers_story_belongs_to_the_request(therapist: Staff) -> None:
    row = a_request(therapist.clinic)
    RequestStep.objects.create(request=row, at=NOW, kind="story", details={"document": story(fever="not_sure")})
    found = brief(staff=therapist, request=row.pk, now=NOW)
    assert (found.story, [one["id"] for one in found.values["open"]]) == ("attached", ["fever"])


@pytest.mark.parametrize("who", ["other_therapist", "front_desk", "owner"])
def test_who_may_not_read_it(people: People, therapist: Staff, who: str) -> None:
    row = a_request(therapist.clinic)
    with pytest.raises(NotAllowedError):
        brief(staff=staff_of(getattr(people, who)), request=row.pk, now=NOW)
    assert AuditRow.objects.count() == 0


def test_an_owner_with_a_licence_may(people: People, therapist: Staff) -> None:
    licence(people.owner)
    assert brief(staff=staff_of(people.owner), request=a_request(therapist.clinic).pk, now=NOW).story == "none"


def test_it_says_who_is_licensed_where_they_are(people: People, therapist: Staff) -> None:
    licence(people.therapist, "NY", valid_until=TODAY)
    licence(people.therapist, "NJ", valid_until=TODAY - timedelta(days=1))
    found = brief(staff=therapist, request=a_request(therapist.clinic).pk, now=NOW)
    assert [(one.name, one.until, one.mine) for one in found.licensed] == [("therapist", TODAY, True)]
    for state in ("NJ", "CA", ""):
        assert brief(staff=therapist, request=a_request(therapist.clinic, state=state).pk, now=NOW).licensed == ()


def test_care_by_phone_only_with_the_note_that_allows_it(therapist: Staff) -> None:
    row = a_request(therapist.clinic)
    assert brief(staff=therapist, request=row.pk, now=NOW).care_by_phone == ""
    given: dict[str, Any] = {"clinic": therapist.clinic, "state": "NY", "noted_on": TODAY}
    StateTerms.objects.create(**given, care_by_phone=True, note="counsel, 3 Nov")
    assert brief(staff=therapist, request=row.pk, now=NOW).care_by_phone == "counsel, 3 Nov"


def test_pages_that_are_out_of_date_are_worked_out_before_the_look(
    people: People, therapist: Staff, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = shared(people, therapist.clinic)
    brief(staff=therapist, request=row.pk, now=NOW)
    assert row.lifter_id is not None
    assert Lifter.objects.get(pk=row.lifter_id).stale_since is None
    monkeypatch.setattr(
        "liftback.records.read.clinic.brief.work_out", lambda *_a, **_b: pytest.fail("worked out twice")
    )
    brief(staff=therapist, request=row.pk, now=NOW)
