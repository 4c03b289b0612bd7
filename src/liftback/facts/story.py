"""A lifter's story: validated answers, free words, and where their log and diary are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from liftback.facts.diary import Diary
from liftback.facts.own_words import Note, diary_notes, recent, with_signals, with_told
from liftback.facts.values import Fact, Facts, Known, Unknown
from liftback.knowledge.loader import Knowledge

NO_DIARY = Diary()
LONGEST_WORDS = 20_000
"""Letters of a lifter's own words: ten pages, so that reading them stays quick."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What a lifter told us. `answers` holds facts by question id; `log` and `diary_file` are paths as written.

    `words_asked` are the gate questions that were asked after what the words say of them had been shown.
    """

    answers: Mapping[str, Fact]
    words: str = ""
    log: str | None = None
    diary_file: str | None = None
    diary: Diary = NO_DIARY
    words_asked: tuple[str, ...] = ()


def facts_of(
    story: Story,
    knowledge: Knowledge,
    *,
    today: date,
    diary: Diary | None = None,
    log_notes: tuple[Note, ...] | None = None,
) -> Facts:
    """All facts of a story: answers, what words and notes add, and what is computed from dates.

    Words may only raise (`liftback.facts.own_words`): they never clear anything. `log_notes` are the notes of the
    training log, None where no log was given.
    """
    kept = diary if diary is not None else story.diary
    facts = with_told(Facts(dict(story.answers)), story.words, knowledge, today=today)
    began = facts.value("onset")
    written = (*diary_notes(kept), *(log_notes or ()))
    notes = recent(written, knowledge, today=today, onset=began if isinstance(began, date) else None)
    facts = with_signals(facts, (Note(text=story.words), *notes), knowledge, settled=story.words_asked)
    derived: dict[str, Fact] = {
        "log_given": Known(value="no" if log_notes is None else "yes", source="log"),
        "diary_given": Known(value="yes" if kept.days else "no", source="diary"),
    }
    onset = facts["onset"]
    if isinstance(onset, Known) and isinstance(onset.value, date):
        derived["days_since_onset"] = Known(value=float((today - onset.value).days), source=onset.source, when=today)
    else:
        derived["days_since_onset"] = Unknown(why="the day it began is not known")
    return facts.adding(derived)
