"""Delimited text as rows with line numbers, where one broken quote never swallows the rest of the file."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from liftback.exchange.training_files.cells import tidy

Row = list[str]
MAX_LINES_IN_ROW = 50  # a longer row, after a broken quote was met, is taken for another broken quote

MANY_BROKEN = 1000  # after so many broken quotes every line is read for itself, to stay quick
OPEN_QUOTE = "a quote is opened and not closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A delimited file: its header as written and normalised, and the text below it.

    `first_line` is the line number of the first line of `body`.
    """

    delimiter: str
    header: tuple[str, ...]
    names: tuple[str, ...]
    text: str
    body_at: int
    first_line: int

    @property
    def width(self) -> int:
        """The number of columns."""
        return len(self.header)


def open_table(text: str) -> Table:
    """Find header and delimiter. The header is the first line that is not blank."""
    line = 1
    at = 0
    forced = ""
    while at < len(text):
        end = _line_end(text, at)
        head = text[at:end].strip("\r\n")
        if head.strip(" \t,;\ufeff") and not head.lower().startswith("sep="):
            delimiter = forced or _delimiter(head)
            header = tuple(next(csv.reader([head[:10_000]], delimiter=delimiter), []))
            names = tuple(normal(name) for name in header)
            return Table(delimiter=delimiter, header=header, names=names, text=text, body_at=end, first_line=line + 1)
        if head.lower().startswith("sep=") and len(head) == len("sep=;"):
            forced = head[-1]
        at, line = end, line + 1
    return Table(delimiter=",", header=(), names=(), text=text, body_at=len(text), first_line=line)


def _line_end(text: str, at: int) -> int:
    feed, carriage = text.find("\n", at), text.find("\r", at)
    if carriage != -1 and (feed == -1 or carriage < feed - 1):
        return carriage + 1
    return len(text) if feed == -1 else feed + 1


def _delimiter(head: str) -> str:
    bare = "".join(head.split('"')[::2])  # what stands outside quotes
    return max(",;\t|", key=bare.count)


def normal(name: str) -> str:
    """A column name in lower case without accents, for comparing."""
    plain = unicodedata.normalize("NFKD", tidy(name)).lower()
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


def read_rows(table: Table) -> Iterator[tuple[int, Row, str]]:
    """Yield (line, cells, problem) for every row that is not blank; the problem of a whole row is empty.

    A quote that is opened and never closed would swallow the rest of the file. Where one shows, only its line is
    given up, and reading starts again at the next. A row with too many cells is a problem even when the last are
    empty: one comma too many in a number or name shifts all cells behind it.
    """
    width, first = table.width, table.first_line
    reader = csv.reader(_stream(table), delimiter=table.delimiter, strict=True)
    cut_line = _cut_line(table)
    before = 0
    try:
        for row in reader:
            now = reader.line_num
            if len(row) == width:
                yield first + before, row, ""
            elif now - before > 1:
                break
            elif row:
                yield first + before, row, _problem(row, first + before, width, cut_line)
            before = now
        else:
            return
    except csv.Error:  # a quote that nobody closed, or one in the middle of a cell
        pass
    yield from _carefully(table, before, cut_line)


def _stream(table: Table) -> io.StringIO:
    # newline="" keeps line breaks inside quotes as they are, and splits at no other odd character
    return io.StringIO(table.text[table.body_at :], newline="")


def _cut_line(table: Table) -> int:
    """The number of a last line without line end, or 0."""
    body = table.text[table.body_at :]
    if not body or body.endswith(("\n", "\r")):
        return 0
    return table.first_line + sum(1 for _ in _stream(table)) - 1


def _problem(row: Row, line: int, width: int, cut_line: int) -> str:
    """What is wrong with a row of one line; empty for a row of the right width."""
    if len(row) == width:
        return ""
    if len(row) < width and line == cut_line:
        return "the file ends in the middle of this row"
    return f"has {len(row)} cells where the header has {width}"


def _carefully(table: Table, at: int, cut_line: int) -> Iterator[tuple[int, Row, str]]:
    """Read on row by row from line `at` of the body, with a fresh start after every broken quote."""
    lines = list(_stream(table))
    broken = 0
    while at < len(lines):
        line = table.first_line + at
        reach = MAX_LINES_IN_ROW if broken < MANY_BROKEN else 1
        row, used = _one_row(lines[at : at + reach], table)
        if not used:
            broken += 1
            problem = "the file ends in the middle of this row" if line == cut_line else OPEN_QUOTE
            yield line, [lines[at].rstrip("\r\n")], problem
        elif row:
            yield line, row, _problem(row, line, table.width, cut_line)
        at += max(used, 1)


def _one_row(lines: list[str], table: Table) -> tuple[Row, int]:
    """The next row and how many lines it takes; none where a quote is not closed.

    A row over several lines must be well-formed and as wide as the header. On one line a quote in the middle of
    a cell is taken as it stands.
    """
    reader = csv.reader(lines, delimiter=table.delimiter, strict=True)
    try:
        row = next(reader, [])
        if reader.line_num <= 1 or len(row) == table.width:
            return row, max(reader.line_num, 1)
    except csv.Error:
        pass
    alone = csv.reader([lines[0].rstrip("\r\n") + "\n"], delimiter=table.delimiter)
    try:
        row = next(alone, [])
    except csv.Error:
        return [], 0
    open_quote = any("\n" in cell for cell in row)  # only inside quotes is the line end part of a cell
    return ([], 0) if open_quote else (row, 1)
