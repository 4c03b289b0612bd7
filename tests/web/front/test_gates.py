"""Every answer that means an emergency leads to its page at once, and nothing that was left open ever reads as a no."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from liftback.facts.answers import UNSURE
from liftback.facts.interview import Interview
from liftback.facts.values import Fact, Known
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from tests.web.front.conftest import Visitor

KNOWLEDGE = load_knowledge()
GATES = {name: KNOWLEDGE.questions[name] for name in KNOWLEDGE.gate_questions}
EMERGENCIES = [
    (name, choice.id, choice.why)
    for name, question in GATES.items()
    for choice in question.choices
    if choice.level is Level.emergency
]


def ask_alone(visitor: Visitor, gate: str) -> None:
    """Go on to one sign: every other one was answered no, and its line was picked last."""
    no = Known(value="no", when=datetime.now(UTC).date())
    others = {name: no for name in GATES if name != gate}
    about: dict[str, Fact] = {"age": Known(value=34.0), "sex": UNSURE, "contact": Known(value="first")}
    visitor.begin("serious")
    visitor.hold(Interview(answers={**about, **others}, words="", picked=(gate,), before=Interview()))
    assert visitor.step()["field"] == gate


def test_there_are_emergencies_to_try() -> None:
    assert len(EMERGENCIES) > 30
    assert len({name for name, _, _ in EMERGENCIES}) > 8


@pytest.mark.parametrize(("gate", "choice", "why"), EMERGENCIES, ids=lambda value: str(value)[:24])
def test_an_emergency_answer_is_a_full_page_at_once(visitor: Visitor, gate: str, choice: str, why: str) -> None:
    ask_alone(visitor, gate)
    sent = visitor.send(visitor.step(), choice)
    assert sent["Location"] == "/emergency/"
    page = visitor.client.get("/emergency/")
    text = page.content.decode()
    assert page.context["alarm"].mine
    assert why in page.context["alarm"].words["signs"]
    assert "<input" not in text.split("<main")[1].split("</main>")[0].replace('<input type="hidden"', "")
    assert 'href="tel:' in text
    assert visitor.client.get("/interview/")["Location"] == "/emergency/"
    assert visitor.client.get("/answers/")["Location"] == "/emergency/"


def test_htmx_shows_an_emergency_as_a_whole_page(visitor: Visitor) -> None:
    ask_alone(visitor, "saddle_numbness")
    choice = next(one.id for one in GATES["saddle_numbness"].choices if one.level is Level.emergency)
    sent = visitor.send(visitor.step(), choice, **{"HX-Request": "true"})
    assert sent["HX-Redirect"] == "/emergency/"


def test_a_wrong_tap_is_taken_back_and_asked_again(visitor: Visitor) -> None:
    ask_alone(visitor, "both_legs")
    choice = next(one.id for one in GATES["both_legs"].choices if one.level is Level.emergency)
    visitor.send(visitor.step(), choice)
    page = visitor.client.get("/emergency/")
    assert page.context["alarm"].back == "/interview/back/"
    visitor.client.post("/interview/back/")
    assert visitor.step()["field"] == "both_legs"
    assert not visitor.client.get("/emergency/").context["alarm"].mine


def test_whoever_was_examined_answers_again(visitor: Visitor) -> None:
    ask_alone(visitor, "both_legs")
    visitor.send(visitor.step(), next(one.id for one in GATES["both_legs"].choices if one.level is Level.emergency))
    assert visitor.client.get("/interview/")["Location"] == "/emergency/"
    assert visitor.begin("serious", anew="1")["Location"] == "/interview/"
    assert visitor.step()["done"] == 0
    assert visitor.client.get("/answers/").status_code == 302


@pytest.mark.parametrize("left", ["not_sure", "skip"])
@pytest.mark.parametrize("gate", GATES)
def test_a_sign_left_open_never_ends_at_home(visitor: Visitor, gate: str, left: str) -> None:
    ask_alone(visitor, gate)
    visitor.send(visitor.step(), left)
    visitor.send(visitor.step(), left)  # what was skipped is asked once more
    page = visitor.client.get("/answers/")
    level = page.context["page"]["advice"]["level"] if page.status_code == 200 else page["Location"]
    assert level != "self_manage"


@pytest.mark.parametrize("left", ["not_sure", "skip"])
def test_a_whole_list_left_open_never_ends_at_home(visitor: Visitor, left: str) -> None:
    visitor.begin("serious")
    for _ in range(80):
        response = visitor.client.get("/interview/")
        if response.status_code != 200 or response.context["step"]["stage"] == "story":
            break
        step = response.context["step"]
        visitor.send(step, "skip" if step["input"] == "words" else left)
    advice = visitor.client.get("/answers/").context["page"]["advice"]
    assert advice["level"] == "same_day"
    assert len(advice["open_lines"]) == len(KNOWLEDGE.gates)


@pytest.mark.parametrize("value", [[], ["none", "both_legs"], ["not_a_line"]])
def test_a_list_that_says_nothing_clear_stays(visitor: Visitor, value: list[str]) -> None:
    visitor.begin("serious")
    step = visitor.step()
    assert visitor.send(step, value).status_code == 200
    assert visitor.step()["step"] == step["step"]


def test_what_was_ticked_stays_ticked_when_it_is_refused(visitor: Visitor) -> None:
    visitor.begin("serious")
    text = visitor.send(visitor.step(), ["none", "saddle_numbness"]).content.decode()
    assert {re.sub(r".*value=\"(\w+)\".*", r"\1", one) for one in re.findall(r"<input[^>]* checked[^>]*>", text)} == {
        "none",
        "saddle_numbness",
    }
    assert "step." not in text.split("<form")[2].replace("step.b", "")
