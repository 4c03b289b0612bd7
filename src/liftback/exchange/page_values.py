"""Laid-out reports as JSON values for pages that are read from storage: what a template shows, and nothing to compute.

The words and their order are those of the reports on paper; here they only become plain values. Pictures are SVG with
no style of their own (`liftback.exchange.svg_attributes`), so that the strictest page may show them.
"""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from liftback.exchange.explanation import branch_of, changes_of
from liftback.exchange.report_json import assessment_json
from liftback.exchange.report_outline import clean, outline
from liftback.exchange.svg_attributes import svg_without_styles
from liftback.exchange.timeline_svg import timeline_svg, weekly_sets_svg
from liftback.knowledge.entries import Level
from liftback.knowledge.loader import Knowledge

# Computed values that templates ask a part for, by the name of its type. A sentence has its sources as `cites` only.
_COMPUTED = {"Source": ("line",), "Advice": ("urgent", "emergency"), "Task": ("stands_in",)}
_PLAIN = frozenset((str, int, float, bool))


def shown(value: object) -> Any:
    """A laid-out part as JSON values, with what it computes for a template; days as ISO text, levels by name."""
    kind: Any = type(value)
    if value is None or kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [shown(part) for part in value]  # type: ignore[attr-defined]  # its type was looked at
    if names := _names(kind):
        return {name: shown(getattr(value, name)) for name in names}
    return _rarer(value)


def _rarer(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.name
    if isinstance(value, Mapping):
        return {str(key): shown(part) for key, part in value.items()}
    if isinstance(value, frozenset):
        return sorted(shown(part) for part in value)
    raise TypeError(f"no page value for {type(value).__name__}")


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    if not dataclasses.is_dataclass(kind):
        return ()
    return (*(field.name for field in dataclasses.fields(kind)), *_COMPUTED.get(kind.__name__, ()))


def answers_values(report: Mapping[str, Any], knowledge: Knowledge) -> dict[str, Any]:
    """The report of an assessment laid out: advice, the seven answers, ranges, weeks, sources and what is open.

    `open` are the questions that would still tell something, with their ids. Each answer has `changes`, as has
    `advice`: what would change it. `answers` are in their order, each with its `number`.
    """
    page = outline(report, knowledge)
    values: dict[str, Any] = shown(page)
    told = {int(one.get("number") or 0): one for one in report.get("answers") or ()}
    for answer in values["answers"]:
        answer["changes"] = _changes(told.get(answer["number"], {}), knowledge)
    values["advice"]["changes"] = _changes(report.get("triage") or {}, knowledge)
    values["advice"]["only_open"] = bool((report.get("triage") or {}).get("only_open"))
    values["pictures"] = {
        "timeline": svg_without_styles(timeline_svg(page.ranges, page.ranges_from)),
        "weeks": svg_without_styles(weekly_sets_svg(page.weeks.sets, page.weeks.first, page.weeks.last)),
    }
    return {**values, "cited": shown(page.cited), "open": _open(report, knowledge, urgent=page.advice.urgent)}


def _changes(finding: Mapping[str, Any], knowledge: Knowledge) -> list[str]:
    """What would change a finding, as in the tree of its reasons."""
    return [one.text for one in changes_of(finding, knowledge).below]


def _open(report: Mapping[str, Any], knowledge: Knowledge, *, urgent: bool) -> list[dict[str, Any]]:
    """The open questions, warning signs first; while somebody has to look first, no others."""
    signs = list((report.get("triage") or {}).get("unresolved") or ())
    others = [] if urgent else [name for name in report.get("undecided") or () if name not in signs]
    found = ((name, knowledge.questions.get(str(name))) for name in dict.fromkeys((*signs, *others)))
    return [
        {"id": name, "text": clean(one.text), "short": clean(one.short or one.text), "gate": one.gate is not None}
        for name, one in found
        if one is not None
    ]


def why_values(report: Mapping[str, Any], name: str, knowledge: Knowledge) -> dict[str, Any]:
    """The tree of reasons of a name as `{text, below: [...]}`. Raises UnknownNameError."""
    tree: dict[str, Any] = shown(branch_of(report, name, knowledge))
    return tree


def report_values(assessment: Any) -> dict[str, Any]:
    """The assessment as JSON values that can be stored and asked why later."""
    return assessment_json(assessment)


def level_order() -> list[str]:
    """The levels by name, the least urgent first."""
    return [level.name for level in Level]
