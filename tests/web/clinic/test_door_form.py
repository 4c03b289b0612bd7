"""The consult form as people send it: kept once, given back filled in, read for danger whatever else is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from liftback.records import consents, modules, write
from liftback.records.models import Clinic, ConsultRequest, Mail, Share
from tests import people
from tests.people import NOW
from tests.records.clinic.door_people import practice

pytestmark = pytest.mark.django_db
WHERE = "/at/this/consult/"
DANGER = "Since this morning I feel numb between my legs and I can't pee."
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def here() -> Iterator[Clinic]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield practice()


def form(here: Clinic, **changed: Any) -> dict[str, Any]:
    """A form as the page would send it; None leaves a field out."""
    consent = consents.current(clinic=here, kind=consents.CONSULT, now=NOW)
    told = {
        "form_id": str(uuid4()), "consent": str(consent.pk), "agreed": "yes", "name": "Rosa Diaz", "reach": "phone",
        "phone": "(212) 555-0142", "email": "", "state": "NY", "zip": "10001",
        "words": "My low back is achy after deadlifts.",
    }  # fmt: skip
    return {name: value for name, value in {**told, **changed}.items() if value is not None}


def send(here: Clinic, **changed: Any) -> tuple[int, str]:
    answer = Client().post(WHERE, form(here, **changed), follow=True)
    return answer.status_code, unescape(answer.content.decode())


def test_a_form_is_kept_and_leads_to_what_happens_next(here: Clinic) -> None:
    client = Client()
    page = client.get(WHERE).content.decode()
    assert page.index("not for emergencies") < page.index('name="name"'), "the notice stands above the first field"
    client.cookies["zone"] = "Europe/Berlin"
    answer = client.post(WHERE, form(here), follow=True).content.decode()
    kept = ConsultRequest.objects.get()
    assert (kept.phone, kept.state, kept.country, kept.route) == ("+12125550142", "NY", "US", "queue")
    assert (kept.consent.kind, kept.consent_at, kept.language) == ("consult", NOW, "en")
    assert "Tuesday 24 November 2026 at 7 a.m., New York time" in answer
    assert "Tuesday 24 November 2026 at 1 p.m., Berlin time" in answer
    assert "24 hours" in answer


@pytest.mark.parametrize("state", ["NY", "NJ", "unknown", "outside"])
def test_a_sign_leads_to_what_to_do_now_and_to_a_flagged_request(here: Clinic, state: str) -> None:
    status, page = send(here, words=DANGER, state=state, zip="")
    assert status == 200
    assert ConsultRequest.objects.get().flagged
    assert page.index("tel:911") < page.index("was told too")
    assert "numb between my legs" in page
    assert "By Tuesday" not in page
    assert "Book a free call" not in page
    assert "<h1>" in page.partition("was told too")[0]


def test_nobody_is_said_to_be_told_where_nobody_works(here: Clinic) -> None:
    here.memberships.update(active=False)
    _status, page = send(here, words=DANGER, state="unknown", zip="")
    assert ConsultRequest.objects.get().flagged
    assert "tel:911" in page
    assert "was told too" not in page


def test_the_link_alone_shows_no_words_of_health(here: Clinic) -> None:
    client = Client()
    where = client.post(WHERE, form(here, words=DANGER))["Location"]
    assert "numb between" in unescape(client.get(where).content.decode())
    elsewhere = unescape(Client().get(where).content.decode())
    assert "You feel numb" not in elsewhere
    assert "numb between my legs" not in elsewhere
    assert "tel:911" in elsewhere
    assert "Diaz" not in elsewhere


FAULTS: list[tuple[dict[str, Any], str]] = [
    # what is wrong                                   what the page says about it
    ({"name": ""}, "A first name is enough"),
    ({"phone": ""}, "Type the number that we may call"),
    ({"phone": "555-0142"}, "too short"),
    ({"phone": "2" * 30}, "too long"),
    ({"phone": "call me"}, "cannot be read as a phone number"),
    ({"phone": "+999 5550142"}, "no country code that we know"),
    ({"reach": "email"}, "Type the address that we may write to"),
    ({"reach": "email", "email": "rosa@"}, "no whole e-mail address"),
    ({"reach": "pigeon"}, "Choose how we may reach you"),
    ({"state": ""}, "Choose the state you are in now"),
    ({"state": None}, "Choose the state you are in now"),
    ({"state": "Atlantis"}, "Choose the state you are in now"),
    ({"zip": "100"}, "Three digits are a whole region"),
    ({"zip": "1000x"}, "has five digits"),
    ({"zip": "90210"}, "90210 is in California, and you chose New York. Where are you now?"),
    ({"zip": "00001"}, "We do not know the ZIP code 00001"),
    ({"words": ""}, "A few words about what is going on"),
    ({"words": "x" * 8_001}, "Shorten it to 8000 letters"),
    ({"agreed": None}, "Without your yes"),
    ({"consent": "0"}, "The text you agree to has changed"),
    ({"consent": None}, "The text you agree to has changed"),
]


@pytest.mark.parametrize(("changed", "says"), FAULTS)
def test_what_cannot_be_kept_comes_back_filled_in_with_a_sentence(
    here: Clinic, changed: dict[str, Any], says: str
) -> None:
    status, page = send(here, **{"best_time": "after five", **changed})
    assert status == 422
    assert page.count(says) >= 2, "in the list above the form, and at the field"
    assert 'value="after five"' in page
    assert not ConsultRequest.objects.exists()
    ids = re.findall(r'<a href="#([\w-]+)">', page)
    assert ids
    assert all(f'id="{one}"' in page for one in ids), "each line of the list leads to its field"


@pytest.mark.parametrize(("changed", "_says"), [one for one in FAULTS if "words" not in one[0]])
def test_danger_is_told_at_once_even_where_the_form_comes_back(
    here: Clinic, changed: dict[str, Any], _says: str
) -> None:
    status, page = send(here, **{"words": DANGER, **changed})
    assert status == 422
    assert page.index("tel:911") < page.index('id="errors"')


@pytest.mark.parametrize(
    ("number", "kept"),
    [
        ("+44 20 7946 0958", "+442079460958"),
        ("+49 (0)170 1234567", "+491701234567"),
        ("212.555.0142 ext. 7", "+12125550142;ext=7"),
        ("+61 491 570 156", "+61491570156"),
        ("+91 98765 43210", "+919876543210"),
    ],
)
def test_numbers_of_other_countries_are_kept_as_they_are_dialled(here: Clinic, number: str, kept: str) -> None:
    assert send(here, phone=number)[0] == 200
    assert ConsultRequest.objects.get().phone == kept


def test_a_doubted_place_can_be_said_to_be_right(here: Clinic) -> None:
    assert 'name="place_sure"' in send(here, zip="90210")[1]
    assert send(here, zip="90210", place_sure="yes")[0] == 200
    kept = ConsultRequest.objects.get()
    assert (kept.state, kept.zip) == ("NY", "90210")


@pytest.mark.parametrize(("zip_code", "kept"), [("", ""), (" 10001 ", "10001"), ("10001-1234", "10001")])
def test_a_zip_code_helps_and_is_not_needed(here: Clinic, zip_code: str, kept: str) -> None:
    assert send(here, zip=zip_code)[0] == 200
    assert ConsultRequest.objects.get().zip == kept


@pytest.mark.parametrize(
    ("state", "says"), [("unknown", "We do not know yet where you are"), ("outside", "outside the United States")]
)
def test_a_visitor_without_a_known_place_is_promised_nothing_and_turned_away_from_nothing(
    here: Clinic, state: str, says: str
) -> None:
    page = send(here, state=state, zip="")[1]
    kept = ConsultRequest.objects.get()
    assert (kept.state, kept.due_at, kept.route) == ("", None, "nobody")
    assert says in page
    assert "the clinic sees your form all the same" in page
    assert "Book a free call" in page


def test_a_form_sent_twice_is_kept_once_and_answered_the_same(here: Clinic) -> None:
    client, told = Client(), form(here)
    answers = [client.post(WHERE, told)["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    assert ConsultRequest.objects.count() == 1


def test_an_old_text_of_consent_is_shown_anew_and_nothing_is_lost(here: Clinic) -> None:
    told = form(here)
    consents.reword(clinic=here, kind=consents.CONSULT, text="A newer text, to be read again.", now=NOW)
    page = unescape(Client().post(WHERE, told).content.decode())
    assert "A newer text, to be read again." in page
    assert "My low back is achy" in page
    assert not re.search(r'name="agreed"[^>]*checked', page)
    assert Client().post(WHERE, {**told, "consent": form(here)["consent"]}).status_code == 302
    assert ConsultRequest.objects.get().consent.text.startswith("A newer text")


def test_a_program_that_fills_in_the_trap_is_answered_and_nothing_is_kept(here: Clinic) -> None:
    status, page = send(here, leave_empty="buy now")
    assert status == 200
    assert "Your form has come in" in page
    assert not ConsultRequest.objects.exists()
    assert not Mail.objects.exists()
    assert "tel:911" in send(here, leave_empty="x", words=DANGER)[1], "should it have been a person"


def test_a_page_that_had_grown_old_loses_no_text(here: Clinic) -> None:
    client = Client(enforce_csrf_checks=True)
    refused = client.post(WHERE, form(here, words=DANGER))
    page = unescape(refused.content.decode())
    assert refused.status_code == 403
    assert "numb between my legs" in page
    assert page.index("tel:911") < page.index("had grown old")
    assert not ConsultRequest.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token is not None
    assert client.post(WHERE, {**form(here), "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_too_many_forms_in_a_short_time_are_asked_to_wait(here: Clinic) -> None:
    client = Client()
    answers = [client.post(WHERE, form(here, name="")).status_code for _ in range(21)]
    assert answers == [422] * 20 + [429]


def test_a_clinic_without_the_form_says_how_it_is_reached(here: Clinic) -> None:
    Clinic.objects.update(modules_off=[modules.CONSULT], phone="+1 212 555 0100")
    page = Client().get(WHERE)
    assert page.status_code == 200
    assert b"+1 212 555 0100" in page.content
    assert send(here)[0] == 200
    assert not ConsultRequest.objects.exists()


# --- a story that is sent along --------------------------------------------------------------------------------------


def lifter_with(**answers: Any) -> tuple[Client, Any]:
    actor = people.person("lifter")
    lifter = people.lifter_of(actor)
    write.keep_story(actor=actor, lifter=lifter, document=people.story(**answers), via="interview", now=NOW)
    client = Client()
    client.force_login(actor, backend=BACKEND)
    return client, lifter


def test_a_story_is_offered_unticked_and_sent_along_by_a_yes_alone(here: Clinic) -> None:
    client, lifter = lifter_with()
    page = client.get(WHERE).content.decode()
    records = re.search(r'name="records_consent" value="(\d+)"', page)
    assert records is not None
    assert not re.search(r'name="attach"[^>]*checked', page)
    client.post(WHERE, form(here))
    assert not Share.objects.exists()
    told = form(here, attach="yes", records_consent=records[1], words="")
    assert client.post(WHERE, told).status_code == 302
    assert Share.objects.get().lifter == lifter
    assert ConsultRequest.objects.latest("pk").lifter == lifter


def test_records_are_not_shared_by_a_text_that_was_not_shown(here: Clinic) -> None:
    client, _lifter = lifter_with()
    answer = client.post(WHERE, form(here, attach="yes", records_consent="0"))
    assert answer.status_code == 422
    assert b"about your records has changed" in answer.content
    assert not Share.objects.exists()


def test_a_story_with_a_sign_flags_the_request_that_it_comes_with(here: Clinic) -> None:
    client, _lifter = lifter_with(saddle_numbness="new_numbness")
    page = client.get(WHERE).content.decode()
    assert "call for a look at you today" in page
    records = re.search(r'name="records_consent" value="(\d+)"', page)
    assert records is not None
    told = form(here, attach="yes", records_consent=records[1])
    page = unescape(client.post(WHERE, told, follow=True).content.decode())
    assert ConsultRequest.objects.get().level == "emergency"
    assert page.index("tel:911") < page.index("was told too")


def test_whoever_has_no_story_is_offered_none(here: Clinic) -> None:
    assert b'name="attach"' not in Client().get(WHERE).content


def test_a_story_that_is_gone_meanwhile_is_told_of_and_no_word_is_lost(here: Clinic) -> None:
    status, page = send(here, attach="yes")
    assert status == 422
    assert "no longer here to be sent along" in page
    assert "My low back is achy" in page
    assert not ConsultRequest.objects.exists()


def test_an_hour_of_daylight_saving_is_said_as_the_clock_shows_it(here: Clinic) -> None:
    with time_machine.travel(NOW.replace(month=10, day=31, hour=16), tick=False):
        page = send(here)[1]  # Saturday noon in New York; the clocks go back in the night
    assert ConsultRequest.objects.get().due_at == NOW.replace(month=10, day=31, hour=16) + timedelta(hours=24)
    assert "Sunday 1 November 2026 at 11 a.m." in page
