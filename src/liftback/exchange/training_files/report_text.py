"""An import report as plain text: what was read, what was not and why, and what to do next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from liftback.training.log import LineError
from liftback.training.summary import ImportReport

SHOWN_ERRORS = 20
SHOWN_NAMES = 30
_APPS = {"strong": "Strong", "hevy": "Hevy", "fitnotes": "FitNotes", "wger": "wger", "liftosaur": "Liftosaur"}


def import_report_text(report: ImportReport, file: str = "") -> str:
    """The report for a terminal, control characters of the file left out. `file` is the name to show."""
    lines = [f"{file}:"] if file else []
    return "\n".join(_plain(line) for line in [*lines, *_lines(report)]) + "\n"


def _plain(line: str) -> str:
    """The line without anything that could steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in line)


def _lines(report: ImportReport) -> Iterator[str]:
    app = app_name(report.format)
    span = f", {report.first_day} to {report.last_day}" if report.first_day else ""
    yield f"{app} export: {_count(report.sets, 'set')} in {_count(report.workouts, 'workout')}{span}"
    yield counts_line(report)
    yield f"Unit: {report.units.unit}. {report.units.reason}"
    yield from report.notes
    if report.not_sets:
        kinds = Counter(row.kind for row in report.not_sets)
        yield "Other rows: " + ", ".join(f"{count:,} {kind}" for kind, count in kinds.most_common())
    if report.unknown_exercises:
        yield f"Lifts that Liftback does not know ({len(report.unknown_exercises)}), counted as a middling load:"
        yield from (f"  {name}" for name in report.unknown_exercises[:SHOWN_NAMES])
        if len(report.unknown_exercises) > SHOWN_NAMES:
            yield f"  and {len(report.unknown_exercises) - SHOWN_NAMES:,} more"
    yield from _errors(report.errors)
    yield _next(report)


def app_name(format_name: str) -> str:
    """What the app of a format is called."""
    return _APPS.get(format_name, format_name.upper())


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def counts_line(report: ImportReport) -> str:
    """Where every row went, as a sum that anybody can check."""
    others, errors = len(report.not_sets), len(report.errors)
    parts = [_count(report.sets, "set"), _count(others, "other row"), _count(errors, "error")]
    if report.duplicates:
        parts.append(_count(report.duplicates, "set") + " imported before")
    return f"{_count(report.rows, 'row')} = {' + '.join(parts)}"


def _errors(errors: tuple[LineError, ...]) -> Iterator[str]:
    if not errors:
        return
    yield "Rows that could not be read:"
    yield from (f"  line {error.line}: {error.reason}" for error in errors[:SHOWN_ERRORS])
    if len(errors) > SHOWN_ERRORS:
        yield f"  and {len(errors) - SHOWN_ERRORS:,} more"


def _next(report: ImportReport) -> str:
    if report.units.unit in ("unknown", "mixed") and report.units.basis == "inferred":
        return "Next: import again with --unit kg or --unit lb."
    if report.errors:
        return "Next: correct these rows in the app and export again, or go on without them."
    return "Next: liftback assess STORY --log FILE"
