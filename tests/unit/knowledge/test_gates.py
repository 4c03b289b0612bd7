"""What every red flag must have, whoever edits the files: a plain no, an alarm, a way to be unsure, a reason."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from liftback.knowledge.entries import Level
from liftback.knowledge.loader import load_knowledge

KNOWLEDGE = load_knowledge()
GATES = tuple(KNOWLEDGE.gates)
CASES = Path(__file__).parents[2] / "cases" / "triage"
PROMISED = {
    "bladder_change", "bowel_change", "saddle_numbness", "sexual_change", "both_legs",
    "leg_weakness", "cord_signs", "arm_and_leg", "trauma", "fragile_bone",
    "pars_pattern", "cancer_history", "weight_loss", "no_improvement", "night_pain_constant",
    "fever", "injection_or_infection", "steroids_oral", "inflammatory_pattern", "aortic",
    "renal_colic", "urinary_infection", "dark_urine", "rigid_back", "thunderclap",
    "blood_thinner", "pregnancy_pelvic", "testicular", "shingles", "chest_breath",
}  # fmt: skip
MOST_DANGEROUS_FIRST = ["bladder_bowel_saddle", "legs", "sudden", "injury_bone", "illness", "body", "course"]
# The unknown row of the evidence: what an open question calls for at least.
UNKNOWN_IS_AT_LEAST = {
    **dict.fromkeys(("bladder_change", "bowel_change", "saddle_numbness", "both_legs", "leg_weakness"), Level.same_day),
    **dict.fromkeys(("dark_urine", "rigid_back", "aortic"), Level.same_day),
    **dict.fromkeys(("cancer_history", "fever", "injection_or_infection"), Level.within_days),
}


def given_in_cases() -> set[tuple[str, str]]:
    cases = (case for file in CASES.glob("*.yaml") for case in yaml.safe_load(file.read_text())["cases"])
    return {pair for case in cases for pair in case["given"].get("answers", {}).items() if pair[0] in GATES}


def test_every_promised_gate_is_there() -> None:
    assert set(GATES) == PROMISED


def test_screens_come_most_dangerous_first() -> None:
    assert list(dict.fromkeys(KNOWLEDGE.questions[gate].screen for gate in GATES)) == MOST_DANGEROUS_FIRST


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_has_a_no_an_alarm_a_near_miss_and_a_way_to_be_unsure(gate: str) -> None:
    question = KNOWLEDGE.questions[gate]
    first, *between, last = question.choices
    assert (first.id, first.level) == ("no", Level.self_manage)
    assert (last.id, last.level) == ("not_sure", None)
    levels = [choice.level for choice in between if choice.level is not None]
    assert len(levels) == len(between)
    assert max(levels) > Level.self_manage
    assert min(levels) < max(levels)
    assert all(choice.why for choice in between)
    assert question.short
    assert KNOWLEDGE.gates[gate].say
    assert KNOWLEDGE.gates[gate].watch_for


@pytest.mark.parametrize("gate", UNKNOWN_IS_AT_LEAST)
def test_an_open_question_can_call_for_what_the_evidence_asks(gate: str) -> None:
    highest = max(choice.level for choice in KNOWLEDGE.questions[gate].choices if choice.level is not None)
    assert highest - 1 >= UNKNOWN_IS_AT_LEAST[gate]


def test_every_choice_of_every_gate_stands_in_a_case() -> None:
    choices = {(gate, choice) for gate in GATES for choice in KNOWLEDGE.questions[gate].choice_ids if choice != "no"}
    assert sorted(choices - given_in_cases()) == []


def test_no_level_promises_health_or_names_one_country_s_number() -> None:
    for advice in KNOWLEDGE.levels.values():
        words = " ".join([advice.summary, *advice.do, *advice.say, advice.when, advice.where, advice.expected_course])
        assert not re.search(r"you are fine|no red flags|nothing to worry|\b(911|999|112|111)\b", words, re.IGNORECASE)


def test_every_level_has_its_advice() -> None:
    assert set(KNOWLEDGE.levels) == set(Level)
