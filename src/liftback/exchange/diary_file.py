"""Read a pain diary kept as a text table: CSV with a header, from a spreadsheet, a phone app or by hand.

Nothing is dropped in silence: every row becomes a day, or a line error with its reason; what was decided on the
way (columns not read, scores averaged) is said in `notes`. Where a guess could change a day or a score, we ask.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from liftback.exchange.diary_cells import (
    DATE_ORDERS,
    HIGHEST_SCORE,
    CellError,
    DateParts,
    column_of,
    date_parts,
    event,
    make_date,
    orders_seen,
    scale_to_hundred,
    score,
    score_number,
    shorten,
)
from liftback.exchange.file_kinds import foreign_kind
from liftback.facts.dates import FIRST_DAY
from liftback.facts.diary import Diary, DiaryDay
from liftback.training.log import LineError

LARGEST_FILE = 2_000_000
"""Bytes. A day takes some 60, so this holds more days than a life; it keeps a wrong file from filling memory."""
_LONGEST_RECORD = 12
"""Lines that one quoted note may run over before we take its quote for a slip of the pen."""
_DELIMITERS = (",", ";", "\t", "|")
_SCORES = ("pain", "sleep", "stress", "lift_pain")
_SCALE_DOUBTS = 2
_CELL_END = "\x1f"
_NAMES_SHOWN = 8


class DiaryError(ValueError):
    """A diary that cannot be read as a whole: one sentence with what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiaryReading:
    """A diary as read: days, lines that could not be read, and what the lifter should know about the rest.

    `rows` counts the lines below the header that are not blank.
    """

    diary: Diary
    errors: tuple[LineError, ...]
    notes: tuple[str, ...]
    rows: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    cells: Mapping[str, str]
    text: str


def read_diary(content: bytes, *, today: date, date_order: str | None = None) -> DiaryReading:
    """Read a diary file. `date_order` (dmy or mdy) settles dates like 03/04/2026.

    Raises DiaryError for a file that is no diary or of which no day can be read, and where dates or the scale can be
    read in two ways.
    """
    reading = read_days(content, today=today, date_order=date_order)
    if reading.errors and not reading.diary.days:
        first = reading.errors[0]
        raise DiaryError(
            f"No day of the diary can be read (line {first.line}: {first.reason}); mend its lines and try again."
        )
    return reading


def read_days(content: bytes, *, today: date, date_order: str | None = None) -> DiaryReading:
    """Read what can be read, even where that is nothing. Raises DiaryError as `read_diary` does otherwise."""
    if date_order not in (None, *DATE_ORDERS):
        raise DiaryError(f"The date order {shorten(str(date_order))!r} is unknown; use dmy (day first) or mdy.")
    notes: list[str] = []
    errors: list[LineError] = []
    rows = list(_rows(_decode(content, notes), notes, errors))
    _check_scale(rows)
    seen = len(rows) + len(errors)
    parts = _dates(rows, errors)
    order = date_order or _order(rows, parts)
    days: dict[date, list[DiaryDay]] = {}
    for row in rows:
        if row.line in parts:
            try:
                day = _day(parts[row.line], seen=order, asked=date_order, today=today)
            except CellError as error:
                errors.append(LineError(line=row.line, reason=str(error), text=row.text))
            else:
                days.setdefault(day, []).extend(_entries(row, day, errors))
    merged = tuple(_merge(day, days[day], notes) for day in sorted(days) if days[day])
    found = tuple(sorted(errors, key=lambda error: error.line))
    if not seen:
        notes.append("The diary has a header but no days yet.")
    return DiaryReading(diary=Diary(days=merged), errors=found, notes=tuple(notes), rows=seen)


def _decode(content: bytes, notes: list[str]) -> str:
    if not content.strip():
        raise DiaryError("The diary file is empty; it needs a first line like date,pain and one line for each day.")
    if len(content) > LARGEST_FILE:
        raise DiaryError("The diary file is too large for a diary; give a CSV file with one line for each day.")
    kind = foreign_kind(content)
    if kind is not None:
        raise DiaryError(f"The diary is {kind.name}, not a text table; {kind.do}.")
    text = _text(content, notes)
    if text is None or "\0" in text:
        raise DiaryError(
            "The diary is not a text file; give a CSV file, saved as UTF-8, with a first line like date,pain."
        )
    return text


