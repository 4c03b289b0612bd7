"""The calendar: a secret address that its owner makes and stops, with nothing of health in its titles."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from liftback.records.models import Lifter, Snapshot
from liftback.records.working_out import work_out
from tests.people import NOW, TODAY, lifter_of, person
from tests.web.course.conftest import send, signed_in, text_of


def address(client: Client, own: Lifter) -> str:
    client.post("/calendar/make/")
    own.refresh_from_db()
    return f"/calendar/{own.calendar_token}.ics"


def test_no_address_before_one_is_made(client: Client, own: Lifter) -> None:
    assert "Make an address" in text_of(client, "/calendar/")
    assert client.get("/calendar/.ics").status_code == 404


def test_the_address_opens_without_a_sign_in(client: Client, own: Lifter) -> None:
    path = address(client, own)
    assert path in text_of(client, "/calendar/")
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("private")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert events
    for event in events:
        assert re.fullmatch(r"(Training|Daily work|Morning note) \(Liftback plan\)", str(event["summary"]))
        assert event["class"] == "PRIVATE"


def test_a_new_address_ends_the_old_one_and_stop_ends_both(client: Client, own: Lifter) -> None:
    old = address(client, own)
    new = address(client, own)
    assert old != new
    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    client.post("/calendar/stop/")
    assert Client().get(new).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 43, "None", "%00", "a" * 300])
def test_a_wrong_address_is_none(client: Client, own: Lifter, token: str) -> None:
    address(client, own)
    assert Client().get(f"/calendar/{token}.ics").status_code == 404


def test_it_is_worked_out_once_for_a_change(client: Client, own: Lifter, django_assert_max_num_queries: Any) -> None:
    path = address(client, own)
    first = Client().get(path).content
    with django_assert_max_num_queries(3):
        assert Client().get(path).content == first
    send(client, signs="yes")
    assert b"Be seen first" in Client().get(path).content, "a doubt told since is in it"
    assert Snapshot.objects.filter(lifter=own, name="calendar").count() == 1


def test_before_a_story_it_is_an_empty_calendar(db: None) -> None:
    own = lifter_of(person("kim"))
    answer = Client().get(address(signed_in(own), own))
    assert answer.status_code == 200
    assert Calendar.from_ical(answer.content).walk("VEVENT") == []


def test_it_goes_away_with_the_pages(client: Client, own: Lifter) -> None:
    Client().get(address(client, own))
    work_out(own, today=TODAY, now=NOW)
    assert {one.name for one in Snapshot.objects.filter(lifter=own)} == {
        "answers", "report", "plan", "course", "attention", "calendar",
    }  # fmt: skip


def test_asking_too_often(client: Client, own: Lifter) -> None:
    path = address(client, own)
    browser = Client()
    assert [browser.get(path).status_code for _ in range(61)][-1] == 429


@pytest.mark.parametrize("path", ["/calendar/", "/calendar/make/", "/calendar/stop/"])
def test_the_page_needs_a_sign_in(db: None, path: str) -> None:
    browser = Client()
    answer = browser.get(path) if path == "/calendar/" else browser.post(path)
    assert answer.headers["Location"].startswith("/account/login/")
