"""The check-in: kept once and exactly as told, never lost, and a warning sign leads on at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from liftback.records.models import Entry, Lifter, StoryVersion
from tests.people import TODAY, lifter_of, person
from tests.web.course.conftest import send, signed_in, text_of, told

EMPTY = dict.fromkeys(("pain", "sleep", "stress", "lift_pain", "signs")) | {"flare": False, "event": False, "note": ""}


def test_what_is_told_is_kept_as_it_is_and_the_rest_stays_missing(client: Client) -> None:
    assert send(client, pain="4", sleep="0", lift_pain="none").url == "/check-in/"  # type: ignore[attr-defined]
    assert told() == [{**EMPTY, "pain": 4, "sleep": 0}]


@pytest.mark.parametrize("hx", [False, True])
def test_the_page_says_that_it_is_kept(client: Client, hx: bool) -> None:
    headers = {"HX-Request": "true"} if hx else {}
    page = client.post("/check-in/", {"pain": "4"}, follow=True, headers=headers).content.decode()
    assert "Kept." in page
    assert "Told for today" in page
    assert "data-entry" not in page, "the form is folded away"


def test_a_double_tap_is_kept_once(client: Client) -> None:
    twice = str(uuid4())
    for _ in range(2):
        assert send(client, client_id=twice, pain="4").status_code == 302
    assert len(told()) == 1


def test_back_and_sent_again_with_other_values_takes_the_place_of_the_first(client: Client, own: Lifter) -> None:
    same = str(uuid4())
    for pain in ("4", "6", "7", "7"):
        send(client, client_id=same, pain=pain)
    rows = list(Entry.objects.order_by("pk"))
    assert [one.payload["pain"] for one in rows] == [4, 6, 7]
    assert [one.payload.get("replaces") for one in rows] == [None, same, str(rows[1].client_id)]
    assert "<dd>7</dd>" in text_of(client, "/check-in/")
    assert "<dd>4</dd>" not in text_of(client, "/check-in/")


def test_a_change_is_filled_in_with_what_was_told(client: Client) -> None:
    send(client, pain="4", sleep="7", note="slept <b>badly</b>", signs="no", flare="1")
    first = str(Entry.objects.get().client_id)
    form = text_of(client, f"/check-in/?change={first}")
    checked = re.findall(r'name="(\w+)" value="(\w+)"[^>]*checked', form)
    assert sorted(checked) == [("flare", "1"), ("pain", "4"), ("signs", "no"), ("sleep", "7")]
    assert "slept &lt;b&gt;badly&lt;/b&gt;" in form
    send(client, replaces=first, pain="4", sleep="7", note="slept <b>badly</b>", signs="no", flare="1")
    assert len(told()) == 1, "an edit without a change adds nothing"
    send(client, replaces=first, pain="5", sleep="7")
    assert told()[1] == {**EMPTY, "pain": 5, "sleep": 7, "replaces": first}


def test_two_tabs_that_change_the_same_one_lose_nothing(client: Client) -> None:
    send(client, pain="4")
    first = str(Entry.objects.get().client_id)
    send(client, replaces=first, pain="5")
    send(client, replaces=first, pain="6")
    assert [one["pain"] for one in told()] == [4, 5, 6]
    shown = text_of(client, "/check-in/")
    assert "<dd>6</dd>" in shown
    assert "<dd>5</dd>" not in shown


def test_another_stands_beside_the_first(client: Client) -> None:
    send(client, pain="4")
    assert 'data-entry="check_in"' in text_of(client, "/check-in/?more=1")
    send(client, pain="8")
    shown = text_of(client, "/check-in/")
    assert "<dd>4</dd>" in shown
    assert "<dd>8</dd>" in shown


def test_a_check_in_for_yesterday(client: Client) -> None:
    yesterday = TODAY - timedelta(days=1)
    page = text_of(client, f"/check-in/?day={yesterday}")
    assert "Sunday 22 November" in page
    answer = send(client, day=yesterday.isoformat(), pain="4")
    assert answer.url == f"/check-in/?day={yesterday}"  # type: ignore[attr-defined]
    assert Entry.objects.get().day == yesterday
    assert "data-entry" in text_of(client, "/check-in/"), "today is still open"


@pytest.mark.parametrize("day", ["2031-01-01", "2019-01-01"])
def test_a_day_that_cannot_be_is_told_and_nothing_kept(client: Client, day: str) -> None:
    answer = send(client, day=day, pain="4")
    assert answer.status_code == 409
    assert day in answer.content.decode()
    assert told() == []


@pytest.mark.parametrize(
    "fields",
    [{}, {"lift_pain": "none"}, {"pain": "11"}, {"sleep": "-1"}, {"pain": "nan"}, {"pain": "a lot"}, {"signs": "hm"}],
    ids=str,
)
def test_what_cannot_be_read_is_told_and_nothing_kept(client: Client, fields: dict[str, str]) -> None:
    answer = send(client, note="" if not fields or "lift_pain" in fields else "words that stay", **fields)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'role="alert"' in page
    assert "words that stay" in page or "lift_pain" in fields or not fields
    assert told() == []


def test_a_long_note_is_told(client: Client) -> None:
    page = send(client, pain="4", note="x" * 2001).content.decode()
    assert "too long" in page
    assert told() == []


def test_html_in_a_note_is_shown_as_it_was_written(client: Client) -> None:
    send(client, note="<script>alert(1)</script> & more")
    shown = text_of(client, "/check-in/")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown


@pytest.mark.parametrize(
    ("fields", "leads"),
    [
        ({"signs": "yes"}, "/emergency/"),
        ({"signs": "not_sure"}, "/signs/"),
        ({"note": "since this morning I cannot pee and it is numb between my legs"}, "/emergency/"),
        ({"note": "my foot drags a little since yesterday"}, "/signs/|/emergency/"),
        ({"signs": "no", "note": "felt fine"}, "/check-in/"),
        ({"signs": "no", "note": "I cannot pee"}, "/emergency/"),
    ],
    ids=str,
)
@pytest.mark.parametrize("hx", [False, True])
def test_a_warning_sign_leads_on_at_once_and_is_kept_first(
    client: Client, fields: dict[str, str], leads: str, hx: bool
) -> None:
    answer = send(client, pain="4", hx=hx, **fields)
    assert answer.url in leads.split("|")  # type: ignore[attr-defined]
    assert told()[0]["pain"] == 4


def test_a_yes_without_a_story_still_leads_to_help(db: None) -> None:
    stranger = signed_in(lifter_of(person("kim")))
    assert send(stranger, signs="yes").url == "/emergency/"  # type: ignore[attr-defined]
    assert StoryVersion.objects.count() == 0


def test_a_sign_in_that_ran_out_loses_nothing(client: Client, own: Lifter) -> None:
    whose = re.search(r'name="whose" value="([^"]+)"', text_of(client, "/check-in/"))
    assert whose is not None
    browser = Client()
    answer = send(browser, whose=whose[1], pain="4", note="kept words")
    assert answer.url.startswith("/account/login/?next=")  # type: ignore[attr-defined]
    assert told() == []
    browser.force_login(own.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = text_of(browser, "/check-in/")
    assert "signed out before this was kept" in page
    assert "kept words" in page
    assert "kept words" not in text_of(browser, "/check-in/"), "shown once"


def test_nobody_else_sees_a_form_that_was_left_behind(client: Client, own: Lifter) -> None:
    browser = Client()
    send(browser, whose="forged", note="private words")
    browser.force_login(own.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "private words" not in text_of(browser, "/check-in/")


def test_another_lifters_check_in_cannot_be_named(client: Client) -> None:
    other = lifter_of(person("kim"))
    send(signed_in(other), pain="9")
    theirs = str(Entry.objects.get().client_id)
    assert send(client, replaces=theirs, pain="1").status_code == 409
    assert "<dd>9</dd>" not in text_of(client, f"/check-in/?change={theirs}")
    assert len(told()) == 1


def test_it_needs_a_sign_in(db: None) -> None:
    assert Client().get("/check-in/").headers["Location"].startswith("/account/login/")


def test_too_many_at_once(client: Client) -> None:
    answers = [send(client, pain="4").status_code for _ in range(61)]
    assert answers[-1] == 429
    assert answers[0] == 302


def test_five_taps_are_enough(client: Client) -> None:
    """Pain, sleep, the lift, the signs, and keep: each a control that is there without unfolding anything."""
    page = text_of(client, "/check-in/")
    open_part = re.sub(r"<details.*?</details>", "", page, flags=re.DOTALL)
    for name in ("pain", "sleep", "lift_pain", "signs", "flare"):
        assert f'name="{name}"' in open_part, name


def test_after_keeping_it_says_where_the_course_stands(client: Client, own: Lifter, diary: Callable[..., None]) -> None:
    diary(20)
    client.get("/course/")
    send(client, pain="3")
    assert re.search(r"Your felt trend is about \d\.\d of 10 now", text_of(client, "/check-in/"))


def test_the_queries_do_not_grow_with_the_history(
    client: Client, own: Lifter, diary: Callable[..., None], django_assert_max_num_queries: Any
) -> None:
    diary(40)
    client.get("/course/")
    with django_assert_max_num_queries(16):
        send(client, pain="3", note="a quiet day")
    with django_assert_max_num_queries(12):
        client.get("/check-in/")


def test_the_id_of_a_form_is_fresh(client: Client) -> None:
    found = {re.search(r'name="client_id" value="([^"]+)"', text_of(client, "/check-in/"))[1] for _ in range(2)}  # type: ignore[index]
    assert len({UUID(one) for one in found}) == 2