def _text(content: bytes, notes: list[str]) -> str | None:
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        if b"\0" in content[:4]:
            return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" not in content:
            notes.append(
                "The file is not UTF-8; it was read as Windows western text, so check the notes for odd letters."
            )
            return content.decode("cp1252", errors="replace")
    return None


def _rows(text: str, notes: list[str], errors: list[LineError]) -> Iterator[_Row]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() and not _separator_line(line)), None)
    if start is None:
        raise DiaryError("The diary file has no lines; it needs a first line like date,pain and one for each day.")
    delimiter = max(_DELIMITERS, key=lambda sign: _columns_known(lines[start], sign))
    columns = _columns(_split(lines[start], delimiter), notes)
    widths: set[int] = set()
    for line, record in _records(lines, start + 1, delimiter):
        if not record.strip(" \t\n" + delimiter):
            continue
        cells = _split(record, delimiter)
        if cells is None:
            errors.append(LineError(line=line, reason="a quote opens and does not close", text=shorten(record)))
        elif len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            reason = "has more cells than the header; put quotes around a note or number with a comma"
            errors.append(LineError(line=line, reason=reason, text=shorten(record)))
        elif line == len(lines) and _is_cut(cells, columns, widths):
            errors.append(LineError(line=line, reason="the file ends in the middle of this line", text=shorten(record)))
        else:
            widths.add(len(cells))
            named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
            yield _Row(line=line, cells=named, text=shorten(record))


def _is_cut(cells: list[str], columns: list[str | None], widths: set[int]) -> bool:
    """Whether a last line without a line end was cut off: it is short, and no line above it is."""
    if len(cells) >= len(columns):
        return False
    return len(cells) <= columns.index("pain") or (bool(widths) and min(widths) >= len(columns))


def _separator_line(line: str) -> bool:
    # Spreadsheets write `sep=;` above the header.
    return line.strip().casefold().startswith("sep=")


def _columns_known(header: str, delimiter: str) -> int:
    return sum(column_of(name) is not None for name in _split(header, delimiter) or ())


def _columns(names: list[str] | None, notes: list[str]) -> list[str | None]:
    if names is None:
        raise DiaryError("In the first line of the diary a quote opens and does not close; write date,pain there.")
    columns = [column_of(name) for name in names]
    _check_headers(names, columns)
    missing = [column for column in ("date", "pain") if column not in columns]
    if missing:
        given = ", ".join(shorten(name, 24) for name in names[:_NAMES_SHOWN])
        raise DiaryError(
            f"The first line of the diary names no {' and no '.join(missing)} column (found: {given}); "
            "write a first line like date,pain above the days."
        )
    unread = [shorten(name, 24) for name, column in zip(names, columns, strict=True) if column is None and name.strip()]
    if unread:
        more = f" and {len(unread) - _NAMES_SHOWN} more" if len(unread) > _NAMES_SHOWN else ""
        notes.append(
            f"Columns not read: {', '.join(unread[:_NAMES_SHOWN])}{more}; "
            "known are date, pain, sleep, stress, lift_pain, event and note."
        )
    return columns


def _check_headers(names: list[str], columns: list[str | None]) -> None:
    """Refuse two columns of one meaning, and a header that says its scores run to 100."""
    for name, column in zip(names, columns, strict=True):
        if column is not None and columns.count(column) > 1:
            both = [shorten(other) for other, found in zip(names, columns, strict=True) if found == column]
            raise DiaryError(
                f"The columns {' and '.join(both)} of the diary both look like {column}; keep one of them."
            )
        if column in _SCORES and scale_to_hundred(name):
            raise DiaryError(f"The diary column {shorten(name)} runs to 100; divide it by ten and name it {column}.")


def _records(lines: list[str], start: int, delimiter: str) -> Iterator[tuple[int, str]]:
    """Each record with the number of its first line; a quoted cell may run over several lines."""
    at = start
    while at < len(lines):
        end = at + 1
        while _split("\n".join(lines[at:end]), delimiter) is None and end < min(at + _LONGEST_RECORD, len(lines)):
            end += 1
        record = "\n".join(lines[at:end])
        if _split(record, delimiter) is None:
            record, end = lines[at], at + 1
        yield at + 1, record
        at = end


def _split(record: str, delimiter: str) -> list[str] | None:
    """The cells of a record; None where a quote stays open."""
    try:
        cells = next(csv.reader([record + _CELL_END + "\n"], delimiter=delimiter))
    except csv.Error:
        return None
    # The reader keeps the closing newline in the last cell only when that cell's quote never closed.
    if cells[-1].endswith("\n"):
        return None
    return [*cells[:-1], cells[-1].removesuffix(_CELL_END)]


