"""The course page: what is known is there at once, the picture is a table too, nothing stands over a warning sign."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from liftback import operations
from liftback.records import working_out, write
from liftback.records.models import Lifter
from liftback.web.lifter.course.course import chart
from tests.people import NOW, TODAY, lifter_of, person, story
from tests.web.course.conftest import send, signed_in, text_of


def test_without_a_story_it_leads_to_the_questions(db: None) -> None:
    assert "Your story comes first" in text_of(signed_in(lifter_of(person("kim"))), "/course/")


def test_without_a_score_it_leads_to_the_check_in(client: Client) -> None:
    page = text_of(client, "/course/")
    assert "No score yet" in page
    assert 'href="/check-in/"' in page


@pytest.mark.parametrize("hx", [False, True])
def test_the_picture_and_the_same_as_a_table(client: Client, diary: Callable[..., None], hx: bool) -> None:
    diary(30)
    page = text_of(client, "/course/", headers={"HX-Request": "true"} if hx else {})
    assert page.count("<h1") == 1
    assert '<svg class="picture"' in page
    assert "style=" not in page
    assert "The same as a table" in page
    assert page.count('<th scope="row"') == 5, "a row for each week"
    assert "the smallest change that matters" in page
    assert "Felt trend now" in page
    assert "Hardly any pain for a week" in page
    assert "Why this is said" in page


def test_the_columns_of_the_chart_are_what_was_told(client: Client, diary: Callable[..., None]) -> None:
    diary(20, pain=3)
    send(client, sleep="5")
    page = text_of(client, "/course/?now=1")
    found = re.search(r'<script id="course-chart" type="application/json">(.*?)</script>', page)
    assert found is not None
    columns = json.loads(found[1])
    assert columns["day"][-1] == TODAY.isoformat()
    assert columns["pain"][-3:] == [3, 4, None], "a missing score stays missing"
    bands = zip(columns["low"], columns["felt"], columns["high"], strict=True)
    assert all(low <= middle <= high for low, middle, high in bands)


def test_a_day_without_a_band_has_none_in_the_chart() -> None:
    day = {"day": "2026-11-01", "pain": 3, "dose": None, "event": False, "flare": True, "band": None}
    assert chart([day])["low"] == [None]


def test_twelve_weeks_or_all(client: Client, diary: Callable[..., None]) -> None:
    diary(120)
    recent, everything = (text_of(client, f"/course/{span}") for span in ("", "?span=all"))
    assert recent.count('<th scope="row"') == 12
    assert everything.count('<th scope="row"') == 18
    assert 'href="?span=all"' in recent


def test_after_a_check_in_the_trend_is_there_at_once_and_the_rest_follows(
    client: Client, own: Lifter, diary: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    diary(20)
    client.get("/course/")
    send(client, pain="5")
    monkeypatch.setattr(working_out, "pages_from", None)
    page = text_of(client, "/course/")
    monkeypatch.undo()
    assert "Felt trend now" in page
    assert "is being worked out" in page
    assert 'hx-get="/course/?now=1' in page
    shown = re.search(r'Felt trend now.*?class="value">([\d.]+)', page, re.DOTALL)
    whole = text_of(client, "/course/?now=1")
    assert shown is not None
    assert f"about {shown[1]} out of ten now" in whole
    assert "is being worked out" not in text_of(client, "/course/")


@pytest.mark.parametrize("told", [{"signs": "yes"}, {"note": "I cannot pee since this morning"}], ids=str)
def test_nothing_is_said_over_a_warning_sign(client: Client, diary: Callable[..., None], told: dict[str, str]) -> None:
    diary(20)
    client.get("/course/")
    send(client, pain="2", **told)
    page = text_of(client, "/course/")
    assert "Felt trend now" not in page
    assert '<svg class="picture"' not in page
    assert "level-same_day" in page or "level-emergency" in page


def test_an_emergency_leads_to_its_page(client: Client, own: Lifter, diary: Callable[..., None]) -> None:
    diary(20)
    document = story(saddle_numbness="new_numbness")
    write.keep_story(actor=own.person, lifter=own, document=document, via="signs", now=NOW)
    page = text_of(client, "/course/")
    assert "level-emergency" in page
    assert 'href="/emergency/"' in page
    assert "Hardly any pain" not in page


def test_words_of_a_diary_are_escaped(client: Client, own: Lifter, diary: Callable[..., None]) -> None:
    diary(20)
    send(client, pain="3", note="<img src=x onerror=alert(1)>")
    assert "<img src=x" not in text_of(client, "/course/?now=1")


def test_the_queries_do_not_grow(
    client: Client, diary: Callable[..., None], django_assert_max_num_queries: Any
) -> None:
    diary(100)
    client.get("/course/")
    with django_assert_max_num_queries(12):
        client.get("/course/")


def test_it_needs_a_sign_in(db: None) -> None:
    assert Client().get("/course/").headers["Location"].startswith("/account/login/")


def test_the_smallest_change_is_drawn_to_scale() -> None:
    nothing = {"pain": 3, "dose": None, "event": False, "flare": False, "band": None}
    days = [{"day": (TODAY - timedelta(days=back)).isoformat(), **nothing} for back in range(20, -1, -1)]
    with_it = operations.course_picture(days=days, smallest=2.0)["svg"]
    heights = [
        abs(float(line[1]) - float(line[0]))
        for line in re.findall(r'<line x1="28" y1="([\d.]+)" x2="28" y2="([\d.]+)"', with_it)
    ]
    assert heights == [pytest.approx(170 * 2 / 10, abs=0.2)]
    assert "smallest change that matters" not in operations.course_picture(days=days)["svg"]
    assert operations.course_picture(days=[]) == {"svg": "", "words": ""}
