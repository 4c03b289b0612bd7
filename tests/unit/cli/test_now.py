"""What somebody sees whom it has just happened to: warning signs before anything else, and no question."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from liftback.cli import main


def test_the_warning_signs_come_before_what_to_do() -> None:
    told = CliRunner().invoke(main, ["now"])
    assert told.exit_code == 0
    places = [
        told.output.index(words) for words in ("Check this first", "emergency number", "Be seen", "Put the bar down")
    ]
    assert places == sorted(places)
    assert told.output.count("Get help now if peeing") == 1, "when to be seen is said once"


@pytest.mark.parametrize("width", [40, 80])
def test_no_line_is_wider_than_the_terminal(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    told = CliRunner().invoke(main, ["now"])
    assert max(len(line) for line in told.output.splitlines()) <= width


def test_it_can_be_read_by_a_program() -> None:
    told = json.loads(CliRunner().invoke(main, ["now", "--format", "json"]).output)
    assert told["signs"]
    assert told["steps"][0]["do"]
