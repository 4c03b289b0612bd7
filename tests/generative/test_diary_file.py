"""What must hold for any diary file at all."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.exchange.diary_file import DiaryError, DiaryReading, read_diary

TODAY = date(2026, 11, 23)
STEADY = settings(derandomize=True, max_examples=150, deadline=None)
CELL = st.one_of(
    st.sampled_from(
        ["2026-11-12", "11/12/2026", "31.12.2025", "5", "10", "11", "-1", "4,5", "", "x", '"', "=1+1", "\n"]
    ),
    st.text(max_size=6),
)
TABLE = st.builds(
    lambda header, sign, rows: sign.join(header) + "\n" + "\n".join(sign.join(row) for row in rows),
    st.permutations(["date", "pain", "event", "note"]),
    st.sampled_from([",", ";", "\t"]),
    st.lists(st.lists(CELL, max_size=5), max_size=6),
)
ENTRY = st.tuples(
    st.integers(0, 400).map(lambda back: TODAY - timedelta(days=back)),
    st.one_of(st.none(), st.integers(0, 100).map(lambda tenth: tenth / 10)),
    st.booleans(),
    st.text(st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Cf", "Cn", "Co", "Zs")), max_size=12),
)


def read(content: bytes) -> DiaryReading | str:
    try:
        return read_diary(content, today=TODAY)
    except DiaryError as error:
        return str(error)


def check(content: bytes) -> DiaryReading | None:
    reading = read(content)
    if isinstance(reading, str):
        assert reading.endswith(".")
        assert "\n" not in reading
        return None
    days = [entry.day for entry in reading.diary.days]
    assert days == sorted(set(days))
    assert all(day <= TODAY for day in days)
    for entry in reading.diary.days:
        for score in (entry.pain, entry.sleep, entry.stress, entry.lift_pain):
            assert score is None or 0 <= score <= 10
    assert len(reading.errors) <= reading.rows
    assert len(days) + len(reading.errors) >= min(reading.rows, 1)
    return reading


@STEADY
@given(st.binary(max_size=200))
def test_any_bytes_give_a_reading_or_a_sentence(content: bytes) -> None:
    check(content)


@STEADY
@given(TABLE, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_table_gives_a_reading_or_a_sentence(table: str, encoding: str) -> None:
    check(table.encode(encoding, errors="ignore"))


@STEADY
@given(st.lists(ENTRY, max_size=12, unique_by=lambda entry: entry[0]), st.sampled_from([",", ";", "\t"]))
def test_what_was_written_comes_back(entries: list[tuple[date, float | None, bool, str]], sign: str) -> None:
    kept = io.StringIO()
    writer = csv.writer(kept, delimiter=sign)
    writer.writerow(["date", "pain", "event", "note"])
    for day, pain, event, note in entries:
        writer.writerow([day.isoformat(), "" if pain is None else pain, "yes" if event else "", note])
    reading = check(kept.getvalue().encode())
    assert reading is not None
    back = [(entry.day, entry.pain, entry.event, entry.note) for entry in reading.diary.days]
    assert back == sorted(entries, key=lambda entry: entry[0])
    assert reading.errors == ()


@STEADY
@given(TABLE)
def test_taking_the_last_line_away_leaves_the_other_days_as_they_were(table: str) -> None:
    if '"' in table:
        return
    shorter = table.rpartition("\n")[0]
    longer_reading, reading = check(table.encode()), check(shorter.encode())
    if longer_reading is None or reading is None:
        return
    left = {entry.day for entry in reading.diary.days}
    assert left <= {entry.day for entry in longer_reading.diary.days}
