"""The worklist: its order, what each role sees, two clinics apart, and a constant number of queries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from liftback.records.models import AuditRow, ConsultRequest, RequestStep
from liftback.records.read.clinic import desk
from liftback.records.read.clinic.worklist import PAGE, version, worklist
from liftback.records.staff import Staff
from liftback.records.write.clinic import claims
from tests.people import NOW, People, everybody, staff_of
from tests.records.clinic.desk_requests import a_request, tried
from tests.records.clinic.door_people import take

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def people() -> People:
    return everybody()


@pytest.fixture
def therapist(people: People) -> Staff:
    return staff_of(people.therapist)


def names(staff: Staff, view: str = "open", **more: Any) -> list[str]:
    return [one.name for one in worklist(staff=staff, now=NOW, view=view, **more).items]


def test_the_order_is_that_in_which_it_has_to_be_done(therapist: Staff) -> None:
    clinic = therapist.clinic
    # Made in no order, so that the order is not that of the rows.
    contacted = a_request(clinic, "contacted", due_at=NOW + HOUR)
    tried(therapist, contacted, "phone:reached")
    a_request(clinic, "due in 9 h", due_at=NOW + 9 * HOUR)
    a_request(clinic, "no promise", due_at=None, route="directory", state="NJ")
    a_request(clinic, "late by 1 h", due_at=NOW - HOUR)
    spoken = a_request(clinic, "flagged, spoken with", flagged=True, due_at=NOW - 3 * HOUR)
    tried(therapist, spoken, "phone:reached", at=NOW - HOUR)
    a_request(clinic, "put off", due_at=NOW + HOUR / 2, snoozed_until=NOW + 2 * HOUR)
    a_request(clinic, "late and put off", due_at=NOW - HOUR / 2, snoozed_until=NOW + 2 * HOUR)
    a_request(clinic, "due in 1 h", due_at=NOW + HOUR)
    a_request(clinic, "flagged and put off", flagged=True, due_at=NOW - HOUR, snoozed_until=NOW + 2 * HOUR)
    a_request(clinic, "late by 3 h", due_at=NOW - 3 * HOUR, received_at=NOW - 9 * HOUR)
    a_request(clinic, "awake again", due_at=NOW + 5 * HOUR, snoozed_until=NOW - HOUR)
    a_request(clinic, "closed", closed_at=NOW - HOUR, closed_why="answered")
    assert names(therapist) == [
        "flagged and put off",
        "flagged, spoken with",
        "late by 3 h",
        "late by 1 h",
        "late and put off",
        "due in 1 h",
        "awake again",
        "due in 9 h",
        "no promise",
        "contacted",
        "put off",
    ]
    assert names(therapist, "snoozed") == ["put off"]
    assert names(therapist, "closed") == ["closed"]
    counts = worklist(staff=therapist, now=NOW).counts
    assert counts == {
        "open": 11, "mine": 0, "unclaimed": 11, "snoozed": 1, "flagged": 2, "late": 3, "closed": 1
    }  # fmt: skip


def test_a_warning_sign_is_to_be_called_until_somebody_has_talked_with_them(therapist: Staff) -> None:
    row = a_request(therapist.clinic, flagged=True, due_at=NOW - HOUR)
    for minutes in (0, 20, 40):
        tried(therapist, row, "phone:no_answer", at=NOW + timedelta(minutes=minutes))
    (one,) = worklist(staff=therapist, now=NOW + HOUR).items
    assert (one.call_now, one.met_how, one.tries) == (True, "three_attempts", 3)
    tried(therapist, row, "phone:reached", at=NOW + HOUR)
    (one,) = worklist(staff=therapist, now=NOW + 2 * HOUR).items
    assert (one.call_now, one.flagged) == (False, True)


def test_mine_and_nobodys(people: People, therapist: Staff) -> None:
    mine, _other = a_request(therapist.clinic, "mine"), a_request(therapist.clinic, "nobody's")
    claims.claim(staff=therapist, request=mine.pk, now=NOW)
    assert names(therapist, "mine") == ["mine"]
    assert names(therapist, "unclaimed") == ["nobody's"]
    assert names(staff_of(people.front_desk), "mine") == []


def test_the_front_desk_sees_who_and_until_when_and_no_more(people: People, therapist: Staff) -> None:
    a_request(therapist.clinic, flagged=True, level="emergency", due_at=NOW)
    a_request(therapist.clinic, level="within_days")
    levels = [(one.level, one.call_now) for one in worklist(staff=staff_of(people.front_desk), now=NOW).items]
    assert levels == [("", True), ("", False)]
    assert [one.level for one in worklist(staff=therapist, now=NOW).items] == ["emergency", "within_days"]
    assert [one.level for one in worklist(staff=staff_of(people.owner), now=NOW).items] == ["", ""]


def test_what_a_therapist_made_of_it_is_not_in_the_history_of_the_front_desk(people: People, therapist: Staff) -> None:
    row = a_request(therapist.clinic, level="within_days")
    claims.raise_level(staff=therapist, request=row.pk, level="same_day", why="numb when wiping", now=NOW)
    seen = desk.asked(staff=staff_of(people.front_desk), request=row.pk, now=NOW)
    assert ("raised", "", {}) in [(one.kind, one.why, one.details) for one in seen.history]
    assert "numb" not in str(seen.history)
    assert "numb when wiping" in [one.why for one in desk.asked(staff=therapist, request=row.pk, now=NOW).history]


def test_two_clinics_see_nothing_of_each_other(people: People, therapist: Staff) -> None:
    other = staff_of(people.other_therapist)
    a_request(therapist.clinic, "here")
    a_request(other.clinic, "there")
    assert names(therapist) == ["here"]
    assert names(other) == ["there"]
    before = version(staff=therapist, now=NOW, view="open", page=1)
    a_request(other.clinic, "there too")
    assert version(staff=therapist, now=NOW, view="open", page=1) == before


def test_it_says_when_it_would_look_different(therapist: Staff) -> None:
    def told(minutes: int = 0) -> str:
        return version(staff=therapist, now=NOW + timedelta(minutes=minutes), view="open", page=1)

    seen = [told()]
    row = take(therapist.clinic)
    seen.append(told())
    claims.claim(staff=therapist, request=row.pk, now=NOW)
    seen.append(told())
    tried(therapist, row, "phone:no_answer")
    seen.append(told())
    assert len(set(seen)) == len(seen)
    assert told() == seen[-1]
    assert told(1) != seen[-1]


def test_a_request_whose_step_is_not_the_newest_is_seen_at_once(therapist: Staff) -> None:
    """Of two who write at the same time, the one with the smaller number may be there later."""
    first = a_request(therapist.clinic, "first")
    RequestStep.objects.create(pk=10**6, request=first, at=NOW, kind="claimed")
    before = version(staff=therapist, now=NOW, view="open", page=1)
    a_request(therapist.clinic, "beside it")
    RequestStep.objects.filter(request__name="beside it").update(id=10**6 - 1)
    assert version(staff=therapist, now=NOW, view="open", page=1) != before


def test_each_look_at_the_list_stands_in_the_audit_and_a_page_that_stays_open_is_one_look(therapist: Staff) -> None:
    a_request(therapist.clinic, "one")
    worklist(staff=therapist, now=NOW)
    assert AuditRow.objects.filter(what="worklist", deed="read").count() == 1
    worklist(staff=therapist, now=NOW + timedelta(minutes=5), again=True)
    assert AuditRow.objects.count() == 1
    a_request(therapist.clinic, "two")
    worklist(staff=therapist, now=NOW + timedelta(minutes=6), again=True)
    assert AuditRow.objects.count() == 2
    worklist(staff=therapist, now=NOW + timedelta(minutes=90), again=True)
    worklist(staff=therapist, now=NOW + timedelta(minutes=91))
    assert AuditRow.objects.count() == 6


def test_the_number_of_queries_does_not_grow(therapist: Staff) -> None:
    def used() -> int:
        with CaptureQueriesContext(connection) as captured:
            worklist(staff=therapist, now=NOW)
        return len(captured)

    first = a_request(therapist.clinic)
    claims.claim(staff=therapist, request=first.pk, now=NOW)
    tried(therapist, first, "phone:no_answer")
    few = used()
    for place in range(PAGE + 10):
        row = a_request(therapist.clinic, f"number {place}")
        if place % 3 == 0:
            claims.claim(staff=therapist, request=row.pk, now=NOW)
            tried(therapist, row, "phone:no_answer")
    assert used() == few
    assert few <= 10


def test_pages(therapist: Staff) -> None:
    for place in range(PAGE + 5):
        a_request(therapist.clinic, f"{place:03}", due_at=NOW + timedelta(minutes=place))
    first, second = (worklist(staff=therapist, now=NOW, page=page) for page in (1, 2))
    assert (first.pages, len(first.items), len(second.items)) == (2, PAGE, 5)
    assert [one.name for one in (*first.items, *second.items)] == [f"{place:03}" for place in range(PAGE + 5)]
    assert worklist(staff=therapist, now=NOW, page=99).page == 2
    assert ConsultRequest.objects.count() == PAGE + 5
