"""Reminders: written once when they are due, sent only while the call is as it was when they were written."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liftback.records.models import Booking, Clinic, Mail
from liftback.records.write.clinic import bookings, calls
from liftback.records.write.clinic.reminding import remind, still_wanted
from tests.people import NOW
from tests.records.clinic.call_people import at_work, booked, practice, starts

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def call() -> Booking:
    """A call that is two days away."""
    clinic = practice()
    return booked(clinic, next(at for at in starts(clinic) if at > NOW + 40 * HOUR))


def reminders(state: str = Mail.State.QUEUED) -> list[str]:
    found = Mail.objects.filter(kind__startswith="call_reminder", state=state)
    return list(found.order_by("pk").values_list("kind", flat=True))


def test_a_day_and_an_hour_before_and_each_once(call: Booking) -> None:
    assert remind(now=call.starts_at - 24 * HOUR - timedelta(seconds=1)) == 0
    assert remind(now=call.starts_at - 24 * HOUR) == 1
    assert remind(now=call.starts_at - 23 * HOUR) == 0
    assert remind(now=call.starts_at - HOUR) == 1
    assert remind(now=call.starts_at - HOUR / 2) == 0
    assert reminders() == ["call_reminder_24h", "call_reminder_1h"]
    mail = Mail.objects.get(kind="call_reminder_1h")
    assert (mail.sequence, mail.booking_id, mail.calendar) == (0, call.pk, "")
    assert "A reminder" in Mail.objects.get(kind="call_reminder_24h").body


def test_after_a_silence_what_still_helps_is_written(call: Booking) -> None:
    assert remind(now=call.starts_at - 5 * HOUR) == 1  # the worker was down for most of a day
    Mail.objects.all().delete()
    assert remind(now=call.starts_at - HOUR / 2) == 1
    assert reminders() == ["call_reminder_1h"]
    assert remind(now=call.starts_at) == 0


def test_whoever_booked_after_the_mark_has_just_had_a_mail() -> None:
    clinic = practice()
    soon = booked(clinic, starts(clinic)[0])  # two hours away
    assert remind(now=NOW) == 0
    assert remind(now=soon.starts_at - HOUR) == 1


def test_a_moved_call_is_reminded_of_at_its_new_time_only(call: Booking) -> None:
    remind(now=call.starts_at - 24 * HOUR)
    old = Mail.objects.get(kind="call_reminder_24h")
    later = call.starts_at - 23 * HOUR
    to = starts(call.clinic, later)[-1]
    bookings.move(booking=call, starts_at=to, sequence=0, now=later)
    old.refresh_from_db()
    assert (old.state, still_wanted(old, now=later)) == (Mail.State.DROPPED, False)
    assert remind(now=call.starts_at - HOUR) == 0
    assert remind(now=to - 24 * HOUR) == 1
    new = Mail.objects.get(kind="call_reminder_24h", state=Mail.State.QUEUED)
    assert (new.sequence, still_wanted(new, now=to - HOUR)) == (1, True)


def test_a_cancelled_call_is_not_reminded_of(call: Booking) -> None:
    remind(now=call.starts_at - 24 * HOUR)
    mail = Mail.objects.get(kind="call_reminder_24h")
    bookings.cancel(booking=call, now=call.starts_at - 20 * HOUR)
    assert not still_wanted(mail, now=call.starts_at - 20 * HOUR)
    assert remind(now=call.starts_at - HOUR) == 0
    assert reminders() == []


def test_the_sender_looks_at_the_call_once_more(call: Booking) -> None:
    remind(now=call.starts_at - 24 * HOUR)
    mail = Mail.objects.get(kind="call_reminder_24h")
    assert still_wanted(mail, now=call.starts_at - HOUR)
    assert not still_wanted(mail, now=call.starts_at)
    Booking.objects.filter(pk=call.pk).update(state=Booking.State.CANCELLED)  # a moment before it goes out
    assert not still_wanted(mail, now=call.starts_at - HOUR)
    assert not still_wanted(Mail(kind="call_reminder_1h"), now=NOW)


def test_a_call_that_was_given_away_is_reminded_of_all_the_same(call: Booking) -> None:
    clinic = call.clinic
    from tests.records.clinic.call_people import therapist  # noqa: PLC0415 - of this test alone

    other = therapist(clinic, "second")
    given = call.starts_at - 2 * HOUR
    calls.give(staff=at_work(other), booking=call.pk, therapist=other.pk, now=given)
    assert remind(now=call.starts_at - HOUR) == 1


def test_what_is_only_asked_for_is_not_reminded_of() -> None:
    clinic = practice(booking=Clinic.BookingTerms.REQUEST)
    asked = booked(clinic, starts(clinic)[-1])
    assert remind(now=asked.starts_at - HOUR) == 0
