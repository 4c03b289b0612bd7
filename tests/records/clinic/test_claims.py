"""Who has a request: one of two who claim at once, and nothing that moves the promise."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from liftback.records.models import ConsultRequest, Mail, RequestStep
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.staff import Staff
from liftback.records.write.clinic import claims, requests
from liftback.records.write.clinic.escalating import escalate
from tests.people import NOW, People, everybody, staff_of
from tests.records.clinic.desk_requests import a_request, tried


@pytest.fixture
def people(db: None) -> People:
    return everybody()


def steps(row: ConsultRequest) -> list[str]:
    done = RequestStep.objects.filter(request=row).exclude(kind="received")
    return list(done.order_by("pk").values_list("kind", flat=True))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(5))
def test_of_two_who_claim_at_once_one_has_it_and_the_other_reads_who(_round: int) -> None:
    made = everybody()
    workers = [staff_of(made.therapist), staff_of(made.front_desk), staff_of(made.owner)]
    row = a_request(workers[0].clinic)
    start, told = threading.Barrier(len(workers)), []

    def work(staff: Staff) -> None:
        start.wait()
        try:
            claims.claim(staff=staff, request=row.pk, now=NOW)
            told.append("has it")
        except NotNowError as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(staff,)) for staff in workers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    row.refresh_from_db()
    holder = next(one for one in workers if one.membership.pk == row.claimed_by_id)
    assert told.count("has it") == 1
    assert [one for one in told if one != "has it"] == [
        f"{holder.name} has this one already. Ask them, or let them give it to you."
    ] * (len(workers) - 1)
    assert steps(row) == ["claimed"]


def test_only_who_has_it_puts_it_back(people: People) -> None:
    mine, theirs = staff_of(people.therapist), staff_of(people.front_desk)
    row = a_request(mine.clinic)
    claims.claim(staff=mine, request=row.pk, now=NOW)
    with pytest.raises(NotNowError, match="therapist has this one"):
        claims.release(staff=theirs, request=row.pk, now=NOW)
    claims.release(staff=mine, request=row.pk, now=NOW)
    row.refresh_from_db()
    assert (row.claimed_by, steps(row)) == (None, ["claimed", "released"])


def test_it_is_given_on_with_a_reason_from_what_was_looked_at(people: People) -> None:
    desk, therapist = staff_of(people.front_desk), staff_of(people.therapist)
    row = a_request(desk.clinic)
    to = therapist.membership.pk
    with pytest.raises(NotNowError, match="few words why"):
        claims.give(staff=desk, request=row.pk, to=to, why=" ", held_by=None, now=NOW)
    claims.give(staff=desk, request=row.pk, to=to, why="knows runners", held_by=None, now=NOW)
    with pytest.raises(NotNowError, match="therapist has it now: it changed while you looked"):
        claims.give(staff=desk, request=row.pk, to=desk.membership.pk, why="mine", held_by=None, now=NOW)
    row.refresh_from_db()
    assert row.claimed_by_id == to


def test_it_is_given_to_nobody_outside(people: People) -> None:
    desk, other = staff_of(people.front_desk), staff_of(people.other_therapist)
    row = a_request(desk.clinic)
    with pytest.raises(NotNowError, match="Choose a colleague of this clinic"):
        claims.give(staff=desk, request=row.pk, to=other.membership.pk, why="x", held_by=None, now=NOW)


def test_putting_off_never_moves_the_promise(people: People) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic)
    due = row.due_at
    claims.snooze(staff=staff, request=row.pk, until=NOW + timedelta(days=3), why="they asked for Thursday", now=NOW)
    row.refresh_from_db()
    assert (row.due_at, row.snoozed_until) == (due, NOW + timedelta(days=3))
    claims.wake(staff=staff, request=row.pk, now=NOW)
    row.refresh_from_db()
    assert row.snoozed_until is None


@pytest.mark.parametrize(
    ("more", "until", "why", "sentence"),
    [
        ({"flagged": True, "level": "emergency"}, 1, "later", "warning sign"),
        ({"due_at": NOW - timedelta(minutes=1)}, 1, "later", "late already"),
        ({}, -1, "later", "from now on"),
        ({}, 24 * 91, "later", "at most 90 days"),
        ({}, 1, "  ", "few words why it can wait"),
    ],
)
def test_what_cannot_be_put_off(people: People, more: dict[str, Any], until: int, why: str, sentence: str) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic, **more)
    with pytest.raises(NotNowError, match=sentence):
        claims.snooze(staff=staff, request=row.pk, until=NOW + timedelta(hours=until), why=why, now=NOW)
    row.refresh_from_db()
    assert row.snoozed_until is None


def test_an_unkept_promise_is_closed_with_words_and_counts_as_not_kept(people: People) -> None:
    staff = staff_of(people.front_desk)
    row = a_request(staff.clinic)
    with pytest.raises(NotNowError, match="without a contact"):
        claims.close(staff=staff, request=row.pk, reason="not_wanted", words="", now=NOW)
    claims.close(staff=staff, request=row.pk, reason="not_wanted", words="wrote back: found somebody", now=NOW)
    row.refresh_from_db()
    assert (row.met_at, row.closed_at, row.closed_why) == (None, NOW, "not_wanted")
    assert RequestStep.objects.get(request=row, kind="closed").details == {"reason": "not_wanted", "kept": False}


def test_no_answer_needs_three_tries(people: People) -> None:
    staff = staff_of(people.front_desk)
    row = a_request(staff.clinic)
    tried(staff, row, "phone:no_answer")
    with pytest.raises(NotNowError, match="so far there are 1"):
        claims.close(staff=staff, request=row.pk, reason="no_answer", words="gone", now=NOW)


def test_a_warning_sign_is_not_closed_by_three_tries_nor_by_the_front_desk(people: People) -> None:
    desk, therapist = staff_of(people.front_desk), staff_of(people.therapist)
    row = a_request(desk.clinic, flagged=True, level="emergency", due_at=NOW - timedelta(hours=2))
    for minutes in (0, 20, 40):
        tried(desk, row, "phone:no_answer", at=NOW + timedelta(minutes=minutes))
    row.refresh_from_db()
    assert (row.met_how, row.closed_at, row.flagged) == ("three_attempts", None, True)
    with pytest.raises(NotNowError, match="Only a therapist closes it"):
        claims.close(staff=desk, request=row.pk, reason="no_answer", words="nobody there", now=NOW)
    with pytest.raises(NotNowError, match="with a warning sign"):
        claims.close(staff=therapist, request=row.pk, reason="no_answer", words="", now=NOW)
    claims.close(staff=therapist, request=row.pk, reason="no_answer", words="police asked to look", now=NOW)
    row.refresh_from_db()
    assert row.closed_at == NOW


def test_open_again_the_promise_is_the_one_it_had(people: People) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic)
    tried(staff, row, "phone:reached")
    claims.close(staff=staff, request=row.pk, reason="answered", words="", now=NOW)
    claims.reopen(staff=staff, request=row.pk, now=NOW + timedelta(days=9))
    row.refresh_from_db()
    assert (row.closed_at, row.met_at, row.due_at) == (None, NOW, row.received_at + timedelta(days=1))


def test_what_was_taken_back_stays_closed(people: People) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic, closed_at=NOW, closed_why="withdrawn")
    with pytest.raises(NotNowError, match="stays closed"):
        claims.reopen(staff=staff, request=row.pk, now=NOW)


@pytest.mark.parametrize("level", ["", "self_manage", "routine", "within_days", "nonsense"])
def test_a_level_is_only_raised(people: People, level: str) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic, level="within_days")
    with pytest.raises(NotNowError):
        claims.raise_level(staff=staff, request=row.pk, level=level, why="because", now=NOW)


def test_what_was_not_read_is_never_called_calm(people: People) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic, level="")
    for level in ("self_manage", "routine"):
        with pytest.raises(NotNowError):
            claims.raise_level(staff=staff, request=row.pk, level=level, why="because", now=NOW)
    claims.raise_level(staff=staff, request=row.pk, level="same_day", why="numb when wiping", now=NOW)
    row.refresh_from_db()
    assert (row.level, row.flagged) == ("same_day", True)


def test_the_front_desk_raises_nothing(people: People) -> None:
    row = a_request(staff_of(people.front_desk).clinic)
    with pytest.raises(NotAllowedError):
        claims.raise_level(staff=staff_of(people.front_desk), request=row.pk, level="emergency", why="x", now=NOW)


@pytest.mark.parametrize("route", ConsultRequest.Route.values)
def test_what_is_raised_waits_no_more_wherever_it_was_sent(people: People, route: str) -> None:
    staff = staff_of(people.therapist)
    promised: dict[str, Any] = {} if route == ConsultRequest.Route.QUEUE else {"due_at": None}
    row = a_request(staff.clinic, route=route, snoozed_until=NOW + timedelta(days=3), snooze_why="later", **promised)
    claims.raise_level(staff=staff, request=row.pk, level="emergency", why="told on the phone", now=NOW)
    row.refresh_from_db()
    assert (row.flagged, row.snoozed_until, row.snooze_why) == (True, None, "")
    assert row.due_at is not None
    assert Mail.objects.filter(request=row, kind="request_waits").count() == 3  # all who work there, at once
    escalate(now=NOW + timedelta(hours=2))
    assert Mail.objects.filter(request=row, kind="request_waits").count() == 6


def test_whoever_was_talked_with_already_is_not_told_of_when_raised(people: People) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic)
    tried(staff, row, "phone:reached")
    claims.raise_level(staff=staff, request=row.pk, level="same_day", why="told on the phone", now=NOW)
    assert not Mail.objects.filter(request=row).exists()


def test_nobody_is_made_a_patient_from_what_was_taken_back(people: People) -> None:
    staff = staff_of(people.therapist)
    row = a_request(staff.clinic)
    requests.withdraw(request=row, now=NOW)
    with pytest.raises(NotNowError, match="took this request back"):
        claims.make_patient(staff=staff, request=row.pk, therapist=None, now=NOW)
