"""The free call as its visitor goes through it: choosing, confirming, and the link in the e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from liftback.records import consents
from liftback.records.mail.call_mails import BOOKED
from liftback.records.models import Booking, Clinic, Mail
from liftback.records.read.clinic import calls
from liftback.records.signed import link_token
from liftback.records.write.clinic import bookings
from tests.people import NOW, licence
from tests.records.clinic.call_people import asked, booked, details, hold, practice, starts

pytestmark = pytest.mark.django_db
WHO = {"name": "Ann Lifter", "phone": "(212) 555-0123", "email": "ann@visitors.example", "place": "NY"}
State = Booking.State


@pytest.fixture(autouse=True)
def now() -> Iterator[Any]:
    cache.clear()
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def clinic(now: Any) -> Clinic:
    return practice()


def text_of(answer: Any) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def press(client: Any, clinic: Clinic, at: datetime, **more: str) -> Any:
    """Press a time on a fresh page."""
    page = client.get(f"/at/{clinic.slug}/call/", more).content.decode()
    fields = dict(re.findall(r'name="(form_id|zone|asked)" value="([^"]*)"', page))
    return client.post(f"/at/{clinic.slug}/call/", {**fields, "starts_at": at.isoformat()})


def send(client: Any, address: str, **more: str) -> Any:
    """Fill in the form behind a held time."""
    page = client.get(address).content.decode()
    text = re.search(r'name="consent_text" value="(\d+)"', page)
    given = {**WHO, "consent": "yes", "consent_text": text[1] if text else "", **more}
    return client.post(address, given)


def page_of(booking: Booking, purpose: str = BOOKED) -> str:
    tail = {BOOKED: "", calls.CANCEL: "cancel/", calls.MOVE: "move/"}[purpose]
    return f"/booked/{link_token(purpose, str(booking.pk))}/{tail}"


def test_from_the_first_page_to_a_call(client: Any, clinic: Clinic) -> None:
    at = starts(clinic)[0]
    answer = press(client, clinic, at)
    assert (answer.status_code, Booking.objects.get().state) == (302, State.HELD)
    form = text_of(client.get(answer.url))
    assert "Monday 23 November 2026 at 9 a.m., New York time (UTC−5)" in form
    assert consents.FIRST[consents.CALL] in form
    done = send(client, answer.url)
    made = Booking.objects.get()
    assert (made.state, made.phone, made.starts_at, made.place) == (State.CONFIRMED, "+12125550123", at, "NY")
    assert made.consent is not None
    shown = text_of(client.get(done.url))
    assert "Your call is booked" in shown
    assert "Hello Ann." in shown
    for secret in ("Lifter", "0123", "ann@visitors"):
        assert secret not in shown
    mail = Mail.objects.get(kind="call_confirmed")
    assert done.url in mail.body
    assert mail.body.count("http") == 1


def test_times_are_shown_where_the_visitor_is(client: Any, clinic: Clinic) -> None:
    client.cookies["zone"] = "Asia/Kolkata"
    shown = text_of(client.get(f"/at/{clinic.slug}/call/"))
    assert "7:30 p.m. 9 a.m. at the clinic" in shown
    assert "Kolkata time (UTC+5:30)" in shown
    chosen = text_of(client.get(f"/at/{clinic.slug}/call/", {"zone": "America/Los_Angeles"}))
    assert "6 a.m. 9 a.m. at the clinic" in chosen
    client.cookies["zone"] = "Nowhere/Land"
    assert "New York time (UTC−5)" in text_of(client.get(f"/at/{clinic.slug}/call/"))


def test_the_chosen_zone_goes_along_to_the_call(client: Any, clinic: Clinic) -> None:
    answer = press(client, clinic, starts(clinic)[0], zone="Europe/Paris")
    assert "3 p.m., Paris time (UTC+1)" in text_of(client.get(answer.url))
    send(client, answer.url)
    assert Booking.objects.get().zone == "Europe/Paris"


@pytest.mark.parametrize("sent", [
    "", "tomorrow", "2026-11-23T14:05:00+00:00", "2026-11-23T14:00:00", "2027-11-23T14:00:00Z",
    "9999-12-31T23:59:59+00:00", "0001-01-01T00:00:00+23:00",
])  # fmt: skip
def test_a_posted_time_that_is_not_offered_is_no_call(client: Any, clinic: Clinic, sent: str) -> None:
    answer = client.post(f"/at/{clinic.slug}/call/", {"starts_at": sent, "form_id": "x"})
    assert answer.status_code == 409
    assert "That time is gone" in text_of(answer)
    assert b'name="starts_at"' in answer.content  # with the next free times
    assert not Booking.objects.exists()


def test_a_time_that_goes_while_the_form_is_filled_in_loses_nothing_typed(
    client: Any, clinic: Clinic, now: Any
) -> None:
    at = starts(clinic)[4]
    form = press(client, clinic, at).url
    later = NOW + timedelta(minutes=11)
    now.move_to(later)
    hold(clinic, at, later)
    answer = send(client, form)
    assert (answer.status_code, "That time is gone" in text_of(answer)) == (409, True)
    again = press(client, clinic, starts(clinic, later)[0])
    page = client.get(again.url).content.decode()
    assert 'value="Ann Lifter"' in page
    assert 'value="(212) 555-0123"' in page
    assert send(client, again.url).status_code == 302
    assert Booking.objects.filter(state=State.CONFIRMED).count() == 1


def test_a_form_that_is_not_right_comes_back_filled_in(client: Any, clinic: Clinic) -> None:
    form = press(client, clinic, starts(clinic)[0]).url
    answer = send(client, form, name="", phone="12", email="no address", place="", consent="")
    page = text_of(answer)
    assert answer.status_code == 200
    for said in ("Say what to call you", "too short", "no e-mail address", "Choose where you are now", "Tick that"):
        assert said in page
    assert 'value="no address"' in answer.content.decode()
    assert Booking.objects.get().state == State.HELD


@pytest.mark.parametrize(("typed", "kept"), [("+44 20 7946 0958", "+442079460958"), ("+49 30 901820", "+4930901820"),
                                             ("212.555.0123", "+12125550123")])  # fmt: skip
def test_numbers_of_other_countries_are_kept(client: Any, clinic: Clinic, typed: str, kept: str) -> None:
    send(client, press(client, clinic, starts(clinic)[0]).url, phone=typed)
    assert Booking.objects.get().phone == kept


@pytest.mark.parametrize("place", ["outside", "unsure", "CA"])
def test_anybody_may_have_a_fit_call_wherever_they_are(client: Any, clinic: Clinic, place: str) -> None:
    send(client, press(client, clinic, starts(clinic)[0]).url, place=place)
    assert (Booking.objects.get().place, Booking.objects.get().state) == (place, State.CONFIRMED)


def test_a_text_that_changed_meanwhile_is_shown_again(client: Any, clinic: Clinic) -> None:
    form = press(client, clinic, starts(clinic)[0]).url
    old = consents.current(clinic=clinic, kind=consents.CALL, now=NOW)
    new = consents.reword(clinic=clinic, kind=consents.CALL, text="A call of our own kind.", now=NOW)
    answer = send(client, form, consent_text=str(old.pk))
    assert "has changed meanwhile" in text_of(answer)
    assert "A call of our own kind." in text_of(answer)
    send(client, form)
    assert Booking.objects.get().consent == new


def test_a_form_sent_twice_is_one_call(client: Any, clinic: Clinic) -> None:
    form = press(client, clinic, starts(clinic)[0]).url
    one = send(client, form)
    assert client.post(form, {**WHO, "consent": "yes"}).url == one.url
    assert client.get(form).url == one.url
    assert Mail.objects.filter(kind="call_confirmed").count() == 1


def test_the_page_says_which_time_is_held(client: Any, clinic: Clinic) -> None:
    first = starts(clinic)[0]
    press(client, clinic, first)
    assert "You hold a time Monday 23 November 2026 at 9 a.m." in text_of(client.get(f"/at/{clinic.slug}/call/"))
    press(client, clinic, starts(clinic)[4])
    assert first in starts(clinic)  # the other was let go


def test_forged_links_are_not_there(client: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    good = link_token(BOOKED, str(made.pk))
    other = link_token(calls.CANCEL, str(made.pk))
    for token in (good[:-1] + ("a" if good[-1] != "a" else "b"), good[3:], other, str(made.pk), "x", "a" * 400):
        assert client.get(f"/booked/{token}/").status_code == 404
        assert client.get(f"/booked/{token}/invite.ics").status_code == 404
    for tail in ("cancel", "move"):
        assert client.post(f"/booked/{good}/{tail}/").status_code == 404
    assert client.post(f"/booked/{link_token(calls.MOVE, str(made.pk))}/cancel/").status_code == 404
    made.refresh_from_db()
    assert made.state == State.CONFIRMED


def test_what_mail_scanners_follow_changes_nothing(client: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    held = hold(clinic, starts(clinic)[3])
    before = list(Booking.objects.order_by("pk").values())
    for address in (page_of(made), page_of(made, calls.CANCEL), page_of(made, calls.MOVE),
                    f"/call/{link_token(calls.HOLD, str(held.pk))}/"):  # fmt: skip
        for method in (client.get, client.head, client.options):
            method(address)
    assert list(Booking.objects.order_by("pk").values()) == before


def test_a_call_is_cancelled_by_a_form_and_stays_so(client: Any, clinic: Clinic) -> None:
    first = starts(clinic)[0]
    made = booked(clinic, first)
    shown = client.get(page_of(made)).content.decode()
    asks = re.search(r'href="(/booked/[^"]+/cancel/)"', shown)
    assert asks is not None
    assert "Cancel this call?" in text_of(client.get(asks[1]))
    answer = client.post(asks[1])
    assert "This call is cancelled" in text_of(client.get(answer.url))
    assert first in starts(clinic)
    other = starts(clinic)[3].isoformat()
    assert client.post(page_of(made, calls.MOVE), {"starts_at": other, "sequence": "1"}).status_code == 302
    assert client.post(asks[1]).status_code == 302
    made.refresh_from_db()
    assert made.state == State.CANCELLED
    assert client.get(f"{page_of(made)}invite.ics").status_code == 404


def test_a_call_is_moved(client: Any, clinic: Clinic) -> None:
    made = booked(clinic, starts(clinic)[0])
    other = starts(clinic)[3]
    page = client.get(page_of(made, calls.MOVE))
    assert f'value="{other.isoformat()}"' in page.content.decode()
    answer = client.post(page_of(made, calls.MOVE), {"starts_at": other.isoformat(), "sequence": "0"})
    made.refresh_from_db()
    assert (made.starts_at, made.sequence) == (other, 1)
    assert "10:15 a.m." in text_of(client.get(answer.url))
    third = starts(clinic)[6].isoformat()
    late = client.post(page_of(made, calls.MOVE), {"starts_at": third, "sequence": "0"})
    assert (late.status_code, "changed meanwhile" in text_of(late)) == (409, True)


def test_links_work_for_twelve_hours_after_the_beginning(client: Any, clinic: Clinic, now: Any) -> None:
    made = booked(clinic, starts(clinic)[0])
    now.move_to(made.starts_at + timedelta(hours=11, minutes=59))
    shown = text_of(client.get(page_of(made)))
    assert "If nobody has called you by now" in shown
    assert "Choose another time" in shown
    assert client.get(page_of(made, calls.MOVE)).status_code == 200
    now.move_to(made.starts_at + timedelta(hours=12))
    for purpose in (BOOKED, calls.CANCEL, calls.MOVE):
        answer = client.get(page_of(made, purpose))
        assert (answer.status_code, "This link is over" in text_of(answer)) == (410, True)
        assert "Ann" not in text_of(answer)
    assert client.post(page_of(made, calls.CANCEL)).status_code == 410


def test_the_clock_of_a_device_does_not_count(client: Any, clinic: Clinic) -> None:
    at = starts(clinic)[0]
    ahead = (NOW + timedelta(hours=1)).isoformat()
    answer = client.post(f"/at/{clinic.slug}/call/", {"starts_at": at.isoformat(), "client_time": ahead})
    assert answer.status_code == 302
    made = Booking.objects.get()
    assert (made.made_at, made.held_until) == (NOW, NOW + timedelta(minutes=10))


def test_without_free_times_there_is_another_way(client: Any, clinic: Clinic) -> None:
    clinic.memberships.update(takes_calls=False)
    shown = text_of(client.get(f"/at/{clinic.slug}/call/"))
    assert "No free time at the moment" in shown
    assert "Write what is going on instead" in shown
    Clinic.objects.update(booking="off")
    off = client.get(f"/at/{clinic.slug}/call/")
    assert (off.status_code, "No calls to book here" in text_of(off)) == (200, True)
    assert client.post(f"/at/{clinic.slug}/call/", {"starts_at": NOW.isoformat()}).status_code == 409
    assert client.get("/at/nowhere/call/").status_code == 404


def test_a_call_for_a_request_asks_for_nothing_twice_and_shows_nothing_of_it(client: Any, clinic: Clinic) -> None:
    licence(clinic.memberships.get().person)
    request = asked(clinic, name="Bea Requester", phone="+13125550777", email="bea@visitors.example")
    answer = press(client, clinic, starts(clinic)[0], asked=link_token("asked", str(request.pk)))
    page = client.get(answer.url)
    assert "We have it from your request" in text_of(page)
    for secret in ("555", "bea@", "Requester"):
        assert secret not in text_of(page)
    send(client, answer.url, name="", phone="", email="", place="")
    made = Booking.objects.get()
    assert (made.request, made.name, made.phone) == (request, "Bea Requester", "+13125550777")
    assert (made.email, made.place) == ("bea@visitors.example", "NY")


def test_a_forged_request_link_ties_nothing(client: Any, clinic: Clinic) -> None:
    elsewhere = asked(practice("elsewhere"))
    for token in ("x", link_token("asked", str(elsewhere.pk)), link_token("other", str(elsewhere.pk))):
        press(client, clinic, starts(clinic)[0], asked=token)
    assert set(Booking.objects.values_list("request", flat=True)) == {None}


def test_on_request_the_page_says_that_it_is_not_sure(client: Any, clinic: Clinic) -> None:
    Clinic.objects.update(booking="request")
    done = send(client, press(client, clinic, starts(clinic)[0]).url)
    shown = text_of(client.get(done.url))
    assert "It is not sure yet" in shown
    assert "calendar" not in shown


def test_help_stands_above_the_times_and_a_flagged_request_above_all(client: Any, clinic: Clinic) -> None:
    page = text_of(client.get(f"/at/{clinic.slug}/call/"))
    assert page.index("Do not wait for a call") < page.index("Your time zone")
    request = asked(clinic, flagged=True)
    flagged = client.get(f"/at/{clinic.slug}/call/", {"asked": link_token("asked", str(request.pk))})
    assert "calls for a look at you now" in text_of(flagged)


def test_too_many_holds_from_one_place_are_slowed_down(client: Any, clinic: Clinic) -> None:
    answers = [client.post(f"/at/{clinic.slug}/call/", {}).status_code for _ in range(21)]
    assert answers == [409] * 20 + [429]


def test_a_visitor_who_is_a_lifter_keeps_their_zone_and_name(client: Any, clinic: Clinic) -> None:
    from tests.people import lifter_of, person  # noqa: PLC0415 - of this test alone

    lifter = lifter_of(person("sam"), zone="America/Denver")
    client.force_login(lifter.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    answer = press(client, clinic, starts(clinic)[0])
    assert b'value="sam@people.example"' in client.get(answer.url).content
    made = Booking.objects.get()
    assert (made.lifter, made.zone) == (lifter, "America/Denver")
    bookings.confirm(booking=made, details=details(clinic), now=NOW)
