"""Strong's CSV in every layout met since 2017: comma or semicolon, 10 to 14 columns, any language.

Most layouts name no unit. `Set Order` may hold a word: rest timers and notes are rows that are no sets; W, D and
F mark warm-up, drop and failure sets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import itemgetter

from liftback.exchange.training_files.cells import (
    MAX_DISTANCE,
    MAX_RPE,
    UNIT_WORDS,
    Amounts,
    Durations,
    Names,
    Reps,
    RowError,
    Units,
    Weights,
    number,
    tidy,
)
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.gathering import Gathered, NotASetError, gather_many
from liftback.exchange.training_files.table import Row, Table, normal, read_rows
from liftback.training.log import LoggedSet, set_of

_COLUMN_WORDS = {
    "date": "date|datum|fecha|data|дата|日付|日期",
    "workout": "workout name|workout-name|name des workouts|trainingsname|nom de l'entrainement|nom de l’entrainement"
    "|nombre del entrenamiento|nome allenamento|nome do treino|название тренировки",
    "duration": "duration|workout duration|dauer|duree|duracion|durata|duracao",
    "exercise": "exercise name|name der ubung|ubungsname|nom de l'exercice|nom de l’exercice|nombre del ejercicio"
    "|nome esercizio|nome do exercicio|название упражнения",
    "order": "set order|reihenfolge festlegen|satzreihenfolge|ordre de la serie|orden de la serie|ordine serie"
    "|ordem da serie|порядок подхода",
    "weight": "weight|gewicht|poids|peso|вес",
    "weight_unit": "weight unit|gewichtseinheit",
    "reps": "reps|repetitions|wiederh.|wiederholungen|repeticiones|ripetizioni|repeticoes|повторения",
    "distance": "distance|entfernung|distanz|distancia|distanza",
    "distance_unit": "distance unit|entfernungseinheit",
    "seconds": "seconds|sekunden|secondes|segundos|secondi|секунды",
    "notes": "notes|notizen|notas|note",
    "workout_notes": "workout notes|workout-notizen|notes de l'entrainement|notas del entrenamiento",
    "rpe": "rpe",
    "number": "workout #",
}
_FIELD_OF = {word: field for field, words in _COLUMN_WORDS.items() for word in words.split("|")}
_UNIT_IN_NAME = re.compile(r"(.+?) ?\((\w+)\)")
_DISTANCE_UNITS = {"m": "m", "meter": "m", "meters": "m", "km": "km", "mi": "mi", "miles": "mi", "mile": "mi"}
_NEEDED = {"date", "exercise", "order", "weight", "reps"}
_UNITS_PER_ROW = (
    "date workout exercise order weight weight_unit reps rpe distance distance_unit seconds notes workout_notes"
)
_LAYOUTS = tuple(
    tuple(layout.split())
    for layout in (
        "date workout duration exercise order weight reps distance seconds notes workout_notes rpe",
        "date workout duration exercise order weight reps distance seconds rpe",
        "date workout exercise order weight reps distance seconds notes workout_notes",
        "date workout exercise order weight reps distance seconds notes workout_notes rpe",
        _UNITS_PER_ROW,
        f"{_UNITS_PER_ROW} duration",
        "number date workout duration exercise order weight reps rpe distance seconds notes workout_notes",
    )
)
_DURATION = re.compile(r"(\d+ ?[^\W\d]{1,4}\.? ?)+|\d+|")
_SAMPLE = 40
_LONGEST_ORDER = 20  # letters; a longer text is a name or a note
Layout = dict[str, int]


def layout_by_name(table: Table) -> tuple[Layout, str]:
    """Where each field stands, by the header's words, and the weight unit in the header; nothing if not Strong."""
    found: Layout = {}
    unit = ""
    for at, name in enumerate(table.names):
        bare = _UNIT_IN_NAME.fullmatch(name)
        field = _FIELD_OF.get(name) or _FIELD_OF.get(bare.group(1) if bare else "")
        if field and field not in found:
            found[field] = at
            if bare and field == "weight":
                unit = UNIT_WORDS.get(bare.group(2), "")
    return (found, unit) if found.keys() >= _NEEDED else ({}, "")


def layout_by_shape(table: Table) -> Layout:
    """Where each field stands, by what the first rows hold: for a header in a language nobody listed."""
    sample = []
    for _, cells, problem in read_rows(table):
        if not problem:
            sample.append(cells)
        if len(sample) == _SAMPLE:
            break
    for layout in _LAYOUTS:
        if sample and len(layout) == table.width:
            fits = sum(all(map(_fits, layout, cells)) for cells in sample)
            if fits * 10 >= len(sample) * 9:
                return {field: at for at, field in enumerate(layout)}
    return {}


def _fits(field: str, cell: str) -> bool:
    try:
        if field == "date":
            return bool(Dates(None, day_first=True)[cell])
        if field in ("weight", "reps", "distance", "seconds", "rpe", "number"):
            number(cell, field)
        elif field == "weight_unit":
            Units()[cell]
        elif field == "duration":
            return _DURATION.fullmatch(tidy(cell)) is not None
        elif field == "exercise":
            return bool(cell.strip()) and not _DURATION.fullmatch(tidy(cell))
        elif field == "order":
            return len(cell) < _LONGEST_ORDER
    except RowError:
        return False
    return True


