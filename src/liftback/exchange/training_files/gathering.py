"""Where the rows of a file go: sets, rows that are no sets, and errors, so that no row is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from liftback.exchange.training_files.cells import RowError
from liftback.exchange.training_files.table import Row
from liftback.training.log import LineError, LoggedSet, NotASet

MAX_TEXT = 200  # of a row shown with its error
ROWS_AT_ONCE = 500


SetReader = Callable[[int, Row], LoggedSet]
Numbered = tuple[int, Row, str]  # line, cells, problem


class Gathered:
    """What one format module read, while it reads; `liftback.exchange.training_files.reading` freezes it.

    `stated` says in words where the file states its unit, and is empty where it does not.
    """

    def __init__(self, name: str, *, stated: str = "") -> None:
        self.format = name
        self.stated = stated
        self.sets: list[LoggedSet] = []
        self.not_sets: list[NotASet] = []
        self.errors: list[LineError] = []
        self.notes: list[str] = []

    @property
    def rows(self) -> int:
        """All rows that were met."""
        return len(self.sets) + len(self.not_sets) + len(self.errors)

    def error(self, line: int, reason: str, cells: Row) -> None:
        """Keep a row that could not be read."""
        self.errors.append(LineError(line=line, reason=reason, text=row_text(cells)))

    def no_set(self, line: int, kind: str, cells: Row) -> None:
        """Keep a row that is no set."""
        self.not_sets.append(NotASet(line=line, kind=kind, text=row_text(cells)))


def row_text(cells: Row) -> str:
    """A row as shown with its error or kind: printable, and not longer than a glance."""
    text = ", ".join(cell for cell in cells if cell)
    plain = "".join(char if char.isprintable() else " " for char in text[: MAX_TEXT + 1])
    return f"{plain[:MAX_TEXT]}…" if len(plain) > MAX_TEXT else plain


class NotASetError(RowError):
    """A row that is whole, and no set; the message is its kind."""


class ManyReader(Protocol):
    """A reader of one row that can also read many plain rows at once, which is several times faster."""

    def __call__(self, line: int, cells: Row) -> LoggedSet:
        """One row: a set, or NotASetError or RowError."""

    def many(self, lines: Sequence[int], rows: Sequence[Row]) -> list[LoggedSet]:
        """Many rows: all their sets, or an error if any of them is no plain set."""


def gather(rows: Iterator[Numbered], read: SetReader, into: Gathered) -> None:
    """Read every row with `read`, which gives a set or raises NotASetError or RowError."""
    add = into.sets.append
    for line, cells, problem in rows:
        if problem:
            into.error(line, problem, cells)
            continue
        try:
            add(read(line, cells))
        except NotASetError as other:
            into.no_set(line, str(other), cells)
        except RowError as error:
            into.error(line, str(error), cells)


def gather_many(rows: Iterator[Numbered], read: ManyReader, into: Gathered) -> None:
    """The same as `gather`, a chunk of rows at a time; a chunk with anything odd in it is read row by row."""
    while chunk := list(islice(rows, ROWS_AT_ONCE)):
        lines, cells, problems = zip(*chunk, strict=True)
        try:
            if any(problems):
                raise RowError
            into.sets.extend(read.many(lines, cells))
        except RowError:
            gather(iter(chunk), read, into)