def _check_scale(rows: list[_Row]) -> None:
    """Ask when a column looks like a scale to 100; one slip above 10 is a line error instead."""
    for column in _SCORES:
        numbers = [number for row in rows if (number := _number(row, column)) is not None]
        high = [number for number in numbers if number > HIGHEST_SCORE]
        if len(high) > _SCALE_DOUBTS or (len(high) == _SCALE_DOUBTS and len(numbers) <= len(high) * 2):
            raise DiaryError(
                f"The {column} column of the diary goes up to {max(high):g}, so it may be a scale to 100; "
                "scores here run from 0 to 10: divide that column by ten and try again."
            )


def _number(row: _Row, column: str) -> float | None:
    try:
        return score_number(row.cells.get(column, ""))
    except CellError:
        return None


def _dates(rows: list[_Row], errors: list[LineError]) -> dict[int, DateParts]:
    parts = {}
    for row in rows:
        try:
            parts[row.line] = date_parts(row.cells.get("date", ""))
        except CellError as error:
            reason = str(error) if row.cells.get("date") else "has no date"
            errors.append(LineError(line=row.line, reason=reason, text=row.text))
    return parts


def _order(rows: list[_Row], parts: Mapping[int, DateParts]) -> str:
    """The order of day and month that the dates prove together. Raises DiaryError where they do not."""
    seen = set(orders_seen(parts.values()))
    if not seen:
        return "dmy"
    if len(proved := seen - {"either"}) == 1:
        return proved.pop()
    example = next(row for row in rows if row.line in parts and list(orders_seen([parts[row.line]])))
    fault = "mix day-first and month-first" if proved else "can be read day first or month first"
    raise DiaryError(
        f"The dates of the diary {fault} (line {example.line}: {shorten(example.cells['date'], 24)}); "
        "write them like 2026-11-23, or say --date-order dmy (day first) or mdy (month first)."
    )


def _day(parts: DateParts, *, seen: str, asked: str | None, today: date) -> date:
    day = make_date(parts, seen=seen, asked=asked)
    if day > today:
        raise CellError(f"{day.isoformat()} is in the future")
    if day < FIRST_DAY:
        raise CellError(f"{day.isoformat()} is before {FIRST_DAY.year}")
    return day


def _entries(row: _Row, day: date, errors: list[LineError]) -> list[DiaryDay]:
    """The row as one diary day, or none when nothing of it could be read. A bad cell does not spoil the others."""
    scores: dict[str, float | None] = {}
    happened = False
    wrong = []
    for column in _SCORES:
        try:
            scores[column] = score(row.cells.get(column, ""), column)
        except CellError as error:
            wrong.append(str(error))
    try:
        happened = event(row.cells.get("event", ""))
    except CellError as error:
        wrong.append(str(error))
    if wrong:
        errors.append(LineError(line=row.line, reason="; ".join(wrong), text=row.text))
    note = _clean(row.cells.get("note", ""))
    something = happened or note or any(value is not None for value in scores.values())
    return [DiaryDay(day=day, event=happened, note=note, **scores)] if something or not wrong else []


def _clean(note: str) -> str:
    return "".join(sign if sign.isprintable() else " " for sign in note).strip()


def _merge(day: date, entries: list[DiaryDay], notes: list[str]) -> DiaryDay:
    """One day out of all its rows: the mean of each score, any event, all notes."""
    if len(entries) == 1:
        return entries[0]
    written = sum(entry.pain is not None for entry in entries)
    if written > 1:
        notes.append(f"{day.isoformat()} has {written} pain scores; their mean is used.")
    else:
        notes.append(f"{day.isoformat()} has {len(entries)} rows; they are read as one day.")
    return DiaryDay(
        day=day,
        pain=_mean([entry.pain for entry in entries]),
        sleep=_mean([entry.sleep for entry in entries]),
        stress=_mean([entry.stress for entry in entries]),
        lift_pain=_mean([entry.lift_pain for entry in entries]),
        event=any(entry.event for entry in entries),
        note="; ".join(entry.note for entry in entries if entry.note),
    )


def _mean(scores: list[float | None]) -> float | None:
    written = [score for score in scores if score is not None]
    return fmean(written) if written else None
