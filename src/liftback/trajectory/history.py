"""One lifter's diary and log as days in a row: what the model reads, and what is counted before anything is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from liftback.facts.diary import Diary, DiaryDay
from liftback.knowledge.loader import Knowledge
from liftback.training.exposures import exposures_of
from liftback.training.log import Exposure, TrainingLog
from liftback.trajectory.diary_arrays import HIGHEST, LOWEST, DiaryArrays, diary_arrays
from liftback.trajectory.model import LAGS, Model

Array = NDArray[np.float64]

GROUPS = ("hinge", "squat", "other")
"""The pattern groups whose answers are told apart where the days allow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Every day from the first score of the diary to today. D days.

    `pain` (D,) NaN where not written, `feelings` (D, 2) sleep and stress in standard deviations, `events` (D,),
    `doses` (D, 3) by GROUPS in this lifter's typical sessions before the diary began, NaN before the log's first
    day; `before` (7, 3) are the doses of the days just before. `persistent`: pain of twelve weeks or more at the
    start, also where that is not known, because its outlook is the more careful one. `log_ends` is the last
    workout; the days after it count as rest.
    """

    first: date
    pain: Array
    feelings: Array
    events: NDArray[np.bool_]
    doses: Array
    before: Array
    persistent: bool
    log_ends: date | None

    @property
    def days(self) -> int:
        """How many days, today included."""
        return len(self.pain)

    @property
    def dose(self) -> Array:
        """The dose of each day (D,), all groups together."""
        total: Array = self.doses.sum(axis=1)
        return total

    def day(self, place: int) -> date:
        """The date of a day by its place."""
        return self.first + timedelta(days=place)

    def arrays(self, model: Model, *, by_group: bool = False, pains: Array | None = None) -> DiaryArrays:
        """The days as the filter reads them; `pains` (N, D) are variants of the scores, this lifter's left out."""
        score = self.pain[None] if pains is None else pains
        count = len(score)
        doses, before = (
            (self.doses, self.before) if by_group else (self.dose[:, None], self.before.sum(axis=1)[:, None])
        )
        return diary_arrays(
            pain=score,
            dose=np.repeat(doses[None], count, axis=0),
            model=model,
            feelings=np.repeat(self.feelings[None], count, axis=0),
            events=np.repeat(self.events[None], count, axis=0),
            persistent=self.persistent,
            before=np.repeat(before[None], count, axis=0),
        )


def history_of(
    diary: Diary,
    log: TrainingLog | None,
    *,
    today: date,
    onset: date | None,
    sudden: bool,
    knowledge: Knowledge,
) -> History | None:
    """The days of a diary and log up to today; None for a diary without a score.

    `onset` is the day it began where that is known; `sudden` says that it began in one moment, which counts as a
    tweak where the diary was already being kept.
    """
    kept = [one for one in diary.days if one.day <= today]
    first = min((one.day for one in kept if one.pain is not None), default=None)
    if first is None:
        return None
    days = (today - first).days + 1
    by_place = {(one.day - first).days: one for one in kept if one.day >= first}
    doses, ends = _doses(log, first, days, knowledge)
    events = np.array([place in by_place and by_place[place].event for place in range(days)])
    if sudden and onset is not None and first < onset <= today:
        # A day on either side: the tweak is often written down the morning after.
        at = (onset - first).days
        if not events[max(0, at - 1) : at + 2].any():
            events[at] = True
    return History(
        first=first,
        pain=_column(by_place, days, "pain"),
        feelings=np.stack(
            [
                (_column(by_place, days, name) - middle) / spread
                for name in ("sleep", "stress")
                for middle, spread in [knowledge.parameters[f"trajectory.{name}_scale"].numbers]
            ],
            axis=1,
        ),
        events=events,
        doses=doses[LAGS - 1 :],
        before=doses[: LAGS - 1],
        persistent=onset is None or (first - onset).days >= knowledge.number("trajectory.persistent_after"),
        log_ends=ends,
    )


def _column(days: dict[int, DiaryDay], count: int, name: str) -> Array:
    column = np.full(count, np.nan)
    for place, one in days.items():
        value = getattr(one, name)
        # Off the scale counts as not written, here as in the filter.
        column[place] = value if value is not None and LOWEST <= value <= HIGHEST else np.nan
    return column


def _doses(log: TrainingLog | None, first: date, days: int, knowledge: Knowledge) -> tuple[Array, date | None]:
    """Doses (LAGS - 1 + days, 3) from a week before the first day on, and the last workout."""
    start = first - timedelta(days=LAGS - 1)
    doses = np.full((LAGS - 1 + days, len(GROUPS)), np.nan)
    exposures = () if log is None else intake_exposures(log, first, knowledge)
    if not exposures:
        return doses, None
    begins = max(0, (exposures[0].day - start).days)
    doses[begins:] = 0.0
    for one in exposures:
        place = (one.day - start).days
        if 0 <= place < len(doses):
            doses[place, group_of(one.pattern)] += one.dose
    return doses, max(one.day for one in exposures)


def intake_exposures(log: TrainingLog, first: date, knowledge: Knowledge) -> Sequence[Exposure]:
    """The log's exposures with the typical session of the weeks before the diary, fixed from then on.

    Where the log begins later, its first weeks set what is typical: a yardstick that moved with the training would
    turn steady progress into no change.
    """
    weeks = timedelta(weeks=knowledge.number("exercises.typical_session_weeks"))
    begins = min((one.day for one in log.sets), default=first)
    return exposures_of(log, knowledge, max(first, begins + weeks))


def group_of(pattern: str) -> int:
    """The place of a movement pattern among GROUPS."""
    return GROUPS.index(pattern) if pattern in GROUPS else len(GROUPS) - 1
