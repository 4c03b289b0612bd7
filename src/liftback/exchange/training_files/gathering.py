"""Where the rows of a file go: sets, rows that are no sets, and errors, so that no row is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from liftback.exchange.training_files.cells import RowError
from liftback.exchange.training_files.table import Row
from liftback.training.log import LineError, LoggedSet, NotASet

MAX_TEXT = 200  # of a row shown with its error


SetReader = Callable[[int, Row], LoggedSet]


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


class NoSetError(RowError):
    """A row that is whole, and no set; the message is its kind."""


def gather(rows: Iterator[tuple[int, Row, str]], read: SetReader, into: Gathered) -> None:
    """Read every row with `read`, which gives a set or raises NoSetError or RowError."""
    add = into.sets.append
    for line, cells, problem in rows:
        if problem:
            into.error(line, problem, cells)
            continue
        try:
            add(read(line, cells))
        except NoSetError as other:
            into.no_set(line, str(other), cells)
        except RowError as error:
            into.error(line, str(error), cells)
