"""Measure the reading of free words on sentences that nobody tuned on: `make bench-words`.

Prints sensitivity, specificity and speed, gate by gate, for sentences in plain language and for indirect ones
(euphemism, metaphor, long posts that tell it in passing); exits 1 when a promise is broken. The figures of the
sentences tuned on are shown beside them, because the difference says how far the lexicon carries.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable

from bench.rows import Row, show
from bench.words.labelled import PLAIN, Sentence, held_out, tuning
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
    plain = [one for one in unseen if one.file == PLAIN]
    artful = [one for one in unseen if one.file != PLAIN]
    urgent = emergency_gates(knowledge)
    found = {
        "plain": score(plain, knowledge),
        "indirect": score(artful, knowledge),
        "tuned on": score(tuned, knowledge),
    }
    _by_gate(found, knowledge)
    print(
        f"\nheld out: {len(plain):,} sentences in plain language, {len(artful):,} indirect ones and gym notes;", end=" "
    )
    print(f"tuned on: {len(tuned):,}")
    for name, scores in found.items():
        print(f"{name}: {_summary(scores, urgent)}")
    print()
    rows = [*_reached("plain", found["plain"], urgent), *_reached("indirect", found["indirect"], urgent)]
    gym = found["indirect"].gym_talk
    rows.append(Row(what="ordinary gym notes that raised one", value=100 * gym, unit="%", limit=1))
    return show([*rows, *_speed(unseen, knowledge, load)])


def _summary(scores: Scores, urgent: list[str]) -> str:
    return (
        f"sensitivity {scores.sensitivity():.3f} (emergency gates {scores.sensitivity(urgent):.3f}) of "
        f"{sum(scores.told.values())} signs, specificity {scores.specificity:.3f} of {scores.silent} sentences"
    )


def _by_gate(found: dict[str, Scores], knowledge: Knowledge) -> None:
    """For each gate what was found of what was told, and how often it was raised where the label has nothing."""
    print("| gate question | plain: found / told, raised without | indirect | tuned on |")
    print("| --- | --- | --- | --- |")
    for gate in knowledge.gate_questions:
        cells = (f"{one.found[gate]} / {one.told[gate]}, {one.extra[gate]}" for one in found.values())
        print(f"| {gate} | {' | '.join(cells)} |")


def _reached(name: str, scores: Scores, urgent: list[str]) -> list[Row]:
    # A share that must be high is shown as what is missing, since a row holds what may not be exceeded.
    missed, missed_urgent = 1 - scores.sensitivity(), 1 - scores.sensitivity(urgent)
    return [
        Row(what=f"{name}: signs missed", value=100 * missed, unit="%", limit=5),
        Row(what=f"{name}: signs missed, emergency gates", value=100 * missed_urgent, unit="%", limit=2),
        Row(what=f"{name}: raised without a sign", value=100 * (1 - scores.specificity), unit="%", limit=8),
    ]


def _speed(sentences: list[Sentence], knowledge: Knowledge, load: float) -> list[Row]:
    ordinary, full = (_texts(one for one in sentences if one.tells_nothing is nothing) for nothing in (True, False))
    notes = [f"{one.text} {count}" for count in range(NOTES // len(sentences) + 1) for one in sentences][:NOTES]
    each, each_full = (1000 * _seconds(texts, knowledge) / len(texts) for texts in (ordinary, full))
    return [
        Row(what="first text: load the lexicon", value=1000 * load, unit="ms", limit=150),
        Row(what="a text of 100 words that tells no sign", value=each, unit="ms", limit=2),
        Row(what="  one that tells a sign in every sentence", value=each_full, unit="ms"),
        Row(what="10,000 notes", value=_seconds(notes, knowledge), unit="s", limit=15),
    ]


def _texts(sentences: Iterable[Sentence]) -> list[str]:
    """The sentences one after another, cut into texts of 100 words."""
    words = [word for one in sentences for word in f"{one.text}.".split()]
    return [" ".join(words[place : place + WORDS]) for place in range(0, len(words) - WORDS, WORDS)]


def _seconds(texts: list[str], knowledge: Knowledge) -> float:
    start = time.perf_counter()
    for text in texts:
        read_words(text, knowledge)
    return time.perf_counter() - start


if __name__ == "__main__":
    sys.exit(main())
