"""The verbs that carry a course on from one check-in to the next: bytes in, bytes out, at a cost that never grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from liftback.exchange.diary_file import DiaryError
from liftback.facts.diary import Diary
from liftback.facts.story import Story, facts_of
from liftback.knowledge.loader import Knowledge, load_knowledge
from liftback.operations.entering import diary_of_entries
from liftback.reasoning.trajectory import waits
from liftback.reasoning.triage import triage
from liftback.training.log import TrainingLog
from liftback.training.notes import log_notes
from liftback.trajectory.carried import Carried, carried_from, carried_on, felt_on, packed, unpacked
from liftback.trajectory.history import history_of
from liftback.trajectory.outlook import LEVELS

__all__ = ["StoredCourse", "course_begun", "course_carried_on", "course_felt"]

_MIDDLE = len(LEVELS) // 2
_HALF, _MOST = _MIDDLE - 1, _MIDDLE - 2
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredCourse:
    """A course up to `day`: the bytes of the state before it, and of the one after it with what belongs to it."""

    day: date
    before: bytes
    after: bytes


def course_begun(
    *,
    story: Story,
    today: date,
    log: TrainingLog | None = None,
    diary: Diary | None = None,
    knowledge: Knowledge | None = None,
) -> StoredCourse | None:
    """The course up to today from everything told; None without a score, and while warning signs come first."""
    known = knowledge or load_knowledge()
    kept = diary if diary is not None else story.diary
    facts = facts_of(story, known, today=today, diary=kept, log_notes=None if log is None else log_notes(log))
    if waits(triage(facts, known).level):
        return None
    onset = facts.value("onset")
    began = onset if isinstance(onset, date) else None
    sudden = facts.value("how_it_began") == "moment"
    history = history_of(kept, log, today=today, onset=began, sudden=sudden, knowledge=known)
    if history is None:
        return None
    # A tweak told the day after it began is that beginning; only then is it no longer looked for.
    steady_from = began + 2 * _ONE_DAY if began is not None and sudden else history.first
    carried = carried_from(history, steady_from=steady_from, knowledge=known)
    return None if carried is None else _stored(carried)


def course_carried_on(
    *, course: StoredCourse, told: Mapping[str, Any], knowledge: Knowledge | None = None
) -> StoredCourse | None:
    """The course with what was told for a day (values as in `diary_of_entries`): a later day, or the newest one again.

    None where it has to be begun anew from everything: for an earlier day, and for what cannot be read.
    """
    known = knowledge or load_knowledge()
    try:
        carried = unpacked(course.before, course.after, known)
        (day,) = diary_of_entries(days=[told]).days
    except (DiaryError, ValueError):
        return None
    following = carried_on(carried, day, known)
    return None if following is None else _stored(following)


def course_felt(*, course: StoredCourse, today: date, knowledge: Knowledge | None = None) -> dict[str, Any] | None:
    """The felt trend of today (points 0-10): its middle, and where it lies half of the time and eight times in ten.

    None while there are too few scores, and for bytes of another version.
    """
    known = knowledge or load_knowledge()
    try:
        found = felt_on(unpacked(course.before, course.after, known), today, known)
    except ValueError:
        return None
    if found is None:
        return None
    return {
        "middle": found[_MIDDLE],
        "half": [found[_HALF], found[-1 - _HALF]],
        "most": [found[_MOST], found[-1 - _MOST]],
        "told_until": course.day.isoformat(),
    }


def _stored(carried: Carried) -> StoredCourse:
    before, after = packed(carried)
    return StoredCourse(day=carried.day, before=before, after=after)
