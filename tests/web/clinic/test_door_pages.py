"""The front door's other pages: which clinic, what happens next, colleagues, an introduction, taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from liftback.records import consents, modules
from liftback.records.models import Clinic, Colleague, ConsultRequest, HandOver, Mail
from liftback.records.signed import link_token
from tests.people import NOW
from tests.records.clinic.door_people import CAPE_MAY, HOBOKEN, colleague, practice, take

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Clinic]:
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield practice()


def link(request: ConsultRequest, rest: str = "") -> str:
    return f"/asked/{link_token('asked', str(request.pk))}/{rest}"


def read(where: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(where)
    assert answer.status_code == 200, where
    return unescape(answer.content.decode())


# --- which clinic ----------------------------------------------------------------------------------------------------


def test_without_a_clinic_there_is_a_kind_page_and_no_way_in() -> None:
    assert "No clinic takes forms here yet" in read("/consult/")
    assert "/consult/" not in read("/")


def test_one_clinic_is_gone_to_and_of_several_one_is_chosen(here: Clinic) -> None:
    assert Client().get("/consult/")["Location"] == "/at/this/consult/"
    practice("another")
    page = read("/consult/")
    assert "/at/this/" in page
    assert "/at/another/" in page


def test_a_clinic_that_is_none_is_not_there(here: Clinic) -> None:
    for path in ("", "consult/", "colleagues/"):
        assert Client().get(f"/at/nowhere/{path}").status_code == 404


@pytest.mark.parametrize(
    ("terms", "says"),
    [
        ({"promise_hours": 24}, "within 24 hours, by the clock: nights and weekends count too"),
        ({"promise_kind": "business_day"}, "within one business day (counted by our opening hours"),
    ],
)
def test_a_clinic_says_how_its_promise_is_counted(here: Clinic, terms: dict[str, object], says: str) -> None:
    Clinic.objects.update(**terms)
    assert says in read("/at/this/")


@pytest.mark.parametrize(
    ("module", "way"),
    [(modules.CONSULT, "/consult/"), (modules.BOOKING, "/call/"), (modules.DIRECTORY, "/colleagues/")],
)
def test_what_is_switched_off_has_no_way_in(here: Clinic, module: str, way: str) -> None:
    assert f"/at/this{way}" in read("/at/this/")
    Clinic.objects.update(modules_off=[module])
    assert f"/at/this{way}" not in read("/at/this/")


# --- what happens next -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["x", "x.y", "00000000-0000-4000-8000-000000000000.forged", "a" * 300])
def test_a_forged_link_gives_a_kind_page(here: Clinic, token: str) -> None:
    for answer in (Client().get(f"/asked/{token}/"), Client().post(f"/asked/{token}/withdraw/")):
        assert answer.status_code == 404
        assert "Send a new form" in answer.content.decode()


def test_a_link_for_another_purpose_or_an_old_one_does_not_work(here: Clinic) -> None:
    taken = take(here)
    assert Client().get(f"/asked/{link_token('booked', str(taken.pk))}/").status_code == 404
    with time_machine.travel(NOW + timedelta(days=89), tick=False):
        assert "We are late" in read(link(taken))
    with time_machine.travel(NOW + timedelta(days=91), tick=False):
        assert Client().get(link(taken)).status_code == 404


def test_the_page_knows_where_the_request_stands(here: Clinic) -> None:
    taken = take(here)
    assert "By Tuesday 24 November 2026" in read(link(taken))
    ConsultRequest.objects.update(met_at=NOW, met_how="contact")
    assert "The clinic has been in touch" in read(link(taken))
    ConsultRequest.objects.update(closed_at=NOW, closed_why="done")
    assert "This form is closed" in read(link(taken))


def test_words_that_could_not_be_read_are_told_of(here: Clinic) -> None:
    foreign = "Ich habe seit gestern Taubheit im Schritt und kann das Bein nicht heben"
    assert "could not read yours" in read(link(take(here, words=foreign)))
    assert "could not read yours" not in read(link(take(here)))


def test_looking_changes_nothing_and_taking_back_needs_a_post(here: Clinic) -> None:
    taken, client = take(here), Client()
    assert client.get(link(taken, "withdraw/")).status_code == 405
    assert ConsultRequest.objects.get().words
    for _ in range(2):
        assert client.post(link(taken, "withdraw/"))["Location"] == link(taken)
    assert "You have taken it back" in read(link(taken))
    assert "Take my form back" not in read(link(taken))
    assert not ConsultRequest.objects.get().words


def test_a_place_is_told_on_the_page_without_a_new_form(here: Clinic) -> None:
    taken, client = take(here, state="", country=""), Client()
    assert "Say where I am" in read(link(taken))
    assert client.post(link(taken, "place/"), {"state": "unknown"}).status_code == 422
    assert client.post(link(taken, "place/"), {"state": "NY"})["Location"] == link(taken)
    assert "By Tuesday 24 November 2026" in read(link(taken))


def test_help_stays_on_the_page_of_a_sign_after_it_was_taken_back(here: Clinic) -> None:
    taken = take(here, words="I can't pee since yesterday")
    Client().post(link(taken, "withdraw/"))
    page = read(link(taken))
    assert page.index("tel:911") < page.index("You have taken it back")


# --- colleagues ------------------------------------------------------------------------------------------------------


@pytest.fixture
def near(here: Clinic) -> Colleague:
    colleague(here, "Farrah", CAPE_MAY)
    return colleague(here, "Nora", HOBOKEN, telehealth=True, languages=["en", "es"], lifter_notes="Lifts herself.")


def test_anybody_finds_the_nearest_colleague(here: Clinic, near: Colleague) -> None:
    page = read("/at/this/colleagues/?state=NJ&zip=07302")
    assert page.index("Nora") < page.index("Farrah")
    for words in ("By video or phone", "Español", "Lifts herself.", "miles away"):
        assert words in page
    assert near.email not in page, "addresses are no prey for collectors"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("?state=WY", "We know nobody there yet"),
        ("?state=NJ&zip=073", "Three digits are a whole region"),
        ("?state=NJ&zip=10001", "10001 is in New York, and you chose New Jersey"),
        ("?state=Atlantis", "Search"),
        ("", "Search"),
    ],
)
def test_a_search_that_finds_nothing_says_what_to_do(here: Clinic, near: Colleague, query: str, says: str) -> None:
    assert says in read(f"/at/this/colleagues/{query}")


def test_an_introduction_needs_a_tick_and_is_sent_once(here: Clinic, near: Colleague) -> None:
    taken, client = take(here, state="NJ", zip="07302"), Client()
    page = read(link(taken), client)
    assert page.index("Nora") < page.index("Farrah")
    consent = consents.current(clinic=here, kind=consents.HAND_OVER, now=NOW)
    told = {"colleague": str(near.pk), "consent": str(consent.pk)}
    assert client.post(link(taken, "introduce/"), told).status_code == 422
    assert client.post(link(taken, "introduce/"), {**told, "consent": "0", "agreed": "yes"}).status_code == 422
    assert client.post(link(taken, "introduce/"), {**told, "colleague": "x", "agreed": "yes"}).status_code == 422
    assert not HandOver.objects.exists()
    for _ in range(2):
        assert client.post(link(taken, "introduce/"), {**told, "agreed": "yes"}).status_code == 302
    assert Mail.objects.filter(kind="hand_over").count() == 1
    assert "We have written to them for you" in read(link(taken), client)


# --- ways in ---------------------------------------------------------------------------------------------------------


def test_the_first_page_leads_to_the_clinic_and_the_emergency_page_does_not(here: Clinic) -> None:
    assert "/consult/" in read("/")
    assert "/consult/" not in read("/emergency/")
