"""A dropped file is read in a process of its own: no file can take the server's time or memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from liftback.records import bounded
from liftback.records.bounded import Earlier, UnreadableError, look_at_log
from liftback.records.policies import LARGEST_FILE, NotNowError
from tests.people import TODAY

SAMPLES = Path(__file__).parents[1] / "samples"
STRONG = (SAMPLES / "strong_comma.csv").read_bytes()


def look(content: bytes, **given: object) -> bounded.Looked:
    return look_at_log(name="file", content=content, today=TODAY, **{"unit": "", **given})  # type: ignore[arg-type]  # of tests


@pytest.mark.parametrize("name", ["strong_comma.csv", "hevy_lb_km.csv", "jefit.csv", "wger_with_names.json"])
def test_a_log_is_read_with_counts_that_add_up(name: str) -> None:
    counts = look((SAMPLES / name).read_bytes()).preview["counts"]
    assert counts["rows"] == sum(counts[part] for part in ("sets", "not_sets", "errors", "duplicates")) > 0


def test_a_unit_that_the_file_does_not_say_is_asked_for_without_the_words_of_a_command() -> None:
    read = look(STRONG).preview
    assert read["ask_unit"]
    assert "--unit" not in read["unit"]["reason"]
    assert look(STRONG, unit="lb").preview["unit"]["unit"] == "lb"


def test_sets_of_an_earlier_log_are_counted_as_imported_before() -> None:
    first = b"".join(STRONG.splitlines(keepends=True)[:4])
    whole = look(STRONG, earlier=(Earlier(content=first, unit=""), Earlier(content=first, unit=""))).preview["counts"]
    assert 0 < whole["duplicates"] < 9
    assert whole["sets"] + whole["duplicates"] == 9


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x00\x01\x02\xff\xfe" * 50_000, "binary"),
        (b"PK\x03\x04" + b"\x00" * 1_000, "unzip"),
        (b"\x1f\x8b" + b"\x00" * 1_000, "unpack"),
        (b"Date," + b"x" * 5_000_000, "know this file"),
        (b",".join(b"c%d" % place for place in range(1_000_000)), "know this file"),
        (b"[" * 1_000_000, "nested"),
        (b'{"a":' * 500_000, "nested"),
        (b"<html><script>alert(1)</script>", "web page"),
        (b"Date,Exercise\n", "know"),
    ],
    ids=["binary", "zip", "gzip", "endless line", "a million columns", "deep list", "deep map", "html", "no log"],
)
def test_what_is_no_log_gets_a_sentence(content: bytes, word: str) -> None:
    with pytest.raises(UnreadableError, match=word):
        look(content)


def test_a_file_that_is_too_large_or_empty_is_not_read_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_a, **_k: pytest.fail("it was read"))
    for content in (b"", b"x" * (LARGEST_FILE + 1)):
        with pytest.raises(NotNowError):
            look(content)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "LONGEST_READ", 0.01)
    began = time.monotonic()
    with pytest.raises(UnreadableError, match="too long"):
        look(STRONG)
    assert time.monotonic() - began < 5


def test_a_file_that_takes_too_much_work_is_given_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    busy = tmp_path / "busy"
    busy.write_text(f"#!{sys.executable}\nimport os, signal\nos.kill(os.getpid(), signal.SIGXCPU)\n")
    busy.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(busy))
    with pytest.raises(UnreadableError, match="too long"):
        look(STRONG)


def test_a_reading_process_that_dies_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    with pytest.raises(UnreadableError, match="not built like a training log"):
        look(STRONG)


def test_the_reading_process_ends_where_it_takes_too_much_memory() -> None:
    greedy = "from liftback.records.bounded_child import limit; limit(); b'x' * 1_200_000_000"
    done = subprocess.run([sys.executable, "-c", greedy], capture_output=True, check=False, text=True)
    assert done.returncode != 0
    assert "MemoryError" in done.stderr


def test_the_answer_stays_small_whatever_the_file_holds() -> None:
    head = STRONG.splitlines(keepends=True)[0]
    row = STRONG.splitlines()[1].replace(b"Squat (Barbell)", b"X" * 2_000)
    names = [row.replace(b"X" * 2_000, b"Unheard of %d" % place) for place in range(500)]
    read = look(head + b"\n".join([*names, row]) + b"\n").preview
    assert len(read["unknown"]) <= 60
    assert read["unknown_count"] == 501
