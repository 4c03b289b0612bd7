"""The weekly form: scored, compared beyond the noise, kept once, and a call for help is never hidden."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from liftback.records import write
from liftback.records.models import Entry, Lifter
from tests.people import NOW, TODAY, entry
from tests.web.course.conftest import send, text_of, told

PEG = {"peg.peg_pain": "6", "peg.peg_enjoyment": "6", "peg.peg_activity": "6"}


def week(own: Lifter, back: int, **forms: dict[str, Any]) -> None:
    day = TODAY - timedelta(weeks=back)
    lifts = forms.pop("lifts", None) or ["Deadlift", "Squat", "Row"]
    one = entry("weekly", day, at=NOW - timedelta(weeks=back), forms=forms, lifts=lifts)
    write.tell(actor=own.person, lifter=own, entries=[one], now=NOW)


def peg(score: int) -> dict[str, int]:
    return dict.fromkeys(("peg_pain", "peg_enjoyment", "peg_activity"), score)


def test_it_is_asked_kept_and_scored(client: Client) -> None:
    assert "average in the past week" in text_of(client, "/weekly/")
    answer = send(client, "/weekly/", **PEG, lift=["Deadlift", "", ""], **{"own_lifts.own_lift_1": "4"})
    assert answer.url == "/weekly/"  # type: ignore[attr-defined]
    assert told("weekly") == [{"forms": {"peg": peg(6), "own_lifts": {"own_lift_1": 4}}, "lifts": ["Deadlift", "", ""]}]
    page = text_of(client, "/weekly/")
    assert "This week is told." in page
    assert "6.0" in page
    assert "data-entry" not in page
    assert "No score: 2 answers were left out." in page, "own lifts with two missing"


def test_a_double_tap_is_kept_once(client: Client) -> None:
    same = str(uuid4())
    for _ in range(2):
        send(client, "/weekly/", client_id=same, **PEG)
    assert len(told("weekly")) == 1


@pytest.mark.parametrize(
    ("now", "words"),
    [(2, "Better, by more than the noise"), (5, "No change beyond the noise"), (9, "Worse, by more than the noise")],
)
def test_a_change_is_told_from_the_noise(client: Client, own: Lifter, now: int, words: str) -> None:
    week(own, 1, peg=peg(6))
    week(own, 0, peg=peg(now))
    assert words in text_of(client, "/weekly/")


def test_other_lifts_are_not_compared(client: Client, own: Lifter) -> None:
    ones = {"own_lift_1": 2, "own_lift_2": 2, "own_lift_3": 2}
    week(own, 1, own_lifts=ones)
    week(own, 0, own_lifts=dict.fromkeys(ones, 9), lifts=["Bench", "Curl", "Row"])  # type: ignore[arg-type]
    assert "more than the noise" not in text_of(client, "/weekly/")


def test_a_call_for_help_is_shown(client: Client) -> None:
    items = ("phq4_nervous", "phq4_worrying", "phq4_interest", "phq4_down")
    assert "Feeling nervous" in text_of(client, "/weekly/?more=phq4")
    send(client, "/weekly/", more="phq4", **{f"phq4.{name}": "Nearly every day" for name in items})
    page = text_of(client, "/weekly/")
    assert "Help" in page
    assert "12" in page


@pytest.mark.parametrize(
    "fields",
    [{"peg.peg_pain": one} for one in ("11", "nan", "bad")] + [{"phq4.phq4_down": "Always", "more": "phq4"}],
    ids=str,
)
@pytest.mark.parametrize("hx", [False, True])
def test_what_cannot_be_read_is_told_and_the_rest_stays(client: Client, fields: dict[str, str], hx: bool) -> None:
    page = send(client, "/weekly/", hx=hx, **{"peg.peg_activity": "7", **fields}).content.decode()
    assert 'role="alert"' in page
    assert 'name="peg.peg_activity" value="7" checked' in page
    assert told("weekly") == []


def test_nothing_told_is_said(client: Client) -> None:
    assert "Nothing is told yet" in send(client, "/weekly/").content.decode()
    assert told("weekly") == []


def test_names_of_lifts_are_escaped_and_come_again(client: Client) -> None:
    send(client, "/weekly/", **PEG, lift=["<b>Deadlift</b>", "Squat", "Row"])
    page = text_of(client, "/weekly/?again=1")
    assert 'value="&lt;b&gt;Deadlift&lt;/b&gt;"' in page


def test_answers_of_an_older_form_are_left_out(client: Client, own: Lifter) -> None:
    week(own, 0, peg={"peg_gone": 4})
    assert client.get("/weekly/").status_code == 200


def test_it_needs_a_sign_in_and_loses_nothing(client: Client, own: Lifter) -> None:
    browser = Client()
    page = client.get("/weekly/").content.decode()
    whose = page.partition('name="whose" value="')[2].partition('"')[0]
    send(browser, "/weekly/", whose=whose, **PEG)
    assert not Entry.objects.exists()
    browser.force_login(own.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert 'name="peg.peg_pain" value="6" checked' in text_of(browser, "/weekly/")


def test_the_queries_do_not_grow(client: Client, own: Lifter, django_assert_max_num_queries: Any) -> None:
    for back in range(15):
        week(own, back, peg=peg(4))
    with django_assert_max_num_queries(9):
        client.get("/weekly/")
