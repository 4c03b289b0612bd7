"""Logging what was done: once each, mended without being overwritten, its light in words; later, the morning."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liftback.records import read
from liftback.records.models import Lifter
from tests.web.training.conftest import NOW, TODAY, entries, main_of, signed_in, words

LIFT = "Leg Extension (Machine)"
CALM = {"told.pain_during": "1", "told.how_it_felt": "none", "told.leg_after": "no"}
TYPED = {"sets": "3", "reps": "12", "weight": "55", "unit": "kg", "day": TODAY.isoformat()}


def sent(**more: Any) -> dict[str, Any]:
    return {"client_id": str(uuid4()), "lift": LIFT, **TYPED, **CALM, **more}


def field(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{re.escape(name)}"[^>]*?value="([^"]*)"', page)
    assert found is not None, name
    return found.group(1)


def test_the_form_has_the_plans_dose_and_no_answer(client: Client) -> None:
    page = words(client, f"/plan/done/?lift={LIFT}")
    assert (field(page, "sets"), field(page, "reps"), field(page, "weight")) == ("3", "12", "55")
    assert '<option value="kg" selected>' in page
    assert "checked" not in page
    assert "Did you feel anything in a leg?" in page
    assert field(page, "effort") == ""


def test_the_scores_stand_in_the_bands_of_the_light(client: Client) -> None:
    page = words(client, f"/plan/done/?lift={LIFT}")
    bands = re.findall(r'data-light="(\w+)".*?</div>\s*</div>', page, re.DOTALL)
    assert bands == ["green", "amber", "red"]


def test_what_was_done_is_kept_as_typed_and_shown(client: Client) -> None:
    answer = client.post("/plan/done/", sent(weight="82.25", effort="6.5", note="felt <b>fine</b>"))
    assert (answer.status_code, answer["Location"]) == (302, "/today/")
    (one,) = entries("done")
    assert one.day == TODAY
    assert one.payload == {
        "lift": LIFT, "sets": 3, "reps": 12, "weight": 82.25, "unit": "kg", "effort": 6.5, "note": "felt <b>fine</b>",
        "told": {"pain_during": 1, "how_it_felt": ["none"], "leg_after": "no"},
    }  # fmt: skip
    page = words(client)
    assert "3 × 12 · 82.25 kg, effort 6.5" in page
    assert "felt &lt;b&gt;fine&lt;/b&gt;" in page
    assert "<b>fine" not in page


def test_a_double_tap_counts_once(client: Client) -> None:
    form = sent()
    for _ in range(3):
        assert client.post("/plan/done/", form).status_code == 302
    assert len(entries("done")) == 1


def test_the_back_button_with_other_values_replaces_and_overwrites_nothing(client: Client, own: Lifter) -> None:
    form = sent()
    client.post("/plan/done/", form)
    client.post("/plan/done/", {**form, "reps": "10"})
    client.post("/plan/done/", {**form, "reps": "10"})
    client.post("/plan/done/", {**form, "reps": "9"})
    first, second, third = entries("done")
    assert [one.payload["reps"] for one in (first, second, third)] == [12, 10, 9]
    assert second.payload["replaces"] == str(first.client_id)
    assert third.payload["replaces"] == str(second.client_id)
    counted = read.doing(actor=own.person, lifter=own, today=TODAY).exposures
    assert [one.payload["reps"] for one in counted] == [9]


def test_an_edit_without_a_change_adds_nothing(client: Client) -> None:
    client.post("/plan/done/", sent(weight="180", unit="lb", note="heavy"))
    (one,) = entries("done")
    page = words(client, f"/plan/done/?of={one.client_id}")
    assert (field(page, "weight"), field(page, "replaces")) == ("180", str(one.client_id))
    assert '<option value="lb" selected>' in page
    assert page.count("checked") == 3
    again = sent(weight=field(page, "weight"), unit="lb", note="heavy", replaces=str(one.client_id))
    assert client.post("/plan/done/", again).status_code == 302
    assert len(entries("done")) == 1
    client.post("/plan/done/", {**again, "client_id": str(uuid4()), "reps": "8"})
    assert entries("done")[-1].payload["replaces"] == str(one.client_id)


@pytest.mark.django_db(transaction=False)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weight=st.one_of(st.sampled_from(["82.25", "180", "180.0", "0.5", "102.50", "1e2", "60,5"]),
       st.decimals(min_value=0, max_value=400, places=2).map(str)))  # fmt: skip
def test_a_typed_weight_comes_back_as_it_was_typed(weight: str) -> None:
    from liftback.web.lifter.training.exposure_form import as_text, number_typed  # noqa: PLC0415

    assert as_text(number_typed(weight)) == weight


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"reps": "twelve"}, "reps"),
        ({"reps": "1.5"}, "whole number"),
        ({"weight": "-5"}, "weight"),
        ({"effort": "11"}, "effort"),
        ({"lift": "Bench of dreams"}, "not in your plan"),
        ({"told.pain_during": "14"}, "during"),
        ({"day": (TODAY + timedelta(days=1)).isoformat()}, "future"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_form_keeps_what_was_typed(
    client: Client, wrong: dict[str, str], why: str
) -> None:
    answer = client.post("/plan/done/", sent(note="<script>x</script>", **wrong))
    assert answer.status_code == 422
    page = main_of(answer.content.decode())
    assert why in page.partition('role="alert"')[2].partition("</ul>")[0]
    assert 'value="3"' in page
    assert "&lt;script&gt;x" in answer.content.decode()
    assert not entries("done")
    assert client.post("/plan/done/", sent(**wrong), headers={"HX-Request": "true"}).status_code == 200


def test_with_htmx_the_card_comes_back_with_the_verdict(client: Client) -> None:
    page = client.get(f"/plan/done/?lift={LIFT}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page
    assert "<form" in page
    form = sent(lift="Squat (Barbell)", exercise="goblet_squat", weight="12.5")
    answer = client.post("/plan/done/", form, headers={"HX-Request": "true"})
    assert "HX-Request" in answer["Vary"]
    card = answer.content.decode()
    assert "<html" not in card
    assert "Done today" in card
    assert "Goblet squat, heels raised" in card
    assert "2 x 8 with" not in card.partition("Next time:")[0]  # what was done stands there, not the next dose
    assert "No light yet" in card  # the morning belongs to it


def test_a_green_says_what_comes_next(client: Client) -> None:
    card = client.post("/plan/done/", sent(), headers={"HX-Request": "true"}).content.decode()
    assert "Green" in card
    assert "It was green, so one thing goes up a step." in card


def test_a_red_is_said_in_words_with_what_follows(client: Client) -> None:
    card = client.post(
        "/plan/done/", sent(**{"told.pain_during": "7"}), headers={"HX-Request": "true"}
    ).content.decode()
    assert "Red" in card
    assert "Pain during the lift was in the red." in card
    assert "From here:" in card


def test_a_card_keeps_the_name_of_what_was_done_when_the_plan_moves_on(client: Client) -> None:
    form = sent(
        lift="Bent Over Row (Barbell)", exercise="one_arm_dumbbell_row", weight="20", **{"told.pain_during": "7"}
    )
    card = client.post("/plan/done/", form, headers={"HX-Request": "true"}).content.decode()
    assert "One-arm dumbbell row, hand on the bench</a></h3>" in card
    assert "Stop this lift for today." in card
    assert "Chest-supported row" in card.partition("Next time:")[2]


@pytest.mark.parametrize("told", [{"told.leg_after": "numb_or_weak"}, {"told.leg_after": "further"}])
def test_what_moves_into_a_leg_leads_to_the_page_that_says_stop(client: Client, told: dict[str, str]) -> None:
    answer = client.post("/plan/done/", sent(**told), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == "/today/"
    assert "Go through the warning signs" in words(client)
    assert client.post("/plan/done/", sent(reps="5")).status_code == 302  # what was done is kept all the same
    assert len(entries("done")) == 2


def test_nobody_mends_what_is_anothers(client: Client, tell: Callable[..., str], own: Lifter) -> None:
    from tests.web.training.conftest import make_lifter  # noqa: PLC0415

    theirs = tell("done", lift=LIFT, reps=12)
    other = signed_in(make_lifter("other", None))
    assert other.get(f"/plan/done/?of={theirs}").status_code in (302, 404)
    answer = other.post("/plan/done/", sent(replaces=theirs))
    assert answer.status_code == 409
    assert other.post("/plan/after/", {"of": theirs, "told.pain_after": "1"}).status_code == 302
    assert not entries("after")


def test_a_lift_that_is_not_there_is_a_404(client: Client) -> None:
    assert client.get("/plan/done/?lift=Nothing").status_code == 404
    assert client.get("/plan/done/?of=nonsense").status_code == 404
    assert client.get("/plan/swap/?lift=Nothing").status_code == 404


def test_the_morning_is_asked_for_at_the_top_until_it_is_told(
    own: Lifter, tell: Callable[..., str], clock: Any
) -> None:
    first = tell("done", TODAY, lift=LIFT, told={"pain_during": 1, "how_it_felt": ["none"], "leg_after": "no"})
    second = tell("done", TODAY, lift="Hip thrust", told={"pain_during": 1})
    clock.move_to(NOW + timedelta(hours=14))
    client = signed_in(own)
    page = words(client)
    title = "How was your back this morning, after Thursday&#x27;s training?"
    assert title in page
    assert page.index(title) < page.index("<h2 id=")
    form = {"client_id": str(uuid4()), "of": [first, second], "told.pain_next_morning": "1", "told.settled": "at_once"}
    for _ in range(2):
        assert client.post("/plan/after/", form).status_code == 302
    assert {one.payload["of"]: one.payload["told"] for one in entries("after")} == {
        first: {"pain_next_morning": 1, "settled": "at_once"},
        second: {"pain_next_morning": 1, "settled": "at_once"},
    }
    assert title not in words(client)
    (told,) = (one for one in read.doing(actor=own.person, lifter=own, today=TODAY).exposures if one.lift == LIFT)
    assert told.told == {
        "pain_during": 1, "how_it_felt": ["none"], "leg_after": "no", "pain_next_morning": 1, "settled": "at_once",
    }  # fmt: skip


def test_a_later_no_takes_no_sign_in_a_leg_back(own: Lifter, tell: Callable[..., str], client: Client) -> None:
    done = tell("done", lift=LIFT, told={"leg_after": "further"})
    tell("after", of=done, told={"leg_after": "no", "pain_after": 0})
    assert "Go through the warning signs" in words(client)


def test_what_was_told_of_the_morning_stays_when_the_sets_are_mended(own: Lifter, tell: Callable[..., str]) -> None:
    done = tell("done", TODAY - timedelta(days=1), lift=LIFT, reps=12, told={"leg_after": "no"})
    tell("after", of=done, told={"pain_next_morning": 6})
    tell("done", TODAY - timedelta(days=1), lift=LIFT, reps=10, told={"leg_after": "no"}, replaces=done)
    (one,) = read.doing(actor=own.person, lifter=own, today=TODAY).exposures
    assert (one.payload["reps"], one.told["pain_next_morning"]) == (10, 6)
