"""Any bytes give a log or one clear sentence; whatever is read adds up; what we write we read back."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.exchange.training_files import FileError, import_report, import_report_text, read_training_file
from liftback.knowledge.loader import load_knowledge
from liftback.training.log import TrainingLog
from liftback.training.summary import summarise
from tests.unit.exchange_training.samples import HEVY, STRONG, adds_up

SAMPLES = [path.read_bytes() for path in sorted((Path(__file__).parents[1] / "samples").glob("*.*"))]
KNOWLEDGE = load_knowledge()
TODAY = date(2026, 11, 23)
FEW = settings(max_examples=60, deadline=None, derandomize=True)


def read(content: bytes, unit: str | None = None) -> TrainingLog | None:
    """A log that adds up and can be summarised and reported, or None for a file refused in one line."""
    try:
        log = read_training_file(content, unit=unit, today=TODAY)
    except FileError as error:
        refused = str(error)
    else:
        return checked(log)
    assert "\n" not in refused
    assert len(refused) < 600
    return None


def checked(log: TrainingLog) -> TrainingLog:
    """The log, after all that must hold of any log."""
    assert adds_up(log)
    assert 2 * len(log.errors) <= log.rows
    assert all(error.line > 0 and error.reason for error in log.errors)
    summarise(log, KNOWLEDGE, TODAY)
    assert import_report_text(import_report(log, KNOWLEDGE)).replace("\n", "").isprintable()
    return log


@FEW
@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    read(content)


@FEW
@given(st.sampled_from([STRONG, HEVY]), st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_below_a_real_header(header: str, text: str, encoding: str) -> None:
    read(f"{header}\n{text}".encode(encoding, errors="replace"))


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    [
        "exercise",
        "date",
        "weight",
        "repetitions",
        "weight_unit",
        "repetitions_unit",
        "rir",
        "session",
        "fields",
        "model",
    ]
)


@FEW
@given(st.lists(st.dictionaries(FIELDS, JSON, max_size=8), max_size=4), st.booleans())
def test_any_json_with_the_fields_of_wger(entries: list[object], in_envelope: bool) -> None:
    document = {"count": 1, "next": None, "results": entries} if in_envelope else entries
    read(json.dumps(document).encode())


@settings(FEW, max_examples=200)
@given(st.data())
def test_any_sample_after_it_was_hurt(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from(SAMPLES))
    for _ in range(data.draw(st.integers(1, 3))):
        content = data.draw(st.sampled_from(HURTS))(data, content)
    read(content)


def _cut(data: st.DataObject, content: bytes) -> bytes:
    return content[: data.draw(st.integers(0, len(content)))]


def _insert(data: st.DataObject, content: bytes) -> bytes:
    at = data.draw(st.integers(0, len(content)))
    what = data.draw(st.sampled_from([b'"', b",", b";", b"\n", b"\r\n", b"\x00", b"\xff", b"=1+1", b"nan", b"1e999"]))
    return content[:at] + what + content[at:]


def _mark(data: st.DataObject, content: bytes) -> bytes:
    return data.draw(st.sampled_from([b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])) + content


def _line_ends(_data: st.DataObject, content: bytes) -> bytes:
    return content.replace(b"\n", b"\r\n")


def _without_a_column(data: st.DataObject, content: bytes) -> bytes:
    lines = content.decode("utf-8", errors="replace").split("\n")
    column = data.draw(st.integers(0, 9))
    return "\n".join(",".join(c for at, c in enumerate(line.split(",")) if at != column) for line in lines).encode()


def _rows_again(data: st.DataObject, content: bytes) -> bytes:
    return content + data.draw(st.sampled_from(SAMPLES))


HURTS = [_cut, _insert, _mark, _line_ends, _without_a_column, _rows_again]

NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12)
WEIGHTS = st.integers(1, 1200).map(lambda quarter: quarter / 4)
DAYS = st.dates(date(1990, 1, 1), TODAY)
SETS = st.lists(st.tuples(DAYS, NAMES, WEIGHTS, st.integers(1, 50), NAMES), min_size=1, max_size=12)


def table(header: str, rows: list[list[object]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return out.getvalue().encode()


@FEW
@given(SETS, st.sampled_from([",", ";"]))
def test_a_written_strong_file_reads_back(sets: list[tuple[date, str, float, int, str]], delimiter: str) -> None:
    rows: list[list[object]] = [
        [f"{day} 10:00:00", "A", "1h", name, 1, weight, reps, 0, 0, note, "", ""]
        for day, name, weight, reps, note in sets
    ]
    log = read(table(STRONG, rows, delimiter), unit="kg")
    assert log is not None
    assert [(one.day, one.exercise, one.weight, one.reps, one.note) for one in log.sets] == sets


@FEW
@given(SETS)
def test_a_written_hevy_file_reads_back(sets: list[tuple[date, str, float, int, str]]) -> None:
    rows: list[list[object]] = []
    for day, name, weight, reps, note in sets:
        start = datetime.combine(day, datetime.min.time()) + timedelta(hours=7, minutes=5)
        when = f"{start:%d %b %Y}, {start.hour}:{start:%M}"
        rows.append(["A", when, when, "", name, "", note.replace("\\", "/"), 0, "normal", weight, reps, "", "", ""])
    log = read(table(HEVY, rows))
    assert log is not None
    expected = [(day, name, weight, reps, note.replace("\\", "/")) for day, name, weight, reps, note in sets]
    assert [(one.day, one.exercise, one.weight, one.reps, one.note) for one in log.sets] == expected


@FEW
@given(SETS)
def test_a_fitnotes_file_with_bare_commas_reads_back(sets: list[tuple[date, str, float, int, str]]) -> None:
    lines = ["Date,Exercise,Category,Weight,Weight Unit,Reps,Distance,Distance Unit,Time"]
    lines += [f"{day},Press (Each Side, Cable),Legs,{weight},kgs,{reps},,," for day, _, weight, reps, _ in sets]
    log = read("\n".join(lines).encode())
    assert log is not None
    assert [(one.day, one.exercise, one.weight, one.reps) for one in log.sets] == [
        (day, "Press (Each Side, Cable)", weight, reps) for day, _, weight, reps, _ in sets
    ]


@FEW
@given(SETS)
def test_a_second_import_adds_nothing(sets: list[tuple[date, str, float, int, str]]) -> None:
    rows: list[list[object]] = [
        [f"{day} 10:00:00", "A", "1h", name, 1, weight, reps, 0, 0, "", "", ""] for day, name, weight, reps, _ in sets
    ]
    content = table(STRONG, rows)
    first = read_training_file(content, unit="kg")
    again = read_training_file(content, unit="kg", earlier=first)
    assert (again.sets, again.duplicates) == ((), len(sets))
