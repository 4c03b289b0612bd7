"""From YAML mappings to the frozen entries of `liftback.knowledge.entries`, refusing what is not said in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from liftback.knowledge.conditions import Condition, KnowledgeError, parse_condition
from liftback.knowledge.entries import (
    Choice,
    Cluster,
    ClusterRule,
    DatedValue,
    Exercise,
    Gate,
    Level,
    LevelAdvice,
    Parameter,
    Question,
    Reference,
    Statement,
)

Document = Mapping[str, Any]
Entry = TypeVar("Entry")
NOT_SURE = "not_sure"


class Thresholds:
    """Looks up the current number of a parameter for a condition."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = parameters

    def __call__(self, name: str) -> float:
        """The number, or KnowledgeError for a parameter that nobody wrote."""
        if name not in self._parameters:
            raise KnowledgeError(f"condition compares with {name!r}, which is no parameter")
        return self._parameters[name].number


def build(kind: type[Entry], raw: Mapping[str, Any], where: str) -> Entry:
    """Make the frozen entry from its mapping: nothing missing, nothing unread, lists as tuples."""
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    unread = set(raw) - set(known)
    needed = {n for n, f in known.items() if f.default is MISSING and f.default_factory is MISSING} - set(raw)
    if unread or needed:
        raise KnowledgeError(f"{where}: missing {sorted(needed)}, unread {sorted(unread)}")
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in raw.items()})


def parse_parameters(document: Document, name: str) -> dict[str, Parameter]:
    """The parameters of a document, by `topic.name`."""
    topic = document["topic"]
    found = {}
    for key, raw in document.get("parameters", {}).items():
        where = f"{name}: parameter {key}"
        values = tuple(
            build(DatedValue, {"since": since, **value}, f"{where} of {since}")
            for since, value in sorted(raw.get("values", {}).items())
        )
        if not values:
            raise KnowledgeError(f"{where} has no value")
        entry = {**raw, "id": f"{topic}.{key}", "values": values}
        found[f"{topic}.{key}"] = build(Parameter, entry, where)
    return found


def parse_references(document: Document, _thresholds: Thresholds, name: str) -> dict[str, Reference]:
    """The references of a document, by id."""
    entries = document.get("references", {})
    return {key: build(Reference, {"id": key, **raw}, f"{name}: {key}") for key, raw in entries.items()}


def _condition(raw: Mapping[str, Any], key: str, thresholds: Thresholds, where: str) -> Condition | None:
    return parse_condition(raw[key], thresholds, where) if key in raw else None


def parse_questions(document: Document, thresholds: Thresholds, name: str) -> dict[str, Question]:
    """The questions of a document that are not gates, by id."""
    found = {}
    for key, raw in document.get("questions", {}).items():
        where = f"{name}: question {key}"
        entry = {**raw, "id": key, "topic": document["topic"], "choices": _choices(raw, where)}
        entry["asked_if"] = _condition(raw, "asked_if", thresholds, where)
        found[key] = build(Question, entry, where)
    return found


def _choices(raw: Mapping[str, Any], where: str) -> tuple[Choice, ...]:
    made = []
    for choice in raw.get("choices", []):
        level = {"level": Level[choice["level"]]} if "level" in choice else {}
        made.append(build(Choice, {**choice, **level}, f"{where}: choice"))
    return tuple(made)


def parse_gates(document: Document, name: str) -> tuple[dict[str, Gate], dict[str, Question]]:
    """The gates of a document and their questions; a gate and its question share one id."""
    gates: dict[str, Gate] = {}
    questions: dict[str, Question] = {}
    for key, raw in document.get("gates", {}).items():
        where = f"{name}: gate {key}"
        asked = {**raw["question"], "choices": _choices(raw["question"], where)}
        entry = {"kind": "one", "stage": "gates", **asked, "id": key, "gate": key, "topic": document["topic"]}
        questions[key] = build(Question, entry, where)
        gates[key] = build(Gate, {"id": key, **{k: v for k, v in raw.items() if k != "question"}}, where)
    return gates, questions


def parse_clusters(document: Document, thresholds: Thresholds, name: str) -> dict[str, Cluster]:
    """The clusters of a document, by id."""
    found = {}
    for key, raw in document.get("clusters", {}).items():
        rules = []
        for rule in raw["rules"]:
            where = f"{name}: cluster {key}: {rule.get('id')}"
            when = parse_condition(rule["when"], thresholds, where)
            rules.append(build(ClusterRule, {**rule, "when": when, "level": Level[rule["level"]]}, where))
        found[key] = build(Cluster, {**raw, "id": key, "rules": tuple(rules)}, f"{name}: cluster {key}")
    return found


def parse_levels(document: Document, _thresholds: Thresholds, name: str) -> dict[Level, LevelAdvice]:
    """What each triage level asks of the lifter."""
    entries = document.get("levels", {})
    return {
        Level[key]: build(LevelAdvice, {"level": Level[key], **raw}, f"{name}: level {key}")
        for key, raw in entries.items()
    }


def parse_statements(document: Document, thresholds: Thresholds, name: str) -> dict[str, Statement]:
    """The statements of a document, by `topic.id`."""
    topic = document["topic"]
    found = {}
    for group, entries in document.get("statements", {}).items():
        for key, raw in entries.items():
            where = f"{name}: statement {key}"
            entry = {**raw, "id": f"{topic}.{key}", "topic": topic, "group": f"{topic}.{group}"}
            entry["when"] = _condition(raw, "when", thresholds, where)
            entry["data"] = tuple((word, str(text)) for word, text in raw.get("data", {}).items())
            found[f"{topic}.{key}"] = build(Statement, entry, where)
    return found


def parse_exercises(document: Document, name: str) -> list[Exercise]:
    """Known lifts."""
    entries = document.get("exercises", {})
    return [build(Exercise, {"id": key, **raw}, f"{name}: exercise {key}") for key, raw in entries.items()]
