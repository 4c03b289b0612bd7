"""Read what a lifter did under a plan: CSV with one line for each lift of a day, and the answers to its questions.

Nothing is dropped in silence: every row is an exposure, an error with its line, or a planned lift not done. A cell
that cannot be read is told and stays unknown, and the rest of its row counts: a sharp pain must not be lost because
the weight beside it was misspelt.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from liftback.exchange.diary_cells import (
    DATE_ORDERS,
    CellError,
    DateParts,
    date_parts,
    make_date,
    orders_seen,
    scale_to_hundred,
    shorten,
)
from liftback.exchange.exposure_cells import (
    COLUMNS,
    LEG_ALARMS,
    LONGEST_NAME,
    QUESTION_OF,
    UNCLEAR,
    Line,
    answer_of,
    clean_name,
    column_of,
    effort_of,
    lift_of,
    name_key,
    safe_name,
    said_done,
    sets_of,
    tried,
    weight_of,
    written,
)
from liftback.exchange.file_kinds import foreign_kind
from liftback.exchange.training_files.decoding import FileError, decode
from liftback.exchange.training_files.gathering import row_text
from liftback.exchange.training_files.table import Row, Table, open_table, read_rows
from liftback.facts.dates import FIRST_DAY
from liftback.facts.values import Fact, Facts, Known
from liftback.knowledge.plans import PlanKnowledge
from liftback.plans.holding import signs_in
from liftback.plans.record import Done
from liftback.training.log import LineError, NotASet

if TYPE_CHECKING:
    from liftback.plans.parts import Plan

LARGEST_FILE = 2_000_000
"""Bytes. An exposure takes some 80, so this holds a life of training; it keeps a wrong file from filling memory."""
_NAMES_SHOWN = 8
_SHOWN = 24
_TOO_WIDE = "put quotes around a cell that holds the separator"


class ExposureError(ValueError):
    """An exposures file that cannot be read as a whole: one sentence with what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureReading:
    """An exposures file as read.

    `done` are the exposures, oldest first, and `lines` the line of each. A row may be in `done` and in `errors`:
    then a cell of it could not be read and stays unknown. `not_done` are the rows of planned lifts that were not
    done, or not yet, and rows that repeat another. `alarming` are the lines that may tell of a warning sign,
    those that cannot be used included. `rows` counts the rows that are not blank.
    """

    done: tuple[Done, ...]
    errors: tuple[LineError, ...]
    notes: tuple[str, ...]
    lines: tuple[int, ...] = ()
    not_done: tuple[NotASet, ...] = ()
    alarming: tuple[int, ...] = ()
    rows: int = 0


def read_exposures(
    content: bytes, plans: PlanKnowledge, *, today: date, date_order: str | None = None, unit: str | None = None
) -> ExposureReading:
    """Read an exposures file.

    `date_order` (dmy or mdy) settles dates like 03/04/2026, `unit` (kg or lb) weights whose unit the file does not
    say. Raises ExposureError for a file that is none, and where no row of it can be used.
    """
    if date_order not in (None, *DATE_ORDERS):
        raise ExposureError(f"The date order {shorten(str(date_order))!r} is unknown; use dmy (day first) or mdy.")
    text, decoded = _text(content)
    table = open_table(text)
    columns, stated, headed = _columns(table)
    reading = _Reading(plans=plans, today=today, date_order=date_order, unit=stated or unit)
    reading.take(table, columns)
    return reading.frozen((*decoded, *headed))


def exposures_template(plan: Plan) -> str:
    """A file to fill in: one line for each planned lift, with what is planned written and every answer empty."""
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\n")
    writer.writerow(COLUMNS)
    for day in plan.days:
        for item in day.items:
            if item.kind == "lift":
                load = item.load
                planned = {
                    "date": day.day.isoformat(),
                    "lift": safe_name(item.lift),
                    "exercise": safe_name(item.exercise or item.lift),
                    "sets": item.dose.sets,
                    "reps": item.dose.reps,
                    "weight": None if load is None else f"{load.weight:g}",
                    "unit": None if load is None else load.unit,
                }
                writer.writerow([planned.get(column) for column in COLUMNS])
    return kept.getvalue()


