"""Strong's layouts, and what its columns may hold."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from liftback.exchange.training_files import FileError, read_training_file
from liftback.exchange.training_files.dates import Dates
from liftback.exchange.training_files.gathering import Gathered, gather, gather_many
from liftback.exchange.training_files.strong import StrongRow, layout_by_name
from liftback.exchange.training_files.table import open_table, read_rows
from tests.unit.exchange_training.samples import STRONG, TODAY, adds_up, row, sample, strong


def test_the_common_layout_is_read_as_typed() -> None:
    log = sample("strong_comma.csv")
    first = log.sets[0]
    assert (log.format, log.rows, len(log.sets)) == ("strong", 10, 9)
    assert (first.day, first.started) == (date(2026, 9, 7), datetime.fromisoformat("2026-09-07 18:02:11"))
    assert (first.workout, first.kind, first.weight, first.unit, first.reps) == ("Lower, heavy", "warmup", 20, "kg", 10)
    assert [one.kind for one in log.sets] == [
        "warmup", "normal", "normal", "drop", "normal", "normal", "failure", "normal", "normal",
    ]  # fmt: skip
    assert adds_up(log)


def test_rest_timers_are_kept_and_are_no_sets() -> None:
    assert [(other.line, other.kind) for other in sample("strong_comma.csv").not_sets] == [(4, "rest timer")]


def test_notes_of_set_and_workout_and_line_breaks_in_them_are_kept() -> None:
    notes = {one.line: one.note for one in sample("strong_comma.csv").sets if one.note}
    assert notes == {2: "back a bit stiff", 3: "high bar", 8: "belt\nand straps"}
    assert [one.line for one in sample("strong_comma.csv").sets][-3:] == [10, 11, 12]  # the break took a line


def test_zero_is_not_recorded_for_time_distance_and_rpe_but_kept_for_weight() -> None:
    plank, rower = sample("strong_comma.csv").sets[4], sample("strong_comma.csv").sets[8]
    assert (plank.weight, plank.unit, plank.reps, plank.seconds) == (0, "bodyweight", 0, 60)
    assert (rower.distance, rower.seconds, rower.rpe) == (2000, 480, None)


def test_semicolons_a_unit_in_the_header_and_decimal_commas() -> None:
    log = sample("strong_semicolon_kg_header.csv")
    assert (log.units.unit, log.units.basis) == ("kg", "stated")
    assert [(one.weight, one.rpe) for one in log.sets] == [(80, 8), (82.5, 8.5), (0, None)]
    assert log.sets[1].note == "tief; ruhig"


def test_a_unit_in_every_row_is_kept_with_its_set() -> None:
    log = sample("strong_semicolon_units.csv")
    assert (log.units.unit, log.units.basis) == ("mixed", "stated")
    assert [(one.weight, one.unit) for one in log.sets] == [(100, "lb"), (45, "kg"), (None, "bodyweight")]
    assert (log.sets[2].distance, log.sets[2].distance_unit) == (2, "mi")


LAYOUTS = {
    "2017, ten columns": (
        "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes",
        "2018-01-02 08:00:00,Day,Squat,1,100,5,0,0,,",
    ),
    "2019, eleven": (
        "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE",
        "2019-01-02 08:00:00,Day,Squat,1,100,5,0,0,,,8",
    ),
    "2020, twelve": (STRONG, row("Squat")),
    "2025, ten without notes": (
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,RPE",
        '2025-01-02 08:00:00,"Day",35m,"Squat",1,100.0,5.0,0,0.0,',
    ),
    "German header": (
        "Datum,Workout-Name,Dauer,Name der Übung,Reihenfolge festlegen,Gewicht,Wiederh.,Distanz,Sekunden,Notizen,x,RPE",
        row("Squat"),
    ),
    "a language that nobody listed": ("a,b,c,d,e,f,g,h,i,j,k,l", row("Squat")),
    "unlisted, 2025": ("a,b,c,d,e,f,g,h,i,j", '2025-01-02 08:00:00,"Day",35m,"Squat",1,100.0,5.0,0,0.0,'),
    "unlisted, 2017": ("a;b;c;d;e;f;g;h;i;j", "2018-01-02 08:00:00;Day;Squat;1;100;5;0;0;;"),
}


@pytest.mark.parametrize(("header", "line"), LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_layout_gives_the_same_set(header: str, line: str) -> None:
    one = strong(line, header=header).sets[0]
    assert (one.exercise, one.weight, one.reps, one.kind) == ("Squat", 100, 5, "normal")


TIMES = {
    "2026-09-07 18:02:11": (18, 2), "2026-09-07 6:02:11 PM": (18, 2), "2026-09-07 6:02:11\u202fPM": (18, 2),
    "2026-09-07 12:05:00 AM": (0, 5), "2026-09-07T18:02:11Z": (18, 2), "7 Sep 2026, 18:02": (18, 2),
    "07.09.2026 18:02": (18, 2), "Sep 7 2026 6:02 pm": (18, 2), "2026/09/07 18:02": (18, 2),
}  # fmt: skip


@pytest.mark.parametrize(("text", "clock"), TIMES.items())
def test_dates_and_times_as_phones_and_spreadsheets_write_them(text: str, clock: tuple[int, int]) -> None:
    one = strong(row(date=f'"{text}"')).sets[0]
    assert one.started is not None
    assert (one.day, (one.started.hour, one.started.minute)) == (date(2026, 9, 7), clock)


def test_slash_dates_are_read_by_the_row_that_leaves_no_choice() -> None:
    log = strong(row(date="3/4/2026 10:00"), row(date="25/4/2026 10:00"))
    assert [one.day for one in log.sets] == [date(2026, 4, 3), date(2026, 4, 25)]
    with pytest.raises(FileError, match="two ways"):
        strong(row(date="3/4/2026 10:00"))


BAD = {
    "weight 'nan' is not a number": {"weight": "nan"},
    "weight 'inf' is not a number": {"weight": "inf"},
    "weight '=1+1' is not a number": {"weight": "=1+1"},
    "weight -20 is below zero": {"weight": "-20"},
    "weight 4000 is more than anybody lifts": {"weight": "4000"},
    "reps -5 is below zero": {"reps": "-5"},
    "reps 2000 is more than anybody does": {"reps": "2000"},
    "reps 5.5 is not a whole number": {"reps": "5.5"},
    "date '2031-01-01 10:00:00' is in the future": {"date": "2031-01-01 10:00:00"},
    "date '1969-12-31 10:00:00' is before 1970": {"date": "1969-12-31 10:00:00"},
    "date '2026-02-30 10:00:00' is not in the calendar": {"date": "2026-02-30 10:00:00"},
    "date 'soon' is not a date": {"date": "soon"},
    "the date is missing": {"date": ""},
    "the exercise name is missing": {"exercise": ""},
    "has 13 cells where the header has 12": {"weight": "100,7"},
}


@pytest.mark.parametrize(("reason", "cells"), BAD.items(), ids=BAD.keys())
def test_a_bad_row_is_an_error_with_line_and_reason_and_loses_no_other(reason: str, cells: dict[str, str]) -> None:
    log = strong(row(), row(**cells), row(reps="6"))
    assert [one.reps for one in log.sets] == [5, 6]
    assert log.errors[0].line == 3
    assert log.errors[0].reason.startswith(reason)
    assert adds_up(log)


def test_tomorrow_is_allowed_because_zones_differ() -> None:
    assert strong(row(date="2026-11-24 01:00:00")).errors == ()


def test_a_row_cut_in_the_middle_is_an_error_and_the_rest_is_read() -> None:
    text = "\n".join((STRONG, row(), row(reps="6"), row()[:44]))
    log = read_training_file(text.encode())
    assert len(log.sets) == 2
    assert [(error.line, error.reason) for error in log.errors] == [(4, "the file ends in the middle of this row")]


def test_an_open_quote_costs_one_row_not_the_file() -> None:
    broken = row(notes='"never closed')
    log = strong(row(), broken, row(reps="6"), row(reps="7"))
    assert [one.reps for one in log.sets] == [5, 6, 7]
    assert [(error.line, error.reason) for error in log.errors] == [(3, "a quote is opened and not closed")]


def test_a_formula_in_a_name_is_only_text() -> None:
    assert strong(row("=HYPERLINK(0)")).sets[0].exercise == "=HYPERLINK(0)"


def test_an_edit_without_a_change_keeps_the_number() -> None:
    assert strong(row(weight="6.80388555"), unit="kg").sets[0].weight == 6.80388555


def test_rows_read_together_are_read_as_one_by_one() -> None:
    lines = [row(lift, weight=weight) for lift in ("Squat", "Row") for weight in ("100", "82.5", "0")]
    odd = [row(order="Rest Timer", weight="0", reps="0", seconds="90"), row(reps="x"), row(weight="0", reps="0")]
    for text in ("\n".join((STRONG, *lines)), "\n".join((STRONG, *lines, *odd)), STRONG):
        table = open_table(text)
        layout, unit = layout_by_name(table)
        slow, fast = Gathered("strong"), Gathered("strong")
        gather(read_rows(table), StrongRow(layout, unit, Dates(TODAY), table.width), slow)
        gather_many(read_rows(table), StrongRow(layout, unit, Dates(TODAY), table.width), fast)
        assert (fast.sets, fast.not_sets, fast.errors) == (slow.sets, slow.not_sets, slow.errors)
