"""What a diary file may look like, as a table a clinician can read, and what is refused in which words."""

from __future__ import annotations

from datetime import date

import pytest

from liftback.exchange.diary_file import LARGEST_FILE, DiaryError, DiaryReading, read_diary
from liftback.facts.diary import DiaryDay

TODAY = date(2026, 11, 23)


def read(text: str, date_order: str | None = None) -> DiaryReading:
    return read_diary(text.encode(), today=TODAY, date_order=date_order)


def scores(reading: DiaryReading) -> dict[str, float | None]:
    return {entry.day.isoformat(): entry.pain for entry in reading.diary.days}


def test_every_column_is_read() -> None:
    reading = read("date,pain,sleep,stress,lift_pain,event,note\n2026-11-20,4,7,3,2.5,yes,felt it in set two\n")
    assert reading.diary.days == (
        DiaryDay(
            day=date(2026, 11, 20),
            pain=4,
            sleep=7,
            stress=3,
            lift_pain=2.5,
            event=True,
            note="felt it in set two",
        ),
    )
    assert reading.errors == ()
    assert reading.notes == ()
    assert reading.rows == 1


WAYS_TO_WRITE_ONE_DIARY = {
    "plain": "date,pain\n2026-11-13,4.5\n2026-11-14,\n2026-11-15,0\n",
    "semicolons and decimal comma": "date;pain\n2026-11-13;4,5\n2026-11-14;\n2026-11-15;0\n",
    "tabs": "date\tpain\n2026-11-13\t4.5\n2026-11-14\t\n2026-11-15\t0\n",
    "quoted decimal comma": 'date,pain\n2026-11-13,"4,5"\n2026-11-14,""\n2026-11-15,0\n',
    "windows line ends": "date,pain\r\n2026-11-13,4.5\r\n2026-11-14,\r\n2026-11-15,0\r\n",
    "old line ends": "date,pain\r2026-11-13,4.5\r2026-11-14,\r2026-11-15,0",
    "byte order mark": "\ufeffdate,pain\n2026-11-13,4.5\n2026-11-14,\n2026-11-15,0\n",
    "spreadsheet separator line": "sep=;\ndate;pain\n2026-11-13;4,5\n2026-11-14;\n2026-11-15;0\n",
    "month first": "Day,Pain score\n11/13/2026,4.5\n11/14/2026,-\n11/15/2026,0\n",
    "day first": "Day,Pain score\n13/11/2026,4.5\n14/11/2026,n/a\n15/11/2026,0\n",
    "German": "Datum;Schmerz (0-10)\n13.11.2026;4,5\n14.11.26;\n15.11.2026;0\n",
    "French": "Jour;Douleur\n13/11/2026;4,5\n14/11/2026;\n15/11/2026;0\n",
    "Spanish": "Fecha;Dolor\n13 nov 2026;4,5\n14 de noviembre de 2026;\n15 nov. 2026;0\n",
    "English months": "date,NRS\nNov 13 2026,4.5\nNovember 14 2026,\n15th Nov 2026,0\n",
    "out of ten": "date,pain\n2026-11-13,4.5/10\n2026-11-14,\n2026-11-15,0/10\n",
    "out of order, blank lines, times": "date,pain\n2026-11-15T21:00,0\n\n2026-11-13 21:30,4.5\n,\n2026-11-14,\n",
    "columns swapped, more columns": "note,pain,mood,date\n,4.5,good,2026-11-13\n,,,2026-11-14\n,0,,2026-11-15\n",
}


@pytest.mark.parametrize("text", WAYS_TO_WRITE_ONE_DIARY.values(), ids=WAYS_TO_WRITE_ONE_DIARY)
def test_one_diary_written_in_many_ways(text: str) -> None:
    reading = read(text)
    assert scores(reading) == {"2026-11-13": 4.5, "2026-11-14": None, "2026-11-15": 0.0}
    assert reading.errors == ()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_encodings_of_spreadsheets(encoding: str) -> None:
    content = "date,pain,note\n2026-11-13,4,Knie schmerzt öfter\n".encode(encoding)
    assert read_diary(content, today=TODAY).diary.days[0].note == "Knie schmerzt öfter"


