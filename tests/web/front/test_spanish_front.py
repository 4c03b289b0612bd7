"""Whoever reads Spanish reads the warning signs, an emergency and what to do first in Spanish, sentence by sentence."""

from __future__ import annotations

import pytest

from liftback.knowledge.loader import load_knowledge
from tests.web.front.conftest import Visitor, answered_until
from tests.web.test_spanish_pages import english_on

SPANISH = {"Accept-Language": "es"}
SCREENS = sorted({one.screen for one in load_knowledge().questions.values() if one.gate is not None and one.screen})


@pytest.fixture
def spanish(visitor: Visitor) -> Visitor:
    """A stranger whose browser asks for Spanish."""
    visitor.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es"
    visitor.begin("serious")
    return visitor


@pytest.mark.parametrize("screen", SCREENS)
def test_a_list_of_signs_is_in_spanish(spanish: Visitor, screen: str) -> None:
    spanish.walk(until=screen)
    assert english_on(spanish.client.get("/interview/").content) == []


def test_each_line_by_itself_is_in_spanish(spanish: Visitor) -> None:
    for _ in range(40):
        step = spanish.step()
        if step["stage"] != "gates":
            break
        assert english_on(spanish.client.get("/interview/").content) == [], step["field"]
        spanish.send(step, "not_sure")


def test_an_emergency_is_in_spanish(spanish: Visitor) -> None:
    spanish.send(spanish.step(), ["bladder_change"])
    spanish.send(spanish.step(), "cannot_pee")
    page = spanish.client.get("/emergency/")
    assert page.context["alarm"].mine
    assert english_on(page.content) == []


def test_what_to_do_first_is_in_spanish(spanish: Visitor) -> None:
    spanish.hold(answered_until("story"), judged=True)
    text = spanish.client.get("/answers/").content.decode()
    advice = text.split('id="advice"')[1].split("</section>")[0]
    assert english_on(f'<html lang="es">{advice}'.encode()) == []


def test_a_refusal_is_in_spanish(spanish: Visitor) -> None:
    text = spanish.send(spanish.step(), []).content.decode()
    assert "Please choose" not in text
