"""`liftback form` as a person types it: the list, an empty file, and what filled-in ones come to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liftback.cli import main

STRAIN = "phq4_nervous: Nearly every day\nphq4_worrying: 2\nphq4_interest: Not at all\nphq4_down: 0\n"
HELP = (
    "These weeks look heavy, and that is nothing to carry alone. Please talk to your doctor about it, or to somebody "
    "you trust; it is as real as the back, and there is good help. These four questions do not ask whether you think "
    "of harming yourself or of not wanting to live. If you do, call your local emergency number now; in the United "
    "States you can also call or text 988, at any hour."
)
FORMS = ("own_lifts", "peg", "phq4", "rmdq")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*line: str) -> Result:
    return CliRunner().invoke(main, ["form", *line], prog_name="liftback")


def good(*line: str) -> str:
    result = run(*line)
    assert result.exit_code == 0, (result.output, result.exception)
    assert result.stderr == ""
    return result.stdout


def flat(*line: str) -> str:
    return " ".join(good(*line).split())


def refused(*line: str) -> str:
    result = run(*line)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1
    return result.stderr.rstrip("\n").removeprefix("liftback: ")


def put(text: str, name: str = "answers.yaml") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def rmdq(ticks: int) -> str:
    return "".join(f"rmdq_{place}: {'yes' if place <= ticks else 'no'}\n" for place in range(1, 25))


# --- the list and the empty file ----------------------------------------------------------------------------------


def test_the_questionnaires_are_listed_with_their_source_and_licence() -> None:
    told = flat()
    for name in ("phq4: PHQ-4, 4 questions", "rmdq: Roland-Morris Disability Questionnaire, 24 questions"):
        assert name in told
    assert "Spine 1983; 8: 141-144." in told
    assert "no permission is required from the authors" in told
    listed = json.loads(good("--format", "json"))
    assert [one["id"] for one in listed] == list(FORMS)
    assert listed[2]["items"][0]["choices"]["Nearly every day"] == 3


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_file_asks_every_question_and_can_be_read_back(form: str) -> None:
    blank = good(form, "--blank")
    (asked,) = [one for one in json.loads(good("--format", "json")) if one["id"] == form]
    comments = " ".join(line.removeprefix("# ") for line in blank.splitlines() if line.startswith("#"))
    for text in (asked["introduction"], asked["citation"], *(item["text"] for item in asked["items"])):
        assert text in comments
    assert [line for line in blank.splitlines() if line and not line.startswith("#")] == [
        f"{item['id']}:" for item in asked["items"]
    ]
    assert good(form, put(blank)) == f"{asked['name']}: no answers yet.\n"


def test_a_blank_of_ticks_says_what_a_space_left_blank_is() -> None:
    assert "# never as a no. A tick is yes; where you would leave a space blank, write no." in good("rmdq", "--blank")
    assert "A tick is yes" not in good("phq4", "--blank")


# --- scores -------------------------------------------------------------------------------------------------------


def test_a_score_is_said_with_its_band() -> None:
    told = flat("rmdq", put(rmdq(2)))
    assert told.startswith("Roland-Morris Disability Questionnaire: 2, from 0 to 24; lower is better. In one study,")


@pytest.mark.parametrize(
    "answers",
    [STRAIN, "phq4_nervous: 3\nphq4_worrying: 3\n", "phq4_interest: 1\nphq4_down: 2\nphq4_nervous: ''\n"],
)
def test_help_is_named_in_full_whenever_a_part_is_positive(answers: str) -> None:
    assert HELP in flat("phq4", put(answers))
    assert HELP in json.loads(good("phq4", "answers.yaml", "--format", "json"))["help"]


def test_what_is_missing_is_named_and_gives_no_score() -> None:
    told = flat("phq4", put("phq4_nervous: 0\nphq4_worrying: 1\nphq4_down: not sure\nphq4_interest: 0\n"))
    assert told == (
        "PHQ-4: no score, because 1 of 4 questions has no answer. "
        "Without an answer: Feeling down, depressed, or hopeless (phq4_down)"
    )


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        (12, 7, "-5, better; it changed by at least 5, the smallest change that matters from there."),
        (7, 12, "+5, worse; it changed by at least 5, the smallest change that matters from there."),
        (12, 9, "-3, within the noise; it changed by less than 5, the smallest change that matters from there."),
        (9, 9, "no change."),
        (3, 3, "no change; it changed by less than 5, the smallest change that matters from there; from the earlier"),
    ],
)
def test_a_change_is_held_against_the_smallest_that_matters(before: int, now: int, said: str) -> None:
    told = flat("rmdq", put(rmdq(now)), "--earlier", put(rmdq(before), "old.yaml"))
    assert f"Since the earlier answers: {said}" in told


def test_a_change_is_not_known_without_both_scores_or_a_smallest_change() -> None:
    put("phq4_nervous: 1\n", "part.yaml")
    told = flat("phq4", put(STRAIN), "--earlier", "part.yaml")
    assert "Since the earlier answers: not known; one of the two has no score, because items are missing." in told
    put(STRAIN.replace("2", "1"), "less.yaml")
    assert "-1, it cannot be said whether that is more than the noise" in flat(
        "phq4", "less.yaml", "--earlier", "answers.yaml"
    )


def test_single_items_that_changed_are_named() -> None:
    put("own_lift_1: 4\nown_lift_2: 9\nown_lift_3: 7\n", "old.yaml")
    told = flat("own_lifts", put('{"own_lift_1": 8, "own_lift_2": 9, "own_lift_3": 7}'), "--earlier", "old.yaml")
    assert "own lifts: 8, from 0 to 10; higher is better. Since the earlier answers: +1.33, within the noise;" in told
    assert told.endswith("Your first lift: how well can you do it today? +4, better.")


def test_a_score_as_json() -> None:
    put(rmdq(12), "old.yaml")
    found = json.loads(good("rmdq", put(rmdq(7)), "--earlier", "old.yaml", "--format", "json"))
    assert (found["form"], found["value"], found["missing"], found["points"]["rmdq_7"]) == ("rmdq", 7, [], 1)
    assert (found["change"]["value"], found["change"]["difference"], found["change"]["needed"]) == ("better", -5, 5)
    assert json.loads(good("rmdq", "old.yaml", "--format", "json"))["change"] is None


# --- refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (("phq5",), "There is no questionnaire 'phq5'; did you mean phq4? There are own_lifts, peg, phq4, rmdq."),
        (
            ("PHQ4",),
            (
                "form phq4 needs your answers, such as: liftback form phq4 answers.yaml; "
                "`liftback form phq4 --blank` prints a file to fill in."
            ),
        ),
        (("phq4", "none.yaml"), "There is no file none.yaml; check the name and the folder."),
        (("--blank",), "form names a questionnaire first, such as phq4; `liftback form` lists them."),
        (
            ("phq4", "answers.yaml", "--blank"),
            "form cannot be printed empty and scored at once; leave --blank out.",
        ),
        (("phq4", "answers.yaml"), "answers.yaml: phq4 has no item 'phq4_x'; did you mean phq4_down? Its items are "),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_one_sentence(line: tuple[str, ...], sentence: str) -> None:
    put("phq4_x: 1\n")
    assert refused(*line).startswith(sentence)


@pytest.mark.parametrize("content", [b"", b"hello", b"\x00\x01", b"PK\x03\x04", b"[1]", b'phq4_nervous: "\\e[31m"'])
def test_a_file_that_holds_no_answers_is_refused(content: bytes) -> None:
    Path("answers.yaml").write_bytes(content)
    told = refused("phq4", "answers.yaml")
    assert told.startswith("answers.yaml: ")
    assert "\x1b" not in told


def test_help_fits_a_screen() -> None:
    told = good("--help")
    assert len(told.splitlines()) <= 30
    assert "  liftback form" in told.partition("Examples:")[2]