def test_western_text_is_read_and_said() -> None:
    reading = read_diary("date,pain,note\n2026-11-13,4,später\n".encode("cp1252"), today=TODAY)
    assert reading.diary.days[0].note == "später"
    assert "not UTF-8" in reading.notes[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2026-11-13,11", "pain 11 is not between 0 and 10"),
        ("2026-11-13,-1", "pain -1 is not between 0 and 10"),
        ("2026-11-24,3", "2026-11-24 is in the future"),
        ("2026-02-30,3", "there is no day 30 of month 2 in 2026"),
        ("yesterday,3", "'yesterday' is not a date"),
        (",3", "has no date"),
        ("2026-11-13,mild", "'mild' is not a number"),
        ("2026-11-13,=B2+1", "'=B2+1' is a spreadsheet formula"),
        ("2026-11-13,nan0", "'nan0' is not a number"),
        ("2026-11-13,4,5", "more cells than the header"),
        ('2026-11-13,"4', "a quote opens and does not close"),
        ("3 Foo 2026,4", "names no month"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(row: str, reason: str) -> None:
    reading = read(f"date,pain\n2026-11-12,2\n{row}\n2026-11-11,3\n")
    assert [error.line for error in reading.errors] == [3]
    assert reason in reading.errors[0].reason
    assert reading.errors[0].text == row
    assert scores(reading) == {"2026-11-11": 3.0, "2026-11-12": 2.0}
    assert reading.rows == 3


def test_a_bad_cell_leaves_the_good_cells_of_its_day() -> None:
    reading = read("date,pain,sleep,event\n2026-11-12,4,12,maybe\n")
    assert scores(reading) == {"2026-11-12": 4.0}
    assert reading.diary.days[0].sleep is None
    assert "sleep 12" in reading.errors[0].reason
    assert "event 'maybe'" in reading.errors[0].reason


@pytest.mark.parametrize("word", ["yes", "Y", "x", "1", "TRUE", "ja", "oui", "sí", "tweak", "✓"])
def test_words_for_an_event(word: str) -> None:
    assert read(f"date,pain,event\n2026-11-12,4,{word}\n").diary.days[0].event is True


@pytest.mark.parametrize("word", ["no", "N", "0", "false", "", "-", "nein", "non"])
def test_words_for_no_event(word: str) -> None:
    assert read(f"date,pain,event\n2026-11-12,4,{word}\n").diary.days[0].event is False


def test_two_scores_on_a_day_give_their_mean_and_a_note() -> None:
    reading = read("date,pain,event,note\n2026-11-12,4,,morning\n2026-11-12,7,x,evening\n")
    assert scores(reading) == {"2026-11-12": 5.5}
    assert reading.diary.days[0].event is True
    assert reading.diary.days[0].note == "morning; evening"
    assert reading.notes == ("2026-11-12 has 2 pain scores; their mean is used.",)


def test_columns_that_are_not_read_are_said() -> None:
    reading = read("date,pain,mood,hours slept\n2026-11-12,4,ok,7\n")
    assert "mood, hours slept" in reading.notes[0]


def test_a_note_over_several_lines_stays_one_note() -> None:
    reading = read('date,pain,note\n2026-11-12,4,"first\n\nlast\n"\n2026-11-13,5,\n')
    assert scores(reading) == {"2026-11-12": 4.0, "2026-11-13": 5.0}
    assert reading.diary.days[0].note == "first  last"


def test_dates_that_can_be_read_in_two_ways_are_asked_about() -> None:
    text = "date,pain\n03/04/2026,4\n05/04/2026,5\n"
    with pytest.raises(DiaryError, match=r"line 2: 03/04/2026.*--date-order dmy"):
        read(text)
    assert list(scores(read(text, "dmy"))) == ["2026-04-03", "2026-04-05"]
    assert list(scores(read(text, "mdy"))) == ["2026-03-04", "2026-05-04"]


def test_one_clear_date_settles_the_whole_file() -> None:
    assert list(scores(read("date,pain\n03/04/2026,4\n25/04/2026,5\n"))) == ["2026-04-03", "2026-04-25"]
    assert list(scores(read("date,pain\n03/04/2026,4\n04/25/2026,5\n"))) == ["2026-03-04", "2026-04-25"]


def test_dates_in_both_orders_are_asked_about() -> None:
    with pytest.raises(DiaryError, match="mix day-first and month-first"):
        read("date,pain\n25/04/2026,4\n04/25/2026,5\n")


def test_the_same_day_and_month_needs_no_order() -> None:
    assert list(scores(read("date,pain\n04/04/2026,4\n"))) == ["2026-04-04"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (" \r\n ", "is empty"),
        ("2026-11-12,4\n2026-11-13,5\n", "names no date and no pain column"),
        ("date,weight\n2026-11-12,80\n", "names no pain column (found: date, weight)"),
        ("date,pain,NRS\n2026-11-12,4,4\n", "pain and NRS of the diary both look like pain"),
        ("date,pain (0-100)\n2026-11-12,40\n", "divide it by ten"),
        ("date,pain\n2026-11-10,40\n2026-11-11,5\n2026-11-12,35\n2026-11-13,20\n", "may be a scale to 100"),
        ('date,"pain\n2026-11-12,4\n', "a quote opens and does not close"),
        ("sep=;\n", "has no lines"),
    ],
)
def test_a_file_that_is_no_diary_is_refused_with_what_to_do(text: str, sentence: str) -> None:
    with pytest.raises(DiaryError) as error:
        read(text)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04rest",
        b"%PDF-1.7",
        b"\x00\x01\x02\x03\x04",
        b"date,pain\n2026-11-12,4\x00\n",
        b"\xff\xfe\x00\xd8\x00",
    ],
)
def test_a_binary_file_is_refused(content: bytes) -> None:
    with pytest.raises(DiaryError, match="CSV"):
        read_diary(content, today=TODAY)


