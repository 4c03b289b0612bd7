"""What every report shows, and in which words."""

from __future__ import annotations

import pytest

from liftback.exchange.report_outline import address, blocks, certainty_words, clean, outline, reason_words
from liftback.exchange.weekly_sets import weekly_sets
from tests.unit.exchange.report_sample import emergency_report, sample_knowledge, sample_report

KNOWLEDGE = sample_knowledge()


def test_sources_are_numbered_in_the_order_of_the_answers_and_listed_once() -> None:
    page = outline(sample_report(), KNOWLEDGE)
    assert [answer.sources for answer in page.answers] == [(1,), (2,), (1, 3), (4,), (3,), (1,), (2,)]
    assert [source.number for source in page.sources] == [1, 2, 3, 4]
    assert page.sources[2].title == "A guideline & its <annex>"


def test_a_source_nobody_knows_is_left_out() -> None:
    report = sample_report()
    report["answers"][0]["sources"] = ["nobody_wrote_this"]
    assert outline(report, KNOWLEDGE).answers[0].sources == ()


@pytest.mark.parametrize(
    ("url", "followed"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("10.1136/bmj.a171", "https://doi.org/10.1136/bmj.a171"),
        ("doi:10.1136/bmj.a171", "https://doi.org/10.1136/bmj.a171"),
        ("javascript:alert(1)", ""),
        ("https://example.org/ a", ""),
        ('https://example.org/"onclick=', ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_followed(url: str, followed: str) -> None:
    assert address(url) == followed


def test_open_warning_signs_stand_apart_from_other_open_questions() -> None:
    page = outline(sample_report(), KNOWLEDGE)
    assert page.advice.open_questions == ("Have you had a fever?",)
    assert page.would_tell_more == (
        "What does a warm-up do to it?",
        "How long until it settles?",
        "Numbness or tingling in one leg?",
    )
    assert page.left_open == page.would_tell_more


def test_an_open_warning_sign_is_not_said_again_as_a_reason() -> None:
    page = outline(sample_report(), KNOWLEDGE)
    assert all("Fever" not in why.text for why in page.advice.why)


def test_the_headline_is_not_said_twice() -> None:
    report = sample_report()
    report["answers"][0]["text"] = report["answers"][0]["headline"] + "\n\nThe rest."
    assert [block.text for block in outline(report, KNOWLEDGE).answers[0].blocks] == ["The rest."]


def test_paragraphs_and_items_of_a_text() -> None:
    told = blocks("First\nline.\n\nBegin:\n- one\n- two\n  goes on\n\nEnd.")
    assert [(block.text, block.item) for block in told] == [
        ("First line.", False),
        ("Begin:", False),
        ("one", True),
        ("two goes on", True),
        ("End.", False),
    ]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ({"kind": "fact", "text": "Fever?", "value": "not known (skipped)"}, "Not known yet: Fever?"),
        ({"kind": "fact", "text": "Age", "value": "34", "source": "about"}, "You said: Age – 34"),
        ({"kind": "fact", "text": "Pain", "value": "4", "source": "diary"}, "Your pain diary: Pain – 4"),
        (
            {"kind": "parameter", "text": "High pain", "value": "7", "certainty": "published"},
            "High pain: 7 (from published studies)",
        ),
        (
            {"kind": "parameter", "text": "High pain", "value": "7", "certainty": "design_default"},
            "High pain: 7 (our own starting point; no study gives it)",
        ),
        ({"kind": "rule", "text": "New weakness", "value": "emergency"}, "New weakness"),
        ({"kind": "rule", "text": "Low mood", "value": "moves the ranges later"}, "Low mood: moves the ranges later"),
    ],
)
def test_a_reason_in_words(reason: dict[str, str], words: str) -> None:
    assert reason_words(reason) == words


def test_how_sure_keeps_what_is_not_known() -> None:
    assert certainty_words("published; not known about you yet: age") == (
        "from published studies; not known about you yet: age"
    )
    assert certainty_words("likely") == "likely"
    assert certainty_words("published") == "from published studies"


def test_figures_do_not_lend_the_advice_of_an_answer_their_standing() -> None:
    for grade in ("published", "mixed"):
        assert "the advice is how our practice works" in certainty_words(grade, answer=True)


def test_signs_that_steer_a_terminal_or_turn_the_reading_are_taken_out() -> None:
    assert clean("a\x1b[31mb\u202ec\nd") == "a [31mb c d"


def test_a_report_of_nothing_is_still_a_page() -> None:
    page = outline({}, KNOWLEDGE)
    assert len(page.answers) + len(page.ranges) == 0
    assert page.about[0].startswith("Rules written by the Liftback project")


def test_it_says_who_wrote_the_rules_and_for_whom_they_were_tested() -> None:
    about = " ".join(outline(sample_report(), KNOWLEDGE).about)
    assert "2026-11-23+0123456789" in about
    assert "reviewed on 2026-11-23" in about
    assert "adults" in about
    assert "Not yet tested on lifters" in about
    assert "does not diagnose" in about


def test_an_emergency_shows_its_signs_and_leaves_questions_for_later() -> None:
    report = emergency_report()
    report["triage"]["unresolved"] = ["fever"]
    page = outline(report, KNOWLEDGE)
    assert page.advice.emergency
    assert page.advice.urgent
    assert page.advice.signs == ("It has not eased for two weeks",)
    assert page.left_open[0] == "Have you had a fever?"


def test_weeks_of_a_log_by_pattern_with_the_weeks_off() -> None:
    weeks = weekly_sets(sample_report()["training"])
    assert (weeks.first, weeks.last) == ("2026-10-05", "2026-11-09")
    assert list(weeks.sets["hinge"]) == [8, 9, 12, 0, 18, 3]
    assert list(weeks.sets) == ["horizontal row", "hinge", "squat"]


def test_only_the_newest_weeks_and_most_trained_patterns_are_drawn() -> None:
    old = {"week": "2024-01-01", "patterns": [{"pattern": "hinge", "sets": 90}]}
    rows = [{"pattern": f"pattern_{number}", "sets": number} for number in range(9)]
    weeks = weekly_sets({"weeks": [old, {"week": "2026-11-09", "patterns": rows}]})
    assert len(weeks.weeks) == 12
    assert list(weeks.sets) == [f"pattern {number}" for number in (8, 7, 6, 5, 4, 3)]


def test_no_log_no_weeks() -> None:
    assert weekly_sets(None).weeks == weekly_sets({}).weeks == weekly_sets({"weeks": []}).weeks == ()


def test_what_follows_a_colon_is_a_list_until_something_else_is_told() -> None:
    told = [
        ("seven_answers.begin", "Yours:"),
        ("foundations.sleep", "Sleep."),
        ("foundations.protein", "Protein."),
        ("seven_answers.load", "Load."),
        ("foundations.stress", "Not of the list."),
        ("seven_answers.last", "Nothing follows:"),
    ]
    report = sample_report()
    report["answers"][0]["paragraphs"] = [{"id": name, "text": text} for name, text in told]
    shown = outline(report, KNOWLEDGE).answers[0].blocks
    assert [(block.text, block.item) for block in shown] == [
        ("Yours:", False),
        ("Sleep.", True),
        ("Protein.", True),
        ("Load.", False),
        ("Not of the list.", False),
        ("Nothing follows:", False),
    ]


@pytest.mark.parametrize("level", ["same_day", "emergency"])
def test_nothing_speaks_of_time_or_training_while_somebody_has_to_look_first(level: str) -> None:
    report = sample_report()
    report["triage"]["level"] = level
    page = outline(report, KNOWLEDGE)
    assert len(page.ranges) + len(page.talk) + len(page.weeks.weeks) == 0
