"""The page of the day: training, rest, held, an emergency, and nothing told yet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from liftback.records import write
from liftback.records.models import Lifter
from tests.web.training.conftest import NOW, TODAY, injured, make_lifter, signed_in, words


def test_a_training_day_shows_each_thing_to_do_with_its_dose_and_why(client: Client) -> None:
    page = words(client)
    assert "What there is to do" in page
    assert "Goblet squat, heels raised" in page
    assert "Stands in for Squat (Barbell)." in page
    assert "2 x 8 with 15 % of your body weight, RPE 5 at most" in page
    assert ">55<small>kg</small>" in page  # the weight of the leg extension, big and as typed
    assert "This lift goes into the position that bothers you" in page
    assert "What takes it up" in page
    assert "Pain allowed during work" in page


def test_rehab_work_comes_before_the_lifts_and_walking_after_them(own: Lifter, clock: Any) -> None:
    clock.move_to(NOW + timedelta(days=2))
    page = words(signed_in(own))
    assert page.index("Abdominal brace") < page.index("Overhead Press (Barbell)") < page.index(">Walking<")


def test_a_day_without_lifts_shows_rehab_and_walking_and_the_next_training_day_to_look_at(
    own: Lifter, clock: Any
) -> None:
    clock.move_to(NOW + timedelta(days=1))
    today, _, ahead = words(signed_in(own)).partition("Next training day:")
    assert "No lifts today" in today
    assert "Walking" in today
    assert "Overhead Press" not in today
    assert "Saturday 21 November" in ahead
    assert "Overhead Press" in ahead
    assert 'href="/plan/done/' not in ahead


def test_without_a_story_the_first_thing_is_the_interview(db: None) -> None:
    client = signed_in(make_lifter("new", None))
    page = words(client)
    assert 'href="/interview/"' in page
    assert "First, what happened" in page


def test_strangers_are_sent_to_the_sign_in(db: None) -> None:
    page = Client().get("/today/")
    assert page.status_code == 302
    assert "/account/login/" in page["Location"]


@pytest.mark.parametrize("path", ["/today/", "/plan/", "/flare/", "/clearance/"])
def test_an_emergency_is_shown_at_once_and_nothing_of_training(db: None, path: str) -> None:
    client = signed_in(make_lifter("em", injured(saddle_numbness="yes")))
    page = client.get(path)
    assert page.status_code == 302
    assert page["Location"] == "/emergency/"


@pytest.mark.parametrize("path", ["/today/", "/plan/"])
def test_a_plan_that_is_held_shows_what_to_do_instead_of_training(db: None, path: str) -> None:
    client = signed_in(make_lifter("held", injured(saddle_numbness="not_sure")))
    page = words(client, path)
    assert "Go through the warning signs" in page
    assert "Goblet squat" not in page
    assert "Log it" not in page


def test_numbness_told_after_a_lift_stops_the_plan_at_once(client: Client, tell: Callable[..., str]) -> None:
    tell("done", lift="Leg Extension (Machine)", told={"leg_after": "numb_or_weak", "pain_during": 1})
    page = words(client)
    assert "Go through the warning signs" in page
    assert "Goblet squat" not in page


def test_own_words_of_danger_stop_the_plan_as_well(client: Client, tell: Callable[..., str]) -> None:
    tell(
        "done", lift="Leg Extension (Machine)", note="my foot went numb and I cannot lift it", told={"leg_after": "no"}
    )
    assert "Log it" not in words(client)


def test_signs_gone_through_before_the_numbness_do_not_cover_it(client: Client, tell: Callable[..., str]) -> None:
    tell("gates", at=NOW - timedelta(hours=9), answers={})
    tell("done", lift="Leg Extension (Machine)", told={"leg_after": "numb_or_weak"})
    assert "Log it" not in words(client)


def test_signs_gone_through_after_the_numbness_let_the_plan_go_on(client: Client, tell: Callable[..., str]) -> None:
    tell("done", at=NOW - timedelta(hours=2), lift="Leg Extension (Machine)", told={"leg_after": "numb_or_weak"})
    assert "Log it" not in words(client)
    while (page := client.get("/signs/")).status_code == 200:
        step = page.context["step"]
        value = "none" if step["input"] == "lines" else "skip"
        sent = client.post("/signs/", {"step": step["step"], "done": step["done"], step["field"]: value})
        if sent["Location"] == "/today/":
            break
    assert "Log it" in words(client)


def test_the_signs_are_asked_for_again_after_a_week(own: Lifter, clock: Any, tell: Callable[..., str]) -> None:
    assert "Once a week: the warning signs" not in words(signed_in(own))
    clock.move_to(NOW + timedelta(days=5))
    assert "Once a week: the warning signs" in words(signed_in(own))
    tell("gates", TODAY + timedelta(days=5), at=NOW + timedelta(days=5), answers={})
    assert "Once a week: the warning signs" not in words(signed_in(own))


def test_the_other_unit_stands_beside_and_the_typed_one_stays(client: Client, own: Lifter) -> None:
    write.set_unit(actor=own.person, lifter=own, unit="lb", now=NOW)
    page = words(client)
    assert ">55<small>kg</small>" in page
    assert "about 121.3 lb" in page


def test_today_is_the_lifters_own_day(own: Lifter, client: Client, clock: Any) -> None:
    write.set_zone(actor=own.person, lifter=own, zone="Pacific/Auckland", now=NOW)
    assert "Friday 20 November" in words(client)
    assert TODAY.isoformat() not in words(client).split('id="plan-week"')[0]


def test_a_page_reads_little_however_much_was_told(
    client: Client, tell: Callable[..., str], django_assert_max_num_queries: Any
) -> None:
    for back in range(30):
        tell("done", TODAY - timedelta(days=back % 8), lift="Leg Extension (Machine)", told={"leg_after": "no"})
    words(client)  # worked out
    for path in ("/today/", "/plan/", "/flare/", "/clearance/", "/first-hours/"):
        with django_assert_max_num_queries(12):
            words(client, path)
