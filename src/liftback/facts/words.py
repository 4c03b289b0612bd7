"""Read what a lifter wrote in their own words for warning signs.

Words may only raise. A sign that is stated, or in doubt, counts until its question is answered; one that is denied,
imagined, long past or about somebody else counts for nothing; and silence is never a no.

A phrase may hold its own negator ("can't feel when I wipe"): only words outside the phrase deny it. Gym talk is
none: what lies inside a phrase of it is no warning sign ("legs dead after squats").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from liftback.facts.context import ABSENT as DENIED
from liftback.facts.context import PRESENT, STATES, UNSURE, Around, Span, state_of
from liftback.facts.lexicon import ABSENT, Lexicon, Meaning, lexicon_of
from liftback.facts.patterns import Places
from liftback.facts.tokens import Sentence, sentences_of
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge

COUNTS = (PRESENT, UNSURE)
"""The states of a sign that counts until its question is answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A warning sign found in a lifter's words.

    `gate` is the id of the question that asks for it, `state` one of present, absent, unsure, past, other_person and
    hypothetical. `quote` is the text as written between `start` and `end`. `rule` names the phrase that matched.
    `choice` is what it counts as until the question is answered; empty where the words only are a reason to ask.
    """

    gate: str
    state: str
    quote: str
    start: int
    end: int
    rule: str
    choice: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts until its question is answered."""
        return self.state in COUNTS


@lru_cache  # an interview and its assessment read the same words several times
def read_words(text: str, knowledge: Knowledge) -> tuple[Signal, ...]:
    """Every warning sign in the words, in order of place; of one gate and sentence only what says most."""
    if not text.strip():
        return ()
    lexicon = lexicon_of(knowledge)
    sentences = sentences_of(text, lexicon.spelling)
    found: list[Signal] = []
    for place, sentence in enumerate(sentences):
        following = sentences[place + 1] if place + 1 < len(sentences) else None
        found.extend(_signals(text, sentence, following, knowledge))
    return tuple(sorted(found, key=lambda one: (one.start, one.end, one.gate)))


class _Match(NamedTuple):
    """A phrase at its place. Of two that mean the same, the more urgent and then the longer one speaks."""

    level: int
    length: int
    span: Span
    meaning: Meaning


def _signals(text: str, sentence: Sentence, following: Sentence | None, knowledge: Knowledge) -> Iterator[Signal]:
    """For each gate of a sentence the sign that says most."""
    lexicon = lexicon_of(knowledge)
    places = Places(sentence, lexicon.classes, lexicon.longer)
    matches = list(lexicon.signs.find(places))
    if not matches:
        return
    around = Around(sentence, places, lexicon, following)
    harmless = _harmless(places, around, lexicon)
    levels = _levels(knowledge)
    by_gate: dict[str, list[_Match]] = {}
    times: Counter[int] = Counter()
    for start, end, _, number in matches:
        times[number] += 1
        meaning = lexicon.meanings[number]
        if times[number] <= _MOST_TIMES and not _is_harmless(start, end, meaning.question, harmless, around):
            match = _Match(levels[number], end - start, Span(start, end), meaning)
            by_gate.setdefault(meaning.question, []).append(match)
    for of_gate in by_gate.values():
        of_gate.sort(key=lambda one: (not one.meaning.asks, one.level, one.length), reverse=True)
        if (best := _strongest(of_gate, around, lexicon)) is not None:
            match, state = best
            tokens = sentence.tokens[match.span.start : match.span.end]
            yield _signal(text, (tokens[0].start, tokens[-1].end), match.meaning, state)


def _strongest(matches: list[_Match], around: Around, lexicon: Lexicon) -> tuple[_Match, str] | None:
    """Of the matches of one gate, the one that says most, with its state; the first of those that say the same.

    Words that are only a reason to ask give way where a phrase that overlaps them is denied, past or not one's own.
    """
    best: tuple[_Match, str] | None = None
    not_so: list[Span] = []
    for match in matches:
        if match.meaning.asks and any(match.span.start < one.end and one.start < match.span.end for one in not_so):
            continue
        state = _state(match.meaning, match.span, around, lexicon)
        if state not in COUNTS:
            not_so.append(match.span)
        if best is None or STATES.index(state) > STATES.index(best[1]):
            best = (match, state)
        if state == PRESENT:
            break
    return best


@cache
def _levels(knowledge: Knowledge) -> tuple[int, ...]:
    """The level of what each meaning of the lexicon counts as; -1 where it only asks or denies."""
    questions = knowledge.questions
    found = [questions[one.question].level_of(one.choice) for one in lexicon_of(knowledge).meanings]
    return tuple(-1 if level is None else int(level) for level in found)


def _harmless(places: Places, around: Around, lexicon: Lexicon) -> dict[str, set[int]]:
    """The places that gym talk takes up, by the gate it is for (empty: every one)."""
    lingers = bool(around.cues["lingers"])
    found: dict[str, set[int]] = {}
    for start, end, _, number in lexicon.gym_talk.find(places):
        gate, of_the_day = lexicon.harmless[number]
        if not (of_the_day and lingers):
            found.setdefault(gate, set()).update(range(start, end))
    return found


def _is_harmless(start: int, end: int, gate: str, harmless: dict[str, set[int]], around: Around) -> bool:
    """Whether every word of a match, but those that only join, lies in gym talk."""
    if not harmless:
        return False
    taken = harmless.get("", set()) | harmless.get(gate, set())
    joins = around.lists["separators"]
    return all(place in taken or around.words[place] in joins for place in range(start, end))


_MOST_TIMES = 12  # that a phrase is looked at in one sentence; only a text made to be slow has more


def _state(meaning: Meaning, span: Span, around: Around, lexicon: Lexicon) -> str:
    if meaning.choice == ABSENT:
        return DENIED
    gate = meaning.question
    once = (gate, meaning.choice) in lexicon.history
    state = state_of(around, span, history=once, effort=gate in lexicon.effort)
    return UNSURE if meaning.asks and state == PRESENT else state


def _signal(text: str, place: tuple[int, int], meaning: Meaning, state: str) -> Signal:
    return Signal(
        gate=meaning.question,
        state=state,
        quote=text[place[0] : place[1]],
        start=place[0],
        end=place[1],
        rule=meaning.rule,
        choice="" if meaning.asks or meaning.choice == ABSENT else meaning.choice,
    )


def readable(text: str, knowledge: Knowledge) -> bool:
    """Whether a text is English enough to be read: letters, some common words among them, or hardly any words."""
    if sum(sign == _NO_SIGN or not (sign.isprintable() or sign.isspace()) for sign in text) * _ONE_IN > len(text):
        return False
    words = [token.word for one in sentences_of(text, lexicon_of(knowledge).spelling) for token in one.tokens]
    letters = [word for word in words if word.isalpha()]
    if not letters:
        return not text.strip() or any(word.isdigit() for word in words)
    common = lexicon_of(knowledge).spelling.common
    known = sum(word in common for word in letters)
    return known * _ONE_IN >= len(letters) or bool(read_words(text, knowledge))


_NO_SIGN = "\ufffd"  # what stands for bytes that are no letter
_ONE_IN = 8  # of English words about half are common ones; of another language hardly any


def level_of(signal: Signal, knowledge: Knowledge) -> Level:
    """The level that the sign's choice calls for; the lowest where the words only are a reason to ask."""
    levels = (one.level for one in knowledge.questions[signal.gate].choices if one.id == signal.choice)
    return next(levels, None) or Level.self_manage
