"""What words and notes add to the facts: they raise, they open, they never lower, and an answer after them stands."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from liftback.facts.diary import Diary, DiaryDay
from liftback.facts.own_words import Note, recent, shown, with_signals
from liftback.facts.story import Story, facts_of
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.triage import triage

KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 23)
NUMB = "my groin is numb since Tuesday"


def told(words: str, **answers: str) -> Facts:
    given: dict[str, Fact] = {name: Known(value=value) for name, value in answers.items()}
    return facts_of(Story(answers=given, words=words), KNOWLEDGE, today=TODAY)


# Words, what was ticked, and the fact that follows: a choice, "open", or as it was ("as ticked").
ROWS = [
    ("my groin is numb", {}, "new_numbness"),
    ("maybe my groin is a bit numb", {}, "new_numbness"),
    ("my groin is numb", {"saddle_numbness": "no"}, "new_numbness"),
    ("my groin is numb", {"saddle_numbness": "old_unchanged"}, "new_numbness"),
    ("my groin is numb", {"saddle_numbness": "wiping_differs"}, "as ticked"),
    ("my bum is numb", {"saddle_numbness": "no"}, "open"),
    ("my bum is numb", {"saddle_numbness": "passes_in_minutes"}, "as ticked"),
    ("no numbness in my groin", {"saddle_numbness": "new_numbness"}, "as ticked"),
    ("no numbness in my groin", {}, "open"),
    ("my dad's groin was numb", {"saddle_numbness": "no"}, "as ticked"),
    ("should I worry about groin numbness?", {"saddle_numbness": "no"}, "as ticked"),
]


@pytest.mark.parametrize(("words", "ticked", "expected"), ROWS)
def test_words_beside_what_was_ticked(words: str, ticked: dict[str, str], expected: str) -> None:
    fact = told(words, **ticked)["saddle_numbness"]
    if expected == "open":
        assert isinstance(fact, Unknown)
    elif expected == "as ticked":
        assert fact == Known(value=ticked["saddle_numbness"])
    else:
        assert isinstance(fact, Known)
        assert (fact.value, fact.source) == (expected, "own words")
        assert fact.quote in words


def test_words_that_ask_for_less_than_the_open_question_leave_it_open() -> None:
    numb = told("my left foot is numb")["leg_numbness"]
    assert isinstance(numb, Unknown)
    assert 'you wrote "left foot is numb"' in numb.why


def test_a_level_never_falls_because_something_was_written() -> None:
    silent = triage(told(""), KNOWLEDGE).level
    for words in ("I leak a bit on heavy deadlifts, for years", "bones are thin", "stiff every morning for an hour"):
        assert triage(told(words), KNOWLEDGE).level >= silent


def test_the_quote_is_in_the_reasons() -> None:
    because = triage(told(NUMB), KNOWLEDGE).because
    assert any('you wrote: "groin is numb"' in reason.value for reason in because)


def test_notes_of_the_diary_are_read_as_far_back_as_they_may_be_about_this_pain() -> None:
    for days, counts in ((0, True), (41, True), (43, False)):
        note = DiaryDay(day=TODAY - timedelta(days=days), note=NUMB)
        fact = facts_of(Story(answers={}, diary=Diary(days=(note,))), KNOWLEDGE, today=TODAY)["saddle_numbness"]
        assert isinstance(fact, Known) is counts, days


def test_a_pain_that_began_earlier_is_looked_back_at_for_longer() -> None:
    old = Note(text=NUMB, day=TODAY - timedelta(days=80))
    assert recent([old], KNOWLEDGE, today=TODAY, onset=None) == ()
    assert recent([old], KNOWLEDGE, today=TODAY, onset=TODAY - timedelta(days=90)) == (old,)


def test_notes_of_the_log_are_read_and_keep_their_day() -> None:
    day = TODAY - timedelta(days=2)
    fact = facts_of(Story(answers={}), KNOWLEDGE, today=TODAY, log_notes=(Note(text=NUMB, day=day),))["saddle_numbness"]
    assert isinstance(fact, Known)
    assert fact.when == day


def test_what_was_answered_with_the_words_shown_stands_and_not_sure_does_not() -> None:
    note = [Note(text=NUMB)]
    said_no = Facts({"saddle_numbness": Known(value="no")})
    not_sure = Facts({"saddle_numbness": Unknown(why="not sure")})
    assert with_signals(said_no, note, KNOWLEDGE, settled=("saddle_numbness",)).value("saddle_numbness") == "no"
    assert with_signals(not_sure, note, KNOWLEDGE, settled=("saddle_numbness",)).known("saddle_numbness")


def test_two_notes_count_as_the_worse_of_them() -> None:
    notes = [Note(text="my toes keep catching on the stairs"), Note(text="both legs are weak")]
    for order in (notes, notes[::-1]):
        chosen = with_signals(Facts({}), order, KNOWLEDGE).value("leg_weakness")
        assert KNOWLEDGE.questions["leg_weakness"].level_of(chosen) is Level.emergency


def test_a_long_quote_is_cut_and_stays_on_one_line() -> None:
    assert shown("a\n  b") == "a b"
    assert len(shown("word " * 100)) <= 160
