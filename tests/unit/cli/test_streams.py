"""Terminals, pipes and disks as they are: full, closed, old, or with nobody at the other end."""

from __future__ import annotations

import html
import io
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from liftback.cli import main
from liftback.cli.streams import show_lookalikes, write_html, write_json

STORY = "about: {age: 34}\nanswers: {onset: 2026-11-10}\n"
FULL = Path("/dev/full")
SOURCES = Path(__file__).parents[3] / "src"


def shell(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a line in which `liftback` stands for the program."""
    typed = line.replace("liftback", f"{sys.executable} -m liftback")
    env = os.environ | {"PYTHONPATH": str(SOURCES)} | environment
    return subprocess.run(
        ["bash", "-c", typed], cwd=folder, env=env, capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    result = shell("liftback questions > /dev/full", tmp_path)
    assert result.returncode == 1
    assert result.stderr == "liftback: the output cannot be written: No space left on device.\n"


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    result = shell("liftback questions --format json | head -1", tmp_path)
    assert (result.stdout, result.stderr) == ("[\n", "")


@pytest.mark.parametrize("closed", ["<&-", ">&-"])
def test_ask_without_keyboard_or_screen_is_one_sentence(closed: str, tmp_path: Path) -> None:
    result = shell(f"liftback ask {closed}", tmp_path)
    assert result.returncode == 2
    assert result.stderr.startswith("liftback: ask needs a keyboard and a screen;")
    assert result.stderr.count("\n") == 1


def test_letters_that_a_keyboard_garbles_are_no_end_of_an_interview(tmp_path: Path) -> None:
    line = r"printf '34\n2\n1\n\xff numb\nstop\n' | liftback ask --today 2026-11-23"
    assert shell(line, tmp_path, PYTHONIOENCODING="utf-8:strict").returncode == 0
    assert "numb" in (tmp_path / "story.yaml").read_text(encoding="utf-8")


def old_screen(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """From now on what is printed goes to a screen that knows the letters of an old terminal only."""
    screen = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(screen, encoding="cp437", write_through=True))
    return screen


def test_an_old_terminal_shows_a_plain_sign_for_each_letter_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = old_screen(monkeypatch)
    show_lookalikes()
    sys.stdout.write("2–4 weeks → “better” ≥ é ő 💥")
    assert screen.getvalue().decode("cp437") == '2-4 weeks -> "better" ≥ é o ?'


def test_json_and_html_lose_no_letter_on_an_old_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = old_screen(monkeypatch)
    told = "2–4 weeks → “better” ő 💥"
    write_json({"text": told})
    assert json.loads(screen.getvalue()) == {"text": told}
    screen = old_screen(monkeypatch)
    write_html(f"<p>{told}</p>")
    assert html.unescape(screen.getvalue().decode("ascii")) == f"<p>{told}</p>"


def test_a_pipe_that_nobody_writes_to_is_empty_and_no_endless_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    result = CliRunner().invoke(main, ["assess", str(tmp_path / "pipe")])
    assert result.exit_code == 2
    assert "The story file is empty" in result.stderr


def test_a_pipe_that_somebody_writes_to_is_read(tmp_path: Path) -> None:
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "w", encoding="utf-8") as file:
            file.write(STORY)

    threading.Timer(0.05, write).start()
    result = CliRunner().invoke(main, ["assess", f"/dev/fd/{reading}", "--today", "2026-11-23"])
    os.close(reading)
    assert result.exit_code == 0, result.output


def test_a_file_without_end_is_refused() -> None:
    result = CliRunner().invoke(main, ["assess", "/dev/zero"])
    assert result.exit_code == 2
    assert result.stderr == (
        "liftback: /dev/zero is more than 100 MB, which is too large for a story. Is it another file?\n"
    )
