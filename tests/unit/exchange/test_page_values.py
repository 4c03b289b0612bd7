"""Reports as values for pages: whole, small, the same from storage, and with nothing that a strict page forbids."""

from __future__ import annotations

import json
from typing import Any

import pytest

from liftback import operations
from liftback.exchange.page_values import shown
from liftback.exchange.report_json import plain
from liftback.knowledge.entries import Level
from tests.unit.exchange import a_lifter
from tests.unit.exchange.a_lifter import TODAY

LARGEST = 250_000
"""Bytes of a page's values before they are packed."""


def stored(values: Any) -> Any:
    text = json.dumps(values)
    assert len(text) < LARGEST
    assert " style=" not in text
    assert "<style" not in text
    return json.loads(text)


def texts(values: Any) -> str:
    return json.dumps(values, ensure_ascii=False)


def test_the_answers_are_those_of_the_report_and_the_same_from_storage() -> None:
    page = stored(operations.answers_page(assessment=a_lifter.assessment()))
    report = json.loads(json.dumps(operations.report_values(assessment=a_lifter.assessment())))
    assert operations.answers_page(assessment=report) == page
    told = " ".join(operations.render(assessment=a_lifter.assessment(), output="text", width=10_000, full=True).split())
    assert [one["number"] for one in page["answers"]] == list(range(1, 8))
    for one in page["answers"]:
        assert one["changes"]
        assert one["question"] in told
        for block in (*one["blocks"], *one["more"]):
            assert block["text"] in told
    assert page["advice"]["level"] == "self_manage"
    assert (page["advice"]["urgent"], page["advice"]["emergency"]) == (False, False)
    assert page["advice"]["changes"]
    assert page["pictures"]["timeline"].startswith("<svg")
    assert page["pictures"]["weeks"].startswith("<svg")
    assert page["open"]
    assert all(one["id"] and one["text"] and not one["gate"] for one in page["open"])


def test_an_emergency_comes_alone() -> None:
    found = operations.assess(story=a_lifter.emergency(), today=TODAY)
    page = stored(operations.answers_page(assessment=found))
    assert page["advice"]["emergency"]
    assert page["advice"]["urgent"]
    assert page["advice"]["do"]
    assert page["pictures"] == {"timeline": "", "weeks": ""}
    assert page["ranges"] == []
    assert page["open"] == []


def test_open_signs_come_first_among_the_open_questions() -> None:
    nobody = operations.read_story(content=b"about: {age: 34}", today=TODAY)
    page = stored(operations.answers_page(assessment=operations.assess(story=nobody, today=TODAY)))
    assert page["advice"]["only_open"]
    assert [one["gate"] for one in page["open"]] == [True] * len(page["open"])
    assert page["open"][0]["id"] == "bladder_change"


@pytest.mark.parametrize("name", ["answer 3", "triage", "irritability", "irritability.high_pain", "saddle_numbness"])
def test_the_tree_of_reasons_is_the_one_that_is_printed(name: str) -> None:
    report = json.loads(json.dumps(operations.report_values(assessment=a_lifter.assessment())))
    tree = operations.why_tree(assessment=report, name=name)
    printed = operations.explain(assessment=a_lifter.assessment(), name=name, width=10_000)
    assert list(_lines(tree)) == [line.lstrip("├└─│ ") for line in printed.splitlines()]
    assert tree["below"]


def _lines(branch: dict[str, Any]) -> Any:
    yield branch["text"]
    for one in branch["below"]:
        yield from _lines(one)


def test_a_name_of_nothing_is_told_with_the_names_there_are() -> None:
    with pytest.raises(operations.UnknownNameError, match="answer 3"):
        operations.why_tree(assessment=a_lifter.assessment(), name="answer 9")
    assert operations.why_tree(assessment=a_lifter.assessment(), name="plans.pain_most_low")["below"]


def test_the_course_has_its_days_its_picture_and_its_words() -> None:
    page = stored(operations.course_page(followed=a_lifter.followed()))
    values = json.loads(json.dumps(operations.followed_json(followed=a_lifter.followed())))
    assert operations.course_page(followed=values) == page
    assert not page["held"]
    assert set(page["days"][0]) == {"day", "pain", "dose", "event", "flare", "band"}
    assert page["days"][-1]["day"] == TODAY.isoformat()
    assert page["picture"].startswith("<svg")
    assert page["picture_words"].startswith("From ")
    assert len(page["weeks"]) >= 6
    assert page["milestones"]
    assert page["smallest_change"]["value"] == 2
    assert page["smallest_change"]["source"]["title"]
    assert page["response"]
    assert page["headline"]


def test_while_signs_come_first_nothing_of_the_course_is_there() -> None:
    story, log, diary = a_lifter.emergency(), *a_lifter.told()[1:]
    page = stored(operations.course_page(followed=operations.follow(story=story, today=TODAY, log=log, diary=diary)))
    assert page["held"]
    assert page["advice"]["emergency"]
    assert page["headline"]
    assert (page["days"], page["picture"], page["weeks"], page["response"], page["milestones"]) == ([], "", [], [], [])


def test_values_that_no_page_has_a_form_for_are_a_mistake_of_ours() -> None:
    assert shown((1, None, TODAY, Level.routine, frozenset("ba"), {"a": True})) == [
        1, None, TODAY.isoformat(), "routine", ["a", "b"], {"a": True},
    ]  # fmt: skip
    with pytest.raises(TypeError, match="object"):
        shown(object())
    with pytest.raises(TypeError, match="object"):
        plain(object())
