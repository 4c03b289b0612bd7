"""The file as a whole: duplicates, too many errors, broken quotes, the report."""

from __future__ import annotations

import csv
import io

import pytest

from liftback.exchange.training_files import FileError, import_report, import_report_text, read_training_file
from liftback.exchange.training_files.table import open_table, read_rows
from liftback.knowledge.loader import load_knowledge
from tests.unit.exchange_training.samples import STRONG, adds_up, row, sample, strong


def text_of(*rows: str) -> bytes:
    return "\n".join((STRONG, *rows, "")).encode()


def test_a_second_import_of_the_same_file_adds_nothing() -> None:
    first = strong(row(), row(), row(reps="6"))
    again = read_training_file(text_of(row(), row(), row(reps="6")), earlier=first)
    assert (len(again.sets), again.duplicates) == (0, 3)
    assert adds_up(again)


def test_equal_sets_are_counted_not_merged() -> None:
    first = strong(row(), row())
    more = read_training_file(text_of(row(), row(), row(), row(reps="6")), earlier=first)
    assert (len(more.sets), more.duplicates) == (2, 2)


def test_more_bad_rows_than_good_refuse_the_file_and_say_which_came_first() -> None:
    bad = row(reps="many")
    assert len(strong(row(), bad).errors) == 1
    with pytest.raises(FileError, match=r"2 of 3 rows cannot be read \(line 3: reps 'many' is not a number\)"):
        strong(row(), bad, bad)


@pytest.mark.parametrize("broken", ['"open', '""open"', 'a"b"c,"', '"x""'])
def test_broken_quotes_lose_only_their_row(broken: str) -> None:
    lines = [f"{number},fine,{number}" for number in range(60)]
    lines[20] = f"20,{broken},20"
    rows = list(read_rows(open_table("\n".join(["a,b,c", *lines, ""]))))
    whole = {int(cells[0]) for _, cells, problem in rows if not problem}
    assert whole >= set(range(60)) - {20}


def slow_rows(text: str) -> list[list[str]]:
    """The obvious reading, for text without broken quotes."""
    return [cells for cells in list(csv.reader(io.StringIO(text, newline="")))[1:] if cells]


def test_whole_text_reads_as_the_csv_module_reads_it() -> None:
    text = 'a,b\n1,"x\ny"\n\n"2, two",z\r\n"say ""so""",\n'
    assert [cells for _, cells, _ in read_rows(open_table(text))] == slow_rows(text)


def test_a_shifted_row_is_an_error_even_when_it_ends_in_empty_cells() -> None:
    log = strong(row(), row(weight="82,5"))  # a decimal comma without quotes would read as 82 for 5
    assert [error.reason for error in log.errors] == ["has 13 cells where the header has 12"]


def test_the_report_adds_up_and_says_what_to_do_next() -> None:
    text = import_report_text(import_report(sample("strong_comma.csv"), load_knowledge()), "log.csv")
    assert text.splitlines()[:3] == [
        "log.csv:",
        "Strong export: 9 sets in 2 workouts, 2026-09-07 to 2026-09-10",
        "10 rows = 9 sets + 1 other row + 0 errors",
    ]
    assert "Unit: kg." in text
    assert "Other rows: 1 rest timer" in text
    assert text.splitlines()[-1].startswith("Next: ")


def test_the_report_shows_twenty_errors_and_counts_the_rest() -> None:
    rows = [row()] * 30 + [row(reps="x")] * 25
    text = import_report_text(import_report(strong(*rows), load_knowledge()))
    assert text.count("  line ") == 20
    assert "  and 5 more" in text


def test_the_report_names_unknown_lifts_and_cannot_steer_a_terminal() -> None:
    log = strong(row("Zorgle \x1b[31mLift"), unit="kg")
    text = import_report_text(import_report(log, load_knowledge()))
    assert "\x1b" not in text
    assert "Zorgle" in text
