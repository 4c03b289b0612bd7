"""Any supported training-app export, from its bytes to one `TrainingLog`."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from liftback.exchange.training_files import fitnotes, hevy, jefit, liftosaur, strong, wger
from liftback.exchange.training_files.dates import Dates, order_of
from liftback.exchange.training_files.decoding import FileError, decode
from liftback.exchange.training_files.detection import unknown_table
from liftback.exchange.training_files.gathering import Gathered
from liftback.exchange.training_files.table import Table, open_table, read_rows
from liftback.exchange.training_files.units import asked_unit, infer_unit
from liftback.training.log import LoggedSet, TrainingLog, UnitFinding, set_of

__all__ = ["FileError", "read_training_file"]


def read_training_file(
    content: bytes, *, unit: str | None = None, today: date | None = None, earlier: TrainingLog | None = None
) -> TrainingLog:
    """Read a training-app export; the format is found from the content.

    `unit` (kg or lb) is used for weights whose unit the file does not state. With `today`, days after tomorrow
    are errors. Sets that `earlier` already holds are counted as duplicates and left out. Raises FileError, in
    one sentence, for a file that cannot be used; a single bad row never loses the others.
    """
    asked = asked_unit(unit) if unit else None
    text, notes = decode(content)
    with _collector_paused():
        found = _gather(text, today)
        _refuse_useless(found)
        finding, sets = _with_units(found, asked)
        kept = _unseen(sets, earlier) if earlier else sets
    return TrainingLog(
        format=found.format,
        rows=found.rows,
        sets=tuple(kept),
        not_sets=tuple(found.not_sets),
        errors=tuple(sorted(found.errors, key=lambda error: error.line)),
        units=finding,
        duplicates=len(sets) - len(kept),
        notes=(*notes, *found.notes),
    )


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Without the cycle collector: a log makes many small tuples and no cycles, and it would look at each again."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _gather(text: str, today: date | None) -> Gathered:
    if text.lstrip("\ufeff \t\r\n")[:1] in ("[", "{"):
        return wger.read_wger(text.lstrip("\ufeff"), Dates(today))
    if jefit.is_jefit(text):
        return jefit.read_jefit(text, Dates(today))
    table = open_table(text)
    for module_signature, column, read in _TABLES:
        if module_signature <= set(table.names):
            return read(table, _dates(table, column, today))
    layout, unit = strong.layout_by_name(table)
    layout = layout or strong.layout_by_shape(table)
    if layout:
        return strong.read_strong(table, layout, unit, _dates(table, layout["date"], today))
    raise unknown_table(table)


_TABLES = (
    (hevy.SIGNATURE, "start_time", hevy.read_hevy),
    (liftosaur.SIGNATURE, "workout datetime", liftosaur.read_liftosaur),
    (fitnotes.SIGNATURE, "date", fitnotes.read_fitnotes),
)


def _dates(table: Table, column: str | int, today: date | None) -> Dates:
    """The date reader of a column; the column as a whole tells whether 3/4/2024 has the day first."""
    at = table.names.index(column) if isinstance(column, str) else column
    first = next((cells[at] for _, cells, problem in read_rows(table) if not problem), "")
    if "/" not in first and "-" not in first[:4]:
        return Dates(today)
    return Dates(today, day_first=order_of({cells[at] for _, cells, problem in read_rows(table) if not problem}))


def _refuse_useless(found: Gathered) -> None:
    if not found.rows:
        raise FileError("The file has a header and no rows below it: log something or export a longer span of time.")
    if 2 * len(found.errors) > found.rows:
        first = min(found.errors, key=lambda error: error.line)
        raise FileError(
            f"{len(found.errors):,} of {found.rows:,} rows cannot be read (line {first.line}: {first.reason}), "
            "so the file was not used: export it again from the app."
        )


def _with_units(found: Gathered, asked: str | None) -> tuple[UnitFinding, list[LoggedSet]]:
    sets = found.sets
    units = {one[6] for one in sets} - {"bodyweight"}  # the unit's place in LoggedSet
    if "unknown" not in units:
        return _stated(found, units), sets
    if asked:
        finding = UnitFinding(unit=asked, basis="asked", reason=f"You said that the weights are in {asked}.")
    else:
        finding = infer_unit(sets)
    if finding.unit in ("kg", "lb"):
        place = LoggedSet._fields.index("unit")
        of_set, after = (finding.unit,), place + 1
        sets = [set_of(one[:place] + of_set + one[after:]) if one[place] == "unknown" else one for one in sets]
    if len(units) > 1:
        reason = f"Some rows name their unit ({found.stated}), others do not. {finding.reason}"
        same = units == {"unknown", finding.unit}
        finding = UnitFinding(unit=finding.unit if same else "mixed", basis=finding.basis, reason=reason)
    return finding, sets


def _stated(found: Gathered, units: set[str]) -> UnitFinding:
    where = found.stated or "each row"
    if len(units) == 1:
        return UnitFinding(unit=min(units), basis="stated", reason=f"The file says so: {where}.")
    if units:
        return UnitFinding(unit="mixed", basis="stated", reason=f"Every set has its own unit in the file: {where}.")
    return UnitFinding(unit="unknown", basis="stated", reason="No set in the file has a weight, so no unit is needed.")


def _key(one: LoggedSet) -> tuple[object, ...]:
    return (one.day, one.exercise, one.weight, one.reps)


def _unseen(sets: Iterable[LoggedSet], earlier: TrainingLog) -> list[LoggedSet]:
    """The sets that an earlier import does not hold yet; equal sets are counted, as three sets of five are three."""
    seen = Counter(map(_key, earlier.sets))
    kept = []
    for one in sets:
        key = _key(one)
        if seen[key] > 0:
            seen[key] -= 1
        else:
            kept.append(one)
    return kept
