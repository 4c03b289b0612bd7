"""JEFIT's export: several tables in one file, each below a line `### NAME ###`.

`EXERCISE LOGS` packs the sets of an exercise into one cell ("60x10,65x8"); each packed set counts as one row.
"0x12" is twelve repetitions without weight, "0x0" an empty slot. `WORKOUT SESSIONS` gives the days, and
`EXERCISE SET LOGS` (always pounds) only tells which unit the packed sets are in, which the file does not say.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from liftback.exchange.training_files.cells import Names, Reps, RowError, Weights, number, shown
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.gathering import Gathered
from liftback.exchange.training_files.table import Row, normal
from liftback.exchange.training_files.units import POUNDS_IN_KG
from liftback.training.log import LoggedSet

_TITLE = re.compile(r"#{2,} *([A-Za-z][A-Za-z _]*?) *#*")
_MARK = re.compile(r"^[ \t]*#{2,} *exercise logs", re.IGNORECASE | re.MULTILINE)
_HEAD = 10_000  # the first title stands at the top
_DIVIDER = re.compile(r"#+")
_PACKED = re.compile(r"([^x×]*)[x×]([^x×]*)", re.IGNORECASE)
_USED = ("workout sessions", "exercise logs", "exercise set logs")
_SAME = 0.06  # pounds; JEFIT keeps floats such as 64.9998


class Line(NamedTuple):
    """One row of a section: where it stands, its cells as written, and its cells by column name."""

    number: int
    cells: Row
    by_name: Mapping[str, str]
    problem: str


def is_jefit(text: str) -> bool:
    """Whether the text has JEFIT's section titles."""
    return _MARK.search(text) is not None if "#" in text[:_HEAD] else False


def _sections(text: str) -> Iterator[tuple[str, Line]]:
    """Yield each row with the name of its section; the first row of a section is its header."""
    section, header = "", None
    for at, raw in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        line = raw.strip()
        title = _TITLE.fullmatch(line)
        if title:
            section, header = normal(title.group(1)), None
        elif not line or _DIVIDER.fullmatch(line):
            continue
        else:
            try:
                cells = next(csv.reader([line]), [])
            except csv.Error:
                cells = [line]
            if header is None:
                header = [normal(name) for name in cells]
                continue
            fits = len(cells) == len(header)
            problem = "" if fits else f"has {len(cells)} cells where the header has {len(header)}"
            yield section, Line(at, cells, dict(zip(header, cells, strict=False)), problem)


def read_jefit(text: str, dates: Dates) -> Gathered:
    """Read a JEFIT file. Rows of sections that hold no sets are named in the notes, not counted."""
    by_section: dict[str, list[Line]] = {}
    for section, line in _sections(text):
        by_section.setdefault(section, []).append(line)
    into = Gathered("jefit")
    days = _session_days(by_section.get("workout sessions", []), dates)
    logs = by_section.get("exercise logs", [])
    unit = _unit_of_logs(logs, by_section.get("exercise set logs", []))
    if unit != "unknown":
        into.stated = "the packed sets agree with the set logs, which JEFIT keeps in pounds"
    reader = _LogReader(days, dates, unit, into)
    for line in logs:
        reader.read(line)
    unread = [f"{name} ({len(lines)})" for name, lines in by_section.items() if name not in _USED]
    if unread:
        into.notes.append(f"Sections without sets were not read: {', '.join(unread)[:200]}.")
    return into


def _session_days(lines: list[Line], dates: Dates) -> dict[str, date]:
    """The day of each session, by its id. A session whose day cannot be read is left out; its sets say so."""
    days = {}
    for line in lines:
        try:
            days[line.by_name.get("_id", "").strip()] = _day_of(line.by_name, dates, ("mydate", "starttime"))
        except RowError:
            continue
    return days


def _day_of(row: Mapping[str, str], dates: Dates, columns: tuple[str, ...]) -> date:
    for column in columns:
        text = row.get(column, "").strip()
        if not text or text == "0":
            continue
        if text.isascii() and text.isdigit():
            text = _from_unix(text)
        return dates[text][0]
    raise RowError("the date is missing")


def _from_unix(text: str) -> str:
    try:
        return datetime.fromtimestamp(int(text), tz=UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        raise RowError(f"time {shown(text)!r} is not a Unix time") from None


def _unit_of_logs(logs: list[Line], set_logs: list[Line]) -> str:
    """Compare packed weights with the set logs in pounds: the same numbers are pounds, converted ones kilograms."""
    pounds: dict[tuple[str, str], str] = {}
    for line in set_logs:
        row = line.by_name
        pounds[row.get("exercise_log_id", "").strip(), row.get("set_index", "").strip()] = row.get("weight_lbs", "")
    votes = {"lb": 0, "kg": 0}
    for line in logs:
        packed = line.by_name.get("logs", "").split(",")
        for index, one in enumerate(packed):
            key = line.by_name.get("_id", "").strip()
            listed = pounds.get((key, str(index))) if (key, "0") in pounds else pounds.get((key, str(index + 1)))
            vote = _compare(one.lower().partition("x")[0], listed)
            if vote:
                votes[vote] += 1
    best = max(votes, key=lambda unit: votes[unit])
    return best if votes[best] > 2 * votes["kg" if best == "lb" else "lb"] else "unknown"


def _compare(packed: str, listed: str | None) -> str:
    try:
        weight, pounds = number(packed, "weight"), number(listed or "", "weight")
    except RowError:
        return ""
    if not weight or not pounds:
        return ""
    if abs(weight - pounds) <= _SAME:
        return "lb"
    return "kg" if abs(weight * POUNDS_IN_KG - pounds) <= _SAME else ""


class _LogReader:
    def __init__(self, days: Mapping[str, date], dates: Dates, unit: str, into: Gathered) -> None:
        self._days, self._dates, self._unit, self._into = days, dates, unit, into
        self._names, self._weights, self._reps = Names(), Weights(), Reps()

    def read(self, line: Line) -> None:
        """Read the packed sets of one exercise."""
        row = line.by_name
        packed = [one for one in (part.strip() for part in row.get("logs", "").split(",")) if one]
        try:
            if line.problem:
                raise RowError(line.problem)
            session = row.get("belongsession", "").strip()
            day = self._days.get(session) or _day_of(row, self._dates, ("mydate", "logtime", "timestamp"))
            name = self._names[row.get("ename", "")]
            if not name:
                raise RowError("the exercise name is missing")
        except RowError as error:
            for one in packed or [""]:
                self._into.error(line.number, str(error), [*line.cells[:2], one])
            return
        if not packed:
            self._into.no_set(line.number, "no sets", line.cells)
        for one in packed:
            self._one(one, line, day, session, name)

    def _one(self, packed: str, line: Line, day: date, session: str, name: str) -> None:
        found = _PACKED.fullmatch(packed)
        try:
            if not found:
                raise RowError(f"set {shown(packed)!r} is not written as weight x reps")
            weight, reps = self._weights[found.group(1)], self._reps[found.group(2)]
            if reps is None:
                raise RowError(f"set {shown(packed)!r} has no repetitions")
        except RowError as error:
            self._into.error(line.number, str(error), [name, packed])
            return
        if not (weight or reps):
            self._into.no_set(line.number, "empty", [name, packed])
            return
        self._into.sets.append(
            LoggedSet(
                day=day,
                started=None,
                workout=session,
                exercise=name,
                kind="normal",
                weight=weight,
                unit=self._unit if weight else "bodyweight",
                reps=reps,
                seconds=None,
                distance=None,
                distance_unit="",
                rpe=None,
                note="",
                line=line.number,
            )
        )