_KINDS = {
    "w": "warmup", "warmup": "warmup", "warm-up": "warmup", "warm up": "warmup",
    "d": "drop", "drop": "drop", "drop set": "drop", "dropset": "drop",
    "f": "failure", "failure": "failure",
    "rest timer": "!rest timer", "note": "!note", "notes": "!note",
}  # fmt: skip


def _kind(text: str) -> str:
    """What a `Set Order` says: a kind of set, `!` and a kind of row that is no set, or `?` for another word."""
    plain = normal(text)
    if plain in _KINDS:
        return _KINDS[plain]
    try:
        number(plain, "set order")
    except RowError:
        return "?"
    return "normal"


_PLAIN_KINDS = frozenset(("normal", "warmup", "drop", "failure"))


class _Kinds(dict[str, str]):
    def __missing__(self, text: str) -> str:
        self[text] = _kind(text)
        return self[text]


_FIELDS = (
    "date", "workout", "exercise", "order", "weight", "reps", "seconds", "distance", "rpe", "weight_unit",
    "distance_unit", "notes", "workout_notes",
)  # fmt: skip


class StrongRow:
    """Reads one row, or many. A field that the layout lacks is read from an empty cell put behind the row."""

    def __init__(self, layout: Layout, unit: str, dates: Dates, width: int) -> None:
        self._places = [layout.get(field, width) for field in _FIELDS]
        self._pick = itemgetter(*self._places)
        self._dates, self._names, self._kinds = dates, Names(), _Kinds()
        self._weights, self._reps, self._seconds = Weights(), Reps(), Durations()
        self._distances, self._rpes = Amounts("distance", MAX_DISTANCE), Amounts("RPE", MAX_RPE)
        self._units = Units({"": unit or "unknown"})

    def __call__(self, line: int, cells: Row) -> LoggedSet:
        """The set, or NotASetError or RowError."""
        (date, workout, exercise, order, heavy, times, long, far, hard, unit, far_unit, note, day_note) = self._pick(
            [*cells, ""]
        )
        kind = self._kinds[order]
        if kind[0] == "!":
            raise NotASetError(kind[1:])
        day, started = self._dates[date]
        weight, reps = self._weights[heavy], self._reps[times]
        seconds, distance = self._seconds[long], self._distances[far]
        if not (weight or reps or seconds or distance):
            raise NotASetError("empty")
        if kind == "?":
            kind = _odd_kind(weight, reps)
        name = self._names[exercise]
        if not name:
            raise RowError("the exercise name is missing")
        return LoggedSet(
            day, started, self._names[workout], name, kind,
            weight, self._units[unit] if weight else "bodyweight", reps,
            seconds, distance, _distance_unit(far_unit) if distance else "",
            self._rpes[hard], _note(note, day_note), line,
        )  # fmt: skip

    def many(self, lines: Sequence[int], rows: Sequence[Row]) -> list[LoggedSet]:
        """Many rows column by column, with the same result; RowError if one of them is no plain set."""
        columns = [*zip(*rows, strict=True), ("",) * len(rows)]
        (date, workout, exercise, order, heavy, times, long, far, hard, unit, far_unit, note, day_note) = (
            columns[place] for place in self._places
        )
        kinds = list(map(self._kinds.__getitem__, order))
        days, starts = zip(*map(self._dates.__getitem__, date), strict=True)
        weights, reps = list(map(self._weights.__getitem__, heavy)), list(map(self._reps.__getitem__, times))
        seconds, distances = list(map(self._seconds.__getitem__, long)), list(map(self._distances.__getitem__, far))
        names = list(map(self._names.__getitem__, exercise))
        done = map(any, zip(weights, reps, seconds, distances, strict=True))
        if not (_PLAIN_KINDS.issuperset(kinds) and all(names) and all(done)):
            raise RowError
        units = map(self._units.__getitem__, unit)
        cells = zip(
            days, starts, map(self._names.__getitem__, workout), names, kinds, weights,
            [one if weight else "bodyweight" for weight, one in zip(weights, units, strict=True)], reps, seconds,
            distances, [_distance_unit(one) if far else "" for far, one in zip(distances, far_unit, strict=True)],
            map(self._rpes.__getitem__, hard), map(_note, note, day_note), lines, strict=True,
        )  # fmt: skip
        return list(map(set_of, cells))


def _distance_unit(text: str) -> str:
    return _DISTANCE_UNITS.get(text.strip().lower(), text)


def _note(note: str, day_note: str) -> str:
    return "\n".join(filter(None, (note.strip(), day_note.strip()))) if note or day_note else ""


def _odd_kind(weight: float | None, reps: int | None) -> str:
    """A word nobody listed in `Set Order`: with repetitions or weight a set, else a timer in another language."""
    if not weight and not reps:
        raise NotASetError("rest timer")
    return "normal"


def read_strong(table: Table, layout: Layout, unit: str, dates: Dates) -> Gathered:
    """Read the rows of a Strong file. `unit` is the header's, or empty."""
    stated = f"the header {table.header[layout['weight']]!r}" if unit else ""
    if "weight_unit" in layout:
        stated = f"the column {table.header[layout['weight_unit']]!r}"
    into = Gathered("strong", stated=stated)
    gather_many(read_rows(table), StrongRow(layout, unit, dates, table.width), into)
    return into