# --- the file ----------------------------------------------------------------------------------------------------


def _text(content: bytes) -> tuple[str, tuple[str, ...]]:
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ExposureError(
            "The exposures file is empty; it needs a first line like date,lift,before,during,after,next_morning "
            "and one line for each lift you did."
        )
    if len(content) > LARGEST_FILE:
        raise ExposureError(
            "The exposures file is too large for exposures; give a CSV file with one line for each lift you did."
        )
    kind = foreign_kind(content)
    if kind is not None:
        raise ExposureError(f"The exposures file is {kind.name}, not a text table; {kind.do}.")
    try:
        return decode(content)
    except FileError:
        raise ExposureError(
            "The exposures file is not text; save it as CSV in UTF-8, with a first line like date,lift."
        ) from None


def _columns(table: Table) -> tuple[list[str | None], str | None, list[str]]:
    """The column of each header, the unit that the weight's header states, and what to note."""
    named = [column_of(name) for name in table.header]
    columns = [column for column, _ in named]
    for column in dict.fromkeys(columns):
        if column is not None and columns.count(column) > 1:
            both = [shorten(name, _SHOWN) for name, found in zip(table.header, columns, strict=True) if found == column]
            raise ExposureError(
                f"The columns {' and '.join(both)} of the exposures file both look like {column}; keep one of them."
            )
    missing = [column for column in ("date", "lift") if column not in columns]
    if missing:
        given = ", ".join(shorten(name, _SHOWN) for name in table.header[:_NAMES_SHOWN])
        raise ExposureError(
            f"The first line of the exposures file names no {' and no '.join(missing)} column "
            f"(found: {given or 'nothing'}); write a first line like date,lift,before,during,after,next_morning."
        )
    for name, column in zip(table.header, columns, strict=True):
        if column in QUESTION_OF and scale_to_hundred(name):
            raise ExposureError(
                f"The column {shorten(name, _SHOWN)} runs to 100; divide it by ten and name it {column}."
            )
    unread = [shorten(name, _SHOWN) for name, column in zip(table.header, columns, strict=True) if not column]
    return columns, next((unit for _, unit in named if unit), None), _unread(list(filter(None, unread)))


