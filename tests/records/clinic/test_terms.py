"""A clinic's own terms: kept with a row that says who changed what, refused with a sentence at each fault."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest

from liftback.records import consents, texts
from liftback.records.models import AuditRow, Clinic, ClosedDay, OpeningHours, StateTerms
from liftback.records.permissions import NotAllowedError
from liftback.records.read.clinic import terms as reading
from liftback.records.staff import Staff
from liftback.records.write.clinic import terms
from liftback.records.write.clinic.terms import RefusedError
from tests.people import NOW, TODAY, People, everybody, staff_of

CONTACT = {
    "name": "This clinic", "phone": "+1 212 555 0100", "email": "hello@clinic.example", "address": "1 Main St",
    "zone": "America/New_York", "country": "US", "subdivision": "NY",
}  # fmt: skip


@pytest.fixture
def people(db: None) -> People:
    return everybody()


@pytest.fixture
def owner(people: People) -> Staff:
    return staff_of(people.owner)


def whys() -> list[str]:
    return list(AuditRow.objects.filter(what="settings").order_by("pk").values_list("why", flat=True))


def test_a_change_is_kept_with_who_made_it_and_what_it_was_before(owner: Staff) -> None:
    terms.set_contact(staff=owner, now=NOW, **CONTACT)
    assert Clinic.objects.get(pk=owner.clinic.pk).phone == "+1 212 555 0100"
    row = AuditRow.objects.get()
    assert (row.actor, row.deed, row.lifter) == (owner.person.pk, "write", None)
    assert "phone:  → +1 212 555 0100" in row.why


def test_the_same_again_leaves_no_row(owner: Staff) -> None:
    for _ in range(2):
        terms.set_contact(staff=owner, now=NOW, **CONTACT)
        terms.set_text(staff=owner, now=NOW, name=texts.WELCOME, text="Come in.")
        terms.set_hours(staff=owner, now=NOW, days={0: [(time(9), time(17))]})
        owner.clinic.refresh_from_db()
    assert len(whys()) == 3


@pytest.mark.parametrize("who", ["therapist", "other_therapist", "front_desk"])
def test_nobody_but_the_owner_changes_terms(people: People, who: str) -> None:
    staff = staff_of(getattr(people, who))
    attempts: list[Any] = [
        lambda: terms.set_contact(staff=staff, now=NOW, **{**CONTACT, "name": "Theirs"}),
        lambda: terms.set_modules(staff=staff, now=NOW, off=["booking"]),
        lambda: terms.set_hours(staff=staff, now=NOW, days={}),
        lambda: terms.close_days(staff=staff, now=NOW, first=TODAY),
        lambda: terms.set_state(staff=staff, now=NOW, state="NY", care_by_phone=True, note="me"),
        lambda: terms.reword_consent(staff=staff, now=NOW, kind="call", language="en", text="All of it."),
        lambda: terms.set_text(staff=staff, now=NOW, name=texts.NEXT, text="words"),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()
    assert not AuditRow.objects.exists()
    assert not ClosedDay.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "no"}, "email"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"country": "USA"}, "country"),
        ({"address": "x" * 201}, "address"),
    ],
)
def test_a_fault_is_said_at_its_field(owner: Staff, values: dict[str, str], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        terms.set_contact(staff=owner, now=NOW, **{**CONTACT, **values})
    assert list(refused.value.faults) == [field]
    assert whys() == []


@pytest.mark.parametrize(
    ("numbers", "field"),
    [({"call_minutes": 3}, "call_minutes"), ({"call_minutes": 17}, "call_minutes"), ({"daily_cap": 0}, "daily_cap")],
)
def test_numbers_have_bounds(owner: Staff, numbers: dict[str, int], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        terms.set_booking(staff=owner, now=NOW, booking="instant", **numbers)
    assert list(refused.value.faults) == [field]


def test_warning_signs_are_no_part_that_can_be_switched_off(owner: Staff) -> None:
    with pytest.raises(RefusedError):
        terms.set_modules(staff=owner, now=NOW, off=["warning_signs"])
    terms.set_modules(staff=owner, now=NOW, off=["booking"])
    assert Clinic.objects.get(pk=owner.clinic.pk).modules_off == ["booking"]


def test_the_week_takes_the_place_of_the_one_before(owner: Staff) -> None:
    terms.set_hours(staff=owner, now=NOW, days={1: [(time(9), time(12)), (time(13), time(17))]})
    assert OpeningHours.objects.filter(clinic=owner.clinic).count() == 2
    assert reading.hours(owner.clinic)[1] == "09:00-12:00, 13:00-17:00"
    assert reading.hours(owner.clinic)[0] == ""


def test_days_are_closed_and_opened_again(owner: Staff) -> None:
    terms.close_days(staff=owner, now=NOW, first=TODAY, last=TODAY + timedelta(days=2), name="moving")
    terms.close_days(staff=owner, now=NOW, first=TODAY, name="moving")
    assert [one.day for one in reading.closed_days(owner.clinic, NOW)] == [TODAY + timedelta(days=n) for n in range(3)]
    for one in ClosedDay.objects.all():
        terms.open_day(staff=owner, now=NOW, closed=one.pk)
    terms.open_day(staff=owner, now=NOW, closed=12345)
    assert not ClosedDay.objects.exists()


def test_another_clinics_closed_day_stays(owner: Staff, people: People) -> None:
    theirs = ClosedDay.objects.create(clinic=staff_of(people.other_therapist).clinic, day=TODAY)
    terms.open_day(staff=owner, now=NOW, closed=theirs.pk)
    assert ClosedDay.objects.filter(pk=theirs.pk).exists()


@pytest.mark.parametrize("first", [TODAY - timedelta(days=1), date(2040, 1, 1)])
def test_a_day_that_is_over_or_far_away_is_refused(owner: Staff, first: date) -> None:
    with pytest.raises(RefusedError):
        terms.close_days(staff=owner, now=NOW, first=first)


def test_only_a_holiday_can_be_taken_back(owner: Staff) -> None:
    thanksgiving = date(2026, 11, 26)
    with pytest.raises(RefusedError, match="no holiday"):
        terms.close_days(staff=owner, now=NOW, first=TODAY, open_anyway=True)
    terms.close_days(staff=owner, now=NOW, first=thanksgiving, open_anyway=True)
    shown, word = reading.holidays(owner.clinic, NOW)
    assert (shown[0].day, shown[0].taken_back, word) == (thanksgiving, True, "")
    assert len(shown) == 10
    assert not shown[1].taken_back


def test_a_place_nobody_knows_has_no_holidays_and_a_word(owner: Staff) -> None:
    Clinic.objects.filter(pk=owner.clinic.pk).update(country="ZZ")
    owner.clinic.refresh_from_db()
    shown, word = reading.holidays(owner.clinic, NOW)
    assert shown == []
    assert "ZZ" in word


def test_care_by_phone_needs_a_note(owner: Staff) -> None:
    with pytest.raises(RefusedError) as refused:
        terms.set_state(staff=owner, now=NOW, state="NY", care_by_phone=True, note=" ")
    assert list(refused.value.faults) == ["note"]
    terms.set_state(staff=owner, now=NOW, state="NY", care_by_phone=True, note="counsel, 2026-11-20")
    terms.set_state(staff=owner, now=NOW, state="NY", care_by_phone=False, note="")
    assert StateTerms.objects.get().care_by_phone is False


def test_a_text_that_was_agreed_to_stays_readable(owner: Staff) -> None:
    for text in ("First words.", "Second words.", "Second words."):
        terms.reword_consent(staff=owner, now=NOW, kind=consents.CALL, language="en", text=text)
    shown = {one["kind"]: one for one in reading.consent_texts(owner.clinic, NOW, "en")}[consents.CALL]
    assert (shown["current"].text, shown["current"].version) == ("Second words.", 2)
    assert [one.text for one in shown["older"]] == ["First words."]


@pytest.mark.parametrize("kind", ["clock_hours", "business_day"])
def test_the_example_is_counted_by_the_terms(owner: Staff, kind: str) -> None:
    terms.set_promise(staff=owner, now=NOW, promise_kind=kind, promise_hours=24, keeps_days=730)
    owner.clinic.refresh_from_db()
    received, due = reading.example(owner.clinic, NOW)
    assert received.isoformat() == "2026-11-27T21:30:00+00:00"  # Friday 16:30 in New York
    later = due.at - received
    assert later == timedelta(hours=24) if kind == "clock_hours" else later == timedelta(days=3)
