"""Settings, units, the page behind "More"."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone

from liftback.records.models import Lifter, Person
from liftback.web.lifter.data.places import groups
from tests.people import PASSWORD


def test_name_unit_and_zone_are_kept(ann: Person, at_home: Client) -> None:
    answer = at_home.post("/settings/", {"name": "  Ann   <b>B</b> ", "unit": "lb", "zone": "Europe/Berlin"})
    assert answer.status_code == 302
    lifter = Lifter.objects.select_related("person").get(person=ann)
    assert (lifter.person.name, lifter.unit, lifter.zone) == ("Ann <b>B</b>", "lb", "Europe/Berlin")
    page = at_home.get("/settings/").content.decode()
    assert "Ann &lt;b&gt;B&lt;/b&gt;" in page
    assert re.search(r'<option value="Europe/Berlin" selected>', page)
    assert re.search(r'value="lb" id="unit-lb" checked', page)


@pytest.mark.parametrize(("unit", "zone"), [("stone", "Europe/Berlin"), ("kg", "Moon/Crater")])
def test_what_is_none_changes_nothing_of_it(ann: Person, at_home: Client, unit: str, zone: str) -> None:
    at_home.post("/settings/", {"name": "Ann", "unit": unit, "zone": zone})
    lifter = Lifter.objects.get(person=ann)
    assert lifter.unit in ("", "kg")
    assert lifter.zone in ("UTC", "Europe/Berlin")


def test_settings_say_where_the_browser_is(at_home: Client) -> None:
    at_home.cookies["zone"] = "Asia/Tokyo"
    assert "Asia/Tokyo now" in at_home.get("/settings/").content.decode()
    at_home.cookies["zone"] = "<script>"
    assert "<script>now" not in at_home.get("/settings/").content.decode()


@pytest.mark.parametrize("unit", ["kg", "lb", ""])
def test_a_stranger_keeps_the_unit_in_a_cookie_and_goes_back(stranger: Client, unit: str) -> None:
    answer = stranger.post("/units/", {"unit": unit, "next": "/about/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/about/")
    assert stranger.cookies["unit"].value == unit


def test_a_unit_that_is_none_is_not_kept_and_another_place_is_not_gone_to(stranger: Client) -> None:
    answer = stranger.post("/units/", {"unit": "stone", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert "unit" not in stranger.cookies


def test_a_lifter_keeps_the_unit_with_the_records(ann: Person, at_home: Client) -> None:
    at_home.post("/units/", {"unit": "kg", "next": "/today/"})
    assert Lifter.objects.get(person=ann).unit == "kg"
    assert "unit" not in at_home.cookies


def test_every_place_behind_more_is_there(at_home: Client) -> None:
    page = at_home.get("/more/").content.decode()
    for group in groups():
        for place in group.places:
            assert f'href="{place.url}"' in page


def test_times_are_shown_where_the_lifter_is_and_for_that_page_only(ann: Person, stranger: Client) -> None:
    stranger.post("/account/login/", {"login": ann.email, "password": PASSWORD})
    Lifter.objects.filter(person=ann).update(zone="Pacific/Auckland")
    page = stranger.get("/account/sessions/").content.decode()
    assert "Nov. 24, 2026, 01:00" in page  # it is noon of the day before in UTC
    assert timezone.get_current_timezone_name() == "UTC"
