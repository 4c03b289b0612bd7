"""Why: each name leads to its facts, numbers with source and review, and to what would change it."""

from __future__ import annotations

import pytest

from liftback.exchange.explanation import UnknownNameError, explain_text
from liftback.knowledge.loader import load_knowledge
from tests.unit.exchange.report_sample import SAMPLE, emergency_report, sample_knowledge, sample_report

KNOWLEDGE = sample_knowledge()


def explained(name: str) -> str:
    return explain_text(sample_report(), name, KNOWLEDGE)


def test_a_finding_with_its_facts_numbers_and_what_would_change_it() -> None:
    assert explained("irritability") == (
        "Irritability: moderate\n"
        "├─ Because\n"
        "│  ├─ You said: Worst pain in the last 24 hours, 0 to 10 – 5 (2026-11-23)\n"
        "│  └─ Pain that counts as high: 7 (from published studies)\n"
        "│     ├─ source: A cohort of sore backs (2008): table 2\n"
        "│     └─ reviewed on 2026-11-23; the number's name is irritability.high_pain\n"
        "├─ Items\n"
        "│  └─ Worst pain in the last day\n"
        "│     └─ Points: 1\n"
        "└─ What would change it\n"
        "   └─ an answer to: How long until it settles?\n"
    )


def test_what_is_not_known_is_said_as_such() -> None:
    text = explained("pattern")
    assert "Pattern: not enough is known to say" in text
    assert "an answer to: What does a warm-up do to it?" in text


@pytest.mark.parametrize("name", ["answer 3", "Answer 3", "answer_3", "answers 3", "3", "answer-3", " answer3 "])
def test_an_answer_by_its_number(name: str) -> None:
    text = explained(name)
    assert text.startswith("Answer 3: How long?")
    assert "source: A cohort of sore backs (2008): figure 2" in text


@pytest.mark.parametrize("name", SAMPLE)
def test_every_top_key_is_a_name(name: str) -> None:
    assert explained(name).strip()


def test_triage_hangs_each_answer_below_its_warning_sign() -> None:
    report = emergency_report()
    fact = {"kind": "fact", "id": "saddle_numbness", "text": "Numbness", "value": "Yes, new", "source": "answer"}
    rule = {"kind": "rule", "id": "saddle_numbness", "text": "New numbness in the saddle", "value": "emergency"}
    report["triage"]["because"] = [rule, fact]
    report["triage"]["fired_because"] = [{"id": "saddle_numbness", "why": rule["text"], "because": [fact]}]
    text = explain_text(report, "triage", KNOWLEDGE)
    assert "│  └─ New numbness in the saddle\n│     └─ You said: Numbness – Yes, new\n" in text
    assert text.count("Yes, new") == 1


def test_a_warning_sign_is_told_once_with_or_without_a_full_stop() -> None:
    report = emergency_report()
    report["triage"]["because"] = [
        {"kind": "rule", "id": "fever", "text": "Fever calls for a look.", "value": "same_day"}
    ]
    report["triage"]["fired_because"] = [{"id": "fever", "why": "Fever calls for a look.", "because": []}]
    assert explain_text(report, "triage", KNOWLEDGE).count("Fever calls for a look") == 1


def test_what_to_watch_for_would_change_a_triage() -> None:
    report = sample_report()
    report["triage"]["safety_net"]["watch_for"] = ["Numbness that spreads."]
    told = explain_text(report, "triage", KNOWLEDGE)
    assert "if this comes: Numbness that spreads." in told[told.index("What would change it") :]


def test_many_warning_signs_answered_no_are_one_line() -> None:
    knowledge = load_knowledge()
    gates = list(knowledge.gate_questions)[:5]
    no = {"kind": "fact", "text": "Sign", "source": "answer"}
    labels = {gate: knowledge.questions[gate].choices[0].label for gate in gates}
    report = sample_report()
    report["imaging"] = {"value": "not_now", "because": [{**no, "id": gate, "value": labels[gate]} for gate in gates]}
    told = explain_text(report, "imaging", knowledge)
    assert "You said no to 5 warning-sign questions" in told
    assert "Sign" not in told
    report["imaging"]["because"] = report["imaging"]["because"][:2]
    assert explain_text(report, "imaging", knowledge).count("Sign") == 2, "a few are told one by one"


def test_a_number_with_its_history_source_and_users() -> None:
    text = explained("irritability.high_pain")
    assert "Value: 7, since 2026-11-23" in text
    assert "source: A cohort of sore backs (2008): table 2" in text
    assert "how sure: from published studies" in text
    assert "https://doi.org/10.1136/bmj.39000.1" in text
    assert "Before: 6, since 2025-01-01" in text
    assert "Used in this report by\n│  └─ irritability" in text
    assert "due for review by 2027-11-23" in text


def test_an_unknown_name_lists_the_names() -> None:
    with pytest.raises(UnknownNameError) as error:
        explained("irritabilty")
    told = str(error.value)
    assert "Did you mean 'irritability'?" in told
    assert all(name in told for name in SAMPLE)
    assert "answer 7" in told
    assert "irritability.high_pain" in told


@pytest.mark.parametrize("name", ["answer 8", "", "answer", "0", "\x1b[2J", "no.such_number"])
def test_names_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        explained(name)
    assert "\x1b" not in str(error.value)


def test_a_long_line_goes_on_below_itself() -> None:
    report = sample_report()
    report["triage"]["summary"] = "word " * 60
    lines = explain_text(report, "triage", KNOWLEDGE, width=60).splitlines()
    assert max(map(len, lines)) <= 60 + 20
    assert sum("word word" in line and line.startswith(("├─ ", "│  ")) for line in lines) >= 4


def test_every_warning_sign_can_be_asked_why() -> None:
    report = {"triage": {"unresolved": ["fever"], "fired": ["bladder_change"], "because": []}}
    for gate in load_knowledge().gates.values():
        told = " ".join(explain_text(report, gate.id, load_knowledge()).split())
        assert told.startswith(gate.name)
        assert "What each answer calls for" in told
        assert ("Not known yet" in told) is (gate.id == "fever")
        assert ("It calls for more" in told) is (gate.id == "bladder_change")
