"""wger's workout log as JSON: the API's pages, a plain list, or a Django fixture. `line` is the entry's number.

Exercises are numbers in wger; without their names in the file they are called "exercise 123". A file with
several lists (logs and exercises) is read as well. Days are the days as written, zone and all.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from liftback.exchange.training_files.cells import (
    MAX_DISTANCE,
    MAX_RPE,
    MAX_SECONDS,
    Amounts,
    Reps,
    RowError,
    Weights,
    shown,
)
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.decoding import FileError
from liftback.exchange.training_files.gathering import Gathered, NotASetError
from liftback.training.log import LoggedSet

Entry = Mapping[str, Any]
_WEIGHT_UNITS = {"": "unknown", "1": "kg", "2": "lb", "3": "bodyweight"}
_OTHER_WEIGHTS = {"4": "plates", "5": "km/h", "6": "mph"}
_TIMES = {"3": 1.0, "4": 60.0}
_DISTANCES = {"5": "mi", "6": "km", "8": "m"}
_REPS = {"", "1", "2", "7"}
_EFFORT_AT_FAILURE = 10.0  # RPE 10 is no repetition in reserve, by the scale's definition
_NAME_KEYS = ("exercise_name", "exercise_base_name", "name")


def read_wger(text: str, dates: Dates) -> Gathered:
    """Read the entries of a wger file. Raises FileError for JSON that is broken or not wger's."""
    document = _parse(text)
    entries = _entries(document)
    if entries is None or not any(_is_log(entry) for entry in entries):
        raise FileError(
            "This is JSON, but not a workout log of wger (entries with exercise, date and weight): "
            "export /api/v2/workoutlog/ from wger, or give another app's CSV."
        )
    into = Gathered("wger")
    reader = _EntryReader(_exercise_names(document, entries), dates)
    for at, entry in enumerate(entries, 1):
        shown_entry = [json.dumps(entry, ensure_ascii=False, default=str)[:300]]
        try:
            into.sets.append(reader.read(at, entry))
        except NotASetError as other:
            into.no_set(at, str(other), shown_entry)
        except RowError as error:
            into.error(at, str(error), shown_entry)
    if any(one.unit in ("kg", "lb") for one in into.sets):
        into.stated = "the field weight_unit"
    if isinstance(document, dict) and document.get("next"):
        into.notes.append("The file is one page of several (its field next is set): add the other pages.")
    return into


