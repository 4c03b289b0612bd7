"""How long a lifter waits: whole processes of `liftback --help` and `liftback assess`, medians of runs in turn."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.rows import Row, show

ROOT = Path(__file__).resolve().parents[1]
RUNS = 9
LIFTBACK = [sys.executable, "-m", "liftback"]
STORY = ["examples/story.yaml", "--log", "examples/strong.csv", "--diary", "examples/diary.csv"]
COMMANDS = {
    "python -c pass": [sys.executable, "-c", "pass"],
    "liftback --help": [*LIFTBACK, "--help"],
    "liftback assess (story alone)": [*LIFTBACK, "assess", "examples/story.yaml"],
    "liftback assess (story, log and diary)": [*LIFTBACK, "assess", *STORY],
}
LIMITS = {
    "liftback --help": 0.3,
    "liftback assess (story alone)": 1.0,
    "liftback assess (story, log and diary)": 1.0,
}


def seconds(command: list[str]) -> float:
    """The time of one process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def rows() -> list[Row]:
    """Medians, in turn so that a busy machine slows all alike, with the ratio to a bare Python."""
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    medians = {name: statistics.median(measured) for name, measured in times.items()}
    bare = medians["python -c pass"]
    found = [Row(what=name, value=value, unit="s", limit=LIMITS.get(name)) for name, value in medians.items()]
    found += [Row(what=f"  {name} / bare Python", value=medians[name] / bare, unit="x") for name in LIMITS]
    return found


if __name__ == "__main__":
    sys.exit(show(rows()))
