"""What everybody reads and what can wait: an answer takes about a minute, and nothing is lost from the whole."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from liftback import operations
from liftback.exchange.report_outline import outline
from liftback.exchange.report_text import assessment_text
from liftback.knowledge.loader import load_knowledge
from tests.unit.exchange.report_sample import sample_knowledge, sample_report
from tests.unit.exchange.test_reports_of_a_lifter import assessed, report

KNOWLEDGE = load_knowledge()
# Words of what everybody reads. The seventh answer is the plan itself, with what stays trainable and what to leave.
MINUTE, PLAN = 340, 520


def words(text: str) -> int:
    return len(text.split())


def plain(text: str) -> str:
    return " ".join(text.split())


def two_tiers() -> dict[str, Any]:
    """A report whose first answer has one paragraph that can wait, with a source of its own."""
    made = sample_report()
    made["answers"][0] |= {
        "paragraphs": [
            {"id": "a", "text": made["answers"][0]["headline"], "sources": []},
            {"id": "b", "text": "Read at once.", "sources": ["sample_cohort"]},
            {"id": "c", "text": "Can wait.", "sources": ["sample_guideline"], "more": True},
        ],
        "sources": ["sample_cohort", "sample_guideline"],
    }
    for answer in made["answers"][1:]:
        answer["sources"] = ["sample_cohort"]
    return made


def test_what_can_wait_is_apart_with_its_sources() -> None:
    page = outline(two_tiers(), sample_knowledge())
    first = page.answers[0]
    assert [block.text for block in first.blocks] == ["Read at once."]
    assert [block.text for block in first.more] == ["Can wait."]
    assert first.cited == (1,)
    assert first.sources == (1, 2)


def test_the_terminal_tells_it_only_when_asked() -> None:
    short = assessment_text(two_tiers(), sample_knowledge())
    full = assessment_text(two_tiers(), sample_knowledge(), full=True)
    assert "Can wait." not in short
    assert "annex" not in short, "a source that nothing shown rests on is not listed"
    assert "liftback assess STORY --full" in short
    assert "Can wait." in full
    assert "annex" in full
    assert "--full" not in full


def test_the_page_keeps_it_behind_a_fold() -> None:
    page = operations.render(assessment=assessed("all answered"), output="html")
    folded = "".join(re.findall(r"<details>.*?</details>", page, re.DOTALL))
    waits = [p["text"] for a in report("all answered")["answers"] for p in a["paragraphs"] if p["more"]]
    assert len(waits) > 10
    for text in waits:
        assert text.split("'")[0].split('"')[0] in folded


@pytest.mark.parametrize("number", range(1, 8))
def test_an_answer_is_read_in_about_a_minute(number: int) -> None:
    answer = outline(report("all answered"), KNOWLEDGE).answers[number - 1]
    read = words(answer.headline) + sum(words(block.text) for block in answer.blocks)
    assert 60 < read <= (PLAN if number == 7 else MINUTE)


def test_nothing_is_lost_from_the_answers_themselves() -> None:
    for answer in report("all answered")["answers"]:
        assert all(paragraph["text"] in answer["text"] for paragraph in answer["paragraphs"])
        waits = [paragraph["more"] for paragraph in answer["paragraphs"]]
        assert waits == sorted(waits), "what can wait comes last"


def test_the_short_report_lists_its_sources_from_one_without_a_gap() -> None:
    text = operations.render(assessment=assessed("all answered"), output="text")
    told, _, sources = text.partition("\nSources\n")
    listed = [int(number) for number in re.findall(r"^\[(\d+)\] ", sources, re.MULTILINE)]
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", told)}
    assert listed == list(range(1, len(listed) + 1))
    assert cited == set(listed)


@pytest.mark.parametrize("name", ["an emergency", "nothing answered"])
def test_what_six_answers_share_is_said_once(name: str) -> None:
    text = plain(operations.render(assessment=assessed(name), output="text"))
    sentences = Counter(one for one in re.split(r"(?<=[.?!])\s", text) if words(one) > 5)
    assert [one for one, times in sentences.items() if times > 1 and "?" not in one] == []
    assert "answer five" not in text.partition("7 How is it treated")[0], "what to do stands at the top, not elsewhere"


def test_an_emergency_asks_nothing_that_only_a_forecast_needs() -> None:
    page = outline(report("an emergency"), KNOWLEDGE)
    assert page.would_tell_more == ()
    assert outline(report("all answered"), KNOWLEDGE).would_tell_more != ()


def test_what_stands_in_the_answers_is_not_said_again_under_the_log() -> None:
    page = outline(report("all answered"), KNOWLEDGE)
    told = {block.text for answer in page.answers for block in (*answer.blocks, *answer.more)}
    assert told & set(page.talk) == set()


def test_the_range_of_the_headline_is_not_said_again_below_it() -> None:
    third = report("all answered")["answers"][2]
    assert "No date, but a range" in third["headline"]
    assert "timeline.headline" not in [paragraph["id"] for paragraph in third["paragraphs"]]
    assert report("all answered")["timeline"]["said"][0]["id"] == "timeline.headline"


def test_in_the_first_days_the_plan_for_them_comes_first() -> None:
    story = b"{about: {age: 30}, answers: {onset: 2026-11-23, how_it_began: moment, %s}}" % b", ".join(
        b"%s: no" % gate.encode() for gate in KNOWLEDGE.gate_questions
    )
    today = assessed("all answered").today
    made = operations.assess(story=operations.read_story(content=story, today=today), today=today)
    names = [paragraph.id for paragraph in made.answers[1].paragraphs]
    assert names.index("seven_answers.two_first_hour") == 2
