"""What a device sends is kept once, whatever is sent twice; what cannot be kept says why, and nothing of it is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from liftback.records.models import Entry, Lifter, StoryVersion
from tests.web.offline.conftest import Device


def kept(lifter: Lifter) -> list[Any]:
    return list(Entry.objects.filter(lifter=lifter).order_by("pk"))


def test_a_check_in_is_kept_as_its_page_would_have_kept_it(device: Device) -> None:
    sent = device.check_in(pain="3", sleep="7", note="a bit stiff")
    assert [one["state"] for one in device.send(sent)] == ["kept"]
    (row,) = kept(device.lifter)
    assert (row.kind, row.device, str(row.client_id)) == ("check_in", "a phone", sent["client_id"])
    assert row.payload["pain"] == 3
    assert row.payload["stress"] is None
    assert row.payload["note"] == "a bit stiff"


def test_the_time_and_day_of_the_device_are_kept(device: Device) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    sent = {**device.check_in(pain="3"), "client_time": yesterday.isoformat(), "day": yesterday.date().isoformat()}
    device.send(sent)
    (row,) = kept(device.lifter)
    assert row.client_time == yesterday
    assert row.day == yesterday.date()


def test_sent_twice_is_kept_once(device: Device) -> None:
    sent = device.check_in(pain="3")
    assert [one["state"] for one in device.send(sent, sent)] == ["kept", "known"]
    assert [one["state"] for one in device.send(sent)] == ["known"]
    assert len(kept(device.lifter)) == 1


def test_a_form_that_its_page_kept_already_is_known(device: Device) -> None:
    sent = device.check_in(pain="3")
    form = {"pain": "3", "client_id": sent["client_id"], "day": sent["day"]}
    assert device.client.post("/check-in/", form).status_code == 302
    assert [one["state"] for one in device.send(sent)] == ["known"]
    assert len(kept(device.lifter)) == 1


def test_a_correction_of_the_same_form_takes_the_place_of_the_first(device: Device) -> None:
    sent = device.check_in(pain="3")
    device.send(sent)
    device.send({**sent, "form": [["pain", "5"]]})
    first, second = kept(device.lifter)
    assert second.payload["replaces"] == str(first.client_id)
    assert second.payload["pain"] == 5


def test_one_that_is_refused_keeps_no_other_out(device: Device) -> None:
    good, bad = device.check_in(pain="3"), device.check_in(pain="eleven")
    states = {one["client_id"]: one for one in device.send(bad, good)}
    assert states[good["client_id"]]["state"] == "kept"
    assert states[bad["client_id"]]["state"] == "refused"
    assert "0 to 10" in states[bad["client_id"]]["why"]
    assert len(kept(device.lifter)) == 1


def test_a_day_that_has_not_come_is_refused_with_the_reason(device: Device) -> None:
    ahead = (timezone.now() + timedelta(days=3)).date().isoformat()
    (outcome,) = device.send({**device.check_in(pain="3"), "day": ahead})
    assert outcome["state"] == "refused"
    assert "has not come yet" in outcome["why"]
    assert kept(device.lifter) == []


def test_an_entry_of_somebody_else_is_never_kept_here(device: Device, other_device: Device) -> None:
    sent = device.check_in(pain="3")
    assert [one["state"] for one in other_device.send(sent)] == ["other"]
    assert not Entry.objects.exists()
    assert [one["state"] for one in device.send(sent)] == ["kept"]


def test_two_lifters_may_use_the_same_id(device: Device, other_device: Device) -> None:
    first, second = device.check_in(pain="3"), other_device.check_in(pain="4")
    second["client_id"] = first["client_id"]
    device.send(first)
    assert [one["state"] for one in other_device.send(second)] == ["kept"]
    assert kept(device.lifter)[0].payload["pain"] == 3


@pytest.mark.parametrize("body", ["", "no json", "[]", '{"entries": 3}', '{"entries": {}}', "null", "[" * 5000])
def test_what_is_no_message_of_ours_gets_a_sentence(device: Device, body: str) -> None:
    response = device.post(body)
    assert response.status_code == 400
    assert "stays on the device" in response.json()["why"]


@pytest.mark.parametrize(
    "broken",
    [
        3,
        {},
        {"client_id": "none"},
        {"day": "yesterday"},
        {"client_time": "late"},
        {"client_time": "2026-11-23T10:00:00"},
        {"form": 3},
        {"form": [["only one"]]},
        {"kind": "drop_table"},
        {"kind": "check_in", "form": [["pain", "1"]] * 300},
        {"answers": 3},
    ],
)
def test_a_broken_entry_is_refused_and_the_next_one_kept(device: Device, broken: Any) -> None:
    bad = {**device.check_in(pain="1"), **broken} if isinstance(broken, dict) and broken else broken
    if broken == {}:
        bad = {"person": device.check_in()["person"]}
    first, second = device.send(bad, device.check_in(pain="3"))
    assert first["state"] == "refused"
    assert first["why"]
    assert second["state"] == "kept"


def test_too_many_at_once_are_not_read(device: Device) -> None:
    response = device.post({"entries": [device.check_in(pain="1") for _ in range(501)]})
    assert response.status_code == 400
    assert not Entry.objects.exists()


def test_half_letters_and_zeros_stop_nothing(device: Device) -> None:
    sent = device.check_in(pain="3", note="a\ud800b\0c")
    body = json.dumps({"entries": [sent]})
    assert device.post(body).json()["outcomes"][0]["state"] == "kept"
    assert kept(device.lifter)[0].payload["note"] == "a?bc"


def test_words_are_kept_as_typed_and_shown_escaped(device: Device) -> None:
    device.send(device.check_in(pain="3", note="<script>alert(1)</script>"))
    assert kept(device.lifter)[0].payload["note"] == "<script>alert(1)</script>"
    assert b"<script>alert(1)" not in device.client.get("/check-in/").content


def test_without_a_sign_in_nothing_is_taken_and_who_is_there_is_said(db: None) -> None:
    client = Client()
    assert client.get("/sync/").json()["person"] == "nobody"
    response = client.post("/sync/", {"entries": []}, content_type="application/json")
    assert response.status_code == 401


def test_a_page_of_another_site_cannot_send(device: Device) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = device.client.cookies
    body = json.dumps({"entries": [device.check_in(pain="3")]})
    assert strict.post("/sync/", body, content_type="application/json").status_code == 403
    token = strict.get("/sync/").json()["csrf"]
    sent = strict.post("/sync/", body, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 200
    assert len(kept(device.lifter)) == 1


def test_a_warning_sign_in_a_check_in_leads_to_the_page_at_once(device: Device) -> None:
    (outcome,) = device.send(device.check_in(pain="3", signs="yes"))
    assert outcome == {"client_id": outcome["client_id"], "state": "kept", "go": "/emergency/"}


def test_nothing_is_said_to_the_next_page(device: Device) -> None:
    device.send(device.check_in(pain="3"))
    assert b"Kept." not in device.client.get("/check-in/").content


def test_the_answer_says_the_revision(device: Device) -> None:
    before = device.lifter.revision
    response = device.post({"entries": [device.check_in(pain="3")]}).json()
    assert response["revision"] == before + 1


# --- warning signs ---------------------------------------------------------------------------------------------------


def signs(device: Device, **answers: Any) -> dict[str, Any]:
    return device.told("gates", answers=answers)


def newest(lifter: Lifter) -> str:
    found = StoryVersion.objects.filter(lifter=lifter).order_by("-told_at", "-pk").first()
    assert found is not None
    return found.document


def test_warning_signs_become_a_newer_story_once(device: Device) -> None:
    sent = signs(device, saddle_numbness="new_numbness")
    assert [one["state"] for one in device.send(sent)] == ["kept"]
    assert [one["state"] for one in device.send(sent)] == ["known"]
    assert "saddle_numbness: new_numbness" in newest(device.lifter)
    assert StoryVersion.objects.filter(lifter=device.lifter, via="signs").count() == 1


def test_an_emergency_told_without_a_network_leads_to_its_page(device: Device) -> None:
    (outcome,) = device.send(signs(device, saddle_numbness="new_numbness"))
    assert outcome["go"] == "/emergency/"
    page = device.client.get("/today/")
    assert page.status_code == 302
    assert page.url == "/emergency/"  # type: ignore[attr-defined]  # a redirect has one


def test_what_was_left_open_lowers_nothing(device: Device) -> None:
    device.send(signs(device, saddle_numbness="new_numbness"))
    device.send(signs(device, saddle_numbness="not_sure", fever=None))
    assert "saddle_numbness: new_numbness" in newest(device.lifter)


def test_an_older_answer_lowers_no_newer_story(device: Device) -> None:
    old = signs(device, saddle_numbness="no", fever="measured")
    old["client_time"] = (timezone.now() - timedelta(hours=2)).isoformat()
    device.send(signs(device, saddle_numbness="new_numbness"))
    device.send(old)
    assert "saddle_numbness: new_numbness" in newest(device.lifter)
    assert "fever: measured" in newest(device.lifter)


@pytest.mark.parametrize("answers", [{}, {"age": "30"}, {"saddle_numbness": "purple"}, {"saddle_numbness": ["no"]}])
def test_answers_that_are_none_are_refused_whole(device: Device, answers: Any) -> None:
    (outcome,) = device.send(signs(device, **answers))
    assert outcome["state"] == "refused"
    assert kept(device.lifter) == []
    assert StoryVersion.objects.filter(lifter=device.lifter).count() == 1


def test_signs_without_a_story_make_one(other_device: Device) -> None:
    assert [one["state"] for one in other_device.send(signs(other_device, fever="measured"))] == ["kept"]
    assert "fever: measured" in newest(other_device.lifter)
