"""The terminal report: what to do comes first, everything is there, nothing is wider than the terminal."""

from __future__ import annotations

import re

import pytest

from liftback.exchange.report_markdown import assessment_markdown
from liftback.exchange.report_text import assessment_text
from tests.unit.exchange.report_sample import emergency_report, sample_knowledge, sample_report

KNOWLEDGE = sample_knowledge()


def in_order(text: str, *words: str) -> bool:
    return re.search(".*".join(map(re.escape, words)), text, re.DOTALL) is not None


def test_what_to_do_stands_before_the_answers_and_all_else_after() -> None:
    text = assessment_text(sample_report(), KNOWLEDGE)
    assert in_order(
        text,
        "See a clinician in the coming weeks",
        "Book a physical therapist",
        "Say this at the door",
        "Do not test the lift",
        "Not answered yet",
        "Your safety net",
        "1  Is it normal?",
        "How sure: its figures are from published studies; the advice is",
        "2  Why the sudden pain?",
        "3  How long?",
        "counted from today",
        "4  How do I heal fastest?",
        "5  Is it serious?",
        "6  Muscle or disc?",
        "7  How is it treated?",
        "What is still undecided",
        "Answering these would tell more:",
        "\nSources\n",
        "https://doi.org/10.1136/bmj.39000.1",
        "Rules written by the Liftback project",
        "Not yet tested on lifters",
    )


def test_an_emergency_comes_alone_with_words_for_the_door() -> None:
    text = assessment_text(emergency_report(), KNOWLEDGE)
    first, _, rest = text.partition("All that follows can wait until you have been seen.")
    assert first.splitlines()[1] == "!!! Go to an emergency department now"
    assert in_order(
        first, "Do this", "Say this at the door", "cannot feel when I pee", "The signs it is about", "Do not"
    )
    assert len(first.splitlines()) <= 24
    assert "Is it normal?" not in first
    assert "Is it normal?" in rest


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    lines = assessment_text(sample_report(), KNOWLEDGE, width=width).splitlines()
    assert [line for line in lines if len(line) > width and "://" not in line] == []


def test_a_style_colours_and_changes_no_word() -> None:
    roles: set[str] = set()

    def style(text: str, role: str) -> str:
        roles.add(role)
        return f"<{text}>"

    plain = assessment_text(sample_report(), KNOWLEDGE)
    styled = assessment_text(sample_report(), KNOWLEDGE, style=style)
    assert [line[1:-1] if line else "" for line in styled.splitlines()] == plain.splitlines()
    assert roles == {"level:routine", "heading", "headline", "text", "quiet"}


def test_the_ranges_are_drawn_to_scale() -> None:
    lines = assessment_text(sample_report(), KNOWLEDGE).splitlines()
    bars = [line for line in lines if "=|" in line or "|=" in line][:4]
    assert [bar.endswith(">") for bar in bars] == [False, False, True, True]
    training = bars[0]
    assert training.index("-") < training.index("=") < training.index("|") < training.rindex("=") < training.rindex("-")


def test_nothing_a_lifter_wrote_steers_the_terminal() -> None:
    report = sample_report()
    report["answers"][0]["text"] = "You wrote: \x1b]0;title\x07 and \x1b[2J"
    report["triage"]["summary"] = "\x9b31m"
    text = assessment_text(report, KNOWLEDGE)
    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_many_open_questions_do_not_bury_the_first_screen() -> None:
    report = sample_report()
    report["triage"]["unresolved"] = [f"gate_{number}" for number in range(30)]
    text = assessment_text(report, KNOWLEDGE)
    first = text.partition("Is it normal?")[0]
    assert "and 26 more, listed below" in first
    assert "gate_29" not in first
    assert "gate_29" in text


def test_an_empty_report_still_prints() -> None:
    assert "Not yet tested on lifters" in assessment_text({}, KNOWLEDGE)
    assert "Not yet tested on lifters" in assessment_markdown({}, KNOWLEDGE)


def test_markdown_has_the_same_in_order_with_the_reasons() -> None:
    text = assessment_markdown(sample_report(), KNOWLEDGE)
    assert in_order(
        text,
        "# Your back",
        "## See a clinician in the coming weeks",
        "## Your safety net",
        "## 1. Is it normal?",
        "**Why**",
        "Three to four days",
        "## 3. How long?",
        "| **Back in training** a full session of your usual programme | about 1 to 6 weeks |",
        "## 7. How is it treated?",
        "## Your training log",
        "## What is still undecided",
        "## Sources",
        "<https://doi.org/10.1136/bmj.39000.1>",
        "Not yet tested on lifters",
    )


def test_markdown_shows_a_lifters_words_as_written() -> None:
    text = assessment_markdown(sample_report(), KNOWLEDGE)
    assert r"it \<b\>locked\</b\> up & I couldn't \*move\*" in text
    assert "<b>" not in text
