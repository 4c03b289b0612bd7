"""When a promise is kept: by a contact, or by three documented attempts; by nothing else."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest

from liftback.records.models import AuditRow, ConsultRequest, ContactAttempt, RequestStep
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import attempts, claims, notes
from tests.people import NOW, everybody, staff_of
from tests.records.clinic.desk_requests import a_request, tried

pytestmark = pytest.mark.django_db

# What was tried, at how many minutes from the first, and how the promise stands: (kept at, how).
# "phone" has a phone and asks for a call; "mail" asks for an e-mail; "no phone" left none.
RULES: list[tuple[str, list[tuple[int, str]], tuple[int, str] | None]] = [
    ("phone", [], None),
    ("phone", [(0, "phone:reached")], (0, "contact")),
    ("phone", [(0, "phone:no_answer"), (30, "phone:reached")], (30, "contact")),
    ("phone", [(0, "email:reached")], (0, "contact")),
    ("phone", [(0, "in_person:reached")], (0, "contact")),
    ("phone", [(0, "phone:no_answer"), (30, "phone:no_answer")], None),
    ("phone", [(0, "phone:no_answer"), (30, "phone:voicemail"), (60, "phone:busy")], (60, "three_attempts")),
    # Three within minutes are one in earnest; a fourth later is the second.
    ("phone", [(0, "phone:no_answer"), (4, "phone:no_answer"), (8, "phone:no_answer")], None),
    ("phone", [(0, "phone:no_answer"), (4, "phone:no_answer"), (8, "phone:no_answer"), (12, "phone:busy")], None),
    ("phone", [(0, "phone:no_answer"), (10, "phone:no_answer"), (20, "phone:no_answer")], (20, "three_attempts")),
    ("phone", [(0, "phone:no_answer"), (10, "phone:no_answer"), (19, "phone:no_answer")], None),
    # A wrong number and a bounced mail are tries.
    ("phone", [(0, "phone:wrong_number"), (20, "email:bounced"), (40, "phone:no_answer")], (40, "three_attempts")),
    # What we write is no contact, and no try where somebody asked for a call.
    ("phone", [(0, "email:sent"), (20, "email:sent"), (40, "text:sent")], None),
    ("phone", [(0, "email:sent"), (20, "phone:no_answer"), (40, "phone:no_answer")], None),
    ("mail", [(0, "email:sent"), (20, "email:sent")], None),
    ("mail", [(0, "email:sent"), (20, "email:sent"), (40, "email:sent")], (40, "three_attempts")),
    ("no phone", [(0, "email:sent"), (20, "email:sent"), (40, "email:sent")], (40, "three_attempts")),
    # The first that keeps it counts.
    (
        "phone",
        [(0, "phone:no_answer"), (20, "phone:no_answer"), (40, "phone:no_answer"), (60, "phone:reached")],
        (40, "three_attempts"),
    ),
]
REACH: dict[str, dict[str, Any]] = {"phone": {}, "mail": {"reach": "email"}, "no phone": {"phone": ""}}


@pytest.mark.parametrize(("who", "tries", "kept"), RULES)
def test_what_keeps_a_promise(who: str, tries: list[tuple[int, str]], kept: tuple[int, str] | None) -> None:
    staff = staff_of(everybody().front_desk)
    row = a_request(staff.clinic, **REACH[who])
    for minutes, result in tries:
        tried(staff, row, result, at=NOW + timedelta(minutes=minutes))
    row.refresh_from_db()
    expected = (None, "") if kept is None else (NOW + timedelta(minutes=kept[0]), kept[1])
    assert (row.met_at, row.met_how) == expected
    assert RequestStep.objects.filter(request=row, kind="met").count() == (kept is not None)
    assert ContactAttempt.objects.filter(request=row).count() == len(tries)


def test_a_slip_counts_no_more_and_only_its_own_request_can_name_it() -> None:
    people = everybody()
    staff = staff_of(people.front_desk)
    row, other = a_request(staff.clinic), a_request(staff.clinic, "Another")
    for minutes, result in ((0, "phone:reached"), (5, "phone:no_answer"), (20, "phone:busy"), (40, "phone:busy")):
        tried(staff, row, result, at=NOW + timedelta(minutes=minutes))
    slip = ContactAttempt.objects.get(outcome="reached")
    with pytest.raises(NotAllowedError):
        attempts.take_back(staff=staff, request=other.pk, attempt=slip.pk, now=NOW)
    with pytest.raises(NotAllowedError):
        attempts.take_back(staff=staff_of(people.other_therapist), request=row.pk, attempt=slip.pk, now=NOW)
    attempts.take_back(staff=staff, request=row.pk, attempt=slip.pk, now=NOW + timedelta(hours=1))
    row.refresh_from_db()
    assert (row.met_at, row.met_how) == (NOW + timedelta(minutes=40), "three_attempts"), "what else was tried counts"
    assert ContactAttempt.objects.filter(request=row).count() == 4, "nothing is deleted"


def test_a_claim_a_note_and_a_next_step_keep_no_promise() -> None:
    staff = staff_of(everybody().therapist)
    row = a_request(staff.clinic)
    claims.claim(staff=staff, request=row.pk, now=NOW)
    notes.add(staff=staff, request=row.pk, client_id=uuid.uuid4(), text="Called them.", now=NOW)
    claims.set_next(staff=staff, request=row.pk, words="Call again", now=NOW)
    row.refresh_from_db()
    assert row.met_at is None


def test_the_same_form_twice_is_one_try() -> None:
    staff = staff_of(everybody().front_desk)
    row = a_request(staff.clinic)
    given: dict[str, Any] = {"staff": staff, "request": row.pk, "client_id": uuid.uuid4(), "channel": "phone"}
    assert attempts.add(**given, outcome="no_answer", now=NOW)
    assert not attempts.add(**given, outcome="no_answer", now=NOW + timedelta(hours=1))
    assert ContactAttempt.objects.count() == 1


def test_a_try_that_is_written_later_says_so_and_counts_from_when_it_was() -> None:
    staff = staff_of(everybody().front_desk)
    row = a_request(staff.clinic)
    tried(staff, row, "phone:reached", at=NOW - timedelta(hours=1), now=NOW + timedelta(hours=30))
    row.refresh_from_db()
    step = RequestStep.objects.get(request=row, kind="tried")
    assert row.met_at == NOW - timedelta(hours=1)
    assert step.at == NOW + timedelta(hours=30)


@pytest.mark.parametrize(
    ("result", "hours", "sentence"),
    [
        ("phone:bounced", 0, "Choose what came of it"),
        ("pigeon:reached", 0, "Choose how you tried"),
        ("phone:reached", 1, "has not come yet"),
        ("phone:reached", -3, "before the request came in"),
    ],
)
def test_what_cannot_be_is_not_kept(result: str, hours: int, sentence: str) -> None:
    staff = staff_of(everybody().front_desk)
    row = a_request(staff.clinic)
    with pytest.raises(NotNowError, match=sentence):
        tried(staff, row, result, at=NOW + timedelta(hours=hours), now=NOW)
    assert ContactAttempt.objects.count() == 0
    assert AuditRow.objects.count() == 0


def test_a_closed_request_is_opened_again_first() -> None:
    staff = staff_of(everybody().front_desk)
    row = a_request(staff.clinic, closed_at=NOW, closed_why="answered")
    with pytest.raises(NotNowError, match="Open it again first"):
        tried(staff, row, "phone:reached")


def test_staff_of_another_clinic_find_nothing() -> None:
    people = everybody()
    row = a_request(staff_of(people.therapist).clinic)
    with pytest.raises(NotAllowedError):
        tried(staff_of(people.other_therapist), row, "phone:reached")
    assert ConsultRequest.objects.get().met_at is None


def test_every_try_stands_in_the_audit() -> None:
    staff = staff_of(everybody().front_desk)
    row = a_request(staff.clinic)
    tried(staff, row, "phone:no_answer")
    found = AuditRow.objects.get()
    assert (found.what, found.deed, found.request, found.actor) == ("contact", "write", row.pk, staff.person.pk)


def test_the_same_page_sent_with_another_result_is_another_try() -> None:
    staff = staff_of(everybody().therapist)
    row = a_request(staff.clinic)
    given: dict[str, Any] = {"staff": staff, "request": row.pk, "client_id": uuid.uuid4(), "channel": "phone"}
    for outcome, new in (("no_answer", True), ("reached", True), ("reached", False)):
        assert attempts.add(**given, outcome=outcome, now=NOW) is new
    row.refresh_from_db()
    assert row.met_how == "contact"


def test_the_same_page_sent_with_another_note_is_another_note() -> None:
    staff = staff_of(everybody().therapist)
    row = a_request(staff.clinic)
    page = uuid.uuid4()
    for text, new in (("Sore.", True), ("Sore, and a weak foot.", True), ("Sore, and a weak foot.", False)):
        assert notes.add(staff=staff, request=row.pk, client_id=page, text=text, now=NOW) is new
