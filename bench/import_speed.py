"""A Strong file of a hundred thousand sets: how fast it is read, how much memory that takes, and against pandas.

The comparison is pandas.read_csv and a loop over its rows that does the same typing (dates, kinds, numbers, notes)
into the same kind of set; both run in this process, in turns. Two loops are shown: iterrows, as most scripts
write it, and the faster itertuples.
"""

from __future__ import annotations

import io
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.rows import Row, show
from liftback.exchange.training_files import read_training_file
from liftback.training.log import LoggedSet

SETS = 100_000
RUNS = 5
LIMIT_SECONDS = 1.0
LIMIT_MEGABYTES = 200.0
LEAST_RATIO = 3.0
LIFTS = (
    "Squat (Barbell)", "Deadlift (Barbell)", "Bench Press (Barbell)", "Bent Over Row (Barbell)", "Leg Press",
    "Overhead Press (Barbell)", "Bicep Curl (Dumbbell)", "Lat Pulldown (Cable)",
)  # fmt: skip
KINDS = {"W": "warmup", "D": "drop", "F": "failure"}
PEAK = """
import sys
from pathlib import Path
from liftback.exchange.training_files import read_training_file
log = read_training_file(Path(sys.argv[1]).read_bytes())
assert len(log.sets) == int(sys.argv[2])
status = Path("/proc/self/status")  # getrusage would give the parent's peak where that was higher
if status.exists():
    print(int(status.read_text().split("VmHWM:")[1].split()[0]) / 1024)
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


def strong_file(sets: int) -> bytes:
    """A Strong export of so many sets, as a lifter of many years would have it."""
    chance = random.Random(7)
    lines = ["Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"]
    start = datetime.fromisoformat("2006-01-02 18:03:11")
    while len(lines) <= sets:
        for lift in chance.sample(LIFTS, 5):
            for order in "W1234":
                weight, reps = chance.randrange(8, 80) * 2.5, chance.randrange(3, 13)
                note = "felt good" if chance.random() < 0.05 else ""
                rpe = chance.choice(("", "7", "8", "8.5"))
                cells = f'1h 12m,"{lift}",{order},{weight},{reps}.0,0,0.0,"{note}","",{rpe}'
                lines.append(f'{start},"Evening, gym",{cells}')
        start += timedelta(days=chance.choice((1, 1, 2)), minutes=chance.randrange(-30, 30))
    return ("\n".join(lines[: sets + 1]) + "\n").encode()


def typed(row: Any, line: int) -> LoggedSet:
    """The same typing, cell by cell: `row` gives Date, Workout Name and so on by place."""
    started = datetime.fromisoformat(row[0])
    weight = float(row[5]) if row[5] != "" else None
    return LoggedSet(
        day=started.date(),
        started=started,
        workout=row[1].strip(),
        exercise=row[3].strip(),
        kind=KINDS.get(row[4], "normal"),
        weight=weight,
        unit="kg" if weight else "bodyweight",
        reps=int(float(row[6])) if row[6] != "" else None,
        seconds=float(row[8]) or None if row[8] != "" else None,
        distance=float(row[7]) or None if row[7] != "" else None,
        distance_unit="",
        rpe=float(row[11]) if row[11] != "" else None,
        note="\n".join(filter(None, (row[9], row[10]))),
        line=line,
    )


def with_iterrows(content: bytes) -> list[LoggedSet]:
    """Pandas and the loop that most scripts write."""
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - only compared with

    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return [typed(row.to_numpy(), line) for line, (_, row) in enumerate(frame.iterrows(), 2)]


def with_itertuples(content: bytes) -> list[LoggedSet]:
    """Pandas and its fastest loop over rows."""
    import pandas as pd  # noqa: PLC0415 - only compared with

    frame = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return [typed(row, line) for line, row in enumerate(frame.itertuples(index=False, name=None), 2)]


def in_turns(works: list[Callable[[], object]]) -> list[float]:
    """The median time of each work, run in turns so that a busy machine is fair to all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(RUNS):
        for work, kept in zip(works, times, strict=True):
            start = time.perf_counter()
            work()
            kept.append(time.perf_counter() - start)
    return [statistics.median(kept) for kept in times]


def peak_megabytes(content: bytes) -> float:
    """The most memory that a process takes which starts, imports this file and ends."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "strong.csv"
        path.write_bytes(content)
        paths = os.pathsep.join([str(Path(__file__).resolve().parents[1] / "src"), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(path), str(SETS)],
            env={**os.environ, "PYTHONPATH": paths},
            capture_output=True,
            text=True,
            check=True,
        )
    return float(done.stdout)


def rows() -> list[Row]:
    """The time, the memory, and how many times faster than pandas (shown as what part of its time)."""
    content = strong_file(SETS)
    same = [one[:6] + one[7:] for one in read_training_file(content, unit="kg").sets]
    if same != [one[:6] + one[7:] for one in with_itertuples(content)]:
        raise AssertionError("the comparison does not do the same typing")
    ours, slow, fast = in_turns(
        [lambda: read_training_file(content), lambda: with_iterrows(content), lambda: with_itertuples(content)]
    )
    return [
        Row(what="import of 100,000 sets", value=ours, unit="s", limit=LIMIT_SECONDS),
        Row(what="  most memory of the whole process", value=peak_megabytes(content), unit="MB", limit=LIMIT_MEGABYTES),
        Row(what="  part of the time of pandas and iterrows", value=ours / slow, unit="", limit=1 / LEAST_RATIO),
        Row(what="  part of the time of pandas and itertuples", value=ours / fast, unit=""),
        Row(what="  pandas and iterrows", value=slow, unit="s"),
        Row(what="  pandas and itertuples", value=fast, unit="s"),
    ]


if __name__ == "__main__":
    sys.exit(show(rows()))
