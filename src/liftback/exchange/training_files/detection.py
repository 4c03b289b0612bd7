"""Which app wrote a table, from its header; the file's name is never asked."""

from __future__ import annotations

from liftback.exchange.training_files.decoding import FileError
from liftback.exchange.training_files.table import Table

KNOWN = "Strong, Hevy, FitNotes, wger, Liftosaur and JEFIT"
_OTHERS = (
    ({"sets×reps"}, "StrongLifts"),
    ({"iswarmup", "multiplier"}, "Fitbod"),
    ({"date", "measurement", "value", "unit"}, "FitNotes body measurements"),
    ({"date", "time", "routine", "exercise"}, "GymRun"),
)


def unknown_table(table: Table) -> FileError:
    """The error for a table that no format knows, naming what was found."""
    names = set(table.names)
    for signature, app in _OTHERS:
        if signature <= names:
            return FileError(f"This is a file of {app}, which Liftback does not read: give an export of {KNOWN}.")
    seen = ", ".join(name.strip() for name in table.header if name.strip())
    plain = "".join(char if char.isprintable() else " " for char in seen[:100])
    found = f"line {max(table.first_line - 1, 1)} holds {plain!r}" if plain else "it has no header"
    return FileError(
        f"Liftback does not know this file: {found}; give an export of {KNOWN} as the app wrote it, header included."
    )
