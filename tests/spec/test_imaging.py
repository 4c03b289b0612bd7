"""Scans: now, for a clinician to decide, or not now, by warning sign; and the figures for this lifter's age."""

from __future__ import annotations

from typing import Any

import pytest

from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import load_knowledge
from liftback.reasoning.imaging import Imaging, imaging
from liftback.reasoning.triage import triage

KNOWLEDGE = load_knowledge()
NO_GATE = dict.fromkeys(KNOWLEDGE.gate_questions, "no")


def advice(**given: Any) -> Imaging:
    """Advice after triage, with every gate not given answered no; None leaves a gate open."""
    known = {name: value for name, value in {**NO_GATE, **given}.items() if value is not None}
    facts = Facts({name: Known(value=value) for name, value in known.items()})
    level = Known(value=triage(facts, KNOWLEDGE).value, source="finding")
    return imaging(facts.adding({"finding.triage": level}), KNOWLEDGE)


# what is said, advice
ADVICE: list[tuple[dict[str, Any], str | None]] = [
    ({"days_since_onset": 5.0}, "not_now"),
    ({"days_since_onset": 5.0, "bladder_change": "effort_leak_old"}, "not_now"),
    ({"days_since_onset": 5.0, "weight_loss": "planned"}, "not_now"),
    ({"days_since_onset": 5.0, "leg_symptoms": "below_knee"}, "not_now"),
    ({"days_since_onset": 60.0, "leg_symptoms": "none", "leg_numbness": "no"}, "not_now"),
    ({"days_since_onset": 60.0, "leg_symptoms": "below_knee"}, "clinician_decides"),
    ({"days_since_onset": 42.0, "leg_numbness": "one_leg_stable"}, "clinician_decides"),
    ({"days_since_onset": 60.0}, None),
    ({"days_since_onset": 5.0, "cancer_history": "cancer_ever"}, "clinician_decides"),
    ({"days_since_onset": 5.0, "fragile_bone": "known_thin"}, "clinician_decides"),
    ({"days_since_onset": 5.0, "weight_loss": "unplanned_clear"}, "clinician_decides"),
    ({"days_since_onset": 5.0, "inflammatory_pattern": "two_or_more"}, "clinician_decides"),
    ({"days_since_onset": 60.0, "no_improvement": "not_better"}, "clinician_decides"),
    ({"days_since_onset": 5.0, "pars_pattern": "arching_weeks"}, "clinician_decides"),
    ({"days_since_onset": 5.0, "shingles": "blisters"}, "clinician_decides"),
    ({"days_since_onset": 5.0, "bladder_change": "new_change"}, "now"),
    ({"days_since_onset": 5.0, "saddle_numbness": "wiping_differs"}, "now"),
    ({"days_since_onset": 5.0, "leg_weakness": "new_one_leg"}, "now"),
    ({"days_since_onset": 5.0, "fever": "measured"}, "now"),
    ({"days_since_onset": 5.0, "trauma": "major"}, "now"),
    ({"days_since_onset": 5.0, "cancer_history": "cancer_with_signs"}, "now"),
    ({"days_since_onset": 5.0, "bladder_change": None}, None),
    ({"days_since_onset": 5.0, "cancer_history": None}, None),
    ({"days_since_onset": 5.0, "bladder_change": None, "cancer_history": "cancer_ever"}, None),
    ({"leg_symptoms": "none", "leg_numbness": "no"}, "not_now"),
    (dict.fromkeys(KNOWLEDGE.gate_questions), None),
]


@pytest.mark.parametrize(("given", "expected"), ADVICE)
def test_advice_by_warning_sign(given: dict[str, Any], expected: str | None) -> None:
    result = advice(**given)
    assert result.value == expected
    assert bool(result.undecided) is (expected is None)
    assert result.said


@pytest.mark.parametrize("level", ["within_days", "same_day"])
def test_nobody_who_must_be_seen_soon_is_told_that_a_scan_is_no_help(level: str) -> None:
    facts = Facts({name: Known(value=value) for name, value in {**NO_GATE, "finding.triage": level}.items()})
    calm = facts.adding({"days_since_onset": Known(value=5.0)})
    assert imaging(calm, KNOWLEDGE).value == "clinician_decides"


# given; said; never said
SAID = [
    ({"days_since_onset": 5.0}, {"no_scan_early", "early_scans_longer_off", "readings_differ"}, {"no_scan"}),
    ({"days_since_onset": 5.0}, {"not_meaningless"}, {"no_scan_later"}),
    ({"days_since_onset": 60.0, "leg_symptoms": "none", "leg_numbness": "no"}, {"no_scan_later"}, {"no_scan_early"}),
    ({"leg_symptoms": "none", "leg_numbness": "no"}, {"no_scan"}, {"no_scan_early", "no_scan_later"}),
    ({"cancer_history": "cancer_ever"}, {"clinician_chooses"}, {"early_scans_longer_off", "no_scan"}),
    ({"bladder_change": "new_change"}, {"scan_now_is_right"}, {"early_scans_longer_off", "readings_differ"}),
    ({"bladder_change": None}, {"answer_first"}, {"no_scan", "no_scan_early", "readings_differ"}),
]  # fmt: skip


@pytest.mark.parametrize(("given", "said", "never"), SAID)
def test_what_is_said_about_scans(given: dict[str, Any], said: set[str], never: set[str]) -> None:
    ids = {one.id.removeprefix("imaging.") for one in advice(**given).said}
    assert said <= ids
    assert not never & ids


# age; what people of that age without pain have on a scan: age of the row, disc changes, bulge, protrusion, fissure
AGES = [
    (17.0, ("20", "37", "30", "29", "19")),
    (20.0, ("20", "37", "30", "29", "19")),
    (34.0, ("30", "52", "40", "31", "20")),
    (49.0, ("40", "68", "50", "33", "22")),
    (50.0, ("50", "80", "60", "36", "23")),
    (75.0, ("50", "80", "60", "36", "23")),
    (81.0, ("80", "96", "84", "43", "29")),
]


@pytest.mark.parametrize(("age", "numbers"), AGES)
def test_the_row_of_the_table_for_this_age(age: float, numbers: tuple[str, ...]) -> None:
    said = {one.id: one for one in advice(days_since_onset=5.0, age=age).said}["imaging.common_without_pain"]
    found = tuple("".join(letter for letter in word if letter.isdigit()) for word in said.text.split())
    assert tuple(number for number in found if number) == numbers
    assert "brinjikji_2015_pain_free" in said.sources
    assert {"age", "imaging.pain_free_bulge"} <= {reason.id for reason in said.because}


def test_without_an_age_there_is_no_table() -> None:
    assert "imaging.common_without_pain" not in {one.id for one in advice(days_since_onset=5.0).said}
