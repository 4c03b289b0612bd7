"""The notes of real training logs, where the shared folder exists: ordinary gym talk raises hardly anything."""

from __future__ import annotations

import pytest

from liftback.facts.words import read_words
from liftback.knowledge.loader import load_knowledge
from liftback.training.notes import log_notes
from tests.shared.test_real_logs import FILES, LOGS, read

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LOGS.exists(), reason="the folder of real training logs is not on this machine"),
]


def test_real_notes_raise_a_sign_in_at_most_one_of_a_hundred() -> None:
    notes = {note.text for path in FILES for note in log_notes(read(path.name))}
    raised = [note for note in notes if any(one.counts for one in read_words(note, load_knowledge()))]
    assert len(notes) > 500
    assert len(raised) <= len(notes) / 100, raised
