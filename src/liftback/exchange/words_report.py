"""What was read from one text, as JSON values and as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from liftback.exchange.report_json import plain
from liftback.facts.own_words import shown
from liftback.facts.told import Told
from liftback.facts.words import Signal
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.triage import Triage

UNREADABLE = "I could not read this; please answer the questions."
NOTHING = "No warning sign was read in it. Words that do not mention a sign are no answer: every question stays open."


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRead:
    """What was read from one text: signs, facts of the story, and the triage that follows from these words alone.

    `readable` is False where it is no English that could be read; then every question stays open.
    """

    signals: tuple[Signal, ...]
    facts: tuple[Told, ...]
    triage: Triage
    readable: bool


def text_json(read: TextRead) -> dict[str, Any]:
    """`signals`, `facts`, `triage` (level, whether only open questions call for it, because) and `message`."""
    return {
        "signals": [plain(one) for one in read.signals],
        "facts": [plain(one) for one in read.facts],
        "triage": {
            "level": read.triage.level.name,
            "only_open": read.triage.only_open,
            "because": list(_because(read)),
        },
        "message": "" if read.readable else UNREADABLE,
    }


def _because(read: TextRead) -> Iterator[str]:
    counting = [one for one in read.signals if one.counts]
    for one in counting:
        how = "you wrote" if one.state == "present" else "you wrote, in doubt,"
        yield f'{how} "{shown(one.quote)}" ({one.gate})'
    yield from (fired.why for fired in read.triage.fired if fired.level == read.triage.level)
    if not read.readable:
        yield UNREADABLE
    if read.triage.unresolved:
        yield f"{len(read.triage.unresolved)} warning signs are not answered yet, and not answered never counts as no"


def text_report(read: TextRead, knowledge: Knowledge, *, width: int) -> str:
    """The same for a terminal, in lines of at most `width` columns; signs that steer a terminal are left out."""
    lines = [line for paragraph in _paragraphs(read, knowledge) for line in (*_wrapped(paragraph, width),)]
    return "\n".join(lines) + "\n"


def _wrapped(paragraph: str, width: int) -> list[str]:
    clean = "".join(sign if sign.isprintable() else " " for sign in paragraph)
    indent = "  " if clean.startswith("- ") else ""
    return textwrap.wrap(clean, width, subsequent_indent=indent) or [""]


_MEANT = {
    "present": "counts as given until you answer its question",
    "unsure": "in doubt; counts until you answer its question",
    "absent": "denied; its question is asked all the same",
    "past": "long ago; its question is asked all the same",
    "other_person": "about somebody else",
    "hypothetical": "asked or feared, not told as yours; its question is asked all the same",
}


def _paragraphs(read: TextRead, knowledge: Knowledge) -> Iterator[str]:
    triage = read.triage
    if not read.readable:
        yield UNREADABLE
        yield ""
    told = any(one.counts for one in read.signals)
    if told and triage.level >= Level.same_day:
        yield f"{triage.name.upper()}."
        yield triage.summary
        yield from (f"- {line}" for line in triage.actions.do)
        yield ""
    yield "WARNING SIGNS IN YOUR WORDS"
    for one in read.signals:
        gate = knowledge.gates[knowledge.gate_questions[one.gate]]
        yield f'- {gate.name}: you wrote "{shown(one.quote)}". {_MEANT[one.state].capitalize()}.'
    if not read.signals:
        yield NOTHING
    if read.facts:
        yield ""
        yield "YOUR STORY, AS READ"
        yield from (
            f'- {_label(one.question, knowledge)}: {_value(one, knowledge)} ("{shown(one.quote)}")'
            for one in read.facts
        )
    yield ""
    yield f"From these words alone: {triage.name}"
    yield from (f"- {line.rstrip('.')}." for line in _because(read))


def _label(question: str, knowledge: Knowledge) -> str:
    known = knowledge.questions.get(question)
    return known.text if known is not None else question.replace("_", " ")


def _value(told: Told, knowledge: Knowledge) -> str:
    chosen = told.value if isinstance(told.value, tuple) else (told.value,)
    known = knowledge.questions.get(told.question)
    labels = {choice.id: choice.label for choice in known.choices} if known is not None else {}
    return ", ".join(labels.get(str(one), f"{one:g}" if isinstance(one, float) else str(one)) for one in chosen)
