"""Whether a scan helps now, is for a clinician to decide, or would not help now; and what a scan shows anyway.

The rules are in knowledge. They are read from the most urgent down, and a lower one counts only when every
higher one is known not to hold: so while a warning-sign question is open, nobody is told that a scan is no help.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from liftback.facts.evaluation import Trace, evaluate
from liftback.facts.values import Facts, Known
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import (
    Reason,
    Said,
    deciding_questions,
    fact_reason,
    parameter_reason,
    say,
    say_group,
    trace_reasons,
    unique,
)

NOW = "now"
CLINICIAN_DECIDES = "clinician_decides"
NOT_NOW = "not_now"
RULES = (NOW, CLINICIAN_DECIDES, NOT_NOW)
FINDING = "finding.imaging"
_ROWS = {name: f"imaging.pain_free_{name}" for name in ("degeneration", "bulge", "protrusion", "fissure")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imaging:
    """`value` is now, clinician_decides or not_now; None while warning signs are unanswered."""

    value: str | None
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


def imaging(facts: Facts, knowledge: Knowledge) -> Imaging:
    """Advice on scans for one lifter."""
    value, traces = _decide(facts, knowledge)
    because = trace_reasons(traces[-1], facts, knowledge) if value else ()
    undecided = () if value else tuple(n for trace in traces for n in deciding_questions(trace, knowledge))
    return Imaging(
        value=value,
        because=because,
        undecided=tuple(dict.fromkeys(undecided)),
        said=_said(value, facts, knowledge),
    )


def with_imaging(facts: Facts, knowledge: Knowledge) -> Facts:
    """The facts with `finding.imaging` added where it can be concluded and is not there yet."""
    value, _ = _decide(facts, knowledge)
    if value is None or facts.known(FINDING):
        return facts
    return facts.adding({FINDING: Known(value=value, source="finding")})


def _decide(facts: Facts, knowledge: Knowledge) -> tuple[str | None, tuple[Trace, ...]]:
    traces: list[Trace] = []
    for rule in RULES:
        condition = knowledge.statements[f"imaging.rule_{rule}"].when
        if condition is None:
            raise AssertionError(f"imaging.rule_{rule} needs a condition")
        traces.append(evaluate(condition, facts))
        if traces[-1].value is True:
            return rule, tuple(traces)
        if traces[-1].value is None:
            return None, tuple(traces)
    return CLINICIAN_DECIDES, tuple(traces)


def _said(value: str | None, facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    verdict = say_group(f"imaging.{value or 'not_known'}", facts, knowledge)[:1]
    if value in (None, NOW):
        return verdict
    more = say_group("imaging.not_now_facts", facts, knowledge) if value == NOT_NOW else ()
    return (*verdict, *more, *_findings(facts, knowledge))


def _findings(facts: Facts, knowledge: Knowledge) -> tuple[Said, ...]:
    said = []
    for statement in knowledge.group("imaging.findings"):
        if statement.id == "imaging.common_without_pain":
            said.append(_common_without_pain(facts, knowledge))
        else:
            said.append(say(statement, facts, knowledge))
    return tuple(one for one in said if one is not None)


def _common_without_pain(facts: Facts, knowledge: Knowledge) -> Said | None:
    age = facts.number("age")
    if age is None:
        return None
    ages = knowledge.parameters["imaging.pain_free_ages"].numbers
    # The nearest age of the table that is not above the lifter's own; the youngest row for the very young.
    column = max((place for place, row in enumerate(ages) if row <= age), default=0)
    slots = {name: f"{knowledge.parameters[row].numbers[column]:g}" for name, row in _ROWS.items()}
    statement = knowledge.statements["imaging.common_without_pain"]
    said = say(statement, facts, knowledge, {**slots, "age": f"{ages[column]:g}"})
    rows = tuple(parameter_reason(knowledge.parameters[row]) for row in _ROWS.values())
    return said and replace(said, because=unique((fact_reason("age", facts, knowledge), *rows)))
