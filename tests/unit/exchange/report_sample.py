"""A hand-made report with every key, and a small knowledge that resolves its sources."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from liftback.knowledge.entries import DatedValue, Parameter, Question, Reference
from liftback.knowledge.loader import Knowledge

SAMPLE = json.loads((Path(__file__).parents[2] / "samples" / "report_example.json").read_text(encoding="utf-8"))
REVIEWED = date(2026, 11, 23)
WORDS = {
    "fever": "Have you had a fever?",
    "warms_up": "What does a warm-up do to it?",
    "settles_after": "How long until it settles?",
    "leg_numbness": "Numbness or tingling in one leg?",
}


def sample_report(**changed: Any) -> dict[str, Any]:
    """The report, with some of its top keys replaced."""
    return {**copy.deepcopy(SAMPLE), **changed}


def emergency_report() -> dict[str, Any]:
    """The report of somebody who has to go now."""
    report = sample_report()
    report["triage"] |= {
        "value": "emergency",
        "level": "emergency",
        "name": "Go to an emergency department now",
        "summary": "What you describe needs to be checked within hours.",
        "unresolved": [],
    }
    report["triage"]["actions"] = {
        "do": ["Go to the nearest emergency department now.", "Let somebody else drive."],
        "say": ["New back pain, and since this morning I cannot feel when I pee. Please check for cauda equina."],
        "do_not": ["Do not wait for the next session or for an appointment."],
    }
    return report


def sample_knowledge() -> Knowledge:
    """Knowledge with the references, questions and parameters that the report names."""
    references = {
        "sample_cohort": Reference(
            id="sample_cohort", title="A cohort of sore backs", year=2008, kind="cohort", url="10.1136/bmj.39000.1"
        ),
        "sample_guideline": Reference(
            id="sample_guideline",
            title="A guideline & its <annex>",
            year=2020,
            kind="guideline",
            url="https://example.org/guideline?a=1&b=2",
            note="Second edition.",
        ),
        "sample_practice": Reference(
            id="sample_practice", title="How the practice works", year=2026, kind="practice", url=""
        ),
        "sample_design": Reference(id="sample_design", title="Our own start", year=2026, kind="design", url=""),
    }
    parameter = Parameter(
        id="irritability.high_pain",
        name="Pain that counts as high",
        description="A worst score from here on counts as high.",
        unit="pain_score",
        values=(_value(date(2025, 1, 1), 6.0, "design_default"), _value(REVIEWED, 7.0, "published")),
    )
    empty = Knowledge(
        version="sample", references=references, parameters={parameter.id: parameter}, questions={}, gates={},
        clusters={}, levels={}, statements={},
    )  # fmt: skip
    questions = {
        name: Question(id=name, topic="sample", text=text, kind="one", stage="story") for name, text in WORDS.items()
    }
    return replace(empty, questions=questions)


def _value(since: date, value: float, certainty: str) -> DatedValue:
    return DatedValue(
        since=since,
        value=value,
        source="sample_cohort",
        locator="table 2",
        certainty=certainty,
        reviewed_on=REVIEWED,
        review_by=date(2027, 11, 23),
    )
