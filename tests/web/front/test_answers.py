"""The seven answers as pages: what to do first, each with its reasons and sources, and all of it on paper."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest
from django.test import Client

from liftback.records import write
from tests.web.front.conftest import Visitor, answered_until

ROOT = Path(__file__).resolve().parents[3]
STORY = (
    ("age", "34"), ("onset", "2026-11-20"), ("how_it_began", "moment"), ("pain_now", "4"), ("pain_worst", "6"),
    ("worse_with", "bending"),
)  # fmt: skip


@pytest.fixture
def answered(visitor: Visitor) -> Visitor:
    """A stranger who told most of a story."""
    visitor.begin()
    visitor.hold(answered_until("plan", *STORY), judged=True)
    return visitor


def test_what_to_do_comes_before_the_seven(answered: Visitor) -> None:
    response = answered.client.get("/answers/")
    text, page = response.content.decode(), response.context["page"]
    places = [text.index(page["advice"]["name"]), *(text.index(f"/answers/{n}/") for n in range(1, 8))]
    assert places == sorted(places)
    assert text.count("<h1") == 1
    assert response.context["next"]["step"]["stage"] == "plan"


@pytest.mark.parametrize("number", range(1, 8))
def test_each_answer_says_why_and_what_would_change_it(answered: Visitor, number: int) -> None:
    response = answered.client.get(f"/answers/{number}/")
    text, answer = response.content.decode(), response.context["answer"]
    assert text.count("<h1") == 1
    assert answer["headline"] in text.replace("&#x27;", "'")
    assert f"/answers/{number}/why/" in text
    assert "What would change it" in text or not answer["changes"]
    assert len(response.context["cited"]) == len(answer["sources"])
    near = [n for n in (number - 1, number + 1) if 1 <= n <= 7]
    assert all(f'href="/answers/{n}/"' in text for n in near)


def test_the_third_answer_shows_ranges_in_words_and_as_bars(answered: Visitor) -> None:
    response = answered.client.get("/answers/3/")
    text, bars = response.content.decode(), response.context["bars"]
    assert bars
    for bar in bars:
        assert 0 <= bar["low"] <= bar["inner_low"] <= bar["inner_high"] <= bar["high"] <= bar["max"]
        assert bar["most_words"] in text
        assert bar["missing_words"] in text


@pytest.mark.parametrize("number", range(8))
def test_the_reasons_are_a_page_and_a_part(answered: Visitor, number: int) -> None:
    whole = answered.client.get(f"/answers/{number}/why/")
    part = answered.client.get(f"/answers/{number}/why/", headers={"HX-Request": "true"})
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert "why-tree" in part.content.decode()
    assert whole.context["tree"]["below"]


def test_there_is_no_eighth_answer(answered: Visitor) -> None:
    assert answered.client.get("/answers/8/").status_code == 404


def test_paper_holds_all_seven_and_every_source(answered: Visitor) -> None:
    response = answered.client.get("/answers/print/")
    text, page = response.content.decode(), response.context["page"]
    assert len(re.findall(r'class="stack printed-answer"', text)) == 7
    assert text.count("<li value=") == len(page["sources"])
    assert "<details" not in text.split("printed-answer", 1)[1]


@pytest.mark.parametrize("address", ["/answers/", "/answers/3/", "/answers/0/why/", "/answers/print/"])
def test_without_a_story_the_answers_say_so(db: None, client: Client, address: str) -> None:
    assert client.get(address)["Location"] == "/interview/gone/"


def test_an_interview_under_way_is_gone_on_with(visitor: Visitor) -> None:
    visitor.begin()
    assert visitor.client.get("/answers/")["Location"] == "/interview/"


def test_answers_are_never_cached(answered: Visitor) -> None:
    assert "no-store" in answered.client.get("/answers/")["Cache-Control"]


def test_saving_offers_the_file_the_account_and_forgetting(answered: Visitor) -> None:
    text = answered.client.get("/interview/save/").content.decode()
    assert all(address in text for address in ("/interview/story.yaml", "/account/signup/", "/interview/forget/"))
    assert "24 hours" in text


def test_a_lifters_answers_take_few_queries(told: Visitor, django_assert_max_num_queries: object) -> None:
    told.client.get("/answers/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # pytest-django's fixture has no type of its own
        assert told.client.get("/answers/").status_code == 200
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # as above
        assert told.client.get("/answers/3/").status_code == 200


def test_a_log_is_drawn_and_told_as_a_table(told: Visitor) -> None:
    visit = cast("Any", told.client.get("/").wsgi_request).visitor
    content = (ROOT / "examples" / "strong.csv").read_bytes()
    write.import_file(
        actor=visit.person, lifter=visit.lifter, name="strong.csv", content=content, format="strong", sets=1,
        unit="", names={}, now=visit.now,
    )  # fmt: skip
    text = told.client.get("/answers/").content.decode()
    assert '<svg class="picture"' in text
    assert "style=" not in text
    assert '<th scope="row">squat</th>' in text
