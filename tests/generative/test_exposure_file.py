"""What must hold for any exposures file at all."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liftback.exchange.exposure_cells import COLUMNS, QUESTION_OF, clean_name
from liftback.exchange.exposure_file import ExposureError, ExposureReading, exposures_template, read_exposures
from liftback.facts.values import Known
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.parts import PlanDay
from tests.unit.exchange.planned_week import BEGUN, item, planned

PLANS = plan_knowledge(load_knowledge())
TODAY = date(2026, 12, 31)
STEADY = settings(derandomize=True, max_examples=150, deadline=None)
CELL = st.one_of(
    st.sampled_from([
        "2026-11-12", "11/12/2026", "31.12.2025", "2027-02-01", "Deadlift", "5", "11", "-1", "4,5", "", "yes", "no",
        "none", "sharp", "numb/weak", "not sure", "100 kg", "225lb", "3x5", '"', "=1+1", "\n",
    ]),
    st.text(max_size=6),
)  # fmt: skip
TABLE = st.builds(
    lambda header, sign, rows, end: sign.join(header) + "\n" + "\n".join(sign.join(row) for row in rows) + end,
    st.permutations(COLUMNS),
    st.sampled_from([",", ";", "\t"]),
    st.lists(st.lists(CELL, max_size=len(COLUMNS) + 1), max_size=5),
    st.sampled_from(["", "\n"]),
)
NAME = st.text(max_size=30).filter(lambda name: any(sign.isprintable() and not sign.isspace() for sign in name))


def read(content: bytes) -> ExposureReading | str:
    try:
        return read_exposures(content, PLANS, today=TODAY)
    except ExposureError as error:
        return str(error)


def check(content: bytes) -> ExposureReading | None:
    reading = read(content)
    if isinstance(reading, str):
        assert reading.endswith(".")
        assert "\n" not in reading
        return None
    assert [one.day for one in reading.done] == sorted(one.day for one in reading.done)
    lost = {error.line for error in reading.errors} - set(reading.lines)
    assert len(reading.lines) == len(set(reading.lines)) == len(reading.done)
    assert len(reading.done) + len(reading.not_done) + len(lost) == reading.rows
    for done in reading.done:
        assert done.day <= TODAY
        assert done.lift
        for name in QUESTION_OF.values():
            score = done.told.number(name)
            assert score is None or 0 <= score <= 10
    return reading


@STEADY
@given(st.binary(max_size=200))
def test_any_bytes_give_a_reading_or_a_sentence(content: bytes) -> None:
    check(content)


@STEADY
@given(TABLE, st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_every_row_of_any_table_is_kept_or_told(table: str, encoding: str) -> None:
    check(table.encode(encoding, errors="ignore"))


@STEADY
@given(CELL, CELL, CELL, CELL)
def test_a_sharp_pain_is_never_lost_to_the_cells_beside_it(during: str, leg: str, weight: str, sets: str) -> None:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow(["date", "lift", "during", "felt", "leg", "weight", "sets"])
    writer.writerow(["2026-11-20", "Deadlift", during, "sharp", leg, weight, sets])
    reading = check(kept.getvalue().encode())
    assert reading is not None
    assert reading.done[0].told.chosen("how_it_felt") == ("sharp",)


@STEADY
@given(st.lists(st.tuples(st.integers(0, 6), NAME), max_size=6, unique=True))
def test_what_the_template_writes_reads_back(planned_lifts: list[tuple[int, str]]) -> None:
    days = tuple(
        PlanDay(day=BEGUN + timedelta(days=after), trains=True, items=(item("lift", name),), dose_on_back=0.1)
        for after, name in planned_lifts
    )
    table = exposures_template(planned(days=days))
    untouched = read_exposures(table.encode(), PLANS, today=TODAY)
    assert (untouched.done, untouched.errors, untouched.rows) == ((), (), len(days))
    rows = list(csv.reader(io.StringIO(table)))
    for row in rows[1:]:
        row[COLUMNS.index("before")] = "2"
        row[COLUMNS.index("felt")] = "none"
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    filled = read_exposures(kept.getvalue().encode(), PLANS, today=TODAY)
    assert filled.errors == ()
    assert len(filled.done) + len(filled.not_done) == len(days)
    assert {one.lift for one in filled.done} == {clean_name(name) for _, name in planned_lifts}
    for one in filled.done:
        assert one.exercise == one.lift
        assert (one.sets, one.reps, one.told.number("pain_before")) == (3, 5, 2)
        assert isinstance(one.told["how_it_felt"], Known)
