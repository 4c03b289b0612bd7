"""Measure the reading of free words on sentences that nobody tuned on: `make bench-words`.

Prints sensitivity, specificity and speed, gate by gate; exits 1 when a promise is broken. The figures of the tuning
half are shown beside them, because the difference says how far the lexicon carries.
"""

from __future__ import annotations

import sys
import time

from bench.rows import Row, show
from bench.words.labelled import Sentence, held_out, tuning
from bench.words.scores import Scores, emergency_gates, score
from liftback.facts.lexicon import lexicon_of
from liftback.facts.words import read_words
from liftback.knowledge.loader import Knowledge, load_knowledge

NOTES, WORDS = 10_000, 100


def main() -> int:
    """Print the tables; 1 when a promise is broken."""
    knowledge = load_knowledge()
    start = time.perf_counter()
    lexicon_of(knowledge)
    read_words("a first text, since what is made at the first one counts as loading", knowledge)
    load = time.perf_counter() - start
    unseen, tuned = held_out(), tuning()
    scores, before = score(unseen, knowledge), score(tuned, knowledge)
    _by_gate(scores, before, knowledge)
    urgent = emergency_gates(knowledge)
    print(f"\n{len(unseen):,} sentences held out, {len(tuned):,} tuned on")
    print(f"tuned on: {_summary(before, urgent)}\nheld out: {_summary(scores, urgent)}\n")
    return show([*_reached(scores, urgent), *_speed(unseen, knowledge, load)])


def _summary(scores: Scores, urgent: list[str]) -> str:
    return (
        f"sensitivity {scores.sensitivity():.3f} (emergency gates {scores.sensitivity(urgent):.3f}), "
        f"specificity {scores.specificity:.3f} of {scores.silent}, gym notes {scores.notes_raised}/{scores.notes}"
    )


def _by_gate(scores: Scores, before: Scores, knowledge: Knowledge) -> None:
    print("| gate question | held out: found / told | raised without | tuned on: found / told |")
    print("| --- | --- | --- | --- |")
    for gate in knowledge.gate_questions:
        found = f"{scores.found[gate]} / {scores.told[gate]}"
        print(f"| {gate} | {found} | {scores.extra[gate]} | {before.found[gate]} / {before.told[gate]} |")


def _reached(scores: Scores, urgent: list[str]) -> list[Row]:
    # A share that must be high is shown as what is missing, since a row holds what may not be exceeded.
    return [
        Row(what="signs missed", value=100 * (1 - scores.sensitivity()), unit="%", limit=5),
        Row(what="signs missed, emergency gates", value=100 * (1 - scores.sensitivity(urgent)), unit="%", limit=2),
        Row(what="sentences without a sign that raised one", value=100 * (1 - scores.specificity), unit="%", limit=8),
        Row(what="ordinary gym notes that raised one", value=100 * scores.gym_talk, unit="%", limit=1),
    ]


def _speed(sentences: list[Sentence], knowledge: Knowledge, load: float) -> list[Row]:
    words = " ".join(one.text for one in sentences).split()
    texts = [" ".join(words[place : place + WORDS]) for place in range(0, len(words) - WORDS, WORDS)]
    notes = [f"{one.text} {count}" for count in range(NOTES // len(sentences) + 1) for one in sentences][:NOTES]
    return [
        Row(what="first text: load the lexicon", value=1000 * load, unit="ms", limit=150),
        Row(
            what="a text of 100 words (of warning signs)",
            value=1000 * _seconds(texts, knowledge) / len(texts),
            unit="ms",
            limit=2,
        ),
        Row(what="10,000 notes", value=_seconds(notes, knowledge), unit="s", limit=15),
    ]


def _seconds(texts: list[str], knowledge: Knowledge) -> float:
    start = time.perf_counter()
    for text in texts:
        read_words(text, knowledge)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
