"""Load what every page needs before the first visitor comes: knowledge, the model, the drawings."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

from liftback.facts.diary import Diary, DiaryDay
from liftback.records.read.inputs import gathered, with_diary
from liftback.records.working_out import pages_from

_DAY = date(2026, 11, 26)
_ENOUGH = 30
"""Days of a made-up diary: so many that every part of the model is loaded."""


def warm() -> None:
    """Work out the pages of a made-up lifter once; nothing of it is kept."""
    story = (files("liftback.records.demo") / "story.yaml").read_text(encoding="utf-8")
    inputs = gathered(document=story.replace("ONSET", str(_DAY - timedelta(days=_ENOUGH))), files=[], today=_DAY)
    days = tuple(DiaryDay(day=_DAY - timedelta(days=back), pain=float(back % 5)) for back in range(_ENOUGH, -1, -1))
    pages_from(with_diary(inputs, Diary(days=days)), today=_DAY)
