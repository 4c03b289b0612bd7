"""Reading what a stranger wrote for danger: the level it calls for, and whether it may wait in a queue.

Words only ever raise. Words that tell of no sign are no answer: their level is empty, which is not "routine".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from liftback import operations
from liftback.facts.words import Signal, level_of, readable
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge, load_knowledge

WORDS, BEST_TIME, NAME = "words", "best_time", "name"
"""The fields of the form that are read; places of signals are places in their field."""
MUST_NOT_WAIT = Level.same_day
"""From this level on nothing waits in the queue of the promise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """What was read. `level` is a level's name, empty where nothing calls for one. `readable`: it could be read at all.

    `signals` are the signs found, as JSON values: gate, state, quote, its place, the field, and its level.
    """

    level: str
    flagged: bool
    signals: tuple[Mapping[str, Any], ...]
    readable: bool


def danger_in(*, words: str, best_time: str = "", name: str = "", story_level: str = "", today: date) -> Danger:
    """Read the free text of a form, together with the level that an attached story calls for."""
    known = load_knowledge()
    told = operations.read_words(words)
    others = ((BEST_TIME, best_time), (NAME, name))
    fields = ((WORDS, told), *((field, operations.read_words(text)) for field, text in others))
    signals = tuple(_values(one, field, known) for field, found in fields for one in found)
    levels = [Level[str(one["level"])] for one in signals if one["counts"]]
    if any(one.counts for one in told):  # what signs mean together is dear to work out, and most forms tell none
        fired = operations.read_text(text=words, today=today).triage.fired
        levels += [one.level for one in fired if not one.unknown]
    levels += [Level[story_level]] if story_level in Level.__members__ else []
    highest = max(levels, default=None)
    return Danger(
        level="" if highest is None else highest.name,
        flagged=highest is not None and highest >= MUST_NOT_WAIT,
        signals=signals,
        readable=readable(words, known),
    )


def _values(signal: Signal, field: str, knowledge: Knowledge) -> dict[str, Any]:
    return {**asdict(signal), "field": field, "counts": signal.counts, "level": _level(signal, knowledge).name}


def _level(signal: Signal, knowledge: Knowledge) -> Level:
    """What a sign calls for: its choice, and while it is in doubt at least what the open question does."""
    chosen = level_of(signal, knowledge)
    if signal.choice and signal.state == "present":
        return chosen
    return max(chosen, knowledge.questions[signal.gate].unresolved_level)


def advice_for(*, words: str, today: date) -> dict[str, Any]:
    """What to do about what was written, laid out for a page: the level, what to do, say and watch for."""
    triage = operations.read_text(text=words, today=today).triage
    if triage.level is Level.emergency:
        return {"level": triage.level.name, **operations.emergency_page(triage=triage)}
    return {
        "level": triage.level.name,
        "name": triage.name,
        "summary": triage.summary,
        "do": list(triage.actions.do),
        "say": list(triage.actions.say),
        "do_not": list(triage.actions.do_not),
        "watch_for": list(triage.safety_net.watch_for),
        "when": triage.safety_net.when,
        "where": triage.safety_net.where,
        "expected_course": triage.safety_net.expected_course,
        "may_come_later": list(triage.safety_net.may_come_later),
    }
