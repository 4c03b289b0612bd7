"""One question a screen, forwards and back, in two tabs, with and without HTMX, and nothing kept unasked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from liftback import operations
from liftback.records.models import Lifter, StoryVersion
from tests.web.front.conftest import Visitor

WITH_HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize(("door", "first"), [("achy", "age"), ("serious", "bladder_bowel_saddle")])
def test_a_door_decides_the_order_only(visitor: Visitor, door: str, first: str) -> None:
    assert visitor.begin(door)["Location"] == "/interview/"
    assert visitor.step()["field"] == first
    assert visitor.walk() == "/answers/"
    assert visitor.client.get("/answers/").context["page"]["advice"]["open_questions"] == []


def test_whoever_just_hurt_it_reads_what_to_do_first(visitor: Visitor) -> None:
    assert visitor.begin("hurt")["Location"] == "/now/"
    assert visitor.step()["field"] == "bladder_bowel_saddle"


def test_the_first_answer_comes_within_twelve_screens(visitor: Visitor) -> None:
    visitor.begin()
    visitor.walk(most=12)
    assert visitor.client.get("/answers/").status_code == 200


def test_every_kind_of_question_takes_an_answer_and_shows_not_sure(visitor: Visitor) -> None:
    visitor.begin()
    seen = set()
    for _ in range(90):
        response = visitor.client.get("/interview/")
        if response.status_code != 200:
            break
        step = response.context["step"]
        seen.add(step["input"])
        page = response.content.decode()
        assert page.count("<h1") == 1
        assert step["input"] == "words" or 'value="not_sure"' in page, step["field"]
        value = "none" if step["input"] == "lines" else "skip" if step["input"] == "words" else "not_sure"
        assert visitor.send(step, value).status_code == 302, step["field"]
    assert seen >= {"number", "choice", "words", "lines", "date", "multi", "score", "body_map"}


def test_htmx_swaps_the_step_alone(visitor: Visitor) -> None:
    visitor.begin()
    whole = visitor.client.get("/interview/")
    part = visitor.client.get("/interview/", headers=WITH_HTMX)
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert part.content.decode().strip().startswith("<title>")
    assert 'id="step"' in whole.content.decode()
    assert "HX-Request" in part["Vary"]
    sent = visitor.send(visitor.step(), "34", **WITH_HTMX)
    assert (sent.status_code, sent["Location"]) == (302, "/interview/")


def test_htmx_loads_another_page_whole(visitor: Visitor) -> None:
    visitor.begin("serious")
    visitor.walk(until="words")
    sent = visitor.send(visitor.step(), "skip", **WITH_HTMX)
    assert (sent.status_code, sent["HX-Redirect"]) == (200, "/answers/")


def test_an_answer_that_cannot_be_read_is_refused_in_a_sentence_and_kept_in_the_field(visitor: Visitor) -> None:
    visitor.begin()
    sent = visitor.send(visitor.step(), "400")
    assert sent.status_code == 200
    assert "is not an answer we can use" in sent.content.decode()
    assert 'value="400"' in sent.content.decode()
    assert visitor.step()["field"] == "age"


def test_too_many_words_are_refused_and_stay_in_the_box(visitor: Visitor) -> None:
    visitor.begin()
    visitor.walk(until="words")
    sent = visitor.send(visitor.step(), "a" * 20_001)
    assert "20,000 letters" in sent.content.decode()
    assert "a" * 20_001 in sent.content.decode()
    assert visitor.step()["field"] == "words"


def test_words_are_escaped_and_read_for_danger(visitor: Visitor) -> None:
    visitor.begin()
    visitor.walk(until="words")
    visitor.send(visitor.step(), "<script>alert(1)</script> since then I am numb between my legs <b>now</b>")
    page = visitor.client.get("/interview/")
    assert page.context["step"]["field"] == "saddle_numbness"
    assert page.context["serious"]
    text = page.content.decode()
    assert "<script>alert" not in text
    assert "<b>now" not in text
    assert "/emergency/" in text


def test_back_takes_the_last_answer_back(visitor: Visitor) -> None:
    visitor.begin()
    visitor.send(visitor.step(), "34")
    assert visitor.step()["field"] == "sex"
    assert visitor.client.post("/interview/back/")["Location"] == "/interview/"
    assert visitor.step()["field"] == "age"


def test_a_sign_taken_back_is_open_and_no_no(judged: Visitor) -> None:
    judged.client.post("/interview/back/")
    advice = judged.client.get("/answers/").context["page"]["advice"]
    assert advice["level"] == "same_day" or advice["open_questions"]
    assert advice["level"] != "self_manage"


def test_a_stale_tab_changes_nothing(visitor: Visitor) -> None:
    visitor.begin()
    old = visitor.step()
    visitor.send(old, "34")
    again = visitor.send(old, "55")
    assert "from an earlier step" in again.content.decode()
    assert visitor.step()["field"] == "sex"
    assert "age: 34" in visitor.client.get("/interview/story.yaml").content.decode()


def test_an_old_form_of_the_same_question_changes_nothing(visitor: Visitor) -> None:
    visitor.begin()
    visitor.send(visitor.step(), "34")
    old = visitor.step()
    visitor.client.post("/interview/back/")
    visitor.client.post("/interview/", {"step": "age", "done": "7", "age": "20"})
    assert visitor.step()["field"] == "age"
    visitor.send(old, "female")
    assert visitor.step()["field"] == "age"


@pytest.mark.parametrize("address", ["/interview/", "/interview/back/", "/interview/save/"])
def test_an_ended_visit_is_explained(db: None, client: Client, address: str) -> None:
    response = client.post(address, {"step": "age", "age": "34"}, follow=True)
    assert response.redirect_chain == [("/interview/gone/", 302)]
    assert "kept for 24 hours" in response.content.decode()
    assert "cookies" in response.content.decode()


def test_an_ended_visit_is_explained_to_htmx_as_a_whole_page(db: None, client: Client) -> None:
    assert client.post("/interview/", {"age": "34"}, headers=WITH_HTMX)["HX-Redirect"] == "/interview/gone/"


def test_values_that_cannot_be_read_any_more_begin_anew(visitor: Visitor) -> None:
    visitor.begin()
    session = visitor.client.session
    session["interview"] = {"version": 99}
    session.save()
    assert visitor.client.get("/interview/")["Location"] == "/interview/gone/"


def test_forgetting_empties_the_session(judged: Visitor) -> None:
    assert judged.client.post("/interview/forget/")["Location"] == "/"
    left = set(judged.client.session.keys())
    assert left <= {"_messages"}
    assert judged.client.get("/answers/")["Location"] == "/interview/gone/"


def test_nothing_of_a_stranger_is_in_the_records(judged: Visitor) -> None:
    assert judged.client.session.get_expiry_age() == 24 * 60 * 60
    assert not StoryVersion.objects.exists()
    assert not Lifter.objects.exists()


def test_the_download_reads_back_to_the_same_answers(judged: Visitor) -> None:
    judged.walk({"onset": "2026-01-05", "pain_now": "4", "worse_with": ["bending", "sitting"]}, until="better_with")
    file = judged.client.get("/interview/story.yaml")
    assert file["Content-Disposition"] == 'attachment; filename="my-back-story.yaml"'
    today = datetime.now(UTC).date()
    story = operations.read_story(content=file.content, today=today)
    told = operations.interview_restored(values=judged.client.session["interview"], today=today)
    assert {name: getattr(fact, "value", None) for name, fact in story.answers.items()} == {
        name: getattr(fact, "value", None) for name, fact in told.answers.items()
    }


def test_the_questions_end_and_lead_to_the_answers(judged: Visitor) -> None:
    ends = [judged.walk() for _ in range(3)]
    assert ends == ["/answers/"] * 3
    assert judged.client.get("/interview/")["Location"] == "/answers/"


def test_a_marked_leg_is_shown_again_where_the_leg_is_asked_about(judged: Visitor) -> None:
    judged.walk({"pain_location": ["low_back_left", "calf_left"]}, until="leg_symptoms")
    assert "You marked a leg" in judged.client.get("/interview/").content.decode()


def test_a_tap_between_the_legs_asks_about_numbness_at_once(judged: Visitor) -> None:
    judged.walk(until="pain_location")
    judged.send(judged.step(), ["saddle"])
    assert judged.step()["field"] == "saddle_numbness"
    judged.send(judged.step(), "skip")
    assert judged.client.get("/answers/").context["page"]["advice"]["level"] != "self_manage"
