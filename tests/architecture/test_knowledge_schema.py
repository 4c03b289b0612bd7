"""Every knowledge file fits one closed schema, and the schema and the loader ask for the same."""

from __future__ import annotations

import copy
import json
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from liftback.knowledge import emergency_numbers, entries, plan_entries
from liftback.knowledge.checks import CERTAINTIES
from liftback.knowledge.conditions import RELATIONS, KnowledgeError
from liftback.knowledge.loader import read_knowledge
from liftback.knowledge.parsing import parse_parameters
from tests.architecture.source_tree import KNOWLEDGE, knowledge_files, topics

# What the loader adds itself, so that no file writes it.
ADDED = {"id", "topic", "group", "since"}
SAME_THING = {
    "reference": entries.Reference,
    "dated_value": entries.DatedValue,
    "parameter": entries.Parameter,
    "choice": entries.Choice,
    "question": entries.Question,
    "gate": entries.Gate,
    "cluster": entries.Cluster,
    "cluster_rule": entries.ClusterRule,
    "level_advice": entries.LevelAdvice,
    "statement": entries.Statement,
    "exercise": entries.Exercise,
    "emergency_number": emergency_numbers.EmergencyNumber,
    "provenance": plan_entries.Provenance,
    "dose": plan_entries.Dose,
    "ladder": plan_entries.Ladder,
    "laddered_exercise": plan_entries.LadderedExercise,
    "swap": plan_entries.Swap,
    "light_rule": plan_entries.LightRule,
    "decision_rule": plan_entries.DecisionRule,
    "move": plan_entries.Move,
    "state": plan_entries.State,
    "timed_step": plan_entries.TimedStep,
    "criterion": plan_entries.Criterion,
    "form": plan_entries.Form,
    "form_item": plan_entries.FormItem,
    "band": plan_entries.Band,
}
# Entries of a list that carry their own id, and fields that a file or an id gives where an entry does not.
LISTED = {"light_rule", "decision_rule", "timed_step", "criterion", "form_item", "band"}
GIVEN_ELSEWHERE = {"provenance", "demonstration"}
CITATION = ("value", "source", "locator", "certainty", "reviewed_on", "review_by")
GOOD = {
    "topic": "sample",
    "parameters": {
        "high_pain": {
            "name": "High pain",
            "description": "Pain from which everything else waits",
            "unit": "pain_score",
            "values": {
                "2026-11-23": {
                    "value": 7,
                    "source": "liftback_design",
                    "locator": "first table",
                    "certainty": "design_default",
                    "reviewed_on": "2026-11-23",
                    "review_by": "2027-11-23",
                }
            },
        }
    },
}


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((KNOWLEDGE / "schema.json").read_text(encoding="utf-8"))
    return loaded


def problems(document: Any) -> list[str]:
    checker = Draft202012Validator(schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)
    found = checker.iter_errors(document)
    return [f"{'/'.join(str(part) for part in error.absolute_path)}: {error.message[:300]}" for error in found]


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("name", [name for name, _ in knowledge_files()])
def test_every_knowledge_file_fits_the_schema(name: str) -> None:
    assert problems(dict(knowledge_files())[name]) == []


def test_the_schema_is_closed_everywhere() -> None:
    def open_objects(node: Any, where: str) -> list[str]:
        if isinstance(node, list):
            return [path for place, part in enumerate(node) for path in open_objects(part, f"{where}/{place}")]
        if not isinstance(node, dict):
            return []
        own = [where] if node.get("type") == "object" and node.get("additionalProperties") is not False else []
        return own + [path for key, part in node.items() for path in open_objects(part, f"{where}/{key}")]

    assert open_objects(schema(), "") == []


@pytest.mark.parametrize("name", SAME_THING)
def test_schema_and_types_ask_for_the_same_keys(name: str) -> None:
    kind = SAME_THING[name]
    definition = schema()["$defs"][name]
    added = ADDED - {"id"} if name in {"choice", "cluster_rule"} | LISTED else ADDED
    known = {f.name for f in fields(kind)} - added
    needed = {f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING} - added
    if name == "gate":  # a gate brings its question along
        known, needed = known | {"question"}, needed | {"question"}
    if name == "level_advice":  # the level is the key
        known, needed = known - {"level"}, needed - {"level"}
    if name != "provenance":
        needed -= GIVEN_ELSEWHERE
    assert set(definition["properties"]) == known
    assert set(definition["required"]) == needed


