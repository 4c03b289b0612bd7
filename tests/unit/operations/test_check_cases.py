"""A case that does not hold is told in words; a file that is no case file is refused."""

from __future__ import annotations

import pytest

from liftback import operations

CASE = """
cases:
  - name: nobody asked yet
    source: design
    today: 2026-11-20
    given: {about: {age: 34}}
    expected:
"""


def failures(expected: str) -> tuple[str, ...]:
    (result,) = operations.check_cases(content=(CASE + expected).encode(), file="case.yaml")
    return result.failures


@pytest.mark.parametrize(
    "expected",
    [
        "      triage.level: same_day\n",
        "      triage.level: {at_least: within_days}\n",
        "      triage.level: {one_of: [same_day, emergency]}\n",
        "      triage.unresolved: {includes: [fever, aortic]}\n",
        "      triage.fired: {excludes: fever}\n",
        "      triage.nothing: {absent: true}\n",
    ],
)
def test_an_expectation_that_holds(expected: str) -> None:
    assert failures(expected) == ()


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ("      triage.level: routine\n", "triage.level should be 'routine', but is 'same_day'"),
        (
            "      triage.level: {at_least: emergency}\n",
            "triage.level should be at least 'emergency', but is 'same_day'",
        ),
        ("      triage.levle: routine\n", "triage.levle should be 'routine', but the report has no such part"),
        ("      triage.fired: {includes: fever}\n", "triage.fired should include ['fever'], but is []"),
        ("      answers.²: 1\n", "answers.² should be 1, but the report has no such part"),
        ("      today: {includes: 5}\n", "today should include [5], but is '2026-11-20'"),
        (
            "      triage.level: {at_least: 5}\n",
            "triage.level should be at least 5, but is 'same_day'",
        ),
    ],
)
def test_an_expectation_that_does_not_hold_says_how(expected: str, sentence: str) -> None:
    assert failures(expected) == (sentence,)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"a: [", "not readable as YAML"),
        (b"a: 1", "holds no `cases:` list"),
        (b"cases: [1]", "needs name, source, today, given and expected"),
        (b"cases: [{name: a, source: b, today: 2026-01-01, expected: {}}]", "expects nothing"),
    ],
)
def test_a_file_that_is_no_case_file_is_refused(content: bytes, sentence: str) -> None:
    with pytest.raises(operations.CaseError, match=sentence):
        list(operations.check_cases(content=content, file="case.yaml"))
