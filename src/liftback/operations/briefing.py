"""The verb for the one page that a therapist reads before a call."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from liftback.exchange import brief_values as values
from liftback.exchange.report_json import assessment_json
from liftback.exchange.story_file import read_story
from liftback.facts.own_words import Note, with_signals
from liftback.facts.story import Story
from liftback.facts.values import Facts
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.operations.assessing import Assessment
from liftback.reasoning.triage import triage

__all__ = ["brief_values"]


def brief_values(
    *,
    words: Mapping[str, str],
    today: date,
    assessment: Assessment | Mapping[str, Any] | None = None,
    story: str = "",
    level: str = "",
    knowledge: Knowledge | None = None,
) -> dict[str, Any]:
    """The brief as JSON values, from own words (by where they are from) and, where there is one, a story's assessment.

    `story` is the story file's text, `level` what the request counted as when it came in: the brief never says less.
    Without a story every warning sign is still to be asked, and `level` is empty unless words or `level` call for one.
    The values: `level`, `only_open`, `gates`, `open`, `denied`, `words`, `about`, `told`, `findings`, `answers`,
    `load`, `tried`, `questions`, `asked` (whether warning signs were asked at all). `answers` are left out where the
    words call for somebody today and the story's answers do not: beside an alarm they would sound like comfort.
    Raises StoryError.
    """
    known = knowledge or load_knowledge()
    report = assessment if assessment is None or isinstance(assessment, Mapping) else assessment_json(assessment)
    told = read_story(story.encode(), known, today=today) if story else None
    texts = {name: text for name, text in {**words, **_own_words(told)}.items() if text.strip()}
    signals = values.signals_in(texts, known)
    counts = any(one.counts for one in signals)
    found, only_open = _level(report, texts if counts else {}, level, known)
    return {
        "level": found,
        "only_open": only_open,
        "asked": report is not None,
        "gates": values.gates_told(report, signals, known),
        "open": values.gates_open(report, signals, known),
        "denied": [
            {"name": known.gates[known.gate_questions[one.gate]].name, "state": one.state, "quote": one.quote}
            for one in signals
            if not one.counts
        ],
        "words": [{"source": name, "pieces": values.words_marked(text, known)} for name, text in texts.items()],
        "about": values.about(told),
        "told": values.story_in_short(told, known),
        "findings": values.findings_in_short(report) if report is not None else [],
        "answers": _answers(report, found),
        "load": values.load_in_short(report, today=today) if report is not None else None,
        "tried": values.tried(told, texts, known, today=today),
        "questions": values.questions_in_short(report, known) if report is not None else [],
    }


def _own_words(story: Story | None) -> dict[str, str]:
    return {"story": story.words} if story is not None and story.words.strip() else {}


def _answers(report: Mapping[str, Any] | None, level: str) -> list[dict[str, Any]]:
    if report is None:
        return []
    told = Level[str((report.get("triage") or {})["level"])]
    return [] if told < Level.same_day <= Level[level] else values.answers_in_short(report)


def _level(
    report: Mapping[str, Any] | None, texts: Mapping[str, str], level: str, known: Knowledge
) -> tuple[str, bool]:
    """The most urgent of the assessment, the words (where a sign in them counts) and what it came in as."""
    found = []
    if report is not None:
        told = report.get("triage") or {}
        found.append((Level[str(told["level"])], bool(told.get("only_open"))))
    if texts:
        read = triage(with_signals(Facts({}), [Note(text=one) for one in texts.values()], known), known)
        found.append((read.level, read.only_open))
    if level in Level.__members__:
        found.append((Level[level], False))
    if not found:
        return "", False
    highest = max(one for one, _ in found)
    return highest.name, all(only for one, only in found if one == highest)
