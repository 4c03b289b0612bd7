"""What a lifter's own words add to their facts: from the story, the notes of the diary and the notes of the log.

Words may only raise. A sign that is present or in doubt counts as given, until its question is answered after the words
were shown. Nothing here lowers a level: where the question left open calls for more than the words, it stays open.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from liftback.facts.answers import SKIPPED
from liftback.facts.diary import Diary
from liftback.facts.evaluation import evaluate, unknown_leaves
from liftback.facts.told import read_told
from liftback.facts.values import NOT_ASKED, Fact, Facts, Known, Unknown
from liftback.facts.words import Signal, level_of, read_words
from liftback.knowledge.loader import Knowledge

OWN_WORDS = "own words"
"""The source of a fact that was read from text."""
_LONGEST_QUOTE = 160  # letters shown; the rest of a long sentence says no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A text as written, and its day where it has one."""

    text: str
    day: date | None = None


def diary_notes(diary: Diary) -> tuple[Note, ...]:
    """The notes of a pain diary."""
    return tuple(Note(text=one.note, day=one.day) for one in diary.days if one.note.strip())


def recent(notes: Iterable[Note], knowledge: Knowledge, *, today: date, onset: date | None) -> tuple[Note, ...]:
    """The notes that may be about this pain: of the last weeks, or since it began where that is longer ago."""
    first = today - timedelta(days=knowledge.number("triage.note_days"))
    first = min(first, onset) if onset is not None else first
    return tuple(dict.fromkeys(one for one in notes if one.day is None or one.day >= first))


def signals_of(notes: Iterable[Note], knowledge: Knowledge) -> tuple[tuple[Signal, Note], ...]:
    """Every sign that counts in the notes, with the note it stands in."""
    return tuple((signal, note) for note in notes for signal in read_words(note.text, knowledge) if signal.counts)


def with_signals(facts: Facts, notes: Iterable[Note], knowledge: Knowledge, *, settled: Collection[str] = ()) -> Facts:
    """The facts with the warning signs that the notes tell.

    `settled` are the questions that were asked after their words had been shown: what was answered then stands,
    unless the answer was "not sure".
    """
    for signal, note in signals_of(notes, knowledge):
        if signal.gate in settled and facts.known(signal.gate):
            continue
        facts = _with_signal(facts, signal, note, knowledge)
    return facts


def _with_signal(facts: Facts, signal: Signal, note: Note, knowledge: Knowledge) -> Facts:
    question = knowledge.questions[signal.gate]
    answered = question.level_of(facts.value(signal.gate))
    told = level_of(signal, knowledge)
    raises = told >= question.unresolved_level if answered is None else told > answered
    if signal.choice and raises:
        quote = shown(signal.quote)
        return facts.adding({signal.gate: Known(value=signal.choice, source=OWN_WORDS, when=note.day, quote=quote)})
    # A considered near miss ("weak only because it hurts") stands beside doubtful words; a plain no does not.
    if answered is None or facts.value(signal.gate) == "no":
        return facts.adding({signal.gate: _open(signal)})
    return facts


def _open(signal: Signal) -> Fact:
    return Unknown(why=f'you wrote "{shown(signal.quote)}", which may mean this; please answer this question')


def shown(quote: str) -> str:
    """A quote on one line, cut where it is long."""
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 3].rstrip() + "..."


def with_told(facts: Facts, text: str, knowledge: Knowledge, *, today: date) -> Facts:
    """The facts with what the words tell of the story, where nothing was answered and no warning sign hangs on it."""
    added: dict[str, Fact] = {}
    for told in read_told(text, knowledge, today):
        question = knowledge.questions.get(told.question)
        free = question is not None and question.gate is None and told.question not in _weighed(knowledge)
        if free and facts[told.question] in (NOT_ASKED, SKIPPED):
            added[told.question] = Known(value=told.value, source=OWN_WORDS, quote=shown(told.quote))
    return facts.adding(added)


@lru_cache
def _weighed(knowledge: Knowledge) -> frozenset[str]:
    """What clusters and the asking of gates hang on: text must not answer these, since that could clear."""
    rules = [rule.when for cluster in knowledge.clusters.values() for rule in cluster.rules]
    rules += [one.asked_if for one in knowledge.questions.values() if one.gate is not None and one.asked_if is not None]
    named = {leaf.fact for rule in rules for leaf in unknown_leaves(evaluate(rule, Facts({})))}
    return frozenset(named | ({"onset"} if "days_since_onset" in named else set()))
