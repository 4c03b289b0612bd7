"""Nothing in knowledge is idle, and nothing in code names knowledge that is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from liftback.knowledge.entries import Cluster, Gate, LevelAdvice, Statement
from liftback.knowledge.loader import Knowledge
from liftback.knowledge.loader import load_knowledge as load_base
from liftback.knowledge.plans import plan_knowledge
from tests.architecture.source_tree import knowledge_files, modules, topics

DOTTED = re.compile(r"[a-z][a-z0-9_]*\.[a-z0-9_]+")
SHOWN = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")
# Words that files, not statements, are written in.
FILE_ENDINGS = ("py", "yaml", "json", "csv", "html", "md", "txt", "js")


def strings(node: Any) -> Iterator[str]:
    """Every text in a knowledge file, at any depth."""
    if isinstance(node, dict):
        for value in node.values():
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)
    elif isinstance(node, str):
        yield node


def load_knowledge() -> Knowledge:
    """The whole knowledge, that of plans included."""
    return plan_knowledge(load_base()).known


def cited_by_plans() -> set[str]:
    """The sources of the entries of plans."""
    plans = plan_knowledge(load_base())
    steps = [step for steps in plans.timed.values() for step in steps]
    cited = {one.provenance.source for one in plans.exercises.values()}
    cited |= {swap.provenance.source for swap in plans.swaps}
    cited |= {criterion.provenance.source for criterion in plans.criteria}
    cited |= {form.provenance.source for form in plans.forms.values()}
    cited |= {step.provenance.source for step in steps}
    cited |= {exercise.back_load_source for exercise in plans.exercises.values()}
    cited |= {source for exercise in plans.exercises.values() for source in exercise.sources}
    cited |= {source for light in plans.lights for source in light.sources}
    return cited | {source for rule in (*plans.decisions, *plans.lift_rules) for source in rule.sources}


@cache
def named_in_knowledge() -> frozenset[str]:
    """Parameter ids that conditions, weights and texts of the knowledge files name."""
    texts = [text for _, document in knowledge_files() for text in strings(document)]
    whole = {text for text in texts if DOTTED.fullmatch(text)}
    return frozenset(whole | {name for text in texts for name in SHOWN.findall(text)})


@cache
def named_in_code() -> frozenset[str]:
    """Every text of the form topic.name in code, docstrings apart."""
    found: set[str] = set()
    for module in modules():
        parts = {id(part) for node in ast.walk(module.tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                found |= {node.value} if DOTTED.fullmatch(node.value) else set(SHOWN.findall(node.value))
    return frozenset(name for name in found if name.split(".")[0] in topics())


@cache
def patterns_in_code() -> tuple[re.Pattern[str], ...]:
    """Names that code puts together, as patterns: f"timeline.{outcome}_middle" is any outcome's middle."""
    found = []
    for module in modules():
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.JoinedStr):
                continue
            texts = [str(part.value) if isinstance(part, ast.Constant) else None for part in node.values]
            if texts and texts[0] and texts[0].split(".")[0] in topics() and "." in texts[0]:
                found.append(re.compile("".join("[a-z0-9_]+" if text is None else re.escape(text) for text in texts)))
    return tuple(found)


def is_used(name: str) -> bool:
    """Whether knowledge or code names a parameter, statement or group."""
    whole = name in named_in_knowledge() or name in named_in_code()
    return whole or any(pattern.fullmatch(name) for pattern in patterns_in_code())


def everything(knowledge: Knowledge) -> set[str]:
    """Every dotted name that knowledge defines."""
    return {*knowledge.parameters, *knowledge.statements, *knowledge.groups}


def test_every_parameter_is_used() -> None:
    assert [name for name in load_knowledge().parameters if not is_used(name)] == []


def test_every_group_of_statements_is_used() -> None:
    assert [name for name in load_knowledge().groups if not is_used(name)] == []


def test_every_name_in_code_exists() -> None:
    known = everything(load_knowledge())
    named = {name for name in named_in_code() if not name.endswith(FILE_ENDINGS)}
    assert sorted(named - known - rules_in_code()) == []


def rules_in_code() -> set[str]:
    """Names that code gives to its own rules, in the reasons it states."""
    calls = [node for module in modules() for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    given = [{k.arg: ast.unparse(k.value) for k in call.keywords} for call in calls]
    return {words["id"].strip("'") for words in given if words.get("kind") == "'rule'" and "id" in words}


def citing(knowledge: Knowledge) -> list[Gate | Cluster | LevelAdvice | Statement]:
    """Every entry with a list of sources."""
    return [
        *knowledge.gates.values(),
        *knowledge.clusters.values(),
        *knowledge.levels.values(),
        *knowledge.statements.values(),
    ]


def test_every_reference_is_used() -> None:
    knowledge = load_knowledge()
    cited = {value.source for parameter in knowledge.parameters.values() for value in parameter.values}
    cited |= {source for entry in citing(knowledge) for source in entry.sources} | cited_by_plans()
    assert sorted(set(knowledge.references) - cited) == []


def test_every_source_resolves() -> None:
    knowledge = load_knowledge()
    lost = {source for entry in citing(knowledge) for source in entry.sources} - set(knowledge.references)
    assert sorted(lost) == []


def test_every_shown_name_exists() -> None:
    known = load_knowledge().parameters
    texts = [text for _, document in knowledge_files() for text in strings(document)]
    assert sorted({name for text in texts for name in SHOWN.findall(text)} - set(known)) == []


def test_no_text_types_a_digit() -> None:
    typed = [
        f"{statement.id}: {text}"
        for statement in load_knowledge().statements.values()
        for text in (statement.text, *(words for name, words in statement.data if name != "id"))
        if re.search(r"[0-9]", SHOWN.sub("", re.sub(r"\{[a-z_]+\}", "", text)))
    ]
    assert typed == []


def test_evidence_cites_a_source() -> None:
    bare = [
        statement.id
        for statement in load_knowledge().statements.values()
        if statement.kind == "evidence" and not statement.sources and not SHOWN.search(statement.text)
    ]
    assert bare == []


def test_the_search_reads_names_and_patterns() -> None:
    assert is_used("no_such_topic.no_such_name") is False
    assert DOTTED.fullmatch("timeline.middle")
    assert not DOTTED.fullmatch("A sentence. another")
