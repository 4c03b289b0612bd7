"""A lifter's story is kept as it is told, and their warning signs are gone through again without anything else."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from liftback.records.models import Entry, StoryVersion
from tests.people import person
from tests.web.front.conftest import BACKEND, Visitor


def at_signs(visitor: Visitor) -> Visitor:
    visitor.at = "/signs/"
    return visitor


def test_a_lifters_story_is_kept_when_it_can_be_judged(lifter: Visitor) -> None:
    lifter.begin()
    lifter.walk({"age": "34"}, until="course")
    assert not StoryVersion.objects.exists()
    lifter.walk({"age": "34"})
    kept = StoryVersion.objects.get()
    assert kept.via == "interview"
    assert "age: 34" in kept.document
    assert "story" not in lifter.client.session


def test_a_sign_is_kept_at_once(lifter: Visitor) -> None:
    lifter.begin("serious")
    lifter.send(lifter.step(), ["bladder_change"])
    lifter.send(lifter.step(), "cannot_pee")
    assert "cannot_pee" in StoryVersion.objects.get().document
    assert lifter.client.get("/emergency/").context["alarm"].mine


def test_what_was_answered_since_is_kept_by_a_tap(told: Visitor) -> None:
    told.walk({"pain_now": "4"}, until="pain_worst")
    assert told.client.get("/answers/").context["next"]["unkept"]
    assert told.client.post("/interview/save/")["Location"] == "/answers/"
    assert "pain_now: 4" in StoryVersion.objects.order_by("-pk")[0].document


def test_another_visit_takes_the_story_up_where_it_was(told: Visitor) -> None:
    session = told.client.session
    session.pop("interview", None)
    session.save()
    assert told.step()["field"] == "onset"
    told.walk({"onset": "2026-01-05"})
    assert "age: 34" in StoryVersion.objects.order_by("-pk")[0].document


def test_signs_are_asked_again_and_nothing_else(told: Visitor) -> None:
    assert told.begin("serious")["Location"] == "/signs/"
    at_signs(told)
    stages = set()
    for _ in range(40):
        response = told.client.get("/signs/")
        if response.status_code != 200:
            break
        step = response.context["step"]
        stages.add(step["stage"])
        sent = told.send(step, "none" if step["input"] == "lines" else "first")
        if sent["Location"] != "/signs/":
            assert sent["Location"] == "/today/"
            break
    assert stages <= {"about", "gates"}
    newest = StoryVersion.objects.order_by("-pk")[0]
    assert newest.via == "signs"
    assert "age: 34" in newest.document
    entry = Entry.objects.get()
    assert entry.kind == "gates"
    assert set(entry.payload["answers"].values()) == {"no"}


def test_the_last_answer_sent_twice_is_kept_once(told: Visitor) -> None:
    at_signs(told).walk(until="course")
    step = told.step()
    told.send(step, "none")
    while told.client.get("/signs/").context["step"]["done"]:
        told.send(told.step(), "first")
    assert told.send(step, "none").status_code in (200, 302)
    assert Entry.objects.filter(kind="gates").count() <= 1


def test_an_open_sign_is_never_a_no_in_the_entry(told: Visitor) -> None:
    at_signs(told)
    told.walk({"legs": "not_sure", "contact": "first"}, until="nothing")
    answers = Entry.objects.get().payload["answers"]
    assert answers["both_legs"] is None
    assert answers["bladder_change"] == "no"
    assert told.client.get("/answers/").context["page"]["advice"]["level"] == "same_day"


def test_an_emergency_among_the_signs_shows_at_once_and_can_be_answered_again(told: Visitor) -> None:
    at_signs(told)
    told.walk(until="bladder_bowel_saddle")
    told.send(told.step(), ["bladder_change"])
    assert told.send(told.step(), "cannot_pee")["Location"] == "/emergency/"
    alarm = told.client.get("/emergency/").context["alarm"]
    assert (alarm.mine, alarm.back) == (True, "/signs/back/")
    assert told.client.get("/signs/")["Location"] == "/emergency/"
    assert told.begin("serious", anew="1")["Location"] == "/signs/"
    assert told.client.get("/answers/")["Location"] == "/emergency/"
    assert told.walk({"contact": "first"}) == "/today/"
    assert told.client.get("/answers/").status_code == 200
    assert not told.client.get("/emergency/").context["alarm"].mine


def test_words_of_earlier_stay_when_the_signs_are_asked_again(lifter: Visitor) -> None:
    lifter.begin()
    lifter.walk({"words": "It went at the bottom of a squat."})
    at_signs(lifter).walk({"contact": "first"})
    assert "bottom of a squat" in StoryVersion.objects.order_by("-pk")[0].document


@pytest.mark.parametrize("address", ["/signs/", "/signs/back/"])
def test_signs_are_for_lifters(db: None, client: Client, address: str) -> None:
    assert client.post(address)["Location"].startswith("/account/login/")


def test_signs_without_a_story_begin_with_one(lifter: Visitor) -> None:
    assert lifter.client.get("/signs/")["Location"] == "/interview/"


def test_nobody_sees_what_another_told(told: Visitor, client: Client) -> None:
    other = Client()
    other.force_login(person("ben"), backend=BACKEND)
    assert other.get("/answers/")["Location"] == "/interview/gone/"
    assert other.get("/interview/story.yaml")["Location"] == "/interview/gone/"
    assert json.dumps(dict(other.session)).count("age") == 0
