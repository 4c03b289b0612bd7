"""An assessment as plain JSON values: the one tree that every other report reads."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None


def plain(value: object) -> Json:
    """Frozen values as JSON: dataclasses and named tuples as objects, dates as ISO text, levels by name."""
    kind: Any = type(value)
    if value is None or kind in _PLAIN:
        return value  # type: ignore[return-value]  # its type was looked at
    if kind is tuple:
        return [plain(part) for part in value]  # type: ignore[attr-defined]  # its type was looked at
    if names := _names(kind):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, str | int | float):
        return value
    return value.isoformat() if isinstance(value, date) else _collection(value)


_PLAIN = frozenset((str, int, float, bool))


@cache  # a report holds thousands of values of a few types
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def _collection(value: object) -> Json:
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: plain(part) for name, part in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(part) for part in value]
    raise TypeError(f"no JSON form for {type(value).__name__}")


def assessment_json(assessment: Any) -> dict[str, Any]:
    """The assessment as `liftback assess --format json` prints it."""
    findings = assessment.findings
    report: dict[str, Any] = {name: plain(getattr(findings, name)) for name in _FINDINGS}
    report["triage"]["level"] = findings.triage.level.name
    report["triage"]["fired_because"] = report["triage"]["fired"]
    report["triage"]["fired"] = [one.id for one in findings.triage.fired]
    report["training"] = _training(findings)
    report["answers"] = plain(assessment.answers)
    report["undecided"] = list(assessment.undecided)
    report["today"] = assessment.today.isoformat()
    report["knowledge_version"] = assessment.knowledge_version
    return report


_FINDINGS = (
    "triage", "presentation", "pattern", "irritability", "category", "sensitivities", "slows_recovery",
    "foundations", "not_to_do", "imaging", "timeline", "trajectory",
)  # fmt: skip


def _training(findings: Any) -> Json:
    if findings.training is None:
        return None
    summary = plain(findings.training)
    talk = plain(findings.talk)
    return {**summary, "talk": talk} if isinstance(summary, dict) else summary
