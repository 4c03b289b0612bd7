"""A sign that was told, by whatever form and from whatever device, is in the way of the plan until it is looked at."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from liftback import operations
from liftback.records import read, write
from liftback.records.models import Entry, Lifter
from liftback.web.lifter.offline.whose import person_key
from liftback.web.shared.accounts import take_over
from tests.people import entry, lifter_of, person
from tests.web.training.conftest import NOW, TODAY, make_lifter, signed_in

ALARM = "since this morning I cannot pee and it is numb between my legs"
TOMORROW = TODAY + timedelta(days=1)


def level(lifter: Lifter) -> tuple[str, bool, str]:
    """The plan's level, whether it is held, and the level of the answers."""
    lifter.refresh_from_db()
    who: dict[str, Any] = {"actor": lifter.person, "lifter": lifter, "now": NOW}
    plan, answers = read.page(name="plan", **who), read.page(name="answers", **who)
    return plan["level"], plan["held"], answers["advice"]["level"]


def send(client: Client, path: str, **fields: Any) -> str:
    given = {"client_id": str(uuid4()), "day": TODAY.isoformat(), **fields}
    return client.post(path, given).headers.get("Location", "")


def done(client: Client, **fields: Any) -> str:
    lift = client.get("/today/").context["plan"]["may_log"][0]
    given = {"lift": lift, "sets": "3", "reps": "5", "weight": "60", "unit": "kg"}
    return send(client, "/plan/done/", **given, **fields)


def answer(client: Client, path: str, value: str = "skip") -> str:
    step = client.get(path).context["step"]
    chosen = "none" if step["input"] == "lines" else value
    sent = client.post(path, {"step": step["step"], "done": step["done"], step["field"]: chosen})
    return str(sent.headers.get("Location", ""))


def test_an_older_interview_does_not_write_over_a_sign_told_meanwhile(client: Client, own: Lifter) -> None:
    client.post("/start/", {"door": "achy"})
    answer(client, "/interview/")
    assert level(own) == ("self_manage", False, "self_manage")
    assert send(signed_in(own), "/check-in/", signs="yes") == "/emergency/"
    assert level(own)[1]
    for _ in range(60):
        if client.get("/interview/").status_code != 200:
            break
        answer(client, "/interview/")
        assert level(own)[1], "an older answer let the plan go on"


def test_signs_begun_before_do_not_write_over_a_sign_told_meanwhile(client: Client, own: Lifter) -> None:
    answer(client, "/signs/")
    send(signed_in(own), "/check-in/", signs="yes")
    for _ in range(9):  # the rest of the first round: one question was answered before
        if answer(client, "/signs/") == "/today/":
            break
        assert level(own)[1]
    assert client.get("/signs/").status_code == 200


def test_the_note_of_a_flare_is_read(client: Client, own: Lifter) -> None:
    assert send(client, "/flare/", note=ALARM) == "/emergency/"
    assert level(own) == ("emergency", True, "emergency")


def test_the_note_of_a_day_that_is_not_here_yet_is_read(client: Client, own: Lifter) -> None:
    assert send(client, "/check-in/", note=ALARM, day=TOMORROW.isoformat()) == "/emergency/"
    assert level(own) == ("emergency", True, "emergency")


@pytest.mark.parametrize("leg", ["numb_or_weak", "further", "not_sure"])
def test_a_leg_after_a_lift_holds_everything(client: Client, own: Lifter, leg: str) -> None:
    done(client, **{"told.leg_after": leg})
    assert level(own) == ("same_day", True, "same_day")


def test_a_leg_as_before_holds_nothing(client: Client, own: Lifter) -> None:
    done(client, **{"told.leg_after": "as_before"})
    assert level(own) == ("self_manage", False, "self_manage")


def test_a_note_taken_back_is_open_and_never_a_no(client: Client, own: Lifter) -> None:
    send(client, "/check-in/", note=ALARM)
    send(client, "/check-in/", pain="3", note="", replaces=str(Entry.objects.get().client_id))
    assert level(own) == ("same_day", True, "same_day")


def test_a_leg_taken_back_is_open_and_never_a_no(client: Client, own: Lifter) -> None:
    form = str(uuid4())
    done(client, client_id=form, **{"told.leg_after": "numb_or_weak"})
    send(client, "/plan/done/", lift="Deadlift (Barbell)", sets="3", client_id=form, **{"told.leg_after": "no"})
    assert level(own) == ("same_day", True, "same_day")


