"""The week, exercises and their pictures, swaps, flares, the first hours, plate maths, and the way to clearance."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from liftback import operations
from liftback.records import read
from liftback.records.models import Lifter
from tests.web.training.conftest import NOW, TODAY, entries, make_lifter, signed_in, words

SQUAT, DEADLIFT = "Squat (Barbell)", "Deadlift (Barbell)"


def plan_of(own: Lifter) -> Any:
    return read.page(actor=own.person, lifter=own, name="plan", now=NOW)


def test_the_week_shows_days_limits_where_lifts_stand_and_what_waits(client: Client) -> None:
    page = words(client, "/plan/")
    for said in ("The days", "Thursday 19 November", "Load on the back in a day", "Where each lift stands", "Walking"):
        assert said in page
    assert "<svg" in page
    assert "style=" not in page


def test_a_plan_without_a_story_asks_for_one_and_without_a_log_is_still_one(db: None) -> None:
    assert 'href="/interview/"' in words(signed_in(make_lifter("new", None)), "/plan/")


def test_an_exercise_shows_how_it_is_done_and_its_picture_has_rules_of_its_own(client: Client) -> None:
    page = words(client, "/plan/exercises/goblet_squat/")
    assert "Heels on a small plate, weight at the chest." in page
    assert 'src="/plan/exercises/goblet_squat/picture.svg"' in page
    picture = client.get("/plan/exercises/goblet_squat/picture.svg")
    assert picture["Content-Type"].startswith("image/svg+xml")
    assert sorted(picture["Content-Security-Policy"].split("; ")) == ["default-src 'none'", "style-src 'unsafe-inline'"]
    assert "max-age=604800" in picture["Cache-Control"]
    assert picture.content != client.get("/plan/exercises/goblet_squat/picture.svg?still=1").content
    assert client.get("/plan/exercises/none_such/").status_code == 404
    assert client.get("/plan/exercises/none_such/picture.svg").status_code == 404


def test_every_exercise_of_the_ladders_has_its_page_and_picture(client: Client) -> None:
    for one in operations.exercises()[::7]:
        assert client.get(f"/plan/exercises/{one['id']}/").status_code == 200
        assert client.get(f"/plan/exercises/{one['id']}/picture.svg").status_code == 200


# --- swaps -----------------------------------------------------------------------------------------------------------


def test_no_swap_is_heavier_and_the_chosen_one_is_logged_as_what_it_is(client: Client, own: Lifter) -> None:
    lift = "Romanian Deadlift (Barbell)"
    plan = plan_of(own)
    planned = next(t["log"] for t in plan["focus"]["tasks"] if t["lift"] == lift)
    offered = plan["swaps"][lift]
    assert offered
    assert all(one["level"] <= planned["level"] and one["back_load"] <= planned["back_load"] for one in offered)
    page = words(client, f"/plan/swap/?lift={lift}")
    for one in offered:
        assert one["name"] in page
    chosen = offered[0]
    form = {"client_id": str(uuid4()), "lift": lift, "exercise": chosen["exercise"], "day": TODAY.isoformat()}
    for _ in range(2):
        assert client.post("/plan/swap/", form).status_code == 302
    (one,) = entries("swap")
    assert one.payload == {"lift": lift, "exercise": chosen["exercise"], "name": chosen["name"], "why": "taken"}
    assert f">{chosen['name']}</a>" in words(client)
    form_page = words(client, f"/plan/done/?lift={lift}")
    assert f'name="exercise" value="{chosen["exercise"]}"' in form_page
    client.post("/plan/swap/", {**form, "client_id": str(uuid4()), "exercise": ""})
    assert f">{chosen['name']}</a>" not in words(client)


def test_what_is_not_offered_is_not_taken(client: Client) -> None:
    answer = client.post(
        "/plan/swap/", {"client_id": str(uuid4()), "lift": SQUAT, "exercise": "back_squat"}, follow=True
    )
    assert "not offered for this lift" in answer.content.decode()
    assert not entries("swap")
    form = {"client_id": str(uuid4()), "lift": "Nothing", "exercise": ""}
    assert client.post("/plan/swap/", form).status_code == 404


def test_a_swap_is_for_today_only(client: Client, own: Lifter, clock: Any, tell: Callable[..., str]) -> None:
    offered = plan_of(own)["swaps"][DEADLIFT][0]
    tell("swap", lift=DEADLIFT, exercise=offered["exercise"], name=offered["name"], why="taken")
    clock.move_to(NOW + timedelta(days=2))
    page = words(signed_in(own))
    assert f">{offered['name']}</a>" not in page


# --- flare and first hours -------------------------------------------------------------------------------------------


def test_a_flare_asks_for_the_signs_first_makes_the_plan_lighter_and_is_over_when_told(client: Client) -> None:
    page = words(client, "/flare/")
    assert page.index("First the warning signs") < page.index("A flare has begun")
    form = {"client_id": str(uuid4()), "what": "begin", "note": "moved house"}
    for _ in range(2):
        assert client.post("/flare/", form)["Location"] == "/flare/"
    (one,) = entries("flare")
    assert one.payload == {"note": "moved house"}
    page = words(client, "/flare/")
    assert "Your flare, day by day" in page
    assert "Today:" in page
    assert "A flare is on" in words(client)
    assert client.post("/flare/", {"client_id": str(uuid4()), "what": "over"})["Location"] == "/today/"
    assert "A flare is on" not in words(client)


def test_a_flare_that_comes_back_on_the_same_day_is_on_again(client: Client, tell: Callable[..., str]) -> None:
    for hours, kind in enumerate(("flare", "flare_over", "flare")):
        tell(kind, at=NOW + timedelta(hours=hours - 3))
    assert "A flare is on" in words(client)


def test_the_first_hours_begin_with_what_to_check(client: Client) -> None:
    page = words(client, "/first-hours/")
    assert page.index("First check these") < page.index("<h2>")
    assert 'href="/emergency/"' in page


# --- plates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("weight=82.5&unit=kg", "Bar of 20, 25 + 5 + 1.25 a side"),
        ("weight=82,5&unit=kg", "Bar of 20, 25 + 5 + 1.25 a side"),
        ("weight=225&unit=lb", "Bar of 45, 45 + 45 a side"),
        ("weight=83.1&unit=kg&plates=20+10", "3.1 kg less than you asked for"),
        ("weight=20&unit=kg", "The empty bar of 20"),
    ],
)
def test_plate_maths_works_by_its_address_for_anybody(db: None, asked: str, said: str) -> None:
    assert said in words(Client(), f"/plates/?{asked}")


@pytest.mark.parametrize(
    "asked", ["weight=abc", "weight=-3", "weight=10", "weight=nan", "weight=1e400", "weight=50&plates=x"]
)
def test_plate_maths_says_what_it_cannot_do(db: None, asked: str) -> None:
    page = Client().get(f"/plates/?{asked}")
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


# --- clearance -------------------------------------------------------------------------------------------------------


def test_clearance_shows_each_criterion_with_its_reason_and_promises_no_date(client: Client) -> None:
    page = words(client, "/clearance/")
    assert "Your back as a whole" in page
    assert DEADLIFT in page
    assert "Not known yet" in page
    assert "There is no date for it" in page
    assert not re.search(r"Declare it for myself", page)


def test_an_answer_on_a_criterion_is_kept_once_and_counts(client: Client) -> None:
    form = {"client_id": str(uuid4()), "told.bends_fully": "yes", f"told.lift_confidence:{DEADLIFT}": "8"}
    for _ in range(2):
        assert client.post("/clearance/", form)["Location"] == "/clearance/"
    (one,) = entries("criteria")
    assert one.payload == {"bends_fully": "yes", f"lift_confidence:{DEADLIFT}": 8}
    page = words(client, "/clearance/")
    assert 'class="mark mark-met"' in page


def test_answers_on_criteria_grow_old(own: Lifter, tell: Callable[..., str], clock: Any) -> None:
    tell("criteria", TODAY, bends_fully="yes")

    def met(now: Any) -> str:
        plan = read.page(actor=own.person, lifter=own, name="plan", now=now)
        stages = plan["clearance"]["groups"][0]["stages"]
        return str(next(c["met"] for s in stages for c in s["criteria"] if c["id"] == "heavy_range"))

    assert met(NOW) == "met"
    assert met(NOW + timedelta(days=90)) == "unknown"


def test_nothing_can_be_declared_while_something_is_open(client: Client) -> None:
    answer = client.post("/clearance/", {"client_id": str(uuid4()), "name": "Sam"})
    assert answer.status_code == 422
    assert "still open" in answer.content.decode()
    assert not entries("signed")
    answer = client.post("/clearance/", {"client_id": str(uuid4()), "told.bends_fully": ""})
    assert "Nothing was answered" in answer.content.decode()


def test_a_declaration_over_open_criteria_clears_nobody(client: Client, tell: Callable[..., str], own: Lifter) -> None:
    tell("signed", name="Sam")
    found = plan_of(own)["clearance"]
    assert (found["value"], found["cleared"]) == ("open", False)
    assert "Declared by Sam for themselves" in words(client, "/clearance/")


def test_a_held_plan_has_no_clearance(db: None) -> None:
    client = signed_in(make_lifter("held", f"{injured_not_sure()}"))
    page = words(client, "/clearance/")
    assert "Not now: the plan is on hold" in page
    assert client.post("/clearance/", {"client_id": str(uuid4()), "name": "Sam"}).status_code == 200
    assert not entries("signed")


def injured_not_sure() -> str:
    from tests.web.training.conftest import injured  # noqa: PLC0415

    return injured(saddle_numbness="not_sure")
