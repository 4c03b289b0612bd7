"""What a dropped file holds, as JSON values, before anything of it is kept: counts, unit, errors, lifts to be named."""

from __future__ import annotations

from collections import Counter
from typing import Any

from liftback.exchange.training_files.report_text import app_name, counts_line
from liftback.knowledge.loader import Knowledge
from liftback.training.exercises import match_all
from liftback.training.log import TrainingLog, is_hard
from liftback.training.summary import import_report

SHOWN_ERRORS, SHOWN_ROWS, SHOWN_NAMES = 100, 20, 100
"""Lines of each kind that are shown; all are counted."""


def log_preview(log: TrainingLog, knowledge: Knowledge) -> dict[str, Any]:
    """What was read from a file, for the lifter to check.

    `counts` add up: rows = sets + not_sets + errors + duplicates. `ask_unit`: the unit is a guess, or not known.
    `unknown` are the lifts that no list has and `guessed` those known by their words, with their sets and what they
    are taken for; `patterns` are the hard sets by movement. Of errors and other rows the first are listed.
    """
    report = import_report(log, knowledge)
    sets = Counter(one.exercise for one in log.sets)
    matches = match_all(sets, knowledge)
    hard = Counter(matches[one.exercise].pattern for one in log.sets if is_hard(one))
    kinds = Counter(row.kind for row in log.not_sets)
    unknown = sorted((name for name, match in matches.items() if match.certainty == "unknown"), key=lambda n: -sets[n])
    guessed = sorted((name for name, match in matches.items() if match.certainty == "likely"), key=lambda n: -sets[n])
    return {
        "format": log.format,
        "app": app_name(log.format),
        "counts": {
            "rows": log.rows, "sets": len(log.sets), "workouts": report.workouts, "not_sets": len(log.not_sets),
            "errors": len(log.errors), "duplicates": log.duplicates, "exercises": len(sets),
        },
        "sum": counts_line(report),
        "first_day": report.first_day.isoformat() if report.first_day else None,
        "last_day": report.last_day.isoformat() if report.last_day else None,
        "unit": {"unit": log.units.unit, "basis": log.units.basis, "reason": log.units.reason},
        "ask_unit": log.units.basis == "inferred",
        "errors": [_row(one.line, one.reason, one.text) for one in log.errors[:SHOWN_ERRORS]],
        "not_sets": [{"kind": kind, "count": count} for kind, count in kinds.most_common()],
        "other_rows": [_row(one.line, one.kind, one.text) for one in log.not_sets[:SHOWN_ROWS]],
        "unknown": [{"name": name, "sets": sets[name]} for name in unknown[:SHOWN_NAMES]],
        "unknown_count": len(unknown),
        "guessed": [
            {"name": name, "sets": sets[name], "exercise": matches[name].exercise, "why": matches[name].why}
            for name in guessed[:SHOWN_NAMES]
        ],
        "patterns": [{"pattern": name.replace("_", " "), "sets": count} for name, count in hard.most_common()],
        "notes": list(log.notes),
    }  # fmt: skip


def _row(line: int, reason: str, text: str) -> dict[str, Any]:
    return {"line": line, "reason": reason, "text": text}
