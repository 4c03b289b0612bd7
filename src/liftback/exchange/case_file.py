"""Case files that a clinician can write: given answers, expected conclusions, and where the expectation is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from liftback.knowledge.entries import Level

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEYS = {"name", "source", "note", "today", "assumed", "given", "expected"}
MISSING = object()
_SHOWN = 200


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
    try:
        document = yaml.load(content, Loader=_LOADER)  # noqa: S506 - both loaders are the safe ones
    except (yaml.YAMLError, ValueError) as error:
        raise CaseError(f"{file} is not readable as YAML: {' '.join(str(error).split())}.") from None
    if not isinstance(document, dict) or not isinstance(document.get("cases"), list):
        raise CaseError(f"{file} holds no `cases:` list; CONTRIBUTING.md shows what a case looks like.")
    return tuple(_case(raw, f"{file}, case {place}") for place, raw in enumerate(document["cases"], start=1))


def _case(raw: object, where: str) -> Case:
    if not isinstance(raw, dict) or not {"name", "source", "today", "expected"} <= set(raw):
        raise CaseError(f"{where} needs name, source, today, given and expected.")
    odd = sorted(str(key) for key in set(raw) - _KEYS)
    if odd:
        raise CaseError(f"{where} has {', '.join(odd)}, which nobody reads.")
    if type(raw["today"]) is not date:
        raise CaseError(f"{where}: today must be a date like 2026-11-20.")
    if not raw["expected"]:
        raise CaseError(f"{where} expects nothing, so it could not fail.")
    assumed = (raw.get("assumed") or {}).get("gates")
    return Case(
        name=str(raw["name"]),
        source=str(raw["source"]),
        today=raw["today"],
        gates_assumed=None if assumed is None else str(assumed),
        given=raw.get("given") or {},
        expected=raw["expected"],
    )


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
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
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
    if name == "includes":
        lost = [one for one in many if one not in found]
        return f"should include {lost!r}, but is {_short(found)}" if lost else ""
    if name == "excludes":
        there = [one for one in many if one in found]
        return f"should not include {there!r}, but is {_short(found)}" if there else ""
    if name == "one_of":
        return "" if found in many else f"should be one of {many!r}, but is {found!r}"
    if name in ("at_least", "at_most"):
        return _ordered(found, name, value)
    raise CaseError(f"an expectation cannot be tested with {name!r}; use includes, excludes, one_of, at_least, absent")


def _ordered(found: Any, name: str, value: Any) -> str:
    levels = Level.__members__
    left, right = (levels.get(found, found), levels.get(value, value))
    holds = left >= right if name == "at_least" else left <= right
    return "" if holds else f"should be {name.replace('_', ' ')} {value!r}, but is {found!r}"


def _short(found: Any) -> str:
    text = repr(found)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
