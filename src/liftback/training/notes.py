"""What a lifter wrote beside their sets."""

from __future__ import annotations

from functools import lru_cache

from liftback.facts.own_words import Note
from liftback.training.log import TrainingLog


@lru_cache  # a log is imported once and assessed at every answer
def log_notes(log: TrainingLog) -> tuple[Note, ...]:
    """The notes of a training log, each day's once; a row that is only a note may have no day."""
    notes = [Note(text=one.note, day=one.day) for one in log.sets if one.note.strip()]
    notes += [Note(text=row.text) for row in log.not_sets if row.kind == "note" and row.text.strip()]
    return tuple(dict.fromkeys(notes))
