"""How a text as typed becomes plain words that remember their places."""

from __future__ import annotations

import pytest

from liftback.facts.lexicon import lexicon_of
from liftback.facts.tokens import sentences_of
from liftback.knowledge.loader import load_knowledge

SPELLING = lexicon_of(load_knowledge()).spelling


def words_of(text: str) -> list[str]:
    return [token.word for sentence in sentences_of(text, SPELLING) for token in sentence.tokens]


WRITTEN = [
    # (as typed, the words that phrases are compared with)
    ("I CAN’T feel", ["i", "cant", "feel"]),
    ("can not feel", ["cant", "feel"]),
    ("do not feel", ["dont", "feel"]),
    ("w/o feeling", ["with", "/", "o", "feeling"]),
    ("one-sided pain - sharp", ["one", "sided", "pain", "-", "sharp"]),
    ("38.5 degrees", ["38.5", "degrees"]),
    ("180kg", ["180", "kg"]),
    ("numb 🍑", ["numb", "bum"]),
    ("nümb", ["numb"]),
    ("ｎｕｍｂ", ["numb"]),
    ("nu\u0301mb", ["numb"]),
    ("numb\u200bness", ["numbness"]),
    ("my grion", ["my", "groin"]),
    ("numnbess", ["numbness"]),
    ("bladdre", ["bladder"]),
    ("weekness", ["weakness"]),
    ("bothlegs", ["both", "legs"]),
    ("sooooo numb", ["so", "numb"]),
    ("u r numb", ["you", "are", "numb"]),
    ("my thing", ["my", "thing"]),
    ("it drags", ["it", "drags"]),
]


@pytest.mark.parametrize(("typed", "words"), WRITTEN)
def test_words_as_typed(typed: str, words: list[str]) -> None:
    assert words_of(typed) == words


def test_a_word_remembers_where_it_stood() -> None:
    text = "Hmm…  I  CAN’T  feel 🍑, since Tuesday."
    tokens = [token for sentence in sentences_of(text, SPELLING) for token in sentence.tokens]
    assert [text[token.start : token.end] for token in tokens if token.word in ("cant", "bum", "since")] == [
        "CAN’T",
        "🍑",
        "since",
    ]


def test_sentences_end_at_stops_and_lines_and_know_whether_they_ask() -> None:
    found = sentences_of("Numb? Yes (since Monday)\nboth feet; 38.5 today!", SPELLING)
    assert [" ".join(token.word for token in one.tokens) for one in found] == [
        "numb",
        "yes , since monday ,",
        "both feet",
        "38.5 today",
    ]
    assert [one.asked for one in found] == [True, False, False, False]


def test_a_text_without_a_stop_is_cut_so_that_the_work_grows_with_its_length() -> None:
    sentences = sentences_of("numb and " * 1_000, SPELLING)
    assert len(sentences) > 10
    assert sum(len(one.tokens) for one in sentences) == 2_000
