"""The seven foundations of a good recovery: each good, could help, or unknown; a score over the known ones only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from liftback.facts.values import Facts
from liftback.knowledge.loader import Knowledge
from liftback.reasoning.findings import Reason, Said, open_questions, parameter_reason, say, say_group, unique

FOUNDATIONS = ("sleep", "eating", "fluids", "stress", "alcohol", "rehab_dose", "not_ready_loads")
GOOD = "good"
COULD_HELP = "could_help"
UNKNOWN = "unknown"
_CHANGES = 2  # how many changes are asked of anyone at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundationItem:
    """One foundation: its state (good, could_help or unknown), and a sentence on it."""

    id: str
    name: str
    state: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Foundations:
    """The foundations of one lifter.

    `value` is the share of weight in good state among the known ones, from 0 to 100, or None while too few are
    known. `known` counts them. `worth_most` holds the one or two changes worth most, with a concrete first step.
    """

    value: int | None
    known: int
    items: tuple[FoundationItem, ...]
    worth_most: tuple[Said, ...]
    because: tuple[Reason, ...]
    undecided: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Graded:
    id: str
    state: str
    said: Said
    open: tuple[str, ...]


def foundations(facts: Facts, knowledge: Knowledge) -> Foundations:
    """Grade the seven foundations from what is known, and pick the changes worth most."""
    graded = tuple(_grade(name, facts, knowledge) for name in FOUNDATIONS)
    known = tuple(one for one in graded if one.state != UNKNOWN)
    worth_most = _worth_most(known, knowledge)
    score = _score(known, knowledge)
    weights = (parameter_reason(knowledge.parameters[_weight(one.id)]) for one in known)
    return Foundations(
        value=score,
        known=len(known),
        items=tuple(
            FoundationItem(id=one.id, name=dict(one.said.data)["name"], state=one.state, text=one.said.text)
            for one in graded
        ),
        worth_most=worth_most,
        because=unique((*(reason for one in known for reason in one.said.because), *weights)),
        undecided=tuple(dict.fromkeys(name for one in graded for name in one.open)),
        said=(*say_group("foundations.summary", facts, knowledge), *worth_most),
    )


def _grade(name: str, facts: Facts, knowledge: Knowledge) -> _Graded:
    said = say_group(f"foundations.{name}", facts, knowledge)
    if said:
        return _Graded(id=name, state=dict(said[0].data)["state"], said=said[0], open=())
    unknown = say(knowledge.statements[f"foundations.{name}_unknown"], facts, knowledge)
    if unknown is None:
        raise AssertionError(f"foundations.{name}_unknown must hold always")
    still_open = open_questions(knowledge.group(f"foundations.{name}"), facts, knowledge)
    return _Graded(id=name, state=UNKNOWN, said=unknown, open=still_open)


def _score(known: Sequence[_Graded], knowledge: Knowledge) -> int | None:
    if len(known) < knowledge.number("foundations.minimum_known"):
        return None
    weights = {one.id: knowledge.number(_weight(one.id)) for one in known}
    good = sum(weights[one.id] for one in known if one.state == GOOD)
    return round(100 * good / sum(weights.values()))


def _worth_most(known: Sequence[_Graded], knowledge: Knowledge) -> tuple[Said, ...]:
    could = [one for one in known if one.state == COULD_HELP]
    could.sort(key=lambda one: (-knowledge.number(_weight(one.id)), -knowledge.number(f"foundations.ease_{one.id}")))
    return tuple(_with_step(one, knowledge) for one in could[:_CHANGES])


def _with_step(one: _Graded, knowledge: Knowledge) -> Said:
    weight = parameter_reason(knowledge.parameters[_weight(one.id)])
    text = f"{one.said.text} {dict(one.said.data)['step']}"
    return replace(one.said, text=text, because=(*one.said.because, weight))


def _weight(foundation: str) -> str:
    return f"foundations.weight_{foundation}"
