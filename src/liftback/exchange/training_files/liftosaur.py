"""Liftosaur's history CSV: planned and done sets, each with its unit. What was done is read.

`Workout DateTime` is the lifter's midnight written in UTC. 05:00Z is midnight five hours west of London, so the
day is the one written; 22:00Z is midnight two hours east, so it is the next one. From 11:00Z on it is taken for
east, because more people live in UTC+13 than in UTC-11. Other clock times keep the day as written.
"""

from __future__ import annotations

from datetime import date, timedelta

from liftback.exchange.training_files.cells import MAX_RPE, Amounts, Names, Reps, RowError, Units, Weights
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.gathering import Gathered, NotASetError, gather
from liftback.exchange.training_files.table import Row, Table, read_rows
from liftback.training.log import LoggedSet

SIGNATURE = {"workout datetime", "exercise", "completed reps", "completed weight value"}
_EAST_FROM_HOUR = 11
_QUARTER = 15  # minutes; every zone on earth is a multiple of it from UTC


class LiftosaurRow:
    """Reads one row."""

    def __init__(self, table: Table, dates: Dates) -> None:
        self._place = {name: at for at, name in enumerate(table.names)}
        self._dates, self._names, self._units = dates, Names(), Units()
        self._weights, self._reps, self._rpes = Weights(), Reps(), Amounts("RPE", MAX_RPE)

    def _cell(self, cells: Row, name: str) -> str:
        at = self._place.get(name)
        return "" if at is None else cells[at]

    def __call__(self, line: int, cells: Row) -> LoggedSet:
        """The set as done, or NotASetError (planned and not done) or RowError."""
        day = self._day(cells)
        reps = self._reps[self._cell(cells, "completed reps")]
        weight, unit = self._done_weight(cells)
        if reps is None:
            raise NotASetError("planned, not done")
        if not (weight or reps):
            raise NotASetError("empty")
        name = self._names[self._cell(cells, "exercise")]
        if not name:
            raise RowError("the exercise name is missing")
        return LoggedSet(
            day=day,
            started=None,
            workout=self._names[self._cell(cells, "day name")],
            exercise=name,
            kind="warmup" if self._cell(cells, "is warmup set?").strip().lower() in ("1", "true") else "normal",
            weight=weight,
            unit=unit if weight else "bodyweight",
            reps=reps,
            seconds=None,
            distance=None,
            distance_unit="",
            rpe=self._rpes[self._cell(cells, "completed rpe")],
            note=self._cell(cells, "notes").replace("\\n", "\n").strip(),
            line=line,
        )

    def _day(self, cells: Row) -> date:
        text = self._cell(cells, "workout datetime")
        day, moment = self._dates[text]
        in_utc = text.strip().upper().endswith("Z")
        if moment is None or not in_utc or moment.minute % _QUARTER or moment.second:
            return day
        return day + timedelta(days=1) if moment.hour >= _EAST_FROM_HOUR else day

    def _done_weight(self, cells: Row) -> tuple[float | None, str]:
        """The weight lifted; where the app did not ask for it, the planned one was lifted."""
        done = self._weights[self._cell(cells, "completed weight value")]
        if done is not None:
            return done, self._units[self._cell(cells, "completed weight unit")]
        planned = self._cell(cells, "required weight value")
        return self._weights[planned], self._units[self._cell(cells, "required weight unit")]


def read_liftosaur(table: Table, dates: Dates) -> Gathered:
    """Read the rows of a Liftosaur file."""
    into = Gathered("liftosaur", stated="the column 'Completed Weight Unit'")
    gather(read_rows(table), LiftosaurRow(table, dates), into)
    return into
