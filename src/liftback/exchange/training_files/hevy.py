r"""Hevy's CSV: weight and distance each in their own unit, newest workout first, line breaks in notes as `\n`."""

from __future__ import annotations

from operator import itemgetter

from liftback.exchange.training_files.cells import (
    MAX_DISTANCE,
    MAX_RPE,
    Amounts,
    Durations,
    Names,
    Reps,
    RowError,
    Weights,
)
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.gathering import Gathered, NotASetError, gather
from liftback.exchange.training_files.table import Row, Table, read_rows
from liftback.training.log import LoggedSet

SIGNATURE = {"title", "start_time", "exercise_title", "set_index"}
_WEIGHT_COLUMNS = {"weight_kg": "kg", "weight_lbs": "lb", "weight_lb": "lb", "weight": "unknown"}
_DISTANCE_COLUMNS = {"distance_km": "km", "distance_miles": "mi", "distance_mi": "mi", "distance_m": "m"}
_KINDS = {"": "normal", "normal": "normal", "warmup": "warmup", "dropset": "drop", "drop": "drop", "failure": "failure"}


class HevyRow:
    """Reads one row. The workout's description goes to the note of its first set."""

    def __init__(self, table: Table, dates: Dates) -> None:
        place = {name: at for at, name in enumerate(table.names)}
        weight = next((name for name in _WEIGHT_COLUMNS if name in place), "")
        distance = next((name for name in _DISTANCE_COLUMNS if name in place), "")
        self.unit, self.weight_column = _WEIGHT_COLUMNS.get(weight, "unknown"), weight
        self._far_unit = _DISTANCE_COLUMNS.get(distance, "")
        columns = ("title", "start_time", "exercise_title", "set_type", weight, "reps", distance)
        more = ("duration_seconds", "rpe", "exercise_notes", "description")
        self._pick = itemgetter(*(place.get(name, table.width) for name in columns + more))
        self._dates, self._names = dates, Names()
        self._weights, self._reps, self._seconds = Weights(), Reps(), Durations()
        self._distances, self._rpes = Amounts("distance", MAX_DISTANCE), Amounts("RPE", MAX_RPE)
        self._workout = ("", "")
        self.odd_kinds: set[str] = set()

    def __call__(self, line: int, cells: Row) -> LoggedSet:
        """The set, or NotASetError or RowError."""
        cells.append("")
        (title, start, exercise, kind, heavy, times, far, long, hard, note, about) = self._pick(cells)
        day, started = self._dates[start]
        weight, reps = self._weights[heavy], self._reps[times]
        seconds, distance = self._seconds[long], self._distances[far]
        if not (weight or reps or seconds or distance):
            raise NotASetError("empty")
        name = self._names[exercise]
        if not name:
            raise RowError("the exercise name is missing")
        if kind not in _KINDS:
            self.odd_kinds.add(kind)
        if (start, title) == self._workout:
            about = ""
        self._workout = (start, title)
        if note or about:
            note = "\n".join(filter(None, (note, about))).replace("\\n", "\n").strip()
        return tuple.__new__(
            LoggedSet,
            (
                day, started, self._names[title], name, _KINDS.get(kind, "normal"),
                weight, self.unit if weight else "bodyweight", reps,
                seconds, distance, self._far_unit if distance else "", self._rpes[hard], note, line,
            ),
        )  # fmt: skip


def read_hevy(table: Table, dates: Dates) -> Gathered:
    """Read the rows of a Hevy file."""
    read = HevyRow(table, dates)
    into = Gathered("hevy", stated=f"the column {read.weight_column!r}" if read.unit != "unknown" else "")
    gather(read_rows(table), read, into)
    if read.odd_kinds:
        kinds = ", ".join(sorted(read.odd_kinds)[:5])
        into.notes.append(f"Set types that Liftback does not know ({kinds}) were read as normal sets.")
    return into
