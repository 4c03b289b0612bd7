"""Every verb as a person types it: one good run, and each refusal as one full sentence with exit code 2.

A refusal prints nothing on standard output, so that a half-written report can never pass for a whole one.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liftback.cli import main

EXAMPLES = Path(__file__).parents[3] / "examples"
CASES = Path(__file__).parents[2] / "cases"
TODAY = ("--today", "2026-11-23")
STRONG = "Date,Workout Name,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
ROW = "2026-11-0{} 10:00:00,A,Squat (Barbell),1,{},5,0,0,,,\n"
FEVER = "the choices are no, rigors_or_very_ill, measured, felt_hot, known_sweats, not_sure."


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("story.yaml").write_text("about: {age: 34}\nanswers: {onset: 2026-11-10}\n", encoding="utf-8")
    Path("strong.csv").write_text(STRONG + ROW.format(1, 102.5) + ROW.format(2, 107.5), encoding="utf-8")
    Path("diary.csv").write_text("date,pain\n2026-11-20,3\n", encoding="utf-8")


def run(*line: str) -> Result:
    return CliRunner().invoke(main, line, prog_name="liftback")


def put(content: str | bytes, name: str = "bad") -> str:
    Path(name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return name


def refused(*line: str) -> str:
    """The one sentence of a refusal."""
    result = run(*line)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert isinstance(result.exception, SystemExit)
    said = result.stderr.rstrip("\n")
    assert "\n" not in said
    assert said.startswith("liftback: ")
    assert said[-1] in ".?7", said  # a list of names may end with `answer 7`
    return said.removeprefix("liftback: ")


# --- the good runs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("output", ["text", "json", "markdown", "html"])
def test_assess_prints_a_whole_report(output: str) -> None:
    result = run("assess", "story.yaml", "--log", "strong.csv", "--diary", "diary.csv", *TODAY, "--format", output)
    assert result.exit_code == 0
    assert len(result.stdout) > 2000
    if output == "json":
        assert len(json.loads(result.stdout)["answers"]) == 7


def test_explain_prints_the_reasons() -> None:
    assert run("explain", "story.yaml", "answer 3", *TODAY).stdout.startswith("Answer 3: ")


def test_import_counts_every_row() -> None:
    assert "2 rows = 2 sets + 0 other rows + 0 errors" in run("import", "strong.csv", *TODAY).stdout
    found = json.loads(run("import", "strong.csv", *TODAY, "--format", "json").stdout)
    assert found["errors"] == []


def test_import_leaves_out_what_an_earlier_export_held() -> None:
    assert "+ 2 sets imported before" in run("import", "strong.csv", "--earlier", "strong.csv", *TODAY).stdout


def test_questions_are_listed() -> None:
    assert "\nbladder_change (warning sign)\n" in run("questions").stdout
    assert {"id", "gate", "choices"} <= set(json.loads(run("questions", "--format", "json").stdout)[0])


def test_check_says_how_many_hold() -> None:
    result = run("check", str(CASES / "presentation"))
    assert result.exit_code == 0
    assert result.stdout.endswith("cases hold, from 1 files.\n")


CASE = "cases: [{name: a, source: b, today: 2026-11-20, expected: {triage.level: %s}}]"


def test_check_says_which_case_fails_with_exit_code_1() -> None:
    result = run("check", put(CASE % "emergency"))
    assert result.exit_code == 1
    assert "FAILED bad: a\n    triage.level should be 'emergency', but is 'same_day'\n0 of 1" in result.stdout


# --- what is wrong with a story ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The story file is empty; `liftback ask` writes one with you, question by question."),
        (
            "answers: {onset: [",
            (
                "The story is not readable as YAML at line 2, column 1: did not find expected node content. "
                "Check the indents and quotes."
            ),
        ),
        (
            "answers: {fevr: no}",
            ("In `answers`: there is no question 'fevr'; did you mean 'fever'? `liftback questions` lists all."),
        ),
        (
            "answers: {fever: purple}",
            f"In `answers`: fever: 'purple' is not an answer we can use; {FEVER}",
        ),
        (
            "answers: {onset: 2026-11-24}",
            ("In `answers`: onset: '2026-11-24' is not an answer we can use; the day must not lie after 2026-11-23."),
        ),
        (
            "answers: {onset: 2026-13-45}",
            (
                "In `answers`: onset: '2026-13-45' is not an answer we can use; give a date such as 2026-11-14, or "
                'words such as "yesterday", "3 days ago" or "2 weeks".'
            ),
        ),
        *(
            (
                f"about: {{age: {age}}}",
                f"In `about`: age: '{age}' is not an answer we can use; give one number from 10 to 110 years.",
            )
            for age in ("0", "130", "-3", ".inf", ".nan", "1:30", "0x1f", "=1+1")
        ),
        ("about: 5", "`about` must hold lines like `question: answer`; found '5'."),
        (
            "answers: {fever: {a: b}}",
            "In `answers`: fever: \"{'a': 'b'}\" is not an answer we can use; " + FEVER,
        ),
        ("words: " + "a" * 20_001, "`words` is longer than 20,000 letters; please tell the part that matters most."),
        (
            b"words: R\xfccken",
            "The story is not readable as text at line 1; save it as UTF-8 and try again.",
        ),
        ("a: &a [x]\nb: *a", "The story uses a YAML alias (*a); please write the value out."),
        ('{"about": {"age": 3, "age": 4}}', "In the story 'age' is written twice; keep one."),
        ("diary: [{date: 2026-11-20, pain: 11}]", "In `diary`, day 1 of the list: pain 11 is not between 0 and 10."),
    ],
)
def test_a_story_that_cannot_be_used(content: str | bytes, sentence: str) -> None:
    assert refused("assess", put(content), *TODAY) == f"bad: {sentence}"
    assert refused("explain", "bad", "triage", *TODAY) == f"bad: {sentence}"
    assert refused("ask", "--resume", "bad", *TODAY) == f"bad: {sentence}"


# --- what is wrong with a log or a diary -------------------------------------------------------------------

KNOWN = "give an export of Strong, Hevy, FitNotes, wger, Liftosaur and JEFIT as the app wrote it, header included."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The file is empty: export your log again from the app and check that it has rows."),
        (STRONG, "The file has a header and no rows below it: log something or export a longer span of time."),
        (
            b"PK\x03\x04 and so on",
            (
                "The file is a spreadsheet (.xlsx) or a zip archive, not a text export: open it and save the sheet as "
                "CSV, or unzip it."
            ),
        ),
        (
            "<html><table>",
            ("The file is a web page (HTML), not a text export: open it in a spreadsheet and save it as CSV."),
        ),
        (bytes(range(1, 256)), "The file is binary, not text: use the CSV or JSON export of your training app."),
        ("date,pain\n2026-11-20,3\n", f"Liftback does not know this file: line 1 holds 'date, pain'; {KNOWN}"),
        (",,,\n", f"Liftback does not know this file: it has no header; {KNOWN}"),
        (
            STRONG + ROW.format(1, "=1+1"),
            (
                "1 of 1 rows cannot be read (line 2: weight '=1+1' is not a number), so the file was not used: export "
                "it again from the app."
            ),
        ),
        ('[{"a":', "The file starts as JSON but breaks at line 1 (Expecting value): export it again."),
    ],
)
def test_a_log_that_cannot_be_used(content: str | bytes, sentence: str) -> None:
    assert refused("import", put(content), *TODAY) == f"bad: {sentence}"
    assert refused("assess", "story.yaml", "--log", "bad", *TODAY) == f"bad: {sentence}"
    assert refused("import", "strong.csv", "--earlier", "bad", *TODAY) == f"bad: {sentence}"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "The diary file is empty; it needs a first line like date,pain and one line for each day."),
        (
            b"PK\x03\x04 and so on",
            (
                "The diary is a spreadsheet (.xlsx) or a zip archive, not a text table; open it and save the sheet as "
                "CSV, or unzip it."
            ),
        ),
        (
            "day,mood\n",
            (
                "The first line of the diary names no pain column (found: day, mood); "
                "write a first line like date,pain above the days."
            ),
        ),
        (
            "date,pain\n2026-11-20,-1\n",
            "No day of the diary can be read (line 2: pain -1 is not between 0 and 10); mend its lines and try again.",
        ),
        (
            "date,pain\n03/04/2026,3\n",
            (
                "The dates of the diary can be read day first or month first (line 2: 03/04/2026); write them like "
                "2026-11-23, or say --date-order dmy (day first) or mdy (month first)."
            ),
        ),
        (
            "date,pain\n2026-11-20,40\n2026-11-21,50\n2026-11-22,60\n",
            (
                "The pain column of the diary goes up to 60, so it may be a scale to 100; "
                "scores here run from 0 to 10: divide that column by ten and try again."
            ),
        ),
        (
            bytes(500),
            "The diary is not a text file; give a CSV file, saved as UTF-8, with a first line like date,pain.",
        ),
        (
            "date,pain\n" * 200_001,
            "The diary file is too large for a diary; give a CSV file with one line for each day.",
        ),
    ],
)
def test_a_diary_that_cannot_be_used(content: str | bytes, sentence: str) -> None:
    assert refused("assess", "story.yaml", "--diary", put(content), *TODAY) == f"bad: {sentence}"


def test_lines_of_a_diary_that_cannot_be_read_are_told_and_the_rest_is_used() -> None:
    lines = "date,pain\n2026-11-20,11\n2026-11-21,3\n"
    result = run("assess", "story.yaml", "--diary", put(lines), *TODAY)
    assert (result.exit_code, result.stderr) == (0, "liftback: bad, line 2: pain 11 is not between 0 and 10.\n")


def test_a_diary_of_thousands_of_bad_lines_is_told_in_a_few() -> None:
    result = run("assess", "story.yaml", "--diary", put("date,pain\n2026-11-20,1\n" + "x,1\n" * 5000), *TODAY)
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == "liftback: bad: 4,995 more lines cannot be read."
    assert len(result.stderr.splitlines()) == 6


def test_assess_tells_what_it_could_not_read_of_a_log_and_what_it_guessed() -> None:
    content = STRONG + ROW.format(1, 102.5) + ROW.format(2, 107.5) + ROW.format(3, "heavy")
    told = run("assess", "story.yaml", "--log", put(content), *TODAY).stderr.splitlines()
    assert told[0] == (
        "liftback: bad: 1 of 3 rows cannot be read (line 4: weight 'heavy' is not a number); "
        "`liftback import bad` lists them."
    )
    assert told[1].startswith("liftback: bad: The file does not name the unit; ")
    assert run("assess", "story.yaml", "--log", "bad", "--unit", "kg", *TODAY).stderr.count("\n") == 1


# --- what is wrong with a file's name, or with the line ----------------------------------------------------


def test_files_that_are_no_files() -> None:
    assert refused("assess", "none.yaml") == "There is no file none.yaml; check the name and the folder."
    assert refused("assess", ".") == ". is a folder, not a file; give the story itself."
    assert refused("import", ".") == ". is a folder, not a file; give the training log itself."
    assert refused("assess", "story.yaml/x").startswith("story.yaml/x cannot be read: ")
    assert refused("assess", "a\nb") == "There is no file a?b; check the name and the folder."
    assert refused("assess", "a" * 5000).startswith("a" * 120 + "… cannot be read: ")
    assert refused("check", "none") == "There is no file none; check the name and the folder."
    assert refused("assess", os.devnull).startswith(f"{os.devnull}: The story file is empty;")


def test_a_file_of_200_megabytes_is_refused_before_it_is_read() -> None:
    with Path("big").open("wb") as file:
        file.truncate(200_000_000)
    for line, what in [
        (["assess", "big"], "story"),
        (["assess", "story.yaml", "--log", "big"], "training log"),
        (["assess", "story.yaml", "--diary", "big"], "diary"),
        (["import", "big"], "training log"),
        (["check", "big"], "case file"),
        (["ask", "--resume", "big"], "story"),
    ]:
        assert refused(*line) == f"big is 200 MB, which is too large for a {what}. Is it another file?"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("none.csv", "There is no file none.csv, which bad names as its training log; check the name and the folder."),
        (
            "'~no-one-here/x'",
            "There is no file ~no-one-here/x, which bad names as its training log; check the name and the folder.",
        ),
        ('"a\\0b"', "a?b is no name that a file can have; check the name."),
    ],
)
def test_a_log_that_a_story_names_and_that_is_not_there(path: str, sentence: str) -> None:
    assert refused("assess", put(f"log: {path}\n"), *TODAY) == sentence


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (["fly"], "No such command 'fly'. `liftback --help` shows what it takes."),
        (["--fly"], "No such option '--fly'. `liftback --help` shows what it takes."),
        (["assess"], "Missing argument 'STORY'. `liftback assess --help` shows what it takes."),
        (
            ["assess", "story.yaml", "--format", "pdf"],
            (
                "Invalid value for '--format': 'pdf' is not one of 'text', 'json', 'markdown', 'html'. "
                "`liftback assess --help` shows what it takes."
            ),
        ),
        (
            ["assess", "story.yaml", "--today", "2026-02-30"],
            (
                "Invalid value for '--today': '2026-02-30' is not a date; write it like 2026-11-23. "
                "`liftback assess --help` shows what it takes."
            ),
        ),
        *(
            (
                ["import", "strong.csv", "--today", day],
                (
                    f"Invalid value for '--today': {day} is not between 1970-01-01 and 2199-12-31; write a day like "
                    "2026-11-23. `liftback import --help` shows what it takes."
                ),
            )
            for day in ("0001-01-01", "9999-12-31")
        ),
    ],
)
def test_a_line_that_cannot_be_read(line: list[str], sentence: str) -> None:
    assert refused(*line) == sentence


def test_explain_names_what_it_knows() -> None:
    said = refused("explain", "story.yaml", "triag", *TODAY)
    assert said.startswith("Nothing here is called 'triag'. Did you mean 'triage'? Names: triage, presentation, ")
    assert len(refused("explain", "story.yaml", "x" * 5000, *TODAY)) < 600


# --- case files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "bad holds no `cases:` list; CONTRIBUTING.md shows what a case looks like."),
        ("cases: []", "bad holds no `cases:` list; CONTRIBUTING.md shows what a case looks like."),
        ("cases: [5]", "bad, case 1 needs name, source, today, given and expected."),
        ("cases: " + "[" * 100_000, "bad is nested deeper than 10 levels at line 1; please write it flat."),
        (
            CASE % "{near: 1}",
            (
                "bad, case 1: triage.level cannot be tested with 'near'; "
                "use includes, excludes, one_of, at_least, at_most, absent."
            ),
        ),
        (
            CASE.replace("expected: {triage.level: %s}", "expected: 5"),
            "bad, case 1: expected must hold lines like `name: value`; found '5'.",
        ),
        (CASE.replace("2026-11-20", "9999-12-31") % 1, "bad, case 1: today must be a date like 2026-11-20."),
    ],
)
def test_a_case_file_that_cannot_be_used(content: str, sentence: str) -> None:
    assert refused("check", put(content)) == sentence


def test_no_failure_is_told_before_every_file_could_be_read() -> None:
    assert refused("check", put(CASE % "emergency", "one"), put("", "two")).startswith("two holds no `cases:` list")


def test_an_empty_folder_has_no_cases() -> None:
    Path("empty").mkdir()
    assert refused("check", "empty") == "There is no case file (*.yaml) in empty."
