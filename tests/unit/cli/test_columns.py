"""The reports fit the terminal that they are read in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from liftback.cli import main
from liftback.knowledge.loader import load_knowledge

QUESTIONS = load_knowledge().questions
SAMPLE = str(Path(__file__).parents[3] / "examples" / "story.yaml")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--today", "2026-11-23"])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("columns", [50, 72])
def test_a_report_is_as_wide_as_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    widths = [len(line) for line in run("assess", SAMPLE).splitlines() if "http" not in line]
    assert columns - 8 < max(widths) <= columns


def test_no_terminal_is_as_wide_as_the_widest_line_that_reads_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    assert max(len(line) for line in run("assess", SAMPLE).splitlines() if "http" not in line) <= 80


def test_every_question_is_listed_with_what_its_choices_mean(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    told = CliRunner().invoke(main, ["questions"]).output
    flat = " ".join(told.split())
    for question in QUESTIONS.values():
        assert f" {question.id} " in f" {flat} "
        assert " ".join(question.text.split()) in flat
        assert all(f"{choice.id}: {' '.join(choice.label.split())}" in flat for choice in question.choices)
    assert max(len(line) for line in told.splitlines()) <= 60


@pytest.mark.parametrize("command", [[], ["ask"], ["assess"], ["explain"], ["import"], ["questions"], ["check"]])
def test_every_help_fits_a_screen_and_ends_with_a_line_to_type(command: list[str]) -> None:
    told = CliRunner().invoke(main, [*command, "--help"]).output
    assert len(told.splitlines()) <= 30
    assert "..." not in told.replace("[ARGS]...", "").replace("CASES...", "")
    if command:
        assert f"  liftback {command[0]}" in told.partition("Examples:")[2]
