"""What must hold across all knowledge files, checked at every load."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from liftback.knowledge.conditions import Condition, Is, KnowledgeError, leaves
from liftback.knowledge.entries import Parameter, Question, Statement

if TYPE_CHECKING:
    from liftback.knowledge.loader import Knowledge

CERTAINTIES = ("published", "unverified", "design_default")
# Kinds of reference that are ourselves: they may carry our own starting points, never a published figure.
OWN_KINDS = frozenset({"design", "practice"})
PLACEHOLDER = re.compile(r"\{([a-z_]+\.[a-z0-9_]+)\}")


def check_knowledge(knowledge: Knowledge) -> None:
    """Raise KnowledgeError for a loose end between files."""
    _check_entries(knowledge, set(), set(), set())
    for cluster in knowledge.clusters.values():
        for rule in cluster.rules:
            check_condition(rule.when, knowledge, f"cluster {cluster.id}")


def check_added(knowledge: Knowledge, *, before: Knowledge) -> None:
    """Raise KnowledgeError for a loose end in what this knowledge has and the one before had not."""
    _check_entries(knowledge, set(before.parameters), set(before.questions), set(before.statements))


def _check_entries(knowledge: Knowledge, parameters: set[str], questions: set[str], statements: set[str]) -> None:
    """Check every entry but those named."""
    for name in knowledge.parameters.keys() - parameters:
        _check_parameter(knowledge.parameters[name], knowledge)
    for name in knowledge.questions.keys() - questions:
        _check_question(knowledge.questions[name], knowledge)
    for name in knowledge.statements.keys() - statements:
        _check_statement(knowledge.statements[name], knowledge)


def _check_parameter(parameter: Parameter, knowledge: Knowledge) -> None:
    for value in parameter.values:
        where = f"parameter {parameter.id} of {value.since}"
        if value.certainty not in CERTAINTIES:
            raise KnowledgeError(f"{where}: certainty {value.certainty!r} is none of {CERTAINTIES}")
        if value.source not in knowledge.references:
            raise KnowledgeError(f"{where}: source {value.source!r} is not among the references")
        if not value.locator.strip():
            raise KnowledgeError(f"{where}: says no place in its source")
        if (value.certainty == "design_default") is not is_own(value.source, knowledge):
            raise KnowledgeError(f"{where}: {value.certainty} does not go with the source {value.source!r}")
        if value.review_by <= value.reviewed_on:
            raise KnowledgeError(f"{where}: is due for review before it was reviewed")


def is_own(source: str, knowledge: Knowledge) -> bool:
    """Whether a source is ourselves, and so may carry our own starting points."""
    return knowledge.references[source].kind in OWN_KINDS


def _check_question(question: Question, knowledge: Knowledge) -> None:
    where = f"question {question.id}"
    if question.kind in ("one", "many") and not question.choices:
        raise KnowledgeError(f"{where}: needs choices")
    if question.gate is not None and "no" not in question.choice_ids:
        raise KnowledgeError(f"{where}: a gate needs a plain no")
    if question.asked_if is not None:
        check_condition(question.asked_if, knowledge, where)


def check_condition(condition: Condition, knowledge: Knowledge, where: str) -> None:
    """Every fact is a question's or a finding's, and every choice one that it can have."""
    for leaf in leaves(condition):
        if leaf.fact.startswith(DERIVED_PARTS) or leaf.fact in DERIVED_FACTS:
            continue
        question = knowledge.questions.get(leaf.fact)
        if question is None:
            raise KnowledgeError(f"{where}: nobody asks for {leaf.fact!r}")
        if isinstance(leaf, Is) and not leaf.choices <= set(question.choice_ids):
            odd = sorted(leaf.choices - set(question.choice_ids))
            raise KnowledgeError(f"{where}: {leaf.fact} has no choice {odd}")


# Facts that are computed from the story, the log and the diary; see liftback.facts and liftback.operations.
DERIVED_FACTS = frozenset({"days_since_onset", "log_given", "diary_given"})
# And by the first part of their names: conclusions, what follows from one exposure, and what a record shows.
DERIVED_PARTS = ("finding.", "exposure.", "lift.", "record.")


def _check_statement(statement: Statement, knowledge: Knowledge) -> None:
    where = f"statement {statement.id}"
    if statement.when is not None:
        check_condition(statement.when, knowledge, where)
    for source in statement.sources:
        if source not in knowledge.references:
            raise KnowledgeError(f"{where}: source {source!r} is not among the references")
    if statement.weight is not None and statement.weight not in knowledge.parameters:
        raise KnowledgeError(f"{where}: weight {statement.weight!r} is no parameter")
    shown = [
        name for text in (statement.text, *(text for _, text in statement.data)) for name in PLACEHOLDER.findall(text)
    ]
    for name in shown:
        _check_shown(name, statement, knowledge, where)
    cited = {*statement.sources, *(knowledge.parameters[name].current.source for name in shown)}
    if statement.kind == "evidence" and not any(not is_own(source, knowledge) for source in cited):
        raise KnowledgeError(f"{where}: is called evidence and cites nobody but us")


def _check_shown(name: str, statement: Statement, knowledge: Knowledge, where: str) -> None:
    if name not in knowledge.parameters:
        raise KnowledgeError(f"{where}: shows {name!r}, which is no parameter")
    certainty = knowledge.parameters[name].current.certainty
    if certainty == "unverified":
        raise KnowledgeError(f"{where}: shows {name}, which is unverified")
    if certainty == "design_default" and statement.kind == "evidence":
        raise KnowledgeError(f"{where}: shows {name}, our own default, as evidence")