def test_a_file_too_large_for_a_diary_is_refused() -> None:
    with pytest.raises(DiaryError, match="too large"):
        read_diary(b"date,pain\n" + b"2026-11-12,4\n" * (LARGEST_FILE // 10), today=TODAY)


def test_an_unknown_date_order_is_refused() -> None:
    with pytest.raises(DiaryError, match="use dmy"):
        read("date,pain\n2026-11-12,4\n", "ymd")


def test_a_header_without_days_is_an_empty_diary_and_says_so() -> None:
    reading = read("date,pain\n")
    assert reading.diary.days == ()
    assert reading.notes == ("The diary has a header but no days yet.",)


def test_control_signs_never_reach_a_terminal() -> None:
    reading = read("date,pain,note\n2026-11-12,4,\x1b[31mred\n\x1b[2J,4,\n")
    assert "\x1b" not in reading.diary.days[0].note
    assert "\x1b" not in reading.errors[0].reason + reading.errors[0].text


@pytest.mark.parametrize(
    ("last", "read_as"),
    [
        ("2026-11-1", None),  # cut in the day, and a good day of its own
        ("2026-11-19", None),
        ("2026-11-19,4", None),  # the lines above go on to a note
        ("2026-11-19,4,", 4.0),
        ("2026-11-19,4\n", 4.0),
    ],
)
def test_a_last_line_that_is_cut_off_is_told_and_never_read_as_another_day(last: str, read_as: float | None) -> None:
    reading = read("date,pain,note\n2026-11-18,3,a\n" + last)
    assert scores(reading) == {"2026-11-18": 3.0} | ({} if read_as is None else {"2026-11-19": read_as})
    cut = [(error.line, error.reason) for error in reading.errors]
    assert cut == ([(3, "the file ends in the middle of this line")] if read_as is None else [])


def test_short_lines_by_hand_are_no_cut_off_lines() -> None:
    assert scores(read("date,pain,note\n2026-11-18,3\n2026-11-19,4")) == {"2026-11-18": 3.0, "2026-11-19": 4.0}
    assert scores(read("date,pain,note\n2026-11-19,4")) == {"2026-11-19": 4.0}


def test_a_diary_of_which_no_day_can_be_read_is_refused() -> None:
    with pytest.raises(DiaryError, match=r"No day of the diary can be read \(line 2: 'x' is not a date"):
        read("date,pain\nx,1\ny,2\n")


def test_a_day_before_any_clock_is_told() -> None:
    reading = read("date,pain\n0001-01-01,3\n2026-11-18,3\n")
    assert [error.reason for error in reading.errors] == ["0001-01-01 is before 1970"]


def test_columns_that_are_not_read_are_told_in_a_few_names() -> None:
    (note,) = read(",".join(["date", "pain", *(f"c{n}" for n in range(500))]) + "\n2026-11-18,3\n").notes
    assert "c7 and 492 more; known are date" in note


def test_a_file_of_nothing_but_zeros_is_refused() -> None:
    with pytest.raises(DiaryError, match="not a text file"):
        read_diary(bytes(1000), today=TODAY)
