"""The doors, help now, what to do when it has just happened, and what this is: for anybody."""

from __future__ import annotations

import pytest
from django.test import Client

from liftback import operations
from liftback.web.lifter.front.countries import countries_by_zone, guessed_country

PAGES = ("/", "/now/", "/emergency/", "/about/", "/privacy/", "/interview/gone/")
NUMBERS = {one["country"]: one["numbers"] for one in operations.emergency_numbers()}


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_heading_and_the_way_to_help(db: None, client: Client, address: str) -> None:
    text = client.get(address).content.decode()
    assert text.count("<h1") == 1
    assert 'href="/emergency/"' in text
    assert 'href="#main"' in text


def test_there_are_three_doors(db: None, client: Client) -> None:
    text = client.get("/").content.decode()
    assert [text.count(f'name="door" value="{door}"') for door in ("achy", "hurt", "serious")] == [1, 1, 1]


def test_a_door_that_is_none_leads_to_the_questions(db: None, client: Client) -> None:
    assert client.post("/start/", {"door": "<b>"})["Location"] == "/interview/"
    assert client.get("/start/").status_code == 405


def test_help_now_has_everything_and_nothing_to_fill_in(db: None, client: Client) -> None:
    text = client.get("/emergency/").content.decode()
    main = text.split("<main")[1].split("</main>")[0]
    words = operations.emergency_page()
    assert all(line in main.replace("&quot;", '"') for line in (*words["do"], *words["say"], *words["do_not"]))
    assert "<form" not in main
    assert "alone" in text.split("<body")[1].split(">")[0]


@pytest.mark.parametrize(
    ("languages", "zone", "country"),
    [
        ("en-US,en;q=0.9", "", "US"),
        ("es-MX,es;q=0.9,en-US;q=0.8", "", "MX"),
        ("en-US", "Europe/London", "GB"),
        ("en-US", "Asia/Calcutta", "IN"),
        ("en", "", "ZZ"),
        ("", "", "ZZ"),
        ("xx-QQ", "Nowhere/At_all", "ZZ"),
    ],
)
def test_the_number_of_the_likely_country_stands_first(
    db: None, client: Client, languages: str, zone: str, country: str
) -> None:
    client.cookies["zone"] = zone
    response = client.get("/emergency/", headers={"Accept-Language": languages})
    assert response.context["country"] == country
    text = response.content.decode()
    first = text.index('href="tel:')
    assert text[first:].startswith(f'href="tel:{NUMBERS[country][0]}"')
    assert all(f'href="tel:{numbers[0]}"' in text for numbers in NUMBERS.values())


def test_a_chosen_country_goes_before_a_guess(db: None, client: Client) -> None:
    response = client.get("/emergency/?country=JP", headers={"Accept-Language": "en-US"})
    assert response.context["country"] == "JP"


def test_older_names_of_zones_are_known() -> None:
    assert guessed_country(zone="Europe/Kiev", languages="") == "UA"
    assert guessed_country(zone="US/Pacific", languages="") == "US"
    assert len(countries_by_zone()) > 400


def test_just_hurt_shows_signs_before_any_step(db: None, client: Client) -> None:
    response = client.get("/now/")
    text, first = response.content.decode(), response.context["first"]
    places = [text.index(one) for one in (first.signs[0].text, 'href="tel:', first.steps[0].name)]
    assert places == sorted(places)


def test_too_many_starts_are_asked_to_wait(db: None, client: Client, settings: object) -> None:
    answers = [client.post("/start/", {"door": "achy"}).status_code for _ in range(62)]
    assert answers[0] == 302
    assert answers[-1] == 429
