"""One instant, said in one way: the page, the e-mail and the calendar agree, wherever the visitor is."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from liftback.records.call_times import instant_of, said, wall_of
from liftback.records.links import absolute
from liftback.records.models import Booking, CallHours, Clinic, Mail
from liftback.records.scheduling.zones import tzdata_version
from liftback.records.write.clinic import bookings
from tests.records.clinic.call_people import booked, practice, starts, utc

pytestmark = pytest.mark.django_db
MINUS = "−"
# The clinic's zone, the visitor's, the instant, and what each clock shows then.
CALLS = [
    ("America/New_York", "America/New_York", utc(2026, 12, 1, 15, 0), "10 a.m., New York time (UTC-5)", ""),
    ("America/New_York", "America/Vancouver", utc(2026, 12, 1, 15, 0), "8 a.m., Vancouver time (UTC-7)", "10 a.m."),
    ("America/New_York", "America/Vancouver", utc(2026, 10, 27, 14, 0), "7 a.m., Vancouver time (UTC-7)", "10 a.m."),
    ("America/Vancouver", "America/New_York", utc(2027, 1, 12, 17, 0), "noon, New York time (UTC-5)", "10 a.m."),
    ("America/New_York", "Asia/Kolkata", utc(2026, 12, 1, 15, 0), "8:30 p.m., Kolkata time (UTC+5:30)", "10 a.m."),
    ("Australia/Lord_Howe", "Europe/London", utc(2026, 12, 1, 23, 0), "11 p.m., London time (UTC)", "10 a.m."),
    ("America/St_Johns", "UTC", utc(2026, 12, 1, 13, 30), "1:30 p.m., UTC", "10 a.m."),
    ("Europe/Paris", "America/New_York", utc(2026, 10, 30, 9, 0), "5 a.m., New York time (UTC-4)", "10 a.m."),
    ("Europe/Paris", "America/New_York", utc(2026, 11, 2, 9, 0), "4 a.m., New York time (UTC-5)", "10 a.m."),
    ("America/New_York", "Pacific/Auckland", utc(2027, 3, 15, 14, 0), "3 a.m., Auckland time (UTC+13)", "10 a.m."),
    ("America/New_York", "Pacific/Kiritimati", utc(2026, 12, 1, 15, 0), "5 a.m., Kiritimati time (UTC+14)", "10 a.m."),
]


def made(of: str, zone: str, at: datetime) -> Booking:
    clinic = practice(zone=of, country="XX")
    CallHours.objects.all().delete()
    for day in range(7):
        CallHours.objects.create(therapist=clinic.memberships.get(), weekday=day, begins=time(0), ends=time(23, 59))
    return booked(clinic, at, at - timedelta(hours=6), zone=zone)


@pytest.mark.parametrize(("of", "zone", "at", "theirs", "ours"), CALLS)
def test_page_mail_and_calendar_say_the_same(of: str, zone: str, at: datetime, theirs: str, ours: str) -> None:
    booking = made(of, zone, at)
    mail = Mail.objects.get(kind="call_confirmed")
    link = re.search(r"https?://\S+", mail.body)
    assert link is not None
    with time_machine.travel(at - timedelta(hours=5), tick=False):
        page = Client().get(link[0].removeprefix(absolute("")))
    shown = " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())
    event: Any = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
    assert event["dtstart"].dt == at == booking.starts_at
    assert event["dtend"].dt == at + timedelta(minutes=15)
    day = f"{at.astimezone(ZoneInfo(zone)):%A} {at.astimezone(ZoneInfo(zone)).day} "
    for text in (shown, mail.body):
        assert theirs.replace("-", MINUS) in text
        assert day in text
        assert ("at the clinic: " in text.lower()) == bool(ours)
        assert ours in text
    assert (booking.clinic_zone, booking.tzdata, booking.wall[-5:]) == (of, tzdata_version(), "10:00")


def test_the_invitation_says_nothing_of_anybodys_health_or_number() -> None:
    clinic = practice()
    booking = booked(clinic, starts(clinic)[0])
    text = Mail.objects.get(kind="call_confirmed").calendar
    unfolded = text.replace("\r\n ", "")
    for line in (
        f"UID:{booking.pk}@liftback", "SEQUENCE:0", "METHOD:REQUEST", "STATUS:CONFIRMED",
        "SUMMARY:Call with Calls clinic",
        "DTSTART:20261123T140000Z", "DTEND:20261123T141500Z", "CLASS:PRIVATE", "DTSTAMP:20261123T120000Z",
    ):  # fmt: skip
        assert line in unfolded
    assert "mailto:ann@visitors.example" in unfolded
    assert "mailto:desk@calls.example" in unfolded
    assert "VALARM" not in unfolded
    for word in ("back", "pain", "Ann", "555", "physical"):
        assert word not in unfolded.replace("liftback", "").replace("Liftback", "")


def test_uid_stays_and_sequence_grows_through_a_calls_life() -> None:
    clinic = practice()
    first, _, _, other = starts(clinic)[:4]
    booking = booked(clinic, first)
    bookings.move(booking=booking, starts_at=other, sequence=0, now=booking.made_at)
    bookings.cancel(booking=booking, now=booking.made_at)
    events: list[tuple[str, Any]] = [
        (mail.method, Calendar.from_ical(mail.calendar).walk("VEVENT")[0])
        for mail in Mail.objects.exclude(calendar="").order_by("pk")
    ]
    assert [method for method, _ in events] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(event["uid"]) for _, event in events} == {f"{booking.pk}@liftback"}
    assert [int(event["sequence"]) for _, event in events] == [0, 1, 2]
    assert [str(event["status"]) for _, event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


def test_a_moved_call_on_request_is_unsure_in_the_calendar_until_it_is_sure() -> None:
    clinic = practice()
    first, _, _, other = starts(clinic)[:4]
    booking = booked(clinic, first)
    Clinic.objects.update(booking=Clinic.BookingTerms.REQUEST)
    booking.refresh_from_db()
    bookings.move(booking=booking, starts_at=other, sequence=0, now=booking.made_at)
    mail = Mail.objects.get(kind="call_requested")
    assert (mail.method, "STATUS:TENTATIVE" in mail.calendar) == ("REQUEST", True)


def test_an_hour_that_comes_twice_is_said_with_its_zone() -> None:
    once, twice = utc(2026, 11, 1, 5, 30), utc(2026, 11, 1, 6, 30)
    words = [said(at, "America/New_York").whole for at in (once, twice)]
    assert [one.rsplit(", ", 1)[1] for one in words] == [
        f"New York time (UTC{MINUS}4)",
        f"New York time (UTC{MINUS}5)",
    ]
    assert words[0].rsplit(", ", 1)[0] == words[1].rsplit(", ", 1)[0]


@pytest.mark.parametrize(
    ("wall", "zone", "at"),
    [
        ("2026-12-01T10:00", "America/New_York", utc(2026, 12, 1, 15)),
        ("2027-03-14T02:30", "America/New_York", None),  # the clock jumps over it
        ("2026-11-01T01:30", "America/New_York", utc(2026, 11, 1, 5, 30)),  # shown twice: the first
        ("2026-12-01T10:00", "America/Vancouver", utc(2026, 12, 1, 17)),  # no change of the clock any more
        ("2026-10-04T02:15", "Australia/Lord_Howe", None),  # half an hour is jumped over
        ("2026-12-01T10:00+01:00", "America/New_York", None),
        ("soon", "America/New_York", None),
        ("0001-01-01T00:00", "Asia/Tokyo", None),
    ],
)
def test_a_typed_time_is_the_instant_on_the_clinics_clock(wall: str, zone: str, at: datetime | None) -> None:
    assert instant_of(wall, zone) == at
    if at is not None:
        assert wall_of(at, zone) == wall.replace("T", " ")


def test_a_zone_that_is_not_known_is_utc() -> None:
    assert said(datetime(2026, 12, 1, 15, tzinfo=UTC), "Nowhere/Land").whole.endswith("3 p.m., UTC")