def test_schema_and_code_know_the_same_words() -> None:
    defs = schema()["$defs"]
    assert tuple(defs["level"]["enum"]) == tuple(level.name for level in entries.Level)
    assert set(schema()["properties"]["levels"]["properties"]) == set(defs["level"]["enum"])
    assert tuple(defs["dated_value"]["properties"]["certainty"]["enum"]) == CERTAINTIES
    leaves = {tuple(part["required"])[1] for part in defs["condition"]["oneOf"] if "fact" in part["properties"]}
    assert leaves == {"is", *RELATIONS}


def test_a_whole_parameter_passes_both() -> None:
    assert problems(GOOD) == []
    assert parse_parameters(GOOD, "sample.yaml")["sample.high_pain"].number == 7


@pytest.mark.parametrize("missing", CITATION)
def test_a_value_without_its_citation_passes_neither(missing: str) -> None:
    document: Any = copy.deepcopy(GOOD)
    del document["parameters"]["high_pain"]["values"]["2026-11-23"][missing]
    assert any(missing in problem for problem in problems(document))
    with pytest.raises(KnowledgeError, match=missing):
        parse_parameters(document, "sample.yaml")


@pytest.mark.parametrize("missing", ["name", "description", "unit"])
def test_a_parameter_without_its_meaning_passes_neither(missing: str) -> None:
    document: Any = copy.deepcopy(GOOD)
    del document["parameters"]["high_pain"][missing]
    assert any(missing in problem for problem in problems(document))
    with pytest.raises(KnowledgeError, match=missing):
        parse_parameters(document, "sample.yaml")


def test_a_key_that_nobody_reads_passes_neither() -> None:
    document: Any = copy.deepcopy(GOOD)
    document["parameters"]["high_pain"]["colour"] = "red"
    assert problems(document)
    with pytest.raises(KnowledgeError, match="colour"):
        parse_parameters(document, "sample.yaml")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("description", "Pain of 7 or more, from which everything else waits"),
        ("unit", 7),
        ("values", {}),
        ("values", {"yesterday": GOOD["parameters"]["high_pain"]["values"]["2026-11-23"]}),  # type: ignore[index]
    ],
)
def test_the_schema_refuses_a_number_out_of_its_place(key: str, value: Any) -> None:
    document: Any = copy.deepcopy(GOOD)
    document["parameters"]["high_pain"][key] = value
    assert problems(document)


def test_the_schema_refuses_a_bare_number_in_a_condition() -> None:
    question = {"text": "Pain?", "kind": "number", "stage": "story"}
    bare: tuple[dict[str, Any], ...] = (
        {"fact": "pain_now", "at_least": 7},
        {"fact": "pain_now"},
        {"all": []},
        {"not": [], "any": []},
    )
    for condition in bare:
        document = {"topic": "sample", "questions": {"pain_now": {**question, "asked_if": condition}}}
        assert problems(document), condition


def test_no_key_is_written_twice_in_one_mapping() -> None:
    twice = [
        f"{path.name}: {key} (line {line})"
        for path in sorted(KNOWLEDGE.rglob("*.yaml"))
        for key, line in _repeated(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    ]
    assert twice == [], "YAML keeps only the last of two equal keys, and drops the first in silence"


def _repeated(node: yaml.Node | None) -> list[tuple[str, int]]:
    if isinstance(node, yaml.SequenceNode):
        return [found for part in node.value for found in _repeated(part)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    own = [(key.value, key.start_mark.line + 1) for key, _ in node.value if keys.count(key.value) > 1]
    return own + [found for _, part in node.value for found in _repeated(part)]


def test_a_file_lies_in_the_folder_of_its_topic() -> None:
    astray = [name for name, document in knowledge_files() if name.split("/", 1)[0] != document["topic"]]
    assert astray == []
    assert topics()


def test_the_shipped_knowledge_loads() -> None:
    assert read_knowledge(KNOWLEDGE).questions
