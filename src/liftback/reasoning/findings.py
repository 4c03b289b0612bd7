"""Conclusions and their reasons: one tree that pages, command line, brief and exports all read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from liftback.facts.evaluation import Trace, evaluate, holds, true_leaves, unknown_leaves
from liftback.facts.values import Facts, Known
from liftback.knowledge.conditions import Compare, Is
from liftback.knowledge.entries import Parameter, Question, Statement
from liftback.knowledge.loader import Knowledge

SLOT = re.compile(r"\{([a-z_]+(?:\.[a-z0-9_]+)?)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing a conclusion rests on.

    `kind` is fact (what the lifter said, logged or wrote), parameter (a number we hold true) or rule. `id`
    names it, `text` says it in words, `value` is what it was. Source, locator and certainty are given for
    parameters; `when` is the day of the fact or of the parameter's review.
    """

    kind: str
    id: str
    text: str
    value: str = ""
    source: str = ""
    locator: str = ""
    certainty: str = ""
    when: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A statement as said to this lifter, with the numbers it shows and the sources they have.

    `more` marks what can wait: a report may keep it behind "more".
    """

    id: str
    text: str
    kind: str
    sources: tuple[str, ...]
    because: tuple[Reason, ...]
    data: tuple[tuple[str, str], ...] = ()
    more: bool = False


def fact_reason(name: str, facts: Facts, knowledge: Knowledge) -> Reason:
    """The reason that a fact gives: the question and what was answered, in words."""
    fact = facts[name]
    question = knowledge.questions.get(name)
    text = (question.short or question.text) if question else name.replace("_", " ").replace("finding.", "")
    if not isinstance(fact, Known):
        return Reason(kind="fact", id=name, text=text, value=f"not known ({fact.why})")
    chosen = fact.value if isinstance(fact.value, tuple) else (fact.value,)
    value = ", ".join(_label(one, question) for one in chosen)
    if fact.quote:
        day = f" on {fact.when}" if fact.when is not None else ""
        asks = "; is that right?" if question is not None and question.gate is not None else ""
        value = f'{value}; you wrote{day}: "{fact.quote}"{asks}'
    return Reason(kind="fact", id=name, text=text, value=value, source=fact.source, when=fact.when)


def _label(value: object, question: Question | None) -> str:
    for choice in question.choices if question else ():
        if choice.id == value:
            return choice.label
    return _plain(value)


def _plain(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")


@cache  # the same few hundred numbers, for every lifter
def parameter_reason(parameter: Parameter) -> Reason:
    """The reason that a number we hold true gives."""
    value = parameter.current
    return Reason(
        kind="parameter",
        id=parameter.id,
        text=parameter.name,
        value=show_value(parameter),
        source=value.source,
        locator=value.locator,
        certainty=value.certainty,
        when=value.reviewed_on,
    )


def trace_reasons(trace: Trace, facts: Facts, knowledge: Knowledge) -> tuple[Reason, ...]:
    """The facts and parameters that made a condition true, each once."""
    reasons: dict[str, Reason] = {}
    for leaf in true_leaves(trace):
        reasons.setdefault(leaf.fact, fact_reason(leaf.fact, facts, knowledge))
        if isinstance(leaf, Compare):
            reasons.setdefault(leaf.parameter, parameter_reason(knowledge.parameters[leaf.parameter]))
    return tuple(reasons.values())


def deciding_questions(trace: Trace, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions whose answers would still decide an undecided condition."""
    return questions_for(unknown_leaves(trace), knowledge)


def questions_for(leaves: Iterable[Is | Compare], knowledge: Knowledge) -> tuple[str, ...]:
    """The ids of the questions behind leaves, each once; a derived fact stands for its own question."""
    asked = {"days_since_onset": "onset"}
    names = (asked.get(leaf.fact, leaf.fact) for leaf in leaves)
    return tuple(dict.fromkeys(name for name in names if name in knowledge.questions))


_UNITS = {
    "percent": "{} %",
    "days": "{} days",
    "weeks": "{} weeks",
    "months": "{} months",
    "years": "{} years",
    "hours": "{} hours",
    "minutes": "{} minutes",
    "millions": "{} million",
}


def show_value(parameter: Parameter) -> str:
    """A parameter's current value in words, with its unit where the unit is a word."""
    value = parameter.current.value
    if isinstance(value, tuple):
        # A unit that names several things is a row of them; a unit of one is a range.
        text = (", " if "," in parameter.unit else "–").join(f"{part:,g}" for part in value)
    else:
        text = f"{value:,g}" if isinstance(value, int | float) else str(value)
    return _UNITS.get(parameter.unit, "{}").format(text)


def say(
    statement: Statement, facts: Facts, knowledge: Knowledge, slots: Mapping[str, str] | None = None
) -> Said | None:
    """Say a statement if its condition holds; None when it is false or undecided.

    Parameters and slots are filled in. Raises KeyError for a slot that was not given.
    """
    because: tuple[Reason, ...] = ()
    if statement.when is not None:
        if holds(statement.when, facts) is not True:
            return None
        because = trace_reasons(evaluate(statement.when, facts), facts, knowledge)
    shown: list[Reason] = []
    text = _fill(statement.text, knowledge, slots or {}, shown)
    data = tuple((word, _fill(words, knowledge, slots or {}, shown)) for word, words in statement.data)
    sources = tuple(dict.fromkeys((*(reason.source for reason in shown), *statement.sources)))
    return Said(
        id=statement.id,
        text=text,
        kind=statement.kind,
        sources=sources,
        because=(*because, *shown),
        data=data,
        more=statement.more,
    )


def _fill(text: str, knowledge: Knowledge, slots: Mapping[str, str], shown: list[Reason]) -> str:
    def one(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in knowledge.parameters:
            reason = parameter_reason(knowledge.parameters[name])
            shown.append(reason)
            return reason.value
        return slots[name]

    return SLOT.sub(one, text)


def say_group(
    name: str, facts: Facts, knowledge: Knowledge, slots: Mapping[str, str] | None = None
) -> tuple[Said, ...]:
    """Everything of a group that holds for this lifter, in written order."""
    said = (say(statement, facts, knowledge, slots) for statement in knowledge.groups.get(name, ()))
    return tuple(one for one in said if one is not None)


def open_questions(statements: Iterable[Statement], facts: Facts, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions that would decide the statements whose conditions are still undecided, each once."""
    traces = (evaluate(statement.when, facts) for statement in statements if statement.when is not None)
    return tuple(dict.fromkeys(name for trace in traces for name in deciding_questions(trace, knowledge)))


def unique(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each reason once, in order."""
    return tuple(dict.fromkeys(reasons))
