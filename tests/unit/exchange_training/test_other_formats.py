"""Hevy, FitNotes, wger, Liftosaur and JEFIT: what is peculiar to each."""

from __future__ import annotations

from datetime import date

import pytest

from liftback.exchange.training_files import FileError, read_training_file
from tests.unit.exchange_training.samples import HEVY, SAMPLES, TODAY, adds_up, sample

ALL = sorted(path.name for path in SAMPLES.glob("*.*") if not path.name.startswith("report"))


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith((".csv", ".json"))])
def test_every_row_of_every_sample_goes_somewhere_once(name: str) -> None:
    log = sample(name)
    assert adds_up(log)
    assert log.sets


def test_hevy_reads_pounds_and_kilometres_separately() -> None:
    log = sample("hevy_lb_km.csv")
    assert (log.units.unit, log.units.basis) == ("lb", "stated")
    assert [(one.weight, one.unit) for one in log.sets][:2] == [(135, "lb"), (225, "lb")]
    assert (log.sets[4].distance, log.sets[4].distance_unit, log.sets[4].seconds) == (5.2, "km", 1810)


def test_hevy_types_its_sets_and_keeps_a_set_index_that_starts_again() -> None:
    assert [one.kind for one in sample("hevy_lb_km.csv").sets] == ["warmup", "normal", "drop", "failure", "normal"]


def test_hevy_breaks_lines_where_the_file_says_backslash_n_and_says_the_description_once() -> None:
    first, second = sample("hevy_lb_km.csv").sets[:2]
    assert first.note == "beltless\nfirst set slow\nfelt fine\nslept badly"
    assert second.note == "beltless\nfirst set slow"


def test_hevy_mixes_kilograms_and_miles() -> None:
    header = HEVY.replace("distance_km", "distance_miles")
    line = '"Run","2 Sep 2026, 7:07","2 Sep 2026, 8:00","","Running","","",0,"normal",,,3.1,1500,'
    one = read_training_file(f"{header}\n{line}\n".encode(), today=TODAY).sets[0]
    assert (one.distance, one.distance_unit) == (3.1, "mi")


def test_fitnotes_puts_names_with_bare_commas_together_again() -> None:
    names = {one.line: one.exercise for one in sample("fitnotes_new.csv").sets}
    assert names[3] == "Overhead Press (Each Side, Dumbbells)"
    assert [one.exercise for one in sample("fitnotes_old_lbs.csv").sets][1] == "Curl (Cable, Rope)"


def test_fitnotes_puts_comments_with_bare_commas_together_again() -> None:
    notes = {one.exercise: one.note for one in sample("fitnotes_new.csv").sets}
    assert (notes["Squat"], notes["Pull Up"]) == ("knee sleeves, belt", "strict, no kip")


def test_fitnotes_units_times_and_bodyweight() -> None:
    old, new = sample("fitnotes_old_lbs.csv"), sample("fitnotes_new.csv")
    assert (old.units.unit, old.units.basis, old.sets[0].unit) == ("lb", "stated", "lb")
    assert (old.sets[2].distance, old.sets[2].distance_unit, old.sets[2].seconds) == (3.1, "mi", 1630)
    assert [one.unit for one in new.sets if one.exercise == "Pull Up"] == ["bodyweight"]
    assert [(other.line, other.kind) for other in new.not_sets] == [(7, "empty")]


def test_wger_reads_units_times_and_reserve() -> None:
    log = sample("wger_page.json")
    assert [(one.weight, one.unit, one.reps) for one in log.sets][:2] == [(120, "kg", 5), (265, "lb", 5)]
    assert (log.sets[0].rpe, log.sets[2].seconds) == (8, 120)
    assert (log.sets[3].distance, log.sets[3].distance_unit) == (5, "km")
    assert [(other.line, other.kind) for other in log.not_sets] == [(4, "weight in plates")]
    assert [(error.line, error.reason) for error in log.errors] == [(5, "reps -3 is below zero")]


def test_wger_says_that_a_page_is_not_all() -> None:
    assert "one page of several" in sample("wger_page.json").notes[0]


def test_wger_names_exercises_by_number_unless_the_file_knows_better() -> None:
    assert sample("wger_page.json").sets[0].exercise == "exercise 184"
    assert sample("wger_with_names.json").sets[0].exercise == "Bent Over Rowing"


def test_wger_reads_a_plain_list_and_a_fixture_alike() -> None:
    fields = '"date": "2026-05-02T00:00:00+01:00", "exercise": 3, "repetitions": 8, "weight": 30, "weight_unit": 1'
    plain = read_training_file(f"[{{{fields}}}]".encode())
    fixture = read_training_file(f'[{{"pk": 1, "model": "manager.workoutlog", "fields": {{{fields}}}}}]'.encode())
    assert plain.sets == fixture.sets
    assert plain.sets[0].day == date(2026, 5, 2)


def test_liftosaur_takes_the_day_from_midnight_written_in_utc() -> None:
    days = [one.day for one in sample("liftosaur.csv").sets]
    assert days[0] == date(2026, 5, 20)  # 05:00Z is midnight west of London, the same day
    assert days[2] == date(2026, 5, 22)  # 22:00Z is midnight east of it, the next day


def test_liftosaur_reads_what_was_done_not_what_was_planned() -> None:
    log = sample("liftosaur.csv")
    assert (log.sets[1].weight, log.sets[1].unit, log.sets[1].reps, log.sets[1].rpe) == (180, "lb", 4, 9)
    assert [(other.line, other.kind) for other in log.not_sets] == [(4, "planned, not done")]
    assert (log.units.unit, log.units.basis) == ("mixed", "stated")


def test_jefit_unpacks_sets_and_keeps_empty_slots_apart() -> None:
    log = sample("jefit.csv")
    assert [(one.exercise, one.weight, one.reps) for one in log.sets] == [
        ("Barbell Deadlift", 60, 10), ("Barbell Deadlift", 64.9998, 8), ("Pull Up", 0, 12),
    ]  # fmt: skip
    assert [other.kind for other in log.not_sets] == ["empty", "no sets"]
    assert [(error.line, error.reason) for error in log.errors] == [(9, "set 'oops' is not written as weight x reps")]
    assert log.sets[0].day == date(2026, 1, 6)


def test_jefit_finds_its_unit_from_the_set_logs_in_pounds() -> None:
    assert (sample("jefit.csv").units.unit, sample("jefit.csv").units.basis) == ("kg", "stated")


def test_jefit_names_the_sections_it_did_not_read() -> None:
    assert "body stats (1)" in sample("jefit.csv").notes[0]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b'{"count": 0, "results": []}', "not a workout log of wger"),
        (b'[{"name": "x"}]', "not a workout log of wger"),
        (b'[{"date": ', "breaks at line 1"),
        (b"[" * 100_000, "nested too deep"),
        (b"Date,Workout,Sets\xc3\x97Reps\n1,2,3\n", "StrongLifts"),
        (b"hello,world\n1,2\n", "does not know this file: line 1 holds 'hello, world'"),
        (HEVY.encode() + b"\n", "no rows below it"),
    ],
)
def test_what_is_no_log_is_refused_in_one_sentence(content: bytes, says: str) -> None:
    with pytest.raises(FileError, match=says) as caught:
        read_training_file(content)
    assert "\n" not in str(caught.value)