def test_a_slow_clock_does_not_put_numbness_before_the_signs(client: Client, own: Lifter, clock: Any) -> None:
    while answer(client, "/signs/") != "/today/":
        pass
    clock.move_to(NOW + timedelta(hours=1))
    early = (NOW - timedelta(minutes=30)).isoformat()
    done(client, client_time=early, **{"told.leg_after": "numb_or_weak"})
    assert level(own)[1]


def test_a_yes_after_the_sign_in_ran_out_shows_help_and_loses_nothing(own: Lifter) -> None:
    browser = Client()
    assert send(browser, "/check-in/", signs="yes") == "/emergency/"
    assert browser.session["waiting_form"]["form"]["signs"] == "yes"


def test_signs_without_a_story_begin_the_interview_with_them(db: None) -> None:
    browser = signed_in(make_lifter("kim", None))
    assert browser.get("/signs/")["Location"] == "/interview/"
    assert browser.get("/interview/").context["step"]["stage"] == "gates"


def test_a_sign_told_half_way_is_not_left_behind_at_the_sign_in(own: Lifter) -> None:
    stranger = Client()
    stranger.post("/start/", {"door": "serious"})
    for _ in range(20):
        step = stranger.get("/interview/").context["step"]
        legs = any(one["id"] == "leg_numbness" for one in step["choices"])
        value = "leg_numbness" if legs else "none" if step["input"] == "lines" else "skip"
        stranger.post("/interview/", {"step": step["step"], "done": step["done"], step["field"]: value})
        if legs:
            break
    for _ in range(3):  # what it asks more about the leg
        if "told" in stranger.session:
            break
        step = stranger.get("/interview/").context["step"]
        value = next((one["id"] for one in step["choices"] if one["id"] not in ("no", "none")), "skip")
        stranger.post("/interview/", {"step": step["step"], "done": step["done"], step["field"]: value})
        interview = operations.interview_restored(values=stranger.session["interview"], today=TODAY)
        fired = operations.interview_triage(interview=interview, today=TODAY).fired
        if any(not one.unknown for one in fired):
            break
    request = stranger.get("/").wsgi_request
    take_over(request, own.person)
    assert "told" in request.session
    assert request.session["story_waiting"]


@pytest.mark.parametrize(
    "more",
    [
        {"client_time": "0001-01-01T00:00:00+14:00"},
        {"client_time": "9999-12-31T23:59:59-14:00"},
        {"kind": "gates", "client_time": "0001-01-01T00:00:00+14:00", "answers": {"legs": "no"}},
        {"kind": "gates", "answers": {"legs": float("nan")}},
    ],
    ids=str,
)
def test_what_no_database_takes_is_refused_and_holds_up_nothing(client: Client, own: Lifter, more: Any) -> None:
    def entry(**given: Any) -> dict[str, Any]:
        made = {"client_id": str(uuid4()), "person": person_key(own.person), "device": "x", "kind": "check_in"}
        return {**made, "day": TODAY.isoformat(), "client_time": NOW.isoformat(), "form": [["pain", "3"]], **given}

    body = json.dumps({"entries": [entry(**more), entry()]})
    answered = client.post("/sync/", body, content_type="application/json")
    assert [one["state"] for one in answered.json()["outcomes"]] == ["refused", "kept"]


@pytest.mark.parametrize("told", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_time_that_cannot_be_is_ours(client: Client, told: str) -> None:
    send(client, "/check-in/", pain="3", client_time=told)
    assert Entry.objects.get().client_time == NOW


@pytest.mark.parametrize("path", ["/today/", "/plan/", "/check-in/", "/course/", "/my-data/", "/settings/"])
def test_no_shared_store_keeps_a_personal_page(client: Client, path: str) -> None:
    assert "private" in client.get(path).headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/units/", "/theme/"])
def test_a_place_to_go_back_to_that_is_none_is_the_first_page(client: Client, path: str) -> None:
    assert client.post(path, {"next": "begin"})["Location"] == "/"


@pytest.mark.parametrize("leg", ["numb_or_weak", "further", "not_sure"])
@pytest.mark.parametrize("page", ["/today/", "/plan/"])
def test_a_leg_told_before_there_is_a_story_leads_to_the_signs(db: None, leg: str, page: str) -> None:
    nobody = lifter_of(person("kim"))
    client = signed_in(nobody)
    assert client.get(page).status_code == 200, "nothing told yet: what to do first"
    told = entry("done", TODAY, at=NOW, lift="Deadlift", told={"leg_after": leg})
    write.tell(actor=nobody.person, lifter=nobody, entries=[told], now=NOW)
    assert client.get(page).headers["Location"] == "/signs/"
    assert client.get("/signs/", follow=True).status_code == 200
