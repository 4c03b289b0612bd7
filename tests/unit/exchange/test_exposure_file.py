"""What an exposures file may look like, as tables, and what is refused in which words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from liftback.exchange.exposure_file import (
    LARGEST_FILE,
    ExposureError,
    ExposureReading,
    exposures_template,
    read_exposures,
)
from liftback.facts.values import Known, Unknown
from liftback.knowledge.loader import load_knowledge
from liftback.knowledge.plans import plan_knowledge
from liftback.plans.record import Done
from tests.unit.exchange.planned_week import held, item, planned

PLANS = plan_knowledge(load_knowledge())
TODAY = date(2026, 11, 25)


def read(text: str, **more: Any) -> ExposureReading:
    return read_exposures(text.encode(), PLANS, today=TODAY, **more)


def one(**cells: str) -> tuple[Done, str]:
    """The exposure of one row, and what is wrong with it."""
    named = {"date": "2026-11-20", "lift": "Deadlift", **cells}
    reading = read("\t".join(named) + "\n" + "\t".join(named.values()) + "\n")
    return reading.done[0], "; ".join(error.reason for error in reading.errors)


def refused(content: str | bytes, **more: Any) -> str:
    with pytest.raises(ExposureError) as refusal:
        read_exposures(content.encode() if isinstance(content, str) else content, PLANS, today=TODAY, **more)
    assert str(refusal.value).endswith(".")
    return str(refusal.value)


def test_every_column_is_read() -> None:
    reading = read(
        "date,lift,exercise,before,during,after,next_morning,felt,leg,settled,sets,reps,weight,unit,effort\n"
        "2026-11-20,Deadlift,Deadlift,2,3,2.5,2,none,no,at_once,3,5,100,kg,6\n"
    )
    (done,) = reading.done
    assert (done.day, done.lift, done.exercise) == (date(2026, 11, 20), "Deadlift", "Deadlift")
    assert (done.sets, done.reps, done.weight, done.unit, done.effort) == (3, 5, 100.0, "kg", 6.0)
    names = ("pain_before", "pain_during", "pain_after", "pain_next_morning", "how_it_felt", "leg_after", "settled")
    assert [done.told.value(name) for name in names] == [2.0, 3.0, 2.5, 2.0, ("none",), "no", "at_once"]
    assert done.told["pain_during"] == Known(value=3.0, source="answer", when=done.day)
    assert (reading.errors, reading.notes, reading.lines, reading.rows) == ((), (), (2,), 1)


WAYS = {
    "semicolons and decimal comma": "date;lift;during;weight;unit\n2026-11-20;Deadlift;2,5;102,5;kg\n",
    "tabs, other order": "lift\tdate\tweight\tduring\nDeadlift\t2026-11-20\t102.5 kg\t2.5\n",
    "unit in the header": "Date,Lift,Pain during (0-10),Weight (kg)\n2026-11-20,Deadlift,2.5,102.5\n",
    "windows": "\ufeffdate,lift,during,weight\r\n20.11.2026,Deadlift,2.5/10,102.5kg\r\n",
    "separator line": "sep=;\ndate;lift;during;weight\n20/11/2026;Deadlift;2.5;102.5 KG\n",
    "rpe, short row": "date,lift,during,weight,rpe,note\n20 Nov 2026,Deadlift,2.5,102.5 kilos\n",
}


@pytest.mark.parametrize("text", WAYS.values(), ids=WAYS)
def test_one_exposure_written_in_many_ways(text: str) -> None:
    reading = read(text if text.count("\n") > 1 and "short" not in text else text + "\n")
    (done,) = reading.done
    assert (done.day, done.lift, done.told.number("pain_during")) == (date(2026, 11, 20), "Deadlift", 2.5)
    assert (done.weight, done.unit) == (102.5, "kg")
    assert reading.errors == ()


def test_western_text_is_read_and_said() -> None:
    reading = read_exposures("date,lift\n2026-11-20,Überzug\n".encode("cp1252"), PLANS, today=TODAY)
    assert reading.done[0].lift == "Überzug"
    assert "not UTF-8" in reading.notes[0]


@pytest.mark.parametrize(
    ("column", "name", "cell", "value"),
    [
        ("felt", "how_it_felt", "sharp", ("sharp",)),
        ("felt", "how_it_felt", "Catch", ("sharp",)),
        ("felt", "how_it_felt", "rising; catch", ("sharp", "rising")),
        ("felt", "how_it_felt", "rising/sharp", ("sharp", "rising")),
        ("felt", "how_it_felt", "Sharp pain, or a catch that stopped me", ("sharp",)),
        ("felt", "how_it_felt", "More pain with each set; I could bend or arch less far afterwards",
         ("rising", "lost_range")),
        ("felt", "how_it_felt", "none", ("none",)),
        ("felt", "how_it_felt", "nothing", ("none",)),
        ("felt", "how_it_felt", "no", ("none",)),
        ("leg", "leg_after", "same", "as_before"),
        ("leg", "leg_after", "none", "no"),
        ("leg", "leg_after", "No", "no"),
        ("leg", "leg_after", "further", "further"),
        ("leg", "leg_after", "numb/weak", "numb_or_weak"),
        ("leg", "leg_after", "numb_or_weak", "numb_or_weak"),
        ("leg", "leg_after", "further; tingling", "numb_or_weak"),
        ("leg", "leg_after", "The same as before, no further down", "as_before"),
        ("settled", "settled", "2 days", "two_days"),
        ("settled", "settled", "next morning", "same_day"),
        ("settled", "settled", "still sore", "not_yet"),
        ("before", "pain_before", "0", 0.0),
        ("after", "pain_after", "about 4", 4.0),
    ],
)  # fmt: skip
def test_answers_in_plain_words(column: str, name: str, cell: str, value: object) -> None:
    done, wrong = one(**{column: cell})
    assert done.told.value(name) == value
    assert wrong == ""


@pytest.mark.parametrize("column", ["before", "felt", "leg", "settled"])
@pytest.mark.parametrize(
    ("cell", "why"), [("", "left out"), ("-", "left out"), ("not sure", "not sure"), ("?", "not sure")]
)
def test_what_is_not_said_stays_unknown(column: str, cell: str, why: str) -> None:
    done, wrong = one(**{column: cell, "sets": "3"})
    (fact,) = done.told.entries.values()
    assert fact == Unknown(why=why)
    assert wrong == ""


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"before": "11"}, "before: '11' is not an answer we can use; give one number from 0 to 10"),
        ({"during": "mild"}, "during: 'mild' is not an answer"),
        ({"felt": "purple"}, "felt: 'purple' is not an answer we can use; the choices are sharp, rising"),
        ({"leg": "maybe"}, "leg: 'maybe' is not an answer"),
        ({"weight": "225"}, "weight 225 has no unit; write kg or lb behind it"),
        ({"weight": "100 stone"}, "the unit 'stone' is neither kg nor lb"),
        ({"weight": "100 kg", "unit": "lb"}, "the weight says kg and its unit lb; keep one of them"),
        ({"weight": "-20 kg"}, "weight -20 is not between 0 and 3000"),
        ({"weight": "heavy"}, "weight 'heavy' is not a number"),
        ({"sets": "0"}, "sets 0 is not a whole number from 1 to 100"),
        ({"reps": "5.5"}, "reps 5.5 is not a whole number from 1 to 1000"),
        ({"sets": "3x5", "reps": "8"}, "'3x5' and another number of sets or reps; keep one of them"),
        ({"effort": "11"}, "effort 11 is not between 0 and 10"),
        ({"done": "perhaps"}, "done 'perhaps' is neither yes nor no"),
    ],
)
def test_a_bad_cell_is_told_and_leaves_the_rest_of_its_row(cells: dict[str, str], reason: str) -> None:
    done, wrong = one(**cells, next_morning="6")
    assert reason in wrong
    assert done.told.number("pain_next_morning") == 6
    assert (done.weight, done.sets, done.reps, done.effort) == (None, None, None, None)
    assert not any(isinstance(fact, Known) for name, fact in done.told.entries.items() if name != "pain_next_morning")


@pytest.mark.parametrize(
    ("cells", "name", "value", "reason"),
    [
        ({"felt": "none; sharp"}, "how_it_felt", ("sharp",), "sharp beside a no"),
        ({"felt": "sharp; purple"}, "how_it_felt", ("sharp",), "'purple' is not an answer"),
        ({"felt": "sharp; not sure"}, "how_it_felt", ("sharp",), ""),
        ({"felt": "none; purple"}, "how_it_felt", None, "'purple' is not an answer"),
        ({"felt": "none; not sure"}, "how_it_felt", None, ""),
        ({"leg": "no; further"}, "leg_after", "further", "further beside a no"),
        ({"done": "no", "felt": "sharp"}, "how_it_felt", ("sharp",), "the answers are counted"),
    ],
)
def test_answers_that_contradict_each_other_never_hide_the_worse(
    cells: dict[str, str], name: str, value: object, reason: str
) -> None:
    done, wrong = one(**cells)
    assert done.told.value(name) == value
    assert reason in wrong
    assert bool(wrong) is bool(reason)


@pytest.mark.parametrize(
    ("cells", "weight", "unit"),
    [
        ({"weight": "225lb"}, 225.0, "lb"),
        ({"weight": "100 kg"}, 100.0, "kg"),
        ({"weight": "100", "unit": "Pounds"}, 100.0, "lb"),
        ({"weight": "bodyweight"}, None, "bodyweight"),
        ({"weight": "BW"}, None, "bodyweight"),
        ({"weight": "20", "unit": "bodyweight"}, 20.0, "bodyweight"),
        ({"weight": "0 kg"}, 0.0, "kg"),
        ({"weight": ""}, None, "kg"),
    ],
)
def test_weights(cells: dict[str, str], weight: float | None, unit: str) -> None:
    done, wrong = one(**cells, during="1")
    assert (done.weight, done.unit, wrong) == (weight, unit, "")


def test_the_lifter_may_say_the_unit() -> None:
    reading = read("date,lift,weight\n2026-11-20,Deadlift,225\n", unit="lb")
    assert (reading.done[0].weight, reading.done[0].unit, reading.errors) == (225.0, "lb", ())


def test_sets_and_reps_in_one_cell() -> None:
    done, wrong = one(sets="3 x 5", effort="RPE 7")
    assert (done.sets, done.reps, done.effort, wrong) == (3, 5, 7.0, "")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-11-26,Deadlift,3", "2026-11-26 is in the future"),
        ("2026-02-30,Deadlift,3", "there is no day 30 of month 2 in 2026"),
        ("tuesday,Deadlift,3", "'tuesday' is not a date"),
        (",Deadlift,3", "has no date"),
        ("2026-11-20,,3", "names no lift"),
        ("1950-01-01,Deadlift,3", "is before 1970"),
        ("3/4/2026,Deadlift,3", "can be read day first or month first"),
        ("2026-11-20,Deadlift,3,5", "has 4 cells where the header has 3; put quotes around"),
        ('2026-11-20,"Deadlift,3', "a quote is opened and not closed"),
        (f"2026-11-20,{'x' * 121},3", "121 letters"),
    ],
)
def test_a_bad_row_is_named_and_the_rest_is_read(row: str, reason: str) -> None:
    reading = read(f"date,lift,during\n2026-11-19,Squat,2\n{row}\n2026-11-18,Squat,1\n")
    assert [error.line for error in reading.errors] == [3]
    assert reason in reading.errors[0].reason
    assert reading.errors[0].text
    assert [done.day.day for done in reading.done] == [18, 19]
    assert (reading.lines, reading.rows) == ((4, 2), 3)


def test_dates_are_settled_by_their_file_or_by_the_lifter() -> None:
    rows = "date,lift\n3/11/2026,Deadlift\n"
    assert read(rows + "20/11/2026,Deadlift\n").done[0].day == date(2026, 11, 3)
    assert read(rows, date_order="mdy").done[0].day == date(2026, 3, 11)
    mixed = read(rows + "20/11/2026,Squat\n11/20/2026,Press\n")
    assert [done.day.day for done in mixed.done] == [20, 20]
    assert [error.line for error in mixed.errors] == [2]


def test_planned_lifts_not_done_are_counted_and_told() -> None:
    reading = read(
        "date,lift,done,during\n2026-11-20,Deadlift,yes,\n2026-11-20,Squat,,\n2026-11-21,Press,no,\n2026-11-30,Row,,\n"
    )
    assert [done.lift for done in reading.done] == ["Deadlift"]
    assert [(left.line, left.kind) for left in reading.not_done] == [
        (3, "not filled in"), (4, "not done"), (5, "planned for later")
    ]  # fmt: skip
    assert reading.notes == (
        "Without an answer, so taken as not done yet: line 3.",
        "Said not to be done: line 4.",
        "Planned for a later day and left out for now: line 5.",
        "Nothing is told of how your back answered: line 2.",
    )


def test_lines_that_tell_of_a_leg_are_named_even_where_they_cannot_be_used() -> None:
    reading = read(
        "date,lift,leg\n2026-11-20,Deadlift,numb\n2026-11-21,Squat,no\nx,Press,further\n2026-11-22,Row,same\n"
    )
    assert reading.alarming == (2, 4)


def test_a_date_and_a_lift_are_enough() -> None:
    reading = read("date,lift\n2026-11-20,Deadlift\n")
    assert reading.done == (Done(day=date(2026, 11, 20), lift="Deadlift"),)


def test_the_same_line_twice_counts_once_and_two_lines_for_a_lift_are_told() -> None:
    rows = "2026-11-20,Deadlift,2\n2026-11-20,Deadlift,2\n2026-11-20,deadlift,4\n"
    reading = read("date,lift,during\n" + rows)
    assert len(reading.done) == 2
    assert [(left.line, left.kind) for left in reading.not_done] == [(3, "repeats line 2")]
    assert reading.notes == (
        "The same as a line above, counted once: line 3.",
        "More than one line for a lift and a day, each taken as one exposure: 2026-11-20 deadlift.",
    )


def test_an_exercise_is_known_by_its_name_and_an_unknown_one_is_kept_and_told() -> None:
    known = next(iter(PLANS.exercises.values()), None)
    name = known.name.upper() if known else "Deadlift"
    reading = read(f'date,lift,exercise\n2026-11-20,Deadlift,"{name}"\n2026-11-21,Deadlift,Moon pull (odd)\n')
    assert [done.exercise for done in reading.done] == [known.id if known else "Deadlift", "Moon pull (odd)"]
    assert "Exercises that the plan does not know, kept as written: Moon pull (odd)." in reading.notes


def test_brackets_tell_lifts_apart() -> None:
    done, _ = one(lift="Squat (Barbell)", exercise="Squat (Dumbbell)")
    assert done.exercise != "Squat (Barbell)"


def test_unknown_columns_are_noted_once() -> None:
    reading = read("date,lift,mood,gym\n2026-11-20,Deadlift,good,x\n2026-11-21,Deadlift,good,y\n")
    assert [note for note in reading.notes if "Columns" in note] == [reading.notes[0]]
    assert reading.notes[0].startswith("Columns not read: mood, gym; known are date, lift,")


def test_a_header_alone_is_a_file_with_nothing_yet() -> None:
    reading = read("date,lift\n")
    assert (reading.done, reading.notes) == ((), ("The exposures file has a header but no lines yet.",))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("\ufeff \n\n", "is empty"),
        ("hello\n", "names no date and no lift column (found: hello)"),
        ("date,during\n2026-11-20,3\n", "names no lift column"),
        ("date,lift,day\n", "The columns date and day of the exposures file both look like date"),
        ("date,lift,during (0-100)\n", "runs to 100; divide it by ten and name it during"),
        ("date,lift\nx,Deadlift\n", "No line of the exposures file can be used (line 2: 'x' is not a date"),
        (b"PK\x03\x04rest", "is a spreadsheet (.xlsx) or a zip archive"),
        (b"\x89PNG\r\n", "is a picture"),
        (b"date,lift\n\x00\x01\x02\x00", "is not text"),
        (b"\x80\x01\x02\x03\x04" * 40, "is not text"),
        (b"a" * (LARGEST_FILE + 1), "too large"),
    ],
)
def test_what_is_no_exposures_file_is_refused_in_one_sentence(content: str | bytes, sentence: str) -> None:
    assert sentence in refused(content)


def test_an_unknown_date_order_is_refused() -> None:
    assert "dmy (day first) or mdy" in refused("date,lift\n", date_order="ymd")


# --- the template -------------------------------------------------------------------------------------------------


def test_the_template_has_a_line_for_each_planned_lift() -> None:
    lines = exposures_template(planned()).splitlines()
    assert lines[0].startswith("date,lift,exercise,done,before,during,after,next_morning,felt,leg,settled,sets")
    assert lines[1:] == [
        "2026-11-25,Deadlift,trap_bar_deadlift,,,,,,,,,3,5,82.5,kg,,",
        "2026-11-25,Bench Press,Bench Press,,,,,,,,,3,5,82.5,kg,,",
        "2026-11-28,Deadlift,trap_bar_deadlift,,,,,,,,,3,5,82.5,kg,,",
    ]


def test_a_held_plan_has_nothing_to_fill_in() -> None:
    assert len(exposures_template(held()).splitlines()) == 1


def test_no_name_is_taken_for_a_formula() -> None:
    day = replace(planned().days[0], items=(item("lift", "=1+1"),))
    odd = planned(days=(day,))
    line = exposures_template(odd).splitlines()[1]
    assert line.startswith("2026-11-25,'=1+1,")
    assert read(exposures_template(odd).replace(",,,,,,,,,", ",yes,,,,,,,,", 1)).done[0].lift == "=1+1"


def test_own_words_of_a_row_are_kept_and_raise_an_alarm_only_where_they_tell_of_a_sign() -> None:
    rows = "2026-11-20,Deadlift,1,felt good\n2026-11-21,Deadlift,1,can't feel myself when I wipe\n"
    reading = read("date,lift,before,notes\n" + rows)
    assert [one.note for one in reading.done] == ["felt good", "can't feel myself when I wipe"]
    assert reading.alarming == (3,)


def test_words_where_an_answer_was_meant_are_not_lost() -> None:
    reading = read("date,lift,before,felt\n2026-11-20,Deadlift,1,my foot drags since then\n")
    assert reading.done[0].note == "my foot drags since then"
    assert reading.alarming == (2,)
    assert reading.errors, "it is said that the cell could not be read"


def test_a_lift_not_done_that_tells_of_a_sign_counts() -> None:
    reading = read("date,lift,done,note\n2026-11-20,Deadlift,no,I lost control of my bladder\n")
    assert (len(reading.done), reading.not_done, reading.alarming) == (1, (), (2,))
