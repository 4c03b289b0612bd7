"""What is forgotten when its time is over, and what becomes of everything when somebody deletes their account."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest

from liftback.records import read, write
from liftback.records.mail import outbox
from liftback.records.models import (
    AuditRow,
    Booking,
    CallNote,
    ConsultRequest,
    Episode,
    HandOver,
    Lifter,
    Mail,
    Membership,
    Person,
    RequestStep,
    Share,
    ThreadMessage,
)
from liftback.records.permissions import NotAllowedError
from liftback.records.policies import NotNowError
from liftback.records.write.clinic import leaving, retention, threads
from tests.people import NOW, person
from tests.records.clinic.treated import Care, asked, at_work, care, patient, shared

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def here(db: None) -> Care:
    """A clinic that keeps closed requests for a hundred days."""
    return care(keeps_days=100)


def closed(here: Care, days_ago: int, **told: Any) -> ConsultRequest:
    """A request that was closed some days ago, with a note and an e-mail."""
    request = asked(here, at=NOW - (days_ago + 1) * DAY, **told)
    ConsultRequest.objects.filter(pk=request.pk).update(closed_at=NOW - days_ago * DAY, closed_why="no_answer")
    CallNote.objects.create(
        request=request, client_id=uuid.uuid4(), at=NOW, by=here.staff.person, by_name="R", text="a note"
    )
    mail(here, f"receipt/{request.pk}", at=NOW - days_ago * DAY, request=request)
    return request


def mail(here: Care, key: str, *, at: datetime, to: str = "ann-here@people.example", **more: Any) -> Mail:
    outbox.put(key=key, kind="receipt", to=to, subject="s", body="words", now=at, clinic=here.clinic, **more)
    return Mail.objects.get(key=key)


def call(here: Care, at: datetime, state: str = "done", **more: Any) -> Booking:
    told = {"name": "Ann", "email": "ann-here@people.example", "phone": "+12125550111", "place": "NY", **more}
    return Booking.objects.create(
        clinic=here.clinic, form_id=uuid.uuid4(), zone="UTC", clinic_zone="UTC", wall="", tzdata="", starts_at=at,
        ends_at=at + timedelta(minutes=15), state=state, made_at=at - DAY, changed_at=at - DAY, **told,
    )  # fmt: skip


# --- by time ---------------------------------------------------------------------------------------------------------


def test_closed_requests_go_when_their_time_is_over(here: Care) -> None:
    kept, gone = closed(here, 99), closed(here, 101)
    still_open = asked(here, at=NOW - 500 * DAY)
    assert retention.forget_old(now=NOW) > 0
    assert set(ConsultRequest.objects.all()) == {kept, still_open}
    assert CallNote.objects.get().request == kept
    assert not Mail.objects.filter(key__contains=str(gone.pk)).exists()
    row = AuditRow.objects.get()
    assert (row.what, row.actor, row.actor_name, row.request, row.at) == (
        "retention", 0, "retention", gone.pk, NOW,
    )  # fmt: skip
    assert retention.forget_old(now=NOW) == 0, "once more changes nothing"


def test_a_patients_request_stays(here: Care) -> None:
    request = closed(here, 300)
    Episode.objects.create(clinic=here.clinic, request=request, name="Ann", opened_at=NOW, closed_at=NOW)
    call(here, NOW - 290 * DAY, request=request)
    retention.forget_old(now=NOW)
    assert ConsultRequest.objects.get().words == "my back hurts"
    assert Booking.objects.get().name == "Ann"


def test_each_clinic_has_its_own_time(here: Care) -> None:
    there = care("there", keeps_days=730)
    closed(here, 200)
    longer = closed(there, 200)
    retention.forget_old(now=NOW)
    assert ConsultRequest.objects.get() == longer


def test_who_was_called_is_forgotten_and_that_there_was_a_call_is_not(here: Care) -> None:
    old, recent = call(here, NOW - 101 * DAY), call(here, NOW - 99 * DAY)
    retention.forget_old(now=NOW)
    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.name, old.email, old.phone, old.place, old.state) == ("", "", "", "", "done")
    assert recent.name == "Ann"


def test_mails_lose_their_words_and_are_not_written_again(here: Care) -> None:
    then = NOW - retention.MAILS_KEPT - DAY
    sent, waits = mail(here, "old", at=then), mail(here, "waits", at=then)
    Mail.objects.filter(pk=sent.pk).update(state=Mail.State.SENT)
    retention.forget_old(now=NOW)
    sent.refresh_from_db()
    waits.refresh_from_db()
    assert (sent.to, sent.subject, sent.body) == ("", "", "")
    assert waits.body == "words", "what is not sent yet is not forgotten"
    again = {"key": "old", "kind": "receipt", "to": "a@b.example", "subject": "s", "body": "b", "now": NOW}
    assert not outbox.put(**again)  # type: ignore[arg-type]  # each of its own kind


# --- a lifter deletes their account ----------------------------------------------------------------------------------


def test_what_was_asked_is_taken_back(here: Care) -> None:
    shared(here)
    request = asked(here, lifter=here.lifter)
    mail(here, "receipt", at=NOW, request=request)
    RequestStep.objects.create(request=request, at=NOW, by_name=request.name, kind="received")
    later = call(here, NOW + DAY, "confirmed", lifter=here.lifter, request=request)
    write.delete_everything(actor=here.person, now=NOW)
    left = ConsultRequest.objects.get()
    assert (left.name, left.email, left.phone, left.words, left.zip) == (leaving.NOBODY, "", "", "", "")
    assert (left.closed_why, left.closed_at) == ("withdrawn", NOW)
    later.refresh_from_db()
    assert (later.state, later.name, later.email, later.phone) == ("cancelled", leaving.NOBODY, "", "")
    assert not Share.objects.exists()
    assert not Person.objects.filter(pk=here.person.pk).exists()
    for one in Mail.objects.exclude(to=here.clinic.email):
        assert (one.to, one.state) == ("", "dropped")
    assert not RequestStep.objects.filter(by_name="Ann Other").exists()


def test_what_the_clinic_noted_itself_stays_until_its_time_is_over(here: Care) -> None:
    request = closed(here, 20, lifter=here.lifter)
    write.delete_everything(actor=here.person, now=NOW)
    assert CallNote.objects.get().request == request
    assert ConsultRequest.objects.get().closed_why == "no_answer"
    retention.forget_old(now=NOW + 100 * DAY)
    assert not ConsultRequest.objects.exists()


def test_a_patients_record_stays_with_the_clinic_and_is_closed(here: Care) -> None:
    episode = patient(here)
    given: dict[str, Any] = {"episode": episode, "now": NOW, "client_id": uuid.uuid4()}
    threads.send(actor=here.person, text="hello", **given)
    write.delete_everything(actor=here.person, now=NOW + DAY)
    left = Episode.objects.get()
    assert (left.lifter, left.closed_at, left.closed_why) == (None, NOW + DAY, leaving.ENDED)
    assert ThreadMessage.objects.get().text == "hello"
    kept = ConsultRequest.objects.get()
    assert (kept.words, kept.lifter) == ("my back hurts", None)
    with pytest.raises(NotAllowedError):
        threads.reply(staff=here.staff, text="are you there?", **given)


def test_the_page_before_it_says_which_clinics_keep_a_record(here: Care) -> None:
    assert read.kept_of(**here.own).clinics == ()
    patient(here)
    kept = read.kept_of(**here.own)
    assert (kept.clinics, kept.requests, kept.shares) == (("Here clinic",), 1, 1)


def test_nothing_of_anybody_else_is_touched(here: Care) -> None:
    other = asked(here, email="other@people.example", name="Other")
    HandOver.objects.create(request=other, colleague_name="C", consent=other.consent, at=NOW)
    waits = mail(here, "other", at=NOW, to="other@people.example", request=other)
    own = mail(here, "clinic", at=NOW, to=here.clinic.email)
    write.delete_everything(actor=here.person, now=NOW)
    other.refresh_from_db()
    waits.refresh_from_db()
    own.refresh_from_db()
    assert (other.name, other.closed_at) == ("Other", None)
    assert {waits.state, own.state} == {"queued"}


# --- somebody at work deletes their account --------------------------------------------------------------------------


def test_calls_and_claims_of_a_therapist_are_free_and_history_keeps_the_name(here: Care) -> None:
    episode = patient(here)
    request = asked(here)
    ConsultRequest.objects.filter(pk=request.pk).update(claimed_by=here.staff.membership, claimed_at=NOW)
    coming = call(here, NOW + DAY, "confirmed", therapist=here.staff.membership)
    threads.reply(staff=here.staff, episode=episode, text="hello", client_id=uuid.uuid4(), now=NOW)
    write.delete_everything(actor=here.staff.person, now=NOW)
    request.refresh_from_db()
    coming.refresh_from_db()
    episode.refresh_from_db()
    assert (request.claimed_by, request.claimed_at) == (None, None)
    assert (coming.therapist, coming.state) == (None, "confirmed")
    assert episode.therapist is None
    message = ThreadMessage.objects.get()
    assert (message.author, message.author_name) == (None, "Dr rivera-here")
    assert AuditRow.objects.filter(actor_name="rivera-here").exists()
    assert not Membership.objects.filter(pk=here.staff.membership.pk).exists()


def test_the_last_owner_cannot_leave_others_without_one(here: Care) -> None:
    with pytest.raises(NotNowError, match="only owner of Here clinic"):
        write.delete_everything(actor=here.boss.person, now=NOW)
    assert Person.objects.filter(pk=here.boss.person.pk).exists()
    at_work("second-boss", here.clinic, Membership.Role.OWNER)
    write.delete_everything(actor=here.boss.person, now=NOW)
    assert not Person.objects.filter(pk=here.boss.person.pk).exists()


def test_somebody_who_is_nothing_yet_can_go(db: None) -> None:
    write.delete_everything(actor=person("new"), now=NOW)
    assert not Person.objects.exists()
    assert not Lifter.objects.exists()
