"""Read all knowledge files into one frozen `Knowledge`.

A parameter without source, locator, certainty and review dates does not load; neither does a statement that
shows an unverified number, a condition over an unknown fact, or an entry with a key nobody reads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from liftback.knowledge.checks import check_knowledge
from liftback.knowledge.conditions import KnowledgeError
from liftback.knowledge.entries import (
    Cluster,
    Exercise,
    Gate,
    Level,
    LevelAdvice,
    Parameter,
    Question,
    Reference,
    Statement,
)
from liftback.knowledge.parsing import (
    Thresholds,
    parse_clusters,
    parse_exercises,
    parse_gates,
    parse_levels,
    parse_parameters,
    parse_questions,
    parse_references,
    parse_statements,
)

# Folders, and beginnings of files, that are read only when somebody asks for them; most calls need none.
LATER = ("words/", "ladders/", "plans/", "questionnaires/", "demonstrations/", "triage/emergency_numbers")
# libyaml is many times faster; the plain loader says the same.
_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Knowledge:
    """All we hold true, by id. Equal only to itself, so that what is worked out from it can be kept beside it."""

    version: str
    references: Mapping[str, Reference]
    parameters: Mapping[str, Parameter]
    questions: Mapping[str, Question]
    gates: Mapping[str, Gate]
    clusters: Mapping[str, Cluster]
    levels: Mapping[Level, LevelAdvice]
    statements: Mapping[str, Statement]
    later_files: tuple[tuple[str, bytes], ...] = ()
    exercises: tuple[Exercise, ...] = ()
    groups: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    # Question id to gate id, in the order of asking: each gate has a question of its own name, and may have more.
    gate_questions: Mapping[str, str] = field(default_factory=dict)

    def group(self, name: str) -> tuple[Statement, ...]:
        """The statements of a group, in written order. Raises KeyError for a group nobody wrote."""
        return self.groups[name]

    def words(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The files of the words people use, name and content; read only now, since most calls need none of them."""
        for name, content in self.later(("words/",)):
            yield name, read_document(name, content)

    def later(self, folders: tuple[str, ...]) -> tuple[tuple[str, bytes], ...]:
        """The files below some of the folders that are read only when asked for, by name."""
        return tuple((name, content) for name, content in self.later_files if name.startswith(folders))

    def number(self, name: str) -> float:
        """The current number of a parameter."""
        return self.parameters[name].number


@cache
def load_knowledge() -> Knowledge:
    """Load the knowledge shipped with the package, once. Raises KnowledgeError."""
    return read_knowledge(files("liftback.knowledge"))


def read_knowledge(root: Traversable) -> Knowledge:
    """Read every YAML file below `root`. Raises KnowledgeError naming file and entry."""
    digest = hashlib.sha256()
    documents, later = [], []
    for name, content in sorted(_yaml_files(root)):
        digest.update(name.encode() + content)
        if name.startswith(LATER):
            later.append((name, content))
        else:
            documents.append((name, read_document(name, content)))
    newest = max((str(since) for since in _dates(documents)), default="undated")
    knowledge = _assemble(documents, version=f"{newest}+{digest.hexdigest()[:10]}", later=tuple(later))
    check_knowledge(knowledge)
    return knowledge


def _yaml_files(root: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in root.iterdir():
        if entry.is_dir():
            yield from _yaml_files(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".yaml"):
            yield prefix + entry.name, entry.read_bytes()


def read_document(name: str, content: bytes) -> Mapping[str, Any]:
    """One knowledge file as its mapping. Raises KnowledgeError naming it."""
    try:
        document = yaml.load(content, Loader=_YAML_LOADER)  # noqa: S506 - both loaders are the safe ones
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{name}: not readable as YAML: {error}") from error
    if not isinstance(document, dict) or "topic" not in document:
        raise KnowledgeError(f"{name}: must be a mapping with a topic")
    return document


def _dates(documents: list[tuple[str, Mapping[str, Any]]]) -> Iterator[object]:
    for _, document in documents:
        for entry in document.get("parameters", {}).values():
            yield from entry.get("values", {})


def _assemble(
    documents: list[tuple[str, Mapping[str, Any]]],
    version: str,
    later: tuple[tuple[str, bytes], ...],
    earlier: Mapping[str, Parameter] | None = None,
) -> Knowledge:
    parameters: dict[str, Parameter] = dict(earlier or {})
    for name, document in documents:
        _add(parameters, parse_parameters(document, name), name)
    thresholds = Thresholds(parameters)
    parts: dict[str, dict[Any, Any]] = {key: {} for key in _PARSERS}
    exercises: list[Exercise] = []
    for name, document in documents:
        for key, parse in _PARSERS.items():
            _add(parts[key], parse(document, thresholds, name), name)
        gates, questions = parse_gates(document, name)
        _add(parts["gates"], gates, name)
        _add(parts["questions"], questions, name)
        exercises.extend(parse_exercises(document, name))
    groups: dict[str, list[Statement]] = {}
    for statement in parts["statements"].values():
        groups.setdefault(statement.group, []).append(statement)
    return Knowledge(
        version=version,
        parameters=parameters,
        later_files=later,
        exercises=tuple(exercises),
        groups={name: tuple(members) for name, members in groups.items()},
        gate_questions=_gate_questions(parts["gates"], parts["questions"]),
        **parts,
    )


def merged(knowledge: Knowledge, documents: list[tuple[str, Mapping[str, Any]]]) -> Knowledge:
    """The knowledge with the parameters, questions, statements and references of further documents; unchecked."""
    more = _assemble(documents, knowledge.version, (), earlier=knowledge.parameters)
    return replace(
        knowledge,
        references={**knowledge.references, **more.references},
        parameters=more.parameters,
        questions={**knowledge.questions, **more.questions},
        statements={**knowledge.statements, **more.statements},
        groups={**knowledge.groups, **more.groups},
    )


def _gate_questions(gates: Mapping[str, Gate], questions: Mapping[str, Question]) -> dict[str, str]:
    more = [question for question in questions.values() if question.gate is not None and question.id not in gates]
    asked: dict[str, str] = {}
    for gate in gates:
        asked[gate] = gate
        asked.update({question.id: gate for question in more if question.gate == gate})
    return asked


_PARSERS: dict[str, Any] = {
    "references": parse_references,
    "questions": parse_questions,
    "gates": lambda _document, _thresholds, _name: {},
    "clusters": parse_clusters,
    "levels": parse_levels,
    "statements": parse_statements,
}


def _add(target: dict[Any, Any], entries: Mapping[Any, Any], name: str) -> None:
    for key, entry in entries.items():
        if key in target:
            raise KnowledgeError(f"{name}: {key} is written twice")
        target[key] = entry
