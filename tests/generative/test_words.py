"""Any text at all: it is read without an error, in time that grows with its length, and it never clears a gate."""

from __future__ import annotations

from cProfile import Profile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.facts.context import PRESENT, STATES
from liftback.facts.patterns import _begun
from liftback.facts.story import Story, facts_of
from liftback.facts.values import Fact, Known
from liftback.facts.words import read_words
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge
from tests.generative.stories import TODAY

KNOWLEDGE = load_knowledge()
PIECES = (
    "no", "not", "never", "can't", "cant", "feel", "when I wipe", "numb", "between my legs", "both legs", "tingling",
    "my dad", "maybe", "if I", "used to", "two years ago", "but", ",", ".", "?", "and", "or", "peed", "myself",
    "foot drags", "fever", "38.5", "cancer", "after squats", "pee like coke", "I", "since Tuesday", "\n", "(",
)  # fmt: skip
sentences = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)


def level_of(gate: str, facts_value: object) -> Level | None:
    levels = {choice.id: choice.level for choice in KNOWLEDGE.questions[gate].choices}
    return levels.get(str(facts_value))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.one_of(st.text(max_size=300), sentences))
def test_any_text_is_read_and_every_mention_lies_in_it(text: str) -> None:
    for signal in read_words(text, KNOWLEDGE):
        assert signal.gate in KNOWLEDGE.gate_questions
        assert not signal.choice or signal.choice in KNOWLEDGE.questions[signal.gate].choice_ids
        assert signal.quote == text[signal.start : signal.end] != ""
        assert signal.state in STATES
        assert signal.choice or signal.state != PRESENT


@settings(max_examples=60, derandomize=True, deadline=None)
@given(sentences, st.sampled_from(sorted(KNOWLEDGE.gate_questions)), st.data())
def test_words_never_clear_a_gate(text: str, gate: str, data: st.DataObject) -> None:
    choice = data.draw(st.sampled_from([one for one in KNOWLEDGE.questions[gate].choices if one.level is not None]))
    ticked: dict[str, Fact] = {gate: Known(value=choice.id)}
    with_words = facts_of(Story(answers=ticked, words=text), KNOWLEDGE, today=TODAY)[gate]
    if isinstance(with_words, Known):
        assert (level_of(gate, with_words.value) or Level.self_manage) >= (choice.level or Level.self_manage)
    else:
        assert choice.level is Level.self_manage, "only a no may become open again"


@settings(max_examples=60, derandomize=True, deadline=None)
@given(sentences)
def test_words_alone_never_answer_a_gate_with_no(text: str) -> None:
    facts = facts_of(Story(answers={}, words=text), KNOWLEDGE, today=TODAY)
    assert not any(facts.value(gate) == "no" for gate in KNOWLEDGE.gate_questions)


@settings(max_examples=30, derandomize=True, deadline=None)
@given(sentences, sentences)
def test_a_second_paragraph_takes_nothing_away(first: str, second: str) -> None:
    alone = {one.gate for one in read_words(first + ".", KNOWLEDGE) if one.counts}
    both = {one.gate for one in read_words(f"{first}.\n\nToday. {second}", KNOWLEDGE) if one.counts}
    assert alone <= both or "?" in first


UNITS = ["no numbness, ", "a" * 50, "i cant feel ", "numb ", "foot " * 8, "pee is so really very ", "?", "\u0301"]


@pytest.mark.parametrize("unit", UNITS)
def test_work_grows_with_the_length(unit: str) -> None:
    def calls(size: int) -> int:
        text = (unit * (size // len(unit) + 1))[:size]
        profile = Profile()
        profile.runcall(read_words.__wrapped__, text, KNOWLEDGE)  # what was read before is remembered
        return sum(one.callcount for one in profile.getstats())

    calls(500)  # reads the lexicon once
    short, long = calls(2_500), calls(20_000)
    assert long < 16 * short + 10_000, "eight times the text; quadratic would be sixty-four times"


def test_a_word_as_long_as_a_text_is_looked_at_by_its_first_letters() -> None:
    # Calls do not show it: every longer beginning is one more string to make and to hash.
    letters = [sum(map(len, _begun("9" * size))) for size in (2_500, 20_000)]
    assert letters[1] <= letters[0]
