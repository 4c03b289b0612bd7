"""Real exports and the numbers of other tools, where the shared folder exists: read, and never part of this repository.

Counts were taken by hand with the one-line commands beside them.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from liftback.exchange.training_files import import_report, read_training_file
from liftback.knowledge.loader import load_knowledge
from liftback.training.estimates import estimate_single, multipliers
from liftback.training.log import KG_IN_POUND, TrainingLog
from liftback.training.summary import summarise
from tests.unit.exchange_training.samples import adds_up

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
LOGS = SHARED / "training_logs"
TODAY = date(2026, 11, 23)
FILES = sorted(path for path in LOGS.glob("*.*") if path.suffix in (".csv", ".json")) if LOGS.exists() else []
KNOWLEDGE = load_knowledge()
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LOGS.exists(), reason="the folder of real training logs is not on this machine"),
]


def read(name: str) -> TrainingLog:
    return read_training_file((LOGS / name).read_bytes(), today=TODAY)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_real_file_is_read_without_an_error(path: Path) -> None:
    log = read(path.name)
    assert log.errors == ()
    assert adds_up(log)
    assert log.format == path.name.partition("_")[0]
    assert summarise(log, KNOWLEDGE, TODAY).hard_sets > 0


def test_counts_of_a_year_of_strong() -> None:
    log = read("strong_old_comma_duration_strong-charts.csv")
    # wc -l: 2079 lines, one is the header
    # cut -d'"' -f1,2 FILE | tail -n +2 | sort -u | wc -l: 129 workouts by date and name
    # grep -cE '",[0-9]+,0(\.0)?,': 250 sets without a weight
    # tail -n +2 FILE | cut -c1-10 | sort | sed -n '1p;$p': 2021-02-10, 2021-12-22
    report = import_report(log, KNOWLEDGE)
    assert (report.rows, report.sets, report.workouts) == (2078, 2078, 129)
    assert sum(one.unit == "bodyweight" for one in log.sets) == 250
    assert (report.first_day, report.last_day) == (date(2021, 2, 10), date(2021, 12, 22))
    assert (report.units.unit, report.units.basis) == ("kg", "inferred")


def test_counts_of_a_year_of_hevy() -> None:
    log = read("hevy_kg_strong-statistics.csv")
    # grep -c "": 7212 lines, one is the header
    # grep -c ',"warmup",': 2195; ',"normal",': 3851; ',"failure",': 1122; ',"dropset",': 43
    # grep -c '"Squat (Barbell)"': 153; cut -d'"' -f2,4 | tail -n +2 | sort -u | wc -l: 335 workouts
    report = import_report(log, KNOWLEDGE)
    assert (report.rows, report.sets, report.workouts) == (7211, 7211, 335)
    assert Counter(one.kind for one in log.sets) == {"warmup": 2195, "normal": 3851, "failure": 1122, "drop": 43}
    assert sum(one.exercise == "Squat (Barbell)" for one in log.sets) == 153
    assert (report.units.unit, report.units.basis) == ("kg", "stated")


def test_counts_of_a_strong_file_with_rest_timers() -> None:
    log = read("strong_2025_resttimer_gravitus-to-strong.csv")
    # wc -l: 16 line ends, none after the last row: 17 lines, one is the header; grep -c 'Rest Timer': 8
    assert (log.rows, len(log.sets), Counter(other.kind for other in log.not_sets)) == (16, 8, {"rest timer": 8})
    assert log.units.unit == "unknown"  # two weights, 5 and 20, tell nothing


def test_counts_of_packed_jefit_sets() -> None:
    # grep -oE '[0-9.]+x[0-9]+' FILE | wc -l: 83; grep -cE '^10[1-5],"': 26 exercises
    log = read("jefit_sections_openweight.csv")
    assert (log.rows, len(log.sets)) == (83, 83)
    assert len({(one.day, one.exercise) for one in log.sets}) == 26


def test_pounds_without_a_unit_are_found() -> None:
    assert (read("strong_lbs_openweight.csv").units.unit, len(read("strong_lbs_openweight.csv").sets)) == ("lb", 30)


def test_estimates_agree_with_two_calculators() -> None:
    table = multipliers(KNOWLEDGE)
    most = max(table)
    checked = 0
    with (SHARED / "oracles" / "e1rm_vectors.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            weight, reps, formula = float(row["weight_kg"]), int(row["reps"]), row["formula"].title()
            if not 1 < reps <= most:
                continue
            found = estimate_single(weight, reps, table)
            assert found is not None
            values = {name.title(): value for name, value in found.by_formula} | {"Consensus": found.middle}
            assert values[formula] == pytest.approx(float(row["e1rm"]), abs=1e-3)
            checked += 1
    assert checked > 1000


def test_kilograms_and_pounds_agree_with_another_tool() -> None:
    for pair in json.loads((SHARED / "oracles" / "kg_lb_vectors.json").read_text()):
        assert pair["lb"] * KG_IN_POUND == pytest.approx(pair["kg"], abs=1e-5)
