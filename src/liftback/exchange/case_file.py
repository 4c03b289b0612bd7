"""Case files that a clinician can write: given answers, expected conclusions, and where the expectation is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from liftback.exchange.documents import DocumentError, read_document, shown
from liftback.facts.dates import FIRST_DAY, LAST_DAY
from liftback.knowledge.entries import Level

_KEYS = {"name", "source", "note", "today", "assumed", "given", "expected"}
_TESTS = ("includes", "excludes", "one_of", "at_least", "at_most", "absent")
MISSING = object()
_SHOWN = 200
LARGEST_CASES = 1_000_000
"""Bytes; the largest of ours is a hundredth of it."""


class CaseError(Exception):
    """A case file cannot be read; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: what is given, what is assumed for the rest, and what must come out."""

    name: str
    source: str
    today: date
    gates_assumed: str | None
    given: Mapping[str, Any]
    expected: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseResult:
    """How a case went: no failures means that it holds. Each failure is one sentence."""

    file: str
    name: str
    failures: tuple[str, ...]


def read_cases(content: bytes, file: str) -> tuple[Case, ...]:
    """The cases of a file. Raises CaseError with one clear sentence."""
    if len(content) > LARGEST_CASES:
        raise CaseError(f"{file} is {len(content):,} bytes; a file of cases is a few pages. Is it another file?")
    try:
        document = read_document(content, file)
    except DocumentError as error:
        raise CaseError(str(error)) from None
    if not isinstance(document, dict) or not isinstance(document.get("cases"), list) or not document["cases"]:
        raise CaseError(f"{file} holds no `cases:` list; CONTRIBUTING.md shows what a case looks like.")
    return tuple(_case(raw, f"{file}, case {place}") for place, raw in enumerate(document["cases"], start=1))


def _case(raw: object, where: str) -> Case:
    if not isinstance(raw, dict) or not {"name", "source", "today", "expected"} <= set(raw):
        raise CaseError(f"{where} needs name, source, today, given and expected.")
    odd = sorted(str(key) for key in set(raw) - _KEYS)
    if odd:
        raise CaseError(f"{where} has {', '.join(odd)}, which nobody reads.")
    if type(raw["today"]) is not date or not FIRST_DAY <= raw["today"] <= LAST_DAY:
        raise CaseError(f"{where}: today must be a date like 2026-11-20.")
    if not raw["expected"]:
        raise CaseError(f"{where} expects nothing, so it could not fail.")
    _refuse_shapes(raw, where)
    _refuse_tests(raw["expected"], where)
    assumed = (raw.get("assumed") or {}).get("gates")
    return Case(
        name=str(raw["name"]),
        source=str(raw["source"]),
        today=raw["today"],
        gates_assumed=None if assumed is None else str(assumed),
        given=raw.get("given") or {},
        expected=raw["expected"],
    )


def _refuse_shapes(raw: Mapping[str, Any], where: str) -> None:
    given = raw.get("given") or {}
    parts = {"expected": raw["expected"], "given": given, "assumed": raw.get("assumed") or {}}
    if isinstance(given, dict):
        parts["given.answers"] = given.get("answers") or {}
    for name, part in parts.items():
        if not isinstance(part, dict):
            raise CaseError(f"{where}: {name} must hold lines like `name: value`; found {shown(part)}.")
    if not isinstance(given.get("log") or "", str):
        raise CaseError(f"{where}: given.log must be the text of a training file; found {shown(given['log'])}.")


def _refuse_tests(expected: Mapping[str, Any], where: str) -> None:
    for path, wanted in expected.items():
        odd = [name for name in wanted if name not in _TESTS] if isinstance(wanted, dict) else []
        if odd:
            raise CaseError(f"{where}: {path} cannot be tested with {shown(odd[0])}; use {', '.join(_TESTS)}.")


def compare_case(case: Case, report: Mapping[str, Any], file: str) -> CaseResult:
    """Compare the expectations of a case with the report that came out."""
    failures = []
    for path, wanted in case.expected.items():
        found = _at(report, str(path))
        problem = _problem(found, wanted)
        if problem:
            failures.append(f"{path} {problem}")
    return CaseResult(file=file, name=case.name, failures=tuple(failures))


def _at(report: Any, path: str) -> Any:
    found = report
    for step in path.split("."):
        if isinstance(found, Mapping) and step in found:
            found = found[step]
        elif isinstance(found, list) and step in map(str, range(len(found))):
            found = found[int(step)]
        else:
            return MISSING
    return found


def _problem(found: Any, wanted: Any) -> str:
    if isinstance(wanted, dict):
        problems = (_test(found, name, value) for name, value in wanted.items())
        return " and ".join(problem for problem in problems if problem)
    if found is MISSING:
        return f"should be {wanted!r}, but the report has no such part"
    return "" if found == wanted else f"should be {wanted!r}, but is {found!r}"


def _test(found: Any, name: str, value: Any) -> str:
    if name == "absent":
        return "" if (found is MISSING) is bool(value) else f"should be {'absent' if value else 'there'}"
    if found is MISSING:
        return f"should have {name} {value!r}, but the report has no such part"
    many = value if isinstance(value, list) else [value]
    if name in ("includes", "excludes"):
        return _members(found, name, many)
    if name == "one_of":
        return "" if found in many else f"should be one of {many!r}, but is {found!r}"
    return _ordered(found, name, value)


def _members(found: Any, name: str, many: list[Any]) -> str:
    if not isinstance(found, list | str | Mapping):
        return f"should be a list for {name!r}, but is {found!r}"
    there = [one for one in many if _holds(found, one)]
    if name == "excludes":
        return f"should not include {there!r}, but is {_short(found)}" if there else ""
    lost = [one for one in many if one not in there]
    return f"should include {lost!r}, but is {_short(found)}" if lost else ""


def _holds(found: Any, one: Any) -> bool:
    return str(one) in found if isinstance(found, str | Mapping) else one in found


def _ordered(found: Any, name: str, value: Any) -> str:
    levels = Level.__members__
    left, right = (levels.get(one, one) if isinstance(one, str) else one for one in (found, value))
    if not (isinstance(left, int | float) and isinstance(right, int | float)):
        return f"should be {name.replace('_', ' ')} {value!r}, which cannot be compared with {_short(found)}"
    holds = left >= right if name == "at_least" else left <= right
    return "" if holds else f"should be {name.replace('_', ' ')} {value!r}, but is {found!r}"


def _short(found: Any) -> str:
    text = repr(found)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
