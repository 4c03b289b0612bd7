"""FitNotes (Android): dates without time, and exercise names whose commas are not quoted.

A row with too many cells is put together again by counting columns from the right: first the exercise name gets
the extra cells, and where the row then makes no sense, the comment does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter

from liftback.exchange.training_files.cells import (
    MAX_DISTANCE,
    UNIT_WORDS,
    Amounts,
    Durations,
    Names,
    Reps,
    RowError,
    Units,
    Weights,
)
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.gathering import Gathered, NotASetError, gather
from liftback.exchange.training_files.table import Row, Table, read_rows
from liftback.training.log import LoggedSet

SIGNATURE = {"date", "exercise", "category", "reps", "distance unit", "time"}
_WEIGHT = re.compile(r"weight(?: \((\w+)\))?")
_DISTANCES = {
    "m": "m",
    "km": "km",
    "mi": "mi",
    "miles": "mi",
    "mile": "mi",
    "ft": "ft",
    "cm": "cm",
    "in": "in",
    "yd": "yd",
}


class FitNotesRow:
    """Reads one row of the width of the header."""

    def __init__(self, table: Table, dates: Dates) -> None:
        place = {name: at for at, name in enumerate(table.names)}
        weights = ((name, found) for name in table.names if (found := _WEIGHT.fullmatch(name)))
        column, found = next(weights, ("", None))
        self.unit = UNIT_WORDS.get((found.group(1) or "") if found else "", "")
        self.stated = f"the header {table.header[place[column]]!r}" if self.unit else ""
        if "weight unit" in place:
            self.stated = "the column 'Weight Unit'"
        names = ("date", "exercise", column, "weight unit", "reps", "distance", "distance unit", "time", "comment")
        self._pick = itemgetter(*(place.get(name, table.width) for name in names))
        self._dates, self._names, self._units = dates, Names(), Units({"": self.unit or "unknown"})
        self._weights, self._reps, self._seconds = Weights(), Reps(), Durations()
        self._distances = Amounts("distance", MAX_DISTANCE)

    def __call__(self, line: int, cells: Row) -> LoggedSet:
        """The set, or NotASetError or RowError. FitNotes marks no warm-ups, so every set is normal."""
        (date, exercise, heavy, unit, times, far, far_unit, long, note) = self._pick([*cells, ""])
        day, started = self._dates[date]
        weight, reps = self._weights[heavy], self._reps[times]
        seconds, distance = self._seconds[long], self._distances[far]
        unit_of_weight, unit_of_distance = self._units[unit], self._distance_unit(far_unit)
        if not (weight or reps or seconds or distance):
            raise NotASetError("empty")
        name = self._names[exercise]
        if not name:
            raise RowError("the exercise name is missing")
        return LoggedSet(
            day=day,
            started=started,
            workout="",
            exercise=name,
            kind="normal",
            weight=weight,
            unit=unit_of_weight if weight else "bodyweight",
            reps=reps,
            seconds=seconds,
            distance=distance,
            distance_unit=unit_of_distance if distance else "",
            rpe=None,
            note=note.strip(),
            line=line,
        )

    def _distance_unit(self, text: str) -> str:
        word = self._names[text].lower()
        if word and word not in _DISTANCES:
            raise RowError(f"distance unit {text[:20]!r} is not known")
        return _DISTANCES.get(word, "")


def _repaired(
    rows: Iterator[tuple[int, Row, str]], read: FitNotesRow, width: int, name_at: int
) -> Iterator[tuple[int, Row, str]]:
    for line, cells, problem in rows:
        extra = len(cells) - width
        if not problem or extra <= 0:
            yield line, cells, problem
            continue
        name = ",".join(cells[name_at : name_at + extra + 1])
        by_name = [*cells[:name_at], name, *cells[name_at + extra + 1 :]]
        by_comment = [*cells[: width - 1], ",".join(cells[width - 1 :])]
        trimmed = [] if any(cells[width:]) else [cells[:width]]
        whole = next((row for row in (by_name, *trimmed, by_comment) if _makes_sense(read, row)), None)
        yield (line, whole, "") if whole else (line, cells, problem)


def _makes_sense(read: FitNotesRow, row: Row) -> bool:
    try:
        read(0, row)
    except NotASetError:
        return True
    except RowError:
        return False
    return True


def read_fitnotes(table: Table, dates: Dates) -> Gathered:
    """Read the rows of a FitNotes file, old header (unit in it) or new (unit in each row)."""
    read = FitNotesRow(table, dates)
    into = Gathered("fitnotes", stated=read.stated)
    gather(_repaired(read_rows(table), read, table.width, table.names.index("exercise")), read, into)
    return into
