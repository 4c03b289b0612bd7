"""The reports fit the terminal that they are read in."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from liftback.cli import main

SAMPLE = str(Path(__file__).parents[3] / "examples" / "story.yaml")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--today", "2026-11-23"])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("columns", [50, 72])
def test_a_report_is_as_wide_as_the_terminal(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    widths = [len(line) for line in run("assess", SAMPLE).splitlines() if "http" not in line]
    assert columns - 8 < max(widths) <= columns


def test_no_terminal_is_as_wide_as_the_widest_line_that_reads_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    assert max(len(line) for line in run("assess", SAMPLE).splitlines() if "http" not in line) <= 80
