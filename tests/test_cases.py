"""Every case file that clinicians wrote, one test a case; `liftback check tests/cases` runs the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from liftback import operations
from liftback.exchange.case_file import CaseResult

CASES = Path(__file__).parent / "cases"
FILES = sorted(CASES.rglob("*.yaml"))


def results(file: Path) -> list[CaseResult]:
    return list(operations.check_cases(content=file.read_bytes(), file=str(file.relative_to(CASES))))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(CASES)))
def test_every_case_of_the_file_holds(file: Path) -> None:
    failures = [f"{result.name}: {failure}" for result in results(file) for failure in result.failures]
    assert not failures, "\n".join(failures)


def test_there_are_enough_cases_and_each_has_a_name_of_its_own() -> None:
    names = [result.name for file in FILES for result in results(file)]
    assert len(names) >= 120
    assert len(set(names)) == len(names)