def _parse(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise FileError(
            f"The file starts as JSON but breaks at line {error.lineno} ({error.msg}): export it again."
        ) from error
    except (RecursionError, ValueError) as error:
        raise FileError("The file is JSON that is nested too deep or holds absurd numbers: export it again.") from error


def _entries(document: Any) -> list[Any] | None:
    """The list of log entries: the document, its `results`, or the first list in it that holds logs."""
    if isinstance(document, list):
        return document
    if not isinstance(document, dict):
        return None
    if isinstance(document.get("results"), list):
        found: list[Any] = document["results"]
        return found
    lists = [value for value in document.values() if isinstance(value, list)]
    return next((one for one in lists if any(_is_log(entry) for entry in one)), None)


def _fields(entry: Any) -> Entry:
    """The fields of an entry; a fixture has them one level down."""
    if not isinstance(entry, dict):
        return {}
    inner = entry.get("fields")
    return inner if isinstance(inner, dict) else entry


def _is_log(entry: Any) -> bool:
    if isinstance(entry, dict) and "model" in entry:
        return str(entry["model"]).endswith("workoutlog")
    fields = _fields(entry)
    return "exercise" in fields and "date" in fields and ("weight" in fields or "repetitions" in fields)


def _exercise_names(document: Any, entries: list[Any]) -> dict[str, str]:
    """Names of exercises by id, from any other list in the file."""
    lists = [entries]
    if isinstance(document, dict):
        lists += [value for value in document.values() if isinstance(value, list)]
    names: dict[str, str] = {}
    for entry in (entry for one in lists for entry in one if isinstance(entry, dict) and not _is_log(entry)):
        fields = _fields(entry)
        name = fields.get("name") or next(
            (t["name"] for t in _dicts(fields.get("translations")) if isinstance(t.get("name"), str)), None
        )
        key = fields.get("exercise", fields.get("exercise_base", entry.get("pk", entry.get("id"))))
        if isinstance(name, str) and name.strip() and isinstance(key, str | int):
            names.setdefault(str(key), name.strip())
    return names


def _dicts(value: Any) -> list[Entry]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


class _EntryReader:
    def __init__(self, names: Mapping[str, str], dates: Dates) -> None:
        self._exercises, self._dates = names, dates
        self._weights, self._reps, self._reserve = Weights(), Reps(), Amounts("RIR", MAX_RPE)
        self._seconds, self._distances = Amounts("time", MAX_SECONDS), Amounts("distance", MAX_DISTANCE)

    def read(self, at: int, entry: Any) -> LoggedSet:
        """The set of one entry, or NotASetError or RowError."""
        if not isinstance(entry, dict):
            raise RowError("the entry is not an object")
        if not _is_log(entry):
            raise NotASetError(_text(entry.get("model", "other entry")).rpartition(".")[2][:40])
        fields = _fields(entry)
        day, started = self._dates[_text(fields.get("date"))]
        weight, unit = self._weight(fields)
        reps, seconds, distance, distance_unit = self._amount(fields)
        if not (weight or reps or seconds or distance):
            raise NotASetError("empty")
        return LoggedSet(
            day=day,
            started=started if started and (started.hour or started.minute) else None,
            workout=_text(fields.get("session", fields.get("workout"))),
            exercise=self._name(fields),
            kind="normal",
            weight=weight,
            unit=unit if weight else "bodyweight",
            reps=reps,
            seconds=seconds,
            distance=distance,
            distance_unit=distance_unit,
            rpe=self._rpe(fields),
            note=_text(fields.get("notes", fields.get("comment"))).strip(),
            line=at,
        )

    def _weight(self, fields: Entry) -> tuple[float | None, str]:
        code = _text(fields.get("weight_unit"))
        if code in _OTHER_WEIGHTS:
            raise NotASetError(f"weight in {_OTHER_WEIGHTS[code]}")
        if code not in _WEIGHT_UNITS:
            raise RowError(f"weight unit {shown(code)!r} is none of wger's")
        weight = self._weights[_text(fields.get("weight"))]
        return (None, "bodyweight") if code == "3" and not weight else (weight, _WEIGHT_UNITS[code])

    def _amount(self, fields: Entry) -> tuple[int | None, float | None, float | None, str]:
        code = _text(fields.get("repetitions_unit", fields.get("repetition_unit")))
        text = _text(fields.get("repetitions", fields.get("reps")))
        if code in _REPS:
            return self._reps[text], None, None, ""
        if code in _TIMES:
            count = self._seconds[text]
            return None, count * _TIMES[code] if count else None, None, ""
        if code in _DISTANCES:
            distance = self._distances[text]
            return None, None, distance, _DISTANCES[code] if distance else ""
        raise RowError(f"repetition unit {shown(code)!r} is none of wger's")

    def _rpe(self, fields: Entry) -> float | None:
        text = _text(fields.get("rir"))
        if not text:
            return None
        return _EFFORT_AT_FAILURE - (self._reserve[text] or 0.0)

    def _name(self, fields: Entry) -> str:
        exercise = fields.get("exercise")
        if isinstance(exercise, dict):
            named = exercise.get("name")
            exercise = exercise.get("id")
            if isinstance(named, str) and named.strip():
                return named.strip()
        for key in _NAME_KEYS:
            if isinstance(fields.get(key), str) and fields[key].strip():
                return str(fields[key]).strip()
        text = _text(exercise)
        if not text:
            raise RowError("the exercise is missing")
        if not text.isdigit() and "-" not in text:
            return text
        return self._exercises.get(text, f"exercise {text}")


def _text(value: Any) -> str:
    """A JSON value as typed: numbers as their digits, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool | dict | list):
        raise RowError(f"{shown(str(value))!r} stands where a number or a word belongs")
    return str(value)
