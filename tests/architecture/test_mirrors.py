"""One topic, the same name everywhere: knowledge/<topic>/, reasoning/<topic>.py, tests/cases/<topic>/."""

from __future__ import annotations

from tests.architecture.source_tree import SOURCE, TESTS, topics

# Topic -> the module that reads it, where that is not reasoning/<topic>.py; None where no module does, with the reason.
READ_ELSEWHERE = {
    "references": (None, "sources, read by every topic"),
    "exercises": ("training/exercises.py", "what a lift is called and where it stands in the back-load order"),
    "words": ("facts/words.py", "phrases that become facts, before any reasoning"),
    "programme": ("plans/usual.py", "what a plan needs to know of the training itself"),
    "plans": ("plans/making.py", "the numbers, rules and sentences of plans, read by every module there"),
    "ladders": ("plans/ladders.py", "exercises from least to most for the back"),
    "questionnaires": ("plans/forms.py", "scored as they stand"),
    "demonstrations": ("plans/figure.py", "drawings of exercises, as joint angles"),
}
# Topic -> why it has no folder of cases.
NO_CASES = {
    "references": "nothing follows from a source alone",
    "words": "a sentence a row in tests/spec/test_words.py",
    "exercises": "shown in tests/unit/training, where sets and patterns are counted",
    "programme": "asked; what follows is in tests/spec/test_plan_*.py",
    "plans": "tables in tests/spec/test_plan_*.py, test_progression.py, test_clearance.py, test_first_days.py",
    "ladders": "checked row by row in tests/unit/plans/test_library.py",
    "questionnaires": "scored in tests/spec/test_forms.py",
    "demonstrations": "drawn; the figure is checked in tests/unit/plans/test_figure.py",
}
# Reasoning modules that are parts of others -> which one.
PARTS = {
    "__init__": "the package",
    "findings": "reasons, which every topic carries",
    "assessment": "all findings of one lifter together",
    "triage_many": "triage",
    "recovery_curve": "timeline",
    "slots": "seven_answers",
    "votes": "presentation, category, sensitivities",
    "time_words": "timeline",
    "trajectory_parts": "trajectory",
    "trajectory_words": "trajectory",
}


def test_every_topic_is_read_by_the_module_of_its_name() -> None:
    expected = {topic: READ_ELSEWHERE.get(topic, (f"reasoning/{topic}.py", ""))[0] for topic in topics()}
    assert [f"{t}: {path}" for t, path in expected.items() if path is not None and not (SOURCE / path).exists()] == []


def test_every_reasoning_module_has_a_topic_of_its_name() -> None:
    names = {path.stem for path in (SOURCE / "reasoning").glob("*.py")}
    assert sorted(names - set(topics()) - set(PARTS)) == []


def test_every_topic_has_cases() -> None:
    cases = TESTS / "cases"
    empty = [t for t in topics() if t not in NO_CASES and not list((cases / t).glob("*.yaml"))]
    assert empty == []


def test_every_folder_of_cases_has_a_topic() -> None:
    folders = [path.name for path in sorted((TESTS / "cases").glob("*")) if path.is_dir()]
    assert [name for name in folders if name not in topics()] == []


def test_every_exception_is_still_needed() -> None:
    assert set(READ_ELSEWHERE) - set(topics()) == set()
    assert set(NO_CASES) - set(topics()) == set()
    assert set(PARTS) - {path.stem for path in (SOURCE / "reasoning").glob("*.py")} == set()