def _unread(names: list[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return [f"Columns not read: {', '.join(names[:_NAMES_SHOWN])}{more}; known are {', '.join(COLUMNS)}."]


def _rows(table: Table) -> Iterator[tuple[int, Row, str]]:
    """Every row that is not blank; a row may end early, unless it is the last and the only one that does."""
    short = 0
    for line, cells, problem in read_rows(table):
        if not any(cell.strip() for cell in cells):
            continue
        ends_early = bool(problem) and problem.startswith("has ") and len(cells) < table.width
        short += ends_early
        if ends_early or (short and "in the middle" in problem and len(cells) > 1):
            yield line, cells, ""
        elif problem.startswith("has "):
            yield line, cells, f"{problem}; {_TOO_WIDE}"
        else:
            yield line, cells, problem


# --- the rows ----------------------------------------------------------------------------------------------------


class _Reading:
    """What is read of a file, while it is read."""

    def __init__(self, *, plans: PlanKnowledge, today: date, date_order: str | None, unit: str | None) -> None:
        self._plans, self._today, self._asked, self._unit = plans, today, date_order, unit
        self._done: list[tuple[int, Done]] = []
        self._errors: list[LineError] = []
        self._not_done: list[NotASet] = []
        self._strange: dict[str, None] = {}
        self._seen: dict[tuple[str, ...], int] = {}
        self._alarming: list[int] = []
        self._rows = 0
        self._exercises = exercise_names(plans)

    def take(self, table: Table, columns: list[str | None]) -> None:
        """Read every row of the table."""
        lines = []
        for line, cells, problem in _rows(table):
            self._rows += 1
            text = row_text(cells)
            if problem:
                self._errors.append(LineError(line=line, reason=problem, text=text))
                continue
            named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
            lines.append(Line(line=line, cells=named, text=text))
        parts = self._dates(lines)
        proved = {order for order in orders_seen(parts.values()) if order != "either"}
        for one in lines:
            leg = answer_of(self._plans.known.questions[QUESTION_OF["leg"]], "leg", one["leg"], self._today, [])
            if (isinstance(leg, Known) and leg.value in LEG_ALARMS) or signs_in(self._words(one), self._plans):
                self._alarming.append(one.line)
            if one.line in parts:
                self._one(one, parts[one.line], proved)

    def frozen(self, notes: tuple[str, ...]) -> ExposureReading:
        """All of it. Raises ExposureError where nothing can be used."""
        errors = sorted(self._errors, key=lambda error: error.line)
        if errors and not self._done and not self._not_done:
            first = errors[0]
            raise ExposureError(
                f"No line of the exposures file can be used (line {first.line}: {first.reason}); "
                "mend its lines and try again."
            )
        done = sorted(self._done, key=lambda pair: (pair[1].day, pair[0]))
        return ExposureReading(
            done=tuple(one for _, one in done),
            lines=tuple(line for line, _ in done),
            errors=tuple(errors),
            notes=(*notes, *self._notes()),
            not_done=tuple(self._not_done),
            alarming=tuple(self._alarming),
            rows=self._rows,
        )

    def _dates(self, lines: list[Line]) -> dict[int, DateParts]:
        parts = {}
        for one in lines:
            try:
                parts[one.line] = date_parts(one["date"])
            except CellError as error:
                self._error(one, str(error) if one["date"] else "has no date")
        return parts

    def _one(self, one: Line, parts: DateParts, proved: set[str]) -> None:
        wrong: list[str] = []
        try:
            day, lift = self._day(parts, proved), lift_of(one)
            left = self._left(one, day, wrong)
        except CellError as error:
            self._error(one, str(error))
            return
        same = tuple(one[column].casefold() for column in COLUMNS)
        first = self._seen.setdefault(same, one.line)
        if left or first != one.line:
            self._not_done.append(NotASet(line=one.line, kind=left or f"repeats line {first}", text=one.text))
            return
        weight, unit = tried(lambda: weight_of(one, self._unit), wrong) or (None, "kg")
        told = Facts(dict(self._told(one, day, wrong)))
        sets, reps = tried(lambda: sets_of(one), wrong) or (None, None)
        done = Done(
            day=day,
            lift=lift,
            exercise=self._exercise(one, lift),
            told=told,
            sets=sets,
            reps=reps,
            weight=weight,
            unit=unit,
            effort=tried(lambda: effort_of(one), wrong),
            note=self._words(one),
        )
        self._done.append((one.line, done))
        if wrong:
            self._error(one, "; ".join(wrong))

    def _day(self, parts: DateParts, proved: set[str]) -> date:
        own = next(iter(orders_seen([parts])), "")
        if own == "either" and self._asked is None:
            if len(proved) != 1:
                raise CellError(
                    "the date can be read day first or month first; write it like 2026-11-23, "
                    "or say --date-order dmy or mdy"
                )
            (own,) = proved
        day = make_date(parts, seen=own or "dmy", asked=self._asked)
        if day < FIRST_DAY:
            raise CellError(f"{day.isoformat()} is before {FIRST_DAY.year}")
        return day

    def _left(self, one: Line, day: date, wrong: list[str]) -> str:
        """Why a planned lift is left out, empty where it was done. Raises CellError for one done in the future."""
        said = tried(lambda: said_done(one), wrong)
        answered = any(written(one[column]) for column in (*QUESTION_OF, "effort"))
        answered = answered or signs_in(self._words(one), self._plans)
        if day > self._today:
            if said or answered:
                raise CellError(f"{day.isoformat()} is in the future")
            return "planned for later"
        if said is False and answered:
            wrong.append("done says no and there are answers; the answers are counted")
        elif said is False:
            return "not done"
        elif said is None and "done" in one.cells and not answered and not wrong:
            return "not filled in"
        return ""

    def _exercise(self, one: Line, lift: str) -> str:
        name = clean_name(one["exercise"])
        if not name or name_key(name) == name_key(lift):
            return lift if name else ""
        found = self._exercises.get(name_key(name))
        if found is None:
            self._strange.setdefault(shorten(name, _SHOWN))
        return found or name[:LONGEST_NAME]

    def _told(self, one: Line, day: date, wrong: list[str]) -> Iterator[tuple[str, Fact]]:
        return ((QUESTION_OF[column], fact) for column, fact in self._answers(one, day, wrong))

    def _answers(self, one: Line, day: date, wrong: list[str]) -> Iterator[tuple[str, Fact]]:
        for column, name in QUESTION_OF.items():
            if column in one.cells:
                yield column, answer_of(self._plans.known.questions[name], column, one[column], day, wrong)

    def _words(self, one: Line) -> str:
        """The lifter's own words of a row: its note, and what stands where an answer could not be read."""
        unclear = (one[column] for column, fact in self._answers(one, self._today, []) if fact == UNCLEAR)
        return ". ".join(words for words in (clean_name(one["note"]), *unclear) if written(words))

    def _error(self, one: Line, reason: str) -> None:
        self._errors.append(LineError(line=one.line, reason=reason, text=one.text))

    def _notes(self) -> Iterator[str]:
        if not self._rows:
            yield "The exposures file has a header but no lines yet."
        kinds = [other.kind for other in self._not_done]
        for kind in dict.fromkeys(re.sub(r" line .*", "", kind) for kind in kinds):
            lines = [other.line for other in self._not_done if other.kind.startswith(kind)]
            yield f"{_KINDS[kind]}: {_these(lines)}."
        if self._strange:
            names = list(self._strange)
            more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
            yield f"Exercises that the plan does not know, kept as written: {', '.join(names[:_NAMES_SHOWN])}{more}."
        silent = [line for line, one in self._done if not any(one.told.known(name) for name in one.told)]
        if silent:
            yield f"Nothing is told of how your back answered: {_these(silent)}."
        often = Counter((one.day, name_key(one.lift)) for _, one in self._done)
        twice = [f"{day.isoformat()} {lift}" for (day, lift), times in sorted(often.items()) if times > 1]
        if twice:
            yield f"More than one line for a lift and a day, each taken as one exposure: {_list(twice)}."


_KINDS = {
    "planned for later": "Planned for a later day and left out for now",
    "not filled in": "Without an answer, so taken as not done yet",
    "not done": "Said not to be done",
    "repeats": "The same as a line above, counted once",
}


def _these(lines: list[int]) -> str:
    return ("line " if len(lines) == 1 else "lines ") + _list([str(line) for line in lines])


def _list(names: list[str]) -> str:
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(names[:_NAMES_SHOWN]) + more


@lru_cache(maxsize=2)
def exercise_names(plans: PlanKnowledge) -> dict[str, str]:
    """The id of each laddered exercise by its plain id, name and aliases (`name_key` of each)."""
    found: dict[str, str] = {}
    exercises = plans.exercises.values()
    for names in ([(e.id,) for e in exercises], [(e.name,) for e in exercises], [e.aliases for e in exercises]):
        for exercise, spelled in zip(exercises, names, strict=True):
            for name in spelled:
                found.setdefault(name_key(name), exercise.id)
    return found
