"""The sample files of this project: look-alikes that we wrote ourselves, and one line for reading them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liftback.exchange.training_files import read_training_file
from liftback.training.log import TrainingLog

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TODAY = date(2026, 11, 23)
STRONG = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
HEVY = (
    "title,start_time,end_time,description,exercise_title,superset_id,exercise_notes,set_index,set_type,"
    "weight_kg,reps,distance_km,duration_seconds,rpe"
)


def sample(name: str, **options: str) -> TrainingLog:
    """A sample file as read on the test's day."""
    return read_training_file((SAMPLES / name).read_bytes(), today=TODAY, unit=options.get("unit"))


def strong(*rows: str, unit: str | None = None, header: str = STRONG) -> TrainingLog:
    """A Strong file of these rows."""
    return read_training_file("\n".join((header, *rows, "")).encode(), today=TODAY, unit=unit)


def row(exercise: str = "Squat (Barbell)", **cells: str) -> str:
    """A row of the common Strong layout; `cells` replace the usual ones."""
    usual = {
        "date": "2026-09-07 18:02:11", "workout": "Legs", "duration": "1h", "exercise": f'"{exercise}"', "order": "1",
        "weight": "100", "reps": "5", "distance": "0", "seconds": "0", "notes": "", "workout_notes": "", "rpe": "",
    }  # fmt: skip
    return ",".join((usual | cells).values())


def adds_up(log: TrainingLog) -> bool:
    """Whether every row of a file went somewhere, once."""
    return log.rows == len(log.sets) + len(log.not_sets) + len(log.errors) + log.duplicates
