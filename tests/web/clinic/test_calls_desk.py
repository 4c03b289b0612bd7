"""Calls at the desk: the list, one call, booking for somebody, the therapist's own calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from liftback.records.models import Booking, Clinic, Mail, Membership, StateTerms
from liftback.records.write.clinic import bookings
from tests.people import NOW, TODAY, licence, person
from tests.records.clinic.call_people import asked, booked, practice, starts, therapist

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WHO = {"name": "Bea Caller", "phone": "212 555 0177", "email": "bea@visitors.example", "place": "NJ"}
State = Booking.State


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clinic(now: Any) -> Clinic:
    return practice()


@pytest.fixture
def desk(client: Any, clinic: Clinic) -> Any:
    """A therapist who takes calls, signed in."""
    client.force_login(clinic.memberships.get().person, backend=BACKEND)
    return client


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_the_list_shows_what_comes_by_day_on_the_clinics_clock(desk: Any, clinic: Clinic) -> None:
    booked(clinic, starts(clinic)[0], zone="Asia/Kolkata")
    booked(clinic, next(at for at in starts(clinic) if at.date() > TODAY), name="Bea Caller")
    shown = text_of(desk.get("/desk/calls/"))
    assert "Today, Monday 23 November" in shown
    assert "Tomorrow, Tuesday 24 November" in shown
    assert "09:00 theirs: 19:30, Kolkata time (UTC+5:30)" in shown
    for word in ("Ann Lifter", "Bea Caller", "Sure", "1 booked", "New York time"):
        assert word in shown


def test_the_front_desk_sees_and_does_the_same(client: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    Membership.objects.create(person=person("desk"), clinic=clinic, role=Membership.Role.FRONT_DESK)
    client.force_login(Membership.objects.get(role="front_desk").person, backend=BACKEND)
    assert "Ann Lifter" in text_of(client.get("/desk/calls/"))
    assert client.post(f"/desk/calls/{made.pk}/cancel/", {"why": "The therapist is ill"}).status_code == 302
    made.refresh_from_db()
    assert made.state == State.CANCELLED


def test_what_waits_for_a_yes_and_what_has_nobody_stand_first(desk: Any, clinic: Clinic) -> None:
    booked(clinic, starts(clinic)[0])
    bookings.release(None, clinic.memberships.get(), NOW)
    Clinic.objects.update(booking="request")
    clinic.refresh_from_db()
    booked(clinic, starts(clinic)[4], name="Bea Caller")
    shown = text_of(desk.get("/desk/calls/"))
    places = [shown.index(word) for word in ("These calls have no therapist", "Asked for: say yes or no", "To come")]
    assert places == sorted(places)


def test_a_yes_makes_it_sure(desk: Any, clinic: Clinic) -> None:
    Clinic.objects.update(booking="request")
    clinic.refresh_from_db()
    made = booked(clinic, starts(clinic)[0])
    page = f"/desk/calls/{made.pk}/"
    assert "Yes, we call then" in text_of(desk.get(page))
    assert desk.post(f"{page}confirm/").url == page
    after = text_of(desk.get(page))
    assert "The call is sure" in after
    assert "Yes, we call then" not in after


def test_a_fit_call_says_so_until_the_clinic_allows_care_there(desk: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    assert "A fit call only" in text_of(desk.get(f"/desk/calls/{made.pk}/"))
    given = {"care_by_phone": True, "note": "Counsel, letter of 2 June", "noted_on": TODAY}
    StateTerms.objects.create(clinic=clinic, state="NJ", **given)
    assert "A fit call only" in text_of(desk.get(f"/desk/calls/{made.pk}/"))
    StateTerms.objects.create(clinic=clinic, state="NY", **given)
    assert "Counsel, letter of 2 June" in text_of(desk.get(f"/desk/calls/{made.pk}/"))


def test_what_stands_in_the_way_is_said_and_nothing_typed_is_lost(desk: Any, clinic: Clinic) -> None:
    first = starts(clinic)[0]
    made, other = booked(clinic, first), booked(clinic, starts(clinic)[4], name="Bea Caller")
    page = f"/desk/calls/{other.pk}/"
    member = clinic.memberships.get()
    form = {"at": "2026-11-23T09:05", "therapist": str(member.pk), "why": "they asked", "sequence": "0"}
    answer = desk.post(f"{page}move/", form)
    assert (answer.status_code, "has another call at that time" in text_of(answer)) == (409, True)
    assert 'value="they asked"' in answer.content.decode()
    assert 'value="2026-11-23T09:05"' in answer.content.decode()
    for wrong in ("2027-03-14T02:30", "soon", ""):
        assert "jumps over it" in text_of(desk.post(f"{page}move/", {**form, "at": wrong}))
    assert "Say why" in text_of(desk.post(f"/desk/calls/{made.pk}/cancel/", {"why": ""}))
    assert Booking.objects.filter(state=State.CONFIRMED).count() == 2


def test_a_call_is_moved_past_the_hours_with_a_reason(desk: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    form = {"at": "2026-11-28T18:10", "therapist": str(clinic.memberships.get().pk), "sequence": "0"}
    assert desk.post(f"/desk/calls/{made.pk}/move/", form).status_code == 409
    assert desk.post(f"/desk/calls/{made.pk}/move/", {**form, "why": "works all week"}).status_code == 302
    assert "works all week" in text_of(desk.get(f"/desk/calls/{made.pk}/"))


def test_how_it_went_is_written_down(desk: Any, clinic: Clinic, now: Any) -> None:
    made = booked(clinic, starts(clinic)[0])
    page = f"/desk/calls/{made.pk}/"
    assert "It took place" not in text_of(desk.get(page))
    assert desk.post(f"{page}done/").status_code == 409
    now.move_to(made.starts_at + timedelta(minutes=16))
    assert desk.post(f"{page}no-show/").status_code == 302
    assert desk.post(f"{page}done/").status_code == 302
    made.refresh_from_db()
    assert made.state == State.DONE


def test_booking_for_somebody_on_the_phone(desk: Any, clinic: Clinic) -> None:
    page = desk.get("/desk/calls/book/")
    assert "The next free times" in text_of(page)
    form_id = re.search(r'name="form_id" value="([^"]+)"', page.content.decode())
    assert form_id is not None
    form = {**WHO, "form_id": form_id[1], "therapist": str(clinic.memberships.get().pk), "zone": "America/Chicago"}
    refused = desk.post("/desk/calls/book/", {**form, "at": "2026-11-23T19:00"})
    assert (refused.status_code, "Say why" in text_of(refused)) == (409, True)
    assert 'value="Bea Caller"' in refused.content.decode()
    assert "Type the number" in text_of(desk.post("/desk/calls/book/", {**form, "phone": "", "at": "x"}))
    for _ in range(2):
        answer = desk.post("/desk/calls/book/", {**form, "at": "2026-11-23T19:00", "why": "after work"})
        made = Booking.objects.get()
        assert answer.url == f"/desk/calls/{made.pk}/"
    assert (made.override_why, made.phone, made.zone) == ("after work", "+12125550177", "America/Chicago")
    assert "6 p.m., Chicago time" in Mail.objects.get(kind="call_confirmed").body


def test_booking_for_a_request_takes_what_is_known_from_it(desk: Any, clinic: Clinic) -> None:
    licence(clinic.memberships.get().person)
    request = asked(clinic, name="Cy Requester")
    assert "For the request of Cy Requester" in text_of(desk.get(f"/desk/calls/book/?request={request.pk}"))
    elsewhere = asked(practice("elsewhere"), name="Dee Elsewhere")
    assert "Dee" not in text_of(desk.get(f"/desk/calls/book/?request={elsewhere.pk}"))
    form = {"request": str(request.pk), "at": "2026-11-23T09:00", "therapist": str(clinic.memberships.get().pk)}
    assert desk.post("/desk/calls/book/", form).status_code == 302
    made = Booking.objects.get()
    assert (made.request, made.name, made.phone, made.place) == (request, "Cy Requester", "+12125550123", "NY")


def test_the_calendar_has_a_secret_address_that_ends(desk: Any, clinic: Clinic) -> None:
    booked(clinic, starts(clinic)[0])
    desk.post("/desk/calls/feed/", {"do": "make"})
    address = re.search(r"http\S+?(/at/calls/calls/[^\"]+\.ics)", desk.get("/desk/calls/feed/").content.decode())
    assert address is not None
    answer = Client().get(address[1])
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert b"SUMMARY:Call: Ann" in answer.content
    desk.post("/desk/calls/feed/", {"do": "stop"})
    assert Client().get(address[1]).status_code == 404
    for token in ("x", "0" * 43, "None"):
        assert Client().get(f"/at/calls/calls/{token}.ics").status_code == 404


def test_a_held_time_is_nobodys_call_yet(desk: Any, clinic: Clinic) -> None:
    from tests.records.clinic.call_people import hold  # noqa: PLC0415 - of this test alone

    made = hold(clinic, starts(clinic)[0])
    assert desk.get(f"/desk/calls/{made.pk}/").status_code == 404


def test_a_call_whose_zone_changed_its_rule_says_so(desk: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    Booking.objects.filter(pk=made.pk).update(tzdata="2020a", wall="2026-11-23 10:00")
    assert "The clock’s rule has changed" in text_of(desk.get("/desk/calls/"))
    assert "was to show 2026-11-23 10:00" in text_of(desk.get(f"/desk/calls/{made.pk}/"))


def test_the_list_asks_the_store_as_often_for_forty_calls_as_for_two(
    desk: Any, clinic: Clinic, django_assert_max_num_queries: Any
) -> None:
    therapist(clinic, "second")
    Clinic.objects.update(daily_cap=40)
    clinic.refresh_from_db()
    for at in starts(clinic)[::4][:15]:
        booked(clinic, at)
    with django_assert_max_num_queries(30):
        assert desk.get("/desk/calls/").status_code == 200
