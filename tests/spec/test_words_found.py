"""How much of what stands in free words is found, on sentences that nobody tuned on: floors under what was measured.

The sentences and what they tell are in `bench/words/sentences`; `make bench-words` prints the figures gate by gate.
"""

from __future__ import annotations

from functools import cache

import pytest

from bench.words.labelled import FOLDER, PLAIN, POSITIVE, held_out, read_file, tuning
from bench.words.scores import Scores, emergency_gates, score
from liftback.facts.context import STATES
from liftback.knowledge.loader import load_knowledge

KNOWLEDGE = load_knowledge()


@cache
def scores(name: str) -> Scores:
    return score((one for one in held_out() if name == "all" or (one.file == PLAIN) == (name == "plain")), KNOWLEDGE)


@pytest.mark.parametrize(("language", "all_gates", "emergencies"), [("plain", 0.95, 0.95), ("indirect", 0.85, 0.84)])
def test_enough_signs_are_found(language: str, all_gates: float, emergencies: float) -> None:
    assert scores(language).sensitivity() >= all_gates
    assert scores(language).sensitivity(emergency_gates(KNOWLEDGE)) >= emergencies


@pytest.mark.parametrize(("language", "share"), [("plain", 0.91), ("indirect", 0.86)])
def test_sentences_without_a_sign_raise_few(language: str, share: float) -> None:
    assert scores(language).specificity >= share


def test_gym_notes_raise_hardly_any() -> None:
    assert scores("indirect").gym_talk <= 0.025


@pytest.mark.parametrize("gate", KNOWLEDGE.gate_questions)
def test_no_gate_is_left_behind(gate: str) -> None:
    assert scores("all").told[gate] >= 10
    assert scores("all").sensitivity([gate]) >= 0.7


def test_held_out_and_tuned_on_share_no_sentence() -> None:
    unseen = [one.text for one in held_out()]
    assert len(unseen) >= 600
    assert set(unseen).isdisjoint(one.text for one in tuning())


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_every_label_is_a_gate_and_a_state(name: str) -> None:
    for sentence in read_file(name):
        assert set(sentence.states) <= set(KNOWLEDGE.gate_questions), sentence
        assert set(sentence.states.values()) <= set(STATES), sentence
    assert frozenset(STATES) >= POSITIVE
